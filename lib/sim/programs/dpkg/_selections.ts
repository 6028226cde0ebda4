// dpkg --get-selections, --set-selections and --clear-selections (dpkg(1)).

import { type Blocking, encode, type Sys } from "../../kernel/sys.ts";
import { DpkgDatabase, qualifiedName } from "../kit/debian/dpkg-database.ts";
import { compileFnmatch } from "../kit/fnmatch.ts";
import { translated } from "../kit/messages/translate.ts";

export function* selections(sys: Sys, patterns: readonly string[]): Blocking<number> {
  const database = yield* DpkgDatabase.read(sys);
  const rows = [...database.packages.values()].sort((a, b) => ((a.get("Package") ?? "") < (b.get("Package") ?? "") ? -1 : 1)).filter((one) => patterns.length === 0 ? !(one.get("Status") ?? "").endsWith("not-installed") || (one.get("Status") ?? "").startsWith("hold") : patterns.some((pattern) => pattern === one.get("Package") || (/[*?[]/.test(pattern) && compileFnmatch(pattern)(one.get("Package") ?? "") && !(one.get("Status") ?? "").endsWith("not-installed"))));
  for (const pattern of patterns) if (!/[*?[]/.test(pattern) && !database.packages.has(pattern)) yield* sys.write(2, encode(translated(sys, "dpkg", `dpkg: no packages found matching ${pattern}\n`)));
  yield* sys.write(1, encode(rows.map((one) => {
    const name = qualifiedName(one);
    return `${name}${"\t".repeat(Math.max(1, 6 - Math.floor(name.length / 8)))}${(one.get("Status") ?? "").split(" ")[0]}\n`;
  }).join("")));
  return 0;
}

/** `problem` says what is wrong, as dpkg does. */
export function* setSelections(sys: Sys, clear: boolean, problem: (sys: Sys, text: string) => Blocking<void>): Blocking<number> {
  if (sys.getcred().euid !== 0) {
    yield* problem(sys, "required read/write access to the dpkg database directory /var/lib/dpkg");
    return 2;
  }
  const database = yield* DpkgDatabase.read(sys);
  if (clear) for (const [name, paragraph] of database.packages) {
    if (paragraph.get("Essential") !== "yes") database.setState(name, (paragraph.get("Status") ?? "").replace(/^\w+/, "deinstall"));
  }
  let input = "";
  while (!clear) {
    const bytes = yield* sys.read(0, 1 << 16);
    if (bytes.length === 0) break;
    for (const byte of bytes) input += String.fromCharCode(byte);
  }
  for (const [at, line] of input.split("\n").entries()) {
    if (line.trim() === "" || line.startsWith("#")) continue;
    const [name = "", want] = line.trim().split(/\s+/);
    if (want === undefined || !["install", "hold", "deinstall", "purge", "unknown"].includes(want)) {
      yield* problem(sys, want === undefined ? `unexpected end of line after package name at line ${at + 1}` : `unknown wanted status at line ${at + 1}: ${want}`);
      return 2;
    }
    const paragraph = database.packages.get(name.replace(/:amd64$/, ""));
    if (!paragraph) {
      yield* sys.write(2, encode(`dpkg: warning: package not in status nor available database at line ${at + 1}: ${name}\ndpkg: warning: found unknown packages; this might mean the available database\nis outdated, and needs to be updated through a frontend method;\nplease see the FAQ <https://wiki.debian.org/Teams/Dpkg/FAQ#set-selections>\n`));
      continue;
    }
    paragraph.set("Status", (paragraph.get("Status") ?? "").replace(/^\w+/, want));
  }
  yield* database.write(sys);
  return 0;
}
