// timedatectl: clock and time zone.
import { SysError } from "../../kernel/sys.ts";
import { timesyncState } from "../../daemons/timesync/api.ts";
import { exists, linkTarget, tryReadFile, writeFile } from "../../daemons/systemd/api/files.ts";
import { parseTimestampWord } from "../../daemons/systemd/api/timestamp-word.ts";
import { civilTime, WEEKDAYS } from "../../daemons/systemd/api/time-span.ts";
import { flag, text, texts } from "../kit/gnu.ts";
import { ZONE_RULES } from "../kit/zone-rules.ts";
import { offsetAt, readZone } from "../kit/zones.ts";
import { ntpUnits, parseBoolean, switchNtp, timesyncProperties, timesyncStatus } from "./_time-synchronisation.ts";
import { complain, connect, systemdTool, withPager } from "./_systemd.ts";

const yes = (on: boolean): string => (on ? "yes" : "no");

const two = (value: number): string => String(value).padStart(2, "0");

function clock(us: number): string {
  const t = civilTime(us);
  return `${WEEKDAYS[t.weekday] ?? ""} ${t.year}-${two(t.month)}-${two(t.day)} ${two(t.hour)}:${two(t.minute)}:${two(t.second)}`;
}

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
    const bus = yield* connect(io);
    if (bus === undefined) return 1;
    const ntp = yield* ntpUnits(sys, bus);
    if (verb !== "set-ntp") bus.close();
    const localRtc = /^LOCAL$/m.test((yield* tryReadFile(sys, "/etc/adjtime")) ?? "");
    const zoneName = (linkTarget(sys, "/etc/localtime") ?? "/usr/share/zoneinfo/Etc/UTC").replace(/^.*zoneinfo\//, "");
    const nowUs = sys.clockUs("realtime");
    const rtcUs = sys.clockUs("rtc");
    const denied = function* (what: string) {
      yield* complain(io, `Failed to ${what}: Access denied`);
      return 1;
    };
    switch (verb) {
      case "status": {
        const zone = yield* readZone(sys, undefined);
        const offset = offsetAt(zone, Math.floor(nowUs / 1e6));
        const sign = offset.offsetSeconds < 0 ? "-" : "+";
        const size = Math.abs(offset.offsetSeconds);
        const shift = `${sign}${two(Math.floor(size / 3600))}${two(Math.floor((size % 3600) / 60))}`;
        io.out.put([
          `               Local time: ${clock(nowUs + offset.offsetSeconds * 1e6)} ${offset.abbreviation}`, `           Universal time: ${clock(nowUs)} UTC`, `                 RTC time: ${clock(rtcUs)}`,
          `                Time zone: ${zoneName} (${offset.abbreviation}, ${shift})`, `System clock synchronized: ${yes(sys.adjtimex().synchronized)}`, `              NTP service: ${ntp.unit === undefined ? "n/a" : ntp.active ? "active" : "inactive"}`, `          RTC in local TZ: ${yes(localRtc)}`, "",
        ].join("\n"));
        return 0;
      }
      case "show": {
        const properties: readonly (readonly [string, string])[] = [["Timezone", zoneName], ["LocalRTC", yes(localRtc)], ["CanNTP", yes(ntp.unit !== undefined)], ["NTP", yes(ntp.active)], ["NTPSynchronized", yes(sys.adjtimex().synchronized)], ["TimeUSec", `${clock(nowUs)} UTC`], ["RTCTimeUSec", `${clock(rtcUs)} UTC`]];
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
        if (argument === undefined) {
          yield* complain(io, "Too few arguments.");
          return 1;
        }
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
        return 0;
      }
      case "set-time": {
        if (sys.getcred().euid !== 0) return yield* denied("set time");
        const us = parseTimestampWord(argument ?? "", nowUs, 0);
        if (us === undefined) {
          yield* complain(io, `Failed to parse time specification '${argument ?? ""}': Invalid argument`);
          return 1;
        }
        sys.setClockUs(us);
        sys.setClockUs(us, "rtc");
        return 0;
      }
      case "set-ntp": {
        const on = parseBoolean(argument);
        if (argument === undefined) {
          yield* complain(io, "Too few arguments.");
          return 1;
        }
        if (on === undefined) {
          yield* complain(io, `Failed to parse NTP setting: ${argument}`);
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
        if (on === undefined) {
          yield* complain(io, argument === undefined ? "Too few arguments." : `Failed to parse local RTC setting '${argument}'.`);
          return 1;
        }
        if (sys.getcred().euid !== 0) return yield* denied("set local RTC");
        yield* writeFile(sys, "/etc/adjtime", `0.0 0 0\n0\n${on ? "LOCAL" : "UTC"}\n`);
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
