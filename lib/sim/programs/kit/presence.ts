// Whether there is something of a name.
import { type Sys, SysError } from "../../kernel/sys.ts";

/** Symbolic links are followed: false for one that leads nowhere. */
export function exists(sys: Sys, path: string): boolean {
  return answers(() => sys.stat(path));
}

/** True for a symbolic link, wherever it leads. */
export function nameExists(sys: Sys, path: string): boolean {
  return answers(() => sys.lstat(path));
}

function answers(ask: () => unknown): boolean {
  try {
    ask();
    return true;
  } catch (error) {
    if (error instanceof SysError) return false;
    throw error;
  }
}
