// ts: each line with the time in front, or with -r times in the lines as times ago.

import { encode } from "../../kernel/sys.ts";
import { parseDate } from "../kit/date-parse.ts";
import { flag, type Io, program } from "../kit/program.ts";
import { civilAtUs, strftime, timeLocale } from "../kit/time-format.ts";
import { readZone, UTC } from "../kit/zones.ts";
import { relativeTime } from "./_relative-time.ts";

/** The forms of a time that -r finds in a line. */
const TIMES = /\b(\d\d[-\s/]\w\w\w(?:\/\d\d+)?[\s:]\d\d:\d\d(?::\d\d)?(?:\s+[+-]\d\d\d\d)?|\w{3}\s+\d{1,2}\s+\d\d:\d\d:\d\d|\d\d\d\d[-:]\d\d[-:]\d\dT\d\d:\d\d:\d\d.\d+Z?|(?:\w\w\w,?\s+)?\d+\s+\w\w\w\s+\d\d+\s+\d\d:\d\d:\d\d(?:\s+\w\w\w|\s[+-]\d\d\d\d)?|\w\w\w\s+\w\w\w\s+\d\d\s+\d\d:\d\d)\b/g;

export default program(
  {
    name: "ts", summary: "put the time in front of each line", synopsis: ["[-r] [-i | -s] [-m] [FORMAT]"], operands: "none", showsHelp: true,
    options: [flag(["-r"], "times that stand in the lines become times ago, or FORMAT"), flag(["-i"], "the time since the line before"), flag(["-s"], "the time since the start"), flag(["-m"], "the clock that nobody sets")],
    description: ["FORMAT is strftime(3)'s, \"%b %d %H:%M:%S\" unless given, with -i or -s \"%H:%M:%S\". %.S, %.s and %.T have microseconds."],
  },
  function* (sys, argv, io: Io) {
    const given = new Set<string>();
    const operands: string[] = [];
    let wrong = false;
    for (let at = 1; at < argv.length; at++) {
      const word = argv[at] ?? "";
      if (word === "--") {
        operands.push(...argv.slice(at + 1));
        break;
      }
      if (!word.startsWith("-") || word === "-") operands.push(word);
      else if (/^--?[rism]$/.test(word)) given.add(word.slice(-1));
      else {
        yield* io.stderr(`Unknown option: ${word.replace(/^--?/, "")}\n`);
        wrong = true;
      }
    }
    if (wrong) {
      yield* io.stderr("usage: ts [-r] [-i | -s] [-m] [format]\n");
      return 255;
    }
    const elapsed = given.has("i") || given.has("s");
    const zone = elapsed ? UTC : yield* readZone(sys);
    const format = operands[0] ?? (elapsed ? "%H:%M:%S" : "%b %d %H:%M:%S");
    const locale = timeLocale(sys);
    const fine = /%\.[SsT]/.test(format) || given.has("m");
    const clock = given.has("m") ? "monotonic" : "realtime";
    const shiftUs = given.has("m") ? Math.floor(sys.clockUs("realtime") / 1e6) * 1e6 - Math.floor(sys.clockUs("monotonic") / 1e6) * 1e6 : 0;
    const now = (): number => (fine ? sys.clockUs(clock) + shiftUs : Math.floor(sys.clockUs("realtime") / 1e6) * 1e6);
    let lastUs = now();
    const atTime = (us: number): string => strftime(format.replace(/%\.([SsT])/g, (_, letter: string) => `%${letter}.${String(us % 1e6).padStart(6, "0")}`), civilAtUs(zone, us), locale);
    for (;;) {
      const lines = yield* io.stdin.lines();
      if (lines.length === 0) break;
      for (const [index, line] of lines.entries()) {
        const end = io.stdin.unterminated && index === lines.length - 1 ? "" : "\n";
        if (given.has("r")) io.out.putLatin1(line.replace(TIMES, (text) => moved(text)) + end);
        else {
          const us = now();
          io.out.putBytes(encode(`${atTime(elapsed ? us - lastUs : us)} `));
          io.out.putLatin1(line + end);
          if (given.has("i")) lastUs = us;
        }
      }
      yield* io.out.flush();
    }
    return 0;

    function moved(text: string): string {
      const nowUs = sys.clockUs("realtime");
      // "21 dec/93" as "21 dec 93"
      const instant = parseDate(text.replace(/^(\d\d)[-\s/](\w\w\w)\/(\d+)/, "$1 $2 $3"), zone, { epochSeconds: Math.floor(nowUs / 1e6), nanoseconds: 0 });
      if (instant === undefined) return text;
      return operands.length > 0 ? strftime(format, civilAtUs(zone, instant.epochSeconds * 1e6), locale) : relativeTime(Math.floor(nowUs / 1e6) - instant.epochSeconds);
    }
  },
);
