// top: the processes that use most, again and again; its keys sort, filter, signal and renice.
// (More than 400 lines: one screen, its fields and the keys that change it.)
import { type Blocking, encode, O, SIGNALS, type Sys, SysError } from "../../kernel/sys.ts";
import { Accounts } from "../kit/accounts.ts";
import { CellScreen } from "../kit/cell-screen.ts";
import { type Io, flag, program, text } from "../kit/program.ts";
import { parseSignal } from "../kit/signal-number.ts";
import { RawTerminal } from "../kit/terminal-keys.ts";
import { type Before, FIELDS, HEADING, type SortField, topScreen, type TopScreen, type TopView } from "./_top-view.ts";

const USAGE = "Usage:\n  top -hv | -bcEeHiOSs1 -d secs -n max -u|U user -p pids -o field -w [cols]\n";
const MESSAGE_US = 2_000_000;

const HELP = [
  "Help for Interactive Commands - procps-ng 4.0.2", "",
  "  l,t,m,1   Toggle: 'l' load average; 't' tasks and CPUs; 'm' memory; '1' each CPU",
  "  c,i,V     Toggle: 'c' whole command lines; 'i' idle tasks; 'V' tree of tasks",
  "  P,M,T,N   Sort by: 'P' CPU; 'M' memory; 'T' time; 'N' pid",
  "  <,>,R     Sort: '<' column to the left; '>' to the right; 'R' other direction",
  "  u,o,=     Filter: 'u' one user; 'o' field and value (USER=root); '=' no filter",
  "  n,#       Set how many tasks are shown at most", "  x,y,z,b   Show: 'x' sort column; 'y' running tasks; 'z' colour; 'b' bold",
  "  arrows    Scroll: also PageUp, PageDown, Home and End", "",
  "  k,r       Tasks: 'k' send a signal; 'r' change the nice value", "  d,s       Set the delay between two looks", "  space     Look again now",
  "  W         Write the settings to a file", "  q         Quit", "", "Press 'q' or <Esc> to go on",
];

export default program(
  {
    name: "top", showsHelp: true, summary: "display Linux processes", synopsis: ["-hv | -bcEeHiOSs1 -d secs -n max -u|U user -p pids -o field -w [cols]"],
    options: [flag(["-b"], "batch mode"), flag(["-c"], "command lines"), flag(["-i"], "no idle tasks"), flag(["-1"], "each CPU by itself"), text(["-d"], "SECONDS", "delay"), text(["-n"], "NUMBER", "iterations"), text(["-p"], "PIDS", "only these"), text(["-u"], "USER", "only this user's"), text(["-o"], "FIELD", "sort by"), text(["-w"], "COLUMNS", "width"), flag(["-h"], "display help"), flag(["-v"], "display version")],
  },
  function* (sys, argv, io: Io) {
    let batch = false;
    let delaySeconds = 3;
    let rounds = Number.POSITIVE_INFINITY;
    let width: number | undefined;
    const view: TopView = { sort: "%CPU", ascending: false, fullCommand: false, idle: true, forest: false, load: true, states: true, memory: true, eachCpu: false, users: undefined, pids: [], filters: [], most: 0 };
    for (let at = 1; at < argv.length; at++) {
      const arg = argv[at] ?? "";
      const letters = arg.replace(/^-/, "");
      for (let i = 0; i < letters.length; i++) {
        const letter = letters[i] ?? "";
        const value = (): string => {
          const rest = letters.slice(i + 1);
          i = letters.length;
          return rest !== "" ? rest : (argv[++at] ?? "");
        };
        if (letter === "b") batch = true;
        else if (letter === "c") view.fullCommand = true;
        else if (letter === "i") view.idle = false;
        else if (letter === "1") view.eachCpu = true;
        else if (letter === "d") {
          const typed = value();
          delaySeconds = Number(typed.replace(",", "."));
          if (typed === "" || Number.isNaN(delaySeconds) || delaySeconds < 0) {
            yield* io.stderr(typed === "" ? "top: -d requires argument\n" : `top: bad delay interval '${typed}'\n`);
            return 1;
          }
        } else if (letter === "n") {
          const typed = value();
          rounds = Number(typed);
          if (!/^\d+$/.test(typed) || rounds < 1) {
            yield* io.stderr(typed === "" ? "top: -n requires argument\n" : `top: bad iterations argument '${typed}'\n`);
            return 1;
          }
        } else if (letter === "p") view.pids = [...view.pids, ...value().split(",").map(Number)];
        else if (letter === "u" || letter === "U") {
          const typed = value();
          const user = userOf(yield* Accounts.read(sys), typed);
          if (user === undefined) {
            yield* io.stderr("top: Invalid user\n");
            return 1;
          }
          view.users = user;
        } else if (letter === "o") {
          const typed = value();
          const field = fieldNamed(typed.replace(/^[+-]/, ""));
          if (!field) {
            yield* io.stderr(`top: unrecognized field name '${typed}'\n`);
            return 1;
          }
          view.sort = field;
          view.ascending = typed.startsWith("-");
        } else if (letter === "w") width = Number(value()) || undefined;
        else if (letter === "v" || letter === "h" || letter === "V") {
          io.out.put(letter === "h" ? USAGE : "top from procps-ng 4.0.2\n");
          return 0;
        } else if (!"EeHOSs".includes(letter)) {
          yield* io.stderr(`top: unknown option '${letter}'\n${USAGE}`);
          return 1;
        }
      }
    }
    const before: Before = { ticks: new Map(), cpus: new Map() };
    if (batch) {
      for (let round = 0; round < rounds; round++) {
        if (round > 0) yield* sys.sleep(delaySeconds * 1e6);
        const { summary, rows } = yield* topScreen(sys, view, before, delaySeconds);
        const lines = [...summary, "", HEADING, ...rows.map((row) => row.text)];
        io.out.put(`${round > 0 ? "\n" : ""}${lines.map((line) => line.slice(0, width ?? 512)).join("\n")}\n`);
        yield* io.out.flush();
      }
      return 0;
    }
    if (!sys.isatty(0) || !sys.isatty(1)) {
      yield* io.stderr("top: failed tty get\n");
      return 1;
    }
    for (const signal of [SIGNALS.INT, SIGNALS.TERM, SIGNALS.WINCH, SIGNALS.CONT]) sys.sigaction(signal, "catch");
    const terminal = yield* RawTerminal.open(sys, 1, 300_000);
    return yield* new Top(sys, terminal, view, before, delaySeconds, rounds).run();
  },
);

function fieldNamed(name: string): SortField | undefined {
  const upper = name.toUpperCase();
  return FIELDS.find((field) => field === upper || (upper === "TIME" && field === "TIME+"));
}

function userOf(accounts: Accounts, typed: string): string | undefined {
  return accounts.userByName(typed)?.name ?? (/^\d+$/.test(typed) ? accounts.userById(Number(typed))?.name : undefined);
}

class Top {
  readonly #sys: Sys;
  readonly #terminal: RawTerminal;
  readonly #screen: CellScreen;
  readonly #view: TopView;
  readonly #before: Before;
  #delaySeconds: number;
  readonly #rounds: number;
  #first = 0;
  #last: TopScreen = { summary: [], rows: [] };
  #showSort = false;
  #showRunning = true;
  #bold = false;
  #colour = false;

  constructor(sys: Sys, terminal: RawTerminal, view: TopView, before: Before, delaySeconds: number, rounds: number) {
    this.#sys = sys;
    this.#terminal = terminal;
    this.#screen = new CellScreen(terminal.size.rows, terminal.size.cols);
    this.#view = view;
    this.#before = before;
    this.#delaySeconds = delaySeconds;
    this.#rounds = rounds;
  }

  /** Where messages and questions stand: the row above the table's heading. */
  get #messageRow(): number {
    return this.#last.summary.length;
  }

  *run(): Blocking<number> {
    yield* this.#enter();
    let elapsed = this.#delaySeconds;
    for (let round = 0; round < this.#rounds; round++) {
      this.#last = yield* topScreen(this.#sys, this.#view, this.#before, elapsed);
      yield* this.#draw();
      if (round + 1 >= this.#rounds) break;
      const fromUs = this.#sys.clockUs("monotonic");
      const untilUs = fromUs + this.#delaySeconds * 1e6;
      let next: "quit" | "again" | "wait" = "wait";
      while (next === "wait") {
        const leftUs = untilUs - this.#sys.clockUs("monotonic");
        const event = leftUs <= 0 ? undefined : yield* this.#terminal.next(leftUs);
        if (!event) break;
        if (event.kind === "end") next = "quit";
        else if (event.kind === "signal") next = event.signal === SIGNALS.CONT ? "again" : "quit";
        else if (event.kind === "resize") {
          this.#screen.resize(this.#terminal.size.rows, this.#terminal.size.cols);
          next = "again";
        } else next = yield* this.#key(event.key);
      }
      if (next === "quit") break;
      elapsed = Math.max(0.01, (this.#sys.clockUs("monotonic") - fromUs) / 1e6);
    }
    yield* this.#leave();
    return 0;
  }

  *#enter(): Blocking<void> {
    yield* this.#terminal.enter();
    yield* this.#terminal.write("\u001b[?1h\u001b=\u001b[?25l\u001b[H\u001b[2J");
    this.#screen.forget();
  }

  *#leave(): Blocking<void> {
    yield* this.#terminal.write(`\u001b[?1l\u001b>\u001b[${this.#screen.rows + 1};1H\r\n\u001b[?12l\u001b[?25h\u001b[K`);
    yield* this.#terminal.leave();
  }

  *#draw(): Blocking<void> {
    const { summary, rows } = this.#last;
    const screen = this.#screen;
    for (let row = 0; row < screen.rows; row++) screen.fill(row);
    summary.forEach((line, row) => screen.put(row, 0, line, this.#colour ? "31" : ""));
    const heading = summary.length + 1;
    screen.put(heading, 0, HEADING.padEnd(screen.columns - 1), this.#colour ? "7;31" : "7");
    const room = screen.rows - heading - 1;
    this.#first = Math.max(0, Math.min(this.#first, rows.length - 1));
    rows.slice(this.#first, this.#first + room).forEach((row, i) => {
      screen.put(heading + 1 + i, 0, row.text, this.#showRunning && row.running ? (this.#bold ? "7" : "1") : "");
    });
    if (this.#showSort) this.#markSort(heading, rows.slice(this.#first, this.#first + room).map((row) => row.text));
    yield* this.#terminal.write(`\u001b[?25l${screen.update(screen.rows - 1, 0)}`);
  }

  /** The column that sorts in bold. */
  #markSort(heading: number, rows: readonly string[]): void {
    const end = HEADING.indexOf(this.#view.sort) + this.#view.sort.length;
    const at = FIELDS.indexOf(this.#view.sort);
    const start = at <= 0 ? 0 : HEADING.indexOf(FIELDS[at - 1] ?? "") + (FIELDS[at - 1] ?? "").length + 1;
    rows.forEach((text, i) => this.#screen.put(heading + 1 + i, start, text.slice(start, this.#view.sort === "COMMAND" ? undefined : Math.max(end, start + 1)), this.#bold ? "7" : "1"));
  }

  /** Says something until a key comes or some time has passed. */
  *#say(words: string): Blocking<void> {
    const row = this.#messageRow;
    this.#screen.fill(row);
    this.#screen.put(row, 0, ` ${words} `, "7");
    yield* this.#terminal.write(`\u001b[?25l${this.#screen.update(row, words.length + 2)}`);
    yield* this.#terminal.next(MESSAGE_US);
  }

  /** A line typed behind a question; undefined when it was given up with Escape. */
  *#ask(question: string): Blocking<string | undefined> {
    const row = this.#messageRow;
    let typed = "";
    for (;;) {
      this.#screen.fill(row);
      this.#screen.put(row, 0, question, "1");
      this.#screen.put(row, question.length + 1, typed);
      yield* this.#terminal.write(`${this.#screen.update(row, Math.min(this.#screen.columns - 1, question.length + 1 + typed.length))}\u001b[?25h`);
      const event = yield* this.#terminal.next();
      if (!event) continue;
      if (event.kind !== "key") return undefined;
      const { key } = event;
      if (key === "\r" || key === "\n") return typed.trim();
      if (key === "\u001b" || key === "\u0003") return undefined;
      if (key === "\u007f" || key === "\b") typed = typed.slice(0, -1);
      else if (key === "\u0015") typed = "";
      else if (key >= " " && !key.startsWith("\u001b")) typed += key;
    }
  }

  *#askInteger(question: string, usual: number): Blocking<number | undefined> {
    const typed = yield* this.#ask(question);
    if (typed === undefined) return undefined;
    if (typed === "") return usual;
    if (/^-?\d+$/.test(typed)) return Number(typed);
    yield* this.#say("Unacceptable integer");
    return undefined;
  }

  *#key(key: string): Blocking<"quit" | "again" | "wait"> {
    const view = this.#view;
    switch (key) {
      case "q":
      case "\u0003":
        return "quit";
      case " ":
      case "\r":
      case "\n":
        return "again";
      case "M":
      case "P":
      case "T":
      case "N":
        view.sort = key === "M" ? "%MEM" : key === "P" ? "%CPU" : key === "T" ? "TIME+" : "PID";
        view.ascending = false;
        return "again";
      case "<":
      case ">": {
        const at = FIELDS.indexOf(view.sort) + (key === "<" ? -1 : 1);
        view.sort = FIELDS[Math.max(0, Math.min(at, FIELDS.length - 1))] ?? view.sort;
        return "again";
      }
      case "R":
        view.ascending = !view.ascending;
        return "again";
      case "c":
        view.fullCommand = !view.fullCommand;
        return "again";
      case "i":
        view.idle = !view.idle;
        return "again";
      case "V":
        view.forest = !view.forest;
        return "again";
      case "l":
        view.load = !view.load;
        return "again";
      case "t":
        view.states = !view.states;
        return "again";
      case "m":
        view.memory = !view.memory;
        return "again";
      case "1":
        view.eachCpu = !view.eachCpu;
        return "again";
      case "x":
        this.#showSort = !this.#showSort;
        return "again";
      case "y":
        this.#showRunning = !this.#showRunning;
        return "again";
      case "b":
      case "B":
        this.#bold = !this.#bold;
        return "again";
      case "z":
        this.#colour = !this.#colour;
        return "again";
      case "=":
        view.filters = [];
        view.users = undefined;
        view.most = 0;
        view.idle = true;
        return "again";
      case "h":
      case "?":
        return yield* this.#help();
      case "k":
        yield* this.#signal();
        return "again";
      case "r":
        yield* this.#renice();
        return "again";
      case "d":
      case "s": {
        const typed = yield* this.#ask(`Change delay from ${this.#delaySeconds.toFixed(1)} to`);
        if (typed === undefined || typed === "") return "again";
        const seconds = Number(typed.replace(",", "."));
        if (Number.isNaN(seconds) || seconds < 0) yield* this.#say("Unacceptable floating point");
        else this.#delaySeconds = Math.max(0.01, seconds);
        return "again";
      }
      case "n":
      case "#": {
        const most = yield* this.#askInteger(`Maximum tasks = ${view.most}, change to (0 is unlimited)`, view.most);
        if (most !== undefined && most >= 0) view.most = most;
        return "again";
      }
      case "u":
      case "U": {
        const typed = yield* this.#ask("Which user (blank for all)");
        if (typed === undefined) return "again";
        const user = typed === "" ? undefined : userOf(yield* Accounts.read(this.#sys), typed);
        if (typed !== "" && user === undefined) yield* this.#say("Invalid user");
        else view.users = user;
        return "again";
      }
      case "o":
      case "O":
        yield* this.#filter();
        return "again";
      case "W":
        yield* this.#writeSettings();
        return "again";
      case "\u001b[B":
      case "\u001bOB":
        this.#first++;
        yield* this.#draw();
        return "wait";
      case "\u001b[A":
      case "\u001bOA":
        this.#first--;
        yield* this.#draw();
        return "wait";
      case "\u001b[6~":
      case "\u001b[5~":
        this.#first += (key === "\u001b[6~" ? 1 : -1) * Math.max(1, this.#screen.rows - this.#messageRow - 2);
        yield* this.#draw();
        return "wait";
      case "\u001b[H":
      case "\u001bOH":
        this.#first = 0;
        yield* this.#draw();
        return "wait";
      case "\u001b[F":
      case "\u001bOF":
        this.#first = this.#last.rows.length - 1;
        yield* this.#draw();
        return "wait";
      case "\u001a":
        yield* this.#leave();
        this.#sys.kill(0, SIGNALS.STOP);
        if (this.#sys.charge(1)) yield* this.#sys.preempt();
        yield* this.#enter();
        return "again";
      case "\u001b":
        yield* this.#draw();
        return "wait";
      default:
        if (key.length === 1) yield* this.#say("Unknown command - try 'h' for help");
        return "again";
    }
  }

  *#help(): Blocking<"again"> {
    const screen = this.#screen;
    for (let row = 0; row < screen.rows; row++) {
      screen.fill(row);
      screen.put(row, 0, HELP[row] ?? "");
    }
    yield* this.#terminal.write(`${screen.update(Math.min(screen.rows - 1, HELP.length), 0)}\u001b[?25h`);
    yield* this.#terminal.next();
    return "again";
  }

  get #topPid(): number {
    return this.#last.rows[this.#first]?.pid ?? 1;
  }

  *#signal(): Blocking<void> {
    const pid = yield* this.#askInteger(`PID to signal/kill [default pid = ${this.#topPid}]`, this.#topPid);
    if (pid === undefined) return;
    const typed = yield* this.#ask(`Send pid ${pid} signal [15/sigterm]`);
    if (typed === undefined) return;
    const signal = typed === "" ? SIGNALS.TERM : parseSignal(typed);
    if (signal === undefined) {
      yield* this.#say("Invalid signal");
      return;
    }
    try {
      if (signal > 0) this.#sys.kill(pid, signal);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* this.#say(`Failed signal pid '${pid}' with '${signal}': ${error.message}`);
    }
  }

  *#renice(): Blocking<void> {
    const pid = yield* this.#askInteger(`PID to renice [default pid = ${this.#topPid}]`, this.#topPid);
    if (pid === undefined) return;
    const value = yield* this.#askInteger(`Renice PID ${pid} to value`, Number.NaN);
    if (value === undefined || Number.isNaN(value)) return;
    try {
      this.#sys.setpriority(value, pid);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* this.#say(`Failed renice of PID ${pid} to ${value}: ${error.message}`);
    }
  }

  *#filter(): Blocking<void> {
    const typed = yield* this.#ask(`add filter #${this.#view.filters.length + 1} (ignoring case) as: [!]FLD?VAL`);
    if (typed === undefined || typed === "") return;
    const found = /^(!?)([^=<>]+)([=<>])(.*)$/.exec(typed);
    const field = fieldNamed(found?.[2] ?? "");
    if (!found) yield* this.#say("Missing delimiter, or field and value");
    else if (!field) yield* this.#say(`Unrecognized field name '${found[2] ?? ""}'`);
    else {
      const operator = found[3] === "<" ? "<" : found[3] === ">" ? ">" : "=";
      this.#view.filters = [...this.#view.filters, { field, operator, value: found[4] ?? "", not: found[1] === "!" }];
    }
  }

  /** The file is there, as top leaves it; it is not read again. */
  *#writeSettings(): Blocking<void> {
    const home = this.#sys.environment.get("HOME") ?? "/";
    const path = `${home}/.config/procps/toprc`;
    try {
      for (const directory of [`${home}/.config`, `${home}/.config/procps`]) {
        try {
          this.#sys.mkdir(directory, 0o755);
        } catch (error) {
          if (!(error instanceof SysError) || error.errno !== "EEXIST") throw error;
        }
      }
      const fd = yield* this.#sys.open(path, O.WRONLY | O.CREAT | O.TRUNC | O.CLOEXEC, 0o644);
      yield* this.#sys.write(fd, encode(`top's Config File (Linux processes with windows)\nId:k, Mode_altscr=0, Mode_irixps=1, Delay_time=${this.#delaySeconds.toFixed(3)}, Curwin=0\n`));
      this.#sys.close(fd);
      yield* this.#say(`Wrote configuration to '${path}'`);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* this.#say(`Failed '${path}' open: ${error.message}`);
    }
  }
}
