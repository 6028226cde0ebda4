// How GNU programs quote names in their messages (gnulib's quotearg styles, as observed in coreutils 9.1):
//   quote('x')      locale style: ‘x’ in UTF-8, 'x' in C, with backslash escapes inside
//   quoteName('x')  always in shell quotes: 'x', 'a'$'\n''b'      ("cannot remove 'x'")
//   quoteFile('x')  shell quotes only when needed: x, 'a b'       ("x: No such file or directory")

import { encode } from "../../kernel/sys.ts";
import { charWidth } from "./width.ts";

const ESCAPES = new Map([[7, "\\a"], [8, "\\b"], [9, "\\t"], [10, "\\n"], [11, "\\v"], [12, "\\f"], [13, "\\r"]]);

function printable(char: string, utf8: boolean): boolean {
  const code = char.codePointAt(0) ?? 0;
  if (code < 0x80) return code >= 0x20 && code !== 0x7f;
  if (!utf8 || (code >= 0xd800 && code <= 0xdfff)) return false;
  return charWidth(code) >= 0;
}

function octal(char: string): string {
  return Array.from(encode(char), (byte: number) => "\\" + byte.toString(8).padStart(3, "0")).join("");
}

function escapeOf(char: string): string {
  return ESCAPES.get(char.codePointAt(0) ?? 0) ?? octal(char);
}

/** Locale style (quotearg's `locale` quoting). */
export function quote(text: string, utf8: boolean): string {
  const [open, close] = utf8 ? ["\u2018", "\u2019"] : ["'", "'"];
  let inner = "";
  for (const char of text) {
    if (char === "\\" || (!utf8 && char === "'")) inner += "\\" + char;
    else if (char === "\0") inner += "\\0";
    else if (printable(char, utf8) && char !== close) inner += char;
    else if (char === close) inner += "\\" + char;
    else inner += escapeOf(char);
  }
  return open + inner + close;
}

const NEEDS_QUOTES = /[\s!"$&'()*;<=>?[\\^`|]/;
/** Characters that need quotes only as the first one of a name. */
const NEEDS_QUOTES_FIRST = /^[#~]/;

/** Shell-escape quoting always (quotearg's `shell-escape-always`). */
export function quoteName(text: string, utf8: boolean): string {
  return shellEscape(text, utf8, true);
}

/** Shell-escape quoting when needed; a name with a colon is quoted too, because a message goes on after a colon. */
export function quoteFile(text: string, utf8: boolean): string {
  return shellEscape(text, utf8, text.includes(":"));
}

/** `always` false: quotes only where a shell needs them (ls on a terminal). */
export function shellEscape(text: string, utf8: boolean, always: boolean): string {
  if (text === "") return "''";
  let plain = true;
  for (const char of text) {
    if (!printable(char, utf8)) { plain = false; break; }
  }
  if (plain) {
    if (!always && !NEEDS_QUOTES.test(text) && !NEEDS_QUOTES_FIRST.test(text) && !(text === "{" || text === "}")) return text;
    if (!text.includes("'")) return `'${text}'`;
    if (!/["$`\\!]/.test(text)) return `"${text}"`;
    return "'" + text.replaceAll("'", "'\\''") + "'";
  }
  // A name that begins with an escape still starts with the empty '' before $'…', as GNU prints it.
  let out = "'";
  let escaping = false;
  for (const char of text) {
    if (printable(char, utf8)) {
      if (escaping) out += "''";
      escaping = false;
      out += char === "'" ? "'\\''" : char;
    } else {
      if (!escaping) out += "'$'";
      escaping = true;
      out += escapeOf(char);
    }
  }
  return out + "'";
}
