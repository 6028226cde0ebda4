// `.` of dash (main.c: dotcmd): arguments stay unused, and without a file there is nothing to do.
import { S, SysError, strerror } from "../../kernel/sys.ts";
import { readWhole } from "../expand/run-now.ts";
import { pathDirectories } from "../interp/process.ts";
import type { Shell } from "../interp/shell.ts";
import { type Builtin, BuiltinError } from "../builtins/builtin.ts";
import { sourceFile } from "../builtins/source.ts";

function findFile(shell: Shell, name: string): string {
  if (name.includes("/")) return name;
  for (const directory of pathDirectories(shell.getVariable("PATH") ?? "")) {
    const path = `${directory}/${name}`;
    try {
      if ((shell.sys.stat(path).mode & S.IFMT) === S.IFREG) return path;
    } catch {
      // not in this one
    }
  }
  throw new BuiltinError(`${name}: not found`, 2);
}

export const dashDot: Builtin = {
  name: ".", usage: "", help: "", special: true,
  *run(shell, args) {
    const [name] = args.slice(args[1] === "--" ? 2 : 1);
    if (name === undefined) return 0;
    const path = findFile(shell, name);
    let text: string;
    try {
      text = yield* readWhole(shell.sys, path);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      throw new BuiltinError(`cannot open ${path}: ${error.errno === "ENOENT" ? "No such file" : strerror(error.errno)}`, 2);
    }
    return yield* sourceFile(shell, path, text, []);
  },
};
