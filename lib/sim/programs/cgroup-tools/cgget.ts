import { SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { type Io, flag, gnu, texts } from "../kit/gnu.ts";
import { mountPoint, parseGroup, trimGroup } from "./_groups.ts";

export default gnu({
  name: "cgget", project: "libcgroup", version: "2.0.2", usageStatus: 255, summary: "print parameters of control groups", synopsis: ["[-nv] [-r <name>] [-g <controllers>] [-a] <path> ..."],
  options: { variable: texts(["-r", "--variable"], "<name>", "parameter to show"), group: texts(["-g"], "<controllers>[:<path>]", "all parameters of these controllers"), all: flag(["-a", "--all"], "parameters of all controllers"), noHeader: flag(["-n"], "no headers"), values: flag(["-v", "--values-only"], "values only"), mode: flag(["-m"], "show the setup mode") },
  *run({ options, operands, sys }, io: Io) {
    const root = yield* mountPoint(sys);
    if (root === undefined) {
      yield* io.stderr("cgget: libcgroup initialization failed: Cgroup is not mounted\n");
      return 255;
    }
    if (options.mode) {
      io.out.put("Unified mode\n");
      return 0;
    }
    const groups = operands.map((one) => ({ path: trimGroup(one), controllers: options.group.flatMap((word) => parseGroup(word)?.controllers ?? word.split(",")) }));
    for (const word of options.group) {
      const spec = parseGroup(word);
      if (spec !== undefined) groups.push({ path: spec.path, controllers: [...spec.controllers] });
    }
    if (groups.length === 0) {
      yield* io.stderr("cgget: no cgroup specified\n");
      return 255;
    }
    for (const { path, controllers } of groups) {
      const directory = `${root}/${path}`;
      let files: readonly string[];
      try {
        files = sys.readdir(directory).filter((entry) => entry.type !== 0o040000).map((entry) => entry.name).sort();
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* io.stderr(`cgget: cannot find controller '${controllers[0] ?? options.variable[0]?.split(".")[0] ?? ""}' in group '${path}'\n`);
        return 255;
      }
      if (!options.noHeader) io.out.put(`${path}:\n`);
      const wanted = options.variable.length > 0 ? options.variable : files.filter((name) => options.all || controllers.includes(name.split(".")[0] ?? ""));
      for (const name of wanted) {
        const value = files.includes(name) ? yield* readTextFile(sys, `${directory}/${name}`) : undefined;
        if (value === undefined) {
          if (options.variable.length === 0) continue;
          yield* io.stderr(`cgget: cannot find controller '${name.split(".")[0] ?? ""}' in group '${path}'\n`);
          return 255;
        }
        const lines = value.replace(/\n$/, "").split("\n");
        io.out.put(`${options.values ? "" : `${name}: `}${lines.join("\n\t")}\n`);
      }
      if (!options.noHeader) io.out.put("\n");
    }
    return 0;
  },
});
