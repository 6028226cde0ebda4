// What is in the work tree and not in the index (git-status(1), --untracked-files).
import { type Blocking, S, SysError } from "../../../kernel/sys.ts";
import type { Git } from "../base/git.ts";
import { isGitDirectory } from "../base/repository.ts";
import type { Index } from "../store/index-file.ts";
import { byName } from "../store/tree-object.ts";
import { Ignore } from "./ignore.ts";
import { Pathspec } from "./pathspec.ts";

export interface UntrackedOptions {
  /** all: files, not the directories that they fill */
  readonly mode: "normal" | "all";
  readonly ignore?: Ignore;
  readonly paths?: Pathspec;
  /** Directories without any file count too (clean -d). */
  readonly emptyDirectories?: boolean;
}

export interface Untracked {
  /** a directory's name ends in "/" */
  readonly untracked: readonly string[];
  readonly ignored: readonly string[];
}

export function* findUntracked(git: Git, index: Index, options: UntrackedOptions): Blocking<Untracked> {
  const { sys } = git;
  const ignore = options.ignore ?? new Ignore(git);
  const paths = options.paths ?? new Pathspec([]);
  const folders = new Set<string>();
  for (const path of index.paths) for (let slash = path.indexOf("/"); slash > 0; slash = path.indexOf("/", slash + 1)) folders.add(path.slice(0, slash));
  const untracked: string[] = [];
  const ignored: string[] = [];

  /** Of a directory without tracked files: what is in it. */
  const inside = function* (folder: string): Blocking<{ readonly untracked: string[]; readonly ignored: string[]; readonly empty: boolean }> {
    const found = { untracked: [] as string[], ignored: [] as string[], empty: true };
    for (const entry of entriesOf(folder)) {
      const path = `${folder}/${entry.name}`;
      if (sys.charge(2)) yield* sys.preempt();
      found.empty = false;
      const directory = entry.type === S.IFDIR;
      if (yield* ignore.ignores(path, directory)) found.ignored.push(directory ? `${path}/` : path);
      else if (!directory) {
        if (entry.type === S.IFREG || entry.type === S.IFLNK) found.untracked.push(path);
      } else if (isGitDirectory(sys, `${path}/.git`)) found.untracked.push(`${path}/`);
      else {
        const deeper = yield* inside(path);
        found.untracked.push(...deeper.untracked);
        found.ignored.push(...deeper.ignored);
        if (deeper.empty && options.emptyDirectories) found.untracked.push(`${path}/`);
      }
    }
    return found;
  };

  const entriesOf = (folder: string) => {
    try {
      return [...sys.readdir(folder === "" ? "." : folder)].filter((entry) => entry.name !== ".git").sort((a, b) => byName(a.name, b.name));
    } catch (error) {
      if (error instanceof SysError) return [];
      throw error;
    }
  };

  const walk = function* (folder: string): Blocking<void> {
    for (const entry of entriesOf(folder)) {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (sys.charge(1)) yield* sys.preempt();
      if (entry.type !== S.IFDIR) {
        if (index.has(path) || (entry.type !== S.IFREG && entry.type !== S.IFLNK) || !paths.matches(path)) continue;
        if (yield* ignore.ignores(path, false)) ignored.push(path);
        else untracked.push(path);
        continue;
      }
      if (!paths.mayMatchBelow(path)) continue;
      if (folders.has(path)) {
        yield* walk(path);
        continue;
      }
      if (index.has(path)) continue;
      if (yield* ignore.ignores(path, true)) {
        if (paths.matches(path)) ignored.push(`${path}/`);
        continue;
      }
      if (isGitDirectory(sys, `${path}/.git`)) {
        if (paths.matches(path)) untracked.push(`${path}/`);
        continue;
      }
      const found = yield* inside(path);
      const whole = paths.matches(`${path}/`) || paths.matches(path);
      if (options.mode === "all" || !whole) {
        untracked.push(...found.untracked.filter((one) => paths.matches(one)));
        ignored.push(...found.ignored.filter((one) => paths.matches(one)));
        if (found.empty && options.emptyDirectories) untracked.push(`${path}/`);
      } else if (found.untracked.length > 0 || (found.empty && options.emptyDirectories)) {
        untracked.push(`${path}/`);
        // Ignored things in it are told apart.
        ignored.push(...found.ignored);
      } else if (found.ignored.length > 0) ignored.push(...(yield* wholeIgnored(path, found.ignored)));
    }
  };

  /** A directory whose every file is ignored by rules of their own is shown as one. */
  const wholeIgnored = function* (path: string, inner: readonly string[]): Blocking<readonly string[]> {
    return entriesOf(path).length > 0 && inner.length > 0 ? [`${path}/`] : [];
  };

  yield* walk("");
  return { untracked: untracked.sort(byName), ignored: ignored.sort(byName) };
}
