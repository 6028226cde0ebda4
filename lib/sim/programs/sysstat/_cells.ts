// The cells of a report of sysstat: numbers of a width, in the colours of S_COLORS_SGR where standard output is a terminal.

import type { Sys } from "../../kernel/sys.ts";
import { localNumber } from "../kit/locale.ts";
import { formatFloat } from "../kit/printf-format.ts";

/** sysstat(5), sar(1): what each letter of S_COLORS_SGR colours. */
const DEFAULT_COLOURS: ReadonlyMap<string, string> = new Map([["C", "33;22"], ["I", "32;22"], ["N", "34;1"], ["R", "31;22"], ["W", "35;1"], ["X", "31;1"], ["Z", "34;22"]]);
const UNITS = "BkMGTP?";
/** from here on a share of a hundred is shown as a warning, and as one that matters */
const WARNING = 50;
const HIGH = 75;

export type Unit = "sector" | "B" | "k" | "M";

export interface CellOptions {
  readonly human: boolean;
  /** decimals of --dec=, else 2, with --human 1 */
  readonly decimals: number | undefined;
}

export class Cells {
  readonly #sys: Sys;
  readonly #colours: ReadonlyMap<string, string> | undefined;
  readonly #human: boolean;
  readonly #decimals: number | undefined;

  constructor(sys: Sys, { human, decimals }: CellOptions) {
    this.#sys = sys;
    this.#colours = colours(sys);
    this.#human = human;
    this.#decimals = decimals ?? (human ? 1 : undefined);
  }

  #in(letter: string, text: string): string {
    if (this.#colours === undefined) return text;
    return `\x1b[${this.#colours.get(letter) ?? ""}m${text}\x1b[0m`;
  }

  #fixed(value: number, decimals: number): string {
    return localNumber(this.#sys, formatFloat(value, { ...PLAIN, precision: decimals }));
  }

  item(text: string): string {
    return this.#in("I", text);
  }

  comment(text: string): string {
    return this.#in("C", text);
  }

  restart(text: string): string {
    return this.#in("R", text);
  }

  /** a command's name, bright when its line has something to say */
  named(text: string, active: boolean): string {
    return this.#in(active ? "N" : "Z", text);
  }

  /** A number with decimals behind a blank. */
  real(value: number, width: number, decimals = 2, unit?: Unit): string {
    if (unit !== undefined && this.#human) return this.#withUnit(value, width, unit);
    const places = decimals > 0 ? (this.#decimals !== undefined && !this.#human ? this.#decimals : decimals) : 0;
    const zero = (places > 0 && value < 0.005) || (places === 0 && value < 0.5);
    return this.#in(zero ? "Z" : "N", ` ${this.#fixed(value, places).padStart(width)}`);
  }

  /** Kilobytes, which have units from the byte on where units are shown. */
  bytes(kilobytes: number, width: number): string {
    return this.#human ? this.#withUnit(kilobytes * 1024, width, "B") : this.real(kilobytes, width);
  }

  /** A whole number behind a blank. */
  count(value: number, width: number, unit?: Unit): string {
    if (unit !== undefined && this.#human) return this.#withUnit(value, width, unit);
    return this.#in(value === 0 ? "Z" : "N", ` ${String(Math.trunc(value)).padStart(width)}`);
  }

  /** A share of a hundred; `warns`: a high one is shown as such. */
  percent(value: number, width: number, warns: boolean, decimals = 2): string {
    const places = decimals > 0 ? (this.#decimals ?? decimals) : 0;
    const letter = warns && value >= HIGH ? "X" : warns && value >= WARNING ? "W" : (places > 0 && value < 0.005) || (places === 0 && value < 0.5) ? "Z" : "N";
    return this.#human ? `${this.#in(letter, ` ${this.#fixed(value, places).padStart(width - 1)}`)}%` : this.#in(letter, ` ${this.#fixed(value, places).padStart(width)}`);
  }

  #withUnit(amount: number, width: number, unit: Unit): string {
    let at = unit === "sector" ? 1 : UNITS.indexOf(unit);
    let value = unit === "sector" ? amount / 2 : amount;
    while (value >= 1024 && at < UNITS.length - 1) {
      value /= 1024;
      at++;
    }
    return `${this.#in(value < 0.005 ? "Z" : "N", ` ${this.#fixed(value, this.#decimals ?? 1).padStart(width - 1)}`)}${UNITS.charAt(at)}`;
  }
}

const PLAIN = { minus: false, plus: false, space: false, zero: false, alternate: false, width: 0, precision: undefined, conversion: "f" } as const;

function colours(sys: Sys): ReadonlyMap<string, string> | undefined {
  const wish = sys.environment.get("S_COLORS");
  if (wish === "never" || (wish !== "always" && !sys.isatty(1))) return undefined;
  const chosen = new Map(DEFAULT_COLOURS);
  for (const part of (sys.environment.get("S_COLORS_SGR") ?? "").split(":")) {
    const match = /^([A-Z])=([\d;]{1,7})$/.exec(part);
    if (match && chosen.has(match[1] ?? "")) chosen.set(match[1] ?? "", match[2] ?? "");
  }
  return chosen;
}
