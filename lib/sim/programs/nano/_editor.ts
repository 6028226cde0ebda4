// nano while it runs: buffers, keys, prompts. Drawing is in _view.ts, text in _buffer.ts, files in _files.ts.
// Over 400 lines: the commands share the editor's state; what can stand alone is in the other files.

import { type Blocking, decode, SIGNALS, type Sys, SysError } from "../../kernel/sys.ts";
import { Accounts } from "../kit/accounts.ts";
import { CellScreen } from "../kit/cell-screen.ts";
import type { Io } from "../kit/io.ts";
import { compileRegex, type Regex, RegexLimitError, RegexSyntaxError } from "../kit/regex/compile-regex.ts";
import { openShellPipe, waitFor } from "../kit/shell-command.ts";
import type { RawTerminal } from "../kit/terminal-keys.ts";
import { before, type ChangeName, columnOf, indexOfColumn, NanoBuffer, type Point } from "./_buffer.ts";
import { cut, load, readLock, removeLock, store, textOf, writeLock } from "./_files.ts";
import { FileBrowser } from "./_browser.ts";
import { helpTextOf } from "./_help.ts";
import { keyName } from "./_keys.ts";
import type { MenuName } from "./_menus.ts";
import { type Message, NanoView, type ViewOptions } from "./_view.ts";

export interface NanoOptions {
  lineNumbers: boolean;
  softWrap: boolean;
  whitespace: boolean;
  helpLines: boolean;
  viewMode: boolean;
  autoIndent: boolean;
  hardWrap: boolean;
  recording: boolean;
  stateFlags: boolean;
  constantPosition: boolean;
  cutFromCursor: boolean;
  smartHome: boolean;
  tabsToSpaces: boolean;
  locking: boolean;
  backup: boolean;
  noNewline: boolean;
  quickBlank: boolean;
  zap: boolean;
  saveOnExit: boolean;
  multiBuffer: boolean;
  caseSensitive: boolean;
  regexp: boolean;
  backwards: boolean;
  historyLog: boolean;
}

export interface FileRequest {
  readonly name: string;
  readonly line: number | undefined;
  readonly column: number | undefined;
}

const ENTER = "\u001b[?2004h\u001b[?1049h\u001b[22;0;0t\u001b[1;ROWSr\u001b(B\u001b[m\u001b[4l\u001b[?7h\u001b[39;49m\u001b[?1h\u001b=";
const BLANK_AFTER_KEYS = 20;

class Leave extends Error {}

/** An answer to a prompt: what was typed, or the name of a key that ended it. */
type Answer = { readonly kind: "text"; readonly text: string } | { readonly kind: "cancel" } | { readonly kind: "key"; readonly key: string; readonly text: string };

interface SearchSetting {
  readonly text: string;
}

export class NanoEditor {
  readonly #sys: Sys;
  readonly #options: NanoOptions;
  readonly #terminal: RawTerminal;
  readonly #screen: CellScreen;
  readonly #view: NanoView;
  #buffers: NanoBuffer[] = [];
  #index = 0;
  #message: Message | undefined;
  #countdown = 0;
  #cutLines = "";
  /** the last key was a cut (or copy), so that the next one adds to it */
  #keepCut: "cut" | "copy" | undefined;
  #spotlight: readonly [Point, Point] | undefined;
  readonly #searchHistory: string[] = [];
  readonly #replaceHistory: string[] = [];
  readonly #executeHistory: string[] = [];
  #last: SearchSetting = { text: "" };
  #macro: string[] = [];
  #pending: string[] = [];
  #pasting = false;
  readonly status: { code: number } = { code: 0 };
  #userName = "";

  constructor(io: Io, options: NanoOptions, terminal: RawTerminal) {
    this.#sys = io.sys;
    this.#options = options;
    this.#terminal = terminal;
    this.#screen = new CellScreen(terminal.size.rows, terminal.size.cols);
    const { messages } = io;
    this.#view = new NanoView(this.#screen, (text) => messages?.text(text) ?? text);
  }

  get #buffer(): NanoBuffer {
    return this.#buffers[this.#index] ?? new NanoBuffer("", [""]);
  }

  get #viewOptions(): ViewOptions {
    return { ...this.#options, helpLines: this.#options.helpLines && this.#screen.rows > 4 };
  }

  // ---- start and end

  *run(files: readonly FileRequest[]): Blocking<number> {
    const sys = this.#sys;
    const accounts = yield* Accounts.read(sys);
    this.#userName = accounts.userName(sys.getcred().euid);
    for (const signal of [SIGNALS.WINCH, SIGNALS.TERM, SIGNALS.HUP]) sys.sigaction(signal, "catch");
    if (this.#options.historyLog) yield* this.#readHistory();
    yield* this.#enter();
    try {
      if (files.length === 0) {
        this.#buffers.push(new NanoBuffer("", [""]));
        if (this.#options.helpLines) this.#say("Welcome to nano.  For basic help, type Ctrl+G.");
      }
      for (const file of files) {
        yield* this.#open(file.name, true);
        if (file.line !== undefined || file.column !== undefined) this.#goTo(file.line, file.column);
      }
      if (files.length > 1) {
        this.#index = 0;
        this.#mention();
      }
      for (;;) yield* this.#command(yield* this.#key());
    } catch (error) {
      if (!(error instanceof Leave)) throw error;
    }
    yield* this.#exit();
    return this.status.code;
  }

  *#enter(): Blocking<void> {
    yield* this.#terminal.enter(["isig", "iexten", "ixon", "icrnl"]);
    yield* this.#terminal.write(ENTER.replace("ROWS", String(this.#screen.rows)));
    this.#screen.forget();
    yield* this.#terminal.write("\u001b[H\u001b[2J");
  }

  *#exit(): Blocking<void> {
    yield* this.#terminal.write(`\u001b[?25h\u001b[${this.#screen.rows};1H\u001b[?1049l\u001b[23;0;0t\r\u001b[?1l\u001b>\u001b[?2004l`);
    yield* this.#terminal.leave();
  }

  *#suspend(): Blocking<void> {
    const sys = this.#sys;
    yield* this.#exit();
    yield* this.#terminal.write("\n\nUse \"fg\" to return to nano.\n");
    sys.kill(0, SIGNALS.STOP);
    if (sys.charge(1)) yield* sys.preempt();
    this.#wipe();
    yield* this.#enter();
  }

  // ---- drawing

  *#draw(hideCursor = false): Blocking<void> {
    const buffer = this.#buffer;
    const options = this.#viewOptions;
    if (this.#options.constantPosition && this.#countdown === 0) this.#message = { text: this.#position(), alert: false };
    this.#view.title(buffer, options, this.#index, this.#buffers.length);
    this.#view.text(buffer, options, this.#spotlight);
    this.#view.message(this.#message, options);
    this.#view.keys("main", options, this.#buffers.length > 1);
    const [row, column] = this.#view.cursor(buffer, options);
    yield* this.#show(row, column, hideCursor || this.#spotlight !== undefined);
  }

  *#show(row: number, column: number, hidden = false): Blocking<void> {
    const bytes = this.#screen.update(row, Math.min(column, this.#screen.columns - 1));
    yield* this.#terminal.write(`\u001b[?25l${bytes}${hidden ? "" : "\u001b[?25h"}`);
  }

  #say(text: string, alert = false): void {
    this.#message = { text, alert };
    this.#countdown = this.#options.quickBlank ? 1 : BLANK_AFTER_KEYS;
  }

  #wipe(): void {
    this.#message = undefined;
    this.#countdown = 0;
  }

  /** Brings the cursor onto the screen: one line more, or in the middle after a jump. */
  #follow(how: "flow" | "center" = "flow"): void {
    const buffer = this.#buffer;
    const rows = this.#view.textRows(this.#viewOptions);
    if (this.#options.softWrap) {
      this.#followWrapped(how, rows);
      return;
    }
    buffer.topRow = 0;
    const line = buffer.cursor.line;
    if (line >= buffer.top && line < buffer.top + rows) return;
    if (how === "center") buffer.top = Math.max(0, line - Math.floor(rows / 2));
    else buffer.top = line < buffer.top ? line : line - rows + 1;
  }

  #followWrapped(how: "flow" | "center", rows: number): void {
    const buffer = this.#buffer;
    const columns = this.#view.textColumns(buffer, this.#viewOptions);
    const starts = this.#view.rowStarts(buffer.line, columns);
    const row = Math.max(0, starts.findLastIndex((start) => start <= columnOf(buffer.line, buffer.cursor.at)));
    const above = buffer.cursor.line < buffer.top || (buffer.cursor.line === buffer.top && row < buffer.topRow);
    if (above && how === "flow") {
      buffer.top = buffer.cursor.line;
      buffer.topRow = row;
      return;
    }
    const [screenRow] = this.#view.cursor(buffer, this.#viewOptions);
    if (!above && screenRow >= 1 && screenRow <= rows) return;
    // So many rows above the cursor stay on the screen.
    let left = how === "center" ? Math.floor(rows / 2) : rows - 1;
    let line = buffer.cursor.line;
    let at = row;
    while (left > 0 && (line > 0 || at > 0)) {
      if (at > 0) at--;
      else {
        line--;
        at = this.#view.rowStarts(buffer.lines[line] ?? "", columns).length - 1;
      }
      left--;
    }
    buffer.top = line;
    buffer.topRow = at;
  }

  // ---- keys

  *#rawKey(): Blocking<string> {
    for (;;) {
      const pending = this.#pending.shift();
      if (pending !== undefined) return pending;
      const event = yield* this.#terminal.next();
      if (!event) continue;
      if (event.kind === "end") throw new Leave();
      if (event.kind === "key") {
        if (this.#options.recording) this.#macro.push(event.key);
        return event.key;
      }
      if (event.kind === "resize") {
        this.#screen.resize(this.#terminal.size.rows, this.#terminal.size.cols);
        yield* this.#terminal.write(`\u001b[1;${this.#screen.rows}r\u001b[H\u001b[2J`);
        if (this.#buffers.length > 0) this.#follow();
        return "resize";
      }
      if (event.signal === SIGNALS.TERM || event.signal === SIGNALS.HUP) {
        yield* this.#emergency();
        throw new Leave();
      }
    }
  }

  *#key(): Blocking<string> {
    if (!this.#terminal.pending && this.#pending.length === 0) yield* this.#draw();
    const key = yield* this.#rawKey();
    this.#spotlight = undefined;
    if (this.#options.constantPosition || (this.#countdown > 0 && --this.#countdown === 0)) this.#wipe();
    return key;
  }

  *#emergency(): Blocking<void> {
    for (const buffer of this.#buffers) {
      if (!buffer.modified) continue;
      try {
        yield* store(this.#sys, `${buffer.name === "" ? "nano" : buffer.name}.save`, textOf(buffer), "write");
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
      removeLock(this.#sys, buffer.lockName);
    }
  }

  // ---- prompts

  *#prompt(menu: MenuName, text: () => string, initial: string, history: string[] | undefined, ends: ReadonlySet<string>): Blocking<Answer> {
    let answer = initial;
    let at = initial.length;
    let place = history?.length ?? 0;
    let typed = initial;
    for (;;) {
      if (!this.#terminal.pending) {
        const options = this.#viewOptions;
        this.#view.title(this.#buffer, options, this.#index, this.#buffers.length);
        this.#view.text(this.#buffer, options, this.#spotlight);
        this.#view.keys(menu, options, false);
        const column = this.#view.prompt(text(), answer, at, options);
        yield* this.#show(this.#view.statusRow(options), column);
      }
      const raw = yield* this.#rawKey();
      const key = keyName(raw);
      if (ends.has(key)) return { kind: "key", key, text: answer };
      switch (key) {
        case "resize":
          break;
        case "Enter":
          return { kind: "text", text: answer };
        case "^C":
          return { kind: "cancel" };
        case "Left":
        case "^B":
          at = Math.max(0, at - 1);
          break;
        case "Right":
        case "^F":
          at = Math.min(answer.length, at + 1);
          break;
        case "Home":
        case "^A":
          at = 0;
          break;
        case "End":
        case "^E":
          at = answer.length;
          break;
        case "Backspace":
          if (at > 0) {
            answer = answer.slice(0, at - 1) + answer.slice(at);
            at--;
          }
          break;
        case "Delete":
        case "^D":
          answer = answer.slice(0, at) + answer.slice(at + 1);
          break;
        case "^K":
          answer = "";
          at = 0;
          break;
        case "^U":
          answer = answer.slice(0, at) + (this.#cutLines.split("\n")[0] ?? "") + answer.slice(at);
          at += (this.#cutLines.split("\n")[0] ?? "").length;
          break;
        case "Up":
        case "^P":
          if (history && place > 0) {
            if (place === history.length) typed = answer;
            answer = history[--place] ?? "";
            at = answer.length;
          }
          break;
        case "Down":
        case "^N":
          if (history && place < history.length) {
            place++;
            answer = place === history.length ? typed : (history[place] ?? "");
            at = answer.length;
          }
          break;
        case "Tab":
          if (menu === "write" || menu === "insert") {
            const completed = this.#completeName(answer.slice(0, at));
            answer = completed + answer.slice(at);
            at = completed.length;
          }
          break;
        default:
          if (!raw.startsWith("\u001b") && raw >= " " && raw !== "\u007f") {
            answer = answer.slice(0, at) + raw + answer.slice(at);
            at += raw.length;
          }
      }
    }
  }

  #completeName(text: string): string {
    const slash = text.lastIndexOf("/") + 1;
    try {
      const names = this.#sys.readdir(slash === 0 ? "." : text.slice(0, slash)).filter((entry) => entry.name.startsWith(text.slice(slash)));
      const first = names[0];
      if (!first) return text;
      let common = first.name;
      for (const { name } of names) while (!name.startsWith(common)) common = common.slice(0, -1);
      return text.slice(0, slash) + common + (names.length === 1 && (first.type & 0o170000) === 0o040000 ? "/" : "");
    } catch (error) {
      if (error instanceof SysError) return text;
      throw error;
    }
  }

  /** yes, no, all, or undefined for cancel. */
  *#ask(question: string, withAll = false): Blocking<"yes" | "no" | "all" | undefined> {
    for (;;) {
      const options = this.#viewOptions;
      this.#view.title(this.#buffer, options, this.#index, this.#buffers.length);
      this.#view.text(this.#buffer, options, this.#spotlight);
      this.#view.choices(withAll, options);
      const column = this.#view.prompt(`${question} `, "", 0, options);
      yield* this.#show(this.#view.statusRow(options), withAll ? column - 1 : column, withAll);
      const key = yield* this.#rawKey();
      const answers = this.#view.answers;
      const letter = key.toUpperCase();
      if (letter === "Y" || letter === answers.yes) return "yes";
      if (letter === "N" || letter === answers.no) return "no";
      if (withAll && (letter === "A" || letter === answers.all)) return "all";
      if (key === "\u0003") return undefined;
    }
  }

  // ---- files

  #mention(): void {
    const buffer = this.#buffer;
    const count = buffer.lineCount;
    this.#say(`${buffer.name === "" ? "New Buffer" : buffer.name} -- ${count} line${count === 1 ? "" : "s"}`);
  }

  /** Opens a file in a new buffer; says what happened. */
  *#open(name: string, newBuffer: boolean): Blocking<void> {
    const sys = this.#sys;
    if (newBuffer && name !== "" && this.#options.locking && !this.#options.viewMode) {
      const lock = yield* readLock(sys, name);
      if (lock) {
        if (this.#buffers.length === 0) this.#buffers.push(new NanoBuffer("", [""]));
        const go = yield* this.#ask(`File ${name} is being edited by ${lock.user} (with ${lock.program}, PID ${lock.pid}); open anyway?`);
        if (this.#buffers.length === 1 && this.#buffer.name === "" && !this.#buffer.modified) this.#buffers.pop();
        if (go !== "yes") {
          if (this.#buffers.length === 0) {
            this.#buffers.push(new NanoBuffer("", [""]));
            this.#wipe();
          }
          return;
        }
      }
    }
    const problem = (text: string) => {
      if (newBuffer) this.#add(new NanoBuffer("", [""]));
      this.#say(text, true);
    };
    if (name === "") {
      this.#add(new NanoBuffer("", [""]));
      return;
    }
    try {
      const loaded = yield* load(sys, name);
      if ("refused" in loaded) {
        problem(loaded.refused);
        return;
      }
      const count = loaded.lines.length - 1;
      const buffer = new NanoBuffer(name, loaded.lines);
      buffer.format = loaded.format;
      buffer.mtimeUs = loaded.mtimeUs;
      buffer.mode = loaded.mode;
      this.#add(buffer);
      if (!loaded.writable && !this.#options.viewMode) this.#say(`File '${name}' is unwritable`, true);
      else if (this.#buffers.length > 1) this.#mention();
      else this.#say(`Read ${count} line${count === 1 ? "" : "s"}${loaded.format === "dos" ? " (Converted from DOS format)" : ""}`);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      if (error.errno === "ENOENT") {
        const slash = name.lastIndexOf("/");
        const directory = slash < 0 ? "." : slash === 0 ? "/" : name.slice(0, slash);
        this.#add(new NanoBuffer(name, [""]));
        try {
          sys.stat(directory);
          this.#say("New File");
        } catch (second) {
          if (!(second instanceof SysError)) throw second;
          this.#say(`Directory '${directory}' does not exist`, true);
          return;
        }
      } else {
        problem(`Error reading ${name}: ${error.message}`);
        return;
      }
    }
    const buffer = this.#buffer;
    if (this.#options.locking && !this.#options.viewMode) buffer.lockName = yield* writeLock(sys, name, this.#userName);
  }

  #add(buffer: NanoBuffer): void {
    this.#buffers.splice(this.#buffers.length === 0 ? 0 : this.#index + 1, 0, buffer);
    this.#index = this.#buffers.indexOf(buffer);
    if (this.#buffers.length > 1) this.#view.countBuffers();
  }

  /** Whether the buffer was written. `leaving`: on the way out. */
  *#write(leaving: boolean, withoutAsking = false): Blocking<boolean> {
    const buffer = this.#buffer;
    let how: "write" | "append" | "prepend" = "write";
    let answer = buffer.mark && !leaving ? "" : buffer.name;
    const region = leaving ? undefined : buffer.region();
    if (withoutAsking && buffer.name !== "") return yield* this.#save(buffer.name, how, undefined);
    for (;;) {
      const prompt = () => {
        const extra = `${buffer.format === "dos" ? " [DOS Format]" : buffer.format === "mac" ? " [Mac Format]" : ""}${this.#options.backup ? " [Backup]" : ""}`;
        const what = region ? (how === "append" ? "Append Selection to File" : how === "prepend" ? "Prepend Selection to File" : "Write Selection to File") : how === "append" ? "File Name to Append to" : how === "prepend" ? "File Name to Prepend to" : "File Name to Write";
        return `${what}${extra}: `;
      };
      const given = yield* this.#prompt("write", prompt, answer, undefined, new Set(["M-D", "M-M", "M-A", "M-P", "M-B", "^G", "^T", "^Q"]));
      if (given.kind === "cancel") {
        this.#say("Cancelled");
        return false;
      }
      answer = given.text;
      if (given.kind === "key") {
        if (given.key === "M-D") buffer.format = buffer.format === "dos" ? "unix" : "dos";
        else if (given.key === "M-M") buffer.format = buffer.format === "mac" ? "unix" : "mac";
        else if (given.key === "M-A") how = how === "append" ? "write" : "append";
        else if (given.key === "M-P") how = how === "prepend" ? "write" : "prepend";
        else if (given.key === "M-B") this.#options.backup = !this.#options.backup;
        else if (given.key === "^G") yield* this.#help("write");
        else if (given.key === "^Q") throw new Leave();
        const path = given.key === "^T" ? yield* this.#browse(answer) : undefined;
        if (path === undefined) continue;
        answer = path;
      }
      if (answer === "") {
        this.#say("Cancelled");
        return false;
      }
      if (how === "write" && answer !== buffer.name && !region) {
        let exists = true;
        try {
          this.#sys.stat(answer);
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          exists = false;
        }
        if (buffer.name !== "") {
          const different = yield* this.#ask("Save file under DIFFERENT NAME?");
          if (different === undefined) {
            this.#say("Cancelled");
            return false;
          }
          if (different === "no") continue;
        }
        if (exists) {
          const overwrite = yield* this.#ask(`File "${answer}" exists; OVERWRITE?`);
          if (overwrite === undefined) {
            this.#say("Cancelled");
            return false;
          }
          if (overwrite === "no") continue;
        }
      }
      return yield* this.#save(answer, how, region);
    }
  }

  *#save(name: string, how: "write" | "append" | "prepend", region: readonly [Point, Point] | undefined): Blocking<boolean> {
    const buffer = this.#buffer;
    const sys = this.#sys;
    const text = region ? `${buffer.textBetween(region[0], region[1])}${region[1].at > 0 ? "\n" : ""}` : textOf(buffer);
    try {
      if (how === "write" && !region && name === buffer.name && buffer.mtimeUs !== undefined) {
        try {
          if (sys.stat(name).mtimeUs !== buffer.mtimeUs && (yield* this.#ask("File on disk has changed; continue saving?")) !== "yes") {
            this.#say("Cancelled");
            return false;
          }
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
        }
      }
      if (this.#options.backup && how === "write") {
        try {
          const old = yield* load(sys, name);
          if ("lines" in old) yield* store(sys, `${name}~`, old.lines.join("\n"), "write");
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
        }
      }
      yield* store(sys, name, text, how);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      this.#say(`Error writing ${name}: ${error.message}`, true);
      return false;
    }
    const count = region ? region[1].line - region[0].line + (region[1].at > 0 ? 1 : 0) : buffer.lineCount;
    const format = buffer.format === "unix" ? "" : buffer.format === "dos" ? " in DOS format" : " in Mac format";
    this.#say(`${how === "append" ? "Appended" : how === "prepend" ? "Prepended" : "Wrote"} ${count} line${count === 1 ? "" : "s"}${format}`);
    if (how === "write" && !region) {
      if (buffer.name !== name) {
        removeLock(sys, buffer.lockName);
        buffer.name = name;
        buffer.lockName = this.#options.locking ? yield* writeLock(sys, name, this.#userName) : undefined;
      }
      buffer.modified = false;
      buffer.mtimeUs = sys.stat(name).mtimeUs;
    }
    return true;
  }

  *#close(): Blocking<void> {
    const buffer = this.#buffer;
    if (buffer.modified && !this.#options.viewMode) {
      const choice = this.#options.saveOnExit && buffer.name !== "" ? "yes" : yield* this.#ask("Save modified buffer?");
      if (choice === undefined) {
        this.#say("Cancelled");
        return;
      }
      if (choice === "yes" && !(yield* this.#write(true, this.#options.saveOnExit))) return;
    }
    removeLock(this.#sys, buffer.lockName);
    this.#buffers.splice(this.#index, 1);
    if (this.#buffers.length === 0) throw new Leave();
    this.#index = Math.max(0, Math.min(this.#index - 1, this.#buffers.length - 1));
    this.#mention();
  }

  *#insertFile(execute: boolean): Blocking<void> {
    let wantsExecute = execute;
    let text = "";
    let newBuffer = this.#options.multiBuffer;
    let pipe = "";
    for (;;) {
      const given: Answer = wantsExecute
        ? yield* this.#prompt("execute", () => `Command to execute${newBuffer ? " in new buffer" : ""}: `, pipe + text, this.#executeHistory, new Set(["^X", "M-F", "M-\\", "^G", "^Z", "^S", "^T", "^Y", "^J", "^O", "^V"]))
        : yield* this.#prompt("insert", () => `File to ${newBuffer ? "read into new buffer" : "insert"} [from ./]: `, text, undefined, new Set(["^X", "M-F", "M-N", "^G", "^T"]));
      if (given.kind === "cancel") {
        this.#say("Cancelled");
        return;
      }
      text = given.text;
      if (given.kind === "key") {
        if (given.key === "^X") wantsExecute = !wantsExecute;
        else if (given.key === "M-F") newBuffer = !newBuffer;
        else if (given.key === "^T" && !wantsExecute) {
          const path = yield* this.#browse(text);
          if (path === undefined) continue;
          if (newBuffer) yield* this.#open(path, true);
          else yield* this.#insertText(path);
          return;
        } else if (given.key === "^T" || given.key === "^S") {
          // no speller is installed
          this.#say('Error invoking "spell"', true);
          return;
        } else if (given.key === "M-\\") {
          pipe = text.startsWith("|") ? "" : "|";
          text = text.replace(/^\|/, "");
        } else if (given.key === "^Z") {
          yield* this.#suspend();
          return;
        } else if (given.key === "^J") {
          this.#justify(true);
          return;
        } else if (given.key === "^V") {
          this.#cutTillEnd();
          return;
        } else if (given.key === "^G") yield* this.#help("main");
        continue;
      }
      if (wantsExecute) yield* this.#execute(text, newBuffer);
      else if (text === "") this.#say("Cancelled");
      else if (newBuffer) yield* this.#open(text, true);
      else yield* this.#insertText(text);
      return;
    }
  }

  /** The path of a file chosen in the browser; undefined when it was closed. */
  *#browse(typed: string): Blocking<string | undefined> {
    const slash = typed.lastIndexOf("/");
    const start = slash < 0 ? this.#sys.getcwd() : typed.slice(0, slash) || "/";
    let browser: FileBrowser;
    try {
      browser = new FileBrowser(this.#sys, start);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      this.#say(`Cannot open directory: ${error.message}`, true);
      return undefined;
    }
    for (;;) {
      const screen = this.#screen;
      const options = { ...this.#viewOptions, lineNumbers: false };
      const rows = this.#view.textRows(options);
      const columns = screen.columns;
      const perRow = browser.perRow(columns);
      const first = Math.floor(browser.chosen / perRow / rows) * rows;
      screen.fill(0, "7");
      const title = `DIR: ${browser.directory}`;
      screen.put(0, Math.max(0, Math.floor((columns - title.length + 1) / 2)), title, "7");
      for (let row = 0; row < rows; row++) screen.fill(row + 1);
      let end: readonly [number, number] = [1, 0];
      for (let i = first * perRow; i < Math.min(browser.entries.length, (first + rows) * perRow); i++) {
        const row = Math.floor(i / perRow) - first + 1;
        const column = (i % perRow) * (browser.width(columns) + 2);
        const label = browser.label(i, columns);
        screen.put(row, column, label, i === browser.chosen ? "7" : "");
        end = [row, column + label.length];
      }
      this.#view.message(undefined, options);
      this.#view.keys("browser", options, false);
      yield* this.#show(end[0], Math.min(columns - 1, end[1]), true);
      const key = keyName(yield* this.#rawKey());
      switch (key) {
        case "^X":
        case "^C":
        case "Escape":
        case "\u001b":
        case "e":
        case "q":
          return undefined;
        case "Left":
        case "^B":
          browser.move(-1);
          break;
        case "Right":
        case "^F":
          browser.move(1);
          break;
        case "Up":
        case "^P":
          if (browser.chosen >= perRow) browser.move(-perRow);
          break;
        case "Down":
        case "^N":
          if (browser.chosen + perRow < browser.entries.length) browser.move(perRow);
          break;
        case "PageUp":
        case "^Y":
          browser.move(-perRow * rows);
          break;
        case "PageDown":
        case "^V":
        case " ":
          browser.move(perRow * rows);
          break;
        case "Home":
        case "M-\\":
          browser.move(-browser.entries.length);
          break;
        case "End":
        case "M-/":
          browser.move(browser.entries.length);
          break;
        case "Enter":
        case "s": {
          const { path, directory } = browser.choice;
          if (!directory) return path;
          try {
            browser = new FileBrowser(this.#sys, path);
          } catch (error) {
            if (!(error instanceof SysError)) throw error;
            this.#say(`Error reading ${path}: ${error.message}`, true);
          }
          break;
        }
        default:
      }
    }
  }

  #cutTillEnd(): void {
    const buffer = this.#buffer;
    this.#wipe();
    this.#cutLines = buffer.textBetween(buffer.cursor, buffer.end);
    buffer.change("cut", () => void buffer.remove(buffer.cursor, buffer.end));
  }

  *#insertText(name: string): Blocking<void> {
    try {
      const loaded = yield* load(this.#sys, name);
      if ("refused" in loaded) {
        this.#say(loaded.refused, true);
        return;
      }
      this.#buffer.change("insertion", () => this.#buffer.insert(loaded.lines.join("\n")));
      const count = loaded.lines.length - 1;
      this.#say(`Read ${count} line${count === 1 ? "" : "s"}`);
      this.#follow("center");
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      this.#say(error.errno === "ENOENT" ? `File "${name}" not found` : `Error reading ${name}: ${error.message}`, true);
    }
  }

  *#execute(command: string, newBuffer: boolean): Blocking<void> {
    if (command === "") return;
    this.#executeHistory.push(command);
    const sys = this.#sys;
    const buffer = this.#buffer;
    if (command.startsWith("|")) {
      const [from, to] = buffer.region() ?? [{ line: 0, at: 0 }, buffer.end];
      const made = yield* this.#filtered(command.slice(1), buffer.textBetween(from, to));
      buffer.change("filtering", () => {
        buffer.remove(from, to);
        buffer.insert(made);
      });
      buffer.mark = undefined;
      this.#follow("center");
      return;
    }
    const pipe = openShellPipe(sys, `${command} 2>&1 </dev/null`, "r");
    let output = "";
    for (;;) {
      const bytes = yield* sys.read(pipe.fd, 65536);
      if (bytes.length === 0) break;
      output += decode(bytes);
    }
    sys.close(pipe.fd);
    yield* waitFor(sys, pipe.pid);
    if (newBuffer) this.#add(new NanoBuffer("", cut(output).lines));
    else buffer.change("insertion", () => buffer.insert(output));
    const count = output.split("\n").length - (output.endsWith("\n") || output === "" ? 1 : 0);
    this.#say(`Read ${count} line${count === 1 ? "" : "s"}`);
    this.#follow("center");
  }

  /** What a command makes of a text on its standard input. */
  *#filtered(command: string, text: string): Blocking<string> {
    const sys = this.#sys;
    const name = `/tmp/nano.${sys.getpid()}`;
    yield* store(sys, name, text, "write");
    const pipe = openShellPipe(sys, `(${command}) <${name} 2>&1`, "r");
    let output = "";
    for (;;) {
      const bytes = yield* sys.read(pipe.fd, 65536);
      if (bytes.length === 0) break;
      output += decode(bytes);
    }
    sys.close(pipe.fd);
    yield* waitFor(sys, pipe.pid);
    sys.unlink(name);
    return output;
  }

  // ---- commands

  *#command(raw: string): Blocking<void> {
    const buffer = this.#buffer;
    if (raw === "\u001b[200~") {
      this.#pasting = true;
      return;
    }
    if (raw === "\u001b[201~") {
      this.#pasting = false;
      return;
    }
    if (raw === "resize") {
      this.#wipe();
      return;
    }
    const key = keyName(raw);
    const wasCut = this.#keepCut;
    this.#keepCut = undefined;
    if (this.#options.viewMode && CHANGING.has(key) && !(raw.startsWith("\u001b") && key === raw)) {
      this.#say("Key is invalid in view mode", true);
      return;
    }
    if (!raw.startsWith("\u001b") && ((raw >= " " && raw !== "\u007f") || (this.#pasting && raw === "\t"))) {
      if (this.#options.viewMode) {
        this.#say("Key is invalid in view mode", true);
        return;
      }
      this.#liftSoftMark();
      buffer.change("addition", () => buffer.insert(raw), true);
      this.#follow();
      return;
    }
    if (this.#pasting && (raw === "\r" || raw === "\n")) {
      buffer.change("addition", () => buffer.insert("\n"), true);
      this.#follow();
      return;
    }
    const shifted = /^S-(.*)$/.exec(key);
    const moving = shifted ? (shifted[1] ?? "") : key;
    if (MOVES.has(moving)) {
      if (shifted) {
        if (!buffer.mark) {
          buffer.mark = buffer.cursor;
          buffer.softMark = true;
        }
      } else this.#liftSoftMark();
      buffer.breakGroup();
      this.#move(moving);
      return;
    }
    switch (key) {
      case "resize":
        return;
      case "^X":
        yield* this.#close();
        return;
      case "^G":
      case "F1":
        yield* this.#help("main");
        return;
      case "^O":
      case "F3":
        yield* this.#write(false);
        return;
      case "^S":
        yield* this.#write(false, true);
        return;
      case "^R":
      case "Insert":
        yield* this.#insertFile(false);
        return;
      case "^T":
        yield* this.#insertFile(true);
        return;
      case "^Z":
        this.#say("To suspend, type ^T^Z", true);
        return;
      case "Enter":
        this.#liftSoftMark();
        buffer.change("line break", () => {
          const indent = this.#options.autoIndent ? (/^[ \t]*/.exec(buffer.line.slice(0, buffer.cursor.at))?.[0] ?? "") : "";
          buffer.insert(`\n${indent}`);
        });
        this.#follow();
        return;
      case "Tab":
        if (buffer.mark && !buffer.softMark) this.#indent(1);
        else {
          const column = columnOf(buffer.line, buffer.cursor.at);
          buffer.change("addition", () => buffer.insert(this.#options.tabsToSpaces ? " ".repeat(8 - (column % 8)) : "\t"), true);
        }
        return;
      case "Backspace": {
        if (this.#deleteZapped()) return;
        this.#liftSoftMark();
        const to = buffer.cursor;
        const from = buffer.previous();
        if (!before(from, to)) return;
        if (from.line !== to.line) {
          // The line break before the last, empty line stays.
          if (to.line === buffer.lines.length - 1 && buffer.line === "") {
            buffer.moveTo(from);
            this.#follow();
            return;
          }
          buffer.change("line join", () => void buffer.remove(from, to));
        } else buffer.change("deletion", () => void buffer.remove(from, to), true);
        this.#follow();
        return;
      }
      case "Delete":
      case "^D": {
        if (this.#deleteZapped()) return;
        this.#liftSoftMark();
        const from = buffer.cursor;
        const to = buffer.next();
        if (!before(from, to) || (to.line !== from.line && to.line === buffer.lines.length - 1 && buffer.lines[to.line] === "")) return;
        buffer.change(to.line === from.line ? "deletion" : "line join", () => void buffer.remove(from, to), to.line === from.line);
        return;
      }
      case "C-Delete":
        this.#removeTo(buffer.nextWord());
        return;
      case "M-Backspace":
      case "C-Backspace":
      case "^H":
        this.#removeTo(buffer.previousWord());
        return;
      case "^K":
      case "F9":
        this.#cut(wasCut === "cut");
        return;
      case "M-6":
      case "M-^":
        this.#copy(wasCut === "copy");
        return;
      case "^U":
      case "F10":
        this.#paste();
        return;
      case "M-T":
        this.#cutTillEnd();
        return;
      case "M-U": {
        const name = buffer.undo();
        if (name === undefined) this.#say("Nothing to undo", true);
        else this.#say(`Undid ${name}`);
        this.#follow("center");
        return;
      }
      case "M-E": {
        const name = buffer.redo();
        if (name === undefined) this.#say("Nothing to redo", true);
        else this.#say(`Redid ${name}`);
        this.#follow("center");
        return;
      }
      case "M-A":
      case "^^":
        if (buffer.mark) {
          buffer.mark = undefined;
          this.#say("Mark Unset");
        } else {
          buffer.mark = buffer.cursor;
          buffer.softMark = false;
          this.#say("Mark Set");
        }
        return;
      case "M-}":
        this.#indent(1);
        return;
      case "M-{":
      case "S-Tab":
        this.#indent(-1);
        return;
      case "M-3":
        this.#comment();
        return;
      case "^W":
      case "F6":
        yield* this.#searchCommand(false);
        return;
      case "^Q":
        yield* this.#searchCommand(true);
        return;
      case "M-W":
      case "M-Q":
        this.#options.backwards = key === "M-Q";
        if (this.#last.text === "") this.#say("No current search pattern", true);
        else this.#find(this.#last.text);
        return;
      case "^\\":
      case "M-R":
        yield* this.#replaceCommand();
        return;
      case "^_":
      case "M-G":
        yield* this.#goToCommand();
        return;
      case "^C":
      case "F11":
        this.#say(this.#position());
        return;
      case "M-D":
        this.#countWords();
        return;
      case "^L":
        this.#screen.forget();
        yield* this.#terminal.write("\u001b[H\u001b[2J");
        return;
      case "^J":
        this.#justify(false);
        return;
      case "M-J":
        this.#justify(true);
        return;
      case "M-]":
        this.#bracket();
        return;
      case "M-N":
        this.#toggle("lineNumbers", "Line numbering");
        return;
      case "M-P":
        this.#toggle("whitespace", "Whitespace display");
        return;
      case "M-S":
      case "M-$":
        this.#toggle("softWrap", "Soft wrapping of overlong lines");
        buffer.topRow = 0;
        this.#follow();
        return;
      case "M-X":
        this.#options.helpLines = !this.#options.helpLines;
        this.#follow();
        this.#say(`Help mode ${this.#options.helpLines ? "enabled" : "disabled"}`);
        return;
      case "M-C":
        this.#options.constantPosition = !this.#options.constantPosition;
        this.#wipe();
        return;
      case "M-I":
        this.#toggle("autoIndent", "Auto indent");
        return;
      case "M-K":
        this.#toggle("cutFromCursor", "Cut to end");
        return;
      case "M-L":
        this.#toggle("hardWrap", "Hard wrapping of overlong lines");
        return;
      case "M-H":
        this.#toggle("smartHome", "Smart home key");
        return;
      case "M-O":
        this.#toggle("tabsToSpaces", "Conversion of typed tabs to spaces");
        return;
      case "M-M":
        this.#say("Mouse support disabled");
        return;
      case "M-Y":
        this.#say("Color syntax highlighting disabled");
        return;
      case "M->":
      case "M-.":
        this.#switch(1);
        return;
      case "M-<":
      case "M-,":
        this.#switch(-1);
        return;
      case "M-:":
        if (this.#options.recording) {
          this.#options.recording = false;
          this.#macro.splice(-1);
          this.#say("Stopped recording");
        } else {
          this.#options.recording = true;
          this.#macro = [];
          this.#say("Recording a macro...");
        }
        return;
      case "M-;":
        if (this.#options.recording) {
          this.#say("Cannot run macro while recording", true);
          return;
        }
        if (this.#macro.length === 0) this.#say("Macro is empty", true);
        else this.#pending.push(...this.#macro);
        return;
      case "M-V": {
        this.#say("Verbatim Input");
        yield* this.#draw();
        const next = yield* this.#rawKey();
        buffer.change("addition", () => buffer.insert(next === "\r" ? "\n" : next), true);
        this.#wipe();
        return;
      }
      default:
        if (key === "^[" || key === "^@") return;
        this.#say(raw.startsWith("\u001b") ? (key.startsWith("M-") ? `Unbound key: ${key}` : "Unknown sequence") : `Unbound key: ${key}`, true);
    }
  }

  #liftSoftMark(): void {
    const buffer = this.#buffer;
    if (buffer.softMark) {
      buffer.mark = undefined;
      buffer.softMark = false;
    }
  }

  /** -Z: Backspace and Delete erase the region. */
  #deleteZapped(): boolean {
    const buffer = this.#buffer;
    const region = buffer.region();
    if (!this.#options.zap || !region) return false;
    buffer.change("cut", () => void buffer.remove(region[0], region[1]));
    buffer.mark = undefined;
    buffer.softMark = false;
    return true;
  }

  #toggle(option: "lineNumbers" | "whitespace" | "softWrap" | "autoIndent" | "cutFromCursor" | "hardWrap" | "smartHome" | "tabsToSpaces", text: string): void {
    this.#options[option] = !this.#options[option];
    this.#say(`${text} ${this.#options[option] ? "enabled" : "disabled"}`);
  }

  #switch(by: number): void {
    if (this.#buffers.length < 2) {
      this.#say("No more open file buffers", true);
      return;
    }
    this.#index = (this.#index + by + this.#buffers.length) % this.#buffers.length;
    this.#mention();
  }

  #move(key: string): void {
    const buffer = this.#buffer;
    const rows = this.#view.textRows(this.#viewOptions);
    const { line, at } = buffer.cursor;
    switch (key) {
      case "Left":
      case "^B":
        buffer.moveTo(buffer.previous());
        break;
      case "Right":
      case "^F":
        buffer.moveTo(buffer.next());
        break;
      case "Up":
      case "^P":
        this.#vertical(-1);
        break;
      case "Down":
      case "^N":
        this.#vertical(1);
        break;
      case "Home":
      case "^A": {
        const indent = /^\s*/.exec(buffer.line)?.[0].length ?? 0;
        buffer.moveTo({ line, at: this.#options.smartHome && at !== indent ? indent : this.#options.softWrap ? this.#rowEdge(false) : 0 });
        break;
      }
      case "End":
      case "^E":
        buffer.moveTo({ line, at: this.#options.softWrap ? this.#rowEdge(true) : buffer.line.length });
        break;
      case "C-Left":
      case "M-Space":
        buffer.moveTo(buffer.previousWord());
        break;
      case "C-Right":
      case "^@":
        buffer.moveTo(buffer.nextWord());
        break;
      case "C-Home":
      case "M-\\":
      case "M-|":
        buffer.moveTo({ line: 0, at: 0 });
        break;
      case "C-End":
      case "M-/":
      case "M-?":
        buffer.moveTo(buffer.end);
        break;
      case "C-Up":
      case "M-7":
        this.#block(-1);
        break;
      case "C-Down":
      case "M-8":
        this.#block(1);
        break;
      case "M-(":
      case "M-9":
        this.#paragraph(-1);
        break;
      case "M-)":
      case "M-0":
        this.#paragraph(1);
        break;
      case "PageDown":
      case "^V": {
        const step = Math.max(1, rows - 2);
        if (line + step >= buffer.lines.length) {
          buffer.moveTo(buffer.end);
          break;
        }
        buffer.top += step;
        buffer.moveLine(line + step);
        break;
      }
      case "PageUp":
      case "^Y": {
        const step = Math.max(1, rows - 2);
        if (line - step < 0) {
          buffer.moveTo({ line: 0, at: 0 });
          break;
        }
        buffer.top = Math.max(0, buffer.top - step);
        buffer.moveLine(line - step);
        break;
      }
      case "M-Up":
      case "M--":
      case "M-_":
        if (buffer.top > 0) {
          buffer.top--;
          if (line > buffer.top + rows - 1) buffer.moveLine(buffer.top + rows - 1);
        }
        break;
      case "M-Down":
      case "M-+":
      case "M-=":
        if (buffer.top + 1 < buffer.lines.length) {
          buffer.top++;
          if (line < buffer.top) buffer.moveLine(buffer.top);
        }
        break;
    }
    this.#follow();
  }

  #vertical(by: 1 | -1): void {
    const buffer = this.#buffer;
    if (!this.#options.softWrap) {
      if (buffer.cursor.line + by >= 0 && buffer.cursor.line + by < buffer.lines.length) buffer.moveLine(buffer.cursor.line + by);
      return;
    }
    const columns = this.#view.textColumns(buffer, this.#viewOptions);
    const starts = this.#view.rowStarts(buffer.line, columns);
    const column = columnOf(buffer.line, buffer.cursor.at);
    const row = starts.findLastIndex((start) => start <= column);
    const wanted = buffer.wanted % columns;
    const inRow = (line: number, index: number) => {
      const text = buffer.lines[line] ?? "";
      const rowStarts = this.#view.rowStarts(text, columns);
      const start = rowStarts[index] ?? 0;
      const next = rowStarts[index + 1];
      let at = indexOfColumn(text, start + wanted);
      if (next !== undefined && columnOf(text, at) >= next) at = indexOfColumn(text, next - 1);
      buffer.cursor = { line, at };
    };
    if (row + by >= 0 && row + by < starts.length) inRow(buffer.cursor.line, row + by);
    else if (by < 0 && buffer.cursor.line > 0) {
      const line = buffer.cursor.line - 1;
      inRow(line, this.#view.rowStarts(buffer.lines[line] ?? "", columns).length - 1);
    } else if (by > 0 && buffer.cursor.line + 1 < buffer.lines.length) inRow(buffer.cursor.line + 1, 0);
  }

  /** Soft wrap: the beginning or the end of the row; there already, of the line. */
  #rowEdge(end: boolean): number {
    const buffer = this.#buffer;
    const columns = this.#view.textColumns(buffer, this.#viewOptions);
    const starts = this.#view.rowStarts(buffer.line, columns);
    const column = columnOf(buffer.line, buffer.cursor.at);
    const row = starts.findLastIndex((start) => start <= column);
    if (!end) {
      const at = indexOfColumn(buffer.line, starts[row] ?? 0);
      return at === buffer.cursor.at ? 0 : starts.length > 1 && row === starts.length - 1 && at === buffer.line.length ? 0 : at;
    }
    const next = starts[row + 1];
    if (next === undefined) return buffer.line.length;
    const at = indexOfColumn(buffer.line, next - 1);
    return at === buffer.cursor.at ? buffer.line.length : at;
  }

  /** To the beginning of the block of text before, or of the one behind. */
  #block(by: 1 | -1): void {
    const buffer = this.#buffer;
    const blank = (line: number) => (buffer.lines[line] ?? "").trim() === "";
    let line = buffer.cursor.line;
    if (by > 0) {
      while (line < buffer.lines.length - 1 && !blank(line)) line++;
      while (line < buffer.lines.length - 1 && blank(line)) line++;
    } else {
      if (line > 0) line--;
      while (line > 0 && blank(line)) line--;
      while (line > 0 && !blank(line - 1)) line--;
    }
    buffer.moveTo({ line, at: 0 });
  }

  #paragraph(by: 1 | -1): void {
    this.#block(by);
  }

  // ---- cutting and pasting

  #cut(append: boolean): void {
    const buffer = this.#buffer;
    this.#wipe();
    const region = buffer.region();
    let from: Point;
    let to: Point;
    if (region) [from, to] = region;
    else {
      const { line, at } = buffer.cursor;
      if (line === buffer.lines.length - 1 && buffer.line === "") {
        this.#say("Nothing was cut");
        return;
      }
      from = { line, at: this.#options.cutFromCursor ? at : 0 };
      if (this.#options.cutFromCursor && at < buffer.line.length) to = { line, at: buffer.line.length };
      else to = line + 1 < buffer.lines.length ? { line: line + 1, at: 0 } : { line, at: buffer.line.length };
    }
    let text = "";
    buffer.change("cut", () => {
      text = buffer.remove(from, to);
    });
    this.#cutLines = append && !region ? this.#cutLines + text : text;
    buffer.mark = undefined;
    buffer.softMark = false;
    this.#keepCut = region ? undefined : "cut";
    this.#follow("center");
  }

  #copy(append: boolean): void {
    const buffer = this.#buffer;
    this.#wipe();
    const region = buffer.region();
    if (region) {
      this.#cutLines = buffer.textBetween(region[0], region[1]);
      buffer.mark = undefined;
      buffer.softMark = false;
      return;
    }
    const { line } = buffer.cursor;
    if (line === buffer.lines.length - 1 && buffer.line === "") {
      this.#say("Nothing was copied", true);
      return;
    }
    const text = `${buffer.line}\n`;
    this.#cutLines = append ? this.#cutLines + text : text;
    this.#keepCut = "copy";
    buffer.moveTo({ line: line + 1, at: 0 });
    this.#follow();
  }

  #paste(): void {
    const buffer = this.#buffer;
    this.#wipe();
    if (this.#cutLines === "") {
      this.#say("Cutbuffer is empty", true);
      return;
    }
    this.#liftSoftMark();
    buffer.change("paste", () => buffer.insert(this.#cutLines));
    this.#follow("flow");
  }

  #removeTo(word: Point): void {
    const buffer = this.#buffer;
    const { cursor } = buffer;
    // A word on another line: first up to the line's end, then its break alone.
    let target = word;
    if (word.line < cursor.line) target = cursor.at > 0 ? { line: cursor.line, at: 0 } : buffer.previous();
    else if (word.line > cursor.line) target = cursor.at < buffer.line.length ? { line: cursor.line, at: buffer.line.length } : buffer.next();
    const [from, to] = before(target, buffer.cursor) ? [target, buffer.cursor] : [buffer.cursor, target];
    if (!before(from, to)) return;
    // The break before the last, empty line cannot go.
    if (to.line === buffer.lines.length - 1 && to.at === 0 && buffer.lines[to.line] === "" && from.line === to.line - 1 && from.at === (buffer.lines[from.line] ?? "").length) {
      buffer.moveTo(from);
      this.#follow();
      return;
    }
    buffer.change("cut", () => void buffer.remove(from, to));
    this.#follow();
  }

  // ---- lines

  #chosenLines(): readonly [number, number] {
    const region = this.#buffer.region();
    if (!region) return [this.#buffer.cursor.line, this.#buffer.cursor.line];
    const [from, to] = region;
    return [from.line, to.at === 0 && to.line > from.line ? to.line - 1 : to.line];
  }

  #eachLine(name: ChangeName, edit: (line: string) => string): void {
    const buffer = this.#buffer;
    const [first, last] = this.#chosenLines();
    const { mark } = buffer;
    buffer.change(name, () => {
      const { cursor } = buffer;
      let cursorAt = cursor.at;
      let markAt = mark?.at ?? 0;
      for (let i = first; i <= last; i++) {
        const old = buffer.lines[i] ?? "";
        const made = edit(old);
        buffer.lines[i] = made;
        const grown = made.length - old.length;
        if (i === cursor.line && cursorAt > 0) cursorAt = Math.max(0, cursorAt + grown);
        if (mark && i === mark.line && markAt > 0) markAt = Math.max(0, markAt + grown);
      }
      buffer.moveTo({ line: cursor.line, at: cursorAt });
      if (mark) buffer.mark = { line: mark.line, at: Math.min(markAt, (buffer.lines[mark.line] ?? "").length) };
    });
  }

  #indent(by: 1 | -1): void {
    const unit = this.#options.tabsToSpaces ? "        " : "\t";
    if (by > 0) this.#eachLine("indent", (line) => (line === "" ? line : unit + line));
    else this.#eachLine("unindent", (line) => line.replace(/^(\t| {1,8})/, ""));
  }

  #comment(): void {
    const buffer = this.#buffer;
    const [first, last] = this.#chosenLines();
    const all = buffer.lines.slice(first, last + 1).filter((line) => line !== "").every((line) => line.startsWith("#"));
    this.#eachLine(all ? "uncomment" : "comment", (line) => (all ? line.replace(/^#/, "") : line === "" ? line : `#${line}`));
  }

  /** Fills the paragraph (or all of them) to the right margin. */
  #justify(everything: boolean): void {
    const buffer = this.#buffer;
    const fill = Math.max(1, this.#screen.columns - 8);
    const blank = (line: number) => (buffer.lines[line] ?? "").trim() === "";
    const filled = (from: number, to: number): string[] => {
      const lead = /^[ \t]*/.exec(buffer.lines[from] ?? "")?.[0] ?? "";
      const words = buffer.lines.slice(from, to + 1).join(" ").trim().split(/\s+/);
      const lines: string[] = [];
      let line = lead;
      for (const word of words) {
        if (line.trim() !== "" && columnOf(line, line.length) + 1 + word.length > fill) {
          lines.push(line);
          line = lead;
        }
        line += line.trim() === "" ? word : ` ${word}`;
      }
      lines.push(line);
      return lines;
    };
    let start = buffer.cursor.line;
    if (everything) start = 0;
    while (start < buffer.lines.length && blank(start)) start++;
    if (start >= buffer.lines.length) {
      buffer.moveTo(buffer.end);
      this.#follow();
      return;
    }
    if (!everything) while (start > 0 && !blank(start - 1)) start--;
    buffer.change("justification", () => {
      let at = start;
      let end = start;
      for (;;) {
        while (at < buffer.lines.length && blank(at)) at++;
        if (at >= buffer.lines.length) break;
        end = at;
        while (end + 1 < buffer.lines.length && !blank(end + 1)) end++;
        const lines = filled(at, end);
        buffer.lines.splice(at, end - at + 1, ...lines);
        at += lines.length;
        end = at;
        if (!everything) break;
      }
      buffer.moveTo({ line: Math.min(end, buffer.lines.length - 1), at: 0 });
    });
    this.#say(everything ? "Justified file" : "Justified paragraph");
    this.#follow("center");
  }

  #bracket(): void {
    const buffer = this.#buffer;
    const pairs = "(<[{)>]}";
    const here = pairs.indexOf(buffer.line[buffer.cursor.at] ?? " ");
    if (here < 0) {
      this.#say("Not a bracket", true);
      return;
    }
    const open = here < 4;
    const own = pairs[here];
    const other = pairs[(here + 4) % 8];
    let depth = 0;
    let at = buffer.cursor;
    for (;;) {
      const c = (buffer.lines[at.line] ?? "")[at.at];
      if (c === own) depth++;
      else if (c === other && --depth === 0) {
        buffer.moveTo(at);
        this.#follow("center");
        return;
      }
      const to = open ? buffer.next(at) : buffer.previous(at);
      if (to.line === at.line && to.at === at.at) break;
      at = to;
    }
    this.#say("No matching bracket", true);
  }

  // ---- positions

  #position(): string {
    const buffer = this.#buffer;
    const total = buffer.lines.length;
    const line = buffer.cursor.line + 1;
    const column = columnOf(buffer.line, buffer.cursor.at) + 1;
    const columns = columnOf(buffer.line, buffer.line.length) + 1;
    const all = buffer.characters();
    const sum = buffer.characters({ line: 0, at: 0 }, buffer.cursor);
    const percent = (part: number, whole: number) => (whole === 0 ? 0 : Math.floor((100 * part) / whole));
    const lineDigits = Math.max(2, String(total).length);
    const allDigits = String(all).length;
    return `line ${String(line).padStart(lineDigits)}/${total} (${String(percent(line, total)).padStart(2)}%), col ${String(column).padStart(2)}/${String(columns).padStart(2)} (${String(percent(column, columns)).padStart(3)}%), char ${String(sum).padStart(allDigits)}/${all} (${String(percent(sum, all)).padStart(2)}%)`;
  }

  #countWords(): void {
    const buffer = this.#buffer;
    const region = buffer.region();
    const text = region ? buffer.textBetween(region[0], region[1]) : buffer.textBetween({ line: 0, at: 0 }, buffer.end);
    const lines = region ? region[1].line - region[0].line + (region[1].at > 0 || region[0].line === region[1].line ? 1 : 0) : buffer.lineCount;
    const words = text.split(/[^\p{L}\p{N}\p{M}\p{P}\p{S}]+/u).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
    const characters = [...text].length;
    const s = (count: number, word: string) => `${count} ${word}${count === 1 ? "" : "s"}`;
    this.#say(`${region ? "In Selection:  " : ""}${s(lines, "line")},  ${s(words, "word")},  ${s(characters, "character")}`);
  }

  #goTo(line: number | undefined, column: number | undefined): void {
    const buffer = this.#buffer;
    const wanted = line ?? buffer.cursor.line + 1;
    const to = wanted < 0 ? Math.max(0, buffer.lines.length + wanted) : Math.max(0, Math.min(wanted, buffer.lines.length) - 1);
    if (column === undefined) {
      const keep = buffer.wanted;
      buffer.moveLine(to);
      buffer.wanted = keep;
    } else {
      const text = buffer.lines[to] ?? "";
      const at = column < 0 ? Math.max(0, columnOf(text, text.length) + 1 + column) : column - 1;
      buffer.moveTo({ line: to, at: indexOfColumn(text, at) });
    }
    // A jump puts the line in the middle, unless the last lines fit anyway.
    const rows = this.#view.textRows(this.#viewOptions);
    buffer.top = Math.max(0, buffer.cursor.line - Math.floor(rows / 2));
    buffer.topRow = 0;
    if (this.#options.softWrap) this.#follow("center");
  }

  *#goToCommand(): Blocking<void> {
    const given = yield* this.#prompt("gotoLine", () => "Enter line number, column number: ", "", undefined, new Set(["^Y", "^V", "^W", "^O", "^T", "^G"]));
    if (given.kind === "cancel") {
      this.#say("Cancelled");
      return;
    }
    this.#wipe();
    if (given.kind === "key") {
      if (given.key === "^Y") this.#move("M-\\");
      else if (given.key === "^V") this.#move("M-/");
      else if (given.key === "^W") this.#move("M-(");
      else if (given.key === "^O") this.#move("M-)");
      else if (given.key === "^T") yield* this.#searchCommand(false);
      else yield* this.#help("main");
      return;
    }
    const found = /^\s*([+-]?\d+)?\s*(?:[,.;: ]\s*([+-]?\d+))?\s*$/.exec(given.text);
    if (given.text.trim() === "") {
      this.#say("Cancelled");
      return;
    }
    if (!found || (found[1] === undefined && found[2] === undefined)) {
      this.#say("Invalid line or column number", true);
      return;
    }
    this.#goTo(found[1] === undefined ? undefined : Number(found[1]), found[2] === undefined ? undefined : Number(found[2]));
  }

  // ---- searching and replacing

  #searchPrompt(lead: string): string {
    const options = `${this.#options.caseSensitive ? " [Case Sensitive]" : ""}${this.#options.regexp ? " [Regexp]" : ""}${this.#options.backwards ? " [Backwards]" : ""}`;
    const last = this.#last.text === "" ? "" : ` [${this.#last.text.length > 30 ? `${this.#last.text.slice(0, 27)}...` : this.#last.text}]`;
    return `${lead}${options}${last}: `;
  }

  *#searchCommand(backwards: boolean): Blocking<void> {
    this.#options.backwards = backwards;
    const text = yield* this.#askPattern("search", "Search");
    if (text === undefined) return;
    if (text === "replace") {
      yield* this.#replaceCommand();
      return;
    }
    if (text === "goto") {
      yield* this.#goToCommand();
      return;
    }
    this.#find(text.pattern);
  }

  *#askPattern(menu: "search" | "replace", lead: string): Blocking<{ readonly pattern: string } | "replace" | "goto" | undefined> {
    let typed = "";
    for (;;) {
      const given = yield* this.#prompt(menu, () => this.#searchPrompt(lead).replace(/: $/, menu === "replace" ? " (to replace): " : ": "), typed, this.#searchHistory, new Set(["M-C", "M-R", "M-B", "^R", "^T", "^G", "^W", "^Q"]));
      if (given.kind === "cancel") {
        this.#say("Cancelled");
        return undefined;
      }
      typed = given.text;
      if (given.kind === "key") {
        if (given.key === "M-C") this.#options.caseSensitive = !this.#options.caseSensitive;
        else if (given.key === "M-R") this.#options.regexp = !this.#options.regexp;
        else if (given.key === "M-B") this.#options.backwards = !this.#options.backwards;
        else if (given.key === "^R") return "replace";
        else if (given.key === "^T") return "goto";
        else if (given.key === "^G") yield* this.#help("main");
        continue;
      }
      if (typed === "" && this.#last.text === "") {
        this.#say("Cancelled");
        return undefined;
      }
      this.#wipe();
      const pattern = typed === "" ? this.#last.text : typed;
      if (typed !== "") yield* this.#rememberSearch(typed);
      this.#last = { text: pattern };
      return { pattern };
    }
  }

  *#rememberSearch(text: string): Blocking<void> {
    const old = this.#searchHistory.indexOf(text);
    if (old >= 0) this.#searchHistory.splice(old, 1);
    this.#searchHistory.push(text);
    if (this.#options.historyLog) yield* this.#writeHistory();
  }

  #historyFile(): string | undefined {
    const environment = this.#sys.environment;
    const home = environment.get("HOME");
    if (home === undefined) return undefined;
    return `${environment.get("XDG_DATA_HOME") ?? `${home}/.local/share`}/nano/search_history`;
  }

  *#readHistory(): Blocking<void> {
    const file = this.#historyFile();
    if (file === undefined) return;
    const directory = file.slice(0, file.lastIndexOf("/"));
    try {
      for (let slash = directory.indexOf("/", 1); ; slash = directory.indexOf("/", slash + 1)) {
        const part = slash < 0 ? directory : directory.slice(0, slash);
        try {
          this.#sys.mkdir(part, 0o700);
        } catch (error) {
          if (!(error instanceof SysError) || error.errno !== "EEXIST") throw error;
        }
        if (slash < 0) break;
      }
      const loaded = yield* load(this.#sys, file);
      if (!("lines" in loaded)) return;
      const text = loaded.lines.join("\n");
      const [search = "", replace = "", execute = ""] = text.split("\n\n");
      this.#searchHistory.push(...search.split("\n").filter((line) => line !== ""));
      this.#replaceHistory.push(...replace.split("\n").filter((line) => line !== ""));
      this.#executeHistory.push(...execute.split("\n").filter((line) => line !== ""));
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }

  *#writeHistory(): Blocking<void> {
    const file = this.#historyFile();
    if (file === undefined) return;
    const block = (lines: readonly string[]) => `${lines.slice(-100).map((line) => `${line}\n`).join("")}\n`;
    try {
      yield* store(this.#sys, file, block(this.#searchHistory) + block(this.#replaceHistory) + block(this.#executeHistory), "write");
      this.#sys.chmod(file, 0o600);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }

  #regex(pattern: string): Regex | undefined {
    try {
      return compileRegex(pattern, { syntax: this.#options.regexp ? "ere" : "fixed", ignoreCase: !this.#options.caseSensitive });
    } catch (error) {
      if (!(error instanceof RegexSyntaxError)) throw error;
      this.#say(`Bad regex "${pattern}": ${error.message}`, true);
      return undefined;
    }
  }

  /** The next match behind (or before) a place, going round; undefined without any. */
  #match(regex: Regex, from: Point, backwards: boolean): { readonly start: Point; readonly end: Point; readonly wrapped: boolean } | undefined {
    const { lines } = this.#buffer;
    const count = lines.length;
    try {
      for (let step = 0; step <= count; step++) {
        const line = (((from.line + (backwards ? -step : step)) % count) + count) % count;
        const text = lines[line] ?? "";
        const wrapped = backwards ? from.line - step < 0 : from.line + step >= count;
        if (!backwards) {
          const at = step === 0 ? from.at + 1 : 0;
          const found = at <= text.length ? regex.exec(text, at, false, text.length, false) : undefined;
          if (found && (step < count || (found[0] ?? 0) <= from.at)) return { start: { line, at: found[0] ?? 0 }, end: { line, at: found[1] ?? 0 }, wrapped };
          if (step === count) return undefined;
        } else {
          let best: readonly [number, number] | undefined;
          for (let at = 0; at <= text.length; ) {
            const found = regex.exec(text, at, false, text.length, false);
            if (!found) break;
            const [begin = 0, end = 0] = [found[0], found[1]];
            if (step === 0 && begin >= from.at) break;
            if (step === count && begin < from.at) {
              at = begin + 1;
              continue;
            }
            best = [begin, end];
            at = begin + 1;
          }
          if (best) return { start: { line, at: best[0] }, end: { line, at: best[1] }, wrapped };
        }
      }
    } catch (error) {
      if (!(error instanceof RegexLimitError)) throw error;
    }
    return undefined;
  }

  #find(pattern: string): void {
    const buffer = this.#buffer;
    const regex = this.#regex(pattern);
    if (!regex) return;
    const found = this.#match(regex, buffer.cursor, this.#options.backwards);
    if (!found) {
      this.#say(`"${pattern.length > 50 ? `${pattern.slice(0, 47)}...` : pattern}" not found`, true);
      return;
    }
    if (found.start.line === buffer.cursor.line && found.start.at === buffer.cursor.at) this.#say("This is the only occurrence");
    else if (found.wrapped) this.#say("Search Wrapped");
    else this.#wipe();
    buffer.moveTo(found.start);
    this.#follow("center");
    this.#spotlight = [found.start, found.end];
  }

  *#replaceCommand(): Blocking<void> {
    const buffer = this.#buffer;
    const asked = yield* this.#askPattern("replace", "Search");
    if (asked === undefined || typeof asked === "string") {
      if (asked === "replace") yield* this.#searchCommand(false);
      else if (asked === "goto") yield* this.#goToCommand();
      return;
    }
    const regex = this.#regex(asked.pattern);
    if (!regex) return;
    const given = yield* this.#prompt("replaceWith", () => "Replace with: ", "", this.#replaceHistory, new Set());
    if (given.kind !== "text") {
      this.#say("Cancelled");
      return;
    }
    if (given.text !== "") this.#replaceHistory.push(given.text);
    this.#wipe();
    const start = buffer.cursor;
    const region = buffer.region();
    let from: Point = region ? { line: region[0].line, at: region[0].at - 1 } : { line: start.line, at: start.at - 1 };
    let all = region !== undefined;
    let count = 0;
    let wrapped = false;
    let limit = start;
    for (;;) {
      const found = this.#match(regex, from, false);
      if (!found) break;
      if (region && (found.wrapped || !before(found.start, region[1]))) break;
      if (found.wrapped) wrapped = true;
      if (wrapped && !before(found.start, limit)) break;
      if (!all) {
        buffer.moveTo(found.start);
        this.#follow("center");
        this.#spotlight = [found.start, found.end];
        const choice = yield* this.#ask("Replace this instance?", true);
        this.#spotlight = undefined;
        if (choice === undefined) {
          buffer.moveTo(start);
          this.#say("Cancelled");
          break;
        }
        if (choice === "no") {
          from = found.start;
          continue;
        }
        if (choice === "all") all = true;
      }
      const line = buffer.lines[found.start.line] ?? "";
      const text = this.#options.regexp ? this.#expandReplacement(given.text, regex, line, found.start.at) : given.text;
      buffer.change("replacement", () => {
        buffer.remove(found.start, found.end);
        buffer.insert(text);
      });
      count++;
      if (found.start.line === limit.line && found.start.at < limit.at) limit = { line: limit.line, at: limit.at + text.length - (found.end.at - found.start.at) };
      from = { line: found.start.line, at: found.start.at + Math.max(text.length, found.end.at > found.start.at ? 0 : 1) - 1 };
      if (this.#sys.charge(20)) yield* this.#sys.preempt();
    }
    if (count === 0 && this.#message === undefined) {
      this.#say(`"${asked.pattern}" not found`, true);
      return;
    }
    if (count > 0) {
      buffer.moveTo({ line: Math.min(start.line, buffer.lines.length - 1), at: start.at });
      this.#follow("center");
      this.#say(`Replaced ${count} occurrence${count === 1 ? "" : "s"}`);
    }
  }

  #expandReplacement(source: string, regex: Regex, line: string, at: number): string {
    const found = regex.exec(line, at);
    return source.replace(/\\([0-9])/g, (_, digit: string) => {
      const begin = found?.[Number(digit) * 2] ?? -1;
      return begin < 0 ? "" : line.slice(begin, found?.[Number(digit) * 2 + 1]);
    });
  }

  // ---- help

  *#help(menu: "main" | "write"): Blocking<void> {
    const lines = helpTextOf(menu);
    const options = { ...this.#viewOptions, lineNumbers: false, softWrap: false };
    const rows = this.#view.textRows(options);
    let top = 0;
    for (;;) {
      const screen = this.#screen;
      screen.fill(0, "7");
      const title = menu === "main" ? "Main nano help text" : "Write File Help Text";
      screen.put(0, Math.max(0, Math.floor((screen.columns - title.length + 1) / 2)), title, "7");
      for (let i = 0; i < rows; i++) {
        screen.fill(i + 1);
        screen.put(i + 1, 0, lines[top + i] ?? "");
      }
      this.#view.message(undefined, options);
      this.#view.keys("help", options, false);
      yield* this.#show(1, 0, true);
      const key = keyName(yield* this.#rawKey());
      const last = Math.max(0, lines.length - rows);
      if (key === "^X" || key === "^C" || key === "q" || key === "^G") break;
      if (key === "Down" || key === "^N") top = Math.min(last, top + 1);
      else if (key === "Up" || key === "^P") top = Math.max(0, top - 1);
      else if (key === "PageDown" || key === "^V" || key === " ") top = Math.min(last, top + rows - 2);
      else if (key === "PageUp" || key === "^Y") top = Math.max(0, top - rows + 2);
      else if (key === "M-\\" || key === "Home" || key === "C-Home") top = 0;
      else if (key === "M-/" || key === "End" || key === "C-End") top = last;
    }
    this.#screen.forget();
    this.#wipe();
  }
}

const MOVES = new Set([
  "Left", "Right", "Up", "Down", "Home", "End", "PageUp", "PageDown", "^B", "^F", "^P", "^N", "^A", "^E", "^V", "^Y", "^@", "M-Space", "C-Left", "C-Right", "C-Home", "C-End", "C-Up", "C-Down",
  "M-\\", "M-|", "M-/", "M-?", "M-7", "M-8", "M-(", "M-)", "M-9", "M-0", "M-Up", "M-Down", "M--", "M-_", "M-+", "M-=",
]);

const CHANGING = new Set(["Enter", "Tab", "Backspace", "Delete", "^D", "^H", "^K", "^U", "^O", "^S", "^R", "^T", "^J", "M-J", "M-T", "M-3", "M-}", "M-{", "^\\", "M-R", "M-U", "M-E", "M-V", "Insert"]);
