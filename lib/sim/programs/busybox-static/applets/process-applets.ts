// ps, kill, pidof, pgrep, pkill, killall, uptime, free, top (one screen): what busybox shows of /proc.

import { type Blocking, SIGRTMAX, type Sys, SysError, signalName } from "../../../kernel/sys.ts";
import { Accounts, readTextFile } from "../../kit/accounts.ts";
import { type ProcessInfo, TICKS_PER_SECOND, procMounted, readMemory, readProcesses, readSystemTimes } from "../../kit/processes.ts";
import { compileRegex } from "../../kit/regex/compile-regex.ts";
import { SIGNAL_NAMES, parseSignal } from "../../kit/signal-number.ts";
import { civilAt, strftime } from "../../kit/time-format.ts";
import { readUtmp, UT } from "../../kit/utmp.ts";
import { readZone } from "../../kit/zones.ts";
import { type AppletIo, applet, appletOptions } from "../_applet.ts";

interface PsColumn {
  readonly heading: string;
  readonly width: number;
  readonly value: (process: ProcessInfo, accounts: Accounts, uptimeSeconds: number) => string;
}

/** "{comm} argv": the process calls itself otherwise than its command line (read_cmdline of busybox). */
function commandLine(process: ProcessInfo): string {
  if (process.arguments.length === 0) return `[${process.comm}]`;
  const first = (process.arguments[0] ?? "").replace(/^-/, "");
  const base = first.split("/").at(-1) ?? "";
  const text = process.arguments.join(" ").replace(/[\u0000-\u001f\u007f]/g, "?");
  return base.startsWith(process.comm) || base.slice(0, 15) === process.comm ? text : `{${process.comm}} ${text}`;
}

/** Sizes above 9999 KiB in m, above 9999 MiB in g. */
function shortKib(kib: number): string {
  if (kib < 10_000) return String(kib);
  if (kib < 10_000 * 1024) return `${Math.floor(kib / 1024)}m`;
  return `${Math.floor(kib / 1048576)}g`;
}

const cpuTime = (process: ProcessInfo): string => {
  const seconds = Math.floor((process.userTicks + process.systemTicks) / TICKS_PER_SECOND);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
};

const COLUMNS: ReadonlyMap<string, PsColumn> = new Map<string, PsColumn>([
  ["user", { heading: "USER", width: 8, value: (process, accounts) => accounts.userName(process.uids[1] ?? 0) }],
  ["group", { heading: "GROUP", width: 8, value: (process, accounts) => accounts.groupName(process.gids[1] ?? 0) }],
  ["comm", { heading: "COMMAND", width: 16, value: (process) => process.comm }],
  ["args", { heading: "COMMAND", width: 256, value: commandLine }],
  ["pid", { heading: "PID", width: 5, value: (process) => String(process.pid) }],
  ["ppid", { heading: "PPID", width: 5, value: (process) => String(process.ppid) }],
  ["pgid", { heading: "PGID", width: 5, value: (process) => String(process.pgrp) }],
  ["sid", { heading: "SID", width: 5, value: (process) => String(process.session) }],
  ["nice", { heading: "NI", width: 5, value: (process) => String(process.nice) }],
  ["stat", { heading: "STAT", width: 4, value: (process) => process.state + (process.residentPages === 0 && process.state !== "Z" ? "W" : "") + (process.nice < 0 ? "<" : process.nice > 0 ? "N" : "") }],
  ["tty", { heading: "TT", width: 6, value: (process) => (process.ttyNumber === 0 ? "?" : `${process.ttyNumber >> 8},${process.ttyNumber & 255}`) }],
  ["vsz", { heading: "VSZ", width: 4, value: (process) => shortKib(Math.floor(process.virtualBytes / 1024)) }],
  ["rss", { heading: "RSS", width: 4, value: (process) => shortKib(process.residentPages * 4) }],
  ["time", { heading: "TIME", width: 6, value: cpuTime }],
  ["etime", { heading: "ELAPSED", width: 7, value: (process, _, uptime) => {
    const seconds = Math.max(0, Math.floor(uptime - process.startTicks / TICKS_PER_SECOND));
    return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  } }],
]);

const ps = applet("ps", function* (sys, args, io: AppletIo) {
  const options = appletOptions(args.filter((arg) => /^-/.test(arg) || args[args.indexOf(arg) - 1] === "-o"), "o:Taefwlujxm");
  const wanted = options.values("o").length > 0 ? options.values("o").flatMap((list) => list.split(",")) : ["pid", "user", "args"];
  const columns: PsColumn[] = [];
  for (const spec of wanted) {
    const [name = "", heading] = spec.split("=");
    const column = COLUMNS.get(name);
    if (!column) io.die(`bad -o argument '${name}', supported arguments: ${[...COLUMNS.keys()].join(",")}`);
    columns.push(heading === undefined ? column : { ...column, heading });
  }
  const width = sys.isatty(1) ? (sys.getWindowSize(1).cols || 80) - 1 : 4096;
  const line = (cells: readonly string[]): string => {
    const text = cells.map((cell, index) => (index === cells.length - 1 ? cell : cell.padEnd(columns[index]?.width ?? 0))).join(" ");
    return `${text.slice(0, width)}\n`;
  };
  const shown = line(columns.map((column) => column.heading));
  if (!procMounted(sys)) {
    io.out.put(shown);
    io.die("can't open '/proc': No such file or directory");
  }
  const accounts = yield* Accounts.read(sys);
  const { uptimeSeconds } = yield* readSystemTimes(sys);
  io.out.put(shown);
  for (const process of yield* readProcesses(sys)) {
    yield* io.out.print(line(columns.map((column) => {
      const value = column.value(process, accounts, uptimeSeconds);
      return column.heading === "PID" || column.heading === "PPID" || column.width === 5 ? value.padStart(5) : column.width === 256 ? value : value.slice(0, Math.max(column.width, 8));
    })));
  }
  return undefined;
});

function signalOption(args: readonly string[]): { readonly signal: number | undefined; readonly word: string | undefined; readonly rest: readonly string[] } {
  const [first, ...rest] = args;
  if (first === undefined || !first.startsWith("-") || first === "--") return { signal: 15, word: undefined, rest: first === "--" ? rest : args };
  const word = first === "-s" ? (rest[0] ?? "") : first.startsWith("-s") && first.length > 2 ? first.slice(2) : first.slice(1);
  return { signal: parseSignal(word), word, rest: first === "-s" ? rest.slice(1) : rest };
}

const kill = applet("kill", function* (sys, args, io: AppletIo) {
  if (args[0] === "-l") {
    if (args.length === 1) for (let number = 1; number <= SIGRTMAX; number++) {
      const name = signalName(number);
      if (name !== undefined) io.out.put(`${String(number).padStart(2)}) ${name}\n`);
    }
    else for (const text of args.slice(1)) {
      const number = parseSignal(text);
      if (number === undefined) io.die(`unknown signal '${text}'`);
      io.out.put(`${/^\d+$/.test(text) ? (SIGNAL_NAMES[number] ?? number) : number}\n`);
    }
    return undefined;
  }
  const { signal, word, rest } = signalOption(args);
  if (signal === undefined) io.die(`bad signal name '${word}'`);
  if (rest.length === 0) io.die("you need to specify whom to kill");
  for (const text of rest) {
    if (!/^-?\d+$/.test(text)) {
      yield* io.fail(`invalid number '${text}'`);
      continue;
    }
    try {
      sys.kill(Number(text), signal);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* io.fail(`can't kill pid ${text}: ${error.message}`);
    }
  }
  return undefined;
});

const named = (process: ProcessInfo, name: string): boolean =>
  process.comm === name.slice(0, 15) || (process.arguments[0] ?? "").split("/").at(-1) === name || process.arguments[0] === name;

const killall = applet("killall", function* (sys, args, io: AppletIo) {
  let quiet = false;
  let rest = args;
  if (rest[0] === "-q") {
    quiet = true;
    rest = rest.slice(1);
  }
  const parsed = signalOption(rest);
  if (parsed.signal === undefined) io.die(`bad signal name '${parsed.word}'`);
  if (parsed.rest.length === 0) io.die("you need to specify whom to kill");
  const processes = yield* readProcesses(sys);
  for (const name of parsed.rest) {
    const found = processes.filter((process) => process.pid !== sys.getpid() && named(process, name));
    if (found.length === 0) {
      io.status = 1;
      if (!quiet) yield* io.warn(`${name}: no process killed`);
    }
    yield* killEach(sys, io, found, parsed.signal);
  }
  return undefined;
});

function* killEach(sys: Sys, io: AppletIo, found: readonly ProcessInfo[], signal: number): Blocking<void> {
  for (const process of found) {
    try {
      sys.kill(process.pid, signal);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* io.fail(`can't kill pid ${process.pid}: ${error.message}`);
    }
  }
}

const pidof = applet("pidof", function* (sys, args, io: AppletIo) {
  const options = appletOptions(args, "so:");
  const omitted = options.values("o");
  const processes = yield* readProcesses(sys);
  const found = options.operands.flatMap((name) => processes.filter((process) => named(process, name) && !omitted.includes(String(process.pid)) && process.pid !== sys.getpid()).map((process) => process.pid).reverse());
  if (found.length === 0) return 1;
  io.out.put(`${(options.has("s") ? found.slice(0, 1) : found).join(" ")}\n`);
  return undefined;
});

function* matching(sys: Sys, io: AppletIo, args: readonly string[]): Blocking<{ readonly found: readonly ProcessInfo[]; readonly has: (letter: string) => boolean }> {
  const options = appletOptions(args, "vlafxons:P:");
  const pattern = options.operands[0];
  if (pattern === undefined && options.value("s") === undefined && options.value("P") === undefined) io.usage();
  const regex = pattern === undefined ? undefined : compileRegex(pattern, { syntax: "ere", ignoreCase: false });
  let found = (yield* readProcesses(sys)).filter((process) => {
    if (process.pid === sys.getpid()) return false;
    if (options.value("P") !== undefined && process.ppid !== Number(options.value("P"))) return options.has("v");
    const text = options.has("f") ? process.arguments.join(" ") : process.comm;
    const match = regex ? regex.exec(text) : [0, text.length];
    const ok = match !== undefined && match !== null && (!options.has("x") || (match[0] === 0 && match[1] === text.length));
    return ok !== options.has("v");
  });
  if (options.has("n")) found = found.slice(-1);
  else if (options.has("o")) found = found.slice(0, 1);
  return { found, has: options.has };
}

const pgrep = applet("pgrep", function* (sys, args, io: AppletIo) {
  const { found, has } = yield* matching(sys, io, args);
  for (const process of found) io.out.put(`${process.pid}${has("l") ? ` ${process.comm}` : has("a") ? ` ${process.arguments.join(" ")}` : ""}\n`);
  return found.length === 0 ? 1 : 0;
});

const pkill = applet("pkill", function* (sys, args, io: AppletIo) {
  const parsed = /^-[A-Z0-9]/.test(args[0] ?? "") ? signalOption(args) : { signal: 15, word: undefined, rest: args };
  if (parsed.signal === undefined) io.die(`bad signal name '${parsed.word}'`);
  const { found } = yield* matching(sys, io, parsed.rest);
  yield* killEach(sys, io, found, parsed.signal);
  return found.length === 0 ? 1 : io.status;
});

const uptime = applet("uptime", function* (sys, _args, io: AppletIo) {
  const { uptimeSeconds } = yield* readSystemTimes(sys);
  const load = ((yield* readTextFile(sys, "/proc/loadavg")) ?? "0.00 0.00 0.00").split(" ").slice(0, 3);
  const total = Math.floor(uptimeSeconds);
  const days = Math.floor(total / 86400);
  const hours = Math.floor(total / 3600) % 24;
  const minutes = Math.floor(total / 60) % 60;
  const users = (yield* readUtmp(sys)).filter((record) => record.type === UT.USER_PROCESS).length;
  const now = strftime(" %H:%M:%S", civilAt(yield* readZone(sys), Math.floor(sys.clockUs("realtime") / 1e6)));
  io.out.put(`${now} up ${days > 0 ? `${days} day${days === 1 ? "" : "s"}, ` : ""}${hours > 0 ? `${String(hours).padStart(2)}:${String(minutes).padStart(2, "0")}` : `${minutes} min`}, ${String(users).padStart(2)} users,  load average: ${load.join(", ")}\n`);
  return undefined;
});

const free = applet("free", function* (sys, args, io: AppletIo) {
  const options = appletOptions(args, "bkmgh");
  const memory = yield* readMemory(sys);
  const divisor = options.has("b") ? 1 / 1024 : options.has("m") ? 1024 : options.has("g") ? 1048576 : 1;
  const get = (key: string): number => memory.get(key) ?? 0;
  const cached = get("Buffers") + get("Cached") + get("SReclaimable");
  const show = (kib: number): string => {
    if (options.has("h")) return (kib < 1024 ? `${kib}.0K` : kib < 1048576 ? `${(kib / 1024).toFixed(1)}M` : `${(kib / 1048576).toFixed(1)}G`).padStart(12);
    return String(Math.floor(kib / divisor)).padStart(12);
  };
  const used = get("MemTotal") - get("MemFree") - cached;
  io.out.put(`              ${["total", "used", "free", "shared", "buff/cache", "available"].map((word, index) => word.padStart(index === 0 ? 5 : 12)).join("")}\n`.replace(/^ {14}( *)total/, "              total"));
  io.out.put(`Mem:   ${[get("MemTotal"), used, get("MemFree"), get("Shmem"), cached, get("MemAvailable")].map(show).join("")}\n`);
  io.out.put(`Swap:  ${[get("SwapTotal"), get("SwapTotal") - get("SwapFree"), get("SwapFree")].map(show).join("")}\n`);
  return undefined;
});

export const processApplets = [ps, kill, killall, pidof, pgrep, pkill, uptime, free];
