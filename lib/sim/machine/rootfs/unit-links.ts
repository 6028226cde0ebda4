// What `systemctl enable` would have made: links in /etc/systemd/system from the [Install] section of each enabled unit.
import type { PackageFile } from "../../programs/kit/package.ts";

function settingsOf(text: string, key: string): readonly string[] {
  return text
    .split("\n")
    .filter((line) => line.startsWith(`${key}=`))
    .flatMap((line) => line.slice(key.length + 1).split(/\s+/))
    .filter((word) => word !== "");
}

export function enableLinks(enabled: ReadonlySet<string>, units: ReadonlyMap<string, string>): readonly PackageFile[] {
  const links: PackageFile[] = [];
  for (const unit of enabled) {
    const text = units.get(unit);
    if (text === undefined) continue;
    const target = `/lib/systemd/system/${unit}`;
    const instance = settingsOf(text, "DefaultInstance")[0];
    const name = unit.includes("@.") && instance !== undefined ? unit.replace("@.", `@${instance}.`) : unit;
    for (const [key, suffix] of [["WantedBy", "wants"], ["RequiredBy", "requires"]] as const) {
      for (const by of settingsOf(text, key)) links.push({ path: `/etc/systemd/system/${by}.${suffix}/${name}`, symlink: target });
    }
    for (const alias of settingsOf(text, "Alias")) links.push({ path: `/etc/systemd/system/${alias}`, symlink: target });
  }
  return links;
}
