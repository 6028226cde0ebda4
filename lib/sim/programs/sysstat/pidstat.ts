// pidstat: what processes and threads use (pidstat(1), sysstat 12.6.1).
// (More than 400 lines: one program whose tables share their lines.)

import { type Blocking, SIGNALS, type Sys, SysError } from "../../kernel/sys.ts";
import { Accounts } from "../kit/accounts.ts";
import { execSearching } from "../kit/exec-path.ts";
import { flag, type Io, optionalText, program, text, word } from "../kit/program.ts";
import { listPids, readMemory } from "../kit/processes.ts";
import { compileRegex, type Regex } from "../kit/regex/compile-regex.ts";
import { Cells } from "./_cells.ts";
import { readTask, type Task, threadsOf } from "./_tasks.ts";
import { firstLine, inFront, nowSeconds, processorCount, readTimes, uptimeHundredths } from "./_times.ts";
import { digits, takeNumber, usage, VERSION_TEXT } from "./_usage.ts";

type Part = "u" | "d" | "r" | "s" | "w" | "v" | "R";
const PARTS: readonly Part[] = ["u", "r", "s", "d", "w", "v", "R"];
const ONE_LINE: readonly Part[] = ["u", "r", "s", "d", "w", "v", "R"];

interface Wish {
  readonly parts: Set<Part>;
  tasks: boolean;
  children: boolean;
  oneLine: boolean;
  epoch: boolean;
  human: boolean;
  decimals: number | undefined;
  lines: boolean;
  threads: boolean;
  users: boolean;
  user: string | undefined;
  perProcessor: boolean;
  pids: "all" | readonly number[] | undefined;
  command: string | undefined;
  group: string | undefined;
  run: readonly string[] | undefined;
  interval: number | undefined;
  count: number | undefined;
}

interface Reading {
  readonly seconds: number;
  readonly hundredths: number;
  readonly tasks: ReadonlyMap<string, Task>;
}

interface Look {
  readonly cells: Cells;
  readonly wish: Wish;
  readonly processors: number;
  readonly memoryKib: number;
  readonly accounts: Accounts;
  /** of -C */
  readonly pattern: Regex | undefined;
}

interface Table {
  readonly part: Part;
  readonly heads: readonly (readonly [head: string, width: number])[];
  readonly child?: true;
  active(before: Task | undefined, now: Task): boolean;
  cells(look: Look, before: Task | undefined, now: Task, hundredths: number, average: boolean): string;
}

const delta = (before: Task | undefined, now: Task, field: keyof Omit<Task, "command" | "line">): number => Math.max(0, now[field] - (before?.[field] ?? 0));
const per = (before: Task | undefined, now: Task, field: keyof Omit<Task, "command" | "line">, hundredths: number): number => (delta(before, now, field) / hundredths) * 100;

const POLICIES = ["NORMAL", "FIFO", "RR", "BATCH", "ISO", "IDLE", "DEADLN"];

const TASK_TABLES: readonly Table[] = [
  {
    part: "u", heads: [["%usr", 7], ["%system", 7], ["%guest", 7], ["%wait", 7], ["%CPU", 7], ["CPU", 5]],
    active: (before, now) => delta(before, now, "user") + delta(before, now, "system") > 0,
    cells: ({ cells, wish, processors }, before, now, hundredths, average) => {
      const total = per(before, now, "user", hundredths) + per(before, now, "system", hundredths);
      const values = [Math.max(0, per(before, now, "user", hundredths) - per(before, now, "guest", hundredths)), per(before, now, "system", hundredths), per(before, now, "guest", hundredths), per(before, now, "waited", hundredths) / 1e7, wish.perProcessor ? total / processors : total];
      return values.map((value) => cells.percent(value, 7, false)).join("") + cells.item(` ${(average ? "-" : String(now.processor)).padStart(5)}`);
    },
  },
  {
    part: "r", heads: [["minflt/s", 9], ["majflt/s", 9], ["VSZ", 7], ["RSS", 7], ["%MEM", 6]], active: (before, now) => delta(before, now, "minorFaults") + delta(before, now, "majorFaults") > 0,
    cells: ({ cells, memoryKib }, before, now, hundredths) => cells.real(per(before, now, "minorFaults", hundredths), 9) + cells.real(per(before, now, "majorFaults", hundredths), 9) + cells.count(now.virtualKib, 7, "k") + cells.count(now.residentKib, 7, "k") + cells.percent(memoryKib === 0 ? 0 : (now.residentKib / memoryKib) * 100, 6, false),
  },
  { part: "s", heads: [["StkSize", 7], ["StkRef", 7]], active: (_, now) => now.stackKib > 0, cells: ({ cells }, _before, now) => cells.count(now.stackKib, 7, "k") + cells.count(now.stackUsedKib, 7, "k") },
  {
    part: "d", heads: [["kB_rd/s", 9], ["kB_wr/s", 9], ["kB_ccwr/s", 9], ["iodelay", 7]], active: (before, now) => delta(before, now, "bytesRead") + delta(before, now, "bytesWritten") + delta(before, now, "bytesCancelled") + delta(before, now, "ioDelay") > 0,
    cells: ({ cells }, before, now, hundredths) => ["bytesRead", "bytesWritten", "bytesCancelled"].map((field) => cells.bytes(per(before, now, field === "bytesRead" ? "bytesRead" : field === "bytesWritten" ? "bytesWritten" : "bytesCancelled", hundredths) / 1024, 9)).join("") + cells.count(delta(before, now, "ioDelay"), 7),
  },
  {
    part: "w", heads: [["cswch/s", 9], ["nvcswch/s", 9]], active: (before, now) => delta(before, now, "switches") + delta(before, now, "preemptions") > 0,
    cells: ({ cells }, before, now, hundredths) => cells.real(per(before, now, "switches", hundredths), 9) + cells.real(per(before, now, "preemptions", hundredths), 9),
  },
  { part: "v", heads: [["threads", 7], ["fd-nr", 7]], active: () => true, cells: ({ cells }, _before, now) => cells.count(now.threads, 7) + cells.count(now.descriptors, 7) },
  { part: "R", heads: [["prio", 4], ["policy", 6]], active: () => true, cells: ({ cells }, _before, now) => cells.count(now.priority, 4) + cells.item(` ${(POLICIES[now.policy] ?? "?").padStart(6)}`) },
];

const CHILD_TABLES: readonly Table[] = [
  {
    part: "u", child: true, heads: [["usr-ms", 9], ["system-ms", 9], ["guest-ms", 9]], active: (before, now) => delta(before, now, "childUser") + delta(before, now, "childSystem") + delta(before, now, "user") + delta(before, now, "system") > 0,
    cells: ({ cells }, before, now) => [delta(before, now, "childUser") + delta(before, now, "user"), delta(before, now, "childSystem") + delta(before, now, "system"), delta(before, now, "childGuest") + delta(before, now, "guest")].map((ticks) => cells.real(ticks * 10, 9, 0)).join(""),
  },
  {
    part: "r", child: true, heads: [["minflt-nr", 9], ["majflt-nr", 9]], active: (before, now) => delta(before, now, "childMinorFaults") + delta(before, now, "childMajorFaults") + delta(before, now, "minorFaults") + delta(before, now, "majorFaults") > 0,
    cells: ({ cells }, before, now) => [delta(before, now, "childMinorFaults") + delta(before, now, "minorFaults"), delta(before, now, "childMajorFaults") + delta(before, now, "majorFaults")].map((faults) => cells.real(faults, 9, 0)).join(""),
  },
];

export default program(
  {
    name: "pidstat", summary: "what processes and threads use", synopsis: ["[OPTION]... [INTERVAL [COUNT]] [-e PROGRAM [ARGUMENT]...]"], operands: "none", seeAlso: ["iostat(1)", "mpstat(1)", "ps(1)", "top(1)"],
    options: [
      flag(["-d"], "disk traffic"), text(["-C"], "TEXT", "processes whose command has TEXT"), text(["-G"], "TEXT", "processes whose name has TEXT, and with -t their threads"), flag(["-H"], "times as seconds since 1970"), flag(["-h"], "everything of a process in one line"), flag(["-I"], "shares of the whole machine"),
      flag(["-l"], "the whole command line"), text(["-p"], "PID,...|SELF|ALL", "these processes"), flag(["-R"], "priority and policy of real time"), flag(["-r"], "memory and page faults"), flag(["-s"], "the stack"), word(["-T"], "WHAT", [["TASK"], ["CHILD"], ["ALL"]], "the processes, or they with their children"),
      flag(["-t"], "threads, too"), optionalText(["-U"], "USER", "names of users; those of USER only"), flag(["-u"], "use of the processors, the default"), flag(["-V"], "show the version"), flag(["-v"], "threads and open files"), flag(["-w"], "switches between processes"),
      text(["-e"], "PROGRAM", "run it and watch it to its end"), text(["--dec"], "0|1|2", "so many decimals"), flag(["--human"], "units that people read easily"),
    ],
  },
  function* (sys, argv, io: Io) {
    const wish = parse(sys, argv.slice(1));
    if (wish === "version") {
      io.out.put(VERSION_TEXT);
      return 0;
    }
    if (wish === undefined) return yield* usage(io, "pidstat");
    const times = yield* readTimes(sys);
    const processors = processorCount(sys);
    const look: Look = { cells: new Cells(sys, wish), wish, processors, memoryKib: (yield* readMemory(sys)).get("MemTotal") ?? 0, accounts: yield* Accounts.read(sys), pattern: wish.command === undefined ? undefined : compileRegex(wish.command, { syntax: "bre" }) };
    io.out.put(firstLine(sys.uname(), times.date(times.civil(nowSeconds(sys))), processors));
    const stamp = (seconds: number): string => (wish.epoch ? String(seconds) : times.time(times.civil(seconds)));
    if (wish.run !== undefined) return yield* watchProgram(sys, io, look, wish.run, stamp);
    if (wish.interval === undefined) {
      const now = yield* read(sys, wish);
      io.out.put(tables(look, undefined, now, stamp(now.seconds), stamp(now.seconds), true, false));
      return 0;
    }
    const repeats = wish.oneLine || wish.parts.size > 1 || (wish.tasks && wish.children) || wish.threads || wish.pids === undefined || wish.pids === "all" || wish.pids.length > 1;
    const first = yield* read(sys, wish);
    let before = first;
    let shown = 0;
    sys.sigaction(SIGNALS.INT, "catch");
    for (; wish.count === undefined || shown < wish.count; shown++) {
      yield* io.out.flush();
      try {
        yield* sys.sleep(wish.interval * 1e6);
      } catch (error) {
        if (!(error instanceof SysError) || error.errno !== "EINTR") throw error;
        io.out.put("\n");
        break;
      }
      const now = yield* read(sys, wish);
      io.out.put(tables(look, before, now, stamp(before.seconds), stamp(now.seconds), repeats || shown === 0, false));
      before = now;
      if (typeof wish.pids === "object" && now.tasks.size === 0) break;
    }
    if (shown > 0 && !wish.oneLine && before.tasks.size > 0) {
      const average = io.word("Average:");
      io.out.put(tables(look, first, before, average, average, repeats, true));
    }
    return 0;
  },
);

function parse(sys: Sys, words: readonly string[]): Wish | "version" | undefined {
  const wish: Wish = {
    parts: new Set(), tasks: true, children: false, oneLine: false, epoch: false, human: false, decimals: undefined, lines: false, threads: false, users: false, user: undefined, perProcessor: false, pids: undefined, command: undefined, group: undefined,
    run: undefined, interval: undefined, count: undefined,
  };
  for (let at = 0; at < words.length; at++) {
    const given = words[at] ?? "";
    const next = words[at + 1];
    if (given === "-p") {
      if (next === undefined) return undefined;
      at++;
      const pids: number[] = [];
      for (const one of next.split(",")) {
        const pid = one === "SELF" ? sys.getpid() : digits(one);
        if (one === "ALL") wish.pids = "all";
        else if (pid === undefined || pid < 1) return undefined;
        else pids.push(pid);
      }
      if (wish.pids !== "all") wish.pids = pids;
    } else if (given === "-C" || given === "-G") {
      if (next === undefined) return undefined;
      if (given === "-C") wish.command = next;
      else wish.group = next;
      at++;
    } else if (given === "-T") {
      if (next !== "TASK" && next !== "CHILD" && next !== "ALL") return undefined;
      wish.tasks = next !== "CHILD";
      wish.children = next !== "TASK";
      at++;
    } else if (given === "-U") {
      wish.users = true;
      if (next !== undefined && !next.startsWith("-") && digits(next) === undefined) {
        wish.user = next;
        at++;
      }
    } else if (given === "-e") {
      if (next === undefined) return undefined;
      wish.run = words.slice(at + 1);
      break;
    } else if (given === "--human") wish.human = true;
    else if (/^--dec=[012]$/.test(given)) wish.decimals = Number(given.slice(6));
    else if (given.startsWith("-") && !given.startsWith("--") && given.length > 1) {
      for (const letter of given.slice(1)) {
        const part = PARTS.find((one) => one === letter);
        if (part !== undefined) wish.parts.add(part);
        else if (letter === "H") wish.epoch = true;
        else if (letter === "h") wish.oneLine = true;
        else if (letter === "I") wish.perProcessor = true;
        else if (letter === "l") wish.lines = true;
        else if (letter === "t") wish.threads = true;
        else if (letter === "V") return "version";
        else return undefined;
      }
    } else if (!takeNumber(wish, given)) return undefined;
  }
  if (wish.parts.size === 0) wish.parts.add("u");
  if (wish.interval === 0) wish.interval = undefined;
  if (wish.oneLine) wish.tasks = true;
  return wish;
}

function* read(sys: Sys, wish: Wish): Blocking<Reading> {
  const tasks = new Map<string, Task>();
  const deep = { stack: wish.parts.has("s"), descriptors: wish.parts.has("v") };
  for (const pid of wish.pids === undefined || wish.pids === "all" ? listPids(sys) : [...wish.pids].sort((a, b) => a - b)) {
    const task = yield* readTask(sys, pid, 0, deep);
    if (task === undefined) continue;
    tasks.set(String(pid), task);
    if (wish.threads) for (const tid of threadsOf(sys, pid)) {
      const thread = yield* readTask(sys, pid, tid, deep);
      if (thread !== undefined) tasks.set(`${pid}/${tid}`, thread);
    }
    if (sys.charge(20)) yield* sys.preempt();
  }
  return { seconds: nowSeconds(sys), hundredths: yield* uptimeHundredths(sys), tasks };
}

function wanted(look: Look, task: Task): boolean {
  const { wish, accounts, pattern } = look;
  if (pattern !== undefined && !pattern.test(task.command)) return false;
  if (wish.group !== undefined && !task.command.includes(wish.group)) return false;
  return wish.user === undefined || accounts.userById(task.uid)?.name === wish.user;
}

function tables(look: Look, before: Reading | undefined, now: Reading, from: string, to: string, headed: boolean, average: boolean): string {
  const { wish } = look;
  const hundredths = Math.max(1, now.hundredths - (before?.hundredths ?? 0));
  if (wish.oneLine) {
    const parts = ONE_LINE.filter((part) => wish.parts.has(part)).flatMap((part) => TASK_TABLES.find((table) => table.part === part) ?? []);
    let lines = `\n${"# Time".padEnd(11)}${whoHeads(wish)}${parts.map(heads).join("")}  Command\n`;
    for (const [key, task] of now.tasks) {
      const former = before?.tasks.get(key);
      if (!wanted(look, task) || (wish.parts.has("s") && task.stackKib === 0) || (typeof wish.pids !== "object" && !parts.some((table) => table.active(former, task)))) continue;
      lines += `${inFront(to)}${who(look, task)}${parts.map((table) => table.cells(look, former, task, hundredths, false)).join("")}${look.cells.named(`  ${name(wish, task)}\n`, true)}`;
    }
    return lines;
  }
  let out = "";
  for (const table of [...(wish.tasks ? TASK_TABLES : []), ...(wish.children ? CHILD_TABLES : [])]) {
    if (!wish.parts.has(table.part)) continue;
    if (headed) out += `\n${inFront(from)}${whoHeads(wish)}${heads(table)}  Command\n`;
    for (const [key, task] of now.tasks) {
      const former = before?.tasks.get(key);
      const active = table.active(former, task);
      if (!wanted(look, task) || (table.part === "s" ? !active : typeof wish.pids !== "object" && wish.pids !== "all" && !active)) continue;
      out += `${inFront(to)}${who(look, task)}${table.cells(look, former, task, hundredths, average)}${look.cells.named(`  ${name(wish, task)}\n`, active)}`;
    }
  }
  return out;
}

const heads = (table: Table): string => table.heads.map(([head, width]) => ` ${head.padStart(width)}`).join("");
const whoHeads = (wish: Wish): string => `${wish.users ? " ".repeat(5) : "   "}${wish.users ? "USER" : "UID"}${wish.threads ? "      TGID       TID" : "       PID"}`;

function who({ cells, wish, accounts }: Look, task: Task): string {
  const owner = wish.users ? ` ${(accounts.userById(task.uid)?.name ?? String(task.uid)).padStart(8)}` : ` ${String(task.uid).padStart(5)}`;
  const ids = wish.threads ? (task.tid === 0 ? ` ${String(task.pid).padStart(9)} ${"-".padStart(9)}` : ` ${"-".padStart(9)} ${String(task.tid).padStart(9)}`) : ` ${String(task.pid).padStart(9)}`;
  return cells.item(owner) + cells.item(ids);
}

const name = (wish: Wish, task: Task): string => `${task.tid === 0 ? "" : "|__"}${wish.lines && task.tid === 0 ? task.line : task.command}`;

/** -e: the program runs, and at its end its line is shown. */
function* watchProgram(sys: Sys, io: Io, look: Look, command: readonly string[], stamp: (seconds: number) => string): Blocking<number> {
  const { wish } = look;
  yield* io.out.flush();
  const pid = sys.fork(function* (child) {
    const failure = yield* execSearching(child, command[0] ?? "", command);
    yield* io.stderr(`exec: ${failure.message}\n`);
    return 4;
  });
  wish.pids = [pid];
  const start = nowSeconds(sys);
  let last: Reading = { ...(yield* read(sys, wish)) };
  const first = last;
  let before = last;
  for (;;) {
    const waited = yield* sys.waitpid(pid, { nohang: true });
    if (waited !== undefined) break;
    yield* sys.sleep(wish.interval === undefined ? 10_000 : wish.interval * 1e6);
    const now = yield* read(sys, wish);
    if (now.tasks.size === 0) continue;
    last = now;
    if (wish.interval === undefined) continue;
    io.out.put(tables(look, before, now, stamp(before.seconds), stamp(now.seconds), before === first, false));
    yield* io.out.flush();
    before = now;
  }
  if (wish.interval === undefined) io.out.put(tables(look, first, last, stamp(start), stamp(nowSeconds(sys)), true, false));
  const average = io.word("Average:");
  io.out.put(tables(look, first, last, average, average, false, true));
  return 0;
}
