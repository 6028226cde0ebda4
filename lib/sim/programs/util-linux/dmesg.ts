import { O, POLL, SysError, decode } from "../../kernel/sys.ts";
import { readSystemTimes } from "../kit/processes.ts";
import { civilAt, strftime } from "../kit/time-format.ts";
import { type Io, flag, optionalText, text, utilLinux } from "../kit/util-linux.ts";
import { readZone } from "../kit/zones.ts";

const LEVELS = ["emerg", "alert", "crit", "err", "warn", "notice", "info", "debug"];
const FACILITIES = ["kern", "user", "mail", "daemon", "auth", "syslog", "lpr", "news"];

export default utilLinux({
  name: "dmesg", path: "/bin/dmesg", summary: "show the kernel's messages (ring buffer) or set where they go", synopsis: ["[options]"],
  options: {
    clear: flag(["-C", "--clear"], "empty the ring buffer"), readClear: flag(["-c", "--read-clear"], "empty the ring buffer after showing it"), consoleOff: flag(["-D", "--console-off"], "messages do not reach the console any more"), consoleOn: flag(["-E", "--console-on"], "messages reach the console again"),
    facility: text(["-f", "--facility"], "list", "only messages of these facilities"), human: flag(["-H", "--human"], "colours, readable times and a pager"), json: flag(["-J", "--json"], "write JSON"), kernel: flag(["-k", "--kernel"], "what the kernel wrote"), color: optionalText(["-L", "--color"], "when", "whether colours are used"),
    level: text(["-l", "--level"], "list", "only messages of these levels"), consoleLevel: text(["-n", "--console-level"], "level", "how urgent messages for the console must be"), nopager: flag(["-P", "--nopager"], "straight to the terminal, without a pager"), raw: flag(["-r", "--raw"], "lines as they are in the buffer, with their <level>"), syslog: flag(["-S", "--syslog"], "read by syslog(2) and not from /dev/kmsg"),
    ctime: flag(["-T", "--ctime"], "times as dates"), notime: flag(["-t", "--notime"], "lines without their time"), delta: flag(["-d", "--show-delta"], "how long after the line before it came"), reltime: flag(["-e", "--reltime"], "the local time, and how long after the line before"), userspace: flag(["-u", "--userspace"], "what programs wrote"),
    follow: flag(["-w", "--follow"], "stay, and show what comes"), followNew: flag(["-W", "--follow-new"], "stay, and show only what comes from now on"), decode: flag(["-x", "--decode"], "facility and level as words"), timeFormat: text(["--time-format"], "format", "the form that times have"), size: text(["-s", "--buffer-size"], "size", "read so many bytes of the buffer at most"),
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
