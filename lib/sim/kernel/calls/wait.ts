// waitpid(2).

import { attend, sleepOn } from "../blocking.ts";
import { SysError } from "../errno.ts";
import { reap } from "../lifecycle.ts";
import type { Process } from "../process.ts";
import type { Blocking, Waited, WaitOptions, WaitStatus } from "../sys.ts";

/** Errors: ECHILD, EINTR. After: an ended child is gone. */
export function* waitpid(process: Process, pid: number, options: WaitOptions = {}): Blocking<Waited | undefined> {
  if (process.attention) yield* attend(process);
  const leader = process.threadOf ?? process;
  for (;;) {
    let candidates = 0;
    for (const child of leader.children) {
      if (!matches(process, child, pid)) continue;
      candidates++;
      const status = reportable(child, options);
      if (!status) continue;
      const waited: Waited = {
        pid: child.pidIn(process.namespaces.pid), status,
        usage: { userUs: child.userUs + child.childUserUs, systemUs: child.systemUs + child.childSystemUs, maxResidentBytes: child.peakResidentBytes },
      };
      if (child.runState === "zombie") reap(child);
      else child.change = undefined;
      return waited;
    }
    if (candidates === 0) throw new SysError("ECHILD");
    if (options.nohang) return undefined;
    yield* sleepOn(process, leader.childQueue, undefined, "do_wait");
  }
}

function matches(process: Process, child: Process, pid: number): boolean {
  if (pid === -1) return true;
  if (pid > 0) return child.pidIn(process.namespaces.pid) === pid;
  if (pid === 0) return child.group === process.group;
  return child.group.identity.in(process.namespaces.pid) === -pid;
}

function reportable(child: Process, options: WaitOptions): WaitStatus | undefined {
  if (child.runState === "zombie") return child.exitStatus;
  const change = child.change;
  if (change?.kind === "stopped" && options.untraced) return change;
  return change?.kind === "continued" && options.continued ? change : undefined;
}
