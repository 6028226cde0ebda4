// What aptitude knows of each package: what the mirrors offer, what dpkg has, what apt and aptitude noted.

import type { Blocking, Sys } from "../../kernel/sys.ts";
import { automaticPackages } from "../apt/_execute.ts";
import { neverRemoved } from "../apt/_protected.ts";
import { isHeld, PackageLists, type Version } from "../apt/_lists.ts";
import type { AptOptions } from "../apt/_options.ts";
import { unneeded } from "../apt/_resolve.ts";
import { compareVersions } from "../kit/debian/debian-version.ts";
import { type Paragraph, parseRelations, type Relation } from "../kit/debian/deb822.ts";
import { AptitudeStates } from "./_states.ts";

/** Whom a package gives the name of, one for each package that says so. */
interface Provider {
  readonly name: string;
  readonly version: Version;
}

export class Universe {
  readonly lists: PackageLists;
  readonly automatic: Set<string>;
  readonly states: AptitudeStates;
  readonly #providers = new Map<string, Provider[]>();
  readonly #unneeded: ReadonlySet<string>;

  constructor(lists: PackageLists, automatic: Set<string>, states: AptitudeStates, idle: readonly string[]) {
    this.lists = lists;
    this.automatic = automatic;
    this.states = states;
    this.#unneeded = new Set(idle);
    for (const name of lists.names()) {
      const version = this.shown(name);
      if (version === undefined) continue;
      for (const [relation] of parseRelations(version.paragraph.get("Provides") ?? "")) {
        if (relation === undefined) continue;
        const known = this.#providers.get(relation.name);
        if (known === undefined) this.#providers.set(relation.name, [{ name, version }]);
        else known.push({ name, version });
      }
    }
  }

  /** Errors: SourcesError. */
  static *read(sys: Sys, options: AptOptions): Blocking<Universe> {
    const lists = yield* PackageLists.read(sys, options.release);
    const automatic = yield* automaticPackages(sys);
    return new Universe(lists, automatic, yield* AptitudeStates.read(sys), unneeded(lists.database, automatic, [], neverRemoved(sys, lists.database, options.configuration)));
  }

  /** Real packages and names that others provide, sorted. */
  names(): readonly string[] {
    return [...new Set([...this.lists.names(), ...this.#providers.keys()])].sort();
  }

  isVirtual(name: string): boolean {
    return this.lists.versions(name).length === 0;
  }

  providers(name: string): readonly Provider[] {
    return this.#providers.get(name) ?? [];
  }

  /** The candidate, else what is installed. */
  shown(name: string): Version | undefined {
    return this.lists.candidates.get(name)?.version ?? this.lists.versions(name).find((one) => one.installed) ?? this.lists.versions(name)[0];
  }

  installed(name: string): string | undefined {
    return this.lists.database.version(name);
  }

  candidate(name: string): string | undefined {
    return this.lists.candidateVersion(name);
  }

  upgradable(name: string): boolean {
    const installed = this.installed(name);
    const candidate = this.candidate(name);
    return installed !== undefined && candidate !== undefined && compareVersions(candidate, installed) > 0;
  }

  held(name: string): boolean {
    return isHeld(this.lists.database, name);
  }

  /** Automatically installed and needed by nobody any more. */
  garbage(name: string): boolean {
    return this.#unneeded.has(name);
  }

  /** The letter of the first column: p not there, c configuration files only, i installed, v virtual, u C H T W in between. */
  currentLetter(name: string): string {
    if (this.isVirtual(name)) return "v";
    switch (this.lists.database.state(name)) {
      case "installed": return "i";
      case "config-files": return "c";
      case "unpacked": return "u";
      case "half-configured": return "C";
      case "half-installed": return "H";
      case "triggers-awaiting": return "W";
      case "triggers-pending": return "T";
      default: return "p";
    }
  }

  relations(paragraph: Paragraph, field: string): readonly (readonly Relation[])[] {
    return parseRelations(paragraph.get(field) ?? "");
  }
}
