// The server of tmux and screen: sessions of windows of panes, each pane a terminal of its own with a program in it; draws what an attached client shows.
// The two programs differ in their keys and in what stands on the last line (`Manner`).
// (More than 400 lines: sessions, windows, panes and clients are one state that every request walks through.)
import { type Blocking, decode, encode, O, POLL, SIGNALS, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { CellScreen } from "../kit/cell-screen.ts";
import { TerminalGrid } from "./_terminal-grid.ts";
import { type Layout, panesOf, type Place, places, split, without } from "./_layout.ts";
import { CopyMode } from "./_copy-mode.ts";
import { drawPaneNumber } from "./_pane-number.ts";
import { type CommandMessage, KIND, MessagePort, parsed } from "./_messages.ts";

export interface Pane {
  readonly id: number;
  readonly pid: number;
  readonly master: number;
  readonly grid: TerminalGrid;
  readonly tty: string;
  dead: boolean;
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
}

export interface Session {
  readonly id: number;
  name: string;
  readonly createdUs: number;
  readonly windows: Map<number, Window>;
  current: number;
  last: number | undefined;
  rows: number;
  columns: number;
  readonly environment: ReadonlyMap<string, string>;
  readonly cwd: string;
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
  /** the sizes and numbers of the panes are shown for a while (q) */
  numbersUntilUs: number;
  cursorShown: boolean;
  command: CommandMessage;
}

/** What makes a tmux or a screen of it. */
export interface Manner {
  readonly term: string;
  /** rows that the last line takes */
  readonly statusRows: number;
  readonly prefix: number;
  /** copy mode has vi's keys */
  readonly viKeys: boolean;
  environment(server: Server, pane: number): readonly (readonly [string, string])[];
  status(server: Server, session: Session, columns: number): { readonly text: string; readonly style: string };
  /** a key after the prefix; escape sequences whole */
  key(server: Server, client: Client, key: string): Blocking<void>;
  run(server: Server, client: Client, message: CommandMessage): Blocking<void>;
  goodbye(why: "detached" | "exited", session: Session): string;
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
  buffer = "";
  /** set-option: what differs from the start */
  readonly options = new Map<string, string>();

  constructor(sys: Sys, manner: Manner, listener: number, socketPath: string) {
    this.sys = sys;
    this.manner = manner;
    this.#listener = listener;
    this.socketPath = socketPath;
  }

  // ---- sessions, windows, panes

  newSession(name: string | undefined, message: CommandMessage, argv: readonly string[], windowName: string | undefined): Session {
    const id = this.#sessionIds++;
    const rows = Math.max(2, message.rows - this.manner.statusRows), columns = message.columns;
    const session: Session = { id, name: name ?? String(id), createdUs: this.sys.clockUs("realtime"), windows: new Map(), current: 0, last: undefined, rows, columns, environment: new Map(message.environment), cwd: message.cwd };
    this.sessions.push(session);
    this.#started = true;
    this.newWindow(session, argv, windowName, true);
    return session;
  }

  newWindow(session: Session, argv: readonly string[], name: string | undefined, select: boolean, at?: number): Window {
    const pane = this.#spawn(session, session.rows, session.columns, argv);
    let number = at ?? (Number(this.options.get("base-index") ?? "0") || 0);
    while (session.windows.has(number)) number++;
    const window: Window = { id: this.#windowIds++, name: name ?? "", automatic: name === undefined, layout: { pane }, active: pane, lastPane: undefined, zoomed: false, arrangement: -1 };
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
    let number = 0;
    while (session.windows.has(number)) number++;
    session.windows.set(number, { id: this.#windowIds++, name: window.name, automatic: true, layout: { pane }, active: pane, lastPane: undefined, zoomed: false, arrangement: -1 });
    return this.selectWindow(session, number);
  }

  selectWindow(session: Session, number: number): boolean {
    if (!session.windows.has(number)) return false;
    if (session.current !== number) session.last = session.current;
    session.current = number;
    this.arrange(session);
    return true;
  }

  splitPane(session: Session, window: Window, direction: "h" | "v", argv: readonly string[], before = false): Pane | undefined {
    const place = this.#placesOf(session, window).find((one) => one.pane === window.active)?.place;
    if (!place || (direction === "h" ? place.columns < 5 : place.rows < 3)) return undefined;
    const pane = this.#spawn(session, place.rows, place.columns, argv);
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

  #spawn(session: Session, rows: number, columns: number, argv: readonly string[]): Pane {
    const { sys } = this;
    const { master, slavePath } = sys.openpt();
    sys.setCloexec(master, true);
    sys.setWindowSize(master, { rows, cols: columns });
    const id = this.#paneIds++;
    const environment = new Map(session.environment);
    environment.set("TERM", this.manner.term);
    for (const [name, value] of this.manner.environment(this, id)) environment.set(name, value);
    environment.delete("COLUMNS");
    environment.delete("LINES");
    const shell = environment.get("SHELL") || "/bin/sh";
    const { cwd } = session;
    const pid = sys.fork(function* (own) {
      own.setsid();
      for (const fd of own.descriptors()) own.close(fd);
      yield* own.open(slavePath, O.RDWR);
      own.dup(0);
      own.dup(0);
      for (const signal of [SIGNALS.HUP, SIGNALS.INT, SIGNALS.TERM, SIGNALS.CHLD, SIGNALS.PIPE]) own.sigaction(signal, "default");
      try {
        own.chdir(cwd);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
      const base = shell.slice(shell.lastIndexOf("/") + 1);
      try {
        return yield* own.exec(shell, argv.length > 0 ? [base, "-c", argv.join(" ")] : [`-${base}`], environment);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        return 127;
      }
    });
    return { id, pid, master, grid: new TerminalGrid(rows, columns), tty: slavePath, dead: false };
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
        session.windows.delete(number);
        if (session.current === number) {
          const next = session.last !== undefined && session.windows.has(session.last) ? session.last : [...session.windows.keys()].sort((a, b) => a - b).findLast((one) => one < number) ?? [...session.windows.keys()][0];
          session.current = next ?? 0;
          session.last = undefined;
        }
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
      const said = (error || out).trimEnd().split("\n")[0] ?? "";
      this.show(client, error === "" ? said : said.charAt(0).toUpperCase() + said.slice(1));
      return;
    }
    yield* client.port.send(KIND.REPLY, { out, error, status });
  }

  show(client: Client, text: string): void {
    client.message = text;
    client.messageUntilUs = this.sys.clockUs("monotonic") + 750_000;
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
      const wake = Math.min(attached ? 15_000_000 : Infinity, ...this.clients.filter((client) => client.numbersUntilUs > nowUs).map((client) => client.numbersUntilUs - nowUs), ...this.clients.filter((client) => client.message !== "").map((client) => Math.max(1000, client.messageUntilUs - nowUs)));
      try {
        const ready = yield* sys.poll([{ fd: this.#listener, events: POLL.IN }, ...this.clients.map((client) => ({ fd: client.port.fd, events: POLL.IN })), ...masters.map((pane) => ({ fd: pane.master, events: POLL.IN }))], Number.isFinite(wake) ? wake : null);
        for (const { fd } of ready) {
          if (fd === this.#listener) {
            const { fd: made } = yield* sys.accept(fd);
            sys.setCloexec(made, true);
            this.clients.push({ port: new MessagePort(sys, made), session: undefined, screen: new CellScreen(24, 80), prefix: false, prompt: undefined, message: "", messageUntilUs: 0, copy: undefined, numbersUntilUs: 0, cursorShown: true, command: { words: [], cwd: "/", environment: [], rows: 24, columns: 80, terminal: false } });
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
      for (const client of [...this.clients]) {
        if (client.port.ended) {
          sys.close(client.port.fd);
          this.clients.splice(this.clients.indexOf(client), 1);
        } else if (client.session) yield* this.draw(client);
      }
      if (sys.charge(200)) yield* sys.preempt();
    }
    for (const session of [...this.sessions]) yield* this.removeSession(session);
    try {
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
    if (this.sys.charge(bytes.length >> 3)) yield* this.sys.preempt();
    const answer = pane.grid.feed(bytes);
    if (answer !== "") yield* this.type(pane, encode(answer));
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
        const { words = [], cwd = "/", environment = [], rows = 24, columns = 80, terminal = false } = parsed<CommandMessage>(message.body);
        // whoever may write to the socket may write nonsense
        client.command = {
          words: Array.isArray(words) ? words.map(String) : [], cwd: String(cwd), environment: Array.isArray(environment) ? environment.filter((one) => Array.isArray(one)).map(([name, value]) => [String(name), String(value)] as const) : [],
          rows: Math.max(2, Math.min(500, Number(rows) || 24)), columns: Math.max(2, Math.min(1000, Number(columns) || 80)), terminal: terminal === true,
        };
        yield* this.manner.run(this, client, client.command);
      } else if (message.kind === KIND.SIZE && client.session) {
        const { rows = 24, cols = 80 } = parsed<{ rows: number; cols: number }>(message.body);
        const [height, width] = [Math.max(3, Math.min(500, Number(rows) || 24)), Math.max(2, Math.min(1000, Number(cols) || 80))];
        client.session.rows = height - this.manner.statusRows;
        client.session.columns = width;
        this.arrange(client.session);
        client.screen.resize(height, width);
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
      if (client.prompt) yield* this.#promptKey(client, key);
      else if (window && client.copy?.of(window.active.grid) && !client.prefix && key !== String.fromCharCode(this.manner.prefix)) this.#copyKey(client, client.copy, key);
      else if (client.prefix) {
        client.prefix = false;
        yield* this.manner.key(this, client, key);
      } else if (key === String.fromCharCode(this.manner.prefix)) client.prefix = true;
      else if (window) yield* this.type(window.active, encode(window.active.grid.applicationCursor ? key.replace(/^\u001b\[([A-D])$/, "\u001bO$1") : key));
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
    client.copy = window ? new CopyMode(window.active.grid, this.manner.viKeys || this.options.get("mode-keys") === "vi") : undefined;
    return client.copy;
  }

  #copyKey(client: Client, copy: CopyMode, key: string): void {
    const step = copy.key(key);
    if (step.kind === "copy") this.buffer = step.text;
    if (step.kind === "leave" || (step.kind === "copy" && step.leave)) client.copy = undefined;
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
      if (!window.automatic || window.active.dead) continue;
      try {
        const group = this.sys.tcgetpgrp(window.active.master);
        if (this.manner.statusRows > 0 && this.clients.some((client) => client.session === session && client.copy?.of(window.active.grid))) {
          window.name = "[tmux]";
          continue;
        }
        const comm = (yield* readTextFile(this.sys, `/proc/${group}/comm`))?.trim();
        if (comm) window.name = comm;
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
    }
  }

  *draw(client: Client): Blocking<void> {
    const { session, screen } = client;
    const window = session && this.windowOf(session);
    if (!session || !window) return;
    yield* this.#names(session);
    for (let row = 0; row < screen.rows; row++) screen.fill(row);
    const all = this.#placesOf(session, window);
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
      if (copy) {
        for (let row = 0; row < place.rows; row++) for (let column = 0; column < place.columns; column++) if (copy.selected(row, column)) screen.put(place.row + row, place.column + column, lines[row]?.[column]?.text ?? " ", "30;43");
        const { mark } = copy;
        screen.put(place.row, place.column + place.columns - mark.length, mark, "30;43");
      }
      if (pane === window.active && copy) [cursorRow, cursorColumn] = [place.row + copy.row, place.column + copy.column];
      else if (pane === window.active) [cursorRow, cursorColumn] = [place.row + grid.cursor.row, place.column + Math.min(place.columns - 1, grid.cursor.column)];
    }
    if (all.length > 1) this.#borders(session, window, screen, all);
    const numbers = this.sys.clockUs("monotonic") < client.numbersUntilUs;
    if (numbers) all.forEach(({ pane, place }, at) => drawPaneNumber(screen, place, at, pane === window.active));
    if (this.manner.statusRows > 0 || client.prompt || client.message !== "") {
      const row = screen.rows - 1;
      if (client.message !== "" && this.sys.clockUs("monotonic") >= client.messageUntilUs) client.message = "";
      const { text, style } = client.prompt ? { text: `${client.prompt.label}${client.prompt.text}`, style: "30;43" } : client.message !== "" ? { text: client.message, style: "30;43" } : this.manner.status(this, session, screen.columns);
      if (text !== "" || style !== "") {
        screen.fill(row, style);
        screen.put(row, 0, text, style);
      }
      if (client.prompt) {
        [cursorRow, cursorColumn] = [row, Math.min(screen.columns - 1, text.length)];
        if (this.manner.statusRows > 0) screen.put(row, cursorColumn, " ", "7;30;43");
      }
    }
    // tmux draws the cursor of its own prompts as a cell
    const visible = client.prompt ? this.manner.statusRows === 0 : !numbers && (client.message === "" || this.manner.statusRows === 0) && (client.copy?.of(window.active.grid) || window.active.grid.cursorVisible);
    const bytes = screen.update(cursorRow, cursorColumn) + (visible === client.cursorShown ? "" : visible ? "\u001b[?25h" : "\u001b[?25l");
    client.cursorShown = visible;
    yield* client.port.send(KIND.OUTPUT, bytes);
  }

  #borders(session: Session, window: Window, screen: CellScreen, all: readonly { readonly pane: Pane; readonly place: Place }[]): void {
    const covered = (row: number, column: number): boolean => all.some(({ place }) => row >= place.row && row < place.row + place.rows && column >= place.column && column < place.column + place.columns);
    const own = all.find((one) => one.pane === window.active)?.place;
    const line = (row: number, column: number): boolean => row >= 0 && column >= 0 && row < session.rows && column < session.columns && !covered(row, column);
    for (let row = 0; row < session.rows; row++) {
      for (let column = 0; column < session.columns; column++) {
        if (covered(row, column)) continue;
        const [up, down, left, right] = [line(row - 1, column), line(row + 1, column), line(row, column - 1), line(row, column + 1)];
        const vertical = up || down, horizontal = left || right;
        const sign = vertical && horizontal ? (up && down ? (left && right ? "┼" : left ? "┤" : "├") : up ? "┴" : "┬") : horizontal ? "─" : "│";
        const near = own !== undefined && row >= own.row - 1 && row <= own.row + own.rows && column >= own.column - 1 && column <= own.column + own.columns;
        screen.put(row, column, sign, near ? "32" : "");
      }
    }
  }
}
