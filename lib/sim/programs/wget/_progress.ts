// How far a download is: dots by rows, or a bar (src/progress.c of wget 1.21).
import type { Blocking } from "../../kernel/sys.ts";

/** As printf("%.*f") rounds: a half goes to the even digit. */
function rounded(value: number, decimals: number): string {
  const scaled = value * 10 ** decimals;
  const below = Math.floor(scaled);
  if (scaled - below !== 0.5) return value.toFixed(decimals);
  return ((below % 2 === 0 ? below : below + 1) / 10 ** decimals).toFixed(decimals);
}

/** Sizes and times as wget writes them (src/utils.c, src/retr.c). */
export function readableSize(bytes: number, below: number, decimals: number): string {
  if (bytes < 1024) return String(bytes);
  let whole = bytes;
  for (const power of "KMGTPE") {
    if (Math.floor(whole / 1024) < 1024 || power === "E") {
      const value = whole / 1024;
      return `${rounded(value, value < below ? decimals : 0)}${power}`;
    }
    whole = Math.floor(whole / 1024);
  }
  return String(bytes);
}

const digitsOf = (rate: number): number => (rate >= 99.95 ? 0 : rate >= 9.995 ? 1 : 2);

function rateOf(bytes: number, us: number): { readonly value: number; readonly unit: number } {
  let value = bytes / (Math.max(1, us) / 1e6);
  let unit = 0;
  while (value >= 1024 && unit < 3) {
    value /= 1024;
    unit++;
  }
  return { value, unit };
}

export function speed(bytes: number, us: number): string {
  const { value, unit } = rateOf(bytes, us);
  return `${rounded(value, digitsOf(value))} ${["B/s", "KB/s", "MB/s", "GB/s"][unit] ?? ""}`;
}

function decimal(seconds: number): string {
  if (seconds >= 10) return seconds.toFixed(0);
  if (seconds >= 0.95) return seconds.toFixed(1);
  if (seconds >= 0.001) return String(Number(seconds.toPrecision(1)));
  return seconds >= 0.0005 ? "0.001" : "0";
}

/** "0.004s", "1m 5s" */
export function secondsText(us: number): string {
  const whole = Math.floor(us / 1e6 + 0.5);
  if (whole < 60) return `${decimal(us / 1e6)}s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes}m ${whole % 60}s`;
  const hours = Math.floor(minutes / 60);
  return hours < 24 ? `${hours}h ${minutes % 60}m ${whole % 60}s` : `${Math.floor(hours / 24)}d ${hours % 24}h ${minutes % 60}m ${whole % 60}s`;
}

function shortTime(seconds: number, space: string): string {
  if (seconds < 100) return `${seconds}s`;
  if (seconds < 6000) return `${Math.floor(seconds / 60)}m${space}${seconds % 60}s`;
  if (seconds < 172800) return `${Math.floor(seconds / 3600)}h${space}${Math.floor(seconds / 60) % 60}m`;
  return `${Math.floor(seconds / 86400)}d${space}${Math.floor(seconds / 3600) % 24}h`;
}

const tookText = (us: number, space: string): string => (us >= 10e6 ? shortTime(Math.floor(us / 1e6 + 0.5), space) : `${decimal(us / 1e6)}s`);

export interface Meter {
  /** `us`: since the download began */
  more(bytes: number, us: number): Blocking<void>;
  end(us: number): Blocking<void>;
}

export interface MeterOf {
  readonly name: string;
  readonly fromBytes: number;
  readonly totalBytes: number | undefined;
  readonly put: (text: string) => Blocking<void>;
  readonly putVerbose: (text: string) => Blocking<void>;
}

export interface DotStyle {
  readonly bytes: number;
  readonly spacing: number;
  readonly perLine: number;
}

export const DOT_STYLES: ReadonlyMap<string, DotStyle> = new Map([
  ["default", { bytes: 1024, spacing: 10, perLine: 50 }],
  ["binary", { bytes: 8192, spacing: 16, perLine: 48 }],
  ["mega", { bytes: 65536, spacing: 8, perLine: 48 }],
  ["giga", { bytes: 1 << 20, spacing: 8, perLine: 32 }],
]);

export class Dots implements Meter {
  readonly #of: MeterOf;
  readonly #style: DotStyle;
  readonly #rowBytes: number;
  #rows = 0;
  #dots = 0;
  #accumulated = 0;
  #lastUs = 0;

  constructor(of: MeterOf, style: DotStyle) {
    this.#of = of;
    this.#style = style;
    this.#rowBytes = style.bytes * style.perLine;
  }

  *begin(): Blocking<void> {
    const { fromBytes, put } = this.#of;
    if (fromBytes === 0) return;
    let rest = fromBytes % this.#rowBytes;
    const skipped = (fromBytes - rest) / 1024;
    let line = skipped === 0 ? "" : `\n${" ".repeat(2 + Math.max(6, String(skipped).length))}[ skipping ${skipped}K ]`;
    line += `\n${String(skipped).padStart(6)}K`;
    for (; rest >= this.#style.bytes; rest -= this.#style.bytes) line += `${this.#dots++ % this.#style.spacing === 0 ? " " : ""},`;
    this.#accumulated = rest;
    this.#rows = (skipped * 1024) / this.#rowBytes;
    yield* put(line);
  }

  #head(): string {
    return this.#dots === 0 ? `\n${String((this.#rows * this.#rowBytes) / 1024).padStart(6)}K` : "";
  }

  *more(bytes: number, us: number): Blocking<void> {
    this.#accumulated += bytes;
    let line = "";
    while (this.#accumulated >= this.#style.bytes) {
      this.#accumulated -= this.#style.bytes;
      line += `${this.#head()}${this.#dots % this.#style.spacing === 0 ? " " : ""}.`;
      if (++this.#dots >= this.#style.perLine) {
        this.#rows++;
        this.#dots = 0;
        line += this.#figures(us, false);
      }
    }
    if (line !== "") yield* this.#of.put(line);
  }

  *end(us: number): Blocking<void> {
    let line = this.#head();
    for (let index = this.#dots; index < this.#style.perLine; index++) line += index % this.#style.spacing === 0 ? "  " : " ";
    yield* this.#of.put(`${line}${this.#figures(us, true)}\n\n`);
  }

  /** Behind a row: how much of the whole, how fast, and how long it goes on or went. */
  #figures(us: number, last: boolean): string {
    const { totalBytes = 0, fromBytes } = this.#of;
    const shown = this.#rows * this.#rowBytes + this.#dots * this.#style.bytes + (last ? this.#accumulated : 0);
    const share = totalBytes === 0 ? "" : `${Math.floor((100 * shown) / totalBytes)}%`.padStart(4);
    let inRow = last ? this.#dots * this.#style.bytes + this.#accumulated : this.#rowBytes;
    if (this.#rows - (last ? 0 : 1) === Math.floor(fromBytes / this.#rowBytes)) inRow -= fromBytes % this.#rowBytes;
    const { value, unit } = rateOf(inRow, us - this.#lastUs);
    this.#lastUs = us;
    const rate = ` ${rounded(value, digitsOf(value)).padStart(4)}${" KMG".charAt(unit)}`;
    if (last) return `${share}${rate}=${tookText(us, "")}`;
    return `${share}${rate}${totalBytes === 0 ? "" : ` ${shortTime(Math.floor(((us / 1e6) * (totalBytes - shown)) / Math.max(1, shown - fromBytes) + 0.5), "")}`}`;
  }
}

const REFRESH_US = 200_000;
const RING_US = 150_000;

export class Bar implements Meter {
  readonly #of: MeterOf;
  readonly #width: number;
  readonly #scroll: boolean;
  #count = 0;
  #tick = 0;
  #shownUs = 0;

  constructor(of: MeterOf, columns: number, scroll: boolean) {
    this.#of = of;
    this.#width = Math.max(45, columns) - 1;
    this.#scroll = scroll;
  }

  *begin(): Blocking<void> {
    yield* this.#of.putVerbose("\n");
    yield* this.#of.put(`\r${this.#image(0, false)}`);
  }

  *more(bytes: number, us: number): Blocking<void> {
    this.#count += bytes;
    if (us - this.#shownUs < REFRESH_US) return;
    this.#shownUs = us;
    yield* this.#of.put(`\r${this.#image(us, false)}`);
  }

  *end(us: number): Blocking<void> {
    yield* this.#of.put(`\r${this.#image(us, true)}\n`);
    yield* this.#of.putVerbose("\n");
  }

  #image(us: number, done: boolean): string {
    const { name, fromBytes } = this.#of;
    const size = fromBytes + this.#count;
    const total = Math.max(this.#of.totalBytes ?? 0, this.#of.totalBytes === undefined ? 0 : size);
    const nameColumns = Math.floor(this.#width / 4);
    const barColumns = this.#width - (nameColumns + 1 + 4 + 2 + 8 + 10 + 15);
    const offset = name.length > nameColumns && this.#scroll && !done ? (this.#tick + name.length + Math.floor(nameColumns / 2)) % (name.length + nameColumns) : 0;
    let line = `${name.slice(offset, offset + nameColumns).padEnd(nameColumns)} `;
    line += total > 0 ? `${Math.floor((100 * size) / total)}%`.padStart(4) : "    ";
    if (barColumns >= 5 && total > 0) {
      const before = Math.floor((fromBytes / total) * barColumns);
      const got = Math.floor((size / total) * barColumns) - before;
      line += `[${("+".repeat(before) + (got > 0 ? `${"=".repeat(got - 1)}>` : "")).padEnd(barColumns)}]`;
    } else if (barColumns >= 5) {
      const phase = this.#tick % (barColumns * 2 - 6);
      const at = phase < barColumns - 2 ? phase + 1 : barColumns - (phase - barColumns + 5);
      line += `[${`${" ".repeat(at - 1)}<=>`.padEnd(barColumns)}]`;
    }
    this.#tick++;
    line += ` ${readableSize(size, 1000, 2).padStart(7)}`;
    const { value, unit } = rateOf(this.#count, us);
    line += us >= RING_US && this.#count > 0 ? `  ${rounded(value, digitsOf(value)).padStart(4)}${[" B/s", "KB/s", "MB/s", "GB/s"][unit] ?? ""}` : "  --.-KB/s";
    if (done) line += `    in ${tookText(us, " ")}`;
    else if (total > 0 && this.#count > 0 && us > 3e6) line += `    eta ${shortTime(Math.floor(((us / 1e6) * (total - size)) / this.#count + 0.5), " ")}`;
    return line.padEnd(this.#width);
  }
}
