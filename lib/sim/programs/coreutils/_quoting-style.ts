// The quoting styles of file names in listings (ls --quoting-style, stat, du…): gnulib's quotearg styles.

import { encode } from "../../kernel/sys.ts";
import { quote, shellEscape } from "../kit/quote.ts";
import { charWidth } from "../kit/width.ts";

export const QUOTING_STYLES = ["literal", "shell", "shell-always", "shell-escape", "shell-escape-always", "c", "c-maybe", "escape", "locale", "clocale"] as const;
export type QuotingStyle = (typeof QUOTING_STYLES)[number];

const ESCAPES = new Map([[7, "\\a"], [8, "\\b"], [9, "\\t"], [10, "\\n"], [11, "\\v"], [12, "\\f"], [13, "\\r"]]);

function printable(char: string, utf8: boolean): boolean {
  const code = char.codePointAt(0) ?? 0;
  if (code < 0x80) return code >= 0x20 && code !== 0x7f;
  return utf8 && !(code >= 0xd800 && code <= 0xdfff) && charWidth(code) >= 0;
}

function escaped(name: string, utf8: boolean, extra: string): string {
  let out = "";
  for (const char of name) {
    const code = char.codePointAt(0) ?? 0;
    if (char === "\\" || extra.includes(char)) out += "\\" + char;
    else if (printable(char, utf8)) out += char;
    else out += ESCAPES.get(code) ?? Array.from(encode(char), (byte: number) => "\\" + byte.toString(8).padStart(3, "0")).join("");
  }
  return out;
}

/** Characters that cannot be shown become question marks (ls -q). */
export function questionMarks(name: string, utf8: boolean): string {
  let out = "";
  for (const char of name) out += printable(char, utf8) ? char : "?".repeat(utf8 ? 1 : encode(char).length);
  return out;
}

export function quoteAs(name: string, style: QuotingStyle, utf8: boolean, hideControl: boolean): string {
  switch (style) {
    case "literal": return hideControl ? questionMarks(name, utf8) : name;
    case "shell": {
      const plain = shellEscape([...name].map((char) => (printable(char, utf8) ? char : "_")).join(""), utf8, false);
      // bytes that cannot be shown are no reason for quotes, blanks are
      if (!/\s/.test(name) && !plain.startsWith("'") && !plain.startsWith('"')) return shown(name, utf8, hideControl);
      return [...name].every((char) => printable(char, utf8)) ? plain : `'${shown(name.replaceAll("'", "'\\''"), utf8, hideControl)}'`;
    }
    case "shell-always": return [...name].every((char) => printable(char, utf8)) ? shellEscape(name, utf8, true) : `'${shown(name.replaceAll("'", "'\\''"), utf8, hideControl)}'`;
    case "shell-escape": return shellEscape(name, utf8, false);
    case "shell-escape-always": return shellEscape(name, utf8, true);
    case "c": return `"${escaped(name, utf8, '"')}"`;
    case "c-maybe": {
      const inner = escaped(name, utf8, '"');
      // a backslash alone is no reason for quotes
      return inner.replaceAll("\\\\", "\\") === name ? name : `"${inner}"`;
    }
    case "escape": return escaped(name, utf8, " ");
    case "locale": return quote(name, utf8);
    case "clocale": return utf8 ? quote(name, utf8) : `"${escaped(name, utf8, '"')}"`;
  }
}

const shown = (name: string, utf8: boolean, hideControl: boolean): string => (hideControl ? questionMarks(name, utf8) : name);
