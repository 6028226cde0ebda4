// Numbers of stress-ng's options (core-parse-opts.c of 0.15.06): counts, sizes, times.

/** A wrong number ends the program without its name before the words. */
export class WrongNumber extends Error {}

const SIZES = new Map([["b", 1], ["k", 1024], ["m", 1024 ** 2], ["g", 1024 ** 3], ["t", 1024 ** 4], ["p", 1024 ** 5], ["e", 1024 ** 6]]);
const TIMES = new Map([["s", 1], ["m", 60], ["h", 3600], ["d", 86_400], ["w", 604_800], ["y", 31_556_926]]);

function positive(word: string): void {
  if (word.startsWith("-")) throw new WrongNumber(`Invalid negative number ${word}`);
}

export function count(word: string): number {
  const [, digits = "", rest = ""] = /^([+-]?\d*)(.*)$/s.exec(word) ?? [];
  if (rest !== "") throw new WrongNumber(`Value ${word} contains non-numeric: '${rest}'`);
  if (!/\d/.test(digits)) throw new WrongNumber(`Invalid number ${word}`);
  return Number(digits);
}

export function unsignedCount(word: string): number {
  positive(word);
  return count(word);
}

function scaled(word: string, units: ReadonlyMap<string, number>, what: string): number {
  positive(word);
  const [, digits = "", rest = ""] = /^\+?(\d*)(.*)$/s.exec(word) ?? [];
  if (digits === "") throw new WrongNumber(`Invalid number ${word}`);
  if (rest === "") return Number(digits);
  const factor = units.get(rest.charAt(0).toLowerCase());
  if (factor === undefined) throw new WrongNumber(`Illegal ${what} specifier ${rest.charAt(0)}`);
  return Number(digits) * factor;
}

export const seconds = (word: string): number => scaled(word, TIMES, "time");

/** A size, or a share of `wholeBytes` as "10%". */
export function bytes(word: string, wholeBytes: number): number {
  const share = /^\+?(\d+(?:\.\d+)?)%$/.exec(word)?.[1];
  if (share === undefined) return scaled(word, SIZES, "length");
  if (Number(share) > 100) throw new WrongNumber(`Cannot specify a percentage greater than 100%`);
  return Math.floor((wholeBytes * Number(share)) / 100);
}

/** As 23.5G. */
export function shortSize(size: number): string {
  const at = [..."EPTGMK"].findIndex((_, index) => size >= 1024 ** (6 - index));
  return at < 0 ? size.toFixed(1) : `${(size / 1024 ** (6 - at)).toFixed(1)}${"EPTGMK".charAt(at)}`;
}

const withUnit = (size: number): string => `${shortSize(size)}B`;

export function within(option: string, value: number, least: number, most: number, asSize: boolean): void {
  const show = (number: number): string => (asSize ? withUnit(number) : String(number));
  if (value < least || value > most) throw new WrongNumber(`Value ${show(value)} is out of range for ${option}, allowed: ${show(least)} .. ${show(most)}`);
}

/** As "1 hour, 1 min, 1.00 secs"; nothing below a minute. */
export function longDuration(total: number): string {
  const parts: string[] = [];
  let left = total;
  for (const [name, size] of [["year", 31_557_600], ["day", 86_400], ["hour", 3600], ["min", 60]] as const) {
    const number = Math.floor(left / size);
    left -= number * size;
    if (number > 0) parts.push(`${number} ${name}${number > 1 ? "s" : ""}`);
  }
  return parts.length === 0 ? "" : ` (${[...parts, `${left.toFixed(2)} secs`].join(", ")})`;
}
