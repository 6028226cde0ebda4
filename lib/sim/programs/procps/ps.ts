import type { OptionDeclaration } from "../kit/command.ts";
import { optionLines } from "../kit/help-text.ts";
import { type Blocking, S, type Sys, SysError } from "../../kernel/sys.ts";
import { Accounts, readTextFile } from "../kit/accounts.ts";
import { listPids, procMounted, readMemory, readProcess, readProcessStat, readProcesses, readSystemTimes } from "../kit/processes.ts";
import { type Io, flag, program, text } from "../kit/program.ts";
import { UTC, readZone } from "../kit/zones.ts";
import { OF_PROCESSES, OF_THREADS, PS_COLUMNS, type PsContext, type PsProcess, UNLISTED, executablePath, namespaceInode } from "./_ps-columns.ts";
import { PsBroken, PsUsage } from "./_ps-formats.ts";
import { type ShownColumn, psLine, shownColumns } from "./_ps-layout.ts";
import { type PsLookups, type PsOptions, type PsRequest, parsePs } from "./_ps-options.ts";
import { forest, ofThisTerminal, selection, sorted } from "./_ps-selection.ts";

/** Columns that /proc/PID alone fills: no clock, memory, zone or account of the machine is read for them. */
const OF_THE_PROCESS: ReadonlySet<string> = new Set(["pid", "ppid", "pgid", "pgrp", "sid", "sess", "session", "tname", "tty", "tt", "time", "cputime", "ucmd", "comm", "ni", "nice"]);
const NO_ACCOUNTS = new Accounts([], []);
/** Files that only these columns need. */
const COLUMN_FILES: ReadonlyMap<string, string> = new Map([
  ["oom", "oom_score"], ["oomadj", "oom_score_adj"], ["pss", "smaps_rollup"], ["uss", "smaps_rollup"], ["ag_id", "autogroup"], ["ag_nice", "autogroup"],
  ...["rbytes", "rchars", "rops", "wbytes", "wcbytes", "wchars", "wops"].map((name) => [name, "io"] as const),
]);
const CGROUP_COLUMNS = ["cgroup", "cgname", "unit", "slice", "lsession"];

const USAGE = `
Usage:
 ps [options]

 Try 'ps --help <simple|list|output|threads|misc|all>'
  or 'ps --help <s|l|o|t|m|a>'
 for additional help text.

For more details see ps(1).
`;

const SECTIONS: readonly (readonly [string, string, readonly OptionDeclaration[]])[] = [
  ["simple", "Basic options:", [
    flag(["-A", "-e"], "all processes"), flag(["-a"], "all with a terminal, except session leaders"), flag(["a"], "all with a terminal, of every user"), flag(["-d"], "every process that is no session leader"),
    flag(["-N", "--deselect"], "negate the selection"), flag(["r"], "processes in the states R and D only"), flag(["T"], "all of this terminal"), flag(["x"], "processes without a terminal too"),
  ]],
  ["list", "Selection by list:", [
    text(["-C"], "COMMAND", "by command name"), text(["-G", "--Group"], "GROUP", "by real group"), text(["-g", "--group"], "GROUP", "by effective group"),
    text(["-p", "p", "--pid"], "PID", "by process id"), text(["--ppid"], "PID", "by parent process id"), text(["-q", "q", "--quick-pid"], "PID", "by process id, quickly"),
    text(["-s", "--sid"], "SESSION", "by session id"), text(["-t", "t", "--tty"], "TTY", "by terminal"), text(["-u", "U", "--user"], "USER", "by effective user"), text(["-U", "--User"], "USER", "by real user"),
  ]],
  ["output", "Output formats:", [
    flag(["-F"], "extra full format"), flag(["-f"], "full format"), flag(["f", "--forest"], "show the tree of processes"), flag(["-H"], "set children in below their parents"), flag(["-j", "j"], "jobs format"),
    flag(["-l", "l"], "long format"), flag(["-M", "Z"], "security labels too"), text(["-O", "O"], "FORMAT", "the usual columns with these after the PID"), text(["-o", "o", "--format"], "FORMAT", "own choice of columns"),
    flag(["-P"], "the processor too"), flag(["s"], "signal format"), flag(["u"], "user-oriented format"), flag(["v"], "memory format"), flag(["X"], "register format"), flag(["-y"], "-l with the resident memory in place of F and ADDR"),
    flag(["--context"], "security contexts"), flag(["--headers"], "the heading again on every page"), flag(["--no-headers", "h"], "no heading"),
    text(["--cols", "--columns", "--width"], "NUMBER", "screen width"), text(["--rows", "--lines"], "NUMBER", "screen height"),
  ]],
  ["threads", "Show threads:", [
    flag(["H"], "as if they were processes"), flag(["-L"], "with LWP and NLWP columns"), flag(["-m", "m"], "below their processes"), flag(["-T"], "with an SPID column"),
  ]],
  ["misc", "Miscellaneous options:", [
    flag(["-c"], "scheduling classes in -l and -f"), flag(["c"], "the name of the program, not its command line"), flag(["e"], "the environment, after the command"), text(["k", "--sort"], "KEY", "sort by these columns, - for descending"),
    flag(["L"], "list the names of columns"), flag(["n"], "numbers in place of names"), flag(["S", "--cumulative"], "times with those of ended children"), flag(["-w", "w"], "wide output"), flag(["--info"], "what ps assumes"),
    flag(["-V", "V", "--version"], "display version"), text(["--help"], "SECTION", "display this help: simple, list, output, threads, misc or all"),
  ]],
];

export default program(
  {
    name: "ps", summary: "list the processes as they are at this moment", synopsis: ["[options]"], options: SECTIONS.flatMap(([, , options]) => options), operands: "pids",
    seeAlso: ["pgrep(1)", "pstree(1)", "top(1)", "proc(5)"],
  },
  function* (sys, argv, io) {
    const args = argv.slice(1);
    const ownTty = (yield* readProcessStat(sys, sys.getpid()))?.ttyNumber ?? 0;
    const accounts = args.some((arg) => /[uUgG]/.test(arg)) ? yield* Accounts.read(sys) : NO_ACCOUNTS;
    let request: PsRequest;
    try {
      request = parsePs(args, lookups(sys, accounts, ownTty));
    } catch (error) {
      if (error instanceof PsBroken) {
        yield* io.stderr(`${error.message}\n`);
        return 1;
      }
      if (!(error instanceof PsUsage)) throw error;
      yield* io.stderr(`error: ${error.message}\n${io.word(USAGE)}`);
      return 1;
    }
    if ("help" in request) help(io, request.help);
    else if ("show" in request) {
      if (procMounted(sys)) return yield* show(sys, io, request.show, ownTty);
      yield* io.stderr(`Error, do this: mount -t proc proc /proc\n`);
      return 1;
    } else if (request.tell === "version") io.say("ps from procps-ng 4.0.2\n");
    else if (request.tell === "info") io.out.put(information(sys, ownTty));
    else for (const [name, column] of [...PS_COLUMNS].sort(([a], [b]) => (a < b ? -1 : 1))) if (!UNLISTED.has(name)) io.out.put(`${name.padEnd(12)} ${column.heading.slice(0, 8).padEnd(8)}\n`);
    return 0;
  },
);

function help(io: Io, section: string | undefined): void {
  const all = section === "a" || section === "all";
  const wanted = SECTIONS.filter(([name]) => all || name === section || name[0] === section);
  if (wanted.length === 0) {
    io.out.put(io.word(USAGE));
    return;
  }
  const body = wanted.map(([, title, options]) => `\n${io.word(title)}\n${options.map((option) => optionLines(option, undefined, undefined, io.helpDomain)).join("")}`).join("");
  io.out.put(`\nUsage:\n ps [options]\n${body}${io.word("\nFor more details see ps(1).\n")}`);
}

function lookups(sys: Sys, accounts: Accounts, ownTerminal: number): PsLookups {
  return {
    userId: (name) => accounts.userByName(name)?.uid, groupId: (name) => accounts.groupByName(name)?.gid, ownTerminal, environmentFormat: sys.environment.get("PS_FORMAT"),
    terminal: (name) => {
      const paths = name.startsWith("/") ? [name] : [`/dev/pts/${name}`, `/dev/${name}`, `/dev/tty${name}`, `/dev/pty${name}`, `/dev/${name}nsole`];
      for (const path of paths) {
        try {
          const facts = sys.stat(path);
          // as the kernel packs it in /proc/PID/stat, too
          return (facts.mode & S.IFMT) === S.IFCHR ? facts.rdev : "no terminal";
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
        }
      }
      return name === "-" || name === "?" ? 0 : "missing";
    },
  };
}

function information(sys: Sys, ownTty: number): string {
  const columns = screenColumns(sys, { columns: undefined, wide: 0 });
  return `BSD j    OL_j\nBSD l    OL_l\nBSD s    OL_s\nBSD u    OL_u\nBSD v    OL_v\nSysV -f  (none)\nSysV -fl (none)\nSysV -j  (none)\nSysV -l  (none)\n\nprocps-ng version 4.0.2\nCompiled with: glibc 2.36, gcc 12.2\n\nheader_gap=-1 lines_to_next_header=1\nscreen_cols=${Number.isFinite(columns) ? columns : 131072} screen_rows=${screenRows(sys, undefined)}\n\npersonality=0x00000000 (from "unknown")\nEUID=${sys.getcred().euid} TTY=${ownTty >> 8},${ownTty & 0xff} page_size=4096\nsizeof(proc_t)=8 sizeof(long)=8 sizeof(long)=8\narchdefs: x86_64\n`;
}

/** A line of the list: a process, one of its threads, or either where both have lines of their own. */
interface Row {
  readonly process: PsProcess;
  readonly of: "either" | "process" | "thread";
}

function* show(sys: Sys, io: Io, chosen: PsOptions, ownTty: number): Blocking<number> {
  if (chosen.warning !== undefined) yield* io.stderr(`${chosen.warning}\n`);
  const names = new Set(chosen.items.map((item) => item.name));
  const keys = new Set([...names, ...chosen.sort.map(({ key }) => key)]);
  const alone = chosen.lists.length === 0 && [...keys].every((name) => OF_THE_PROCESS.has(name));
  const accounts = alone ? NO_ACCOUNTS : yield* Accounts.read(sys);
  const kept = yield* chosenProcesses(sys, chosen, ownTty);
  const { uptimeSeconds, bootEpochSeconds } = alone ? { uptimeSeconds: 0, bootEpochSeconds: 0 } : yield* readSystemTimes(sys);
  const extra = function* (file: string, wanted: boolean, edit: (content: string) => string): Blocking<Map<number, string>> {
    const found = new Map<number, string>();
    if (wanted) for (const process of kept) found.set(process.pid, edit((yield* readTextFile(sys, `/proc/${process.pid}/${file}`)) ?? ""));
    return found;
  };
  const files = new Map<string, ReadonlyMap<number, string>>();
  for (const key of keys) {
    const file = COLUMN_FILES.get(key);
    if (file !== undefined && !files.has(file)) files.set(file, yield* extra(file, true, (content) => content));
  }
  const prefixes = new Map<number, string>();
  const context: PsContext = {
    sys, accounts, zone: alone ? UTC : yield* readZone(sys), nowSeconds: Math.floor(sys.clockUs("realtime") / 1e6), bootSeconds: bootEpochSeconds, uptimeSeconds,
    memoryKib: alone ? 1 : ((yield* readMemory(sys)).get("MemTotal") ?? 1),
    cgroups: yield* extra("cgroup", CGROUP_COLUMNS.some((name) => keys.has(name)), (content) => content.trim().split("\n").join(",") || "-"),
    environments: yield* extra("environ", chosen.environment || names.has("environ"), (content) => content.replace(/\0$/, "").replaceAll("\0", " ")),
    wchans: yield* extra("wchan", keys.has("wchan") || keys.has("wname"), (content) => (content === "0" || content === "" ? "-" : content.trim())),
    namespaces: (pid, kind) => namespaceInode(sys, pid, kind), executable: (pid) => executablePath(sys, pid), file: (process, name) => files.get(name)?.get(process.pid) ?? "",
    forestPrefix: (process) => prefixes.get(process.pid) ?? "", nameOnly: chosen.nameOnly, showEnvironment: chosen.environment, withChildren: chosen.withChildren, numeric: chosen.numeric,
  };
  const rows = yield* rowsOf(sys, chosen, kept, context, prefixes);
  const width = screenColumns(sys, chosen);
  const pidWidth = String(Math.max(1, Number((yield* readTextFile(sys, "/proc/sys/kernel/pid_max")) ?? 32768) - 1)).length;
  const columns = shownColumns(chosen.items, PS_COLUMNS, pidWidth, width, chosen.numeric);
  const heading = columns.some((column) => column.shownHeading !== "") && chosen.headings !== "none" ? psLine(columns, columns.map((column) => column.shownHeading), width, true) : "";
  const page = chosen.headings === "repeated" ? Math.max(1, screenRows(sys, chosen.rows) - 1) : Number.POSITIVE_INFINITY;
  if (rows.length === 0) io.out.put(heading);
  for (const [at, row] of rows.entries()) {
    if (sys.charge(12)) yield* sys.preempt();
    if (at % page === 0) io.out.put(heading);
    yield* io.out.print(psLine(columns, columns.map((column) => cell(column, row, context)), width, false));
  }
  return rows.length === 0 ? 1 : 0;
}

function cell(column: ShownColumn, { process, of }: Row, context: PsContext): string {
  if ((of === "process" && OF_THREADS.has(column.name)) || (of === "thread" && OF_PROCESSES.has(column.name))) return "-";
  return column.value(process, context);
}

function* chosenProcesses(sys: Sys, chosen: PsOptions, ownTty: number): Blocking<readonly PsProcess[]> {
  const found: PsProcess[] = [];
  if (chosen.quick) {
    // by their numbers alone: in the order of the list
    const existing = new Set(listPids(sys));
    for (const pid of chosen.quick) {
      const process = existing.has(pid) ? yield* readProcess(sys, pid) : undefined;
      if (process) found.push({ tid: pid, ...process });
    }
    return found;
  }
  const all = yield* readProcesses(sys, ofThisTerminal(chosen) ? (stat) => stat.ttyNumber === ownTty : undefined);
  return all.filter(selection(chosen, sys.getcred().euid, ownTty)).map((process) => ({ tid: process.pid, ...process }));
}

function* rowsOf(sys: Sys, chosen: PsOptions, kept: readonly PsProcess[], context: PsContext, prefixes: Map<number, string>): Blocking<readonly Row[]> {
  if (chosen.threads === "none") {
    const ordered = sorted(kept, chosen.sort, context);
    if (chosen.forest === "none") return ordered.map((process) => ({ process, of: "either" }));
    // procps 4.0.2 puts the youngest sibling first unless asked otherwise.
    const siblings = chosen.sort.length > 0 ? ordered : [...ordered].sort((a, b) => a.ppid - b.ppid || b.startTicks - a.startTicks || b.pid - a.pid);
    return forest(siblings, chosen.forest === "drawn", prefixes).map((process) => ({ process, of: "either" }));
  }
  if (chosen.threads === "both") {
    const rows: Row[] = [];
    for (const process of sorted(kept, chosen.sort, context)) {
      rows.push({ process, of: "process" });
      for (const thread of yield* threadsOf(sys, process)) rows.push({ process: thread, of: "thread" });
    }
    return rows;
  }
  const threads: PsProcess[] = [];
  for (const process of kept) threads.push(...(yield* threadsOf(sys, process)));
  return sorted(threads, chosen.sort, context).map((process) => ({ process, of: "either" }));
}

function* threadsOf(sys: Sys, process: PsProcess): Blocking<readonly PsProcess[]> {
  const found: PsProcess[] = [];
  let names: readonly string[] = [];
  try {
    names = sys.readdir(`/proc/${process.pid}/task`).map((entry) => entry.name).filter((name) => /^\d+$/.test(name));
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
  for (const name of names) {
    const thread = yield* readProcess(sys, Number(name), `/proc/${process.pid}/task/${name}`);
    if (thread) found.push({ ...thread, arguments: process.arguments, pid: process.pid, tid: Number(name) });
  }
  return found.length > 0 ? found : [process];
}

function screenColumns(sys: Sys, chosen: Pick<PsOptions, "columns" | "wide">): number {
  if (chosen.wide >= 2) return Number.POSITIVE_INFINITY;
  let width = chosen.columns;
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

function screenRows(sys: Sys, asked: number | undefined): number {
  if (asked !== undefined) return asked;
  const given = Number(sys.environment.get("LINES") ?? "");
  if (given > 0) return given;
  return isTerminal(sys, 1) ? sys.getWindowSize(1).rows || 24 : 24;
}

function isTerminal(sys: Sys, fd: number): boolean {
  try {
    return sys.isatty(fd);
  } catch (error) {
    if (error instanceof SysError) return false;
    throw error;
  }
}
