// Values of awk and their conversions. Text is latin1 (a character is a byte), as mawk works on bytes.

import { NumericText } from "../kit/awk/values.ts";

export class InputText extends NumericText {
  protected override read(): number | undefined {
    return looksNumeric(this.text);
  }
}

/** undefined is the uninitialised value: "" and 0 at once. */
export type Value = number | string | InputText | undefined;

const SPACE = /^[ \t\n\v\f\r]*/;
const DECIMAL = /^[+-]?(?:\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)/;
const HEXADECIMAL = /^([+-]?)0[xX]([0-9a-fA-F]+)/;
const WORD = /^([+-]?)(inf(?:inity)?|nan)/i;

function looksNumeric(text: string): number | undefined {
  const first = text.charCodeAt(0);
  // A quick no: letters other than those of inf and nan.
  if (first > 57 && first !== 73 && first !== 105 && first !== 78 && first !== 110) return undefined;
  const prefix = numberPrefix(text);
  if (!prefix) return undefined;
  return /^[ \t\n\v\f\r]*$/.test(text.slice(prefix.length)) ? prefix.value : undefined;
}

/** LC_NUMERIC's point of the awk that runs: set whenever its process goes on (kit/awk/setting.ts). */
let point: "." | "," = ".";

export function setDecimalPoint(now: "." | ","): void {
  point = now;
}

/** What printf(3) wrote, with the locale's point. */
export function withDecimalPoint(text: string): string {
  return point === "." ? text : text.replace(".", point);
}

/** strtod(3): the number at the beginning and how many characters it takes with the blanks before it. */
function numberPrefix(text: string): { readonly value: number; readonly length: number } | undefined {
  const blanks = SPACE.exec(text)?.[0].length ?? 0;
  const given = blanks > 0 ? text.slice(blanks) : text;
  const rest = point === "." ? given : given.replace(/[.,]/g, (c) => (c === point ? "." : " "));
  const hexadecimal = HEXADECIMAL.exec(rest);
  if (hexadecimal) return { value: Number.parseInt(hexadecimal[2] ?? "0", 16) * (hexadecimal[1] === "-" ? -1 : 1), length: blanks + hexadecimal[0].length };
  const decimal = DECIMAL.exec(rest);
  if (decimal) return { value: Number(decimal[0]), length: blanks + decimal[0].length };
  const word = WORD.exec(rest);
  if (word) return { value: (word[2] ?? "").toLowerCase() === "nan" ? Number.NaN : word[1] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY, length: blanks + word[0].length };
  return undefined;
}

export function numberOfText(text: string): number {
  const first = text.charCodeAt(0);
  if (first >= 48 && first <= 57 && text.length < 16) {
    // Mostly plain decimal integers.
    let value = 0;
    for (let i = 0; i < text.length; i++) {
      const digit = text.charCodeAt(i) - 48;
      if (digit < 0 || digit > 9) return numberPrefix(text)?.value ?? 0;
      value = value * 10 + digit;
    }
    return value;
  }
  return text === "" ? 0 : (numberPrefix(text)?.value ?? 0);
}

export function toNumber(value: Value): number {
  if (typeof value === "number") return value;
  if (value === undefined) return 0;
  if (typeof value === "string") return numberOfText(value);
  return value.number ?? numberOfText(value.text);
}

export const MAX_INT = 2147483647;

export function isInt(value: number): boolean {
  return (value | 0) === value && value !== -MAX_INT - 1;
}

export function toBoolean(value: Value): boolean {
  if (typeof value === "number") return value !== 0;
  if (value === undefined) return false;
  if (typeof value === "string") return value !== "";
  const number = value.number;
  return number === undefined ? value.text !== "" : number !== 0;
}
