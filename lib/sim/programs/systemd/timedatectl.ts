// timedatectl: clock and time zone.
import { SysError } from "../../kernel/sys.ts";
import { timesyncState } from "../../daemons/timesync/api.ts";
import { exists, linkTarget, tryReadFile, writeFile } from "../../daemons/systemd/api/files.ts";
import { sendToJournal } from "../../daemons/systemd/api/journal.ts";
import { type LocalTime, parseTimestampWord } from "../../daemons/systemd/api/timestamp-word.ts";
import { civilTime, WEEKDAYS } from "../../daemons/systemd/api/time-span.ts";
import { flag, text, texts } from "../kit/gnu.ts";
import { ZONE_RULES } from "../kit/zone-rules.ts";
import { civilAtUs, strftime } from "../kit/time-format.ts";
import { epochOfLocal, offsetAt, readZone } from "../kit/zones.ts";
import { ntpUnits, parseBoolean, switchNtp, timesyncProperties, timesyncStatus } from "./_time-synchronisation.ts";
import { BOLD, complain, connect, NORMAL, systemdTool, wantsColour, withPager } from "./_systemd.ts";

const yes = (on: boolean): string => (on ? "yes" : "no");

const two = (value: number): string => String(value).padStart(2, "0");

function clock(us: number): string {
  const t = civilTime(us);
  return `${WEEKDAYS[t.weekday] ?? ""} ${t.year}-${two(t.month)}-${two(t.day)} ${two(t.hour)}:${two(t.minute)}:${two(t.second)}`;
}

const MOST_WORDS = new Map([["status", 1], ["show", 1], ["set-time", 2], ["set-timezone", 2], ["list-timezones", 1], ["set-local-rtc", 2], ["set-ntp", 2], ["timesync-status", 1]]);

export default systemdTool({
  name: "timedatectl",
  path: "/usr/bin/timedatectl",
  summary: "show and change clock and time zone",
  synopsis: ["[OPTIONS...] COMMAND ..."],
  options: {
    property: texts(["-p", "--property"], "NAME", "show these properties only"),
    value: flag(["--value"], "values without names"),
    all: flag(["-a", "--all"], "empty properties too"),
    noPager: flag(["--no-pager"], "do not pipe the output into a pager"),
    noAsk: flag(["--no-ask-password"], "never ask for a password"),
    adjust: flag(["--adjust-system-clock"], "the system's clock follows the hardware's"),
    host: text(["-H", "--host"], "HOST", "another host"),
  },
  *run({ options, operands, sys }, io) {
    const [verb = "status", argument] = operands;
    const most = MOST_WORDS.get(verb);
    if (most !== undefined && operands.length > most) {
      yield* complain(io, "Too many arguments.");
      return 1;
    }
    const bus = yield* connect(io);
    if (bus === undefined) return 1;
    const ntp = yield* ntpUnits(sys, bus);
    if (verb !== "set-ntp") bus.close();
    const localRtc = /^LOCAL$/m.test((yield* tryReadFile(sys, "/etc/adjtime")) ?? "");
    const zoneName = (linkTarget(sys, "/etc/localtime") ?? "/usr/share/zoneinfo/Etc/UTC").replace(/^.*zoneinfo\//, "");
    const nowUs = sys.clockUs("realtime");
    const rtcUs = sys.clockUs("rtc");
    let zone = yield* readZone(sys, undefined);
    const localTime: LocalTime = { ofUtc: (us) => us + offsetAt(zone, Math.floor(us / 1e6)).offsetSeconds * 1e6, toUtc: (us) => epochOfLocal(zone, Math.floor(us / 1e6)) * 1e6 + (((us % 1e6) + 1e6) % 1e6) };
    const setHardware = (us: number, local: boolean): void => sys.setClockUs(local ? localTime.ofUtc(us) : us, "rtc");
    const refuse = function* (message: string) {
      yield* complain(io, message);
      return 1;
    };
    const denied = (what: string) => refuse(`Failed to ${what}: Access denied`);
    /** systemd-timedated does the work and tells the journal */
    const note = function* (message: string) {
      const fd = sys.socket("unix", "dgram");
      yield* sendToJournal(sys, fd, { PRIORITY: "6", SYSLOG_FACILITY: "3", SYSLOG_IDENTIFIER: "systemd-timedated", MESSAGE: message, _TRANSPORT: "journal", _PID: String(sys.getpid()), _UID: "0", _COMM: "systemd-timedat", _SYSTEMD_UNIT: "systemd-timedated.service" });
      sys.close(fd);
    };
    switch (verb) {
      case "status": {
        const offset = offsetAt(zone, Math.floor(nowUs / 1e6));
        const sign = offset.offsetSeconds < 0 ? "-" : "+";
        const size = Math.abs(offset.offsetSeconds);
        const shift = `${sign}${two(Math.floor(size / 3600))}${two(Math.floor((size % 3600) / 60))}`;
        io.out.put([
          `               Local time: ${clock(nowUs + offset.offsetSeconds * 1e6)} ${offset.abbreviation}`, `           Universal time: ${clock(nowUs)} UTC`, `                 RTC time: ${clock(rtcUs)}`,
          `                Time zone: ${zoneName} (${offset.abbreviation}, ${shift})`, `System clock synchronized: ${yes(sys.adjtimex().synchronized)}`, `              NTP service: ${ntp.unit === undefined ? "n/a" : ntp.active ? "active" : "inactive"}`, `          RTC in local TZ: ${yes(localRtc)}`, "",
        ].join("\n"));
        if (localRtc) {
          const lines = ["Warning: The system is configured to read the RTC time in the local time zone.", "         This mode cannot be fully supported. It will create various problems", "         with time zone changes and daylight saving time adjustments. The RTC", "         time is never updated, it relies on external facilities to maintain it.", "         If at all possible, use RTC in UTC by calling", "         'timedatectl set-local-rtc 0'."];
          io.out.put(`\n${wantsColour(sys) ? `${BOLD}${lines.join("\n")}${NORMAL}` : lines.join("\n")}\n`);
        }
        return 0;
      }
      case "show": {
        const shown = (us: number): string => strftime("%a %Y-%m-%d %H:%M:%S %Z", civilAtUs(zone, us));
        const properties: readonly (readonly [string, string])[] = [["Timezone", zoneName], ["LocalRTC", yes(localRtc)], ["CanNTP", yes(ntp.unit !== undefined)], ["NTP", yes(ntp.active)], ["NTPSynchronized", yes(sys.adjtimex().synchronized)], ["TimeUSec", shown(nowUs)], ["RTCTimeUSec", shown(rtcUs)]];
        const wanted = options.property.flatMap((name) => name.split(","));
        for (const [name, value] of properties) if (wanted.length === 0 || wanted.includes(name)) io.out.put(options.value ? `${value}\n` : `${name}=${value}\n`);
        return 0;
      }
      case "list-timezones":
        return yield* withPager(io, !options.noPager, function* () {
          io.out.put([...ZONE_RULES.keys()].filter((name) => name !== "localtime" && name !== "posixrules").sort().map((name) => `${name}\n`).join(""));
          yield* io.out.flush();
          return 0;
        });
      case "set-timezone": {
        if (argument === undefined) return yield* refuse("Too few arguments.");
        if (sys.getcred().euid !== 0) return yield* denied("set time zone");
        if (argument === "" || !exists(sys, `/usr/share/zoneinfo/${argument}`)) {
          yield* complain(io, `Failed to set time zone: Invalid or not installed time zone '${argument}'`);
          return 1;
        }
        try {
          sys.unlink("/etc/localtime");
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
        }
        sys.symlink(`../usr/share/zoneinfo/${argument}`, "/etc/localtime");
        yield* writeFile(sys, "/etc/timezone", `${argument}\n`);
        zone = yield* readZone(sys, undefined);
        if (localRtc) setHardware(sys.clockUs("realtime"), true);
        yield* note(`Changed time zone to '${argument}' (${offsetAt(zone, Math.floor(nowUs / 1e6)).abbreviation}).`);
        return 0;
      }
      case "set-time": {
        if (argument === undefined) return yield* refuse("Too few arguments.");
        const us = parseTimestampWord(argument, nowUs, 0, localTime);
        if (us === undefined) return yield* refuse(`Failed to parse time specification '${argument}': Invalid argument`);
        if (sys.getcred().euid !== 0) return yield* denied("set time");
        if (ntp.active) return yield* refuse("Failed to set time: Automatic time synchronization is enabled");
        sys.setClockUs(us);
        setHardware(us, localRtc);
        yield* note(`Changed local time to ${strftime("%a %Y-%m-%d %H:%M:%S %Z", civilAtUs(zone, us))}`);
        return 0;
      }
      case "set-ntp": {
        const on = parseBoolean(argument);
        if (argument === undefined) {
          yield* complain(io, "Too few arguments.");
          return 1;
        }
        if (on === undefined) {
          yield* complain(io, `Failed to parse NTP setting '${argument}': Invalid argument`);
          return 1;
        }
        if (sys.getcred().euid !== 0) return yield* denied("set ntp");
        if (ntp.unit === undefined) {
          yield* complain(io, "Failed to set ntp: NTP not supported");
          return 1;
        }
        yield* switchNtp(sys, bus, ntp.all, on);
        bus.close();
        return 0;
      }
      case "set-local-rtc": {
        const on = parseBoolean(argument);
        if (argument === undefined) return yield* refuse("Too few arguments.");
        if (on === undefined) return yield* refuse(`Failed to parse local RTC setting '${argument}': Invalid argument`);
        if (sys.getcred().euid !== 0) return yield* denied("set local RTC");
        if (on === localRtc) return 0;
        const before = yield* tryReadFile(sys, "/etc/adjtime");
        const [first = "0.0 0 0", second = "0"] = (before ?? "").split("\n").filter((line) => line !== "");
        yield* writeFile(sys, "/etc/adjtime", `${first}\n${second}\n${on ? "LOCAL" : "UTC"}\n`);
        // one of the two clocks goes by the other
        if (options.adjust) sys.setClockUs(on ? localTime.toUtc(rtcUs) : rtcUs);
        else setHardware(sys.clockUs("realtime"), on);
        yield* note(`RTC configured to ${on ? "local time" : "UTC"}.`);
        return 0;
      }
      case "timesync-status": case "show-timesync": {
        const state = yield* timesyncState(sys);
        if (state === undefined) {
          yield* complain(io, `Failed to ${verb === "show-timesync" ? "parse bus message" : "query server"}: Could not activate remote peer.`);
          return 1;
        }
        if (verb === "timesync-status") io.out.put(timesyncStatus(state));
        else io.out.put(timesyncProperties(state, options.property.flatMap((name) => name.split(",")), options.value, options.all));
        return 0;
      }
      default:
        yield* complain(io, `Unknown command verb ${verb}.`);
        return 1;
    }
  },
});
