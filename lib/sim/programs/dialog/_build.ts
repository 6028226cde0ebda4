// Two lists side by side, the entries that are chosen on the right: --buildlist.

import type { Blocking } from "../../kernel/sys.ts";
import { buttonOf, buttonsWidth, defaultButton, drawButtons, entered, okCancel, pressed } from "./_buttons.ts";
import { type Item, chosen, helpAnswer, listWidth } from "./_list.ts";
import { ERROR, ESC, EXTRA, HELP, OK, type Session, TIMEOUT, columnsOf } from "./_session.ts";
import type { Size } from "./_text.ts";

export function* buildList(session: Session, text: string, asked: Size, askedHeight: number, items: readonly Item[]): Blocking<number> {
  const letters = session.letters(text);
  const buttons = okCancel(session);
  const { canvas, options } = session;
  const sides: [Item[], Item[]] = [items.filter((item) => !item.on), items.filter((item) => item.on)];
  const wanted = items.find((item) => item.tag === options.text("default-item"));
  let current = wanted ?? sides[0][0] ?? sides[1][0];
  const tops: [number, number] = [0, 0];
  const counted: [boolean, boolean] = [false, false];
  let button = defaultButton(session, buttons);
  const side = (): 0 | 1 => (current !== undefined && sides[1].includes(current) ? 1 : 0);
  for (;;) {
    let size = session.size(letters, asked, 6 + askedHeight, Math.max(26, 2 * (listWidth(session, items) + 6) + 1));
    if (askedHeight === 0) {
      const free = session.room.rows - (options.begin?.row ?? 0) - size.height;
      size = { width: size.width, height: size.height + (free > 0 ? Math.min(free, items.length) : 0) };
    }
    const place = session.place({ height: size.height, width: buttonsWidth(session, buttons, size.width) });
    const last = session.box(place, letters);
    const width = Math.trunc((place.width - 8) / 2);
    const height = Math.max(1, place.height - 6 - last);
    const row = place.row + last + 2;
    const labels = Math.max(0, ...items.map((item) => columnsOf(options.has("no-items") ? item.tag : item.label)));
    const indent = Math.max(0, Math.trunc((width - 6 - Math.min(width - 6, labels)) / 2));
    drawButtons(session, place, buttons, button, true);
    for (const which of [0, 1] as const) {
      const column = place.column + 2 + which * (width + 3) + 1;
      const entries = sides[which];
      const at = current === undefined ? -1 : entries.indexOf(current);
      if (at >= 0) tops[which] = Math.max(Math.min(tops[which], at), at - height + 1);
      tops[which] = Math.max(0, Math.min(tops[which], entries.length - height));
      canvas.frame(row - 1, column - 1, height + 2, width + 2, session.colour("menubox_border"), session.colour("menubox_border2"), session.colour("menubox_border"));
      for (let line = 0; line < height; line++) {
        const item = entries[tops[which] + line];
        canvas.put(row + line, column, " ".repeat(width), session.colour("menubox"));
        if (!item) continue;
        const selected = item === current;
        const [first = "", ...rest] = options.has("no-items") ? item.tag : item.label;
        const next = canvas.put(row + line, column + indent, first, session.colour(selected ? "tag_key_selected" : "tag_key"), column + width);
        canvas.put(row + line, next, rest.join(""), session.colour(selected ? "tag_selected" : "tag"), column + width);
        if (selected) session.itemHelp(item.help);
      }
      // the arrow counts entries of both sides, and a percentage stays, as dialog has it
      const first = entries[tops[which]] === undefined ? 0 : items.indexOf(entries[tops[which]] ?? items[0] ?? { tag: "", label: "", on: false, help: "" });
      session.position(first, tops[which], Math.min(tops[which] + height, entries.length), entries.length, column - 1 + indent, column - 1 + width, row - 1, row + height, session.colour("menubox_border2"), session.colour("menubox_border"), { percent: counted[which] });
      counted[which] ||= first !== 0 || tops[which] + height < entries.length;
      session.region(which === 0 ? "LEFTLIST" : "RIGHTLIST", { row, column: column - 1, height, width: width + 2 }, true);
    }
    yield* session.show();
    const key = yield* session.key();
    if (key === undefined) return TIMEOUT;
    let hit = pressed(key);
    if (hit < 0 && session.settings.visitItems) hit = buttonOf(buttons, key);
    if (hit >= 0 || key === "ENTER") {
      const status = hit >= 0 ? (buttons[hit]?.status ?? OK) : entered(session, buttons, button);
      const marked = options.has("reorder") ? [...sides[0], ...sides[1]] : items;
      if (status === HELP) {
        const help = helpAnswer(session, current);
        session.add(`HELP ${help.text}`);
        if (options.has("help-status")) chosen(session, marked);
        session.addLastKey();
        return help.status;
      }
      if (status === OK || status === EXTRA) {
        chosen(session, marked);
        session.addLastKey();
      }
      return status;
    }
    if (key === "ESC") return ESC;
    if (key === "END-OF-INPUT") return ERROR;
    const which = side();
    const entries = sides[which];
    const at = current === undefined ? -1 : entries.indexOf(current);
    const mouse = /^(LEFT|RIGHT)LIST(\d+)$/.exec(key);
    if (mouse) {
      const clicked = mouse[1] === "LEFT" ? 0 : 1;
      const item = sides[clicked][tops[clicked] + Number(mouse[2])];
      if (!item) continue;
      current = item;
    }
    if (key === " " || mouse) {
      const from = side();
      if (!current) continue;
      const item = current;
      const index = sides[from].indexOf(item);
      current = sides[from][index + 1] ?? sides[from][index - 1] ?? item;
      item.on = !item.on;
      sides[0] = items.filter((one) => !one.on);
      sides[1] = options.has("reorder") ? (item.on ? [...sides[1], item] : sides[1].filter((one) => one !== item)) : items.filter((one) => one.on);
    } else if (key === "TAB" || key === "RIGHT") button = (button + 1) % buttons.length;
    else if (key === "BACKTAB" || key === "LEFT") button = (button + buttons.length - 1) % buttons.length;
    else if (key === "^" || key === "$") {
      const other = sides[key === "^" ? 0 : 1];
      const index = current === undefined ? 0 : items.indexOf(current);
      const nearest = [...other].sort((one, two) => Math.abs(items.indexOf(one) - index) - Math.abs(items.indexOf(two) - index))[0];
      current = nearest ?? current;
    } else if (key === "HOME") current = entries[0] ?? current;
    else if (key === "END") current = entries.at(-1) ?? current;
    else if (key === "UP" || key === "-" || key === "PREVIOUS") current = entries[Math.max(0, at - 1)] ?? current;
    else if (key === "DOWN" || key === "+" || key === "NEXT") current = entries[Math.min(entries.length - 1, at + 1)] ?? current;
    else if (key === "PAGEUP") current = entries[at > tops[which] ? tops[which] : Math.max(0, at - height)] ?? current;
    else if (key === "PAGEDOWN") current = entries[Math.min(entries.length - 1, at + height)] ?? current;
    else if ([...key].length === 1 && key > " ") {
      const order = [...entries.slice(at + 1), ...entries.slice(0, at + 1)];
      current = order.find((item) => item.label.charAt(0).toUpperCase() === key.toUpperCase()) ?? current;
    } else if (key !== "RESIZE") yield* session.beep();
  }
}
