import { SysError } from "../../kernel/sys.ts";
import { Accounts } from "../kit/accounts.ts";
import { type Io, gnu, text, texts } from "../kit/gnu.ts";
import { controllersAt, createGroup, groupError, mountPoint, parseGroup } from "./_groups.ts";

export default gnu({
  name: "cgcreate", project: "libcgroup", version: "2.0.2", usageStatus: 255, summary: "create new control groups", synopsis: ["[-h] [-f mode] [-d mode] [-s mode] [-t <tuid>:<tgid>] [-a <agid>:<auid>] -g <controllers>:<path> [-g ...]"],
  options: { group: texts(["-g"], "<controllers>:<path>", "control group to make"), tasks: text(["-t"], "<tuid>:<tgid>", "owner of the file tasks"), admin: text(["-a"], "<tuid>:<tgid>", "owner of the other files"), directoryMode: text(["-d", "--dperm"], "mode", "permissions of the directory"), fileMode: text(["-f", "--fperm"], "mode", "permissions of the files"), tasksMode: text(["-s", "--tperm"], "mode", "permissions of the tasks file") },
  *run({ options, sys }, io: Io) {
    if (options.group.length === 0) {
      yield* io.stderr("cgcreate: no control group specified\n");
      return 255;
    }
    const root = yield* mountPoint(sys);
    if (root === undefined) {
      yield* io.stderr("cgcreate: libcgroup initialization failed: Cgroup is not mounted\n");
      return 255;
    }
    const known = yield* controllersAt(sys, root);
    for (const text of options.group) {
      const group = parseGroup(text);
      if (group === undefined) {
        yield* io.stderr(`cgcreate: cgroup controller and path parsing failed (${text})\n`);
        return 255;
      }
      const unknown = group.controllers.find((one) => one !== "*" && !known.includes(one));
      if (unknown !== undefined) {
        yield* io.stderr(`cgcreate: can't create cgroup ${group.path}: Cgroup one of the needed subsystems is not mounted\n`);
        return 255;
      }
      try {
        yield* createGroup(sys, root, { ...group, controllers: group.controllers.includes("*") ? known : group.controllers }, options.directoryMode === undefined ? undefined : Number.parseInt(options.directoryMode, 8));
        const accounts = yield* Accounts.read(sys);
        const own = (file: string, spec: string | undefined): void => {
          if (spec === undefined) return;
          const [user = "", owner = ""] = spec.split(":");
          sys.chown(file, /^\d+$/.test(user) ? Number(user) : (accounts.userByName(user)?.uid ?? -1), /^\d+$/.test(owner) ? Number(owner) : (accounts.groupByName(owner)?.gid ?? -1));
        };
        const directory = `${root}/${group.path}`;
        own(directory, options.admin);
        if (options.admin !== undefined) for (const { name, type } of sys.readdir(directory)) if (type !== 0o040000) own(`${directory}/${name}`, options.admin);
        own(`${directory}/cgroup.procs`, options.tasks);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* io.stderr(`cgcreate: can't create cgroup ${group.path}: ${groupError(error)}\n`);
        return 255;
      }
    }
    return 0;
  },
});
