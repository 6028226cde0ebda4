import type { Builtin } from "./builtin.ts";
import { runDeclare } from "./declaration.ts";

const readonly: Builtin = {
  name: "readonly", usage: "readonly [-aAf] [name[=value] ...] or readonly -p", special: true,
  help: "Makes variables (-f: functions) unchangeable. -p prints all that are.",
  declare: (shell, args, arrays) => runDeclare(shell, args, arrays, { name: "readonly" }),
};
export default readonly;
