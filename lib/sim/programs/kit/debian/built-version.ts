// The Debian version that a program was built as. Programs say the version of the recorded hosts; one that an upgrade brought carries its own.
import { type Blocking, decode, O, type Sys, SysError } from "../../../kernel/sys.ts";

const HEAD_BYTES = 4096;

/** Of the running program, or of another program or library. Undefined: the recorded one. */
export function* builtVersion(sys: Sys, path = "/proc/self/exe"): Blocking<string | undefined> {
  try {
    const fd = yield* sys.open(path, O.RDONLY | O.CLOEXEC);
    const head = decode(yield* sys.read(fd, HEAD_BYTES));
    sys.close(fd);
    return /\nversion=(.*)\n/.exec(head)?.[1];
  } catch (error) {
    if (error instanceof SysError) return undefined;
    throw error;
  }
}
