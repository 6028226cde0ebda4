import type { Blocking } from "../../../kernel/sys.ts";

/** Something that many places of a program look at is set while its process runs, and set back whenever others do. */
export function* withSetting<T>(on: () => void, off: () => void, body: Blocking<T>): Blocking<T> {
  try {
    on();
    let step = body.next();
    while (!step.done) {
      off();
      let answer: Parameters<typeof body.next>[0];
      try {
        answer = yield step.value;
      } catch (error) {
        on();
        step = body.throw(error);
        continue;
      }
      on();
      step = body.next(answer);
    }
    return step.value;
  } finally {
    off();
  }
}
