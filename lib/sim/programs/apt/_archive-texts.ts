// apt changelog and apt source: what the archive has beside the packages.

import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { writeFile } from "../kit/debian/dpkg-database.ts";
import { mailDate } from "../kit/debian/release-file.ts";
import { runShell } from "../kit/shell-command.ts";
import { PackageLists } from "./_lists.ts";
import type { AptOptions } from "./_options.ts";
import { isTerminal, problem, say } from "./_say.ts";
import { hasSourceEntries } from "./_sources.ts";

const FAILED = 100;

/** A summary in our own words: which versions the mirror has, the newest first, each as an entry of a changelog. */
export function* changelog(sys: Sys, options: AptOptions, words: readonly string[]): Blocking<number> {
  const lists = yield* PackageLists.read(sys, options.release);
  let failed = false;
  let text = "";
  for (const word of words) {
    const [name = "", wanted] = word.split("=");
    const versions = lists.versions(name).filter((one) => wanted === undefined || one.version === wanted);
    if (versions.length === 0) {
      yield* problem(sys, options.friendly, `Unable to locate package ${name}`);
      failed = true;
      continue;
    }
    const paragraph = versions[0]?.paragraph;
    const source = (paragraph?.get("Source") ?? name).split(" ")[0] ?? name;
    const nowUs = sys.clockUs("realtime");
    for (const [age, one] of versions.entries()) {
      const security = one.indexes.some((index) => index.label === "Debian-Security");
      text += `${source} (${one.version}) ${security ? "bookworm-security" : "bookworm"}; urgency=${security ? "high" : "medium"}\n\n  * ${security ? "Security update: the simulated mirror keeps no record of the single corrections." : "Update of the stable release; the simulated mirror keeps no record of the single changes."}\n\n -- ${paragraph?.get("Maintainer") ?? "Debian"}  ${mailDate(nowUs - (age + 1) * 30 * 86_400_000_000).replace("UTC", "+0000")}\n\n`;
    }
  }
  if (failed && text === "") {
    yield* problem(sys, options.friendly, "No packages found");
    return FAILED;
  }
  if (isTerminal(sys, 1) && options.quiet === 0) {
    const file = `/tmp/apt-changelog-${sys.getpid()}`;
    yield* writeFile(sys, file, text);
    yield* runShell(sys, `\${PAGER:-sensible-pager} ${file}`);
    try {
      sys.unlink(file);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  } else yield* say(sys, text);
  return 0;
}

/** Sources are not on the simulated mirror. */
export function* source(sys: Sys, options: AptOptions, command: string, words: readonly string[]): Blocking<number> {
  const done = isTerminal(sys, 1) && options.quiet === 0 ? " Done" : "";
  if (words.length > 0 && options.quiet < 2) yield* say(sys, `Reading package lists...${done}\n`);
  if (words.length === 0) yield* problem(sys, options.friendly, command === "source" ? "Must specify at least one package to fetch source for" : "Must specify at least one package to check builddeps for");
  else if (!(yield* hasSourceEntries(sys))) yield* problem(sys, options.friendly, "You must put some 'deb-src' URIs in your sources.list");
  else yield* problem(sys, options.friendly, `Unable to find a source package for ${words[0] ?? ""}`);
  return FAILED;
}
