// How far something is: --gauge reads it from standard input, --mixedgauge shows the steps of a work with it.

import { type Blocking, decode } from "../../kernel/sys.ts";
import { bar } from "./_message.ts";
import { OK, type Session } from "./_session.ts";
import type { Size } from "./_text.ts";

export function* gaugeBox(session: Session, text: string, asked: Size, start: number): Blocking<number> {
  let letters = session.letters(text);
  let percent = start;
  const size = session.size(letters, asked, 4, 16);
  session.hideCursor();
  function* draw(): Blocking<void> {
    const place = session.place(size);
    session.box(place, [], false);
    session.hint(place, false);
    session.text(place, letters, place.height - 2);
    bar(session, place, place.height - 4, Math.trunc((percent * (place.width - 8)) / 100), `${String(percent).padStart(3)}%`, "gauge");
    yield* session.show();
  }
  yield* draw();
  let rest = "";
  /** what came between two XXX: a percentage, lines of text */
  let change: { readonly lines: string[]; first: boolean } | undefined;
  for (;;) {
    const bytes = yield* session.sys.read(session.inputFd, 4096);
    if (bytes.length === 0) break;
    rest += decode(bytes);
    for (let end = rest.indexOf("\n"); end >= 0; end = rest.indexOf("\n")) {
      const line = rest.slice(0, end);
      rest = rest.slice(end + 1);
      const number = /^\s*\+?(\d+)(?:\s|$)/.exec(line)?.[1];
      if (line.startsWith("XXX")) {
        if (change !== undefined) letters = session.letters(change.lines.join("\n"));
        change = change === undefined ? { lines: [], first: true } : undefined;
        if (change === undefined) yield* draw();
      } else if (change !== undefined) {
        if (change.first && number !== undefined) percent = Number(number);
        else change.lines.push(line);
        change.first = false;
      } else if (number !== undefined) {
        percent = Number(number);
        yield* draw();
      }
    }
  }
  yield* session.showCursor();
  return OK;
}

interface Step {
  readonly name: string;
  readonly state: string;
}

const STATES = ["Succeeded", "Failed", "Passed", "Completed", "Checked", "Done", "Skipped", "In Progress", "", "N/A"];

export function* mixedGauge(session: Session, text: string, asked: Size, percent: number, steps: readonly Step[]): Blocking<number> {
  const { canvas } = session;
  const letters = session.letters(text);
  const names = Math.max(0, ...steps.map((step) => step.name.length));
  session.hideCursor();
  const size = session.size(letters, asked, 4 + steps.length + (letters.length > 0 ? 2 : 0), 16 + names + 2 + 15);
  const place = session.place(size);
  session.box(place, [], false);
  session.hint(place, false);
  if (letters.length > 0) session.text({ ...place, row: place.row + steps.length + 2, height: place.height - steps.length - 2 }, letters, place.height - steps.length - 4);
  bar(session, place, place.height - 4, Math.trunc((percent * (place.width - 8)) / 100), `${String(percent).padStart(3)}%`, "gauge");
  canvas.put(place.row + place.height - 4, place.column + 5, session.word("Overall Progress"), session.colour("title"));
  const left = place.width - 16;
  for (const [index, { name, state }] of steps.entries()) {
    const row = place.row + index + 2;
    if (index + 2 > place.height - 2) break;
    const word = /^\d/.test(state) ? STATES[Number(state.charAt(0))] : undefined;
    const shown = word !== undefined ? session.word(word) : state.startsWith("-") ? `${state.slice(1).padStart(3)}%` : state.trim() === "" ? "" : state;
    if (shown === "") continue;
    const base = session.colour("dialog");
    canvas.put(row, place.column + 2, name, base, place.column + 2 + left);
    canvas.put(row, place.column + left, "[", base);
    const at = place.column + left + Math.trunc((13 - shown.length) / 2);
    if (state.startsWith("-")) {
      canvas.put(row, place.column + left + 1, " ".repeat(13 - 1), session.colour("title"));
      canvas.put(row, at, shown, session.colour("title"));
      canvas.reverse(row, place.column + left + 1, Math.trunc((13 * ((Number.parseFloat(shown) || 0) + 0.5)) / 100));
    } else canvas.put(row, at, shown, base);
    canvas.put(row, place.column + place.width - 3, "]", base);
  }
  yield* session.show();
  yield* session.showCursor();
  return OK;
}
