// chronic: what a command says is shown only when it fails.

import { type Blocking, concatBytes, encode, POLL, type Sys } from "../../kernel/sys.ts";
import { waitFor } from "../kit/shell-command.ts";
import { type Io, flag, gnu } from "../kit/gnu.ts";
import { startCommand } from "./_child.ts";

export default gnu({
  name: "chronic", summary: "run a command and show its output only when it fails", synopsis: ["[-ev] COMMAND..."], withoutVersion: true,
  options: { stderrCounts: flag(["-e"], "output on standard error is a failure, too: status 2"), verbose: flag(["-v"], "say which output is which, and the status") },
  operands: "commands", parsing: { stopAtOperand: true }, usageStatus: 255,
  exitStatuses: [["0", "the command succeeded"], ["1", "a signal ended it"], ["2", "with -e: it wrote on standard error"]],
  *run({ options, operands, sys }, io: Io) {
    const [command] = operands;
    if (command === undefined) {
      yield* io.stderr("usage: chronic COMMAND...\n");
      return 255;
    }
    const [outRead, outWrite] = sys.pipe();
    const [errRead, errWrite] = sys.pipe();
    const pid = startCommand(sys, operands, (child) => {
      child.dup2(outWrite, 1);
      child.dup2(errWrite, 2);
      for (const fd of [outRead, outWrite, errRead, errWrite]) child.close(fd);
    }, function* (child): Blocking<number> {
      yield* child.write(2, encode(`Command '${command}' not found in ${child.environment.get("PATH") ?? ""} at /usr/bin/chronic line 68.\n`));
      return 127;
    });
    sys.close(outWrite);
    sys.close(errWrite);
    const parts = yield* both(sys, outRead, errRead);
    const status = yield* waitFor(sys, pid);
    const failed = status.kind === "exited" ? status.status : 1;
    const show = failed !== 0 || (options.stderrCounts && parts[1].length > 0);
    if (!show) return 0;
    if (options.verbose) io.out.put("STDOUT:\n");
    io.out.putBytes(parts[0]);
    if (options.verbose) io.out.put("\nSTDERR:\n");
    yield* io.out.flush();
    if (parts[1].length > 0) yield* sys.write(2, parts[1]);
    if (options.verbose) io.out.put(`\nRETVAL: ${status.kind === "exited" ? status.status : 0}\n`);
    return failed === 0 ? 2 : failed;
  },
});

/** Everything of two pipes, read as it comes. */
function* both(sys: Sys, first: number, second: number): Blocking<readonly [Uint8Array, Uint8Array]> {
  const parts = new Map<number, Uint8Array[]>([[first, []], [second, []]]);
  const open = new Set([first, second]);
  while (open.size > 0) {
    for (const { fd } of yield* sys.poll([...open].map((one) => ({ fd: one, events: POLL.IN })), null)) {
      const bytes = yield* sys.read(fd, 65_536);
      if (bytes.length > 0) parts.get(fd)?.push(bytes);
      else {
        sys.close(fd);
        open.delete(fd);
      }
    }
  }
  return [concatBytes(parts.get(first) ?? []), concatBytes(parts.get(second) ?? [])];
}
