// Small files of the daemon's state: text in, text out, directories with their parents.

import { type Blocking, decode, encode, O, type Sys, SysError } from "../../kernel/sys.ts";

export const DOCKER_ROOT = "/var/lib/docker";

/** Undefined when it does not exist. */
export function* readText(sys: Sys, path: string): Blocking<string | undefined> {
  let fd: number;
  try {
    fd = yield* sys.open(path, O.RDONLY | O.CLOEXEC);
  } catch (error) {
    if (error instanceof SysError && (error.errno === "ENOENT" || error.errno === "ENOTDIR")) return undefined;
    throw error;
  }
  let text = "";
  const parts: Uint8Array[] = [];
  for (;;) {
    const bytes = yield* sys.read(fd, 65_536);
    if (bytes.length === 0) break;
    parts.push(bytes);
  }
  sys.close(fd);
  for (const part of parts) text += decode(part);
  return text;
}

export function* writeText(sys: Sys, path: string, text: string, mode = 0o644): Blocking<void> {
  const fd = yield* sys.open(path, O.WRONLY | O.CREAT | O.TRUNC | O.CLOEXEC, mode);
  yield* sys.write(fd, encode(text));
  sys.close(fd);
}

export function makeDirectories(sys: Sys, path: string, mode = 0o755): void {
  let at = "";
  for (const part of path.split("/").filter((name) => name !== "")) {
    at += `/${part}`;
    try {
      sys.mkdir(at, mode);
    } catch (error) {
      if (!(error instanceof SysError && error.errno === "EEXIST")) throw error;
    }
  }
}

export function exists(sys: Sys, path: string): boolean {
  try {
    sys.lstat(path);
    return true;
  } catch {
    return false;
  }
}

/** rm -rf. What cannot go stays. */
export function* removeTree(sys: Sys, path: string): Blocking<void> {
  if (sys.charge(5)) yield* sys.preempt();
  let directory: boolean;
  try {
    directory = (sys.lstat(path).mode & 0o170000) === 0o040000;
  } catch {
    return;
  }
  if (!directory) {
    sys.unlink(path);
    return;
  }
  for (const entry of sys.readdir(path)) yield* removeTree(sys, `${path}/${entry.name}`);
  sys.rmdir(path);
}

/** Hexadecimal digits from the kernel's randomness. */
export function randomHex(sys: Sys, digits: number): string {
  return [...sys.random(digits / 2)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
