// Sets of code points as sorted, disjoint, flat ranges [low, high, low, high...]. A lone surrogate U+DC80..U+DCFF stands for an invalid
// byte (see kernel/sys.ts): it can be a literal, but neither "." nor a class nor a negated bracket holds it (glibc in a UTF-8 locale).

export type CharSet = readonly number[];

export const LAST_CODE_POINT = 0x10ffff;
export const EVERY_CHARACTER: CharSet = [0, 0xd7ff, 0xe000, LAST_CODE_POINT];
export const NEWLINE: CharSet = [10, 10];

export function single(codePoint: number): CharSet {
  return [codePoint, codePoint];
}

export function union(...sets: readonly CharSet[]): CharSet {
  const ranges: [number, number][] = [];
  for (const set of sets) for (let i = 0; i < set.length; i += 2) ranges.push([set[i] ?? 0, set[i + 1] ?? 0]);
  ranges.sort((a, b) => a[0] - b[0]);
  const merged: number[] = [];
  for (const [low, high] of ranges) {
    const last = merged.length - 1;
    if (last > 0 && low <= (merged[last] ?? 0) + 1) merged[last] = Math.max(merged[last] ?? 0, high);
    else merged.push(low, high);
  }
  return merged;
}

export function subtract(from: CharSet, what: CharSet): CharSet {
  const result: number[] = [];
  for (let i = 0; i < from.length; i += 2) {
    let low = from[i] ?? 0;
    const high = from[i + 1] ?? 0;
    for (let j = 0; j < what.length && low <= high; j += 2) {
      const cutLow = what[j] ?? 0;
      const cutHigh = what[j + 1] ?? 0;
      if (cutHigh < low || cutLow > high) continue;
      if (cutLow > low) result.push(low, cutLow - 1);
      low = cutHigh + 1;
    }
    if (low <= high) result.push(low, high);
  }
  return result;
}

export function complement(set: CharSet): CharSet {
  return subtract(EVERY_CHARACTER, set);
}

export function has(set: CharSet, codePoint: number): boolean {
  let low = 0;
  let high = set.length / 2 - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    if (codePoint < (set[middle * 2] ?? 0)) high = middle - 1;
    else if (codePoint > (set[middle * 2 + 1] ?? 0)) low = middle + 1;
    else return true;
  }
  return false;
}

function otherCases(codePoint: number): number[] {
  const text = String.fromCodePoint(codePoint);
  const found: number[] = [];
  for (const changed of [text.toLowerCase(), text.toUpperCase()]) {
    const point = changed.codePointAt(0) ?? 0;
    if (point !== codePoint && changed.length === (point > 0xffff ? 2 : 1)) found.push(point);
  }
  return found;
}

/** Beyond this many code points a set is taken as closed under case already (the classes are). */
const FOLD_LIMIT = 4000;

export function foldCase(set: CharSet): CharSet {
  const extra: number[] = [];
  let budget = FOLD_LIMIT;
  for (let i = 0; i < set.length; i += 2) {
    const high = set[i + 1] ?? 0;
    for (let c = set[i] ?? 0; c <= high; c++) {
      if (budget-- === 0) return union(set, extra.length > 0 ? extra : []);
      for (const other of otherCases(c)) extra.push(other, other);
    }
  }
  return extra.length === 0 ? set : union(set, ...pairs(extra));
}

function pairs(flat: readonly number[]): CharSet[] {
  const result: CharSet[] = [];
  for (let i = 0; i < flat.length; i += 2) result.push([flat[i] ?? 0, flat[i + 1] ?? 0]);
  return result;
}

const ASCII_CLASSES = new Map<string, CharSet>([
  ["alpha", [65, 90, 97, 122]],
  ["digit", [48, 57]],
  ["alnum", [48, 57, 65, 90, 97, 122]],
  ["upper", [65, 90]],
  ["lower", [97, 122]],
  ["space", [9, 13, 32, 32]],
  ["blank", [9, 9, 32, 32]],
  ["punct", [33, 47, 58, 64, 91, 96, 123, 126]],
  ["print", [32, 126]],
  ["graph", [33, 126]],
  ["cntrl", [0, 31, 127, 127]],
  ["xdigit", [48, 57, 65, 70, 97, 102]],
]);

// Beyond ASCII, the properties that glibc's C.UTF-8 gives: our own linear patterns over one character.
const WIDE_CLASSES = new Map<string, RegExp>([
  ["alpha", /[\p{Alphabetic}\p{Nd}]/u],
  ["alnum", /[\p{Alphabetic}\p{Nd}]/u],
  ["upper", /\p{Lu}/u],
  ["lower", /\p{Ll}/u],
  ["space", /[\u1680\u2000-\u2006\u2008-\u200a\u2028\u2029\u205f\u3000]/u],
  ["blank", /[\u1680\u2000-\u2006\u2008-\u200a\u205f\u3000]/u],
  ["punct", /[\p{P}\p{S}\p{No}\p{M}]/u],
  ["print", /[^\p{C}]/u],
  ["graph", /[^\p{C}\p{Z}]/u],
  ["cntrl", /[\u0080-\u009f\u2028\u2029]/u],
]);

const LAST_SCANNED = 0x1ffff;

function scan(property: RegExp): CharSet {
  const ranges: number[] = [];
  let start = -1;
  for (let c = 0x80; c <= LAST_SCANNED + 1; c++) {
    const inside = c <= LAST_SCANNED && (c < 0xd800 || c > 0xdfff) && property.test(String.fromCodePoint(c));
    if (inside && start < 0) start = c;
    else if (!inside && start >= 0) {
      ranges.push(start, c - 1);
      start = -1;
    }
  }
  return ranges;
}

const cache = new Map<string, CharSet>();

/** [:NAME:]; undefined for an unknown name. */
export function characterClass(name: string): CharSet | undefined {
  const ascii = ASCII_CLASSES.get(name);
  if (!ascii) return undefined;
  let set = cache.get(name);
  if (!set) {
    const wide = WIDE_CLASSES.get(name);
    set = wide ? union(ascii, scan(wide)) : ascii;
    cache.set(name, set);
  }
  return set;
}

/** Only the ASCII members (mawk and PCRE without UCP). */
export function asciiClass(name: string): CharSet | undefined {
  return ASCII_CLASSES.get(name);
}

/** \w */
export function wordSet(): CharSet {
  return union(characterClass("alnum") ?? [], single(95));
}

/** \p{NAME} of PCRE for the general categories and a few scripts; undefined when unknown. */
export function unicodeProperty(name: string): CharSet | undefined {
  const cached = cache.get(`\\p${name}`);
  if (cached) return cached;
  const property = PROPERTIES.get(name);
  if (!property) return undefined;
  const ranges: CharSet[] = [scan(property)];
  for (let c = 0; c < 0x80; c++) if (property.test(String.fromCharCode(c))) ranges.push(single(c));
  const set = union(...ranges);
  cache.set(`\\p${name}`, set);
  return set;
}

const PROPERTIES = new Map<string, RegExp>([
  ["L", /\p{L}/u], ["Lu", /\p{Lu}/u], ["Ll", /\p{Ll}/u], ["Lt", /\p{Lt}/u], ["Lm", /\p{Lm}/u], ["Lo", /\p{Lo}/u],
  ["N", /\p{N}/u], ["Nd", /\p{Nd}/u], ["Nl", /\p{Nl}/u], ["No", /\p{No}/u],
  ["P", /\p{P}/u], ["Pd", /\p{Pd}/u], ["Ps", /\p{Ps}/u], ["Pe", /\p{Pe}/u], ["Pc", /\p{Pc}/u], ["Po", /\p{Po}/u],
  ["S", /\p{S}/u], ["Sm", /\p{Sm}/u], ["Sc", /\p{Sc}/u], ["Sk", /\p{Sk}/u], ["So", /\p{So}/u],
  ["Z", /\p{Z}/u], ["Zs", /\p{Zs}/u], ["Zl", /\p{Zl}/u], ["Zp", /\p{Zp}/u],
  ["C", /\p{C}/u], ["Cc", /\p{Cc}/u], ["M", /\p{M}/u], ["Mn", /\p{Mn}/u],
  ["Greek", /\p{Script=Greek}/u], ["Latin", /\p{Script=Latin}/u], ["Cyrillic", /\p{Script=Cyrillic}/u], ["Han", /\p{Script=Han}/u],
]);
