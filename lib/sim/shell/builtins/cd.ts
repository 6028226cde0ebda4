import { type Blocking, S, SysError, strerror } from "../../kernel/sys.ts";
import { restricted } from "../interp/restricted.ts";
import type { Shell } from "../interp/shell.ts";
import { ATTRIBUTE } from "../interp/variables.ts";
import { runNow } from "../expand/run-now.ts";
import { noDirectory } from "./pwd.ts";
import { type Builtin, BuiltinError, parseOptions, print, refuse } from "./builtin.ts";

/** Takes out "." and "dir/.."; undefined when a part that ".." leaves does not exist. */
function canonicalPath(shell: Shell, path: string): string | undefined {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part === "..") {
      if (parts.length > 0) {
        try {
          if ((shell.sys.stat(`/${parts.join("/")}`).mode & S.IFMT) !== S.IFDIR) return undefined;
        } catch {
          return undefined;
        }
        parts.pop();
      }
    } else parts.push(part);
  }
  return `${path.startsWith("//") && !path.startsWith("///") ? "//" : "/"}${parts.join("/")}`;
}

/** Changes directory, PWD and OLDPWD. Errors: those of chdir(2). */
export function changeDirectory(shell: Shell, directory: string, physical: boolean): void {
  const old = shell.getVariable("PWD") ?? "";
  let target: string;
  if (physical) {
    shell.sys.chdir(directory);
    target = shell.sys.getcwd();
  } else {
    const base = old.startsWith("/") ? old : shell.sys.getcwd();
    const absolute = directory.startsWith("/") ? directory : `${base.endsWith("/") ? base : `${base}/`}${directory}`;
    const canonical = canonicalPath(shell, absolute);
    if (canonical === undefined) {
      shell.sys.chdir(directory);
      target = shell.sys.getcwd();
    } else {
      try {
        shell.sys.chdir(canonical);
        target = canonical;
      } catch (error) {
        // The logical path may be stale: try as it was given.
        if (!(error instanceof SysError)) throw error;
        shell.sys.chdir(directory);
        try {
          target = shell.sys.getcwd();
        } catch (gone) {
          // one stays in a directory that was removed (cd.def: resetpwd)
          if (!(gone instanceof SysError) || shell.dash) throw gone;
          runNow(shell.errorText(`cd: ${noDirectory(gone)}`));
          target = absolute;
        }
      }
    }
  }
  setDirectory(shell, "OLDPWD", old);
  setDirectory(shell, "PWD", target);
}

function setDirectory(shell: Shell, name: string, value: string): void {
  const variable = shell.variables.find(name);
  if (variable && (variable.flags & ATTRIBUTE.READONLY) !== 0) return;
  shell.setPlain(name, value);
}

function* go(shell: Shell, directory: string, physical: boolean): Blocking<boolean> {
  try {
    changeDirectory(shell, directory, physical);
    return true;
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    if (shell.ash) yield* shell.complain(`can't cd to ${directory}: ${strerror(error.errno)}`);
    else if (shell.dash) yield* shell.complain(`can't cd to ${directory}`);
    else yield* shell.complain(`${directory}: ${strerror(error.errno)}`);
    return false;
  }
}

const cd: Builtin = {
  name: "cd", usage: "cd [-L|[-P [-e]] [-@]] [dir]",
  help: "Changes the current directory to DIR, to HOME without it, to OLDPWD for \"-\". CDPATH names further places to look in.\n-L follows symbolic links after taking out \"..\", -P before; -e fails when the new directory cannot be determined.",
  *run(shell, args) {
    if (restricted(shell)) return yield* refuse(shell, "restricted");
    const parsed = parseOptions(args, shell.strict ? "LP" : "LPe");
    let physical = shell.options.physical;
    for (const [letter] of parsed.options) if (letter === "L" || letter === "P") physical = letter === "P";
    if (parsed.rest.length > 1 && !shell.strict) return yield* refuse(shell, "too many arguments");
    let directory = parsed.rest[0];
    let show = false;
    if (directory === undefined) {
      directory = shell.getVariable("HOME");
      if (directory === undefined && shell.strict) return 0;
      if (directory === undefined) throw new BuiltinError("HOME not set", 1);
      if (directory === "") return 0;
    } else if (directory === "-") {
      directory = shell.getVariable("OLDPWD") ?? (shell.strict ? shell.getVariable("PWD") : undefined);
      if (directory === undefined) throw new BuiltinError("OLDPWD not set", 1);
      show = true;
    } else if (directory === "" && !shell.getVariable("CDPATH")) {
      if (!shell.dash) setDirectory(shell, "OLDPWD", shell.getVariable("PWD") ?? "");
      return 0;
    }
    else if (!/^\.\.?(\/|$)|^\//.test(directory)) {
      const paths = shell.getVariable("CDPATH");
      if (paths !== undefined && paths !== "") {
        for (const path of paths.split(":")) {
          const candidate = path === "" ? directory : `${path.endsWith("/") ? path : `${path}/`}${directory}`;
          try {
            if ((shell.sys.stat(candidate).mode & S.IFMT) !== S.IFDIR) continue;
            changeDirectory(shell, candidate, physical);
          } catch (error) {
            if (error instanceof SysError) continue;
            throw error;
          }
          if (path !== "") yield* print(shell, `${physical ? candidate : shell.getVariable("PWD")}\n`);
          return 0;
        }
      }
      if (shell.shopts.cdable_vars && !exists(shell, directory)) {
        const value = shell.getVariable(directory);
        if (value !== undefined) {
          directory = value;
          show = true;
        }
      }
    }
    if (!(yield* go(shell, directory, physical))) return shell.dash ? 2 : 1;
    if (show) yield* print(shell, `${directory === "" ? "" : shell.getVariable("PWD")}\n`);
    return 0;
  },
};

function exists(shell: Shell, path: string): boolean {
  try {
    shell.sys.stat(path);
    return true;
  } catch {
    return false;
  }
}

export default cd;
