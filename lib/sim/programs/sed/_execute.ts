// Runs the commands of a script over the input, cycle by cycle.
// (More than 400 lines: one loop over the script; its commands share the spaces and the files.)

import { type Blocking, decode, encode, O, SysError } from "../../kernel/sys.ts";
import type { Io } from "../kit/io.ts";
import { type MatchOffsets, type Regex, RegexLimitError } from "../kit/regex/compile-regex.ts";
import { shellOutput } from "../kit/shell-command.ts";
import { TextLines } from "../kit/text-lines.ts";
import type { SedInput } from "./_input.ts";
import type { SedOutput, SedOutputs } from "./_output.ts";
import type { Address, CaseChange, ReplacementPart, SedCommand, Substitution } from "./_script.ts";

export interface ExecuteOptions {
  readonly quiet: boolean;
  readonly posix: boolean;
  readonly unbuffered: boolean;
  readonly delimiter: string;
  /** `l` wraps at this many columns; 0 never */
  readonly lineLength: number;
}

/** Ends the run with a message of sed itself. */
export class ExecuteError extends Error {}

export class Executor {
  readonly #io: Io;
  readonly #commands: readonly SedCommand[];
  readonly #input: SedInput;
  readonly #outputs: SedOutputs;
  readonly #options: ExecuteOptions;
  /** Standard output, or the file being edited in place. */
  output: SedOutput;
  #pattern = "";
  #terminated = true;
  #hold = "";
  #replaced = false;
  #lastRegex: Regex | undefined;
  #appends: ({ readonly text: string } | { readonly file: string } | { readonly lineOf: string })[] = [];
  readonly #lineFiles = new Map<string, { batch: readonly string[]; at: number; lines: TextLines } | undefined>();

  constructor(io: Io, commands: readonly SedCommand[], input: SedInput, outputs: SedOutputs, options: ExecuteOptions) {
    this.#io = io;
    this.#commands = commands;
    this.#input = input;
    this.#outputs = outputs;
    this.#options = options;
    this.output = outputs.standard;
  }

  /** The exit status that q or Q asked for, or 0. */
  *run(): Blocking<{ readonly status: number; readonly quit: boolean }> {
    const io = this.#io;
    let restart = false;
    for (;;) {
      if (!restart) {
        const line = yield* this.#input.line();
        if (line === undefined) return { status: 0, quit: false };
        this.#pattern = line;
        this.#terminated = this.#input.terminated;
        this.#replaced = false;
      }
      restart = false;
      const outcome = yield* this.#cycle();
      if (outcome === "end" || outcome === "quit") {
        if (!this.#options.quiet) this.#print();
      } else if (outcome === "restart") restart = true;
      yield* this.#endOfCycle();
      if (outcome === "quit" || outcome === "quit-silently") return { status: this.#status, quit: true };
      if (io.sys.charge(1 + (this.#work >> 8))) yield* io.sys.preempt();
      this.#work = 0;
    }
  }

  #status = 0;
  #work = 0;

  #print(): void {
    this.output.line(this.#pattern, this.#terminated);
  }

  *#endOfCycle(): Blocking<void> {
    if (this.#appends.length > 0) yield* this.#dumpAppends();
    yield* this.#outputs.flushFiles();
    if (this.#options.unbuffered || this.output.out.full) yield* this.output.out.flush();
  }

  *#cycle(): Blocking<"end" | "delete" | "restart" | "quit" | "quit-silently"> {
    const commands = this.#commands;
    let steps = 0;
    for (let pc = 0; pc < commands.length; pc++) {
      const command = commands[pc];
      if (!command) break;
      if ((++steps & 63) === 0 || this.#work > 16_384) {
        const work = this.#work;
        this.#work = 0;
        if (this.#io.sys.charge(8 + (work >> 8))) yield* this.#io.sys.preempt();
      }
      if (command.first && (command.second ? yield* this.#inRange(command) : yield* this.#matches(command.first)) === command.negated) {
        if (command.name === "{") pc = command.target - 1;
        continue;
      }
      if (!command.first && command.negated) {
        if (command.name === "{") pc = command.target - 1;
        continue;
      }
      switch (command.name) {
        case "{":
          break;
        case "s":
          if (command.substitution) yield* this.#substitute(command.substitution);
          break;
        case "p":
          this.#print();
          break;
        case "d":
          return "delete";
        case "D": {
          const at = this.#pattern.indexOf(this.#options.delimiter);
          if (at < 0) return "delete";
          this.#pattern = this.#pattern.slice(at + 1);
          return "restart";
        }
        case "P": {
          const at = this.#pattern.indexOf(this.#options.delimiter);
          this.output.line(at < 0 ? this.#pattern : this.#pattern.slice(0, at), at >= 0 || this.#terminated);
          break;
        }
        case "n":
          if (yield* this.#input.isEnd()) return this.#options.posix ? "quit-silently" : "quit";
          if (!this.#options.quiet) this.#print();
          yield* this.#nextLine(false);
          break;
        case "N":
          if (yield* this.#input.isEnd()) return this.#options.posix ? "quit-silently" : "quit";
          yield* this.#nextLine(true);
          break;
        case "g":
          this.#pattern = this.#hold;
          break;
        case "G":
          this.#grow(this.#hold.length);
          this.#pattern += this.#options.delimiter + this.#hold;
          break;
        case "h":
          this.#hold = this.#pattern;
          break;
        case "H":
          this.#grow(this.#pattern.length);
          this.#hold += this.#options.delimiter + this.#pattern;
          break;
        case "x":
          [this.#pattern, this.#hold] = [this.#hold, this.#pattern];
          break;
        case "z":
          this.#pattern = "";
          break;
        case "b":
          pc = command.target - 1;
          break;
        case "t":
          if (this.#replaced) {
            this.#replaced = false;
            pc = command.target - 1;
          }
          break;
        case "T":
          if (this.#replaced) this.#replaced = false;
          else pc = command.target - 1;
          break;
        case "y":
          if (command.translation) this.#pattern = translate(this.#pattern, command.translation);
          break;
        case "=":
          this.output.raw(`${this.#input.lineNumber}\n`);
          break;
        case "F":
          this.output.raw(`${this.#input.fileName}\n`);
          break;
        case "l":
          this.output.raw(visible(this.#pattern, command.number ?? this.#options.lineLength));
          break;
        case "a":
          this.#appends.push({ text: command.text });
          break;
        case "i":
          this.output.raw(command.text);
          break;
        case "c":
          if (!command.second || !command.active || command.negated) this.output.raw(command.text);
          return "delete";
        case "r":
          this.#appends.push({ file: command.text });
          break;
        case "R":
          this.#appends.push({ lineOf: command.text });
          break;
        case "w":
          this.#outputs.get(command.text)?.line(this.#pattern, this.#terminated);
          break;
        case "W": {
          const at = this.#pattern.indexOf(this.#options.delimiter);
          this.#outputs.get(command.text)?.line(at < 0 ? this.#pattern : this.#pattern.slice(0, at), at >= 0 || this.#terminated);
          break;
        }
        case "e":
          yield* this.#shell(command.text);
          break;
        case "q":
          this.#status = command.number ?? 0;
          return "quit";
        case "Q":
          this.#status = command.number ?? 0;
          return "quit-silently";
      }
    }
    return "end";
  }

  /** What grows without end (an "H" in a loop) is memory of the process. */
  #grow(characters: number): void {
    this.#held += characters;
    if (this.#held > 1 << 20) {
      this.#io.sys.allocate(this.#held);
      this.#held = 0;
    }
  }

  #held = 0;

  *#nextLine(append: boolean): Blocking<void> {
    yield* this.#endOfCycle();
    const line = yield* this.#input.line();
    if (line === undefined) return;
    this.#pattern = append ? this.#pattern + this.#options.delimiter + line : line;
    if (append) {
      this.#grow(line.length);
      this.#work += this.#pattern.length >> 2;
    }
    this.#terminated = this.#input.terminated;
  }

  *#matches(address: Address): Blocking<boolean> {
    switch (address.kind) {
      case "line":
        return this.#input.lineNumber === address.number;
      case "step":
        return this.#input.lineNumber >= address.first && (this.#input.lineNumber - address.first) % address.step === 0;
      case "last":
        return yield* this.#input.isLast();
      case "regex":
        return this.#test(address.regex);
      default:
        return false;
    }
  }

  *#inRange(command: SedCommand): Blocking<boolean> {
    const { first, second } = command;
    if (!first || !second) return false;
    const line = this.#input.lineNumber;
    if (!command.active) {
      // A line number also begins the range later than its line, when the command was passed over till now; but only once.
      if (first.kind === "line") {
        if (command.closed || line < first.number || (second.kind === "line" && line > second.number && line > first.number)) return false;
        command.closed = true;
      } else if (!(yield* this.#matches(first))) return false;
      switch (second.kind) {
        case "line":
          if (second.number <= line) return true;
          command.endLine = second.number;
          break;
        case "plus":
          if (second.count === 0) return true;
          command.endLine = line + second.count;
          break;
        case "multiple":
          if (second.of === 0) return true;
          command.endLine = line + second.of - (line % second.of);
          break;
        default:
          command.endLine = -1;
      }
      command.active = true;
      return true;
    }
    if (command.endLine >= 0) {
      if (line >= command.endLine) command.active = false;
      return line <= command.endLine;
    }
    if (yield* this.#matches(second)) command.active = false;
    return true;
  }

  #regex(regex: Regex | undefined): Regex {
    const used = regex ?? this.#lastRegex;
    if (!used) throw new ExecuteError("no previous regular expression");
    this.#lastRegex = used;
    return used;
  }

  #test(regex: Regex | undefined): boolean {
    const used = this.#regex(regex);
    const found = guarded(() => used.test(this.#pattern));
    this.#work += used.takeWork();
    return found;
  }

  *#substitute(substitution: Substitution): Blocking<void> {
    const regex = this.#regex(substitution.regex);
    const text = this.#pattern;
    const needsGroups = substitution.replacement.some((part) => typeof part === "number" && part > 0);
    let result = "";
    let copied = 0;
    let from = 0;
    let count = 0;
    let replaced = false;
    const changesCase = substitution.replacement.some((part) => typeof part === "object");
    const [only] = substitution.replacement;
    const constant = substitution.replacement.length === 0 ? "" : substitution.replacement.length === 1 && typeof only === "string" ? only : undefined;
    while (from <= text.length) {
      const start = from;
      const found = guarded(() => regex.exec(text, start, false, text.length, needsGroups));
      if (!found) break;
      const begin = found[0] ?? 0;
      const end = found[1] ?? 0;
      // An empty match right behind the last match does not count.
      if (begin === end && begin === copied && count > 0 && from > 0 && begin === this.#lastEnd) {
        if (begin >= text.length) break;
        from = begin + ((text.codePointAt(begin) ?? 0) > 0xffff ? 2 : 1);
        result += text.slice(copied, from);
        copied = from;
        continue;
      }
      this.#lastEnd = end;
      count++;
      result += text.slice(copied, begin);
      if (count < substitution.number) result += text.slice(begin, end);
      else {
        result += constant ?? (changesCase ? replaceWithCase(substitution.replacement, text, found) : replaceWith(substitution.replacement, text, found));
        replaced = true;
      }
      copied = end;
      from = end;
      if (replaced && !substitution.global) break;
      if (begin === end) {
        if (end >= text.length) break;
        from = end + ((text.codePointAt(end) ?? 0) > 0xffff ? 2 : 1);
        result += text.slice(end, from);
        copied = from;
      }
      if ((count & 63) === 0 && this.#io.sys.charge(1 + (regex.takeWork() >> 8))) yield* this.#io.sys.preempt();
    }
    this.#lastEnd = -1;
    this.#work += regex.takeWork();
    if (!replaced) return;
    const grown = result.length - copied;
    if (grown > 0 && text.length > 4096) this.#grow(grown);
    this.#work += text.length;
    this.#pattern = result + text.slice(copied);
    this.#replaced = true;
    if (substitution.evaluate) {
      yield* this.output.out.flush();
      const { bytes } = yield* shellOutput(this.#io.sys, this.#pattern);
      const produced = decode(bytes);
      this.#pattern = produced.endsWith(this.#options.delimiter) ? produced.slice(0, -1) : produced;
    }
    if (substitution.print) this.#print();
    if (substitution.file !== undefined) this.#outputs.get(substitution.file)?.line(this.#pattern, this.#terminated);
  }

  #lastEnd = -1;

  *#shell(command: string): Blocking<void> {
    yield* this.output.out.flush();
    const { bytes } = yield* shellOutput(this.#io.sys, command === "" ? this.#pattern : command);
    if (command !== "") {
      this.output.bytes(bytes);
      return;
    }
    const produced = decode(bytes);
    this.#pattern = produced.endsWith(this.#options.delimiter) ? produced.slice(0, -1) : produced;
  }

  *#dumpAppends(): Blocking<void> {
    const appends = this.#appends;
    this.#appends = [];
    for (const append of appends) {
      if ("text" in append) this.output.raw(append.text);
      else if ("file" in append) yield* this.#copyFile(append.file);
      else {
        const line = yield* this.#lineOf(append.lineOf);
        if (line !== undefined) this.output.raw(line);
      }
    }
  }

  *#copyFile(name: string): Blocking<void> {
    const io = this.#io;
    let fd: number;
    try {
      fd = name === "/dev/stdin" ? 0 : yield* io.sys.open(name, O.RDONLY);
    } catch (error) {
      if (error instanceof SysError) return;
      throw error;
    }
    try {
      for (;;) {
        const bytes = yield* io.sys.read(fd, 65536);
        if (bytes.length === 0) break;
        this.output.bytes(bytes);
        if (this.output.out.full) yield* this.output.out.flush();
      }
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
    if (fd !== 0) io.sys.close(fd);
  }

  *#lineOf(name: string): Blocking<string | undefined> {
    let file = this.#lineFiles.get(name);
    if (!file && !this.#lineFiles.has(name)) {
      try {
        const input = name === "/dev/stdin" ? this.#io.stdin : yield* this.#io.open(name);
        file = { batch: [], at: 0, lines: new TextLines(input, this.#options.delimiter) };
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
      this.#lineFiles.set(name, file);
    }
    if (!file) return undefined;
    if (file.at >= file.batch.length) {
      file.batch = yield* file.lines.batch();
      file.at = 0;
      if (file.batch.length === 0) return undefined;
    }
    const line = file.batch[file.at++] ?? "";
    return file.lines.unterminated && file.at >= file.batch.length ? line : line + this.#options.delimiter;
  }
}

function guarded<T>(search: () => T): T {
  try {
    return search();
  } catch (error) {
    if (error instanceof RegexLimitError) throw new ExecuteError("couldn't match: the regular expression takes too many steps");
    throw error;
  }
}

function replaceWith(parts: readonly ReplacementPart[], text: string, found: MatchOffsets): string {
  let result = "";
  for (const part of parts) {
    if (typeof part === "string") result += part;
    else if (typeof part === "number") result += group(part, text, found);
  }
  return result;
}

function group(index: number, text: string, found: MatchOffsets): string {
  const from = found[index * 2] ?? -1;
  return from < 0 ? "" : text.slice(from, found[index * 2 + 1]);
}

function replaceWithCase(parts: readonly ReplacementPart[], text: string, found: MatchOffsets): string {
  let result = "";
  let mode: "U" | "L" | undefined;
  let once: "u" | "l" | undefined;
  const change = (to: CaseChange) => {
    if (to === "u" || to === "l") once = to;
    else {
      mode = to === "E" ? undefined : to;
      if (to === "E") once = undefined;
    }
  };
  for (const part of parts) {
    if (typeof part === "object") {
      change(part.change);
      continue;
    }
    let piece = typeof part === "string" ? part : group(part, text, found);
    if (piece === "") continue;
    if (mode === "U") piece = piece.toUpperCase();
    else if (mode === "L") piece = piece.toLowerCase();
    if (once) {
      const first = String.fromCodePoint(piece.codePointAt(0) ?? 0);
      piece = (once === "u" ? first.toUpperCase() : first.toLowerCase()) + piece.slice(first.length);
      once = undefined;
    }
    result += piece;
  }
  return result;
}

function translate(text: string, table: ReadonlyMap<string, string>): string {
  let result = "";
  for (const c of text) result += table.get(c) ?? c;
  return result;
}

const VISIBLE = new Map([[92, "\\\\"], [7, "\\a"], [8, "\\b"], [12, "\\f"], [10, "\\n"], [13, "\\r"], [9, "\\t"], [11, "\\v"]]);

/** The text as `l` shows it: escapes, "$" at the end, wrapped before `lineLength` columns. */
function visible(text: string, lineLength: number): string {
  let result = "";
  let width = 0;
  for (const byte of encode(text)) {
    const shown = VISIBLE.get(byte) ?? (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : `\\${byte.toString(8).padStart(3, "0")}`);
    if (lineLength > 0 && width + shown.length > lineLength - 1) {
      result += "\\\n";
      width = 0;
    }
    result += shown;
    width += shown.length;
  }
  return `${result}$\n`;
}
