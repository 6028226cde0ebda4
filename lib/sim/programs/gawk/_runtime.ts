// The state of a running gawk program: variables, the record and its fields, conversions, expressions.
// (More than 400 lines: the one state that all parts of a run share.)

import type { Blocking } from "../../kernel/sys.ts";
import type { Io } from "../kit/io.ts";
import { gawkRandom } from "../kit/awk/random.ts";
import { AwkState } from "../kit/awk/state.ts";
import { latin1OfText, textOfLatin1 } from "../kit/latin1.ts";
import { compileRegex, type Regex, RegexSyntaxError } from "../kit/regex/compile-regex.ts";
import { ELEMENT_BYTES, GawkArray } from "./_array.ts";
import type { GawkProgram } from "./_ast.ts";
import type { Dialect } from "./_dialect.ts";
import { type Cut, cut, parseWidths, type Splitter } from "./_fields.ts";
import { formatValues, GawkFatalError, numberText } from "./_format.ts";
import type { RecordSeparator } from "../kit/record-reader.ts";
import type { Counts } from "./_pretty.ts";
import { Streams } from "./_streams.ts";
import { comparable, InputText, type Slot, toBoolean, toNumber, TypedRegex, UNASSIGNED, type Value } from "./_value.ts";

/** What a name of a function's parameter or of the program holds. */
const fresh = (): Slot => ({ value: undefined });

export class Runtime extends AwkState<Value, Splitter> {
  readonly program: GawkProgram;
  readonly dialect: Dialect;
  readonly streams: Streams;
  readonly globals = new Map<string, Slot>();
  locals: Slot[] = [];
  parameters: readonly string[] = [];
  ignoreCase = false;
  /** -p: how often each statement, rule and block ran */
  readonly counts: Counts | undefined;
  /** where the program is, for messages */
  line = 0;
  file = "cmd. line";
  filename = "";
  random = gawkRandom(1);
  seed = 1;
  readonly thousands: string;
  readonly #regexes = new Map<string, Regex>();
  readonly #warned: string[] = [];
  #behindWarnings = "";
  #splitterName: "FS" | "FPAT" | "FIELDWIDTHS" = "FS";
  #rs: RecordSeparator = { kind: "text", text: "\n" };
  constructor(io: Io, program: GawkProgram, dialect: Dialect, thousands: string, counts: Counts | undefined) {
    super(io, { kind: "blanks", newline: true });
    this.program = program;
    this.dialect = dialect;
    this.thousands = thousands;
    this.counts = counts;
    this.streams = new Streams(io.sys, io.out, io.stdin, () => this.#rs, (text) => this.native(text), () => this.environment());
    for (const [name, value] of [["FS", " "], ["RS", "\n"], ["OFS", " "], ["ORS", "\n"], ["SUBSEP", "\u001c"], ["CONVFMT", "%.6g"], ["OFMT", "%.6g"], ["RSTART", 0], ["RLENGTH", 0], ["FILENAME", ""], ["RT", ""],
      ["ERRNO", ""], ["IGNORECASE", 0], ["LINT", 0], ["BINMODE", 0], ["TEXTDOMAIN", "messages"], ["ARGIND", 0], ["FPAT", "[^[:space:]]+"], ["FIELDWIDTHS", ""], ["PREC", 53], ["ROUNDMODE", "N"], ["NF", 0], ["NR", 0], ["FNR", 0]] as const) {
      this.global(name).value = value;
    }
  }

  /** ENVIRON, for commands; POSIX's language leaves them what the program itself got. */
  environment(): ReadonlyMap<string, string> {
    const given = this.globals.get("ENVIRON")?.value;
    if (this.dialect.posix || !(given instanceof GawkArray)) return this.io.sys.environment;
    const made = new Map<string, string>();
    for (const name of given.keys()) {
      const value = given.get(name);
      if (!(value instanceof GawkArray)) made.set(this.native(name), this.native(this.text(value)));
    }
    return made;
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
    return new GawkArray(() => this.heldElement(ELEMENT_BYTES));
  }

  // ---- conversions

  override text(value: Value): string {
    if (typeof value === "string") return value;
    if (typeof value === "number") return numberText(value, this.convfmt);
    if (value === undefined) return "";
    if (value instanceof InputText) return value.text;
    return value instanceof TypedRegex ? value.source : String(value.value);
  }

  protected override numberOf(value: Value): number {
    return toNumber(value);
  }

  protected override numberText(value: number, format: string): string {
    return numberText(value, format);
  }

  format(format: string, args: readonly Value[]): string {
    return formatValues(format, args, { text: (value) => this.text(value), characters: !this.dialect.bytes, thousands: this.thousands, posix: this.dialect.posix });
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

  override afterAssignment(name: string, value: Value): void {
    switch (name) {
      case "NF":
        if (toNumber(value) < 0) throw new GawkFatalError("NF set to negative value");
        super.afterAssignment(name, value);
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
        this.recordText();
        super.afterAssignment(name, value);
        break;
      default:
        super.afterAssignment(name, value);
    }
  }

  // ---- separators

  #renewSplitter(): void {
    this.separator = this.#current();
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
    return this.separator;
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

  protected override cutRecord(record: string, splitter: Splitter): string[] {
    return [...this.cut(record, splitter).fields];
  }

  protected override fieldValue(text: string): Value {
    return new InputText(text);
  }

  protected override get missingField(): Value {
    return UNASSIGNED;
  }

  protected override refuseField(index: number): never {
    throw new GawkFatalError(index > 0 ? "cannot allocate memory: too many fields" : `attempt to access field ${index}`);
  }

  cut(text: string, splitter: Splitter): Cut {
    this.work += text.length;
    return cut(text, splitter);
  }

  setSeed(seed: Value): Value {
    const previous = this.seed;
    this.seed = Math.trunc(toNumber(seed));
    this.random = gawkRandom(this.seed);
    return previous;
  }
}
