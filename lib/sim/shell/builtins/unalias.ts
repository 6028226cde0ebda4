import { type Builtin, parseOptions, usageError } from "./builtin.ts";

const unalias: Builtin = {
  name: "unalias", usage: "unalias [-a] name [name ...]",
  help: "Removes aliases; -a all of them.",
  *run(shell, args) {
    const parsed = parseOptions(args, "a");
    if (parsed.has("a")) {
      shell.aliases.clear();
      return 0;
    }
    if (parsed.rest.length === 0) throw usageError();
    let status = 0;
    for (const name of parsed.rest) {
      if (shell.aliases.delete(name)) continue;
      yield* shell.complain(`${name}: not found`);
      status = 1;
    }
    return status;
  },
};
export default unalias;
