import type { WaitStatus } from "../../../kernel/sys.ts";

/** What system() and close() return of a command. */
export function statusNumber(status: WaitStatus): number {
  if (status.kind === "exited") return status.status;
  return status.kind === "signaled" ? 256 + status.signal : 0;
}
