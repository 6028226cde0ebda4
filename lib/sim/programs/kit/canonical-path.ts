// The absolute name of a file without symbolic links, "." and ".." (realpath(3), and the modes of GNU readlink and realpath).

import { S, type Sys, SysError } from "../../kernel/sys.ts";
import { joinPath } from "./paths.ts";

/**
 * existing: every component must exist; all-but-last: the last one may be missing; missing: any may.
 */
export type CanonicalMode = "existing" | "all-but-last" | "missing";

export interface CanonicalOptions {
  /** ".." is resolved before symbolic links are (realpath -L). */
  readonly logical?: boolean;
  /** Symbolic links stay (realpath -s). */
  readonly noSymlinks?: boolean;
}

/** Throws SysError. */
export function canonicalPath(sys: Sys, name: string, mode: CanonicalMode, options: CanonicalOptions = {}): string {
  if (name === "") throw new SysError("ENOENT");
  let path = name.startsWith("/") ? "/" : sys.getcwd();
  const pending = name.split("/").reverse();
  let links = 0;
  while (pending.length > 0) {
    const part = pending.pop() ?? "";
    if (part === "" || part === ".") continue;
    if (part === "..") {
      path = path.slice(0, path.lastIndexOf("/")) || "/";
      continue;
    }
    const next = joinPath(path, part);
    const last = pending.every((rest) => rest === "" || rest === ".");
    if (options.noSymlinks) {
      if (mode !== "missing" && !(last && mode === "all-but-last")) sys.stat(next);
      path = next;
      continue;
    }
    try {
      if ((sys.lstat(next).mode & S.IFMT) !== S.IFLNK) {
        // A trailing slash, or more components, need a directory.
        if (pending.length > 0 && mode !== "missing" && (sys.stat(next).mode & S.IFMT) !== S.IFDIR) throw new SysError("ENOTDIR");
        path = next;
        continue;
      }
      if (++links > 40) throw new SysError("ELOOP");
      const target = sys.readlink(next);
      if (target.startsWith("/")) path = "/";
      for (const piece of target.split("/").reverse()) pending.push(piece);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      const tolerated = mode === "missing" || (mode === "all-but-last" && last && error.errno === "ENOENT");
      if (!tolerated) throw error;
      path = next;
    }
  }
  return path;
}
