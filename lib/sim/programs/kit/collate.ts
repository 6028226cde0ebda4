// Order of texts in C and C.UTF-8: by bytes. Latin1 strings (kit/latin1.ts) are compared by `<` directly; names and arguments here.

import { latin1OfText } from "./latin1.ts";

const SURROGATE = /[\ud800-\udfff]/;

export function compareBytes(a: string, b: string): number {
  if (a === b) return 0;
  if (SURROGATE.test(a) || SURROGATE.test(b)) return latin1OfText(a) < latin1OfText(b) ? -1 : 1;
  return a < b ? -1 : 1;
}
