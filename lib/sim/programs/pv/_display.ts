// The line that pv shows: its parts by the letters of --format, and how wide the bar may be. Follows display.c of pv 1.6.20.

import { formatFloat } from "../kit/printf-format.ts";

/** What is known when the line is drawn. `rate` and `average` in bytes (or lines) a second; `size` 0: unknown. */
export interface Progress {
  readonly total: number;
  readonly size: number;
  readonly elapsedUs: number;
  readonly rate: number;
  readonly average: number;
  /** with a size how much is done, without one where the bar stands (0..199) */
  readonly percentage: number;
  readonly final: boolean;
  readonly buffered: number;
  readonly lastWritten: Uint8Array;
  readonly name: string | undefined;
  readonly lines: boolean;
  /** local time in so many seconds */
  localTime(afterSeconds: number): string;
}

/** "1.05GiB", " 292KiB", "24.0 ": three digits, and a prefix by thousands of lines or 1024ths of bytes. */
function amountText(amount: number, suffix: string, lines: boolean): string {
  const ratio = lines ? 1000 : 1024;
  const prefixes = lines ? " kMGTPEZY" : " KMGTPEZY";
  let value = amount;
  let at = 0;
  while (value >= ratio && at < prefixes.length - 1) {
    value /= ratio;
    at++;
  }
  const prefix = at === 0 ? " " : `${prefixes.charAt(at)}${lines ? "" : "i"}`;
  const shown = Math.min(value, 100_000);
  const digits = shown > 99.9 ? String(Math.trunc(shown)).padStart(4) : formatFloat(shown, { conversion: "g", minus: false, plus: false, space: false, alternate: true, zero: false, width: 4, precision: 3 });
  return `${digits}${prefix}${suffix}`;
}

const clock = (seconds: number): string => {
  const rest = `${Math.floor(seconds / 60) % 60}`.padStart(2, "0") + ":" + `${seconds % 60}`.padStart(2, "0");
  return seconds > 86_400 ? `${Math.floor(seconds / 86_400)}:${`${Math.floor(seconds / 3600) % 24}`.padStart(2, "0")}:${rest}` : `${Math.floor(seconds / 3600)}:${rest}`;
};

/** Seconds that are left at the pace so far. */
export function secondsLeft({ total, size, elapsedUs }: Pick<Progress, "total" | "size" | "elapsedUs">): number {
  return total < 1 ? 0 : Math.max(0, Math.min(360_000_000, Math.floor(((size - total) * elapsedUs) / 1e6 / total)));
}

function part(letter: string, count: number, progress: Progress): string | undefined {
  const { total, lines, size, final } = progress;
  switch (letter) {
    case "b": return amountText(total, lines ? "" : "B", lines);
    case "t": return clock(Math.floor(progress.elapsedUs / 1e6));
    case "r": return `[${amountText(progress.rate, lines ? "/s" : "B/s", lines)}]`;
    case "a": return `[${amountText(progress.average, lines ? "/s" : "B/s", lines)}]`;
    case "e": {
      if (size === 0) return "";
      const text = `ETA ${clock(secondsLeft(progress))}`;
      return final ? " ".repeat(text.length) : text;
    }
    case "I": return size === 0 ? "" : `ETA ${progress.localTime(secondsLeft(progress))}`;
    case "T": return `{${String(progress.buffered).padStart(3)}%}`;
    case "A": return [...progress.lastWritten.subarray(Math.max(0, progress.lastWritten.length - count))].map((byte) => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : ".")).join("").padStart(count, ".");
    case "N": return progress.name === undefined ? "" : `${progress.name.padStart(9)}:`;
    case "%": return "%";
    default: return undefined;
  }
}

function bar(width: number, { size, percentage }: Progress): string {
  let text = "[";
  if (size > 0) {
    const percent = `${String(percentage).padStart(2)}%`;
    const room = Math.max(0, width - percent.length - 3);
    const filled = Math.max(0, Math.min(room, Math.ceil(Math.floor((room * percentage) / 100) - 1)));
    text += "=".repeat(filled);
    if (filled < room) text += ">";
    return `${text.padEnd(room + 1)}] ${percent}`;
  }
  const room = Math.max(0, width - 5);
  const place = Math.floor((room * (percentage > 100 ? 200 - percentage : percentage)) / 100);
  return `${text}${" ".repeat(place)}<=>${" ".repeat(room - place)}]`;
}

/** The line for a terminal of `width` columns; the bar takes what the other parts leave. */
export function progressLine(format: string, width: number, progress: Progress): string {
  const parts: (string | undefined)[] = [];
  for (let at = 0; at < format.length; at++) {
    if (format.charAt(at) !== "%") {
      const next = format.indexOf("%", at);
      parts.push(format.slice(at, next < 0 ? undefined : next));
      at = (next < 0 ? format.length : next) - 1;
      continue;
    }
    const [directive = "%", digits = "", letter = ""] = /^%(\d*)(.?)/s.exec(format.slice(at)) ?? [];
    at += directive.length - 1;
    parts.push(letter === "p" ? undefined : part(letter, Number(digits === "" ? "1" : digits), progress) ?? directive);
  }
  const fixed = parts.reduce((sum, one) => sum + (one?.length ?? 0), 0);
  return parts.map((one) => one ?? bar(Math.max(0, width - fixed), progress)).join("");
}
