// Words in columns of a terminal, sorted down (ls -C) or across (ls -x), each column as wide as its widest word plus two; the number of columns is
// the largest that fits, as ls finds it.

export interface Grid {
  readonly columnWidths: readonly number[];
  readonly rows: number;
}

const LEAST_COLUMN_WIDTH = 3;

/** `lineWidth` 0 = no limit. */
export function grid(widths: readonly number[], lineWidth: number, across: boolean): Grid {
  const count = widths.length;
  const most = lineWidth === 0 ? count : Math.min(count, Math.max(1, Math.ceil(lineWidth / LEAST_COLUMN_WIDTH)));
  for (let columns = most; columns > 1; columns--) {
    const rows = Math.ceil(count / columns);
    const columnWidths = new Array<number>(columns).fill(LEAST_COLUMN_WIDTH);
    let total = columns * LEAST_COLUMN_WIDTH;
    let fits = lineWidth === 0 || total < lineWidth;
    for (let i = 0; i < count && fits; i++) {
      const column = across ? i % columns : Math.floor(i / rows);
      const needed = (widths[i] ?? 0) + (column === columns - 1 ? 0 : 2);
      const now = columnWidths[column] ?? 0;
      if (needed > now) {
        total += needed - now;
        columnWidths[column] = needed;
        fits = lineWidth === 0 || total < lineWidth;
      }
    }
    if (fits) return { columnWidths, rows };
  }
  return { columnWidths: [Math.max(0, ...widths)], rows: count };
}

/** Blanks from one column to another, with tabs where they are shorter (tab stops every `tabSize`; 0 = none). */
export function indent(from: number, to: number, tabSize: number): string {
  let text = "";
  let at = from;
  while (at < to) {
    if (tabSize !== 0 && Math.floor(to / tabSize) > Math.floor((at + 1) / tabSize)) {
      text += "\t";
      at += tabSize - (at % tabSize);
    } else {
      text += " ";
      at++;
    }
  }
  return text;
}
