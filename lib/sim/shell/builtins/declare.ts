import type { Builtin } from "./builtin.ts";
import { runDeclare } from "./declaration.ts";

const declare: Builtin = {
  name: "declare", usage: "declare [-aAfFgiIlnrtux] [name[=value] ...] or declare -p [-aAfFilnrtux] [name ...]",
  help: "Sets variables and their attributes, or prints them: -a array, -A associative, -i integer, -l and -u case, -n reference, -r read-only, -x exported.\n-f and -F show functions, -g works on global variables from within a function, -p prints. A plus sign takes an attribute away.",
  declare: (shell, args, arrays) => runDeclare(shell, args, arrays, { name: "declare" }),
};
export default declare;
