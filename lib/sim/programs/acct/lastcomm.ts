// lastcomm: the processes that ended, the last first (lastcomm(1), GNU Accounting Utilities 6.6.4).

import { Accounts } from "../kit/accounts.ts";
import { counted, flag, type Io, program, text } from "../kit/program.ts";
import { withHelp } from "../kit/program.ts";
import { civilAt, strftime } from "../kit/time-format.ts";
import { readZone } from "../kit/zones.ts";
import { type AccountRecord, flagLetters, PACCT, readRecords, terminalName, VERSION } from "./_records.ts";

const OPTIONS = [
  text(["--command"], "NAME", "processes of this command"), text(["--user"], "NAME", "processes of this user"), text(["--tty"], "NAME", "processes of this terminal"), flag(["--strict-match"], "all of what is asked for must fit"), flag(["--forwards"], "the first process first"),
  text(["-f", "--file"], "FILE", "read this file"), flag(["--pid"], "the numbers of the process and its parent, too"), flag(["-p", "--show-paging"], "page faults instead of users and terminals"), text(["--ahz"], "NUM", "ticks a second"), flag(["--print-controls"], "control characters of names as they are"),
  counted(["--debug"], "tell more"), flag(["-V", "--version"], "show the version"), flag(["-h", "--help"], "show this help"),
];

export default withHelp(program(
  { name: "lastcomm", summary: "the commands that were run, the last first", synopsis: ["[OPTION]... [COMMAND | USER | TERMINAL]..."], operands: "none", options: OPTIONS, seeAlso: ["accton(8)", "sa(8)", "last(1)"] },
  function* (sys, argv, io: Io) {
    const wanted = { command: new Set<string>(), user: new Set<string>(), terminal: new Set<string>() };
    let strict = false;
    let forwards = false;
    let pids = false;
    let paging = false;
    let file = PACCT;
    for (let at = 1; at < argv.length; at++) {
      const [given = "", inline] = (argv[at] ?? "").startsWith("--") ? (argv[at] ?? "").split(/=(.*)/s) : [argv[at] ?? ""];
      const value = (): string => inline ?? argv[++at] ?? "";
      if (given === "--command") wanted.command.add(value());
      else if (given === "--user") wanted.user.add(value());
      else if (given === "--tty") wanted.terminal.add(value());
      else if (given === "--strict-match") strict = true;
      else if (given === "--forwards") forwards = true;
      else if (given === "--file" || given === "-f") file = value();
      else if (given === "--pid") pids = true;
      else if (given === "--show-paging" || given === "-p") paging = true;
      else if (given === "--print-controls" || given === "--debug") continue;
      else if (given === "--ahz") value();
      else if (given === "-V" || given === "--version") {
        io.out.put(`${io.argv0}: ${VERSION}\n`);
        return 0;
      } else if (given.startsWith("-") && given !== "-") {
        yield* io.stderr(given.startsWith("--") ? `${io.argv0}: unrecognized option '${given}'\n` : `${io.argv0}: invalid option -- '${given.charAt(1)}'\n`);
        yield* io.stderr(`Usage: ${io.argv0} [-hpV] [-f file] [command] ... [user] ... [terminal] ...\n`);
        return 1;
      } else for (const set of [wanted.command, wanted.user, wanted.terminal]) set.add(given);
    }
    const accounts = yield* Accounts.read(sys);
    const zone = yield* readZone(sys);
    const records = yield* readRecords(sys, io, file);
    if (records === undefined) return 0;
    const asked = [wanted.command, wanted.user, wanted.terminal].some((set) => set.size > 0);
    for (const record of forwards ? records : [...records].reverse()) {
      const user = accounts.userById(record.uid)?.name ?? String(record.uid);
      const terminal = terminalName(record.terminal);
      const fits: readonly (readonly [Set<string>, string])[] = [[wanted.command, record.command], [wanted.user, user], [wanted.terminal, terminal]];
      if (asked && !(strict ? fits.every(([set, name]) => set.size === 0 || set.has(name)) : fits.some(([set, name]) => set.has(name)))) continue;
      io.out.put(line(record, user, terminal));
      if (io.out.full) yield* io.out.flush();
    }
    return 0;

    function line(record: AccountRecord, user: string, terminal: string): string {
      const fixed = (name: string, width: number): string => name.slice(0, width).padEnd(width);
      const middle = paging ? `${String(record.minorFaults).padStart(6)}min ${String(record.majorFaults).padStart(6)}maj ${String(record.swaps).padStart(4)}swp` : `${fixed(user, 8)} ${fixed(terminal, 8)}`;
      const date = strftime("%a %b %e %H:%M", civilAt(zone, record.startSeconds));
      return `${fixed(record.command, 16)} ${flagLetters(record.flags)} ${middle} ${((record.user + record.system) / 100).toFixed(2).padStart(6)} secs ${date}${pids ? ` ${record.pid} ${record.ppid}` : ""}\n`;
    }
  },
));
