// Text of others on one's terminal: control characters are written as ^A and M-^@.

/** Texts are latin1. */
export function shownText(text: string): string {
  let result = "";
  for (const c of text) {
    const code = c.charCodeAt(0);
    const low = code & 0x7f;
    if (c === "\r") continue;
    if (c === "\n" || c === "\t" || (low >= 32 && low < 127)) result += c;
    else result += `${code > 127 ? "M-" : ""}^${String.fromCharCode(low ^ 64)}`;
  }
  return result;
}
