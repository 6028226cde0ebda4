// How a completed file name is put into the line so that the shell reads it back: backslashes, or inside the quote that is open.

import type { Quote } from "./word-under-cursor.ts";

const NEEDS_BACKSLASH = new Set([..." \t\"'\\|&;()<>!{}*[]?^$`,"]);
const QUOTED_AT_START = new Set(["#", "~"]);

function backslashQuote(text: string): string {
  let result = "";
  [...text].forEach((character, index) => {
    if (character === "\n") result += "'\n'";
    else if (NEEDS_BACKSLASH.has(character) || (index === 0 && QUOTED_AT_START.has(character))) result += `\\${character}`;
    else result += character;
  });
  return result;
}

/** `keep`: characters at the start (`~user/`, `$HOME/`) that stay as they are. */
export function quoteFilename(text: string, quote: Quote, keep: number): string {
  const head = text.slice(0, keep);
  const tail = text.slice(keep);
  if (quote === "'") return head + tail.replaceAll("'", "'\\''");
  if (quote === '"') return head + tail.replace(/[$`"\\]/g, (character) => `\\${character}`);
  return head + (keep > 0 ? backslashQuote(`x${tail}`).slice(1) : backslashQuote(tail));
}
