// What --metrics, --metrics-brief and --times show (core-metrics.c and stress-ng.c of 0.15.06).

import type { Result } from "./_stressors.ts";

export interface Measured {
  readonly name: string;
  readonly results: readonly Result[];
}

const MIB = 1_048_576;
const rate = (amount: number, us: number): number => (us > 0 ? (amount * 1e6) / us : 0);

function geometricMean(values: readonly number[]): number {
  return values.length === 0 ? 0 : Math.exp(values.reduce((sum, value) => sum + Math.log(Math.max(value, Number.MIN_VALUE)), 0) / values.length);
}

const DISK_RATES: readonly (readonly [string, (one: Result) => number])[] = [
  ["MB/sec read rate", (one) => rate(one.readBytes / MIB, one.readUs)],
  ["MB/sec write rate", (one) => rate(one.writtenBytes / MIB, one.writeUs)],
  ["MB/sec read/write combined rate", (one) => rate((one.readBytes + one.writtenBytes) / MIB, one.readUs + one.writeUs)],
];

export function metricsLines(measured: readonly Measured[], brief: boolean): readonly string[] {
  const lines = [
    `${"stressor".padEnd(13)} ${"bogo ops".padStart(9)} ${"real time".padStart(9)} ${"usr time".padStart(9)} ${"sys time".padStart(9)} ${"bogo ops/s".padStart(12)} ${"bogo ops/s".padStart(14)}${brief ? "" : ` ${"CPU used per".padStart(12)} ${"RSS Max".padStart(13)}`}`,
    `${"".padEnd(13)} ${"".padStart(9)} ${"(secs) ".padStart(9)} ${"(secs) ".padStart(9)} ${"(secs) ".padStart(9)} ${"(real time)".padStart(12)} ${"(usr+sys time)".padStart(14)}${brief ? "" : ` ${"instance (%)".padStart(12)} ${"(KB)".padStart(13)}`}`,
  ];
  const kept = measured.filter(({ results }) => !brief || results.some(({ operations }) => operations > 0));
  for (const { name, results } of kept) {
    const sum = (of: (one: Result) => number): number => results.reduce((total, one) => total + of(one), 0);
    const operations = sum((one) => one.operations);
    const wallUs = sum((one) => one.wallUs) / Math.max(1, results.length);
    const userUs = sum((one) => one.userUs);
    const systemUs = sum((one) => one.systemUs);
    const used = wallUs > 0 ? (100 * (userUs + systemUs)) / wallUs / Math.max(1, results.length) : 0;
    const resident = Math.max(0, ...results.map((one) => Math.floor(one.maxResidentBytes / 1024)));
    lines.push(
      `${name.padEnd(13)} ${String(operations).padStart(9)} ${(wallUs / 1e6).toFixed(2).padStart(9)} ${(userUs / 1e6).toFixed(2).padStart(9)} ${(systemUs / 1e6).toFixed(2).padStart(9)} ` +
      `${rate(operations, wallUs).toFixed(2).padStart(12)} ${rate(operations, userUs + systemUs).toFixed(2).padStart(14)}${brief ? "" : ` ${used.toFixed(2).padStart(12)} ${String(resident).padStart(13)}`}`,
    );
  }
  const disk = kept.filter(({ name }) => name === "hdd");
  if (disk.length > 0) lines.push("miscellaneous metrics:");
  for (const { name, results } of disk) {
    for (const [words, of] of DISK_RATES) lines.push(`${name.padEnd(13)} ${geometricMean(results.map(of)).toFixed(2).padStart(13)} ${words} (geometic mean of ${results.length} instances)`);
  }
  return lines;
}

export function timesLines(wallUs: number, processors: number, userUs: number, systemUs: number, loadAverage: string): readonly string[] {
  const available = wallUs * processors;
  const share = (us: number): string => `(${(available > 0 ? (100 * us) / available : 0).toFixed(2).padStart(6)}%)`;
  const second = (us: number): string => `${(us / 1e6).toFixed(2).padStart(10)}s`;
  return [
    `for a ${(wallUs / 1e6).toFixed(2)}s run time:`,
    `${second(available)} available CPU time`,
    `${second(userUs)} user time   ${share(userUs)}`,
    `${second(systemUs)} system time ${share(systemUs)}`,
    `${second(userUs + systemUs)} total time  ${share(userUs + systemUs)}`,
    ...(loadAverage === "" ? [] : [`load average: ${loadAverage}`]),
  ];
}
