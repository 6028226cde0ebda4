// Lines with editing and history for programs that use the readline library: bc, fdisk, python3, virsh. The program keeps its own
// behaviour at Ctrl-C: with the default disposition SIGINT ends it once the terminal is itself again, else LineInterrupted is thrown.

import { type Blocking, decode, O, type SignalDisposition, SysError, type Sys } from "../kernel/sys.ts";
import { coreFunctions } from "./core-functions.ts";
import { type BoundFunction, Editor, type EditorParts } from "./editor.ts";
import type { EditorHistory, EditorHost } from "./editor-host.ts";
import { showMatches } from "./match-list.ts";
import { parseInputrc } from "./inputrc.ts";
import { defaultKeymaps } from "./keymap.ts";
import { LineInterrupted } from "./line-interrupted.ts";
import { ReadlineSettings } from "./settings.ts";
import { TtyTerminal } from "./tty-terminal.ts";
import type { UndoList } from "./undo-list.ts";

const SIGINT = 2;
const SIGWINCH = 28;
const functions = new Map(coreFunctions);

class LineHistory implements EditorHistory {
  readonly base = 1;
  readonly entries: { text: string; undo: UndoList | undefined }[] = [];

  undoOf(index: number): UndoList | undefined {
    return this.entries[index]?.undo;
  }

  keepEdit(index: number, text: string, undo: UndoList | undefined): void {
    const entry = this.entries[index];
    if (!entry) return;
    entry.text = text;
    entry.undo = undo;
  }
}

/** What the word before the cursor may become: all that begin with it. A sole one is followed by a blank. */
export type Completer = (before: string, word: string) => Blocking<readonly string[]>;

class ProgramEditor extends Editor {
  readonly host: EditorHost;
  readonly #complete: Completer | undefined;
  /** the last Tab put nothing into the line */
  #stuck = false;

  constructor(host: EditorHost, parts: EditorParts, complete: Completer | undefined) {
    super(parts);
    this.host = host;
    this.#complete = complete;
  }

  /** As readline's complete(): the common start first, at the next Tab the list. */
  *#completeWord(complete: Completer): Blocking<void> {
    const before = this.text.slice(0, this.point);
    const start = before.search(/[^\s;=]*$/);
    const word = before.slice(start);
    const found = [...new Set(yield* complete(before.slice(0, start), word))].sort();
    const [first] = found;
    if (first === undefined) {
      this.bell();
      return;
    }
    const again = this.lastFunction === this.thisFunction && this.#stuck;
    let common = first;
    for (const one of found) while (!one.startsWith(common)) common = common.slice(0, -1);
    const text = found.length === 1 ? `${common} ` : common;
    this.#stuck = text === word;
    if (!this.#stuck) this.replaceRange(start, this.point, text);
    if (found.length === 1) return;
    if (again || this.settings.on("show-all-if-ambiguous")) yield* showMatches(this, found.map((name) => ({ name, mark: "" })));
    else this.bell();
  }

  protected functionNamed(name: string): BoundFunction | undefined {
    const complete = this.#complete;
    if (name === "complete" && complete !== undefined) return () => this.#completeWord(complete);
    const found = functions.get(name);
    return found && ((count, key) => found(this, count, key));
  }
}

interface LineReaderOptions {
  /** False for python3, which switches bracketed paste off. */
  readonly bracketedPaste?: boolean;
  /** False for programs that catch SIGINT themselves: no ^C is shown. */
  readonly echoInterrupt?: boolean;
  /** For `$if` in inputrc: "Bc", "python". */
  readonly application?: string;
  /** Behind Tab. */
  readonly complete?: Completer;
}

export class ProgramLineReader {
  readonly #sys: Sys;
  readonly #history = new LineHistory();
  readonly #settings = new ReadlineSettings();
  readonly #terminal: TtyTerminal;
  readonly #editor: ProgramEditor;
  #initFileRead = false;
  readonly #options: LineReaderOptions;
  readonly #maps = defaultKeymaps();

  constructor(sys: Sys, options: LineReaderOptions = {}) {
    this.#sys = sys;
    this.#options = options;
    if (options.echoInterrupt === false) this.#settings.set("echo-control-characters", "off");
    this.#terminal = new TtyTerminal(
      {
        sys,
        *handleSignals() {
          return sys.takeSignals().includes(SIGINT);
        },
        checkWindowSize() {},
        childNotice: () => undefined,
      },
      () => (options.bracketedPaste ?? true) && this.#settings.on("enable-bracketed-paste") && sys.environment.get("TERM") !== "dumb",
    );
    const settings = this.#settings;
    const host: EditorHost = {
      history: this.#history,
      option: (name) => name === settings.text("editing-mode"),
      setOption: (name, on) => {
        if (on) settings.set("editing-mode", name);
      },
      expandTilde: (prefix) => (prefix === "~" ? sys.environment.get("HOME") : undefined),
    };
    const editor = new ProgramEditor(host, { settings, maps: this.#maps, terminal: this.#terminal }, options.complete);
    this.#terminal.onResize = () => editor.resized();
    this.#editor = editor;
  }

  /** add_history(3). */
  addHistory(text: string): void {
    this.#history.entries.push({ text, undo: undefined });
  }

  get historyEntries(): readonly string[] {
    return this.#history.entries.map((entry) => entry.text);
  }

  /** Descriptor 0 must be a terminal. Undefined at the end of the input (Ctrl-D). Throws LineInterrupted. */
  *readLine(prompt: string): Blocking<string | undefined> {
    const sys = this.#sys;
    if (!this.#initFileRead) yield* this.#readInitFile();
    const interrupt = sys.sigaction(SIGINT, "catch");
    const resize = sys.sigaction(SIGWINCH, "catch");
    const restore = (): void => {
      sys.sigaction(SIGINT, interrupt);
      sys.sigaction(SIGWINCH, resize);
    };
    yield* this.#terminal.acquire();
    let line: string | undefined;
    try {
      line = yield* this.#editor.readLine(prompt, {});
    } catch (error) {
      if (!(error instanceof LineInterrupted)) throw error;
      yield* this.#editor.flush();
      yield* this.#terminal.release();
      restore();
      yield* this.#interrupted(interrupt);
      throw error;
    }
    yield* this.#editor.flush();
    yield* this.#terminal.release();
    restore();
    if (line === undefined && this.#terminal.pasteOn) yield* this.#terminal.write("\r\n");
    return line;
  }

  /** readline sends the signal again once its own handler is gone. */
  *#interrupted(disposition: SignalDisposition): Blocking<void> {
    if (disposition !== "default") return;
    this.#sys.kill(this.#sys.getpid(), SIGINT);
    yield* this.#sys.preempt();
  }

  *#readInitFile(): Blocking<void> {
    this.#initFileRead = true;
    const sys = this.#sys;
    const home = sys.environment.get("HOME") ?? "";
    for (const path of [sys.environment.get("INPUTRC"), `${home}/.inputrc`, "/etc/inputrc"]) {
      if (path === undefined || path === "") continue;
      try {
        const fd = yield* sys.open(path, O.RDONLY | O.CLOEXEC);
        let text = "";
        for (;;) {
          const bytes = yield* sys.read(fd, 65536);
          if (bytes.length === 0) break;
          text += decode(bytes);
        }
        sys.close(fd);
        parseInputrc(text, { settings: this.#settings, maps: this.#maps, isFunction: (name) => functions.has(name), term: sys.environment.get("TERM") ?? "dumb", application: this.#options.application ?? "" }, () => undefined);
        return;
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
    }
  }
}
