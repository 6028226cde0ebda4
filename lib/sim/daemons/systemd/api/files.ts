// Small blocking reads and writes that PID 1 and its clients share.
import { type Blocking, decode, encode, O, type Sys, SysError } from "../../../kernel/sys.ts";

const chunkBytes = 65_536;
/** Beyond any file that is meant to be read (/dev/zero): memory of the process, which ends. */
const accountedFromBytes = 1 << 20;

export function* readFile(sys: Sys, path: string): Blocking<string> {
  const fd = yield* sys.open(path, O.RDONLY | O.CLOEXEC);
  try {
    const parts: string[] = [];
    for (let sizeBytes = 0; ; ) {
      const bytes = yield* sys.read(fd, chunkBytes);
      if (bytes.length === 0) return parts.join("");
      parts.push(decode(bytes));
      sizeBytes += bytes.length;
      if (sizeBytes > accountedFromBytes) {
        sys.allocate(2 * bytes.length);
        if (sys.charge(bytes.length >> 8)) yield* sys.preempt();
      }
    }
  } finally {
    sys.close(fd);
  }
}

/** Undefined when it cannot be read. */
export function* tryReadFile(sys: Sys, path: string): Blocking<string | undefined> {
  try {
    return yield* readFile(sys, path);
  } catch (error) {
    if (error instanceof SysError) return undefined;
    throw error;
  }
}

export function* writeFile(sys: Sys, path: string, text: string, mode = 0o644): Blocking<void> {
  const fd = yield* sys.open(path, O.WRONLY | O.CREAT | O.TRUNC | O.CLOEXEC, mode);
  try {
    yield* sys.write(fd, encode(text));
  } finally {
    sys.close(fd);
  }
}

export function* tryWriteFile(sys: Sys, path: string, text: string): Blocking<boolean> {
  try {
    yield* writeFile(sys, path, text);
    return true;
  } catch (error) {
    if (error instanceof SysError) return false;
    throw error;
  }
}

export function exists(sys: Sys, path: string): boolean {
  try {
    sys.lstat(path);
    return true;
  } catch (error) {
    if (error instanceof SysError) return false;
    throw error;
  }
}

/** Sorted; empty when there is no such directory. */
export function names(sys: Sys, directory: string): readonly string[] {
  try {
    return sys.readdir(directory).map((entry) => entry.name).sort();
  } catch (error) {
    if (error instanceof SysError) return [];
    throw error;
  }
}

/** The target of a symbolic link; undefined when it is none. */
export function linkTarget(sys: Sys, path: string): string | undefined {
  try {
    return sys.readlink(path);
  } catch (error) {
    if (error instanceof SysError) return undefined;
    throw error;
  }
}

export function makeDirectories(sys: Sys, path: string, mode = 0o755): void {
  const parts = path.split("/").filter((part) => part !== "");
  for (let depth = 1; depth <= parts.length; depth++) {
    const directory = `/${parts.slice(0, depth).join("/")}`;
    try {
      sys.mkdir(directory, mode);
    } catch (error) {
      if (!(error instanceof SysError) || error.errno !== "EEXIST") throw error;
    }
  }
}
