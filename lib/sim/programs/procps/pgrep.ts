import { type Io, flag, gnu, text } from "../kit/gnu.ts";
import { MATCH_OPTIONS, TRY, selectProcesses } from "./_matching.ts";

export default gnu({
  name: "pgrep", project: "procps-ng", version: "4.0.2", versionLetter: "V", helpLetter: "h", versionText: "pgrep from procps-ng 4.0.2\n", summary: "tell the PIDs of processes chosen by name, user and the like", synopsis: ["[options] <pattern>"],
  options: {
    delimiter: text(["-d", "--delimiter"], "string", "what stands between two PIDs"), listName: flag(["-l", "--list-name"], "the name beside each PID"), listFull: flag(["-a", "--list-full"], "the whole command line beside each PID"),
    signal: text(["--signal"], "sig", "as of pkill (taken, no effect here)"), count: flag(["-c", "--count"], "only how many there are"), quiet: flag(["-q", "--quiet"], "write nothing, only the exit status tells"), lightweight: flag(["-w", "--lightweight"], "the threads too"), ...MATCH_OPTIONS,
  },
  usageStatus: 2, failureStatus: 2, tryLine: TRY, seeAlso: ["pkill(1)", "ps(1)"],
  *run({ options, operands, sys }, io: Io) {
    const found = yield* selectProcesses(sys, io, options, operands);
    if (options.count) io.out.put(`${found.length}\n`);
    else if (!options.quiet) {
      const lines = found.map((process) => `${process.pid}${options.listFull ? ` ${process.arguments.length > 0 ? process.arguments.join(" ") : process.comm}` : options.listName ? ` ${process.comm}` : ""}`);
      if (lines.length > 0) io.out.put(`${lines.join(options.delimiter ?? "\n")}\n`);
    }
    return found.length > 0 ? 0 : 1;
  },
});
