// The format strings of hexdump(1): `ITERATIONS/BYTES "printf format"` units with %_a addresses, %_c and %_u characters, %_p printable ones.

import { formatFloat, formatInteger, padText, type Spec } from "../kit/printf-format.ts";

export class FormatError extends Error {}

type Piece =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "address" | "final-address"; readonly base: 8 | 10 | 16; readonly spec: Spec }
  | { readonly kind: "value"; readonly conversion: string; readonly bytes: number; readonly spec: Spec };

interface Unit {
  iterations: number;
  readonly bytes: number;
  readonly pieces: readonly Piece[];
}

export interface DumpFormat {
  readonly units: readonly Unit[];
  readonly blockBytes: number;
}

const ESCAPES = new Map([["0", "\0"], ["a", "\x07"], ["b", "\b"], ["f", "\f"], ["n", "\n"], ["r", "\r"], ["t", "\t"], ["v", "\v"]]);

function unescaped(text: string): string {
  return text.replace(/\\(.)/gs, (_, char: string) => ESCAPES.get(char) ?? char);
}

/** Throws FormatError. */
export function parseDumpFormat(text: string): DumpFormat {
  const units: Unit[] = [];
  let rest = text.trimStart();
  while (rest !== "") {
    const head = /^(?:(\d+)\s*)?(?:\/\s*(\d+)\s*)?"((?:[^"\\]|\\.)*)"\s*/s.exec(rest);
    if (!head) throw new FormatError(`bad format {${text}}`);
    const [whole = "", iterations, bytes, format = ""] = head;
    rest = rest.slice(whole.length);
    const pieces = parsePieces(unescaped(format), bytes === undefined ? undefined : Number(bytes));
    const used = pieces.reduce((sum, piece) => sum + (piece.kind === "value" ? piece.bytes : 0), 0);
    units.push({ iterations: iterations === undefined ? 1 : Number(iterations), bytes: bytes === undefined ? used : Number(bytes), pieces });
  }
  const blockBytes = units.reduce((sum, unit) => sum + unit.iterations * unit.bytes, 0);
  return { units, blockBytes };
}

function parsePieces(format: string, unitBytes: number | undefined): Piece[] {
  const pieces: Piece[] = [];
  for (const match of format.matchAll(/%([-+ #0]*)(\d*)(?:\.(\d*))?(_a[dox]|_A[dox]|_[cpu]|l*[diouxXeEfgGcs]|%)|[^%]+|%/g)) {
    const [whole, flags = "", width = "", precision, conversion] = match;
    if (conversion === undefined || conversion === "%") {
      if (whole === "%") throw new FormatError("bad conversion character %");
      pieces.push({ kind: "text", text: conversion === "%" ? "%" : whole });
      continue;
    }
    const minus = flags.includes("-");
    const spec: Spec = { minus, plus: flags.includes("+"), space: flags.includes(" "), alternate: flags.includes("#"), zero: flags.includes("0") && !minus, width: Number(width), precision: precision === undefined ? undefined : Number(precision || 0), conversion: conversion.at(-1) ?? "d" };
    if (conversion.startsWith("_a") || conversion.startsWith("_A")) {
      const base = conversion.endsWith("d") ? 10 : conversion.endsWith("o") ? 8 : 16;
      pieces.push({ kind: conversion.startsWith("_A") ? "final-address" : "address", base, spec: { ...spec, conversion: base === 10 ? "d" : base === 8 ? "o" : "x" } });
    } else {
      const letter = conversion.startsWith("_") ? conversion : (conversion.at(-1) ?? "d");
      const natural = /^(_[cpu]|c)$/.test(letter) ? 1 : /[eEfgG]/.test(letter) ? 8 : letter === "s" ? Number(precision ?? 0) : 4;
      pieces.push({ kind: "value", conversion: letter, bytes: unitBytes !== undefined && pieces.every((piece) => piece.kind !== "value") ? (letter === "s" && unitBytes === 0 ? natural : unitBytes) : natural, spec });
    }
  }
  return pieces;
}

const NAMES = ["nul", "soh", "stx", "etx", "eot", "enq", "ack", "bel", "bs", "ht", "lf", "vt", "ff", "cr", "so", "si", "dle", "dcl", "dc2", "dc3", "dc4", "nak", "syn", "etb", "can", "em", "sub", "esc", "fs", "gs", "rs", "us"];
const C_ESCAPES = new Map([[0, "\\0"], [7, "\\a"], [8, "\\b"], [9, "\\t"], [10, "\\n"], [11, "\\v"], [12, "\\f"], [13, "\\r"]]);

function valueText(piece: Extract<Piece, { kind: "value" }>, block: Uint8Array, at: number, length: number): string {
  const { conversion, spec } = piece;
  if (at >= length) {
    // Nothing is left to show: blanks keep the columns.
    return padText("", spec);
  }
  const byte = block[at] ?? 0;
  switch (conversion) {
    case "_p": return padText(byte >= 32 && byte < 127 ? String.fromCharCode(byte) : ".", spec);
    case "c": return padText(String.fromCharCode(byte), spec);
    case "_c": return padText(C_ESCAPES.get(byte) ?? (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : byte.toString(8).padStart(3, "0")), spec);
    case "_u": return padText(NAMES[byte] ?? (byte === 127 ? "del" : byte < 127 ? String.fromCharCode(byte) : byte.toString(16).padStart(2, "0")), spec);
    case "s": {
      let text = "";
      for (let i = at; i < Math.min(length, at + piece.bytes); i++) text += String.fromCharCode(block[i] ?? 0);
      return padText(spec.precision === undefined ? text : text.slice(0, spec.precision), spec);
    }
    default: {
      const view = new DataView(block.buffer, block.byteOffset);
      if (/[eEfgG]/.test(conversion)) return formatFloat(piece.bytes === 4 ? view.getFloat32(at, true) : view.getFloat64(at, true), spec);
      let value = 0n;
      for (let i = piece.bytes - 1; i >= 0; i--) value = (value << 8n) | BigInt(block[at + i] ?? 0);
      return formatInteger(conversion === "d" || conversion === "i" ? BigInt.asIntN(piece.bytes * 8, value) : value, spec);
    }
  }
}

/** One block as text; `address` is that of its first byte, `length` how many of its bytes exist. */
export function dumpBlock(format: DumpFormat, block: Uint8Array, address: number, length: number): string {
  let out = "";
  let at = 0;
  for (const unit of format.units) {
    // A unit that takes no fixed count fills the rest of the block.
    for (let iteration = 0; iteration < unit.iterations; iteration++) {
      const last = iteration === unit.iterations - 1;
      const start = at;
      for (const [index, piece] of unit.pieces.entries()) {
        if (piece.kind === "text") {
          // Trailing blanks of the last repeat are left out.
          out += last && unit.iterations > 1 && index === unit.pieces.length - 1 ? piece.text.replace(/[ \t]+$/, "") : piece.text;
        } else if (piece.kind === "address") out += formatInteger(BigInt(address + at), piece.spec);
        else if (piece.kind === "value") {
          out += valueText(piece, block, at, length);
          at += piece.bytes;
        }
      }
      at = start + unit.bytes;
    }
  }
  return out;
}

/** What %_A prints once, after everything. */
export function finalAddress(format: DumpFormat, address: number): string {
  let out = "";
  for (const unit of format.units) {
    if (!unit.pieces.some((piece) => piece.kind === "final-address")) continue;
    for (const piece of unit.pieces) {
      if (piece.kind === "final-address") out += formatInteger(BigInt(address), piece.spec);
      else if (piece.kind === "text") out += piece.text;
    }
  }
  return out;
}

/** Units of final addresses print nothing within the dump. */
export function withoutFinal(format: DumpFormat): DumpFormat {
  return { ...format, units: format.units.filter((unit) => !unit.pieces.some((piece) => piece.kind === "final-address")) };
}
