// htop: processes on the screen, to look through, sort, filter and signal (htop(1), 3.2.2).
// (More than 400 lines: one screen, its keys and what they open.)
import { type Blocking, decode, POLL, type Scheduling, SIGNALS, type Sys, SysError } from "../../kernel/sys.ts";
import { Accounts, readTextFile } from "../kit/accounts.ts";
import { type Io, flag, gnu, text } from "../kit/gnu.ts";
import { parseStatusFields, type ProcessInfo, readMemory, readProcesses, readSystemTimes, TICKS_PER_SECOND } from "../kit/processes.ts";
import { openShellPipe, waitFor } from "../kit/shell-command.ts";
import { RawTerminal } from "../kit/terminal-keys.ts";
import { type Column, COLUMNS, columnNamed, commandOf, type Row } from "./_columns.ts";
import { type Information, type InformationKind, informationOf } from "./_information.ts";
import { drawKeyBar, ListPanel, STYLES } from "./_list-panel.ts";
import { type CpuTimes, type Facts, layOutHeader, readCpus, readFacts } from "./_meters.ts";
import { readSettings, type Settings, type Tab, writeSettings } from "./_settings.ts";
import { Setup } from "./_setup.ts";
import { ThemedScreen } from "./_theme.ts";

const FUNCTIONS = ["Help  ", "Setup ", "Search", "Filter", "Tree  ", "SortBy", "Nice -", "Nice +", "Kill  ", "Quit"];
const HELP: readonly (readonly [key: string, does: string, key2: string, does2: string])[] = [
  ["#", "header on or off", "S-Tab", "the tab before"], ["Tab", "the next tab", "Space", "tag the process"], ["Arrows", "move the selection", "c", "tag it and its children"], ["Digits", "go to a PID", "U", "take all tags away"],
  ["F3 /", "search while typing", "F9 k", "send a signal"], ["F4 \\", "filter while typing", "F7 ]", "nice - (superuser)"], ["F5 t", "tree of processes", "F8 [", "nice +"], ["+ - *", "open or close branches", "a", "choose its processors"],
  ["Z", "stop or go on looking", "e", "its environment"], ["u", "one user's processes", "i", "priority at the disk"], ["H", "threads on or off", "l", "its open files (lsof)"], ["K", "kernel threads", "x", "its file locks"],
  ["F", "follow the process", "s", "trace it (strace)"], ["P M T N", "sort: CPU, memory, time, PID", "w", "its whole command"], ["I", "the other direction", "F2 C S", "setup"], ["F6 < >", "choose what sorts", "F10 q", "quit"],
];

interface Choice {
  readonly panel: ListPanel<string>;
  readonly width: number;
  readonly label: string;
  /** Space changes an item instead of choosing */
  readonly toggles: boolean;
  readonly done: (panel: ListPanel<string>) => Blocking<void>;
}

class Htop {
  readonly #sys: Sys;
  readonly #terminal: RawTerminal;
  readonly #screen: ThemedScreen;
  readonly #accounts: Accounts;
  readonly #settings: Settings;
  readonly #pids: readonly number[];
  #user: number | undefined;
  #tab: Tab;
  #filter: string;
  #cpus: readonly CpuTimes[] = [];
  #ticks = new Map<number, readonly [ticks: number, read: number | undefined, written: number | undefined]>();
  #atUs = 0;
  #facts: Facts | undefined;
  #all: readonly Row[] = [];
  #rows: readonly Row[] = [];
  #selected = 0;
  #first = 0;
  #following: number | undefined;
  #tableRow = 6;
  #header = true;
  #paused = false;
  #digits = "";
  #heading: string | undefined;
  readonly #tagged = new Set<number>();
  readonly #closed = new Set<number>();
  #typing: { text: string; readonly kind: "search" | "filter"; failed: boolean } | undefined;
  #choice: Choice | undefined;
  #setup: Setup | undefined;
  #help = false;

  constructor(sys: Sys, terminal: RawTerminal, accounts: Accounts, settings: Settings, how: { readonly pids: readonly number[]; readonly user: number | undefined; readonly filter: string }) {
    this.#sys = sys;
    this.#terminal = terminal;
    this.#accounts = accounts;
    this.#settings = settings;
    this.#pids = how.pids;
    this.#user = how.user;
    this.#filter = how.filter;
    this.#tab = settings.tabs[0] ?? { name: "Main", columns: ["PID", "Command"], sort: "PID", down: false, tree: false, collapsed: false, byPid: false };
    this.#screen = new ThemedScreen(terminal.size.rows, terminal.size.cols);
  }

  // ---- looking

  *#look(): Blocking<void> {
    const sys = this.#sys;
    const cpus = yield* readCpus(sys);
    const all = yield* readProcesses(sys);
    const first = this.#atUs === 0;
    this.#facts = yield* readFacts(sys, first ? [] : this.#cpus, cpus, all);
    this.#cpus = cpus;
    const nowUs = sys.clockUs("monotonic");
    const seconds = Math.max(0.05, (nowUs - this.#atUs) / 1e6);
    const { uptimeSeconds } = yield* readSystemTimes(sys);
    const memoryKib = (yield* readMemory(sys)).get("MemTotal") ?? 1;
    const { euid } = sys.getcred();
    const needsIo = this.#tab.columns.some((name) => name.startsWith("IO_"));
    const ticks = new Map<number, readonly [number, number | undefined, number | undefined]>();
    const rows: Row[] = [];
    for (const process of all) {
      const io = needsIo ? yield* readTextFile(sys, `/proc/${process.pid}/io`) : undefined;
      const counter = (name: string): number | undefined => (io === undefined ? undefined : Number(parseStatusFields(io).get(name) ?? 0));
      const own = [process.userTicks + process.systemTicks, counter("read_bytes"), counter("write_bytes")] as const;
      ticks.set(process.pid, own);
      const old = this.#ticks.get(process.pid);
      const rate = (now: number | undefined, before: number | undefined): number | undefined => (now === undefined ? undefined : Math.max(0, now - (before ?? now)) / seconds);
      const uid = process.uids[1] ?? 0;
      rows.push({
        process, cpuPercent: first ? 0 : Math.min(100 * Math.max(1, cpus.length), (100 * (own[0] - (old?.[0] ?? 0))) / TICKS_PER_SECOND / seconds), readRate: rate(own[1], old?.[1]), writeRate: rate(own[2], old?.[2]), io: needsIo ? this.#ioPriority(process) : "",
        user: this.#accounts.userName(uid), own: uid === euid, memoryKib, uptimeSeconds, branch: "",
      });
      if (sys.charge(4)) yield* sys.preempt();
    }
    this.#ticks = ticks;
    this.#atUs = nowUs;
    this.#all = rows;
    this.#heading = undefined;
    this.#arrange();
  }

  #ioPriority({ pid, nice }: ProcessInfo): string {
    try {
      const { ioClass, ioLevel } = this.#sys.getScheduling(pid);
      return ioClass === "none" ? `B${Math.floor((nice + 20) / 5)}` : ioClass === "idle" ? "id" : `${ioClass === "realtime" ? "R" : "B"}${ioLevel}`;
    } catch (error) {
      if (error instanceof SysError) return "?";
      throw error;
    }
  }

  /** Sorts, or makes the tree; then what is filtered goes. */
  #arrange(): void {
    const column = columnNamed(this.#tab.sort) ?? columnNamed("PID");
    const hidesKernel = this.#settings.on.has("hide_kernel_threads");
    const shown = this.#all.filter(({ process }) => !hidesKernel || process.arguments.length > 0 || process.state === "Z");
    const order = (a: Row, b: Row): number => {
      const x = column?.key(a) ?? 0, y = column?.key(b) ?? 0;
      const by = typeof x === "number" && typeof y === "number" ? x - y : String(x) < String(y) ? -1 : String(x) > String(y) ? 1 : 0;
      return (this.#tab.down ? -by : by) || a.process.pid - b.process.pid;
    };
    this.#all = this.#tab.tree ? this.#tree(shown) : [...shown].sort(order).map((row) => ({ ...row, branch: "" }));
    this.#select();
  }

  #tree(shown: readonly Row[]): Row[] {
    const byParent = new Map<number, Row[]>();
    const ids = new Set(shown.map(({ process }) => process.pid));
    const out: Row[] = [];
    for (const row of [...shown].sort((a, b) => a.process.pid - b.process.pid)) {
      const parent = ids.has(row.process.ppid) ? row.process.ppid : 0;
      const list = byParent.get(parent);
      if (list) list.push(row);
      else byParent.set(parent, [row]);
    }
    const stack = [...(byParent.get(0) ?? [])].reverse().map((row) => ({ row, indent: "", last: true, root: true }));
    for (let next = stack.pop(); next; next = stack.pop()) {
      const { pid } = next.row.process;
      const children = byParent.get(pid) ?? [];
      const closed = this.#closed.has(pid);
      out.push({ ...next.row, branch: next.root ? "" : `${next.indent}${next.last ? "└" : "├"}${closed ? "+" : "─"} ` });
      if (closed) continue;
      const indent = next.root ? "" : `${next.indent}${next.last ? "   " : "│  "}`;
      [...children].reverse().forEach((row, at) => stack.push({ row, indent, last: at === 0, root: false }));
    }
    return out;
  }

  /** What of all is shown; the one that is followed stays selected. */
  #select(): void {
    const wanted = this.#filter.toLowerCase();
    this.#rows = this.#all.filter(({ process }) => (this.#pids.length === 0 || this.#pids.includes(process.pid)) && (this.#user === undefined || process.uids[1] === this.#user) && (wanted === "" || wanted.split("|").some((part) => part !== "" && commandOf(process).toLowerCase().includes(part))));
    if (this.#following !== undefined) {
      const at = this.#rows.findIndex(({ process }) => process.pid === this.#following);
      if (at >= 0) this.#selected = at;
      else this.#following = undefined;
    }
    this.#selected = Math.max(0, Math.min(this.#selected, this.#rows.length - 1));
  }

  // ---- drawing

  #columns(): readonly Column[] {
    return this.#tab.columns.flatMap((name) => columnNamed(name) ?? []);
  }

  *#draw(): Blocking<void> {
    const screen = this.#screen;
    screen.scheme = this.#settings.numbers.get("color_scheme") ?? 0;
    for (let row = 0; row < screen.rows; row++) screen.fill(row);
    let cursor: readonly [number, number] | undefined;
    if (this.#help) this.#drawHelp();
    else {
      let row = 0;
      if (this.#header && this.#facts) {
        const { rows, pieces } = layOutHeader(this.#settings, this.#facts, screen.columns);
        for (const one of pieces) {
          let at = one.column;
          for (const piece of one.pieces) at = screen.put(one.row, at, piece.text, piece.style);
        }
        row = rows;
      }
      if (this.#header && this.#settings.on.has("screen_tabs")) this.#drawTabs(row++);
      if (this.#setup) this.#setup.draw(screen, row);
      else cursor = this.#drawTable(row);
    }
    yield* this.#terminal.write(`${screen.update(cursor?.[0] ?? screen.rows - 1, cursor?.[1] ?? Math.min(81, screen.columns - 1))}${cursor ? "\u001b[?25h" : "\u001b[?25l"}`);
  }

  #drawTabs(row: number): void {
    let at = 2;
    const tabs = this.#setup ? [{ name: "Setup", front: true }] : this.#settings.tabs.map((tab) => ({ name: tab.name, front: tab === this.#tab }));
    for (const { name, front } of tabs) {
      const colour = front ? "42" : "44";
      at = this.#screen.put(row, at, "[", front ? "32;42" : "34;44");
      at = this.#screen.put(row, at, name, `30;${colour}`);
      at = this.#screen.put(row, at, "]", front ? "32;42" : "34;44") + 1;
    }
  }

  #drawTable(row: number): readonly [number, number] | undefined {
    const screen = this.#screen;
    const left = this.#choice ? this.#choice.width + 1 : 0;
    this.#choice?.panel.draw(screen, row, 0, this.#choice.width, screen.rows - row - 1, true);
    this.#drawHeading(row, left);
    this.#tableRow = row + 1;
    const room = Math.max(1, screen.rows - this.#tableRow - 1);
    if (this.#selected < this.#first) this.#first = this.#selected;
    else if (this.#selected >= this.#first + room) this.#first = this.#selected - room + 1;
    const columns = this.#columns();
    this.#rows.slice(this.#first, this.#first + room).forEach((one, index) => {
      const chosen = this.#first + index === this.#selected;
      const whole = chosen ? (this.#following === undefined ? (this.#choice ? STYLES.chosenElsewhere : STYLES.chosen) : "30;43") : this.#tagged.has(one.process.pid) ? "1;33" : undefined;
      let at = left;
      for (const column of columns) for (const piece of column.cell(one)) at = screen.put(this.#tableRow + index, at, piece.text, whole ?? (this.#settings.on.has("shadow_other_users") && !one.own ? "1;30" : piece.style));
      if (chosen) for (; at < screen.columns; at++) screen.put(this.#tableRow + index, at, " ", whole);
    });
    return this.#drawBar();
  }

  #drawHeading(row: number, left: number): void {
    const screen = this.#screen;
    for (let at = left; at < screen.columns; at++) screen.put(row, at, " ", STYLES.heading);
    if (this.#heading !== undefined) {
      screen.put(row, left, this.#heading, STYLES.heading);
      return;
    }
    let at = left;
    for (const column of this.#columns()) {
      const sorts = column.name === (this.#tab.tree ? "PID" : this.#tab.sort);
      const title = column.name === "Command" && this.#settings.on.has("show_merged_command") ? "Command (merged)" : column.title;
      at = screen.put(row, at, sorts ? `${title.slice(0, -1)}${this.#tab.down && !this.#tab.tree ? "▽" : "△"}` : title, sorts ? STYLES.chosen : STYLES.heading);
    }
  }

  #drawBar(): readonly [number, number] | undefined {
    const screen = this.#screen;
    const last = screen.rows - 1;
    if (this.#choice) drawKeyBar(screen, [["Enter", this.#choice.label], ["Esc", "Cancel "]]);
    else if (this.#typing) {
      const { kind, text: typed, failed } = this.#typing;
      const at = drawKeyBar(screen, kind === "search" ? [["F3", "Next  "], ["S-F3", "Prev   "], ["Esc", "Cancel "], ["  ", " Search: "]] : [["Enter", "Done  "], ["Esc", "Clear "], ["  ", " Filter: "]]);
      return [last, Math.min(screen.columns - 1, screen.put(last, at, typed, failed ? "31;46" : STYLES.label))];
    } else {
      const at = drawKeyBar(screen, FUNCTIONS.map((name, index) => [`F${index + 1}`, index === 4 && this.#tab.tree ? "List  " : index === 3 && this.#filter !== "" ? "FILTER" : name]));
      if (this.#paused) screen.put(last, at + 3, "PAUSED", "1;33");
    }
    return undefined;
  }

  #drawHelp(): void {
    const screen = this.#screen;
    screen.put(0, 0, "htop 3.2.2", "1;36");
    screen.put(1, 0, "What the bars are made of:", "36");
    screen.put(3, 0, "CPU usage bar: [low/normal/kernel                   used%]", "1");
    screen.put(4, 0, "Memory bar:    [used/buffers/shared/cache    used/total]", "1");
    screen.put(5, 0, "Swap bar:      [used                         used/total]", "1");
    HELP.forEach(([key, does, key2, does2], index) => {
      screen.put(7 + index, 0, `${key.padStart(8)}: `, "1;36");
      screen.put(7 + index, 10, does);
      screen.put(7 + index, 42, `${key2.padStart(6)}: `, "1;36");
      screen.put(7 + index, 50, does2);
    });
    screen.put(screen.rows - 1, 0, "Press any key to return.", "1;36");
  }

  // ---- running

  *run(): Blocking<number> {
    const mouse = this.#settings.on.has("enable_mouse");
    yield* this.#terminal.enter(["isig", "ixon"]);
    yield* this.#terminal.write(`\u001b[?1049h\u001b[22;0;0t\u001b[?1h\u001b=\u001b[?25l${mouse ? "\u001b[?1006;1000h" : ""}\u001b[H\u001b[2J`);
    try {
      for (let fresh = true; ; ) {
        if (fresh && !this.#paused) yield* this.#look();
        yield* this.#draw();
        fresh = true;
        const untilUs = this.#sys.clockUs("monotonic") + this.#settings.delay * 100_000;
        for (let again = false; !again; ) {
          const leftUs = untilUs - this.#sys.clockUs("monotonic");
          const event = leftUs <= 0 ? undefined : yield* this.#terminal.next(leftUs);
          if (!event) break;
          if (event.kind === "end" || event.kind === "signal") return 0;
          if (event.kind === "resize") {
            this.#screen.resize(this.#terminal.size.rows, this.#terminal.size.cols);
            yield* this.#draw();
            continue;
          }
          const what = yield* this.#anyKey(event.key);
          if (what === "quit") return 0;
          if (what === "look") again = true;
          else yield* this.#draw();
        }
      }
    } finally {
      yield* writeSettings(this.#sys, this.#settings);
      yield* this.#terminal.write(`\u001b[m\u001b[?12l\u001b[?25h${mouse ? "\u001b[?1006;1000l" : ""}\u001b[${this.#screen.rows};1H\u001b[?1049l\u001b[23;0;0t\r\u001b[?1l\u001b>`);
      yield* this.#terminal.leave();
    }
  }

  *#anyKey(key: string): Blocking<"quit" | "look" | "draw"> {
    if (this.#help) {
      this.#help = false;
      return "look";
    }
    if (this.#setup) {
      if (!this.#setup.key(key, Math.max(1, this.#screen.rows - 10))) return "draw";
      this.#setup = undefined;
      if (!this.#settings.tabs.includes(this.#tab)) this.#tab = this.#settings.tabs[0] ?? this.#tab;
      return "draw";
    }
    if (this.#choice) return yield* this.#choiceKey(this.#choice, key);
    if (this.#typing) return this.#typedKey(this.#typing, key);
    return yield* this.#key(key);
  }

  *#choiceKey(choice: Choice, key: string): Blocking<"look" | "draw"> {
    if (key === "\u001b" || key === "\u0003" || key === "q" || key === "\u001b[21~") this.#choice = undefined;
    else if (key === "\r" || key === "\n") {
      this.#choice = undefined;
      yield* choice.done(choice.panel);
    } else if (key === " " && choice.toggles) {
      const { items, selected } = choice.panel;
      const item = items[selected];
      if (item) items[selected] = `${item.startsWith("[x]") ? "[ ]" : "[x]"}${item.slice(3)}`;
    } else choice.panel.key(key, Math.max(1, this.#screen.rows - this.#tableRow - 2));
    return "draw";
  }

  #typedKey(typing: { text: string; readonly kind: "search" | "filter"; failed: boolean }, key: string): "draw" {
    const search = typing.kind === "search";
    if (key === "\r" || key === "\n" || key === "\u0003") this.#typing = undefined;
    else if (key === "\u001b") {
      this.#typing = undefined;
      if (!search) this.#filter = "";
    } else if (search && (key === "\u001bOR" || key === "\u001b[13~")) this.#find(typing, this.#selected + 1, 1);
    else if (search && (key === "\u001b[1;2R" || key === "\u001b[25~")) this.#find(typing, this.#selected - 1, -1);
    else if (/^\u001b/.test(key)) {
      this.#typing = undefined;
      this.#move(key);
    } else {
      if (key === "\u007f" || key === "\b") typing.text = typing.text.slice(0, -1);
      else if (key >= " ") typing.text += key;
      if (search) this.#find(typing, 0, 1);
      else this.#filter = typing.text;
    }
    this.#select();
    return "draw";
  }

  #find(typing: { readonly text: string; failed: boolean }, from: number, by: number): void {
    const wanted = typing.text.toLowerCase(), count = this.#rows.length;
    for (let step = 0; wanted !== "" && step < count; step++) {
      const at = (((from + step * by) % count) + count) % count;
      const row = this.#rows[at];
      if (!row || !commandOf(row.process).toLowerCase().includes(wanted)) continue;
      this.#selected = at;
      typing.failed = false;
      return;
    }
    typing.failed = wanted !== "";
  }

  get #row(): Row | undefined {
    return this.#rows[this.#selected];
  }

  /** The tagged processes, or the selected one. */
  get #targets(): readonly Row[] {
    const tagged = this.#all.filter(({ process }) => this.#tagged.has(process.pid));
    return tagged.length > 0 ? tagged : this.#row ? [this.#row] : [];
  }

  #tries(act: (pid: number, row: Row) => void): void {
    for (const row of this.#targets) {
      try {
        act(row.process.pid, row);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
    }
  }

  #renice(by: number): void {
    this.#tries((pid, row) => {
      const nice = Math.max(-20, Math.min(19, row.process.nice + by));
      this.#sys.setpriority(nice, pid);
      const changed = (one: Row): Row => (one.process.pid === pid ? { ...one, process: { ...one.process, nice } } : one);
      this.#all = this.#all.map(changed);
      this.#rows = this.#rows.map(changed);
    });
  }

  /** True when the key moved the selection. */
  #move(key: string): boolean {
    const page = Math.max(1, this.#screen.rows - this.#tableRow - 2);
    switch (key) {
      case "\u001b[A": case "\u001bOA": case "\u0010": this.#selected--; break;
      case "\u001b[B": case "\u001bOB": case "\u000e": this.#selected++; break;
      case "\u001b[5~": this.#selected -= page; break;
      case "\u001b[6~": this.#selected += page; break;
      case "\u001b[H": case "\u001b[1~": case "\u001bOH": this.#selected = 0; break;
      case "\u001b[F": case "\u001b[4~": case "\u001bOF": this.#selected = this.#rows.length - 1; break;
      default: return false;
    }
    this.#following = undefined;
    this.#selected = Math.max(0, Math.min(this.#selected, this.#rows.length - 1));
    return true;
  }

  #sortBy(name: string): void {
    this.#tab.down = columnNamed(name)?.down ?? false;
    this.#tab.sort = name;
    this.#tab.tree = false;
  }

  *#sortChosen(panel: ListPanel<string>): Blocking<void> {
    this.#sortBy(panel.current ?? this.#tab.sort);
  }

  #choose(heading: string, items: string[], selected: number, label: string, done: (panel: ListPanel<string>) => Blocking<void>, width = 14, toggles = false): void {
    this.#choice = { panel: new ListPanel<string>(heading, items, (item) => item, selected), width, label, done, toggles };
  }

  /** A digit goes on with the number that was begun, or begins one. */
  #pidDigit(key: string): void {
    for (const typed of [this.#digits + key, key]) {
      const at = this.#rows.findIndex(({ process }) => String(process.pid) === typed);
      this.#digits = typed;
      if (at >= 0) {
        this.#selected = at;
        return;
      }
      if (this.#rows.some(({ process }) => String(process.pid).startsWith(typed))) return;
    }
  }

  *#key(key: string): Blocking<"quit" | "look" | "draw"> {
    if (/^\d$/.test(key)) {
      this.#pidDigit(key);
      return "draw";
    }
    this.#digits = "";
    if (this.#move(key)) return "draw";
    if (key.startsWith("\u001b[<")) return yield* this.#mouse(key);
    const process = this.#row?.process;
    const { on } = this.#settings;
    const flip = (name: string): void => {
      if (!on.delete(name)) on.add(name);
    };
    switch (key) {
      case "q": case "\u0003": case "\u001b[21~": return "quit";
      case "h": case "?": case "\u001bOP": case "\u001b[11~": this.#help = true; return "draw";
      case "C": case "S": case "\u001bOQ": case "\u001b[12~": this.#setup = new Setup(this.#settings, this.#tab); return "draw";
      case "/": case "\u001bOR": case "\u001b[13~": this.#typing = { text: "", kind: "search", failed: false }; return "draw";
      case "\\": case "\u001bOS": case "\u001b[14~": this.#typing = { text: this.#filter, kind: "filter", failed: false }; return "draw";
      case "t": case "\u001b[15~":
        this.#tab.tree = !this.#tab.tree;
        if (!this.#tab.tree) this.#arrange();
        return "draw";
      case "\u001b[17~": case "<": case ">": case ",": case ".": {
        const names = this.#tab.columns;
        this.#choose("Sort by", [...names], names.indexOf(this.#tab.sort), "Sort   ", (panel) => this.#sortChosen(panel));
        return "draw";
      }
      case "P": this.#sortBy("PERCENT_CPU"); return "draw";
      case "M": this.#sortBy("PERCENT_MEM"); return "draw";
      case "T": this.#sortBy("TIME"); return "draw";
      case "N": this.#sortBy("PID"); return "draw";
      case "I": this.#tab.down = !this.#tab.down; this.#arrange(); return "draw";
      case "]": case "\u001b[18~": this.#renice(-1); return "draw";
      case "[": case "\u001b[19~": this.#renice(1); return "draw";
      case "k": case "\u001b[20~": this.#signals(); return "draw";
      case "u": this.#users(); return "draw";
      case "a": this.#processors(); return "draw";
      case "i": this.#ioPriorities(); return "draw";
      case " ":
        if (process && !this.#tagged.delete(process.pid)) this.#tagged.add(process.pid);
        this.#move("\u001b[B");
        return "draw";
      case "c":
        if (process) this.#tagWithChildren(process.pid);
        this.#move("\u001b[B");
        return "draw";
      case "U": this.#tagged.clear(); return "draw";
      case "F": this.#following = this.#following === undefined ? process?.pid : undefined; return "draw";
      case "H": flip("hide_userland_threads"); return "look";
      case "K": flip("hide_kernel_threads"); return "look";
      case "p": flip("show_program_path"); return "draw";
      case "m": flip("show_merged_command"); return "draw";
      case "Z": this.#paused = !this.#paused; return "draw";
      case "#": this.#header = !this.#header; return "draw";
      case "+": case "-": case "=": case "\u007f":
        if (this.#tab.tree && process && !this.#closed.delete(process.pid)) this.#closed.add(process.pid);
        return "look";
      case "*":
        if (this.#tab.tree && this.#closed.size === 0) for (const row of this.#all) this.#closed.add(row.process.pid);
        else this.#closed.clear();
        return "look";
      case "\t": case "\u001b[Z": {
        const { tabs } = this.#settings;
        this.#tab = tabs[(tabs.indexOf(this.#tab) + (key === "\t" ? 1 : tabs.length - 1)) % tabs.length] ?? this.#tab;
        return "look";
      }
      case "w": return process ? yield* this.#inform("command", process) : "draw";
      case "e": return process ? yield* this.#inform("environment", process) : "draw";
      case "l": return process ? yield* this.#inform("files", process) : "draw";
      case "x": return process ? yield* this.#inform("locks", process) : "draw";
      case "s": return process ? yield* this.#trace(process) : "draw";
      case "\u000c": this.#screen.forget(); return "draw";
      default: return "draw";
    }
  }

  #tagWithChildren(pid: number): void {
    this.#tagged.add(pid);
    for (const { process } of this.#all) if (process.ppid === pid && !this.#tagged.has(process.pid)) this.#tagWithChildren(process.pid);
  }

  /** SGR mouse reports: a click selects a row or stands for the key below it; the wheel moves. */
  *#mouse(report: string): Blocking<"quit" | "look" | "draw"> {
    const [, button = "", x = "", y = "", press] = /^\u001b\[<(\d+);(\d+);(\d+)([Mm])$/.exec(report) ?? [];
    const row = Number(y) - 1, column = Number(x) - 1;
    if (press !== "M") return "draw";
    if (button === "64" || button === "65") for (let i = 0; i < 10; i++) this.#move(button === "64" ? "\u001b[A" : "\u001b[B");
    else if (row === this.#screen.rows - 1) {
      const keys = ["\u001bOP", "\u001bOQ", "\u001bOR", "\u001bOS", "\u001b[15~", "\u001b[17~", "\u001b[18~", "\u001b[19~", "\u001b[20~", "\u001b[21~"];
      return yield* this.#key(keys[Math.min(9, Math.floor(column / 8))] ?? "");
    } else if (row === this.#tableRow - 1) {
      let at = 0;
      for (const one of this.#columns()) {
        at += one.title.length;
        if (column >= at && one.name !== "Command") continue;
        if (this.#tab.sort === one.name) this.#tab.down = !this.#tab.down;
        else this.#sortBy(one.name);
        break;
      }
      this.#arrange();
    } else if (row >= this.#tableRow) this.#selected = Math.max(0, Math.min(this.#rows.length - 1, this.#first + row - this.#tableRow));
    return "draw";
  }

  // ---- what opens beside the table

  #signals(): void {
    const named = Object.entries(SIGNALS).map(([name, number]) => ({ name: `SIG${name}`, number })).concat({ name: "SIGIOT", number: 6 }, { name: "SIGPOLL", number: 29 });
    const order = named.filter(({ number }, at) => number > 0 && number <= 31 && named.findIndex((one) => one.name === named[at]?.name) === at).sort((a, b) => a.number - b.number || (a.name < b.name ? -1 : 1));
    const realtime = Array.from({ length: 31 }, (_, at) => ({ name: at === 0 ? "SIGRTMIN" : `SIGRTMIN+${at}`, number: 34 + at }));
    const signals = [{ name: "Cancel", number: 0 }, ...order, ...realtime];
    this.#choose("Send signal:", signals.map(({ name, number }) => `${String(number).padStart(2)} ${name}`), signals.findIndex(({ number }) => number === SIGNALS.TERM), "Send   ", (panel) => this.#send(signals[panel.selected]?.number ?? 0));
  }

  *#send(signal: number): Blocking<void> {
    if (signal === 0) return;
    this.#heading = "Sending...";
    yield* this.#draw();
    this.#tries((pid) => this.#sys.kill(pid, signal));
    yield* this.#sys.sleep(500_000);
    this.#heading = undefined;
  }

  #users(): void {
    const names = [...new Set(this.#all.map(({ user }) => user))].sort();
    this.#choose("Show processes of:", ["All users", ...names], 0, "Show   ", (panel) => this.#showUser(panel.selected === 0 ? undefined : this.#accounts.userByName(panel.current ?? "")?.uid), 19);
  }

  *#showUser(uid: number | undefined): Blocking<void> {
    this.#user = uid;
    yield* this.#look();
  }

  *#schedule(change: Partial<Scheduling>): Blocking<void> {
    this.#tries((pid) => this.#sys.setScheduling(change, pid));
    yield* this.#look();
  }

  #processors(): void {
    const process = this.#row?.process;
    if (!process) return;
    const count = this.#cpus.length;
    const may = this.#sys.getScheduling(process.pid).cpus;
    this.#choose("Use CPUs:", Array.from({ length: count }, (_, at) => `[${!may || may.includes(at) ? "x" : " "}] CPU ${at}`), 0, "Set    ", ({ items }) => {
      const cpus = items.flatMap((item, at) => (item.startsWith("[x]") ? [at] : []));
      return this.#schedule({ cpus: cpus.length === count || cpus.length === 0 ? undefined : cpus });
    }, 14, true);
  }

  #ioPriorities(): void {
    const process = this.#row?.process;
    if (!process) return;
    const levels = ["realtime", "best-effort"] as const;
    const choices = [{ ioClass: "none" as const, ioLevel: 0, label: "None (based on nice)" }, ...levels.flatMap((ioClass) => Array.from({ length: 8 }, (_, ioLevel) => ({ ioClass, ioLevel, label: `${ioClass === "realtime" ? "Realtime" : "Best-effort"} ${ioLevel}${ioLevel === 0 ? " (High)" : ioLevel === 7 ? " (Low)" : ""}` }))), { ioClass: "idle" as const, ioLevel: 7, label: "Idle" }];
    const now = this.#sys.getScheduling(process.pid);
    const at = choices.findIndex((one) => one.ioClass === now.ioClass && (one.ioClass === "none" || one.ioClass === "idle" || one.ioLevel === now.ioLevel));
    this.#choose("IO Priority:", choices.map(({ label }) => label), Math.max(0, at), "Set    ", (panel) => {
      const { ioClass = "none", ioLevel = 0 } = choices[panel.selected] ?? {};
      return this.#schedule({ ioClass, ioLevel });
    }, 20);
  }

  // ---- screens of one process

  *#inform(kind: InformationKind, process: ProcessInfo): Blocking<"look"> {
    for (let again = true; again; ) {
      const found = yield* informationOf(this.#sys, kind, process);
      again = yield* this.#showInformation(found);
    }
    this.#screen.forget();
    return "look";
  }

  #drawInformation(title: string, panel: ListPanel<string>, keys: readonly (readonly [string, string])[]): void {
    const screen = this.#screen;
    for (let row = 0; row < screen.rows; row++) screen.fill(row);
    screen.put(0, 0, title, "36");
    panel.draw(screen, 1, 0, screen.columns, screen.rows - 2, true);
    if (panel.heading === "") screen.fill(1);
    drawKeyBar(screen, keys);
  }

  /** True: look again (F5). */
  *#showInformation({ title, heading, lines }: Information): Blocking<boolean> {
    let panel = new ListPanel<string>(heading, [...lines], (line) => line);
    let typing: { text: string; readonly kind: "search" | "filter"; failed: boolean } | undefined;
    for (;;) {
      const screen = this.#screen;
      this.#drawInformation(title, panel, typing ? [["Esc", "Cancel "], ["  ", typing.kind === "search" ? " Search: " : " Filter: "]] : [["F3", "Search "], ["F4", "Filter "], ["F5", "Refresh"], ["Esc", "Done   "]]);
      if (typing) screen.put(screen.rows - 1, 22, typing.text, STYLES.label);
      yield* this.#terminal.write(`${screen.update(screen.rows - 1, Math.min(screen.columns - 1, typing ? 22 + typing.text.length : 37))}${typing ? "\u001b[?25h" : "\u001b[?25l"}`);
      const event = yield* this.#terminal.next();
      if (!event || event.kind === "end" || event.kind === "signal") return false;
      if (event.kind === "resize") {
        screen.resize(this.#terminal.size.rows, this.#terminal.size.cols);
        continue;
      }
      const { key } = event;
      if (typing) {
        if (key === "\r" || key === "\u001b" || key === "\u0003") typing = undefined;
        else {
          typing.text = key === "\u007f" || key === "\b" ? typing.text.slice(0, -1) : key >= " " && !key.startsWith("\u001b") ? typing.text + key : typing.text;
          const wanted = typing.text.toLowerCase();
          if (typing.kind === "filter") panel = new ListPanel<string>(heading, lines.filter((line) => line.toLowerCase().includes(wanted)), (line) => line);
          else panel.selected = Math.max(0, panel.items.findIndex((line) => line.toLowerCase().includes(wanted)));
        }
      } else if (key === "\u001b" || key === "q" || key === "\u0003" || key === "\u001b[21~") return false;
      else if (key === "\u001b[15~") return true;
      else if (key === "/" || key === "\u001bOR") typing = { text: "", kind: "search", failed: false };
      else if (key === "\\" || key === "\u001bOS") typing = { text: "", kind: "filter", failed: false };
      else if (!/^[\p{L}\p{N}]$/u.test(key)) panel.key(key, screen.rows - 4);
    }
  }

  #end(pid: number): void {
    try {
      this.#sys.kill(pid, SIGNALS.TERM);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }

  *#trace(process: ProcessInfo): Blocking<"look"> {
    const sys = this.#sys;
    const pipe = openShellPipe(sys, `exec strace -T -tt -s 512 -p ${process.pid} 2>&1`, "r");
    const panel = new ListPanel<string>("", [], (line) => line);
    let rest = "", ended = false;
    try {
      for (;;) {
        const screen = this.#screen;
        this.#drawInformation(`Trace of process ${process.pid} - ${commandOf(process)}`, panel, [["F3", "Search "], ["F4", "Filter "], ["F8", "AutoScroll "], ["F9", "Stop Tracing   "], ["Esc", "Done   "]]);
        yield* this.#terminal.write(screen.update(screen.rows - 1, Math.min(screen.columns - 1, 58)));
        const ready = ended ? [] : yield* sys.poll([{ fd: pipe.fd, events: POLL.IN }], 0);
        if (ready.length > 0) {
          const bytes = yield* sys.read(pipe.fd, 16_384);
          if (bytes.length === 0) ended = true;
          const lines = (rest + decode(bytes)).split("\n");
          rest = lines.pop() ?? "";
          panel.items.push(...lines);
          if (ended && panel.items.every((line) => line.includes("not found"))) panel.items.splice(0, panel.items.length, "Could not execute 'strace'. Please make sure it is available in your $PATH.");
          continue;
        }
        const event = yield* this.#terminal.next(200_000);
        if (!event) continue;
        if (event.kind === "end" || event.kind === "signal") break;
        if (event.kind === "resize") screen.resize(this.#terminal.size.rows, this.#terminal.size.cols);
        else if (["\u001b", "q", "\u0003", "\u001b[21~"].includes(event.key)) break;
        else panel.key(event.key, screen.rows - 4);
      }
    } finally {
      this.#end(pipe.pid);
      sys.close(pipe.fd);
      yield* waitFor(sys, pipe.pid);
    }
    this.#screen.forget();
    return "look";
  }
}

export default gnu({
  name: "htop", project: "htop", versionText: "htop 3.2.2\n", tryLine: () => "", summary: "interactive process viewer", synopsis: ["[-dCFhpustvH]"],
  description: ["htop shows the processes on the whole screen. Arrows select, F9 or k sends a signal, F5 shows the tree, F6 sorts, F3 searches, F4 filters, F7 and F8 change the nice value, F2 changes what is shown, F10 or q ends. What was changed is kept in ~/.config/htop/htoprc. Threads have no lines of their own, temperatures and batteries are not shown."],
  options: {
    delay: text(["-d", "--delay"], "DELAY", "tenths of seconds between two looks"), noColour: flag(["-C", "--no-color"], "draw without colours"), filter: text(["-F", "--filter"], "FILTER", "show only commands that hold FILTER"), pids: text(["-p", "--pid"], "PID,PID,...", "show only these processes"), sort: text(["-s", "--sort-key"], "COLUMN", "sort by COLUMN; help lists them"), user: text(["-u", "--user"], "USERNAME", "show only this user's processes"), tree: flag(["-t", "--tree"], "show the tree"), noMouse: flag(["-M", "--no-mouse"], "leave the mouse to the terminal"), noUnicode: flag(["-U", "--no-unicode"], "taken"), readonly: flag(["--readonly"], "taken"), highlight: flag(["-H"], "taken"), helpShort: flag(["-h"], "print help"), versionShort: flag(["-V"], "print the version"),
  },
  operands: "none",
  rewrite: (args) => args.map((arg) => (arg === "-h" ? "--help" : arg === "-V" ? "--version" : arg)),
  *run({ options, sys }, io: Io) {
    if (options.sort === "help") {
      for (const { name, meaning } of COLUMNS) io.out.put(`${name.padStart(19)} ${meaning}\n`);
      return 0;
    }
    const sort = options.sort === undefined ? undefined : COLUMNS.find(({ name }) => name.toLowerCase() === options.sort?.toLowerCase());
    if (options.sort !== undefined && !sort) {
      yield* io.stderr(`Error: invalid column "${options.sort}".\n`);
      return 1;
    }
    const accounts = yield* Accounts.read(sys);
    const user = options.user === undefined ? undefined : accounts.userByName(options.user);
    if (options.user !== undefined && !user) {
      yield* io.stderr(`Error: invalid user "${options.user}".\n`);
      return 1;
    }
    const delay = options.delay === undefined ? undefined : Number(options.delay);
    if (delay !== undefined && !(delay >= 1)) {
      yield* io.stderr(`Error: invalid delay value "${options.delay}".\n`);
      return 1;
    }
    if (!sys.isatty(1)) {
      yield* io.stderr("Error opening terminal: unknown.\n");
      return 1;
    }
    const settings = yield* readSettings(sys, (yield* readCpus(sys)).length);
    if (delay !== undefined) settings.delay = Math.min(100, delay);
    if (options.noColour) settings.numbers.set("color_scheme", 1);
    if (options.noMouse) settings.on.delete("enable_mouse");
    const [tab] = settings.tabs;
    if (tab && sort) [tab.sort, tab.down, tab.tree] = [sort.name, sort.down, false];
    if (tab && options.tree) tab.tree = true;
    const terminal = yield* RawTerminal.open(sys, 1, 25_000);
    for (const signal of [SIGNALS.WINCH, SIGNALS.TERM, SIGNALS.HUP]) sys.sigaction(signal, "catch");
    return yield* new Htop(sys, terminal, accounts, settings, { pids: (options.pids ?? "").split(",").filter((one) => one !== "").map(Number), user: user?.uid, filter: options.filter ?? "" }).run();
  },
});
