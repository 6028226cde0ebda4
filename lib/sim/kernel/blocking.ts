// How a system call waits: it registers the process on what it waits for, hands a Wait to the scheduler, and looks again when resumed.

import { SysError } from "./errno.ts";
import type { Process } from "./process.ts";
import type { Blocking, Wait } from "./sys.ts";
import type { IdlePromise } from "./timer-queue.ts";
import type { WaitQueue } from "./wait-queue.ts";

export const WAIT = {} as Wait;

/** A point where a pending kill or stop takes hold of the running process; to be passed at the start of every blocking call. */
export function* attend(process: Process): Blocking<void> {
  while (process.attention) {
    process.attention = false;
    yield WAIT;
  }
}

/**
 * Sleeps until one of the queues is woken or `deadlineUs` (since boot) has passed; then the caller looks again. Errors: EINTR, when a caught
 * signal came and the program was not told yet. `uninterruptible` is state D: only SIGKILL ends it.
 */
export function* sleepOn(process: Process, queue: WaitQueue | readonly WaitQueue[] | undefined, deadlineUs?: number, channel = "", promise?: IdlePromise): Blocking<void> {
  if (process.interrupted) {
    process.interrupted = false;
    throw new SysError("EINTR");
  }
  if (process.attention) {
    process.attention = false;
    yield WAIT;
    return;
  }
  if (deadlineUs !== undefined && process.kernel.nowUs >= deadlineUs) return;
  process.fallAsleep(queue, deadlineUs, channel, promise);
  yield WAIT;
  process.leaveQueues();
}
