// Daemons of which little but their presence matters: they tell PID 1 that they are ready, then wait for SIGTERM.
import { type Blocking, encode, type Program, SIGNALS, type Sys, SysError } from "../../kernel/sys.ts";

/** sd_notify(3): one datagram to the socket that the environment names. */
export function* notify(sys: Sys, message: string): Blocking<void> {
  const path = sys.environment.get("NOTIFY_SOCKET");
  if (path === undefined) return;
  const fd = sys.socket("unix", "dgram");
  try {
    yield* sys.sendto(fd, encode(`${message}\nHOTE_PID=${sys.getpid()}\n`), { family: "unix", path });
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
  sys.close(fd);
}

export function* idleDaemon(sys: Sys): Blocking<number> {
  sys.sigaction(SIGNALS.TERM, "catch");
  sys.sigaction(SIGNALS.HUP, "catch");
  yield* notify(sys, "READY=1");
  for (;;) {
    yield* sys.pause();
    if (sys.takeSignals().includes(SIGNALS.TERM)) return 0;
  }
}

/** What a package's timer runs and of which nothing is seen. */
export const doneProgram: Program = function* (sys) {
  yield* sys.preempt();
  return 0;
};
