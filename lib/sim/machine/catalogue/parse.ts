// The record of Debian's package index (bookworm-main.ts), read on demand: a name is found by one search, its fields are cut out then.
// Letters: n name, V version, A architecture, s section, p priority, e essential, S source, I installed size (KiB), D download size (bytes), P pre-depends, d depends, r recommends, u suggests,
// c conflicts, b breaks, R replaces, v provides, m multi-arch, M maintainer, h homepage, f file name in the pool.
// The record holds the versions of the recorded hosts beside those of a later index, so a dependency may name a version that the mirror does not have: it is read as the newest it has.
// What the suites of the mirror offer is recorded beside it (bookworm-suites.ts), as differences.
import { compareVersions, satisfies } from "../../programs/kit/debian/debian-version.ts";
import { bookwormMain } from "./bookworm-main.ts";
import { bookworm, bookwormSecurity, bookwormUpdates } from "./bookworm-suites.ts";

export type Suite = "bookworm" | "bookworm-updates" | "bookworm-security";

export const suites: readonly Suite[] = ["bookworm", "bookworm-updates", "bookworm-security"];

export interface CatalogueEntry {
  readonly name: string;
  readonly version: string;
  readonly architecture: string;
  readonly section: string;
  readonly priority: string;
  readonly essential: boolean;
  readonly source: string | undefined;
  readonly installedSizeKiB: number;
  readonly downloadSizeBytes: number;
  readonly preDepends: string;
  readonly depends: string;
  readonly recommends: string;
  readonly suggests: string;
  readonly conflicts: string;
  readonly breaks: string;
  readonly replaces: string;
  readonly provides: string;
  readonly multiArch: string | undefined;
  readonly maintainer: string;
  readonly homepage: string | undefined;
  readonly fileName: string;
}

let offsets: Map<string, number> | undefined;
const parsed = new Map<string, CatalogueEntry>();

function index(): Map<string, number> {
  if (offsets !== undefined) return offsets;
  offsets = new Map();
  for (let at = 0; at >= 0; ) {
    const end = bookwormMain.indexOf("\n", at);
    offsets.set(bookwormMain.slice(at + 2, end), end + 1);
    const next = bookwormMain.indexOf("\nn ", end);
    at = next < 0 ? -1 : next + 1;
  }
  return offsets;
}

/** Every package that the simulated mirror knows, sorted. */
export function catalogueNames(): readonly string[] {
  return [...index().keys()];
}

function versionOf(name: string): string | undefined {
  const start = index().get(name);
  return start === undefined ? undefined : /^V (.*)$/m.exec(bookwormMain.slice(start, start + 200))?.[1];
}

type Letters = ReadonlyMap<string, string>;

let differences: ReadonlyMap<Suite, ReadonlyMap<string, Letters>> | undefined;

function differencesOf(suite: Suite): ReadonlyMap<string, Letters> {
  differences ??= new Map(([["bookworm", bookworm], ["bookworm-updates", bookwormUpdates], ["bookworm-security", bookwormSecurity]] as const).map(([of, text]) => {
    const packages = new Map<string, Letters>();
    let letters = new Map<string, string>();
    for (const line of text.split("\n")) {
      if (line.startsWith("n ")) packages.set(line.slice(2), (letters = new Map()));
      else if (line !== "") letters.set(line.charAt(0), line.slice(2));
    }
    return [of, packages];
  }));
  return differences.get(suite) ?? new Map();
}

/** The version of a package in a suite of the mirror. */
function suiteVersion(suite: Suite, name: string): string | undefined {
  const letters = differencesOf(suite).get(name);
  return suite === "bookworm" && letters === undefined ? versionOf(name) : letters?.get("V");
}

/** The oldest version that the mirror has, when it is older than that of the recorded hosts. */
export function olderVersion(name: string): string | undefined {
  const recorded = versionOf(name);
  const oldest = offeredVersions(name).at(-1);
  return recorded !== undefined && oldest !== undefined && compareVersions(oldest, recorded) < 0 ? oldest : undefined;
}

/** Every version that the mirror has, the newest first. */
function offeredVersions(name: string): readonly string[] {
  return [...new Set(suites.map((suite) => suiteVersion(suite, name)).filter((version) => version !== undefined))].sort((a, b) => compareVersions(b, a));
}

function satisfiable(relations: string): string {
  return relations.replaceAll(/([a-z0-9][a-z0-9.+-]+)(:\w+)? \((=|>=|>>) ([^)]+)\)/g, (whole, name: string, qualifier: string | undefined, operator: "=" | ">=" | ">>", version: string) => {
    const offered = offeredVersions(name);
    const [newest] = offered;
    if (newest === undefined || offered.some((one) => satisfies(one, { name, operator, version }))) return whole;
    return `${name}${qualifier ?? ""} (${operator === ">>" ? ">=" : operator} ${newest})`;
  });
}

function entryOf(name: string, text: (letter: string) => string): CatalogueEntry {
  const optional = (letter: string): string | undefined => text(letter) || undefined;
  return {
    name, version: text("V"), architecture: text("A"), section: text("s"), priority: text("p"), essential: text("e") === "yes", source: optional("S"),
    installedSizeKiB: Number(text("I") || 0), downloadSizeBytes: Number(text("D") || 0), preDepends: satisfiable(text("P")), depends: satisfiable(text("d")), recommends: satisfiable(text("r")), suggests: text("u"), conflicts: text("c"),
    breaks: text("b"), replaces: text("R"), provides: text("v"), multiArch: optional("m"), maintainer: text("M"), homepage: optional("h"), fileName: text("f"),
  };
}

function recordedLetters(name: string): Letters | undefined {
  const start = index().get(name);
  if (start === undefined) return undefined;
  const end = bookwormMain.indexOf("\nn ", start);
  return new Map(bookwormMain.slice(start, end < 0 ? undefined : end).split("\n").map((line) => [line.charAt(0), line.slice(2)]));
}

/** The package as a suite of the mirror has it; undefined when it is not in there. */
export function suiteEntry(suite: Suite, name: string): CatalogueEntry | undefined {
  const version = suiteVersion(suite, name);
  if (version === undefined) return undefined;
  if (version === versionOf(name)) return catalogueEntry(name);
  const key = `${name} ${version}`;
  const known = parsed.get(key);
  if (known !== undefined) return known;
  const recorded = recordedLetters(name);
  const changed = differencesOf(suite).get(name);
  const entry = entryOf(name, (letter) => changed?.get(letter) ?? recorded?.get(letter) ?? "");
  parsed.set(key, entry);
  return entry;
}

/** The package in a version that the mirror has. */
export function versionEntry(name: string, version: string): CatalogueEntry | undefined {
  const suite = suites.find((one) => suiteVersion(one, name) === version);
  return suite === undefined ? undefined : suiteEntry(suite, name);
}

/** The package in the version of the recorded hosts. */
export function catalogueEntry(name: string): CatalogueEntry | undefined {
  const known = parsed.get(name);
  if (known !== undefined) return known;
  const letters = recordedLetters(name);
  if (letters === undefined) return undefined;
  const entry = entryOf(name, (letter) => letters.get(letter) ?? "");
  parsed.set(name, entry);
  return entry;
}
