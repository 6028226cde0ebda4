// How ps lays columns out: a value that is too wide pushes what follows, and the padding of later columns takes it back (show_one_proc of procps).

import { type PsColumn, fitName } from "./_ps-columns.ts";

export interface ShownColumn extends PsColumn {
  /** what the first line shows; "" for `-o pid=` */
  readonly shownHeading: string;
  readonly shownWidth: number;
}

const cells = (text: string): number => [...text].length;

/** `texts` are the cells of one line. `screenColumns` Infinity: no limit. */
export function psLine(columns: readonly ShownColumn[], texts: readonly string[], screenColumns: number, heading: boolean): string {
  let line = "";
  let correct = 0;
  let actual = 0;
  let needsSpace = 0;
  for (const [index, column] of columns.entries()) {
    const last = index === columns.length - 1;
    let text = texts[index] ?? "";
    const width = column.shownWidth;
    if (last) {
      const room = screenColumns - Math.max(correct, actual) - (correct > actual ? 0 : 0);
      if (Number.isFinite(room)) text = [...text].slice(0, Math.max(1, room)).join("");
    } else if (!heading && column.align === "user") text = fitName(text, width);
    else if (!heading && (column.align === "left" || column.align === "unlimited")) text = [...text].slice(0, width).join("");
    const amount = cells(text);
    const pad = column.align === "right" ? Math.max(0, width - amount) : 0;
    let space = correct - actual + pad;
    if (space < 1) space = needsSpace;
    line += " ".repeat(space) + text;
    actual += space + amount;
    correct += width + 1;
    needsSpace = 1;
  }
  return `${line}\n`;
}
