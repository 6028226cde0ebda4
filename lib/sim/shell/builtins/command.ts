import type { Builtin } from "./builtin.ts";
import { restricted } from "../interp/restricted.ts";
import { BuiltinError, parseOptions } from "./builtin.ts";
import { describeCommands } from "./type.ts";

/** The PATH that finds the standard utilities (confstr CS_PATH). */
const STANDARD_PATH = "/bin:/usr/bin";

const command: Builtin = {
  name: "command", usage: "command [-pVv] command [arg ...]",
  help: "Runs a command without looking at functions. -p uses a PATH that finds the standard utilities.\n-v prints what a name stands for, -V says it in words.",
  run(shell, args) {
    const parsed = parseOptions(args, "pvV");
    if (parsed.rest.length === 0) return 0;
    if (parsed.has("v") || parsed.has("V")) return describeCommands(shell, parsed.rest, parsed.has("V") ? "long" : "command-v", { standardPath: parsed.has("p") });
    if (parsed.has("p") && restricted(shell)) throw new BuiltinError("-p: restricted", 1);
    shell.builtinName = "";
    if (parsed.rest[0]?.includes("/") && restricted(shell)) throw new BuiltinError(`${parsed.rest[0]}: restricted: cannot specify \`/' in command names`, 1);
    return shell.language.invoke(shell, parsed.rest, parsed.has("p") ? { path: STANDARD_PATH, asRegular: true } : { asRegular: true });
  },
};
export default command;
