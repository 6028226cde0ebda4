// Order of texts. In C and C.UTF-8: by bytes. Latin1 strings (kit/latin1.ts) are compared by `<` directly; names and arguments here.
// In other locales as glibc 2.36's iso14651_t1: letters first (accents, case and punctuation do not count), then accents, then small letters before capitals, then the rest.

import type { Sys } from "../../kernel/sys.ts";
import { latin1OfText } from "./latin1.ts";
import { installedLocale, localeOf } from "./locale.ts";

const SURROGATE = /[\ud800-\udfff]/;

export function compareBytes(a: string, b: string): number {
  if (a === b) return 0;
  if (SURROGATE.test(a) || SURROGATE.test(b)) return latin1OfText(a) < latin1OfText(b) ? -1 : 1;
  return a < b ? -1 : 1;
}

const LIGATURES: ReadonlyMap<string, string> = new Map([["œ", "oe"], ["Œ", "OE"], ["æ", "ae"], ["Æ", "AE"], ["ß", "ss"]]);
const MARK = /[\u0300-\u036f]/;
const LETTER = /[\p{L}\p{N}]/u;

/** Keys compare as their texts collate (strxfrm(3)). */
export function collationKey(text: string): string {
  let letters = "";
  let accents = "";
  let cases = "";
  for (const character of text.normalize("NFD")) {
    if (MARK.test(character)) {
      accents = accents.slice(0, -1) + character;
      continue;
    }
    if (!LETTER.test(character)) continue;
    for (const letter of LIGATURES.get(character) ?? character) {
      const small = letter.toLowerCase();
      letters += small;
      accents += LIGATURES.has(character) ? "\u0002" : "\u0001";
      cases += letter === small ? "\u0001" : "\u0002";
    }
  }
  return `${letters}\0${accents}\0${cases}\0${text}`;
}

/** False in the C locales and in one that is not installed. */
export function collatesByLetters(sys: Sys, environment: ReadonlyMap<string, string> = sys.environment): boolean {
  const locale = localeOf(environment, "LC_COLLATE");
  return !/^(?:C|POSIX)(?:\.|$)/.test(locale) && installedLocale(sys, locale);
}

/** strcoll(3). */
export function collation(sys: Sys): (a: string, b: string) => number {
  if (!collatesByLetters(sys)) return compareBytes;
  const keys = new Map<string, string>();
  const keyOf = (text: string): string => {
    let key = keys.get(text);
    if (key === undefined) {
      key = collationKey(text);
      keys.set(text, key);
    }
    return key;
  };
  return (a, b) => compareBytes(keyOf(a), keyOf(b));
}
