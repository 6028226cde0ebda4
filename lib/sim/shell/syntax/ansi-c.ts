// Backslash escapes of $'...' (bash(1), QUOTING), `echo -e` and `printf %b`, and the way back.
import { decode, encode } from "../../kernel/sys.ts";

/** A byte as it stands in our strings: ASCII as itself, others as the lone surrogate of sys.ts. */
export function byteChar(byte: number): string {
  return byte < 0x80 ? String.fromCharCode(byte) : String.fromCharCode(0xdc00 + byte);
}

/** Joins single bytes that together make UTF-8 characters. */
export function joinBytes(text: string): string {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit >= 0xdc80 && unit <= 0xdcff) return decode(encode(text));
    if (unit >= 0xd800 && unit < 0xdc00) i++;
  }
  return text;
}

function digitsAt(text: string, start: number, max: number, base: 8 | 16): number {
  let end = start;
  while (end < text.length && end - start < max) {
    const c = text.charCodeAt(end);
    const ok = base === 8 ? c >= 48 && c <= 55 : (c >= 48 && c <= 57) || (c >= 65 && c <= 70) || (c >= 97 && c <= 102);
    if (!ok) break;
    end++;
  }
  return end - start;
}

const simple = new Map([["a", "\x07"], ["b", "\b"], ["e", "\x1b"], ["E", "\x1b"], ["f", "\f"], ["n", "\n"], ["r", "\r"], ["t", "\t"], ["v", "\v"], ["\\", "\\"]]);

export interface Unescaped {
  readonly text: string;
  /** `\c` of echo and %b: nothing after it is printed. */
  readonly stopped: boolean;
}

/**
 * "ansi-c": $'...': quotes, `\?`, octal `\nnn`, `\cx`; text ends at a NUL. "echo": octal only as `\0nnn`, `\c` stops. "printf-b": octal as
 * `\nnn` and `\0nnn`, `\c` stops.
 */
export function unescape(text: string, dialect: "ansi-c" | "echo" | "printf-b"): Unescaped {
  if (!text.includes("\\")) return { text, stopped: false };
  let out = "";
  let i = 0;
  while (i < text.length) {
    const backslash = text.indexOf("\\", i);
    if (backslash < 0 || backslash === text.length - 1) {
      out += text.slice(i);
      break;
    }
    out += text.slice(i, backslash);
    const c = text.charAt(backslash + 1);
    i = backslash + 2;
    const plain = simple.get(c);
    if (plain !== undefined) {
      out += plain;
    } else if (c === "c") {
      if (dialect !== "ansi-c") return { text: joinBytes(out), stopped: true };
      let next = text.charAt(i);
      i++;
      if (next === "\\" && text.charAt(i) === "\\") i++;
      if (next === "") {
        next = "c";
        out += "\\c";
      } else out += next === "?" ? "\x7f" : String.fromCharCode(next.charCodeAt(0) & 0x1f);
    } else if (c === "x" && dialect === "ansi-c" && /^\{[0-9A-Fa-f]*\}?/.test(text.slice(i))) {
      // strtrans.c: \x{hex}; the last two digits count
      const braced = /^\{([0-9A-Fa-f]*)\}?/.exec(text.slice(i));
      const digits = braced?.[1] ?? "";
      const value = digits === "" ? 0 : Number.parseInt(digits.slice(-2), 16);
      if (value === 0) return { text: joinBytes(out), stopped: false };
      out += byteChar(value);
      i += braced?.[0].length ?? 0;
    } else if (c === "x") {
      const n = digitsAt(text, i, 2, 16);
      if (n === 0) out += "\\x";
      else {
        const value = Number.parseInt(text.slice(i, i + n), 16);
        if (value === 0 && dialect === "ansi-c") return { text: joinBytes(out), stopped: false };
        out += byteChar(value);
      }
      i += n;
    } else if (c === "u" || c === "U") {
      const n = digitsAt(text, i, c === "u" ? 4 : 8, 16);
      if (n === 0) out += `\\${c}`;
      else {
        const value = Number.parseInt(text.slice(i, i + n), 16);
        if (value === 0 && dialect === "ansi-c") return { text: joinBytes(out), stopped: false };
        out += codePoint(value);
      }
      i += n;
    } else if (c >= "0" && c <= "7" && (dialect !== "echo" || c === "0")) {
      const start = (dialect === "printf-b" || dialect === "echo") && c === "0" ? i : i - 1;
      const n = digitsAt(text, start, 3, 8);
      const value = n === 0 ? 0 : Number.parseInt(text.slice(start, start + n), 8) & 0xff;
      i = start + n;
      if (value === 0 && dialect === "ansi-c") return { text: joinBytes(out), stopped: false };
      out += byteChar(value);
    } else if (dialect === "ansi-c" && (c === "'" || c === '"' || c === "?")) {
      out += c;
    } else {
      out += `\\${c}`;
    }
  }
  return { text: joinBytes(out), stopped: false };
}

/** \u and \U: UTF-8 of any number up to 0x7fffffff, as bash writes it; surrogate numbers come out as their (invalid) bytes. */
function codePoint(value: number): string {
  if (value < 0x80) return String.fromCharCode(value);
  if (value <= 0x10ffff && !(value >= 0xd800 && value <= 0xdfff)) return String.fromCodePoint(value);
  const bytes: number[] = [];
  let rest = value;
  let lead = 0x3f;
  while (rest > lead) {
    bytes.unshift(0x80 | (rest & 0x3f));
    rest = Math.floor(rest / 64);
    lead >>= 1;
  }
  bytes.unshift(((~lead << 1) & 0xff) | rest);
  return bytes.map(byteChar).join("");
}
