// Files and directories with what is below them: removed, taken from one file system and put into another.
import { type Blocking, O, S, type Sys, SysError } from "../../../kernel/sys.ts";
import { globMatch } from "../glob.ts";

export function kindOf(sys: Sys, path: string, follow = false): "file" | "directory" | "link" | "other" | undefined {
  try {
    const { mode } = follow ? sys.stat(path) : sys.lstat(path);
    const type = mode & S.IFMT;
    return type === S.IFREG ? "file" : type === S.IFDIR ? "directory" : type === S.IFLNK ? "link" : "other";
  } catch (error) {
    if (error instanceof SysError) return undefined;
    throw error;
  }
}

export function removeTree(sys: Sys, path: string): void {
  if (kindOf(sys, path) !== "directory") {
    sys.unlink(path);
    return;
  }
  for (const entry of sys.readdir(path)) removeTree(sys, `${path}/${entry.name}`);
  sys.rmdir(path);
}

export function removeIfThere(sys: Sys, path: string): void {
  if (kindOf(sys, path) !== undefined) removeTree(sys, path);
}

/** Paths that the pattern names, sorted: "*" and "?" in any part (glob(7)). */
export function glob(sys: Sys, pattern: string): readonly string[] {
  let found = [""];
  for (const part of pattern.split("/").filter((one) => one !== "")) {
    const next: string[] = [];
    for (const directory of found) {
      if (!/[*?[]/.test(part)) {
        if (kindOf(sys, `${directory}/${part}`) !== undefined) next.push(`${directory}/${part}`);
        continue;
      }
      if (kindOf(sys, directory === "" ? "/" : directory, true) !== "directory") continue;
      for (const name of sys.readdir(directory === "" ? "/" : directory).map((entry) => entry.name).sort()) if (globMatch(part, name, { period: true })) next.push(`${directory}/${name}`);
    }
    found = next;
  }
  return found;
}

export function makeDirectories(sys: Sys, path: string): void {
  const parts = path.split("/").filter((part) => part !== "");
  for (let depth = 1; depth <= parts.length; depth++) {
    try {
      sys.mkdir(`/${parts.slice(0, depth).join("/")}`, 0o755);
    } catch (error) {
      if (!(error instanceof SysError) || error.errno !== "EEXIST") throw error;
    }
  }
}

export function* readBytes(sys: Sys, path: string): Blocking<Uint8Array> {
  const fd = yield* sys.open(path, O.RDONLY);
  try {
    const parts: Uint8Array[] = [];
    for (;;) {
      const bytes = yield* sys.read(fd, 65_536);
      if (bytes.length === 0) break;
      parts.push(bytes);
    }
    const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) {
      whole.set(part, at);
      at += part.length;
    }
    return whole;
  } finally {
    sys.close(fd);
  }
}

/** An existing file keeps its mode and owner. */
export function* writeBytes(sys: Sys, path: string, bytes: Uint8Array, append = false): Blocking<void> {
  const fd = yield* sys.open(path, O.WRONLY | O.CREAT | (append ? O.APPEND : O.TRUNC), 0o644);
  try {
    if (bytes.length > 0) yield* sys.write(fd, bytes);
  } finally {
    sys.close(fd);
  }
}

export interface TakenFile {
  readonly name: string;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly bytes?: Uint8Array;
  readonly target?: string;
  readonly entries?: readonly TakenFile[];
}

/** Devices, sockets and the like are left out. Errors: SysError. */
export function* take(sys: Sys, path: string): Blocking<TakenFile | undefined> {
  const { mode, uid, gid } = sys.lstat(path);
  const own = { name: path.slice(path.lastIndexOf("/") + 1), mode: mode & 0o7777, uid, gid };
  switch (mode & S.IFMT) {
    case S.IFREG: return { ...own, bytes: yield* readBytes(sys, path) };
    case S.IFLNK: return { ...own, target: sys.readlink(path) };
    case S.IFDIR: {
      const entries: TakenFile[] = [];
      for (const entry of sys.readdir(path)) {
        const taken = yield* take(sys, `${path}/${entry.name}`);
        if (taken !== undefined) entries.push(taken);
      }
      return { ...own, entries };
    }
    default: return undefined;
  }
}

export function* put(sys: Sys, path: string, taken: TakenFile): Blocking<void> {
  if (taken.target !== undefined) {
    if (kindOf(sys, path) !== undefined) sys.unlink(path);
    sys.symlink(taken.target, path);
    return;
  }
  if (taken.entries !== undefined) {
    if (kindOf(sys, path) === undefined) sys.mkdir(path, 0o755);
    for (const entry of taken.entries) yield* put(sys, `${path}/${entry.name}`, entry);
  } else yield* writeBytes(sys, path, taken.bytes ?? new Uint8Array(0));
  sys.chown(path, taken.uid, taken.gid);
  sys.chmod(path, taken.mode);
}
