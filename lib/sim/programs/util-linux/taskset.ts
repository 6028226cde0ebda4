import { type Blocking, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { execSearching } from "../kit/exec-path.ts";
import { type Io, flag, utilLinux } from "../kit/util-linux.ts";

/** "0-3,5" or "0-10:2"; undefined when it cannot be read. */
function parseList(text: string): readonly number[] | undefined {
  const cpus: number[] = [];
  for (const part of text.split(",")) {
    const match = /^(\d{1,4})(?:-(\d{1,4})(?::(\d{1,4}))?)?$/.exec(part);
    if (match === null) return undefined;
    for (let cpu = Number(match[1]); cpu <= Number(match[2] ?? match[1]); cpu += Math.max(1, Number(match[3] ?? 1))) cpus.push(cpu);
  }
  return [...new Set(cpus)].sort((a, b) => a - b);
}

function parseMask(text: string): readonly number[] | undefined {
  const digits = text.replace(/^0x/i, "").replaceAll(",", "");
  if (!/^[0-9a-f]{1,64}$/i.test(digits)) return undefined;
  const mask = BigInt(`0x${digits}`);
  return Array.from({ length: digits.length * 4 }, (_, cpu) => cpu).filter((cpu) => ((mask >> BigInt(cpu)) & 1n) === 1n);
}

export default utilLinux({
  name: "taskset", path: "/bin/taskset", summary: "show or set on which CPUs a process may run (affinity)", synopsis: ["[options] [mask | cpu-list] [pid|cmd [args...]]"], parsing: { stopAtOperand: true },
  options: { all: flag(["-a", "--all-tasks"], "every thread, not the first alone"), pid: flag(["-p", "--pid"], "a process that runs already"), list: flag(["-c", "--cpu-list"], "CPUs by number, as in 0-2,5, not as a mask") },
  operands: "commands",
  *run({ options, operands, sys }, io: Io) {
    const usage = function* (): Blocking<number> {
      yield* io.stderr(`${io.argv0}: bad usage\nTry '${io.argv0} --help' for more information.\n`);
      return 1;
    };
    const present = ((yield* readTextFile(sys, "/sys/devices/system/cpu/present")) ?? "0").trim();
    const all = parseList(present) ?? [0];
    const show = (pid: number, when: string): void => {
      const cpus = sys.getScheduling(pid).cpus ?? all;
      if (!options.list) {
        io.out.put(`pid ${pid}'s ${when} affinity mask: ${cpus.reduce((mask, cpu) => mask | (1n << BigInt(cpu)), 0n).toString(16)}\n`);
        return;
      }
      const parts: string[] = [];
      for (let at = 0; at < cpus.length; ) {
        let end = at;
        while (end + 1 < cpus.length && cpus[end + 1] === (cpus[end] ?? 0) + 1) end++;
        parts.push(end - at >= 2 ? `${cpus[at]}-${cpus[end]}` : cpus.slice(at, end + 1).join(","));
        at = end + 1;
      }
      io.out.put(`pid ${pid}'s ${when} affinity list: ${parts.join(",")}\n`);
    };
    const [first, second] = operands;
    if (first === undefined || (!options.pid && second === undefined)) return yield* usage();
    const wanted = options.pid && second === undefined ? undefined : options.list ? parseList(first) : parseMask(first);
    const pidText = options.pid ? (second ?? first) : "0";
    if (!/^\d+$/.test(pidText)) io.die(`invalid PID argument: '${pidText}'`);
    if (wanted === undefined && (second !== undefined || !options.pid)) io.die(`failed to parse CPU ${options.list ? "list" : "mask"}: ${first}`);
    const pid = Number(pidText);
    if (options.pid && pid === 0) return yield* usage();
    try {
      if (options.pid) show(pid, "current");
    } catch (error) {
      if (error instanceof SysError) io.die(`failed to get pid ${pid}'s affinity: ${error.message}`);
      throw error;
    }
    if (wanted !== undefined) {
      try {
        sys.setScheduling({ cpus: wanted }, pid);
      } catch (error) {
        if (error instanceof SysError) io.die(`failed to set pid ${options.pid ? pid : sys.getpid()}'s affinity: ${error.message}`);
        throw error;
      }
      if (options.pid) show(pid, "new");
    }
    if (options.pid) return 0;
    const [, command = "", ...rest] = operands;
    yield* io.out.flush();
    const failed = yield* execSearching(sys, command, [command, ...rest]);
    yield* io.warn(`failed to execute ${command}: ${failed.message}`);
    return failed.errno === "ENOENT" ? 127 : 126;
  },
});
