// Questions on standard error with an answer from standard input: yes is what begins with y or Y (C locale's YESEXPR).

import type { Blocking } from "../../kernel/sys.ts";
import type { Io } from "../kit/gnu.ts";

export function* confirmed(question: string, io: Io): Blocking<boolean> {
  yield* io.stderr(`${io.argv0}: ${question}`);
  const answer = yield* io.stdin.line();
  return answer !== undefined && /^[yY]/.test(answer);
}
