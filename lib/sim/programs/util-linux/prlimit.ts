// prlimit: resource limits of a process (prlimit(1)).
import { type ResourceLimit, type ResourceLimitKind, SysError } from "../../kernel/sys.ts";
import { execSearching } from "../kit/exec-path.ts";
import { Table } from "../kit/table.ts";
import { type Io, flag, optionalText, text, utilLinux, unknownColumn } from "../kit/util-linux.ts";

const LIMITS: readonly (readonly [option: string, letter: string, kind: ResourceLimitKind, name: string, description: string, help: string, unit: string])[] = [
  ["as", "v", "as", "AS", "address space limit", "how large its address space may be", "bytes"], ["core", "c", "core", "CORE", "max core file size", "how large a core file may be", "bytes"], ["cpu", "t", "cpu", "CPU", "CPU time", "how many seconds of CPU time it may use", "seconds"], ["data", "d", "data", "DATA", "max data size", "how large its data may be", "bytes"], ["fsize", "f", "fsize", "FSIZE", "max file size", "how large a file it may write", "bytes"], ["locks", "x", "locks", "LOCKS", "max number of file locks held", "how many file locks it may hold", "locks"],
  ["memlock", "l", "memlock", "MEMLOCK", "max locked-in-memory address space", "how much memory it may lock", "bytes"], ["msgqueue", "q", "msgqueue", "MSGQUEUE", "max bytes in POSIX mqueues", "how much may wait in POSIX message queues", "bytes"], ["nice", "e", "nice", "NICE", "max nice prio allowed to raise", "how far it may lower its nice value", ""], ["nofile", "n", "nofile", "NOFILE", "max number of open files", "how many files it may have open", "files"], ["nproc", "u", "nproc", "NPROC", "max number of processes", "how many processes its user may have", "processes"], ["rss", "m", "rss", "RSS", "max resident set size", "how much of it may be resident", "bytes"],
  ["rtprio", "r", "rtprio", "RTPRIO", "max real-time priority", "how high a real-time priority it may take", ""], ["rttime", "y", "rttime", "RTTIME", "timeout for real-time tasks", "how long it may run in real time without a pause", "microsecs"], ["sigpending", "i", "sigpending", "SIGPENDING", "max number of pending signals", "how many signals may wait for it", "signals"], ["stack", "s", "stack", "STACK", "max stack size", "how large its stack may be", "bytes"],
];

const shown = (value: number): string => (Number.isFinite(value) ? String(value) : "unlimited");

/** "1024", "1024:2048", "1024:", ":2048", "unlimited" */
function parseLimit(spec: string, old: ResourceLimit): ResourceLimit | undefined {
  const value = (word: string): number | undefined => (word === "unlimited" || word === "-1" ? Number.POSITIVE_INFINITY : /^\d+$/.test(word) ? Number(word) : undefined);
  const text = spec.replace(/^=/, "");
  if (!text.includes(":")) {
    const both = value(text);
    return both === undefined ? undefined : { soft: both, hard: both };
  }
  const [soft = "", hard = ""] = text.split(":");
  const low = soft === "" ? old.soft : value(soft);
  const high = hard === "" ? old.hard : value(hard);
  return low === undefined || high === undefined ? undefined : { soft: low, hard: high };
}

const limitOptions = Object.fromEntries(LIMITS.map(([option, letter, , , , help]) => [option, optionalText([`-${letter}`, `--${option}`], "limit", help)]));

export default utilLinux({
  name: "prlimit", summary: "show or set what resource limits a process has", synopsis: ["[options] [--<resource>=<limit>] [-p PID]", "[options] [--<resource>=<limit>] COMMAND"], parsing: { stopAtOperand: true }, operands: "commands",
  options: { pid: text(["-p", "--pid"], "pid", "process id"), output: text(["-o", "--output"], "list", "the columns that are shown"), noheadings: flag(["--noheadings"], "no heading line"), raw: flag(["--raw"], "write columns without padding"), verbose: flag(["--verbose"], "tell each step"), ...limitOptions },
  *run({ options, operands, sys, given }, io: Io) {
    if (options.pid !== undefined && !/^\d+$/.test(options.pid)) io.die(`invalid PID argument: '${options.pid}'`);
    if (options.pid !== undefined && operands.length > 0) io.die("options --pid and COMMAND are mutually exclusive");
    const pid = options.pid === undefined ? sys.getpid() : Number(options.pid);
    const asked = LIMITS.filter(([option]) => given.some((one) => one.option === option));
    const list = [];
    try {
      for (const entry of asked.length > 0 ? asked : LIMITS) {
        const [option, , kind, name] = entry;
        const argument = given.findLast((one) => one.option === option)?.argument;
        const old = sys.getrlimit(kind, pid);
        if (argument === undefined) {
          list.push(entry);
          continue;
        }
        const next = parseLimit(argument, old) ?? io.die(`failed to parse ${name} limit`);
        if (next.soft > next.hard) io.die(`the soft limit ${name} cannot exceed the hard limit`);
        try {
          sys.setrlimit(kind, next, pid);
        } catch (error) {
          if (error instanceof SysError) io.die(`failed to set the ${name} resource limit: ${error.message}`);
          throw error;
        }
        if (options.verbose) io.out.put(`New ${name} limit for pid ${pid}: <${shown(next.soft)}:${shown(next.hard)}>\n`);
      }
    } catch (error) {
      if (error instanceof SysError) io.die(`failed to get the ${asked[0]?.[3] ?? "AS"} resource limit: ${error.message}`);
      throw error;
    }
    if (list.length === 0 && operands.length === 0) return 0;
    const columns = (options.output ?? "RESOURCE,DESCRIPTION,SOFT,HARD,UNITS").toUpperCase().split(",");
    const unknown = unknownColumn(options.output ?? "", (name) => name === "" || ["RESOURCE", "DESCRIPTION", "SOFT", "HARD", "UNITS"].includes(name));
    if (unknown !== undefined) io.die(`unknown column: ${unknown}`);
    const table = new Table(columns.map((name) => ({ name, ...((name === "SOFT" || name === "HARD") && { right: true }) })));
    for (const [, , kind, name, description, , unit] of list) {
      const limit = sys.getrlimit(kind, pid);
      const cells = new Map([["RESOURCE", name], ["DESCRIPTION", description], ["SOFT", shown(limit.soft)], ["HARD", shown(limit.hard)], ["UNITS", unit]]);
      table.row(columns.map((column) => cells.get(column) ?? ""));
    }
    if (list.length > 0) io.out.put(table.text({ mode: options.raw ? "raw" : "table", headings: !options.noheadings }));
    if (operands.length > 0) {
      const [command = ""] = operands;
      yield* io.out.flush();
      const failed = yield* execSearching(sys, command, operands);
      yield* io.warn(`failed to execute ${command}: ${failed.message}`);
      return failed.errno === "ENOENT" ? 127 : 126;
    }
    return 0;
  },
});
