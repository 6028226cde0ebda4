// What may stand in a pane instead of its program: a clock (clock-mode), and the tree of sessions, windows and panes (choose-tree).
import type { Blocking } from "../../kernel/sys.ts";
import type { CellScreen } from "../kit/cell-screen.ts";
import { civilAtUs, strftime } from "../kit/time-format.ts";
import { UTC } from "../kit/zones.ts";
import type { Place } from "./_layout.ts";
import { panesOf } from "./_layout.ts";
import { drawLargeDigits } from "./_pane-number.ts";
import { sgrOf } from "./_options.ts";
import type { Client, Pane, Server, Session, Window } from "./_server.ts";

export interface PaneMode {
  readonly pane: Pane;
  /** Draws it and returns where the hidden cursor stands. */
  draw(screen: CellScreen, place: Place): readonly [row: number, column: number];
  key(client: Client, name: string): Blocking<void>;
  /** It is taken away. */
  left(): void;
  /** where it draws the cursor, it is to be seen */
  readonly showsCursor?: boolean;
}

const COLOURS = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"];

export class ClockMode implements PaneMode {
  readonly pane: Pane;
  readonly #server: Server;

  constructor(server: Server, pane: Pane) {
    this.#server = server;
    this.pane = pane;
  }

  draw(screen: CellScreen, place: Place): readonly [number, number] {
    const twelve = this.#server.options.get("clock-mode-style") === "12";
    const text = strftime(twelve ? "%l:%M %p" : "%H:%M", civilAtUs(UTC, this.#server.sys.clockUs("realtime")));
    const colour = Math.max(0, COLOURS.indexOf(this.#server.options.get("clock-mode-colour")));
    if (place.columns < 6 * text.length || place.rows < 6) {
      if (place.columns >= text.length && place.rows > 0) screen.put(place.row + Math.floor(place.rows / 2), place.column + Math.floor(place.columns / 2) - Math.floor(text.length / 2), text, `3${colour}`);
    } else drawLargeDigits(screen, place.row + Math.floor(place.rows / 2) - 3, place.column + Math.floor(place.columns / 2) - 3 * text.length, text, `4${colour}`);
    return [place.row, place.column];
  }

  *key(client: Client): Blocking<void> {
    this.#server.setMode(client, undefined);
    yield* [];
  }

  left(): void {
    // nothing was changed for it
  }
}

const SORTED_BY = { session: "index", window: "index", pane: "index", buffer: "time", client: "name" } as const;

export interface TreeItem {
  readonly key: string;
  readonly name: string;
  readonly text: string;
  readonly kind: "session" | "window" | "pane" | "buffer" | "client";
  readonly children: readonly TreeItem[];
  readonly choose: () => Blocking<void>;
  readonly kill: () => Blocking<void>;
  /** what the lower part shows: pictures side by side with their labels */
  readonly pictures: readonly { readonly pane: Pane; readonly label: string; readonly current: boolean }[];
  readonly lines: readonly string[];
}

interface TreeLine {
  readonly item: TreeItem;
  readonly text: string;
  readonly parent: TreeItem | undefined;
}

export class TreeMode implements PaneMode {
  readonly pane: Pane;
  readonly left: () => void;
  readonly #server: Server;
  readonly #items: () => readonly TreeItem[];
  readonly #open = new Set<string>();
  readonly #tagged = new Set<string>();
  readonly #filter: string;
  #current: string;
  #first = 0;
  #preview = true;
  #wanted = "";

  constructor(server: Server, pane: Pane, items: () => readonly TreeItem[], start: { readonly open: readonly string[]; readonly current: string; readonly filter?: string; readonly left?: () => void }) {
    this.#server = server;
    this.pane = pane;
    this.#items = items;
    for (const key of start.open) this.#open.add(key);
    this.#current = start.current;
    this.#filter = start.filter ?? "";
    this.left = start.left ?? (() => undefined);
  }

  #lines(): readonly TreeLine[] {
    const found: TreeLine[] = [];
    const visit = (items: readonly TreeItem[], indent: string, depth: number, parent: TreeItem | undefined): void => {
      const flat = items.every((item) => item.children.length === 0);
      items.forEach((item, at) => {
        const last = at === items.length - 1;
        const sign = item.children.length === 0 ? (flat ? "" : "  ") : this.#open.has(item.key) ? "- " : "+ ";
        const branch = depth === 0 ? "" : last ? "└─> " : "├─> ";
        found.push({ item, parent, text: `${indent}${branch}${sign}${item.name}${this.#tagged.has(item.key) ? "*" : ""}: ${item.text}` });
        if (this.#open.has(item.key)) visit(item.children, depth === 0 ? "" : `${indent}${last ? "    " : "│   "}`, depth + 1, item);
      });
    };
    visit(this.#items(), "", 0, undefined);
    const keys = found.map((_, at) => (at < 10 ? `(${at}) ` : at < 36 ? `(M-${String.fromCharCode(87 + at)}) ` : ""));
    const width = Math.max(0, ...keys.map((key) => key.length));
    return found.map((line, at) => ({ ...line, text: `${(keys[at] ?? "").padEnd(width)}${line.text}` }));
  }

  #at(lines: readonly TreeLine[]): number {
    return Math.max(0, lines.findIndex(({ item }) => item.key === this.#current));
  }

  draw(screen: CellScreen, place: Place): readonly [number, number] {
    const lines = this.#lines();
    const at = this.#at(lines);
    let height = place.rows;
    if (this.#preview) {
      height = Math.floor(place.rows / 3) * 2;
      if (height > lines.length) height = Math.floor(place.rows / 2);
      if (height < 10 || place.rows - height < 2) height = place.rows;
    }
    if (at < this.#first) this.#first = at;
    else if (at >= this.#first + height) this.#first = at - height + 1;
    for (let row = 0; row < place.rows; row++) screen.put(place.row + row, place.column, " ".repeat(place.columns));
    lines.slice(this.#first, this.#first + height).forEach(({ text, item }, row) => {
      const style = item.key === this.#current ? sgrOf(this.#server.options.get("mode-style")) : this.#tagged.has(item.key) ? "1" : "";
      screen.put(place.row + row, place.column, item.key === this.#current ? text.padEnd(place.columns).slice(0, place.columns) : text.slice(0, place.columns), style);
    });
    const item = lines[at]?.item;
    if (height < place.rows && item) this.#drawPreview(screen, { row: place.row + height, column: place.column, rows: place.rows - height, columns: place.columns }, item);
    return [place.row + at - this.#first, place.column];
  }

  #drawPreview(screen: CellScreen, box: Place, item: TreeItem): void {
    const title = ` ${item.name} (sort: ${SORTED_BY[item.kind]})${this.#filter === "" ? "" : ` (filter: ${this.#filter})`} `;
    screen.put(box.row, box.column, `┌${title}${"─".repeat(Math.max(0, box.columns - 2 - title.length))}┐`);
    for (let row = 1; row < box.rows - 1; row++) {
      screen.put(box.row + row, box.column, "│");
      screen.put(box.row + row, box.column + box.columns - 1, "│");
    }
    screen.put(box.row + box.rows - 1, box.column, `└${"─".repeat(Math.max(0, box.columns - 2))}┘`);
    const room = { row: box.row + 1, column: box.column + 2, rows: box.rows - 2, columns: box.columns - 4 };
    item.lines.slice(0, room.rows).forEach((line, row) => screen.put(room.row + row, room.column, line.slice(0, room.columns)));
    const count = Math.min(item.pictures.length, Math.max(1, Math.floor(room.columns / 24)));
    if (item.pictures.length === 0) return;
    const current = Math.max(0, item.pictures.findIndex((picture) => picture.current));
    const first = Math.max(0, Math.min(current < count ? 0 : current - Math.floor(count / 2), item.pictures.length - count));
    const each = Math.floor(room.columns / count);
    item.pictures.slice(first, first + count).forEach(({ pane, label, current: active }, index) => {
      const last = index === count - 1;
      const column = room.column + index * each;
      const columns = last ? room.columns - index * each : each - 1;
      drawPicture(screen, { ...room, column, columns }, pane);
      if (label !== "") drawLabel(screen, { ...room, column, columns }, ` ${label} `, active ? "31" : "34");
      if (!last) for (let row = 0; row < room.rows; row++) screen.put(room.row + row, column + columns, "│");
    });
  }

  *key(client: Client, name: string): Blocking<void> {
    const lines = this.#lines();
    const at = this.#at(lines);
    const line = lines[at];
    const go = (to: number): void => {
      this.#current = lines[Math.max(0, Math.min(lines.length - 1, to))]?.item.key ?? this.#current;
    };
    if (!line) {
      this.#server.setMode(client, undefined);
      return;
    }
    const chosen = /^\d$/.test(name) ? lines[Number(name)] : /^M-[a-z]$/.test(name) ? lines[name.charCodeAt(2) - 87] : undefined;
    if (chosen) {
      this.#server.setMode(client, undefined);
      yield* chosen.item.choose();
      return;
    }
    switch (name) {
      case "q": case "Escape": case "C-c": case "C-g": this.#server.setMode(client, undefined); break;
      case "Enter":
        this.#server.setMode(client, undefined);
        yield* line.item.choose();
        break;
      case "Up": case "k": case "C-p": go(at === 0 ? lines.length - 1 : at - 1); break;
      case "Down": case "j": case "C-n": go(at === lines.length - 1 ? 0 : at + 1); break;
      case "PPage": case "C-b": go(at - 10); break;
      case "NPage": case "C-f": go(at + 10); break;
      case "Home": case "g": go(0); break;
      case "End": case "G": go(lines.length - 1); break;
      case "Right": case "l": case "+":
        if (line.item.children.length > 0 && !this.#open.has(line.item.key)) this.#open.add(line.item.key);
        else go(at + 1);
        break;
      case "Left": case "h": case "-":
        if (!this.#open.delete(line.item.key) && line.parent) {
          this.#open.delete(line.parent.key);
          this.#current = line.parent.key;
        }
        break;
      case "M-+": for (const { item } of lines) this.#open.add(item.key); break;
      case "M--":
        this.#open.clear();
        this.#current = lines.find(({ parent }) => !parent)?.item.key ?? this.#current;
        break;
      case "v": this.#preview = !this.#preview; break;
      case "t":
        if (!this.#tagged.delete(line.item.key)) this.#tagged.add(line.item.key);
        go(at + 1);
        break;
      case "T": this.#tagged.clear(); break;
      case "x": case "d": this.#confirm(client, line.item.kind === "buffer" || line.item.kind === "client" ? "" : `Kill ${line.item.kind} ${line.item.name}? `, [line.item]); break;
      case "X": case "D": {
        const tagged = lines.filter(({ item }) => this.#tagged.has(item.key)).map(({ item }) => item);
        if (tagged.length > 0) this.#confirm(client, line.item.kind === "buffer" || line.item.kind === "client" ? "" : `Kill ${tagged.length} tagged? `, tagged);
        break;
      }
      case "/": case "C-s":
        this.#server.ask(client, "(search) ", "", false, (typed) => this.#search(typed));
        break;
      case "n": yield* this.#search(this.#wanted); break;
      default:
    }
  }

  #confirm(client: Client, question: string, items: readonly TreeItem[]): void {
    const kill = function* (answer: string): Blocking<void> {
      if (answer === "y" || answer === "Y" || answer === "\r") for (const item of items) yield* item.kill();
    };
    if (question !== "") {
      this.#server.ask(client, question, "", true, kill);
      return;
    }
    for (const item of items) this.#server.later(item.kill);
  }

  /** The next line that has the text in its name or in what is said of it; the tree opens for it. */
  *#search(typed: string): Blocking<void> {
    if (typed === "") return;
    this.#wanted = typed;
    const lines = this.#lines();
    const at = this.#at(lines);
    for (let step = 1; step <= lines.length; step++) {
      const line = lines[(at + step) % lines.length];
      if (!line || !`${line.item.name} ${line.item.text}`.includes(typed)) continue;
      this.#current = line.item.key;
      break;
    }
    yield* [];
  }
}

/** A part of the pane around its cursor. */
function drawPicture(screen: CellScreen, room: Place, { grid }: Pane): void {
  const from = (cursor: number, size: number, shown: number): number => (cursor < shown / 3 ? 0 : Math.max(0, Math.min(cursor - Math.floor(shown / 3), size - shown)));
  const left = grid.cursorVisible ? from(grid.cursor.column, grid.columns, room.columns) : 0;
  const top = grid.cursorVisible ? from(grid.cursor.row, grid.rows, room.rows) : 0;
  for (let row = 0; row < Math.min(room.rows, grid.rows); row++) {
    const cells = grid.cells[top + row] ?? [];
    for (let column = 0; column < Math.min(room.columns, grid.columns); column++) {
      const cell = cells[left + column];
      const cursor = grid.cursorVisible && top + row === grid.cursor.row && left + column === grid.cursor.column;
      if (cell && (cell.text !== "" || cursor)) screen.put(room.row + row, room.column + column, cell.text || " ", cursor ? "7" : cell.style);
    }
  }
}

/** The name of a picture in a box in its middle, when there is room. */
function drawLabel(screen: CellScreen, room: Place, label: string, style: string): void {
  const { length } = label;
  if (length === 0 || length > room.columns) return;
  const column = room.column + Math.floor((room.columns - length + 1) / 2);
  const row = room.row + Math.floor((room.rows + 1) / 2);
  if (column - room.column > 1 && column - room.column + length < room.columns - 1 && room.rows >= 3) {
    screen.put(row - 1, column - 1, `┌${"─".repeat(length)}┐`, style);
    screen.put(row, column - 1, "│", style);
    screen.put(row, column + length, "│", style);
    screen.put(row + 1, column - 1, `└${"─".repeat(length)}┘`, style);
  }
  screen.put(row, column, label, style);
}

interface TreeSource {
  readonly server: Server;
  readonly client: Client;
  readonly only: (session: Session, window: Window, pane: Pane) => boolean;
}

/** The tree of choose-tree: all sessions with their windows, and their panes where there are several. */
export function sessionTree({ server, client, only }: TreeSource, describe: (kind: "session" | "window" | "pane", session: Session, number: number, window: Window, pane: Pane) => string): readonly TreeItem[] {
  const choose = (session: Session, number: number | undefined, pane: Pane | undefined) => function* (): Blocking<void> {
    if (client.session !== session) server.showSession(client, session);
    if (number !== undefined) server.selectWindow(session, number);
    const window = server.windowOf(session);
    if (window && pane) server.selectPane(window, pane);
    yield* [];
  };
  return [...server.sessions].sort((a, b) => a.id - b.id).flatMap((session) => {
    const windows = [...session.windows].sort(([a], [b]) => a - b).flatMap(([number, window]): TreeItem[] => {
      const panes = panesOf(window.layout);
      if (!panes.some((pane) => only(session, window, pane))) return [];
      const children = panes.length < 2 ? [] : panes.map((pane, index): TreeItem => ({
        key: `%${pane.id}`, name: String(index), text: describe("pane", session, number, window, pane), kind: "pane", children: [], lines: [], choose: choose(session, number, pane), kill: () => server.removePane(pane), pictures: [{ pane, label: "", current: true }],
      }));
      return [{
        key: `@${window.id}`, name: String(number), text: describe("window", session, number, window, window.active), kind: "window", children, lines: [], choose: choose(session, number, undefined), kill: () => server.killWindow(window),
        pictures: panes.map((pane, index) => ({ pane, label: String(index), current: pane === window.active })),
      }];
    });
    const window = server.windowOf(session);
    if (!window || windows.length === 0) return [];
    return [{
      key: `$${session.id}`, name: session.name, text: describe("session", session, session.current, window, window.active), kind: "session" as const, children: windows, lines: [], choose: choose(session, undefined, undefined), kill: () => server.removeSession(session),
      pictures: [...session.windows].sort(([a], [b]) => a - b).map(([number, one]) => ({ pane: one.active, label: `${number}:${one.name}`, current: number === session.current })),
    }];
  });
}
