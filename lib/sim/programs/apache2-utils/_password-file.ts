// Files of "NAME:…" lines that htpasswd and htdigest keep.
import { type Blocking, O, type Sys, SysError, decode, encode } from "../../kernel/sys.ts";
import { readWhole } from "../kit/read-whole.ts";

export function* readLines(sys: Sys, path: string): Blocking<string[]> {
  const fd = yield* sys.open(path, O.RDONLY);
  try {
    return decode(yield* readWhole(sys, fd)).replace(/\n$/, "").split("\n").filter((line, at, all) => line !== "" || at < all.length - 1);
  } finally {
    sys.close(fd);
  }
}

export function* writeLines(sys: Sys, path: string, lines: readonly string[]): Blocking<void> {
  const fd = yield* sys.open(path, O.WRONLY | O.CREAT | O.TRUNC, 0o644);
  try {
    yield* sys.write(fd, encode(lines.map((line) => `${line}\n`).join("")));
  } finally {
    sys.close(fd);
  }
}

/** It can be read and written, made when `create`. */
export function* accessible(sys: Sys, path: string, create: boolean): Blocking<boolean> {
  try {
    sys.close(yield* sys.open(path, O.RDWR | (create ? O.CREAT : 0), 0o644));
    return true;
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    return false;
  }
}
