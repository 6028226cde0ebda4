// Reading and writing files, and the swap file beside them.

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

export function swapNameOf(path: string): string {
  const slash = path.lastIndexOf("/") + 1;
  return `${path.slice(0, slash)}.${path.slice(slash)}.swp`;
}

interface SwapOwner {
  readonly user: string;
  readonly host: string;
  readonly file: string;
  readonly pid: number;
  readonly mtimeUs: number;
  readonly modified: boolean;
}

const SWAP_BYTES = 12288;

/** What the swap file of somebody else says; undefined when there is none. */
export function* readSwap(sys: Sys, swap: string): Blocking<SwapOwner | undefined> {
  try {
    const { mtimeUs } = sys.stat(swap);
    const fd = yield* sys.open(swap, O.RDONLY | O.CLOEXEC);
    const bytes = yield* sys.read(fd, 4096);
    sys.close(fd);
    if (bytes[0] !== 0x62 || bytes[1] !== 0x30) return undefined;
    const text = (at: number, length: number) => decode(bytes.subarray(at, at + length)).split("\0")[0] ?? "";
    const pid = (bytes[24] ?? 0) | ((bytes[25] ?? 0) << 8) | ((bytes[26] ?? 0) << 16) | ((bytes[27] ?? 0) << 24);
    return { user: text(28, 40), host: text(68, 40), file: text(108, 898), pid, mtimeUs, modified: bytes[1007] === 0x55 };
  } catch (error) {
    if (error instanceof SysError) return undefined;
    throw error;
  }
}

/** Makes the swap file (the layout of block 0 is that of Vim's memline.c); its name, or undefined when the directory does not let us. */
export function* makeSwap(sys: Sys, swap: string, path: string, user: string): Blocking<string | undefined> {
  const bytes = new Uint8Array(SWAP_BYTES);
  const write = (at: number, text: string, length: number) => bytes.set(encode(text).subarray(0, length - 1), at);
  bytes[0] = 0x62;
  bytes[1] = 0x30;
  write(2, "VIM 9.0", 10);
  bytes[13] = 0x10;
  const pid = sys.getpid();
  for (let i = 0; i < 4; i++) bytes[24 + i] = (pid >> (8 * i)) & 0xff;
  write(28, user, 40);
  write(68, sys.uname().nodename, 40);
  write(108, path, 898);
  try {
    const fd = yield* sys.open(swap, O.WRONLY | O.CREAT | O.EXCL | O.CLOEXEC, 0o600);
    yield* sys.write(fd, bytes);
    sys.close(fd);
    return swap;
  } catch (error) {
    if (error instanceof SysError) return undefined;
    throw error;
  }
}

export function removeFile(sys: Sys, path: string | undefined): void {
  if (path === undefined) return;
  try {
    sys.unlink(path);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
}
