// The parts of the interpreter that need each other in a circle (an expansion runs commands, commands expand words, traps run text) meet here:
// each is handed to the shell when it starts (bash.ts), so that no file imports one that imports it.
import type { Blocking } from "../../kernel/sys.ts";
import type { FieldBuilder } from "../expand/field-builder.ts";
import type { ArrayElement, Command, CommandPart, List, Word, WordPart } from "../syntax/tree.ts";
import type { ArrayItem } from "./assign.ts";
import type { Shell } from "./shell.ts";

/** Simple commands are done at once; what may wait gives a generator. */
export type Outcome = number | Blocking<number>;

export interface TextOptions {
  /** "-c", "eval", a file's name: stands in syntax errors. */
  readonly inputName: string;
  readonly firstLine?: number;
  /** told when the text has a syntax error, which is reported already */
  readonly onSyntaxError?: () => void;
  /** exec instead of fork for the last command (bash -c). */
  readonly tail?: boolean;
}

export interface Language {
  expandString(shell: Shell, word: Word, mode?: "plain" | "assignment"): Blocking<string>;
  expandSubscript(shell: Shell, word: Word, associative: boolean): Blocking<string>;
  expandPattern(shell: Shell, word: Word): Blocking<string>;
  expandEscaped(shell: Shell, word: Word, escape: (text: string) => string): Blocking<string>;
  expandArithmetic(shell: Shell, word: Word): Blocking<string>;
  expandParts(shell: Shell, parts: readonly WordPart[], builder: FieldBuilder, quoted: boolean, splitLiterals: boolean): Blocking<void>;
  commandSubstitution(shell: Shell, part: CommandPart): Blocking<string>;
  processSubstitution(shell: Shell, part: Extract<WordPart, { type: "process" }>): Blocking<string>;
  run(shell: Shell, command: Command): Outcome;
  /** In a child made for it: the last command may replace the process. */
  runChildList(child: Shell, list: List): Blocking<number>;
  runText(shell: Shell, text: string, options: TextOptions): Blocking<number>;
  /** A command that is expanded already; functions are not looked at. */
  invoke(shell: Shell, args: readonly string[], options: InvokeOptions): Outcome;
  expandElements(shell: Shell, elements: readonly ArrayElement[], associative: boolean): Blocking<ArrayItem[]>;
  /** Names of all builtins, sorted. */
  builtinNames(): readonly string[];
  isBuiltin(shell: Shell, name: string): boolean;
  /** A special builtin of POSIX. */
  isSpecial(name: string): boolean;
  builtinText(name: string): { readonly usage: string; readonly help: string } | undefined;
}

export interface InvokeOptions {
  /** Instead of PATH. */
  readonly path?: string;
  readonly builtinOnly?: boolean;
  /** errors of a special builtin do not end the shell (POSIX, command) */
  readonly asRegular?: boolean;
}
