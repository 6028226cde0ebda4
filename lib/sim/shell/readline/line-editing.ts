// Line editing as the shell uses it: one edited line from the terminal, then history expansion, then the history list. The bytes at
// start and end (bracketed paste, newline at the end of input) are those of readline 8.2.

import type { Blocking } from "../../kernel/sys.ts";
import { type TerminalOwner, TtyTerminal } from "../../readline/tty-terminal.ts";
import type { CompletionProviders } from "../completion/providers.ts";
import { NO_PROVIDERS } from "../completion/providers.ts";
import { type HistoryExpansion, type LineEditing, LineInterrupted, type MakeLineEditing, type ReadLineOptions, type ShellFrontEnd } from "../front-end.ts";
import { readFileNow } from "../expand/run-now.ts";
import { expandHistoryLine, newExpansionMemory } from "./history-expansion.ts";
import { ShellKeyBindings } from "./key-bindings.ts";
import { ShellEditor } from "./shell-editor.ts";

class ShellLineEditing implements LineEditing {
  readonly bindings: ShellKeyBindings;
  readonly #shell: ShellFrontEnd;
  readonly #providers: CompletionProviders;
  readonly #memory = newExpansionMemory();
  #terminal: TtyTerminal | undefined;
  #editor: ShellEditor | undefined;
  /** histverify, histreedit: what the next line begins with. */
  #nextText: string | undefined;
  /** Lines that were given together with one that has been read. */
  #pasted: string[] = [];

  constructor(shell: ShellFrontEnd, providers: CompletionProviders) {
    this.#shell = shell;
    this.#providers = providers;
    this.bindings = new ShellKeyBindings(
      () => shell.getVariable("TERM") ?? "dumb",
      shell,
      (apply) => this.#loadInitFile(apply),
    );
  }

  #loadInitFile(apply: (text: string, include: (path: string) => string | undefined) => void): void {
    const read = (path: string): string | undefined => readFileNow(this.#shell.sys, path.replace(/^~(?=\/)/, this.#shell.getVariable("HOME") ?? ""));
    for (const path of [this.#shell.getVariable("INPUTRC"), "~/.inputrc", "/etc/inputrc"]) {
      const text = path === undefined || path === "" ? undefined : read(path);
      if (text === undefined) continue;
      apply(text, read);
      return;
    }
  }

  get timedOut(): boolean {
    return this.#editor?.timedOut ?? false;
  }

  expandHistory(line: string): HistoryExpansion {
    const { history } = this.#shell;
    const chars = this.#shell.getVariable("histchars");
    return expandHistoryLine(line, { entries: history.entries, base: history.base, memory: this.#memory, ...(chars === undefined ? {} : { chars }) });
  }

  *readLine(prompt: string, options: ReadLineOptions = {}): Blocking<string | undefined> {
    if (options.data) return yield* this.#edit(prompt, options);
    let line = this.#pasted.shift();
    if (line === undefined) {
      const initialText = options.initialText ?? this.#nextText;
      this.#nextText = undefined;
      const text = yield* this.#edit(prompt, initialText === undefined ? options : { ...options, initialText });
      if (text === undefined) return undefined;
      // several lines (a paste, a recalled entry) are read one by one (parse.y: shell_getc)
      [line = "", ...this.#pasted] = this.#editor?.accepted === "edited" ? [text] : text.split("\n");
    }
    return yield* this.#takeCommand(line, options.continuation ?? false);
  }

  *#edit(prompt: string, options: ReadLineOptions): Blocking<string | undefined> {
    const { terminal, editor } = this.#parts();
    yield* terminal.acquire();
    let line: string | undefined;
    try {
      line = yield* editor.readLine(prompt, options);
    } catch (error) {
      if (!(error instanceof LineInterrupted)) throw error;
      yield* editor.flush();
      yield* terminal.release();
      const trapped = yield* this.#shell.interruptTrap();
      // `read -e` goes on with an empty line behind what the trap prints
      if (trapped && options.data) return yield* this.#edit("", { ...options, initialText: "" });
      yield* terminal.write("\r\n");
      throw error;
    }
    yield* editor.flush();
    const unseen = !terminal.echoing;
    yield* terminal.release();
    // readline ends the prompt's row itself only when it had switched bracketed paste on
    if ((line === undefined ? !editor.timedOut : unseen) && terminal.pasteOn) yield* terminal.write("\r\n");
    return line;
  }

  #parts(): { terminal: TtyTerminal; editor: ShellEditor } {
    const { settings, maps } = this.bindings.configuration;
    const terminal = (this.#terminal ??= new TtyTerminal(this.#owner(), () => settings.on("enable-bracketed-paste") && this.#shell.getVariable("TERM") !== "dumb"));
    if (!this.#editor) {
      const editor = new ShellEditor(this.#shell, { settings, maps, terminal }, this.#providers);
      terminal.onResize = () => editor.resized();
      this.#editor = editor;
    }
    return { terminal, editor: this.#editor };
  }

  #owner(): TerminalOwner {
    const shell = this.#shell;
    return {
      sys: shell.sys,
      handleSignals: () => shell.handleSignals(),
      checkWindowSize: () => shell.checkWindowSize(true),
      childNotice: () => (shell.option("notify") ? () => shell.notifyJobs() : undefined),
    };
  }

  /** History expansion and the list. A line that is only printed, or failed, comes back empty. */
  *#takeCommand(line: string, continuation: boolean): Blocking<string> {
    const shell = this.#shell;
    const remember = (text: string): void => {
      if (continuation) shell.history.rememberContinuation(text);
      else shell.history.remember(text);
    };
    const expansion: HistoryExpansion = shell.option("histexpand") ? this.expandHistory(line) : { kind: "unchanged" };
    if (expansion.kind === "error") {
      yield* shell.reportError(expansion.message);
      if (shell.option("histreedit")) this.#nextText = line;
      return "";
    }
    if (expansion.kind === "unchanged") {
      if (this.#editor?.accepted !== "edited" || line !== "") remember(line);
      return line;
    }
    if (shell.option("histverify") && !expansion.printOnly) {
      this.#nextText = expansion.text;
      return "";
    }
    yield* this.#parts().terminal.write(`${expansion.text.replaceAll("\n", "\r\n")}\r\n`);
    if (expansion.text !== "") remember(expansion.text);
    return expansion.printOnly ? "" : expansion.text;
  }
}

export function makeLineEditing(providers: CompletionProviders = NO_PROVIDERS): MakeLineEditing {
  return (shell) => new ShellLineEditing(shell, providers);
}
