// Backslash escapes of dash's echo and printf (bltin/printf.c: conv_escape, conv_escape_str). There are no hexadecimal ones.
import { joinBytes, byteChar } from "../syntax/ansi-c.ts";

const SINGLE: ReadonlyMap<string, string> = new Map([["a", "\x07"], ["b", "\b"], ["e", "\x1b"], ["f", "\f"], ["n", "\n"], ["r", "\r"], ["t", "\t"], ["v", "\v"], ["\\", "\\"]]);

const octal = (digits: string): string => byteChar(Number.parseInt(digits, 8) & 255);

/** In a format: \ and up to three octal digits, a letter, or the backslash itself. */
export function unescapeFormat(text: string): string {
  return joinBytes(text.replace(/\\([0-7]{1,3}|[\s\S])?/g, (whole, code: string | undefined) => {
    if (code === undefined) return "\\";
    if (/^[0-7]/.test(code)) return octal(code);
    return SINGLE.get(code) ?? whole;
  }));
}

/** In arguments \0 comes before the octal digits (which may do without), and \c ends the output. */
export function unescapeText(text: string): { readonly text: string; readonly stopped: boolean } {
  let stopped = false;
  const end = /^(?:[^\\]|\\[^c]|\\$)*?\\c/.exec(text);
  let source = text;
  if (end !== null) {
    stopped = true;
    source = end[0].slice(0, -2);
  }
  const out = source.replace(/\\(0[0-7]{0,3}|[1-7][0-7]{0,2}|[\s\S])?/g, (whole, code: string | undefined) => {
    if (code === undefined) return "\\";
    if (/^[0-7]/.test(code)) return octal(code);
    return SINGLE.get(code) ?? whole;
  });
  return { text: joinBytes(out), stopped };
}
