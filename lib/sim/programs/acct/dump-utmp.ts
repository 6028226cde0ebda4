// dump-utmp: the records of logins in readable form (dump-utmp(8), GNU Accounting Utilities 6.6.4).

import { flag, type Io, program, text, unsimulated } from "../kit/program.ts";
import { withHelp } from "../kit/program.ts";
import { civilAt, strftime } from "../kit/time-format.ts";
import { readUtmp } from "../kit/utmp.ts";
import { readZone } from "../kit/zones.ts";

export default withHelp(program(
  {
    name: "dump-utmp", path: "/usr/sbin/dump-utmp", manSection: 8, summary: "the records of logins as they are", synopsis: ["[OPTION]... FILE..."], operands: "files", seeAlso: ["ac(1)", "last(1)", "utmp(5)"],
    options: [flag(["-r", "--reverse"], "the last record first"), text(["-n", "--num"], "NUM", "so many records"), unsimulated(["-R", "--raw"], "copy the records", "Records are shown as text."), flag(["-h", "--help"], "show this help")],
  },
  function* (sys, argv, io: Io) {
    const files: string[] = [];
    let reversed = false;
    let most = Number.POSITIVE_INFINITY;
    let wrong = false;
    for (let at = 1; at < argv.length; at++) {
      const word = argv[at] ?? "";
      if (word === "-r" || word === "--reverse") reversed = true;
      else if (word === "-n" || word === "--num") most = Number(argv[++at] ?? 0);
      else if (word.startsWith("-")) wrong = true;
      else files.push(word);
    }
    if (wrong || files.length === 0) {
      yield* io.stderr(`Usage: ${io.argv0} [-hrR] [-n <recs>] <files>\n          [--num <recs>] [--raw] [--reverse] [--help]\n\nThe system's default login accounting file is /var/log/wtmp.\n`);
      return 1;
    }
    const zone = yield* readZone(sys);
    for (const file of files) {
      const records = yield* readUtmp(sys, file);
      for (const record of (reversed ? [...records].reverse() : records).slice(0, most)) {
        io.out.put(`${[record.user.padEnd(32), record.line.padEnd(32), String(record.type), record.id.padEnd(4), String(record.pid).padStart(5), record.host.padEnd(256), strftime("%a %b %e %H:%M:%S %Y", civilAt(zone, Math.floor(record.timeUs / 1e6)))].join("|")}\n`);
      }
    }
    return 0;
  },
));
