import type { DebianPackage, PackageFile } from "../kit/package.ts";
import { ZONE_RULES } from "../kit/zone-rules.ts";
import { iso3166, zone1970, zoneTab } from "./_tables.ts";
import { zoneFile } from "./_zone-file.ts";

function zoneFiles(): readonly PackageFile[] {
  const directories = new Set<string>();
  for (const name of ZONE_RULES.keys()) {
    const parts = name.split("/");
    for (let depth = 1; depth < parts.length; depth++) directories.add(parts.slice(0, depth).join("/"));
  }
  return [
    { path: "/usr/share/zoneinfo", directory: true },
    { path: "/usr/share/zoneinfo/iso3166.tab", text: iso3166 },
    { path: "/usr/share/zoneinfo/zone1970.tab", text: zone1970 },
    { path: "/usr/share/zoneinfo/zone.tab", text: zoneTab },
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
