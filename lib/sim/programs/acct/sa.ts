// sa: sums of process accounting, by command or by user (sa(8), GNU Accounting Utilities 6.6.4).

import { Accounts } from "../kit/accounts.ts";
import { exactDecimal } from "../kit/printf-format.ts";
import { flag, type Io, program, text, unsimulated } from "../kit/program.ts";
import { withHelp } from "../kit/program.ts";
import { type AccountRecord, PACCT, readRecords, VERSION } from "./_records.ts";

interface Sum {
  readonly name: string;
  calls: number;
  /** seconds */
  real: number;
  user: number;
  system: number;
  /** of all calls together; a quarter of a record's kilobytes */
  memory: number;
  transferred: number;
  minor: number;
  major: number;
  swaps: number;
}

const LONG: ReadonlyMap<string, string> = new Map([
  ["list-all-names", "a"], ["sort-sys-user-div-calls", "b"], ["percentages", "c"], ["sort-avio", "d"], ["sort-tio", "D"], ["not-interactive", "f"], ["dont-read-summary-files", "i"], ["print-seconds", "j"], ["sort-cpu-avmem", "k"], ["sort-ksec", "K"],
  ["separate-times", "l"], ["user-summary", "m"], ["sort-num-calls", "n"], ["show-paging", "p"], ["reverse-sort", "r"], ["merge", "s"], ["print-ratio", "t"], ["print-users", "u"], ["version", "V"],
]);

const empty = (name: string): Sum => ({ name, calls: 0, real: 0, user: 0, system: 0, memory: 0, transferred: 0, minor: 0, major: 0, swaps: 0 });

function add(sum: Sum, record: AccountRecord): void {
  sum.calls++;
  sum.real += record.elapsed / 100;
  sum.user += record.user / 100;
  sum.system += record.system / 100;
  sum.memory += record.memoryKib / 4;
  sum.transferred += record.transferred;
  sum.minor += record.minorFaults;
  sum.major += record.majorFaults;
  sum.swaps += record.swaps;
}

function merge(into: Sum, sum: Sum): void {
  into.calls += sum.calls;
  into.real += sum.real;
  into.user += sum.user;
  into.system += sum.system;
  into.memory += sum.memory;
  into.transferred += sum.transferred;
  into.minor += sum.minor;
  into.major += sum.major;
  into.swaps += sum.swaps;
}

const cpu = (sum: Sum): number => sum.user + sum.system;
const ratio = (above: number, below: number): number => (below === 0 ? 0 : above / below);
const memorySeconds = (sum: Sum): number => ratio(sum.memory, sum.calls) * cpu(sum);
const SORTS: ReadonlyMap<string, (sum: Sum) => number> = new Map([
  ["b", (sum) => ratio(cpu(sum), sum.calls)], ["n", (sum) => sum.calls], ["k", (sum) => ratio(sum.memory, sum.calls)], ["K", (sum) => memorySeconds(sum)], ["d", (sum) => ratio(sum.transferred, sum.calls)], ["D", (sum) => sum.transferred],
]);

export default withHelp(program(
  {
    name: "sa", path: "/usr/sbin/sa", manSection: 8, summary: "sums of process accounting", synopsis: ["[OPTION]... [FILE]"], operands: "files", seeAlso: ["accton(8)", "lastcomm(1)", "ac(1)"],
    description: ["Columns: calls, minutes of real time (re), minutes of processor time (cp), transfers a call (avio), mean memory (k). Commands that were called once are added up as ***other* unless -a is given."],
    options: [
      flag(["-a", "--list-all-names"], "commands that were called only once, too"), flag(["-b", "--sort-sys-user-div-calls"], "sort by processor time a call"), flag(["-c", "--percentages"], "shares of the whole, too"), flag(["-d", "--sort-avio"], "sort by transfers a call"),
      flag(["-D", "--sort-tio"], "transfers together, and sort by them"), flag(["-f", "--not-interactive"], "ask nothing with -v"), flag(["-i", "--dont-read-summary-files"], "leave sums of former days out"), flag(["-j", "--print-seconds"], "seconds a call instead of minutes"), flag(["-k", "--sort-cpu-avmem"], "sort by mean memory"),
      flag(["-K", "--sort-ksec"], "memory by time, and sort by it"), flag(["-l", "--separate-times"], "times of the program and of the kernel apart"), flag(["-m", "--user-summary"], "by user"), flag(["-n", "--sort-num-calls"], "sort by calls"), flag(["-p", "--show-paging"], "page faults instead of memory"),
      flag(["-r", "--reverse-sort"], "the other way round"), unsimulated(["-s", "--merge"], "keep the sums and empty the file", "Sums of former days are not kept."), flag(["-t", "--print-ratio"], "real time by processor time, too"), flag(["-u", "--print-users"], "each record with its user"),
      text(["-v", "--threshold"], "NUM", "commands with NUM calls or fewer are asked about"), flag(["-V", "--version"], "show the version"), flag(["-h", "--help"], "show this help"),
    ],
  },
  function* (sys, argv, io: Io) {
    const given = new Set<string>();
    let file = PACCT;
    let wrong: string | undefined;
    for (let at = 1; at < argv.length; at++) {
      const word = argv[at] ?? "";
      if (word.startsWith("--")) {
        const letter = LONG.get(word.slice(2));
        if (letter === undefined && word !== "--threshold") wrong ??= `unrecognized option '${word}'`;
        else if (letter === undefined) at++;
        else given.add(letter);
      } else if (word.startsWith("-") && word !== "-") {
        for (const letter of word.slice(1)) {
          if (letter === "v") at++;
          else if ("abcdDfijkKlmnprstuV".includes(letter)) given.add(letter);
          else wrong ??= `invalid option -- '${letter}'`;
        }
      } else file = word;
    }
    if (wrong !== undefined) {
      yield* io.stderr(`${io.argv0}: ${wrong}\n\n                Usage: ${io.argv0} [ options ] [ file ]\n                \n                options: [-abcdfiljkmnprstuDKP] [-v <num>] [--version] [--help]\n`);
      return 1;
    }
    if (given.has("V")) {
      io.out.put(`${io.argv0}: ${VERSION}\n`);
      return 0;
    }
    if (given.has("s")) {
      yield* io.stderr(`${io.argv0}: -s: Sums of former days are not kept.\n`);
      sys.observe({ kind: "unsimulated", command: "sa", detail: "-s" });
      return 1;
    }
    const records = yield* readRecords(sys, io, file);
    if (records === undefined) return 0;
    const accounts = yield* Accounts.read(sys);
    const userName = (uid: number): string => accounts.userById(uid)?.name ?? String(uid);
    if (given.has("u")) {
      for (const record of records) {
        const seconds = (record.user + record.system) / 100;
        io.out.put(`${userName(record.uid).slice(0, 8).padEnd(8)} ${seconds.toFixed(2).padStart(6)} cpu ${(record.memoryKib / 4).toFixed(0).padStart(8)}k mem ${record.transferred.toFixed(0).padStart(6)} io ${record.command.slice(0, 16).padEnd(16)}${(record.flags & 1) !== 0 ? "*" : ""}\n`);
      }
      return 0;
    }
    const byUser = given.has("m");
    const sums = new Map<string, Sum>();
    const total = empty("");
    for (const record of records) {
      const name = byUser ? userName(record.uid) : `${record.command.replace(/[^ -~]/g, "?")}${(record.flags & 1) !== 0 ? "*" : ""}`;
      const sum = sums.get(name) ?? empty(name);
      sums.set(name, sum);
      add(sum, record);
      add(total, record);
    }
    let rows = [...sums.values()];
    if (!byUser && !given.has("a")) {
      const other = empty("***other*");
      for (const row of rows) if (row.calls === 1) merge(other, row);
      rows = [...rows.filter((row) => row.calls > 1), ...(other.calls > 0 ? [other] : [])];
    }
    const key = [...given].map((letter) => SORTS.get(letter)).findLast((sort) => sort !== undefined) ?? cpu;
    rows.sort((a, b) => key(b) - key(a) || cpu(b) - cpu(a));
    if (given.has("r")) rows.reverse();
    for (const [at, row] of [total, ...rows].entries()) {
      const figures = columns(row, total, given);
      io.out.put(byUser ? `${row.name.padEnd(32)} ${figures}\n` : `${figures}${at === 0 ? "" : `   ${row.name}`}\n`);
    }
    return 0;
  },
));

/** As printf(3) rounds: halves to the even number. */
const whole = (value: number): string => exactDecimal(value, 0);

function columns(row: Sum, total: Sum, given: ReadonlySet<string>): string {
  const share = (part: number, whole: number): string => (given.has("c") ? ` ${(ratio(part, whole) * 100).toFixed(2).padStart(7)}%` : "");
  const time = (seconds: number): string => (given.has("j") ? ratio(seconds, row.calls) : seconds / 60).toFixed(2).padStart(10);
  let out = `${String(row.calls).padStart(8)}${share(row.calls, total.calls)} ${time(row.real)}re${share(row.real, total.real)}`;
  if (given.has("l")) out += ` ${time(row.user)}u${share(row.user, total.user)} ${time(row.system)}s${share(row.system, total.system)}`;
  else out += ` ${time(cpu(row))}cp${share(cpu(row), cpu(total))}`;
  if (given.has("t")) out += cpu(row) === 0 ? "*ignore*" : ` ${ratio(row.real, cpu(row)).toFixed(1).padStart(7)}re/cp`;
  if (given.has("p")) return `${out} ${String(row.minor).padStart(9)}min ${String(row.major).padStart(10)}maj ${String(row.swaps).padStart(10)}swp `;
  out += given.has("D") ? ` ${row.transferred.toFixed(0).padStart(9)}tio` : ` ${ratio(row.transferred, row.calls).toFixed(0).padStart(9)}avio`;
  return `${out} ${given.has("K") ? `${whole(memorySeconds(row)).padStart(9)}k*sec` : `${whole(ratio(row.memory, row.calls)).padStart(9)}k`}`;
}
