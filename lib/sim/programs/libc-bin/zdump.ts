// zdump: the time in zones, or when their clocks change (zdump(8)). The rule of today holds for all years here.
import { daysFromCivil } from "../../kernel/sys.ts";
import { flag, text } from "../kit/option.ts";
import { type Io, program } from "../kit/program.ts";
import { civilAt, strftime } from "../kit/time-format.ts";
import { offsetAt, readZone, transitionsOf, UTC } from "../kit/zones.ts";

const usage = (name: string): string => `${name}: usage: ${name} OPTIONS TIMEZONE ...\nOptions include:\n  -c [L,]U   From the year L (-500) until the year U (2500)\n  -t [L,]U   The same, L and U being seconds since 1970\n  -i         Only the changes, in short\n  -v         The changes, and the ends of time\n  -V         The changes\n  --help     Show this help\n  --version  Show the version\n\nReport bugs to <http://www.debian.org/Bugs/>.\n`;

export default program(
  { name: "zdump", manSection: 8, summary: "timezone dumper", synopsis: ["[OPTIONS] TIMEZONE..."], operands: "none", options: [text(["-c"], "[L,]U", "from the year L until the year U"), text(["-t"], "[L,]U", "from the time L until the time U"), flag(["-i"], "list transitions briefly"), flag(["-v"], "list transitions, and the ends of time"), flag(["-V"], "list transitions"), flag(["--help"], "show the usage"), flag(["--version"], "show the version")] },
  function* (sys, argv, io: Io) {
    const zones: string[] = [];
    let [verbose, ends] = [false, false];
    let [low, high] = [1970, 2038];
    const args = argv.slice(1);
    for (let at = 0; at < args.length; at++) {
      const word = args[at] ?? "";
      if (word === "--help") {
        io.out.put(usage("zdump"));
        return 0;
      }
      if (word === "--version") {
        io.out.put("zdump (Debian GLIBC 2.36-9+deb12u14) 2.36\n");
        return 0;
      }
      if (word === "-c" || word === "-t") {
        const bounds = (args[++at] ?? "").split(",").map(Number);
        if (word === "-c") [low, high] = bounds.length > 1 ? [Math.max(1970, bounds[0] ?? 1970), bounds[1] ?? 2038] : [1970, bounds[0] ?? 2038];
      } else if (/^-[viV]+$/.test(word)) {
        verbose = true;
        ends ||= word.includes("v");
      } else if (word.startsWith("-")) {
        yield* io.stderr(usage(io.argv0));
        return 1;
      } else zones.push(word);
    }
    const width = Math.max(0, ...zones.map((zone) => zone.length));
    const now = Math.floor(sys.clockUs("realtime") / 1e6);
    for (const name of zones) {
      const zone = yield* readZone(sys, name);
      const known = name.startsWith("/") || zone !== UTC || /^(?:Etc\/)?(?:UTC|UCT|Zulu|Universal)$/.test(name);
      const local = (seconds: number): string => `${strftime("%a %b %e %H:%M:%S %Y", civilAt(zone, seconds))} ${known ? offsetAt(zone, seconds).abbreviation : "UTC"}`;
      if (!verbose) {
        io.out.put(`${name.padEnd(width)}  ${local(now)}\n`);
        continue;
      }
      if (ends) io.out.put(`${name.padEnd(width)}  -9223372036854775808 = NULL\n${name.padEnd(width)}  -9223372036854689408 = NULL\n`);
      const [from, to] = [daysFromCivil(low, 1, 1) * 86_400, daysFromCivil(high, 1, 1) * 86_400];
      for (const { at } of transitionsOf(zone, low, high)) {
        if (at < from || at >= to) continue;
        if (sys.charge(10)) yield* sys.preempt();
        for (const seconds of [at - 1, at]) {
          const { summer, offsetSeconds } = offsetAt(zone, seconds);
          io.out.put(`${name.padEnd(width)}  ${strftime("%a %b %e %H:%M:%S %Y", civilAt(UTC, seconds))} UT = ${local(seconds)} isdst=${summer ? 1 : 0} gmtoff=${offsetSeconds}\n`);
        }
      }
      if (ends) io.out.put(`${name.padEnd(width)}  9223372036854689407 = NULL\n${name.padEnd(width)}  9223372036854775807 = NULL\n`);
    }
    return 0;
  },
);
