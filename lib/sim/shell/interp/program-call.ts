// Programs: looked up by the parent, run in a child (or in its place, where it is the last command).
import { type Blocking, SysError } from "../../kernel/sys.ts";
import { builtinNamed } from "../builtins/registry.ts";
import { printExportedFunction } from "../syntax/printer.ts";
import { needsAnsiC, quoteAnsiC } from "../syntax/quote.ts";
import type { SimpleCommand } from "../syntax/tree.ts";
import { assignScalar } from "./assign.ts";
import { assign, assignAllTemporary, traceAll, traceBehind } from "./assignments.ts";
import { runBuiltin } from "./builtin-call.ts";
import { cannotFork, fail, isExpansionFailure } from "./failure.ts";
import { finishForeground } from "./foreground.ts";
import { callFunction } from "./function-call.ts";
import { execApplet, execProgram, forkShell, lookUp, searchPath } from "./process.ts";
import { applyRedirects } from "./redirect.ts";
import { restricted } from "./restricted.ts";
import type { Shell } from "./shell.ts";
import { ATTRIBUTE } from "./variables.ts";
import { quoteTraced, traceWords } from "./xtrace.ts";

export function* invokeProgram(shell: Shell, args: readonly string[], searchIn: string | undefined): Blocking<number> {
  const name = args[0] ?? "";
  const lookup = name.includes("/") ? undefined : searchIn === undefined ? lookUp(shell, name) : searchPath(shell, name, searchIn);
  const path = lookup?.kind === "missing" ? undefined : (lookup?.path ?? name);
  const pid = forkShell(shell, shell.jobControl ? { pgid: 0 } : {}, (child) => start(child, path, args));
  return yield* finishForeground(shell, [{ pid, text: args.join(" ") }], pid);
}

export function* runProgram(shell: Shell, node: SimpleCommand, args: readonly string[], tail: boolean): Blocking<number> {
  shell.lastArgument = args[args.length - 1] ?? "";
  if (shell.interactive && shell.shopts.autocd && args.length === 1 && isDirectory(shell, args[0] ?? "") && builtinNamed(shell, args[0] ?? "") === undefined) {
    const cd = builtinNamed(shell, "cd");
    yield* shell.errorText(`cd -- ${quoteTraced(args[0] ?? "")}\n`);
    if (cd?.run) {
      const outcome = runBuiltin(shell, cd, ["cd", "--", args[0] ?? ""]);
      return typeof outcome === "number" ? outcome : yield* outcome;
    }
  }
  const handler = shell.functions.get("command_not_found_handle");
  const name = args[0] ?? "";
  if (name.includes("/") && restricted(shell)) {
    yield* shell.report(`${name}: restricted: cannot specify \`/' in command names`);
    shell.pipeStatus = [1];
    return 1;
  }
  // The parent looks the name up, so that its table of paths learns.
  const lookup = name.includes("/") ? undefined : lookUp(shell, name);
  const path = lookup?.kind === "missing" ? undefined : (lookup?.path ?? name);
  const program = function* (child: Shell): Blocking<number> {
    if (child.dash) {
      if (!(yield* applyRedirects(child, node.redirects, undefined))) return 2;
      for (const assignment of node.assignments) {
        yield* assign(child, assignment);
        const variable = child.variables.find(assignment.name);
        if (variable) child.variables.own(assignment.name, variable).flags |= ATTRIBUTE.EXPORT;
      }
      if (node.assignments.length > 0) {
        if (child.strict) yield* traceAll(child, node.assignments, args);
        else if (child.options.xtrace) yield* traceWords(child, args);
      }
    } else if (!(yield* applyRedirects(child, node.redirects, undefined))) return 1;
    if (node.assignments.some((assignment) => assignment.name === "PATH") && !name.includes("/")) {
      const again = child.getVariable("PATH") === "" && !child.dash ? { kind: "found" as const, path: name } : searchPath(child, name);
      return yield* start(child, again.kind === "missing" ? undefined : again.path, args);
    }
    if (path === undefined && handler) {
      child.jobControl = false;
      return yield* callFunction(child, handler, ["command_not_found_handle", ...args]);
    }
    return yield* start(child, path, args);
  };
  const guarded = function* (child: Shell): Blocking<number> {
    try {
      return yield* program(child);
    } catch (error) {
      if (isExpansionFailure(error)) return yield* fail(child, error);
      throw error;
    }
  };
  const scope = node.assignments.length > 0 && !shell.dash ? shell.variables.pushScope("temporary") : undefined;
  const foreground = shell.jobControl;
  let pid: number;
  try {
    if (scope) {
      yield* assignAllTemporary(shell, node.assignments, scope);
      yield* traceBehind(shell, scope, args);
    }
    if (tail && ![...shell.traps.entries()].some(([, trap]) => trap.command !== "") && shell.processSubstitutions.length === 0) {
      shell.tail = undefined;
      // execute_cmd.c: who becomes the program leaves the level that it had entered
      const level = Number(shell.getVariable("SHLVL"));
      if (!shell.dash && Number.isInteger(level)) assignScalar(shell, "SHLVL", String(Math.max(0, level - 1)));
      return yield* guarded(shell);
    }
    pid = forkShell(shell, foreground ? { pgid: 0 } : {}, guarded);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    yield* shell.report(cannotFork(shell, error));
    return 254;
  } finally {
    if (scope) shell.variables.popScope(scope);
  }
  return yield* finishForeground(shell, [{ pid, text: "", node }], pid);
}

export function isDirectory(shell: Shell, path: string): boolean {
  try {
    return (shell.sys.stat(path).mode & 0o170000) === 0o040000;
  } catch {
    return false;
  }
}

/** In the child: becomes the program. Comes back only with a failure's status. */
function* start(child: Shell, path: string | undefined, args: readonly string[]): Blocking<number> {
  const name = args[0] ?? "";
  const applet = child.ash ? yield* execApplet(child, args, child.environment()) : undefined;
  if (applet !== undefined) return applet;
  if (path === undefined) {
    child.sys.observe({ kind: "command-not-found", command: name });
    yield* child.report(child.dash ? `${name}: not found` : `${needsAnsiC(name) ? quoteAnsiC(name) : name}: command not found`);
    return 127;
  }
  const environment = child.environment();
  for (const [key, definition] of child.functions.entries()) {
    if (definition.exported) environment.set(`BASH_FUNC_${key}%%`, printExportedFunction(definition.body));
  }
  if (!child.strict) environment.set("_", path);
  return yield* execProgram(child, path, args, environment);
}
