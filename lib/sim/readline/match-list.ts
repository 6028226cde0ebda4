// The list of possible completions on the screen: readline's columns, its question for long lists, its pager.

import { type Blocking, textWidth } from "../kernel/sys.ts";
import type { Editor } from "./editor.ts";
import { END_OF_INPUT } from "./editor-terminal.ts";

export interface ListedMatch {
  readonly name: string;
  /** "/" behind a directory: it takes one of the two blanks between columns. */
  readonly mark: string;
}

function commonStart(names: readonly string[]): string {
  let start = names[0] ?? "";
  for (const name of names) while (!name.startsWith(start)) start = start.slice(0, -1);
  return start;
}

/** completion-prefix-display-length: a long common prefix is shown as three dots. */
function shortened(matches: readonly ListedMatch[], limit: number): readonly ListedMatch[] {
  if (limit <= 0 || matches.length < 2) return matches;
  const length = commonStart(matches.map((match) => match.name)).length;
  return length > limit ? matches.map((match) => ({ ...match, name: `...${match.name.slice(length)}` })) : matches;
}

/** Rows without trailing newline. `horizontally`: filled row by row. */
export function columnRows(matches: readonly ListedMatch[], cols: number, horizontally: boolean): string[] {
  const width = Math.max(...matches.map((match) => textWidth(match.name)), 0) + 2;
  let perRow = Math.floor(cols / width);
  if (perRow !== 1 && perRow * width === cols) perRow -= 1;
  if (perRow <= 0) perRow = 1;
  const rowCount = Math.ceil(matches.length / perRow);
  const rows: string[] = [];
  for (let row = 0; row < rowCount; row += 1) {
    let text = "";
    for (let column = 0; column < perRow; column += 1) {
      const match = matches[horizontally ? row * perRow + column : row + column * rowCount];
      if (!match) break;
      text += match.name + match.mark;
      if (column + 1 < perRow) text += " ".repeat(Math.max(width - textWidth(match.name) - match.mark.length, 0));
    }
    rows.push(text);
  }
  return rows;
}

function* yesOrNo(editor: Editor, pager: boolean): Blocking<"yes" | "no" | "row" | "abort"> {
  for (;;) {
    const key = yield* editor.readKey();
    if (key === "y" || key === "Y" || key === " ") return "yes";
    if (key === "n" || key === "N" || key === "\x7f") return "no";
    if (key === "\x07") return "abort";
    if (pager && (key === "\r" || key === "\n")) return "row";
    if (pager && (key === "q" || key === "Q")) return "no";
    if (key === END_OF_INPUT) return "no";
    editor.bell();
  }
}

/** Shows the list below the line; the line is drawn again on a new row. */
export function* showMatches(editor: Editor, all: readonly ListedMatch[]): Blocking<void> {
  const { settings, display, terminal } = editor;
  display.below();
  const askFrom = settings.number("completion-query-items");
  if (askFrom > 0 && all.length >= askFrom) {
    display.write(`Display all ${all.length} possibilities? (y or n)`);
    if ((yield* yesOrNo(editor, false)) !== "yes") {
      display.write("\r\n");
      return;
    }
    display.write("\r\n");
  }
  const width = settings.number("completion-display-width");
  const rows = columnRows(
    shortened(all, settings.number("completion-prefix-display-length")),
    width >= 0 && width <= terminal.cols ? width : terminal.cols,
    settings.on("print-completions-horizontally"),
  );
  let shown = 0;
  for (let index = 0; index < rows.length; index += 1) {
    display.write(`${rows[index] ?? ""}\r\n`);
    shown += 1;
    if (!settings.on("page-completions") || shown < terminal.rows - 1 || index + 1 >= rows.length) continue;
    display.write("--More--");
    const answer = yield* yesOrNo(editor, true);
    display.write("\r\x1b[K");
    if (answer === "no" || answer === "abort") return;
    shown = answer === "row" ? shown - 1 : 0;
  }
}
