// The values of number and string tokens.

import { encode } from "../../../kernel/sys.ts";
import { normalInt } from "../objects/number.ts";
import { PyBytes, PyComplex, PyFloat, type Value } from "../objects/value.ts";

const MAX_DIGITS = 4300;

/** A message where the literal cannot be a value. */
export function numberValue(text: string): Value | { readonly problem: string } {
  const plain = text.replaceAll("_", "");
  if (/^0[xXoObB]/.test(plain)) return normalInt(BigInt(plain));
  if (/^[0-9]+$/.test(plain)) {
    if (plain.length < 16) return Number(plain);
    if (plain.length > MAX_DIGITS) {
      return { problem: `Exceeds the limit (${MAX_DIGITS} digits) for integer string conversion: value has ${plain.length} digits; use sys.set_int_max_str_digits() to increase the limit - Consider hexadecimal for huge integer literals to avoid decimal conversion limits.` };
    }
    return normalInt(BigInt(plain));
  }
  if (/[jJ]$/.test(plain)) return new PyComplex(0, Number(plain.slice(0, -1)));
  return new PyFloat(Number(plain));
}

export interface StringLiteral {
  readonly raw: boolean;
  readonly isBytes: boolean;
  readonly isFormatted: boolean;
  readonly body: string;
  /** how many characters of the token stand before the body */
  readonly offset: number;
}

export function splitLiteral(text: string): StringLiteral {
  const prefix = /^[A-Za-z]*/.exec(text)?.[0] ?? "";
  const lower = prefix.toLowerCase();
  const quotes = text.startsWith('"""', prefix.length) || text.startsWith("'''", prefix.length) ? 3 : 1;
  return {
    raw: lower.includes("r"), isBytes: lower.includes("b"), isFormatted: lower.includes("f"),
    body: text.slice(prefix.length + quotes, text.length - quotes), offset: prefix.length + quotes,
  };
}

const SIMPLE = new Map([["n", "\n"], ["t", "\t"], ["r", "\r"], ["\\", "\\"], ["'", "'"], ['"', '"'], ["a", "\x07"], ["b", "\b"], ["f", "\f"], ["v", "\v"], ["\n", ""]]);
const UNICODE_NAMES = new Map([
  ["BULLET", "•"], ["SNOWMAN", "☃"], ["EURO SIGN", "€"], ["DEGREE SIGN", "°"], ["GREEK SMALL LETTER ALPHA", "α"], ["GREEK SMALL LETTER BETA", "β"], ["GREEK SMALL LETTER PI", "π"],
  ["GREEK CAPITAL LETTER DELTA", "Δ"], ["GREEK SMALL LETTER DELTA", "δ"], ["GREEK SMALL LETTER LAMDA", "λ"], ["GREEK SMALL LETTER MU", "μ"], ["GREEK CAPITAL LETTER OMEGA", "Ω"], ["GREEK SMALL LETTER OMEGA", "ω"],
  ["CHECK MARK", "✓"], ["HEAVY CHECK MARK", "✔"], ["BALLOT X", "✗"], ["RIGHTWARDS ARROW", "→"], ["LEFTWARDS ARROW", "←"], ["COPYRIGHT SIGN", "©"], ["NO-BREAK SPACE", "\u00a0"],
  ["LATIN SMALL LETTER E WITH ACUTE", "é"], ["HORIZONTAL ELLIPSIS", "…"], ["EM DASH", "—"], ["EN DASH", "–"], ["BLACK STAR", "★"], ["WHITE STAR", "☆"], ["GRINNING FACE", "😀"],
  ["SNAKE", "🐍"], ["ROCKET", "🚀"], ["INFINITY", "∞"], ["SQUARE ROOT", "√"], ["NOT EQUAL TO", "≠"],
]);

/** The text of a string's body with its escapes resolved, or what is wrong with them. */
export function unescapeText(body: string): string | { readonly problem: string } {
  if (!body.includes("\\")) return body;
  let text = "";
  for (let i = 0; i < body.length; i++) {
    const c = body[i] as string;
    if (c !== "\\") {
      text += c;
      continue;
    }
    const escape = body[++i] ?? "";
    const simple = SIMPLE.get(escape);
    if (simple !== undefined) {
      text += simple;
      continue;
    }
    if (escape >= "0" && escape <= "7") {
      const digits = /^[0-7]{1,3}/.exec(body.slice(i, i + 3))?.[0] ?? "0";
      i += digits.length - 1;
      text += String.fromCharCode(Number.parseInt(digits, 8));
      continue;
    }
    const width = escape === "x" ? 2 : escape === "u" ? 4 : escape === "U" ? 8 : 0;
    if (width > 0) {
      const digits = /^[0-9a-fA-F]*/.exec(body.slice(i + 1, i + 1 + width))?.[0] ?? "";
      const start = i - 1;
      const unicodeError = (what: string, end: number) => ({ problem: `(unicode error) 'unicodeescape' codec can't decode bytes in position ${start}-${end}: ${what}` });
      if (digits.length < width) return unicodeError(`truncated \\${escape}${"X".repeat(width)} escape`, i + digits.length);
      const point = Number.parseInt(digits, 16);
      if (point > 0x10ffff) return unicodeError("illegal Unicode character", i + width);
      text += String.fromCodePoint(point);
      i += width;
      continue;
    }
    if (escape === "N") {
      const name = /^\{([^}]+)\}/.exec(body.slice(i + 1));
      if (!name) return { problem: `(unicode error) 'unicodeescape' codec can't decode bytes in position ${i - 1}-${i}: malformed \\N character escape` };
      const character = UNICODE_NAMES.get((name[1] ?? "").toUpperCase());
      if (character === undefined) return { problem: `(unicode error) 'unicodeescape' codec can't decode bytes in position ${i - 1}-${i + name[0].length}: unknown Unicode character name` };
      text += character;
      i += name[0].length;
      continue;
    }
    text += `\\${escape}`;
  }
  return text;
}

export function unescapeBytes(body: string, raw: boolean): PyBytes | { readonly problem: string } {
  if (/[^\0-\x7f]/.test(body)) return { problem: "bytes can only contain ASCII literal characters" };
  if (raw) return new PyBytes(encode(body));
  const bytes: number[] = [];
  for (let i = 0; i < body.length; i++) {
    const c = body[i] as string;
    if (c !== "\\") {
      bytes.push(c.charCodeAt(0));
      continue;
    }
    const escape = body[++i] ?? "";
    const simple = SIMPLE.get(escape);
    if (simple !== undefined) {
      if (simple !== "") bytes.push(simple.charCodeAt(0));
    } else if (escape >= "0" && escape <= "7") {
      const digits = /^[0-7]{1,3}/.exec(body.slice(i, i + 3))?.[0] ?? "0";
      i += digits.length - 1;
      bytes.push(Number.parseInt(digits, 8) & 0xff);
    } else if (escape === "x") {
      const digits = /^[0-9a-fA-F]{0,2}/.exec(body.slice(i + 1, i + 3))?.[0] ?? "";
      if (digits.length < 2) return { problem: `(value error) invalid \\x escape at position ${i - 1}` };
      bytes.push(Number.parseInt(digits, 16));
      i += 2;
    } else bytes.push(92, escape.charCodeAt(0));
  }
  return new PyBytes(Uint8Array.from(bytes));
}
