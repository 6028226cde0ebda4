// htop: processes on the screen, to look through, sort, filter and signal (htop(1), 3.2.2).
import { type Blocking, SIGNALS, type Sys, SysError } from "../../kernel/sys.ts";
import { Accounts } from "../kit/accounts.ts";
import { CellScreen } from "../kit/cell-screen.ts";
import { type Io, flag, gnu, text } from "../kit/gnu.ts";
import { PAGE_KIB, type ProcessInfo, readMemory, readProcesses, readSystemTimes, TICKS_PER_SECOND } from "../kit/processes.ts";
import { RawTerminal } from "../kit/terminal-keys.ts";
import { type CpuTimes, meters, readCpus, tableSize } from "./_meters.ts";

const SORTS = ["PID", "USER", "PRIORITY", "NICE", "M_VIRT", "M_RESIDENT", "STATE", "PERCENT_CPU", "PERCENT_MEM", "TIME", "Command"] as const;
type Sort = (typeof SORTS)[number];
const TITLES: readonly (readonly [Sort | "M_SHARE", string])[] = [["PID", "    PID "], ["USER", "USER      "], ["PRIORITY", " PRI "], ["NICE", " NI "], ["M_VIRT", " VIRT "], ["M_RESIDENT", "  RES "], ["M_SHARE", "  SHR "], ["STATE", "S "], ["PERCENT_CPU", " CPU%"], ["PERCENT_MEM", " MEM%"], ["TIME", "   TIME+  "], ["Command", "Command"]];
const FUNCTIONS = ["Help  ", "Setup ", "Search", "Filter", "Tree  ", "SortBy", "Nice -", "Nice +", "Kill  ", "Quit  "];

interface Row {
  readonly process: ProcessInfo;
  readonly cpu: number;
  readonly depth: string;
}

class Htop {
  readonly #sys: Sys;
  readonly #terminal: RawTerminal;
  readonly #screen: CellScreen;
  readonly #accounts: Accounts;
  readonly #delayUs: number;
  readonly #pids: readonly number[];
  readonly #user: number | undefined;
  #sort: Sort;
  #down: boolean;
  #tree: boolean;
  #filter = "";
  #cpus: readonly CpuTimes[] = [];
  #ticks = new Map<number, number>();
  #atUs = 0;
  #rows: readonly Row[] = [];
  #selected = 0;
  #first = 0;
  #top = 6;
  #ask: { readonly label: string; text: string; readonly kind: "search" | "filter" | "kill" | "sort" } | undefined;
  #help = false;

  constructor(sys: Sys, terminal: RawTerminal, accounts: Accounts, how: { readonly delayUs: number; readonly pids: readonly number[]; readonly user: number | undefined; readonly sort: Sort; readonly tree: boolean }) {
    this.#sys = sys;
    this.#terminal = terminal;
    this.#accounts = accounts;
    this.#delayUs = how.delayUs;
    this.#pids = how.pids;
    this.#user = how.user;
    this.#sort = how.sort;
    this.#down = how.sort.startsWith("PERCENT") || how.sort.startsWith("M_") || how.sort === "TIME";
    this.#tree = how.tree;
    this.#screen = new CellScreen(terminal.size.rows, terminal.size.cols);
  }

  *#look(): Blocking<readonly ProcessInfo[]> {
    const all = yield* readProcesses(this.#sys);
    const nowUs = this.#sys.clockUs("monotonic");
    const elapsed = this.#atUs === 0 ? (yield* readSystemTimes(this.#sys)).uptimeSeconds : (nowUs - this.#atUs) / 1e6;
    const ticks = new Map(all.map((one) => [one.pid, one.userTicks + one.systemTicks]));
    const cpu = (one: ProcessInfo): number => Math.min(100 * Math.max(1, this.#cpus.length), (100 * ((ticks.get(one.pid) ?? 0) - (this.#atUs === 0 ? 0 : (this.#ticks.get(one.pid) ?? 0)))) / TICKS_PER_SECOND / Math.max(0.1, elapsed));
    const shown = all.filter((one) => (one.arguments.length > 0 || one.state === "Z") && (this.#pids.length === 0 || this.#pids.includes(one.pid)) && (this.#user === undefined || one.uids[1] === this.#user) && (this.#filter === "" || commandOf(one).toLowerCase().includes(this.#filter.toLowerCase())));
    const key = (one: ProcessInfo): number | string => {
      switch (this.#sort) {
        case "PID": return one.pid;
        case "USER": return this.#accounts.userName(one.uids[1] ?? 0);
        case "PRIORITY": return one.priority;
        case "NICE": return one.nice;
        case "M_VIRT": return one.virtualBytes;
        case "M_RESIDENT": case "PERCENT_MEM": return one.residentPages;
        case "STATE": return one.state;
        case "PERCENT_CPU": return cpu(one);
        case "TIME": return one.userTicks + one.systemTicks;
        default: return commandOf(one);
      }
    };
    const order = (a: ProcessInfo, b: ProcessInfo): number => {
      const x = key(a), y = key(b);
      const by = typeof x === "number" && typeof y === "number" ? x - y : String(x) < String(y) ? -1 : String(x) > String(y) ? 1 : 0;
      return (this.#down ? -by : by) || a.pid - b.pid;
    };
    const rows: Row[] = [];
    if (this.#tree) {
      const ids = new Set(shown.map((one) => one.pid));
      const add = (one: ProcessInfo, depth: string, indent: string): void => {
        rows.push({ process: one, cpu: cpu(one), depth });
        const children = shown.filter((other) => other.ppid === one.pid && other.pid !== one.pid).sort((a, b) => a.pid - b.pid);
        children.forEach((child, index) => {
          const last = index === children.length - 1;
          add(child, `${indent}${last ? "└─ " : "├─ "}`, `${indent}${last ? "   " : "│  "}`);
        });
      };
      for (const one of [...shown].sort((a, b) => a.pid - b.pid)) if (!ids.has(one.ppid)) add(one, "", "");
    } else for (const one of [...shown].sort(order)) rows.push({ process: one, cpu: cpu(one), depth: "" });
    this.#rows = rows;
    this.#ticks = ticks;
    this.#atUs = nowUs;
    return all;
  }

  *#draw(all: readonly ProcessInfo[], before: readonly CpuTimes[]): Blocking<void> {
    const screen = this.#screen;
    for (let row = 0; row < screen.rows; row++) screen.fill(row);
    const top = this.#cpus.length + 2;
    for (const { row, column, pieces } of yield* meters(this.#sys, screen.columns, before, this.#cpus, all)) {
      let at = column;
      for (const piece of pieces) at = screen.put(row, at, piece.text, piece.style);
    }
    this.#top = top + 3;
    screen.put(top + 1, 2, "[", "32");
    screen.put(top + 1, 3, "Main", "30;42");
    screen.put(top + 1, 7, "] [I/O]", "34");
    const heading = top + 2;
    screen.fill(heading, "30;42");
    let at = 0;
    for (const [name, title] of TITLES) {
      const sorted = name === this.#sort && !this.#tree;
      at = screen.put(heading, at, sorted && name.startsWith("PERCENT") ? `${title.trimStart()}${this.#down ? "▽" : "△"}`.padStart(title.length) : title, sorted ? "30;46" : "30;42");
    }
    const memory = (yield* readMemory(this.#sys)).get("MemTotal") ?? 1;
    const room = screen.rows - this.#top - 1;
    this.#selected = Math.max(0, Math.min(this.#selected, this.#rows.length - 1));
    if (this.#selected < this.#first) this.#first = this.#selected;
    if (this.#selected >= this.#first + room) this.#first = this.#selected - room + 1;
    this.#rows.slice(this.#first, this.#first + room).forEach(({ process, cpu, depth }, index) => {
      const row = this.#top + index;
      const chosen = this.#first + index === this.#selected;
      if (chosen) screen.fill(row, "30;46");
      const style = (usual: string): string => (chosen ? "30;46" : usual);
      const kib = process.residentPages * PAGE_KIB;
      const shared = Number(/^(\d+)/.exec(process.status.get("RssFile") ?? "0")?.[1] ?? 0);
      const hundredths = Math.floor(((process.userTicks + process.systemTicks) * 100) / TICKS_PER_SECOND);
      const time = `${String(Math.floor(hundredths / 6000)).padStart(2)}:${String(Math.floor(hundredths / 100) % 60).padStart(2, "0")}.${String(hundredths % 100).padStart(2, "0")}`;
      const cells: readonly (readonly [string, string])[] = [
        [`${String(process.pid).padStart(7)} `, ""], [`${this.#accounts.userName(process.uids[1] ?? 0).slice(0, 9).padEnd(10)}`, (process.uids[1] ?? 0) === this.#sys.getcred().euid ? "" : "1;30"], [`${process.priority === -100 ? " RT" : String(process.priority).padStart(3)} `.padStart(5), ""], [`${String(process.nice).padStart(3)} `, process.nice < 0 ? "31" : process.nice > 0 ? "32" : "1;30"],
        [`${tableSize(Math.floor(process.virtualBytes / 1024))} `, ""], [`${tableSize(kib)} `, ""], [`${tableSize(shared)} `, ""], [`${process.state} `, process.state === "R" ? "32" : "1;30"], [`${cpu.toFixed(1).padStart(5)}`, cpu < 0.05 ? "1;30" : ""], [`${((100 * kib) / memory).toFixed(1).padStart(5)}`, kib === 0 ? "1;30" : ""], [` ${time.padStart(8)} `, ""],
        [`${depth}`, "36"], [commandOf(process), ""],
      ];
      let column = 0;
      for (const [words, usual] of cells) column = screen.put(row, column, words, style(usual));
    });
    const last = screen.rows - 1;
    if (this.#ask) {
      screen.fill(last, "30;46");
      screen.put(last, 0, `${this.#ask.label}${this.#ask.text}`, "30;46");
    } else {
      let column = 0;
      FUNCTIONS.forEach((name, index) => {
        column = screen.put(last, column, `F${index + 1}`, "");
        column = screen.put(last, column, index === 4 && this.#tree ? "List  " : name, "30;46");
      });
      for (; column < screen.columns; column++) screen.put(last, column, " ", "30;46");
    }
    if (this.#help) this.#drawHelp();
    yield* this.#terminal.write(screen.update(last, screen.columns - 1));
  }

  #drawHelp(): void {
    const lines = ["htop 3.2.2", "", " Arrows, PgUp, PgDn, Home, End: move the selection", " F3 /: search    F4 \\: filter    F5 t: tree", " F6 >: sort by    P M T N: sort by CPU, memory, time, pid    I: other direction", " F7 ]: higher priority (superuser)    F8 [: lower priority", " F9 k: send a signal    F10 q: quit", "", " Press any key to return."];
    for (let row = 0; row < this.#screen.rows; row++) this.#screen.fill(row);
    lines.forEach((line, row) => this.#screen.put(row, 0, line, row === 0 ? "36" : ""));
  }

  *run(): Blocking<number> {
    yield* this.#terminal.enter(["isig", "ixon"]);
    yield* this.#terminal.write("\u001b[?1049h\u001b[?25l\u001b[H\u001b[2J");
    try {
      for (;;) {
        const before = this.#cpus;
        this.#cpus = yield* readCpus(this.#sys);
        const all = yield* this.#look();
        yield* this.#draw(all, before);
        const untilUs = this.#sys.clockUs("monotonic") + this.#delayUs;
        for (let again = false; !again; ) {
          const leftUs = untilUs - this.#sys.clockUs("monotonic");
          const event = leftUs <= 0 ? undefined : yield* this.#terminal.next(leftUs);
          if (!event) break;
          if (event.kind === "end" || event.kind === "signal") return 0;
          if (event.kind === "resize") {
            this.#screen.resize(this.#terminal.size.rows, this.#terminal.size.cols);
            again = true;
          } else if (this.#help) {
            this.#help = false;
            again = true;
          } else {
            if (this.#ask ? this.#askKey(event.key) : this.#key(event.key)) return 0;
            yield* this.#draw(all, before);
            if (event.key === "t" || event.key === "\u001b[15~" || /^[PMTNI]$/.test(event.key) || this.#ask?.kind === "filter") again = true;
          }
        }
      }
    } finally {
      yield* this.#terminal.write("\u001b[m\u001b[?25h\u001b[?1049l");
      yield* this.#terminal.leave();
    }
  }

  get #process(): ProcessInfo | undefined {
    return this.#rows[this.#selected]?.process;
  }

  #renice(by: number): void {
    const process = this.#process;
    if (!process) return;
    try {
      this.#sys.setpriority(Math.max(-20, Math.min(19, process.nice + by)), process.pid);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }

  /** True: quit. */
  #key(key: string): boolean {
    const page = Math.max(1, this.#screen.rows - this.#top - 2);
    switch (key) {
      case "q": case "\u0003": case "\u001b[21~": return true;
      case "\u001b[A": case "\u001bOA": this.#selected--; break;
      case "\u001b[B": case "\u001bOB": this.#selected++; break;
      case "\u001b[5~": this.#selected -= page; break;
      case "\u001b[6~": this.#selected += page; break;
      case "\u001b[H": case "\u001b[1~": case "\u001bOH": this.#selected = 0; break;
      case "\u001b[F": case "\u001b[4~": case "\u001bOF": this.#selected = this.#rows.length - 1; break;
      case "h": case "?": case "\u001bOP": case "\u001b[11~": this.#help = true; break;
      case "/": case "\u001bOR": case "\u001b[13~": this.#ask = { label: "Search: ", text: "", kind: "search" }; break;
      case "\\": case "\u001bOS": case "\u001b[14~": this.#ask = { label: "Filter: ", text: this.#filter, kind: "filter" }; break;
      case "t": case "\u001b[15~": this.#tree = !this.#tree; break;
      case ">": case ".": case "\u001b[17~": this.#ask = { label: `Sort by (${SORTS.join(" ")}): `, text: "", kind: "sort" }; break;
      case "P": case "M": case "T": case "N":
        this.#sort = ({ P: "PERCENT_CPU", M: "PERCENT_MEM", T: "TIME", N: "PID" } as const)[key];
        this.#down = key !== "N";
        this.#tree = false;
        break;
      case "I": this.#down = !this.#down; break;
      case "]": case "\u001b[18~": this.#renice(-1); break;
      case "[": case "\u001b[19~": this.#renice(1); break;
      case "k": case "\u001b[20~": if (this.#process) this.#ask = { label: `Send signal to ${this.#process.pid}: `, text: "15", kind: "kill" }; break;
      default:
    }
    this.#selected = Math.max(0, Math.min(this.#selected, this.#rows.length - 1));
    return false;
  }

  #askKey(key: string): boolean {
    const ask = this.#ask;
    if (!ask) return false;
    if (key === "\u001b" || key === "\u0003") this.#ask = undefined;
    else if (key === "\u007f" || key === "\b") ask.text = ask.text.slice(0, -1);
    else if (key === "\r" || key === "\n") {
      this.#ask = undefined;
      const process = this.#process;
      if (ask.kind === "kill" && process) {
        const signal = /^\d+$/.test(ask.text) ? Number(ask.text) : (new Map<string, number>(Object.entries(SIGNALS)).get(ask.text.toUpperCase().replace(/^SIG/, "")) ?? 0);
        try {
          if (signal > 0) this.#sys.kill(process.pid, signal);
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
        }
      } else if (ask.kind === "sort") {
        const found = SORTS.find((one) => one.toLowerCase() === ask.text.toLowerCase() || one.replace(/^(PERCENT|M)_/, "").toLowerCase() === ask.text.toLowerCase());
        if (found) this.#sort = found;
      }
    } else if (key >= " " && !key.startsWith("\u001b")) ask.text += key;
    if (ask.kind === "filter") this.#filter = ask.text;
    if (ask.kind === "search" && ask.text !== "") {
      const at = this.#rows.findIndex((row) => commandOf(row.process).toLowerCase().includes(ask.text.toLowerCase()));
      if (at >= 0) this.#selected = at;
    }
    return false;
  }
}

const commandOf = (process: ProcessInfo): string => process.arguments.join(" ") || process.comm;

export default gnu({
  name: "htop", project: "htop", versionText: "htop 3.2.2\n", tryLine: () => "", summary: "interactive process viewer", synopsis: ["[-dCFhpustvH]"],
  description: ["htop shows the processes on the whole screen. Arrows select, F9 or k sends a signal, F5 shows the tree, F6 sorts, F3 searches, F4 filters, F7 and F8 change the nice value, F10 or q ends. The setup screen, tags, strace and lsof views and the mouse are not simulated."],
  options: {
    delay: text(["-d", "--delay"], "DELAY", "tenths of seconds between two looks"), noColour: flag(["-C", "--no-color"], "taken, colours stay"), filter: text(["-F", "--filter"], "FILTER", "show only commands that hold FILTER"), pids: text(["-p", "--pid"], "PID,PID,...", "show only these processes"), sort: text(["-s", "--sort-key"], "COLUMN", "sort by COLUMN; help lists them"), user: text(["-u", "--user"], "USERNAME", "show only this user's processes"), tree: flag(["-t", "--tree"], "show the tree"), noMouse: flag(["-M", "--no-mouse"], "taken, there is no mouse"), noUnicode: flag(["-U", "--no-unicode"], "taken"), readonly: flag(["--readonly"], "taken"), highlight: flag(["-H"], "taken"), helpShort: flag(["-h"], "print help"), versionShort: flag(["-V"], "print the version"),
  },
  operands: "none",
  rewrite: (args) => args.map((arg) => (arg === "-h" ? "--help" : arg === "-V" ? "--version" : arg)),
  *run({ options, sys }, io: Io) {
    if (options.sort === "help") {
      for (const name of SORTS) io.out.put(`${name.padStart(20)}\n`);
      return 0;
    }
    const sort = options.sort === undefined ? "PERCENT_CPU" : SORTS.find((one) => one.toLowerCase() === options.sort?.toLowerCase());
    if (!sort) {
      yield* io.stderr(`Error: invalid column "${options.sort}".\n`);
      return 1;
    }
    const accounts = yield* Accounts.read(sys);
    const user = options.user === undefined ? undefined : accounts.userByName(options.user);
    if (options.user !== undefined && !user) {
      yield* io.stderr(`Error: invalid user "${options.user}".\n`);
      return 1;
    }
    const delay = Number(options.delay ?? 15);
    if (!(delay >= 1)) {
      yield* io.stderr(`Error: invalid delay value "${options.delay}".\n`);
      return 1;
    }
    if (!sys.isatty(1)) {
      yield* io.stderr("Error opening terminal: unknown.\n");
      return 1;
    }
    const terminal = yield* RawTerminal.open(sys, 1, 25_000);
    for (const signal of [SIGNALS.WINCH, SIGNALS.TERM, SIGNALS.HUP]) sys.sigaction(signal, "catch");
    return yield* new Htop(sys, terminal, accounts, { delayUs: Math.min(100, delay) * 100_000, pids: (options.pids ?? "").split(",").filter((one) => one !== "").map(Number), user: user?.uid, sort, tree: options.tree }).run();
  },
});
