// What update-alternatives has made of the packages that are installed: the groups in /var/lib/dpkg/alternatives and their links, each leading to its best choice.
import { type AlternativeGroup, bestChoice, formatAlternatives, withChoice } from "../../programs/kit/debian/alternatives.ts";
import type { PackageFile } from "../../programs/kit/package.ts";
import type { Installable } from "../catalogue/installable.ts";
import { mergedUsr } from "./frozen-root.ts";

export function alternativeFiles(installed: readonly Installable[]): readonly PackageFile[] {
  const groups = new Map<string, AlternativeGroup>();
  const paths = new Set(installed.flatMap((one) => one.files().map((file) => mergedUsr(file.path))));
  for (const { postInstall } of installed) for (const action of postInstall) {
    if (!("alternative" in action)) continue;
    const slaves = (action.slaves ?? []).filter((slave) => paths.has(mergedUsr(slave.path)));
    groups.set(action.alternative, withChoice(groups.get(action.alternative), action.alternative, action.link, action.path, action.priority, slaves));
  }
  const files: PackageFile[] = [];
  const link = (at: string, name: string, target: string): void => {
    files.push({ path: at, symlink: `/etc/alternatives/${name}` }, { path: `/etc/alternatives/${name}`, symlink: target });
  };
  for (const group of groups.values()) {
    files.push({ path: `/var/lib/dpkg/alternatives/${group.name}`, text: formatAlternatives(group) });
    const best = bestChoice(group);
    if (best === undefined) continue;
    link(group.link, group.name, best.path);
    for (const [at, slave] of group.slaves.entries()) if ((best.slaves[at] ?? "") !== "") link(slave.link, slave.name, best.slaves[at] ?? "");
  }
  return files;
}
