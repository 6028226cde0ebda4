// One line about a package, in our own words, where no folder in lib/sim/programs says it: what dpkg -l and apt search show.
import type { CatalogueEntry } from "./parse.ts";

const summaries: ReadonlyMap<string, string> = new Map<string, string>([
]);

const bySection: ReadonlyMap<string, string> = new Map<string, string>([
  ["libs", "shared library"], ["oldlibs", "transitional package"], ["libdevel", "development files"], ["python", "Python module"], ["perl", "Perl module"], ["golang", "Go library"], ["devel", "development tools"],
  ["admin", "administration tools"], ["net", "network tools"], ["utils", "utilities"], ["web", "web software"], ["httpd", "web server"], ["mail", "mail software"], ["database", "database software"], ["doc", "documentation"],
  ["shells", "command shell"], ["editors", "text editor"], ["text", "text processing tools"], ["misc", "miscellaneous software"], ["kernel", "kernel software"], ["vcs", "version control software"], ["games", "games"],
  ["javascript", "JavaScript library"], ["ruby", "Ruby library"], ["fonts", "fonts"], ["x11", "X Window System software"], ["gnome", "GNOME software"], ["interpreters", "interpreter"], ["java", "Java software"],
  ["sound", "sound software"], ["video", "video software"], ["graphics", "graphics software"], ["introspection", "introspection data"], ["localization", "translations"], ["metapackages", "collection of packages"],
]);

export function summaryOf(facts: CatalogueEntry): string {
  const own = summaries.get(facts.name);
  if (own !== undefined) return own;
  const source = (facts.source ?? facts.name).split(" ")[0] ?? facts.name;
  const kind = bySection.get(facts.section.split("/").at(-1) ?? "") ?? "software";
  if (facts.section === "libs" || facts.section.endsWith("/libs")) return `${kind} of ${source}`;
  return source === facts.name ? `${kind} ${facts.name}` : `${kind} from ${source}`;
}
