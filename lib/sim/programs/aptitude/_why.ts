// why and why-not: the shortest chain of dependencies from what was installed by hand to the package.

import type { Blocking, Sys } from "../../kernel/sys.ts";
import { satisfies } from "../kit/debian/debian-version.ts";
import type { Relation } from "../kit/debian/deb822.ts";
import { FAILED, complain, put } from "./_look-up.ts";
import type { Universe } from "./_universe.ts";

interface Link {
  readonly from: string;
  readonly kind: string;
  readonly text: string;
  readonly to: string;
}

const FIELDS = ["Pre-Depends", "Depends", "Recommends", "Suggests"] as const;
const SHOWN: ReadonlyMap<string, string> = new Map([["Pre-Depends", "PreDepends"]]);
const relationText = (relation: Relation): string => `${relation.name}${relation.operator ? ` (${relation.operator.replace("<<", "<").replace(">>", ">")} ${relation.version})` : ""}`;

function* linksOf(sys: Sys, universe: Universe, name: string, fields: readonly string[]): Blocking<readonly Link[]> {
  if (sys.charge(20)) yield* sys.preempt();
  const paragraph = universe.installed(name) === undefined ? universe.shown(name)?.paragraph : universe.lists.database.packages.get(name);
  if (paragraph === undefined) return [];
  const links: Link[] = [];
  for (const kind of fields) {
    for (const alternatives of universe.relations(paragraph, kind)) {
      const text = alternatives.map(relationText).join(" | ");
      for (const relation of alternatives) links.push({ from: name, kind: SHOWN.get(kind) ?? kind, text, to: relation.name });
    }
  }
  return links;
}

/** By dependencies alone first, then with recommendations, then with suggestions; what is installed before what is not. */
function* chain(sys: Sys, universe: Universe, roots: readonly string[], target: string): Blocking<readonly Link[] | undefined> {
  for (const { fields, everywhere } of [{ fields: FIELDS.slice(0, 2), everywhere: false }, { fields: FIELDS.slice(0, 3), everywhere: false }, { fields: FIELDS, everywhere: false }, { fields: FIELDS, everywhere: true }]) {
    const before = new Map<string, Link | undefined>(roots.map((root) => [root, undefined]));
    const queue = [...roots];
    for (let at = 0; at < queue.length; at++) {
      const name = queue[at] ?? "";
      for (const link of yield* linksOf(sys, universe, name, fields)) {
        const steps: readonly (readonly [string, Link])[] = [
          [link.to, link],
          ...universe.providers(link.to).filter((provider) => provider.name !== link.to).map((provider): readonly [string, Link] => [provider.name, link]),
        ];
        for (const [next, by] of steps) {
          if (before.has(next) || (!everywhere && next !== target && universe.installed(next) === undefined)) continue;
          before.set(next, { ...by, to: next });
          if (next === target) {
            const found: Link[] = [];
            for (let one = before.get(target); one !== undefined; one = before.get(one.from)) found.unshift(one);
            return found;
          }
          queue.push(next);
        }
      }
    }
  }
  return undefined;
}

function table(universe: Universe, links: readonly Link[]): string {
  // who provides a name stands on a line of its own before it goes on
  const rows = links.flatMap((link): (readonly [string, string, string])[] => {
    const provided = universe.relations(universe.shown(link.to)?.paragraph ?? new Map(), "Provides").flat().find((relation) => link.text.split(" | ").some((one) => one.replace(/ .*/, "") === relation.name));
    const first: readonly [string, string, string] = [link.from, link.kind, link.text];
    return provided === undefined || link.text.split(" | ").some((one) => one.replace(/ .*/, "") === link.to) ? [first] : [first, [link.to, "Provides", relationText(provided)]];
  });
  const widest = (column: 0 | 1 | 2): number => Math.max(...rows.map((row) => row[column].length));
  const [name, kind, text] = [widest(0), widest(1), widest(2)];
  return rows.map((row) => `${universe.currentLetter(row[0])} ${universe.installed(row[0]) !== undefined && universe.automatic.has(row[0]) ? "A" : " "} ${row[0].padEnd(name)} ${row[1].padEnd(kind)} ${row[2].padEnd(text)}\n`).join("");
}

function nothing(universe: Universe, name: string, negative: boolean): string {
  const version = universe.shown(name);
  const priority = version?.paragraph.get("Priority") ?? "optional";
  const head = universe.installed(name) === undefined ? `Not currently installed\nThe candidate version ${version?.version ?? ""} has priority ${priority}\n` : `${universe.automatic.has(name) ? "Automatically" : "Manually"} installed, current version ${universe.installed(name) ?? ""}, priority ${priority}\n`;
  return `${head}No dependencies require to ${negative ? "remove" : "install"} ${name}\n`;
}

export function* why(sys: Sys, universe: Universe, words: readonly string[], negative: boolean): Blocking<number> {
  const target = words.at(-1);
  if (target === undefined) {
    yield* complain(sys, `${negative ? "why-not" : "why"}: this command requires at least one argument (the package to query).\n`);
    return FAILED;
  }
  for (const word of words) {
    if (universe.lists.versions(word).length > 0 || universe.providers(word).length > 0) continue;
    yield* complain(sys, `E: No package named "${word}" exists.\n`);
    return FAILED;
  }
  const roots = words.length > 1 ? words.slice(0, -1) : universe.lists.names().filter((name) => name !== target && universe.installed(name) !== undefined && !universe.automatic.has(name)).sort();
  if (negative) {
    const version = universe.shown(target);
    const names = new Set([target, ...universe.relations(version?.paragraph ?? new Map(), "Provides").flat().map((relation) => relation.name)]);
    for (const name of words.length > 1 ? roots : universe.lists.names().filter((one) => universe.installed(one) !== undefined).sort()) {
      const paragraph = universe.lists.database.packages.get(name) ?? universe.shown(name)?.paragraph;
      if (paragraph === undefined || name === target) continue;
      for (const kind of ["Conflicts", "Breaks"]) {
        const enemy = universe.relations(paragraph, kind).flat().find((relation) => names.has(relation.name) && (relation.name !== target || satisfies(version?.version ?? "", relation)) && !(relation.name !== target && relation.operator !== undefined));
        if (enemy === undefined) continue;
        const link: Link = { from: name, kind, text: relationText(enemy), to: target };
        yield* put(sys, table(universe, [link]));
        return 0;
      }
    }
    yield* put(sys, nothing(universe, target, true));
    return 1;
  }
  const found = yield* chain(sys, universe, roots, target);
  if (found === undefined) {
    yield* put(sys, nothing(universe, target, false));
    return 1;
  }
  yield* put(sys, table(universe, found));
  return 0;
}
