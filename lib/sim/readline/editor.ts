// The line editor: a line, a cursor and the functions that keys run on them. It reads keys and writes bytes through EditorTerminal
// only, so it runs as well in a test. Place: functions/* are what keys do, redisplay.ts what is shown, tty-terminal.ts the real terminal. Who needs more (a shell) extends it.
//
// Over 400 lines: the state of one line that every function works on, and the loop that runs them.

import type { Blocking } from "../kernel/sys.ts";
import type { EditOptions, EditorHost } from "./editor-host.ts";
import { type EditorTerminal, END_OF_INPUT } from "./editor-terminal.ts";
import type { Keymap, KeyBinding, Keymaps } from "./keymap.ts";
import { KillRing } from "./kill-ring.ts";
import { Redisplay } from "./redisplay.ts";
import { LineInterrupted } from "./line-interrupted.ts";
import type { ReadlineSettings } from "./settings.ts";
import { nextCharacter, previousCharacter } from "./text-motion.ts";
import { UndoList } from "./undo-list.ts";

export interface EditorParts {
  readonly settings: ReadlineSettings;
  readonly maps: Keymaps;
  readonly terminal: EditorTerminal;
}

export type EditorFunction<E extends Editor = Editor> = (editor: E, count: number, key: string) => Blocking<void> | void;

/** A function of the editor that asks for it. */
export type BoundFunction = (count: number, key: string) => Blocking<void> | void;

type EditingMode = "emacs" | "vi-insert" | "vi-command";

/** What is kept of a line when one leaves it through the history. */
interface SavedLine {
  readonly text: string;
  readonly undo: UndoList;
}

/** What `.` does again, with the text typed after it up to ESC. */
const REPEATABLE: ReadonlySet<string> = new Set([
  "vi-delete-to", "vi-change-to", "vi-subst", "vi-delete", "vi-rubout", "vi-change-char", "vi-change-case", "vi-put", "vi-insertion-mode", "vi-insert-beg", "vi-append-mode", "vi-append-eol", "vi-replace",
]);

/** Functions after which the argument typed before goes on growing. */
const ARGUMENT_FUNCTIONS = new Set(["digit-argument", "universal-argument", "vi-arg-digit"]);

export abstract class Editor {
  abstract readonly host: EditorHost;
  readonly settings: ReadlineSettings;
  readonly maps: Keymaps;
  readonly terminal: EditorTerminal;
  readonly killRing = new KillRing();
  readonly display: Redisplay;

  text = "";
  point = 0;
  mark = 0;
  markActive = false;
  /** Set by a function that wants the region to stay shown. */
  keepMark = false;
  undo = new UndoList();
  overwrite = false;
  mode: EditingMode = "emacs";

  explicitArgument = false;
  argument = 1;
  argumentSign = 1;

  lastFunction = "";
  thisFunction = "";
  lastWasKill = false;
  thisWasKill = false;
  /** The keys that led to the running function. */
  keySequence = "";

  /** Position in the history; entries.length is the line being typed. */
  historyIndex = 0;
  #typedLine: SavedLine | undefined;
  /** operate-and-get-next: the number of the entry that the next line begins with. */
  nextEntryNumber: number | undefined;

  /** Shown instead of the prompt ("(arg: 5) ", the search prompt). */
  message: string | undefined;
  options: EditOptions = {};
  done = false;
  /** "edited": an outside editor already showed and remembered the line. */
  accepted: "typed" | "edited" = "typed";
  #regionShown = false;
  #endOfInput = false;
  #prompt = "";
  #lastKey = "";
  /** Keys since the last command of vi's command mode began. */
  #keyLog = "";
  #changeOpen = false;

  /** Keys that come before the terminal's: macros, pushed back keys. */
  #queue: string[] = [];
  macro = "";
  macroRecording: string | undefined;

  /** What later searches, yanks and vi commands go back to; free for functions. */
  lastSearch = "";
  readonly viState = { lastCharSearch: undefined as { readonly kind: "f" | "F" | "t" | "T"; readonly character: string } | undefined, lastSearchBackward: true, redo: "", marks: new Map<string, number>(), replacing: false };
  yankState: { readonly historyIndex: number; readonly argument: number; readonly start: number; readonly length: number; readonly direction: number } | undefined;
  /** The line was given up (`deadlineUs`). */
  timedOut = false;
  menuState: { readonly matches: readonly string[]; index: number; readonly start: number; end: number } | undefined;

  constructor(parts: EditorParts) {
    this.settings = parts.settings;
    this.maps = parts.maps;
    this.terminal = parts.terminal;
    this.display = new Redisplay(parts.terminal.cols);
  }

  /** What the name of a binding stands for in this editor. */
  protected abstract functionNamed(name: string): BoundFunction | undefined;

  // ---- one line ---------------------------------------------------------------------------------------------------------------

  /** The edited line; undefined at the end of the input. Throws LineInterrupted. */
  *readLine(prompt: string, options: EditOptions): Blocking<string | undefined> {
    this.#begin(prompt, options);
    if (!this.terminal.echoing) {
      this.display.take();
      yield* this.terminal.write(prompt.replace(/[\x01\x02]/g, ""));
    }
    yield* this.refresh();
    try {
      while (!this.done) {
        const key = yield* this.#nextKey(this.#timeLeft());
        if (key === undefined) {
          this.timedOut = true;
          this.#endOfInput = true;
          break;
        }
        if (options.exact && key !== END_OF_INPUT && /^[\r\n\x04]$/.test(key)) {
          this.insert(key);
          if ([...this.text].length >= (options.count ?? Number.POSITIVE_INFINITY)) this.done = true;
          yield* this.refresh();
          continue;
        }
        if (key === END_OF_INPUT || (key === "\x04" && this.text === "" && this.#lastKey !== key && this.mode !== "vi-command")) {
          this.#endOfInput = true;
          break;
        }
        this.#lastKey = key;
        if (key === options.delimiter) this.done = true;
        else if (this.mode === "emacs") yield* this.dispatch(key);
        else yield* this.#dispatchVi(key);
        if (options.count !== undefined && !this.done && [...this.text].length >= options.count) {
          yield* this.refresh();
          this.text = [...this.text].slice(0, options.count).join("");
          this.done = true;
        }
        if (!this.done) yield* this.refresh();
      }
    } catch (error) {
      if (error instanceof LineInterrupted) {
        this.#queue = [];
        this.macroRecording = undefined;
        this.message = undefined;
        // what could be undone in the entry is gone, its text stays (signals.c: rl_free_line_state)
        if (this.historyIndex < this.host.history.entries.length) this.host.history.keepEdit(this.historyIndex, this.text, undefined);
        if (this.terminal.echoing && this.settings.on("echo-control-characters")) this.display.interrupt("^C");
      }
      throw error;
    }
    if (this.#endOfInput) return undefined;
    this.markActive = false;
    if (this.#regionShown) yield* this.refresh();
    if (!this.terminal.echoing) this.display.take();
    else if (this.accepted === "edited") this.display.write("\r\n");
    else this.display.finish();
    this.#restoreHistoryEntry();
    return this.text;
  }

  /** Dispatches and remembers the keys of a change for `.` */
  *#dispatchVi(key: string): Blocking<void> {
    const command = this.mode === "vi-command";
    if (command) this.#keyLog = key;
    this.thisFunction = "";
    yield* this.dispatch(key);
    if (command && REPEATABLE.has(this.thisFunction)) {
      if (this.mode === "vi-command") this.viState.redo = this.#keyLog;
      else this.#changeOpen = true;
    } else if (!command && this.#changeOpen && this.mode === "vi-command") {
      this.#changeOpen = false;
      this.viState.redo = this.#keyLog;
    }
  }

  /** Microseconds until the line is given up. */
  #timeLeft(): number | null {
    const { deadlineUs } = this.options;
    return deadlineUs === undefined ? null : Math.max(0, deadlineUs - (this.terminal.nowUs?.() ?? 0));
  }

  #begin(prompt: string, options: EditOptions): void {
    this.timedOut = false;
    this.options = options;
    this.#prompt = prompt;
    this.done = false;
    this.accepted = "typed";
    this.#endOfInput = false;
    this.#lastKey = "";
    this.message = undefined;
    this.markActive = false;
    this.mark = 0;
    this.lastFunction = "";
    this.lastWasKill = false;
    this.resetArgument();
    this.undo = new UndoList();
    this.text = options.initialText ?? "";
    this.point = this.text.length;
    this.#typedLine = undefined;
    this.menuState = undefined;
    this.historyIndex = this.host.history.entries.length;
    this.mode = this.host.option("vi") ? "vi-insert" : "emacs";
    this.viState.replacing = false;
    this.display.startOnNewRow(this.terminal.cols);
    this.display.write(this.#promptHead());
    if (this.nextEntryNumber !== undefined) {
      const index = this.nextEntryNumber - this.host.history.base;
      this.nextEntryNumber = undefined;
      if (index >= 0 && index < this.host.history.entries.length) this.goToHistory(index);
    }
  }

  /** The prompt's lines before the last. */
  #promptHead(): string {
    const end = this.#prompt.lastIndexOf("\n") + 1;
    return this.#prompt.slice(0, end).replaceAll("\x01", "").replaceAll("\x02", "").replaceAll("\n", "\r\n");
  }

  #promptLastLine(): string {
    const last = this.#prompt.slice(this.#prompt.lastIndexOf("\n") + 1);
    if (!this.settings.on("show-mode-in-prompt")) return last;
    const setting = this.mode === "emacs" ? "emacs-mode-string" : this.mode === "vi-insert" ? "vi-ins-mode-string" : "vi-cmd-mode-string";
    return this.settings.text(setting) + last;
  }

  /** The prompt with a sign behind it, for a message that asks for a string. */
  promptWith(sign: string): string {
    return this.#promptLastLine() + sign;
  }

  // ---- screen -----------------------------------------------------------------------------------------------------------------

  get region(): readonly [number, number] | undefined {
    if (!this.markActive || !this.settings.on("enable-active-region")) return undefined;
    const mark = Math.min(this.mark, this.text.length);
    return [Math.min(mark, this.point), Math.max(mark, this.point)];
  }

  /** Draws, and writes out what has been drawn unless more was typed ahead. */
  *refresh(): Blocking<void> {
    if (!this.terminal.echoing) {
      this.display.take();
      return;
    }
    this.#regionShown = this.region !== undefined;
    this.display.show({ prompt: this.message ?? this.#promptLastLine(), text: this.text, point: this.point, region: this.region });
    if (!this.terminal.pending()) yield* this.flush();
  }

  *flush(): Blocking<void> {
    const out = this.display.take();
    if (this.terminal.echoing && out !== "") yield* this.terminal.write(out);
  }

  bell(): void {
    const style = this.settings.text("bell-style");
    if (style === "audible" || style === "visible") this.display.write("\x07");
  }

  /** SIGWINCH: wipes prompt and line and draws them for the new width. */
  *resized(): Blocking<void> {
    this.display.clear(this.terminal.cols);
    yield* this.refresh();
  }

  // ---- keys -------------------------------------------------------------------------------------------------------------------

  pushBack(keys: string): void {
    if (this.#keyLog.endsWith(keys)) this.#keyLog = this.#keyLog.slice(0, this.#keyLog.length - keys.length);
    this.#queue.unshift(...keys);
  }

  get hasQueuedKeys(): boolean {
    return this.#queue.length > 0;
  }

  /** A key without time limit. */
  *readKey(): Blocking<string> {
    return (yield* this.#nextKey(null)) ?? END_OF_INPUT;
  }

  /** A further key of a sequence; undefined when keyseq-timeout passed. */
  *readKeySoon(): Blocking<string | undefined> {
    const timeoutMs = this.settings.number("keyseq-timeout");
    return yield* this.#nextKey(timeoutMs > 0 ? timeoutMs * 1000 : null);
  }

  *#nextKey(timeoutUs: number | null): Blocking<string | undefined> {
    let key = this.#queue.shift();
    if (key === undefined) {
      if (!this.terminal.pending()) yield* this.flush();
      key = yield* this.terminal.readKey(timeoutUs);
    }
    if (key !== undefined && this.mode !== "emacs") this.#keyLog += key;
    return key;
  }

  get keymap(): Keymap {
    return this.mode === "emacs" ? this.maps.emacs : this.mode === "vi-insert" ? this.maps.viInsert : this.maps.viCommand;
  }

  #record(key: string): void {
    if (this.macroRecording !== undefined) this.macroRecording += key;
  }

  /** Follows a key through the maps and runs what it leads to. */
  *dispatch(key: string, map: Keymap = this.keymap): Blocking<void> {
    let keys = key;
    let binding = map.get(key);
    let fallback: { readonly binding: Exclude<KeyBinding, { kind: "prefix" }>; readonly length: number } | undefined;
    this.#record(key);
    while (binding?.kind === "prefix") {
      if (binding.fallback) fallback = { binding: binding.fallback, length: keys.length };
      const next = fallback || this.mode === "vi-command" ? yield* this.readKeySoon() : yield* this.readKey();
      if (next === undefined) break;
      if (next === END_OF_INPUT) {
        this.#endOfInput = true;
        this.done = true;
        return;
      }
      this.#record(next);
      keys += next;
      binding = binding.map.get(next);
    }
    if ((binding === undefined || binding.kind === "prefix") && fallback) {
      this.pushBack(keys.slice(fallback.length));
      keys = keys.slice(0, fallback.length);
      binding = fallback.binding;
    }
    this.keySequence = keys;
    const last = [...keys].at(-1) ?? key;
    if (binding === undefined && keys === key && (key.codePointAt(0) ?? 0) >= 0x80 && this.mode !== "vi-command") binding = { kind: "function", name: "self-insert" };
    if (binding === undefined || binding.kind === "prefix") {
      this.bell();
      this.resetArgument();
      return;
    }
    if (binding.kind === "function") {
      if (binding.name === "do-lowercase-version") yield* this.dispatchLowerCase(keys, map);
      else yield* this.run(binding.name, last);
    } else if (binding.kind === "macro") this.pushBack(binding.text);
    else yield* this.run("shell-command", binding.command);
  }

  /** Alt-Shift-letter does what Alt-letter does. */
  *dispatchLowerCase(keys: string, map: Keymap): Blocking<void> {
    const last = keys.slice(-1).toLowerCase();
    this.pushBack(keys.slice(1, -1) + last);
    yield* this.dispatch(keys.slice(0, 1), map);
  }

  *run(name: string, key: string): Blocking<void> {
    const editorFunction = this.functionNamed(name);
    if (!editorFunction) {
      this.bell();
      this.resetArgument();
      return;
    }
    this.thisFunction = name;
    this.keepMark = false;
    this.thisWasKill = false;
    const running = editorFunction(this.argument * this.argumentSign, key);
    if (running) yield* running;
    if (ARGUMENT_FUNCTIONS.has(name)) return;
    if (!this.keepMark) this.markActive = false;
    this.lastWasKill = this.thisWasKill;
    this.lastFunction = this.thisFunction;
    this.resetArgument();
    if (this.mode === "vi-command" && this.point > 0 && this.point >= this.text.length) this.point = previousCharacter(this.text, this.text.length);
  }

  resetArgument(): void {
    this.argument = 1;
    this.argumentSign = 1;
    this.explicitArgument = false;
  }

  // ---- the line ---------------------------------------------------------------------------------------------------------------

  /** `typed`: by a key, so undo takes it back together with its neighbours. */
  insert(text: string, typed = false): void {
    if (text === "") return;
    this.text = this.text.slice(0, this.point) + text + this.text.slice(this.point);
    this.undo.inserted(this.point, this.point + text.length, typed && (text.codePointAt(0) ?? 0) < 0x80);
    if (this.mark > this.point) this.mark += text.length;
    this.point += text.length;
  }

  delete(from: number, to: number): string {
    const start = Math.min(from, to);
    const end = Math.max(from, to);
    const text = this.text.slice(start, end);
    if (text === "") return text;
    this.undo.deleted(start, text);
    this.text = this.text.slice(0, start) + this.text.slice(end);
    if (this.point > end) this.point -= end - start;
    else if (this.point > start) this.point = start;
    if (this.mark > end) this.mark -= end - start;
    else if (this.mark > start) this.mark = start;
    return text;
  }

  replaceRange(from: number, to: number, text: string): void {
    this.undo.begin();
    this.delete(from, to);
    this.point = from;
    this.insert(text);
    this.undo.end();
  }

  kill(from: number, to: number): void {
    const text = this.text.slice(Math.min(from, to), Math.max(from, to));
    if (text !== "" || !this.lastWasKill) {
      if (text !== "") this.killRing.kill(text, this.lastWasKill ? (to >= from ? "append" : "prepend") : false);
    }
    this.delete(from, to);
    this.thisWasKill = true;
  }

  moveBy(characters: number): void {
    for (let left = Math.abs(characters); left > 0; left -= 1) {
      const next = characters > 0 ? nextCharacter(this.text, this.point) : previousCharacter(this.text, this.point);
      if (next === this.point) {
        this.bell();
        return;
      }
      this.point = next;
    }
  }

  // ---- history ----------------------------------------------------------------------------------------------------------------

  /** Leaves the current line where it belongs and shows the entry (entries.length: the line being typed). */
  goToHistory(index: number): void {
    const { history } = this.host;
    const bottom = history.entries.length;
    this.undo.endAll();
    if (this.historyIndex >= bottom) this.#typedLine = { text: this.text, undo: this.undo };
    else if (!this.undo.isEmpty) history.keepEdit(this.historyIndex, this.text, this.undo);
    this.historyIndex = index;
    if (index >= bottom) {
      this.text = this.#typedLine?.text ?? "";
      this.undo = this.#typedLine?.undo ?? new UndoList();
    } else {
      this.text = history.entries[index]?.text ?? "";
      this.undo = history.undoOf(index) ?? new UndoList();
    }
    this.point = this.text.length;
    if (this.mode === "vi-command") this.point = 0;
    this.mark = 0;
  }

  /** The executed line goes to the end of the list; the old entry it was made from becomes what it was. */
  #restoreHistoryEntry(): void {
    const { history } = this.host;
    if (this.historyIndex >= history.entries.length || this.undo.isEmpty) return;
    this.undo.endAll();
    let original = this.text;
    let point = 0;
    for (let step = this.undo.undo(original, point); step; step = this.undo.undo(original, point)) {
      original = step.text;
      point = step.point;
    }
    history.keepEdit(this.historyIndex, original, undefined);
  }

  /** edit-and-execute-command: the text is shown as it is run, without prompt; it does not come back as this line's edit. */
  editedCommand(text: string): void {
    this.display.startOnNewRow(this.terminal.cols);
    this.historyIndex = this.host.history.entries.length;
    this.undo = new UndoList();
    this.text = text;
    this.point = text.length;
    this.display.write(text.replaceAll("\n", "\r\n"));
    this.message = "";
    this.done = true;
    this.accepted = "edited";
  }
}
