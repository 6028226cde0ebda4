import { type Builtin, BuiltinError } from "./builtin.ts";
import { runTest } from "./test.ts";

const bracket: Builtin = {
  name: "[", usage: "[ arg... ]",
  help: "The same as test, with a closing bracket as its last argument.",
  run(shell, args) {
    if (args[args.length - 1] !== "]") throw new BuiltinError(shell.strict ? "missing ]" : "missing `]'", 2);
    return runTest(shell, args.slice(1, -1));
  },
};
export default bracket;
