// What vmstat prints, from the texts of /proc (vmstat(8), procps-ng 4.0.2). Rates are of whole seconds and rounded; the first line is of the time since boot.
import type { Slab } from "./_slabs.ts";

export interface SystemSample {
  readonly running: number;
  readonly blocked: number;
  /** user, nice, system, idle, iowait, irq, softirq, steal, guest, guest_nice; in ticks, of all processors */
  readonly cpu: readonly number[];
  readonly interrupts: number;
  readonly contextSwitches: number;
  readonly bootSeconds: number;
  readonly forks: number;
  /** in KiB */
  readonly pagedIn: number;
  readonly pagedOut: number;
  /** in pages */
  readonly swappedIn: number;
  readonly swappedOut: number;
}

const PAGE_KIB = 4;
const TICKS_PER_SECOND = 100;

function fieldsOf(text: string): ReadonlyMap<string, readonly number[]> {
  return new Map(text.split("\n").map((line) => {
    const [name = "", ...values] = line.split(/\s+/);
    return [name, values.map(Number)];
  }));
}

export function parseSample(stat: string, vmstat: string): SystemSample {
  const own = fieldsOf(stat);
  const pages = fieldsOf(vmstat);
  const of = (fields: ReadonlyMap<string, readonly number[]>, name: string): number => fields.get(name)?.[0] ?? 0;
  const cpu = own.get("cpu") ?? [];
  return {
    running: of(own, "procs_running"), blocked: of(own, "procs_blocked"), cpu: Array.from({ length: 10 }, (_, at) => cpu[at] ?? 0), interrupts: of(own, "intr"), contextSwitches: of(own, "ctxt"),
    bootSeconds: of(own, "btime"), forks: of(own, "processes"), pagedIn: of(pages, "pgpgin"), pagedOut: of(pages, "pgpgout"), swappedIn: of(pages, "pswpin"), swappedOut: of(pages, "pswpout"),
  };
}

export interface SystemRates {
  /** KiB a second */
  readonly swapIn: number;
  readonly swapOut: number;
  readonly blocksIn: number;
  readonly blocksOut: number;
  readonly interrupts: number;
  readonly contextSwitches: number;
  /** user, system, idle, waiting, stolen, guests; in percent */
  readonly shares: readonly number[];
}

/** `before` undefined: since boot, where a second is what all processors together counted as one. */
export function ratesOf(now: SystemSample, before: SystemSample | undefined, seconds: number): SystemRates {
  const grown = (of: (sample: SystemSample) => number): number => Math.max(0, of(now) - (before === undefined ? 0 : of(before)));
  const ticks = (...at: readonly number[]): number => at.reduce((sum, one) => sum + grown((sample) => sample.cpu[one] ?? 0), 0);
  const [user, system, idle, waiting, stolen, guests] = [ticks(0, 1), ticks(2, 5, 6), ticks(3), ticks(4), ticks(7), ticks(8, 9)];
  const total = Math.max(1, user + system + idle + waiting + stolen);
  const half = Math.floor(total / 2);
  const rate = (of: (sample: SystemSample) => number): number =>
    before === undefined ? Math.floor((grown(of) * TICKS_PER_SECOND + half) / total) : Math.floor((grown(of) + Math.floor(seconds / 2)) / seconds);
  return {
    swapIn: rate((sample) => sample.swappedIn * PAGE_KIB), swapOut: rate((sample) => sample.swappedOut * PAGE_KIB), blocksIn: rate((sample) => sample.pagedIn), blocksOut: rate((sample) => sample.pagedOut),
    interrupts: rate((sample) => sample.interrupts), contextSwitches: rate((sample) => sample.contextSwitches),
    shares: [user, system, idle, waiting, stolen, guests].map((part) => Math.floor((100 * part + half) / total)),
  };
}

// ---- disks

export interface DiskSample {
  readonly name: string;
  /** reads, merged, sectors, ms, writes, merged, sectors, ms, in progress, ms busy, ms weighted */
  readonly values: readonly number[];
}

export function parseDisks(text: string): DiskSample[] {
  return text.split("\n").flatMap((line) => {
    const words = line.trim().split(/\s+/);
    return words.length < 14 ? [] : [{ name: words[2] ?? "", values: words.slice(3, 14).map(Number) }];
  });
}

export function diskLine({ name, values }: DiskSample, wide: boolean): string {
  const widths = wide ? [9, 9, 11, 11, 9, 9, 11, 11, 7, 7] : [6, 6, 7, 7, 6, 6, 7, 7, 6, 6];
  return name.padEnd(5) + widths.map((width, at) => ` ${String(at < 8 ? values[at] : Math.floor((values[at] ?? 0) / 1000)).padStart(width)}`).join("");
}

/** The header and the line of `vmstat -p`. */
export function partitionHead(name: string, word: (english: string) => string): string {
  return `${name.padEnd(10)} ${word("reads").padStart(10)}  ${word("read sectors").padStart(16)}  ${word("writes").padStart(10)}  ${word("requested writes").padStart(16)}`;
}

export function partitionLine({ values }: DiskSample): string {
  return `${String(values[0]).padStart(21)}  ${String(values[2]).padStart(16)}  ${String(values[4]).padStart(10)}  ${String(values[6]).padStart(16)}`;
}

export function diskSumLines(disks: readonly DiskSample[], partitions: number, word: (english: string) => string): readonly string[] {
  const sum = (at: number): number => disks.reduce((total, { values }) => total + (values[at] ?? 0), 0);
  const rows: readonly (readonly [number, string])[] = [
    [disks.length, "disks"], [partitions, "partitions"], [sum(0), "total reads"], [sum(1), "merged reads"], [sum(2), "read sectors"], [sum(3), "milli reading"], [sum(4), "writes"], [sum(5), "merged writes"],
    [sum(6), "written sectors"], [sum(7), "milli writing"], [sum(8), "inprogress IO"], [Math.floor(sum(9) / 1000), "milli spent IO"], [Math.floor(sum(10) / 1000), "milli weighted IO"],
  ];
  return rows.map(([value, what]) => `${String(value).padStart(13)} ${word(what)}`);
}

// ---- caches of objects

export const SLAB_HEAD = "Cache                       Num  Total   Size  Pages";

export function slabRow({ name, activeObjects, objects, objectBytes, objectsPerSlab }: Slab): string {
  return `${name.slice(0, 24).padEnd(24)}${[activeObjects, objects, objectBytes, objectsPerSlab].map((value) => ` ${String(value).padStart(6)}`).join("")}`;
}
