// Reading and writing the files that are edited, and their lock files.

import { type Blocking, decode, encode, O, S, type Sys, SysError } from "../../kernel/sys.ts";
import type { NanoBuffer } from "./_buffer.ts";

export interface Loaded {
  readonly lines: string[];
  readonly format: "unix" | "dos" | "mac";
  readonly mtimeUs: number;
  readonly mode: number;
  readonly writable: boolean;
}

/** Throws SysError; undefined for a directory or another special file, with what to say. */
export function* load(sys: Sys, name: string): Blocking<Loaded | { readonly refused: string }> {
  const facts = sys.stat(name);
  const type = facts.mode & S.IFMT;
  if (type === S.IFDIR) return { refused: `"${name}" is a directory` };
  if (type === S.IFCHR || type === S.IFBLK) return { refused: `"${name}" is a device file` };
  const fd = yield* sys.open(name, O.RDONLY | O.CLOEXEC);
  const parts: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const bytes = yield* sys.read(fd, 65536);
    if (sys.charge(1 + (bytes.length >> 7))) yield* sys.preempt();
    if (bytes.length === 0) break;
    parts.push(bytes);
    length += bytes.length;
  }
  sys.close(fd);
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  const { lines, format } = cut(decode(whole));
  return { lines, format, mtimeUs: facts.mtimeUs, mode: facts.mode, writable: mayWrite(sys, name) };
}

export function cut(text: string): { readonly lines: string[]; readonly format: "unix" | "dos" | "mac" } {
  const lines = text.split("\n");
  const full = lines.slice(0, -1);
  if (full.length > 0 && full.every((line) => line.endsWith("\r"))) {
    return { lines: withLast(lines.map((line, i) => (i < full.length ? line.slice(0, -1) : line))), format: "dos" };
  }
  return { lines: withLast(lines), format: "unix" };
}

function withLast(lines: string[]): string[] {
  if (lines.at(-1) !== "") lines.push("");
  return lines;
}

function mayWrite(sys: Sys, name: string): boolean {
  try {
    sys.access(name, 2, true);
    return true;
  } catch (error) {
    if (error instanceof SysError) return false;
    throw error;
  }
}

/** Throws SysError. */
export function* store(sys: Sys, name: string, text: string, how: "write" | "append" | "prepend"): Blocking<void> {
  let content = encode(text);
  if (how === "prepend") {
    const old = yield* load(sys, name);
    if ("lines" in old) content = encode(text + old.lines.join("\n"));
  }
  const fd = yield* sys.open(name, O.WRONLY | O.CREAT | O.CLOEXEC | (how === "append" ? O.APPEND : O.TRUNC), 0o666);
  for (let at = 0; at < content.length || at === 0; at += 65536) {
    yield* sys.write(fd, content.subarray(at, at + 65536));
    if (sys.charge(1 + (content.length >> 10))) yield* sys.preempt();
    if (content.length === 0) break;
  }
  sys.close(fd);
}

export function textOf(buffer: NanoBuffer, lines: readonly string[] = buffer.lines): string {
  const end = buffer.format === "dos" ? "\r\n" : buffer.format === "mac" ? "\r" : "\n";
  return lines.at(-1) === "" && lines.length === 1 ? "" : lines.join(end);
}

function lockNameOf(name: string): string {
  const slash = name.lastIndexOf("/") + 1;
  return `${name.slice(0, slash)}.${name.slice(slash)}.swp`;
}

export interface Lock {
  readonly user: string;
  readonly program: string;
  readonly pid: number;
}

const LOCK_BYTES = 1024;

/** Who edits the file already, by its lock file. */
export function* readLock(sys: Sys, name: string): Blocking<Lock | undefined> {
  try {
    const fd = yield* sys.open(lockNameOf(name), O.RDONLY | O.CLOEXEC);
    const bytes = yield* sys.read(fd, LOCK_BYTES);
    sys.close(fd);
    if (bytes.length < 68 || bytes[0] !== 0x62 || bytes[1] !== 0x30) return undefined;
    const text = (at: number, length: number) => decode(bytes.subarray(at, at + length)).split("\0")[0] ?? "";
    const pid = (bytes[24] ?? 0) | ((bytes[25] ?? 0) << 8) | ((bytes[26] ?? 0) << 16) | ((bytes[27] ?? 0) << 24);
    return { user: text(28, 16), program: text(2, 10), pid };
  } catch (error) {
    if (error instanceof SysError) return undefined;
    throw error;
  }
}

/** The lock file's name, or undefined when none could be made. The layout is Vim's swap file header. */
export function* writeLock(sys: Sys, name: string, user: string): Blocking<string | undefined> {
  const lockName = lockNameOf(name);
  const bytes = new Uint8Array(LOCK_BYTES);
  const put = (at: number, text: string, length: number) => bytes.set(encode(text).subarray(0, length - 1), at);
  bytes[0] = 0x62;
  bytes[1] = 0x30;
  put(2, "nano 7.2", 10);
  const pid = sys.getpid();
  for (let i = 0; i < 4; i++) bytes[24 + i] = (pid >> (8 * i)) & 0xff;
  put(28, user, 16);
  put(68, sys.uname().nodename, 32);
  put(108, name, 768);
  try {
    try {
      sys.unlink(lockName);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
    const fd = yield* sys.open(lockName, O.WRONLY | O.CREAT | O.EXCL | O.CLOEXEC, 0o666);
    yield* sys.write(fd, bytes);
    sys.close(fd);
    return lockName;
  } catch (error) {
    if (error instanceof SysError) return undefined;
    throw error;
  }
}

export function removeLock(sys: Sys, lockName: string | undefined): void {
  if (lockName === undefined) return;
  try {
    sys.unlink(lockName);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
}

