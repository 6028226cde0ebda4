// File names that begin with a text, as compgen -f gives them: `~` and variables in the directory part are looked through, and stay as
// they were typed.

import { type Blocking, S, SysError, type Sys } from "../../kernel/sys.ts";
import type { ShellFrontEnd } from "../front-end.ts";

interface FileNameOptions {
  readonly directoriesOnly?: boolean;
  readonly executablesOnly?: boolean;
  readonly ignoreCase?: boolean;
  /** With `ignoreCase`: - and _ are the same. */
  readonly mapCase?: boolean;
  /** match-hidden-files */
  readonly hidden?: boolean;
}

function isDirectory(sys: Sys, path: string): boolean {
  try {
    return (sys.stat(path).mode & S.IFMT) === S.IFDIR;
  } catch (error) {
    if (error instanceof SysError) return false;
    throw error;
  }
}

/** The directory part with `~` and `$VAR` replaced. */
function* expandDirectory(shell: ShellFrontEnd, directory: string): Blocking<string> {
  let path = directory;
  if (path.startsWith("~")) {
    const slash = path.indexOf("/");
    const tilde = slash < 0 ? path : path.slice(0, slash);
    const expanded = shell.expandTilde(tilde);
    if (expanded !== undefined) path = expanded + path.slice(tilde.length);
  }
  if (/[$`]/.test(path)) path = (yield* shell.expandText(`"${path.replaceAll('"', '\\"')}"`)).join(" ");
  return path;
}

export function* isDirectoryName(shell: ShellFrontEnd, name: string): Blocking<boolean> {
  return isDirectory(shell.sys, yield* expandDirectory(shell, name));
}

export function* isSymbolicLink(shell: ShellFrontEnd, name: string): Blocking<boolean> {
  try {
    return (shell.sys.lstat(yield* expandDirectory(shell, name)).mode & S.IFMT) === S.IFLNK;
  } catch (error) {
    if (error instanceof SysError) return false;
    throw error;
  }
}

/** Candidates with the directory part as given. */
export function* fileNames(shell: ShellFrontEnd, text: string, options: FileNameOptions = {}): Blocking<string[]> {
  const slash = text.lastIndexOf("/");
  const directory = text.slice(0, slash + 1);
  const start = text.slice(slash + 1);
  const path = directory === "" ? "." : yield* expandDirectory(shell, directory);
  const { sys } = shell;
  const fold = (name: string): string => (options.ignoreCase ? (options.mapCase ? name.toLowerCase().replaceAll("-", "_") : name.toLowerCase()) : name);
  let names: readonly { readonly name: string; readonly type: number }[];
  try {
    names = sys.readdir(path);
    // readline leaves . and .. out only where nothing was typed (complete.c: rl_filename_completion_function)
    if (start.startsWith(".")) names = [{ name: ".", type: S.IFDIR }, { name: "..", type: S.IFDIR }, ...names];
  } catch (error) {
    if (error instanceof SysError) return [];
    throw error;
  }
  const result: string[] = [];
  for (const { name, type } of names) {
    if (sys.charge(1)) yield* sys.preempt();
    if (!fold(name).startsWith(fold(start))) continue;
    if (start === "" && options.hidden === false && name.startsWith(".")) continue;
    const full = path.endsWith("/") ? path + name : `${path}/${name}`;
    if ((options.directoriesOnly || options.executablesOnly) && !(type === S.IFDIR || (type === S.IFLNK && isDirectory(sys, full)))) {
      if (options.directoriesOnly) continue;
      try {
        sys.access(full, 1);
      } catch (error) {
        if (error instanceof SysError) continue;
        throw error;
      }
    }
    result.push(directory + name);
  }
  return result;
}
