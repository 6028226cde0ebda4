import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";

/** The children that have ended, without waiting (waitpid(2) with WNOHANG until there is none). */
export function* reapChildren(sys: Sys): Blocking<readonly number[]> {
  const ended: number[] = [];
  try {
    for (;;) {
      const waited = yield* sys.waitpid(-1, { nohang: true });
      if (waited === undefined) return ended;
      ended.push(waited.pid);
    }
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    return ended;
  }
}
