// Changes with their context: the hunks of a unified diff.
import type { Change } from "../../kit/line-difference.ts";

export interface Hunk {
  /** 0-based first line and number of lines */
  readonly oldStart: number;
  readonly oldCount: number;
  readonly newStart: number;
  readonly newCount: number;
  readonly changes: readonly Change[];
}

export function hunksOf(changes: readonly Change[], oldLength: number, newLength: number, context: number, between = 0): Hunk[] {
  const hunks: Hunk[] = [];
  for (let i = 0; i < changes.length; ) {
    let end = i + 1;
    for (;;) {
      const [last, next] = [changes[end - 1], changes[end]];
      if (!last || !next || next.from - (last.from + last.deleted) > 2 * context + between) break;
      end++;
    }
    const group = changes.slice(i, end);
    const [first, last] = [group[0], group.at(-1)];
    if (first && last) {
      const before = Math.min(context, first.from, first.to);
      const after = Math.min(context, oldLength - last.from - last.deleted, newLength - last.to - last.inserted);
      hunks.push({
        oldStart: first.from - before, oldCount: last.from + last.deleted + after - (first.from - before), newStart: first.to - before, newCount: last.to + last.inserted + after - (first.to - before), changes: group,
      });
    }
    i = end;
  }
  return hunks;
}

export type HunkLine = readonly [op: " " | "-" | "+", text: string];

export function* hunkLines(hunk: Hunk, a: readonly string[], b: readonly string[]): Generator<HunkLine> {
  let at = hunk.oldStart;
  for (const change of hunk.changes) {
    for (; at < change.from; at++) yield [" ", a[at] ?? ""];
    for (; at < change.from + change.deleted; at++) yield ["-", a[at] ?? ""];
    for (let i = change.to; i < change.to + change.inserted; i++) yield ["+", b[i] ?? ""];
  }
  for (; at < hunk.oldStart + hunk.oldCount; at++) yield [" ", a[at] ?? ""];
}

export function rangeText(start: number, count: number): string {
  if (count === 1) return String(start + 1);
  return `${count === 0 ? start : start + 1},${count}`;
}

/** The last line above that looks like the beginning of a function. */
export function functionLine(lines: readonly string[], above: number): string {
  for (let i = above - 1; i >= 0; i--) {
    const line = lines[i] ?? "";
    if (/^[A-Za-z_$]/.test(line)) return line.replace(/\s+$/, "").slice(0, 80).replace(/\s+$/, "");
  }
  return "";
}
