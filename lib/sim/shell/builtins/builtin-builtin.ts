import { type Builtin, BuiltinError, noOptions } from "./builtin.ts";

const builtin: Builtin = {
  name: "builtin", usage: "builtin [shell-builtin [arg ...]]",
  help: "Runs a shell builtin even when a function has its name.",
  run(shell, args) {
    const rest = noOptions(args);
    const [name] = rest;
    if (name === undefined) return 0;
    if (!shell.language.isBuiltin(shell, name)) throw new BuiltinError(`${name}: not a shell builtin`, 1);
    return shell.language.invoke(shell, rest, { builtinOnly: true });
  },
};
export default builtin;
