// dmesg: the kernel's ring of messages, from /dev/kmsg or from a file of the old format (dmesg(1) of util-linux 2.38.1).
import { type Blocking, O, POLL, type Sys, SysError } from "../../kernel/sys.ts";
import { parseDate } from "../kit/date-parse.ts";
import { execSearching } from "../kit/exec-path.ts";
import { type KernelRingRecord, parseKernelRecord } from "../kit/kernel-ring-record.ts";
import { readSystemTimes } from "../kit/processes.ts";
import { type Civil, civilAtUs, strftime } from "../kit/time-format.ts";
import { type Io, flag, optionalText, text, utilLinux } from "../kit/util-linux.ts";
import { type Zone, readZone } from "../kit/zones.ts";

const LEVELS = ["emerg", "alert", "crit", "err", "warn", "notice", "info", "debug"];
const FACILITIES = ["kern", "user", "mail", "daemon", "auth", "syslog", "lpr", "news"];

const MEANINGS: readonly (readonly [string, string])[] = [["kern", "of the kernel"], ["user", "of users' programs"], ["mail", "of the mail system"], ["daemon", "of daemons"], ["auth", "about security and logins"], ["syslog", "of the log daemon itself"], ["lpr", "of the printers"], ["news", "of the news system"]];
const URGENCIES: readonly (readonly [string, string])[] = [["emerg", "nothing works any more"], ["alert", "somebody must act at once"], ["crit", "critical"], ["err", "an error"], ["warn", "a warning"], ["notice", "normal, but worth a look"], ["info", "for information"], ["debug", "for those who debug"]];

type TimeFormat = "time" | "time-delta" | "delta" | "reltime" | "ctime" | "ctime-delta" | "none" | "iso";
const TIME_FORMATS: ReadonlyMap<string, TimeFormat> = new Map([["delta", "delta"], ["reltime", "reltime"], ["ctime", "ctime"], ["notime", "none"], ["iso", "iso"]]);

interface LogRecord {
  readonly level: number;
  readonly facility: number;
  readonly timeUs: number;
  readonly message: string;
  /** as --raw shows it */
  readonly priority: number;
}

interface Look {
  readonly format: TimeFormat;
  readonly colour: boolean;
  readonly raw: boolean;
  readonly decode: boolean;
  readonly forcePrefix: boolean;
  readonly escape: boolean;
  readonly bootUs: number;
  readonly zone: Zone;
}

const GREEN = "\x1b[32m";
const BROWN = "\x1b[33m";
const BOLD = "\x1b[1m";
const RED = "\x1b[31m";
const REVERSE = "\x1b[7m";
const HALF_BRIGHT = "\x1b[2m";
const RESET = "\x1b[0m";
const LEVEL_COLOURS: ReadonlyMap<number, string> = new Map([[1, `${REVERSE}${RED}`], [2, `${BOLD}${RED}`], [3, RED], [4, BOLD]]);

const stamp = (us: number): string => `${String(Math.floor(us / 1e6)).padStart(5)}.${String(us % 1e6).padStart(6, "0")}`;

/** Up to the first colon that a space follows, with both. */
function subsystemOf(message: string): string {
  return /^(?:[^:]|:(?!\s))*:\s/.exec(message)?.[0] ?? "";
}

class Printer {
  readonly #look: Look;
  #lastUs: number | undefined;
  #lastBreak: Civil | undefined;

  constructor(look: Look) {
    this.#look = look;
  }

  line({ level, facility, timeUs, message, priority }: LogRecord): string {
    const { decode: decoded, raw, forcePrefix } = this.#look;
    const deltaSeconds = this.#lastUs === undefined || this.#lastUs === 0 ? 0 : (timeUs - this.#lastUs) / 1e6;
    this.#lastUs = timeUs;
    const time = raw ? `<${priority}>[${stamp(timeUs)}] ` : this.#time(timeUs, deltaSeconds);
    const names = decoded && !raw && FACILITIES[facility] !== undefined ? `${(FACILITIES[facility] ?? "").padEnd(6)}:${(LEVELS[level] ?? "").padEnd(6)}: ` : "";
    const head = names + time;
    const indent = forcePrefix ? head : " ".repeat(names.length + time.replace(/\x1b\[\d+m/g, "").length);
    return `${message.split("\n").map((part, at) => (at === 0 ? head : indent) + this.#text(part, level)).join("\n")}\n`;
  }

  #time(us: number, deltaSeconds: number): string {
    const { bootUs, zone, colour, format } = this.#look;
    const civil = civilAtUs(zone, bootUs + us);
    const delta = deltaSeconds.toFixed(6).padStart(12);
    let shown = "";
    let broken = false;
    switch (format) {
      case "none": return "";
      case "time": shown = `[${stamp(us)}] `; break;
      case "time-delta": shown = `[${stamp(us)} <${delta}>] `; break;
      case "delta": shown = `[<${delta}>] `; break;
      case "ctime": shown = `[${strftime("%a %b %e %H:%M:%S %Y", civil)}] `; break;
      case "ctime-delta": shown = `[${strftime("%a %b %e %H:%M:%S %Y", civil)} <${delta}>] `; break;
      case "iso": shown = `${strftime("%Y-%m-%dT%H:%M:%S", civil)},${String(us % 1e6).padStart(6, "0")}${strftime("%:z", civil)} `; break;
      case "reltime": {
        const last = this.#lastBreak;
        broken = last === undefined || last.minute !== civil.minute || last.hour !== civil.hour || last.day !== civil.day;
        if (broken) this.#lastBreak = civil;
        const ahead = `${deltaSeconds < 0 ? "-" : "+"}${Math.abs(deltaSeconds).toFixed(6)}`;
        shown = broken ? `[${strftime("%b%e %H:%M", civil)}] ` : deltaSeconds < 10 ? `[  ${ahead.padStart(8)}] ` : `[ ${ahead.padStart(9)}] `;
      }
    }
    return colour ? `${GREEN}${broken ? BOLD : ""}${shown}${RESET}` : shown;
  }

  #text(line: string, level: number): string {
    const { escape, colour, raw } = this.#look;
    const shown = escape ? line.replace(/[\0-\x08\x0b-\x1f\x7f]/g, (control) => `\\x${control.charCodeAt(0).toString(16).padStart(2, "0")}`) : line;
    if (!colour || raw) return shown;
    const subsystem = subsystemOf(shown);
    const rest = shown.slice(subsystem.length);
    const tint = LEVEL_COLOURS.get(level) ?? (rest.includes("segfault at") ? `${HALF_BRIGHT}${RED}` : "");
    return `${subsystem === "" ? "" : `${BROWN}${subsystem}${RESET}`}${tint}${rest}${tint === "" ? "" : RESET}`;
  }
}

function logRecord({ priority, timeUs, text: message }: KernelRingRecord): LogRecord {
  // --raw: LOG_MAKEPRI of <sys/syslog.h> does not shift the facility
  return { level: priority & 7, facility: priority >> 3, priority: (priority & 7) | (priority >> 3), timeUs, message };
}

/** "<6>[    1.500000] text" of a file. */
function parseLine(line: string): LogRecord {
  const [, priority = "-1", seconds = "0", fraction = "0", message = line] = /^(?:<(\d+)>)?(?:\[\s*(\d+)\.(\d+)\] ?)?(.*)$/.exec(line) ?? [];
  const number = Number(priority);
  return { level: number < 0 ? -1 : number & 7, facility: number < 0 ? -1 : number >> 3, priority: number, timeUs: Number(seconds) * 1e6 + Number(fraction), message };
}

function listOf(io: Io, kind: "level" | "facility", names: readonly string[], list: string | undefined): ReadonlySet<number> | undefined {
  if (list === undefined) return undefined;
  const found = new Set<number>();
  const words = list.split(",");
  for (const [at, word] of words.entries()) {
    const index = /^\d+$/.test(word) ? (names[Number(word)] === undefined ? -1 : Number(word)) : names.indexOf(word.toLowerCase());
    if (index < 0) io.die(`unknown ${kind} '${words.slice(at).join(",")}'`);
    found.add(index);
  }
  return found;
}

/** Where standard output goes to a terminal: into $PAGER, or less as --human wants it. */
function* paged(sys: Sys, write: () => Blocking<number>, io: Io): Blocking<number> {
  const [readEnd, writeEnd] = sys.pipe();
  const pager = sys.environment.get("PAGER") || "less";
  const pid = sys.fork(function* (child) {
    child.dup2(readEnd, 0);
    child.close(readEnd);
    child.close(writeEnd);
    const environment = new Map(child.environment);
    if (!environment.has("LESS")) environment.set("LESS", "FRSX");
    yield* execSearching(child, "sh", ["sh", "-c", pager], environment);
    return 127;
  });
  sys.close(readEnd);
  const saved = sys.dup(1);
  sys.dup2(writeEnd, 1);
  sys.close(writeEnd);
  const status = yield* write();
  yield* io.out.flush();
  sys.dup2(saved, 1);
  sys.close(saved);
  yield* sys.waitpid(pid);
  return status;
}

function control(io: Io, failure: string, run: () => number): number {
  try {
    return run();
  } catch (error) {
    if (error instanceof SysError) io.die(`${failure} failed: ${error.message}`);
    throw error;
  }
}

const ACTIONS = new Map([["clear", "--clear"], ["consoleOff", "--console-off"], ["consoleOn", "--console-on"], ["readClear", "--read-clear"], ["consoleLevel", "--console-level"], ["raw", "--raw"]]);
/** Pairs of groups that exclude each other, in the words of optutils.h. */
const EXCLUSIONS: readonly ReadonlyMap<string, string>[] = [ACTIONS, new Map([["follow", "--follow"], ["readClear", "--read-clear"], ["clear", "--clear"], ["consoleOff", "--console-off"], ["consoleOn", "--console-on"], ["consoleLevel", "--console-level"]]), new Map([["raw", "--raw"], ["decode", "--decode"]]), new Map([["ctime", "--ctime"], ["raw", "--raw"]]), new Map([["raw", "--raw"], ["notime", "--notime"]])];

export default utilLinux({
  name: "dmesg", path: "/bin/dmesg", summary: "show the kernel's messages (ring buffer) or set where they go", synopsis: ["[options]"],
  options: {
    clear: flag(["-C", "--clear"], "empty the ring buffer"), readClear: flag(["-c", "--read-clear"], "empty the ring buffer after showing it"), consoleOff: flag(["-D", "--console-off"], "messages do not reach the console any more"), consoleOn: flag(["-E", "--console-on"], "messages reach the console again"), file: text(["-F", "--file"], "file", "read a file instead of the kernel's ring"),
    facility: text(["-f", "--facility"], "list", "only messages of these facilities"), human: flag(["-H", "--human"], "colours, readable times and a pager"), json: flag(["-J", "--json"], "write JSON"), kernel: flag(["-k", "--kernel"], "what the kernel wrote"), color: optionalText(["-L", "--color"], "when", "whether colours are used"),
    level: text(["-l", "--level"], "list", "only messages of these levels"), consoleLevel: text(["-n", "--console-level"], "level", "how urgent messages for the console must be"), nopager: flag(["-P", "--nopager"], "straight to the terminal, without a pager"), forcePrefix: flag(["-p", "--force-prefix"], "put the prefix before each line of a message"), raw: flag(["-r", "--raw"], "lines as they are in the buffer, with their <level>"), noescape: flag(["--noescape"], "print control characters as they are"), syslog: flag(["-S", "--syslog"], "read by syslog(2) and not from /dev/kmsg"),
    ctime: flag(["-T", "--ctime"], "times as dates"), notime: flag(["-t", "--notime"], "lines without their time"), delta: flag(["-d", "--show-delta"], "how long after the line before it came"), reltime: flag(["-e", "--reltime"], "the local time, and how long after the line before"), userspace: flag(["-u", "--userspace"], "what programs wrote"),
    follow: flag(["-w", "--follow"], "stay, and show what comes"), followNew: flag(["-W", "--follow-new"], "stay, and show only what comes from now on"), decode: flag(["-x", "--decode"], "facility and level as words"), timeFormat: text(["--time-format"], "format", "the form that times have"), size: text(["-s", "--buffer-size"], "size", "read so many bytes of the buffer at most"),
    since: text(["--since"], "time", "only what came since then"), until: text(["--until"], "time", "only what came until then"),
  },
  lists: [{ heading: "Facilities:", width: 8, words: MEANINGS, separator: " - " }, { heading: "Levels:", width: 8, words: URGENCIES, separator: " - " }],
  *run({ options, operands, given, sys }, io: Io) {
    for (const group of EXCLUSIONS) if (new Set(given.filter(({ option }) => group.has(option)).map(({ option }) => option)).size > 1) io.die(`mutually exclusive arguments: ${[...group.values()].join(" ")}`);
    const zone = yield* readZone(sys);
    const systemUs = sys.clockUs("realtime");
    const timeOf = (word: string | undefined): number | undefined => {
      if (word === undefined) return undefined;
      const parsed = parseDate(word, zone, { epochSeconds: Math.floor(systemUs / 1e6), nanoseconds: 0 });
      return parsed === undefined ? io.die(`invalid time value "${word}"`) : parsed.epochSeconds * 1e6;
    };
    const levels = listOf(io, "level", LEVELS, options.level);
    let facilities = listOf(io, "facility", FACILITIES, options.facility);
    if (options.kernel || options.userspace) facilities = new Set([...(facilities ?? []), ...(options.kernel ? [0] : []), ...(options.userspace ? [...FACILITIES.keys()].slice(1) : [])]);
    const sinceUs = timeOf(options.since);
    const untilUs = timeOf(options.until);
    let format: TimeFormat = "time";
    for (const { option, argument } of given) {
      if (option === "ctime") format = "ctime";
      else if (option === "notime") format = "none";
      else if (option === "reltime" || option === "human") format = "reltime";
      else if (option === "timeFormat") format = TIME_FORMATS.get(argument ?? "") ?? io.die(`unknown time format: ${argument ?? ""}`);
      else if (option === "consoleLevel" && !LEVELS.includes((argument ?? "").toLowerCase()) && !/^[1-8]$/.test(argument ?? "")) io.die(`unknown level '${argument ?? ""}'`);
    }
    if (options.delta) format = format === "ctime" ? "ctime-delta" : format === "none" || format === "reltime" ? "delta" : format === "time" ? "time-delta" : format;
    if (typeof options.color === "string" && !["auto", "always", "never"].includes(options.color.replace(/^=/, ""))) io.die(`unsupported color mode: '${options.color.replace(/^=/, "")}'`);
    if (operands.length > 0) io.usage("bad usage");
    if (options.raw && (options.file !== undefined || options.syslog) && (levels !== undefined || facilities !== undefined)) io.die("--raw can be used together with --level or --facility only when reading messages from /dev/kmsg");
    if (options.clear) return control(io, "clear kernel buffer", () => sys.klogctl("clear"));
    if (options.consoleOff) return control(io, "klogctl", () => sys.klogctl("console-off"));
    if (options.consoleOn) return control(io, "klogctl", () => sys.klogctl("console-on"));
    if (options.consoleLevel !== undefined) {
      const level = LEVELS.indexOf(options.consoleLevel.toLowerCase());
      return control(io, "klogctl", () => sys.klogctl(level < 0 ? Number(options.consoleLevel) : level + 1));
    }
    const when = typeof options.color === "string" ? options.color.replace(/^=/, "") : "auto";
    const pages = options.human && !options.nopager && !options.json && sys.isatty(1);
    const colour = when === "always" || (when === "auto" && sys.isatty(1) && !["dumb", "", undefined].includes(sys.environment.get("TERM")));
    const { bootEpochSeconds } = yield* readSystemTimes(sys);
    const printer = new Printer({ format, colour: colour && !options.json, raw: options.raw, decode: options.decode, forcePrefix: options.forcePrefix, escape: !options.noescape, bootUs: bootEpochSeconds * 1e6, zone });
    const wanted = ({ level, facility, timeUs }: LogRecord): boolean =>
      (levels === undefined || levels.has(level)) && (facilities === undefined || facilities.has(facility)) && (sinceUs === undefined || bootEpochSeconds * 1e6 + timeUs >= sinceUs) && (untilUs === undefined || bootEpochSeconds * 1e6 + timeUs <= untilUs);
    const objects: string[] = [];
    const put = (record: LogRecord): void => {
      if (!wanted(record)) return;
      if (options.json) objects.push(jsonOf(record, options.decode));
      else io.out.put(printer.line(record));
    };
    const write = function* (): Blocking<number> {
      if (options.file !== undefined) yield* readLines(io, options.file, put);
      else yield* readRing(sys, io, { follow: options.follow || options.followNew, onlyNew: options.followNew, put });
      if (options.json) io.out.put(`{\n   "dmesg": [\n      ${objects.length === 0 ? "\n" : `${objects.join(",")}\n`}   ]\n}\n`);
      return 0;
    };
    const status = pages ? yield* paged(sys, write, io) : yield* write();
    if (options.readClear) {
      yield* io.out.flush();
      return control(io, "clear kernel buffer", () => sys.klogctl("clear"));
    }
    return status;
  },
});

function jsonOf({ level, facility, timeUs, message }: LogRecord, decoded: boolean): string {
  const priority = decoded ? `         "fac": ${JSON.stringify(FACILITIES[facility] ?? "")},\n         "pri": ${JSON.stringify(LEVELS[level] ?? "")},\n` : `         "pri": ${facility | level},\n`;
  return `{\n${priority}         "time": ${stamp(timeUs).padStart(12)},\n         "msg": ${JSON.stringify(message)}\n      }`;
}

function* readLines(io: Io, path: string, put: (record: LogRecord) => void): Blocking<void> {
  try {
    const input = yield* io.open(path);
    for (;;) {
      const lines = yield* input.lines();
      if (lines.length === 0) break;
      for (const line of lines) put(parseLine(line));
      if (io.sys.charge(lines.length)) yield* io.sys.preempt();
    }
    io.close(input);
  } catch (error) {
    if (error instanceof SysError) io.die(`cannot open ${path}: ${error.message}`);
    throw error;
  }
}

interface Reading {
  readonly follow: boolean;
  readonly onlyNew: boolean;
  readonly put: (record: LogRecord) => void;
}

function* readRing(sys: Sys, io: Io, { follow, onlyNew, put }: Reading): Blocking<void> {
  let fd: number;
  try {
    fd = yield* sys.open("/dev/kmsg", O.RDONLY | O.NONBLOCK);
  } catch (error) {
    if (error instanceof SysError) io.die(`read kernel buffer failed: ${error.errno === "EACCES" ? "Operation not permitted" : error.message}`);
    throw error;
  }
  let first = 0;
  try {
    first = sys.klogctl("first");
  } catch (error) {
    // where everybody may read the ring, its mark stays the administrator's
    if (!(error instanceof SysError)) throw error;
  }
  let skip = onlyNew;
  for (;;) {
    try {
      const bytes = yield* sys.read(fd, 8192);
      if (bytes.length === 0) break;
      const record = parseKernelRecord(bytes);
      if (record !== undefined && !skip && record.sequence >= first) put(logRecord(record));
      if (io.out.full) yield* io.out.flush();
      if (sys.charge(2)) yield* sys.preempt();
    } catch (error) {
      if (!(error instanceof SysError) || (error.errno !== "EAGAIN" && error.errno !== "EPIPE")) throw error;
      // EPIPE: lines were overwritten before they were read; the next read gives the oldest that is left
      if (error.errno === "EPIPE") continue;
      if (!follow) break;
      skip = false;
      yield* io.out.flush();
      yield* sys.poll([{ fd, events: POLL.IN }], null);
    }
  }
  sys.close(fd);
}
