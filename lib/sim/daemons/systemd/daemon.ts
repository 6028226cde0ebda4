// PID 1.
import { type Blocking, SIGNALS, type Sys, SysError } from "../../kernel/sys.ts";

export function* systemdProgram(sys: Sys, _argv: readonly string[]): Blocking<number> {
  sys.sigaction(SIGNALS.CHLD, "catch");
  for (;;) {
    try {
      yield* sys.pause();
      sys.takeSignals();
      for (;;) {
        const waited = yield* sys.waitpid(-1, { nohang: true });
        if (waited === undefined) break;
      }
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }
}
