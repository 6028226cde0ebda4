// top: the processes that use most, again and again; its keys sort, filter, signal and renice.
// (More than 400 lines: one screen, its fields and the keys that change it.)
import { type Blocking, encode, O, SIGNALS, type Sys, SysError } from "../../kernel/sys.ts";
import { Accounts } from "../kit/accounts.ts";
import { CellScreen } from "../kit/cell-screen.ts";
import { translated } from "../kit/messages/translate.ts";
import { type Io, flag, program, text } from "../kit/program.ts";
import { parseSignal } from "../kit/signal-number.ts";
import { RawTerminal } from "../kit/terminal-keys.ts";
import { headingOf, type LaidField, layOutFields, SHOWN_AT_FIRST, TOP_FIELDS } from "./_top-fields.ts";
import { type Before, type SummaryMode, topScreen, type TopScreen, type TopView } from "./_top-view.ts";

const USAGE = "Usage:\n  top -hv | -bcEeHiOSs1 -d secs -n max -u|U user -p pids -o field -w [cols]\n";
const MESSAGE_US = 1_250_000;

const HELP_TITLE = "Help for Interactive Commands - procps-ng 4.0.2";
/** The keys that do something here. */
const HELP = [
  "  l,t,m,1   Summary: 'l' load average; 't' tasks and CPUs; 'm' memory; '1' each CPU",
  "  f         Fields: which are shown, their order, which one sorts",
  "  P,M,T,N . Sort by: 'P' CPU; 'M' memory; 'T' time; 'N' pid",
  "  <,>,R   . Sort: '<' field to the left; '>' to the right; 'R' other direction",
  "  c,i,V   . Tasks: 'c' whole command lines; 'i' idle ones; 'V' as a tree",
  "  x,y     . Highlight: 'x' sort field; 'y' running tasks",
  "  E,e     . Units: 'E' of the summary; 'e' of the tasks; '0' zeros or blanks",
  "  j,J,C   . Columns: 'j' words; 'J' numbers to the other side; 'C' coordinates",
  "  L,&     . Find: 'L' a text; '&' the next",
  "  z,b     . Looks: 'z' colour; 'b' reverse instead of bold",
  "  u,U,o,O . Filter: 'u' one user's; 'o' field and value (USER=root); '=' no filter",
  "  n,#     . Number of tasks shown at most",
  "  arrows  . Scroll: also sideways, PageUp, PageDown, Home and End", "",
  "  k,r       'k' send a signal; 'r' change the nice value",
  "  d,s       Set the delay between two looks; <Space> looks again now",
  "  W         Write the settings to a file",
  "  q         Quit", "",
  "          ( '.' marks what belongs to the table of tasks )",
];

export default program(
  {
    name: "top", showsHelp: true, summary: "display Linux processes", synopsis: ["-hv | -bcEeHiOSs1 -d secs -n max -u|U user -p pids -o field -w [cols]"],
    options: [flag(["-b"], "batch mode"), flag(["-c"], "command lines"), flag(["-i"], "no idle tasks"), flag(["-1"], "each CPU by itself"), text(["-d"], "SECONDS", "delay"), text(["-n"], "NUMBER", "iterations"), text(["-p"], "PIDS", "only these"), text(["-u"], "USER", "only this user's"), text(["-o"], "FIELD", "sort by"), text(["-w"], "COLUMNS", "width"), flag(["-h"], "display help"), flag(["-H"], "threads one by one"), flag(["-S"], "times with those of ended children"), text(["-E", "-e"], "SCALE", "unit of the summary or of the tasks: k, m, g, t, p"), flag(["-O"], "list the names of the fields"), flag(["-v"], "display version")],
  },
  function* (sys, argv, io: Io) {
    let batch = false;
    let delaySeconds = 3;
    let rounds = Number.POSITIVE_INFINITY;
    let width: number | undefined;
    const view: TopView = { fields: SHOWN_AT_FIRST, sort: "%CPU", ascending: false, fullCommand: false, idle: true, forest: false, load: true, states: 0, memory: 0, eachCpu: false, summaryScale: 1, taskScale: 0, irix: true, cumulative: false, threads: false, numbersLeft: false, wordsRight: false, zeros: true, firstField: 0, users: undefined, pids: [], filters: [], most: 0 };
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
        } else if (letter === "E" || letter === "e") {
          const typed = value();
          const scale = (letter === "E" ? "kmgtpe" : "kmgtp").indexOf(typed.toLowerCase());
          if (typed.length !== 1 || scale < 0) {
            yield* io.stderr(`top: bad memory scaling arg '${typed}'\n`);
            return 1;
          }
          if (letter === "E") view.summaryScale = scale;
          else view.taskScale = scale;
        } else if (letter === "O") {
          for (const field of TOP_FIELDS) io.out.put(`${field.name}\n`);
          return 0;
        } else if (letter === "S") view.cumulative = true;
        else if (letter === "H") view.threads = true;
        else if (letter === "w") width = Number(value()) || undefined;
        else if (letter === "v" || letter === "h" || letter === "V") {
          io.out.put(letter === "h" ? USAGE : "top from procps-ng 4.0.2\n");
          return 0;
        } else if (letter !== "s") {
          yield* io.stderr(`top: unknown option '${letter}'\n${USAGE}`);
          return 1;
        }
      }
    }
    const before: Before = { ticks: new Map(), cpus: new Map() };
    if (batch) {
      for (let round = 0; round < rounds; round++) {
        if (round > 0) yield* sys.sleep(delaySeconds * 1e6);
        const { summary, rows } = yield* topScreen(sys, view, before, delaySeconds, width ?? 512);
        const lines = [...summary, "", headingOf(layOutFields(view.fields, width ?? 512), (name) => translated(sys, "top", name), view), ...rows.map((row) => row.text)];
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

function fieldNamed(name: string): string | undefined {
  const wanted = name.toLowerCase();
  return (wanted === "time" ? "TIME+" : undefined) ?? TOP_FIELDS.find((field) => field.name.toLowerCase() === wanted)?.name;
}

function userOf(accounts: Accounts, typed: string): string | undefined {
  return accounts.userByName(typed)?.name ?? (/^\d+$/.test(typed) ? accounts.userById(Number(typed))?.name : undefined);
}

function nextMode(mode: SummaryMode): SummaryMode {
  return mode === 0 ? 1 : mode === 1 ? 2 : mode === 2 ? 3 : 0;
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
  #coordinates = false;
  /** what L looked for */
  #wanted = "";

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
      this.#last = yield* topScreen(this.#sys, this.#view, this.#before, elapsed, this.#screen.columns);
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
    summary.forEach((line, row) => this.#putSummary(row, line, row === 0 && this.#view.load));
    const heading = summary.length + 1;
    const laid = this.#laid();
    const names = headingOf(laid, (name) => translated(this.#sys, "top", name), this.#view);
    const whole = laid.some(({ field }) => field.wide);
    screen.put(heading, 0, whole ? names.padEnd(screen.columns - 1) : names, this.#colour ? "7;31" : "7");
    const room = screen.rows - heading - 1;
    this.#first = Math.max(0, Math.min(this.#first, rows.length - 1));
    rows.slice(this.#first, this.#first + room).forEach((row, i) => {
      screen.put(heading + 1 + i, 0, row.text, this.#showRunning && row.running ? (this.#bold ? "7" : "1") : "");
    });
    if (this.#coordinates) screen.put(this.#messageRow, 0, `  scroll coordinates: y = ${this.#first + 1}/${rows.length} (tasks), x = ${this.#view.firstField + 1}/${this.#view.fields.length} (fields)`);
    if (this.#wanted !== "") {
      rows.slice(this.#first, this.#first + room).forEach(({ text: line }, i) => {
        for (let at = line.indexOf(this.#wanted); at >= 0; at = line.indexOf(this.#wanted, at + this.#wanted.length)) screen.put(heading + 1 + i, at, this.#wanted, "7");
      });
    }
    if (this.#showSort) this.#markSort(heading, rows.slice(this.#first, this.#first + room).map((row) => row.text));
    yield* this.#terminal.write(`\u001b[?25l${screen.update(screen.rows - 1, 0)}`);
  }

  #laid(): readonly LaidField[] {
    return layOutFields(this.#view.fields.slice(this.#view.firstField), this.#screen.columns);
  }

  /** Numbers stand out, bars are solid; the first line is plain. */
  #putSummary(row: number, line: string, plain: boolean): void {
    const style = this.#colour ? "31" : "";
    let at = 0;
    for (const [index, part] of line.split("\u0001").entries()) {
      if (index % 2 === 1) at = this.#screen.put(row, at, part, "7");
      else if (plain) at = this.#screen.put(row, at, part, style);
      else for (const piece of part.match(/ *[0-9.]+ (?=[a-z])|[^ ]+|./g) ?? []) at = this.#screen.put(row, at, piece, /^ *[0-9.]+ $/.test(piece) ? (style === "" ? "1" : `1;${style}`) : style);
    }
  }

  /** The column that sorts in bold. */
  #markSort(heading: number, rows: readonly string[]): void {
    const laid = this.#laid().find(({ field }) => field.name === this.#view.sort);
    if (!laid) return;
    const end = laid.field.name === "COMMAND" ? undefined : laid.start + laid.width + 1;
    rows.forEach((text, i) => this.#screen.put(heading + 1 + i, laid.start, text.padEnd(end ?? 0).slice(laid.start, end), this.#bold ? "7" : "1"));
  }

  /** Says something for a while. */
  *#say(words: string): Blocking<void> {
    const row = this.#messageRow;
    this.#screen.fill(row);
    this.#screen.put(row, 0, ` ${words} `, "7");
    yield* this.#terminal.write(`\u001b[?25l${this.#screen.update(row, words.length + 2)}`);
    const untilUs = this.#sys.clockUs("monotonic") + MESSAGE_US;
    // keys wait until the message is gone
    for (let leftUs = MESSAGE_US; leftUs > 0; leftUs = untilUs - this.#sys.clockUs("monotonic")) {
      try {
        yield* this.#sys.sleep(leftUs);
      } catch (error) {
        if (!(error instanceof SysError) || error.errno !== "EINTR") throw error;
        break;
      }
    }
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
        const at = view.fields.indexOf(view.sort) + (key === "<" ? -1 : 1);
        view.sort = view.fields[Math.max(0, Math.min(at, view.fields.length - 1))] ?? view.sort;
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
        view.states = nextMode(view.states);
        return "again";
      case "m":
        view.memory = nextMode(view.memory);
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
      case "E":
        view.summaryScale = (view.summaryScale + 1) % 6;
        return "again";
      case "e":
        view.taskScale = (view.taskScale + 1) % 5;
        return "again";
      case "I":
        view.irix = !view.irix;
        yield* this.#say(`Irix mode ${view.irix ? "On" : "Off"}`);
        return "again";
      case "S":
        view.cumulative = !view.cumulative;
        return "again";
      case "H":
        view.threads = !view.threads;
        return "again";
      case "j":
        view.wordsRight = !view.wordsRight;
        return "again";
      case "J":
        view.numbersLeft = !view.numbersLeft;
        return "again";
      case "0":
        view.zeros = !view.zeros;
        return "again";
      case "C":
        this.#coordinates = !this.#coordinates;
        return "again";
      case "L": {
        const typed = yield* this.#ask("Locate string");
        this.#wanted = typed ?? "";
        if (this.#wanted !== "") yield* this.#find(this.#first);
        return "wait";
      }
      case "&":
        if (this.#wanted !== "") yield* this.#find(this.#first + 1);
        return "wait";
      case "\u000f":
        yield* this.#ask(`<Enter> to resume, filters: ${view.filters.length === 0 ? "none" : view.filters.map(({ field, operator, value, not }) => `${not ? "!" : ""}${field}${operator}${value}`).join(" + ")}`);
        return "again";
      case "\u001b[C":
      case "\u001bOC":
        view.firstField = Math.min(view.fields.length - 1, view.firstField + 1);
        return "again";
      case "\u001b[D":
      case "\u001bOD":
        view.firstField = Math.max(0, view.firstField - 1);
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
      case "f":
        return yield* this.#chooseFields();
      case "G":
      case "a":
      case "w":
        yield* this.#say("Command disabled, 'A' mode required");
        return "again";
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
    const summary = `Window 1:Def: Cumulative mode Off.  System: Delay ${this.#delaySeconds.toFixed(1)} secs; Secure mode Off.`;
    for (;;) {
      for (let row = 0; row < screen.rows; row++) screen.fill(row);
      screen.put(0, 0, HELP_TITLE, "1");
      screen.put(1, 0, summary);
      screen.put(1, 7, "1:Def", "7");
      screen.put(1, 36, "System", "7");
      HELP.forEach((line, i) => screen.put(3 + i, 0, line));
      const end = "Type 'q' or <Esc> to continue";
      const bottom = Math.min(screen.rows - 1, Math.max(23, HELP.length + 4));
      screen.put(bottom, 0, end);
      yield* this.#terminal.write(`${screen.update(bottom, end.length + 1)}\u001b[?25h`);
      const event = yield* this.#terminal.next();
      if (event?.kind === "resize") screen.resize(this.#terminal.size.rows, this.#terminal.size.cols);
      else if (event && (event.kind !== "key" || ["q", "\u001b", "\u0003"].includes(event.key))) return "again";
    }
  }

  /** f: which fields are shown, in which order, and which one sorts. */
  *#chooseFields(): Blocking<"again"> {
    const view = this.#view;
    const screen = this.#screen;
    let order = [...view.fields, ...TOP_FIELDS.map((field) => field.name).filter((name) => !view.fields.includes(name))];
    const shown = new Set(view.fields);
    let at = Math.max(0, order.indexOf(view.sort));
    let moving = false;
    for (;;) {
      for (let row = 0; row < screen.rows; row++) screen.fill(row);
      let column = screen.put(0, 0, "Fields Management", "1");
      column = screen.put(0, column, " for window ");
      column = screen.put(0, column, "1:Def", "7");
      column = screen.put(0, column, ", whose current sort field is ");
      screen.put(0, column, view.sort, "1");
      screen.put(1, 0, "   Navigate with Up/Dn, Right selects for move then <Enter> or Left commits,");
      screen.put(2, 0, "   'd' or <Space> toggles display, 's' sets sort.  Use 'q' or <Esc> to end!");
      const rows = Math.max(1, screen.rows - 4);
      const width = Math.min(33, Math.floor(screen.columns / Math.max(1, Math.ceil(order.length / rows))));
      order.forEach((name, i) => {
        const field = TOP_FIELDS.find((one) => one.name === name);
        const row = 4 + (i % rows);
        const left = Math.floor(i / rows) * width;
        const style = shown.has(name) ? "1" : "";
        screen.put(row, left, shown.has(name) ? "*" : " ");
        if (i === at && moving) screen.put(row, left + 1, " ", "7");
        const behind = screen.put(row, left + 2, name.padEnd(8), i === at ? (style === "" ? "7" : "1;7") : style);
        screen.put(row, behind, ` = ${field?.meaning ?? ""}`.slice(0, Math.max(0, width - 10)), i === at && moving ? "7" : style);
      });
      yield* this.#terminal.write(`\u001b[?25l${screen.update(screen.rows - 1, screen.columns - 1)}`);
      const event = yield* this.#terminal.next();
      if (event?.kind === "resize") {
        screen.resize(this.#terminal.size.rows, this.#terminal.size.cols);
        continue;
      }
      if (!event) continue;
      const key = event.kind === "key" ? event.key : "q";
      const by = /^\u001b[[O]A$/.test(key) || key === "k" ? -1 : /^\u001b[[O]B$/.test(key) || key === "j" ? 1 : 0;
      if (by !== 0) {
        const to = Math.max(0, Math.min(order.length - 1, at + by));
        if (moving) {
          const name = order[at] ?? "";
          order = order.filter((_, i) => i !== at);
          order.splice(to, 0, name);
        }
        at = to;
      } else if (/^\u001b[[O]C$/.test(key)) moving = true;
      else if (/^\u001b[[O]D$/.test(key) || key === "\r") moving = false;
      else if (key === "d" || key === " ") {
        const name = order[at] ?? "";
        if (!shown.delete(name)) shown.add(name);
      } else if (key === "s") view.sort = order[at] ?? view.sort;
      else if (key === "q" || key === "\u001b" || key === "\u0003") break;
    }
    view.fields = order.filter((name) => shown.has(name));
    view.firstField = Math.min(view.firstField, Math.max(0, view.fields.length - 1));
    return "again";
  }

  /** The first row from there on that holds what is looked for comes to the top. */
  *#find(from: number): Blocking<void> {
    const at = this.#last.rows.findIndex((row, index) => index >= from && row.text.includes(this.#wanted));
    if (at >= 0) this.#first = at;
    else yield* this.#say(`"${this.#wanted}" not found`);
    yield* this.#draw();
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
    const kind = typed.startsWith("!") ? "exclude" : "include";
    if (!found) yield* this.#say(`'${kind}' filter delimiter is missing`);
    else if (found[4] === "") yield* this.#say(`'${kind}' filter value is missing`);
    else if (!field) yield* this.#say(`unrecognized field name '${found[2] ?? ""}'`);
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
