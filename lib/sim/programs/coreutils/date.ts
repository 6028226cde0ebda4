import { S, daysFromCivil, daysInMonth, SysError } from "../../kernel/sys.ts";
import { DateNotes, dateText, timeText, zoneText } from "../kit/date-debug.ts";
import { parseDate, splitZonePrefix } from "../kit/date-parse.ts";
import { type Io, flag, gnu, optionalWord, reason, text, texts, word } from "../kit/gnu.ts";
import { textOfLatin1 } from "../kit/latin1.ts";
import { type Civil, civilAt, civilAtUs, strftime, timeLocale } from "../kit/time-format.ts";
import { UTC, type Zone, epochOfLocal, readZone } from "../kit/zones.ts";

const ISO = new Map([["hours", "%Y-%m-%dT%H%:z"], ["minutes", "%Y-%m-%dT%H:%M%:z"], ["date", "%Y-%m-%d"], ["seconds", "%Y-%m-%dT%H:%M:%S%:z"], ["ns", "%Y-%m-%dT%H:%M:%S,%N%:z"]]);

/** In English in every locale. */
const EMAIL = "%a, %d %b %Y %H:%M:%S %z";

export default gnu({
  name: "date",
  summary: "show the system's date and time, or set them",
  synopsis: ["[OPTION]... [+FORMAT]", "[-u|--utc|--universal] [MMDDhhmm[[CC]YY][.ss]]"],
  description: [
    "FORMAT: %a %A weekday; %b %B month; %c date and time; %C century; %d day; %D = %m/%d/%y; %e day with a space; %F = %Y-%m-%d; %g %G ISO year; %h = %b; %H hour; %I hour 01..12; %j day of year; %k %l hours with a space; %m month; %M minute; %n newline; %N nanoseconds; %p %P AM or PM; %q quarter; %r %R %T times; %s seconds since the epoch; %S second; %t tab; %u %w day of week; %U %V %W week numbers; %x %X locale's date and time; %y %Y year; %z %:z %::z %:::z numeric zone; %Z zone name.",
    "Flags after %: - (no padding), _ (spaces), 0 (zeros), + (zeros, and + before years of more than 4 digits), ^ (upper case), # (opposite case); then a field width; then E or O.",
  ],
  options: {
    date: text(["-d", "--date"], "STRING", "show the time that STRING means, such as \"2 days ago\", instead of now"),
    debug: flag(["--debug"], "explain on standard error how the date was understood, and what is doubtful"),
    file: text(["-f", "--file"], "DATEFILE", "do what -d does for every line of DATEFILE"),
    iso: optionalWord(["-I", "--iso-8601"], "FMT", [["hours"], ["minutes"], ["date"], ["seconds"], ["ns"]], "in the form of ISO 8601, as precise as FMT says: date (the default), hours, minutes, seconds or ns"),
    resolution: flag(["--resolution"], "print the precision of the clock, in seconds"),
    email: flag(["-R", "--rfc-email", "--rfc-822", "--rfc-2822"], "in the form of mail headers (RFC 5322), such as Mon, 14 Aug 2006 02:34:56 -0600"),
    rfc3339: word(["--rfc-3339"], "FMT", [["date"], ["seconds"], ["ns"]], "in the form of RFC 3339, as precise as FMT says: date, seconds or ns"),
    reference: text(["-r", "--reference"], "FILE", "show when FILE was last modified"),
    set: texts(["-s", "--set"], "STRING", "set the clock to the time that STRING means"),
    utc: flag(["-u", "--utc", "--universal", "--uct"], "in UTC instead of the local time zone"),
  },
  parsing: { longOrder: "date debug file iso-8601 reference resolution rfc-email rfc-822 rfc-2822 rfc-3339 set uct utc universal help version" },
  operands: "none",
  seeAlso: ["timedatectl(1)", "strftime(3)"],
  *run({ options, operands, given, sys }, io: Io) {
    const sources = [options.date, options.file, options.reference, options.resolution ? "" : undefined].filter((one) => one !== undefined).length;
    if (sources > 1) io.usage("the options to specify dates for printing are mutually exclusive");
    const set = options.set.at(-1);
    if (set !== undefined && sources > 0) io.usage("the options to print and set the time may not be used together");
    let format: string | undefined;
    for (const { option, argument } of given) {
      let next: string | undefined;
      if (option === "iso") next = ISO.get(["hours", "minutes", "date", "seconds", "ns"].find((one) => one.startsWith(argument ?? "date")) ?? "date");
      else if (option === "email") next = EMAIL;
      else if (option === "rfc3339") next = options.rfc3339 === "date" ? "%Y-%m-%d" : options.rfc3339 === "seconds" ? "%Y-%m-%d %H:%M:%S%:z" : "%Y-%m-%d %H:%M:%S.%N%:z";
      if (next === undefined) continue;
      if (format !== undefined) io.die("multiple output formats specified");
      format = next;
    }
    let [first, second] = operands;
    if (second !== undefined) io.usage(`extra operand ${io.quote(second)}`);
    if (first?.startsWith("+")) {
      if (format !== undefined) io.die("multiple output formats specified");
      format = first.slice(1);
      first = undefined;
    } else if (first !== undefined && (set !== undefined || sources > 0)) {
      yield* io.warn(`the argument ${io.quote(first)} lacks a leading '+';\nwhen using an option to specify date(s), any non-option\nargument must be a format string beginning with '+'`);
      io.usage();
    }
    format ??= options.resolution ? "%s.%N" : (timeLocale(sys)?.withZone ?? "%a %b %e %H:%M:%S %Z %Y");
    const zone: Zone = options.utc ? UTC : yield* readZone(sys);
    const nowUs = sys.clockUs("realtime");
    const now = { epochSeconds: Math.floor(nowUs / 1e6), nanoseconds: Math.round(nowUs - Math.floor(nowUs / 1e6) * 1e6) * 1000 };
    const shown = format;
    const locale = timeLocale(sys);
    const show = (civil: Civil): string => {
      // tm_year is an int
      if (civil.year > 2_147_483_647 + 1900) io.die(`time ${io.quote(String(civil.epochSeconds))} is out of range`);
      return strftime(shown, civil, format === EMAIL ? undefined : locale) + "\n";
    };
    const debugged = function* (tz: string | undefined, rest: string) {
      const notes = new DateNotes();
      const ofEnvironment = options.utc ? "UTC0" : sys.environment.get("TZ");
      const source = ofEnvironment === undefined ? "system default" : `TZ="${ofEnvironment}" environment value${ofEnvironment === "UTC0" ? " or -u" : ""}`;
      const own = tz === undefined ? zone : yield* readZone(sys, tz);
      const instant = parseDate(rest, own, now, { notes, inputZone: tz === undefined ? source : `TZ="${tz}" in date string` });
      if (instant === undefined) notes.note("error: parsing failed");
      else {
        const outer = tz ?? ofEnvironment;
        notes.note(`timezone: ${outer === "UTC0" ? "Universal Time" : outer === undefined ? "system default" : `TZ="${outer}" environment value`}`);
        notes.note(`final: ${instant.epochSeconds}.${String(instant.nanoseconds).padStart(9, "0")} (epoch-seconds)`);
        for (const [place, offset] of [[UTC, ""], [own, zoneText(civilAt(own, instant.epochSeconds).offsetSeconds)]] as const) {
          const at = civilAt(place, instant.epochSeconds);
          notes.note(`final: ${dateText(at.year, at.month, at.day)} ${timeText(at.hour, at.minute, at.second)} (UTC${offset})`);
        }
        notes.note(`output format: ${io.quote(shown)}`);
      }
      for (const line of notes.lines) yield* io.warn(line);
      return instant && civilAt(zone, instant.epochSeconds, instant.nanoseconds);
    };
    const parse = function* (spec: string) {
      const { tz, rest } = splitZonePrefix(spec);
      if (options.debug) return yield* debugged(tz, rest);
      const instant = parseDate(rest, tz === undefined ? zone : yield* readZone(sys, tz), now);
      return instant && civilAt(zone, instant.epochSeconds, instant.nanoseconds);
    };
    if (options.file !== undefined) {
      let lines: readonly string[];
      try {
        const input = yield* io.open(options.file);
        // what cannot be read ends the list
        lines = (sys.fstat(input.fd).mode & S.IFMT) === S.IFDIR ? [] : (yield* input.all()).split("\n");
        io.close(input);
      } catch (error) {
        io.die(`${io.quoteFile(options.file)}: ${reason(error)}`);
      }
      for (const [index, line] of lines.entries()) {
        if (line === "" && index === lines.length - 1) continue;
        const civil = yield* parse(textOfLatin1(line));
        if (civil) io.out.put(show(civil));
        else yield* io.fail(`invalid date ${io.quote(textOfLatin1(line))}`);
      }
      return;
    }
    if (first !== undefined || set !== undefined) {
      let civil: Civil | undefined;
      if (first !== undefined) {
        const epoch = posixDate(first, zone, now.epochSeconds);
        civil = epoch === undefined ? undefined : civilAt(zone, epoch);
      } else civil = yield* parse(set ?? "");
      if (!civil) io.die(`invalid date ${io.quote(first ?? set ?? "")}`);
      try {
        sys.setClockUs(civil.epochSeconds * 1e6 + Math.floor(civil.nanoseconds / 1000));
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* io.fail(`cannot set date: ${error.message}`);
      }
      io.out.put(show(civil));
      return;
    }
    let civil: Civil | undefined;
    if (options.reference !== undefined) {
      try {
        civil = civilAtUs(zone, sys.stat(options.reference).mtimeUs);
      } catch (error) {
        io.die(`${io.quoteFile(options.reference)}: ${reason(error)}`);
      }
    } else if (options.resolution) civil = civilAt(UTC, 0, 1);
    else if (options.date !== undefined) {
      civil = yield* parse(options.date);
      if (!civil) io.die(`invalid date ${io.quote(options.date)}`);
    } else civil = civilAt(zone, now.epochSeconds, now.nanoseconds);
    io.out.put(show(civil));
  },
});

/** MMDDhhmm[[CC]YY][.ss] */
function posixDate(text: string, zone: Zone, now: number): number | undefined {
  const match = /^(\d{2})(\d{2})(\d{2})(\d{2})(\d{2}|\d{4})?(?:\.(\d{2}))?$/.exec(text);
  if (!match) return undefined;
  const [month = 0, day = 0, hour = 0, minute = 0] = match.slice(1, 5).map(Number);
  let year = civilAt(zone, now).year;
  if (match[5]?.length === 4) year = Number(match[5]);
  else if (match[5] !== undefined) year = Number(match[5]) + (Number(match[5]) < 69 ? 2000 : 1900);
  const second = Number(match[6] ?? 0);
  const days = daysFromCivil(year, month, day);
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month) || hour > 23 || minute > 59 || second > 60) return undefined;
  return epochOfLocal(zone, days * 86400 + hour * 3600 + minute * 60 + second);
}
