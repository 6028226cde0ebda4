// Columns of text on a terminal, as wcwidth(3) and wcswidth(3) of C.UTF-8 count them.

import { characterWidth } from "../../kernel/sys.ts";

/** -1 for characters that are not printable. */
export function charWidth(code: number): number {
  if (code < 0x7f) return code >= 0x20 ? 1 : code === 0 ? 0 : -1;
  if (code < 0xa0 || (code >= 0xd800 && code <= 0xdfff) || code === 0x2028 || code === 0x2029) return -1;
  return characterWidth(code);
}

/** Columns of a text; characters without a width count 0. */
export function textWidth(text: string): number {
  let width = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.codePointAt(i) ?? 0;
    if (code >= 0x20 && code < 0x7f) width++;
    else {
      width += Math.max(0, charWidth(code));
      if (code > 0xffff) i++;
    }
  }
  return width;
}

export function padEnd(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - textWidth(text)));
}

export function padStart(text: string, width: number): string {
  return " ".repeat(Math.max(0, width - textWidth(text))) + text;
}
