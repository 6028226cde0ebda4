// How the labels of fdisk and sfdisk ask and tell; libfdisk leaves that to its callers.
import type { Blocking } from "../../kernel/sys.ts";

/** What was wanted cannot be done; the reason has been told. `reason` is the text of the error number that libfdisk returns. */
export class Refused extends Error {
  readonly reason: string;
  constructor(reason = "Invalid argument") {
    super(reason);
    this.reason = reason;
  }
}

/** Ctrl-C, Ctrl-D or the end of the input at a question. */
export class Cancelled extends Refused {}

export interface NumberQuestion {
  readonly low: number;
  readonly high: number;
  /** offered where it lies between `low` and `high` */
  readonly fallback: number;
  /** shown instead of "low-high" */
  readonly range?: string;
}

export interface Talk {
  /** Without it nothing can be asked: sfdisk. */
  readonly asks: boolean;
  info(text: string): Blocking<void>;
  warn(text: string): Blocking<void>;
  /** Throws Cancelled, as all questions do. */
  number(query: string, question: NumberQuestion): Blocking<number>;
  /** `base`: what "+" counts from; `unitBytes`: of a number without a letter. */
  offset(query: string, question: NumberQuestion & { readonly base: number; readonly unitBytes: number }): Blocking<{ readonly value: number; readonly relative: boolean }>;
  menu(query: string, fallback: string, items: readonly (readonly [key: string, name: string, description: string])[]): Blocking<string>;
  text(query: string): Blocking<string>;
}

const SUFFIXES = "KMGTPEZY";

/** "100", "0x10", "1.5G", "10MiB", "10MB": the number, and whether a letter stood behind it. Undefined for anything else. */
export function parseSize(text: string): { readonly value: number; readonly scaled: boolean } | undefined {
  const match = /^\s*\+?(0[xX][0-9a-fA-F]+|\d+)(?:\.(\d*))?([a-zA-Z])?(iB|ib|B|b)?$/.exec(text);
  if (!match) return undefined;
  const [, digits = "", fraction, letter, unit] = match;
  const whole = /^0[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : Number(digits);
  if (letter === undefined) return fraction === undefined && unit === undefined ? { value: whole, scaled: false } : undefined;
  const power = SUFFIXES.indexOf(letter.toUpperCase()) + 1;
  if (power === 0) return undefined;
  const base = (unit?.length === 1 ? 1000 : 1024) ** power;
  let value = whole * base;
  // digit by digit, each part rounded down
  for (const [index, digit] of [...(fraction ?? "")].entries()) if (digit !== "0") value += Math.floor(base / Math.floor(10 ** (index + 1) / Number(digit)));
  return { value, scaled: true };
}
