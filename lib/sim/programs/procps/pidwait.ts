// pidwait: waits until the processes that match have ended (pgrep(1)).
import { SysError } from "../../kernel/sys.ts";
import { type Io, flag, gnu } from "../kit/gnu.ts";
import { MATCH_OPTIONS, TRY, selectProcesses } from "./_matching.ts";

/** The real one polls descriptors of the processes (pidfd_open(2)); here it looks this often. */
const LOOK_US = 50_000;

export default gnu({
  name: "pidwait", project: "procps-ng", version: "4.0.2", versionLetter: "V", helpLetter: "h", versionText: "pidwait from procps-ng 4.0.2\n", summary: "wait until processes chosen by name or user have ended", synopsis: ["[options] <pattern>"],
  options: { echo: flag(["-e", "--echo"], "name what is waited for"), count: flag(["-c", "--count"], "only how many there are"), ...MATCH_OPTIONS },
  usageStatus: 2, failureStatus: 2, tryLine: TRY, seeAlso: ["pgrep(1)", "pkill(1)"],
  *run({ options, operands, sys }, io: Io) {
    const found = yield* selectProcesses(sys, io, options, operands);
    for (const { pid, comm } of found) {
      if (options.echo) yield* io.tell(`waiting for ${comm} (pid ${pid})\n`);
    }
    for (const { pid } of found) while (alive(pid)) yield* sys.sleep(LOOK_US);
    if (options.count) io.out.put(`${found.length}\n`);
    return found.length > 0 ? 0 : 1;

    function alive(pid: number): boolean {
      try {
        sys.stat(`/proc/${pid}/exe`);
        return true;
      } catch (error) {
        if (error instanceof SysError) return false;
        throw error;
      }
    }
  },
});
