// dirs, pushd and popd share the stack of directories (bash(1), DIRECTORY STACK BUILTINS).
import { type Blocking, SysError, strerror } from "../../kernel/sys.ts";
import type { Shell } from "../interp/shell.ts";
import { BuiltinError, print, usageError } from "./builtin.ts";
import { changeDirectory } from "./cd.ts";

export function stackOf(shell: Shell): string[] {
  return [shell.getVariable("PWD") ?? shell.sys.getcwd(), ...shell.directories];
}

export function withTilde(shell: Shell, path: string): string {
  const home = shell.getVariable("HOME") ?? "";
  return home !== "" && home !== "/" && (path === home || path.startsWith(`${home}/`)) ? `~${path.slice(home.length)}` : path;
}

/** +N from the left, -N from the right; undefined when the text is no such thing. Throws when it lies outside. */
export function stackIndex(shell: Shell, text: string, shown = text): number | undefined {
  const match = /^([+-])([0-9]+)$/.exec(text);
  if (!match) return undefined;
  const stack = stackOf(shell);
  const number = Number(match[2]);
  const index = match[1] === "+" ? number : stack.length - 1 - number;
  if (index < 0 || index >= stack.length) {
    throw new BuiltinError(shell.directories.length === 0 ? "directory stack empty" : `${shown}: directory stack index out of range`, 1);
  }
  return index;
}

export function* showStack(shell: Shell, options: { readonly long?: boolean; readonly lines?: boolean; readonly numbered?: boolean } = {}): Blocking<number> {
  const shown = stackOf(shell).map((path) => (options.long ? path : withTilde(shell, path)));
  if (options.numbered) return yield* print(shell, shown.map((path, index) => `${String(index).padStart(2)}  ${path}\n`).join(""));
  return yield* print(shell, options.lines ? shown.map((path) => `${path}\n`).join("") : `${shown.join(" ")}\n`);
}

export function enter(shell: Shell, directory: string): void {
  try {
    changeDirectory(shell, directory, false);
  } catch (error) {
    if (error instanceof SysError) throw new BuiltinError(`${directory}: ${strerror(error.errno)}`, 1);
    throw error;
  }
}

/** The options of pushd and popd: -n, +N, -N, a directory. */
export function readStackArguments(args: readonly string[]): { readonly keep: boolean; readonly rest: readonly string[] } {
  let keep = false;
  let at = 1;
  for (; at < args.length; at++) {
    const arg = args[at] ?? "";
    if (arg === "-n") keep = true;
    else if (arg === "--") {
      at++;
      break;
    } else if (/^[-+][0-9]+$/.test(arg) || arg === "-" || !/^[-+]/.test(arg)) break;
    else throw usageError(`${arg}: invalid number`);
  }
  return { keep, rest: args.slice(at) };
}
