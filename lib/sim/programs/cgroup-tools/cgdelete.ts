import { SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { type Io, flag, gnu, texts } from "../kit/gnu.ts";
import { groupError, groupsBelow, mountPoint, parseGroup, writeValue } from "./_groups.ts";

export default gnu({
  name: "cgdelete", project: "libcgroup", version: "2.0.2", usageStatus: 255, summary: "remove control groups", synopsis: ["[-h] [-r] [[-g] <controllers>:<path>] ..."],
  options: { group: texts(["-g"], "<controllers>:<path>", "control group to remove"), recursive: flag(["-r", "--recursive"], "its children too") },
  *run({ options, operands, sys }, io: Io) {
    const root = yield* mountPoint(sys);
    const groups = [...options.group, ...operands];
    if (groups.length === 0 || root === undefined) {
      yield* io.stderr(root === undefined ? "cgdelete: libcgroup initialization failed: Cgroup is not mounted\n" : "cgdelete: no control group specified\n");
      return 255;
    }
    let status = 0;
    for (const text of groups) {
      const group = parseGroup(text);
      if (group === undefined) {
        yield* io.stderr(`cgdelete: error parsing parameter ${text}\n`);
        return 255;
      }
      try {
        const paths = options.recursive ? (yield* groupsBelow(sys, root, `/${group.path}`)).toReversed() : [`/${group.path}`];
        for (const path of paths) {
          // processes move to the parent
          for (const pid of ((yield* readTextFile(sys, `${root}${path}/cgroup.procs`)) ?? "").split("\n").filter((one) => one !== "")) yield* writeValue(sys, `${root}${path.slice(0, path.lastIndexOf("/"))}/cgroup.procs`, pid);
          sys.rmdir(`${root}${path}`);
        }
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* io.stderr(`cgdelete: cannot remove group '${group.path}': ${groupError(error)}\n`);
        status = 82;
      }
    }
    return status;
  },
});
