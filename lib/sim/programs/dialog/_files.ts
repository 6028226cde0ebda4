// A file or a directory to choose: --fselect, --dselect; a file to change: --editbox.

import { type Blocking, S, type Sys, SysError } from "../../kernel/sys.ts";
import { buttonOf, buttonsWidth, defaultButton, drawButtons, entered, okCancel, pressed } from "./_buttons.ts";
import { Line } from "./_line.ts";
import { fileText } from "./_pages.ts";
import { ERROR, ESC, EXTRA, Failure, HELP, OK, type Session, TIMEOUT, columnsOf } from "./_session.ts";
import type { Size } from "./_text.ts";

const FIELD = -1, FILES = -2, DIRECTORIES = -3;

interface Names {
  entries: string[];
  choice: number;
  top: number;
}

function* listed(sys: Sys, folder: string): Blocking<{ readonly directories: string[]; readonly files: string[] }> {
  const directories: string[] = [];
  const files: string[] = [];
  try {
    const path = folder === "" ? "." : folder;
    for (const name of [".", "..", ...sys.readdir(path).map((entry) => entry.name)]) {
      try {
        const stat = sys.stat(`${path}/${name}`);
        ((stat.mode & S.IFMT) === S.IFDIR ? directories : files).push(name);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
    }
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
  const order = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
  return { directories: directories.sort(order), files: files.sort(order) };
}

const leafAt = (path: string): number => path.lastIndexOf("/") + 1;

/** Chooses the name that has most of the beginning in common, or the nearest next letter. True: it is another one. */
function nearest(names: Names, target: string): boolean {
  const before = names.choice;
  if (target === "") {
    names.choice = 0;
    return before !== 0;
  }
  let best = 0, nearness = 256;
  for (const [index, name] of names.entries.entries()) {
    let same = 0;
    while (same < target.length && same < name.length && target[same] === name[same]) same++;
    const distance = Math.abs((target.charCodeAt(same) || 0) - (name.charCodeAt(same) || 0));
    if (same > best || (same === best && distance < nearness)) {
      best = same;
      nearness = distance;
      names.choice = index;
    }
  }
  return names.choice !== before;
}

export function* fileBox(session: Session, path: string, asked: Size, directoriesOnly: boolean): Blocking<number> {
  const { canvas, options, sys } = session;
  const buttons = okCancel(session);
  const line = new Line(path);
  let state = options.text("default-button") !== undefined || options.has("defaultno") ? defaultButton(session, buttons) : FIELD;
  const directories: Names = { entries: [], choice: 0, top: 0 };
  const files: Names = { entries: [], choice: 0, top: 0 };
  let folder: string | undefined;
  let fresh = false;
  const follow = function* (): Blocking<void> {
    const now = line.text.slice(0, leafAt(line.text));
    const leaf = line.text.slice(leafAt(line.text));
    if (now !== folder) {
      folder = now;
      const found = yield* listed(sys, now);
      directories.entries = found.directories;
      files.entries = found.files;
      for (const names of [directories, files]) names.choice = names.top = 0;
      // the list of files waits for the next key when the other one moved
      fresh = nearest(directories, leaf);
      if (!fresh) nearest(files, leaf);
      return;
    }
    if (!nearest(directories, leaf)) nearest(files, leaf);
  };
  yield* follow();
  const usable = (at: number): boolean => (at === DIRECTORIES ? directories.entries.length > 0 : at === FILES ? !directoriesOnly && files.entries.length > 0 : true);
  const turn = (by: number): void => {
    const count = buttons.length + 3;
    do state = ((state + 3 + by + count) % count) - 3;
    while (!usable(state));
  };
  const labels = [session.word("Directories"), session.word("Files")];
  for (;;) {
    const size = session.size([], asked, 0, 2 * Math.max(...labels.map(columnsOf)) + 8);
    const minimum = buttonsWidth(session, buttons, 0);
    const place = session.place({ height: size.height + 10 + (asked.height === 0 ? 4 : 0), width: Math.max(size.width, minimum) });
    session.box(place);
    session.hint(place, false);
    const width = place.width - 6;
    const row = place.row + place.height - 5;
    const left = place.column + 3;
    canvas.frame(row - 1, left - 1, 3, width + 2, session.colour("menubox_border"), session.colour("menubox_border2"), session.colour("menubox_border"));
    const listWidth = directoriesOnly ? place.width - 6 : Math.trunc((place.width - 8) / 2);
    const listHeight = place.height - 10;
    const lists: readonly (readonly [Names, number, string, string])[] = [[directories, left, labels[0] ?? "", "DIRECTORY"], ...(directoriesOnly ? [] : [[files, left + listWidth + 2, labels[1] ?? "", "FILE"] as const])];
    for (const [names, column, label, key] of lists) {
      const top = place.row + 3;
      canvas.put(top - 2, column - 1, label, session.colour("dialog"));
      canvas.frame(top - 1, column - 1, listHeight + 2, listWidth + 2, session.colour("menubox_border"), session.colour("menubox_border2"), session.colour("menubox_border"));
      names.top = Math.max(Math.min(names.top, names.choice), names.choice - listHeight + 1);
      for (let at = 0; at < listHeight; at++) {
        canvas.put(top + at, column, " ".repeat(listWidth), session.colour("item"));
        const selected = names.top + at === names.choice && !(fresh && names === files);
        canvas.put(top + at, column, fresh && names === files ? "" : (names.entries[names.top + at] ?? ""), session.colour(selected ? "item_selected" : "item"), column + listWidth);
      }
      session.position(names.top, names.top, names.top + listHeight, names.entries.length, column + 1, column + listWidth, top - 1, top + listHeight, session.colour("menubox_border2"), session.colour("menubox_border"));
      session.region(key, { row: top, column, height: listHeight, width: listWidth }, true);
    }
    drawButtons(session, place, buttons, Math.max(0, state));
    const { cursorRow, cursorColumn } = canvas;
    line.draw(session, row, left, width, session.colour("inputbox"));
    if (state >= 0) canvas.moveCursor(cursorRow, cursorColumn);
    else if (state !== FIELD) {
      const [names, column] = state === DIRECTORIES ? [directories, left] : [files, left + listWidth + 2];
      canvas.moveCursor(place.row + 3 + names.choice - names.top, column);
    }
    yield* session.show();
    if (fresh) for (const names of [directories, files]) names.top = names.choice;
    fresh = false;
    const key = yield* session.key();
    if (key === undefined) return TIMEOUT;
    const answer = (status: number): number => {
      if (status === OK || status === EXTRA || status === HELP) session.add(line.text);
      session.addLastKey();
      return status;
    };
    if (pressed(key) >= 0) return answer(buttons[pressed(key)]?.status ?? OK);
    const names = state === DIRECTORIES ? directories : state === FILES ? files : undefined;
    const step = (by: number): boolean => {
      if (!names || names.entries.length === 0) return false;
      names.choice = Math.max(0, Math.min(names.entries.length - 1, names.choice + by));
      return true;
    };
    const mouse = /^(DIRECTORY|FILE)(\d+)$/.exec(key);
    if (mouse) {
      const list = mouse[1] === "FILE" ? files : directories;
      state = mouse[1] === "FILE" ? FILES : DIRECTORIES;
      list.choice = Math.min(list.entries.length - 1, list.top + Number(mouse[2]));
    } else if (key === "ESC") return ESC;
    else if (key === "END-OF-INPUT") return ERROR;
    else if (key === "ENTER") return answer(state > 0 ? entered(session, buttons, state) : OK);
    else if (key === " ") {
      const leaf = line.text.slice(leafAt(line.text));
      const picked = names ? names.entries[names.choice] : completion(leaf, directories.entries.slice(2), directoriesOnly ? [] : files.entries);
      if (picked === undefined) yield* session.beep();
      else {
        state = FIELD;
        line.letters = [...(line.text.slice(0, leafAt(line.text)) + picked)];
        line.cursor = line.letters.length;
        yield* follow();
      }
    } else if (key === "TAB") turn(1);
    else if (key === "BACKTAB") turn(-1);
    else if (key === "DOWN" || key === "NEXT") {
      if (!step(1)) turn(1);
    } else if (key === "UP" || key === "PREVIOUS") {
      if (!step(-1)) turn(-1);
    } else if (key === "PAGEDOWN" || key === "PAGEUP") {
      if (!step(key === "PAGEDOWN" ? listHeight : -listHeight)) yield* session.beep();
    } else if (state >= 0) {
      const hit = buttonOf(buttons, key);
      if (hit >= 0) return answer(buttons[hit]?.status ?? OK);
      if (key === "RIGHT") turn(1);
      else if (key === "LEFT") turn(-1);
    } else if (state !== FIELD && key === "RIGHT") turn(1);
    else if (key !== "RESIZE" && line.edit(key)) {
      state = FIELD;
      yield* follow();
    }
  }
}

/** Tabs go to every eighth column. */
function stopped(letters: readonly string[]): string {
  let out = "";
  for (const letter of letters) out += letter === "\t" ? " ".repeat(8 - (columnsOf(out) % 8)) : letter;
  return out;
}

/** What the names that begin so have in common; a directory gets its slash. */
function completion(leaf: string, directories: readonly string[], files: readonly string[]): string | undefined {
  const matches = [...directories, ...files].filter((name) => name.startsWith(leaf));
  const [first] = matches;
  if (first === undefined) return undefined;
  if (matches.length === 1) return directories.includes(first) ? `${first}/` : first;
  let length = 0;
  while (length < first.length && matches.every((name) => name[length] === first[length])) length++;
  return length === 0 ? undefined : first.slice(0, length);
}

export function* editBox(session: Session, path: string, asked: Size): Blocking<number> {
  const { canvas, options } = session;
  const text = yield* fileText(session, path);
  if (text === undefined) throw new Failure(`Can't open input file ${path}`);
  const buttons = okCancel(session);
  const lines = text.replace(/\n$/, "").split("\n").map((line) => {
    const one = new Line(line, options.number("max-input") || undefined);
    one.cursor = 0;
    return one;
  });
  let at = 0;
  let top = 0;
  let state = options.text("default-button") !== undefined || options.has("defaultno") ? defaultButton(session, buttons) : FIELD;
  for (;;) {
    const longest = Math.max(...lines.map((line) => columnsOf(stopped(line.letters))));
    const { room } = session;
    const size = { height: asked.height > 0 ? Math.min(asked.height, room.rows) : asked.height < 0 ? room.rows : Math.min(room.rows, lines.length + 6), width: asked.width > 0 ? Math.min(asked.width, room.columns) : asked.width < 0 ? room.columns : Math.min(room.columns, Math.max(longest + 8, buttonsWidth(session, buttons, 10))) };
    const place = session.place(size);
    session.box(place);
    const [row, column, rows, width] = [place.row + 2, place.column + 3, place.height - 6, place.width - 6];
    canvas.frame(row - 1, column - 1, rows + 2, width + 2, session.colour("border"), session.colour("border2"), session.colour("border"));
    top = Math.max(Math.min(top, at), at - rows + 1);
    const current = lines[at];
    const cursorColumn = columnsOf(stopped(current?.letters.slice(0, current.cursor) ?? []));
    const shift = Math.max(0, cursorColumn + 1 - width);
    for (let index = 0; index < rows; index++) {
      const line = lines[top + index];
      if (!line) {
        canvas.put(row + index, column, " ".repeat(width), session.colour("dialog"));
        continue;
      }
      canvas.put(row + index, column, stopped(line.letters).slice(shift).padEnd(width), session.colour(top + index === at && state === FIELD ? "form_active_text" : "form_text"), column + width);
    }
    session.hint(place, false);
    session.position(top, top, Math.min(lines.length, top + rows), lines.length, column, column - 1 + width, row - 1, row + rows, session.colour("border"), session.colour("border2"));
    drawButtons(session, place, buttons, state === FIELD ? buttons.length : state);
    if (state === FIELD) canvas.moveCursor(row + at - top, column + cursorColumn - shift);
    session.region("TEXT", { row, column, height: rows, width }, true);
    yield* session.show();
    const key = yield* session.key();
    if (key === undefined) return TIMEOUT;
    const answer = (status: number): number => {
      if (status === OK || status === EXTRA || status === HELP) session.add(lines.map((line) => `${line.text}\n`).join(""));
      session.addLastKey(false);
      return status;
    };
    const turn = (by: number): void => {
      state = ((state + 1 + by + buttons.length + 1) % (buttons.length + 1)) - 1;
    };
    const go = (to: number): void => {
      const cursor = current?.cursor ?? 0;
      at = Math.max(0, Math.min(lines.length - 1, to));
      const line = lines[at];
      if (line) line.cursor = Math.min(cursor, line.letters.length);
    };
    if (pressed(key) >= 0) return answer(buttons[pressed(key)]?.status ?? OK);
    if (key === "ESC") return ESC;
    if (key === "END-OF-INPUT") return ERROR;
    if (key === "TAB") turn(1);
    else if (key === "BACKTAB") turn(-1);
    else if (key.startsWith("TEXT")) {
      state = FIELD;
      go(top + Number(key.slice(4)));
    } else if (state === FIELD) {
      if (key === "UP") go(at - 1);
      else if (key === "DOWN") go(at + 1);
      else if (key === "PAGEUP") go(at - rows);
      else if (key === "PAGEDOWN") go(at + rows);
      else if (key === "ENTER") {
        const rest = current?.letters.splice(current.cursor) ?? [];
        const next = new Line(rest.join(""));
        next.cursor = 0;
        lines.splice(++at, 0, next);
      } else if (key === "BACKSPACE" && current?.cursor === 0) {
        const before = lines[at - 1];
        if (!before) continue;
        before.cursor = before.letters.length;
        before.letters.push(...current.letters);
        lines.splice(at--, 1);
      } else if (key === "DELETE" && current !== undefined && current.cursor === current.letters.length) {
        current.letters.push(...(lines[at + 1]?.letters ?? []));
        if (at + 1 < lines.length) lines.splice(at + 1, 1);
      } else if (key !== "RESIZE" && current?.edit(key) !== true) yield* session.beep();
    } else {
      const hit = buttonOf(buttons, key);
      if (hit >= 0 || key === "ENTER" || key === " ") return answer(buttons[hit >= 0 ? hit : state]?.status ?? OK);
      if (key === "RIGHT" || key === "DOWN") turn(1);
      else if (key === "LEFT" || key === "UP") turn(-1);
      else if (key !== "RESIZE") yield* session.beep();
    }
  }
}
