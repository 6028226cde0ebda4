// The progress meter (lib/progress.c) and the bar of -# (tool_cb_prg.c).

const HEAD = "  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current\n                                 Dload  Upload   Total   Spent    Left  Speed\n";

/** Five characters. */
function size(bytes: number): string {
  const K = 1024;
  const M = K * K;
  const G = M * K;
  const T = G * K;
  const of = (unit: number, letter: string): string => `${String(Math.floor(bytes / unit)).padStart(4)}${letter}`;
  const tenths = (unit: number, letter: string): string => `${String(Math.floor(bytes / unit)).padStart(2)}.${Math.floor((bytes % unit) / (unit / 10))}${letter}`;
  if (bytes < 100_000) return String(bytes).padStart(5);
  if (bytes < 10_000 * K) return of(K, "k");
  if (bytes < 100 * M) return tenths(M, "M");
  if (bytes < 10_000 * M) return of(M, "M");
  if (bytes < 100 * G) return tenths(G, "G");
  return bytes < 10_000 * G ? of(G, "G") : of(T, "T");
}

/** Eight characters. */
function clock(seconds: number): string {
  if (seconds <= 0) return "--:--:--";
  const hours = Math.floor(seconds / 3600);
  if (hours <= 99) return `${String(hours).padStart(2)}:${String(Math.floor((seconds % 3600) / 60)).padStart(2, "0")}:${String(seconds % 60).padStart(2, "0")}`;
  const days = Math.floor(seconds / 86_400);
  return days <= 999 ? `${String(days).padStart(3)}d ${String(hours % 24).padStart(2, "0")}h` : `${String(days).padStart(7)}d`;
}

export interface Progress {
  readonly down: number;
  readonly downTotal: number | undefined;
  readonly up: number;
  readonly upTotal: number | undefined;
  readonly elapsedUs: number;
}

const percent = (part: number, whole: number): number => (whole <= 0 ? 0 : Math.floor((part * 100) / whole));

export class Meter {
  readonly #write: (text: string) => void;
  readonly #bar: boolean;
  readonly #width: number;
  #headed = false;
  #barLength = -1;
  #lastSecond = -1;

  constructor(write: (text: string) => void, bar: boolean, columns: number) {
    this.#write = write;
    this.#bar = bar;
    this.#width = columns;
  }

  /** A new transfer of the same call begins with its own line. */
  begin(): void {
    this.#lastSecond = -1;
    this.#barLength = -1;
  }

  /** `force`: the first and the last line; else one a second. */
  show(progress: Progress, force: boolean): void {
    const second = Math.floor(progress.elapsedUs / 1e6);
    if (!force && second === this.#lastSecond) return;
    this.#lastSecond = second;
    if (this.#bar) {
      this.#showBar(progress);
      return;
    }
    if (!this.#headed) this.#write(HEAD);
    this.#headed = true;
    const { down, downTotal, up, upTotal, elapsedUs } = progress;
    const micro = Math.max(1, elapsedUs);
    const downSpeed = Math.floor((down * 1e6) / micro);
    const upSpeed = Math.floor((up * 1e6) / micro);
    const current = down + up === 0 ? 0 : Math.floor(((down + up) * 1000) / Math.max(1, Math.floor(micro / 1000)));
    const expected = (upTotal ?? up) + (downTotal ?? down);
    const downEstimate = downTotal !== undefined && downSpeed > 0 ? Math.floor(downTotal / downSpeed) : 0;
    const upEstimate = upTotal !== undefined && upSpeed > 0 ? Math.floor(upTotal / upSpeed) : 0;
    const estimate = Math.max(downEstimate, upEstimate);
    const left = estimate > 0 ? estimate - second : 0;
    const number = (value: number): string => String(value).padStart(3);
    this.#write(`\r${number(percent(down + up, expected))} ${size(expected)}  ${number(downTotal === undefined ? 0 : percent(down, downTotal))} ${size(down)}  ${number(upTotal === undefined ? 0 : percent(up, upTotal))} ${size(up)}  ${size(downSpeed)}  ${size(upSpeed)} ${clock(estimate)} ${clock(second)} ${clock(left)} ${size(current)}`);
  }

  #showBar({ down, downTotal, up, upTotal }: Progress): void {
    const total = (downTotal ?? 0) + (upTotal ?? 0);
    const width = this.#width - 7;
    if (total <= 0) return;
    const fraction = Math.min(1, (down + up) / total);
    const length = Math.floor(width * fraction);
    if (length === this.#barLength) return;
    this.#barLength = length;
    this.#write(`\r${"#".repeat(length).padEnd(width)} ${(fraction * 100).toFixed(1).padStart(5)}%`);
  }

  end(): void {
    this.#write("\n");
  }
}
