// Texts become numbers in many places: how is known to all of them while their process runs, and set anew each time it goes on.
import type { Blocking } from "../../kernel/sys.ts";
import { type NumberReading, PLAIN_READING, setNumberReading } from "./_value.ts";

export function* withNumberReading<T>(reading: NumberReading, make: () => Blocking<T>): Blocking<T> {
  const body = make();
  if (reading.point === "." && !reading.nonDecimal) return yield* body;
  try {
    setNumberReading(reading);
    let step = body.next();
    while (!step.done) {
      setNumberReading(PLAIN_READING);
      let answer: Parameters<typeof body.next>[0];
      try {
        answer = yield step.value;
      } catch (error) {
        setNumberReading(reading);
        step = body.throw(error);
        continue;
      }
      setNumberReading(reading);
      step = body.next(answer);
    }
    return step.value;
  } finally {
    setNumberReading(PLAIN_READING);
  }
}
