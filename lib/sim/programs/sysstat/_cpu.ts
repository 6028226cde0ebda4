// The times of processors in /proc/stat, and the shares that a report makes of two readings.

/** In the order of the data files: user, nice, system, idle, iowait, steal, hard and soft interrupts, guest, guest at low priority. */
export type CpuTimes = readonly number[];

export const CPU = { user: 0, nice: 1, system: 2, idle: 3, iowait: 4, steal: 5, irq: 6, soft: 7, guest: 8, gnice: 9 } as const;
export type CpuField = keyof typeof CPU;
export const NO_TIMES: CpuTimes = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

/** First that of all processors, then each. */
export function parseCpuTimes(stat: string): readonly CpuTimes[] {
  const found: CpuTimes[] = [];
  for (const line of stat.split("\n")) {
    const match = /^cpu(\d*) +(.*)$/.exec(line);
    if (match === null) continue;
    const [user = 0, nice = 0, system = 0, idle = 0, iowait = 0, irq = 0, soft = 0, steal = 0, guest = 0, gnice = 0] = (match[2] ?? "").split(" ").map(Number);
    found[match[1] === "" ? 0 : Number(match[1]) + 1] = [user, nice, system, idle, iowait, steal, irq, soft, guest, gnice];
  }
  return found;
}

/** Ticks of a processor between two readings. */
export function cpuInterval(before: CpuTimes, now: CpuTimes): number {
  let sum = 0;
  for (let field = 0; field < CPU.guest; field++) sum += (now[field] ?? 0) - (before[field] ?? 0);
  return sum;
}

/** The sum over the processors; what their own line says where there is but one. */
export function allProcessors(each: readonly CpuTimes[]): CpuTimes {
  if (each.length < 2) return each[0] ?? NO_TIMES;
  return NO_TIMES.map((_, field) => each.slice(1).reduce((sum, one) => sum + (one[field] ?? 0), 0));
}

/** Per cent of the interval. */
export function cpuShare(before: CpuTimes, now: CpuTimes, fields: readonly CpuField[], minus: readonly CpuField[] = []): number {
  const interval = cpuInterval(before, now);
  if (interval <= 0) return fields.includes("idle") ? 100 : 0;
  const sum = (times: CpuTimes): number => fields.reduce((total, field) => total + (times[CPU[field]] ?? 0), 0) - minus.reduce((total, field) => total + (times[CPU[field]] ?? 0), 0);
  return (Math.max(0, sum(now) - sum(before)) / interval) * 100;
}
