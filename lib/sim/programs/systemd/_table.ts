// Tables as systemd's tools print them: columns as wide as their widest cell, joined by one blank, the last one not padded; on a terminal the widest columns give way.
import { textWidth } from "../../kernel/sys.ts";
import { NORMAL, UNDERLINE } from "./_systemd.ts";

export interface TableOptions {
  readonly header: readonly string[] | undefined;
  readonly rows: readonly (readonly string[])[];
  readonly width: number;
  readonly colour?: boolean;
  /** indexes of columns that are aligned to the right */
  readonly right?: readonly number[];
  /** may be shortened; the others never are */
  readonly shrinkable?: readonly number[];
  /** colours of cells, beside their text */
  readonly paint?: (row: number, column: number) => string | undefined;
}

function ellipsize(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  let cut = "";
  for (const character of text) {
    if (textWidth(cut + character) > width - 1) break;
    cut += character;
  }
  return `${cut}…`;
}

export function renderTable(options: TableOptions): string {
  const { header, rows } = options;
  const all = header === undefined ? rows : [header, ...rows];
  const count = Math.max(0, ...all.map((row) => row.length));
  const widths = Array.from({ length: count }, (_, column) => Math.max(0, ...all.map((row) => textWidth(row[column] ?? ""))));
  const total = widths.reduce((sum, width) => sum + width, 0) + count - 1;
  if (total > options.width) {
    let excess = total - options.width;
    for (const column of [...(options.shrinkable ?? [count - 1])].sort((a, b) => b - a)) {
      const width = widths[column] ?? 0;
      const least = Math.min(width, Math.max(textWidth(header?.[column] ?? ""), 1));
      const taken = Math.min(excess, width - least);
      widths[column] = width - taken;
      excess -= taken;
      if (excess <= 0) break;
    }
  }
  const line = (row: readonly string[], number: number, style: boolean): string =>
    row.map((cell, column) => {
      const width = widths[column] ?? 0;
      const text = ellipsize(cell, width);
      const padding = " ".repeat(Math.max(0, width - textWidth(text)));
      const last = column === row.length - 1;
      const right = options.right?.includes(column) === true;
      const shown = right ? padding + text : last && !style ? text : text + padding;
      const colour = number < 0 || options.colour !== true ? undefined : options.paint?.(number, column);
      return colour === undefined ? shown : `${colour}${shown}${NORMAL}`;
    }).join(" ");
  let text = "";
  if (header !== undefined) text += options.colour === true ? `${UNDERLINE}${line(header, -1, true)}${NORMAL}\n` : `${line(header, -1, false)}\n`;
  rows.forEach((row, index) => {
    text += `${line(row, index, false)}\n`;
  });
  return text;
}
