import { SysError } from "../../kernel/sys.ts";
import { type Io, flag, gnu, text } from "../kit/gnu.ts";
import { parseSignal } from "../kit/signal-number.ts";
import { MATCH_OPTIONS, TRY, selectProcesses } from "./_matching.ts";

export default gnu({
  name: "pkill", project: "procps-ng", version: "4.0.2", versionLetter: "V", helpLetter: "h", versionText: "pkill from procps-ng 4.0.2\n", summary: "send a signal to processes chosen by name, user and the like", synopsis: ["[options] <pattern>"],
  options: {
    signal: text(["--signal"], "sig", "signal instead of TERM, by name or number"), queue: text(["-q", "--queue"], "value", "a number that goes along with the signal"), echo: flag(["-e", "--echo"], "name each process that gets the signal"), count: flag(["-c", "--count"], "only how many there are"),
    requireHandler: flag(["-H", "--require-handler"], "only processes that handle the signal"), ...MATCH_OPTIONS,
  },
  usageStatus: 2, failureStatus: 2, tryLine: TRY, seeAlso: ["pgrep(1)", "kill(1)"],
  rewrite: (args) => args.map((arg) => (/^-(\d+|SIG[A-Z0-9+-]+|[A-Z]{2,}[A-Z0-9]*)$/.test(arg) && parseSignal(arg.slice(1)) !== undefined ? `--signal=${arg.slice(1)}` : arg)),
  *run({ options, operands, sys }, io: Io) {
    const signal = options.signal === undefined ? 15 : (parseSignal(options.signal) ?? -1);
    const found = yield* selectProcesses(sys, io, options, operands);
    let killed = 0;
    for (const process of found) {
      try {
        // pkill asks the kernel with -1
        if (signal < 0) throw new SysError("EINVAL");
        sys.kill(process.pid, signal);
        killed++;
        if (options.echo) io.say(`${process.comm} killed (pid ${process.pid})\n`);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        if (error.errno !== "ESRCH") yield* io.warn(`killing pid ${process.pid} failed: ${error.message}`);
      }
    }
    if (options.count) io.out.put(`${found.length}\n`);
    return killed > 0 ? 0 : 1;
  },
});
