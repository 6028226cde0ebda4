// Whole numbers of any size and their bytes, and what arithmetic in a ring needs.
import { toHex } from "../digest/hasher.ts";

export function numberOf(bytes: Uint8Array): bigint {
  return bytes.length === 0 ? 0n : BigInt(`0x${toHex(bytes)}`);
}

/** Big-endian; without `length` as few bytes as it takes (none for zero). */
export function bytesOfNumber(value: bigint, length?: number): Uint8Array {
  let hex = value === 0n ? "" : value.toString(16);
  if (hex.length % 2 === 1) hex = `0${hex}`;
  if (length !== undefined) hex = hex.padStart(length * 2, "0").slice(-length * 2);
  const bytes = new Uint8Array(hex.length / 2);
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(hex.slice(i * 2, i * 2 + 2), 16);
  return bytes;
}

/** Little-endian, as the curves of RFC 7748 and RFC 8032 write numbers. */
export function littleEndian(value: bigint, length: number): Uint8Array {
  return bytesOfNumber(value, length).reverse();
}

export function numberOfLittleEndian(bytes: Uint8Array): bigint {
  return numberOf(bytes.slice().reverse());
}

export function bitLength(value: bigint): number {
  if (value === 0n) return 0;
  const hex = value.toString(16);
  return (hex.length - 1) * 4 + (32 - Math.clz32(Number.parseInt(hex.charAt(0), 16)));
}

export function mod(value: bigint, modulus: bigint): bigint {
  const rest = value % modulus;
  return rest < 0n ? rest + modulus : rest;
}

/** Undefined when the two have a common factor. */
export function inverse(value: bigint, modulus: bigint): bigint | undefined {
  let [oldR, r] = [mod(value, modulus), modulus];
  let [oldS, s] = [1n, 0n];
  while (r !== 0n) {
    const quotient = oldR / r;
    [oldR, r] = [r, oldR - quotient * r];
    [oldS, s] = [s, oldS - quotient * s];
  }
  return oldR === 1n ? mod(oldS, modulus) : undefined;
}

/** By hexadecimal digits of the exponent: one product for four squares. */
export function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  if (modulus === 1n) return 0n;
  const start = mod(base, modulus);
  const table = [1n];
  for (let i = 1; i < 16; i++) table.push(((table[i - 1] ?? 1n) * start) % modulus);
  let result = 1n;
  for (const digit of exponent.toString(16)) {
    result = (result * result) % modulus;
    result = (result * result) % modulus;
    result = (result * result) % modulus;
    result = (result * result) % modulus;
    const value = Number.parseInt(digit, 16);
    if (value !== 0) result = (result * (table[value] ?? 1n)) % modulus;
  }
  return result;
}
