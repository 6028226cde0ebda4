import { SysError } from "../../kernel/sys.ts";
import { type Io, flag, gnu, texts } from "../kit/gnu.ts";
import { groupError, mountPoint, parseGroup, writeValue } from "./_groups.ts";

export default gnu({
  name: "cgclassify", project: "libcgroup", version: "2.0.2", usageStatus: 255, summary: "move running tasks to given control groups", synopsis: ["[-g <controllers>:<path>] [--sticky | --cancel-sticky] <list of pids>"],
  options: { group: texts(["-g"], "<controllers>:<path>", "control group to move to"), sticky: flag(["--sticky"], "cgred leaves it there"), cancel: flag(["--cancel-sticky"], "cgred may move it again") },
  operands: "pids",
  *run({ options, operands, sys }, io: Io) {
    const root = yield* mountPoint(sys);
    const group = parseGroup(options.group[0] ?? "");
    if (root === undefined || group === undefined) {
      yield* io.stderr(root === undefined ? "cgclassify: libcgroup initialization failed: Cgroup is not mounted\n" : "cgclassify: cgroup controller and path parsing failed\n");
      return 255;
    }
    for (const pid of operands) {
      try {
        yield* writeValue(sys, `${root}/${group.path}/cgroup.procs`, pid);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* io.stderr(`Error changing group of pid ${pid}: ${error.errno === "ESRCH" ? "No such process" : groupError(error)}\n`);
        io.status = 255;
      }
    }
    return undefined;
  },
});
