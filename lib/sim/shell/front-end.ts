// The seams of bash with its neighbours: where command lines come from (script, string, terminal), what a line editor may ask the
// shell and the shell may ask the editor, and the regular expressions of `[[ =~ ]]`. The machine builds the program with
// makeBash({ compileRegex, lineEditing }) (bash.ts), so the shell imports neither `programs` nor a fixed editor.

import type { Blocking, Program, Sys } from "../kernel/sys.ts";
import type { EditOptions } from "../readline/editor-host.ts";
import type { ShellHistory } from "./readline/history-list.ts";

export { LineInterrupted } from "../readline/line-interrupted.ts";

// ---- command lines ----------------------------------------------------------------------------------------------------------------

/** Where the interpreter's text comes from. One line a call, without its newline; undefined at the end of the input. */
export interface CommandSource {
  /** "PS1" asks for the first line of a command, "PS2" for a further one (open quote, here-document, unfinished compound command). */
  nextLine(prompt: "PS1" | "PS2"): Blocking<string | undefined>;
  /** The input ended in a here-document, which is over with that; the command may go on. */
  hereDocumentEnded?(): void;
  /** The input ended where `closing` was still looked for. */
  brokenOff?(closing: string): void;
}

// ---- regular expressions -----------------------------------------------------------------------------------------------------------

/** Start and end offsets (UTF-16 units) of the whole match and of each group; undefined for a group that took no part. */
export type RegexGroups = readonly (readonly [start: number, end: number] | undefined)[];

export interface CompiledRegex {
  /** The leftmost-longest match, or undefined. */
  exec(text: string): RegexGroups | undefined;
  /** Characters looked at since the last call: what the shell charges for. */
  takeWork(): number;
}

/** POSIX extended syntax. Undefined when the pattern is malformed. Never slower than linear in text times pattern, or step-limited. */
export type CompileRegex = (pattern: string, options: { readonly ignoreCase: boolean }) => CompiledRegex | undefined;

// ---- history -------------------------------------------------------------------------------------------------------------------------

export interface HistoryEntry {
  readonly text: string;
  /** Seconds since the epoch when the line was entered; undefined when it was read from a file without timestamps. */
  readonly timestampSeconds: number | undefined;
  /** Edited while one moved through the list, and left so: `history` marks it with `*`. */
  readonly modified?: boolean;
}

/** The list behind `history`, `fc`, `!` and the arrow keys. Entry i of `entries` has the number base + i. */
export interface HistoryList {
  readonly base: number;
  readonly entries: readonly HistoryEntry[];
  /** Appends, minding HISTSIZE only. `remember` minds HISTCONTROL and HISTIGNORE too. */
  add(text: string): void;
  remember(text: string): void;
  replace(number: number, text: string): void;
  remove(number: number): void;
  clear(): void;
}

// ---- completion ------------------------------------------------------------------------------------------------------------------------

export type CompletionAction =
  | "alias" | "arrayvar" | "binding" | "builtin" | "command" | "directory" | "disabled" | "enabled" | "export" | "file"
  | "function" | "group" | "helptopic" | "hostname" | "job" | "keyword" | "running" | "service" | "setopt" | "shopt"
  | "signal" | "stopped" | "user" | "variable";

export type CompletionOption = "bashdefault" | "default" | "dirnames" | "filenames" | "noquote" | "nosort" | "nospace" | "plusdirs";

/** What `complete` stores for a command name. */
export interface CompletionSpec {
  readonly actions: ReadonlySet<CompletionAction>;
  /** Mutable: compopt changes it while a completion runs. */
  readonly options: Set<CompletionOption>;
  readonly globPattern: string | undefined;
  readonly wordList: string | undefined;
  readonly functionName: string | undefined;
  readonly command: string | undefined;
  readonly filterPattern: string | undefined;
  readonly prefix: string | undefined;
  readonly suffix: string | undefined;
}

export interface CompletionRequest {
  /** The command whose arguments are being completed, as typed; the key under which its spec was found. */
  readonly command: string;
  /** The word under the cursor, up to the cursor, quotes as typed. */
  readonly word: string;
  readonly previousWord: string;
  /** For COMP_LINE, COMP_POINT, COMP_WORDS, COMP_CWORD. */
  readonly line: string;
  readonly point: number;
  readonly words: readonly string[];
  readonly wordIndex: number;
  /** COMP_TYPE (9 for TAB, 63 for listing...) and COMP_KEY. */
  readonly type: number;
  readonly key: number;
}

export interface CompletionOutcome {
  readonly candidates: readonly string[];
  /** The spec's options, as compopt left them. */
  readonly options: ReadonlySet<CompletionOption>;
  /** True when the function returned 124: the spec may have changed, look it up again. */
  readonly retry: boolean;
}

// ---- what the editor sees of the shell -------------------------------------------------------------------------------------------------

export interface ShellFrontEnd {
  readonly sys: Sys;
  /** What the line editor needs beyond HistoryList (edits left in old entries) is ShellHistory's. */
  readonly history: ShellHistory;

  getVariable(name: string): string | undefined;
  setVariable(name: string, value: string): void;
  unsetVariable(name: string): void;
  /** `set -o` names ("vi", "emacs", "histexpand", "ignoreeof"...) and `shopt` names ("checkwinsize", "cmdhist", "progcomp"...) alike. */
  option(name: string): boolean;
  setOption(name: string, on: boolean): void;
  /** The value of an alias, undefined when there is none. */
  alias(name: string): string | undefined;

  /** PS0, PS1, PS2, PS4: backslash escapes, then the expansions of promptvars. `\[` and `\]` become U+0001 and U+0002. */
  expandPrompt(text: string): Blocking<string>;
  /** All names of a kind that start with `prefix`, sorted: what `compgen -A action -- prefix` prints. */
  complete(action: CompletionAction, prefix: string): readonly string[];
  /** The spec for a command (full name, then its last path component), or the -D, -E, -I one. */
  completionSpec(command: string | { readonly special: "default" | "empty" | "initial" }): CompletionSpec | undefined;
  runCompletion(spec: CompletionSpec, request: CompletionRequest): Blocking<CompletionOutcome>;
  /** `~`, `~user`, `~+`, `~-`, `~N` at the start of a path; undefined when it names nobody. */
  expandTilde(prefix: string): string | undefined;
  /** The words that a piece of line expands to (shell-expand-line, glob-expand-word, variables in completed paths). */
  expandText(text: string): Blocking<readonly string[]>;

  /** Runs shell text in the current shell (bind -x, PROMPT_COMMAND, edit-and-execute-command). */
  runText(text: string): Blocking<number>;
  /** To be called after EINTR: runs pending traps. True when SIGINT arrived without a trap of its own: give up the line. */
  handleSignals(): Blocking<boolean>;
  /** Runs the trap of the SIGINT that ended the line; false when there is none. */
  interruptTrap(): Blocking<boolean>;
  /** Prints the job notices that are due before a prompt. */
  notifyJobs(): Blocking<void>;
  /** Ctrl-D on an empty line: what `exit` does. Returns only when stopped jobs hold the shell back. */
  endOfInput(): Blocking<void>;
  /** TMOUT went by without a command: the shell says so and ends. */
  autoLogout(): Blocking<never>;
  /** PROMPT_COMMAND, scalar or array, each in turn; `$?` stays what it was. */
  runPromptCommands(): Blocking<void>;
  /** Text on standard error. */
  print(text: string): Blocking<void>;
  /** Started as a login shell. */
  readonly isLogin: boolean;
  /** `$?` */
  readonly lastStatus: number;
  /** `bash: MESSAGE` on standard error, with the shell's own name. */
  reportError(message: string): Blocking<void>;
  /** Sets LINES and COLUMNS from the terminal when checkwinsize is on. */
  checkWindowSize(always?: boolean): void;
}

// ---- what the shell sees of the editor ---------------------------------------------------------------------------------------------------

export interface ReadLineOptions extends EditOptions {
  /** read -e reads data, not commands: no history expansion, nothing remembered, plain file names completed. */
  readonly data?: boolean;
  /** A further line of a command (PS2): joined to the same history entry. */
  readonly continuation?: boolean;
}

export type HistoryExpansion =
  | { readonly kind: "unchanged" }
  /** `printOnly` for the :p modifier. */
  | { readonly kind: "expanded"; readonly text: string; readonly printOnly: boolean }
  /** Without the shell's name: "!foo: event not found". */
  | { readonly kind: "error"; readonly message: string };

/** The key bindings and variables of readline, as `bind` shows and changes them. They exist in a non-interactive shell too. */
export interface KeyBindings {
  /** One line as in an inputrc file. Returns an error text (without prefix) or undefined. `keymap` as for bind -m. */
  parseLine(line: string, keymap?: string): string | undefined;
  /** A whole file; gives what is wrong with it, "line N: ...". */
  parseFile(text: string, include: (path: string) => string | undefined): readonly string[];
  isKeymap(name: string): boolean;
  functionNames(): readonly string[];
  /** Printable key sequences (`"\C-a"` without the quotes) that run the function. */
  keysOf(functionName: string, keymap?: string): readonly string[];
  variables(): readonly (readonly [name: string, value: string])[];
  /** bind -s / -S */
  macros(keymap?: string): readonly (readonly [keys: string, text: string])[];
  /** bind -X */
  shellCommands(keymap?: string): readonly (readonly [keys: string, command: string])[];
  /** bind -x: `line` is `KEYSEQ: command`. Error text or undefined. */
  bindShellCommand(line: string, keymap?: string): string | undefined;
  unbindFunction(functionName: string, keymap?: string): void;
  /** `keys` as in an inputrc file, without the quotes. */
  unbindKeys(keys: string, keymap?: string): void;
}

export interface LineEditing {
  readonly bindings: KeyBindings;
  /**
   * One edited line from the terminal on descriptor 0, prompt on descriptor 2. `prompt` is already expanded. Undefined when Ctrl-D was typed on an
   * empty line; throws LineInterrupted on Ctrl-C. Does history expansion of the line and remembers it unless `options.data`.
   */
  readLine(prompt: string, options?: ReadLineOptions): Blocking<string | undefined>;
  /** The last line was given up by its deadline. */
  readonly timedOut: boolean;
  /** `!` expansion of a line against the shell's history (history -p, and lines of a non-interactive shell with `set -H`). */
  expandHistory(line: string): HistoryExpansion;
}

/** Made once a shell process starts; a forked child makes its own. Must be cheap: key maps are built when first needed. */
export type MakeLineEditing = (shell: ShellFrontEnd) => LineEditing;

export interface BashDependencies {
  readonly compileRegex: CompileRegex;
  /** Without it an interactive shell reads plain lines from the terminal's canonical mode. */
  readonly lineEditing?: MakeLineEditing;
  /** The order of texts in the locale of the variables; undefined: by code point. */
  readonly collation?: (sys: Sys, variable: (name: string) => string | undefined) => ((a: string, b: string) => number) | undefined;
  /** What stands between the units and the tenths in the locale of the variables. */
  readonly decimalPoint?: (sys: Sys, variable: (name: string) => string | undefined) => string;
  /** What the shell says, in the language that its variables ask for. */
  readonly translate?: (sys: Sys, variable: (name: string) => string | undefined, text: string) => string;
  /** busybox's ash: true for the applets that it runs itself, without looking in PATH (FEATURE_SH_STANDALONE). */
  readonly isApplet?: (name: string) => boolean;
  /** busybox's main, for when /proc is not mounted and /proc/self/exe cannot be run. */
  readonly runApplet?: Program;
}
