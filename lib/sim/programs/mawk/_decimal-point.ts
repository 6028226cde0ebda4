// The interpreter converts numbers in many places: the locale's decimal point is known to all of them while their process runs, and set anew each time it goes on.
import type { Blocking } from "../../kernel/sys.ts";
import { setDecimalPoint } from "./_value.ts";

export function* withDecimalPointSet<T>(point: "." | ",", body: Blocking<T>): Blocking<T> {
  if (point === ".") return yield* body;
  try {
    setDecimalPoint(point);
    let step = body.next();
    while (!step.done) {
      setDecimalPoint(".");
      let answer: Parameters<typeof body.next>[0];
      try {
        answer = yield step.value;
      } catch (error) {
        setDecimalPoint(point);
        step = body.throw(error);
        continue;
      }
      setDecimalPoint(point);
      step = body.next(answer);
    }
    return step.value;
  } finally {
    setDecimalPoint(".");
  }
}
