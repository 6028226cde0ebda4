// logrotate: renames, compresses and removes logs as its configuration says, and remembers when (logrotate(8), 3.21).
// (More than 400 lines: one rotation reads almost every setting, and the settings have no other reader.)

import { type Blocking, daysFromCivil, encode, O, S, type Stat, type Sys, SysError } from "../../kernel/sys.ts";
import { Accounts, readTextFile } from "../kit/accounts.ts";
import { compileFnmatch } from "../kit/fnmatch.ts";
import { flag, text } from "../kit/option.ts";
import { type Io, program } from "../kit/program.ts";
import { waitFor } from "../kit/shell-command.ts";
import { type Civil, civilAt, strftime } from "../kit/time-format.ts";
import { readZone, type Zone } from "../kit/zones.ts";
import { ConfigurationReader, filesOf, type LogOptions, type LogSection } from "./_configuration.ts";

const STATE = "/var/lib/logrotate/status";
const two = (value: number): string => String(value).padStart(2, "0");

interface Rotated {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

const dayNumber = ({ year, month, day }: Rotated): number => daysFromCivil(year, month, day);

class Rotation {
  readonly #io: Io;
  readonly #sys: Sys;
  readonly #debug: boolean;
  readonly #verbose: boolean;
  readonly #force: boolean;
  readonly #now: Civil;
  readonly #zone: Zone;
  readonly state = new Map<string, Rotated>();
  failed = false;

  constructor(io: Io, settings: { readonly debug: boolean; readonly verbose: boolean; readonly force: boolean }, zone: Zone) {
    this.#io = io;
    this.#sys = io.sys;
    this.#debug = settings.debug;
    this.#verbose = settings.verbose || settings.debug;
    this.#force = settings.force;
    this.#zone = zone;
    this.#now = civilAt(zone, Math.floor(this.#sys.clockUs("realtime") / 1e6));
  }

  *say(message: string): Blocking<void> {
    if (this.#verbose) yield* this.#io.stderr(`${message}\n`);
  }

  *complain(message: string): Blocking<void> {
    this.failed = true;
    yield* this.#io.stderr(`error: ${message}\n`);
  }

  *readState(path: string): Blocking<void> {
    const content = yield* readTextFile(this.#sys, path);
    if (content === undefined && !this.#debug) {
      yield* this.say(`Creating stub state file: ${path}`);
      yield* this.writeState(path);
    }
    if (this.#verbose) yield* this.#io.stderr(`${this.#debug ? "" : `acquired lock on state file ${path}`}Reading state from file: ${path}\n`);
    if (content === undefined && this.#debug) yield* this.say(`state file ${path} does not exist`);
    yield* this.say("Allocating hash table for state file, size 64 entries");
    for (const line of (content ?? "").split("\n").slice(1)) {
      const match = /^"(.*)" (\d+)-(\d+)-(\d+)(?:-(\d+):(\d+):(\d+))?$/.exec(line);
      if (match === null) continue;
      const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(2).map((part) => Number(part ?? 0));
      this.state.set(match[1] ?? "", { year, month, day, hour, minute, second });
      yield* this.say("Creating new state");
    }
  }

  *writeState(path: string): Blocking<void> {
    try {
      const fd = yield* this.#sys.open(path, O.WRONLY | O.CREAT | O.TRUNC, 0o640);
      yield* this.#sys.write(fd, encode(`logrotate state -- version 2\n${[...this.state].map(([name, at]) => `"${name}" ${at.year}-${at.month}-${at.day}-${at.hour}:${at.minute}:${at.second}\n`).join("")}`));
      this.#sys.close(fd);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* this.complain(`error opening state file ${path}: ${error.message}`);
    }
  }

  *section(section: LogSection): Blocking<void> {
    const { options } = section;
    const when = this.#force ? "forced from command line" : options.interval === "size" ? `${options.sizeBytes} bytes` : options.interval === "daily" ? "after 1 days" : options.interval;
    yield* this.say(`\nrotating pattern: ${section.pattern} ${when} (${options.rotate === 0 ? "no old logs will be kept" : `${options.rotate} rotations`})`);
    yield* this.say(`${options.olddir === undefined ? "" : `olddir is ${options.olddir}, `}empty log files are ${options.ifempty ? "" : "not "}rotated, ${options.minsize > 0 ? `only log files >= ${options.minsize} bytes are rotated, ` : ""}${options.maxsize > 0 ? `log files >= ${options.maxsize} are rotated earlier, ` : ""}old logs are removed`);
    const due: string[] = [];
    let any = false;
    for (const pattern of section.patterns) {
      const all = filesOf(this.#sys, pattern);
      const files = all.filter((file) => !section.excluded.has(file));
      if (all.length > 0 && files.length === 0) yield* this.say("No logs found. Rotation not needed.");
      if (all.length === 0 && !options.missingok) yield* this.complain(`stat of ${pattern} failed: No such file or directory`);
      for (const file of files) {
        any = true;
        if (yield* this.#needs(file, options)) due.push(file);
      }
    }
    if (!any) return;
    if (due.length > 0 && options.scripts.has("firstaction")) yield* this.#script("firstaction", options, section.pattern.trim());
    const shared = options.sharedscripts ? section.pattern.trim() : undefined;
    const compressLater: string[] = [];
    if (shared !== undefined) {
      if (due.length === 0 && options.scripts.has("prerotate")) yield* this.say("not running prerotate script, since no logs will be rotated");
      const done: { readonly path: string; readonly names: Names }[] = [];
      for (const file of due) done.push({ path: file, names: yield* this.#shift(file, options) });
      if (due.length > 0) yield* this.#script("prerotate", options, shared);
      const moved: { readonly names: Names }[] = [];
      for (const { path, names } of done) if (yield* this.#rotate(path, names, options)) moved.push({ names });
      if (due.length === 0 && options.scripts.has("postrotate")) yield* this.say("not running postrotate script, since no logs were rotated");
      if (moved.length > 0) yield* this.#script("postrotate", options, shared);
      for (const { names } of moved) {
        compressLater.push(names.first);
        yield* this.#finish(names, options);
      }
    } else {
      for (const file of due) {
        const names = yield* this.#shift(file, options);
        yield* this.#script("prerotate", options, file);
        if (!(yield* this.#rotate(file, names, options))) continue;
        yield* this.#script("postrotate", options, file);
        yield* this.#finish(names, options);
      }
    }
    if (due.length > 0) yield* this.#script("lastaction", options, section.pattern.trim());
  }

  *#needs(file: string, options: LogOptions): Blocking<boolean> {
    yield* this.say(`considering log ${file}`);
    let stat: Stat;
    try {
      stat = this.#sys.stat(file);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      if (options.missingok) yield* this.say(`  log ${file} does not exist -- skipping`);
      else yield* this.complain(`stat of ${file} failed: ${error.message}`);
      if (!this.state.has(file)) yield* this.#newState(file);
      return false;
    }
    const directory = this.#sys.stat(file.slice(0, file.lastIndexOf("/")) || "/");
    if (options.su === undefined && this.#sys.getcred().euid === 0 && ((directory.mode & 0o002) !== 0 || ((directory.mode & 0o020) !== 0 && directory.gid !== 0))) {
      yield* this.complain(`skipping "${file}" because parent directory has insecure permissions (It's world writable or writable by group which is not "root") Set "su" directive in config file to tell logrotate which user/group should be used for rotation.`);
      return false;
    }
    if ((stat.mode & S.IFMT) === S.IFDIR) return false;
    if (!this.state.has(file)) yield* this.#newState(file);
    const last = this.state.get(file) ?? this.#stamp();
    const now = this.#now;
    yield* this.say(`  Now: ${now.year}-${two(now.month)}-${two(now.day)} ${two(now.hour)}:${two(now.minute)}`);
    yield* this.say(`  Last rotated at ${last.year}-${two(last.month)}-${two(last.day)} ${two(last.hour)}:${two(last.minute)}`);
    let rotates = this.#force;
    const lastText = `${last.year}-${two(last.month)}-${two(last.day)} ${two(last.hour)}:${two(last.minute)}`;
    const same = (...fields: readonly (keyof Rotated)[]): boolean => fields.every((field) => last[field] === now[field as keyof Civil]);
    if (!rotates && options.interval === "size") {
      rotates = stat.sizeBytes >= options.sizeBytes;
      if (!rotates) yield* this.say("  log does not need rotating (log size is below the 'size' threshold)");
    } else if (!rotates && !same("year", "month", "day", "hour")) {
      const days = dayNumber(this.#stamp()) - dayNumber(last);
      const [due, span] = options.interval === "weekly" ? [days >= 7 || (days >= 1 && now.weekday === options.weekday), "a week"] : options.interval === "hourly" ? [true, "an hour"] : options.interval === "daily" ? [!same("year", "month", "day"), "a day"] : options.interval === "monthly" ? [!same("year", "month"), "a month"] : [!same("year"), "a year"];
      rotates = due;
      if (!due) yield* this.say(`  log does not need rotating (log has been rotated at ${lastText}, which is less than ${span} ago)`);
      if (rotates && options.minsize > 0 && stat.sizeBytes < options.minsize) {
        rotates = false;
        yield* this.say("  log does not need rotating ('minsize' directive is used and the log size is smaller than the minsize value)");
      }
    } else if (!rotates) yield* this.say("  log does not need rotating (log has already been rotated)");
    if (options.maxsize > 0 && stat.sizeBytes >= options.maxsize) rotates = true;
    if (rotates && !options.ifempty && stat.sizeBytes === 0) {
      yield* this.say("  log does not need rotating (log is empty)");
      return false;
    }
    if (rotates) yield* this.say("  log needs rotating");
    return rotates;
  }

  #stamp(): Rotated {
    const { year, month, day, hour, minute, second } = this.#now;
    return { year, month, day, hour, minute, second };
  }

  *#newState(file: string): Blocking<void> {
    yield* this.say("Creating new state");
    this.state.set(file, { ...this.#stamp(), minute: 0, second: 0 });
  }

  #exists(path: string): boolean {
    try {
      this.#sys.lstat(path);
      return true;
    } catch {
      return false;
    }
  }

  /** The names of the old logs; those that exist move up by one. */
  *#shift(file: string, options: LogOptions): Blocking<Names> {
    yield* this.say(`rotating log ${file}, log->rotateCount is ${options.rotate}`);
    const directory = options.olddir === undefined ? file.slice(0, file.lastIndexOf("/")) : options.olddir.startsWith("/") ? options.olddir : `${file.slice(0, file.lastIndexOf("/"))}/${options.olddir}`;
    let base = file.slice(file.lastIndexOf("/") + 1);
    let extension = "";
    if (options.extension !== "" && base.endsWith(options.extension)) {
      base = base.slice(0, -options.extension.length);
      extension = options.extension;
    }
    if (options.addextension !== "") extension = options.addextension;
    const stem = `${directory}/${base}`;
    const packed = options.compress ? options.compressext : "";
    const shown = options.dateyesterday ? civilAt(this.#zone, Math.floor(this.#sys.clockUs("realtime") / 1e6) - 86_400) : this.#now;
    const suffix = strftime(options.dateformat.replace("%s", String(Math.floor(this.#sys.clockUs("realtime") / 1e6))), shown);
    if (options.dateformatGiven) yield* this.say(`Converted '${options.dateformat}' -> '${options.dateformat}'`);
    yield* this.say(`dateext suffix '${suffix}'`);
    yield* this.say(`glob pattern '${options.dateformat.replace(/%Y/g, "[0-9][0-9][0-9][0-9]").replace(/%[mdHMSV]/g, "[0-9][0-9]").replace(/%s/g, "*")}'`);
    if (options.olddir !== undefined && options.createolddir && !this.#exists(directory) && !this.#debug) this.#sys.mkdir(directory, 0o755);
    // the last one was left as it is: now it is compressed
    if (options.compress && options.delaycompress) {
      const previous = options.dateext ? this.#dated(directory, base, extension, "", options).at(-1) : `${stem}.${options.start}${extension}`;
      if (previous === undefined || !this.#exists(previous)) yield* this.say(options.dateext ? "glob finding logs to compress failed" : `previous log ${previous ?? ""} does not exist`);
      else yield* this.#compress(previous, options);
    }
    if (options.dateext) {
      const old = this.#dated(directory, base, extension, packed, options);
      if (old.length === 0) yield* this.say("glob finding old rotated logs failed");
      const many = Math.max(0, old.length - Math.max(0, options.rotate - 1));
      return { first: `${stem}${suffix}${extension}`, doomed: options.rotate < 0 ? [] : old.slice(0, many) };
    }
    const name = (number: number): string => `${stem}.${number}${extension}${packed}`;
    // without old logs one is made all the same, and removed at the end
    const count = options.rotate < 0 ? 0 : Math.max(1, options.rotate);
    const last = name(options.start + count);
    for (let number = options.start + count - 1; number >= options.start; number--) {
      yield* this.say(`renaming ${name(number)} to ${name(number + 1)} (rotatecount ${count}, logstart ${options.start}, i ${number}), `);
      if (this.#debug) continue;
      if (this.#exists(name(number))) this.#sys.rename(name(number), name(number + 1));
      else yield* this.say(`old log ${name(number)} does not exist`);
    }
    if (!this.#exists(last)) {
      yield* this.say(`log ${last} doesn't exist -- won't try to dispose of it`);
      return { first: `${stem}.${options.start}${extension}`, doomed: [] };
    }
    return { first: `${stem}.${options.start}${extension}`, doomed: options.rotate === 0 ? [] : [last] };
  }

  /** Old logs with dates in their names, oldest first. */
  #dated(directory: string, base: string, extension: string, packed: string, options: LogOptions): readonly string[] {
    const pattern = options.dateformat.replace(/[*?[\\]/g, "\\$&").replace(/%Y/g, "[0-9][0-9][0-9][0-9]").replace(/%[mdHMSV]/g, "[0-9][0-9]").replace(/%s/g, "*");
    const matches = compileFnmatch(`${base}${pattern}${extension}*`);
    try {
      return this.#sys.readdir(directory).map((entry) => entry.name).filter((name) => matches(name) && (packed === "" ? !name.endsWith(options.compressext) : true)).sort().map((name) => `${directory}/${name}`);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      return [];
    }
  }

  /** The log itself. False: it stays. */
  *#rotate(file: string, names: Names, options: LogOptions): Blocking<boolean> {
    const sys = this.#sys;
    const stat = sys.stat(file);
    const taken = options.dateext ? [names.first, `${names.first}${options.compressext}`].find((path, index) => (index === 0 || options.compress) && this.#exists(path)) : undefined;
    if (taken !== undefined) {
      yield* this.complain(`destination ${taken} already exists, skipping rotation`);
      return false;
    }
    try {
      if (options.copy || options.copytruncate) {
        yield* this.say(`copying ${file} to ${names.first}`);
        if (!this.#debug) yield* this.#copy(file, names.first, stat);
        if (options.copytruncate) {
          yield* this.say(`truncating ${file}`);
          if (!this.#debug) sys.truncate(file, 0);
        }
      } else {
        yield* this.say(`renaming ${file} to ${names.first}`);
        if (options.rotate === 0) yield* this.say(`disposeName will be ${names.first}`);
        if (!this.#debug) sys.rename(file, names.first);
        if (options.create !== undefined) {
          const mode = options.create.mode ?? stat.mode & 0o7777;
          const uid = options.create.uid < 0 ? stat.uid : options.create.uid;
          const gid = options.create.gid < 0 ? stat.gid : options.create.gid;
          yield* this.say(`creating new ${file} mode = 0${mode.toString(8)} uid = ${uid} gid = ${gid}`);
          if (!this.#debug) {
            sys.close(yield* sys.open(file, O.WRONLY | O.CREAT, mode));
            sys.chown(file, uid, gid);
            sys.chmod(file, mode);
          }
        }
      }
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* this.complain(`failed to rename ${file} to ${names.first}: ${error.message}`);
      return false;
    }
    if (!this.#debug) this.state.set(file, this.#stamp());
    return true;
  }

  *#copy(from: string, to: string, stat: Stat): Blocking<void> {
    const sys = this.#sys;
    const input = yield* sys.open(from, O.RDONLY);
    const output = yield* sys.open(to, O.WRONLY | O.CREAT | O.TRUNC, stat.mode & 0o777);
    for (;;) {
      const bytes = yield* sys.read(input, 65_536);
      if (bytes.length === 0) break;
      yield* sys.write(output, bytes);
    }
    sys.close(input);
    sys.close(output);
  }

  *#finish(names: Names, options: LogOptions): Blocking<void> {
    if (options.compress && !options.delaycompress) yield* this.#compress(names.first, options);
    for (const path of [...names.doomed, ...(options.rotate === 0 ? [options.compress && !options.delaycompress ? `${names.first}${options.compressext}` : names.first] : [])]) {
      yield* this.say(`removing old log ${path}`);
      if (this.#debug) continue;
      try {
        this.#sys.unlink(path);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* this.complain(`Failed to remove old log ${path}: ${error.message}`);
      }
    }
  }

  *#compress(path: string, options: LogOptions): Blocking<void> {
    yield* this.say(`compressing log with: ${options.compresscmd}`);
    if (this.#debug || !this.#exists(path)) return;
    const sys = this.#sys;
    const pid = sys.fork(function* (child) {
      try {
        return yield* child.exec(options.compresscmd, [options.compresscmd, "-f", path], child.environment);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        return 127;
      }
    });
    const status = yield* waitFor(sys, pid);
    if (status.kind !== "exited" || status.status !== 0) yield* this.complain(`failed to compress log ${path}`);
  }

  *#script(name: string, options: LogOptions, argument: string): Blocking<void> {
    const script = options.scripts.get(name);
    if (script === undefined) return;
    yield* this.say(`running ${name} script`);
    if (this.#debug) return;
    const sys = this.#sys;
    yield* this.#io.out.flush();
    const pid = sys.fork(function* (child) {
      try {
        return yield* child.exec("/bin/sh", ["sh", "-c", script, "logrotate_script", argument], child.environment);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        return 127;
      }
    });
    const status = yield* waitFor(sys, pid);
    if (status.kind !== "exited" || status.status !== 0) yield* this.complain(`error running ${options.sharedscripts ? "shared" : "non-shared"} ${name} script for ${argument} ${options.sharedscripts ? "" : `of '${argument} '`}`.trimEnd());
  }
}

interface Names {
  /** what the log becomes */
  readonly first: string;
  /** what goes */
  readonly doomed: readonly string[];
}

const OPTIONS = [
  flag(["-d", "--debug"], "change nothing, say what would be done"), flag(["-f", "--force"], "rotate, due or not"), text(["-m", "--mail"], "command", "sends mail (/usr/bin/mail)"), text(["-s", "--state"], "statefile", `remember here (${STATE})`), flag(["--skip-state-lock"], "do without the lock on the state file"), flag(["--wait-for-state-lock"], "wait for the lock"),
  flag(["-v", "--verbose"], "say what is done"), text(["-l", "--log"], "logfile", "log to this file, or syslog"), flag(["--version"], "print the version"), flag(["-?", "--help"], "print this"), flag(["--usage"], "a brief usage"),
];
const USAGE = "Usage: logrotate [-dfv?] [-d|--debug] [-f|--force] [-m|--mail=command]\n        [-s|--state=statefile] [--skip-state-lock] [--wait-for-state-lock]\n        [-v|--verbose] [-l|--log=logfile] [--version] [-?|--help] [--usage]\n        [OPTION...] <configfile>\n";

export default program(
  { name: "logrotate", path: "/usr/sbin/logrotate", manSection: 8, summary: "rotates, compresses, and removes system logs", synopsis: ["[OPTION...] <configfile>"], options: OPTIONS, operands: "files", seeAlso: ["logrotate.conf(5)"] },
  function* (sys, argv, io: Io) {
    const flags = new Set<string>();
    const files: string[] = [];
    let statePath = STATE;
    for (let at = 1; at < argv.length; at++) {
      const word = argv[at] ?? "";
      if (!word.startsWith("-") || word === "-") {
        files.push(word);
        continue;
      }
      const [long = "", value] = word.startsWith("--") ? word.slice(2).split("=") : [];
      const letters = word.startsWith("--") ? [{ debug: "d", force: "f", verbose: "v", state: "s", mail: "m", log: "l", version: "V", help: "?", usage: "u", "skip-state-lock": "-", "wait-for-state-lock": "-" }[long] ?? "!"] : [...word.slice(1)];
      for (const [index, letter] of letters.entries()) {
        if (letter === "s" || letter === "m" || letter === "l") {
          const given = word.startsWith("--") ? (value ?? argv[++at]) : word.slice(index + 2) || argv[++at];
          if (letter === "s") statePath = given ?? STATE;
          break;
        }
        if (!"dfvV?u-".includes(letter)) {
          yield* io.stderr(`logrotate: bad argument ${word}: unknown error\n`);
          return 2;
        }
        flags.add(letter);
      }
    }
    if (flags.has("V")) {
      yield* io.stderr(`logrotate 3.21.0\n\n    Default mail command:       /usr/bin/mail\n    Default compress command:   /bin/gzip\n    Default uncompress command: /bin/gunzip\n    Default compress extension: .gz\n    Default state file path:    ${STATE}\n    ACL support:                yes\n    SELinux support:            yes\n`);
      return 0;
    }
    if (flags.has("?")) {
      io.out.put(`Usage: logrotate [OPTION...] <configfile>\n${OPTIONS.map((option) => `  ${option.names.join(", ")}${option.argument === undefined ? "" : `=${option.argument}`}`.padEnd(32) + option.help).join("\n")}\n`);
      return 0;
    }
    if (files.length === 0) {
      yield* io.stderr(`logrotate 3.21.0 - Copyright (C) 1995-2001 Red Hat, Inc.\nThis may be freely redistributed under the terms of the GNU General Public License\n\n${USAGE}`);
      return flags.has("u") ? 0 : 1;
    }
    const debug = flags.has("d");
    if (debug) yield* io.stderr("warning: logrotate in debug mode does nothing except printing debug messages!  Consider using verbose mode (-v) instead if this is not what you want.\n\n");
    const rotation = new Rotation(io, { debug, verbose: flags.has("v"), force: flags.has("f") }, yield* readZone(sys));
    const reader = new ConfigurationReader(sys, yield* Accounts.read(sys));
    for (const file of files) {
      yield* reader.read(file);
      for (const { kind, text: line } of reader.messages.splice(0)) {
        if (kind === "error") yield* rotation.complain(line);
        else if (kind === "note") yield* rotation.say(line);
        else yield* io.stderr(`${kind === "ignored" ? "error" : "warning"}: ${line}\n`);
      }
    }
    if (rotation.failed && reader.sections.length === 0 && files.every((file) => !exists(sys, file))) return 1;
    yield* rotation.readState(statePath);
    yield* rotation.say(`\nHandling ${reader.sections.length} logs`);
    for (const section of reader.sections) yield* rotation.section(section);
    if (!debug) yield* rotation.writeState(statePath);
    return rotation.failed ? 1 : 0;
  },
);

function exists(sys: Sys, path: string): boolean {
  try {
    sys.stat(path);
    return true;
  } catch {
    return false;
  }
}
