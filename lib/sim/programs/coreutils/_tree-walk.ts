// Walking of trees for chmod, chown and chgrp -R: parents before children (or after, for chown), each with its stat.

import { type Blocking, S, type Stat, type Sys, SysError } from "../../kernel/sys.ts";
import { type Io, reason } from "../kit/gnu.ts";
import { joinPath } from "../kit/paths.ts";

export interface Visit {
  readonly path: string;
  /** of the link itself */
  readonly lstat: Stat;
  /** of what is changed */
  readonly stat: Stat;
  readonly argument: boolean;
}

/** -H, -L, -P */
export type Traversal = "arguments" | "always" | "never";

/** `visit` returns whether to go on below a directory. Errors of the walk are told unless `quiet`. */
export function* walkTree(
  path: string, options: { readonly recursive: boolean; readonly traversal: Traversal; readonly quiet: boolean; readonly followFile: boolean; readonly dangling?: string; readonly onFailure?: (path: string) => Blocking<void>; readonly childrenFirst?: boolean }, sys: Sys, io: Io,
  visit: (visit: Visit) => Blocking<void>, argument = true, ancestors: readonly string[] = [],
): Blocking<void> {
  const complain = function* (message: string, subject?: string): Blocking<void> {
    io.status = 1;
    if (!options.quiet) yield* io.fail(message);
    if (subject !== undefined && options.onFailure) yield* options.onFailure(subject);
  };
  let lstat: Stat;
  try {
    lstat = sys.lstat(path);
  } catch (error) {
    yield* complain(`cannot access ${io.quoteName(path)}: ${reason(error)}`, path);
    return;
  }
  const isLink = (lstat.mode & S.IFMT) === S.IFLNK;
  let stat = lstat;
  if (isLink) {
    const descend = options.recursive && (options.traversal === "always" || (options.traversal === "arguments" && argument));
    if (options.followFile || descend) {
      try {
        stat = sys.stat(path);
      } catch (error) {
        yield* complain(options.dangling !== undefined ? `${options.dangling} ${io.quoteName(path)}` : options.followFile ? `cannot dereference ${io.quoteName(path)}: ${reason(error)}` : `cannot access ${io.quoteName(path)}: ${reason(error)}`, path);
        return;
      }
    }
    if (!descend) {
      yield* visit({ path, lstat, stat, argument });
      return;
    }
  }
  const key = `${stat.dev}:${stat.ino}`;
  const enters = options.recursive && (stat.mode & S.IFMT) === S.IFDIR && !ancestors.includes(key);
  if (!enters || options.childrenFirst !== true) yield* visit({ path, lstat, stat, argument });
  if (!enters) return;
  try {
    for (const { name } of sys.readdir(path)) {
      if (sys.charge(2)) yield* sys.preempt();
      yield* walkTree(joinPath(path, name), options, sys, io, visit, false, [...ancestors, key]);
    }
  } catch (error) {
    yield* complain(`cannot read directory ${io.quoteName(path)}: ${reason(error)}`);
  }
  if (options.childrenFirst === true) yield* visit({ path, lstat, stat, argument });
}

/** Refuses to work on / with -R --preserve-root. */
export function* refusesRoot(path: string, recursive: boolean, preserveRoot: boolean, sys: Sys, io: Io): Blocking<boolean> {
  if (!recursive || !preserveRoot) return false;
  try {
    const [root, stat] = [sys.lstat("/"), sys.lstat(path)];
    if (root.ino !== stat.ino || root.dev !== stat.dev) return false;
  } catch (error) {
    if (error instanceof SysError) return false;
    throw error;
  }
  yield* io.fail(path === "/" ? `it is dangerous to operate recursively on ${io.quoteName("/")}` : `it is dangerous to operate recursively on ${io.quoteName(path)} (same as ${io.quoteName("/")})`);
  yield* io.warn("use --no-preserve-root to override this failsafe");
  return true;
}
