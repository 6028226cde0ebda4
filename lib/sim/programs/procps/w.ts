import { type Sys, SysError } from "../../kernel/sys.ts";
import { Accounts } from "../kit/accounts.ts";
import { type Io, flag, gnu } from "../kit/gnu.ts";
import { type ProcessInfo, TICKS_PER_SECOND, readProcesses, ttyName } from "../kit/processes.ts";
import { civilAt, strftime } from "../kit/time-format.ts";
import { UT, type UtmpRecord, addressOf, readUtmp } from "../kit/utmp.ts";
import { type Zone, readZone } from "../kit/zones.ts";
import { uptimeLine } from "./_uptime-line.ts";

const HOUR = 3600;
const DAY = 24 * HOUR;
/** Of the line of a user: the terminal, LOGIN@ to PCPU, the least for the command. */
const TERMINAL_CELLS = 21;
const TIMES_CELLS = 20;
const LEAST_COMMAND = 7;
const UNKNOWN = "   ?   ";

/** Seven cells. */
function duration(seconds: number, oldStyle: boolean): string {
  const two = (value: number): string => String(Math.floor(value)).padStart(2, "0");
  const right = (value: number): string => String(Math.floor(value)).padStart(2);
  if (seconds >= 2 * DAY) return ` ${right(seconds / DAY)}days`;
  if (seconds >= HOUR) return ` ${right(seconds / HOUR)}:${two((seconds / 60) % 60)}${oldStyle ? " " : "m"}`;
  if (seconds > 60) return ` ${right(seconds / 60)}:${two(seconds % 60)}${oldStyle ? "m" : " "}`;
  if (oldStyle) return " ".repeat(7);
  return ` ${right(seconds)}.${two(Math.round(seconds * 100) % 100)}s`;
}

/** LOGIN@: the time of the last twelve hours, day and hour of the last six days, else the date. */
function loginTime(seconds: number, now: number, zone: Zone): string {
  const age = now - seconds;
  return strftime(age > 6 * DAY ? " %d%b%y" : age > 12 * HOUR ? " %a%H  " : " %H:%M  ", civilAt(zone, seconds));
}

function widthFrom(sys: Sys, name: string, what: string, usual: number, most: number, io: Io): { readonly width: number; readonly warning: string | undefined } {
  const given = sys.environment.get(name);
  if (given === undefined) return { width: usual, warning: undefined };
  const width = /^\d+$/.test(given) ? Number(given) : 0;
  if (width >= 8 && width <= most) return { width, warning: undefined };
  return { width: usual, warning: `${io.word(`${what} length environment ${name} must be between 8 and ${most}, ignoring.`)}\n` };
}

export default gnu({
  name: "w", project: "procps-ng", version: "4.0.2", versionLetter: "V", versionText: "w from procps-ng 4.0.2\n", usageShowsHelp: true, summary: "list the users logged in, and what each one runs", synopsis: ["[options] [user]"],
  options: { noHeader: flag(["-h", "--no-header"], "without the two lines above the list"), noCurrent: flag(["-u", "--no-current"], "for command and times, count any user's processes on the terminal"), short: flag(["-s", "--short"], "short format"), from: flag(["-f", "--from"], "show or hide the column FROM (where the user comes from)"), oldStyle: flag(["-o", "--old-style"], "as older versions: short idle times are left blank"), ip: flag(["-i", "--ip-addr"], "addresses in FROM, where they are known") },
  operands: "users",
  *run({ options, operands, given, sys }, io: Io) {
    let from = true;
    for (const one of given) if (one.option === "from") from = !from;
      else if (one.option === "ip") from = true;
    const user = widthFrom(sys, "PROCPS_USERLEN", "User", 8, 32, io);
    const place = widthFrom(sys, "PROCPS_FROMLEN", "From", 16, 256, io);
    for (const { warning } of [user, place]) if (warning !== undefined) yield* io.warn(warning);
    const screen = screenColumns(sys);
    const room = Math.max(LEAST_COMMAND, screen - TERMINAL_CELLS - user.width - (from ? place.width : 0) - (options.short ? 0 : TIMES_CELLS));
    if (!options.noHeader) {
      const heading = options.short ? "   IDLE WHAT" : "  LOGIN@   IDLE   JCPU   PCPU WHAT";
      io.say(`${yield* uptimeLine(sys)}\n${"USER".padEnd(user.width)} TTY      ${from ? "FROM".padEnd(place.width - 1) : ""}${heading}\n`);
    }
    const processes = yield* readProcesses(sys);
    const accounts = yield* Accounts.read(sys);
    const zone = yield* readZone(sys);
    const nowUs = sys.clockUs("realtime");
    for (const record of yield* readUtmp(sys)) {
      if (record.type !== UT.USER_PROCESS || (operands[0] !== undefined && record.user !== operands[0])) continue;
      const onTerminal = processes.filter((process) => ttyName(process.ttyNumber) === record.line);
      const uid = accounts.userByName(record.user)?.uid;
      const shown = foremost(onTerminal.filter((process) => options.noCurrent || process.uids[1] === uid || process.uids[0] === uid));
      if (!shown) continue;
      const cpu = (list: readonly ProcessInfo[]): number => list.reduce((sum, process) => sum + process.userTicks + process.systemTicks, 0) / TICKS_PER_SECOND;
      const idle = duration(idleSeconds(sys, record, nowUs), options.oldStyle);
      const own = cpu([shown]);
      const times = options.short ? idle : loginTime(Math.floor(record.timeUs / 1e6), Math.floor(nowUs / 1e6), zone) + idle + duration(cpu(onTerminal), options.oldStyle) + (own > 0 ? duration(own, options.oldStyle) : UNKNOWN);
      const origin = from ? (options.ip ? addressOrHost(record) : record.host || "-").slice(0, place.width).padEnd(place.width) : "";
      const command = shown.arguments.length > 0 ? shown.arguments.join(" ") : shown.state === "Z" ? `[${shown.comm}] <defunct>` : `[${shown.comm}]`;
      io.out.put(`${record.user.slice(0, user.width).padEnd(user.width)} ${record.line.slice(0, 8).padEnd(8)} ${origin}${times} ${[...command].slice(0, room).join("")}\n`);
    }
    return 0;
  },
});

const addressOrHost = (record: UtmpRecord): string => {
  const address = addressOf(record);
  return address === "0.0.0.0" ? record.host || "-" : address;
};

/** The youngest process of the foreground, else the youngest one. */
function foremost(processes: readonly ProcessInfo[]): ProcessInfo | undefined {
  const youngest = (list: readonly ProcessInfo[]): ProcessInfo | undefined => list.reduce<ProcessInfo | undefined>((best, one) => (best === undefined || one.startTicks >= best.startTicks ? one : best), undefined);
  return youngest(processes.filter((process) => process.pgrp === process.tpgid)) ?? youngest(processes);
}

function idleSeconds(sys: Sys, record: UtmpRecord, nowUs: number): number {
  try {
    return Math.max(0, Math.floor((nowUs - sys.stat(`/dev/${record.line}`).atimeUs) / 1e6));
  } catch (error) {
    if (error instanceof SysError) return 0;
    throw error;
  }
}

function screenColumns(sys: Sys): number {
  const given = Number(sys.environment.get("COLUMNS") ?? "");
  if (given > 0) return given;
  try {
    return sys.isatty(1) ? sys.getWindowSize(1).cols || 80 : 80;
  } catch (error) {
    if (error instanceof SysError) return 80;
    throw error;
  }
}
