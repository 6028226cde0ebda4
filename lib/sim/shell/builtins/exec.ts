import { ShellExit } from "../interp/flow.ts";
import { restricted } from "../interp/restricted.ts";
import { execApplet, execProgram, isExecutableFile, searchPath } from "../interp/process.ts";
import { isDirectory } from "../interp/program-call.ts";
import { type Builtin, parseOptions } from "./builtin.ts";

const exec: Builtin = {
  name: "exec", usage: "exec [-cl] [-a name] [command [argument ...]] [redirection ...]", special: true, exec: true,
  help: "Replaces the shell with a program. Without a command, redirections take effect in the shell itself.\n-a NAME is its argument 0, -c gives it an empty environment, -l puts a dash before argument 0.",
  *run(shell, args) {
    const parsed = parseOptions(args, "cla:");
    const [name] = parsed.rest;
    if (name === undefined) return 0;
    if (restricted(shell)) {
      yield* shell.complain("restricted");
      return 1;
    }
    const found = name.includes("/") ? ({ kind: "found", path: name } as const) : searchPath(shell, name);
    let status = 127;
    const applet = shell.ash ? yield* execApplet(shell, parsed.rest, shell.environment()) : undefined;
    if (applet !== undefined) throw new ShellExit(applet);
    if (found.kind === "missing") yield* shell.complain(`${name}: not found`);
    else {
      let argv0 = parsed.value("a") ?? name;
      if (parsed.has("l")) argv0 = `-${argv0}`;
      const environment = parsed.has("c") ? new Map<string, string>() : shell.environment();
      shell.builtinName = "";
      // Terminal signals and the shell's level go back to what a program expects.
      const level = Number.parseInt(environment.get("SHLVL") ?? "", 10);
      if (!parsed.has("c") && !Number.isNaN(level)) environment.set("SHLVL", String(level - 1));
      if (!parsed.has("c")) environment.set("_", found.path);
      status = yield* execProgram(shell, found.path, [argv0, ...parsed.rest.slice(1)], environment);
      // exec.def: what is no executable file is told again
      if (status === 126 && !shell.dash && !isExecutableFile(shell, found.path)) {
        shell.builtinName = "exec";
        yield* shell.complain(`${name}: cannot execute: ${isDirectory(shell, found.path) ? "Is a directory" : "Permission denied"}`);
      }
    }
    if (shell.interactive || shell.shopts.execfail) return status;
    throw new ShellExit(status);
  },
};
export default exec;
