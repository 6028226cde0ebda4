// The state of a running awk program: variables, the record and its fields, conversions.

import type { Io } from "../kit/io.ts";
import { HeldMemory } from "../kit/held-memory.ts";
import { AwkArray, ELEMENT_BYTES, integerKey } from "./_array.ts";
import type { AwkProgram } from "./_ast.ts";
import { AwkRuntimeError, formatValues, numberText } from "./_format.ts";
import { type FieldSeparator, fieldSeparator, recordSeparator, type RegexCache, splitFields } from "./_separators.ts";
import type { RecordSeparator } from "../kit/record-reader.ts";
import { Streams } from "./_streams.ts";
import { InputText, toNumber, type Value } from "./_value.ts";

const FIELD_LIMIT = 1_000_000;
/** A new element against other work. */
const ELEMENT_WORK = 512;

export class Runtime {
  readonly io: Io;
  readonly program: AwkProgram;
  readonly streams: Streams;
  readonly globals: Value[];
  readonly globalArrays: (AwkArray | undefined)[];
  locals: Value[] = [];
  localArrays: (AwkArray | undefined)[] = [];
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
  /** Work of expressions since the last charge. */
  work = 0;
  readonly regexes: RegexCache = new Map();
  random: () => number;
  seed: Value;
  #fs: FieldSeparator = { kind: "blanks" };
  #rs: RecordSeparator = { kind: "text", text: "\n" };
  #record = "";
  #recordValid = true;
  #recordFs: FieldSeparator = this.#fs;
  #raw: string[] = [];
  #assigned: Map<number, Value> | undefined;
  #split = true;
  readonly #slots: ReadonlyMap<string, number>;
  readonly #memory: HeldMemory;
  #longest = 1 << 20;

  constructor(io: Io, program: AwkProgram) {
    this.io = io;
    this.#memory = new HeldMemory(io.sys);
    this.program = program;
    this.#slots = program.globals;
    this.globals = new Array<Value>(program.globals.size).fill(undefined);
    this.globalArrays = new Array<AwkArray | undefined>(program.globals.size).fill(undefined);
    for (const name of program.arrays) {
      const slot = program.globals.get(name);
      if (slot !== undefined) this.globalArrays[slot] = this.newArray();
    }
    this.streams = new Streams(io.sys, io.out, () => this.#rs);
    const bytes = io.sys.random(4);
    this.seed = ((bytes[0] ?? 0) | ((bytes[1] ?? 0) << 8) | ((bytes[2] ?? 0) << 16)) >>> 0;
    this.random = generator(toNumber(this.seed));
    for (const [name, value] of [["FS", " "], ["RS", "\n"], ["OFS", " "], ["ORS", "\n"], ["SUBSEP", "\u001c"], ["CONVFMT", "%.6g"], ["OFMT", "%.6g"], ["RSTART", 0], ["RLENGTH", -1], ["FILENAME", undefined]] as const) {
      this.setGlobal(name, value);
    }
  }

  // ---- memory

  newArray(): AwkArray {
    return new AwkArray(() => {
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
    return value === undefined ? "" : value.text;
  }

  /** As print writes it. */
  shown(value: Value): string {
    return typeof value === "number" ? numberText(value, this.ofmt) : this.text(value);
  }

  format(format: string, args: readonly Value[], name = "sprintf"): string {
    return formatValues(format, args, (value) => this.text(value), name, (partial) => {
      if (name === "printf") this.io.out.putLatin1(partial);
    });
  }

  key(values: readonly Value[]): string {
    return values.map((value) => this.text(value)).join(this.subsep);
  }

  /** < 0, 0, > 0; numbers when both are or look like numbers. */
  compare(a: Value, b: Value): number {
    const x = comparable(a);
    const y = comparable(b);
    if (x !== undefined && y !== undefined) return x < y ? -1 : x > y ? 1 : x === y ? 0 : 1;
    const s = this.text(a);
    const t = this.text(b);
    return s < t ? -1 : s > t ? 1 : 0;
  }

  // ---- variables

  /** By name, with its effects: for -v, operands and the built-in ones. */
  setGlobal(name: string, value: Value): void {
    const slot = this.#slots.get(name);
    if (slot !== undefined) this.globals[slot] = value;
    this.afterAssignment(name, value);
  }

  afterAssignment(name: string, value: Value): void {
    switch (name) {
      case "NF":
        this.setNf(toNumber(value));
        break;
      case "NR":
        this.nr = toNumber(value);
        break;
      case "FNR":
        this.fnr = toNumber(value);
        break;
      case "FS":
        this.#fs = fieldSeparator(this.regexes, this.text(value));
        break;
      case "RS":
        this.#rs = recordSeparator(this.regexes, this.text(value));
        break;
      case "OFS":
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

  getGlobal(name: string): Value {
    const slot = this.#slots.get(name);
    return slot === undefined ? undefined : this.globals[slot];
  }

  globalArray(name: string): AwkArray | undefined {
    const slot = this.#slots.get(name);
    return slot === undefined ? undefined : this.globalArrays[slot];
  }

  // ---- the record

  setRecord(text: string): void {
    this.#record = text;
    this.#recordValid = true;
    this.#split = false;
    this.#recordFs = this.#fs;
    this.#assigned = undefined;
  }

  #fields(): string[] {
    if (!this.#split) {
      this.#raw = splitFields(this.#record, this.#recordFs);
      this.#split = true;
    }
    return this.#raw;
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
      for (const index of this.#assigned?.keys() ?? []) if (index > wanted) this.#assigned?.delete(index);
    }
    this.#recordValid = false;
  }

  recordText(): string {
    if (!this.#recordValid) {
      const fields = this.#fields();
      this.#record = this.#assigned ? fields.map((raw, i) => this.#shownField(i + 1, raw)).join(this.ofs) : fields.join(this.ofs);
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
    if (whole < 0 || Number.isNaN(whole)) throw new AwkRuntimeError(`negative field index $${whole}`);
    if (whole > FIELD_LIMIT) throw new AwkRuntimeError(`maximum number of fields exceeded: ${whole}`);
    return whole;
  }

  fieldText(index: number): string {
    const at = this.#index(index);
    return at === 0 ? this.recordText() : (this.#fields()[at - 1] ?? "");
  }

  field(index: number): Value {
    const at = this.#index(index);
    if (at === 0) return new InputText(this.recordText());
    if (this.#assigned?.has(at)) return this.#assigned.get(at);
    const raw = this.#fields()[at - 1];
    return new InputText(raw ?? "");
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

  get recordSeparator(): RecordSeparator {
    return this.#rs;
  }

  get fieldSeparator(): FieldSeparator {
    return this.#fs;
  }

  seedRandom(seed: Value): Value {
    const previous = this.seed;
    this.seed = seed;
    this.random = generator(toNumber(seed));
    return previous;
  }
}

function comparable(value: Value): number | undefined {
  if (typeof value === "number") return value;
  if (value === undefined) return 0;
  return typeof value === "string" ? undefined : value.number;
}

/** A number in (0, 1): mulberry32, from the seed. */
function generator(seed: number): () => number {
  let state = (Math.floor(Math.abs(seed) * 65537) ^ 0x9e3779b9) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (((t ^ (t >>> 14)) >>> 0) + 0.5) / 4294967296;
  };
}

export function itemKey(runtime: Runtime, value: Value): { readonly key: string; readonly byNumber: boolean } {
  const integer = integerKey(value);
  return integer === undefined ? { key: runtime.text(value), byNumber: false } : { key: integer, byNumber: true };
}
