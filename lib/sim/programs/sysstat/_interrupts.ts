// /proc/interrupts and /proc/softirqs as tables: a name, and a count for each processor.

export interface InterruptRow {
  readonly name: string;
  readonly counts: readonly number[];
}

export function parseInterrupts(text: string): readonly InterruptRow[] {
  const [head = "", ...lines] = text.split("\n");
  const processors = head.trim().split(/\s+/).filter((word) => word.startsWith("CPU")).length;
  return lines.flatMap((line) => {
    const match = /^\s*(\S+):\s+(.*)$/.exec(line);
    if (match === null) return [];
    const words = (match[2] ?? "").split(/\s+/);
    const counts: number[] = [];
    for (const word of words.slice(0, processors)) {
      if (!/^\d+$/.test(word)) break;
      counts.push(Number(word));
    }
    return [{ name: match[1] ?? "", counts: Array.from({ length: processors }, (_, at) => counts[at] ?? 0) }];
  });
}

/** Of all interrupts since the start: the first number of the line intr. */
export const allInterrupts = (stat: string): number => Number(/^intr (\d+)/m.exec(stat)?.[1] ?? 0);
