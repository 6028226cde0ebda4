// Descriptions of terminals as people write them (terminfo(5)): names, then capabilities between commas; escapes; use=.

import { emptyEntry, type Entry, kindOf } from "./entry.ts";

export interface SourceCapability {
  readonly name: string;
  /** undefined for NAME@, which takes one of a use= away */
  readonly value: boolean | number | string | undefined;
}

export interface SourceEntry {
  readonly names: string;
  readonly lastLine: number;
  readonly capabilities: readonly SourceCapability[];
  readonly uses: readonly string[];
}

export interface SourceProblem {
  /** "line 2, col 16" */
  readonly place: string;
  readonly terminal: string | undefined;
  readonly text: string;
  readonly fatal: boolean;
}

const LETTERS: ReadonlyMap<string, string> = new Map([["E", "\x1b"], ["e", "\x1b"], ["n", "\n"], ["l", "\n"], ["r", "\r"], ["t", "\t"], ["b", "\b"], ["f", "\f"], ["s", " "], ["a", "\x07"]]);

/** The bytes of a string capability. A NUL is written as \200. */
export function unescapeCapability(text: string): string {
  let out = "";
  for (let at = 0; at < text.length; at++) {
    const letter = text[at] ?? "";
    const next = text[at + 1];
    if (letter === "^" && next !== undefined) {
      at++;
      const code = next === "?" ? 127 : next.charCodeAt(0) & 31;
      out += String.fromCharCode(code === 0 ? 128 : code);
    } else if (letter === "\\" && next !== undefined) {
      const octal = /^[0-7]{1,3}/.exec(text.slice(at + 1, at + 4))?.[0];
      if (octal !== undefined) {
        const code = Number.parseInt(octal, 8) & 255;
        out += String.fromCharCode(code === 0 ? 128 : code);
        at += octal.length;
      } else {
        out += LETTERS.get(next) ?? next;
        at++;
      }
    } else out += letter;
  }
  return out;
}

interface Word {
  readonly text: string;
  /** where it ends, behind its comma */
  readonly line: number;
  readonly column: number;
  readonly separated: boolean;
}

/** The words of a text between commas, with their places as tic counts them (a tab goes to the next column of eight). */
function* words(text: string, firstLine: number): Generator<Word, void> {
  let line = firstLine;
  let column = 1;
  let word = "";
  for (let at = 0; at < text.length; at++) {
    const letter = text[at] ?? "";
    if (letter === "\n") {
      line++;
      column = 1;
      continue;
    }
    column += letter === "\t" ? 8 - ((column - 1) % 8) : 1;
    if ((letter === "\\" || letter === "^") && at + 1 < text.length && text[at + 1] !== "\n") {
      word += letter + (text[++at] ?? "");
      column++;
    } else if (letter === ",") {
      if (word.trim() !== "") yield { text: word.replace(/^\s+/, ""), line, column: column - 1, separated: true };
      word = "";
    } else word += letter;
  }
  if (word.trim() !== "") yield { text: word.trim(), line: line - (text.endsWith("\n") ? 1 : 0), column, separated: false };
}

const cNumber = (text: string): number | undefined => (/^0x[0-9a-fA-F]+$/.test(text) ? Number.parseInt(text.slice(2), 16) : /^0[0-7]+$/.test(text) ? Number.parseInt(text, 8) : /^\d+$/.test(text) ? Number(text) : undefined);

/** Entries and what is wrong with them. `extended`: names that are not standard are kept (tic -x). */
export function parseEntries(source: string, extended: boolean): { readonly entries: readonly SourceEntry[]; readonly problems: readonly SourceProblem[] } {
  const entries: SourceEntry[] = [];
  const problems: SourceProblem[] = [];
  const blocks: { readonly head: string; readonly rest: string[]; readonly firstRestLine: number }[] = [];
  for (const [index, line] of source.split("\n").entries()) {
    if (line.startsWith("#")) {
      blocks.at(-1)?.rest.push("");
      continue;
    }
    if (line === "") continue;
    const last = blocks.at(-1);
    if (/^\s/.test(line)) {
      if (last !== undefined) last.rest.push(line);
      else if (line.trim() !== "") {
        const [word] = words(line, index + 1);
        problems.push({ place: `line ${index + 1}, col ${word?.column ?? 1}`, terminal: undefined, text: "Separator inconsistent with syntax", fatal: true });
      }
    } else {
      const comma = line.indexOf(",");
      blocks.push({ head: comma < 0 ? line : line.slice(0, comma), rest: [comma < 0 ? "" : `${" ".repeat(comma + 1)}${line.slice(comma + 1)}`], firstRestLine: index + 1 });
    }
  }
  for (const { head, rest, firstRestLine } of blocks) {
    const terminal = head.split("|")[0] ?? "";
    const capabilities: SourceCapability[] = [];
    const uses: string[] = [];
    for (const word of words(rest.join("\n"), firstRestLine)) {
      const warn = (text: string): void => {
        problems.push({ place: `line ${word.line}, col ${word.column}`, terminal, text, fatal: false });
      };
      const found = /^([^=#@\s]+)(?:([=#@])(.*))?$/s.exec(word.text);
      const name = found?.[1] ?? word.text;
      const kind = kindOf(name);
      const sign = found?.[2];
      const value = found?.[3] ?? "";
      if (name.startsWith(".")) continue;
      if (!word.separated) warn(`Missing separator for \`${name}'`);
      if (name === "use" && sign === "=") {
        uses.push(value);
        continue;
      }
      const given = sign === "=" ? "string" : sign === "#" ? "number" : "boolean";
      if (kind === undefined && !extended) warn(`unknown capability '${name}'`);
      else if (sign === "@") capabilities.push({ name, value: undefined });
      else if (kind !== undefined && kind !== given) warn(`wrong type used for ${kind === "number" ? "numeric" : kind} capability '${name}'`);
      else if (given === "string") capabilities.push({ name, value: unescapeCapability(value) });
      else if (given === "boolean") capabilities.push({ name, value: true });
      else {
        const number = cNumber(value);
        if (number === undefined) warn(`no value given for \`${name}'`);
        else capabilities.push({ name, value: number });
      }
    }
    entries.push({ names: head, lastLine: firstRestLine + rest.length - 1, capabilities, uses });
  }
  return { entries, problems };
}

/** The description with those that it uses: what comes first counts. `find` answers for a name of use=; the names that it does not know are in `missing`. */
export function resolveEntry(source: SourceEntry, find: (name: string) => Entry | undefined, missing: string[] = []): Entry {
  const entry = emptyEntry(source.names);
  const settled = new Set<string>();
  for (const { name, value } of source.capabilities) {
    if (settled.has(name)) continue;
    settled.add(name);
    if (typeof value === "string") entry.strings.set(name, value);
    else if (typeof value === "number") entry.numbers.set(name, value);
    else if (value === true) entry.booleans.set(name, true);
  }
  for (const use of source.uses) {
    const other = find(use);
    if (other === undefined) {
      missing.push(use);
      continue;
    }
    for (const [name, value] of other.booleans) if (!settled.has(name)) entry.booleans.set(name, value);
    for (const [name, value] of other.numbers) if (!settled.has(name)) entry.numbers.set(name, value);
    for (const [name, value] of other.strings) if (!settled.has(name)) entry.strings.set(name, value);
    for (const name of [...other.booleans.keys(), ...other.numbers.keys(), ...other.strings.keys()]) settled.add(name);
  }
  return entry;
}
