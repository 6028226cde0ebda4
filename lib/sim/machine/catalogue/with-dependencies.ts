// What comes along with packages: the ones that they depend on, as apt would have chosen them on an empty machine (the first alternative that exists; recommendations stay away).
import { satisfies } from "../../programs/kit/debian/debian-version.ts";
import { parseRelations, type Relation } from "../../programs/kit/debian/deb822.ts";
import { type Installable, installable } from "./installable.ts";

/** Who stands for a name that no package has: Debian's own choice. */
const PROVIDERS: ReadonlyMap<string, string> = new Map([["default-logind", "libpam-systemd"], ["default-dbus-session-bus", "dbus-user-session"], ["default-dbus-system-bus", "dbus"], ["perl-openssl-abi-3", "perl-openssl-defaults"]]);

const sourceOf = (one: Installable): string => one.facts.source?.split(" ")[0] ?? one.name;

/** The packages in the order of their names' first mention, each in the version that `versionOf` says. Names that nobody knows are left out. */
export function withDependencies(names: readonly string[], versionOf?: (name: string) => string | undefined): readonly Installable[] {
  const find = (name: string): Installable | undefined => installable(name, versionOf?.(name));
  const all = new Map<string, Installable>();
  const provided = new Set<string>();
  const versions = new Map<string, string>();
  const missing: (readonly Relation[])[] = [];
  const take = (name: string): void => {
    const found = all.has(name) ? undefined : find(name);
    if (found === undefined) return;
    // packages of one source come in one version
    const built = versions.get(sourceOf(found));
    const one = built === undefined || built === found.facts.version ? found : (installable(name, built) ?? found);
    if (built === undefined) versions.set(sourceOf(one), one.facts.version);
    all.set(name, one);
    for (const [relation] of parseRelations(one.facts.provides)) if (relation) provided.add(relation.name);
    missing.push(...parseRelations(`${one.facts.preDepends},${one.facts.depends}`));
  };
  for (const name of names) take(name);
  for (let at = 0; at < missing.length; at++) {
    const wish = missing[at] ?? [];
    const met = wish.some((relation) => provided.has(relation.name) || satisfies(all.get(relation.name)?.facts.version ?? "", relation) && all.has(relation.name));
    if (met) continue;
    const chosen = wish.map((relation) => PROVIDERS.get(relation.name) ?? relation.name).find((name) => find(name) !== undefined);
    if (chosen !== undefined) take(chosen);
  }
  return [...all.values()];
}
