// search, versions, show: what aptitude tells without changing anything.

import { type Blocking, encode, type Sys } from "../../kernel/sys.ts";
import { sizeText } from "../apt/_download.ts";
import type { Version } from "../apt/_lists.ts";
import { RegexLimitError } from "../kit/regex/compile-regex.ts";
import type { Universe } from "./_universe.ts";
import { FormatError, formatRows, parseFormat } from "./_columns.ts";
import { translated } from "../kit/messages/translate.ts";
import { decimalPoint } from "../kit/locale.ts";
import { isPattern, parsePattern, PatternError } from "./_patterns.ts";

export const FAILED = 255;

export interface LookUp {
  readonly format: string | undefined;
  /** undefined: columns are not lined up */
  readonly width: number | undefined;
  readonly descending: boolean;
  readonly sortBy: string;
  readonly verbose: number;
}

export const put = (sys: Sys, text: string): Blocking<number> => {
  const said = translated(sys, "aptitude", text);
  return sys.write(1, encode(decimalPoint(sys) === "," ? said.replace(/(\d)\.(\d+) (?=[kMG]?[oB]?\b)/g, "$1,$2 ") : said));
};
export const complain = (sys: Sys, text: string): Blocking<number> => sys.write(2, encode(translated(sys, "aptitude", text)));

/** The names that a pattern means, sorted; undefined when it has been said what is wrong with it. */
export function* namesOf(sys: Sys, universe: Universe, pattern: string): Blocking<readonly string[] | undefined> {
  try {
    const test = parsePattern(pattern);
    const found: string[] = [];
    for (const name of universe.names()) {
      if (sys.charge(20)) yield* sys.preempt();
      if (test(universe, name)) found.push(name);
    }
    return found;
  } catch (error) {
    if (!(error instanceof PatternError || error instanceof RegexLimitError)) throw error;
    yield* complain(sys, `E: ${error.message}\n`);
    return undefined;
  }
}

const SORTS: ReadonlyMap<string, (universe: Universe, a: string, b: string) => number> = new Map<string, (universe: Universe, a: string, b: string) => number>([
  ["name", (_, a, b) => (a < b ? -1 : a > b ? 1 : 0)],
  ["installsize", (universe, a, b) => Number(universe.shown(a)?.paragraph.get("Installed-Size") ?? 0) - Number(universe.shown(b)?.paragraph.get("Installed-Size") ?? 0)],
  ["debsize", (universe, a, b) => Number(universe.shown(a)?.paragraph.get("Size") ?? 0) - Number(universe.shown(b)?.paragraph.get("Size") ?? 0)],
]);

export function* search(sys: Sys, universe: Universe, patterns: readonly string[], how: LookUp): Blocking<number> {
  if (patterns.length === 0) {
    yield* complain(sys, "search: You must provide at least one search term\n");
    return FAILED;
  }
  const found = new Set<string>();
  for (const pattern of patterns) {
    const names = yield* namesOf(sys, universe, pattern);
    if (names === undefined) return FAILED;
    for (const name of names) found.add(name);
  }
  try {
    const columns = parseFormat(how.format ?? "%c%a%M %p# - %d#");
    const order = SORTS.get(how.sortBy) ?? SORTS.get("name");
    const names = [...found].sort((a, b) => (order?.(universe, a, b) ?? 0) * (how.descending ? -1 : 1) || (a < b ? -1 : 1));
    yield* put(sys, formatRows(columns, names.map((name) => ({ universe, name, version: universe.shown(name) })), how.width));
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    yield* complain(sys, `search: Could not parse column definitions: '${error.message}'\n`);
    return FAILED;
  }
  return found.size === 0 ? 1 : 0;
}

export function* versions(sys: Sys, universe: Universe, words: readonly string[], how: LookUp): Blocking<number> {
  if (words.length === 0) {
    yield* complain(sys, "versions: You must provide at least one package selector\n");
    return FAILED;
  }
  const chosen = new Set<string>();
  for (const word of words) {
    if (isPattern(word)) {
      const names = yield* namesOf(sys, universe, word);
      if (names === undefined) return FAILED;
      for (const name of names) chosen.add(name);
    } else chosen.add(word);
  }
  const names = [...chosen].filter((name) => universe.lists.versions(name).length > 0).sort();
  const single = words.length === 1 && words.every((word) => !isPattern(word));
  const columns = parseFormat(how.format ?? "%c%a%M %p# %t# %i");
  for (const [place, name] of names.entries()) {
    if (!single) yield* put(sys, `${place === 0 ? "" : "\n"}Package ${name}:\n`);
    // the oldest first; what is shown for a package is its version here
    for (const version of [...universe.lists.versions(name)].reverse()) {
      const rows = formatRows(columns.map((part) => (typeof part !== "string" && part.width === 30 ? { ...part, value: () => version.version } : typeof part !== "string" && part.width === 1 && !version.installed ? { ...part, value: () => (part === columns[0] ? "p" : part === columns[1] ? " " : "") } : part)), [{ universe, name, version }], how.width);
      yield* put(sys, rows);
    }
  }
  return names.length === 0 ? 1 : 0;
}

const RELATIONS = ["Pre-Depends", "Depends", "Recommends", "Suggests", "Enhances", "Conflicts", "Breaks", "Replaces", "Provides"] as const;

/** Text in lines no longer than the terminal; what goes on begins with `indent` blanks. */
function wrapped(text: string, width: number | undefined, indent: number): string {
  if (width === undefined) return `${text}\n`;
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line.trim() !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = " ".repeat(indent) + word;
    } else line += line === "" && lines.length === 0 ? word : ` ${word}`;
  }
  return `${[...lines, line].join("\n")}\n`;
}

/** Paragraphs joined, as the long description's lines are meant to be filled. */
function description(text: string, width: number | undefined): string {
  const [summary = "", ...lines] = text.split("\n");
  const paragraphs: string[] = [];
  let filled = "";
  const end = (): void => {
    if (filled !== "") paragraphs.push(filled);
    filled = "";
  };
  for (const line of lines) {
    if (/^ \.\s*$/.test(line)) {
      end();
      paragraphs.push("");
    } else if (/^ {2}/.test(line)) {
      end();
      paragraphs.push(line.slice(2));
    } else filled += `${filled === "" ? "" : " "}${line.slice(1)}`;
  }
  end();
  return `Description: ${summary}\n${paragraphs.map((one) => (one === "" ? " \n" : wrapped(` ${one}`, width, 1))).join("")}`;
}

const shortSize = (bytes: number): string => sizeText(bytes).replace(/B$/, "").trimEnd();

function stateShown(universe: Universe, name: string): string {
  const installed = universe.installed(name);
  const held = universe.held(name) ? " [held]" : "";
  if (installed === undefined) return universe.lists.database.state(name) === "config-files" ? "removed but not purged" : "not installed";
  const candidate = universe.candidate(name) ?? "";
  if (universe.states.forbidden.get(name) === candidate) return `installed, forbidden upgrade: ${candidate}`;
  return universe.upgradable(name) ? `installed (${installed}), upgrade available (${candidate})${held}` : `installed${held}`;
}

function record(universe: Universe, name: string, version: Version, how: LookUp): string {
  const { paragraph } = version;
  let text = `Package: ${name}\nVersion: ${version.version}\n`;
  const line = (head: string, value: string | undefined): void => {
    if (value !== undefined && value !== "") text += wrapped(`${head}: ${value}`, how.width, head.length + 2);
  };
  if (paragraph.get("Essential") === "yes") line("Essential", "yes");
  line("State", stateShown(universe, name));
  if (universe.installed(name) !== undefined) line("Automatically installed", universe.automatic.has(name) ? "yes" : "no");
  line("Multi-Arch", paragraph.get("Multi-Arch"));
  line("Priority", paragraph.get("Priority"));
  line("Section", paragraph.get("Section"));
  line("Maintainer", paragraph.get("Maintainer"));
  line("Architecture", paragraph.get("Architecture"));
  line("Uncompressed Size", shortSize(Number(paragraph.get("Installed-Size") ?? 0) * 1024));
  if (how.verbose > 0) {
    if (paragraph.has("Size")) line("Compressed Size", shortSize(Number(paragraph.get("Size"))));
    line("Filename", paragraph.get("Filename"));
    line("Checksum-FileSize", paragraph.get("Size"));
    line("SHA256", paragraph.get("SHA256"));
    line("Archive", [...new Set([...version.indexes.map((index) => index.archive), ...(version.installed ? ["now"] : [])])].join(", "));
  }
  for (const field of RELATIONS) line(field.replace("Pre-Depends", "PreDepends"), paragraph.get(field)?.replaceAll("<<", "<").replaceAll(">>", ">"));
  const providers = universe.providers(name).filter((provider) => provider.name !== name);
  line("Provided by", providers.map((provider) => `${provider.name} (${provider.version.version})`).sort().join(", "));
  text += description(paragraph.get("Description") ?? "", how.width);
  line("Homepage", paragraph.get("Homepage"));
  line("User Tags", [...(universe.states.tags.get(name) ?? [])].sort().join(", "));
  return `${text}\n`;
}

export function* show(sys: Sys, universe: Universe, words: readonly string[], how: LookUp): Blocking<number> {
  let failed = false;
  for (const word of words) {
    let names: readonly string[] | undefined = [word];
    if (isPattern(word)) {
      names = yield* namesOf(sys, universe, word);
      if (names === undefined) return FAILED;
    }
    for (const one of names) {
      const [, name = one, sign, wanted] = /^(.*?)(?:([=/])(.*))?$/.exec(one) ?? [];
      const all = universe.lists.versions(name);
      if (all.length === 0) {
        const providers = universe.providers(name);
        if (providers.length === 0) {
          yield* complain(sys, `E: Unable to locate package ${name}\n`);
          failed = true;
          continue;
        }
        yield* put(sys, `No candidate version found for ${name}\nPackage: ${name}\nState: not a real package\n${wrapped(`Provided by: ${providers.map((provider) => `${provider.name} (${provider.version.version})`).sort().join(", ")}`, how.width, 13)}\n`);
        continue;
      }
      const chosen = sign === undefined ? (how.verbose > 1 ? all : [universe.shown(name)]) : all.filter((version) => (sign === "=" ? version.version === wanted : version.indexes.some((index) => index.archive === wanted || index.codename === wanted)));
      if (chosen.length === 0) {
        yield* complain(sys, sign === "=" ? `E: Unable to find a version "${wanted ?? ""}" for the package "${name}"\n` : `E: Unable to find an archive "${wanted ?? ""}" for the package "${name}"\n`);
        failed = true;
      }
      for (const version of chosen) if (version !== undefined) yield* put(sys, record(universe, name, version, how));
    }
  }
  return failed ? FAILED : 0;
}
