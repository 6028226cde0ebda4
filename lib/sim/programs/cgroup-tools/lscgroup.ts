import { type Io, gnu, texts } from "../kit/gnu.ts";
import { controllersAt, groupsBelow, mountPoint, parseGroup } from "./_groups.ts";

export default gnu({
  name: "lscgroup", project: "libcgroup", version: "2.0.2", usageStatus: 255, summary: "list all cgroups", synopsis: ["[-h] [[-g] <controllers>:<path>] [...]"],
  options: { group: texts(["-g"], "<controllers>:<path>", "only below this group") },
  *run({ options, operands, sys }, io: Io) {
    const root = yield* mountPoint(sys);
    if (root === undefined) {
      yield* io.stderr("cgroups can't be listed: Cgroup is not mounted\n");
      return 255;
    }
    const below = [...options.group, ...operands].map((one) => parseGroup(one)?.path ?? "");
    const controllers = (yield* controllersAt(sys, root)).join(",");
    for (const path of yield* groupsBelow(sys, root)) {
      if (below.length > 0 && !below.some((one) => one === "" || path === `/${one}` || path.startsWith(`/${one}/`))) continue;
      io.out.put(`${controllers}:${path}\n`);
    }
    return 0;
  },
});
