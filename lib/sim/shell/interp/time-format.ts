// The `time` keyword: TIMEFORMAT, and the fixed format of `time -p` (bash(1), TIMEFORMAT).
import type { Shell } from "./shell.ts";

export interface Times {
  readonly realUs: number;
  readonly userUs: number;
  readonly systemUs: number;
}

const DEFAULT = "\nreal\t%3lR\nuser\t%3lU\nsys\t%3lS";
/** In posix mode, where no command stands behind `time` (execute_cmd.c: time_command). */
const ALONE = "user\t%2lU\nsys\t%2lS";
const POSIX = "real %2R\nuser %2U\nsys %2S";

function seconds(us: number, digits: number, long: boolean): string {
  const scale = 10 ** digits;
  const rounded = Math.floor((us / 1_000_000) * scale) / scale;
  if (!long) return rounded.toFixed(digits);
  const minutes = Math.floor(rounded / 60);
  return `${minutes}m${(rounded - minutes * 60).toFixed(digits)}s`;
}

/** The letter behind a percent sign that means nothing. */
export function badTimeFormat(format: string): string | undefined {
  for (const [, letter] of format.matchAll(/%(?:%|P|[0-9]?l?([\s\S]))/g)) if (letter !== undefined && !"RUS".includes(letter)) return letter;
  return undefined;
}

/** Nothing when TIMEFORMAT is not understood (`badTimeFormat`). */
export function formatTimes(shell: Shell, how: "time" | "time -p" | "alone", times: Times): string {
  const format = how === "time -p" ? POSIX : (shell.getVariable("TIMEFORMAT") ?? (how === "alone" ? ALONE : DEFAULT));
  if (format === "" || badTimeFormat(format) !== undefined) return "";
  const text = format.replace(/%(?:(%)|([0-9]?)(l?)([RUS])|(P))/g, (_whole, percent: string | undefined, digits: string, long: string, letter: string, share: string | undefined) => {
    if (percent) return "%";
    const point = (number: string): string => number.replace(".", shell.decimalPoint);
    if (share) return point(times.realUs === 0 ? "0.00" : (((times.userUs + times.systemUs) / times.realUs) * 100).toFixed(2));
    const us = letter === "R" ? times.realUs : letter === "U" ? times.userUs : times.systemUs;
    return point(seconds(us, digits === "" ? 3 : Math.min(3, Number(digits)), long === "l"));
  });
  return `${text}\n`;
}
