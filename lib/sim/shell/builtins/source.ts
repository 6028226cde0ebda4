import { type Blocking, S, SysError, strerror } from "../../kernel/sys.ts";
import { readWhole } from "../expand/run-now.ts";
import { pathDirectories } from "../interp/process.ts";
import { ShellExit } from "../interp/flow.ts";
import { restricted } from "../interp/restricted.ts";
import type { Shell } from "../interp/shell.ts";
import { runTrap } from "../interp/traps.ts";
import { type Builtin, BuiltinError, noOptions, refuse, usageError } from "./builtin.ts";

const MOST_NULS = 256;

function isRegular(shell: Shell, path: string): boolean {
  try {
    return (shell.sys.stat(path).mode & S.IFMT) !== S.IFDIR;
  } catch {
    return false;
  }
}

/** A name without slash is looked for in PATH (sourcepath), then here. */
function findFile(shell: Shell, name: string): string | undefined {
  if (name.includes("/")) return name;
  if (shell.shopts.sourcepath) {
    for (const directory of pathDirectories(shell.getVariable("PATH") ?? "")) {
      const path = `${directory === "." ? "." : directory}/${name}`;
      if (isRegular(shell, path)) return path;
    }
  }
  return shell.options.posix || shell.dash ? undefined : name;
}

/** Runs a file in this shell; `args` replace the positional parameters when there are any. */
export function* sourceFile(shell: Shell, path: string, text: string, args: readonly string[]): Blocking<number> {
  const saved = { positional: shell.positional, frames: shell.frames, line: shell.line, flow: shell.flow };
  shell.builtinName = shell.strict ? path : "";
  if (args.length > 0) shell.positional = args;
  const own = shell.positional;
  shell.frames = [{ functionName: "source", source: path, callLine: shell.line, positional: args }, ...shell.frames];
  shell.returnDepth++;
  shell.sourceDepth++;
  shell.traceLevel++;
  try {
    let status = yield* shell.language.runText(shell, text, { inputName: path });
    if (shell.flow === "return") {
      shell.flow = "none";
      status = shell.lastStatus;
    }
    const trap = shell.traps.get("RETURN");
    if (trap) {
      // it is run where the file was asked for
      shell.line = saved.line;
      yield* runTrap(shell, trap.command, "return trap");
    }
    return status;
  } finally {
    shell.traceLevel--;
    shell.sourceDepth--;
    shell.returnDepth--;
    // `set --` in the file stays unless parameters were given.
    if (args.length > 0 && shell.positional === own) shell.positional = saved.positional;
    else if (args.length > 0) shell.positional = saved.positional;
    shell.frames = saved.frames;
    shell.line = saved.line;
  }
}

export function* runSourceBuiltin(shell: Shell, args: readonly string[]): Blocking<number> {
  const rest = noOptions(args);
  const [name, ...parameters] = rest;
  if (name === undefined) throw usageError("filename argument required");
  if (restricted(shell) && name.includes("/")) return yield* refuse(shell, `${name}: restricted`);
  const path = findFile(shell, name);
  if (path === undefined) {
    if (shell.dash) {
      yield* shell.complain(`${name}: not found`);
      throw new ShellExit(127);
    }
    yield* shell.complain(`${name}: file not found`);
    if (!shell.interactive) throw new ShellExit(1);
    return 1;
  }
  let text: string;
  try {
    if ((shell.sys.stat(path).mode & S.IFMT) === S.IFDIR) return yield* refuse(shell, `${path}: is a directory`);
    text = yield* readWhole(shell.sys, path);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    if (shell.dash) {
      yield* shell.complain(`cannot open ${path}: ${error.errno === "ENOENT" ? "No such file" : strerror(error.errno)}`);
      throw new ShellExit(2);
    }
    shell.builtinName = "";
    yield* shell.report(`${path}: ${strerror(error.errno)}`);
    if (shell.options.posix && !shell.interactive) throw new ShellExit(1);
    return 1;
  }
  // evalfile.c: NULs are dropped, but so many mean that it is no text
  if (!shell.dash && text.includes("\0")) {
    if (text.split("\0").length - 1 > MOST_NULS) throw new BuiltinError(`${path}: cannot execute binary file`, 126);
    text = text.replaceAll("\0", "");
  }
  return yield* sourceFile(shell, path, text, parameters);
}

const source: Builtin = {
  name: "source", usage: "source filename [arguments]",
  help: "Reads commands from a file and runs them in this shell. ARGUMENTS are the positional parameters meanwhile.",
  run: runSourceBuiltin,
};
export default source;
