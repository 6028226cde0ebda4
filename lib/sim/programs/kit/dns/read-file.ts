import { type Blocking, O, type Sys, decode } from "../../../kernel/sys.ts";
import { readWhole } from "../read-whole.ts";

/** Errors: SysError of open(2) and read(2). */
export function* readBytesOrThrow(sys: Sys, path: string): Blocking<Uint8Array> {
  const fd = yield* sys.open(path, O.RDONLY | O.CLOEXEC);
  try {
    return yield* readWhole(sys, fd);
  } finally {
    sys.close(fd);
  }
}

export function* readFileOrThrow(sys: Sys, path: string): Blocking<string> {
  return decode(yield* readBytesOrThrow(sys, path));
}
