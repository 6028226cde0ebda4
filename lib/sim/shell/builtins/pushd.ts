import { restricted } from "../interp/restricted.ts";
import { type Builtin, BuiltinError } from "./builtin.ts";
import { enter, readStackArguments, showStack, stackIndex, stackOf } from "./directory-stack.ts";

const pushd: Builtin = {
  name: "pushd", usage: "pushd [-n] [+N | -N | dir]",
  help: "Puts a directory on the stack and goes there; without one, swaps the two on top. +N and -N rotate the stack. -n only changes the stack.",
  *run(shell, args) {
    if (restricted(shell)) throw new BuiltinError("restricted", 1);
    const { keep, rest } = readStackArguments(args);
    const [arg] = rest;
    if (rest.length > 1) throw new BuiltinError("too many arguments", 1);
    if (arg === undefined) {
      const [next] = shell.directories;
      if (next === undefined) throw new BuiltinError("no other directory", 1);
      const here = stackOf(shell)[0] ?? "";
      if (!keep) enter(shell, next);
      shell.directories = [here, ...shell.directories.slice(1)];
      return yield* showStack(shell);
    }
    const index = stackIndex(shell, arg);
    if (index !== undefined) {
      const stack = stackOf(shell);
      const rotated = [...stack.slice(index), ...stack.slice(0, index)];
      if (!keep) enter(shell, rotated[0] ?? "/");
      shell.directories = rotated.slice(1);
      return yield* showStack(shell);
    }
    const here = stackOf(shell)[0] ?? "";
    if (keep) shell.directories = [arg, ...shell.directories];
    else {
      enter(shell, arg === "-" ? (shell.getVariable("OLDPWD") ?? "-") : arg);
      shell.directories = [here, ...shell.directories];
    }
    return yield* showStack(shell);
  },
};
export default pushd;
