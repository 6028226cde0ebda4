// A child of process 1 that the boot waits for.
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";

/** Signals that come meanwhile are not lost: process 1 looks after its children and its times anyway when the boot is over. */
export function* endOfChild(sys: Sys, pid: number): Blocking<void> {
  for (;;) {
    try {
      if ((yield* sys.waitpid(pid)) !== undefined) return;
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      if (error.errno !== "EINTR") return;
      sys.takeSignals();
    }
  }
}
