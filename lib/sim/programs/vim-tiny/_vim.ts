// Vim's state while it runs: buffers, windows, registers, messages, the cursor. What the keys do is in _normal.ts, _insert.ts, _visual.ts and
// _ex.ts, the screen in _drawing.ts; all work on this.

import { type Sys, SysError } from "../../kernel/sys.ts";
import { CellScreen } from "../kit/cell-screen.ts";
import { translated } from "../kit/messages/translate.ts";
import type { RawTerminal } from "../kit/terminal-keys.ts";
import { VimBuffer } from "./_buffer.ts";
import { type Frame, windowsOf } from "./_frames.ts";
import { layout } from "./_layout.ts";
import { type Abbreviation, VimMappings } from "./_mappings.ts";
import type { Languages } from "./_languages.ts";
import { Look } from "./_look.ts";
import { VimOptions } from "./_options.ts";
import { columnOf, type Columns, indexOfColumn, lastIndex, type Position } from "./_text.ts";
import { VimWindow } from "./_window.ts";

export interface Register {
  readonly lines: readonly string[];
  readonly kind: "char" | "line" | "block";
}

export interface Visual {
  mode: "v" | "V" | "\u0016";
  start: Position;
  toEnd: boolean;
}

export interface TabPage {
  readonly root: Frame;
  /** the window with the cursor, as of when the page was left */
  window: VimWindow;
  /** the one before it: Ctrl-W p */
  previous: VimWindow | undefined;
}

export class Vim {
  readonly sys: Sys;
  readonly terminal: RawTerminal;
  readonly screen: CellScreen;
  readonly options: VimOptions;
  readonly look: Look;
  /** what this version knows of file types */
  readonly languages: Languages | undefined;
  /** :filetype: what is switched on */
  fileTypes = { detection: false, plugin: false, indent: false };
  /** :syntax on */
  colours = false;
  /** :colorscheme */
  scheme = "default";
  /** the bracket under the cursor and the one that belongs to it */
  brackets: readonly Position[] = [];
  /** :nohlsearch, until the next search */
  matchesHidden = false;
  /** what colouring lines has cost since it was last charged */
  colourCost = 0;
  readonly buffers: VimBuffer[] = [];
  window: VimWindow;
  tab: TabPage;
  readonly tabs: TabPage[] = [];
  lastTab: TabPage | undefined;
  /** the buffers of a comparison as they were when it was made */
  diffState = "";
  readonly registers = new Map<string, Register>();
  /** the files of the command line */
  args: string[] = [];
  argAt = 0;
  visual: Visual | undefined;
  lastVisual: (Visual & { readonly end: Position; readonly buffer: VimBuffer }) | undefined;
  search: { pattern: string; forward: boolean; offset: string } | undefined;
  lastSubstitute: { pattern: string; put: string; flags: string } | undefined;
  lastFind: { kind: "f" | "F" | "t" | "T"; character: string } | undefined;
  lastCommand = "";
  lastShell = "";
  lastMacro = "";
  lastInserted = "";
  readonly history = { ":": [] as string[], "/": [] as string[] };
  /** the mode shown at the bottom with 'showmode' */
  mode = "";
  /** in insert mode of Vi: text from the cursor to this column is still on the screen */
  dollar = -1;
  /** typed by "." or "@": comes before the keyboard */
  queue: string[] = [];
  /** keys of the command that is being typed, for "." and q */
  typed: string[] = [];
  lastChange: { keys: readonly string[]; visual: { readonly mode: Visual["mode"]; readonly lines: number; readonly cols: number } | undefined } | undefined;
  repeating = false;
  recording: { readonly register: string; keys: string[] } | undefined;
  exMode = false;
  /** a command or a search is being typed: the last row is its own */
  typingLine = false;
  /** :normal within :normal */
  normalDepth = 0;
  /** what is being done is one step of undo, whatever it is made of */
  oneStep = 0;
  /** one of its commands failed: the rest is not run */
  queueFailed = false;
  readonly mappings = new VimMappings();
  abbreviations: readonly Abbreviation[] = [];
  /** what was said: :messages */
  readonly said: string[] = [];
  intro = false;
  inserting = false;
  silent = false;
  /** :silent: messages are dropped */
  quiet = false;
  /** words before the command: where its window goes */
  modifiers: { readonly vertical?: boolean; readonly tab?: boolean; readonly place?: "before" | "after" | "first" | "last" } = {};
  /** view, -R */
  readOnlyMode = false;
  /** :q was refused because of more files; the next one goes */
  quitAsked = false;
  /** the last of the arguments was edited */
  lastArgumentSeen = false;
  swapRefused = false;
  /** -r: swap files are what is wanted, not a warning */
  recovering = false;
  /** keys typed since the swap files were written */
  keysSinceSwap = 0;
  /** the version of the package vim, with dialogs, differences and help; else that of vim-tiny */
  readonly huge: boolean;
  exitStatus = 0;
  /** while :g runs: what its commands did and printed */
  global: { substitutions: number; lines: number; printed: string[] } | undefined;
  /** a match that is shown in reverse while :s///c asks */
  spotlight: { readonly line: number; readonly from: number; readonly to: number } | undefined;
  wroteMessage = false;
  overlay = false;
  ruler: string | undefined;
  modeShown = false;
  cursorOverride: { readonly row: number; readonly column: number; readonly hidden: boolean } | undefined;
  bellDue = false;
  isOutside = false;
  #bufferNumbers = 0;

  constructor(sys: Sys, terminal: RawTerminal, compatible: boolean, huge = false, languages?: Languages) {
    this.huge = huge;
    this.languages = languages;
    this.look = new Look(sys.environment.get("TERM") ?? "", sys.environment.get("COLORFGBG"));
    this.sys = sys;
    this.terminal = terminal;
    this.screen = new CellScreen(terminal.size.rows, terminal.size.cols);
    this.options = new VimOptions(compatible, () => this.window?.buffer.local);
    this.options.put("background", this.look.background);
    this.window = new VimWindow(this.newBuffer(""));
    this.tab = { root: this.window.frame, window: this.window, previous: undefined };
    this.tabs.push(this.tab);
    layout(this);
  }

  get buffer(): VimBuffer {
    return this.window.buffer;
  }

  get windows(): VimWindow[] {
    return windowsOf(this.tab.root);
  }

  get columns(): Columns {
    return { tabStop: this.options.number("tabstop") || 8, list: this.options.on("list") };
  }

  get lines(): readonly string[] {
    return this.buffer.lines;
  }

  get line(): string {
    return this.buffer.line(this.window.line);
  }

  get cursor(): Position {
    return this.window.cursor;
  }

  get compatible(): boolean {
    return this.options.on("compatible");
  }

  newBuffer(name: string): VimBuffer {
    const buffer = new VimBuffer(++this.#bufferNumbers, name);
    this.buffers.push(buffer);
    return buffer;
  }

  get statusLines(): boolean {
    return this.windows.length > 1 || this.options.number("laststatus") === 2;
  }

  /** What stood on the screen is gone, or is to be gone: draw all. */
  redrawAll(): void {
    this.overlay = false;
    this.ruler = undefined;
    for (const window of this.windows) window.drawn = undefined;
  }

  wipeMessage(): void {
    this.screen.fill(this.screen.rows - 1);
    this.ruler = undefined;
    this.modeShown = false;
  }

  get hasMessage(): boolean {
    return this.wroteMessage;
  }

  /** In the language of the environment; vim.tiny is made without gettext. */
  inLanguage(english: string): string {
    return this.huge ? translated(this.sys, "vim", english) : english;
  }

  /** A message in the last row; one that does not fit is cut in the middle, or (`whole`) shown over the ruler until a key is typed. */
  message(english: string, style = "", whole = false): void {
    const text = this.inLanguage(english);
    if (this.silent || this.quiet) return;
    if (whole && text.length >= this.messageRoom) {
      this.#longMessage(text, style);
      return;
    }
    const last = this.screen.rows - 1;
    this.screen.fill(last);
    const width = this.messageRoom - 1;
    const shown = text.length > width ? `${text.slice(0, Math.floor(width / 2) - 2)}...${text.slice(text.length - (width - Math.floor(width / 2) - 1))}` : text;
    this.screen.put(last, 0, shown, style);
    if (text !== "" && text !== this.said.at(-1)) this.said.push(text);
    if (this.said.length > 200) this.said.shift();
    this.ruler = undefined;
    this.modeShown = false;
    this.wroteMessage = true;
  }

  /** Columns of the last row before the ruler and the keys of 'showcmd'. */
  get messageRoom(): number {
    const ruler = this.options.on("ruler") && !this.statusLines ? 18 : 0;
    return this.screen.columns - ruler - (this.options.on("showcmd") ? 10 + (ruler > 0 ? 0 : 1) : 0);
  }

  /** One that needs the ruler's room, or more rows, waits for a key. */
  #longMessage(text: string, style: string): void {
    const { columns, rows } = this.screen;
    if (this.silent || this.quiet) return;
    this.screen.fill(rows - 1);
    for (let at = 0; at < text.length; at += columns) {
      if (at > 0) this.screen.scrollUp(1);
      this.screen.put(rows - 1, 0, text.slice(at, at + columns), style);
    }
    this.overlay = true;
    this.wroteMessage = true;
    this.ruler = undefined;
    this.modeShown = false;
  }

  /** An error: behind what the same command said already. */
  error(english: string): void {
    const text = this.inLanguage(english);
    this.bellDue = true;
    this.queue = [];
    if (this.wroteMessage && !this.#overlayOnly()) this.print(text, this.look.error);
    else if (text.length < this.messageRoom) this.message(text, this.look.error);
    else this.#longMessage(text, this.look.error);
  }

  #overlayOnly(): boolean {
    return this.overlay && !this.wroteMessage;
  }

  bell(): void {
    this.bellDue = true;
  }

  /** A row below what stands there: the screen goes up. */
  print(text: string, style = ""): void {
    if (this.silent || this.quiet) return;
    this.screen.scrollUp(1);
    this.screen.put(this.screen.rows - 1, 0, text, style);
    this.overlay = true;
    this.wroteMessage = true;
    this.ruler = undefined;
    this.modeShown = false;
  }

  /** so many keys of the queue came from a mapping that is not mapped again */
  plain = 0;

  /** What `let mapleader` would set; the tiny version has no :let. */
  get leader(): string {
    return "\\";
  }

  mappingTimeoutUs: number | undefined;

  split: string[] = [];

  get typedAhead(): boolean {
    return this.queue.length > 0 || this.split.length > 0 || this.terminal.pending;
  }

  /** Puts the cursor somewhere that exists; normal mode does not stand behind the last character. */
  goTo(place: Position, keepWanted = false): void {
    const { window, buffer } = this;
    window.line = Math.max(0, Math.min(place.line, buffer.lastLine));
    const text = this.line;
    const most = this.inserting || this.visual ? text.length : lastIndex(text);
    window.col = Math.max(0, Math.min(place.col, most));
    if (!keepWanted) window.wanted = columnOf(text, window.col, this.columns);
  }

  /** To another line, in the wanted column. */
  goToLine(line: number): void {
    const { window, buffer } = this;
    window.line = Math.max(0, Math.min(line, buffer.lastLine));
    const text = this.line;
    const most = this.inserting ? text.length : this.visual && this.visual.toEnd ? text.length : lastIndex(text);
    window.col = window.wanted === Number.POSITIVE_INFINITY ? lastIndex(text) : Math.min(indexOfColumn(text, window.wanted, this.columns), most);
  }

  startOfLine(line: number): void {
    const at = Math.max(0, Math.min(line, this.buffer.lastLine));
    const text = this.buffer.line(at);
    const blank = text.search(/[^ \t]/);
    this.goTo({ line: at, col: blank < 0 ? lastIndex(text) : blank });
  }

  clampCursor(): void {
    this.goTo(this.cursor, true);
  }

  replaceLines(at: number, count: number, put: readonly string[]): void {
    this.buffer.replace(at, count, put, this.cursor, this.sys.clockUs("realtime"));
    this.buffer.marks.set(".", { line: Math.min(at, this.buffer.lastLine), col: this.window.col });
  }

  setLine(at: number, text: string): void {
    this.replaceLines(at, this.buffer.empty ? 0 : 1, [text]);
  }

  /** What comes now is another step of undo, unless a macro, a mapping or :normal does it. */
  closeStep(): void {
    if (this.oneStep === 0 && this.normalDepth === 0 && this.queue.length === 0) this.buffer.closeStep();
  }

  /** the last search said that it went over the end */
  wrapped = false;

  homePath(name: string): string {
    const home = this.sys.environment.get("HOME") ?? "";
    return name === "~" ? home : name.startsWith("~/") ? home + name.slice(1) : name;
  }

  exists(path: string): boolean {
    try {
      this.sys.stat(path);
      return true;
    } catch (error) {
      if (error instanceof SysError) return false;
      throw error;
    }
  }
}
