// What gzip, bzip2, xz and zstd do with files around their formats: FILE becomes FILE.suffix with the same mode, owner and times, and
// back. The messages differ from family to family, so each command gives its own.

import { type Blocking, O, type Stat, type Sys, SysError } from "../../../kernel/sys.ts";
import { Output } from "../output.ts";

/** Reads an open descriptor in chunks; charges for the work of the format (steps a KiB). */
export function chunksOf(sys: Sys, fd: number, stepsPerKib: number): () => Blocking<Uint8Array> {
  return function* () {
    const bytes = yield* sys.read(fd, 65536);
    if (sys.charge(1 + ((bytes.length * stepsPerKib) >> 10))) yield* sys.preempt();
    return bytes;
  };
}

/** Runs `body` with an output file made beside the input; removes it when the body fails, else gives it the input's facts. */
export function* replacing<T>(sys: Sys, target: string, facts: Stat, body: (out: Output) => Blocking<T>): Blocking<T> {
  const fd = yield* sys.open(target, O.WRONLY | O.CREAT | O.EXCL | O.CLOEXEC, 0o600);
  const out = new Output(sys, fd);
  let result: T;
  try {
    result = yield* body(out);
    yield* out.flush();
  } catch (error) {
    sys.close(fd);
    sys.unlink(target);
    throw error;
  }
  try {
    sys.fchown(fd, facts.uid, facts.gid);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
  sys.fchmod(fd, facts.mode & 0o7777);
  sys.close(fd);
  sys.utimes(target, facts.atimeUs, facts.mtimeUs);
  return result;
}
