// The state that a running program has in every dialect: the record and its fields, the variables with effects, memory, conversions.

import { HeldMemory } from "../held-memory.ts";
import type { Io } from "../io.ts";

const MOST_FIELDS = 1_000_000;
/** A new element against other work. */
const ELEMENT_WORK = 512;

/** `V`: the dialect's values; a number is one of them. `S`: what cuts a record into fields. */
export abstract class AwkState<V, S> {
  readonly io: Io;
  depth = 0;
  /** of the function that returns */
  returned: V | undefined;
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
  /** what the next record is cut by */
  protected separator: S;
  readonly #memory: HeldMemory;
  #longest = 1 << 20;
  #record = "";
  #recordValid = true;
  #recordSeparator: S;
  #fields: string[] = [];
  #assigned: Map<number, V> | undefined;
  #split = true;

  constructor(io: Io, separator: S) {
    this.io = io;
    this.#memory = new HeldMemory(io.sys);
    this.separator = separator;
    this.#recordSeparator = separator;
  }

  // ---- what each dialect has of its own

  /** By CONVFMT. */
  abstract text(value: V): string;
  protected abstract numberOf(value: V): number;
  protected abstract numberText(value: number, format: string): string;
  protected abstract fieldValue(text: string): V;
  /** of a field behind the last */
  protected abstract get missingField(): V;
  protected abstract cutRecord(record: string, separator: S): string[];
  protected abstract refuseField(index: number): never;

  // ---- memory

  /** An array has one more element of so many bytes. */
  protected heldElement(bytes: number): void {
    this.#memory.hold(bytes);
    this.work += ELEMENT_WORK;
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

  /** As print writes it. */
  shown(value: V): string {
    return typeof value === "number" ? this.numberText(value, this.ofmt) : this.text(value);
  }

  key(values: readonly V[]): string {
    return values.map((value) => this.text(value)).join(this.subsep);
  }

  // ---- variables

  /** What an assignment to a predefined variable changes. */
  afterAssignment(name: string, value: V): void {
    switch (name) {
      case "NF":
        this.setNf(this.numberOf(value));
        break;
      case "NR":
        this.nr = this.numberOf(value);
        break;
      case "FNR":
        this.fnr = this.numberOf(value);
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

  // ---- the record

  setRecord(text: string): void {
    this.#record = text;
    this.#recordValid = true;
    this.#split = false;
    this.#recordSeparator = this.separator;
    this.#assigned = undefined;
  }

  #cut(): string[] {
    if (!this.#split) {
      this.#fields = this.cutRecord(this.#record, this.#recordSeparator);
      this.#split = true;
    }
    return this.#fields;
  }

  get nf(): number {
    return this.#cut().length;
  }

  setNf(count: number): void {
    const fields = this.#cut();
    const wanted = Math.max(0, Math.min(MOST_FIELDS, Math.trunc(count)));
    while (fields.length < wanted) fields.push("");
    if (fields.length > wanted) {
      fields.length = wanted;
      for (const index of [...(this.#assigned?.keys() ?? [])]) if (index > wanted) this.#assigned?.delete(index);
    }
    this.#recordValid = false;
  }

  recordText(): string {
    if (!this.#recordValid) {
      const fields = this.#cut();
      this.#record = this.#assigned ? fields.map((raw, i) => this.#shownField(i + 1, raw)).join(this.ofs) : fields.join(this.ofs);
      this.#recordValid = true;
    }
    return this.#record;
  }

  #shownField(index: number, raw: string): string {
    const value = this.#assigned?.get(index);
    return typeof value === "number" ? this.numberText(value, this.convfmt) : raw;
  }

  #index(index: number): number {
    const whole = Math.trunc(index);
    return whole >= 0 ? whole : this.refuseField(whole);
  }

  fieldText(index: number): string {
    const at = this.#index(index);
    return at === 0 ? this.recordText() : (this.#cut()[at - 1] ?? "");
  }

  field(index: number): V | undefined {
    const at = this.#index(index);
    if (at === 0) return this.fieldValue(this.recordText());
    if (this.#assigned?.has(at)) return this.#assigned.get(at);
    const raw = this.#cut()[at - 1];
    return raw === undefined ? this.missingField : this.fieldValue(raw);
  }

  setField(index: number, value: V): void {
    const at = this.#index(index);
    if (at === 0) {
      this.setRecord(this.text(value));
      return;
    }
    if (at > MOST_FIELDS) this.refuseField(at);
    const fields = this.#cut();
    while (fields.length < at) fields.push("");
    fields[at - 1] = this.text(value);
    this.#assigned ??= new Map();
    this.#assigned.set(at, value);
    this.#recordValid = false;
  }
}
