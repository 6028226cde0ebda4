// The record of Debian's package index (bookworm-main.ts), read on demand: a name is found by one search, its fields are cut out then.
// Letters: n name, V version, A architecture, s section, p priority, e essential, S source, I installed size (KiB), D download size (bytes), P pre-depends, d depends, r recommends, u suggests,
// c conflicts, b breaks, R replaces, v provides, m multi-arch, M maintainer, h homepage, f file name in the pool.
// The record holds the versions of the recorded hosts beside those of a later index, so a dependency may name a version that the mirror does not have: it is read as the one it has.
import { satisfies } from "../../programs/kit/debian/debian-version.ts";
import { bookwormMain } from "./bookworm-main.ts";

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

function satisfiable(relations: string): string {
  return relations.replaceAll(/([a-z0-9][a-z0-9.+-]+)(:\w+)? \((=|>=|>>) ([^)]+)\)/g, (whole, name: string, qualifier: string | undefined, operator: "=" | ">=" | ">>", version: string) => {
    const offered = versionOf(name);
    if (offered === undefined || satisfies(offered, { name, operator, version })) return whole;
    return `${name}${qualifier ?? ""} (${operator === ">>" ? ">=" : operator} ${offered})`;
  });
}

export function catalogueEntry(name: string): CatalogueEntry | undefined {
  const known = parsed.get(name);
  if (known !== undefined) return known;
  const start = index().get(name);
  if (start === undefined) return undefined;
  const end = bookwormMain.indexOf("\nn ", start);
  const fields = new Map<string, string>();
  for (const line of bookwormMain.slice(start, end < 0 ? undefined : end).split("\n")) fields.set(line.charAt(0), line.slice(2));
  const text = (letter: string): string => fields.get(letter) ?? "";
  const entry: CatalogueEntry = {
    name, version: text("V"), architecture: text("A"), section: text("s"), priority: text("p"), essential: text("e") === "yes", source: fields.get("S"),
    installedSizeKiB: Number(text("I") || 0), downloadSizeBytes: Number(text("D") || 0), preDepends: satisfiable(text("P")), depends: satisfiable(text("d")), recommends: satisfiable(text("r")), suggests: text("u"), conflicts: text("c"),
    breaks: text("b"), replaces: text("R"), provides: text("v"), multiArch: fields.get("m"), maintainer: text("M"), homepage: fields.get("h"), fileName: text("f"),
  };
  parsed.set(name, entry);
  return entry;
}
