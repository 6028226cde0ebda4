// Tab stops of expand and unexpand: one size for all, or a list of positions, with a last entry /N (multiples of N) or +N (every N after the last).

import type { Io } from "../kit/gnu.ts";

export class TabStops {
  readonly #size: number;
  readonly #list: readonly number[];
  readonly #extend: number;
  readonly #increment: number;

  private constructor(size: number, list: readonly number[], extend: number, increment: number) {
    this.#size = size;
    this.#list = list;
    this.#extend = extend;
    this.#increment = increment;
  }

  static parse(specs: readonly string[], io: Io): TabStops {
    const list: number[] = [];
    let extend = 0;
    let increment = 0;
    for (const spec of specs) {
      // a specifier holds for the rest of its own list only
      let special = "";
      for (const item of spec.split(/[, \t]+/)) {
        if (item === "") continue;
        // a mark without a number changes nothing
        if (item === "/" || item === "+") continue;
        const match = /^([/+]?)(\d+)(.*)$/.exec(item);
        if (match?.[3] !== "") {
          const bad = match?.[3] || item.replace(/^[/+]/, "");
          if (/^[/+]/.test(bad) && match) io.die(`${io.quote(bad.charAt(0))} specifier not at start of number: ${io.quote(bad)}`);
          return io.die(`tab size contains invalid character(s): ${io.quote(bad)}`);
        }
        const value = Number(match[2]);
        if (!Number.isSafeInteger(value)) io.die(`tab stop is too large ${io.quote(match[2] ?? "")}`);
        if (match[1] === "/") {
          if (extend !== 0) io.die("'/' specifier only allowed with the last value");
          extend = value;
          special = "/";
        } else if (match[1] === "+") {
          if (increment !== 0) io.die("'+' specifier only allowed with the last value");
          increment = value;
          special = "+";
        } else {
          if (special !== "") io.die(`'${special}' specifier only allowed with the last value`);
          list.push(value);
        }
      }
    }
    if (extend !== 0 && increment !== 0) io.die("'/' specifier is mutually exclusive with '+'");
    let previous = 0;
    for (const stop of list) {
      if (stop === 0) io.die("tab size cannot be 0");
      if (stop <= previous) io.die("tab sizes must be ascending");
      previous = stop;
    }
    const [only] = list;
    if (list.length === 0) return new TabStops(extend || increment || 8, [], 0, 0);
    if (list.length === 1 && only !== undefined && extend === 0 && increment === 0) return new TabStops(only, [], 0, 0);
    return new TabStops(0, list, extend, increment);
  }

  /** The stop after a column; undefined behind the last one. */
  next(column: number): number | undefined {
    if (this.#size > 0) return column + this.#size - (column % this.#size);
    for (const stop of this.#list) if (stop > column) return stop;
    if (this.#extend > 0) return column + this.#extend - (column % this.#extend);
    if (this.#increment > 0) {
      const last = this.#list.at(-1) ?? 0;
      return column + this.#increment - ((column - last) % this.#increment);
    }
    return undefined;
  }
}

/** -8 and -4,8 stand for -t. */
export function tabOptions(args: readonly string[]): readonly string[] {
  const end = args.indexOf("--");
  return args.map((arg, index) => (/^-\d[\d,]*$/.test(arg) && (end < 0 || index < end) ? `--tabs=${arg.slice(1)}` : arg));
}
