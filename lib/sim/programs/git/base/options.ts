// The options of a git command, in the manner of its option parser (gitcli(7)): bundles of short ones, beginnings of long ones, --no-NAME,
// values behind "=" or as the next word, its messages, and the layout of `git COMMAND -h`.
import type { OptionDeclaration } from "../../kit/command.ts";
import { wrap } from "../../kit/help-text.ts";
import { Quit } from "./die.ts";

export interface GitOption<T> {
  readonly short: string | undefined;
  readonly long: string | undefined;
  readonly argument: string | undefined;
  readonly optional: boolean;
  readonly help: string;
  readonly initial: T;
  readonly negatable: boolean;
  /** an optional value may be the next word too */
  readonly nextWord?: true;
  /** said instead of being carried out */
  readonly refused?: string;
  accept(previous: T, value: string | undefined, negated: boolean): T;
}

export type GitOptions = Readonly<Record<string, GitOption<unknown>>>;
export type OptionValues<O extends GitOptions> = { readonly [K in keyof O]: O[K] extends GitOption<infer T> ? T : never };

/** "n dry-run" → short n, long dry-run; one letter is a short name. */
function names(text: string): { readonly short: string | undefined; readonly long: string | undefined } {
  const words = text.split(" ");
  return { short: words.find((word) => word.length === 1), long: words.find((word) => word.length > 1) };
}

/** Undefined unless given; false after --no-NAME. */
export function flag(name: string, help: string): GitOption<boolean | undefined> {
  return { ...names(name), argument: undefined, optional: false, help, initial: undefined, negatable: true, accept: (_, __, negated) => !negated };
}

export function counted(name: string, help: string): GitOption<number> {
  return { ...names(name), argument: undefined, optional: false, help, initial: 0, negatable: true, accept: (before, _, negated) => (negated ? 0 : before + 1) };
}

export function text(name: string, argument: string, help: string): GitOption<string | undefined> {
  return { ...names(name), argument, optional: false, help, initial: undefined, negatable: true, accept: (_, value, negated) => (negated ? undefined : value) };
}

export function texts(name: string, argument: string, help: string): GitOption<readonly string[]> {
  return { ...names(name), argument, optional: false, help, initial: [], negatable: true, accept: (before, value, negated) => (negated ? [] : [...before, value ?? ""]) };
}

/** `true` without a value, false after --no-NAME. */
export function optional(name: string, argument: string, help: string): GitOption<string | boolean | undefined> {
  return { ...names(name), argument, optional: true, help, initial: undefined, negatable: true, accept: (_, value, negated) => (negated ? false : (value ?? true)) };
}

/** As `optional`, but the next word is the value when there is one. */
export function optionalNext(name: string, argument: string, help: string): GitOption<string | boolean | undefined> {
  return { ...optional(name, argument, help), nextWord: true };
}

export function number(name: string, argument: string, help: string): GitOption<number | undefined> {
  const spec = names(name);
  return {
    ...spec, argument, optional: false, help, initial: undefined, negatable: true,
    accept: (_, value, negated) => {
      if (negated) return undefined;
      const match = /^([-+]?\d+)([kmg]?)$/i.exec(value ?? "");
      if (!match) throw new Quit(129, `error: ${spec.long === undefined ? `switch \`${spec.short}'` : `option \`${spec.long}'`} expects a numerical value`);
      return Number(match[1]) * 1024 ** ["", "k", "m", "g"].indexOf((match[2] ?? "").toLowerCase());
    },
  };
}

/** The real command has it, the simulated one says that it has not. */
export function refused(name: string, help: string, why: string, argument?: string): GitOption<undefined> {
  return { ...names(name), argument, optional: false, help, initial: undefined, negatable: false, refused: why, accept: () => undefined };
}

export interface ParsedOptions<O extends GitOptions> {
  readonly options: OptionValues<O>;
  readonly args: readonly string[];
  /** how many of `args` stood before "--"; undefined without one */
  readonly dashes: number | undefined;
}

export interface OptionSpec<O extends GitOptions> {
  readonly usage: readonly string[];
  readonly options: O;
  readonly stopAtOperand?: boolean;
}

/** Throws Quit for a wrong option. */
export function parseOptions<const O extends GitOptions>(spec: OptionSpec<O>, words: readonly string[], refuse: (option: string, why: string) => never): ParsedOptions<O> {
  const values = new Map<string, unknown>(Object.entries(spec.options).map(([key, option]) => [key, option.initial]));
  const args: string[] = [];
  let dashes: number | undefined;
  const take = (key: string, option: GitOption<unknown>, shown: string, value: string | undefined, negated: boolean) => {
    if (option.refused !== undefined) refuse(shown, option.refused);
    values.set(key, option.accept(values.get(key), value, negated));
  };
  const entries = Object.entries(spec.options);
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? "";
    if (word === "--") {
      dashes = args.length;
      args.push(...words.slice(i + 1));
      break;
    }
    if (word === "-" || !word.startsWith("-")) {
      if (spec.stopAtOperand) {
        args.push(...words.slice(i));
        break;
      }
      args.push(word);
      continue;
    }
    if (word === "-h") throw new ShowUsage();
    if (word.startsWith("--")) {
      const equals = word.indexOf("=");
      const name = equals < 0 ? word.slice(2) : word.slice(2, equals);
      const given = equals < 0 ? undefined : word.slice(equals + 1);
      const found = findLong(entries, name);
      if (!found) throw new UsageError(`error: unknown option \`${word.slice(2)}'`);
      const [key, option, negated] = found;
      const long = `${negated ? "no-" : ""}${option.long}`;
      if (negated || option.argument === undefined) {
        if (given !== undefined) throw new Quit(129, `error: option \`${long}' takes no value`);
        take(key, option, `--${long}`, undefined, negated);
      } else if (given !== undefined || (option.optional && !(option.nextWord && i + 1 < words.length))) take(key, option, `--${long}`, given, false);
      else if (i + 1 < words.length) take(key, option, `--${long}`, words[++i], false);
      else throw new Quit(129, `error: option \`${long}' requires a value`);
      continue;
    }
    for (let at = 1; at < word.length; at++) {
      const letter = word[at] ?? "";
      const found = entries.find(([, option]) => option.short === letter);
      if (!found) {
        if (at > 1 && word.length > 3 && entries.some(([, option]) => option.long?.startsWith(word.slice(1)))) throw new Quit(129, `error: did you mean \`--${word.slice(1)}\` (with two dashes)?`);
        if (at === 1 && entries.some(([, option]) => option.long?.startsWith(word.slice(1))) && word.length > 3) throw new Quit(129, `error: did you mean \`--${word.slice(1)}\` (with two dashes)?`);
        throw new UsageError(`error: unknown switch \`${letter}'`);
      }
      const [key, option] = found;
      if (option.argument === undefined) {
        if (at === 1 && word.length > 3 && entries.some(([, other]) => other.long?.startsWith(word.slice(1)))) throw new Quit(129, `error: did you mean \`--${word.slice(1)}\` (with two dashes)?`);
        take(key, option, `-${letter}`, undefined, false);
        continue;
      }
      const rest = word.slice(at + 1);
      if (rest !== "") take(key, option, `-${letter}`, rest, false);
      else if (option.optional) take(key, option, `-${letter}`, undefined, false);
      else if (i + 1 < words.length) take(key, option, `-${letter}`, words[++i], false);
      else throw new Quit(129, `error: switch \`${letter}' requires a value`);
      break;
    }
  }
  return { options: Object.fromEntries(values) as OptionValues<O>, args, dashes };
}

/** -h was given. */
export class ShowUsage extends Error {}

/** A wrong option: the line, then the usage. */
export class UsageError extends Error {}

function findLong(entries: readonly (readonly [string, GitOption<unknown>])[], name: string): readonly [string, GitOption<unknown>, boolean] | undefined {
  const hits: (readonly [string, GitOption<unknown>, boolean])[] = [];
  const exact = entries.find(([, option]) => option.long === name);
  if (exact) return [exact[0], exact[1], false];
  for (const [key, option] of entries) {
    if (option.long === undefined) continue;
    const opposite = option.long.startsWith("no-") ? option.long.slice(3) : `no-${option.long}`;
    if (option.negatable && opposite === name) return [key, option, true];
    if (option.long.startsWith(name)) hits.push([key, option, false]);
    else if (option.negatable && opposite.startsWith(name) && name.length > 2) hits.push([key, option, true]);
  }
  const shown = hits.map(([, option, negated]) => `--${negated ? "no-" : ""}${option.long}`);
  if (hits.length > 1 && name.length > 0) throw new UsageError(`error: ambiguous option: ${name} (could be ${shown[0]} or ${shown[1]})`);
  return hits[0];
}

const HELP_COLUMN = 26;

/** usage lines, then the options. */
export function usageText(spec: OptionSpec<GitOptions>): string {
  let out = spec.usage.map((line, i) => `${i === 0 ? "usage: " : "   or: "}${line}\n`).join("");
  out += "\n";
  const options = Object.values(spec.options);
  for (const option of options) {
    let head = "    ";
    if (option.short !== undefined) head += `-${option.short}`;
    if (option.long !== undefined) head += `${option.short === undefined ? "" : ", "}--${option.long}`;
    if (option.argument !== undefined) head += option.optional ? (option.long === undefined ? `[<${option.argument}>]` : `[=<${option.argument}>]`) : ` <${option.argument}>`;
    const help = option.refused === undefined ? option.help : `${option.help} (not simulated: ${option.refused})`;
    const lines = wrap(help, 100);
    if (head.length < HELP_COLUMN) out += `${head.padEnd(HELP_COLUMN)}${lines[0] ?? ""}\n`;
    else out += `${head}\n${" ".repeat(HELP_COLUMN)}${lines[0] ?? ""}\n`;
    for (const line of lines.slice(1)) out += `${" ".repeat(HELP_COLUMN)}${line}\n`;
  }
  return options.length === 0 ? out : `${out}\n`;
}

export function declared(options: GitOptions): OptionDeclaration[] {
  return Object.values(options).map((option) => ({
    names: [...(option.short === undefined ? [] : [`-${option.short}`]), ...(option.long === undefined ? [] : [`--${option.long}`])],
    argument: option.argument === undefined ? undefined : `<${option.argument}>`, argumentOptional: option.optional, help: option.help, support: option.refused === undefined ? "simulated" : { refused: option.refused },
  }));
}
