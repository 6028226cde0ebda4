import type { Builtin } from "./builtin.ts";
import { runDeclare } from "./declaration.ts";

const exportBuiltin: Builtin = {
  name: "export", usage: "export [-fn] [name[=value] ...] or export -p", special: true,
  help: "Marks variables (-f: functions) to be passed to programs. -n takes the mark away, -p prints all that are marked.",
  declare: (shell, args, arrays) => runDeclare(shell, args, arrays, { name: "export" }),
};
export default exportBuiltin;
