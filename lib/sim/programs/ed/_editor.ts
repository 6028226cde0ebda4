// The commands of GNU ed 1.19 (its manual, "Commands"; POSIX, ed).
// (More than 400 lines: each command is a few lines on the same buffer, addresses and last patterns.)
import { type Blocking, decode, encode, O, type Sys, SysError } from "../../kernel/sys.ts";
import type { Io } from "../kit/io.ts";
import { compileRegex, type Regex, RegexLimitError, RegexSyntaxError } from "../kit/regex/compile-regex.ts";
import { openShellPipe, runShell, waitFor } from "../kit/shell-command.ts";
import { readWhole } from "../kit/read-whole.ts";
import { Buffer, type Line } from "./_buffer.ts";

interface EdOptions {
  readonly extended: boolean;
  readonly traditional: boolean;
  readonly restricted: boolean;
  /** -s: no byte counts, no ! */
  readonly isScript: boolean;
  /** -q */
  readonly quiet: boolean;
  readonly stripsReturns: boolean;
  readonly windowLines: number;
  readonly windowColumns: number;
}

/** A command failed: what `h` explains. */
class EdError extends Error {}

const WARNING = "Warning: buffer modified";
const letterOf = (text: string, at: number): string => text.charAt(at);
const isDigit = (letter: string): boolean => letter >= "0" && letter <= "9" && letter !== "";

interface Substitution {
  readonly regex: Regex;
  readonly replacement: string;
  readonly global: boolean;
  readonly count: number;
  readonly suffix: string;
}

export class Editor {
  readonly #sys: Sys;
  readonly #io: Io;
  readonly #options: EdOptions;
  readonly #buffer = new Buffer();
  #file = "";
  #message = "";
  isVerbose: boolean;
  #prompt: string;
  #promptOn: boolean;
  #regex: Regex | undefined;
  #substitution: Substitution | undefined;
  #replacement: string | undefined;
  #lastShell: string | undefined;
  #lastGlobal: string | undefined;
  #scroll: number;
  #yanked: readonly Line[] = [];
  /** the command line, and how far it was read */
  #line = "";
  #at = 0;
  #first = 0;
  #second = 0;
  #given = 0;
  #isGlobal = false;
  /** lines of a global command's list that are still to come */
  #queue: string[] | undefined;
  #ended = false;

  constructor(io: Io, options: EdOptions, prompt: string | undefined, isVerbose: boolean) {
    this.#io = io;
    this.#sys = io.sys;
    this.#options = options;
    this.#prompt = prompt ?? "*";
    this.#promptOn = prompt !== undefined;
    this.isVerbose = isVerbose;
    this.#scroll = options.windowLines;
  }

  /** The command's exit status. */
  *run(file: string | undefined, isRegularInput: boolean): Blocking<number> {
    const { out } = this.#io;
    let status = 0;
    let failed = false;
    if (file !== undefined) {
      try {
        if (this.#options.restricted && (file.includes("/") || file === "..")) throw new EdError("Directory access restricted");
        if (this.#options.restricted && file.startsWith("!")) throw new EdError("Shell access restricted");
        yield* this.#edit(file);
        if (!file.startsWith("!")) this.#file = file;
      } catch (error) {
        if (!(error instanceof EdError)) throw error;
        this.#message = error.message;
        if (error.message === "Cannot open input file") this.#file = file;
        else {
          yield* this.#io.stderr("?\n");
          status = 1;
        }
        if (isRegularInput) return 2;
        failed = this.isVerbose;
      }
    }
    for (let number = 0; ; ) {
      if (failed && this.isVerbose) out.put(`${this.#message}\n`);
      if (this.#promptOn) out.put(this.#prompt);
      const line = yield* this.#readLine();
      if (line === undefined) {
        if (!this.#buffer.isModified || this.#isWarning) return status;
        yield* this.#complain(WARNING);
        if (isRegularInput) {
          if (this.isVerbose) yield* this.#io.stderr(`script, line ${number}: ${this.#message}\n`);
          return 2;
        }
        if (this.#ended && !this.#sys.isatty(0)) return 2;
        this.#isWarning = true;
        failed = true;
        continue;
      }
      number++;
      failed = false;
      this.#wasWarned = this.#isWarning;
      this.#isWarning = false;
      try {
        if (yield* this.#execute(line)) return status;
      } catch (error) {
        const text = error instanceof EdError ? error.message : error instanceof RegexSyntaxError || error instanceof RegexLimitError ? error.message : error instanceof SysError && error.errno === "EINTR" ? "Interrupt" : undefined;
        if (text === undefined) throw error;
        this.#queue = undefined;
        this.#isGlobal = false;
        failed = true;
        yield* this.#complain(text);
        if (status === 0) status = 1;
        if (isRegularInput) {
          if (this.isVerbose) yield* this.#io.stderr(`script, line ${number}: ${text}\n`);
          return 1;
        }
      }
    }
  }

  *#complain(text: string): Blocking<void> {
    this.#message = text;
    yield* this.#io.stderr("?\n");
  }

  /** A line of standard input, or of the list of a global command. Undefined at the end. */
  *#readLine(): Blocking<string | undefined> {
    if (this.#queue !== undefined) return this.#queue.shift();
    yield* this.#io.out.flush();
    const bytes = yield* this.#io.stdin.line();
    if (bytes === undefined) {
      this.#ended = true;
      return undefined;
    }
    return decodeLatin1(bytes);
  }

  // ---- reading the command line

  get #letter(): string {
    return letterOf(this.#line, this.#at);
  }

  #skipBlanks(): void {
    while (this.#letter === " " || this.#letter === "\t") this.#at++;
  }

  #number(): number {
    let digits = "";
    while (isDigit(this.#letter)) digits += this.#line.charAt(this.#at++);
    const value = Number(digits);
    if (value > 0x7fff_ffff) throw new EdError("Number out of range");
    return value;
  }

  *#addresses(): Blocking<void> {
    const { current, last } = this.#buffer;
    let first = -1;
    let second = -1;
    let isFirst = true;
    const valid = (address: number): number => {
      if (address < 0 || address > last) throw new EdError("Invalid address");
      return address;
    };
    let here = current;
    this.#skipBlanks();
    for (;;) {
      const letter = this.#letter;
      if (isDigit(letter)) {
        const value = this.#number();
        second = isFirst ? value : second + value;
        isFirst = false;
      } else if (letter === " " || letter === "\t") this.#skipBlanks();
      else if (letter === "+" || letter === "-" || letter === "^") {
        if (isFirst) second = here;
        isFirst = false;
        this.#at++;
        const step = isDigit(this.#letter) ? this.#number() : 1;
        second += letter === "+" ? step : -step;
      } else if (letter === "." || letter === "$") {
        if (!isFirst) throw new EdError("Invalid address");
        isFirst = false;
        this.#at++;
        second = letter === "." ? here : last;
      } else if (letter === "/" || letter === "?") {
        if (!isFirst) throw new EdError("Invalid address");
        second = yield* this.#search(letter, here);
        isFirst = false;
      } else if (letter === "'") {
        if (!isFirst) throw new EdError("Invalid address");
        isFirst = false;
        this.#at++;
        const mark = this.#line.charAt(this.#at++);
        if (!/^[a-z]$/.test(mark)) throw new EdError("Invalid mark character");
        second = this.#buffer.addressOf(this.#buffer.marks.get(mark));
        if (second === 0) throw new EdError("Invalid address");
      } else if (letter === "%" || letter === "," || letter === ";") {
        if (letter === "%" && !isFirst) throw new EdError("Invalid address");
        if (isFirst) {
          if (first < 0) {
            first = letter === ";" ? here : Math.min(1, last);
            second = last;
          } else first = second;
        } else {
          valid(second);
          if (letter === ";") here = second;
          first = second;
        }
        if (letter === ";" && !isFirst) this.#buffer.current = here;
        isFirst = true;
        this.#at++;
      } else break;
    }
    this.#given = 0;
    if (second >= 0 || !isFirst) this.#given = 1;
    if (this.#given === 1) valid(second);
    if (first >= 0) {
      this.#given = 2;
      valid(first);
    }
    this.#first = first >= 0 ? first : second;
    this.#second = second;
    if (this.#given === 0) {
      this.#first = this.#buffer.current;
      this.#second = this.#buffer.current;
    }
  }

  /** The text up to a delimiter; `\` before the delimiter is kept for others but it. */
  #delimited(delimiter: string): string {
    let text = "";
    for (;;) {
      const letter = this.#letter;
      if (letter === "" || letter === delimiter) break;
      if (letter === "[") {
        const end = bracketEnd(this.#line, this.#at);
        if (end < 0) throw new EdError("Unbalanced brackets ([])");
        text += this.#line.slice(this.#at, end);
        this.#at = end;
        continue;
      }
      if (letter === "\\") {
        const next = this.#line.charAt(this.#at + 1);
        if (next === "") throw new EdError("Trailing backslash (\\)");
        text += next === delimiter && !/[\\.*[\]^$(){}+?|]/.test(next) ? next : letter + next;
        this.#at += 2;
        continue;
      }
      text += letter;
      this.#at++;
    }
    return text;
  }

  /** The pattern at a delimiter; the last one where it is empty. The delimiter behind it is not read. */
  #pattern(ignoreCase = false): Regex {
    const delimiter = this.#letter;
    if (delimiter === " " || delimiter === "") throw new EdError("Invalid pattern delimiter");
    this.#at++;
    if (this.#letter === delimiter || this.#letter === "") {
      if (this.#regex === undefined) throw new EdError("No previous pattern");
      return this.#regex;
    }
    const source = this.#delimited(delimiter);
    this.#source = source;
    return this.#compile(source, ignoreCase);
  }

  #source = "";

  #compile(source: string, ignoreCase: boolean): Regex {
    const regex = compileRegex(source, { syntax: this.#options.extended ? "ere" : "bre", ignoreCase });
    this.#regex = regex;
    return regex;
  }

  *#matches(regex: Regex, text: string): Blocking<boolean> {
    const found = regex.test(text);
    if (this.#sys.charge(1 + (regex.takeWork() >> 4))) yield* this.#sys.preempt();
    return found;
  }

  *#search(delimiter: string, from: number): Blocking<number> {
    const regex = this.#pattern();
    if (this.#letter === delimiter) this.#at++;
    if (this.#letter === "I") this.#at++;
    const { last } = this.#buffer;
    for (let step = 1; step <= last; step++) {
      const address = delimiter === "/" ? ((from - 1 + step) % last) + 1 : ((from - 1 - step + 2 * last) % last) + 1;
      if (yield* this.#matches(regex, this.#buffer.text(address))) return address;
    }
    throw new EdError("No match");
  }

  /** What a command has when no address was given. */
  #range(first: number, second: number): void {
    if (this.#given === 0) {
      this.#first = first;
      this.#second = second;
    }
    if (this.#first < 1 || this.#first > this.#second || this.#second > this.#buffer.last) throw new EdError("Invalid address");
  }

  /** Letters p, n and l behind a command. */
  #suffix(): string {
    let suffix = "";
    for (; "pnl".includes(this.#letter) && this.#letter !== ""; this.#at++) {
      if (suffix.includes(this.#letter)) throw new EdError("Invalid command suffix");
      suffix += this.#letter;
    }
    if (this.#letter !== "") throw new EdError("Invalid command suffix");
    return suffix;
  }

  #none(): void {
    if (this.#given > 0) throw new EdError("Unexpected address");
  }

  #filename(): string {
    if (this.#letter !== "" && this.#letter !== " " && this.#letter !== "\t") throw new EdError("Unexpected command suffix");
    this.#skipBlanks();
    const name = this.#line.slice(this.#at);
    this.#at = this.#line.length;
    if (name.startsWith("!")) {
      if (this.#options.restricted) throw new EdError("Shell access restricted");
      return `!${this.#shellCommand(name.slice(1))}`;
    }
    if (this.#options.restricted && (name.includes("/") || name === "..")) throw new EdError("Directory access restricted");
    return name;
  }

  /** The file that is meant: a name that is given, else the one that is remembered. */
  #target(name: string): string {
    const target = name === "" ? this.#file : name;
    if (target === "") throw new EdError("No current filename");
    return target;
  }

  // ---- printing

  *#print(from: number, to: number, how: string): Blocking<void> {
    for (let address = from; address <= to; address++) {
      if (this.#sys.charge(1)) yield* this.#sys.preempt();
      const text = this.#buffer.text(address);
      const shown = how.includes("l") ? this.#listed(text, how.includes("n") ? 8 : 0) : text;
      yield* this.#io.out.print(`${how.includes("n") ? `${address}\t` : ""}${shown}\n`);
      this.#buffer.current = address;
    }
  }

  #listed(text: string, used: number): string {
    const names = new Map([[7, "\\a"], [8, "\\b"], [12, "\\f"], [10, "\\n"], [13, "\\r"], [9, "\\t"], [11, "\\v"], [92, "\\\\"]]);
    const width = this.#options.windowColumns;
    let out = "";
    let column = used;
    for (const byte of encode(text)) {
      const piece = names.get(byte) ?? (byte === 36 && !this.#options.traditional ? "\\$" : byte < 32 || byte > 126 ? `\\${byte.toString(8).padStart(3, "0")}` : String.fromCharCode(byte));
      if (column + piece.length >= width && width > 0) {
        out += "\\\n";
        column = 0;
      }
      out += piece;
      column += piece.length;
    }
    return `${out}${this.#options.traditional ? "" : "$"}`;
  }

  // ---- files

  /** Undefined: it cannot be opened; said already. */
  *#readFile(name: string): Blocking<{ readonly lines: readonly string[]; readonly size: number }> {
    let bytes: Uint8Array;
    if (name.startsWith("!")) {
      const pipe = openShellPipe(this.#sys, name.slice(1), "r");
      bytes = yield* readWhole(this.#sys, pipe.fd);
      this.#sys.close(pipe.fd);
      yield* waitFor(this.#sys, pipe.pid);
    } else {
      try {
        const fd = yield* this.#sys.open(name, O.RDONLY | O.CLOEXEC);
        bytes = yield* readWhole(this.#sys, fd);
        this.#sys.close(fd);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        if (!this.#options.quiet) yield* this.#io.stderr(`${name}: ${error.message}\n`);
        throw new EdError(error.errno === "EISDIR" ? "Cannot read input file" : "Cannot open input file");
      }
    }
    const text = decode(bytes);
    const lines = text.split("\n");
    const returns = this.#options.stripsReturns ? lines.filter((one) => one.endsWith("\r")).length : 0;
    let size = bytes.length - returns;
    if (lines.at(-1) === "") lines.pop();
    else if (text !== "") {
      // ed adds it
      size++;
      if (!this.#options.quiet && !this.#options.isScript) yield* this.#io.stderr("Newline appended\n");
    }
    return { lines: this.#options.stripsReturns ? lines.map((one) => one.replace(/\r$/, "")) : lines, size };
  }

  #count(size: number): void {
    if (!this.#options.isScript) this.#io.out.put(`${size}\n`);
  }

  *#edit(name: string): Blocking<void> {
    this.#buffer.lines = [];
    this.#buffer.current = 0;
    this.#buffer.isModified = false;
    this.#buffer.marks.clear();
    this.#buffer.forget();
    const { lines, size } = yield* this.#readFile(name);
    this.#buffer.insert(0, lines.map((text) => ({ text })));
    this.#buffer.isModified = false;
    this.#buffer.forget();
    this.#count(size);
  }

  *#write(name: string, from: number, to: number, append: boolean): Blocking<void> {
    const lines = from === 0 ? [] : this.#buffer.lines.slice(from - 1, to);
    const bytes = encode(lines.map(({ text }) => `${text}\n`).join(""));
    if (name.startsWith("!")) {
      yield* this.#io.out.flush();
      const pipe = openShellPipe(this.#sys, name.slice(1), "w");
      try {
        yield* this.#sys.write(pipe.fd, bytes);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
      this.#sys.close(pipe.fd);
      yield* waitFor(this.#sys, pipe.pid);
    } else {
      try {
        const fd = yield* this.#sys.open(name, O.WRONLY | O.CREAT | O.CLOEXEC | (append ? O.APPEND : O.TRUNC), 0o666);
        if (bytes.length > 0) yield* this.#sys.write(fd, bytes);
        this.#sys.close(fd);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        if (!this.#options.quiet) yield* this.#io.stderr(`${name}: ${error.message}\n`);
        throw new EdError("Cannot open output file");
      }
    }
    this.#count(bytes.length);
  }

  /** `!` and `%` in a shell command are the last one and the file's name; one that was changed so is shown. */
  #shellCommand(given: string): string {
    let text = "";
    let isExpanded = false;
    let rest = given;
    if (rest.startsWith("!")) {
      if (this.#lastShell === undefined) throw new EdError("No previous command");
      text = this.#lastShell;
      rest = rest.slice(1);
      isExpanded = true;
    }
    for (let at = 0; at < rest.length; at++) {
      const letter = rest.charAt(at);
      if (letter === "\\" && rest.charAt(at + 1) === "%") {
        text += "%";
        at++;
      } else if (letter === "%") {
        if (this.#file === "") throw new EdError("No current filename");
        text += this.#file;
        isExpanded = true;
      } else text += letter;
    }
    this.#lastShell = text;
    if (isExpanded) this.#io.out.put(`${text}\n`);
    return text;
  }

  // ---- commands

  /** Changes that would be lost are told of once: the same command at once again goes through. */
  #warn(): void {
    if (!this.#buffer.isModified || this.#wasWarned) return;
    this.#isWarning = true;
    throw new EdError(WARNING);
  }

  #isWarning = false;
  #wasWarned = false;

  /** True: the editor ends. */
  *#execute(line: string): Blocking<boolean> {
    this.#line = line;
    this.#at = 0;
    yield* this.#addresses();
    this.#skipBlanks();
    const command = this.#letter;
    this.#at++;
    const buffer = this.#buffer;
    if (!this.#isGlobal && "acdijmrstx".includes(command) && command !== "") buffer.begin();
    let suffix = "";
    switch (command) {
      case "a":
        suffix = this.#suffix();
        yield* this.#append(this.#given === 0 ? buffer.current : this.#second);
        break;
      case "i":
        suffix = this.#suffix();
        yield* this.#append(Math.max(0, (this.#given === 0 ? buffer.current : this.#second) - 1), this.#given === 0 ? buffer.current : Math.max(Math.min(1, buffer.last), this.#second));
        break;
      case "c": {
        this.#range(buffer.current, buffer.current);
        suffix = this.#suffix();
        const [from, to] = [this.#first, this.#second];
        this.#yank(from, to);
        buffer.remove(from, to);
        yield* this.#append(from - 1, Math.min(from, buffer.last));
        break;
      }
      case "d":
        this.#range(buffer.current, buffer.current);
        suffix = this.#suffix();
        this.#yank(this.#first, this.#second);
        buffer.remove(this.#first, this.#second);
        break;
      case "e":
      case "E": {
        this.#none();
        const name = this.#filename();
        if (command === "e") this.#warn();
        const target = this.#target(name);
        if (name !== "" && !name.startsWith("!")) this.#file = name;
        yield* this.#edit(target);
        break;
      }
      case "f": {
        this.#none();
        const name = this.#filename();
        if (name.startsWith("!")) throw new EdError("Invalid redirection");
        if (name !== "") this.#file = name;
        this.#io.out.put(`${this.#target("")}\n`);
        break;
      }
      case "g":
      case "v":
      case "G":
      case "V":
        if (this.#isGlobal) throw new EdError("Cannot nest global commands");
        yield* this.#global(command);
        break;
      case "h":
      case "H":
        this.#none();
        suffix = this.#suffix();
        if (command === "H") this.isVerbose = !this.isVerbose;
        if ((command === "h" || this.isVerbose) && this.#message !== "") this.#io.out.put(`${this.#message}\n`);
        break;
      case "j": {
        this.#range(buffer.current, buffer.current + 1);
        suffix = this.#suffix();
        if (this.#first !== this.#second) {
          this.#yank(this.#first, this.#second);
          buffer.replace(this.#first, this.#second, [{ text: buffer.lines.slice(this.#first - 1, this.#second).map(({ text }) => text).join("") }]);
        }
        break;
      }
      case "k": {
        const mark = this.#line.charAt(this.#at++);
        if (this.#second === 0) throw new EdError("Invalid address");
        suffix = this.#suffix();
        if (mark === "") throw new EdError("Invalid command suffix");
        if (!/^[a-z]$/.test(mark)) throw new EdError("Invalid mark character");
        const marked = buffer.lines[this.#second - 1];
        if (marked) buffer.marks.set(mark, marked);
        break;
      }
      case "l":
      case "n":
      case "p":
        this.#range(buffer.current, buffer.current);
        suffix = this.#suffix();
        yield* this.#print(this.#first, this.#second, suffix.includes(command) ? suffix : command + suffix);
        suffix = "";
        break;
      case "m":
      case "t":
        suffix = yield* this.#transfer(command);
        break;
      case "P":
        this.#none();
        suffix = this.#suffix();
        this.#promptOn = !this.#promptOn;
        break;
      case "q":
      case "Q":
        this.#none();
        this.#suffix();
        if (command === "q") this.#warn();
        return true;
      case "r": {
        const after = this.#given === 0 ? buffer.last : this.#second;
        const name = this.#filename();
        const target = this.#target(name);
        if (this.#file === "" && !target.startsWith("!")) this.#file = target;
        const { lines, size } = yield* this.#readFile(target);
        buffer.insert(after, lines.map((text) => ({ text })));
        this.#count(size);
        break;
      }
      case "s":
        suffix = yield* this.#substitute();
        break;
      case "u":
        this.#none();
        suffix = this.#suffix();
        if (!buffer.undo()) throw new EdError("Nothing to undo");
        break;
      case "w":
      case "W":
        return yield* this.#writeCommand(command);
      case "x": {
        const after = this.#given === 0 ? buffer.current : this.#second;
        suffix = this.#suffix();
        if (this.#yanked.length === 0) throw new EdError("Nothing to put");
        buffer.insert(after, this.#yanked.map(({ text }) => ({ text })));
        break;
      }
      case "y":
        this.#range(buffer.current, buffer.current);
        suffix = this.#suffix();
        this.#yank(this.#first, this.#second);
        break;
      case "z": {
        const from = this.#given === 0 ? Math.min(buffer.current + (this.#options.traditional || !this.#isGlobal ? 1 : 0), buffer.last + 1) : this.#second;
        if (from < 1 || from > buffer.last) throw new EdError("Invalid address");
        if (isDigit(this.#letter)) this.#scroll = this.#number();
        suffix = this.#suffix();
        yield* this.#print(from, Math.min(buffer.last, from + this.#scroll - 1), suffix);
        suffix = "";
        break;
      }
      case "=":
        suffix = this.#suffix();
        this.#io.out.put(`${this.#given === 0 ? buffer.last : this.#second}\n`);
        break;
      case "!": {
        this.#none();
        if (this.#options.restricted) throw new EdError("Shell access restricted");
        const shell = this.#shellCommand(this.#line.slice(this.#at));
        yield* this.#io.out.flush();
        yield* runShell(this.#sys, shell);
        if (!this.#options.isScript) this.#io.out.put("!\n");
        break;
      }
      case "#":
        break;
      case "": {
        this.#at--;
        const address = this.#given === 0 ? buffer.current + (this.#isGlobal && !this.#options.traditional ? 0 : 1) : this.#second;
        if (address < 1 || address > buffer.last) throw new EdError("Invalid address");
        yield* this.#print(address, address, "");
        break;
      }
      default:
        throw new EdError("Unknown command");
    }
    if (suffix !== "") {
      if (buffer.current < 1) throw new EdError("Invalid address");
      yield* this.#print(buffer.current, buffer.current, suffix);
    }
    return false;
  }

  #yank(from: number, to: number): void {
    this.#yanked = this.#buffer.lines.slice(from - 1, to);
  }

  /** Lines up to a period. `otherwise`: the current line when there are none. */
  *#append(after: number, otherwise = after): Blocking<void> {
    this.#buffer.current = after;
    const lines: Line[] = [];
    for (;;) {
      const line = yield* this.#readLine();
      if (line === undefined || line === ".") break;
      lines.push({ text: line });
      if (this.#sys.charge(1)) yield* this.#sys.preempt();
    }
    this.#buffer.insert(after, lines);
    if (lines.length === 0) this.#buffer.current = otherwise;
  }

  *#transfer(command: string): Blocking<string> {
    const buffer = this.#buffer;
    this.#range(buffer.current, buffer.current);
    const [from, to] = [this.#first, this.#second];
    const before = this.#at;
    yield* this.#addresses();
    if (this.#given === 0 && this.#at === before) {
      // without an address it is the current line, and a suffix may follow
      this.#second = buffer.current;
    }
    const target = this.#second;
    if (command === "m" && target >= from && target < to) throw new EdError("Invalid destination");
    const suffix = this.#suffix();
    if (command === "t") buffer.insert(target, buffer.lines.slice(from - 1, to).map(({ text }) => ({ text })));
    else if (target === to || target === from - 1) buffer.current = to;
    else buffer.move(from, to, target);
    return suffix;
  }

  *#writeCommand(command: string): Blocking<boolean> {
    const buffer = this.#buffer;
    let quits = "";
    if (this.#letter === "q" || this.#letter === "Q") {
      quits = this.#letter;
      this.#at++;
    }
    const name = this.#filename();
    if (this.#given === 0) {
      this.#first = Math.min(1, buffer.last);
      this.#second = buffer.last;
    } else if (this.#first < 1 || this.#first > this.#second) throw new EdError("Invalid address");
    const target = this.#target(name);
    if (this.#file === "" && !target.startsWith("!")) this.#file = target;
    yield* this.#write(target, this.#first, this.#second, command === "W");
    const isWhole = this.#second - this.#first + 1 >= buffer.last || buffer.last === 0;
    if (isWhole && !target.startsWith("!")) buffer.isModified = false;
    else if (quits === "q") this.#warn();
    return quits !== "";
  }

  *#substitute(): Blocking<string> {
    const buffer = this.#buffer;
    const delimiter = this.#letter;
    const isRepeat = delimiter === "" || /[pngrlI0-9]/.test(delimiter);
    let made: Substitution;
    if (isRepeat) {
      const former = this.#substitution;
      if (former === undefined) throw new EdError("No previous substitution");
      let { regex, global, count, suffix } = former;
      for (; this.#letter !== ""; ) {
        if (isDigit(this.#letter)) {
          count = this.#number();
          global = false;
          continue;
        }
        if (this.#letter === "g") global = !global;
        else if (this.#letter === "p") suffix = suffix.includes("p") ? suffix.replace("p", "") : `${suffix}p`;
        else if (this.#letter === "r") {
          if (this.#regex === undefined) throw new EdError("No previous pattern");
          regex = this.#regex;
        } else throw new EdError("Invalid command suffix");
        this.#at++;
      }
      made = { ...former, regex, global, count, suffix };
    } else {
      if (delimiter === " " || delimiter === "\n") throw new EdError("Invalid pattern delimiter");
      const startsEmpty = this.#line.charAt(this.#at + 1) === delimiter;
      let regex = this.#pattern();
      const source = startsEmpty ? undefined : this.#source;
      let text = "";
      let suffix = "";
      let global = false;
      let count = 1;
      if (this.#letter === "") throw new EdError("Missing pattern delimiter");
      this.#at++;
      for (;;) {
        const letter = this.#letter;
        if (letter === delimiter) break;
        if (letter === "") {
          // a backslash at the end of the line: the text goes on in the next
          if (text.endsWith("\\") && !/(?:^|[^\\])(?:\\\\)+$/.test(text)) {
            const more = yield* this.#readLine();
            if (more === undefined) break;
            text = `${text.slice(0, -1)}\\\n`;
            this.#line = more;
            this.#at = 0;
            continue;
          }
          break;
        }
        if (letter === "\\" && this.#line.charAt(this.#at + 1) !== "") {
          text += letter + this.#line.charAt(this.#at + 1);
          this.#at += 2;
          continue;
        }
        text += letter;
        this.#at++;
      }
      if (text === "%" && !this.#options.traditional) {
        if (this.#replacement === undefined) throw new EdError("No previous substitution");
        text = this.#replacement;
      }
      if (this.#letter === "") suffix = "p";
      else {
        this.#at++;
        let ignoreCase = false;
        for (; this.#letter !== ""; ) {
          if (isDigit(this.#letter) && suffix === "" && !global && !ignoreCase) {
            count = this.#number();
            if (count < 1) throw new EdError("Invalid command suffix");
            continue;
          }
          if (this.#letter === "g") global = true;
          else if (this.#letter === "I" || this.#letter === "i") ignoreCase = true;
          else if ("pnl".includes(this.#letter)) suffix += this.#letter;
          else throw new EdError("Invalid command suffix");
          this.#at++;
        }
        if (ignoreCase && source !== undefined) regex = this.#compile(source, true);
      }
      this.#replacement = text;
      made = { regex, replacement: text, global, count, suffix };
    }
    this.#range(buffer.current, buffer.current);
    this.#substitution = made;
    let last = 0;
    let from = this.#first;
    let to = this.#second;
    while (from <= to) {
      const text = buffer.text(from);
      const changed = yield* this.#replaced(made, text);
      if (changed === undefined) {
        from++;
        continue;
      }
      const lines = changed.split("\n").map((one) => ({ text: one }));
      buffer.replace(from, from, lines);
      last = from + lines.length - 1;
      to += lines.length - 1;
      from = last + 1;
    }
    if (last === 0) {
      if (this.#isGlobal) return "";
      throw new EdError("No match");
    }
    buffer.current = last;
    return made.suffix;
  }

  /** Undefined: nothing matches. */
  *#replaced({ regex, replacement, global, count }: Substitution, text: string): Blocking<string | undefined> {
    let out = "";
    let at = 0;
    let seen = 0;
    let isChanged = false;
    while (at <= text.length) {
      const found = regex.exec(text, at);
      if (this.#sys.charge(1 + (regex.takeWork() >> 4))) yield* this.#sys.preempt();
      if (!found) break;
      const start = found[0] ?? 0;
      const end = found[1] ?? start;
      seen++;
      out += text.slice(at, start);
      if (seen >= count && (global || seen === count)) {
        isChanged = true;
        out += expanded(replacement, text, found);
      } else out += text.slice(start, end);
      at = end;
      if (isChanged && !global) break;
      if (end === start) {
        out += text.charAt(at);
        at++;
      }
    }
    return isChanged ? out + text.slice(at) : undefined;
  }

  *#global(command: string): Blocking<void> {
    const buffer = this.#buffer;
    const isInverse = command === "v" || command === "V";
    const isInteractive = command === "G" || command === "V";
    this.#range(Math.min(1, buffer.last), buffer.last);
    const delimiter = this.#letter;
    const regex = this.#pattern();
    if (this.#letter === delimiter) this.#at++;
    if (this.#letter === "I") this.#at++;
    let suffix = "";
    if (isInteractive) suffix = this.#suffix();
    const list: string[] = [];
    if (!isInteractive) {
      let line = this.#line.slice(this.#at);
      while (endsOpen(line)) {
        list.push(line.slice(0, -1));
        const more = yield* this.#readLine();
        if (more === undefined) throw new EdError("Unexpected end-of-file");
        line = more;
      }
      list.push(line);
      if (list.length === 1 && list[0] === "") list[0] = "p";
    }
    const marked: Line[] = [];
    for (let address = this.#first; address <= this.#second; address++) {
      const line = buffer.lines[address - 1];
      if (line !== undefined && (yield* this.#matches(regex, line.text)) !== isInverse) marked.push(line);
    }
    buffer.begin();
    this.#isGlobal = true;
    try {
      for (const line of marked) {
        const address = buffer.addressOf(line);
        if (this.#sys.charge(1 + (buffer.last >> 6))) yield* this.#sys.preempt();
        if (address === 0) continue;
        buffer.current = address;
        if (!isInteractive) {
          this.#queue = [...list];
          yield* this.#runQueue();
          continue;
        }
        yield* this.#print(address, address, suffix);
        this.#queue = undefined;
        let typed = yield* this.#readLine();
        if (typed === undefined) throw new EdError("Unexpected end-of-file");
        if (typed === "") continue;
        const lines: string[] = [];
        if (typed === "&") {
          if (this.#lastGlobal === undefined) throw new EdError("No previous command");
          lines.push(...this.#lastGlobal.split("\n"));
        } else {
          for (; endsOpen(typed); typed = (yield* this.#readLine()) ?? "") lines.push(typed.slice(0, -1));
          lines.push(typed);
          this.#lastGlobal = lines.join("\n");
        }
        this.#queue = lines;
        yield* this.#runQueue();
      }
    } finally {
      this.#isGlobal = false;
      this.#queue = undefined;
    }
  }

  *#runQueue(): Blocking<void> {
    for (;;) {
      const line = this.#queue?.shift();
      if (line === undefined) return;
      yield* this.#execute(line);
    }
  }
}

const decodeLatin1 = (line: string): string => decode(Uint8Array.from(line, (letter) => letter.charCodeAt(0)));

/** A list of commands goes on in the next line. */
function endsOpen(line: string): boolean {
  return (/\\*$/.exec(line)?.[0].length ?? 0) % 2 === 1;
}

/** Where a bracket expression ends; -1: nowhere. */
function bracketEnd(text: string, from: number): number {
  let at = from + 1;
  if (text.charAt(at) === "^") at++;
  if (text.charAt(at) === "]") at++;
  for (; at < text.length; at++) {
    const letter = text.charAt(at);
    if (letter === "]") return at + 1;
    const kind = letter === "[" ? text.charAt(at + 1) : "";
    if (kind === ":" || kind === "." || kind === "=") {
      const end = text.indexOf(`${kind}]`, at + 2);
      if (end < 0) return -1;
      at = end + 1;
    }
  }
  return -1;
}

/** A group that the pattern does not have is a plain digit. */
function expanded(replacement: string, text: string, found: ArrayLike<number>): string {
  let out = "";
  for (let at = 0; at < replacement.length; at++) {
    const letter = replacement.charAt(at);
    if (letter === "&") out += text.slice(found[0] ?? 0, found[1] ?? 0);
    else if (letter === "\\") {
      const next = replacement.charAt(++at);
      if (next >= "1" && next <= "9") {
        const group = Number(next);
        const start = found[2 * group] ?? -1;
        if (2 * group >= found.length) out += next;
        else if (start >= 0) out += text.slice(start, found[2 * group + 1] ?? start);
      } else out += next;
    } else out += letter;
  }
  return out;
}
