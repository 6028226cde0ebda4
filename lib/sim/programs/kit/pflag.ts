// pflag, the option parser of docker and kubectl: flags with typed values, anywhere before "--", with its error texts.

import type { Support } from "./command.ts";

/** The text behind `invalid argument "x" for "-m, --memory" flag: `. */
export class FlagValueError extends Error {}

export interface Flag<T> {
  readonly name: string;
  readonly shorthand: string | undefined;
  readonly help: string;
  /** Type word of --help ("string", "list", "bytes"); undefined for a boolean. */
  readonly type: string | undefined;
  readonly initial: T;
  /** Value when the flag stands without "=value" (booleans); undefined when a value must follow. */
  readonly bare: string | undefined;
  readonly support: Support;
  readonly hidden: boolean;
  merge(former: T, text: string): T;
  /** Shown by --help behind the text. */
  readonly defaultText: string | undefined;
}

export type Flags = Readonly<Record<string, Flag<unknown>>>;
export type FlagValues<F extends Flags> = { readonly [K in keyof F]: F[K] extends Flag<infer T> ? T : never };

interface FlagExtra {
  readonly support?: Support;
  readonly hidden?: boolean;
  readonly defaultText?: string;
}

function make<T>(name: string, shorthand: string, help: string, type: string | undefined, initial: T, bare: string | undefined, merge: (former: T, text: string) => T, extra: FlagExtra = {}): Flag<T> {
  return { name, shorthand: shorthand === "" ? undefined : shorthand, help, type, initial, bare, merge, support: extra.support ?? "simulated", hidden: extra.hidden ?? false, defaultText: extra.defaultText };
}

/** strconv.ParseBool of Go. */
export function parseBool(text: string): boolean {
  if (["1", "t", "T", "TRUE", "true", "True"].includes(text)) return true;
  if (["0", "f", "F", "FALSE", "false", "False"].includes(text)) return false;
  throw new FlagValueError(`strconv.ParseBool: parsing ${goQuote(text)}: invalid syntax`);
}

export function parseInt64(text: string): number {
  if (!/^[+-]?(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]*|[1-9][0-9]*|0)$/.test(text)) throw new FlagValueError(`strconv.ParseInt: parsing ${goQuote(text)}: invalid syntax`);
  const negative = text.startsWith("-");
  const digits = text.replace(/^[+-]/, "");
  const value = /^0[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : Number(digits);
  return negative ? -value : value;
}

/** Go's %q for what people type. */
export function goQuote(text: string): string {
  return JSON.stringify(text);
}

export const bool = (name: string, shorthand: string, help: string, extra?: FlagExtra & { readonly initial?: boolean }): Flag<boolean> =>
  make(name, shorthand, help, undefined, extra?.initial ?? false, "true", (_former, text) => parseBool(text), extra);

export const string = (name: string, shorthand: string, help: string, extra?: FlagExtra & { readonly initial?: string; readonly type?: string; readonly check?: (text: string) => void }): Flag<string> =>
  make(name, shorthand, help, extra?.type ?? "string", extra?.initial ?? "", undefined, (_former, text) => {
    extra?.check?.(text);
    return text;
  }, extra);

/** Repeatable; `check` throws FlagValueError, `separator` splits one value into several. */
export const list = (name: string, shorthand: string, help: string, extra?: FlagExtra & { readonly type?: string; readonly check?: (text: string) => void; readonly separator?: string }): Flag<readonly string[]> =>
  make<readonly string[]>(name, shorthand, help, extra?.type ?? "list", [], undefined, (former, text) => {
    extra?.check?.(text);
    return [...former, ...(extra?.separator === undefined ? [text] : text.split(extra.separator))];
  }, extra);

export const int = (name: string, shorthand: string, help: string, extra?: FlagExtra & { readonly initial?: number }): Flag<number> =>
  make(name, shorthand, help, "int", extra?.initial ?? 0, undefined, (_former, text) => parseInt64(text), extra);

export const value = <T>(name: string, shorthand: string, help: string, type: string, initial: T, parse: (text: string) => T, extra?: FlagExtra): Flag<T> =>
  make(name, shorthand, help, type, initial, undefined, (_former, text) => parse(text), extra);

/** go-units RAMInBytes: "64m", "1.5g", "512". */
export function parseMemoryBytes(text: string): number {
  const match = /^(\d+(?:\.\d+)?) ?([kKmMgGtTpP])?[iI]?[bB]?$/.exec(text);
  if (!match) throw new FlagValueError(`invalid size: '${text}'`);
  const power = ["", "k", "m", "g", "t", "p"].indexOf((match[2] ?? "").toLowerCase());
  return Math.floor(Number(match[1]) * 1024 ** power);
}

export class FlagError extends Error {}

export interface ParsedFlags {
  readonly values: Map<string, unknown>;
  readonly changed: Set<string>;
  readonly args: string[];
  readonly help: boolean;
}

/** pflag's parsing. Errors: FlagError with pflag's text. */
export function parseFlags(flags: Flags, words: readonly string[], stopAtOperand: boolean): ParsedFlags {
  const byName = new Map<string, readonly [key: string, flag: Flag<unknown>]>();
  const byShorthand = new Map<string, readonly [key: string, flag: Flag<unknown>]>();
  const values = new Map<string, unknown>();
  for (const [key, flag] of Object.entries(flags)) {
    byName.set(flag.name, [key, flag]);
    if (flag.shorthand !== undefined) byShorthand.set(flag.shorthand, [key, flag]);
    values.set(key, flag.initial);
  }
  const changed = new Set<string>();
  const args: string[] = [];
  let help = false;
  const set = ([key, flag]: readonly [string, Flag<unknown>], text: string) => {
    try {
      values.set(key, flag.merge(values.get(key), text));
    } catch (error) {
      if (!(error instanceof FlagValueError)) throw error;
      const shown = flag.shorthand === undefined ? `--${flag.name}` : `-${flag.shorthand}, --${flag.name}`;
      throw new FlagError(`invalid argument ${goQuote(text)} for ${goQuote(shown)} flag: ${error.message}`);
    }
    changed.add(key);
  };
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? "";
    if (word === "--") {
      args.push(...words.slice(index + 1));
      break;
    }
    if (word === "-" || !word.startsWith("-")) {
      if (stopAtOperand) {
        args.push(...words.slice(index));
        break;
      }
      args.push(word);
    } else if (word.startsWith("--")) {
      const equals = word.indexOf("=");
      const name = word.slice(2, equals < 0 ? undefined : equals);
      if (name === "" || name.startsWith("-")) throw new FlagError(`bad flag syntax: ${word}`);
      const found = byName.get(name);
      if (!found) {
        if (name === "help") {
          help = true;
          continue;
        }
        throw new FlagError(`unknown flag: --${name}`);
      }
      if (equals >= 0) set(found, word.slice(equals + 1));
      else if (found[1].bare !== undefined) set(found, found[1].bare);
      else {
        const next = words[++index];
        if (next === undefined) throw new FlagError(`flag needs an argument: --${name}`);
        set(found, next);
      }
    } else {
      let rest = word.slice(1);
      while (rest !== "") {
        const letter = rest.charAt(0);
        const cluster = rest;
        rest = rest.slice(1);
        const found = byShorthand.get(letter);
        if (!found) {
          if (letter === "h" && !byShorthand.has("h")) {
            help = true;
            continue;
          }
          throw new FlagError(`unknown shorthand flag: '${letter}' in -${cluster}`);
        }
        if (rest.startsWith("=")) {
          set(found, rest.slice(1));
          rest = "";
        } else if (found[1].bare !== undefined) set(found, found[1].bare);
        else if (rest !== "") {
          set(found, rest);
          rest = "";
        } else {
          const next = words[++index];
          if (next === undefined) throw new FlagError(`flag needs an argument: '${letter}' in -${cluster}`);
          set(found, next);
        }
      }
    }
  }
  return { values, changed, args, help };
}

const WRAP = 80;

function flagUsage(flag: Flag<unknown>): readonly [left: string, help: string] {
  const left = `${flag.shorthand === undefined ? "    " : `-${flag.shorthand}, `}--${flag.name}${flag.type === undefined ? "" : ` ${flag.type}`}`;
  const refused = typeof flag.support === "object" && "refused" in flag.support ? ` (not simulated: ${flag.support.refused})` : "";
  return [left, `${flag.help}${flag.defaultText === undefined ? "" : ` (default ${flag.defaultText})`}${refused}`];
}

/** The block of flags in --help, sorted by name. */
export function flagsHelp(flags: Flags): string {
  const rows = Object.values(flags).filter((flag) => !flag.hidden).sort((a, b) => (a.name < b.name ? -1 : 1)).map(flagUsage);
  const width = Math.max(0, ...rows.map(([left]) => left.length)) + 3;
  return rows.map(([left, help]) => `  ${left.padEnd(width)}${wrapHelp(help, Math.max(24, WRAP - width - 2)).join(`\n  ${" ".repeat(width)}`)}\n`).join("");
}

function wrapHelp(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
