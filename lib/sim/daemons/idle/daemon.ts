// Daemons of which little but their presence matters: they tell PID 1 that they are ready, then wait for SIGTERM.
import { type Blocking, SIGNALS, type Sys } from "../../kernel/sys.ts";
import { notify } from "../systemd/api/notify.ts";

export function* idleDaemon(sys: Sys): Blocking<number> {
  sys.sigaction(SIGNALS.TERM, "catch");
  sys.sigaction(SIGNALS.HUP, "catch");
  yield* notify(sys, "READY=1");
  for (;;) {
    yield* sys.pause();
    if (sys.takeSignals().includes(SIGNALS.TERM)) return 0;
  }
}
