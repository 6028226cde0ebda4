// What a command file exports by default, and what a dialect makes of a declaration.
// One command, one file, found by its place: lib/sim/programs/<Debian package>/<command>.ts. `npm run generate` collects them.

import type { Program } from "../../kernel/sys.ts";

/** How far the simulation goes: shown in --help, man and the support table. */
export type Support = "simulated" | { readonly partly: string } | { readonly refused: string };

export interface OptionDeclaration {
  /** As typed: ["-n", "--lines"]. Old words without dashes are allowed (dd's "if="). */
  readonly names: readonly string[];
  /** "NUM", undefined for a flag. */
  readonly argument: string | undefined;
  readonly argumentOptional: boolean;
  /** The short names take no argument, only the long ones do: ls -Fl, ls --classify=always. */
  readonly argumentOfLongName?: boolean;
  readonly help: string;
  readonly support: Support;
  /** Fixed words that completion offers for the argument. */
  readonly values?: readonly string[];
}

/** Parsing, usage errors, --help, completion, man page and support table come from this. Prose in our own words. */
export interface WordList {
  readonly heading: string;
  /** an empty meaning: the word says it */
  readonly words: readonly (readonly [word: string, meaning: string])[];
  /** columns for the word; below 0: it stands at their left end */
  readonly width: number;
  /** between a word and its meaning; default two spaces */
  readonly separator?: string;
}

export interface Declaration {
  readonly name: string;
  /** One line, lower case, no full stop: the NAME line of man. */
  readonly summary: string;
  /** Without the command's name: "[OPTION]... [FILE]..." */
  readonly synopsis: readonly string[];
  /** Paragraphs of DESCRIPTION. */
  readonly description?: readonly string[];
  readonly options: readonly OptionDeclaration[];
  readonly subcommands?: readonly Declaration[];
  /** What completion offers for operands. */
  readonly operands?: "files" | "directories" | "commands" | "users" | "groups" | "hosts" | "services" | "packages" | "signals" | "pids" | "none";
  readonly manSection?: number;
  readonly exitStatuses?: readonly (readonly [status: string, meaning: string])[];
  /** Words that options take, which util-linux explains behind them in --help. */
  readonly lists?: readonly WordList[];
  readonly seeAlso?: readonly string[];
}

export interface Command {
  readonly name: string;
  /** Where the package puts it; default /usr/bin/NAME. */
  readonly path?: string;
  /** Other paths: symbolic links to `path` made by the package (absolute paths). */
  readonly links?: readonly string[];
  /** Permission bits of the installed file, default 0o755 (sudo: 0o4755). */
  readonly mode?: number;
  /** Group of the installed file, default root (chage: shadow). */
  readonly group?: string;
  readonly declaration: Declaration;
  readonly program: Program;
}
