import { type Blocking, O, type Sys } from "../../kernel/sys.ts";

/** A file in its place at once: written beside it, then renamed. Errors: SysError. */
export function* writeWhole(sys: Sys, path: string, bytes: Uint8Array): Blocking<void> {
  const beside = `${path.replace(/[^/]*$/, "")}tmp-${sys.getpid()}`;
  const fd = yield* sys.open(beside, O.WRONLY | O.CREAT | O.TRUNC, 0o644);
  try {
    yield* sys.write(fd, bytes);
  } finally {
    sys.close(fd);
  }
  sys.rename(beside, path);
}
