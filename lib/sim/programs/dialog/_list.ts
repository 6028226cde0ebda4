// Lists of entries: --menu, --inputmenu, --checklist, --radiolist, --treeview. They differ in what stands before an entry and in what Space does.

import type { Blocking } from "../../kernel/sys.ts";
import { buttonOf, buttonsWidth, defaultButton, drawButtons, entered, okCancel, pressed } from "./_buttons.ts";
import { Line } from "./_line.ts";
import { type Button, ERROR, ESC, EXTRA, HELP, ITEM_HELP, OK, type Place, type Session, TIMEOUT, columnsOf } from "./_session.ts";
import type { Size } from "./_text.ts";

export interface Item {
  readonly tag: string;
  readonly label: string;
  on: boolean;
  readonly help: string;
  readonly depth?: number;
}

export type ListKind = "menu" | "inputmenu" | "checklist" | "radiolist" | "treeview";

/** What a list is wide with its frame: tags, labels, and what stands before them. */
export function listWidth(session: Session, items: readonly Item[]): number {
  const noItems = session.options.has("no-items");
  return Math.max(0, ...items.map((item) => columnsOf(item.tag))) + (noItems ? 0 : Math.max(0, ...items.map((item) => columnsOf(item.label))));
}

/** The answer of the Help button about an entry. Returns its status. */
export function helpAnswer(session: Session, item: Item | undefined): { readonly status: number; readonly text: string } {
  if (session.options.has("item-help") && item !== undefined && item.help !== "") return { status: session.options.has("help-tags") ? HELP : ITEM_HELP, text: session.options.has("help-tags") ? item.tag : item.help };
  return { status: HELP, text: item?.tag ?? "" };
}

interface Layout {
  readonly place: Place;
  readonly row: number;
  readonly column: number;
  readonly height: number;
  readonly width: number;
  readonly checkColumn: number;
  readonly itemColumn: number;
}

class List {
  readonly session: Session;
  readonly items: readonly Item[];
  readonly kind: ListKind;
  readonly buttons: readonly Button[];
  choice = 0;
  top = 0;
  button: number;
  layout: Layout | undefined;
  /** the entry whose text is changed (--inputmenu) */
  editing: Line | undefined;

  constructor(session: Session, kind: ListKind, items: readonly Item[]) {
    this.session = session;
    this.kind = kind;
    this.items = items;
    this.buttons = okCancel(session);
    const wanted = session.options.text("default-item");
    this.choice = wanted === undefined ? 0 : Math.max(0, items.findIndex((item) => item.tag === wanted));
    this.button = session.settings.visitItems ? -1 : defaultButton(session, this.buttons);
  }

  get rowsOfItem(): number {
    return this.kind === "inputmenu" ? 3 : 1;
  }

  get shown(): number {
    return Math.min(Math.floor((this.layout?.height ?? 1) / this.rowsOfItem), this.items.length);
  }

  arrange(text: string, asked: Size, askedHeight: number): void {
    const { session, items, kind } = this;
    const letters = session.letters(text);
    const { options } = session;
    const minimum = Math.max(26, listWidth(session, items) + 10);
    let size = session.size(letters, asked, 6 + askedHeight, minimum);
    if (askedHeight === 0) {
      const free = session.room.rows - (options.begin?.row ?? 0) - size.height;
      size = { width: size.width, height: size.height + (free > 0 ? Math.min(free, items.length) : 0) };
    }
    const place = session.place({ height: size.height, width: buttonsWidth(session, this.buttons, size.width) });
    const last = session.box(place, letters);
    const width = place.width - (kind === "treeview" ? 4 : 6);
    const height = Math.max(1, place.height - 6 - last);
    const column = Math.trunc((place.width - width) / 2) - 1;
    const row = last + 1;
    session.canvas.frame(place.row + row, place.column + column, height + 2, width + 2, session.colour("menubox_border"), session.colour("menubox_border2"), session.colour("menubox_border"));
    const [tags, labels] = [Math.max(0, ...items.map((item) => columnsOf(item.tag))), Math.max(0, ...items.map((item) => columnsOf(item.label)))];
    const [noTags, noItems] = [options.has("no-tags") || kind === "treeview", options.has("no-items")];
    let use = width - (kind === "menu" || kind === "inputmenu" ? 2 : kind === "treeview" ? 4 : 6);
    let tagWidth = tags;
    let total: number;
    if (kind === "treeview") total = Math.min(width, Math.max(0, ...items.map((item) => 3 * (item.depth ?? 0))) + (noItems ? tags : labels));
    else if (noTags) total = Math.min(kind === "menu" ? use : width, labels);
    else if (noItems) total = Math.min(kind === "menu" ? use : width, tags);
    else {
      let labelWidth = labels;
      if (use > 0 && labels + tags > use) {
        const need = Math.trunc((kind === "menu" || kind === "inputmenu" ? 0.3 : 0.25) * use);
        if (tags > need) tagWidth = Math.max(Math.trunc((use * tags) / (labels + tags)), need);
        labelWidth = use - tagWidth;
      }
      total = labelWidth + tagWidth;
    }
    use = Math.max(use, 0);
    const checkColumn = kind === "inputmenu" ? 0 : Math.max(0, Math.trunc((use - total) / 2));
    const itemColumn = (noTags || noItems ? 0 : 2 + tagWidth) + checkColumn + (kind === "menu" || kind === "inputmenu" ? 0 : 4);
    this.layout = { place, row: place.row + row + 1, column: place.column + column + 1, height, width, checkColumn, itemColumn };
    this.keepVisible();
  }

  keepVisible(): void {
    const { shown } = this;
    if (this.choice < this.top) this.top = this.choice;
    if (this.choice >= this.top + shown) this.top = Math.max(0, this.choice - shown + 1);
    this.top = Math.max(0, Math.min(this.top, this.items.length - shown));
  }

  draw(): void {
    const { session, layout, kind } = this;
    if (!layout) return;
    const { canvas } = session;
    const { place } = layout;
    for (let at = 0; at < this.shown; at++) this.#item(layout, this.top + at, layout.row + at * this.rowsOfItem);
    session.hint(place, true);
    const left = kind === "menu" || kind === "inputmenu" ? layout.column - 1 : layout.column - 1 + layout.checkColumn;
    session.position(this.top, this.top, this.top + this.shown, this.items.length, left, layout.column - 1 + layout.width, layout.row - 1, layout.row + layout.height, session.colour("menubox_border2"), session.colour("menubox_border"));
    session.region("ITEM", { row: layout.row, column: layout.column - 1, height: layout.height, width: layout.width + 2 }, true);
    drawButtons(session, place, this.buttons, this.button, true);
    if (this.editing) {
      const row = layout.row + (this.choice - this.top) * this.rowsOfItem + 1;
      this.editing.draw(session, row, layout.column + layout.itemColumn + 1, layout.width - layout.itemColumn - 3, session.colour("inputbox"));
    } else if (this.button < 0) {
      const row = layout.row + (this.choice - this.top) * this.rowsOfItem + (kind === "inputmenu" ? 1 : 0);
      canvas.moveCursor(row, layout.column + layout.checkColumn + (kind === "menu" || kind === "inputmenu" ? 0 : 1));
    }
  }

  #item(layout: Layout, index: number, row: number): void {
    const { session, kind } = this;
    const { canvas, options } = session;
    const item = this.items[index];
    if (!item) return;
    const selected = index === this.choice;
    const box = kind === "inputmenu";
    const { column, width } = layout;
    const limit = column + width;
    const [noTags, noItems] = [options.has("no-tags") || kind === "treeview", options.has("no-items")];
    const ink = session.colour(selected ? "item_selected" : "item");
    canvas.fill(row, column, this.rowsOfItem, width, box ? ink : session.colour("menubox"));
    const line = box ? row + 1 : row;
    let marked = options.has("no-hot-list");
    const put = (at: number, text: string, most: number): void => {
      if (marked) {
        canvas.put(line, at, text, ink, most);
        return;
      }
      marked = true;
      const [first = "", ...rest] = text;
      const next = canvas.put(line, at, first, session.colour(selected ? "tag_key_selected" : "tag_key"), most);
      canvas.put(line, next, rest.join(""), session.colour(selected ? "tag_selected" : "tag"), most);
    };
    if (kind !== "menu" && !box) {
      const check = session.colour(selected ? "check_selected" : "check");
      const [open, close] = kind === "checklist" ? ["[", "]"] : ["(", ")"];
      canvas.put(line, column + layout.checkColumn, `${open}${item.on ? "*" : " "}${close}`, check);
      for (let depth = 0; depth < (item.depth ?? 0); depth++) canvas.put(line, column + layout.itemColumn + 3 * depth, "│  ", ink, limit);
    }
    const indent = 3 * (item.depth ?? 0);
    if (!noTags && !noItems) put(column + layout.checkColumn + (kind === "menu" || box ? 0 : 4), item.tag, column + layout.itemColumn - 2);
    if (box) {
      const frame = this.editing && selected ? session.colour("dialog") : ink;
      canvas.frame(row, column + layout.itemColumn, 3, width - 1 - layout.itemColumn - layout.checkColumn, frame, frame, frame);
      put(column + layout.itemColumn + 1, item.label, limit - 2);
    } else put(column + layout.itemColumn + indent, noItems ? item.tag : item.label, limit);
    if (selected) session.itemHelp(item.help);
  }

  /** Moves as a key says. False: it is no such key. */
  move(key: string): boolean {
    const count = this.items.length;
    const at = this.choice - this.top;
    let to: number;
    switch (key) {
      case "HOME": to = 0; break;
      case "END": to = count - 1; break;
      case "PAGEUP": to = at > 0 ? this.top : Math.max(0, this.top - this.shown); break;
      case "PAGEDOWN": to = Math.min(this.choice + this.shown, count - 1); break;
      case "UP": case "-": case "PREVIOUS": to = Math.max(0, this.choice - 1); break;
      case "DOWN": case "+": case "NEXT": to = Math.min(count - 1, this.choice + 1); break;
      default: return false;
    }
    this.choice = to;
    this.keepVisible();
    return true;
  }

  /** The next entry that begins with the letter, or the line of a digit. */
  jump(key: string): boolean {
    if ([...key].length !== 1 || key <= " ") return false;
    const count = this.items.length;
    const noTags = this.session.options.has("no-tags") || this.kind === "treeview";
    if (!this.session.options.has("no-hot-list") && (!this.session.settings.visitItems || this.button < 0)) for (let step = 1; step <= count; step++) {
      const index = (this.choice + step) % count;
      const item = this.items[index];
      const text = noTags ? item?.label : item?.tag;
      if ((text ?? "").charAt(0).toUpperCase() === key.toUpperCase()) {
        this.choice = index;
        this.keepVisible();
        return true;
      }
    }
    if (/^[1-9]$/.test(key) && Number(key) <= this.shown) {
      this.choice = this.top + Number(key) - 1;
      return true;
    }
    return false;
  }

  toggle(): void {
    const item = this.items[this.choice];
    if (!item) return;
    if (this.kind === "checklist") item.on = !item.on;
    else for (const [index, one] of this.items.entries()) one.on = index === this.choice;
  }

  turn(by: number): void {
    const least = this.session.settings.visitItems ? -1 : 0;
    const count = this.buttons.length - least;
    this.button = ((this.button - least + by + count) % count) + least;
  }
}

export function* listBox(session: Session, kind: ListKind, text: string, asked: Size, askedHeight: number, items: readonly Item[]): Blocking<number> {
  const list = new List(session, kind, items);
  if (kind === "radiolist" || kind === "treeview") {
    const first = items.findIndex((item) => item.on);
    for (const [index, item] of items.entries()) item.on = index === first;
  }
  const menu = kind === "menu" || kind === "inputmenu";
  for (;;) {
    list.arrange(text, asked, askedHeight);
    list.draw();
    yield* session.show();
    const key = yield* session.key();
    if (key === undefined) return TIMEOUT;
    if (list.editing) {
      if (list.editing.edit(key) || key === "RESIZE") continue;
      const line = list.editing;
      list.editing = undefined;
      if (key !== "ENTER") continue;
      session.add(`RENAMED ${items[list.choice]?.tag ?? ""} ${line.text}`);
      session.addLastKey();
      return EXTRA;
    }
    let hit = pressed(key);
    if (hit < 0 && list.session.settings.visitItems && list.button >= 0) hit = buttonOf(list.buttons, key);
    if (hit >= 0 || key === "ENTER") {
      if (hit >= 0) list.button = hit;
      const status = hit >= 0 ? (list.buttons[hit]?.status ?? OK) : entered(session, list.buttons, list.button);
      if (kind === "inputmenu" && status === EXTRA) {
        list.editing = new Line(items[list.choice]?.label ?? "", session.options.number("max-input") || undefined);
        list.editing.cursor = 0;
        continue;
      }
      return finish(session, kind, list, status);
    }
    if (key === "ESC") return ESC;
    if (key === "END-OF-INPUT") return ERROR;
    if (key.startsWith("ITEM")) {
      const index = list.top + Math.floor(Number(key.slice(4)) / list.rowsOfItem);
      if (index < items.length) list.choice = index;
      if (index < items.length && !menu) list.toggle();
      continue;
    }
    if (key === " " && !menu) list.toggle();
    else if (key === "TAB" || key === "RIGHT") list.turn(1);
    else if (key === "BACKTAB" || key === "LEFT") list.turn(-1);
    else if (!list.jump(key) && !list.move(key) && key !== "RESIZE") yield* session.beep();
  }
}

function finish(session: Session, kind: ListKind, list: List, status: number): number {
  const item = list.items[list.choice];
  if (status === HELP) {
    const help = helpAnswer(session, item);
    if (kind === "menu" || kind === "inputmenu" || !session.options.has("help-status")) {
      session.add(`HELP ${help.text}`);
      session.addLastKey();
      return help.status;
    }
    session.add(`HELP ${session.options.has("separate-output") ? help.text : session.quoted(help.text)}`);
    chosen(session, list.items);
    session.addLastKey();
    return help.status;
  }
  if (status === OK || status === EXTRA) {
    if (kind === "menu" || kind === "inputmenu") session.add(session.options.has("quoted") ? session.quoted(item?.tag ?? "") : (item?.tag ?? ""));
    else chosen(session, list.items);
    session.addLastKey();
  }
  return status;
}

/** The tags that are marked, as an answer. */
export function chosen(session: Session, items: readonly Item[]): void {
  const { options } = session;
  for (const item of items) {
    if (!item.on) continue;
    if (session.answer !== "" || options.text("output-separator") !== undefined || options.text("separator") !== undefined) session.add(session.separator);
    session.add(options.has("separate-output") ? item.tag : session.quoted(item.tag));
  }
  if (options.has("separate-output")) session.add(session.separator);
}
