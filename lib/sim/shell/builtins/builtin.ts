// What a builtin is, how its options are read (getopt.c: internal_getopt) and how it fails. Usage lines equal bash's; help is in our own words.
import type { Blocking } from "../../kernel/sys.ts";
import type { Outcome } from "../interp/language.ts";
import type { Shell } from "../interp/shell.ts";
import type { ArrayItem } from "../interp/assign.ts";
import type { ArrayElement } from "../syntax/tree.ts";

/** An argument of declare and its kin that is an array literal. */
export interface ArrayArgument {
  readonly name: string;
  readonly append: boolean;
  readonly items: readonly ArrayItem[];
  readonly elements: readonly ArrayElement[];
}

export interface Builtin {
  readonly name: string;
  /** After "NAME: usage: ". */
  readonly usage: string;
  /** For `help NAME`. */
  readonly help: string;
  /** A special builtin of POSIX: assignments before it last, its errors end a posix shell. */
  readonly special?: boolean;
  /** exec: its redirections stay. */
  readonly exec?: boolean;
  /** `args[0]` is the name it was called by. */
  readonly run?: (shell: Shell, args: readonly string[]) => Outcome;
  /** declare, export...: arguments may be array literals, under their position. */
  readonly declare?: (shell: Shell, args: readonly string[], arrays: ReadonlyMap<number, ArrayArgument>) => Outcome;
}

/** Ends the builtin with a message "bash: NAME: MESSAGE" and, when asked, its usage line. */
export class BuiltinError extends Error {
  readonly status: number;
  readonly showUsage: boolean;
  constructor(message: string, status = 1, showUsage = false) {
    super(message);
    this.name = "BuiltinError";
    this.status = status;
    this.showUsage = showUsage;
  }
}

export function usageError(message = ""): BuiltinError {
  return new BuiltinError(message, 2, true);
}

type GivenOption = readonly [letter: string, value: string];

const NO_OPTIONS: readonly GivenOption[] = [];

export class ParsedOptions {
  /** In the order given; "+x" for options switched off where `plus` is allowed. */
  readonly options: readonly GivenOption[];
  readonly rest: readonly string[];

  constructor(options: readonly GivenOption[], rest: readonly string[]) {
    this.options = options;
    this.rest = rest;
  }

  has(letter: string): boolean {
    return this.options.some(([name]) => name === letter);
  }

  value(letter: string): string | undefined {
    return this.options.findLast(([name]) => name === letter)?.[1];
  }
}

/**
 * `letters` as for getopt: "ab:" (b takes an argument), "c;" (an argument only when attached). With `plus`, "+a" is an option too. Throws the
 * builtin's usage error.
 */
export function parseOptions(args: readonly string[], letters: string, plus = false): ParsedOptions {
  let options: GivenOption[] | undefined;
  let index = 1;
  while (index < args.length) {
    const arg = args[index] ?? "";
    if (arg === "--") {
      index++;
      break;
    }
    const sign = arg.charAt(0);
    if (arg.length < 2 || !(sign === "-" || (plus && sign === "+"))) break;
    index++;
    for (let at = 1; at < arg.length; at++) {
      const letter = arg.charAt(at);
      const known = letter === ":" || letter === ";" ? -1 : letters.indexOf(letter);
      if (known < 0) throw usageError(`${sign}${letter}: invalid option`);
      const kind = letters.charAt(known + 1);
      if (kind === ":" || kind === ";") {
        let value = arg.slice(at + 1);
        if (value === "" && kind === ":") {
          const next = args[index];
          if (next === undefined) throw usageError(`${sign}${letter}: option requires an argument`);
          value = next;
          index++;
        }
        (options ??= []).push([sign === "+" ? `+${letter}` : letter, value]);
        break;
      }
      (options ??= []).push([sign === "+" ? `+${letter}` : letter, ""]);
    }
  }
  return new ParsedOptions(options ?? NO_OPTIONS, args.slice(index));
}

/** Builtins that take no options say so for `-x` (no_options); `--` is skipped. */
export function noOptions(args: readonly string[]): readonly string[] {
  return parseOptions(args, "").rest;
}

export function* print(shell: Shell, text: string): Blocking<number> {
  return (yield* shell.writeText(1, text)) ? 0 : 1;
}

/** A message and status 1 (or another). */
export function* refuse(shell: Shell, message: string, status = 1): Blocking<number> {
  yield* shell.complain(message);
  return status;
}
