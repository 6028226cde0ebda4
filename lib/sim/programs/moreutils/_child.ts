// Starting a command and its end, as these tools have them.

import type { Blocking, Sys, WaitStatus } from "../../kernel/sys.ts";
import { execSearching } from "../kit/exec-path.ts";
import { waitFor } from "../kit/shell-command.ts";

/** `prepare` puts the child's descriptors in place; `missing` is told when nothing could be run, and gives the status. */
export function startCommand(sys: Sys, argv: readonly string[], prepare: (child: Sys) => void, missing: (child: Sys, message: string) => Blocking<number>): number {
  return sys.fork(function* (child) {
    prepare(child);
    const failure = yield* execSearching(child, argv[0] ?? "", argv);
    return yield* missing(child, failure.message);
  });
}

export function* runCommand(sys: Sys, argv: readonly string[], missing: (child: Sys, message: string) => Blocking<number>): Blocking<WaitStatus> {
  return yield* waitFor(sys, startCommand(sys, argv, () => undefined, missing));
}

export const exitedWith = (status: WaitStatus): number => (status.kind === "exited" ? status.status : status.kind === "signaled" ? 128 + status.signal : 1);
