// What a sed script is after compilation.

import type { Regex } from "../kit/regex/compile-regex.ts";

/** `undefined` in place of a regex: the empty one, which stands for the last one used. */
export type Address =
  | { readonly kind: "line"; readonly number: number }
  | { readonly kind: "step"; readonly first: number; readonly step: number }
  | { readonly kind: "last" }
  | { readonly kind: "regex"; readonly regex: Regex | undefined }
  /** second address only */
  | { readonly kind: "plus"; readonly count: number }
  | { readonly kind: "multiple"; readonly of: number };

export type CaseChange = "U" | "L" | "u" | "l" | "E";

/** A piece of a replacement: text, a group's number, or a switch of case. */
export type ReplacementPart = string | number | { readonly change: CaseChange };

export interface Substitution {
  readonly regex: Regex | undefined;
  readonly replacement: readonly ReplacementPart[];
  readonly global: boolean;
  readonly print: boolean;
  readonly evaluate: boolean;
  readonly number: number;
  readonly file: string | undefined;
}

export interface SedCommand {
  readonly name: string;
  readonly first: Address | undefined;
  readonly second: Address | undefined;
  readonly negated: boolean;
  /** a, i, c: the text; r, R, w, W: the file; e: the command; b, t, T, ":": the label */
  readonly text: string;
  /** q, Q, l, L */
  readonly number: number | undefined;
  readonly substitution: Substitution | undefined;
  readonly translation: ReadonlyMap<string, string> | undefined;
  /** "{": the index behind the block; b, t, T: the index to go on at */
  target: number;
  /** state of a range */
  active: boolean;
  /** a range that began at a line number does so once */
  closed: boolean;
  endLine: number;
}
