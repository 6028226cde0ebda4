// hwclock: the clock that runs while the machine is off, kept in UTC here.
import { encode, O } from "../../kernel/sys.ts";
import { parseDate } from "../kit/date-parse.ts";
import { civilAtUs, strftime } from "../kit/time-format.ts";
import { UTC, readZone } from "../kit/zones.ts";
import { type Io, flag, text, utilLinux } from "../kit/util-linux.ts";

export default utilLinux({
  name: "hwclock", path: "/sbin/hwclock", manSection: 8, summary: "time clocks utility", synopsis: ["[function] [option...]"],
  options: {
    show: flag(["-r", "--show"], "display the RTC time"), get: flag(["--get"], "display drift corrected RTC time"), set: flag(["--set"], "set the RTC according to --date"), toSystem: flag(["-s", "--hctosys"], "set the system time from the RTC"), fromSystem: flag(["-w", "--systohc"], "set the RTC from the system time"), zone: flag(["--systz"], "send timescale configurations to the kernel"), adjust: flag(["-a", "--adjust"], "adjust the RTC to account for systematic drift"), predict: flag(["--predict"], "predict the drifted RTC time according to --date"),
    utc: flag(["-u", "--utc"], "the RTC timescale is UTC"), local: flag(["-l", "--localtime"], "the RTC timescale is Local"), rtc: text(["-f", "--rtc"], "file", "use an alternate file to /dev/rtc0"), date: text(["--date"], "time", "date/time input for --set and --predict"), verbose: flag(["-v", "--verbose"], "display more details"), test: flag(["--test"], "dry run; implies --verbose"),
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
