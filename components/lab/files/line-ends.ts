// A text area knows only LF: what a file had instead is put back when it is saved.

export type LineEnds = "lf" | "crlf" | "mixed";

export function lineEndsOf(text: string): LineEnds {
  if (!text.includes("\r")) return "lf";
  return /\r(?!\n)|(?<!\r)\n/.test(text) ? "mixed" : "crlf";
}

export function toEditor(text: string): string {
  return text.replace(/\r\n?/g, "\n");
}

/** As nano does: a text that is not empty ends with a newline. */
export function toMachine(text: string, ends: LineEnds): string {
  const whole = text === "" || text.endsWith("\n") ? text : `${text}\n`;
  return ends === "crlf" ? whole.replaceAll("\n", "\r\n") : whole;
}
