// faillock: shows and clears the failed logins that pam_faillock has counted (faillock(8), Linux-PAM 1.5.2).
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { Accounts, readTextFile } from "../kit/accounts.ts";
import { flag, type Io, program, text } from "../kit/program.ts";
import { civilAt, strftime } from "../kit/time-format.ts";
import { readZone } from "../kit/zones.ts";
import { readTallies, TALLY, TALLY_DIRECTORY, type Tally, writeTallies } from "../libpam-modules/_tally.ts";

const usage = "Usage: faillock [--dir /path/to/tally-directory] [--user username] [--reset]\n";

interface Call {
  directory: string | undefined;
  user: string | undefined;
  reset: boolean;
}

/** A string is the complaint. */
function parse(argv: readonly string[]): Call | string {
  const call: Call = { directory: undefined, user: undefined, reset: false };
  for (let at = 1; at < argv.length; at++) {
    const word = argv[at] ?? "";
    if (word === "--dir") {
      call.directory = argv[++at];
      if (call.directory === undefined) return "No directory supplied.";
    } else if (word === "--user") {
      call.user = argv[++at];
      if (call.user === undefined) return "No user name supplied.";
    } else if (word === "--reset") call.reset = true;
    else return `Unknown option: ${word}`;
  }
  return call;
}

function* line(sys: Sys, { source, status, seconds }: Tally): Blocking<string> {
  const when = strftime("%Y-%m-%d %H:%M:%S", civilAt(yield* readZone(sys), seconds));
  const kind = (status & TALLY.remoteHost) !== 0 ? "RHOST" : (status & TALLY.terminal) !== 0 ? "TTY" : "SVC";
  return `${when} ${kind.padEnd(5)} ${source.padEnd(52)} ${(status & TALLY.valid) !== 0 ? "V" : "I"}\n`;
}

/** dir in faillock.conf, when the command line has none. */
function* tallyDirectory(sys: Sys): Blocking<string> {
  return /^\s*dir\s*=\s*(\/\S*)/m.exec((yield* readTextFile(sys, "/etc/security/faillock.conf")) ?? "")?.[1] ?? TALLY_DIRECTORY;
}

function* one(io: Io, directory: string, user: string, reset: boolean): Blocking<number> {
  const { sys } = io;
  const path = `${directory}/${user}`;
  try {
    sys.stat(path);
  } catch (error) {
    // nobody has failed yet
    if (error instanceof SysError) return 0;
    throw error;
  }
  const tallies = yield* readTallies(sys, path);
  if (tallies === undefined) {
    yield* io.stderr(`faillock: Error opening the tally file for ${user}:Permission denied\n`);
    return 3;
  }
  if (reset) {
    yield* writeTallies(sys, path, (yield* Accounts.read(sys)).userByName(user)?.uid ?? sys.stat(path).uid, []);
    return 0;
  }
  io.out.put(`${user}:\nWhen                Type  Source                                           Valid\n`);
  for (const tally of tallies) io.out.put(yield* line(sys, tally));
  return 0;
}

export default program(
  {
    name: "faillock", path: "/usr/sbin/faillock", manSection: 8, showsHelp: true, summary: "display and reset the failed logins that pam_faillock counted", synopsis: ["[--dir DIRECTORY] [--user NAME] [--reset]"],
    options: [text(["--dir"], "DIRECTORY", "where the failures are kept (/var/run/faillock)"), text(["--user"], "NAME", "only of this user"), flag(["--reset"], "forget the failures instead of showing them: the account is open again")],
    description: ["Each user who typed a wrong password has a file in the directory, with a record for each failure: when it was, the terminal (TTY), remote host (RHOST) or service (SVC) it came from, and whether it still counts (V) or not (I). pam_faillock locks the account when enough of them count; how many, and for how long, is in /etc/security/faillock.conf.", "Only what services with pam_faillock.so in their file of /etc/pam.d report is counted."],
    exitStatuses: [["0", "done"], ["1", "the command line makes no sense"], ["2", "the directory cannot be read"], ["3", "the file of a user cannot be opened"]],
    seeAlso: ["pam_faillock(8)", "faillock.conf(5)", "pam.d(5)"],
  },
  function* (sys, argv, io: Io) {
    const call = parse(argv);
    if (typeof call === "string") {
      yield* io.stderr(`faillock: ${call}\n${usage}`);
      return 1;
    }
    const directory = call.directory ?? (yield* tallyDirectory(sys));
    if (call.user !== undefined) return yield* one(io, directory, call.user, call.reset);
    let names: readonly string[];
    try {
      names = sys.readdir(directory).map((entry) => entry.name).filter((name) => !name.startsWith(".")).sort();
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* io.stderr(`faillock: Error reading tally directory: ${error.message}\n`);
      return 2;
    }
    for (const name of names) yield* one(io, directory, name, call.reset);
    return 0;
  },
);
