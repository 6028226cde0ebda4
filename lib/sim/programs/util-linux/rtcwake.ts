// rtcwake(8): sleep until the hardware's clock wakes the machine. A virtual machine without such states only sleeps by -m no, on, off and disable.
import { SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { parseDate } from "../kit/date-parse.ts";
import { civilAtUs, strftime } from "../kit/time-format.ts";
import { flag, type Io, text, utilLinux } from "../kit/util-linux.ts";
import { readZone } from "../kit/zones.ts";

/** Of the program itself; the kernel adds those of /sys/power/state. */
const OWN_MODES = ["off", "no", "on", "disable", "show"];

export default utilLinux({
  name: "rtcwake", path: "/usr/sbin/rtcwake", manSection: 8, summary: "put the system to sleep and let the clock wake it up", synopsis: ["[options]"], operands: "none",
  options: {
    auto: flag(["-a", "--auto"], "ask /etc/adjtime which time the clock keeps (the default)"), adjust: text(["-A", "--adjfile"], "file", "the adjust file (/etc/adjtime)"), date: text(["--date"], "timestamp", "date and time to wake at"), device: text(["-d", "--device"], "device", "the clock (rtc0)"), dry: flag(["-n", "--dry-run"], "all but the sleep itself"), local: flag(["-l", "--local"], "the clock shows local time"),
    list: flag(["--list-modes"], "name the modes that this system has"), mode: text(["-m", "--mode"], "mode", "standby, mem and others: how to sleep"), seconds: text(["-s", "--seconds"], "seconds", "sleep for so many seconds"), time: text(["-t", "--time"], "time_t", "seconds since 1970 to wake at"), utc: flag(["-u", "--utc"], "the clock shows UTC"), verbose: flag(["-v", "--verbose"], "be more verbose"),
  },
  seeAlso: ["hwclock(8)", "systemctl(1)"],
  *run({ options, sys }, io: Io) {
    const states = (yield* readTextFile(sys, "/sys/power/state"))?.trim().split(/\s+/);
    if (options.list) {
      if (states === undefined) io.die("could not read: /sys/power/state");
      io.out.put(`${[...states, ...OWN_MODES].join(" ")}\n`);
      return 0;
    }
    const mode = options.mode ?? "standby";
    if (options.mode !== undefined && !OWN_MODES.includes(mode) && !(states ?? []).includes(mode)) io.die(`unrecognized suspend state '${mode}'`);
    const zone = yield* readZone(sys);
    const now = Math.floor(sys.clockUs("realtime") / 1e6);
    if (options.seconds !== undefined && !/^\d+$/.test(options.seconds)) io.die(`invalid seconds argument: '${options.seconds}'`);
    if (options.time !== undefined && !/^\d+$/.test(options.time)) io.die(`invalid time argument: '${options.time}'`);
    const date = options.date === undefined ? undefined : parseDate(options.date, zone, { epochSeconds: now, nanoseconds: 0 });
    if (options.date !== undefined && date === undefined) io.die(`invalid time value "${options.date}"`);
    const needsTime = mode !== "disable" && mode !== "show";
    if (needsTime && options.seconds === undefined && options.time === undefined && date === undefined) io.die("must provide wake time (see --seconds, --time and --date options)");
    const device = options.device ?? "rtc0";
    const path = device.startsWith("/dev/") ? device : `/dev/${device}`;
    if (!options.local && !options.utc && ((yield* readTextFile(sys, options.adjust ?? "/etc/adjtime")) ?? "") === "") io.say(`${io.argv0}: assuming RTC uses UTC ...\n`);
    if (sys.getcred().euid !== 0) io.die(`${path}: cannot open rtc device: Permission denied`);
    try {
      sys.stat(path);
    } catch (error) {
      if (error instanceof SysError) io.die(`${path}: unable to find device: ${error.message}`);
      throw error;
    }
    if (mode === "show") {
      io.say("alarm: off\n");
      return 0;
    }
    if (mode === "disable") return 0;
    const wake = options.seconds !== undefined ? now + Number(options.seconds) + 1 : options.time !== undefined ? Number(options.time) : (date?.epochSeconds ?? now);
    if (wake < now) io.die("time doesn't go backward to " + strftime("%a %b %e %H:%M:%S %Y", civilAtUs(zone, wake * 1e6)));
    if (mode !== "no" && mode !== "on" && mode !== "off" && !(states ?? []).includes(mode)) io.die(`suspend to "${mode}" unavailable`);
    io.out.put(`${io.argv0}: wakeup ${mode === "no" || mode === "on" ? "using" : `from "${mode}" using`} ${path} at ${strftime("%a %b %e %H:%M:%S %Y", civilAtUs(zone, wake * 1e6))}\n`);
    yield* io.out.flush();
    if (options.dry || mode === "no") return 0;
    if (mode === "off") sys.reboot("poweroff");
    // nobody works meanwhile: the machine's time goes on until the alarm
    yield* sys.sleep((wake - now) * 1_000_000);
    return 0;
  },
});
