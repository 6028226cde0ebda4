import { SysError } from "../../kernel/sys.ts";
import { type Io, flag, gnu } from "../kit/gnu.ts";
import { readProcesses, ttyName } from "../kit/processes.ts";
import { civilAt, strftime } from "../kit/time-format.ts";
import { UT, readUtmp } from "../kit/utmp.ts";
import { readZone } from "../kit/zones.ts";
import { uptimeLine } from "./_uptime-line.ts";

function idleText(seconds: number): string {
  if (seconds >= 2 * 86400) return `${Math.floor(seconds / 86400)}days`;
  if (seconds >= 3600) return `${Math.floor(seconds / 3600)}:${String(Math.floor(seconds / 60) % 60).padStart(2, "0")}m`;
  if (seconds >= 60) return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")} `;
  return `${seconds.toFixed(2)}s`;
}

export default gnu({
  name: "w", project: "procps-ng", version: "4.0.2", versionLetter: "V", versionText: "w from procps-ng 4.0.2\n", usageShowsHelp: true, summary: "list the users logged in, and what each one runs", synopsis: ["[options] [user]"],
  options: { noHeader: flag(["-h", "--no-header"], "without the two lines above the list"), noCurrent: flag(["-u", "--no-current"], "for command and times, count any user's processes on the terminal"), short: flag(["-s", "--short"], "short format"), from: flag(["-f", "--from"], "show or hide the column FROM (where the user comes from)"), oldStyle: flag(["-o", "--old-style"], "as older versions: short idle times are left blank"), ip: flag(["-i", "--ip-addr"], "addresses in FROM, where they are known") },
  operands: "users",
  *run({ options, operands, sys }, io: Io) {
    const from = !options.from;
    if (!options.noHeader) io.say(`${yield* uptimeLine(sys)}\n${options.short ? `USER     TTY      ${from ? "FROM             " : ""} IDLE WHAT` : `USER     TTY      ${from ? "FROM             " : ""}LOGIN@   IDLE   JCPU   PCPU WHAT`}\n`);
    const processes = yield* readProcesses(sys);
    const zone = yield* readZone(sys);
    const now = sys.clockUs("realtime");
    for (const record of yield* readUtmp(sys)) {
      if (record.type !== UT.USER_PROCESS || (operands[0] !== undefined && record.user !== operands[0])) continue;
      const own = processes.filter((process) => ttyName(process.ttyNumber) === record.line);
      const foreground = own.filter((process) => process.pgrp === process.tpgid).at(-1) ?? own[0];
      let idle = 0;
      try {
        idle = Math.max(0, Math.floor((now - sys.stat(`/dev/${record.line}`).atimeUs) / 1e6));
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
      const cpu = (list: typeof own): string => idleText(list.reduce((sum, process) => sum + (process.userTicks + process.systemTicks) / 100, 0));
      const what = foreground === undefined ? "-" : foreground.arguments.join(" ") || foreground.comm;
      const login = strftime(now - record.timeUs > 12 * 3600e6 ? "%a%H" : "%H:%M", civilAt(zone, Math.floor(record.timeUs / 1e6)));
      const host = from ? `${(record.host || "-").slice(0, 16).padEnd(16)} ` : "";
      io.out.put(options.short ? `${record.user.slice(0, 8).padEnd(8)} ${record.line.padEnd(8)} ${host}${idleText(idle).padStart(6)} ${what}\n` : `${record.user.slice(0, 8).padEnd(8)} ${record.line.padEnd(8)} ${host}${login}   ${idleText(idle).padStart(6)} ${cpu(own).padStart(6)} ${cpu(foreground ? [foreground] : []).padStart(6)} ${what}\n`);
    }
    return 0;
  },
});
