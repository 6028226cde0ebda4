// Puts the events of traced processes into strace's lines: one process at a time owns the current line, another one's news cut it short
// ("<unfinished ...>") and its rest comes later ("<... read resumed>").
import { type Errno, strerror, type TraceEvent, type WaitStatus } from "../../kernel/sys.ts";
import { type CallLine, callLines } from "./_calls.ts";
import { type Style, signalText } from "./_values.ts";

export interface PrinterOptions {
  readonly column: number;
  readonly shows: (call: string) => boolean;
  readonly showsSignal: (signal: number) => boolean;
  /** by -e status, -z and -Z */
  readonly showsOutcome: (outcome: "successful" | "failed" | "unfinished") => boolean;
  readonly time: "" | "-t" | "-tt" | "-ttt" | "-r";
  readonly duration: boolean;
  /** into a file each process has its number; on a terminal only when there are several */
  readonly toFile: boolean;
  readonly follow: boolean;
  readonly separate: boolean;
  /** -q, -qq, -qqq */
  readonly quiet: number;
  readonly summaryOnly: boolean;
  /** of a process: where its descriptors lead */
  readonly style: (pid: number) => Style;
  /** clock of day for -t */
  readonly clock: (atUs: number) => string;
}

export interface CallCount {
  calls: number;
  errors: number;
  spentUs: number;
}

interface Open {
  readonly call: string;
  readonly arguments: readonly unknown[];
  readonly atUs: number;
  /** its beginning was written */
  shown: boolean;
  /** another process's line came between */
  cut: boolean;
}

const RESTARTS = { SYS: "ERESTARTSYS (To be restarted if SA_RESTART is set)", NOHAND: "ERESTARTNOHAND (To be restarted if no handler)", BLOCK: "ERESTART_RESTARTBLOCK (Interrupted by signal)" } as const;

/** What a sleeping process was doing when it was attached to (its wait channel). */
const RESUMED: ReadonlyMap<string, string> = new Map([
  ["hrtimer_nanosleep", "restart_syscall(<... resuming interrupted clock_nanosleep ...>"], ["do_sys_poll", "restart_syscall(<... resuming interrupted poll ...>"], ["do_wait", "wait4(-1, "], ["wait_woken", "read(0, "], ["pipe_read", "read(0, "],
  ["inet_csk_accept", "accept(3, "], ["do_sys_pause", "pause("],
]);

export class Printer {
  readonly counts = new Map<string, CallCount>();
  readonly #options: PrinterOptions;
  readonly #write: (pid: number, text: string) => void;
  readonly #open = new Map<number, Open>();
  readonly #alive = new Set<number>();
  /** whose unfinished line the cursor is on, and how long it is */
  #current: number | undefined;
  #length = 0;
  #lastUs: number | undefined;
  #exiting = new Set<number>();

  constructor(options: PrinterOptions, write: (pid: number, text: string) => void) {
    this.#options = options;
    this.#write = write;
  }

  start(pid: number): void {
    this.#alive.add(pid);
  }

  print(event: TraceEvent): void {
    const resumed = this.#open.get(event.pid);
    if (resumed?.call === "" && event.kind !== "signal") {
      this.#open.delete(event.pid);
      if (this.#current === event.pid) {
        this.#put(event.pid, `)${" ".repeat(Math.max(1, this.#options.column - this.#length - 1))}= 0\n`);
        this.#current = undefined;
      }
    }
    switch (event.kind) {
      case "attached": return this.#attached(event.pid, event.channel, event.atUs);
      case "enter": return this.#enter(event.pid, event.call, event.arguments, event.atUs);
      case "leave": return this.#leave(event.pid, event.call, event, event.atUs);
      case "call": {
        for (const line of callLines(event.call, event.arguments, { result: event.result, errno: event.errno }, this.#options.style(event.pid))) {
          const errno = line.failing === undefined || line.failing ? event.errno : undefined;
          this.#count(line.name, 1, errno !== undefined);
          if (!this.#shows(line.name, errno)) continue;
          this.#begin(event.pid, event.atUs);
          this.#put(event.pid, `${line.name}(${line.enter}${line.leave}`);
          this.#finish(event.pid, line, errno, 1);
          if (line.failing && errno !== undefined) break;
        }
        return;
      }
      case "signal": {
        this.#interrupted(event.pid);
        if (!this.#options.showsSignal(event.signal) || this.#options.summaryOnly) return;
        this.#begin(event.pid, event.atUs);
        this.#put(event.pid, `--- ${signalText(event.signal)} ${signalFacts(event)} ---\n`);
        this.#current = undefined;
        return;
      }
      default: return this.#ended(event.pid, event.status, event.atUs);
    }
  }

  /** At the end: processes that are let go. */
  detached(pid: number): void {
    if (this.#current === pid) this.#put(pid, " <detached ...>\n");
    this.#current = undefined;
  }

  #attached(pid: number, channel: string, atUs: number): void {
    this.#alive.add(pid);
    const resumed = RESUMED.get(channel);
    if (resumed === undefined || this.#options.summaryOnly || !this.#options.shows(resumed.slice(0, resumed.indexOf("(")))) return;
    this.#begin(pid, atUs);
    this.#put(pid, resumed);
    this.#current = pid;
    this.#open.set(pid, { call: "", arguments: [], atUs, shown: true, cut: false });
  }

  #enter(pid: number, call: string, args: readonly unknown[], atUs: number): void {
    if (call === "exit") this.#exiting.add(pid);
    const [line] = callLines(call, args, undefined, this.#options.style(pid));
    const open: Open = { call, arguments: args, atUs, shown: false, cut: false };
    this.#open.set(pid, open);
    if (line === undefined || this.#options.summaryOnly || !this.#options.shows(line.name) || !this.#options.showsOutcome("unfinished")) return;
    this.#begin(pid, atUs);
    this.#put(pid, `${line.name}(${line.enter}`);
    this.#current = pid;
    open.shown = true;
    if (call === "exit") {
      this.#put(pid, `)${" ".repeat(Math.max(1, this.#options.column - this.#length - 1))}= ?\n`);
      this.#current = undefined;
    }
  }

  #leave(pid: number, call: string, outcome: { readonly result?: unknown; readonly errno?: Errno }, atUs: number): void {
    const open = this.#open.get(pid);
    this.#open.delete(pid);
    const [line] = callLines(call, open?.arguments ?? [], { result: outcome.result, errno: outcome.errno }, this.#options.style(pid));
    if (!line || !open) return;
    const spentUs = Math.max(1, atUs - open.atUs);
    this.#count(line.name, spentUs, outcome.errno !== undefined);
    if (!open.shown) {
      if (!this.#shows(line.name, outcome.errno)) return;
      this.#begin(pid, open.atUs);
      this.#put(pid, `${line.name}(${line.enter}`);
    } else if (this.#current !== pid) {
      this.#begin(pid, atUs);
      this.#put(pid, `<... ${line.name} resumed>`);
    }
    this.#put(pid, line.leave);
    this.#finish(pid, line, outcome.errno, spentUs);
  }

  #finish(pid: number, line: CallLine, errno: Errno | undefined, spentUs: number): void {
    const result = errno === undefined ? line.result : errno === "EINTR" && line.restart ? `? ${RESTARTS[line.restart]}` : `-1 ${errno} (${strerror(errno)})`;
    const pad = " ".repeat(Math.max(1, this.#options.column - this.#length - 1));
    this.#put(pid, `)${pad}= ${result}${this.#options.duration ? ` <${(spentUs / 1e6).toFixed(6)}>` : ""}\n`);
    this.#current = undefined;
  }

  /** A call that a deadly signal breaks off. */
  #interrupted(pid: number): void {
    const open = this.#open.get(pid);
    if (!open?.shown || open.call === "") return;
    const [line] = callLines(open.call, open.arguments, { result: undefined, errno: "EINTR" }, this.#options.style(pid));
    if (line) this.#leave(pid, open.call, { errno: "EINTR" }, open.atUs + 1);
  }

  #ended(pid: number, status: WaitStatus, atUs: number): void {
    const { summaryOnly, quiet } = this.#options;
    const open = this.#open.get(pid);
    if (status.kind === "exited" && !this.#exiting.has(pid) && !summaryOnly && this.#options.shows("exit_group") && this.#options.showsOutcome("unfinished")) {
      this.#begin(pid, atUs);
      this.#put(pid, `exit_group(${status.status})`);
      this.#put(pid, `${" ".repeat(Math.max(1, this.#options.column - this.#length))}= ?\n`);
      this.#current = undefined;
    } else if (status.kind === "signaled" && open?.shown) {
      if (this.#current === pid) this.#put(pid, " <unfinished ...>)");
      else {
        this.#begin(pid, atUs);
        this.#put(pid, `<... ${callLines(open.call, open.arguments, undefined, this.#options.style(pid))[0]?.name ?? ""} resumed>)`);
      }
      this.#put(pid, `${" ".repeat(Math.max(1, this.#options.column - this.#length))}= ?\n`);
      this.#current = undefined;
    }
    this.#open.delete(pid);
    if (!summaryOnly && quiet < 2) {
      this.#begin(pid, atUs);
      this.#put(pid, status.kind === "signaled" ? `+++ killed by ${signalText(status.signal)}${status.coreDumped ? " (core dumped)" : ""} +++\n` : `+++ exited with ${status.kind === "exited" ? status.status : 0} +++\n`);
      this.#current = undefined;
    }
    this.#alive.delete(pid);
  }

  #shows(name: string, errno: Errno | undefined): boolean {
    return !this.#options.summaryOnly && this.#options.shows(name) && this.#options.showsOutcome(errno === undefined ? "successful" : "failed");
  }

  #count(name: string, spentUs: number, failed: boolean): void {
    if (!this.#options.shows(name)) return;
    const count = this.counts.get(name) ?? { calls: 0, errors: 0, spentUs: 0 };
    count.calls++;
    count.spentUs += spentUs;
    if (failed) count.errors++;
    this.counts.set(name, count);
  }

  /** A new line for that process; the unfinished one of another ends here. */
  #begin(pid: number, atUs: number): void {
    if (this.#current !== undefined && !this.#options.separate) {
      this.#put(this.#current, " <unfinished ...>\n");
      const open = this.#open.get(this.#current);
      if (open) open.cut = true;
      this.#current = undefined;
    }
    this.#length = 0;
    const { toFile, follow, separate, time } = this.#options;
    if (!separate) {
      if (toFile && follow) this.#put(pid, `${String(pid).padEnd(5)} `);
      else if (!toFile && this.#alive.size > 1) this.#put(pid, `[pid ${String(pid).padStart(5)}] `);
    }
    if (time === "-ttt") this.#put(pid, `${(atUs / 1e6).toFixed(6)} `);
    else if (time === "-r") this.#put(pid, `${((atUs - (this.#lastUs ?? atUs)) / 1e6).toFixed(6).padStart(13)} `);
    else if (time !== "") this.#put(pid, `${this.#options.clock(atUs)}${time === "-tt" ? `.${String(atUs % 1e6).padStart(6, "0")}` : ""} `);
    this.#lastUs = atUs;
  }

  #put(pid: number, text: string): void {
    this.#length += text.length;
    this.#write(pid, text);
  }
}

function signalFacts(event: TraceEvent & { readonly kind: "signal" }): string {
  const name = signalText(event.signal);
  const { child, sender } = event;
  if (child) {
    const { status } = child;
    const code = status.kind === "exited" ? "CLD_EXITED" : status.kind === "signaled" ? (status.coreDumped ? "CLD_DUMPED" : "CLD_KILLED") : status.kind === "stopped" ? "CLD_STOPPED" : "CLD_CONTINUED";
    const value = status.kind === "exited" ? String(status.status) : status.kind === "continued" ? "SIGCONT" : signalText(status.signal);
    return `{si_signo=${name}, si_code=${code}, si_pid=${child.pid}, si_uid=${child.uid}, si_status=${value}, si_utime=0, si_stime=0}`;
  }
  if (sender) return `{si_signo=${name}, si_code=SI_USER, si_pid=${sender.pid}, si_uid=${sender.uid}}`;
  return `{si_signo=${name}, si_code=SI_KERNEL}`;
}

const SORTS: ReadonlyMap<string, keyof CallCount | "name" | "none"> = new Map([
  ["time", "spentUs"], ["time-percent", "spentUs"], ["time-total", "spentUs"], ["total-time", "spentUs"], ["calls", "calls"], ["count", "calls"], ["errors", "errors"], ["error", "errors"], ["name", "name"], ["syscall", "name"], ["syscall-name", "name"],
  ["avg-time", "spentUs"], ["time-avg", "spentUs"], ["min-time", "spentUs"], ["max-time", "spentUs"], ["shortest", "spentUs"], ["longest", "spentUs"], ["nothing", "none"], ["none", "none"],
]);
export const isSort = (text: string): boolean => SORTS.has(text);

interface Row extends CallCount {
  readonly name: string;
}
const perCall = (row: Row): number => (row.calls === 0 ? 0 : row.spentUs / row.calls);
interface Column {
  readonly title: string;
  readonly width: number;
  readonly value: (row: Row, total: Row) => string;
}
const share: Column = { title: "% time", width: 6, value: (row, total) => (total.spentUs === 0 ? 0 : (100 * row.spentUs) / total.spentUs).toFixed(2) };
const seconds: Column = { title: "seconds", width: 11, value: (row) => (row.spentUs / 1e6).toFixed(6) };
const each: Column = { title: "usecs/call", width: 11, value: (row) => String(Math.floor(perCall(row))) };
const shortest: Column = { title: "shortest", width: 11, value: (row) => (perCall(row) / 1e6).toFixed(6) };
const longest: Column = { title: "longest", width: 11, value: (row) => (perCall(row) / 1e6).toFixed(6) };
const calls: Column = { title: "calls", width: 9, value: (row) => String(row.calls) };
const errors: Column = { title: "errors", width: 9, value: (row) => (row.errors === 0 ? "" : String(row.errors)) };
const named: Column = { title: "syscall", width: 16, value: (row) => row.name };
const COLUMNS: ReadonlyMap<string, Column> = new Map([
  ["time-percent", share], ["time", share], ["total-time", seconds], ["time-total", seconds], ["avg-time", each], ["time-avg", each], ["min-time", shortest], ["shortest", shortest], ["time-min", shortest], ["max-time", longest], ["longest", longest], ["time-max", longest],
  ["calls", calls], ["count", calls], ["errors", errors], ["error", errors], ["name", named], ["syscall", named], ["syscall-name", named],
]);
const USUAL: readonly Column[] = [share, seconds, each, calls, errors, named];

/** What -U names; the word that is none otherwise. Calls' names come last when they are not named. */
export function summaryColumns(text: string): readonly Column[] | string {
  const columns: Column[] = [];
  for (const word of text.split(",")) {
    const column = COLUMNS.get(word);
    if (!column) return word;
    columns.push(column);
  }
  return columns.includes(named) ? columns : [...columns, named];
}

/** -c: the table, by time unless -S says otherwise. */
export function summary(counts: ReadonlyMap<string, CallCount>, sort: string, columns: readonly Column[] = USUAL): string {
  const rows = [...counts].map(([name, count]) => ({ name, ...count }));
  const key = SORTS.get(sort) ?? "spentUs";
  if (key === "name") rows.sort((a, b) => (a.name < b.name ? -1 : 1));
  else if (key !== "none") rows.sort((a, b) => b[key] - a[key]);
  const total = rows.reduce((sum, row) => ({ name: "total", calls: sum.calls + row.calls, errors: sum.errors + row.errors, spentUs: sum.spentUs + row.spentUs }), { name: "total", calls: 0, errors: 0, spentUs: 0 });
  // the last column is not filled, and a name is at its left
  const written = (cell: (column: Column) => string): string => columns.map((column, index) => (column === named ? (index === columns.length - 1 ? cell(column) : cell(column).padEnd(column.width)) : cell(column).padStart(column.width))).join(" ");
  const rule = `${columns.map((column) => "-".repeat(column.width)).join(" ")}\n`;
  return `${written((column) => column.title)}\n${rule}${rows.map((row) => `${written((column) => column.value(row, total))}\n`).join("")}${rule}${written((column) => (column === share ? "100.00" : column.value(total, total)))}\n`;
}
