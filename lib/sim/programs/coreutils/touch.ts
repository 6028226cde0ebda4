import { daysFromCivil, daysInMonth, O, SysError } from "../../kernel/sys.ts";
import { type Instant, parseDate, splitZonePrefix } from "../kit/date-parse.ts";
import { type Io, flag, gnu, reason, text, word } from "../kit/gnu.ts";
import { civilAt } from "../kit/time-format.ts";
import { UTC, type Zone, epochOfLocal, readZone } from "../kit/zones.ts";

/** 64 bits of seconds, as far as a number holds microseconds */
const MAX_SECONDS = Number.MAX_SAFE_INTEGER;

export default gnu({
  name: "touch",
  summary: "set the access and modification times of files, or create empty ones",
  synopsis: ["[OPTION]... FILE..."],
  description: ["Both times of each FILE are set to now, unless options say otherwise. A FILE that does not exist is created empty (not with -c or -h). - stands for the file that is open as standard output."],
  options: {
    access: flag(["-a"], "set only the access time"),
    noCreate: flag(["-c", "--no-create"], "do not create missing files"),
    date: text(["-d", "--date"], "STRING", "use the time that STRING means, in the manner of date -d"),
    ignored: flag(["-f"], "(ignored)"),
    noDereference: flag(["-h", "--no-dereference"], "set the times of a symbolic link itself, not of what it leads to"),
    modification: flag(["-m"], "set only the modification time"),
    reference: text(["-r", "--reference"], "FILE", "use the times of FILE"),
    stamp: text(["-t"], "STAMP", "use the time written as [[CC]YY]MMDDhhmm[.ss]"),
    time: word(["--time"], "WORD", [["atime", "access", "use"], ["mtime", "modify"]], "WORD says which time to set: access, atime or use (as -a), modify or mtime (as -m)"),
  },
  operands: "files",
  *run({ options, operands, sys }, io: Io) {
    const access = options.access || options.time === "atime";
    const modification = options.modification || options.time === "mtime";
    const nowUs = sys.clockUs("realtime");
    // "now" in both is allowed to whoever may write the file
    const usesNow = options.stamp === undefined && options.date === undefined && options.reference === undefined;
    let accessUs = nowUs;
    let modificationUs = nowUs;
    // the time of now has no zone
    const zone = usesNow ? UTC : yield* readZone(sys);
    const stamped = options.stamp === undefined ? undefined : posixStamp(options.stamp, zone, Math.floor(nowUs / 1e6));
    if (options.stamp !== undefined && stamped === undefined) io.die(`invalid date format ${io.quote(options.stamp)}`);
    if (stamped !== undefined && (options.date !== undefined || options.reference !== undefined)) io.usage("cannot specify times from more than one source");
    if (options.reference !== undefined) {
      try {
        const stat = options.noDereference ? sys.lstat(options.reference) : sys.stat(options.reference);
        accessUs = stat.atimeUs;
        modificationUs = stat.mtimeUs;
      } catch (error) {
        io.die(`failed to get attributes of ${io.quoteName(options.reference)}: ${reason(error)}`);
      }
    }
    if (options.date !== undefined) {
      const { tz, rest } = splitZonePrefix(options.date);
      const dateZone = tz === undefined ? zone : yield* readZone(sys, tz);
      const parse = (baseUs: number): number => {
        const base: Instant = { epochSeconds: Math.floor(baseUs / 1e6), nanoseconds: (baseUs - Math.floor(baseUs / 1e6) * 1e6) * 1000 };
        const instant = parseDate(rest, dateZone, base);
        if (!instant || Math.abs(instant.epochSeconds) > MAX_SECONDS) io.die(`invalid date format ${io.quote(options.date ?? "")}`);
        return instant.epochSeconds * 1e6 + Math.floor(instant.nanoseconds / 1000);
      };
      const [fromAccess, fromModification] = [parse(accessUs), parse(modificationUs)];
      accessUs = fromAccess;
      modificationUs = fromModification;
    } else if (stamped !== undefined) {
      accessUs = stamped * 1e6;
      modificationUs = accessUs;
    }
    if (operands.length === 0) io.usage("missing file operand");
    const newAccess = modification && !access ? undefined : usesNow ? "now" : accessUs;
    const newModification = access && !modification ? undefined : usesNow ? "now" : modificationUs;
    for (const name of operands) {
      const path = name === "-" ? "/proc/self/fd/1" : name;
      let refused: SysError | undefined;
      try {
        if (!options.noCreate && !options.noDereference && name !== "-") {
          try {
            sys.close(yield* sys.open(path, O.WRONLY | O.CREAT | O.NONBLOCK | O.NOCTTY, 0o666));
          } catch (error) {
            if (!(error instanceof SysError)) throw error;
            refused = error;
          }
        }
        sys.utimes(path, newAccess, newModification, !options.noDereference);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        // a directory may not be opened for writing, but may well be touched: what the second call says counts
        if (refused && refused.errno !== "EISDIR" && refused.errno !== "EINVAL") yield* io.fail(`cannot touch ${io.quoteName(name)}: ${refused.message}`);
        else if ((error.errno !== "ENOENT" && error.errno !== "ENOTDIR") || !options.noCreate) yield* io.fail(`setting times of ${io.quoteName(name)}: ${error.message}`);
      }
    }
  },
});

/** [[CC]YY]MMDDhhmm[.ss] (touch -t). */
export function posixStamp(stamp: string, zone: Zone, now: number): number | undefined {
  const match = /^(\d{2})?(\d{2})?(\d{2})(\d{2})(\d{2})(\d{2})(?:\.(\d{2}))?$/.exec(stamp);
  if (!match) return undefined;
  const digits = stamp.split(".")[0]?.length ?? 0;
  const fields = match.slice(3).map((field) => Number(field ?? 0));
  const [month = 0, day = 0, hour = 0, minute = 0, second = 0] = fields;
  let year = civilAt(zone, now).year;
  if (digits === 12) year = Number(stamp.slice(0, 4));
  else if (digits === 10) {
    const short = Number(stamp.slice(0, 2));
    year = short + (short < 69 ? 2000 : 1900);
  }
  const days = daysFromCivil(year, month, day);
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month) || hour > 23 || minute > 59 || second > 60) return undefined;
  return epochOfLocal(zone, days * 86400 + hour * 3600 + minute * 60 + second);
}
