// Whole files, read and written.
import { type Blocking, O, type Sys, SysError, concatBytes, decode, encode } from "../../../kernel/sys.ts";
import { directoryOf } from "../../kit/paths.ts";

/** Throws SysError. */
export function* readBytes(sys: Sys, path: string): Blocking<Uint8Array> {
  const fd = yield* sys.open(path, O.RDONLY | O.CLOEXEC);
  try {
    return yield* readAll(sys, fd);
  } finally {
    sys.close(fd);
  }
}

export function* readAll(sys: Sys, fd: number): Blocking<Uint8Array> {
  const parts: Uint8Array[] = [];
  for (;;) {
    const bytes = yield* sys.read(fd, 262144);
    if (bytes.length === 0) return parts.length === 0 ? new Uint8Array(0) : concatBytes(parts);
    parts.push(bytes);
    if (sys.charge(1 + (bytes.length >> 10))) yield* sys.preempt();
  }
}

/** Undefined where there is no such file. Throws SysError for anything else. */
export function* readBytesIfAny(sys: Sys, path: string): Blocking<Uint8Array | undefined> {
  try {
    return yield* readBytes(sys, path);
  } catch (error) {
    if (error instanceof SysError && (error.errno === "ENOENT" || error.errno === "ENOTDIR" || error.errno === "EISDIR")) return undefined;
    throw error;
  }
}

export function* readText(sys: Sys, path: string): Blocking<string | undefined> {
  const bytes = yield* readBytesIfAny(sys, path);
  return bytes === undefined ? undefined : decode(bytes);
}

export function* writeFd(sys: Sys, fd: number, bytes: Uint8Array): Blocking<void> {
  for (let done = 0; done < bytes.length; ) done += yield* sys.write(fd, done === 0 ? bytes : bytes.subarray(done));
}

export function* writeFile(sys: Sys, path: string, content: Uint8Array | string, mode = 0o666, flags: number = O.CREAT | O.TRUNC): Blocking<void> {
  const fd = yield* sys.open(path, O.WRONLY | O.CLOEXEC | flags, mode);
  try {
    yield* writeFd(sys, fd, typeof content === "string" ? encode(content) : content);
  } finally {
    sys.close(fd);
  }
}

/** mkdir -p. Throws SysError. */
export function makeDirectories(sys: Sys, path: string): void {
  try {
    sys.mkdir(path, 0o777);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    if (error.errno === "EEXIST") return;
    if (error.errno !== "ENOENT") throw error;
    makeDirectories(sys, directoryOf(path));
    sys.mkdir(path, 0o777);
  }
}

/** The names in a directory, sorted; none where it cannot be read. */
export function namesIn(sys: Sys, path: string): string[] {
  try {
    return sys.readdir(path).map((entry) => entry.name).sort();
  } catch (error) {
    if (error instanceof SysError) return [];
    throw error;
  }
}
