// Numbers as dash's builtins and variables in its arithmetic read them (mystring.c: number, atomax).
import { BuiltinError } from "../builtins/builtin.ts";

const MAX = 2n ** 63n - 1n;
const MIN = -(2n ** 63n);

export function illegal(text: string): BuiltinError {
  return new BuiltinError(`Illegal number: ${text}`, 2);
}

/** strtoimax(3) with base 0 or 10: the value, which stays within 64 bits, and how much of the text it took. */
export function readInteger(text: string, base: 0 | 10): { readonly value: bigint; readonly length: number; readonly outOfRange: boolean } {
  const match = /^([ \t\n\v\f\r]*)([-+]?)(0[xX](?=[0-9a-fA-F]))?/.exec(text);
  const prefix = match?.[0] ?? "";
  const hex = base === 0 && match?.[3] !== undefined;
  const start = hex ? prefix.length : prefix.length - (match?.[3]?.length ?? 0);
  const rest = text.slice(start);
  const octal = base === 0 && !hex && rest.startsWith("0");
  const digits = (hex ? /^[0-9a-fA-F]+/ : octal ? /^[0-7]+/ : /^[0-9]+/).exec(rest)?.[0] ?? "";
  if (digits === "") return { value: 0n, length: 0, outOfRange: false };
  const magnitude = BigInt(hex ? `0x${digits}` : octal ? `0o${digits}` : digits);
  const value = match?.[2] === "-" ? -magnitude : magnitude;
  const outOfRange = value > MAX || value < MIN;
  return { value: value > MAX ? MAX : value < MIN ? MIN : value, length: start + digits.length, outOfRange };
}

/** The value of a text that must be a number. Base 0 knows octal and hexadecimal digits and takes blank text for 0. */
export function wholeInteger(text: string, base: 0 | 10): bigint {
  const { value, length, outOfRange } = readInteger(text, base);
  if (outOfRange || (base === 10 && length === 0) || text.slice(length).trim() !== "") throw illegal(text);
  return value;
}

/** Digits alone: statuses, counts, process numbers. */
export function wholeNumber(text: string): number {
  if (!/^[0-9]+$/.test(text) || Number(text) > 2_147_483_647) throw illegal(text);
  return Number(text);
}
