// From what is wanted to what is done: dependencies, recommends, reverse dependencies, packages that nobody needs any more.

import { type Paragraph, parseRelations, type Relation } from "../kit/debian/deb822.ts";
import { compareVersions, satisfies } from "../kit/debian/debian-version.ts";
import type { DpkgDatabase } from "../kit/debian/dpkg-database.ts";
import type { Candidate } from "./_lists.ts";

export interface Plan {
  /** dependencies before those that need them */
  readonly install: string[];
  readonly upgrade: string[];
  readonly remove: string[];
  readonly suggested: string[];
  readonly recommended: string[];
  /** asked for, there already and newest */
  readonly newest: string[];
  readonly reinstall: string[];
}

/** Unmet dependencies: lines for "The following packages have unmet dependencies:". */
export class Unmet extends Error {}

export function emptyPlan(): Plan {
  return { install: [], upgrade: [], remove: [], suggested: [], recommended: [], newest: [], reinstall: [] };
}

export class Resolver {
  readonly #database: DpkgDatabase;
  readonly #candidates: ReadonlyMap<string, Candidate>;
  readonly #recommends: boolean;
  readonly plan = emptyPlan();
  #providers: Map<string, string[]> | undefined;

  constructor(database: DpkgDatabase, candidates: ReadonlyMap<string, Candidate>, recommends: boolean) {
    this.#database = database;
    this.#candidates = candidates;
    this.#recommends = recommends;
  }

  #providersOf(name: string): readonly string[] {
    if (!this.#providers) {
      this.#providers = new Map();
      for (const [candidate, { paragraph }] of this.#candidates) for (const [relation] of parseRelations(paragraph.get("Provides") ?? "")) if (relation) this.#providers.set(relation.name, [...(this.#providers.get(relation.name) ?? []), candidate]);
    }
    return this.#providers.get(name) ?? [];
  }

  #present(relation: Relation): boolean {
    const version = this.#database.version(relation.name);
    if (version !== undefined && satisfies(version, relation)) return true;
    const planned = this.#candidates.get(relation.name)?.paragraph.get("Version");
    if (planned !== undefined && (this.plan.install.includes(relation.name) || this.plan.upgrade.includes(relation.name) || this.#visiting.has(relation.name)) && satisfies(planned, relation)) return true;
    return this.#providersOf(relation.name).some((provider) => this.#database.installed(provider) || this.plan.install.includes(provider) || this.#visiting.has(provider)) || [...this.#database.packages.values()].some((one) => (one.get("Status") ?? "").endsWith(" installed") && parseRelations(one.get("Provides") ?? "").some(([provided]) => provided?.name === relation.name));
  }

  readonly #visiting = new Set<string>();

  #pick(alternatives: readonly Relation[]): string | undefined {
    for (const relation of alternatives) {
      const version = this.#candidates.get(relation.name)?.paragraph.get("Version");
      if (version !== undefined && satisfies(version, relation)) return relation.name;
      const [provider] = this.#providersOf(relation.name);
      if (provider !== undefined) return provider;
    }
    return undefined;
  }

  /** Errors: Unmet. */
  add(name: string): void {
    if (this.#visiting.has(name) || this.plan.install.includes(name) || this.plan.upgrade.includes(name)) return;
    const paragraph = this.#candidates.get(name)?.paragraph;
    if (!paragraph) return;
    const before = { install: this.plan.install.length, upgrade: this.plan.upgrade.length };
    this.#visiting.add(name);
    try {
      this.#addNeeded(name, paragraph);
      this.#makeWay(name, paragraph);
    } catch (error) {
      this.plan.install.length = before.install;
      this.plan.upgrade.length = before.upgrade;
      throw error;
    } finally {
      this.#visiting.delete(name);
    }
    (this.#database.version(name) === undefined ? this.plan.install : this.plan.upgrade).push(name);
  }

  #addNeeded(name: string, paragraph: Paragraph): void {
    for (const alternatives of parseRelations(`${paragraph.get("Pre-Depends") ?? ""},${paragraph.get("Depends") ?? ""}`)) {
      if (alternatives.some((relation) => this.#present(relation))) continue;
      const chosen = this.#pick(alternatives);
      const [first] = alternatives;
      if (chosen === undefined) throw new Unmet(` ${name} : Depends: ${first?.name ?? ""}${first?.operator ? ` (${first.operator} ${first.version})` : ""} but it is not installable`);
      this.add(chosen);
    }
    for (const alternatives of parseRelations(paragraph.get("Recommends") ?? "")) {
      if (alternatives.some((relation) => this.#present(relation))) continue;
      const chosen = this.#pick(alternatives);
      if (chosen === undefined) continue;
      if (this.#recommends) {
        try {
          this.add(chosen);
        } catch (error) {
          // a recommendation that cannot be had stops nobody
          if (!(error instanceof Unmet)) throw error;
        }
      } else if (!this.plan.recommended.includes(chosen)) this.plan.recommended.push(chosen);
    }
    for (const alternatives of parseRelations(paragraph.get("Suggests") ?? "")) {
      if (alternatives.some((relation) => this.#present(relation))) continue;
      const shown = alternatives.map((relation) => relation.name).filter((one) => this.#candidates.has(one)).join(" | ");
      if (shown !== "" && !this.plan.suggested.includes(shown)) this.plan.suggested.push(shown);
    }
  }

  /** What cannot stand beside it goes, or is upgraded where that helps (deb-control(5): Conflicts, Breaks). A package is no conflict of its own. */
  #makeWay(name: string, paragraph: Paragraph): void {
    const provided = (of: Paragraph): readonly string[] => parseRelations(of.get("Provides") ?? "").flatMap(([relation]) => (relation ? [relation.name] : []));
    const own = [name, ...provided(paragraph)];
    const against = (of: Paragraph): readonly Relation[] => parseRelations(`${of.get("Conflicts") ?? ""},${of.get("Breaks") ?? ""}`).flat();
    const refused = against(paragraph);
    const ownVersion = paragraph.get("Version") ?? "";
    for (const [other, present] of [...this.#database.packages]) {
      if (other === name || !this.#database.installed(other) || this.plan.remove.includes(other)) continue;
      const names = [other, ...provided(present)];
      const hits = (relation: Relation, of: readonly string[], first: string, version: string): boolean => (relation.name === first ? satisfies(version, relation) : relation.operator === undefined && of.includes(relation.name));
      const version = present.get("Version") ?? "";
      if (!refused.some((relation) => hits(relation, names, other, version)) && !against(present).some((relation) => hits(relation, own, name, ownVersion))) continue;
      const offered = this.#candidates.get(other)?.paragraph.get("Version") ?? version;
      if (compareVersions(offered, version) > 0 && !refused.some((relation) => hits(relation, names, other, offered))) this.add(other);
      else this.drop(other);
    }
  }

  /** A package that was asked for. */
  want(name: string, reinstall: boolean): void {
    const installed = this.#database.version(name);
    const offered = this.#candidates.get(name)?.paragraph.get("Version");
    if (installed !== undefined && this.#database.installed(name) && (offered === undefined || compareVersions(installed, offered) >= 0)) {
      (reinstall ? this.plan.reinstall : this.plan.newest).push(name);
      return;
    }
    this.add(name);
  }

  /** Removes it and whatever needs it. */
  drop(name: string): void {
    if (this.plan.remove.includes(name)) return;
    this.plan.remove.push(name);
    for (const [other, paragraph] of this.#database.packages) {
      if (!this.#database.installed(other) || this.plan.remove.includes(other)) continue;
      const needs = parseRelations(`${paragraph.get("Pre-Depends") ?? ""},${paragraph.get("Depends") ?? ""}`).some((alternatives) => alternatives.some((relation) => relation.name === name) && !alternatives.some((relation) => relation.name !== name && this.#database.installed(relation.name) && !this.plan.remove.includes(relation.name)));
      if (needs) this.drop(other);
    }
  }
}

/** Packages marked automatic that nothing installed needs or recommends. */
export function unneeded(database: DpkgDatabase, automatic: ReadonlySet<string>, removed: readonly string[]): string[] {
  const kept = new Set<string>();
  const queue = [...database.packages.keys()].filter((name) => database.installed(name) && !removed.includes(name) && !automatic.has(name));
  const provides = new Map<string, string[]>();
  for (const [name, paragraph] of database.packages) if (database.installed(name)) for (const [relation] of parseRelations(paragraph.get("Provides") ?? "")) if (relation) provides.set(relation.name, [...(provides.get(relation.name) ?? []), name]);
  while (queue.length > 0) {
    const name = queue.pop();
    if (name === undefined || kept.has(name) || !database.installed(name) || removed.includes(name)) continue;
    kept.add(name);
    const paragraph: Paragraph | undefined = database.packages.get(name);
    for (const alternatives of parseRelations(["Pre-Depends", "Depends", "Recommends", "Suggests"].map((field) => paragraph?.get(field) ?? "").join(","))) for (const relation of alternatives) queue.push(relation.name, ...(provides.get(relation.name) ?? []));
  }
  return [...database.packages.keys()].filter((name) => database.installed(name) && automatic.has(name) && !kept.has(name) && !removed.includes(name)).sort();
}
