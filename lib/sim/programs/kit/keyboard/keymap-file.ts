// Keymaps as files (keymaps(5)): read for loadkeys, written for dumpkeys and ckbcomp.

import { symbolName, symbolNumber, isLetter, characterNumber } from "./key-symbols.ts";
import { type Compose, type Keymap, modifierBit, modifierNames } from "./keymap.ts";

export class KeymapSyntaxError extends Error {
  readonly line: number;
  constructor(line: number, text: string) {
    super(text);
    this.line = line;
  }
}

interface Draft {
  readonly tables: Map<number, Map<number, number>>;
  readonly strings: Map<string, string>;
  composes: Compose[];
}

/** Empties what a line begins with; the rest. `include` gives another file's text, undefined where there is none. */
export function readKeymap(text: string, before: Keymap, include: (name: string) => string | undefined, depth = 0): Keymap {
  const draft: Draft = { tables: new Map([...before.tables].map(([bits, table]) => [bits, new Map(table)])), strings: new Map(before.strings), composes: [...before.composes] };
  readInto(draft, text, include, depth);
  return draft;
}

function setKey(draft: Draft, bits: number, keycode: number, value: number): void {
  const table = draft.tables.get(bits) ?? new Map<number, number>();
  draft.tables.set(bits, table);
  table.set(keycode, value);
}

/** "0-2,4,8" */
function bitsOf(list: string): readonly number[] {
  return list.split(",").flatMap((part) => {
    const [from = 0, to = from] = part.split("-").map(Number);
    return Array.from({ length: Math.max(0, Math.min(to, 255) - from + 1) }, (_, index) => from + index);
  });
}

function readInto(draft: Draft, text: string, include: (name: string) => string | undefined, depth: number): void {
  let columns: readonly number[] | undefined;
  const lines = text.replaceAll("\\\n", " ").split("\n");
  for (const [index, raw] of lines.entries()) {
    const fail = (why: string): never => {
      throw new KeymapSyntaxError(index + 1, why);
    };
    const line = raw.replace(/^\s*[!#].*$/, "").replace(/\s#.*$/, "").trim();
    if (line === "" || /^(?:charset|alt_is_meta|strings\s+as\s+usual|compose\s+as\s+usual)\b/i.test(line)) continue;
    const included = /^include\s+"([^"]+)"$/.exec(line)?.[1];
    if (included !== undefined) {
      const other = depth < 20 ? include(included) : undefined;
      if (other === undefined) fail(`cannot open include file ${included}`);
      else readInto(draft, other, include, depth + 1);
      continue;
    }
    const maps = /^keymaps\s+([\d,\s-]+)$/.exec(line)?.[1];
    if (maps !== undefined) {
      columns = bitsOf(maps.replaceAll(/\s/g, ""));
      continue;
    }
    const string = /^string\s+(\S+)\s*=\s*"(.*)"$/.exec(line);
    if (string !== null) {
      draft.strings.set(string[1] ?? "", (string[2] ?? "").replace(/\\([0-7]{1,3}|.)/g, (_, code: string) => (/^[0-7]/.test(code) ? String.fromCharCode(Number.parseInt(code, 8)) : code === "n" ? "\n" : code)));
      continue;
    }
    const compose = /^compose\s+'(\\?.)'\s+'(\\?.)'\s+to\s+(\S+)$/u.exec(line);
    if (compose !== null) {
      const value = /^'(.)'$/u.exec(compose[3] ?? "")?.[1] ?? compose[3] ?? "";
      draft.composes.push({ accent: (compose[1] ?? "").slice(-1), base: (compose[2] ?? "").slice(-1), result: value });
      continue;
    }
    const key = /^((?:[a-z]+\s+)*)keycode\s+(\d+|0x[0-9a-fA-F]+)\s*=\s*(.*)$/i.exec(line);
    if (key === null) {
      fail("syntax error, unexpected ERROR");
      continue;
    }
    const names = (key[1] ?? "").trim().split(/\s+/).filter((name) => name !== "" && name.toLowerCase() !== "plain");
    let bits = 0;
    for (const name of names) bits |= modifierBit(name) ?? fail(`unknown modifier ${name}`);
    const keycode = Number(key[2]);
    if (keycode > 255) fail("keycode out of range");
    const values = (key[3] ?? "").trim().split(/\s+/).filter((word) => word !== "").map((word) => symbolNumber(word) ?? fail(`unknown keysym '${word}'`));
    assign(draft, bits, keycode, values, names.length > 0 || /plain/i.test(key[1] ?? ""), columns);
  }
}

/** One value for a letter brings its capital and what Control and Alt make of it; one for another key counts for every table (keymaps(5), "ABBREVIATIONS"). */
function assign(draft: Draft, bits: number, keycode: number, values: readonly number[], modified: boolean, columns: readonly number[] | undefined): void {
  const [first] = values;
  if (first === undefined) return;
  if (modified) {
    setKey(draft, bits, keycode, first);
    return;
  }
  if (values.length > 1) {
    for (const [index, value] of values.entries()) setKey(draft, columns?.[index] ?? index, keycode, value);
    return;
  }
  const code = first & 0xff;
  if (isLetter(code) && (first >> 8 === 0 || first >> 8 === 0xb) && code < 128) {
    const other = code ^ 32;
    for (const [table, value] of [[0, 0xb00 | code], [1, 0xb00 | other], [2, 0xb00 | code], [3, 0xb00 | other], [4, code & 31], [5, code & 31], [6, code & 31], [7, code & 31]] as const) {
      if (columns === undefined || columns.includes(table)) setKey(draft, table, keycode, value);
      if (columns === undefined || columns.includes(table + 8)) setKey(draft, table + 8, keycode, 0x800 | (value & 0xff));
    }
    return;
  }
  for (const table of columns ?? (draft.tables.size > 0 ? [...draft.tables.keys()] : [0])) setKey(draft, table, keycode, first);
}

function rangeText(bits: readonly number[]): string {
  const parts: string[] = [];
  for (let at = 0; at < bits.length; at++) {
    let to = at;
    while ((bits[to + 1] ?? -1) === (bits[to] ?? 0) + 1) to++;
    parts.push(to === at ? String(bits[at]) : `${bits[at] ?? 0}-${bits[to] ?? 0}`);
    at = to;
  }
  return parts.join(",");
}

export interface DumpOptions {
  readonly numeric: boolean;
  /** "default": what differs from the plain key; "full": all columns; "separate": a line for each */
  readonly shape: "default" | "full" | "separate";
}

export function dumpKeys(keymap: Keymap, { numeric, shape }: DumpOptions): string {
  const bits = [...keymap.tables.keys()].sort((a, b) => a - b);
  const name = (value: number): string => (numeric ? `0x${value.toString(16).padStart(4, "0")}` : symbolName(value)).padEnd(16);
  let out = `keymaps ${rangeText(bits)}\n`;
  const keycodes = [...new Set([...keymap.tables.values()].flatMap((table) => [...table.keys()]))].sort((a, b) => a - b);
  for (const keycode of keycodes) {
    const head = `keycode ${String(keycode).padStart(3)} =`;
    const values = bits.map((one) => [one, keymap.tables.get(one)?.get(keycode) ?? 0x200] as const);
    if (shape === "full") {
      out += `${head}${values.map(([, value]) => ` ${name(value)}`).join("")}\n`;
      continue;
    }
    const base = values[0]?.[1] ?? 0x200;
    const code = base & 0xff;
    const letter = shape === "default" && base >> 8 === 0xb && code < 128 && values.every(([one, value]) => value === ((one & 4) !== 0 ? code & 31 : 0xb00 | ((one & 1) !== 0 ? code ^ 32 : code)) + 0 || ((one & 8) !== 0 && value === (0x800 | ((one & 4) !== 0 ? code & 31 : (one & 1) !== 0 ? code ^ 32 : code))));
    if (letter) {
      out += `${head} ${name(code)}\n`;
      continue;
    }
    for (const [one, value] of values) {
      if (one !== (bits[0] ?? 0) && (shape === "default" ? value === base : false)) continue;
      if (one === (bits[0] ?? 0)) out += shape === "separate" ? `plain\t${head} ${name(value)}\n` : `${head} ${name(value)}\n`;
      else if (value !== 0x200) out += `\t${modifierNames(one).join("\t")}\t${head} ${name(value)}\n`;
    }
  }
  return out;
}

export function dumpStrings(keymap: Keymap): string {
  return [...keymap.strings].map(([key, text]) => `string ${key} = "${text.replaceAll("\x1b", "\\033").replaceAll("\n", "\\n").replaceAll("\"", "\\\"")}"\n`).join("");
}

const quoted = (character: string): string => `'${character === "'" || character === "\\" ? "\\" : ""}${character}'`;

export function dumpComposes(keymap: Keymap): string {
  return keymap.composes.map(({ accent, base, result }) => `compose ${quoted(accent)} ${quoted(base)} to ${result.length === 1 ? symbolName(characterNumber(result)) : result}\n`).join("");
}
