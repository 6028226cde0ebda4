// The pager while it runs: the screen, the commands. Text comes from _text.ts, rows from _rows.ts, prompts from _prompt.ts.
// (More than 400 lines: one screen, and commands that all move or redraw it; text, rows and prompts are already apart.)

import { type Blocking, decode, encode, O, S, SIGNALS, SysError } from "../../kernel/sys.ts";
import type { Io } from "../kit/io.ts";
import { compileRegex, RegexLimitError, type Regex, RegexSyntaxError } from "../kit/regex/compile-regex.ts";
import { runShell, shellOutput } from "../kit/shell-command.ts";
import { RawTerminal } from "../kit/terminal-keys.ts";
import { HELP_LINES } from "./_help.ts";
import { type LessOptions, readOptionWord, setFlag, TOGGLES } from "./_options.ts";
import { expandPrompt, HELP_PROMPT, LONG_PROMPT, MEDIUM_PROMPT, SHORT_PROMPT, STATUS_PROMPT } from "./_prompt.ts";
import { layOut, searchText, standout } from "./_rows.ts";
import { LessText } from "./_text.ts";

/** A place in the text: a line and one of its rows. */
interface Place {
  readonly line: number;
  readonly row: number;
}

interface OpenFile {
  /** "-" is standard input */
  readonly name: string;
  text: LessText | undefined;
  top: Place;
}

class Quit extends Error {
  readonly status: number;
  constructor(status: number) {
    super();
    this.status = status;
  }
}

const ENTER = "\u001b[?1049h\u001b[22;0;0t\u001b[?1h\u001b=\r";
const ENTER_NO_INIT = "\u001b[?1h\u001b=\r";
const LEAVE = "\r\u001b[K\u001b[?1l\u001b>\u001b[?1049l\u001b[23;0;0t";
const LEAVE_NO_INIT = "\r\u001b[K\u001b[?1l\u001b>";

export class Pager {
  readonly #io: Io;
  readonly #options: LessOptions;
  readonly #files: OpenFile[];
  #current = -1;
  #terminal: RawTerminal | undefined;
  #active = false;
  #top: Place = { line: 0, row: 0 };
  /** Rows on the screen below the top that are drawn; the first screen of a short file is not padded. */
  #squished = false;
  #fresh = true;
  #shift = 0;
  #half: number | undefined;
  #windowRows: number | undefined;
  #pattern: { readonly regex: Regex; readonly backwards: boolean; readonly inverted: boolean } | undefined;
  #patternText = "";
  #marksOff = false;
  #filter: { readonly regex: Regex; readonly inverted: boolean } | undefined;
  readonly #marks = new Map<string, { readonly file: OpenFile; readonly top: Place }>();
  #lastJump: { readonly file: OpenFile; readonly top: Place } | undefined;
  #help: { readonly top: Place; readonly file: number } | undefined;
  #helpText: LessText | undefined;
  #lastShell = "";
  #pushed: string[] = [];
  #endSeen = 0;
  #repaintNeeded = false;

  constructor(io: Io, options: LessOptions, names: readonly string[]) {
    this.#io = io;
    this.#options = options;
    this.#files = names.map((name) => ({ name, text: undefined, top: { line: 0, row: 0 } }));
  }

  // ---- files

  get #file(): OpenFile | undefined {
    return this.#files[this.#current];
  }

  get #text(): LessText {
    const text = this.#help ? this.#helpText : this.#file?.text;
    return text ?? LessText.ofLines(this.#io.sys, []);
  }

  /** Opens a file of the list; the message when it cannot be. */
  *#open(index: number): Blocking<string | undefined> {
    const file = this.#files[index];
    if (!file) return "No such file";
    const { sys } = this.#io;
    if (!file.text) {
      if (file.name === "-") file.text = new LessText(sys, 0, undefined);
      else {
        try {
          const facts = sys.stat(file.name);
          const type = facts.mode & S.IFMT;
          if (type === S.IFDIR) return `${file.name} is a directory`;
          if (type !== S.IFREG && !this.#options.has("f")) return `${file.name} is not a regular file (use -f to see it)`;
          const filtered = yield* this.#throughFilter(file.name);
          if (filtered) file.text = filtered;
          else {
            const fd = yield* sys.open(file.name, O.RDONLY | O.CLOEXEC);
            if (type === S.IFREG && !this.#options.has("f") && !(yield* this.#acceptBinary(file.name, fd))) {
              sys.close(fd);
              return "";
            }
            file.text = new LessText(sys, fd, type === S.IFREG && facts.sizeBytes > 0 ? facts.sizeBytes : undefined);
          }
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          return `${file.name}: ${error.message}`;
        }
      }
    }
    if (this.#file) this.#file.top = this.#top;
    this.#current = index;
    this.#top = file.top;
    this.#fresh = true;
    this.#endSeen = 0;
    this.#filter = undefined;
    return undefined;
  }

  /** $LESSOPEN: a command whose output replaces the file, when it has any. */
  *#throughFilter(name: string): Blocking<LessText | undefined> {
    const { sys } = this.#io;
    const command = sys.environment.get("LESSOPEN");
    if (command === undefined || this.#options.has("L") || !/^\|/.test(command)) return undefined;
    // Only what the filter could do something with is worth a process.
    if (!/\.(gz|z|tgz|bz2|tbz2|xz|txz|lzma|zst|tar|zip|deb)$/i.test(name)) return undefined;
    const quoted = `'${name.replaceAll("'", "'\\''")}'`;
    const { bytes } = yield* shellOutput(sys, command.replace(/^\|\|?-?\s*/, "").replace("%s", () => quoted));
    if (bytes.length === 0) return undefined;
    const text = decode(bytes);
    return LessText.ofLines(sys, (text.endsWith("\n") ? text.slice(0, -1) : text).split("\n"));
  }

  *#acceptBinary(name: string, fd: number): Blocking<boolean> {
    const { sys } = this.#io;
    const bytes = yield* sys.pread(fd, 256, 0);
    let odd = 0;
    for (const byte of bytes) if ((byte < 32 && ![7, 8, 9, 10, 12, 13, 27].includes(byte)) || byte === 127) odd++;
    if (odd <= 5) return true;
    const terminal = yield* this.#keyboard();
    if (this.#active) this.#io.out.put("\r\u001b[K");
    this.#io.out.put(`"${name}" may be a binary file.  See it anyway? `);
    yield* this.#io.out.flush();
    if (!this.#active) yield* terminal.enter();
    const event = yield* terminal.next();
    if (!this.#active) {
      this.#io.out.put("\n");
      yield* this.#io.out.flush();
    }
    if (event?.kind === "key" && /^[yY]$/.test(event.key)) return true;
    if (!this.#active) yield* terminal.leave();
    return false;
  }

  *#keyboard(): Blocking<RawTerminal> {
    this.#terminal ??= yield* RawTerminal.open(this.#io.sys, 1, 200_000);
    return this.#terminal;
  }

  // ---- running

  *run(): Blocking<number> {
    const io = this.#io;
    let opened = false;
    for (let index = 0; index < this.#files.length && !opened; index++) {
      const problem = yield* this.#open(index);
      if (problem === undefined) opened = true;
      else if (problem !== "") yield* io.stderr(`${problem}\n`);
    }
    if (!opened) return 1;
    yield* this.#keyboard();
    const { sys } = io;
    const rows = this.#rows();
    if (this.#options.has("F") && this.#files.length === 1) {
      yield* this.#text.need(rows + 1);
      if (this.#text.ended && this.#fitsOneScreen()) {
        for (let line = 0; line < this.#text.lines.length; line++) for (const row of this.#rowsOf(line)) io.out.put(`${row}\n`);
        return 0;
      }
    }
    for (const signal of [SIGNALS.INT, SIGNALS.WINCH, SIGNALS.TSTP]) if (sys.sigaction(signal, "catch") === "ignore") sys.sigaction(signal, "ignore");
    yield* this.#enter();
    let status = 0;
    try {
      if (this.#options.startPattern !== undefined) this.#pushed.push(..."/", ...this.#options.startPattern, "\r");
      for (const commands of [this.#options.everyCommands, this.#options.firstCommands]) if (commands !== "") this.#pushed.push(...commands, END_OF_COMMANDS);
      if (this.#options.has("c") || this.#options.has("C")) yield* this.#paint();
      else if (this.#pushed.length === 0 || this.#options.startPattern !== undefined) yield* this.#firstScreen();
      else this.#repaintNeeded = true;
      yield* this.#loop();
    } catch (error) {
      if (!(error instanceof Quit)) throw error;
      status = error.status;
    }
    yield* this.#leave();
    return status;
  }

  *#enter(): Blocking<void> {
    yield* this.#terminal?.enter() ?? nothing();
    this.#io.out.put(this.#options.has("X") ? ENTER_NO_INIT : ENTER);
    this.#active = true;
  }

  *#leave(): Blocking<void> {
    this.#io.out.put(this.#options.has("X") ? LEAVE_NO_INIT : LEAVE);
    yield* this.#io.out.flush();
    this.#active = false;
    yield* this.#terminal?.leave() ?? nothing();
  }

  *#loop(): Blocking<never> {
    let count = "";
    for (;;) {
      if (this.#repaintNeeded && this.#pushed.length === 0) yield* this.#paint();
      if (this.#pushed.length === 0) yield* this.#prompt(count);
      const key = yield* this.#key();
      if (key === undefined || key === END_OF_COMMANDS) {
        if (key !== undefined && count !== "") yield* this.#command("g", Number(count));
        count = "";
        continue;
      }
      if (key >= "0" && key <= "9" && key.length === 1) {
        count += key;
        continue;
      }
      if (count !== "" && (key === "\u007f" || key === "\b")) {
        count = count.slice(0, -1);
        continue;
      }
      if (count !== "") this.#clearPrompt();
      const number = count === "" ? undefined : Number(count);
      count = "";
      yield* this.#command(key, number);
    }
  }

  /** A key; undefined after something else that happened (resize, stop, interrupt). */
  *#key(): Blocking<string | undefined> {
    const pushed = this.#pushed.shift();
    if (pushed !== undefined) return pushed;
    yield* this.#io.out.flush();
    const event = yield* this.#terminal?.next() ?? nothing();
    if (!event || event.kind === "end") throw new Quit(0);
    if (event.kind === "resize") {
      this.#repaintNeeded = true;
      return undefined;
    }
    if (event.kind === "signal") {
      if (event.signal === SIGNALS.TSTP) yield* this.#stop();
      else if (event.signal === SIGNALS.INT && this.#options.has("K")) throw new Quit(2);
      else this.#clearPrompt();
      return undefined;
    }
    return event.key;
  }

  *#stop(): Blocking<void> {
    const { sys } = this.#io;
    yield* this.#leave();
    sys.sigaction(SIGNALS.TSTP, "default");
    sys.kill(0, SIGNALS.TSTP);
    if (sys.charge(1)) yield* sys.preempt();
    sys.sigaction(SIGNALS.TSTP, "catch");
    yield* this.#enter();
    this.#repaintNeeded = true;
  }

  // ---- geometry

  #rows(): number {
    return Math.max(1, (this.#terminal?.size.rows ?? 24) - 1);
  }

  #columns(): number {
    return this.#terminal?.size.cols ?? 80;
  }

  #fitsOneScreen(): boolean {
    let rows = 0;
    for (let line = 0; line < this.#text.lines.length; line++) {
      rows += this.#rowsOf(line).length;
      if (rows > this.#rows()) return false;
    }
    return true;
  }

  #rowsOf(line: number): string[] {
    const text = this.#text.lines[line] ?? "";
    const numbers = this.#options.has("N");
    const number = numbers ? `${standoutNumber(String(line + 1).padStart(7))} ` : "";
    return layOut(text, {
      columns: this.#columns(), tabStop: this.#options.tabStop, chop: this.#options.has("S"), shift: this.#shift, colours: this.#options.has("R"), raw: this.#options.has("r"),
      numberColumns: numbers ? 8 : 0,
    }, this.#hits(text), number);
  }

  #hits(line: string): readonly (readonly [number, number])[] {
    const pattern = this.#pattern;
    if (!pattern || this.#marksOff || this.#options.has("G") || pattern.inverted) return [];
    const text = searchText(line, this.#options.has("R"));
    const hits: (readonly [number, number])[] = [];
    try {
      for (let from = 0; from <= text.length; ) {
        const found = pattern.regex.exec(text, from, false, text.length, false);
        if (!found) break;
        const [begin = 0, end = 0] = [found[0], found[1]];
        if (end > begin) hits.push([begin, end]);
        from = end > begin ? end : end + 1;
      }
    } catch (error) {
      if (!(error instanceof RegexLimitError)) throw error;
    }
    return hits;
  }

  /** Whether the line is shown: & and -s leave lines out. */
  #visible(line: number): boolean {
    const text = this.#text.lines[line];
    if (text === undefined) return false;
    if (this.#options.has("s") && text === "" && line > 0 && this.#text.lines[line - 1] === "") return false;
    if (!this.#filter) return true;
    try {
      return this.#filter.regex.test(searchText(text, this.#options.has("R"))) !== this.#filter.inverted;
    } catch (error) {
      if (error instanceof RegexLimitError) return false;
      throw error;
    }
  }

  *#nextLine(line: number): Blocking<number | undefined> {
    for (let at = line; ; at++) {
      yield* this.#text.need(at + 1);
      if (at >= this.#text.lines.length) return undefined;
      if (this.#visible(at)) return at;
      if ((at & 255) === 0 && this.#io.sys.charge(20)) yield* this.#io.sys.preempt();
    }
  }

  #previousLine(line: number): number | undefined {
    for (let at = line; at >= 0; at--) if (this.#visible(at)) return at;
    return undefined;
  }

  /** The place one row further, if there is one. */
  *#forward(place: Place): Blocking<Place | undefined> {
    const rows = this.#rowsOf(place.line).length;
    if (place.line < this.#text.lines.length && place.row + 1 < rows) return { line: place.line, row: place.row + 1 };
    const next = yield* this.#nextLine(place.line + 1);
    return next === undefined ? undefined : { line: next, row: 0 };
  }

  #backward(place: Place): Place | undefined {
    if (place.row > 0) return { line: place.line, row: place.row - 1 };
    const previous = this.#previousLine(place.line - 1);
    return previous === undefined ? undefined : { line: previous, row: this.#rowsOf(previous).length - 1 };
  }

  /** The places of the rows on the screen. */
  *#screenPlaces(): Blocking<Place[]> {
    const places: Place[] = [];
    const first = yield* this.#nextLine(this.#top.line);
    if (first === undefined) return places;
    let place: Place | undefined = first === this.#top.line ? this.#top : { line: first, row: 0 };
    while (place && places.length < this.#rows()) {
      places.push(place);
      place = yield* this.#forward(place);
    }
    return places;
  }

  *#atEnd(): Blocking<boolean> {
    const places = yield* this.#screenPlaces();
    const last = places.at(-1);
    return !last || (yield* this.#forward(last)) === undefined;
  }

  // ---- drawing

  /** The first screen of a file goes where the cursor is. */
  *#firstScreen(): Blocking<void> {
    this.#repaintNeeded = false;
    const places = yield* this.#screenPlaces();
    for (const place of places) this.#io.out.put(`${this.#rowsOf(place.line)[place.row] ?? ""}\n`);
    this.#squished = places.length < this.#rows();
  }

  *#paint(): Blocking<void> {
    this.#repaintNeeded = false;
    this.#squished = false;
    const places = yield* this.#screenPlaces();
    this.#io.out.put("\u001b[H\u001b[J");
    for (let i = 0; i < this.#rows(); i++) {
      const place = places[i];
      this.#io.out.put(place ? `${this.#rowsOf(place.line)[place.row] ?? ""}\n` : this.#options.has("~") ? "\n" : "\u001b[1m~\u001b[m\n");
    }
  }

  #clearPrompt(): void {
    this.#io.out.put("\r\u001b[K");
  }

  *#unsquish(): Blocking<void> {
    if (this.#squished) yield* this.#paint();
  }

  *#prompt(count: string): Blocking<void> {
    const { out } = this.#io;
    this.#clearPrompt();
    if (count !== "") {
      out.put(`:${count}`);
      return;
    }
    const atEnd = yield* this.#atEnd();
    if (atEnd && !this.#help && (this.#options.has("E") || (this.#options.has("e") && this.#endSeen > 1)) && this.#current >= this.#files.length - 1) throw new Quit(0);
    const prototype = this.#help ? HELP_PROMPT
      : this.#options.has("M") ? (this.#options.longPrototype ?? LONG_PROMPT)
        : this.#options.has("m") ? (this.#options.mediumPrototype ?? MEDIUM_PROMPT)
          : (this.#options.promptPrototype ?? SHORT_PROMPT);
    const text = yield* this.#expand(prototype, atEnd);
    this.#fresh = false;
    if (this.#filter) out.put("& ");
    out.put(text === "" ? ":" : standout(text.slice(0, this.#columns() - 1)));
  }

  *#expand(prototype: string, atEnd: boolean): Blocking<string> {
    const places = yield* this.#screenPlaces();
    const text = this.#text;
    const last = places.at(-1)?.line ?? Math.max(0, text.lines.length - 1);
    const file = this.#file;
    return expandPrompt(prototype, {
      fileName: file && file.name !== "-" ? file.name : undefined, fileIndex: this.#current + 1, fileCount: this.#files.length,
      nextFile: this.#files[this.#current + 1]?.name, fresh: this.#fresh, atEnd, topLine: this.#top.line + 1, bottomLine: last + 1,
      lineCount: text.ended || (file?.name !== "-" && text.sizeBytes !== undefined) ? yield* this.#lineCount() : undefined,
      topByte: this.#top.line === 0 ? 0 : (text.ends[this.#top.line - 1] ?? 0), bottomByte: text.ends[last] ?? 0, sizeBytes: text.sizeBytes, column: this.#shift, columns: this.#columns(),
    });
  }

  *#lineCount(): Blocking<number> {
    yield* this.#text.all();
    return this.#text.lines.length;
  }

  /** A message in the last row, until RETURN (another key is then a command). */
  *#message(text: string): Blocking<void> {
    yield* this.#unsquish();
    this.#clearPrompt();
    this.#io.out.put(standout(`${text}  (press RETURN)`));
    yield* this.#return();
    this.#clearPrompt();
    if (text.length + 16 > this.#columns()) this.#repaintNeeded = true;
  }

  *#return(): Blocking<void> {
    const key = yield* this.#key();
    if (key !== undefined && key !== "\r" && key !== "\n" && key !== " ") this.#pushed.unshift(key);
  }

  #bell(): void {
    if (!this.#options.has("Q")) this.#io.out.put("\u0007");
  }

  // ---- moving

  /** Rows forward, not past the end unless forced. */
  *#scrollForward(count: number, force = false): Blocking<void> {
    const places = yield* this.#screenPlaces();
    if (places.length < this.#rows() && !force) {
      if (yield* this.#atEnd()) yield* this.#endOfFile();
      return;
    }
    let moved = 0;
    let bottom = places.at(-1);
    const fresh: string[] = [];
    while (moved < count) {
      const next = bottom ? yield* this.#forward(bottom) : undefined;
      if (!next && !force) break;
      const top = yield* this.#forward(this.#top);
      if (!top) break;
      this.#top = top;
      bottom = next;
      if (next) fresh.push(this.#rowsOf(next.line)[next.row] ?? "");
      moved++;
      if ((moved & 31) === 0 && this.#io.sys.charge(16)) yield* this.#io.sys.preempt();
    }
    if (moved === 0) {
      yield* this.#endOfFile();
      return;
    }
    this.#squished = false;
    if (moved >= this.#rows() || fresh.length < moved) yield* this.#paint();
    else {
      this.#clearPrompt();
      for (const row of fresh) this.#io.out.put(`${row}\n`);
    }
  }

  *#endOfFile(): Blocking<void> {
    this.#endSeen++;
    if (this.#options.has("e") && this.#endSeen >= 1 && this.#current >= this.#files.length - 1) throw new Quit(0);
    if (this.#options.has("e") && this.#current < this.#files.length - 1) {
      yield* this.#switchFile(1);
      return;
    }
    this.#bell();
  }

  *#scrollBackward(count: number): Blocking<void> {
    let moved = 0;
    while (moved < count) {
      const above = this.#backward(this.#top);
      if (!above) break;
      this.#top = above;
      moved++;
    }
    if (moved === 0) {
      this.#bell();
      return;
    }
    yield* this.#paint();
  }

  #remember(): void {
    if (this.#file) this.#lastJump = { file: this.#file, top: this.#top };
  }

  *#jump(line: number): Blocking<void> {
    this.#remember();
    let top: Place = { line, row: 0 };
    const target = this.#options.jumpTarget === undefined ? 1 : Number(this.#options.jumpTarget);
    const up = target > 1 ? target - 1 : target > 0 && target < 1 ? Math.floor(target * this.#rows()) : target < 0 ? this.#rows() + target : 0;
    for (let i = 0; i < up; i++) top = this.#backward(top) ?? top;
    this.#top = top;
    yield* this.#paint();
  }

  *#toEnd(): Blocking<void> {
    this.#remember();
    yield* this.#text.all();
    const last = this.#previousLine(this.#text.lines.length - 1);
    if (last === undefined) return;
    let top: Place = { line: last, row: this.#rowsOf(last).length - 1 };
    let rows = 1;
    while (rows < this.#rows()) {
      const above = this.#backward(top);
      if (!above) break;
      top = above;
      rows++;
    }
    this.#top = top;
    if (rows >= this.#rows()) {
      yield* this.#paint();
      return;
    }
    // A file shorter than the screen goes to its bottom.
    this.#squished = false;
    this.#io.out.put("\u001b[H\u001b[J" + "\n".repeat(this.#rows() - rows));
    for (const place of yield* this.#screenPlaces()) this.#io.out.put(`${this.#rowsOf(place.line)[place.row] ?? ""}\n`);
  }

  // ---- commands

  *#command(key: string, count: number | undefined): Blocking<void> {
    const rows = this.#windowRows ?? this.#options.window ?? this.#rows();
    switch (key) {
      case "q":
      case "Q":
        if (this.#help) {
          this.#top = this.#help.top;
          this.#help = undefined;
          this.#fresh = true;
          yield* this.#paint();
          return;
        }
        throw new Quit(0);
      case "e":
      case "j":
      case "\u0005":
      case "\u000e":
      case "\r":
      case "\n":
      case "\u001b[B":
      case "\u001bOB":
        yield* this.#scrollForward(count ?? 1, false);
        return;
      case "J":
        yield* this.#scrollForward(count ?? 1, true);
        return;
      case "y":
      case "k":
      case "\u0019":
      case "\u000b":
      case "\u0010":
      case "\u001b[A":
      case "\u001bOA":
      case "K":
      case "Y":
        yield* this.#scrollBackward(count ?? 1);
        return;
      case "f":
      case "\u0006":
      case "\u0016":
      case " ":
      case "\u001b[6~":
        yield* this.#scrollForward(count ?? rows);
        return;
      case "b":
      case "\u0002":
      case "\u001bv":
      case "\u001b[5~":
        yield* this.#scrollBackward(count ?? rows);
        return;
      case "z":
        if (count !== undefined) this.#windowRows = count;
        yield* this.#scrollForward(count ?? rows);
        return;
      case "w":
        if (count !== undefined) this.#windowRows = count;
        yield* this.#scrollBackward(count ?? rows);
        return;
      case "\u001b ":
        yield* this.#scrollForward(count ?? rows, true);
        return;
      case "d":
      case "\u0004":
      case "u":
      case "\u0015": {
        if (count !== undefined) this.#half = count;
        const half = this.#half ?? Math.floor((this.#rows() + 1) / 2);
        if (key === "d" || key === "\u0004") yield* this.#scrollForward(half);
        else yield* this.#scrollBackward(half);
        return;
      }
      case "\u001b)":
      case "\u001b[C":
      case "\u001bOC":
        this.#shift += count ?? this.#options.shift ?? Math.floor(this.#columns() / 2);
        this.#repaintNeeded = true;
        return;
      case "\u001b(":
      case "\u001b[D":
      case "\u001bOD":
        this.#shift = Math.max(0, this.#shift - (count ?? this.#options.shift ?? Math.floor(this.#columns() / 2)));
        this.#repaintNeeded = true;
        return;
      case "g":
      case "<":
      case "\u001b<":
      case "\u001b[H":
      case "\u001bOH":
      case "\u001b[1~":
        yield* this.#toLine(count ?? 1);
        return;
      case "G":
      case ">":
      case "\u001b>":
      case "\u001b[F":
      case "\u001bOF":
      case "\u001b[4~":
        if (count !== undefined) yield* this.#toLine(count);
        else yield* this.#toEnd();
        return;
      case "p":
      case "%": {
        yield* this.#text.all();
        const byte = ((this.#text.sizeBytes ?? 0) * Math.min(100, count ?? 0)) / 100;
        const line = this.#text.ends.findIndex((end) => end > byte);
        yield* this.#jump(line < 0 ? Math.max(0, this.#text.lines.length - 1) : line);
        return;
      }
      case "/":
      case "?":
        yield* this.#searchCommand(key, count ?? 1);
        return;
      case "n":
      case "N": {
        const pattern = this.#pattern;
        if (!pattern) {
          yield* this.#message("No previous search pattern");
          return;
        }
        this.#marksOff = false;
        yield* this.#search(pattern.backwards !== (key === "N"), count ?? 1, true);
        return;
      }
      case "\u001bu":
        this.#marksOff = !this.#marksOff;
        yield* this.#paint();
        return;
      case "&":
        yield* this.#filterCommand();
        return;
      case "r":
      case "\u0012":
      case "\u000c":
      case "R":
        yield* this.#paint();
        return;
      case "h":
      case "H":
        if (this.#help) {
          this.#bell();
          return;
        }
        this.#help = { top: this.#top, file: this.#current };
        this.#helpText ??= LessText.ofLines(this.#io.sys, HELP_LINES);
        this.#top = { line: 0, row: 0 };
        yield* this.#paint();
        return;
      case "=":
      case "\u0007":
        yield* this.#status();
        return;
      case ":":
        yield* this.#colon(count);
        return;
      case "Z":
        if ((yield* this.#key()) === "Z") throw new Quit(0);
        return;
      case "m": {
        this.#ask("mark: ");
        const letter = yield* this.#key();
        if (letter !== undefined && this.#file && /^[a-zA-Z]$/.test(letter)) this.#marks.set(letter, { file: this.#file, top: this.#top });
        return;
      }
      case "'": {
        this.#ask("goto mark: ");
        yield* this.#gotoMark(yield* this.#key());
        return;
      }
      case "!":
        yield* this.#shellCommand();
        return;
      case "s":
        yield* this.#save();
        return;
      case "v":
        yield* this.#edit();
        return;
      case "-":
      case "_":
        yield* this.#optionCommand(key === "-");
        return;
      case "F":
        yield* this.#follow();
        return;
      case "V":
        yield* this.#message("less 590 (GNU regular expressions)");
        return;
      case "+":
      case "\u001b":
        return;
      default:
        this.#bell();
    }
  }

  *#toLine(number: number): Blocking<void> {
    yield* this.#text.need(number);
    if (number > this.#text.lines.length) {
      yield* this.#message(`Cannot seek to line number ${number}`);
      return;
    }
    yield* this.#jump(Math.max(0, number - 1));
  }

  *#status(): Blocking<void> {
    const atEnd = yield* this.#atEnd();
    const text = yield* this.#expand(this.#options.statusPrototype ?? STATUS_PROMPT, atEnd);
    yield* this.#unsquish();
    this.#clearPrompt();
    this.#io.out.put(standout(`${text}  (press RETURN)`));
    yield* this.#return();
  }

  /** Shows the beginning of an entry in the last row. */
  #ask(prompt: string): void {
    this.#clearPrompt();
    this.#io.out.put(prompt);
  }

  /** A line typed behind the prompt; undefined when it was given up (erased past its beginning, or interrupted). */
  *#entry(prompt: string): Blocking<string | undefined> {
    let text = "";
    for (;;) {
      this.#clearPrompt();
      this.#io.out.put(prompt + text);
      const key = yield* this.#key();
      if (key === undefined) return undefined;
      if (key === "\r" || key === "\n" || key === END_OF_COMMANDS) return text;
      if (key === "\u007f" || key === "\b") {
        if (text === "") return undefined;
        text = [...text].slice(0, -1).join("");
      } else if (key === "\u0015") text = "";
      else if (key === "\u0017") text = text.replace(/\S*\s*$/, "");
      else if (key === "\u0003" || key === "\u0007") return undefined;
      else if (key.startsWith("\u001b")) {
        if ((key === "\u001b[A" || key === "\u001bOA") && prompt.length === 1) text = this.#patternText;
      } else if (key >= " ") text += key;
    }
  }

  // ---- searching

  *#searchCommand(key: "/" | "?", count: number): Blocking<void> {
    const entry = yield* this.#entry(key);
    if (entry === undefined) return;
    let source = entry;
    let inverted = false;
    while (source !== "" && "\u000e!\u000b\u0006*@\u0005\u0012".includes(source[0] ?? "x")) {
      if (source[0] === "!" || source[0] === "\u000e") inverted = true;
      source = source.slice(1);
    }
    const backwards = key === "?";
    if (source === "") {
      if (!this.#pattern) {
        yield* this.#message("No previous search pattern");
        return;
      }
      this.#pattern = { ...this.#pattern, backwards };
    } else {
      const regex = yield* this.#compile(source);
      if (!regex) return;
      this.#pattern = { regex, backwards, inverted };
      this.#patternText = source;
    }
    this.#marksOff = false;
    yield* this.#search(backwards, count, entry === "");
  }

  *#compile(source: string): Blocking<Regex | undefined> {
    try {
      const ignoreCase = this.#options.has("I") || (this.#options.has("i") && source.toLowerCase() === source);
      return compileRegex(source, { syntax: "ere", ignoreCase });
    } catch (error) {
      if (!(error instanceof RegexSyntaxError)) throw error;
      yield* this.#message("Invalid pattern");
      return undefined;
    }
  }

  /** Includes the screen when it is a new search; goes on behind the top line when it is repeated. */
  *#search(backwards: boolean, count: number, repeated: boolean): Blocking<void> {
    const pattern = this.#pattern;
    if (!pattern) return;
    const places = yield* this.#screenPlaces();
    let line = repeated ? this.#top.line + (backwards ? -1 : 1) : backwards ? (places.at(-1)?.line ?? this.#top.line) : this.#top.line;
    if (this.#options.has("a") && !repeated) line = backwards ? this.#top.line - 1 : (places.at(-1)?.line ?? this.#top.line) + 1;
    let left = count;
    for (;;) {
      if (!backwards) yield* this.#text.need(line + 1);
      const text = this.#text.lines[line];
      if (text === undefined) break;
      let found = false;
      try {
        found = this.#visible(line) && pattern.regex.test(searchText(text, this.#options.has("R"))) !== pattern.inverted;
      } catch (error) {
        if (!(error instanceof RegexLimitError)) throw error;
      }
      if (this.#io.sys.charge(1 + (pattern.regex.takeWork() >> 8))) yield* this.#io.sys.preempt();
      if (found && --left === 0) {
        yield* this.#jump(line);
        return;
      }
      line += backwards ? -1 : 1;
    }
    yield* this.#paint();
    yield* this.#message("Pattern not found");
  }

  *#filterCommand(): Blocking<void> {
    const entry = yield* this.#entry("&/");
    if (entry === undefined) return;
    let source = entry;
    let inverted = false;
    while (source.startsWith("!") || source.startsWith("\u000e")) {
      inverted = true;
      source = source.slice(1);
    }
    if (source === "") {
      this.#filter = undefined;
    } else {
      const regex = yield* this.#compile(source);
      if (!regex) return;
      this.#filter = { regex, inverted };
      const first = yield* this.#nextLine(this.#top.line);
      this.#top = { line: first ?? this.#text.lines.length, row: 0 };
    }
    yield* this.#paint();
  }

  // ---- files and marks

  *#colon(count: number | undefined): Blocking<void> {
    this.#clearPrompt();
    this.#io.out.put(" :");
    const key = yield* this.#key();
    switch (key) {
      case "n":
        yield* this.#switchFile(count ?? 1);
        return;
      case "p":
        yield* this.#switchFile(-(count ?? 1));
        return;
      case "x":
        yield* this.#showFile((count ?? 1) - 1, "No such file");
        return;
      case "f":
        yield* this.#status();
        return;
      case "q":
      case "Q":
        throw new Quit(0);
      case "d":
        yield* this.#dropFile();
        return;
      case "e": {
        const name = yield* this.#entry("Examine: ");
        if (name === undefined || name.trim() === "") return;
        let index = this.#files.findIndex((file) => file.name === name.trim());
        if (index < 0) {
          this.#files.splice(this.#current + 1, 0, { name: name.trim(), text: undefined, top: { line: 0, row: 0 } });
          index = this.#current + 1;
          const problem = yield* this.#open(index);
          if (problem !== undefined) {
            this.#files.splice(index, 1);
            if (problem !== "") yield* this.#message(problem);
            return;
          }
          yield* this.#paint();
          return;
        }
        yield* this.#showFile(index, "No such file");
        return;
      }
      default:
        if (key !== undefined && key !== "\u007f" && key !== "\b") this.#bell();
    }
  }

  *#switchFile(by: number): Blocking<void> {
    yield* this.#showFile(this.#current + by, by > 0 ? (Math.abs(by) > 1 ? `No ${Math.abs(by)}-th next file` : "No next file") : Math.abs(by) > 1 ? `No ${Math.abs(by)}-th previous file` : "No previous file");
  }

  *#showFile(index: number, missing: string): Blocking<void> {
    if (index < 0 || index >= this.#files.length) {
      yield* this.#message(missing);
      return;
    }
    const problem = yield* this.#open(index);
    if (problem !== undefined) {
      if (problem !== "") yield* this.#message(problem);
      return;
    }
    yield* this.#paint();
  }

  *#dropFile(): Blocking<void> {
    const next = this.#current + 1 < this.#files.length ? this.#current + 1 : this.#current - 1;
    if (next < 0 || this.#files.length < 2) {
      this.#bell();
      return;
    }
    const gone = this.#current;
    // The file before it in the list is shown, if there is one.
    const index = gone + 1 < this.#files.length ? gone + 1 : gone - 1;
    const problem = yield* this.#open(index);
    if (problem !== undefined) return;
    this.#files[gone]?.text?.close();
    this.#files.splice(gone, 1);
    this.#current = index > gone ? index - 1 : index;
    yield* this.#paint();
  }

  *#gotoMark(letter: string | undefined): Blocking<void> {
    if (letter === "^") yield* this.#toLine(1);
    else if (letter === "$") yield* this.#toEnd();
    else {
      const mark = letter === "'" ? this.#lastJump : this.#marks.get(letter ?? "");
      if (!mark) {
        if (letter !== undefined) yield* this.#message(letter === "'" || /^[a-zA-Z]$/.test(letter) ? "Mark not set" : "Invalid mark letter");
        return;
      }
      if (mark.file !== this.#file) yield* this.#open(this.#files.indexOf(mark.file));
      const top = mark.top;
      this.#remember();
      this.#top = top;
      yield* this.#paint();
    }
  }

  // ---- other programs

  *#shellCommand(): Blocking<void> {
    const entry = yield* this.#entry("!");
    if (entry === undefined) return;
    const command = entry === "!" ? this.#lastShell : entry.replace(/(^|[^\\])%/g, (_, before: string) => before + (this.#file?.name ?? ""));
    this.#lastShell = command;
    yield* this.#leave();
    const shell = this.#io.sys.environment.get("SHELL");
    yield* runShell(this.#io.sys, command === "" ? (shell ?? "sh") : command);
    yield* this.#terminal?.enter() ?? nothing();
    this.#io.out.put("!done  (press RETURN)");
    yield* this.#io.out.flush();
    const event = yield* this.#terminal?.next() ?? nothing();
    if (event?.kind === "key" && event.key !== "\r" && event.key !== "\n" && event.key !== " ") this.#pushed.unshift(event.key);
    this.#io.out.put("\n");
    yield* this.#enter();
    this.#fresh = true;
    yield* this.#paint();
  }

  *#save(): Blocking<void> {
    const { sys } = this.#io;
    if (this.#file?.name !== "-") {
      yield* this.#message("Input is not a pipe");
      return;
    }
    const name = yield* this.#entry("log file: ");
    if (name === undefined || name === "") return;
    yield* this.#text.all();
    try {
      const fd = yield* sys.open(name, O.WRONLY | O.CREAT | O.TRUNC | O.CLOEXEC);
      yield* sys.write(fd, encode(this.#text.lines.map((line) => `${line}\n`).join("")));
      sys.close(fd);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* this.#message(`Cannot write to "${name}"`);
    }
  }

  *#edit(): Blocking<void> {
    const { sys } = this.#io;
    const name = this.#file?.name;
    if (this.#help || name === undefined) return;
    if (name === "-") {
      yield* this.#message("Cannot edit standard input");
      return;
    }
    const editor = sys.environment.get("VISUAL") || sys.environment.get("EDITOR") || "editor";
    yield* this.#leave();
    const places = yield* this.#screenPlaces();
    const middle = places[Math.floor(places.length / 2)]?.line ?? this.#top.line;
    yield* runShell(sys, `${editor} +${middle + 1} '${name.replaceAll("'", "'\\''")}'`);
    const file = this.#file;
    if (file) {
      file.text?.close();
      file.text = undefined;
      file.top = this.#top;
      yield* this.#open(this.#current);
    }
    yield* this.#enter();
    yield* this.#paint();
  }

  // ---- options

  *#optionCommand(toggles: boolean): Blocking<void> {
    const lead = toggles ? "-" : "_";
    this.#clearPrompt();
    this.#io.out.put(lead);
    let key = yield* this.#key();
    if (key === undefined || key === "\u007f" || key === "\b") return;
    let reset = "";
    if (toggles && (key === "+" || key === "!")) {
      reset = key;
      this.#io.out.put(key);
      key = yield* this.#key();
      if (key === undefined) return;
    }
    if (key === "-") {
      const name = yield* this.#entry(`${lead}-`);
      if (name === undefined) return;
      const { problems } = readOptionWord(this.#options, `--${name}`, false);
      if (problems[0] !== undefined) yield* this.#message(problems[0].replace(/ \("less.*$/, ""));
      this.#repaintNeeded = true;
      return;
    }
    const texts = TOGGLES.get(key);
    if (!texts) {
      if (toggles && "Pxzj#pbhyoO".includes(key)) {
        const value = yield* this.#entry(`-${key}`);
        if (value !== undefined) readOptionWord(this.#options, `-${key}${value}`, false);
        this.#repaintNeeded = true;
        return;
      }
      yield* this.#message(key === "?" ? 'Use "h" for help' : `There is no ${lead}${key} option`);
      return;
    }
    if (toggles) {
      if (this.#options.has(key) || reset === "+") this.#options.flags.delete(key);
      else setFlag(this.#options, key);
      if ("iI".includes(key) && this.#pattern && this.#patternText !== "") {
        const regex = yield* this.#compile(this.#patternText);
        if (regex) this.#pattern = { ...this.#pattern, regex };
      }
      if ("cnNrRsSuU~".includes(key)) this.#repaintNeeded = true;
    }
    yield* this.#message(texts[this.#options.has(key) ? 1 : 0]);
  }

  // ---- F

  *#follow(): Blocking<void> {
    const { sys } = this.#io;
    yield* this.#toEnd();
    for (;;) {
      this.#clearPrompt();
      this.#io.out.put(standout("Waiting for data... (interrupt to abort)"));
      yield* this.#io.out.flush();
      const event = yield* this.#terminal?.next(1_000_000) ?? nothing();
      if (event?.kind === "signal" || event?.kind === "end" || (event?.kind === "key" && (event.key === "\u0003" || event.key === "\u0018"))) break;
      if (event?.kind === "resize") this.#repaintNeeded = true;
      try {
        let grown = false;
        while (yield* this.#text.grow()) grown = true;
        if (grown) yield* this.#toEnd();
      } catch (error) {
        if (!(error instanceof SysError) || error.errno !== "EINTR") throw error;
        sys.takeSignals();
        break;
      }
    }
    this.#clearPrompt();
  }
}

/** Stands behind the commands of +cmd: ends one that waits for more, and is nothing else. */
const END_OF_COMMANDS = "<end>";

function standoutNumber(text: string): string {
  return `\u001b[1m${text}\u001b[m`;
}

function* nothing(): Blocking<undefined> {
  return undefined;
}
