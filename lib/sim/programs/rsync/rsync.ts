// rsync: makes a directory tree equal to another, here or over ssh. File by file: the delta algorithm would save nothing that could be seen.
// (More than 400 lines: the walk, the comparison and what is said of each file share one set of options.)
import { type Blocking, concatBytes, decode, encode, type Errno, errnoNumber, O, S, type Sys, SysError } from "../../kernel/sys.ts";
import { Accounts, readTextFile } from "../kit/accounts.ts";
import { applyMode, type ModeChange, parseMode } from "../kit/file-mode.ts";
import { type Io, counted, flag, gnu, optionalText, text, texts, unsimulated } from "../kit/gnu.ts";
import { civilAtUs, strftime } from "../kit/time-format.ts";
import { readWhole } from "../kit/read-whole.ts";
import { UTC } from "../kit/zones.ts";
import { type Rule, isExcluded } from "./_rules.ts";
import { type Attributes, Disconnected, type Entry, LocalSide, RemoteSide, type Side, SideError, serve } from "./_side.ts";

const VERSION = "3.5.0";

interface Place {
  readonly host: string | undefined;
  readonly path: string;
}

function placeOf(word: string): Place {
  const match = /^((?:[^@/:]+@)?(?:\[[^\]]+\]|[^/:]+)):(.*)$/.exec(word);
  return match && !word.startsWith("/") && !word.startsWith("./") ? { host: match[1]?.replace(/\[(.*)\]/, "$1") ?? "", path: match[2] ?? "" } : { host: undefined, path: word };
}

const thousands = (value: number): string => String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ",");

/** -h: units of 1000 */
function amount(value: number, level: number): string {
  if (level < 2) return thousands(value);
  if (level > 2) {
    for (const [power, unit] of [[4, "T"], [3, "G"], [2, "M"], [1, "K"]] as const) if (value >= 1024 ** power) return `${(value / 1024 ** power).toFixed(2)}${unit}`;
    return String(value);
  }
  for (const [limit, unit] of [[1e12, "T"], [1e9, "G"], [1e6, "M"], [1e3, "K"]] as const) if (value >= limit) return `${(value / limit).toFixed(2)}${unit}`;
  return String(value);
}

const isDirectory = (entry: Entry): boolean => (entry.mode & S.IFMT) === S.IFDIR;
const isRegular = (entry: Entry): boolean => (entry.mode & S.IFMT) === S.IFREG;
const isLink = (entry: Entry): boolean => (entry.mode & S.IFMT) === S.IFLNK;
const join = (base: string, path: string): string => (path === "" ? base : base === "" ? path : `${base.replace(/\/+$/, "")}/${path}`);

function typeLetter(entry: Entry): string {
  switch (entry.mode & S.IFMT) {
    case S.IFDIR: return "d";
    case S.IFLNK: return "L";
    case S.IFREG: return "f";
    case S.IFCHR: case S.IFBLK: return "D";
    default: return "S";
  }
}

/** One file of the list, with the place that it comes from. */
interface Listed {
  readonly entry: Entry;
  readonly from: string;
  /** below the destination */
  readonly to: string;
  /** what stands before it in messages: a slash that -R was given */
  readonly lead?: string;
}

/** A message and a status: the whole run is over. */
class Stop extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

const errorLine = (text: string, code: number, where: string, who: string): string => `rsync error: ${text} (code ${code}) at ${where} [${who}=${VERSION}]\n`;
const errnoText = (error: SideError): string => `${error.message} (${errnoNumber(error.errno as Errno)})`;

export default gnu({
  name: "rsync", versionText: `rsync  version ${VERSION}  protocol version 32\nSimulated: same options, messages and results as the real program, own code.\n`, tryLine: () => errorLine("syntax or usage error", 1, "main.c(1886)", "client"), usageStatus: 1, summary: "copy files here or to another machine, only what changed",
  synopsis: ["[OPTION...] SRC... [DEST]", "[OPTION...] SRC... [USER@]HOST:DEST", "[OPTION...] [USER@]HOST:SRC... [DEST]"],
  description: [
    "rsync copies files and directories, skips those whose size and time are the same already, and with --delete removes what the source does not have. A source with a slash at its end means what is in it.",
    "Over ssh the other machine needs rsync too. Files go as a whole: how many bytes are said to be sent is what went through the pipe here. The rsync daemon (HOST::MODULE, rsync://) is not simulated.",
  ],
  options: {
    verbose: counted(["-v", "--verbose"], "say more"), quiet: flag(["-q", "--quiet"], "no messages but errors"), archive: flag(["-a", "--archive"], "-rlptgoD"), recursive: flag(["-r", "--recursive"], "recurse into directories"), dirs: flag(["-d", "--dirs"], "directories without what is in them"), relative: flag(["-R", "--relative"], "keep the source's path, or what follows /./ in it"), noRelative: flag(["--no-relative", "--no-R"], "not -R"),
    noRecursive: flag(["--no-recursive", "--no-r"], "not -r"), noPerms: flag(["--no-perms", "--no-p"], "not -p"), noTimes: flag(["--no-times", "--no-t"], "not -t"), noOwner: flag(["--no-owner", "--no-o"], "not -o"), noGroup: flag(["--no-group", "--no-g"], "not -g"), noLinks: flag(["--no-links", "--no-l"], "not -l"),
    backup: flag(["-b", "--backup"], "keep replaced and deleted files under another name"), suffix: text(["--suffix"], "SUFFIX", "what --backup adds, default ~"), update: flag(["-u", "--update"], "leave files that are newer at the destination"), links: flag(["-l", "--links"], "copy symbolic links as such"), copyLinks: flag(["-L", "--copy-links"], "copy what links lead to"),
    hard: flag(["-H", "--hard-links"], "keep hard links"), perms: flag(["-p", "--perms"], "keep permissions"), executability: flag(["-E", "--executability"], "keep executability (as -p)"), acls: flag(["-A", "--acls"], "keep ACLs (taken, no effect here)"), xattrs: flag(["-X", "--xattrs"], "keep extended attributes (taken, no effect here)"),
    chmod: texts(["--chmod"], "CHANGES", "change permissions on the way; D: of directories, F: of files"), chown: text(["--chown"], "USER:GROUP", "owner and group of what is copied"), owner: flag(["-o", "--owner"], "keep owners (superuser only)"), group: flag(["-g", "--group"], "keep groups"), devices: flag(["-D"], "keep devices and special files"), times: flag(["-t", "--times"], "keep modification times"), omitDirTimes: flag(["-O", "--omit-dir-times"], "not those of directories"),
    dryRun: flag(["-n", "--dry-run"], "only show what would be done"), whole: flag(["-W", "--whole-file"], "copy whole files (always so here)"), oneFileSystem: flag(["-x", "--one-file-system"], "do not cross file systems (taken, no effect here)"), shell: text(["-e", "--rsh"], "COMMAND", "the remote shell"), rsyncPath: text(["--rsync-path"], "PROGRAM", "rsync on the other machine"),
    existing: flag(["--existing", "--ignore-non-existing"], "create nothing new"), ignoreExisting: flag(["--ignore-existing"], "update nothing"), removeSource: flag(["--remove-source-files"], "remove files that were copied"), delete: flag(["--delete", "--del", "--delete-during", "--delete-before", "--delete-after", "--delete-delay"], "delete what the source does not have"), deleteExcluded: flag(["--delete-excluded"], "also what is excluded"),
    force: flag(["--force"], "delete directories in the way"), maxDelete: text(["--max-delete"], "NUMBER", "delete no more than that"), maxSize: text(["--max-size"], "SIZE", "no files larger than SIZE"), minSize: text(["--min-size"], "SIZE", "no files smaller than SIZE"), partial: flag(["--partial"], "keep partly copied files"), partialProgress: flag(["-P"], "--partial --progress"),
    ignoreTimes: flag(["-I", "--ignore-times"], "copy even what looks the same"), sizeOnly: flag(["--size-only"], "compare sizes only"), checksum: flag(["-c", "--checksum"], "compare contents"), compress: flag(["-z", "--compress"], "compress on the way"), numericIds: flag(["--numeric-ids"], "do not map ids by name (always so here)"),
    excludes: texts(["--exclude"], "PATTERN", "leave out what matches"), excludeFrom: texts(["--exclude-from"], "FILE", "read patterns to leave out"), includes: texts(["--include"], "PATTERN", "do not leave out what matches"), includeFrom: texts(["--include-from"], "FILE", "read patterns not to leave out"), filter: texts(["-f", "--filter"], "RULE", "a filter rule: \"- PATTERN\" or \"+ PATTERN\""), filesFrom: text(["--files-from"], "FILE", "read the names of files below the source from FILE"), from0: flag(["-0", "--from0"], "names in FILE end with NUL"),
    stats: flag(["--stats"], "numbers at the end"), human: counted(["-h", "--human-readable"], "numbers for people"), progress: flag(["--progress"], "show progress"), info: optionalText(["--info"], "FLAGS", "what to say: progress2, name0"), itemize: counted(["-i", "--itemize-changes"], "a line of changes for each file"), outFormat: text(["--out-format", "--log-format"], "FORMAT", "what to print of each file: %i changes, %n name, %L target, %l length, %f, %M, %o, %b, %p, %t"), logFile: text(["--log-file"], "FILE", "write a log"), logFileFormat: text(["--log-file-format"], "FORMAT", "what to log of each file"), inplace: flag(["--inplace"], "write into the file itself (a new one here)"), append: flag(["--append"], "append to shorter files"), prune: flag(["-m", "--prune-empty-dirs"], "no directories without files"),
    listOnly: flag(["--list-only"], "list the files"), bwlimit: text(["--bwlimit"], "RATE", "limit the bandwidth (taken, no effect here)"), timeout: text(["--timeout"], "SECONDS", "give up after that time"), modifyWindow: text(["-@", "--modify-window"], "SECONDS", "times that differ by no more than that are the same"), noImpliedDirs: flag(["--no-implied-dirs"], "with -R, leave the directories of the path as they are (taken, no effect here)"), noHuman: flag(["--no-h", "--no-human-readable"], "whole numbers"), mkpath: flag(["--mkpath"], "make missing directories of the destination"), linkDest: texts(["--link-dest"], "DIR", "hard link to unchanged files of DIR"), compareDest: texts(["--compare-dest"], "DIR", "leave out what DIR has unchanged"), copyDest: texts(["--copy-dest"], "DIR", "copy what DIR has unchanged from there"), backupDir: text(["--backup-dir"], "DIR", "where --backup puts files"),
    server: flag(["--server"], "run as the other end"), sender: flag(["--sender"], "as the sending end"), port: unsimulated(["--port"], "port of the daemon", "the daemon is not simulated"), daemon: unsimulated(["--daemon"], "run as daemon", "the daemon is not simulated"), versionShort: flag(["-V"], "print the version"), ipv4: flag(["-4", "--ipv4"], "IPv4"), ipv6: flag(["-6", "--ipv6"], "IPv6"), blocking: flag(["--blocking-io"], "taken"), eightBit: flag(["-8", "--8-bit-output"], "do not escape names"), protectArgs: flag(["-s", "--secluded-args", "--protect-args"], "taken"), sparse: flag(["-S", "--sparse"], "make holes of zeros"), fuzzy: flag(["-y", "--fuzzy"], "taken"),
  },
  operands: "files",
  rewrite: (args) => args.map((arg) => (arg === "-V" ? "--version" : arg)),
  *run({ options, operands, given, sys }, io: Io) {
    if (options.server) return yield* serve(sys);
    if (operands.length === 0) {
      yield* io.stderr(`rsync  version ${VERSION}  protocol version 32\nUsage: rsync [OPTION]... SRC [SRC]... DEST\n  or   rsync [OPTION]... SRC [SRC]... [USER@]HOST:DEST\n  or   rsync [OPTION]... [USER@]HOST:SRC [DEST]\nUse "rsync --help" to see the full list of options.\n${errorLine("syntax or usage error", 1, "main.c(1871)", "client")}`);
      return 1;
    }
    const rules: Rule[] = [];
    for (const { option, argument = "" } of given) {
      if (option === "excludes" || option === "includes") rules.push({ exclude: option === "excludes", pattern: argument });
      else if (option === "filter") {
        const match = /^(-|\+|exclude|include)[ _](.*)$/.exec(argument);
        if (!match) {
          yield* io.stderr(`Unknown filter rule: ${argument}\n${errorLine("syntax or usage error", 1, "exclude.c(136)", "client")}`);
          return 1;
        }
        rules.push({ exclude: match[1] === "-" || match[1] === "exclude", pattern: match[2] ?? "" });
      } else if (option === "excludeFrom" || option === "includeFrom") {
        const lines = yield* readTextFile(sys, argument);
        if (lines === undefined) {
          yield* io.stderr(`rsync: [client] failed to open ${option === "excludeFrom" ? "exclude" : "include"} file ${argument}: No such file or directory (2)\n${errorLine("error in file IO", 11, "exclude.c(1719)", "client")}`);
          return 11;
        }
        for (const line of lines.split("\n")) if (line.trim() !== "" && !/^[#;]/.test(line)) rules.push(/^[-+] /.test(line) ? { exclude: line.startsWith("-"), pattern: line.slice(2) } : { exclude: option === "excludeFrom", pattern: line });
      }
    }
    const modes = chmodOf(options.chmod);
    if (typeof modes === "string") {
      yield* io.stderr(`rsync: Invalid argument passed to --chmod (${modes})\n${errorLine("syntax or usage error", 1, "main.c(1886)", "client")}`);
      return 1;
    }
    let names: readonly string[] | undefined;
    if (options.filesFrom !== undefined) {
      const text = options.filesFrom === "-" ? decode(yield* readWhole(sys, 0)) : yield* readTextFile(sys, options.filesFrom);
      if (text === undefined) {
        yield* io.stderr(`rsync: failed to open files-from file ${options.filesFrom}: No such file or directory (2)\n${errorLine("syntax or usage error", 1, "main.c(1886)", "client")}`);
        return 1;
      }
      names = text.split(options.from0 ? "\0" : "\n").filter((one) => one !== "" && (options.from0 || !/^[#;]/.test(one)));
    }
    // a list of names says by itself what is wanted: only -r goes down from there
    const recursive = (options.recursive || (options.archive && names === undefined)) && !options.noRecursive;
    let log: number | undefined;
    if (options.logFile !== undefined) {
      try {
        log = yield* sys.open(options.logFile, O.WRONLY | O.CREAT | O.APPEND | O.CLOEXEC, 0o644);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* io.stderr(`rsync: [client] failed to open log-file ${options.logFile}: ${error.message} (${errnoNumber(error.errno)})\nIgnoring "log file" setting.\n`);
      }
    }
    const alternatives: Alternative[] = [...options.linkDest.map((path) => ({ kind: "link", path }) as const), ...options.compareDest.map((path) => ({ kind: "compare", path }) as const), ...options.copyDest.map((path) => ({ kind: "copy", path }) as const)];
    const owners = yield* ownersOf(sys, options.chown);
    if (options.delete && !recursive && !options.dirs) {
      yield* io.stderr(`rsync: --delete does not work without --recursive (-r) or --dirs (-d).\n${errorLine("syntax or usage error", 1, "main.c(1886)", "client")}`);
      return 1;
    }
    const timed = given.findLast(({ name }) => name.startsWith("--delete-") && name !== "--delete-excluded")?.name;
    const deleteTime = timed === "--delete-before" ? "before" : timed === "--delete-after" || timed === "--delete-delay" ? "after" : "during";
    for (const [name, value] of [["max", options.maxSize], ["min", options.minSize]] as const) {
      if (value === undefined || /^\d+(?:\.\d+)?(?:b|[kmgtp](?:i?b)?)?(?:[+-]1)?$/i.test(value)) continue;
      yield* io.stderr(`rsync: --${name}-size=${value} is invalid\n${errorLine("syntax or usage error", 1, "main.c(1886)", "client")}`);
      return 1;
    }
    const transfer = new Transfer(sys, io, {
      recursive, links: (options.links || options.archive) && !options.noLinks, copyLinks: options.copyLinks, perms: (options.perms || options.archive || options.executability) && !options.noPerms, times: (options.times || options.archive) && !options.noTimes,
      owner: (options.owner || options.archive) && !options.noOwner && sys.getcred().euid === 0, group: (options.group || options.archive) && !options.noGroup, devices: options.devices || options.archive, dirs: options.dirs || names !== undefined, dryRun: options.dryRun, delete: options.delete || options.deleteExcluded, deleteExcluded: options.deleteExcluded, checksum: options.checksum, ignoreTimes: options.ignoreTimes, sizeOnly: options.sizeOnly, update: options.update, existing: options.existing, ignoreExisting: options.ignoreExisting,
      verbose: options.quiet ? 0 : options.verbose, itemize: options.itemize, progress: (options.progress || options.partialProgress) && !options.quiet, progress2: typeof options.info === "string" && options.info.includes("progress2"), stats: options.stats, human: options.noHuman ? 0 : options.human, windowSeconds: Number(options.modifyWindow ?? 0), rules, backup: options.backup || options.backupDir !== undefined ? (options.suffix ?? (options.backupDir === undefined ? "~" : "")) : undefined, backupDir: options.backupDir?.replace(/(.)\/+$/, "$1"), relative: (options.relative || names !== undefined) && !options.noRelative, names, alternatives, modes, owners, maxDelete: options.maxDelete === undefined ? undefined : Number(options.maxDelete), outFormat: options.outFormat, log, logFormat: options.logFileFormat ?? "%i %n%L", append: options.append, prune: options.prune, deletes: deleteTime, wholeList: options.prune || given.some(({ name }) => ["--delete-before", "--delete-after", "--delay-updates"].includes(name)), hard: options.hard, removeSource: options.removeSource, maxSize: sizeOf(options.maxSize), minSize: sizeOf(options.minSize), omitDirTimes: options.omitDirTimes, mkpath: options.mkpath,
    });
    if (operands.some((one) => one.startsWith("rsync://") || /^[^/]*::/.test(one))) {
      sys.observe({ kind: "unsimulated", command: "rsync", detail: "daemon" });
      io.die("the rsync daemon (HOST::MODULE, rsync://) is not simulated here: use HOST:PATH over ssh", 5);
    }
    const listing = options.listOnly || operands.length === 1;
    const sources = (listing ? operands : operands.slice(0, -1)).map(placeOf);
    const target = listing ? undefined : placeOf(operands.at(-1) ?? "");
    const remote = sources.find((one) => one.host !== undefined)?.host ?? target?.host;
    if (target?.host !== undefined && sources.some((one) => one.host !== undefined)) {
      yield* io.stderr(`The source and destination cannot both be remote.\n${errorLine("syntax or usage error", 1, "main.c(1471)", "Receiver")}`);
      return 1;
    }
    try {
      const local = new LocalSide(sys);
      let far: RemoteSide | undefined;
      let pid: number | undefined;
      if (remote !== undefined) {
        const started = startRemote(sys, (options.shell ?? sys.environment.get("RSYNC_RSH") ?? "ssh").split(" ").filter((one) => one !== ""), remote, options.rsyncPath ?? "rsync", target?.host === undefined);
        far = new RemoteSide(sys, started.input, started.output);
        pid = started.pid;
      }
      const sending = target?.host !== undefined;
      const source: Side = sending || far === undefined ? local : far;
      const destination: Side = sending && far !== undefined ? far : local;
      try {
        const status = listing ? yield* transfer.list(source, sources) : yield* transfer.run(source, destination, sources, target?.path ?? ".", remote === undefined ? "local" : sending ? "push" : "pull", far);
        return status;
      } catch (error) {
        if (!(error instanceof Disconnected)) throw error;
        yield* io.out.flush();
        const waited = pid === undefined ? undefined : yield* sys.waitpid(pid);
        const code = waited?.status.kind === "exited" ? waited.status.status : 12;
        const who = sending ? "sender" : "Receiver";
        yield* io.stderr(`rsync: connection unexpectedly closed (0 bytes received so far) [${who}]\n${code === 127 ? errorLine("remote command not found", 127, "io.c(231)", who) : code === 255 ? errorLine("unexplained error", 255, "io.c(231)", who) : errorLine("error in rsync protocol data stream", 12, "io.c(231)", who)}`);
        return code === 127 || code === 255 ? code : 12;
      }
    } catch (error) {
      if (error instanceof Stop) {
        yield* io.stderr(error.message);
        return error.status;
      }
      throw error;
    }
  },
});

function sizeOf(word: string | undefined): number | undefined {
  const match = /^(\d+(?:\.\d+)?)([bkmgt]?)/i.exec(word ?? "");
  if (!match) return undefined;
  return Number(match[1]) * 1024 ** ["b", "k", "m", "g", "t"].indexOf((match[2] ?? "").toLowerCase() || "b");
}

function startRemote(sys: Sys, shell: readonly string[], host: string, program: string, sender: boolean): { readonly pid: number; readonly input: number; readonly output: number } {
  const [inRead, inWrite] = sys.pipe();
  const [outRead, outWrite] = sys.pipe();
  const [command = "ssh", ...words] = shell;
  const pid = sys.fork(function* (own) {
    own.dup2(inRead, 0);
    own.dup2(outWrite, 1);
    for (const fd of [inRead, inWrite, outRead, outWrite]) own.close(fd);
    const argv = [command, ...words, host, program, "--server", ...(sender ? ["--sender"] : []), ".", "."];
    for (const path of command.includes("/") ? [command] : (own.environment.get("PATH") ?? "/usr/bin").split(":").map((folder) => `${folder}/${command}`)) {
      try {
        yield* own.exec(path, argv, own.environment);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
    }
    return 127;
  });
  sys.close(inRead);
  sys.close(outWrite);
  sys.sigaction(13, "ignore");
  return { pid, input: outRead, output: inWrite };
}

interface Alternative {
  readonly kind: "link" | "compare" | "copy";
  readonly path: string;
}

interface ModeRule {
  readonly of: "D" | "F" | undefined;
  readonly changes: readonly ModeChange[];
}

/** The rules of --chmod; the text that is none. */
function chmodOf(given: readonly string[]): readonly ModeRule[] | string {
  const rules: ModeRule[] = [];
  for (const text of given) {
    for (const part of text.split(",")) {
      const of = part.startsWith("D") ? "D" : part.startsWith("F") ? "F" : undefined;
      const changes = parseMode(of === undefined ? part : part.slice(1));
      if (!changes) return text;
      rules.push({ of, changes });
    }
  }
  return rules;
}

function* ownersOf(sys: Sys, given: string | undefined): Blocking<{ readonly uid?: number; readonly gid?: number }> {
  if (given === undefined) return {};
  const accounts = yield* Accounts.read(sys);
  const [user = "", group = ""] = given.split(":");
  const uid = user === "" ? undefined : (accounts.userByName(user)?.uid ?? Number(user));
  const gid = group === "" ? undefined : (accounts.groupByName(group)?.gid ?? Number(group));
  return { ...(uid !== undefined && Number.isInteger(uid) && { uid }), ...(gid !== undefined && Number.isInteger(gid) && { gid }) };
}

interface How {
  readonly recursive: boolean; readonly links: boolean; readonly copyLinks: boolean; readonly perms: boolean; readonly times: boolean; readonly owner: boolean; readonly group: boolean; readonly devices: boolean; readonly dirs: boolean;
  readonly dryRun: boolean; readonly delete: boolean; readonly deleteExcluded: boolean; readonly checksum: boolean; readonly ignoreTimes: boolean; readonly sizeOnly: boolean; readonly update: boolean; readonly existing: boolean; readonly ignoreExisting: boolean;
  readonly verbose: number; readonly itemize: number; readonly progress: boolean; readonly progress2: boolean; readonly stats: boolean; readonly human: number; readonly rules: readonly Rule[]; readonly backup: string | undefined; readonly hard: boolean; readonly removeSource: boolean; readonly maxSize: number | undefined; readonly minSize: number | undefined; readonly omitDirTimes: boolean; readonly mkpath: boolean;
  readonly backupDir: string | undefined; readonly relative: boolean; readonly names: readonly string[] | undefined; readonly alternatives: readonly Alternative[]; readonly modes: readonly ModeRule[]; readonly owners: { readonly uid?: number; readonly gid?: number }; readonly maxDelete: number | undefined;
  readonly outFormat: string | undefined; readonly log: number | undefined; readonly logFormat: string; readonly append: boolean; readonly prune: boolean;
  /** when what the source lacks goes: with each directory, before all files or after them */
  readonly deletes: "during" | "before" | "after";
  /** the whole list is made before anything is sent */
  readonly wholeList: boolean;
  readonly windowSeconds: number;
}

/** rsync's list: a directory's files, then its directories with what is in them. */
function order(a: Listed, b: Listed): number {
  const [mine, theirs] = [a.to.split("/"), b.to.split("/")];
  for (let at = 0; ; at++) {
    const [one, other] = [mine[at], theirs[at]];
    if (a.to === "" || b.to === "") return a.to === b.to ? 0 : a.to === "" ? -1 : 1;
    if (one === undefined || other === undefined) return one === other ? 0 : one === undefined ? -1 : 1;
    const isLeaf = [at === mine.length - 1 && !isDirectory(a.entry), at === theirs.length - 1 && !isDirectory(b.entry)];
    if (isLeaf[0] !== isLeaf[1]) return isLeaf[0] ? -1 : 1;
    if (one !== other) return one < other ? -1 : 1;
  }
}

class Transfer {
  readonly #sys: Sys;
  readonly #io: Io;
  readonly #how: How;
  #failed = false;
  #listing = false;

  constructor(sys: Sys, io: Io, how: How) {
    this.#sys = sys;
    this.#io = io;
    this.#how = how;
  }

  *#complain(who: string, what: string): Blocking<void> {
    this.#failed = true;
    yield* this.#io.stderr(`rsync: [${who}] ${what}\n`);
  }

  /** Files of a directory first, then its directories with what is in them, by name. */
  *#gather(side: Side, from: string, to: string, path: string, out: Listed[]): Blocking<void> {
    let entries: readonly Entry[];
    try {
      entries = yield* side.list(join(from, path));
    } catch (error) {
      if (!(error instanceof SideError)) throw error;
      yield* this.#complain("sender", `opendir "${join(from, path)}" failed: ${errnoText(error)}`);
      return;
    }
    const sorted = [...entries].sort((a, b) => Number(isDirectory(a)) - Number(isDirectory(b)) || (a.path < b.path ? -1 : 1));
    for (const found of sorted) {
      if (this.#sys.charge(10)) yield* this.#sys.preempt();
      const inside = join(path, found.path);
      const shown = join(to, inside);
      let entry = found;
      if (this.#how.copyLinks && isLink(found)) entry = (yield* side.look(join(from, inside), true)) ?? found;
      if (isExcluded(this.#how.rules, shown, isDirectory(entry))) continue;
      if (isRegular(entry) && ((this.#how.maxSize !== undefined && entry.sizeBytes > this.#how.maxSize) || (this.#how.minSize !== undefined && entry.sizeBytes < this.#how.minSize))) {
        this.#leftOutBytes += entry.sizeBytes;
        continue;
      }
      if (isDirectory(entry) && !this.#how.recursive && !this.#how.dirs) continue;
      if (!(yield* this.#wanted(entry, shown))) continue;
      out.push({ entry, from: join(from, inside), to: shown });
      if (isDirectory(entry) && this.#how.recursive) yield* this.#gather(side, from, to, inside, out);
    }
  }

  /** told behind the line that begins the list */
  readonly #skipped: string[] = [];
  /** of what is seen and not sent: it counts in the total all the same */
  #leftOutBytes = 0;

  /** Links and devices go only when asked for. */
  *#wanted(entry: Entry, shown: string): Blocking<boolean> {
    if (isRegular(entry) || isDirectory(entry) || this.#listing) return true;
    const good = isLink(entry) ? this.#how.links : this.#how.devices;
    if (!good) {
      this.#skipped.push(shown);
      if (entry.target !== undefined) this.#leftOutBytes += encode(entry.target).length;
    }
    return good;
  }

  *#sources(side: Side, sources: readonly Place[]): Blocking<Listed[]> {
    let out: Listed[] = [];
    const { names, relative } = this.#how;
    const base = names === undefined ? "" : (sources[0]?.path ?? ".");
    const words = names === undefined ? sources.map(({ path }) => path) : names.map((name) => `${base.replace(/(.)\/+$/, "$1")}/./${name.replace(/^\/+/, "")}`);
    for (const word of words) {
      const path = word === "" ? "." : word;
      if (relative) {
        yield* this.#relative(side, path, out);
        continue;
      }
      const into = path.endsWith("/") || path === "." || path.endsWith("/.") || path === ".." || path.endsWith("/..");
      const root = path.replace(/(.)\/+$/, "$1");
      const entry = yield* side.look(root, into || this.#how.copyLinks);
      if (!entry) {
        const shown = root.startsWith("/") || side instanceof RemoteSide ? root : join(this.#sys.getcwd(), root);
        yield* this.#complain("sender", `${into ? "change_dir" : "link_stat"} "${shown}" failed: No such file or directory (2)`);
        continue;
      }
      if (isDirectory(entry)) {
        const name = into ? "" : root.slice(root.lastIndexOf("/") + 1);
        if (!this.#how.recursive && !this.#how.dirs) {
          this.#io.out.put(`skipping directory ${into ? "." : name}\n`);
          continue;
        }
        if (name !== "" && isExcluded(this.#how.rules, name, true)) continue;
        out.push({ entry, from: root, to: name });
        if (this.#how.recursive || into) yield* this.#gather(side, root, name, "", out);
      } else {
        const name = root.slice(root.lastIndexOf("/") + 1);
        if (!isExcluded(this.#how.rules, name, false) && (yield* this.#wanted(entry, name))) out.push({ entry, from: root, to: name });
      }
    }
    if (relative || words.length > 1) out = [...new Map(out.map((one) => [one.to, one])).values()].sort((a, b) => order(a, b));
    if (!this.#how.prune) return out;
    const filled = (one: Listed): boolean => !isDirectory(one.entry) || out.some((other) => !isDirectory(other.entry) && other.to.startsWith(one.to === "" ? "" : `${one.to}/`));
    return out.filter(filled);
  }

  /** -R: the directories of the path as they are named, and what it leads to. */
  *#relative(side: Side, path: string, out: Listed[]): Blocking<void> {
    const cut = path.indexOf("/./");
    const base = cut < 0 ? (path.startsWith("/") ? "/" : "") : path.slice(0, cut) || "/";
    const rest = (cut < 0 ? path : path.slice(cut + 3)).split("/").filter((part) => part !== "" && part !== ".");
    const isInside = path.endsWith("/") || path.endsWith("/.");
    const deep: Listed[] = [];
    const steps = rest.length === 0 ? [""] : rest.map((_, count) => rest.slice(0, count + 1).join("/"));
    for (const [count, to] of steps.entries()) {
      const from = join(base, to) === "" ? "." : join(base, to);
      const isLast = count === steps.length - 1;
      const entry = yield* side.look(from, !isLast || isInside || this.#how.copyLinks);
      if (!entry) {
        yield* this.#complain("sender", `link_stat "${from.startsWith("/") || side instanceof RemoteSide ? from : join(this.#sys.getcwd(), from)}" failed: No such file or directory (2)`);
        return;
      }
      if (!isDirectory(entry)) {
        if (!isExcluded(this.#how.rules, to, false) && (yield* this.#wanted(entry, to))) deep.push({ entry, from, to });
      } else {
        if (isLast && !this.#how.recursive && !this.#how.dirs) {
          this.#io.out.put(`skipping directory ${to}\n`);
          return;
        }
        if (to !== "" && isExcluded(this.#how.rules, to, true)) return;
        deep.push({ entry, from, to });
        if (isLast && (this.#how.recursive || isInside)) yield* this.#gather(side, from, to, "", deep);
      }
    }
    out.push(...(cut < 0 && path.startsWith("/") ? deep.map((one) => ({ ...one, lead: "/" })) : deep));
  }

  *list(side: Side, sources: readonly Place[]): Blocking<number> {
    const deep = this.#how.recursive;
    this.#listing = true;
    const listed: Listed[] = [];
    for (const place of sources) {
      const root = place.path === "" ? "." : place.path.replace(/(.)\/+$/, "$1");
      const entry = yield* side.look(root, false);
      if (!entry) {
        yield* this.#complain("sender", `link_stat "${join(this.#sys.getcwd(), root)}" failed: No such file or directory (2)`);
        continue;
      }
      const into = place.path.endsWith("/") || root === ".";
      const name = into ? "." : root.slice(root.lastIndexOf("/") + 1);
      listed.push({ entry, from: root, to: name });
      if (isDirectory(entry) && (deep || into)) {
        const inner: Listed[] = [];
        yield* this.#gather(side, root, into ? "" : name, "", inner);
        for (const one of inner) if (deep || !one.to.slice(into ? 0 : name.length + 1).includes("/")) listed.push(one);
        if (!deep) for (const one of [...(yield* side.list(root))].filter(isDirectory).sort((a, b) => (a.path < b.path ? -1 : 1))) if (!isExcluded(this.#how.rules, one.path, true)) listed.push({ entry: one, from: "", to: one.path });
      }
    }
    for (const { entry, to } of listed) {
      const date = dateText(entry.mtimeUs);
      this.#io.out.put(`${modeText(entry.mode)} ${thousands(entry.sizeBytes).padStart(14)} ${date} ${to}${entry.target === undefined || !this.#how.links ? "" : ` -> ${entry.target}`}\n`);
    }
    return this.#failed ? yield* this.#end("sender") : 0;
  }

  *run(source: Side, destination: Side, sources: readonly Place[], targetWord: string, direction: "local" | "push" | "pull", far: RemoteSide | undefined): Blocking<number> {
    const how = this.#how, io = this.#io, sys = this.#sys;
    const startUs = sys.clockUs("monotonic");
    const talk = how.verbose > 0 || how.progress || how.itemize > 0 || how.outFormat !== undefined || how.log !== undefined;
    const showsCreated = how.verbose > 0 || how.progress || how.itemize > 0 || how.outFormat?.includes("%i") === true;
    yield* this.#logLine("building file list");
    const who = direction === "pull" ? "Receiver" : "sender";
    const list = yield* this.#sources(source, sources);
    const isListed = how.names !== undefined && !how.recursive;
    const heads = how.verbose > 0 || how.progress;
    if (heads && (isListed || (how.wholeList && (how.recursive || how.dirs) && (list.length > 0 || !this.#failed)))) io.out.put("building file list ... done\n");
    else if (heads && (how.recursive || how.dirs) && (list.length > 0 || !this.#failed)) io.out.put(direction === "pull" ? "receiving incremental file list\n" : "sending incremental file list\n");
    let target = targetWord === "" ? "." : targetWord.replace(/(.)\/+$/, "$1");
    const there = yield* destination.look(target, true);
    const intoDirectory = there ? isDirectory(there) : targetWord.endsWith("/") || how.relative || list.length > 1 || list.some((one) => isDirectory(one.entry));
    let created = false;
    if (there && !isDirectory(there) && (list.length > 1 || list.some((one) => isDirectory(one.entry)))) {
      throw new Stop(3, `rsync: [Receiver] ERROR: cannot stat destination "${target}": Not a directory (20)\n${errorLine("errors selecting input/output files, dirs", 3, "main.c(785)", "Receiver")}`);
    }
    for (const { path, kind } of how.alternatives) {
      const place = join(path.startsWith("/") ? "" : target, path);
      // what is relative to a directory that is yet to be made is looked for from where that will be
      const known = there || path.startsWith("/") ? place : place.replace(/[^/]+\/\.\.\//, "");
      if (!(yield* destination.look(known, true))) io.out.put(`--${kind}-dest arg does not exist: ${place.startsWith("/") || far ? place : join(sys.getcwd(), place)}\n`);
    }
    if (!there && intoDirectory && list.length > 0) {
      try {
        if (!how.dryRun) {
          if (how.mkpath) {
            const parts = target.split("/");
            for (let count = 1; count < parts.length; count++) {
              const parent = parts.slice(0, count).join("/");
              if (parent !== "" && !(yield* destination.look(parent, true))) yield* destination.make(parent, { ...DIRECTORY, mode: S.IFDIR | 0o755 });
            }
          }
          yield* destination.make(target, { ...DIRECTORY, mode: S.IFDIR | 0o755 });
        }
        created = true;
        if (showsCreated) io.out.put(`created directory ${target}\n`);
      } catch (error) {
        if (!(error instanceof SideError)) throw error;
        throw new Stop(11, `rsync: [Receiver] mkdir "${target.startsWith("/") || far ? target : join(sys.getcwd(), target)}" failed: ${errnoText(error)}\n${errorLine("error in file IO", 11, "main.c(791)", "Receiver")}`);
      }
    }
    for (const name of this.#skipped) io.out.put(`skipping non-regular file "${name}"\n`);
    this.#target = target;
    // a single file may get another name
    const single = !intoDirectory && list.length === 1 ? target : undefined;
    if (single !== undefined) target = "";
    let files = 0, transferredBytes = 0, totalBytes = this.#leftOutBytes, deleted = 0;
    const made: Entry[] = [];
    let progress: { readonly atUs: number; readonly fromBytes: number } | undefined;
    const listedBytes = list.reduce((sum, { entry }) => sum + (isRegular(entry) || isLink(entry) ? (entry.target === undefined ? entry.sizeBytes : encode(entry.target).length) : 0), 0);
    const linked = new Map<string, string>();
    const laterTimes: { readonly path: string; readonly attributes: Attributes }[] = [];
    const arrow = direction === "push" ? "<" : ">";
    const kept = new Set(list.map((one) => one.to));
    const checked = list.length;
    const gone: string[] = [];
    const clear = function* (self: Transfer): Blocking<void> {
      for (const { entry, to } of list) {
        const path = join(target, to);
        const old = isDirectory(entry) && !(created && how.dryRun) ? yield* destination.look(path, false) : undefined;
        if (old && isDirectory(old)) deleted += yield* self.#deleteExtra(destination, path, to, kept, talk, how.dryRun, gone);
      }
    };
    if (how.delete && how.deletes === "before") yield* clear(this);
    for (const [index, { entry, from, to, lead = "" }] of list.entries()) {
      if (sys.charge(20)) yield* sys.preempt();
      const path = single ?? join(target, to);
      const shown = isDirectory(entry) ? (to === "" ? "./" : `${lead}${to}/`) : `${lead}${to}`;
      if (isRegular(entry) || isLink(entry)) totalBytes += entry.target === undefined ? entry.sizeBytes : encode(entry.target).length;
      const old = created && how.dryRun ? undefined : yield* destination.look(path, false);
      const attributes = this.#attributes(entry, old !== undefined);
      this.#now = entry;
      this.#from = from;
      const other = (old === undefined || (created && to === "")) && how.alternatives.length > 0 ? yield* this.#alternative(source, from, destination, entry, to) : undefined;
      try {
        if (isDirectory(entry)) {
          if (how.delete && how.deletes === "during" && old && isDirectory(old)) deleted += yield* this.#deleteExtra(destination, path, to, kept, talk, how.dryRun, gone);
          let flags = old ? this.#changes(entry, old, true) : other ? "         " : "+++++++++";
          if (to === "" && created) flags = other ? "         " : "+++++++++";
          const isQuiet = flags === "         " && how.itemize < 2 && how.verbose < 2;
          if (old && !isDirectory(old)) {
            if (!how.dryRun) yield* destination.remove(path, false);
            flags = "+++++++++";
          }
          if (!old || !isDirectory(old)) {
            if (how.existing) continue;
            if (!how.dryRun) yield* destination.make(path, entry);
            made.push(entry);
            if (talk && !isQuiet) yield* this.#say(`cd${flags}`, shown);
          } else if (created && to === "") {
            made.push(entry);
            if (talk && !isQuiet) yield* this.#say(`cd${flags}`, shown);
          } else if (/[^. ]/.test(flags) && talk) yield* this.#say(`.d${flags}`, shown);
          else if (how.itemize > 1) io.out.put(`.d          ${shown}\n`);
          if (!how.dryRun) {
            const { mtimeUs, ...rest } = attributes;
            yield* destination.attributes(path, rest, false);
            if (mtimeUs !== undefined && !how.omitDirTimes) laterTimes.push({ path, attributes: { mtimeUs } });
          }
          continue;
        }
        if (!old && how.existing) continue;
        if (old && how.ignoreExisting) continue;
        if (old && how.update && isRegular(old) && old.mtimeUs > entry.mtimeUs) continue;
        if (!isRegular(entry)) {
          const same = old && (old.mode & S.IFMT) === (entry.mode & S.IFMT) && old.target === entry.target && old.rdev === entry.rdev;
          if (!same && other?.kind === "link" && other.isSame) {
            if (!how.dryRun) yield* destination.link(other.path, path);
            if (talk && (how.itemize > 1 || how.verbose > 1)) yield* this.#say(`h${typeLetter(entry)}         `, entry.target === undefined ? shown : `${shown} -> ${entry.target}`);
            continue;
          }
          if (!same && other?.kind === "compare" && other.isSame) continue;
          const isCopied = !same && other?.kind === "copy" && other.isSame;
          if (!same) {
            if (!how.dryRun) {
              if (old) yield* destination.remove(path, isDirectory(old));
              yield* destination.make(path, entry);
            }
            if (!old) made.push(entry);
            if (talk && (!isCopied || how.itemize > 1 || how.verbose > 1)) yield* this.#say(`c${typeLetter(entry)}${old ? (isLink(entry) ? `c.${how.times && old.mtimeUs !== entry.mtimeUs ? "t" : "."}......` : ".........") : "+++++++++"}`, entry.target === undefined ? shown : `${shown} -> ${entry.target}`);
          }
          if (same && how.itemize > 1) io.out.put(`.${typeLetter(entry)}          ${entry.target === undefined ? shown : `${shown} -> ${entry.target}`}\n`);
          if (!how.dryRun) yield* destination.attributes(path, attributes, isLink(entry));
          continue;
        }
        if (how.hard && entry.inode !== "") {
          const first = linked.get(entry.inode);
          if (first !== undefined) {
            if (!old || old.inode === "") {
              if (!how.dryRun) {
                if (old) yield* destination.remove(path, false);
                yield* destination.link(first, path);
              }
              if (talk) yield* this.#say("hf+++++++++", `${shown} => ${first.slice(target === "" ? 0 : target.length + 1)}`);
            }
            continue;
          }
          linked.set(entry.inode, path);
        }
        const unchanged = old && isRegular(old) && !how.ignoreTimes && old.sizeBytes === entry.sizeBytes && (how.sizeOnly || (how.checksum ? yield* this.#sameContent(source, from, destination, path) : Math.abs(Math.floor(old.mtimeUs / 1e6) - Math.floor(entry.mtimeUs / 1e6)) <= how.windowSeconds));
        if (unchanged && old) {
          if (how.removeSource && !how.dryRun) yield* source.remove(from, false);
          const flags = this.#changes(entry, old, false);
          if (/[^.]/.test(flags)) {
            if (how.itemize > 0 || how.outFormat?.includes("%i") === true || how.log !== undefined) yield* this.#say(`.f${flags}`, shown, how.itemize > 0 || how.outFormat?.includes("%i") === true);
            if (!how.dryRun) yield* destination.attributes(path, attributes, false);
          } else if (how.itemize > 1 || how.verbose > 1) io.out.put(how.itemize > 1 ? `.f          ${shown}\n` : `${shown} is uptodate\n`);
          continue;
        }
        if (other?.hasContent === true && isRegular(other.entry)) {
          if (other.isSame && other.kind === "compare") continue;
          const links = other.isSame && other.kind === "link";
          if (!how.dryRun) {
            if (links) yield* destination.link(other.path, path);
            else yield* destination.write(path, yield* destination.read(other.path), attributes);
          }
          const flags = other.isSame ? "         " : this.#changes(entry, other.entry, false);
          if (talk && (/[^ ]/.test(flags) || how.itemize > 1 || how.verbose > 1)) yield* this.#say(`${links ? "h" : "c"}f${flags}`, shown);
          continue;
        }
        const basis = old ?? (other !== undefined && isRegular(other.entry) ? other.entry : undefined);
        if (how.append && old && isRegular(old) && old.sizeBytes >= entry.sizeBytes) continue;
        if (old && isDirectory(old)) {
          if (!how.dryRun) yield* destination.remove(path, true);
        }
        if (how.backup !== undefined && old && !how.dryRun) yield* this.#putAside(destination, path, to);
        if (talk) yield* this.#say(`${arrow}f${basis ? this.#changes(entry, basis, false, true) : "+++++++++"}`, shown);
        if (!how.dryRun) {
          let content = yield* source.read(from);
          if (how.append && old && isRegular(old)) content = concatBytes([yield* destination.read(path), content.subarray(old.sizeBytes)]);
          yield* destination.write(path, content, attributes);
          if (how.removeSource) {
            yield* source.remove(from, false);
          }
        }
        files++;
        if (!old) made.push(entry);
        transferredBytes += entry.sizeBytes;
        if ((how.progress || how.progress2) && !how.dryRun) {
          progress ??= { atUs: sys.clockUs("monotonic"), fromBytes: Math.min(32768, entry.sizeBytes) };
          const ms = Math.max(1, Math.floor((sys.clockUs("monotonic") - progress.atUs) / 1000));
          const rate = ((entry.sizeBytes - (files === 1 ? progress.fromBytes : 0)) * 1000) / ms / 1024;
          const of = how.progress2 ? { done: transferredBytes, total: listedBytes } : { done: entry.sizeBytes, total: entry.sizeBytes };
          const begun = Math.min(32768, entry.sizeBytes);
          if (how.progress && begun > 0) io.out.put(`${progressLine(begun, entry.sizeBytes, files === 1 ? 0 : rate, how.human)}  `);
          io.out.put(`${progressLine(of.done, of.total, rate, how.human)} (xfr#${files}, to-chk=${checked - index - 1}/${checked})${how.progress2 ? "" : "\n"}`);
        }
        if (io.out.full) yield* io.out.flush();
      } catch (error) {
        if (!(error instanceof SideError)) throw error;
        yield* io.out.flush();
        const place = path.startsWith("/") || far ? path : join(sys.getcwd(), path);
        yield* this.#complain(error.message.startsWith("mkstemp") ? "receiver" : isDirectory(entry) ? "generator" : "sender", error.message.startsWith("mkstemp") ? errnoText(error) : isDirectory(entry) ? `recv_generator: mkdir "${place}" failed: ${errnoText(error)}` : `send_files failed to open "${from.startsWith("/") ? from : join(sys.getcwd(), from)}": ${errnoText(error)}`);
      }
    }
    if (how.delete && how.deletes === "after") yield* clear(this);
    for (const { path, attributes } of laterTimes.reverse()) yield* destination.attributes(path, attributes, false);
    if (how.progress2 && files > 0 && !how.dryRun) io.out.put("\n");
    // what a local pair says to each other: lists and contents
    const names = list.reduce((sum, one) => sum + one.to.length, 0);
    const sent = far && direction === "push" ? far.traffic.sent : far ? far.traffic.sent : 60 + names + 18 * list.length + (how.dryRun ? 0 : transferredBytes + 36 * files);
    const received = far ? far.traffic.received : 12 + 19 * files + (how.dryRun ? 3 : 4) + (list.length > 0 ? 3 : 0);
    const seconds = 0.5 + Math.floor((sys.clockUs("monotonic") - startUs) / 1e6);
    const rate = (sent + received) / seconds;
    if (how.stats) {
      const kinds = (entries: readonly Entry[]): string => {
        const parts = [["reg", entries.filter(isRegular).length], ["dir", entries.filter(isDirectory).length], ["link", entries.filter(isLink).length], ["special", entries.filter((one) => !isRegular(one) && !isDirectory(one) && !isLink(one)).length]] as const;
        const some = parts.filter(([, count]) => count > 0);
        return some.length === 0 ? "" : ` (${some.map(([name, count]) => `${name}: ${thousands(count)}`).join(", ")})`;
      };
      io.out.put(`\nNumber of files: ${thousands(list.length)}${kinds(list.map((one) => one.entry))}\nNumber of created files: ${made.length}${kinds(made)}\nNumber of deleted files: ${deleted}${deleted > 0 ? ` (reg: ${deleted})` : ""}\nNumber of regular files transferred: ${files}\nTotal file size: ${amount(totalBytes, how.human + 1)} bytes\nTotal transferred file size: ${amount(transferredBytes, how.human + 1)} bytes\nLiteral data: ${amount(how.dryRun ? 0 : transferredBytes, how.human + 1)} bytes\nMatched data: 0 bytes\nFile list size: 0\nFile list generation time: 0.001 seconds\nFile list transfer time: 0.000 seconds\nTotal bytes sent: ${amount(sent, how.human + 1)}\nTotal bytes received: ${amount(received, how.human + 1)}\n`);
    }
    if (how.verbose > 0 || how.stats) io.out.put(`\nsent ${amount(sent, how.human + 1)} bytes  received ${amount(received, how.human + 1)} bytes  ${how.human > 0 && rate >= 1000 ? `${amount(rate, 2)}` : thousands2(rate)} bytes/sec\ntotal size is ${amount(totalBytes, how.human + 1)}  speedup is ${thousands2(totalBytes / (sent + received))}${how.dryRun ? " (DRY RUN)" : ""}\n`);
    yield* this.#logLine(`sent ${thousands(sent)} bytes  received ${thousands(received)} bytes  total size ${thousands(totalBytes)}`);
    yield* io.out.flush();
    if (this.#failed) return yield* this.#end(who);
    if (this.#skippedDeletions === 0) return 0;
    yield* io.stderr(`Deletions stopped due to --max-delete limit (${this.#skippedDeletions} skipped)\n${errorLine("the --max-delete limit stopped deletions", 25, "main.c(1394)", who)}`);
    return 25;
  }

  #target = "";
  /** the file that is talked of */
  #now: Entry | undefined;
  #from = "";
  #deletions = 0;
  #skippedDeletions = 0;

  *#logLine(text: string): Blocking<void> {
    const { log } = this.#how;
    const sys = this.#sys;
    if (log !== undefined) yield* sys.write(log, encode(`${dateText(sys.clockUs("realtime"))} [${sys.getpid()}] ${text}\n`));
  }

  /** What a directory of --link-dest and the like has at the same place. */
  *#alternative(source: Side, from: string, destination: Side, entry: Entry, to: string): Blocking<{ readonly kind: Alternative["kind"]; readonly path: string; readonly entry: Entry; readonly hasContent: boolean; readonly isSame: boolean } | undefined> {
    let best: { readonly kind: Alternative["kind"]; readonly path: string; readonly entry: Entry; readonly hasContent: boolean; readonly isSame: boolean } | undefined;
    for (const { kind, path: folder } of this.#how.alternatives) {
      const path = join(join(folder.startsWith("/") ? "" : this.#target, folder), to);
      const there = yield* destination.look(path, false);
      if (!there || (there.mode & S.IFMT) !== (entry.mode & S.IFMT)) continue;
      if (!isRegular(entry)) return { kind, path, entry: there, hasContent: false, isSame: there.target === entry.target && there.rdev === entry.rdev };
      const hasContent = !this.#how.ignoreTimes && there.sizeBytes === entry.sizeBytes && (this.#how.sizeOnly || (this.#how.checksum ? yield* this.#sameContent(source, from, destination, path) : Math.floor(there.mtimeUs / 1e6) === Math.floor(entry.mtimeUs / 1e6)));
      const found = { kind, path, entry: there, hasContent, isSame: hasContent && !/[^.]/.test(this.#changes(entry, there, false)) };
      if (found.isSame) return found;
      if (best === undefined || (hasContent && !best.hasContent)) best = found;
    }
    return best;
  }

  /** --backup, --backup-dir */
  *#putAside(side: Side, path: string, to: string): Blocking<void> {
    const { backup = "", backupDir } = this.#how;
    if (backupDir === undefined) {
      yield* side.rename(path, `${path}${backup}`);
      return;
    }
    const aside = join(join(backupDir.startsWith("/") ? "" : this.#target, backupDir), `${to === "" ? path.slice(path.lastIndexOf("/") + 1) : to}${backup}`);
    for (let slash = aside.indexOf("/", 1); slash > 0; slash = aside.indexOf("/", slash + 1)) {
      const folder = aside.slice(0, slash);
      if (!(yield* side.look(folder, true))) yield* side.make(folder, { ...DIRECTORY, mode: S.IFDIR | 0o755 });
    }
    yield* side.rename(path, aside);
  }

  *#end(who: string): Blocking<number> {
    yield* this.#io.out.flush();
    yield* this.#io.stderr(errorLine("some files/attrs were not transferred (see previous errors)", 23, "main.c(1394)", who));
    return 23;
  }

  /** One changed file: on standard output where that is wanted, and in the log. */
  *#say(flags: string, name: string, shows = true): Blocking<void> {
    const { outFormat, itemize, verbose, logFormat } = this.#how;
    const format = outFormat ?? (itemize > 0 ? "%i %n%L" : verbose > 0 || this.#how.progress ? "%n%L" : undefined);
    if (format !== undefined && shows) this.#io.out.put(`${this.#expand(format, flags, name)}\n`);
    yield* this.#logLine(this.#expand(logFormat, flags, name));
  }

  #expand(format: string, flags: string, shown: string): string {
    const arrow = / (?:->|=>) /.exec(shown)?.index ?? shown.length;
    const [name, target] = [shown.slice(0, arrow), shown.slice(arrow)];
    const entry = this.#now;
    const date = dateText(entry?.mtimeUs ?? 0);
    return format.replace(/%(-?\d+)?([%a-zA-Z])/g, (whole: string, width: string | undefined, letter: string) => {
      const values = new Map<string, string>([
        ["i", flags], ["n", name], ["L", target], ["l", String(entry?.sizeBytes ?? 0)], ["b", String(flags.charAt(1) === "f" ? (entry?.sizeBytes ?? 0) : 0)], ["f", this.#from.replace(/^\.?\//, "")], ["M", date.replace(" ", "-")], ["o", "send"],
        ["p", String(this.#sys.getpid())], ["t", dateText(this.#sys.clockUs("realtime"))], ["U", String(entry?.uid ?? 0)], ["G", String(entry?.gid ?? 0)], ["B", modeText(entry?.mode ?? 0).slice(1)], ["%", "%"],
      ]);
      const value = values.get(letter);
      if (value === undefined) return whole;
      return width === undefined ? value : width.startsWith("-") ? value.padEnd(-Number(width)) : value.padStart(Number(width));
    });
  }

  #attributes(entry: Entry, existed: boolean): Attributes {
    const { perms, times, owner, group, owners } = this.#how;
    return {
      ...(perms ? { mode: this.#mode(entry) } : existed || isLink(entry) ? {} : { mode: this.#mode(entry) & 0o777 & ~0o022 }),
      ...(times && { mtimeUs: entry.mtimeUs }), ...(owner && { uid: owners.uid ?? entry.uid }), ...(group && { gid: owners.gid ?? entry.gid }),
    };
  }

  /** as --chmod makes it */
  #mode(entry: Entry): number {
    if (isLink(entry)) return entry.mode;
    let mode = entry.mode & 0o7777;
    for (const { of, changes } of this.#how.modes) if (of === undefined || (of === "D") === isDirectory(entry)) mode = applyMode(changes, mode, isDirectory(entry), 0);
    return (entry.mode & S.IFMT) | mode;
  }

  /** cstpoguax of rsync -i */
  #changes(entry: Entry, old: Entry, directory: boolean, content = false): string {
    const { perms, times, owner, group } = this.#how;
    const flags = [
      content && this.#how.checksum && entry.sizeBytes === old.sizeBytes ? "c" : ".", !directory && entry.sizeBytes !== old.sizeBytes ? "s" : ".",
      Math.floor(entry.mtimeUs / 1e6) !== Math.floor(old.mtimeUs / 1e6) && !(directory && this.#how.omitDirTimes) ? (times ? "t" : content ? "T" : ".") : ".",
      perms && (this.#mode(entry) & 0o7777) !== (old.mode & 0o7777) ? "p" : ".", owner && entry.uid !== old.uid ? "o" : ".", group && entry.gid !== old.gid ? "g" : ".", ".", ".", ".",
    ];
    return flags.join("");
  }

  *#sameContent(source: Side, from: string, destination: Side, to: string): Blocking<boolean> {
    const a = yield* source.read(from), b = yield* destination.read(to);
    if (a.length !== b.length) return false;
    for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false;
    return true;
  }

  *#deleteExtra(side: Side, path: string, to: string, kept: ReadonlySet<string>, talk: boolean, dryRun: boolean, gone: string[]): Blocking<number> {
    let count = 0;
    // last first, as rsync walks its list
    for (const entry of [...(yield* side.list(path))].sort((a, b) => (a.path < b.path ? 1 : -1))) {
      const shown = join(to, entry.path);
      if (kept.has(shown)) continue;
      if (!this.#how.deleteExcluded && isExcluded(this.#how.rules, shown, isDirectory(entry))) continue;
      // where --backup-dir puts files
      if (shown === this.#how.backupDir?.replace(/^\.\//, "").split("/")[0] && to === "") continue;
      if (this.#how.maxDelete !== undefined && this.#deletions >= this.#how.maxDelete) {
        this.#skippedDeletions++;
        continue;
      }
      count += yield* this.#announce(side, join(path, entry.path), shown, entry, talk);
      gone.push(shown);
      if (!dryRun) yield* this.#deleteOne(side, join(path, entry.path), shown, entry);
    }
    return count;
  }

  *#deleteOne(side: Side, path: string, shown: string, entry: Entry): Blocking<void> {
    if (this.#how.backup === undefined || (isDirectory(entry) && this.#how.backupDir === undefined)) yield* side.remove(path, isDirectory(entry));
    else if (!isDirectory(entry)) yield* this.#putAside(side, path, shown);
    else {
      for (const one of yield* side.list(path)) yield* this.#deleteOne(side, join(path, one.path), join(shown, one.path), one);
      yield* side.remove(path, true);
    }
  }

  /** What is in a directory goes before it. */
  *#announce(side: Side, path: string, shown: string, entry: Entry, talk: boolean): Blocking<number> {
    let count = 1;
    if (isDirectory(entry)) for (const one of [...(yield* side.list(path))].sort((a, b) => (a.path < b.path ? 1 : -1))) count += yield* this.#announce(side, join(path, one.path), join(shown, one.path), one, talk);
    const name = isDirectory(entry) ? `${shown}/` : shown;
    this.#deletions++;
    this.#now = entry;
    const hasFlags = this.#how.itemize > 0 || this.#how.outFormat?.includes("%i") === true;
    if (talk && (hasFlags || this.#how.verbose > 0)) this.#io.out.put(hasFlags ? `*deleting   ${name}\n` : `deleting ${name}\n`);
    yield* this.#logLine(`*deleting   ${name}`);
    return count;
  }
}

const DIRECTORY: Entry = { path: "", mode: S.IFDIR | 0o755, uid: 0, gid: 0, mtimeUs: 0, sizeBytes: 0, target: undefined, rdev: 0, inode: "" };

/** The line that moves: how much of a file, how fast, for how long. */
function progressLine(bytes: number, total: number, rate: number, human: number): string {
  const [value, unit] = rate > 1024 * 1024 ? [rate / 1048576, "GB"] : rate > 1024 ? [rate / 1024, "MB"] : [rate, "kB"];
  return `\r${amount(bytes, human + 1).padStart(15)} ${String(total === 0 ? 100 : Math.floor((100 * bytes) / total)).padStart(3)}% ${value.toFixed(2).padStart(7)}${unit}/s    0:00:00`;
}

const thousands2 = (value: number): string => {
  const [whole = "0", fraction] = value.toFixed(2).split(".");
  return `${whole.replace(/\B(?=(\d{3})+(?!\d))/g, ",")}.${fraction}`;
};

function modeText(mode: number): string {
  const type = { [S.IFDIR]: "d", [S.IFLNK]: "l", [S.IFCHR]: "c", [S.IFBLK]: "b", [S.IFIFO]: "p", [S.IFSOCK]: "s" }[mode & S.IFMT] ?? "-";
  return type + [6, 3, 0].map((shift) => `${(mode >> shift) & 4 ? "r" : "-"}${(mode >> shift) & 2 ? "w" : "-"}${(mode >> shift) & 1 ? "x" : "-"}`).join("");
}

function dateText(us: number): string {
  return strftime("%Y/%m/%d %H:%M:%S", civilAtUs(UTC, us));
}
