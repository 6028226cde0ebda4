import type { Builtin } from "./builtin.ts";
import { runDeclare } from "./declaration.ts";

const local: Builtin = {
  name: "local", usage: "local [option] name[=value] ...",
  help: "Makes variables that exist only while the function runs. Takes the options of declare; `local -` keeps the shell's options.",
  declare: (shell, args, arrays) => runDeclare(shell, args, arrays, { name: "local" }),
};
export default local;
