import { type Builtin, BuiltinError, print, usageError } from "./builtin.ts";
import { showStack, stackIndex, stackOf, withTilde } from "./directory-stack.ts";

const dirs: Builtin = {
  name: "dirs", usage: "dirs [-clpv] [+N] [-N]",
  help: "Shows the directory stack. -c empties it, -l writes the home directory out, -p one per line, -v with numbers.\n+N and -N show one entry, counted from the left or right.",
  *run(shell, args) {
    let long = false;
    let lines = false;
    let numbered = false;
    let index: number | undefined;
    for (const arg of args.slice(1)) {
      if (arg === "--") break;
      if (arg === "-l") long = true;
      else if (arg === "-c") {
        shell.directories = [];
        return 0;
      } else if (arg === "-v") numbered = true;
      else if (arg === "-p") lines = true;
      else if (/^[-+]/.test(arg)) {
        if (/^[-+][^0-9]/.test(arg) && /^-[clpv]+$/.test(arg)) {
          if (arg.includes("l")) long = true;
          if (arg.includes("v")) numbered = true;
          if (arg.includes("p")) lines = true;
          if (arg.includes("c")) {
            shell.directories = [];
            return 0;
          }
          continue;
        }
        index = stackIndex(shell, arg, arg.slice(1));
        if (index === undefined) throw usageError(`${arg}: invalid number`);
      } else throw new BuiltinError(`${arg}: invalid option`, 2, true);
    }
    if (index !== undefined) {
      const path = stackOf(shell)[index] ?? "";
      return yield* print(shell, `${long ? path : withTilde(shell, path)}\n`);
    }
    return yield* showStack(shell, { long, lines, numbered });
  },
};
export default dirs;
