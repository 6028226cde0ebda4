// Moving in the text: rows, lines, the end, marks.

import type { Blocking } from "../../kernel/sys.ts";
import { switchFile } from "./_file-commands.ts";
import { openFile } from "./_open-file.ts";
import { type Pager, type Place, Quit } from "./_pager.ts";

/** Rows forward, not past the end unless forced. `screen`: by a command that goes a screen forward. */
export function* scrollForward(pager: Pager, count: number, force = false, screen = false): Blocking<void> {
  const places = yield* pager.screenPlaces();
  if (places.length < pager.rows() && !force) {
    if (yield* pager.atEnd()) yield* endOfFile(pager);
    return;
  }
  let moved = 0;
  let bottom = places.at(-1);
  const seen = bottom?.line ?? 0;
  const fresh: string[] = [];
  while (moved < count) {
    const next = bottom ? yield* pager.forward(bottom) : undefined;
    if (!next && !force) break;
    const top = yield* pager.forward(pager.top);
    if (!top) break;
    pager.top = top;
    bottom = next;
    if (next) fresh.push(pager.rowsOf(next.line)[next.row] ?? "");
    moved++;
    if ((moved & 31) === 0 && pager.io.sys.charge(16)) yield* pager.io.sys.preempt();
  }
  if (moved === 0) {
    yield* endOfFile(pager);
    return;
  }
  pager.squished = false;
  const marks = pager.options.has("W") ? count > 1 : pager.options.has("w") && screen;
  const unread = marks ? ((yield* pager.nextLine(seen + 1)) ?? undefined) : undefined;
  const changes = unread !== pager.unread;
  pager.unread = unread;
  if (changes || moved >= pager.rows() || fresh.length < moved) yield* pager.paint();
  else {
    pager.clearPrompt();
    for (const row of fresh) pager.io.out.put(`${row}\n`);
  }
}

function* endOfFile(pager: Pager): Blocking<void> {
  pager.endSeen++;
  if (pager.options.has("e") && pager.endSeen >= 1 && pager.current >= pager.files.length - 1) throw new Quit(0);
  if (pager.options.has("e") && pager.current < pager.files.length - 1) {
    yield* switchFile(pager, 1);
    return;
  }
  pager.bell();
}

export function* scrollBackward(pager: Pager, count: number): Blocking<void> {
  pager.unread = undefined;
  let moved = 0;
  while (moved < count) {
    const above = pager.backward(pager.top);
    if (!above) break;
    pager.top = above;
    moved++;
  }
  if (moved === 0) {
    pager.bell();
    return;
  }
  yield* pager.paint();
}

export function* jumpTo(pager: Pager, line: number): Blocking<void> {
  pager.remember();
  pager.unread = undefined;
  let top: Place = { line, row: 0 };
  const target = pager.options.jumpTarget === undefined ? 1 : Number(pager.options.jumpTarget);
  const up = target > 1 ? target - 1 : target > 0 && target < 1 ? Math.floor(target * pager.rows()) : target < 0 ? pager.rows() + target : 0;
  for (let i = 0; i < up; i++) top = pager.backward(top) ?? top;
  pager.top = top;
  yield* pager.paint();
}

export function* toEnd(pager: Pager): Blocking<void> {
  pager.remember();
  yield* pager.text.all();
  const last = pager.previousLine(pager.text.lines.length - 1);
  if (last === undefined) return;
  let top: Place = { line: last, row: pager.rowsOf(last).length - 1 };
  let rows = 1;
  while (rows < pager.rows()) {
    const above = pager.backward(top);
    if (!above) break;
    top = above;
    rows++;
  }
  pager.top = top;
  if (rows >= pager.rows()) {
    yield* pager.paint();
    return;
  }
  // A file shorter than the screen goes to its bottom.
  pager.squished = false;
  pager.repaintNeeded = false;
  pager.io.out.put("\u001b[H\u001b[J" + `${pager.tilde}\n`.repeat(pager.rows() - rows));
  for (const place of yield* pager.screenPlaces()) pager.io.out.put(`${pager.rowsOf(place.line)[place.row] ?? ""}\n`);
}

export function* toLine(pager: Pager, number: number): Blocking<void> {
  yield* pager.text.need(number);
  if (number > pager.text.lines.length) {
    yield* pager.message(`Cannot seek to line number ${number}`);
    return;
  }
  yield* jumpTo(pager, Math.max(0, number - 1));
}

export function* gotoMark(pager: Pager, letter: string | undefined): Blocking<void> {
  if (letter === "^") yield* toLine(pager, 1);
  else if (letter === "$") yield* toEnd(pager);
  else {
    const mark = letter === "'" ? pager.lastJump : pager.marks.get(letter ?? "");
    if (!mark) {
      if (letter !== undefined && letter !== "\u007f") yield* pager.message(letter === "'" || /^[a-zA-Z]$/.test(letter) ? "Mark not set" : `Invalid mark letter ${letter}`);
      return;
    }
    if (mark.file !== pager.file) yield* openFile(pager, pager.files.indexOf(mark.file));
    let { top } = mark;
    if (mark.bottom) for (let i = 1; i < pager.rows(); i++) top = pager.backward(top) ?? top;
    // a line that stands on the screen is only scrolled to (less, jump_loc)
    const seen = mark.file === pager.file && (yield* pager.screenPlaces()).some((place) => place.line === top.line && place.row === top.row);
    if (!seen) pager.remember();
    pager.top = top;
    yield* pager.paint();
  }
}

export function* setMark(pager: Pager, letter: string | undefined, bottom: boolean): Blocking<void> {
  if (letter === undefined || letter === "\u007f" || letter === "\b" || !pager.file) return;
  if (!/^[a-zA-Z]$/.test(letter)) {
    yield* pager.message(`Invalid mark letter ${letter}`);
    return;
  }
  const last = (yield* pager.screenPlaces()).at(-1);
  pager.marks.set(letter, bottom && last ? { file: pager.file, top: last, bottom: true } : { file: pager.file, top: pager.top });
  if (pager.options.has("J")) yield* pager.paint();
}

/** How far the screen goes to the right so that the end of its longest line is in the last column. */
export function* lastColumn(pager: Pager): Blocking<number> {
  const { shift } = pager;
  const columns = pager.columns();
  pager.shift = 0;
  let longest = 0;
  for (const { line } of yield* pager.screenPlaces()) longest = Math.max(longest, pager.widthOf(line));
  pager.shift = shift;
  return Math.max(0, longest - columns);
}
