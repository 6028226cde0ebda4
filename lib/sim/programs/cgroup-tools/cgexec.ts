import { SysError } from "../../kernel/sys.ts";
import { execSearching } from "../kit/exec-path.ts";
import { type Io, flag, gnu, texts } from "../kit/gnu.ts";
import { mountPoint, parseGroup, writeValue } from "./_groups.ts";

export default gnu({
  name: "cgexec", project: "libcgroup", version: "2.0.2", usageStatus: 255, summary: "start a command inside control groups (cgroups)", synopsis: ["[-h] [-g <controllers>:<path>] [--sticky] command [arguments]"],
  options: { group: texts(["-g"], "<controllers>:<path>", "control group to run in"), sticky: flag(["--sticky"], "cgred leaves it there") },
  operands: "commands", parsing: { stopAtOperand: true },
  *run({ options, operands, sys }, io: Io) {
    const root = yield* mountPoint(sys);
    if (root === undefined) {
      yield* io.stderr("libcgroup initialization failed: Cgroup is not mounted\n");
      return 255;
    }
    for (const text of options.group) {
      const group = parseGroup(text);
      if (group === undefined) {
        yield* io.stderr("cgroup controller and path parsing failed\n");
        return 255;
      }
      try {
        yield* writeValue(sys, `${root}/${group.path}/cgroup.procs`, String(sys.getpid()));
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* io.stderr("cgroup change of group failed\n");
        return 255;
      }
    }
    const [command] = operands;
    if (command === undefined) {
      yield* io.stderr("Usage is cgexec [-h] [-g <controllers>:<path>] [--sticky] command [arguments] ...\n");
      return 255;
    }
    const failed = yield* execSearching(sys, command, operands);
    yield* io.stderr(`cgexec: exec failed: ${failed.message}\n`);
    return 255;
  },
});
