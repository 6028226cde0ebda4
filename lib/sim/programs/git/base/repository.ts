// Where the repository is (git(1), "DISCUSSION"; gitrepository-layout(5)), and what it holds.
import { type Blocking, O, S, type Stat, type Sys, SysError } from "../../../kernel/sys.ts";
import { canonicalPath } from "../../kit/canonical-path.ts";
import { directoryOf } from "../../kit/paths.ts";
import { exists } from "../../kit/presence.ts";
import type { Signature } from "../store/commit-object.ts";
import { Config } from "../store/config.ts";
import { readBytesIfAny, readText, writeFd } from "../store/file-bytes.ts";
import { BadIndex, Index, parseIndex, serialiseIndex } from "../store/index-file.ts";
import { ObjectStore } from "../store/object-store.ts";
import { LOCK_ADVICE, Refs } from "../store/refs.ts";
import { Die } from "./die.ts";

export interface Place {
  /** absolute */
  readonly gitDir: string;
  /** absolute; undefined for a bare one */
  readonly workTree: string | undefined;
  /** the current directory below the work tree, "" or "a/b/" */
  readonly prefix: string;
  /** the git directory as `rev-parse --git-dir` names it */
  readonly shownGitDir: string;
}

const statOf = (sys: Sys, path: string): Stat | undefined => {
  try {
    return sys.stat(path);
  } catch (error) {
    if (error instanceof SysError) return undefined;
    throw error;
  }
};

export function isGitDirectory(sys: Sys, path: string): boolean {
  return exists(sys, `${path}/objects`) && exists(sys, `${path}/refs`) && (exists(sys, `${path}/HEAD`) || linkExists(sys, `${path}/HEAD`));
}

function linkExists(sys: Sys, path: string): boolean {
  try {
    return (sys.lstat(path).mode & S.IFMT) === S.IFLNK;
  } catch (error) {
    if (error instanceof SysError) return false;
    throw error;
  }
}

/** Undefined when there is none above the current directory. Throws Die. */
export function* findRepository(sys: Sys): Blocking<Place | undefined> {
  const cwd = sys.getcwd();
  const named = sys.environment.get("GIT_DIR");
  if (named !== undefined) {
    const gitDir = named.startsWith("/") ? named : canonicalPath(sys, named, "missing");
    if (!isGitDirectory(sys, gitDir)) throw new Die(`not a git repository: '${named}'`);
    const bare = /^\s*bare\s*=\s*true/m.test((yield* readText(sys, `${gitDir}/config`)) ?? "");
    const chosen = sys.environment.get("GIT_WORK_TREE");
    const workTree = chosen === undefined ? (bare && sys.environment.get("GIT_IMPLICIT_WORK_TREE") !== "1" ? undefined : cwd) : canonicalPath(sys, chosen, "missing");
    return { gitDir, workTree, prefix: workTree === undefined ? "" : prefixOf(workTree, cwd), shownGitDir: named };
  }
  let device: number | undefined;
  for (let folder = cwd; ; folder = directoryOf(folder)) {
    const at = folder === "/" ? "" : folder;
    const stat = statOf(sys, folder);
    device ??= stat?.dev;
    if (stat && device !== undefined && stat.dev !== device && sys.environment.get("GIT_DISCOVERY_ACROSS_FILESYSTEM") === undefined) {
      throw new Die(`not a git repository (or any parent up to mount point ${folder})\nStopping at filesystem boundary (GIT_DISCOVERY_ACROSS_FILESYSTEM not set).`);
    }
    const inner = statOf(sys, `${at}/.git`);
    if (inner && (inner.mode & S.IFMT) === S.IFREG) {
      const text = (yield* readText(sys, `${at}/.git`)) ?? "";
      const target = /^gitdir: (.*)$/m.exec(text)?.[1];
      if (target === undefined) throw new Die(`invalid gitfile format: ${at}/.git`);
      const gitDir = canonicalPath(sys, target.startsWith("/") ? target : `${at}/${target}`, "missing");
      if (!isGitDirectory(sys, gitDir)) throw new Die(`not a git repository: ${gitDir}`);
      yield* checkOwner(sys, folder, [`${at}/.git`, folder, gitDir]);
      return { gitDir, workTree: folder, prefix: prefixOf(folder, cwd), shownGitDir: gitDir };
    }
    if (inner && isGitDirectory(sys, `${at}/.git`)) {
      yield* checkOwner(sys, folder, [folder, `${at}/.git`]);
      return { gitDir: `${at}/.git`, workTree: folder, prefix: prefixOf(folder, cwd), shownGitDir: folder === cwd ? ".git" : `${at}/.git` };
    }
    if (isGitDirectory(sys, folder)) {
      yield* checkOwner(sys, folder, [folder]);
      return { gitDir: folder, workTree: undefined, prefix: "", shownGitDir: folder === cwd ? "." : folder };
    }
    if (folder === "/") return undefined;
  }
}

function prefixOf(workTree: string, cwd: string): string {
  if (cwd === workTree) return "";
  const base = workTree === "/" ? "/" : `${workTree}/`;
  return cwd.startsWith(base) ? `${cwd.slice(base.length)}/` : "";
}

/** safe.directory: what belongs to somebody else is not trusted (git-config(1)). */
function* checkOwner(sys: Sys, shown: string, paths: readonly string[]): Blocking<void> {
  const { euid } = sys.getcred();
  const sudo = euid === 0 ? Number(sys.environment.get("SUDO_UID") ?? Number.NaN) : Number.NaN;
  const own = (path: string) => {
    const stat = statOf(sys, path);
    return !stat || stat.uid === euid || stat.uid === sudo;
  };
  if (paths.every(own)) return;
  const config = new Config(sys);
  yield* config.load(undefined);
  let safe = false;
  for (const { value } of config.all("safe.directory")) {
    if (!value) safe = false;
    else if (value === "*" || value === shown || value.replace(/\/$/, "") === shown) safe = true;
  }
  if (!safe) throw new Die(`detected dubious ownership in repository at '${shown}'\nTo add an exception for this directory, call:\n\n\tgit config --global --add safe.directory ${/[^\w@%+=:,./-]/.test(shown) ? `'${shown}'` : shown}`);
}

export class Repository {
  readonly sys: Sys;
  readonly place: Place;
  readonly objects: ObjectStore;
  readonly refs: Refs;
  readonly config: Config;
  #index: Index | undefined;

  constructor(sys: Sys, place: Place, config: Config, who: () => Blocking<Signature>) {
    this.sys = sys;
    this.place = place;
    this.config = config;
    this.objects = new ObjectStore(sys, sys.environment.get("GIT_OBJECT_DIRECTORY") ?? `${place.gitDir}/objects`);
    this.refs = new Refs(sys, place.gitDir, who, () => config.boolean("core.logallrefupdates", place.workTree !== undefined));
  }

  get gitDir(): string {
    return this.place.gitDir;
  }

  get #indexPath(): string {
    return this.sys.environment.get("GIT_INDEX_FILE") ?? `${this.place.gitDir}/index`;
  }

  /** Throws Die. */
  *index(): Blocking<Index> {
    if (this.#index) return this.#index;
    const path = this.#indexPath;
    const bytes = yield* readBytesIfAny(this.sys, path);
    if (!bytes || bytes.length === 0) this.#index = new Index();
    else {
      try {
        this.#index = parseIndex(bytes);
      } catch (error) {
        if (!(error instanceof BadIndex)) throw error;
        if (error.message.startsWith("index file")) throw new Die(`${this.place.shownGitDir}/index: ${error.message}`);
        throw new Die("index file corrupt", 128, [`error: ${error.message}`]);
      }
      this.#index.mtimeUs = this.sys.stat(path).mtimeUs;
    }
    if (this.sys.charge(this.#index.entries.length >> 2)) yield* this.sys.preempt();
    return this.#index;
  }

  /** The index is read anew when next asked for. */
  forgetIndex(): void {
    this.#index = undefined;
  }

  /** Another index in memory, until it is written. */
  useIndex(index: Index): void {
    this.#index = index;
  }

  /** Whether someone may write the index now: its lock is taken and given back. Throws Die. */
  *lockIndex(): Blocking<void> {
    const lock = `${this.#indexPath}.lock`;
    try {
      this.sys.close(yield* this.sys.open(lock, O.WRONLY | O.CREAT | O.EXCL, 0o666));
      this.sys.unlink(lock);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      throw new Die(`Unable to create '${lock}': ${error.message}.${error.errno === "EEXIST" ? LOCK_ADVICE : ""}`.replace(/(Permission denied|Read-only file system)\.$/, "$1"));
    }
  }

  /** Through index.lock, as every command does. Throws Die. */
  *writeIndex(index: Index): Blocking<void> {
    const path = this.#indexPath;
    const lock = `${path}.lock`;
    let fd: number;
    try {
      fd = yield* this.sys.open(lock, O.WRONLY | O.CREAT | O.EXCL, 0o666);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      throw new Die(`Unable to create '${lock}': ${error.message}${error.errno === "EEXIST" ? `.${LOCK_ADVICE}` : ""}`);
    }
    yield* writeFd(this.sys, fd, serialiseIndex(index));
    this.sys.close(fd);
    this.sys.rename(lock, path);
    this.#index = index;
    index.mtimeUs = this.sys.stat(path).mtimeUs;
  }
}
