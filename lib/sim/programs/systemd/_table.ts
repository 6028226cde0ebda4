// Tables as systemd 252's tools print them (src/shared/format-table.c): every column weighs the same; when the room is short, columns that fit get what they ask for
// and the others share what is left; a cell without text shows "-" in grey where the table says so; the last column is padded only when it has a colour.
import { type Sys, textWidth } from "../../kernel/sys.ts";
import { ellipsize } from "./_ellipsize.ts";
import { GREY, NORMAL, UNDERLINE } from "./_systemd.ts";

export interface CellStyle {
  readonly colour?: string;
  /** the gap to the right has the colour too */
  readonly both?: boolean;
}

export interface TableOptions {
  readonly header: readonly string[] | undefined;
  readonly rows: readonly (readonly string[])[];
  /** columns of the terminal; Infinity when nothing is to be shortened */
  readonly width: number;
  readonly colour?: boolean;
  /** indexes of columns that are aligned to the right */
  readonly right?: readonly number[];
  /** a header of `right` columns stays at the left */
  readonly headerLeft?: boolean;
  /** what an empty cell shows */
  readonly empty?: string;
  readonly style?: (row: number, column: number) => CellStyle | undefined;
  /** rows with a line below */
  readonly underlined?: (row: number) => boolean;
  /** columns of at least, at most so many cells */
  readonly atLeast?: ReadonlyMap<number, number>;
  /** their share of the room; 100 for those that are not named */
  readonly weights?: ReadonlyMap<number, number>;
  /** where a shortened cell loses text: 100 is at its end */
  readonly cutAt?: ReadonlyMap<number, number>;
}

/** The widths of columns that ask for `wanted` where the whole table may take `total` cells (without the gaps). */
export function shareWidths(wanted: readonly number[], total: number, weights: readonly number[], least: readonly number[]): readonly number[] {
  if (wanted.reduce((sum, one) => sum + one, 0) <= total) return wanted;
  const widths: (number | undefined)[] = wanted.map(() => undefined);
  let extra = Math.max(0, total - least.reduce((sum, one) => sum + one, 0));
  let weightSum = weights.reduce((sum, one) => sum + one, 0);
  const settle = (column: number, width: number): void => {
    widths[column] = width;
    extra -= width - (least[column] ?? 0);
    weightSum -= weights[column] ?? 0;
  };
  const shareOf = (column: number): number => (least[column] ?? 0) + (weightSum === 0 ? Math.floor(extra / (wanted.length - column)) : Math.floor((extra * (weights[column] ?? 0)) / weightSum));
  for (;;) {
    const modest = widths.findIndex((width, column) => width === undefined && shareOf(column) >= (wanted[column] ?? 0));
    if (modest < 0) break;
    settle(modest, wanted[modest] ?? 0);
  }
  for (const [column, width] of widths.entries()) if (width === undefined) settle(column, Math.min(wanted[column] ?? 0, shareOf(column)));
  return widths.map((width) => width ?? 0);
}

export function renderTable(sys: Sys, options: TableOptions): string {
  const { header, rows, colour = false } = options;
  const shown = rows.map((row) => row.map((cell) => (cell === "" ? (options.empty ?? "") : cell)));
  const all = header === undefined ? shown : [header, ...shown];
  const count = Math.max(0, ...all.map((row) => row.length));
  const indexes = Array.from({ length: count }, (_, column) => column);
  const least = indexes.map((column) => options.atLeast?.get(column) ?? 1);
  const wanted = indexes.map((column) => Math.max(least[column] ?? 1, ...all.map((row) => textWidth(row[column] ?? ""))));
  const widths = shareWidths(wanted, options.width - (count - 1), indexes.map((column) => options.weights?.get(column) ?? 100), least);
  const cellText = (cell: string, column: number, right: boolean, padLast: boolean): string => {
    const width = widths[column] ?? 0;
    const text = ellipsize(sys, cell, width, options.cutAt?.get(column) ?? 100);
    const padding = " ".repeat(Math.max(0, width - textWidth(text)));
    return right ? padding + text : column === count - 1 && !padLast ? text.trimEnd() : text + padding;
  };
  let out = "";
  if (header !== undefined) {
    out += header.map((cell, column) => {
      const text = cellText(cell, column, options.right?.includes(column) === true && options.headerLeft !== true, colour);
      const gap = column === 0 ? "" : " ";
      return colour ? `${NORMAL}${UNDERLINE}${gap}${text}${NORMAL}` : gap + text;
    }).join("").concat("\n");
  }
  for (const [index, row] of shown.entries()) {
    const underline = colour && options.underlined?.(index) === true;
    let gapStyle = "";
    for (const [column, cell] of row.entries()) {
      const style = colour ? options.style?.(index, column) : undefined;
      const own = !colour ? "" : (style?.colour ?? (rows[index]?.[column] === "" ? GREY : ""));
      const dress = underline ? `${own === "" ? NORMAL : own}${UNDERLINE}` : own;
      if (column > 0) out += gapStyle === "" ? " " : `${gapStyle} ${NORMAL}`;
      const text = cellText(cell, column, options.right?.includes(column) === true, dress !== "");
      out += dress === "" ? text : `${dress}${text}${NORMAL}`;
      gapStyle = underline ? `${style?.both === true && own !== "" ? own : NORMAL}${UNDERLINE}` : style?.both === true ? own : "";
    }
    out += "\n";
  }
  return out;
}
