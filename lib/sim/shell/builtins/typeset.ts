import type { Builtin } from "./builtin.ts";
import { runDeclare } from "./declaration.ts";

const typeset: Builtin = {
  name: "typeset", usage: "typeset [-aAfFgiIlnrtux] name[=value] ... or typeset -p [-aAfFilnrtux] [name ...]",
  help: "The same as declare.",
  declare: (shell, args, arrays) => runDeclare(shell, args, arrays, { name: "declare" }),
};
export default typeset;
