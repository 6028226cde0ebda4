import { helpOptions } from "../kit/help-text.ts";
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { Accounts, readTextFile } from "../kit/accounts.ts";
import { type ProcessInfo, procMounted, readMemory, readProcessStat, readProcesses, readSystemTimes, ttyName } from "../kit/processes.ts";
import { type Io, flag, program, text } from "../kit/program.ts";
import { UTC, readZone } from "../kit/zones.ts";
import { PS_COLUMNS, type PsContext, executablePath, namespaceInode } from "./_ps-columns.ts";
import { type ShownColumn, psLine } from "./_ps-layout.ts";
import { type PsOptions, PsUsage, parsePs } from "./_ps-options.ts";

const FORMATS: Record<PsOptions["format"], string> = {
  default: "pid,tname,time,ucmd",
  full: "uid_hack,pid,ppid,c,stime,tname,time,cmd",
  "extra-full": "uid_hack,pid,ppid,c,sz,rss,psr,stime,tname,time,cmd",
  long: "f,s,uid,pid,ppid,c,opri,ni,addr_1,sz,wchan,tname,time,ucmd",
  jobs: "pid,pgid,sid,tname,time,ucmd",
  "bsd-user": "user,pid,%cpu,%mem,vsz,rss,tname,stat,start_time,bsdtime,args",
  "bsd-long": "f,uid,pid,ppid,pri,ni,vsz,rss,wchan,stat,tname,bsdtime,args",
  "bsd-jobs": "ppid,pid,pgid,sid,tname,tpgid,stat,uid,bsdtime,args",
  "bsd-memory": "pid,tname,stat,bsdtime,maj_flt,trs,drs,rss,%mem,args",
  "bsd-signal": "uid,pid,pending,blocked,ignored,caught,stat,tname,bsdtime,args",
};
const BSD_DEFAULT = "pid,tname,stat,bsdtime,args";
/** Columns that /proc/PID alone fills: no clock, memory, zone or account of the machine is read for them. */
const OF_THE_PROCESS: ReadonlySet<string> = new Set(["pid", "ppid", "pgid", "pgrp", "sid", "sess", "session", "tname", "tty", "tt", "time", "cputime", "ucmd", "comm", "ni", "nice"]);
const NO_ACCOUNTS = new Accounts([], []);
const THREAD_COLUMNS: readonly (readonly [RegExp, string])[] = [[/^uid_hack,pid,ppid,/, "uid_hack,pid,ppid,lwp,"], [/^pid,/, "pid,lwp,"]];

const USAGE = `
Usage:
 ps [options]

 Try 'ps --help <simple|list|output|threads|misc|all>'
  or 'ps --help <s|l|o|t|m|a>'
 for additional help text.

For more details see ps(1).
`;

const options = [
  flag(["-A", "-e"], "all processes"), flag(["-a"], "all with a terminal, except session leaders"), flag(["a"], "all with a terminal, of every user"), flag(["x"], "processes without a terminal too"),
  flag(["-d"], "every process that is no session leader"), flag(["-N", "--deselect"], "negate the selection"), flag(["r"], "processes in the states R and D only"), flag(["T"], "all of this terminal"),
  text(["-C"], "COMMAND", "by command name"), text(["-p", "p", "--pid"], "PID", "by process id"), text(["--ppid"], "PID", "by parent process id"), text(["-q"], "PID", "by process id, quickly"),
  text(["-s", "--sid"], "SESSION", "by session id"), text(["-t", "t", "--tty"], "TTY", "by terminal"), text(["-u", "U", "--user"], "USER", "by effective user"), text(["-U", "--User"], "USER", "by real user"),
  text(["-G", "--Group"], "GROUP", "by real group"), text(["--group"], "GROUP", "by effective group"),
  flag(["-f"], "full format"), flag(["-F"], "extra full format"), flag(["-l", "l"], "long format"), flag(["-j", "j"], "jobs format"), flag(["u"], "user-oriented format"), flag(["v"], "memory format"), flag(["s"], "signal format"),
  text(["-o", "o", "--format"], "FORMAT", "own choice of columns"), flag(["-H", "f", "--forest"], "show the tree of processes"), flag(["c"], "the name of the program, not its command line"), flag(["e"], "the environment, after the command"),
  text(["k", "--sort"], "KEY", "sort by these columns, - for descending"), flag(["-w", "w"], "wide output"), text(["--cols", "--columns", "--width"], "NUMBER", "screen width"),
  flag(["h", "--no-headers", "--no-headings"], "no heading"), flag(["-L", "-T", "-m", "H", "m"], "show threads"), flag(["-V", "--version"], "display version"), flag(["--help"], "display this help"),
];

export default program(
  { name: "ps", summary: "list the processes as they are at this moment", synopsis: ["[options]"], options, operands: "pids", seeAlso: ["pgrep(1)", "pstree(1)", "top(1)", "proc(5)"] },
  function* (sys, argv, io) {
    let chosen: PsOptions;
    try {
      chosen = parsePs(argv.slice(1));
      if (chosen.help !== undefined) {
        io.out.put(/^(?:s|l|o|t|m|a|simple|list|output|threads|misc|all)$/.test(chosen.help) ? `\nUsage:\n ps [options]\n${helpOptions(options, io.helpDomain)}${io.word("\nFor more details see ps(1).\n")}` : io.word(USAGE));
        return 0;
      }
      if (chosen.version) {
        io.say("ps from procps-ng 4.0.2\n");
        return 0;
      }
      if (chosen.info) {
        for (const [name, column] of [...PS_COLUMNS].sort(([a], [b]) => (a < b ? -1 : 1))) io.out.put(`${name.padEnd(11)} ${column.heading}\n`);
        return 0;
      }
    } catch (error) {
      if (!(error instanceof PsUsage)) throw error;
      yield* io.stderr(`error: ${error.message}\n${USAGE}`);
      return 1;
    }
    if (!procMounted(sys)) {
      yield* io.stderr(`Error, do this: mount -t proc proc /proc\n`);
      return 1;
    }
    return yield* show(sys, io, chosen);
  },
);

function* show(sys: Sys, io: Io, chosen: PsOptions): Blocking<number> {
  const ownTty = (yield* readProcessStat(sys, sys.getpid()))?.ttyNumber;
  const all = yield* readProcesses(sys, ownTty !== undefined && ofThisTerminal(chosen) ? (stat) => stat.ttyNumber === ownTty : undefined);
  const names = columnNames(chosen);
  const alone = chosen.lists.length === 0 && names.every((one) => OF_THE_PROCESS.has(one.name)) && chosen.sort.every(({ key }) => OF_THE_PROCESS.has(key));
  const accounts = alone ? NO_ACCOUNTS : yield* Accounts.read(sys);
  let kept: readonly ProcessInfo[];
  try {
    kept = all.filter(selection(chosen, accounts, sys.getcred().euid, ownTty ?? 0));
  } catch (error) {
    if (!(error instanceof PsUsage)) throw error;
    yield* io.stderr(`error: ${error.message}\n${USAGE}`);
    return 1;
  }
  const columns = shownColumns(names);
  const asked = new Set(chosen.columns?.map((column) => column.name) ?? (chosen.format === "long" || chosen.format === "bsd-long" ? ["wchan"] : []));
  const { uptimeSeconds, bootEpochSeconds } = alone ? { uptimeSeconds: 0, bootEpochSeconds: 0 } : yield* readSystemTimes(sys);
  const extra = function* (file: string, wanted: boolean, edit: (content: string) => string): Blocking<Map<number, string>> {
    const found = new Map<number, string>();
    if (wanted) for (const process of kept) found.set(process.pid, edit((yield* readTextFile(sys, `/proc/${process.pid}/${file}`)) ?? ""));
    return found;
  };
  const prefixes = new Map<number, string>();
  const context: PsContext = {
    sys, accounts, zone: alone ? UTC : yield* readZone(sys), nowSeconds: Math.floor(sys.clockUs("realtime") / 1e6), bootSeconds: bootEpochSeconds, uptimeSeconds,
    memoryKib: alone ? 1 : ((yield* readMemory(sys)).get("MemTotal") ?? 1),
    cgroups: yield* extra("cgroup", ["cgroup", "cgname", "unit", "slice", "lsession"].some((name) => asked.has(name)), (content) => content.trim().split("\n").join(",") || "-"),
    environments: yield* extra("environ", chosen.environment || asked.has("environ"), (content) => content.replace(/\0$/, "").replaceAll("\0", " ")),
    wchans: yield* extra("wchan", asked.has("wchan") || asked.has("wname"), (content) => (content === "0" || content === "" ? "-" : content.trim())),
    namespaces: (pid, kind) => namespaceInode(sys, pid, kind), executable: (pid) => executablePath(sys, pid),
    forestPrefix: (process) => prefixes.get(process.pid) ?? "", nameOnly: chosen.nameOnly, showEnvironment: chosen.environment,
  };
  let ordered = sorted(kept, chosen, context);
  // procps 4.0.2 puts the youngest sibling first unless asked otherwise.
  if (chosen.forest) ordered = forest(chosen.sort.length === 0 ? [...ordered].sort((a, b) => a.ppid - b.ppid || b.startTicks - a.startTicks || b.pid - a.pid) : ordered, prefixes);
  const width = screenColumns(sys, chosen);
  if (chosen.headings && columns.some((column) => column.shownHeading !== "")) io.out.put(psLine(columns, columns.map((column) => column.shownHeading), width, true));
  for (const process of ordered) {
    if (sys.charge(12)) yield* sys.preempt();
    yield* io.out.print(psLine(columns, columns.map((column) => column.value(process, context)), width, false));
  }
  return ordered.length === 0 ? 1 : 0;
}

type ColumnName = NonNullable<PsOptions["columns"]>[number];

function columnNames(chosen: PsOptions): readonly ColumnName[] {
  if (chosen.columns) return chosen.columns;
  let list = chosen.format === "default" && chosen.bsdStyle ? BSD_DEFAULT : FORMATS[chosen.format];
  if (chosen.rssTitle && chosen.format === "long") list = "s,uid,pid,ppid,c,opri,ni,rss,sz,wchan,tname,time,ucmd";
  if (chosen.threads) for (const [pattern, replacement] of THREAD_COLUMNS) if (pattern.test(list)) { list = list.replace(pattern, replacement); break; }
  if (chosen.securityLabel) list = `label,${list}`;
  return list.split(",").map((name) => ({ name, heading: undefined, width: undefined }));
}

function shownColumns(names: readonly ColumnName[]): readonly ShownColumn[] {
  const shown: ShownColumn[] = [];
  for (const { name, heading, width } of names) {
    const column = PS_COLUMNS.get(name);
    if (!column) continue;
    const title = heading ?? column.heading;
    shown.push({ ...column, shownHeading: title, shownWidth: width ?? Math.max(column.width, heading === undefined ? 0 : title.length) });
  }
  return shown;
}

function screenColumns(sys: Sys, chosen: PsOptions): number {
  if (chosen.wide >= 2) return Number.POSITIVE_INFINITY;
  let width = chosen.columnsWidth;
  if (width === undefined) {
    const given = Number(sys.environment.get("COLUMNS") ?? "");
    if (given > 0) width = given;
  }
  if (width === undefined) {
    if (!isTerminal(sys, 1)) return Number.POSITIVE_INFINITY;
    width = sys.getWindowSize(1).cols || 80;
  }
  return chosen.wide === 1 ? Math.max(width, 132) : width;
}

function isTerminal(sys: Sys, fd: number): boolean {
  try {
    return sys.isatty(fd);
  } catch (error) {
    if (error instanceof SysError) return false;
    throw error;
  }
}

/** Nothing chosen: those of this terminal. What only the others say needs no reading. */
function ofThisTerminal(chosen: PsOptions): boolean {
  return chosen.lists.length === 0 && !chosen.everything && !chosen.exceptLeaders && !chosen.bsdAll && !chosen.bsdNoTerminal && !chosen.bsdStyle && !chosen.runningOnly && !chosen.negate;
}

function selection(chosen: PsOptions, accounts: Accounts, ownUser: number, ownTty: number): (process: ProcessInfo) => boolean {
  const userId = (text: string): number => {
    const known = accounts.userByName(text)?.uid ?? (/^\d+$/.test(text) ? Number(text) : undefined);
    if (known === undefined) throw new PsUsage("user name does not exist");
    return known;
  };
  const groupId = (text: string): number => {
    const known = accounts.groupByName(text)?.gid ?? (/^\d+$/.test(text) ? Number(text) : undefined);
    if (known === undefined) throw new PsUsage("group name does not exist");
    return known;
  };
  const tests: ((process: ProcessInfo) => boolean)[] = [];
  for (const { by, values } of chosen.lists) {
    if (by === "pid") tests.push((process) => values.includes(String(process.pid)));
    else if (by === "ppid") tests.push((process) => values.includes(String(process.ppid)));
    else if (by === "session") tests.push((process) => values.includes(String(process.session)));
    else if (by === "comm") tests.push((process) => values.some((value) => value.slice(0, 15) === process.comm || value === process.comm));
    else if (by === "tty") {
      const wanted = values.map((value) => value.replace(/^\/dev\//, ""));
      tests.push((process) => wanted.some((one) => one === ttyName(process.ttyNumber) || `tty${one}` === ttyName(process.ttyNumber) || (one === "-" && process.ttyNumber === 0)));
    } else {
      const ids = values.map(by === "user" || by === "ruser" ? userId : groupId);
      const index = by === "user" || by === "group" ? 1 : 0;
      tests.push((process) => ids.includes((by === "user" || by === "ruser" ? process.uids : process.gids)[index] ?? -1));
    }
  }
  if (chosen.everything) tests.push(() => true);
  if (chosen.exceptLeaders) tests.push((process) => process.session !== process.pid && (!chosen.withTerminal || process.ttyNumber !== 0));
  if (chosen.bsdAll && chosen.bsdNoTerminal) tests.push(() => true);
  else if (chosen.bsdAll) tests.push((process) => process.ttyNumber !== 0);
  else if (chosen.bsdNoTerminal) tests.push((process) => process.uids[1] === ownUser);
  if (chosen.thisTerminal) tests.push((process) => process.ttyNumber === ownTty);
  if (tests.length === 0) {
    tests.push(chosen.bsdStyle || chosen.runningOnly
      ? (process) => process.uids[1] === ownUser && process.ttyNumber !== 0
      : (process) => process.uids[1] === ownUser && process.ttyNumber === ownTty);
  }
  return (process) => {
    if (chosen.runningOnly && process.state !== "R" && process.state !== "D") return false;
    return tests.some((test) => test(process)) !== chosen.negate;
  };
}

function sorted(processes: readonly ProcessInfo[], chosen: PsOptions, context: PsContext): readonly ProcessInfo[] {
  if (chosen.sort.length === 0) return processes;
  const keys = chosen.sort.map(({ key, descending }) => ({ column: PS_COLUMNS.get(key), descending }));
  return [...processes].sort((a, b) => {
    for (const { column, descending } of keys) {
      if (!column) continue;
      const key = column.sortKey ?? column.value;
      const [x, y] = [key(a, context), key(b, context)];
      const order = typeof x === "number" && typeof y === "number" ? x - y : String(x) < String(y) ? -1 : String(x) > String(y) ? 1 : 0;
      if (order !== 0) return descending ? -order : order;
    }
    return 0;
  });
}

/** Children below their parents; those whose parent is not shown stand at the left. */
function forest(processes: readonly ProcessInfo[], prefixes: Map<number, string>): readonly ProcessInfo[] {
  const known = new Set(processes.map((process) => process.pid));
  const children = new Map<number, ProcessInfo[]>();
  const roots: ProcessInfo[] = [];
  for (const process of processes) {
    if (!known.has(process.ppid) || process.ppid === process.pid) roots.push(process);
    else {
      const list = children.get(process.ppid);
      if (list) list.push(process);
      else children.set(process.ppid, [process]);
    }
  }
  const order: ProcessInfo[] = [];
  const stack: { readonly process: ProcessInfo; readonly indent: string; readonly branch: string }[] = [...roots].reverse().map((process) => ({ process, indent: "", branch: "" }));
  for (let top = stack.pop(); top; top = stack.pop()) {
    const { process, indent, branch } = top;
    order.push(process);
    prefixes.set(process.pid, indent + branch);
    const below = children.get(process.pid) ?? [];
    const inner = branch === "" ? " " : indent + (isLast(process, children) ? "    " : "|   ");
    for (const child of [...below].reverse()) stack.push({ process: child, indent: inner, branch: "\\_ " });
  }
  return order;
}

function isLast(process: ProcessInfo, children: ReadonlyMap<number, readonly ProcessInfo[]>): boolean {
  return children.get(process.ppid)?.at(-1)?.pid === process.pid;
}
