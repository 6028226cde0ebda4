// C-a ": the windows of screen on the whole screen, one of them to choose (screen(1), windowlist).
import type { Blocking } from "../../kernel/sys.ts";
import type { CellScreen } from "../kit/cell-screen.ts";
import type { Place } from "../tmux/_layout.ts";
import type { PaneMode } from "../tmux/_pane-modes.ts";
import type { Client, Pane, Server, Session } from "../tmux/_server.ts";

/** The heading and an empty row. */
const HEADING_ROWS = 2;

export class WindowList implements PaneMode {
  readonly pane: Pane;
  readonly showsCursor = true;
  readonly #server: Server;
  readonly #session: Session;
  #at: number;

  constructor(server: Server, session: Session, pane: Pane) {
    this.#server = server;
    this.#session = session;
    this.pane = pane;
    this.#at = Math.max(0, this.#numbers().indexOf(session.current));
  }

  #numbers(): readonly number[] {
    return [...this.#session.windows.keys()].sort((a, b) => a - b);
  }

  draw(screen: CellScreen, place: Place): readonly [row: number, column: number] {
    const room = Math.max(1, place.rows - HEADING_ROWS);
    const first = Math.max(0, this.#at - room + 1);
    screen.put(place.row, place.column, " Num Name".padEnd(place.columns - 5) + "Flags");
    this.#numbers().slice(first, first + room).forEach((number, row) => {
      const text = `${String(number).padStart(4)} ${this.#session.windows.get(number)?.name ?? ""}`;
      screen.put(place.row + HEADING_ROWS + row, place.column, `${text.padEnd(place.columns - 1)}$`, first + row === this.#at ? "7" : "");
    });
    return [place.row + HEADING_ROWS + this.#at - first, place.column];
  }

  *key(client: Client, name: string): Blocking<void> {
    const numbers = this.#numbers();
    if (name === "Up" || name === "k" || name === "C-p") this.#at = Math.max(0, this.#at - 1);
    else if (name === "Down" || name === "j" || name === "C-n") this.#at = Math.min(numbers.length - 1, this.#at + 1);
    else if (/^\d$/.test(name) && numbers.includes(Number(name))) this.#at = numbers.indexOf(Number(name));
    else if (name === "Enter" || name === "Space") {
      this.#server.setMode(client, undefined);
      this.#server.selectWindow(this.#session, numbers[this.#at] ?? this.#session.current);
    } else if (name === "Escape" || name === "C-g" || name === "C-c" || name === "q") this.#server.setMode(client, undefined);
    yield* [];
  }

  left(): void {
    // nothing was changed for it
  }
}
