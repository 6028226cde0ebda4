import { O, POLL, SysError, decode } from "../../kernel/sys.ts";
import { readSystemTimes } from "../kit/processes.ts";
import { civilAt, strftime } from "../kit/time-format.ts";
import { type Io, flag, optionalText, text, utilLinux } from "../kit/util-linux.ts";
import { readZone } from "../kit/zones.ts";

const LEVELS = ["emerg", "alert", "crit", "err", "warn", "notice", "info", "debug"];
const FACILITIES = ["kern", "user", "mail", "daemon", "auth", "syslog", "lpr", "news"];

export default utilLinux({
  name: "dmesg", path: "/bin/dmesg", summary: "display or control the kernel ring buffer", synopsis: ["[options]"],
  options: {
    clear: flag(["-C", "--clear"], "clear the kernel ring buffer"), readClear: flag(["-c", "--read-clear"], "read and clear all messages"), consoleOff: flag(["-D", "--console-off"], "disable printing messages to console"), consoleOn: flag(["-E", "--console-on"], "enable printing messages to console"),
    facility: text(["-f", "--facility"], "list", "restrict output to defined facilities"), human: flag(["-H", "--human"], "human readable output"), json: flag(["-J", "--json"], "write JSON"), kernel: flag(["-k", "--kernel"], "display kernel messages"), color: optionalText(["-L", "--color"], "when", "colorize messages"),
    level: text(["-l", "--level"], "list", "restrict output to defined levels"), consoleLevel: text(["-n", "--console-level"], "level", "set level of messages printed to console"), nopager: flag(["-P", "--nopager"], "do not pipe output into a pager"), raw: flag(["-r", "--raw"], "print the raw message buffer"), syslog: flag(["-S", "--syslog"], "force to use syslog(2) rather than /dev/kmsg"),
    ctime: flag(["-T", "--ctime"], "show human-readable timestamp"), notime: flag(["-t", "--notime"], "don't show any timestamp with messages"), delta: flag(["-d", "--show-delta"], "show time delta between printed messages"), reltime: flag(["-e", "--reltime"], "show local time and time delta in readable format"), userspace: flag(["-u", "--userspace"], "display userspace messages"),
    follow: flag(["-w", "--follow"], "wait for new messages"), followNew: flag(["-W", "--follow-new"], "wait and print only new messages"), decode: flag(["-x", "--decode"], "decode facility and level to readable string"), timeFormat: text(["--time-format"], "format", "show timestamp using the given format"), size: text(["-s", "--buffer-size"], "size", "buffer size to query the kernel ring buffer"),
  },
  *run({ options, operands, sys }, io: Io) {
    if (operands.length > 0) io.usage("bad usage");
    for (const level of options.level?.split(",") ?? []) if (!LEVELS.includes(level.replace(/\+$|^\+/, ""))) io.die(`unknown level '${level}'`);
    for (const facility of options.facility?.split(",") ?? []) if (!FACILITIES.includes(facility)) io.die(`unknown facility '${facility}'`);
    if (options.consoleLevel !== undefined && !LEVELS.includes(options.consoleLevel) && !/^[1-8]$/.test(options.consoleLevel)) io.die(`unknown level '${options.consoleLevel}'`);
    if (options.consoleLevel !== undefined) return 0;
    let fd: number;
    try {
      fd = yield* sys.open("/dev/kmsg", O.RDONLY | O.NONBLOCK);
    } catch (error) {
      if (error instanceof SysError) io.die(`read kernel buffer failed: ${error.errno === "EACCES" ? "Operation not permitted" : error.message}`);
      throw error;
    }
    const { bootEpochSeconds } = yield* readSystemTimes(sys);
    const zone = yield* readZone(sys);
    let skip = options.followNew;
    const show = (record: string): void => {
      const match = /^(\d+),\d+,(\d+),[^;]*;([^\n]*)/.exec(record);
      if (!match || skip) return;
      const priority = Number(match[1]);
      const level = LEVELS[priority & 7] ?? "";
      const facility = FACILITIES[priority >> 3] ?? "kern";
      if (options.level !== undefined && !options.level.split(",").includes(level)) return;
      if (options.facility !== undefined && !options.facility.split(",").includes(facility)) return;
      const seconds = Number(match[2]) / 1e6;
      const format = options.ctime ? "ctime" : options.notime ? "notime" : (options.timeFormat ?? (options.reltime || options.human ? "reltime" : ""));
      const civil = civilAt(zone, Math.floor(bootEpochSeconds + seconds));
      const time = format === "notime" ? "" : format === "ctime" ? `[${strftime("%a %b %e %H:%M:%S %Y", civil)}] ` : format === "iso" ? `${strftime("%Y-%m-%dT%H:%M:%S", civil)},${String(Math.floor((seconds % 1) * 1e6)).padStart(6, "0")}${strftime("%:z", civil)} ` : format === "reltime" ? `[${strftime("%b%e %H:%M", civil)}] ` : `[${seconds.toFixed(6).padStart(12)}] `;
      io.out.put(`${options.raw ? `<${priority}>` : options.decode ? `${facility.padEnd(6)}:${level.padEnd(6)}: ` : ""}${time}${(match[3] ?? "").replace(/\\x([0-9a-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))}\n`);
    };
    if (options.clear) {
      sys.observe({ kind: "unsimulated", command: "dmesg", detail: "--clear" });
      return 0;
    }
    for (;;) {
      try {
        const bytes = yield* sys.read(fd, 8192);
        if (bytes.length === 0) break;
        show(decode(bytes));
        if (io.out.full) yield* io.out.flush();
        if (sys.charge(2)) yield* sys.preempt();
      } catch (error) {
        if (!(error instanceof SysError) || error.errno !== "EAGAIN") throw error;
        if (!options.follow && !options.followNew) break;
        skip = false;
        yield* io.out.flush();
        yield* sys.poll([{ fd, events: POLL.IN }], null);
      }
    }
    return 0;
  },
});
