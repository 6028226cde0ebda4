// Reading and writing files.

import { type Blocking, decode, encode, O, type Sys, SysError } from "../../kernel/sys.ts";

const MOST_BYTES = 8 << 20;

export type Loaded =
  | { readonly kind: "file"; readonly lines: string[]; readonly bytes: number; readonly noEndOfLine: boolean; readonly format: "unix" | "dos"; readonly mtimeUs: number }
  | { readonly kind: "new" | "no-directory" | "directory" | "denied" | "too-big" | "not-a-file" };

export function* loadFile(sys: Sys, path: string): Blocking<Loaded> {
  try {
    const facts = sys.stat(path);
    const type = facts.mode & 0o170000;
    if (type === 0o040000) return { kind: "directory" };
    if (type !== 0o100000 && type !== 0o020000) return { kind: "not-a-file" };
    if (facts.sizeBytes > MOST_BYTES) return { kind: "too-big" };
    const fd = yield* sys.open(path, O.RDONLY | O.CLOEXEC);
    const parts: Uint8Array[] = [];
    let length = 0;
    for (;;) {
      const bytes = yield* sys.read(fd, 65536);
      if (bytes.length === 0 || length > MOST_BYTES) break;
      parts.push(bytes);
      length += bytes.length;
      if (sys.charge(1 + (bytes.length >> 8))) yield* sys.preempt();
    }
    sys.close(fd);
    const whole = new Uint8Array(length);
    let at = 0;
    for (const part of parts) {
      whole.set(part, at);
      at += part.length;
    }
    return { kind: "file", ...splitLines(decode(whole)), bytes: length, mtimeUs: facts.mtimeUs };
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    if (error.errno === "EACCES" || error.errno === "EPERM") return { kind: "denied" };
    if (error.errno === "ENOENT" || error.errno === "ENOTDIR") return { kind: folderExists(sys, path) ? "new" : "no-directory" };
    return { kind: "denied" };
  }
}

export function splitLines(text: string): { readonly lines: string[]; readonly noEndOfLine: boolean; readonly format: "unix" | "dos" } {
  if (text === "") return { lines: [], noEndOfLine: false, format: "unix" };
  const noEndOfLine = !text.endsWith("\n");
  const lines = (noEndOfLine ? text : text.slice(0, -1)).split("\n");
  const dos = lines.every((line, i) => line.endsWith("\r") || (noEndOfLine && i === lines.length - 1));
  return { lines: dos ? lines.map((line) => (line.endsWith("\r") ? line.slice(0, -1) : line)) : lines, noEndOfLine, format: dos ? "dos" : "unix" };
}

function folderExists(sys: Sys, path: string): boolean {
  const slash = path.lastIndexOf("/");
  if (slash <= 0) return true;
  try {
    return (sys.stat(path.slice(0, slash)).mode & 0o170000) === 0o040000;
  } catch (error) {
    if (error instanceof SysError) return false;
    throw error;
  }
}

/** No write bit at all, or not for us: opened read-only. */
export function isReadOnly(sys: Sys, path: string): boolean {
  try {
    const { mode } = sys.stat(path);
    if ((mode & 0o222) === 0) return true;
    sys.access(path, 2);
    return false;
  } catch (error) {
    if (error instanceof SysError) return error.errno !== "ENOENT";
    throw error;
  }
}

/** Throws SysError. `force`: what :w! of Vim (not of Vi) may do to a file of ours that cannot be written. Returns the bytes written. */
export function* storeFile(sys: Sys, path: string, text: string, how: { readonly append: boolean; readonly force: boolean }): Blocking<number> {
  const content = encode(text);
  let restored: number | undefined;
  if (how.force) {
    try {
      const facts = sys.stat(path);
      if ((facts.mode & 0o200) === 0 && facts.uid === sys.getcred().euid) {
        restored = facts.mode & 0o7777;
        sys.chmod(path, restored | 0o200);
      }
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }
  const flags = O.WRONLY | O.CREAT | O.CLOEXEC | (how.append ? O.APPEND : O.TRUNC);
  let fd: number;
  try {
    fd = yield* sys.open(path, flags, 0o666);
  } catch (error) {
    if (!how.force || !(error instanceof SysError) || error.errno !== "EACCES") throw error;
    sys.unlink(path);
    fd = yield* sys.open(path, flags, 0o666);
  }
  try {
    for (let at = 0; at < content.length; at += 65536) {
      yield* sys.write(fd, content.subarray(at, at + 65536));
      if (sys.charge(1 + (Math.min(65536, content.length - at) >> 8))) yield* sys.preempt();
    }
  } finally {
    sys.close(fd);
    if (restored !== undefined) sys.chmod(path, restored);
  }
  return content.length;
}

export function removeFile(sys: Sys, path: string | undefined): void {
  if (path === undefined) return;
  try {
    sys.unlink(path);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
}
