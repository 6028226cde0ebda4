// at, batch, atq, atrm: commands for later (at(1)). The name it is called by says what it does.

import { type Blocking, encode, O, SIGNALS, type Sys, SysError } from "../../kernel/sys.ts";
import { Accounts, readTextFile } from "../kit/accounts.ts";
import { flag, text } from "../kit/option.ts";
import { type Io, program } from "../kit/program.ts";
import { civilAt, strftime } from "../kit/time-format.ts";
import { readZone } from "../kit/zones.ts";
import { jobFile, JOBS, mayUseAt, nextNumber, PID_FILE, readJobs } from "./_spool.ts";
import { GarbledTime, parseStamp, parseTimeSpecification } from "./_time-specification.ts";

const USAGE = `Usage: at [-V] [-q x] [-f file] [-u username] [-mMlbv] timespec ...
       at [-V] [-q x] [-f file] [-u username] [-mMlbv] -t time
       at -c job ...
       at [-V] -l [-o timeformat] [job ...]
       atq [-V] [-q x] [-o timeformat] [job ...]
       at [ -rd ] job ...
       atrm [-V] job ...
       batch
`;
const FORMAT = "%a %b %e %H:%M:%S %Y";
/** what belongs to the terminal or to the shell itself stays behind */
const LEFT_OUT = new Set(["TERM", "DISPLAY", "_", "SHELLOPTS", "BASH_VERSINFO", "EUID", "GROUPS", "PPID", "UID"]);

interface Request {
  readonly flags: ReadonlySet<string>;
  readonly values: ReadonlyMap<string, string>;
  readonly operands: readonly string[];
}

function readArguments(words: readonly string[], letters: string): Request | string {
  const flags = new Set<string>();
  const values = new Map<string, string>();
  let at = 0;
  for (; at < words.length; at++) {
    const word = words[at] ?? "";
    if (word === "--") {
      at++;
      break;
    }
    if (!word.startsWith("-") || word === "-") break;
    for (let letter = 1; letter < word.length; letter++) {
      const name = word.charAt(letter);
      const place = letters.indexOf(name);
      if (name === ":" || place < 0) return `invalid option -- '${name}'`;
      if (letters.charAt(place + 1) !== ":") flags.add(name);
      else {
        const value = word.slice(letter + 1) || words[++at];
        if (value === undefined) return `option requires an argument -- '${name}'`;
        values.set(name, value);
        break;
      }
    }
  }
  return { flags, values, operands: words.slice(at) };
}

export default program(
  {
    name: "at", path: "/usr/bin/at", links: ["/usr/bin/atq", "/usr/bin/atrm"], mode: 0o4755, summary: "have commands run later, list or delete such jobs", operands: "none", seeAlso: ["atd(8)", "cron(8)", "batch(1)"],
    synopsis: ["[-V] [-q queue] [-f file] [-u username] [-mMlbv] timespec ...", "[-V] [-q queue] [-f file] [-u username] [-mMlbv] -t time", "-c job ...", "[-V] -l [-o timeformat] [job ...]", "[-rd] job ..."],
    options: [
      flag(["-V"], "print the version"), text(["-q"], "queue", "a letter: the later, the nicer; b is batch's"), flag(["-m"], "mail the user even when there is no output"), flag(["-M"], "never mail"), text(["-f"], "file", "the commands are in this file"), text(["-u"], "username", "mail this user"), text(["-t"], "time", "[[CC]YY]MMDDhhmm[.ss]"),
      flag(["-l"], "list the jobs (atq)"), flag(["-r", "-d"], "remove jobs (atrm)"), flag(["-b"], "when the load allows it (batch)"), flag(["-v"], "show the time first"), flag(["-c"], "print jobs"), text(["-o"], "format", "how times are listed, as strftime(3)"),
    ],
  },
  function* (sys, argv, io: Io) {
    const called = (argv[0] ?? "at").replace(/^.*\//, "");
    const request = readArguments(argv.slice(1), called === "atq" ? "hvq:Vo:" : called === "atrm" ? "hV" : "q:f:Mmu:bvlrdhVct:o:");
    if (typeof request === "string") {
      yield* io.stderr(`${called}: ${request}\n${USAGE}`);
      return 1;
    }
    const { flags, values, operands } = request;
    if (flags.has("V")) {
      yield* io.stderr("at version 3.2.5\nPlease report bugs to the Debian bug tracking system (http://bugs.debian.org/)\nor contact the maintainers (at@packages.debian.org).\n");
      return 0;
    }
    const usage = function* (): Blocking<number> {
      yield* io.stderr(USAGE);
      return 1;
    };
    const queue = values.get("q");
    if (flags.has("h") || (queue !== undefined && !/^[a-zA-Z]$/.test(queue))) return yield* usage();
    const { ruid } = sys.getcred();
    if (!(yield* mayUseAt(sys, ruid))) {
      yield* io.stderr("You do not have permission to use at.\n");
      return 1;
    }
    if (called === "atq" || flags.has("l")) return yield* list(io, queue, values.get("o") ?? FORMAT, operands);
    if (called === "atrm" || flags.has("r") || flags.has("d") || flags.has("c")) {
      if (operands.length === 0) return yield* usage();
      return yield* removeOrShow(io, operands, flags.has("c"));
    }
    return yield* enqueue(io, request);
  },
);

function* list(io: Io, queue: string | undefined, format: string, operands: readonly string[]): Blocking<number> {
  const { sys } = io;
  const { ruid } = sys.getcred();
  const accounts = yield* Accounts.read(sys);
  if (operands.some((word) => !/^\d+$/.test(word))) {
    yield* io.stderr("at: invalid job number\n");
    return 1;
  }
  const zone = yield* readZone(sys, sys.environment.get("TZ"));
  for (const job of yield* readJobs(sys)) {
    if ((ruid !== 0 && job.uid !== ruid) || (queue !== undefined && job.queue !== queue) || (operands.length > 0 && !operands.includes(String(job.number)))) continue;
    io.out.put(`${job.number}\t${strftime(format, civilAt(zone, job.atSeconds))} ${job.running ? "=" : job.queue} ${accounts.userById(job.uid)?.name ?? job.uid}\n`);
  }
  return 0;
}

function* removeOrShow(io: Io, operands: readonly string[], shows: boolean): Blocking<number> {
  const { sys } = io;
  const { ruid } = sys.getcred();
  const jobs = yield* readJobs(sys);
  let status = 0;
  const strange = operands.find((word) => !/^\d+$/.test(word));
  if (strange !== undefined) {
    yield* io.stderr(`at: unknown jobid: ${strange}\n`);
    return 1;
  }
  for (const word of operands) {
    const job = jobs.find((one) => String(one.number) === word && !one.running);
    if (job === undefined) {
      yield* io.stderr(`Cannot find jobid ${word}\n`);
      status = 1;
    } else if (ruid !== 0 && job.uid !== ruid) {
      yield* io.stderr(`${word}: Not owner\n`);
      status = 1;
    } else if (shows) io.out.put((yield* readTextFile(sys, `${JOBS}/${job.file}`)) ?? "");
    else sys.unlink(`${JOBS}/${job.file}`);
  }
  return status;
}

/** A value as the shell reads it back. */
const escaped = (value: string): string => value.replace(/\n/g, '"\n"').replace(/[^A-Za-z0-9%_=:.,/+\-@\n"]|"(?!\n)/g, (letter) => `\\${letter}`);

function* enqueue(io: Io, { flags, values, operands }: Request): Blocking<number> {
  const { sys } = io;
  const zone = yield* readZone(sys, sys.environment.get("TZ"));
  const nowSeconds = Math.floor(sys.clockUs("realtime") / 1e6);
  let atSeconds: number;
  const stamp = values.get("t");
  if (stamp !== undefined) {
    const parsed = parseStamp(stamp, zone, nowSeconds);
    if (parsed === undefined) {
      yield* io.stderr(`invalid date format: ${stamp}\n`);
      return 1;
    }
    atSeconds = parsed;
  } else if (flags.has("b") && operands.length === 0) atSeconds = nowSeconds - (nowSeconds % 60);
  else {
    try {
      atSeconds = parseTimeSpecification(operands.join(" "), zone, nowSeconds);
    } catch (error) {
      if (!(error instanceof GarbledTime)) throw error;
      yield* io.stderr(`${error.token === undefined ? "" : `${error.message} Last token seen: ${error.token}\n`}Garbled time\n`);
      return 1;
    }
  }
  if (atSeconds < nowSeconds - 60) {
    yield* io.stderr("at: refusing to create job destined in the past\n");
    return 1;
  }
  const when = strftime(FORMAT, civilAt(zone, atSeconds));
  if (flags.has("v")) yield* io.stderr(`${when}\n\n`);
  yield* io.stderr("warning: commands will be executed using /bin/sh\n");
  const number = yield* nextNumber(sys);
  const file = values.get("f");
  let commands = "";
  if (file !== undefined) {
    try {
      sys.access(file, 4);
      commands = (yield* readTextFile(sys, file)) ?? "";
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* io.stderr(`Cannot open input file ${file}: ${error.message}\n`);
      return 1;
    }
  } else {
    const typed = sys.isatty(0);
    if (typed) yield* io.stderr(`at ${when}\n`);
    for (;;) {
      if (typed) yield* io.stderr("at> ");
      const line = yield* io.stdin.line();
      if (line === undefined) break;
      commands += `${line}\n`;
    }
    if (typed) yield* io.stderr("<EOT>\n");
  }
  const { ruid, rgid } = sys.getcred();
  const mask = sys.umask(0o077);
  const queue = values.get("q") ?? (flags.has("b") ? "b" : "a");
  const mailTo = values.get("u") ?? (yield* Accounts.read(sys)).userById(ruid)?.name ?? "root";
  const environment = [...sys.environment].filter(([name]) => !LEFT_OUT.has(name) && /^[A-Za-z_][A-Za-z0-9_]*$/.test(name)).map(([name, value]) => `${name}=${escaped(value)}; export ${name}\n`).join("");
  const script = `#!/bin/sh\n# atrun uid=${ruid} gid=${rgid}\n# mail ${mailTo} ${flags.has("M") ? -1 : flags.has("m") ? 1 : 0}\numask ${mask.toString(8)}\n${environment}cd ${escaped(sys.getcwd())} || {\n\t echo 'Execution directory inaccessible' >&2\n\t exit 1\n}\n${commands}\n`;
  const path = `${JOBS}/${jobFile(queue, number, atSeconds)}`;
  const fd = yield* sys.open(path, O.WRONLY | O.CREAT | O.TRUNC, 0o700);
  yield* sys.write(fd, encode(script));
  sys.close(fd);
  sys.chown(path, ruid, -1);
  sys.umask(mask);
  yield* io.stderr(`job ${number} at ${when}\n`);
  if (!(yield* wakeDaemon(sys))) yield* io.stderr(`Can't open ${PID_FILE} to signal atd. No atd running?\n`);
  return 0;
}

function* wakeDaemon(sys: Sys): Blocking<boolean> {
  const pid = Number((yield* readTextFile(sys, PID_FILE))?.trim());
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    sys.kill(pid, SIGNALS.HUP);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
  return true;
}
