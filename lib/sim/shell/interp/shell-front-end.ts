// The shell as its line editor, completion and interactive loop see it (front-end.ts), over a Shell.
import { type Blocking, SIGNALS, type Sys } from "../../kernel/sys.ts";
import { leaveShell } from "../builtins/exit.ts";
import { expandPrompt } from "../expand/prompt.ts";
import { expandTilde } from "../expand/tilde.ts";
import { expandWords } from "../expand/words.ts";
import type { CompletionAction, CompletionOutcome, CompletionRequest, CompletionSpec, ShellFrontEnd } from "../front-end.ts";
import type { ShellHistory } from "../readline/history-list.ts";
import { parserFor } from "../syntax/parse.ts";
import { SyntaxProblem } from "../syntax/syntax-error.ts";
import { namesOf } from "./candidates.ts";
import { Interrupted, ShellExit } from "./flow.ts";
import { notifyJobs } from "./foreground.ts";
import { IndexedArray } from "./indexed-array.ts";
import { isSetOption, isShopt } from "./options.ts";
import { waitAny } from "./process.ts";
import type { Shell } from "./shell.ts";
import { candidatesOf } from "./completion-spec.ts";
import { collectSignals, handleSignals } from "./traps.ts";

/** Between kill(2) and the parent's SIGCHLD. */
const DEATH_US = 1000;

export class InteractiveFrontEnd implements ShellFrontEnd {
  readonly #shell: Shell;

  constructor(shell: Shell) {
    this.#shell = shell;
  }

  get sys(): Sys {
    return this.#shell.sys;
  }

  get history(): ShellHistory {
    return this.#shell.history;
  }

  get isLogin(): boolean {
    return this.#shell.login;
  }

  get lastStatus(): number {
    return this.#shell.lastStatus;
  }

  getVariable(name: string): string | undefined {
    return this.#shell.getVariable(name);
  }

  setVariable(name: string, value: string): void {
    this.#shell.setPlain(name, value);
  }

  unsetVariable(name: string): void {
    const { variables } = this.#shell;
    variables.remove(name, variables.scopeOf(name) ?? variables.globalScope);
  }

  option(name: string): boolean {
    return this.#shell.option(name);
  }

  setOption(name: string, on: boolean): void {
    const shell = this.#shell;
    if (isSetOption(name)) {
      shell.options[name] = on;
      if (name === "vi" && on) shell.options.emacs = false;
      if (name === "emacs" && on) shell.options.vi = false;
    } else if (isShopt(name)) shell.shopts[name] = on;
  }

  alias(name: string): string | undefined {
    return this.#shell.aliases.get(name);
  }

  *expandPrompt(text: string): Blocking<string> {
    return yield* expandPrompt(this.#shell, text);
  }

  complete(action: CompletionAction, prefix: string): readonly string[] {
    return namesOf(this.#shell, action, prefix, this);
  }

  completionSpec(command: string | { readonly special: "default" | "empty" | "initial" }): CompletionSpec | undefined {
    const { completions } = this.#shell;
    if (typeof command !== "string") return completions.get(SPECIAL_KEYS[command.special]);
    return completions.get(command) ?? (command.includes("/") ? completions.get(command.slice(command.lastIndexOf("/") + 1)) : undefined);
  }

  *runCompletion(spec: CompletionSpec, request: CompletionRequest): Blocking<CompletionOutcome> {
    return yield* candidatesOf(this.#shell, this, spec, request);
  }

  expandTilde(prefix: string): string | undefined {
    return expandTilde(this.#shell, prefix);
  }

  *expandText(text: string): Blocking<readonly string[]> {
    const shell = this.#shell;
    const status = shell.lastStatus;
    try {
      const list = parserFor(`: ${text}`, { extglob: shell.shopts.extglob, posix: shell.options.posix, alias: undefined, firstLine: 1 }).nextCommand();
      const command = list?.items[0]?.command;
      if (command?.type !== "simple") return [text];
      return yield* expandWords(shell, command.words.slice(1));
    } catch (error) {
      if (error instanceof SyntaxProblem) return [text];
      throw error;
    } finally {
      shell.lastStatus = status;
    }
  }

  *runText(text: string): Blocking<number> {
    return yield* this.#shell.language.runText(this.#shell, text, { inputName: "" });
  }

  *handleSignals(): Blocking<boolean> {
    // a trapped SIGINT ends the line too: its trap runs when the line was left
    if (this.#interruptTrapped()) return true;
    try {
      yield* handleSignals(this.#shell);
      return false;
    } catch (error) {
      if (error instanceof Interrupted) return true;
      throw error;
    }
  }

  #interruptTrapped(): boolean {
    collectSignals(this.#shell);
    return this.#shell.traps.has("INT") && this.#shell.pendingSignals.includes(SIGNALS.INT);
  }

  *interruptTrap(): Blocking<boolean> {
    if (!this.#interruptTrapped()) return false;
    yield* this.print("\r");
    yield* handleSignals(this.#shell);
    return true;
  }

  *notifyJobs(): Blocking<void> {
    // What was just killed needs a moment to die: the prompt is usually faster.
    if (this.#shell.childCount !== 0 && this.#shell.sys.clockUs("monotonic") - this.#shell.lastKillUs > DEATH_US) while ((yield* waitAny(this.#shell, true)) === "changed");
    yield* notifyJobs(this.#shell);
  }

  *endOfInput(): Blocking<void> {
    yield* leaveShell(this.#shell, ["exit"]);
  }

  *autoLogout(): Blocking<never> {
    // eval.c, alrm_catcher
    yield* this.#shell.writeText(1, "\x07timed out waiting for input: auto-logout\n");
    throw new ShellExit(this.#shell.lastStatus);
  }

  *runPromptCommands(): Blocking<void> {
    const shell = this.#shell;
    const value = shell.resolve("PROMPT_COMMAND")?.current();
    const commands = value === undefined ? [] : typeof value === "string" ? [value] : value instanceof IndexedArray ? value.values() : [];
    for (const command of commands) {
      if (command === "") continue;
      const status = shell.lastStatus;
      const pipeStatus = shell.pipeStatus;
      yield* shell.language.runText(shell, command, { inputName: "PROMPT_COMMAND" });
      shell.lastStatus = status;
      shell.pipeStatus = pipeStatus;
    }
  }

  *print(text: string): Blocking<void> {
    yield* this.#shell.errorText(text);
  }

  *reportError(message: string): Blocking<void> {
    yield* this.#shell.report(message);
  }

  /** `always`: readline sets LINES and COLUMNS whatever checkwinsize says (terminal.c: sh_set_lines_and_columns). */
  checkWindowSize(always = false): void {
    this.#shell.windowChanged(always);
  }
}

/** Under which names -D, -E and -I are stored: no command can be called so. */
export const SPECIAL_KEYS = { default: "_DefaultCmD_", empty: "_EmptycmD_", initial: "_InitialWorD_" } as const;
