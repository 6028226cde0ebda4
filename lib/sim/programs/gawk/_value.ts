// Values of gawk and their conversions.

import { NumericText } from "../kit/awk/values.ts";
import type { GawkArray } from "./_array.ts";

export class InputText extends NumericText {
  protected override read(): number | undefined {
    return looksNumeric(this.text);
  }
}

/** @/.../ */
export class TypedRegex {
  readonly source: string;
  constructor(source: string) {
    this.source = source;
  }
}

/** What mkbool() gives. */
export class Truth {
  readonly value: 0 | 1;
  constructor(value: 0 | 1) {
    this.value = value;
  }
}

/** A field beyond the last, or what was read before it was set: "" and 0 at once. */
export const UNASSIGNED = new InputText("");

/** undefined is the value of a name that was never used: typeof() tells it from UNASSIGNED. */
export type Value = number | string | InputText | TypedRegex | Truth | undefined;

/** What a name stands for. */
export interface Slot {
  value: Value | GawkArray;
  /** of a parameter that was given a name without a value: it becomes an array when the parameter does */
  readonly origin?: Slot | undefined;
}

const DECIMAL = /^[+-]?(?:\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)/;
const WORD = /^[+-](?:inf|nan)(?![a-z0-9_])/i;
const BLANKS_AROUND = /^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$/g;

/** How texts become numbers, of the gawk that runs: set whenever its process goes on. */
let reading: { readonly point: "." | ","; readonly nonDecimal: boolean } = { point: ".", nonDecimal: false };

export type NumberReading = typeof reading;

export function setNumberReading(now: NumberReading): void {
  reading = now;
}

export const PLAIN_READING: NumberReading = { point: ".", nonDecimal: false };

/** With the point of -N's locale. */
export function withPoint(text: string): string {
  return reading.point === "." ? text : text.replace(".", reading.point);
}

function looksNumeric(text: string): number | undefined {
  const first = text.charCodeAt(0);
  if (first > 57 || text === "") return undefined;
  const trimmed = text.replace(BLANKS_AROUND, "");
  const prefix = numberPrefix(trimmed);
  return prefix && prefix.length === trimmed.length ? prefix.value : undefined;
}

function numberPrefix(given: string): { readonly value: number; readonly length: number } | undefined {
  const text = reading.point === "." ? given : given.replace(/[.,]/g, (c) => (c === reading.point ? "." : " "));
  if (reading.nonDecimal) {
    const other = /^([+-]?)(0[xX][0-9a-fA-F]+|0[0-7]+(?![0-9.]))/.exec(text);
    if (other) {
      const digits = other[2] ?? "";
      return { value: (other[1] === "-" ? -1 : 1) * (/^0[xX]/.test(digits) ? Number.parseInt(digits, 16) : Number.parseInt(digits, 8)), length: other[0].length };
    }
  }
  const decimal = DECIMAL.exec(text)?.[0];
  if (decimal !== undefined) return { value: Number(decimal), length: decimal.length };
  const word = WORD.exec(text)?.[0];
  if (word === undefined) return undefined;
  return { value: word.toLowerCase().endsWith("nan") ? Number.NaN : word.startsWith("-") ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY, length: 4 };
}

export function numberOfText(text: string): number {
  return numberPrefix(text.replace(/^[ \t\n\v\f\r]+/, ""))?.value ?? 0;
}

/** strtonum(): hexadecimal and octal too. */
export function numberOfAnyBase(text: string): number {
  const found = /^[ \t\n\v\f\r]*([+-]?)(?:0[xX]([0-9a-fA-F]+)|0([0-7]+)(?![0-9.eE]))/.exec(text);
  if (!found) return numberOfText(text);
  const magnitude = found[2] === undefined ? Number.parseInt(found[3] ?? "0", 8) : Number.parseInt(found[2], 16);
  return found[1] === "-" ? -magnitude : magnitude;
}

export function toNumber(value: Value): number {
  if (typeof value === "number") return value;
  if (value === undefined) return 0;
  if (typeof value === "string") return numberOfText(value);
  if (value instanceof Truth) return value.value;
  if (value instanceof TypedRegex) return numberOfText(value.source);
  return value.number ?? numberOfText(value.text);
}

export function toBoolean(value: Value): boolean {
  if (typeof value === "number") return value !== 0;
  if (value === undefined) return false;
  if (typeof value === "string") return value !== "";
  if (value instanceof Truth) return value.value === 1;
  if (value instanceof TypedRegex) return value.source !== "";
  const number = value.number;
  return number === undefined ? value.text !== "" : number !== 0;
}

/** The number of what is one or looks like one; undefined of a text. */
export function comparable(value: Value): number | undefined {
  if (typeof value === "number") return value;
  if (value === undefined || value === UNASSIGNED) return 0;
  if (value instanceof InputText) return value.number;
  return value instanceof Truth ? value.value : undefined;
}

export function typeName(value: Value): string {
  if (value === undefined) return "untyped";
  if (value === UNASSIGNED) return "unassigned";
  if (typeof value === "number") return "number";
  if (typeof value === "string") return "string";
  if (value instanceof Truth) return "number|bool";
  if (value instanceof TypedRegex) return "regexp";
  return value.number === undefined ? "string" : "strnum";
}
