// A daemon of which nothing but its presence matters: it waits for SIGTERM.
import { type Blocking, SIGNALS, type Sys } from "../../kernel/sys.ts";

export function* idleDaemon(sys: Sys): Blocking<number> {
  sys.sigaction(SIGNALS.TERM, "catch");
  sys.sigaction(SIGNALS.HUP, "catch");
  for (;;) {
    yield* sys.pause();
    if (sys.takeSignals().includes(SIGNALS.TERM)) return 0;
  }
}
