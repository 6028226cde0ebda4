import { type Builtin, BuiltinError } from "./builtin.ts";
import { enter, readStackArguments, showStack, stackIndex } from "./directory-stack.ts";

const popd: Builtin = {
  name: "popd", usage: "popd [-n] [+N | -N]",
  help: "Takes the top directory off the stack and goes to the new top; +N and -N take out another entry. -n only changes the stack.",
  *run(shell, args) {
    const { keep, rest } = readStackArguments(args);
    const [arg] = rest;
    if (arg !== undefined && !/^[+-][0-9]+$/.test(arg)) throw new BuiltinError(`${arg}: invalid argument`, 2, true);
    if (shell.directories.length === 0) throw new BuiltinError("directory stack empty", 1);
    let index = 0;
    if (arg !== undefined) {
      const found = stackIndex(shell, arg);
      if (found === undefined) throw new BuiltinError(`${arg}: invalid argument`, 2, true);
      index = found;
    }
    if (index === 0) {
      const [next, ...others] = shell.directories;
      if (!keep) enter(shell, next ?? "/");
      shell.directories = others;
    } else shell.directories = shell.directories.filter((_, at) => at !== index - 1);
    return yield* showStack(shell);
  },
};
export default popd;
