// logrotate: renames, compresses and removes logs as its configuration says, and remembers when (logrotate(8), 3.21).

import { type Blocking, encode, O, type Sys, SysError } from "../../kernel/sys.ts";
import { Accounts } from "../kit/accounts.ts";
import { flag, text } from "../kit/option.ts";
import { type Io, program } from "../kit/program.ts";
import { readZone } from "../kit/zones.ts";
import { ConfigurationReader, exists } from "./_configuration.ts";
import { Rotation } from "./_rotation.ts";
import { type Report, Run } from "./_run.ts";
import { readState, writeState } from "./_state-file.ts";

const STATE = "/var/lib/logrotate/status";
/** An old log that is away is forgotten after so long. */
const FORGOTTEN_DAYS = 365;

const OPTIONS = [
  flag(["-d", "--debug"], "change nothing, say what would be done"), flag(["-f", "--force"], "rotate, due or not"), text(["-m", "--mail"], "command", "sends mail (/usr/bin/mail)"), text(["-s", "--state"], "statefile", `remember here (${STATE})`), flag(["--skip-state-lock"], "do without the lock on the state file"), flag(["--wait-for-state-lock"], "wait for the lock"),
  flag(["-v", "--verbose"], "say what is done"), text(["-l", "--log"], "logfile", "log to this file, or syslog"), flag(["--version"], "print the version"), flag(["-?", "--help"], "print this"), flag(["--usage"], "a brief usage"),
];
const USAGE = "Usage: logrotate [-dfv?] [-d|--debug] [-f|--force] [-m|--mail=command]\n        [-s|--state=statefile] [--skip-state-lock] [--wait-for-state-lock]\n        [-v|--verbose] [-l|--log=logfile] [--version] [-?|--help] [--usage]\n        [OPTION...] <configfile>\n";

export default program(
  { name: "logrotate", path: "/usr/sbin/logrotate", manSection: 8, summary: "rotates, compresses, and removes system logs", synopsis: ["[OPTION...] <configfile>"], options: OPTIONS, operands: "files", seeAlso: ["logrotate.conf(5)"] },
  function* (sys, argv, io: Io) {
    const line = commandLine(argv);
    if (typeof line === "string") {
      yield* io.stderr(`logrotate: bad argument ${line}: unknown error\n`);
      return 2;
    }
    const { flags, files, values } = line;
    const statePath = values.get("s") ?? STATE;
    if (flags.has("V")) {
      yield* io.stderr(`logrotate 3.21.0\n\n    Default mail command:       /usr/bin/mail\n    Default compress command:   /bin/gzip\n    Default uncompress command: /bin/gunzip\n    Default compress extension: .gz\n    Default state file path:    ${STATE}\n    ACL support:                yes\n    SELinux support:            yes\n`);
      return 0;
    }
    if (flags.has("?")) {
      io.out.put(`Usage: logrotate [OPTION...] <configfile>\n${OPTIONS.map((option) => `  ${option.names.join(", ")}${option.argument === undefined ? "" : `=${option.argument}`}`.padEnd(32) + option.help).join("\n")}\n`);
      return 0;
    }
    if (flags.has("u")) {
      io.out.put(USAGE);
      return 0;
    }
    if (files.length === 0) {
      yield* io.stderr(`logrotate 3.21.0 - Copyright (C) 1995-2001 Red Hat, Inc.\nThis may be freely redistributed under the terms of the GNU General Public License\n\n${USAGE}`);
      return 1;
    }
    const debug = flags.has("d");
    const teller = new Teller(io, debug || flags.has("v"), yield* logFile(io, values.get("l")));
    if (debug) yield* teller.put("warning: logrotate in debug mode does nothing except printing debug messages!  Consider using verbose mode (-v) instead if this is not what you want.\n\n");
    const reader = new ConfigurationReader(sys, yield* Accounts.read(sys));
    let read = false;
    for (const file of files) {
      const sound = yield* reader.read(file);
      read ||= sound || exists(sys, file);
      if (!sound) teller.failed = true;
      for (const { kind, text: message } of reader.messages.splice(0)) {
        if (kind === "error") yield* teller.complain(message);
        else if (kind === "note") yield* teller.say(message);
        else yield* teller.put(`${kind === "unusable" ? "error" : "warning"}: ${message}\n`);
      }
    }
    if (!read) return 1;
    if (!(yield* lockState(sys, statePath, debug, flags.has("-"), teller))) return 3;
    const known = debug && !exists(sys, statePath) ? new Map() : yield* readState(sys, statePath, teller);
    const run = new Run(io, { debug, force: flags.has("f"), mailCommand: values.get("m") ?? "/usr/bin/mail" }, teller, yield* readZone(sys), known);
    const rotation = new Rotation(run);
    yield* teller.say(`\nHandling ${reader.sections.length} logs`);
    for (const section of reader.sections) yield* rotation.section(section);
    if (!debug) {
      yield* forget(run, teller);
      yield* writeState(sys, statePath, run.state, (message) => teller.complain(message));
    }
    return teller.failed ? 1 : 0;
  },
);

/** What is done and what went wrong, on standard error and in the file of -l. */
class Teller implements Report {
  failed = false;
  readonly #io: Io;
  readonly #verbose: boolean;
  readonly #log: number | undefined;

  constructor(io: Io, verbose: boolean, log: number | undefined) {
    this.#io = io;
    this.#verbose = verbose;
    this.#log = log;
  }

  *put(words: string): Blocking<void> {
    yield* this.#io.stderr(words);
    if (this.#log !== undefined) yield* this.#io.sys.write(this.#log, encode(words));
  }

  *say(message: string): Blocking<void> {
    if (this.#verbose) yield* this.#io.stderr(`${message}\n`);
    if (this.#log !== undefined) yield* this.#io.sys.write(this.#log, encode(`${message}\n`));
  }

  *complain(message: string): Blocking<void> {
    this.failed = true;
    yield* this.put(`error: ${message}\n`);
  }
}

function* logFile(io: Io, path: string | undefined): Blocking<number | undefined> {
  if (path === undefined) return undefined;
  try {
    return yield* io.sys.open(path, O.WRONLY | O.CREAT | O.TRUNC, 0o644);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    yield* io.stderr(`error: error opening log file ${path}: ${error.message}\n`);
    return undefined;
  }
}

/** Makes the state file where there is none, and tells what of its lock; false: it cannot be had. */
function* lockState(sys: Sys, path: string, debug: boolean, skips: boolean, teller: Teller): Blocking<boolean> {
  const fresh = !exists(sys, path);
  if (debug) {
    yield* teller.say(`Reading state from file: ${path}${fresh ? `\nstate file ${path} does not exist` : ""}\nAllocating hash table for state file, size 64 entries`);
    return true;
  }
  try {
    if (fresh) {
      yield* teller.say(`Creating stub state file: ${path}`);
      const fd = yield* sys.open(path, O.WRONLY | O.CREAT | O.EXCL, 0o640);
      yield* sys.write(fd, encode("logrotate state -- version 2\n"));
      sys.close(fd);
    }
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    yield* teller.complain(`error creating stub state file ${path}: ${error.message}`);
    return false;
  }
  let word: string;
  try {
    sys.close(yield* sys.open(path, O.RDWR));
    // who may read the file could hold its lock for ever
    if (skips) word = `Skip locking state file ${path}\n`;
    else if ((sys.stat(path).mode & 0o004) !== 0) {
      yield* teller.put(`warning: state file ${path} is world-readable and thus can be locked from other unprivileged users. Skipping lock acquisition...\n`);
      word = "";
    } else word = `acquired lock on state file ${path}`;
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    yield* teller.complain(`error opening state file ${path}: ${error.message}`);
    return false;
  }
  yield* teller.say(`${word}Reading state from file: ${path}\nAllocating hash table for state file, size 64 entries`);
  return true;
}

/** Logs that are away and were not rotated for a year. */
function* forget(run: Run, teller: Teller): Blocking<void> {
  for (const file of run.olderThan(FORGOTTEN_DAYS)) {
    if (exists(run.sys, file)) continue;
    yield* teller.say(`Removing ${file} from state file, because it does not exist and has not been rotated for one year`);
    run.state.delete(file);
  }
}

const LETTERS: ReadonlyMap<string, string> = new Map([["debug", "d"], ["force", "f"], ["verbose", "v"], ["state", "s"], ["mail", "m"], ["log", "l"], ["version", "V"], ["help", "?"], ["usage", "u"], ["skip-state-lock", "-"], ["wait-for-state-lock", "w"]]);

/** popt's reading of a command line, without shortened words; or the argument that is wrong. */
function commandLine(argv: readonly string[]): { readonly flags: ReadonlySet<string>; readonly values: ReadonlyMap<string, string>; readonly files: readonly string[] } | string {
  const flags = new Set<string>();
  const values = new Map<string, string>();
  const files: string[] = [];
  for (let at = 1; at < argv.length; at++) {
    const word = argv[at] ?? "";
    if (!word.startsWith("-") || word === "-") {
      files.push(word);
      continue;
    }
    const [, long, given] = /^--([^=]*)(?:=(.*))?$/s.exec(word) ?? [];
    const letters = long === undefined ? [...word.slice(1)] : [LETTERS.get(long) ?? "!"];
    for (const [index, letter] of letters.entries()) {
      if ("sml".includes(letter)) {
        const rest = long === undefined ? word.slice(index + 2).replace(/^=/, "") : (given ?? "");
        const value = rest !== "" ? rest : argv[++at];
        if (value === undefined) return word;
        values.set(letter, value);
        break;
      }
      if (!"dfvV?u-w".includes(letter) || (letter.match(/[-wVu]/) !== null && long === undefined) || given !== undefined) return word;
      flags.add(letter);
    }
  }
  return { flags, values, files };
}
