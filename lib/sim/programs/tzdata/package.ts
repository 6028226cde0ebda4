// Zone files (tzfile(5), version 2): no table of past transitions, one type, and the current rule in the footer.
import { encode } from "../../kernel/sys.ts";
import type { DebianPackage, PackageFile } from "../kit/package.ts";
import { ZONE_RULES } from "../kit/zones.ts";

/** Header with one local time type and an abbreviation of four bytes; twice, as version 2 wants, then the rule between newlines. */
function zoneFile(rule: string): Uint8Array {
  const block = [0x54, 0x5a, 0x69, 0x66, 0x32, ...Array.from({ length: 15 }, () => 0), ...[0, 0, 0, 0, 1, 4].flatMap((count) => [0, 0, 0, count]), 0, 0, 0, 0, 0, 0, ...encode("UTC\0")];
  return Uint8Array.from([...block, ...block, ...encode(`\n${rule}\n`)]);
}

function zoneFiles(): readonly PackageFile[] {
  const directories = new Set<string>();
  for (const name of ZONE_RULES.keys()) {
    const parts = name.split("/");
    for (let depth = 1; depth < parts.length; depth++) directories.add(parts.slice(0, depth).join("/"));
  }
  return [
    { path: "/usr/share/zoneinfo", directory: true },
    ...[...directories].sort().map((name): PackageFile => ({ path: `/usr/share/zoneinfo/${name}`, directory: true })),
    ...[...ZONE_RULES].map(([name, rule]): PackageFile => ({ path: `/usr/share/zoneinfo/${name}`, content: () => zoneFile(rule) })),
  ];
}

const tzdata: DebianPackage = {
  name: "tzdata",
  summary: "time zones of the world",
  files: zoneFiles(),
};

export default tzdata;
