// Reading and writing of /etc/shells.

import { type Blocking, O, type Sys, encode } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";

export const SHELLS = "/etc/shells";

export function* changeShells(sys: Sys, change: (lines: readonly string[]) => readonly string[]): Blocking<void> {
  const lines = ((yield* readTextFile(sys, SHELLS)) ?? "").split("\n");
  if (lines.at(-1) === "") lines.pop();
  const next = change(lines);
  const temporary = `${SHELLS}.tmp`;
  const fd = yield* sys.open(temporary, O.WRONLY | O.CREAT | O.TRUNC, 0o644);
  yield* sys.write(fd, encode(next.map((line) => line + "\n").join("")));
  sys.close(fd);
  sys.rename(temporary, SHELLS);
}
