import { type Scheduling, SysError } from "../../kernel/sys.ts";
import { execSearching } from "../kit/exec-path.ts";
import { type Io, flag, text, utilLinux } from "../kit/util-linux.ts";

const NAMES: Readonly<Record<Scheduling["policy"], string>> = { other: "SCHED_OTHER", fifo: "SCHED_FIFO", rr: "SCHED_RR", batch: "SCHED_BATCH", idle: "SCHED_IDLE", deadline: "SCHED_DEADLINE" };

export default utilLinux({
  name: "chrt", summary: "show or set a process's real-time policy and priority", synopsis: ["[options] <priority> <command> [<arg>...]", "[options] --pid <priority> <pid>", "[options] -p <pid>"], parsing: { stopAtOperand: true }, operands: "commands",
  options: {
    batch: flag(["-b", "--batch"], "SCHED_BATCH: long computations"), deadline: flag(["-d", "--deadline"], "SCHED_DEADLINE: work with a time limit"), fifo: flag(["-f", "--fifo"], "SCHED_FIFO: real time, first come, first served"), idle: flag(["-i", "--idle"], "SCHED_IDLE: when nothing else wants to run"), other: flag(["-o", "--other"], "SCHED_OTHER: the usual one"), rr: flag(["-r", "--rr"], "SCHED_RR: real time, by turns (the default)"), reset: flag(["-R", "--reset-on-fork"], "children do not inherit this"),
    runtime: text(["-T", "--sched-runtime"], "ns", "with DEADLINE: nanoseconds of work in a period"), period: text(["-P", "--sched-period"], "ns", "with DEADLINE: nanoseconds that a period lasts"), due: text(["-D", "--sched-deadline"], "ns", "with DEADLINE: nanoseconds until the work must be done"), all: flag(["-a", "--all-tasks"], "every thread, not the first alone"), max: flag(["-m", "--max"], "tell which priorities each policy has"), pid: flag(["-p", "--pid"], "a process that runs already"), verbose: flag(["-v", "--verbose"], "show the settings that result"),
  },
  *run({ options, operands, sys }, io: Io) {
    if (options.max) {
      for (const [policy, name] of Object.entries(NAMES)) io.out.put(`${name} min/max priority\t: ${policy === "fifo" || policy === "rr" ? "1/99" : "0/0"}\n`);
      return 0;
    }
    const policy: Scheduling["policy"] = options.fifo ? "fifo" : options.idle ? "idle" : options.batch ? "batch" : options.other ? "other" : options.deadline ? "deadline" : "rr";
    const chosen = options.fifo || options.idle || options.batch || options.other || options.deadline || options.rr;
    const show = (pid: number, when: string): void => {
      const { policy: now, priority, resetOnFork } = sys.getScheduling(pid);
      const own = pid === 0 ? sys.getpid() : pid;
      io.out.put(`pid ${own}'s ${when} scheduling policy: ${NAMES[now]}${resetOnFork ? "|SCHED_RESET_ON_FORK" : ""}\npid ${own}'s ${when} scheduling priority: ${priority}\n`);
    };
    const needed = options.pid ? 1 : 2;
    const [first, second] = operands;
    if (first === undefined || operands.length < needed) {
      yield* io.stderr(`${io.argv0}: bad usage\nTry '${io.argv0} --help' for more information.\n`);
      return 1;
    }
    const pidText = options.pid ? (second ?? first) : "0";
    if (!/^\d+$/.test(pidText)) io.die(`invalid PID argument: '${pidText}'`);
    const pid = Number(pidText);
    try {
      if (options.pid && (second === undefined || options.verbose)) show(pid, "current");
    } catch (error) {
      if (error instanceof SysError) io.die(`failed to get pid ${pid}'s policy: ${error.message}`);
      throw error;
    }
    if (options.pid && second === undefined && !chosen) return 0;
    if (!/^-?\d+$/.test(first)) io.die(`invalid priority argument: '${first}'`);
    const priority = Number(first);
    const realtime = policy === "fifo" || policy === "rr";
    if (realtime ? priority < 1 || priority > 99 : priority !== 0) {
      yield* io.warn(`unsupported priority value for the policy: ${priority}: see --max for valid range`);
      return 1;
    }
    try {
      sys.setScheduling({ policy, priority, resetOnFork: options.reset }, pid);
    } catch (error) {
      if (error instanceof SysError) io.die(`failed to set pid ${pid}'s policy: ${error.message}`);
      throw error;
    }
    if (options.verbose) show(pid, "new");
    if (options.pid) return 0;
    const [, command = "", ...rest] = operands;
    yield* io.out.flush();
    const failed = yield* execSearching(sys, command, [command, ...rest]);
    yield* io.warn(`failed to execute ${command}: ${failed.message}`);
    return failed.errno === "ENOENT" ? 127 : 126;
  },
});
