// The editor of vidir and vipe: VISUAL, EDITOR, Debian's alternative, vi.

import { type Blocking, encode, O, type Sys, SysError, type WaitStatus } from "../../kernel/sys.ts";
import { runCommand } from "./_child.ts";

export function editorWords(sys: Sys): readonly string[] {
  for (const name of ["VISUAL", "EDITOR"]) {
    const value = sys.environment.get(name);
    if (value !== undefined) return value.split(" ").filter((word) => word !== "");
  }
  try {
    sys.access("/usr/bin/editor", 1);
    return ["/usr/bin/editor"];
  } catch (error) {
    if (error instanceof SysError) return ["vi"];
    throw error;
  }
}

export function* edit(sys: Sys, path: string): Blocking<WaitStatus> {
  return yield* runCommand(sys, [...editorWords(sys), path], function* (child): Blocking<number> {
    yield* child.preempt();
    return 255;
  });
}

/** A file that nobody else can read, with that text. */
export function* temporaryFile(sys: Sys, prefix: string, suffix: string, contents: Uint8Array | string): Blocking<string> {
  const letters = [...sys.random(prefix === "" ? 10 : 5)].map((byte) => "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789".charAt(byte % 62)).join("");
  const path = `${sys.environment.get("TMPDIR") ?? "/tmp"}/${prefix}${letters}${suffix}`;
  const fd = yield* sys.open(path, O.WRONLY | O.CREAT | O.EXCL, 0o600);
  const bytes = typeof contents === "string" ? encode(contents) : contents;
  if (bytes.length > 0) yield* sys.write(fd, bytes);
  sys.close(fd);
  return path;
}
