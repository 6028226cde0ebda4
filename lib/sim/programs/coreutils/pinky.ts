import { S, SysError } from "../../kernel/sys.ts";
import { Accounts, readTextFile } from "../kit/accounts.ts";
import { type Io, flag, gnu } from "../kit/gnu.ts";
import { civilAtUs, strftime } from "../kit/time-format.ts";
import { UT, readUtmp } from "../kit/utmp.ts";
import { readZone } from "../kit/zones.ts";

export default gnu({
  name: "pinky",
  summary: "lightweight finger: print information about users",
  synopsis: ["[OPTION]... [USER]..."],
  options: {
    long: flag(["-l"], "a block of lines for each USER"),
    noHome: flag(["-b"], "with -l, without home directory and shell"),
    noProject: flag(["-h"], "with -l, without ~/.project"),
    noPlan: flag(["-p"], "with -l, without ~/.plan"),
    short: flag(["-s"], "a line for each login (the default)"),
    noHeading: flag(["-f"], "with -s, without the headings"),
    noName: flag(["-w"], "with -s, without the column of full names"),
    noHost: flag(["-i"], "with -s, without full name and host"),
    onlyLine: flag(["-q"], "with -s, without full name, host and idle time"),
  },
  operands: "users",
  *run({ options, operands, sys }, io: Io) {
    const accounts = yield* Accounts.read(sys);
    if (options.long) {
      if (operands.length === 0) io.usage("no username specified; at least one must be specified when using -l");
      for (const name of operands) {
        const user = accounts.userByName(name);
        io.out.put(`Login name: ${name.padEnd(28)}In real life: `);
        if (!user) {
          io.out.put(" ???\n");
          continue;
        }
        io.out.put(` ${user.gecos.split(",")[0] ?? ""}\n`);
        if (!options.noHome) io.out.put(`Directory: ${user.home.padEnd(29)}Shell:  ${user.shell}\n`);
        const project = options.noProject ? undefined : yield* readTextFile(sys, user.home + "/.project");
        if (project !== undefined) io.out.put("Project: " + project);
        const plan = options.noPlan ? undefined : yield* readTextFile(sys, user.home + "/.plan");
        if (plan !== undefined) io.out.put("Plan:\n" + plan);
        io.out.put("\n");
      }
      return;
    }
    const fullName = !(options.noName || options.noHost || options.onlyLine);
    const showIdle = !options.onlyLine;
    const showHost = !(options.noHost || options.onlyLine);
    const zone = yield* readZone(sys);
    if (!options.noHeading) {
      io.out.put(`Login   ${fullName ? " " + "Name".padEnd(19) : ""} ${" TTY".padEnd(9)}${showIdle ? " " + "Idle".padEnd(6) : ""} ${"When".padEnd(16)}${showHost ? " Where" : ""}\n`);
    }
    const nowUs = sys.clockUs("realtime");
    for (const record of yield* readUtmp(sys)) {
      if (record.type !== UT.USER_PROCESS || (operands.length > 0 && !operands.includes(record.user))) continue;
      let mesg = "?";
      let idle = "?????";
      try {
        const stat = sys.stat("/dev/" + record.line);
        mesg = (stat.mode & S.IFMT) === S.IFCHR && (stat.mode & 0o020) !== 0 ? " " : "*";
        const seconds = Math.floor((nowUs - stat.atimeUs) / 1e6);
        const two = (value: number): string => String(value).padStart(2, "0");
        idle = seconds < 60 ? "     " : seconds < 86400 ? `${two(Math.floor(seconds / 3600))}:${two(Math.floor((seconds % 3600) / 60))}` : `${Math.floor(seconds / 86400)}d`;
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
      const gecos = accounts.userByName(record.user)?.gecos.split(",")[0] ?? "        ???";
      const name = fullName ? ` ${gecos.slice(0, 19).padEnd(19)}` : "";
      const time = strftime("%Y-%m-%d %H:%M", civilAtUs(zone, record.timeUs));
      io.out.put(`${record.user.padEnd(8)}${name} ${mesg}${record.line.padEnd(8)}${showIdle ? " " + idle.padEnd(6) : ""} ${time}${showHost && record.host !== "" ? ` ${record.host}` : ""}\n`);
    }
  },
});
