// -w: every action is asked for.
import type { Blocking } from "../../kernel/sys.ts";
import type { Io } from "../kit/io.ts";

/** Whether the answer begins with y. */
export function* confirmed(io: Io, action: string, name: string): Blocking<boolean> {
  io.out.put(`${action} ${io.quote(name)}?`);
  yield* io.out.flush();
  const answer = yield* io.stdin.line();
  if (answer === undefined) io.out.put("\n");
  return /^[yY]/.test(answer ?? "");
}
