import { type Io, flag, gnu } from "../kit/gnu.ts";
import { controllersAt, mountPoint } from "./_groups.ts";

export default gnu({
  name: "lssubsys", project: "libcgroup", version: "2.0.2", usageStatus: 255, summary: "list hierarchies that contain a given subsystem", synopsis: ["[options] [<controller>] ..."],
  options: { all: flag(["-a", "--all"], "all controllers"), mounts: flag(["-m", "--mount-points"], "with mount points"), every: flag(["-M", "--all-mount-points"], "with all mount points"), hierarchies: flag(["-i", "--hierarchies"], "with hierarchy numbers") },
  *run({ options, operands, sys }, io: Io) {
    const root = yield* mountPoint(sys);
    if (root === undefined) {
      yield* io.stderr("lssubsys: cannot initialize libcgroup: Cgroup is not mounted\n");
      return 255;
    }
    for (const name of yield* controllersAt(sys, root)) {
      if (operands.length > 0 && !operands.includes(name)) continue;
      io.out.put(`${name}${options.hierarchies ? " 0" : ""}${options.mounts || options.every ? ` ${root}` : ""}\n`);
    }
    return 0;
  },
});
