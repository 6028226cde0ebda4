import { SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { type Io, gnu, text, texts } from "../kit/gnu.ts";
import { groupError, mountPoint, trimGroup, writeValue } from "./_groups.ts";

export default gnu({
  name: "cgset", project: "libcgroup", version: "2.0.2", usageStatus: 255, summary: "set parameters of control groups", synopsis: ["[-r <name=value>] <cgroup_path> ...", "--copy-from <source_cgroup_path> <cgroup_path> ..."],
  options: { set: texts(["-r", "--variable"], "<name>", "parameter and value"), copy: text(["--copy-from"], "<source_cgroup_path>", "take the values of another group") },
  *run({ options, operands, sys }, io: Io) {
    const root = yield* mountPoint(sys);
    if (root === undefined) {
      yield* io.stderr("cgset: libcgroup initialization failed: Cgroup is not mounted\n");
      return 255;
    }
    if (operands.length === 0) {
      yield* io.stderr("cgset: no cgroup specified\n");
      return 255;
    }
    const values = options.set.map((one) => [one.slice(0, one.indexOf("=")), one.slice(one.indexOf("=") + 1)] as const);
    if (options.set.some((one) => !one.includes("="))) {
      yield* io.stderr(`cgset: wrong parameter of option -r: ${options.set.find((one) => !one.includes("=")) ?? ""}\n`);
      return 255;
    }
    const source = options.copy;
    const all = source === undefined ? values : [];
    if (source !== undefined) {
      const copied: (readonly [string, string])[] = [];
      for (const { name } of sys.readdir(`${root}/${trimGroup(source)}`)) if (/\.(?:max|min|low|high|weight)$/.test(name)) copied.push([name, ((yield* readTextFile(sys, `${root}/${trimGroup(source)}/${name}`)) ?? "").trim()]);
      all.splice(0, 0, ...copied);
    }
    if (all.length === 0) {
      yield* io.stderr("cgset: no name-value pair was set\n");
      return 255;
    }
    for (const operand of operands) {
      const group = trimGroup(operand);
      for (const [name, value] of all) {
        try {
          sys.stat(`${root}/${group}`);
          yield* writeValue(sys, `${root}/${group}/${name}`, value);
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          let there = true;
          try {
            sys.stat(`${root}/${group}`);
          } catch {
            there = false;
          }
          yield* io.stderr(!there ? `cgset: cannot access group: ${group}: Cgroup does not exist\n` : `cgset: the group can't be modified: ${error.errno === "ENOENT" ? "Cgroup one of the needed subsystems is not mounted" : groupError(error)}\n`);
          return 255;
        }
      }
    }
    return 0;
  },
});
