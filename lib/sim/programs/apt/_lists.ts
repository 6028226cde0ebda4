// What the sources offer, as the indexes below /var/lib/apt/lists say: every version of every package, and which of them is the candidate.

import type { Blocking, Sys } from "../../kernel/sys.ts";
import { type Paragraph, paragraphsOf, parseParagraphs } from "../kit/debian/deb822.ts";
import { compareVersions } from "../kit/debian/debian-version.ts";
import { DpkgDatabase, readFile } from "../kit/debian/dpkg-database.ts";
import { openSigned } from "../kit/debian/release-file.ts";
import { type PinnedFile, Pins } from "./_pins.ts";
import { listName, LISTS, readSources, type Source } from "./_sources.ts";

/** An index: a source with what its Release file says of it. */
export interface Index extends PinnedFile {
  readonly source: Source;
  readonly file: string;
}

export interface Version {
  readonly version: string;
  readonly paragraph: Paragraph;
  /** where it can be had; none for one that is only installed */
  readonly indexes: readonly Index[];
  readonly installed: boolean;
}

export interface Candidate {
  readonly paragraph: Paragraph;
  readonly source: Source;
  readonly version: Version;
}

export class PackageLists {
  readonly indexes: readonly Index[];
  readonly database: DpkgDatabase;
  readonly pins: Pins;
  readonly #versions = new Map<string, Version[]>();
  readonly #candidates = new Map<string, Candidate>();

  constructor(indexes: readonly Index[], database: DpkgDatabase, pins: Pins) {
    this.indexes = indexes;
    this.database = database;
    this.pins = pins;
  }

  /** Errors: SourcesError. */
  static *read(sys: Sys, defaultRelease: string | undefined): Blocking<PackageLists> {
    const indexes: Index[] = [];
    const texts: string[] = [];
    const sources = yield* readSources(sys);
    const seen = new Set<string>();
    for (const source of sources) {
      const file = `${LISTS}/${listName(source, "Packages")}`;
      if (seen.has(file)) continue;
      seen.add(file);
      const text = yield* readFile(sys, file);
      if (text === "" && !(yield* exists(sys, file))) continue;
      const signed = yield* readFile(sys, `${LISTS}/${listName(source, "InRelease")}`);
      const [release] = parseParagraphs(openSigned(signed === "" ? yield* readFile(sys, `${LISTS}/${listName(source, "Release")}`) : signed).text);
      const field = (name: string): string => release?.get(name) ?? "";
      const host = /^[a-z+]+:\/\/([^/:]+)/.exec(source.url)?.[1] ?? "";
      indexes.push({ source, file, origin: field("Origin"), label: field("Label"), archive: field("Suite"), codename: field("Codename"), version: field("Version"), component: source.component, host });
      texts.push(text);
    }
    const lists = new PackageLists(indexes, yield* DpkgDatabase.read(sys), yield* Pins.read(sys, defaultRelease));
    for (const [at, text] of texts.entries()) {
      const index = indexes[at];
      if (!index) continue;
      for (const paragraph of yield* paragraphsOf(sys, text)) {
        lists.#offer(paragraph, index);
        if (sys.charge(2)) yield* sys.preempt();
      }
    }
    yield* lists.#finish(sys);
    return lists;
  }

  #offer(paragraph: Paragraph, index: Index): void {
    const name = paragraph.get("Package") ?? "";
    const version = paragraph.get("Version") ?? "";
    const known = this.#versions.get(name) ?? [];
    const at = known.findIndex((one) => one.version === version);
    const before = known[at];
    if (before) known[at] = { ...before, indexes: [...before.indexes, index] };
    else known.push({ version, paragraph, indexes: [index], installed: this.database.version(name) === version });
    this.#versions.set(name, known);
  }

  *#finish(sys: Sys): Blocking<void> {
    for (const [name, paragraph] of this.database.packages) {
      const version = this.database.version(name);
      if (version === undefined) continue;
      const known = this.#versions.get(name) ?? [];
      if (!known.some((one) => one.version === version)) known.push({ version, paragraph, indexes: [], installed: true });
      this.#versions.set(name, known);
      if (sys.charge(1)) yield* sys.preempt();
    }
    for (const [name, versions] of this.#versions) {
      if (versions.length > 1) versions.sort((a, b) => compareVersions(b.version, a.version));
      const chosen = this.#choose(name, versions);
      if (chosen) this.#candidates.set(name, chosen);
      if (sys.charge(1)) yield* sys.preempt();
    }
  }

  #choose(name: string, versions: readonly Version[]): Candidate | undefined {
    const installed = this.database.version(name);
    let best: Version | undefined;
    let most = 0;
    for (const version of versions) {
      const priority = this.priority(name, version);
      // only a pin of 1000 and more goes back to an older version
      if (priority <= most || (installed !== undefined && priority < 1000 && compareVersions(version.version, installed) < 0)) continue;
      best = version;
      most = priority;
    }
    const [index] = best?.indexes ?? [];
    return best && index ? { paragraph: best.paragraph, source: index.source, version: best } : undefined;
  }

  /** What apt-cache policy shows beside a version. */
  priority(name: string, version: Version): number {
    return this.pins.ofVersion(name, version.version, version.indexes, version.installed);
  }

  names(): readonly string[] {
    return [...this.#versions.keys()];
  }

  /** The newest first. */
  versions(name: string): readonly Version[] {
    return this.#versions.get(name) ?? [];
  }

  /** The version that would be installed, from a source; not there for what only the machine has. */
  get candidates(): ReadonlyMap<string, Candidate> {
    return this.#candidates;
  }

  /** The candidate, which may be the installed version that no source has (any more). */
  candidateVersion(name: string): string | undefined {
    return this.#candidates.get(name)?.version.version ?? this.database.version(name);
  }

  /** NAME=VERSION and NAME/SUITE: another version is the candidate from now on. False when there is none such. */
  select(name: string, accept: (version: Version) => boolean): Version | undefined {
    const version = this.versions(name).find(accept);
    const [index] = version?.indexes ?? [];
    if (version && index) this.#candidates.set(name, { paragraph: version.paragraph, source: index.source, version });
    else if (version?.installed) this.#candidates.delete(name);
    return version;
  }

  /** A package in a file given on the command line is the candidate. */
  addLocal(paragraph: Paragraph, source: Source): void {
    const name = paragraph.get("Package") ?? "";
    const version: Version = { version: paragraph.get("Version") ?? "", paragraph, indexes: [{ source, file: source.url, origin: "", label: "", archive: "local-deb", codename: "", version: "", component: "", host: "" }], installed: this.database.version(name) === paragraph.get("Version") };
    this.#versions.set(name, [version, ...this.versions(name).filter((one) => one.version !== version.version)]);
    this.#candidates.set(name, { paragraph, source, version });
  }
}

function* exists(sys: Sys, path: string): Blocking<boolean> {
  try {
    sys.stat(path);
    return true;
  } catch {
    return false;
  }
}

/** "Debian-Security:12/oldstable-security": where a version comes from, in apt-get -s. */
export function releaseShown(version: Version): string {
  return version.indexes.map((index) => `${index.label === "" ? (index.archive === "local-deb" ? "" : index.origin) : index.label}${index.version === "" ? "" : `:${index.version}`}${index.archive === "" ? "" : index.archive === "local-deb" ? "local-deb" : `/${index.archive}`}`).join(", ");
}

export function isHeld(database: DpkgDatabase, name: string): boolean {
  return (database.packages.get(name)?.get("Status") ?? "").startsWith("hold ");
}

const STEPS_A_PACKAGE = 8;

/** Paid before each walk through all packages of the machine: others have their turn between two. */
export function* payWalk(sys: Sys, lists: PackageLists): Blocking<void> {
  if (sys.charge(lists.database.packages.size * STEPS_A_PACKAGE)) yield* sys.preempt();
}

/** Names of installed packages whose candidate is newer, sorted. */
export function upgradable(lists: PackageLists): string[] {
  const { database } = lists;
  return [...database.packages.keys()].filter((name) => {
    const installed = database.version(name);
    const offered = lists.candidates.get(name)?.version.version;
    return installed !== undefined && offered !== undefined && compareVersions(offered, installed) > 0;
  }).sort();
}
