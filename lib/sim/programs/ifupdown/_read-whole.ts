import { type Blocking, O, type Sys, concatBytes, decode } from "../../kernel/sys.ts";

/** A whole file as text. Throws SysError. */
export function* readWhole(sys: Sys, path: string): Blocking<string> {
  const fd = yield* sys.open(path, O.RDONLY | O.CLOEXEC);
  try {
    const parts: Uint8Array[] = [];
    for (;;) {
      const bytes = yield* sys.read(fd, 65536);
      if (bytes.length === 0) return decode(concatBytes(parts));
      parts.push(bytes);
    }
  } finally {
    sys.close(fd);
  }
}
