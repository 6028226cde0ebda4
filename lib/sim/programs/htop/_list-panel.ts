// A list with a heading, one line of it chosen: what htop puts beside its table and on its setup screen.
import type { CellScreen } from "../kit/cell-screen.ts";

export const STYLES = { heading: "30;42", chosen: "30;46", chosenElsewhere: "30;47", key: "", label: "30;46" } as const;

export class ListPanel<Item> {
  readonly heading: string;
  readonly items: Item[];
  readonly #textOf: (item: Item) => string;
  selected: number;
  top = 0;
  #typed = "";

  constructor(heading: string, items: Item[], textOf: (item: Item) => string, selected = 0) {
    this.heading = heading;
    this.items = items;
    this.#textOf = textOf;
    this.selected = selected;
  }

  get current(): Item | undefined {
    return this.items[this.selected];
  }

  /** `focus`: the keys go to it. */
  draw(screen: CellScreen, row: number, column: number, width: number, rows: number, focus: boolean): void {
    screen.put(row, column, this.heading.slice(0, width).padEnd(width), STYLES.heading);
    const room = Math.max(0, rows - 1);
    this.selected = Math.max(0, Math.min(this.selected, this.items.length - 1));
    if (this.selected < this.top) this.top = this.selected;
    else if (this.selected >= this.top + room) this.top = this.selected - room + 1;
    for (let at = 0; at < room; at++) {
      const index = this.top + at;
      const item = this.items[index];
      const text = item === undefined ? "" : this.#textOf(item);
      screen.put(row + 1 + at, column, [...text].slice(0, width).join("").padEnd(width), index === this.selected && item !== undefined ? (focus ? STYLES.chosen : STYLES.chosenElsewhere) : "");
    }
  }

  /** True when the key was one of a list's. Letters go to the next line that begins with them. */
  key(key: string, page: number): boolean {
    switch (key) {
      case "\u001b[A": case "\u001bOA": case "\u0010": this.selected--; break;
      case "\u001b[B": case "\u001bOB": case "\u000e": this.selected++; break;
      case "\u001b[5~": this.selected -= page; break;
      case "\u001b[6~": this.selected += page; break;
      case "\u001b[H": case "\u001b[1~": case "\u001bOH": this.selected = 0; break;
      case "\u001b[F": case "\u001b[4~": case "\u001bOF": this.selected = this.items.length - 1; break;
      default: return this.#type(key);
    }
    this.#typed = "";
    this.selected = Math.max(0, Math.min(this.selected, this.items.length - 1));
    return true;
  }

  #type(key: string): boolean {
    if (!/^[\p{L}\p{N}]$/u.test(key)) return false;
    for (const typed of [this.#typed + key.toLowerCase(), key.toLowerCase()]) {
      const at = this.items.findIndex((item) => this.#textOf(item).trimStart().toLowerCase().startsWith(typed));
      if (at < 0) continue;
      this.#typed = typed;
      this.selected = at;
      return true;
    }
    this.#typed = "";
    return true;
  }

  /** The chosen line goes one up or down. */
  move(by: number): void {
    const [item] = this.items.splice(this.selected, 1);
    if (item === undefined) return;
    this.selected = Math.max(0, Math.min(this.items.length, this.selected + by));
    this.items.splice(this.selected, 0, item);
  }
}

/** The bar below: keys as they are, what they do in reverse; the rest of the row too. */
export function drawKeyBar(screen: CellScreen, pairs: readonly (readonly [key: string, label: string])[], fill = true): number {
  const row = screen.rows - 1;
  let at = 0;
  screen.fill(row);
  for (const [key, label] of pairs) {
    at = screen.put(row, at, key, STYLES.key);
    at = screen.put(row, at, label, STYLES.label);
  }
  const end = at;
  if (fill) for (; at < screen.columns; at++) screen.put(row, at, " ", STYLES.label);
  return end;
}
