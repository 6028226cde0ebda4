import { SysError } from "../../kernel/sys.ts";
import { readProcesses } from "../kit/processes.ts";
import { type Io, flag, program, text } from "../kit/program.ts";

export default program(
  { name: "pidof", manSection: 8, path: "/bin/pidof", summary: "tell the process IDs (PID) of a program that runs", synopsis: ["[-s] [-c] [-q] [-x] [-z] [-o omitpid,...] [-S separator] PROGRAM..."], options: [flag(["-s"], "only one"), flag(["-c"], "same root directory"), flag(["-q"], "only the status"), flag(["-x"], "scripts too"), flag(["-z"], "zombies too"), text(["-o"], "PID", "omit"), text(["-S"], "SEPARATOR", "between the numbers")] },
  function* (sys, argv, _io: Io) {
    const io = _io;
    const omitted = new Set<number>([sys.getpid()]);
    const names: string[] = [];
    let single = false;
    let quiet = false;
    let scripts = false;
    let separator = " ";
    for (let at = 1; at < argv.length; at++) {
      const arg = argv[at] ?? "";
      if (arg === "-o") for (const one of (argv[++at] ?? "").split(",")) omitted.add(one === "%PPID" ? sys.getppid() : Number(one));
      else if (arg === "-S" || arg === "-d") separator = argv[++at] ?? " ";
      else if (arg.startsWith("-") && arg.length > 1) {
        single ||= arg.includes("s");
        quiet ||= arg.includes("q");
        scripts ||= arg.includes("x");
      } else names.push(arg);
    }
    const executable = (pid: number): string => {
      try {
        return sys.readlink(`/proc/${pid}/exe`);
      } catch (error) {
        if (error instanceof SysError) return "";
        throw error;
      }
    };
    const found: number[] = [];
    const processes = [...(yield* readProcesses(sys))].reverse();
    for (const name of names) {
      const base = name.split("/").at(-1) ?? "";
      for (const process of processes) {
        if (omitted.has(process.pid) || process.arguments.length === 0) continue;
        const first = (process.arguments[0] ?? "").replace(/^-/, "");
        const script = scripts && process.arguments.slice(1, 2).some((argument) => argument === name || argument.split("/").at(-1) === base);
        // by argv[0], the way it was called: /sbin/init is not "systemd"
        const same = name.includes("/") ? executable(process.pid) === name || first === name : first === name || first.split("/").at(-1) === base;
        if (same || script) found.push(process.pid);
      }
    }
    if (found.length > 0 && !quiet) io.out.put(`${(single ? found.slice(0, 1) : found).join(separator)}\n`);
    return found.length > 0 ? 0 : 1;
  },
);
