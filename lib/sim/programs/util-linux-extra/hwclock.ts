// hwclock: the clock that runs while the machine is off, kept in UTC here.
import { encode, O } from "../../kernel/sys.ts";
import { parseDate } from "../kit/date-parse.ts";
import { civilAtUs, strftime } from "../kit/time-format.ts";
import { UTC, readZone } from "../kit/zones.ts";
import { type Io, flag, text, utilLinux } from "../kit/util-linux.ts";

export default utilLinux({
  name: "hwclock", path: "/sbin/hwclock", manSection: 8, summary: "time clocks utility", synopsis: ["[function] [option...]"],
  options: {
    show: flag(["-r", "--show"], "tell the RTC's time"), get: flag(["--get"], "tell the RTC's time without its drift"), set: flag(["--set"], "the RTC gets the time of --date"), toSystem: flag(["-s", "--hctosys"], "the system gets the RTC's time"), fromSystem: flag(["-w", "--systohc"], "the RTC gets the system's time"), zone: flag(["--systz"], "tell the kernel of the time zone"), adjust: flag(["-a", "--adjust"], "make up for what the RTC gains or loses"), predict: flag(["--predict"], "tell what the RTC will show at --date"),
    utc: flag(["-u", "--utc"], "the RTC goes by UTC"), local: flag(["-l", "--localtime"], "the RTC goes by local time"), rtc: text(["-f", "--rtc"], "file", "the clock's device, when it is not /dev/rtc0"), date: text(["--date"], "time", "the time that --set and --predict mean"), verbose: flag(["-v", "--verbose"], "tell each step"), test: flag(["--test"], "set nothing, but tell each step (--verbose)"),
  },
  *run({ options, sys }, io: Io) {
    if (sys.getcred().euid !== 0) {
      yield* io.stderr("hwclock: Cannot access the Hardware Clock via any known method.\nhwclock: Use the --verbose option to see the details of our search for an access method.\n");
      return 1;
    }
    const zone = yield* readZone(sys);
    let now = sys.clockUs("rtc");
    if (options.set || options.predict) {
      if (options.date === undefined) io.die("--date is required for --set or --predict");
      const systemUs = sys.clockUs("realtime");
      const wanted = parseDate(options.date, zone, { epochSeconds: Math.floor(systemUs / 1e6), nanoseconds: (systemUs % 1_000_000) * 1000 });
      if (wanted === undefined) io.die(`invalid date '${options.date}'`);
      now = wanted.epochSeconds * 1e6 + Math.floor(wanted.nanoseconds / 1000);
      if (!options.predict) {
        if (!options.test) sys.setClockUs(now, "rtc");
        return 0;
      }
    }
    if (options.fromSystem && !options.test) {
      sys.setClockUs(sys.clockUs("realtime"), "rtc");
      // how far the clock had drifted is not measured: it does not drift here
      const seconds = Math.floor(sys.clockUs("realtime") / 1e6);
      const fd = yield* sys.open("/etc/adjtime", O.WRONLY | O.CREAT | O.TRUNC, 0o644);
      yield* sys.write(fd, encode(`0.000000 ${seconds} 0.000000\n${seconds}\n${options.local ? "LOCAL" : "UTC"}\n`));
      sys.close(fd);
    }
    if (options.toSystem && !options.test) sys.setClockUs(now);
    if (options.fromSystem || options.toSystem || options.zone || options.adjust) return 0;
    const civil = civilAtUs(options.local ? UTC : zone, now);
    io.out.put(`${strftime("%Y-%m-%d %H:%M:%S", civil)}.${String(now % 1_000_000).padStart(6, "0")}${strftime("%:z", civil)}\n`);
    return 0;
  },
});
