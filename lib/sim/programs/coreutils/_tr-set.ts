// The strings of tr(1): characters, escapes, ranges, classes, equivalence classes and repeats.

export class TrSetError extends Error {}

export type SetItem =
  | { readonly kind: "chars"; readonly codes: readonly number[] }
  | { readonly kind: "class"; readonly name: string; readonly codes: readonly number[] }
  | { readonly kind: "equivalence"; readonly codes: readonly number[] }
  /** count 0: as often as it takes */
  | { readonly kind: "repeat"; readonly code: number; readonly count: number; readonly codes: readonly number[] };

const range = (low: number, high: number): number[] => Array.from({ length: high - low + 1 }, (_, i) => low + i);
const UPPER = range(65, 90);
const LOWER = range(97, 122);
const DIGITS = range(48, 57);

const CLASSES = new Map<string, readonly number[]>([
  ["alnum", [...DIGITS, ...UPPER, ...LOWER]], ["alpha", [...UPPER, ...LOWER]], ["blank", [9, 32]], ["cntrl", [...range(0, 31), 127]], ["digit", DIGITS],
  ["graph", range(33, 126)], ["lower", LOWER], ["print", range(32, 126)], ["punct", range(33, 126).filter((code) => !/[A-Za-z0-9]/.test(String.fromCharCode(code)))],
  ["space", [9, 10, 11, 12, 13, 32]], ["upper", UPPER], ["xdigit", [...DIGITS, ...range(65, 70), ...range(97, 102)]],
]);

interface Char {
  readonly code: number;
  readonly escaped: boolean;
}

function unescaped(text: string, warnings: string[]): Char[] {
  const simple = new Map([["a", 7], ["b", 8], ["f", 12], ["n", 10], ["r", 13], ["t", 9], ["v", 11], ["\\", 92]]);
  const chars: Char[] = [];
  for (let i = 0; i < text.length; i++) {
    if (text.charAt(i) !== "\\") {
      chars.push({ code: text.charCodeAt(i), escaped: false });
      continue;
    }
    const octal = /^[0-7]{1,3}/.exec(text.slice(i + 1));
    if (octal) {
      let digits = octal[0];
      if (Number.parseInt(digits, 8) > 255) {
        const shorter = digits.slice(0, 2);
        warnings.push(`warning: the ambiguous octal escape \\${digits} is being\n\tinterpreted as the 2-byte sequence \\0${shorter}, ${digits.charAt(2)}`);
        digits = shorter;
      }
      chars.push({ code: Number.parseInt(digits, 8), escaped: true });
      i += digits.length;
      continue;
    }
    const next = text.charAt(i + 1);
    if (next === "") {
      warnings.push("warning: an unescaped backslash at end of string is not portable");
      chars.push({ code: 92, escaped: false });
      continue;
    }
    chars.push({ code: simple.get(next) ?? next.charCodeAt(0), escaped: true });
    i++;
  }
  return chars;
}

const show = (code: number): string => {
  if (code === 92) return "\\\\";
  if (code >= 32 && code < 127) return String.fromCharCode(code);
  const named = new Map([[7, "\\a"], [8, "\\b"], [12, "\\f"], [10, "\\n"], [13, "\\r"], [9, "\\t"], [11, "\\v"]]).get(code);
  return named ?? "\\" + code.toString(8).padStart(3, "0");
};

/** Throws TrSetError. */
export function parseSet(text: string, warnings: string[]): SetItem[] {
  const chars = unescaped(text, warnings);
  const items: SetItem[] = [];
  const is = (at: number, char: string): boolean => chars[at]?.code === char.charCodeAt(0) && chars[at]?.escaped === false;
  const textOf = (from: number, to: number): string => chars.slice(from, to).map((char) => String.fromCharCode(char.code)).join("");
  for (let i = 0; i < chars.length; ) {
    if (is(i, "[") && (is(i + 1, ":") || is(i + 1, "="))) {
      const mark = is(i + 1, ":") ? ":" : "=";
      let close = -1;
      for (let at = i + 2; at + 1 < chars.length; at++) {
        if (is(at, mark) && is(at + 1, "]") && !(at === i + 2)) {
          close = at;
          break;
        }
        if (at === i + 2 && is(at, mark) && is(at + 1, "]") && !is(at + 2, "]")) {
          close = at;
          break;
        }
      }
      if (close >= 0) {
        const name = textOf(i + 2, close);
        if (mark === ":") {
          if (name === "") throw new TrSetError("missing character class name '[::]'");
          const codes = CLASSES.get(name);
          if (codes) {
            items.push({ kind: "class", name, codes });
            i = close + 2;
            continue;
          }
          if (!/^\*/.test(name)) throw new TrSetError(`invalid character class ${name === "" ? "''" : `‘${name}’`}`);
        } else {
          if (name === "") throw new TrSetError("missing equivalence class character '[==]'");
          if (name.length === 1) {
            items.push({ kind: "equivalence", codes: [name.charCodeAt(0)] });
            i = close + 2;
            continue;
          }
          if (!/^\*/.test(name)) throw new TrSetError(`${[...name].map((char) => show(char.charCodeAt(0))).join("")}: equivalence class operand must be a single character`);
        }
      }
    }
    const char = chars[i];
    if (char === undefined) break;
    if (is(i, "[") && chars[i + 1] !== undefined && is(i + 2, "*")) {
      let close = i + 3;
      while (close < chars.length && /[0-9]/.test(String.fromCharCode(chars[close]?.code ?? 0)) && chars[close]?.escaped === false) close++;
      if (is(close, "]")) {
        const digits = textOf(i + 3, close);
        const count = digits === "" ? 0 : Number.parseInt(digits, digits.startsWith("0") ? 8 : 10);
        const code = chars[i + 1]?.code ?? 0;
        items.push({ kind: "repeat", code, count, codes: count > 0 ? new Array<number>(Math.min(count, 1_000_000)).fill(code) : [] });
        i = close + 1;
        continue;
      }
      let end = i + 3;
      while (end < chars.length && !is(end, "]")) end++;
      if (end < chars.length && end > i + 3) throw new TrSetError(`invalid repeat count ‘${textOf(i + 3, end)}’ in [c*n] construct`);
    }
    if (is(i + 1, "-") && chars[i + 2] !== undefined) {
      const high = chars[i + 2]?.code ?? 0;
      if (high < char.code) throw new TrSetError(`range-endpoints of '${show(char.code)}-${show(high)}' are in reverse collating sequence order`);
      items.push({ kind: "chars", codes: range(char.code, high) });
      i += 3;
      continue;
    }
    items.push({ kind: "chars", codes: [char.code] });
    i++;
  }
  return items;
}

/** All codes in order; a repeat without count fills up to `length`. */
export function expandSet(items: readonly SetItem[], length = 0): number[] {
  const fixed = items.reduce((sum, item) => sum + item.codes.length, 0);
  const codes: number[] = [];
  for (const item of items) {
    if (item.kind === "repeat" && item.count === 0) for (let i = fixed; i < length; i++) codes.push(item.code);
    else for (const code of item.codes) codes.push(code);
  }
  return codes;
}
