// The state of a running awk program: variables, the record and its fields, conversions.

import type { Io } from "../kit/io.ts";
import { libcRandom } from "../kit/awk/random.ts";
import { AwkState } from "../kit/awk/state.ts";
import { AwkArray, ELEMENT_BYTES, integerKey } from "./_array.ts";
import type { AwkProgram } from "./_ast.ts";
import { AwkRuntimeError, formatValues, numberText } from "./_format.ts";
import { type FieldSeparator, fieldSeparator, recordSeparator, type RegexCache, splitFields } from "./_separators.ts";
import type { RecordSeparator } from "../kit/record-reader.ts";
import { Streams } from "./_streams.ts";
import { InputText, MAX_INT, toNumber, type Value } from "./_value.ts";

const NOTHING = new InputText("");

export class Runtime extends AwkState<Value, FieldSeparator> {
  readonly program: AwkProgram;
  readonly streams: Streams;
  readonly globals: Value[];
  readonly globalArrays: (AwkArray | undefined)[];
  locals: Value[] = [];
  localArrays: (AwkArray | undefined)[] = [];
  readonly regexes: RegexCache = new Map();
  random: () => number;
  seed: Value;
  #rs: RecordSeparator = { kind: "text", text: "\n" };
  readonly #slots: ReadonlyMap<string, number>;

  constructor(io: Io, program: AwkProgram) {
    super(io, { kind: "blanks" });
    this.program = program;
    this.#slots = program.globals;
    this.globals = new Array<Value>(program.globals.size).fill(undefined);
    this.globalArrays = new Array<AwkArray | undefined>(program.globals.size).fill(undefined);
    for (const name of program.arrays) {
      const slot = program.globals.get(name);
      if (slot !== undefined) this.globalArrays[slot] = this.newArray();
    }
    this.streams = new Streams(io.sys, io.out, () => this.#rs);
    this.seed = this.#seconds();
    this.random = libcRandom(seedBits(this.seed));
    for (const [name, value] of [["FS", " "], ["RS", "\n"], ["OFS", " "], ["ORS", "\n"], ["SUBSEP", "\u001c"], ["CONVFMT", "%.6g"], ["OFMT", "%.6g"], ["RSTART", undefined], ["RLENGTH", undefined], ["FILENAME", undefined]] as const) {
      this.setGlobal(name, value);
    }
  }

  newArray(): AwkArray {
    return new AwkArray(() => this.heldElement(ELEMENT_BYTES));
  }

  // ---- conversions

  override text(value: Value): string {
    if (typeof value === "string") return value;
    if (typeof value === "number") return numberText(value, this.convfmt);
    return value === undefined ? "" : value.text;
  }

  protected override numberOf(value: Value): number {
    return toNumber(value);
  }

  protected override numberText(value: number, format: string): string {
    return numberText(value, format);
  }

  format(format: string, args: readonly Value[], name = "sprintf"): string {
    return formatValues(format, args, (value) => this.text(value), name, (partial) => {
      if (name === "printf") this.io.out.putLatin1(partial);
    });
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

  override afterAssignment(name: string, value: Value): void {
    if (name === "FS") this.separator = fieldSeparator(this.regexes, this.text(value));
    else if (name === "RS") this.#rs = recordSeparator(this.regexes, this.text(value));
    else super.afterAssignment(name, value);
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

  protected override cutRecord(record: string, separator: FieldSeparator): string[] {
    return splitFields(record, separator);
  }

  protected override fieldValue(text: string): Value {
    return new InputText(text);
  }

  protected override get missingField(): Value {
    return NOTHING;
  }

  protected override refuseField(index: number): never {
    throw new AwkRuntimeError(index > 0 ? `maximum number of fields exceeded: ${index}` : `negative field index $${index}`);
  }

  get recordSeparator(): RecordSeparator {
    return this.#rs;
  }

  get fieldSeparator(): FieldSeparator {
    return this.separator;
  }

  #seconds(): number {
    return Math.floor(this.io.sys.clockUs("realtime") / 1e6);
  }

  /** srand(): the seed before. What has no value yet seeds with the time. */
  seedRandom(seed: Value): Value {
    const previous = this.seed;
    this.seed = seed ?? this.#seconds();
    this.random = libcRandom(seedBits(this.seed));
    return previous;
  }

  /** -W random: the number is not looked at (so the real 1.3.4-20200120 does). */
  startRandom(): void {
    this.seed = undefined;
    this.random = libcRandom(0);
  }
}

function comparable(value: Value): number | undefined {
  if (typeof value === "number") return value;
  if (value === undefined) return 0;
  return typeof value === "string" ? undefined : value.number;
}

/** The seed as srandom(3) takes it: the real program looks at a number only. */
function seedBits(seed: Value): number {
  return typeof seed === "number" ? Math.trunc(Math.max(-MAX_INT, Math.min(MAX_INT, seed))) : 0;
}

export function itemKey(runtime: Runtime, value: Value): { readonly key: string; readonly byNumber: boolean } {
  const integer = integerKey(value);
  return integer === undefined ? { key: runtime.text(value), byNumber: false } : { key: integer, byNumber: true };
}
