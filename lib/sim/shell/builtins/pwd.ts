import { SysError, strerror } from "../../kernel/sys.ts";
import type { Shell } from "../interp/shell.ts";
import { type Builtin, BuiltinError, parseOptions, print } from "./builtin.ts";

/** PWD when it names the directory we are in, else what the kernel says. */
function logicalDirectory(shell: Shell): string {
  const pwd = shell.getVariable("PWD");
  if (pwd?.startsWith("/")) {
    try {
      const a = shell.sys.stat(pwd);
      const b = shell.sys.stat(".");
      if (a.ino === b.ino && a.dev === b.dev) return pwd;
    } catch {
      // gone or unreadable: ask the kernel
    }
  }
  return shell.sys.getcwd();
}

/** common.c, get_working_directory; the name of who asks goes before it. */
export function noDirectory(error: SysError): string {
  return `error retrieving current directory: getcwd: cannot access parent directories: ${strerror(error.errno)}\n`;
}

const pwd: Builtin = {
  name: "pwd", usage: "pwd [-LP]",
  help: "Prints the current directory: -L as one came to it (the default), -P without symbolic links.",
  *run(shell, args) {
    const parsed = parseOptions(args, "LP");
    const physical = parsed.options.length > 0 ? parsed.options.at(-1)?.[0] === "P" : shell.options.physical;
    try {
      return yield* print(shell, `${physical ? shell.sys.getcwd() : logicalDirectory(shell)}\n`);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      const known = shell.getVariable("PWD");
      if (!physical && known !== undefined) return yield* print(shell, `${known}\n`);
      if (shell.dash) throw new BuiltinError(`error retrieving current directory: getcwd: cannot access parent directories: ${strerror(error.errno)}`, 1);
      yield* shell.errorText(`pwd: ${noDirectory(error)}`);
      return 1;
    }
  },
};
export default pwd;
