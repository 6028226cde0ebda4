import { type Io, flag, gnu } from "../kit/gnu.ts";
import { readSystemTimes } from "../kit/processes.ts";
import { civilAt, strftime } from "../kit/time-format.ts";
import { readZone } from "../kit/zones.ts";
import { uptimeLine } from "./_uptime-line.ts";

export default gnu({
  name: "uptime", project: "procps-ng", version: "4.0.2", versionLetter: "V", helpLetter: "h", versionText: "uptime from procps-ng 4.0.2\n", usageShowsHelp: true, summary: "time since the system started, users and load", synopsis: ["[options]"],
  operands: "none",
  options: { pretty: flag(["-p", "--pretty"], "only the time, in words"), since: flag(["-s", "--since"], "date and time of the start") },
  *run({ options, operands, sys }, io: Io) {
    if (operands.length > 0) io.usage();
    const { uptimeSeconds, bootEpochSeconds } = yield* readSystemTimes(sys);
    if (options.since) io.out.put(`${strftime("%Y-%m-%d %H:%M:%S", civilAt(yield* readZone(sys), bootEpochSeconds))}\n`);
    else if (options.pretty) {
      const total = Math.floor(uptimeSeconds);
      const parts: string[] = [];
      const add = (value: number, word: string): void => {
        if (value > 0) parts.push(`${value} ${word}${value > 1 ? "s" : ""}`);
      };
      add(Math.floor(total / 604800), "week");
      add(Math.floor(total / 86400) % 7, "day");
      add(Math.floor(total / 3600) % 24, "hour");
      const minutes = Math.floor(total / 60) % 60;
      if (minutes > 0 || parts.length === 0) parts.push(`${minutes} minute${minutes === 1 ? "" : "s"}`);
      io.out.put(`up ${parts.join(", ")}\n`);
    } else io.out.put(`${yield* uptimeLine(sys)}\n`);
    return 0;
  },
});
