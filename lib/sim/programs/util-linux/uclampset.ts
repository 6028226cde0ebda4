// uclampset(1): between which limits the scheduler takes a process's use of a processor to be. Debian's kernel has no such limits (CONFIG_UCLAMP_TASK).
import { readTextFile } from "../kit/accounts.ts";
import { flag, type Io, text, utilLinux } from "../kit/util-linux.ts";

export default utilLinux({
  name: "uclampset", summary: "show or set the bounds of CPU utilization (clamping)", synopsis: ["[options]", "[options] --pid <pid> | --system | <command> <arg>..."], operands: "commands", parsing: { stopAtOperand: true },
  options: { least: text(["-m"], "value", "the lower bound"), most: text(["-M"], "value", "the upper bound"), all: flag(["-a", "--all-tasks"], "every thread, not the first alone"), pid: text(["-p", "--pid"], "pid", "a process that runs already"), system: flag(["-s", "--system"], "the whole system"), reset: flag(["-R", "--reset-on-fork"], "children do not inherit this"), verbose: flag(["-v", "--verbose"], "show the settings that result") },
  *run({ options, operands, sys }, io: Io) {
    for (const [value, name] of [[options.least, "util_min"], [options.most, "util_max"]] as const) if (value !== undefined && (!/^-?\d+$/.test(value) || Number(value) < -1 || Number(value) > 1024)) io.die(`${value} out of range for ${name}`);
    if (options.system) io.die("cannot read /proc/sys/kernel/sched_util_clamp_min: No such file or directory");
    const sets = options.least !== undefined || options.most !== undefined;
    if (options.pid !== undefined) {
      if (!/^\d+$/.test(options.pid)) io.die(`invalid PID argument: '${options.pid}'`);
      const name = (yield* readTextFile(sys, `/proc/${options.pid}/comm`))?.trim();
      if (name === undefined) io.die(`failed to get uclamp values for pid ${options.pid}: No such process`);
      if (sets) io.die(`failed to set uclamp values for pid ${options.pid}: Operation not supported`);
      io.say(`${name} (${options.pid}) util_clamp: min: 0 max: 0\n`);
      return 0;
    }
    if (operands.length === 0) io.usage("bad usage");
    return io.die("failed to set uclamp values for pid 0: Operation not supported");
  },
});
