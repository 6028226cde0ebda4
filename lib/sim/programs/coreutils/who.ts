import { S, type Sys, SysError } from "../../kernel/sys.ts";
import { type Io, flag, gnu } from "../kit/gnu.ts";
import { civilAtUs, strftime } from "../kit/time-format.ts";
import { UT, UTMP_PATH, type UtmpRecord, addressOf, readUtmp } from "../kit/utmp.ts";
import { readZone } from "../kit/zones.ts";

export default gnu({
  name: "who",
  summary: "show who is logged in, where and since when (users)",
  synopsis: ["[OPTION]... [ FILE | ARG1 ARG2 ]"],
  description: ["Without a FILE, /var/run/utmp is read. /var/log/wtmp holds past logins. Any two words, such as am i, do what -m does."],
  options: {
    all: flag(["-a", "--all"], "everything that -b -d --login -p -r -t -T -u show"),
    boot: flag(["-b", "--boot"], "show when the system was started"),
    dead: flag(["-d", "--dead"], "processes that have ended"),
    heading: flag(["-H", "--heading"], "with headings above the columns"),
    login: flag(["-l", "--login"], "show the terminals that wait for a login"),
    lookup: flag(["--lookup"], "ask DNS for the full names of hosts"),
    ips: flag(["--ips"], "addresses in place of the names of hosts"),
    mine: flag(["-m"], "only the login on this terminal"),
    process: flag(["-p", "--process"], "active processes that init has started"),
    count: flag(["-q", "--count"], "only the names of users, and how many there are"),
    runlevel: flag(["-r", "--runlevel"], "show the runlevel"),
    short: flag(["-s", "--short"], "name, terminal and time (the default)"),
    time: flag(["-t", "--time"], "show when the clock was last changed"),
    mesg: flag(["-T", "-w", "--mesg", "--message", "--writable"], "with a mark for write(1): + allowed, - refused, ? unknown"),
    users: flag(["-u", "--users"], "who is logged in, with idle time and process number"),
  },
  parsing: { longOrder: "all boot count dead heading ips login lookup message mesg process runlevel short time users writable help version" },
  operands: "files",
  seeAlso: ["users(1)", "w(1)"],
  *run({ options, operands, sys }, io: Io) {
    if (operands[2] !== undefined) io.usage(`extra operand ${io.quote(operands[2])}`);
    const { all } = options;
    const records = yield* readUtmp(sys, operands.length === 1 ? operands[0] : UTMP_PATH);
    if (options.count) {
      const names = records.filter((record) => record.type === UT.USER_PROCESS).map((record) => record.user);
      io.out.put(`${names.join(" ")}\n# users=${names.length}\n`);
      return;
    }
    const zone = yield* readZone(sys);
    const nowUs = sys.clockUs("realtime");
    const mesg = all || options.mesg;
    const idle = all || options.users || options.dead || options.login || options.runlevel;
    const exits = all || options.dead;
    const onlyUsers = !(all || options.boot || options.dead || options.login || options.process || options.runlevel || options.time || options.users);
    const pids = exits || !(onlyUsers || options.short);
    let mine: string | undefined;
    if (options.mine || operands.length === 2) {
      try {
        mine = sys.ttyname(0).replace(/^\/dev\//, "");
      } catch (error) {
        if (error instanceof SysError) return;
        throw error;
      }
    }
    const row = (user: string, state: string, line: string, time: string, idleText: string, pid: string, comment: string, exit: string): void => {
      let text = user.padEnd(8);
      if (mesg) text += ` ${state}`;
      text += ` ${line.padEnd(12)} ${time.padEnd(16)}`;
      if (idle) text += ` ${idleText.padEnd(6)}`;
      if (pids) text += ` ${pid.padStart(10)}`;
      text += ` ${comment.padEnd(8)}`;
      if (exits) text += ` ${exit.padEnd(12)}`;
      io.out.put(text.trimEnd() + "\n");
    };
    if (options.heading) row("NAME", " ", "LINE", "TIME", "IDLE", "PID", "COMMENT", "EXIT");
    const bootUs = records.findLast((record) => record.type === UT.BOOT_TIME)?.timeUs ?? 0;
    for (const record of records) {
      const time = strftime("%Y-%m-%d %H:%M", civilAtUs(zone, record.timeUs));
      if (mine !== undefined && (record.type !== UT.USER_PROCESS || record.line !== mine)) continue;
      if (record.type === UT.USER_PROCESS && (onlyUsers || all || options.users)) {
        const { state, idleText } = terminalState(sys, record, nowUs, bootUs);
        row(record.user, state, record.line, time, idleText, String(record.pid), place(record, options.ips), "");
      } else if (mine !== undefined) continue;
      else if (record.type === UT.BOOT_TIME && (all || options.boot)) row("", " ", "system boot", time, "", "", "", "");
      else if (record.type === UT.RUN_LVL && (all || options.runlevel)) {
        const last = Math.floor(record.pid / 256);
        row("", " ", `run-level ${record.pid % 256 === 0 ? "" : String.fromCharCode(record.pid % 256)}`, time, "", "", last > 32 ? `last=${String.fromCharCode(last)}` : "", "");
      } else if (record.type === UT.NEW_TIME && (all || options.time)) row("", " ", "clock change", time, "", "", "", "");
      else if (record.type === UT.INIT_PROCESS && (all || options.process)) row("", " ", record.line, time, "", String(record.pid), `id=${record.id}`, "");
      else if (record.type === UT.LOGIN_PROCESS && (all || options.login)) row("LOGIN", " ", record.line, time, "", String(record.pid), `id=${record.id}`, "");
      else if (record.type === UT.DEAD_PROCESS && (all || options.dead)) {
        row("", " ", record.line, time, "", String(record.pid), `id=${record.id}`, `term=${record.exitTermination ?? 0} exit=${record.exitStatus ?? 0}`);
      }
    }
  },
});

/** Where a login comes from. */
function place(record: UtmpRecord, addresses: boolean): string {
  const address = addresses ? addressOf(record) : "0.0.0.0";
  if (address !== "0.0.0.0") return address;
  return record.host === "" ? "" : `(${record.host})`;
}

function terminalState(sys: Sys, record: UtmpRecord, nowUs: number, bootUs: number): { readonly state: string; readonly idleText: string } {
  try {
    const stat = sys.stat("/dev/" + record.line);
    const state = (stat.mode & S.IFMT) === S.IFCHR && (stat.mode & 0o020) !== 0 ? "+" : "-";
    const idleSeconds = Math.floor((nowUs - stat.atimeUs) / 1e6);
    if (stat.atimeUs < bootUs || idleSeconds >= 86400) return { state, idleText: " old " };
    if (idleSeconds < 60) return { state, idleText: "  .  " };
    const two = (value: number): string => String(value).padStart(2, "0");
    return { state, idleText: `${two(Math.floor(idleSeconds / 3600))}:${two(Math.floor((idleSeconds % 3600) / 60))}` };
  } catch (error) {
    if (error instanceof SysError) return { state: "?", idleText: "  ?" };
    throw error;
  }
}
