// systemd-cgls: control groups and their processes as a tree.
import { tryReadFile } from "../../daemons/systemd/api/files.ts";
import { isFailure } from "../../daemons/systemd/api/protocol.ts";
import { mangleUnitName } from "../../daemons/systemd/api/unit-name.ts";
import { flag, optionalText } from "../kit/gnu.ts";
import { controlGroupTree } from "./_cgroup-tree.ts";
import { columns, complain, connect, systemdTool, wantsColour, withPager } from "./_systemd.ts";
import { propertyMap } from "./systemctl/_context.ts";

export default systemdTool({
  name: "systemd-cgls",
  path: "/usr/bin/systemd-cgls",
  summary: "show control groups and their processes as a tree",
  synopsis: ["[OPTIONS...] [CGROUP...]"],
  options: {
    noPager: flag(["--no-pager"], "do not pipe the output into a pager"),
    all: flag(["-a", "--all"], "groups without processes too"),
    full: flag(["-l", "--full"], "whole command lines"),
    unit: optionalText(["-u", "--unit"], "UNIT", "the groups of these units"),
    userUnit: optionalText(["--user-unit"], "UNIT", "the groups of these units of a user's manager"),
    kernel: flag(["-k"], "kernel threads too"),
    xattr: flag(["-x", "--xattr"], "extended attributes of the groups"),
    cgroupId: flag(["-c", "--cgroup-id"], "identifiers of the groups"),
    machine: optionalText(["-M", "--machine"], "MACHINE", "a container"),
  },
  *run({ options, operands, sys }, io) {
    const width = options.full ? Number.POSITIVE_INFINITY : columns(sys);
    const colour = wantsColour(sys);
    return yield* withPager(io, !options.noPager, function* () {
      if (options.unit !== undefined) {
        const bus = yield* connect(io);
        if (bus === undefined) return 1;
        if (options.unit === true && operands.length === 0) {
          io.out.put(`Control group /:\n-.slice\n${(yield* controlGroupTree(sys, "/", "", width, colour)).map((line) => `${line}\n`).join("")}`);
          yield* io.out.flush();
          return 0;
        }
        for (const word of options.unit === true ? operands : [options.unit, ...operands]) {
          const name = mangleUnitName(word);
          const shown = yield* bus.call({ op: "show", unit: name });
          const group = isFailure(shown) ? "" : (propertyMap(shown.properties).get("ControlGroup") ?? "");
          if (group === "") {
            yield* complain(io, `Unit ${name} not found.`);
            return 1;
          }
          io.out.put(`Unit ${name} (${group}):\n${(yield* controlGroupTree(sys, group, "", width, colour)).map((line) => `${line}\n`).join("")}`);
        }
        yield* io.out.flush();
        return 0;
      }
      for (const path of operands.length === 0 ? ["/"] : operands) {
        const group = path.replace(/^\/sys\/fs\/cgroup/, "") || "/";
        if ((yield* tryReadFile(sys, `/sys/fs/cgroup${group === "/" ? "" : group}/cgroup.procs`)) === undefined) {
          io.out.put(`Control group ${group}:\n`);
          yield* io.out.flush();
          yield* complain(io, `Failed to list cgroup tree: No such file or directory`);
          return 1;
        }
        io.out.put(operands.length === 0 ? "Control group /:\n-.slice\n" : `Control group ${group}:\n`);
        io.out.put((yield* controlGroupTree(sys, group, "", width, colour)).map((line) => `${line}\n`).join(""));
      }
      yield* io.out.flush();
      return 0;
    });
  },
});
