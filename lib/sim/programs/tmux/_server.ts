// The server of tmux and screen: sessions of windows of panes, each pane a terminal of its own with a program in it; draws what an attached client shows.
// The two programs differ in their keys and in what stands on the last line (`Manner`).
// (More than 400 lines: sessions, windows, panes and clients are one state that every request walks through.)
import { type Blocking, decode, encode, O, POLL, SIGNALS, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { CellScreen } from "../kit/cell-screen.ts";
import { civilAtUs, strftime } from "../kit/time-format.ts";
import { UTC } from "../kit/zones.ts";
import { TerminalGrid } from "./_terminal-grid.ts";
import { divided, type Layout, panesOf, type Place, places, resized, split, without } from "./_layout.ts";
import { CopyMode } from "./_copy-mode.ts";
import { drawPaneNumber } from "./_pane-number.ts";
import { type CommandMessage, KIND, MessagePort, parsed } from "./_messages.ts";
import { keyName } from "./_key-names.ts";
import { type OptionValues, sgrOf, TmuxOptions } from "./_options.ts";
import type { PaneMode } from "./_pane-modes.ts";

export interface Pane {
  readonly id: number;
  readonly pid: number;
  readonly master: number;
  readonly grid: TerminalGrid;
  readonly tty: string;
  dead: boolean;
  /** the name of what runs in front */
  command: string;
}

export interface Window {
  readonly id: number;
  name: string;
  automatic: boolean;
  layout: Layout<Pane>;
  active: Pane;
  lastPane: Pane | undefined;
  zoomed: boolean;
  /** which of the ready-made layouts Space gave it last */
  arrangement: number;
  readonly options: OptionValues;
  /** something was written since its name was looked at, and when that was */
  changed: boolean;
  namedUs: number;
}

/** A window's name is looked at so often at most (names.c, NAME_INTERVAL). */
const NAME_INTERVAL_US = 500_000;

export interface Session {
  readonly id: number;
  name: string;
  readonly createdUs: number;
  readonly windows: Map<number, Window>;
  current: number;
  last: number | undefined;
  /** the windows before that one, the latest first */
  lasts: readonly number[];
  /** of the terminal that shows it, and what is left beside the status line */
  height: number;
  rows: number;
  columns: number;
  readonly environment: Map<string, string>;
  readonly cwd: string;
  readonly options: OptionValues;
}

export interface Client {
  readonly port: MessagePort;
  session: Session | undefined;
  screen: CellScreen;
  prefix: boolean;
  /** a question on the last line */
  prompt: { readonly label: string; text: string; readonly single: boolean; readonly done: (answer: string) => Blocking<void> } | undefined;
  message: string;
  messageUntilUs: number;
  copy: CopyMode | undefined;
  /** a clock or a tree instead of the active pane */
  mode: PaneMode | undefined;
  /** until then keys that repeat need no prefix */
  repeatUntilUs: number;
  /** the session that it showed before */
  lastSession: Session | undefined;
  /** the sizes and numbers of the panes are shown for a while (q) */
  numbersUntilUs: number;
  cursorShown: boolean;
  command: CommandMessage;
}

/** Between two of these in a status line stand SGR parameters for what follows. */
export const STYLE_MARK = "\u0001";

/** What makes a tmux or a screen of it. */
export interface Manner {
  readonly term: string;
  /** rows that the last line takes */
  statusRows(server: Server, session: Session | undefined): number;
  isPrefix(server: Server, client: Client, key: string): boolean;
  /** a key without the prefix; true when it was a command */
  plainKey(server: Server, client: Client, key: string): Blocking<boolean>;
  /** copy mode has vi's keys */
  readonly viKeys: boolean;
  environment(server: Server, pane: number): readonly (readonly [string, string])[];
  status(server: Server, session: Session, columns: number): { readonly text: string; readonly style: string };
  /** a key after the prefix, or one that may be repeated without it; true when it meant something */
  key(server: Server, client: Client, key: string, repeated: boolean): Blocking<boolean>;
  run(server: Server, client: Client, message: CommandMessage): Blocking<void>;
  goodbye(why: "detached" | "exited", session: Session): string;
  /** messages and questions stand in reverse over what the last row has, with the cursor behind them, for so long */
  readonly overlaidUs?: () => number;

}

function cellText(layout: Layout<Pane>, room: Place): string {
  const head = `${room.columns}x${room.rows},${room.column},${room.row}`;
  if ("pane" in layout) return `${head},${layout.pane.id}`;
  const [open, close] = layout.direction === "h" ? ["{", "}"] : ["[", "]"];
  const cells = divided(layout, room).map(({ layout: inner, place }) => cellText(inner, place));
  return `${head}${open}${cells.join(",")}${close}`;
}

export class Server {
  readonly sys: Sys;
  readonly manner: Manner;
  readonly sessions: Session[] = [];
  readonly clients: Client[] = [];
  readonly socketPath: string;
  readonly #listener: number;
  #paneIds = 0;
  #windowIds = 0;
  #sessionIds = 0;
  #started = false;
  stopping = false;
  readonly options = new TmuxOptions();
  /** what was copied, the newest first */
  readonly buffers: { readonly name: string; readonly text: string; readonly createdUs: number }[] = [];
  #bufferIds = 0;
  readonly messages: string[] = [];
  readonly #later: (() => Blocking<void>)[] = [];

  constructor(sys: Sys, manner: Manner, listener: number, socketPath: string) {
    this.sys = sys;
    this.manner = manner;
    this.#listener = listener;
    this.socketPath = socketPath;
  }

  // ---- sessions, windows, panes

  newSession(name: string | undefined, message: CommandMessage, argv: readonly string[], windowName: string | undefined): Session {
    const id = this.#sessionIds++;
    const rows = Math.max(2, message.rows - this.manner.statusRows(this, undefined)), columns = message.columns;
    const session: Session = { id, name: name ?? String(id), createdUs: this.sys.clockUs("realtime"), windows: new Map(), current: 0, last: undefined, lasts: [], height: message.rows, rows, columns, environment: new Map(message.environment), cwd: message.cwd, options: new Map() };
    this.sessions.push(session);
    this.#started = true;
    this.newWindow(session, argv, windowName, true);
    return session;
  }

  newWindow(session: Session, argv: readonly string[], name: string | undefined, select: boolean, at?: number, cwd?: string): Window {
    const pane = this.#spawn(session, session.rows, session.columns, argv, cwd);
    let number = at ?? this.options.number("base-index", session.options);
    while (session.windows.has(number)) number++;
    const window: Window = { id: this.#windowIds++, name: name ?? "", automatic: name === undefined, layout: { pane }, active: pane, lastPane: undefined, zoomed: false, arrangement: -1, options: new Map(), changed: true, namedUs: 0 };
    session.windows.set(number, window);
    if (name === undefined) window.name = argv.length > 0 ? (argv[0] ?? "").replace(/^.*\//, "").split(" ")[0] ?? "" : "bash";
    if (select && session.windows.size > 1) this.selectWindow(session, number);
    else if (select) session.current = number;
    return window;
  }

  /** A pane gets a window of its own. */
  breakPane(session: Session, window: Window, pane: Pane): boolean {
    const left = without(window.layout, pane);
    if (!left) return false;
    window.layout = left;
    window.zoomed = false;
    window.active = window.lastPane && window.lastPane !== pane ? window.lastPane : (panesOf(left)[0] ?? window.active);
    window.lastPane = undefined;
    let number = this.options.number("base-index", session.options);
    while (session.windows.has(number)) number++;
    session.windows.set(number, { id: this.#windowIds++, name: window.name, automatic: true, layout: { pane }, active: pane, lastPane: undefined, zoomed: false, arrangement: -1, options: new Map(), changed: true, namedUs: 0 });
    return this.selectWindow(session, number);
  }

  /** A pane of one window goes beside another pane; the window that is left empty goes. */
  joinPane(from: { readonly session: Session; readonly number: number; readonly window: Window; readonly pane: Pane }, to: { readonly session: Session; readonly number: number; readonly window: Window; readonly pane: Pane }, direction: "h" | "v", before: boolean, select: boolean): void {
    const left = without(from.window.layout, from.pane);
    if (left) {
      from.window.layout = left;
      from.window.zoomed = false;
      if (from.window.lastPane === from.pane) from.window.lastPane = undefined;
      if (from.window.active === from.pane) from.window.active = from.window.lastPane ?? panesOf(left)[0] ?? from.window.active;
    } else this.#forgetWindow(from.session, from.number);
    to.window.layout = split(to.window.layout, to.pane, from.pane, direction, before);
    to.window.zoomed = false;
    if (select) {
      this.selectPane(to.window, from.pane);
      this.selectWindow(to.session, to.number);
    }
    this.arrange(from.session);
    if (to.session !== from.session) this.arrange(to.session);
  }

  /** A window leaves its session without its panes ending. */
  #forgetWindow(session: Session, number: number): void {
    session.windows.delete(number);
    const lasts = session.lasts.filter((one) => session.windows.has(one));
    if (session.current === number) {
      const next = lasts.shift() ?? [...session.windows.keys()].sort((a, b) => a - b).findLast((one) => one < number) ?? [...session.windows.keys()][0];
      session.current = next ?? 0;
    }
    session.lasts = lasts;
    [session.last] = lasts;
    if (this.options.get("renumber-windows", session.options) === "on") this.renumber(session);
  }

  /** Windows are numbered without gaps. */
  renumber(session: Session): void {
    const base = this.options.number("base-index", session.options);
    const old = [...session.windows].sort(([a], [b]) => a - b);
    const moved = new Map(old.map(([number], index) => [number, base + index]));
    session.windows.clear();
    for (const [number, window] of old) session.windows.set(moved.get(number) ?? number, window);
    session.current = moved.get(session.current) ?? session.current;
    session.lasts = session.lasts.flatMap((one) => moved.get(one) ?? []);
    [session.last] = session.lasts;
  }

  *killWindow(window: Window): Blocking<void> {
    for (const pane of panesOf(window.layout)) yield* this.removePane(pane);
  }

  /** The border of a pane moves by so many cells. */
  resizePane(session: Session, window: Window, pane: Pane, side: "U" | "D" | "L" | "R", by: number): void {
    window.layout = resized(window.layout, pane, side === "L" || side === "R" ? "h" : "v", side === "L" || side === "U" ? -by : by, { row: 0, column: 0, rows: session.rows, columns: session.columns });
    window.zoomed = false;
    this.arrange(session);
  }

  /** "b25d,80x24,0,0,0": a checksum and the cells (layout-custom.c). */
  layoutText(session: Session, window: Window): string {
    const body = cellText(window.layout, { row: 0, column: 0, rows: session.rows, columns: session.columns });
    let sum = 0;
    for (const char of body) sum = (((sum >> 1) + ((sum & 1) << 15)) + char.charCodeAt(0)) & 0xffff;
    return `${sum.toString(16).padStart(4, "0")},${body}`;
  }

  workingDirectory(pane: Pane): string {
    try {
      return this.sys.readlink(`/proc/${this.sys.tcgetpgrp(pane.master)}/cwd`);
    } catch (error) {
      if (error instanceof SysError) return "";
      throw error;
    }
  }

  /** Done after what is being handled now. */
  later(what: () => Blocking<void>): void {
    this.#later.push(what);
  }

  copied(text: string, name?: string): void {
    const known = this.buffers.findIndex((one) => one.name === name);
    if (known >= 0) this.buffers.splice(known, 1);
    this.buffers.unshift({ name: name ?? `buffer${this.#bufferIds++}`, text, createdUs: this.sys.clockUs("realtime") });
    this.buffers.length = Math.min(this.buffers.length, this.options.number("buffer-limit"));
  }

  /** The room beside the status line, after its options changed. */
  refit(session: Session): void {
    session.rows = Math.max(1, session.height - this.manner.statusRows(this, session));
    this.arrange(session);
  }

  selectWindow(session: Session, number: number): boolean {
    if (!session.windows.has(number)) return false;
    if (session.current !== number) {
      session.lasts = [session.current, ...session.lasts].filter((one, at, all) => one !== number && session.windows.has(one) && all.indexOf(one) === at);
      [session.last] = session.lasts;
    }
    session.current = number;
    this.arrange(session);
    return true;
  }

  splitPane(session: Session, window: Window, direction: "h" | "v", argv: readonly string[], before = false, cwd?: string): Pane | undefined {
    const place = this.#placesOf(session, window).find((one) => one.pane === window.active)?.place;
    if (!place || (direction === "h" ? place.columns < 5 : place.rows < 3)) return undefined;
    const pane = this.#spawn(session, place.rows, place.columns, argv, cwd);
    window.layout = split(window.layout, window.active, pane, direction, before);
    window.zoomed = false;
    window.lastPane = window.active;
    window.active = pane;
    this.arrange(session);
    return pane;
  }

  selectPane(window: Window, pane: Pane): void {
    if (window.active === pane) return;
    window.lastPane = window.active;
    window.active = pane;
  }

  /** The neighbour over the edge; round the other side when there is none. */
  neighbour(session: Session, window: Window, side: "U" | "D" | "L" | "R"): Pane | undefined {
    const all = this.#placesOf(session, window, true);
    const own = all.find((one) => one.pane === window.active)?.place;
    if (!own) return undefined;
    const overlaps = (place: Place): boolean => (side === "L" || side === "R" ? place.row < own.row + own.rows && own.row < place.row + place.rows : place.column < own.column + own.columns && own.column < place.column + place.columns);
    const distance = (place: Place): number => ({ L: own.column - (place.column + place.columns), R: place.column - (own.column + own.columns), U: own.row - (place.row + place.rows), D: place.row - (own.row + own.rows) })[side];
    const others = all.filter((one) => one.pane !== window.active && overlaps(one.place));
    const near = others.filter((one) => distance(one.place) >= 0).sort((a, b) => distance(a.place) - distance(b.place))[0];
    return near?.pane ?? others.sort((a, b) => distance(a.place) - distance(b.place))[0]?.pane;
  }

  windowOf(session: Session): Window | undefined {
    return session.windows.get(session.current);
  }

  #placesOf(session: Session, window: Window, whole = false): readonly { readonly pane: Pane; readonly place: Place }[] {
    const room = { row: 0, column: 0, rows: session.rows, columns: session.columns };
    return window.zoomed && !whole ? [{ pane: window.active, place: room }] : places(window.layout, room);
  }

  /** Each pane's terminal gets its size. */
  arrange(session: Session): void {
    for (const window of session.windows.values()) {
      for (const { pane, place } of this.#placesOf(session, window)) {
        if (pane.grid.rows === place.rows && pane.grid.columns === place.columns) continue;
        pane.grid.resize(place.rows, place.columns);
        try {
          this.sys.setWindowSize(pane.master, { rows: place.rows, cols: place.columns });
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
        }
      }
    }
  }

  #spawn(session: Session, rows: number, columns: number, argv: readonly string[], cwd = session.cwd): Pane {
    const { sys } = this;
    const { master, slavePath } = sys.openpt();
    sys.setCloexec(master, true);
    sys.setWindowSize(master, { rows, cols: columns });
    const id = this.#paneIds++;
    const environment = new Map(session.environment);
    environment.set("TERM", this.manner.term === "screen" ? this.options.get("default-terminal") : this.manner.term);
    for (const [name, value] of this.manner.environment(this, id)) environment.set(name, value);
    environment.delete("COLUMNS");
    environment.delete("LINES");
    const shell = environment.get("SHELL") || "/bin/sh";
    const own = argv.length === 0 && this.options.get("default-command", session.options) !== "" ? [this.options.get("default-command", session.options)] : argv;
    const pid = sys.fork(function* (child) {
      child.setsid();
      for (const fd of child.descriptors()) child.close(fd);
      yield* child.open(slavePath, O.RDWR);
      child.dup(0);
      child.dup(0);
      for (const signal of [SIGNALS.HUP, SIGNALS.INT, SIGNALS.TERM, SIGNALS.CHLD, SIGNALS.PIPE]) child.sigaction(signal, "default");
      try {
        child.chdir(cwd);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
      const base = shell.slice(shell.lastIndexOf("/") + 1);
      try {
        return yield* child.exec(shell, own.length > 0 ? [base, "-c", own.join(" ")] : [`-${base}`], environment);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        return 127;
      }
    });
    return { id, pid, master, grid: new TerminalGrid(rows, columns), tty: slavePath, dead: false, command: "" };
  }

  /** The pane, its window and its session go when they are the last. */
  *removePane(pane: Pane): Blocking<void> {
    if (!pane.dead) {
      pane.dead = true;
      try {
        this.sys.kill(-pane.pid, SIGNALS.HUP);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
      this.sys.close(pane.master);
    }
    for (const session of [...this.sessions]) {
      for (const [number, window] of session.windows) {
        if (!panesOf(window.layout).includes(pane)) continue;
        const left = without(window.layout, pane);
        if (left) {
          window.layout = left;
          window.zoomed = false;
          if (window.lastPane === pane) window.lastPane = undefined;
          if (window.active === pane) window.active = window.lastPane ?? panesOf(left)[0] ?? window.active;
          this.arrange(session);
          continue;
        }
        this.#forgetWindow(session, number);
        if (session.windows.size === 0) yield* this.removeSession(session);
      }
    }
  }

  *removeSession(session: Session): Blocking<void> {
    const at = this.sessions.indexOf(session);
    if (at < 0) return;
    this.sessions.splice(at, 1);
    for (const client of [...this.clients]) if (client.session === session) yield* this.dismiss(client, "exited");
    for (const window of [...session.windows.values()]) for (const pane of panesOf(window.layout)) yield* this.removePane(pane);
  }

  // ---- clients

  *attach(client: Client, session: Session): Blocking<void> {
    client.session = session;
    yield* client.port.send(KIND.ATTACHED, "");
    client.screen.forget();
  }

  *dismiss(client: Client, why: "detached" | "exited"): Blocking<void> {
    const { session } = client;
    client.session = undefined;
    if (session) yield* client.port.send(KIND.EXIT, this.manner.goodbye(why, session));
  }

  *reply(client: Client, out: string, error = "", status = error === "" ? 0 : 1): Blocking<void> {
    if (client.session) {
      const said = error.trimEnd().split("\n")[0] ?? "";
      if (out !== "") this.viewText(client, out);
      if (said !== "") this.show(client, said.charAt(0).toUpperCase() + said.slice(1));
      return;
    }
    yield* client.port.send(KIND.REPLY, { out, error, status });
  }

  show(client: Client, text: string): void {
    client.message = text;
    client.messageUntilUs = this.sys.clockUs("monotonic") + (this.manner.overlaidUs?.() ?? this.options.number("display-time") * 1000);
    this.log(client, `message: ${text}`);
  }

  /** For show-messages. */
  log(client: Client, text: string): void {
    this.messages.unshift(`${strftime("%H:%M", civilAtUs(UTC, this.sys.clockUs("realtime")))}: ${client.command.tty} ${text}`);
    this.messages.length = Math.min(this.messages.length, this.options.number("message-limit"));
  }

  /** What a command printed stands in the active pane until q. */
  viewText(client: Client, text: string): void {
    const window = client.session && this.windowOf(client.session);
    if (!window) return;
    const { grid } = window.active;
    const shown = new TerminalGrid(grid.rows, grid.columns);
    shown.feed(encode(text.replace(/\n$/, "").replaceAll("\n", "\r\n")));
    this.setMode(client, undefined);
    window.changed = true;
    client.copy = new CopyMode(shown, this.#viKeys(window), grid);
  }

  /** A clock or a tree takes the place of the active pane, or leaves it. */
  setMode(client: Client, mode: PaneMode | undefined): void {
    client.mode?.left();
    client.mode = mode;
    if (mode) client.copy = undefined;
    const window = client.session && this.windowOf(client.session);
    if (window) window.changed = true;
  }

  #viKeys(window: Window): boolean {
    return this.manner.viKeys || this.options.get("mode-keys", window.options) === "vi";
  }

  /** Draws everything again at its next turn. */
  showSession(client: Client, session: Session): void {
    if (client.session !== session) client.lastSession = client.session;
    client.session = session;
    client.copy = undefined;
    this.setMode(client, undefined);
    session.height = client.screen.rows;
    session.columns = client.screen.columns;
    this.refit(session);
    client.screen.forget();
  }

  ask(client: Client, label: string, text: string, single: boolean, done: (answer: string) => Blocking<void>): void {
    client.prompt = { label, text, single, done };
  }

  // ---- the loop

  *serve(): Blocking<number> {
    const { sys } = this;
    for (const signal of [SIGNALS.HUP, SIGNALS.INT, SIGNALS.QUIT, SIGNALS.PIPE]) sys.sigaction(signal, "ignore");
    sys.sigaction(SIGNALS.CHLD, "catch");
    sys.sigaction(SIGNALS.TERM, "catch");
    while (!this.stopping && (this.sessions.length > 0 || !this.#started || this.clients.length > 0)) {
      const masters = this.#panes();
      const attached = this.clients.some((client) => client.session);
      const nowUs = sys.clockUs("monotonic");
      const wake = Math.min(attached ? 15_000_000 : Infinity, ...this.clients.filter((client) => client.numbersUntilUs > nowUs).map((client) => client.numbersUntilUs - nowUs), ...this.sessions.flatMap((session) => [...session.windows.values()].filter((window) => window.changed).map((window) => Math.max(1000, window.namedUs + NAME_INTERVAL_US - nowUs))), ...this.clients.filter((client) => client.message !== "").map((client) => Math.max(1000, client.messageUntilUs - nowUs)));
      try {
        const ready = yield* sys.poll([{ fd: this.#listener, events: POLL.IN }, ...this.clients.map((client) => ({ fd: client.port.fd, events: POLL.IN })), ...masters.map((pane) => ({ fd: pane.master, events: POLL.IN }))], Number.isFinite(wake) ? wake : null);
        for (const { fd } of ready) {
          if (fd === this.#listener) {
            const { fd: made } = yield* sys.accept(fd);
            sys.setCloexec(made, true);
            this.clients.push({ port: new MessagePort(sys, made), session: undefined, screen: new CellScreen(24, 80), prefix: false, prompt: undefined, message: "", messageUntilUs: 0, copy: undefined, mode: undefined, repeatUntilUs: 0, lastSession: undefined, numbersUntilUs: 0, cursorShown: true, command: { words: [], tty: "", cwd: "/", environment: [], rows: 24, columns: 80, terminal: false } });
            continue;
          }
          const client = this.clients.find((one) => one.port.fd === fd);
          if (client) yield* this.#fromClient(client);
          else {
            const pane = masters.find((one) => one.master === fd);
            if (pane && !pane.dead) yield* this.#fromPane(pane);
          }
        }
      } catch (error) {
        if (!(error instanceof SysError) || error.errno !== "EINTR") throw error;
      }
      if (sys.takeSignals().includes(SIGNALS.TERM)) this.stopping = true;
      for (let waited = yield* this.#reap(); waited !== undefined; waited = yield* this.#reap()) {
        const ended = waited;
        const pane = this.#panes().find((one) => one.pid === ended);
        if (pane) {
          yield* this.#drain(pane);
          yield* this.removePane(pane);
        }
      }
      for (const session of this.sessions) yield* this.#names(session);
      for (let next = this.#later.shift(); next; next = this.#later.shift()) yield* next();
      for (const client of [...this.clients]) {
        if (client.port.ended) {
          sys.close(client.port.fd);
          this.clients.splice(this.clients.indexOf(client), 1);
        } else if (client.session) yield* this.draw(client);
      }
      if (sys.charge(200)) yield* sys.preempt();
    }
    // they see the connection end
    for (const client of this.clients) client.session = undefined;
    for (const session of [...this.sessions]) yield* this.removeSession(session);
    // tmux leaves its socket where it is
    if (this.manner.viKeys) try {
      sys.unlink(this.socketPath);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
    return 0;
  }

  #panes(): Pane[] {
    return this.sessions.flatMap((session) => [...session.windows.values()].flatMap((window) => panesOf(window.layout)));
  }

  *#reap(): Blocking<number | undefined> {
    try {
      return (yield* this.sys.waitpid(-1, { nohang: true }))?.pid;
    } catch (error) {
      if (error instanceof SysError) return undefined;
      throw error;
    }
  }

  *#fromPane(pane: Pane): Blocking<void> {
    let bytes: Uint8Array;
    try {
      bytes = yield* this.sys.read(pane.master, 32_768);
    } catch (error) {
      if (!(error instanceof SysError) || error.errno === "EINTR") throw error;
      bytes = new Uint8Array(0);
    }
    if (bytes.length === 0) {
      yield* this.removePane(pane);
      return;
    }
    this.touch(pane);
    if (this.sys.charge(bytes.length >> 3)) yield* this.sys.preempt();
    const answer = pane.grid.feed(bytes);
    if (answer !== "") yield* this.type(pane, encode(answer));
  }

  /** Its window's name may be another one now. */
  touch(pane: Pane): void {
    for (const session of this.sessions) for (const window of session.windows.values()) if (window.active === pane) window.changed = true;
  }

  /** What it wrote before it ended. */
  *#drain(pane: Pane): Blocking<void> {
    for (let turn = 0; turn < 64 && !pane.dead; turn++) {
      const ready = yield* this.sys.poll([{ fd: pane.master, events: POLL.IN }], 0);
      if (!ready.some((one) => one.revents & POLL.IN)) return;
      yield* this.#fromPane(pane);
    }
  }

  *type(pane: Pane, bytes: Uint8Array): Blocking<void> {
    if (pane.dead) return;
    try {
      yield* this.sys.write(pane.master, bytes);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }

  *#fromClient(client: Client): Blocking<void> {
    yield* client.port.fill();
    for (let message = client.port.take(); message !== undefined; message = client.port.take()) {
      if (message.kind === KIND.COMMAND) {
        const { words = [], tty = "", cwd = "/", environment = [], rows = 24, columns = 80, terminal = false } = parsed<CommandMessage>(message.body);
        // whoever may write to the socket may write nonsense
        client.command = {
          words: Array.isArray(words) ? words.map(String) : [], tty: String(tty), cwd: String(cwd), environment: Array.isArray(environment) ? environment.filter((one) => Array.isArray(one)).map(([name, value]) => [String(name), String(value)] as const) : [],
          rows: Math.max(2, Math.min(500, Number(rows) || 24)), columns: Math.max(2, Math.min(1000, Number(columns) || 80)), terminal: terminal === true,
        };
        yield* this.manner.run(this, client, client.command);
      } else if (message.kind === KIND.SIZE && client.session) {
        const { rows = 24, cols = 80 } = parsed<{ rows: number; cols: number }>(message.body);
        const [height, width] = [Math.max(3, Math.min(500, Number(rows) || 24)), Math.max(2, Math.min(1000, Number(cols) || 80))];
        client.session.height = height;
        client.session.columns = width;
        client.screen.resize(height, width);
        this.refit(client.session);
      } else if (message.kind === KIND.INPUT && client.session) yield* this.#keys(client, decode(message.body));
    }
  }

  *#keys(client: Client, text: string): Blocking<void> {
    // an escape sequence is one key
    for (const [key] of text.matchAll(/\u001b\[[0-9;?]*[~A-Za-z]|\u001bO[A-Za-z]|\u001b[^\u001b]?|[\s\S]/gu)) {
      const { session } = client;
      if (!session) return;
      const window = this.windowOf(session);
      if (client.message !== "" && client.prompt === undefined) client.message = "";
      if (this.sys.clockUs("monotonic") < client.numbersUntilUs) {
        client.numbersUntilUs = 0;
        const chosen = window && /^\d$/.test(key) ? panesOf(window.layout)[Number(key)] : undefined;
        if (window && chosen) this.selectPane(window, chosen);
        if (chosen) continue;
      }
      if (client.prompt) {
        yield* this.#promptKey(client, key);
        continue;
      }
      const isPrefix = this.manner.isPrefix(this, client, key);
      const repeats = this.sys.clockUs("monotonic") < client.repeatUntilUs;
      if (client.prefix || (repeats && !isPrefix)) {
        const wasPrefix = client.prefix;
        client.prefix = false;
        if (!wasPrefix) client.repeatUntilUs = 0;
        if (yield* this.manner.key(this, client, key, !wasPrefix)) continue;
        if (wasPrefix) continue;
      }
      if (isPrefix) client.prefix = true;
      else if (window && client.mode?.pane === window.active) yield* client.mode.key(client, keyName(key));
      else if (window && client.copy?.of(window.active.grid)) this.#copyKey(client, client.copy, key);
      else if (window && !(yield* this.manner.plainKey(this, client, key))) {
        const panes = this.options.get("synchronize-panes", window.options) === "on" ? panesOf(window.layout) : [window.active];
        for (const pane of panes) yield* this.type(pane, encode(pane.grid.applicationCursor ? key.replace(/^\u001b\[([A-D])$/, "\u001bO$1") : key));
      }
    }
  }

  *#promptKey(client: Client, key: string): Blocking<void> {
    const { prompt } = client;
    if (!prompt) return;
    if (prompt.single) {
      client.prompt = undefined;
      yield* prompt.done(key);
    } else if (key === "\r" || key === "\n") {
      client.prompt = undefined;
      yield* prompt.done(prompt.text);
    } else if (key === "\u001b" || key === "\u0003" || key === "\u0007") client.prompt = undefined;
    else if (key === "\u007f" || key === "\b") prompt.text = prompt.text.slice(0, -1);
    else if (key === "\u0015") prompt.text = "";
    else if (key >= " ") prompt.text += key;
  }

  copyMode(client: Client): CopyMode | undefined {
    const window = client.session && this.windowOf(client.session);
    if (window) window.changed = true;
    client.copy = window ? new CopyMode(window.active.grid, this.#viKeys(window)) : undefined;
    return client.copy;
  }

  #copyKey(client: Client, copy: CopyMode, key: string): void {
    const step = copy.key(key);
    if (step.kind === "copy") this.copied(step.text);
    if (step.kind === "leave" || (step.kind === "copy" && step.leave)) {
      client.copy = undefined;
      const window = client.session && this.windowOf(client.session);
      if (window) window.changed = true;
    }
    if (step.kind === "ask") {
      this.ask(client, step.label, "", false, function* (answer) {
        step.done(answer);
        yield* [];
      });
    }
  }

  /** The name of what runs in front on each window that is not named by hand. */
  *#names(session: Session): Blocking<void> {
    for (const window of session.windows.values()) {
      const nowUs = this.sys.clockUs("monotonic");
      if (!window.changed || nowUs - window.namedUs < NAME_INTERVAL_US) continue;
      window.changed = false;
      window.namedUs = nowUs;
      for (const pane of panesOf(window.layout)) yield* this.#name(pane);
      if (!window.automatic || window.active.dead || this.options.get("automatic-rename", window.options) === "off") continue;
      // copy mode shows in the name, as automatic-rename-format has it
      const inMode = this.manner.term === "screen" && !this.manner.viKeys && this.clients.some((client) => client.session === session && (client.copy?.of(window.active.grid) || client.mode?.pane === window.active));
      if (inMode) window.name = "[tmux]";
      else if (window.active.command !== "") window.name = window.active.command;
    }
  }

  *#name(pane: Pane): Blocking<void> {
    if (!pane.dead) {
      try {
        const comm = (yield* readTextFile(this.sys, `/proc/${this.sys.tcgetpgrp(pane.master)}/comm`))?.trim();
        if (comm) pane.command = comm;
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
    }
  }

  *draw(client: Client): Blocking<void> {
    const { session, screen } = client;
    const window = session && this.windowOf(session);
    if (!session || !window) return;
    for (let row = 0; row < screen.rows; row++) screen.fill(row);
    const statusRows = this.manner.statusRows(this, session);
    const onTop = statusRows > 0 && this.options.get("status-position", session.options) === "top";
    const down = onTop ? statusRows : 0;
    const all = this.#placesOf(session, window).map(({ pane, place }) => ({ pane, place: { ...place, row: place.row + down } }));
    let cursorRow = 0, cursorColumn = 0;
    for (const { pane, place } of all) {
      const { grid } = pane;
      const copy = pane === window.active && client.copy?.of(grid) ? client.copy : undefined;
      const lines = copy ? copy.lines : grid.cells;
      for (let row = 0; row < place.rows; row++) {
        const line = lines[row] ?? [];
        for (let column = 0; column < Math.min(place.columns, line.length);) {
          const style = line[column]?.style ?? "";
          let text = "";
          let to = column;
          while (to < Math.min(place.columns, line.length) && (line[to]?.style ?? "") === style) text += line[to++]?.text ?? " ";
          screen.put(place.row + row, place.column + column, text, style);
          column = to;
        }
      }
      if (pane === window.active && client.mode?.pane === pane) {
        for (let row = 0; row < place.rows; row++) screen.put(place.row + row, place.column, " ".repeat(place.columns));
        [cursorRow, cursorColumn] = client.mode.draw(screen, place);
        continue;
      }
      if (copy) {
        for (let row = 0; row < place.rows; row++) for (let column = 0; column < place.columns; column++) if (copy.selected(row, column)) screen.put(place.row + row, place.column + column, lines[row]?.[column]?.text ?? " ", "30;43");
        const { mark } = copy;
        screen.put(place.row, place.column + place.columns - mark.length, mark, "30;43");
      }
      if (pane === window.active && copy) [cursorRow, cursorColumn] = [place.row + copy.row, place.column + copy.column];
      else if (pane === window.active) [cursorRow, cursorColumn] = [place.row + grid.cursor.row, place.column + Math.min(place.columns - 1, grid.cursor.column)];
    }
    if (all.length > 1) this.#borders(session, window, screen, all, down);
    const numbers = this.sys.clockUs("monotonic") < client.numbersUntilUs;
    if (numbers) all.forEach(({ pane, place }, at) => drawPaneNumber(screen, place, at, pane === window.active));
    const ownPrompts = this.manner.term === "screen" && !this.manner.viKeys;
    if (statusRows > 0 || client.prompt || client.message !== "") {
      const row = onTop ? 0 : screen.rows - 1;
      if (client.message !== "" && this.sys.clockUs("monotonic") >= client.messageUntilUs) client.message = "";
      const { text, style } = client.prompt ? { text: `${client.prompt.label}${client.prompt.text}`, style: this.#messageStyle(session) } : client.message !== "" ? { text: client.message, style: this.#messageStyle(session) } : this.manner.status(this, session, screen.columns);
      const over = this.manner.overlaidUs !== undefined && (client.prompt !== undefined || client.message !== "");
      if (over) {
        const line = row - statusRows;
        if (statusRows > 0) this.#drawStatus(session, screen, row);
        screen.put(line, 0, text, "7");
        if (!client.prompt) [cursorRow, cursorColumn] = [line, Math.min(screen.columns - 1, text.length)];
      } else if (text !== "" || style !== "") {
        let styled = "";
        screen.fill(row, style);
        let column = 0;
        for (const [index, part] of text.split(STYLE_MARK).entries()) {
          const own = index % 2 === 1 ? "" : part;
          if (index % 2 === 1) styled = part;
          else column = screen.put(row, column, own, styled === "" ? style : [style, styled].filter((one) => one !== "").join(";"));
        }
      }
      if (client.prompt) {
        [cursorRow, cursorColumn] = [over ? row - statusRows : row, Math.min(screen.columns - 1, text.length)];
        if (ownPrompts) screen.put(row, cursorColumn, " ", `7;${this.#messageStyle(session)}`);
      }
    }
    // tmux draws the cursor of its own prompts as a cell
    const visible = client.prompt ? !ownPrompts : (client.mode?.pane !== window.active || client.mode.showsCursor === true) && !numbers && (client.message === "" || !ownPrompts) && (client.copy?.of(window.active.grid) || window.active.grid.cursorVisible);
    const bytes = screen.update(cursorRow, cursorColumn) + (visible === client.cursorShown ? "" : visible ? "\u001b[?25h" : "\u001b[?25l");
    client.cursorShown = visible;
    yield* client.port.send(KIND.OUTPUT, bytes);
  }

  #drawStatus(session: Session, screen: CellScreen, row: number): void {
    const { text, style } = this.manner.status(this, session, screen.columns);
    screen.fill(row, style);
    screen.put(row, 0, text, style);
  }

  #messageStyle(session: Session): string {
    return sgrOf(this.options.get("message-style", session.options));
  }

  #borders(session: Session, window: Window, screen: CellScreen, all: readonly { readonly pane: Pane; readonly place: Place }[], down: number): void {
    const covered = (row: number, column: number): boolean => all.some(({ place }) => row >= place.row && row < place.row + place.rows && column >= place.column && column < place.column + place.columns);
    const own = all.find((one) => one.pane === window.active)?.place;
    const line = (row: number, column: number): boolean => row >= down && column >= 0 && row < down + session.rows && column < session.columns && !covered(row, column);
    const [plain, active] = [sgrOf(this.options.get("pane-border-style", window.options)), sgrOf(this.options.get("pane-active-border-style", window.options))];
    for (let row = down; row < down + session.rows; row++) {
      for (let column = 0; column < session.columns; column++) {
        if (covered(row, column)) continue;
        const [up, down, left, right] = [line(row - 1, column), line(row + 1, column), line(row, column - 1), line(row, column + 1)];
        const vertical = up || down, horizontal = left || right;
        const sign = vertical && horizontal ? (up && down ? (left && right ? "┼" : left ? "┤" : "├") : up ? "┴" : "┬") : horizontal ? "─" : "│";
        const near = own !== undefined && row >= own.row - 1 && row <= own.row + own.rows && column >= own.column - 1 && column <= own.column + own.columns;
        screen.put(row, column, sign, near ? active : plain);
      }
    }
  }
}
