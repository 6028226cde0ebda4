// dump-acct: the records of process accounting in readable form (dump-acct(8), GNU Accounting Utilities 6.6.4).

import { flag, type Io, program, text, unsimulated } from "../kit/program.ts";
import { withHelp } from "../kit/program.ts";
import { civilAt, strftime } from "../kit/time-format.ts";
import { readZone } from "../kit/zones.ts";
import { flagLetters, readRecords, terminalName } from "./_records.ts";

export default withHelp(program(
  {
    name: "dump-acct", path: "/usr/sbin/dump-acct", manSection: 8, summary: "the records of process accounting as they are", synopsis: ["[OPTION]... FILE..."], operands: "files", seeAlso: ["lastcomm(1)", "acct(5)"],
    options: [flag(["-r", "--reverse"], "the last record first"), text(["-n", "--num"], "NUM", "so many records"), text(["--ahz"], "HZ", "ticks a second"), unsimulated(["-R", "--raw"], "copy the records", "Records are shown as text."), flag(["-h", "--help"], "show this help")],
  },
  function* (sys, argv, io: Io) {
    const files: string[] = [];
    let reversed = false;
    let most = Number.POSITIVE_INFINITY;
    for (let at = 1; at < argv.length; at++) {
      const word = argv[at] ?? "";
      if (word === "-r" || word === "--reverse") reversed = true;
      else if (word === "-n" || word === "--num") most = Number(argv[++at] ?? 0);
      else if (word === "--ahz") at++;
      else if (word.startsWith("-")) {
        yield* io.stderr(`Usage: ${io.argv0} [-hrR] [-n <recs>] <files>\n`);
        return 1;
      } else files.push(word);
    }
    if (files.length === 0) {
      yield* io.stderr(`Usage: ${io.argv0} [-hrR] [-n <recs>] <files>\n`);
      return 1;
    }
    const zone = yield* readZone(sys);
    for (const file of files) {
      const records = yield* readRecords(sys, io, file);
      for (const record of (reversed ? [...(records ?? [])].reverse() : records ?? []).slice(0, most)) {
        const number = (value: number, width: number): string => value.toFixed(2).padStart(width);
        const whole = (value: number, width: number): string => String(value).padStart(width);
        io.out.put(`${[
          record.command.padEnd(16), "v3", number(record.user, 9), number(record.system, 9), number(record.elapsed, 9), whole(record.uid, 6), whole(record.gid, 6), number(record.memoryKib, 9), number(record.transferred, 9), whole(record.pid, 8),
          whole(record.ppid, 8), flagLetters(record.flags), whole(record.status >> 8, 8), terminalName(record.terminal).padEnd(8), strftime("%a %b %e %H:%M:%S %Y", civilAt(zone, record.startSeconds)),
        ].join("|")}\n`);
      }
    }
    return 0;
  },
));
