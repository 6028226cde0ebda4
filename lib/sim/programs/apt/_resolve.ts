// From what is wanted to what is done: dependencies, recommends, conflicts, what a new version breaks, packages that nobody needs any more.

import { type Paragraph, parseRelations, type Relation } from "../kit/debian/deb822.ts";
import { compareVersions, satisfies } from "../kit/debian/debian-version.ts";
import type { DpkgDatabase } from "../kit/debian/dpkg-database.ts";
import { type Candidate, isHeld, type PackageLists } from "./_lists.ts";

export interface Plan {
  /** dependencies before those that need them */
  readonly install: string[];
  readonly upgrade: string[];
  readonly downgrade: string[];
  readonly remove: string[];
  readonly suggested: string[];
  readonly recommended: string[];
  /** asked for, there already and newest */
  readonly newest: string[];
  readonly reinstall: string[];
}

/** Unmet dependencies: lines for "The following packages have unmet dependencies:". */
export class Unmet extends Error {}

export interface Allowed {
  /** packages that are not there yet */
  readonly install: boolean;
  readonly remove: boolean;
}

const EVERYTHING: Allowed = { install: true, remove: true };

const needs = (paragraph: Paragraph | undefined) => parseRelations(`${paragraph?.get("Pre-Depends") ?? ""},${paragraph?.get("Depends") ?? ""}`);
const enemies = (paragraph: Paragraph | undefined) => parseRelations(`${paragraph?.get("Conflicts") ?? ""},${paragraph?.get("Breaks") ?? ""}`).flat();

export function relationText(relation: Relation): string {
  return `${relation.name}${relation.operator ? ` (${relation.operator} ${relation.version})` : ""}`;
}

export class Resolver {
  readonly #database: DpkgDatabase;
  readonly #lists: PackageLists;
  readonly #recommends: boolean;
  readonly plan: Plan = { install: [], upgrade: [], downgrade: [], remove: [], suggested: [], recommended: [], newest: [], reinstall: [] };
  readonly #visiting = new Set<string>();
  readonly #asked = new Set<string>();
  #providers: Map<string, string[]> | undefined;
  #allowed = EVERYTHING;

  constructor(lists: PackageLists, recommends: boolean) {
    this.#database = lists.database;
    this.#lists = lists;
    this.#recommends = recommends;
  }

  get #candidates(): ReadonlyMap<string, Candidate> {
    return this.#lists.candidates;
  }

  #providersOf(name: string): readonly string[] {
    if (!this.#providers) {
      this.#providers = new Map();
      for (const [candidate, { paragraph }] of this.#candidates) {
        const provides = paragraph.get("Provides");
        if (provides !== undefined) for (const [relation] of parseRelations(provides)) if (relation) this.#providers.set(relation.name, [...(this.#providers.get(relation.name) ?? []), candidate]);
      }
    }
    return this.#providers.get(name) ?? [];
  }

  #changes(name: string): boolean {
    const { install, upgrade, downgrade } = this.plan;
    return this.#visiting.has(name) || install.includes(name) || upgrade.includes(name) || downgrade.includes(name);
  }

  /** What the package will be after the plan: its version, undefined when it will not be there. */
  #paragraphAfter(name: string): Paragraph | undefined {
    if (this.plan.remove.includes(name)) return undefined;
    if (this.#changes(name)) return this.#candidates.get(name)?.paragraph;
    return this.#database.version(name) === undefined ? undefined : this.#database.packages.get(name);
  }

  #provides(name: string, wanted: Relation): boolean {
    const provides = this.#paragraphAfter(name)?.get("Provides");
    if (provides === undefined) return false;
    return parseRelations(provides).some(([one]) => one?.name === wanted.name && (wanted.operator === undefined || (one.operator !== undefined && satisfies(one.version, wanted))));
  }

  #met(relation: Relation): boolean {
    const version = this.#paragraphAfter(relation.name)?.get("Version");
    if (version !== undefined && satisfies(version, relation)) return true;
    if (this.#providersOf(relation.name).some((provider) => this.#provides(provider, relation))) return true;
    return this.#localProviders(relation.name).some((provider) => this.#provides(provider, relation));
  }

  #locals: Map<string, string[]> | undefined;

  #localProviders(name: string): readonly string[] {
    if (!this.#locals) {
      this.#locals = new Map();
      for (const [one, paragraph] of this.#database.packages) {
        const provides = paragraph.get("Provides");
        if (provides !== undefined && this.#database.version(one) !== undefined) for (const [relation] of parseRelations(provides)) if (relation) this.#locals.set(relation.name, [...(this.#locals.get(relation.name) ?? []), one]);
      }
    }
    return this.#locals.get(name) ?? [];
  }

  #pick(alternatives: readonly Relation[]): string | undefined {
    for (const relation of alternatives) {
      const version = this.#candidates.get(relation.name)?.version.version;
      if (version !== undefined && satisfies(version, relation)) return relation.name;
      const [provider] = this.#providersOf(relation.name);
      if (provider !== undefined && relation.operator === undefined) return provider;
    }
    return undefined;
  }

  /** Why a wish cannot be had, in apt's words. */
  #reason(relation: Relation): string {
    const after = this.#paragraphAfter(relation.name)?.get("Version");
    const installed = this.#database.version(relation.name);
    if (after !== undefined) return after === installed && !this.#changes(relation.name) ? `but ${after} is to be installed` : `but ${after} is to be installed`;
    const candidate = this.#candidates.get(relation.name);
    if (candidate === undefined) return this.#providersOf(relation.name).length > 0 ? "but it is not going to be installed" : "but it is not installable";
    return relation.operator !== undefined && !satisfies(candidate.version.version, relation) ? `but ${candidate.version.version} is to be installed` : "but it is not going to be installed";
  }

  #unmet(name: string, alternatives: readonly Relation[]): Unmet {
    const indent = " ".repeat(name.length + 13);
    return new Unmet(` ${name} : Depends: ${alternatives.map((relation, place) => `${place === 0 ? "" : indent}${relationText(relation)} ${this.#reason(relation)}`).join(" or\n")}`);
  }

  #snapshot(): () => void {
    const { plan } = this;
    const lengths = Object.values(plan).map((list: string[]) => [list, [...list]] as const);
    return () => {
      for (const [list, before] of lengths) list.splice(0, list.length, ...before);
    };
  }

  /** Tries; on Unmet nothing has changed. */
  attempt(work: () => void, allowed: Allowed): Unmet | undefined {
    const restore = this.#snapshot();
    const before = this.#allowed;
    this.#allowed = allowed;
    try {
      work();
      return undefined;
    } catch (error) {
      if (!(error instanceof Unmet)) throw error;
      restore();
      return error;
    } finally {
      this.#allowed = before;
    }
  }

  /** Errors: Unmet. */
  add(name: string): void {
    if (this.#changes(name)) return;
    const candidate = this.#candidates.get(name);
    if (!candidate) return;
    const installed = this.#database.version(name);
    if (installed === undefined && !this.#allowed.install) throw new Unmet(` ${name} : not installed`);
    if (installed !== undefined && isHeld(this.#database, name) && !this.#asked.has(name)) throw new Unmet(` ${name} : held`);
    if (this.plan.remove.includes(name)) throw new Unmet(` ${name} : Conflicts`);
    const restore = this.#snapshot();
    this.#visiting.add(name);
    try {
      this.#fight(name, candidate.paragraph);
      this.#addNeeded(name, candidate.paragraph);
      const compared = installed === undefined ? 0 : compareVersions(candidate.version.version, installed);
      (installed === undefined ? this.plan.install : compared < 0 ? this.plan.downgrade : this.plan.upgrade).push(name);
      if (installed !== undefined) this.#bringAlong(name);
    } catch (error) {
      restore();
      throw error;
    } finally {
      this.#visiting.delete(name);
    }
  }

  /** What it conflicts with goes; what conflicts with it too. */
  #fight(name: string, paragraph: Paragraph): void {
    const go = (other: string): void => {
      const newer = this.#candidates.get(other);
      if (newer && this.#database.version(other) !== undefined && newer.version.version !== this.#database.version(other) && !enemies(paragraph).some((relation) => relation.name === other && satisfies(newer.version.version, relation))) {
        this.add(other);
        return;
      }
      if (!this.#allowed.remove || this.#asked.has(other) || this.#visiting.has(other)) throw new Unmet(` ${name} : Conflicts: ${other} but ${this.#paragraphAfter(other)?.get("Version") ?? ""} is to be installed`);
      this.drop(other);
    };
    for (const relation of enemies(paragraph)) {
      const version = this.#paragraphAfter(relation.name)?.get("Version");
      if (relation.name !== name && version !== undefined && satisfies(version, relation)) go(relation.name);
      if (relation.operator === undefined) for (const provider of this.#localProviders(relation.name)) if (provider !== name && this.#paragraphAfter(provider) !== undefined) go(provider);
    }
    const version = paragraph.get("Version") ?? "";
    const provided = new Set([name, ...parseRelations(paragraph.get("Provides") ?? "").flat().map((one) => one.name)]);
    for (const [other, theirs] of this.#database.packages) {
      if (other === name || !(theirs.has("Conflicts") || theirs.has("Breaks")) || this.#paragraphAfter(other) === undefined) continue;
      if (enemies(this.#paragraphAfter(other)).some((relation) => relation.name === name ? satisfies(version, relation) : relation.operator === undefined && provided.has(relation.name) && !provided.has(other))) go(other);
    }
  }

  /** Installed packages that the other version would leave without what they need: they come along, or the plan is none. */
  #bringAlong(name: string): void {
    for (const [other] of this.#database.packages) {
      if (other === name || this.#changes(other)) continue;
      const paragraph = this.#paragraphAfter(other);
      if (paragraph === undefined || !this.#database.installed(other)) continue;
      const text = `${paragraph.get("Pre-Depends") ?? ""},${paragraph.get("Depends") ?? ""}`;
      if (!text.includes(name)) continue;
      const broken = parseRelations(text).find((alternatives) => alternatives.some((relation) => relation.name === name) && !alternatives.some((relation) => this.#met(relation)));
      if (!broken) continue;
      const candidate = this.#candidates.get(other);
      if (candidate && candidate.version.version !== this.#database.version(other) && !isHeld(this.#database, other)) this.add(other);
      else if (this.#allowed.remove && !this.#asked.has(other)) this.drop(other);
      else throw this.#unmet(other, broken);
    }
  }

  #addNeeded(name: string, paragraph: Paragraph): void {
    for (const alternatives of needs(paragraph)) {
      if (alternatives.some((relation) => this.#met(relation))) continue;
      const chosen = this.#pick(alternatives);
      if (chosen === undefined) throw this.#unmet(name, alternatives);
      this.add(chosen);
      if (!alternatives.some((relation) => this.#met(relation))) throw this.#unmet(name, alternatives);
    }
    // an upgrade brings only the recommendations that the old version did not have
    const old = this.#database.version(name) === undefined ? "" : (this.#database.packages.get(name)?.get("Recommends") ?? "");
    for (const alternatives of parseRelations(paragraph.get("Recommends") ?? "")) {
      if (alternatives.some((relation) => this.#met(relation))) continue;
      const chosen = this.#pick(alternatives);
      if (chosen === undefined || (old !== "" && old.includes(chosen))) continue;
      if (this.#recommends) this.attempt(() => this.add(chosen), this.#allowed);
      else if (!this.plan.recommended.includes(chosen)) this.plan.recommended.push(chosen);
    }
    if (this.#database.version(name) !== undefined) return;
    for (const alternatives of parseRelations(paragraph.get("Suggests") ?? "")) {
      if (alternatives.some((relation) => this.#met(relation))) continue;
      const shown = alternatives.map((relation) => relation.name).filter((one) => this.#candidates.has(one)).join(" | ");
      if (shown !== "" && !this.plan.suggested.includes(shown)) this.plan.suggested.push(shown);
    }
  }

  /** A package that was asked for. Errors: Unmet. */
  want(name: string, reinstall: boolean): void {
    this.#asked.add(name);
    const installed = this.#database.version(name);
    const offered = this.#candidates.get(name)?.version.version;
    if (installed !== undefined && this.#database.installed(name) && (offered === undefined || offered === installed)) {
      if (reinstall && offered !== undefined) this.plan.reinstall.push(name);
      else this.plan.newest.push(name);
      return;
    }
    this.add(name);
  }

  /** Removes it and whatever needs it. */
  drop(name: string): void {
    if (this.plan.remove.includes(name)) return;
    this.plan.remove.push(name);
    for (const [other] of this.#database.packages) {
      const paragraph = this.#paragraphAfter(other);
      if (paragraph === undefined || !this.#database.installed(other)) continue;
      const text = `${paragraph.get("Pre-Depends") ?? ""},${paragraph.get("Depends") ?? ""}`;
      if (!text.includes(name) && this.#database.packages.get(name)?.get("Provides") === undefined) continue;
      if (parseRelations(text).some((alternatives) => !alternatives.some((relation) => this.#met(relation)))) {
        if (this.#asked.has(other) || this.#visiting.has(other)) throw new Unmet(` ${other} : Depends: ${name} but it is not going to be installed`);
        this.drop(other);
      }
    }
  }

  /** Lines for "have unmet dependencies" of what is on the machine already; none when all is well. */
  brokenNow(): readonly (readonly [name: string, line: string])[] {
    const broken: (readonly [string, string])[] = [];
    for (const [name, paragraph] of this.#database.packages) {
      if (this.#database.version(name) === undefined || this.plan.remove.includes(name)) continue;
      const lines = needs(paragraph).filter((alternatives) => !alternatives.some((relation) => this.#met(relation)))
        .map((alternatives) => ` ${name} : Depends: ${alternatives.map((relation) => `${relationText(relation)} ${this.#reasonInstalled(relation)}`).join(` or\n${" ".repeat(name.length + 13)}`)}`);
      const [line] = lines;
      if (line !== undefined) broken.push([name, lines.map((one, place) => (place === 0 ? one : `${" ".repeat(name.length + 4)}${one.slice(name.length + 4)}`)).join("\n")]);
    }
    return broken;
  }

  #reasonInstalled(relation: Relation): string {
    const installed = this.#database.version(relation.name);
    if (installed !== undefined) return `but ${installed} is installed`;
    return this.#candidates.has(relation.name) || this.#providersOf(relation.name).length > 0 ? "but it is not installed" : "but it is not installable";
  }

  /** apt --fix-broken install: what is missing comes, or what misses it goes. */
  mend(): void {
    for (const [name] of this.brokenNow()) {
      const paragraph = this.#database.packages.get(name);
      const failed = this.attempt(() => {
        for (const alternatives of needs(paragraph)) {
          if (alternatives.some((relation) => this.#met(relation))) continue;
          const chosen = this.#pick(alternatives);
          if (chosen === undefined) throw this.#unmet(name, alternatives);
          this.add(chosen);
          if (!alternatives.some((relation) => this.#met(relation))) throw this.#unmet(name, alternatives);
        }
      }, EVERYTHING);
      if (failed && !this.plan.remove.includes(name)) this.drop(name);
    }
  }
}

/** Packages marked automatic that nothing installed needs or recommends. `never` are patterns of APT::NeverAutoRemove that hold. */
export function unneeded(database: DpkgDatabase, automatic: ReadonlySet<string>, removed: readonly string[], never: (name: string) => boolean = () => false): string[] {
  const kept = new Set<string>();
  const queue = [...database.packages.keys()].filter((name) => database.installed(name) && !removed.includes(name) && (!automatic.has(name) || never(name)));
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
