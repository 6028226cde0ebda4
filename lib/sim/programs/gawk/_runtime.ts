// The state of a running gawk program: variables, the record and its fields, conversions, expressions.
// (More than 400 lines: the one state that all parts of a run share.)

import type { Blocking } from "../../kernel/sys.ts";
import type { Io } from "../kit/io.ts";
import { HeldMemory } from "../kit/held-memory.ts";
import { latin1OfText, textOfLatin1 } from "../kit/latin1.ts";
import { compileRegex, type Regex, RegexSyntaxError } from "../kit/regex/compile-regex.ts";
import { ELEMENT_BYTES, GawkArray } from "./_array.ts";
import type { GawkProgram } from "./_ast.ts";
import type { Dialect } from "./_dialect.ts";
import { type Cut, cut, parseWidths, type Splitter } from "./_fields.ts";
import { formatValues, GawkFatalError, numberText } from "./_format.ts";
import type { RecordSeparator } from "../kit/record-reader.ts";
import { Streams } from "./_streams.ts";
import { comparable, InputText, type Slot, toBoolean, toNumber, TypedRegex, UNASSIGNED, type Value } from "./_value.ts";

const FIELD_LIMIT = 1_000_000;
const ELEMENT_WORK = 512;

/** What a name of a function's parameter or of the program holds. */
const fresh = (): Slot => ({ value: undefined });

export class Runtime {
  readonly io: Io;
  readonly program: GawkProgram;
  readonly dialect: Dialect;
  readonly streams: Streams;
  readonly globals = new Map<string, Slot>();
  locals: Slot[] = [];
  parameters: readonly string[] = [];
  depth = 0;
  /** of the function that returns */
  returned: Value;
  exitStatus = 0;
  nr = 0;
  fnr = 0;
  ofs = " ";
  ors = "\n";
  subsep = "\u001c";
  convfmt = "%.6g";
  ofmt = "%.6g";
  ignoreCase = false;
  /** where the program is, for messages */
  line = 0;
  file = "cmd. line";
  filename = "";
  /** Work of expressions since the last charge. */
  work = 0;
  random: () => number = generator(0);
  seed: Value = 0;
  readonly thousands: string;
  readonly #regexes = new Map<string, Regex>();
  readonly #memory: HeldMemory;
  readonly #warned: string[] = [];
  #behindWarnings = "";
  #splitter: Splitter = { kind: "blanks", newline: true };
  #splitterName: "FS" | "FPAT" | "FIELDWIDTHS" = "FS";
  #rs: RecordSeparator = { kind: "text", text: "\n" };
  #record = "";
  #recordValid = true;
  #recordSplitter: Splitter = this.#splitter;
  #raw: string[] = [];
  #assigned: Map<number, Value> | undefined;
  #split = true;
  #longest = 1 << 20;

  constructor(io: Io, program: GawkProgram, dialect: Dialect, thousands: string) {
    this.io = io;
    this.#memory = new HeldMemory(io.sys);
    this.program = program;
    this.dialect = dialect;
    this.thousands = thousands;
    this.streams = new Streams(io.sys, io.out, io.stdin, () => this.#rs, (text) => this.native(text));
    for (const [name, value] of [["FS", " "], ["RS", "\n"], ["OFS", " "], ["ORS", "\n"], ["SUBSEP", "\u001c"], ["CONVFMT", "%.6g"], ["OFMT", "%.6g"], ["RSTART", 0], ["RLENGTH", 0], ["FILENAME", ""], ["RT", ""],
      ["ERRNO", ""], ["IGNORECASE", 0], ["LINT", 0], ["BINMODE", 0], ["TEXTDOMAIN", "messages"], ["ARGIND", 0], ["FPAT", "[^[:space:]]+"], ["FIELDWIDTHS", ""], ["PREC", 53], ["ROUNDMODE", "N"], ["NF", 0], ["NR", 0], ["FNR", 0]] as const) {
      this.global(name).value = value;
    }
  }

  // ---- texts of the program and of the system

  /** A text of the program as the system's calls want it. */
  native(text: string): string {
    return this.dialect.bytes ? textOfLatin1(text) : text;
  }

  foreign(text: string): string {
    return this.dialect.bytes ? latin1OfText(text) : text;
  }

  /** From bytes as latin1. */
  read(text: string): string {
    return this.dialect.bytes ? text : textOfLatin1(text);
  }

  put(text: string): void {
    // What a warning came before is written behind it.
    if (this.#warned.length > 0) this.#behindWarnings += text;
    else if (this.dialect.bytes) this.io.out.putLatin1(text);
    else this.io.out.put(text);
  }

  /** Warnings wait until the program may write. */
  warn(text: string): void {
    this.#warned.push(`${this.file}:${this.line}: ${this.where()}warning: ${text}`);
  }

  /** A doubtful thing: a warning, or the end with --lint=fatal. */
  lint(text: string): void {
    if (this.dialect.lint === "fatal") throw new GawkFatalError(text);
    this.warn(text);
  }

  *sayWarnings(): Blocking<void> {
    const text = this.#behindWarnings;
    this.#behindWarnings = "";
    for (const line of this.#warned.splice(0)) yield* this.io.warn(line);
    if (text !== "") this.put(text);
  }

  get hasWarnings(): boolean {
    return this.#warned.length > 0;
  }

  /** "(FILENAME=x FNR=3) ", once records are read */
  where(): string {
    return this.fnr > 0 || this.filename !== "" ? `(FILENAME=${this.native(this.filename)} FNR=${this.fnr}) ` : "";
  }

  // ---- memory

  newArray(): GawkArray {
    return new GawkArray(() => {
      this.#memory.hold(ELEMENT_BYTES);
      this.work += ELEMENT_WORK;
    });
  }

  /** A text that was put together: the longest so far is memory of the process. */
  joined(text: string): string {
    if (text.length > this.#longest) {
      this.#memory.hold(text.length - this.#longest);
      this.#longest = text.length;
    }
    this.work += text.length >> 6;
    return text;
  }

  // ---- conversions

  text(value: Value): string {
    if (typeof value === "string") return value;
    if (typeof value === "number") return numberText(value, this.convfmt);
    if (value === undefined) return "";
    if (value instanceof InputText) return value.text;
    return value instanceof TypedRegex ? value.source : String(value.value);
  }

  /** As print writes it. */
  shown(value: Value): string {
    return typeof value === "number" ? numberText(value, this.ofmt) : this.text(value);
  }

  format(format: string, args: readonly Value[]): string {
    return formatValues(format, args, { text: (value) => this.text(value), characters: !this.dialect.bytes, thousands: this.thousands, posix: this.dialect.posix });
  }

  key(values: readonly Value[]): string {
    return values.length === 1 ? this.#keyPart(values[0]) : values.map((value) => this.#keyPart(value)).join(this.subsep);
  }

  #keyPart(value: Value): string {
    return this.text(value);
  }

  /** < 0, 0, > 0; numbers when both are or look like numbers. NaN is larger than all. */
  compare(a: Value, b: Value): number {
    const x = comparable(a);
    const y = comparable(b);
    if (x !== undefined && y !== undefined) {
      if (Number.isNaN(x) || Number.isNaN(y)) return Number.isNaN(x) ? (Number.isNaN(y) ? 0 : 1) : -1;
      return x < y ? -1 : x > y ? 1 : 0;
    }
    return this.compareTexts(this.text(a), this.text(b));
  }

  compareTexts(a: string, b: string): number {
    const s = this.ignoreCase ? a.toLowerCase() : a;
    const t = this.ignoreCase ? b.toLowerCase() : b;
    return s < t ? -1 : s > t ? 1 : 0;
  }

  // ---- regular expressions

  /** Throws GawkFatalError. */
  regex(source: string): Regex {
    const key = (this.ignoreCase ? "i" : "c") + source;
    let regex = this.#regexes.get(key);
    if (regex) return regex;
    try {
      regex = compileRegex(source, { syntax: this.dialect.posix || this.dialect.traditional ? "gawk-posix" : "gawk", ignoreCase: this.ignoreCase });
    } catch (error) {
      if (error instanceof RegexSyntaxError) throw new GawkFatalError(`invalid regexp: ${error.message}: /${source}/`);
      throw error;
    }
    if (this.#regexes.size > 300) this.#regexes.clear();
    this.#regexes.set(key, regex);
    return regex;
  }

  matches(regex: Regex, text: string): boolean {
    const found = regex.test(text);
    this.work += regex.takeWork();
    return found;
  }

  // ---- variables

  global(name: string): Slot {
    let slot = this.globals.get(name);
    if (!slot) {
      slot = fresh();
      this.globals.set(name, slot);
    }
    return slot;
  }

  /** Of a global that is none of an array's names; sets what depends on it too. */
  setGlobal(name: string, value: Value): void {
    const slot = this.global(name);
    if (slot.value instanceof GawkArray) throw new GawkFatalError(`attempt to use array \`${name}' in a scalar context`);
    slot.value = value;
    this.afterAssignment(name, value);
  }

  getGlobal(name: string): Value {
    if (name === "NF") return this.nf;
    if (name === "NR") return this.nr;
    if (name === "FNR") return this.fnr;
    const { value } = this.global(name);
    if (value instanceof GawkArray) throw new GawkFatalError(`attempt to use array \`${name}' in a scalar context`);
    return value;
  }

  globalArray(name: string): GawkArray {
    const slot = this.global(name);
    if (slot.value instanceof GawkArray) return slot.value;
    const array = this.newArray();
    slot.value = array;
    return array;
  }

  afterAssignment(name: string, value: Value): void {
    switch (name) {
      case "NF": {
        const count = toNumber(value);
        if (count < 0) throw new GawkFatalError("NF set to negative value");
        this.setNf(count);
        break;
      }
      case "NR":
        this.nr = toNumber(value);
        break;
      case "FNR":
        this.fnr = toNumber(value);
        break;
      case "FILENAME":
        this.filename = this.text(value);
        break;
      case "IGNORECASE":
        if (this.dialect.posix || this.dialect.traditional) break;
        this.ignoreCase = toBoolean(value);
        this.#renewSplitter();
        this.#renewRs();
        break;
      case "FS":
      case "FPAT":
      case "FIELDWIDTHS":
        if (name !== "FS" && (this.dialect.posix || this.dialect.traditional)) break;
        this.#splitterName = name;
        this.#renewSplitter();
        break;
      case "RS":
        this.#renewRs();
        break;
      case "OFS":
        if (!this.#recordValid) this.recordText();
        this.ofs = this.text(value);
        break;
      case "ORS":
        this.ors = this.text(value);
        break;
      case "SUBSEP":
        this.subsep = this.text(value);
        break;
      case "CONVFMT":
        this.convfmt = this.text(value);
        break;
      case "OFMT":
        this.ofmt = this.text(value);
        break;
    }
  }

  // ---- separators

  #renewSplitter(): void {
    this.#splitter = this.#current();
    const info = this.globals.get("PROCINFO")?.value;
    if (info instanceof GawkArray) info.set("FS", this.#splitterName);
  }

  #current(): Splitter {
    if (this.#splitterName === "FIELDWIDTHS") {
      const widths = parseWidths(this.text(this.getGlobal("FIELDWIDTHS")));
      if ("wrong" in widths) throw new GawkFatalError(`invalid FIELDWIDTHS value, for field ${widths.wrong}, near \`${this.text(this.getGlobal("FIELDWIDTHS")).trim().split(/[ \t]+/)[widths.wrong - 1] ?? ""}'`);
      return { kind: "widths", widths };
    }
    if (this.#splitterName === "FPAT") return { kind: "pattern", regex: this.regex(this.text(this.getGlobal("FPAT"))) };
    return this.splitterOf(this.text(this.getGlobal("FS")), this.#rs.kind === "paragraphs");
  }

  /** What FS, or the separator of split(), means. */
  splitterOf(value: string, lines = false): Splitter {
    if (value === " ") return { kind: "blanks", newline: !this.dialect.posix || lines };
    if (value === "") return { kind: "characters" };
    if (value.length === 1 && value !== "\\" && !lines && !(this.ignoreCase && /[a-z]/i.test(value))) {
      if (value === "t" && this.dialect.traditional) return { kind: "text", text: "\t" };
      return { kind: "text", text: value };
    }
    const source = value.length === 1 ? (/[a-z]/i.test(value) ? value : value === "\\" ? "\\\\" : `[${value}]`.replace("[^]", "\\^")) : value;
    return { kind: "regex", regex: this.regex(source), lines };
  }

  get recordSeparator(): RecordSeparator {
    return this.#rs;
  }

  get splitter(): Splitter {
    return this.#splitter;
  }

  #renewRs(): void {
    const before = this.#rs.kind;
    const value = this.getGlobal("RS");
    const text = value instanceof TypedRegex ? value.source : this.text(value);
    const bytes = this.dialect.bytes ? text : latin1OfText(text);
    if (text === "") this.#rs = { kind: "paragraphs" };
    else if (bytes.length === 1 && !(this.ignoreCase && /[a-z]/i.test(text))) this.#rs = { kind: "text", text };
    else if (this.dialect.posix || this.dialect.traditional) this.#rs = { kind: "text", text: bytes.slice(0, 1) };
    else {
      const regex = this.regex(bytes);
      this.#rs = regex.literal ? { kind: "text", text: regex.literal } : { kind: "regex", regex };
    }
    if ((before === "paragraphs") !== (this.#rs.kind === "paragraphs")) this.#renewSplitter();
  }

  // ---- the record

  setRecord(text: string): void {
    this.#record = text;
    this.#recordValid = true;
    this.#split = false;
    this.#recordSplitter = this.#splitter;
    this.#assigned = undefined;
  }

  #fields(): string[] {
    if (!this.#split) {
      this.work += this.#record.length;
      this.#raw = [...cut(this.#record, this.#recordSplitter).fields];
      this.#split = true;
    }
    return this.#raw;
  }

  cut(text: string, splitter: Splitter): Cut {
    this.work += text.length;
    return cut(text, splitter);
  }

  get nf(): number {
    return this.#fields().length;
  }

  setNf(count: number): void {
    const fields = this.#fields();
    const wanted = Math.max(0, Math.min(FIELD_LIMIT, Math.trunc(count)));
    while (fields.length < wanted) fields.push("");
    if (fields.length > wanted) {
      fields.length = wanted;
      for (const index of [...(this.#assigned?.keys() ?? [])]) if (index > wanted) this.#assigned?.delete(index);
    }
    this.#recordValid = false;
  }

  recordText(): string {
    if (!this.#recordValid) {
      const fields = this.#fields();
      this.#record = fields.map((raw, i) => this.#shownField(i + 1, raw)).join(this.ofs);
      this.#recordValid = true;
    }
    return this.#record;
  }

  #shownField(index: number, raw: string): string {
    const value = this.#assigned?.get(index);
    return typeof value === "number" ? numberText(value, this.convfmt) : raw;
  }

  #index(index: number): number {
    const whole = Math.trunc(index);
    if (whole < 0 || Number.isNaN(whole)) throw new GawkFatalError(`attempt to access field ${whole}`);
    if (whole > FIELD_LIMIT) throw new GawkFatalError("cannot allocate memory: too many fields");
    return whole;
  }

  field(index: number): Value {
    const at = this.#index(index);
    if (at === 0) return new InputText(this.recordText());
    if (this.#assigned?.has(at)) return this.#assigned.get(at);
    const raw = this.#fields()[at - 1];
    return raw === undefined ? UNASSIGNED : new InputText(raw);
  }

  setField(index: number, value: Value): void {
    const at = this.#index(index);
    if (at === 0) {
      this.setRecord(this.text(value));
      return;
    }
    const fields = this.#fields();
    while (fields.length < at) fields.push("");
    fields[at - 1] = this.text(value);
    this.#assigned ??= new Map();
    this.#assigned.set(at, value);
    this.#recordValid = false;
  }

  setSeed(seed: Value): Value {
    const previous = this.seed;
    this.seed = seed;
    this.random = generator(toNumber(seed));
    return previous;
  }
}

/** A number in [0, 1): mulberry32, from the seed. */
function generator(seed: number): () => number {
  let state = (Math.floor(Math.abs(seed) * 65537) ^ 0x9e3779b9) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
