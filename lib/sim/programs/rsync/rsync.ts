// rsync: makes a directory tree equal to another, here or over ssh. File by file: the delta algorithm would save nothing that could be seen.
// (More than 400 lines: the walk, the comparison and what is said of each file share one set of options.)
import { type Blocking, S, type Sys, SysError, errnoNumber, type Errno } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { type Io, counted, flag, gnu, optionalText, text, texts, unsimulated } from "../kit/gnu.ts";
import { civilAtUs, strftime } from "../kit/time-format.ts";
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
  name: "rsync", versionText: `rsync  version ${VERSION}  protocol version 32\nSimulated: same options, messages and results as the real program, own code.\n`, tryLine: () => errorLine("syntax or usage error", 1, "main.c(1795)", "client"), usageStatus: 1, summary: "a fast, versatile, remote (and local) file-copying tool",
  synopsis: ["[OPTION...] SRC... [DEST]", "[OPTION...] SRC... [USER@]HOST:DEST", "[OPTION...] [USER@]HOST:SRC... [DEST]"],
  description: [
    "rsync copies files and directories, skips those whose size and time are the same already, and with --delete removes what the source does not have. A source with a slash at its end means what is in it.",
    "Over ssh the other machine needs rsync too. Files go as a whole: how many bytes are said to be sent is what went through the pipe here. The rsync daemon (HOST::MODULE, rsync://) is not simulated.",
  ],
  options: {
    verbose: counted(["-v", "--verbose"], "say more"), quiet: flag(["-q", "--quiet"], "no messages but errors"), archive: flag(["-a", "--archive"], "-rlptgoD"), recursive: flag(["-r", "--recursive"], "recurse into directories"), dirs: flag(["-d", "--dirs"], "directories without what is in them"), relative: unsimulated(["-R", "--relative"], "keep the source's path", "give the paths one by one"),
    noRecursive: flag(["--no-recursive", "--no-r"], "not -r"), noPerms: flag(["--no-perms", "--no-p"], "not -p"), noTimes: flag(["--no-times", "--no-t"], "not -t"), noOwner: flag(["--no-owner", "--no-o"], "not -o"), noGroup: flag(["--no-group", "--no-g"], "not -g"), noLinks: flag(["--no-links", "--no-l"], "not -l"),
    backup: flag(["-b", "--backup"], "keep replaced and deleted files under another name"), suffix: text(["--suffix"], "SUFFIX", "what --backup adds, default ~"), update: flag(["-u", "--update"], "skip files that are newer in the destination"), links: flag(["-l", "--links"], "copy symbolic links as such"), copyLinks: flag(["-L", "--copy-links"], "copy what links lead to"),
    hard: flag(["-H", "--hard-links"], "keep hard links"), perms: flag(["-p", "--perms"], "keep permissions"), executability: flag(["-E", "--executability"], "keep executability (as -p)"), acls: flag(["-A", "--acls"], "keep ACLs (taken, no effect here)"), xattrs: flag(["-X", "--xattrs"], "keep extended attributes (taken, no effect here)"),
    chmod: unsimulated(["--chmod"], "change permissions on the way", "use chmod afterwards"), owner: flag(["-o", "--owner"], "keep owners (superuser only)"), group: flag(["-g", "--group"], "keep groups"), devices: flag(["-D"], "keep devices and special files"), times: flag(["-t", "--times"], "keep modification times"), omitDirTimes: flag(["-O", "--omit-dir-times"], "not those of directories"),
    dryRun: flag(["-n", "--dry-run"], "only show what would be done"), whole: flag(["-W", "--whole-file"], "copy whole files (always so here)"), oneFileSystem: flag(["-x", "--one-file-system"], "do not cross file systems (taken, no effect here)"), shell: text(["-e", "--rsh"], "COMMAND", "the remote shell"), rsyncPath: text(["--rsync-path"], "PROGRAM", "rsync on the other machine"),
    existing: flag(["--existing", "--ignore-non-existing"], "create nothing new"), ignoreExisting: flag(["--ignore-existing"], "update nothing"), removeSource: flag(["--remove-source-files"], "remove files that were copied"), delete: flag(["--delete", "--del", "--delete-during", "--delete-before", "--delete-after", "--delete-delay"], "delete what the source does not have"), deleteExcluded: flag(["--delete-excluded"], "also what is excluded"),
    force: flag(["--force"], "delete directories in the way"), maxDelete: unsimulated(["--max-delete"], "delete no more than that", "all or nothing here"), maxSize: text(["--max-size"], "SIZE", "no files larger than SIZE"), minSize: text(["--min-size"], "SIZE", "no files smaller than SIZE"), partial: flag(["--partial"], "keep partly copied files"), partialProgress: flag(["-P"], "--partial --progress"),
    ignoreTimes: flag(["-I", "--ignore-times"], "copy even what looks the same"), sizeOnly: flag(["--size-only"], "compare sizes only"), checksum: flag(["-c", "--checksum"], "compare contents"), compress: flag(["-z", "--compress"], "compress on the way"), numericIds: flag(["--numeric-ids"], "do not map ids by name (always so here)"),
    excludes: texts(["--exclude"], "PATTERN", "leave out what matches"), excludeFrom: texts(["--exclude-from"], "FILE", "read patterns to leave out"), includes: texts(["--include"], "PATTERN", "do not leave out what matches"), includeFrom: texts(["--include-from"], "FILE", "read patterns not to leave out"), filter: texts(["-f", "--filter"], "RULE", "a filter rule: \"- PATTERN\" or \"+ PATTERN\""), filesFrom: unsimulated(["--files-from"], "read the list of files from FILE", "name the sources"),
    stats: flag(["--stats"], "numbers at the end"), human: counted(["-h", "--human-readable"], "numbers for people"), progress: flag(["--progress"], "show progress"), info: optionalText(["--info"], "FLAGS", "what to say: progress2, name0"), itemize: counted(["-i", "--itemize-changes"], "a line of changes for each file"), outFormat: unsimulated(["--out-format", "--log-format"], "another line format", "use -i"), logFile: unsimulated(["--log-file"], "write a log", "redirect the output"), inplace: flag(["--inplace"], "write into the file itself (a new one here)"), append: unsimulated(["--append"], "append to shorter files", "files are copied whole"),
    listOnly: flag(["--list-only"], "list the files"), bwlimit: text(["--bwlimit"], "RATE", "limit the bandwidth (taken, no effect here)"), timeout: text(["--timeout"], "SECONDS", "give up after that time"), mkpath: flag(["--mkpath"], "make missing directories of the destination"), linkDest: unsimulated(["--link-dest"], "hard link to unchanged files of DIR", "copy with -H"), compareDest: unsimulated(["--compare-dest"], "also compare with DIR", "one destination here"),
    server: flag(["--server"], "run as the other end"), sender: flag(["--sender"], "as the sending end"), port: unsimulated(["--port"], "port of the daemon", "the daemon is not simulated"), daemon: unsimulated(["--daemon"], "run as daemon", "the daemon is not simulated"), versionShort: flag(["-V"], "print the version"), ipv4: flag(["-4", "--ipv4"], "IPv4"), ipv6: flag(["-6", "--ipv6"], "IPv6"), blocking: flag(["--blocking-io"], "taken"), eightBit: flag(["-8", "--8-bit-output"], "do not escape names"), protectArgs: flag(["-s", "--secluded-args", "--protect-args"], "taken"), sparse: flag(["-S", "--sparse"], "make holes of zeros"), fuzzy: flag(["-y", "--fuzzy"], "taken"),
  },
  operands: "files",
  rewrite: (args) => args.map((arg) => (arg === "-V" ? "--version" : arg)),
  *run({ options, operands, given, sys }, io: Io) {
    if (options.server) return yield* serve(sys);
    if (operands.length === 0) {
      yield* io.stderr(`rsync  version ${VERSION}  protocol version 32\nUsage: rsync [OPTION]... SRC [SRC]... DEST\n  or   rsync [OPTION]... SRC [SRC]... [USER@]HOST:DEST\n  or   rsync [OPTION]... [USER@]HOST:SRC [DEST]\nUse "rsync --help" to see the full list of options.\n${errorLine("syntax or usage error", 1, "main.c(1795)", "client")}`);
      return 1;
    }
    const rules: Rule[] = [];
    for (const { option, argument = "" } of given) {
      if (option === "excludes" || option === "includes") rules.push({ exclude: option === "excludes", pattern: argument });
      else if (option === "filter") {
        const match = /^(-|\+|exclude|include)[ _](.*)$/.exec(argument);
        if (!match) io.die(`Unknown filter rule: \`${argument}'\n${errorLine("syntax or usage error", 1, "exclude.c(1018)", "client").trimEnd()}`, 1);
        rules.push({ exclude: match?.[1] === "-" || match?.[1] === "exclude", pattern: match?.[2] ?? "" });
      } else if (option === "excludeFrom" || option === "includeFrom") {
        const lines = yield* readTextFile(sys, argument);
        if (lines === undefined) {
          yield* io.stderr(`rsync: [client] failed to open ${option === "excludeFrom" ? "exclude" : "include"} file ${argument}: No such file or directory (2)\n${errorLine("error in file IO", 11, "exclude.c(1481)", "client")}`);
          return 11;
        }
        for (const line of lines.split("\n")) if (line.trim() !== "" && !/^[#;]/.test(line)) rules.push(/^[-+] /.test(line) ? { exclude: line.startsWith("-"), pattern: line.slice(2) } : { exclude: option === "excludeFrom", pattern: line });
      }
    }
    const recursive = (options.recursive || options.archive) && !options.noRecursive;
    if (options.delete && !recursive && !options.dirs) {
      yield* io.stderr(`--delete does not work without --recursive (-r) or --dirs (-d).\n${errorLine("syntax or usage error", 1, "main.c(1795)", "client")}`);
      return 1;
    }
    const transfer = new Transfer(sys, io, {
      recursive, links: (options.links || options.archive) && !options.noLinks, copyLinks: options.copyLinks, perms: (options.perms || options.archive || options.executability) && !options.noPerms, times: (options.times || options.archive) && !options.noTimes,
      owner: (options.owner || options.archive) && !options.noOwner && sys.getcred().euid === 0, group: (options.group || options.archive) && !options.noGroup, devices: options.devices || options.archive, dirs: options.dirs, dryRun: options.dryRun, delete: options.delete || options.deleteExcluded, deleteExcluded: options.deleteExcluded, checksum: options.checksum, ignoreTimes: options.ignoreTimes, sizeOnly: options.sizeOnly, update: options.update, existing: options.existing, ignoreExisting: options.ignoreExisting,
      verbose: options.quiet ? 0 : options.verbose, itemize: options.itemize, progress: (options.progress || options.partialProgress) && !options.quiet, progress2: typeof options.info === "string" && options.info.includes("progress2"), stats: options.stats, human: options.human, rules, backup: options.backup ? (options.suffix ?? "~") : undefined, hard: options.hard, removeSource: options.removeSource, maxSize: sizeOf(options.maxSize), minSize: sizeOf(options.minSize), omitDirTimes: options.omitDirTimes, mkpath: options.mkpath,
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
      yield* io.stderr(`The source and destination cannot both be remote.\n${errorLine("syntax or usage error", 1, "main.c(1427)", "Receiver")}`);
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

interface How {
  readonly recursive: boolean; readonly links: boolean; readonly copyLinks: boolean; readonly perms: boolean; readonly times: boolean; readonly owner: boolean; readonly group: boolean; readonly devices: boolean; readonly dirs: boolean;
  readonly dryRun: boolean; readonly delete: boolean; readonly deleteExcluded: boolean; readonly checksum: boolean; readonly ignoreTimes: boolean; readonly sizeOnly: boolean; readonly update: boolean; readonly existing: boolean; readonly ignoreExisting: boolean;
  readonly verbose: number; readonly itemize: number; readonly progress: boolean; readonly progress2: boolean; readonly stats: boolean; readonly human: number; readonly rules: readonly Rule[]; readonly backup: string | undefined; readonly hard: boolean; readonly removeSource: boolean; readonly maxSize: number | undefined; readonly minSize: number | undefined; readonly omitDirTimes: boolean; readonly mkpath: boolean;
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
      if (isRegular(entry) && ((this.#how.maxSize !== undefined && entry.sizeBytes > this.#how.maxSize) || (this.#how.minSize !== undefined && entry.sizeBytes < this.#how.minSize))) continue;
      if (isDirectory(entry) && !this.#how.recursive) continue;
      if (!(yield* this.#wanted(entry, shown))) continue;
      out.push({ entry, from: join(from, inside), to: shown });
      if (isDirectory(entry)) yield* this.#gather(side, from, to, inside, out);
    }
  }

  /** Links and devices go only when asked for. */
  *#wanted(entry: Entry, shown: string): Blocking<boolean> {
    if (isRegular(entry) || isDirectory(entry) || this.#listing) return true;
    const good = isLink(entry) ? this.#how.links : this.#how.devices;
    if (!good) {
      this.#io.out.put(`skipping non-regular file "${shown}"\n`);
      yield* this.#io.out.flush();
    }
    return good;
  }

  *#sources(side: Side, sources: readonly Place[]): Blocking<Listed[]> {
    const out: Listed[] = [];
    for (const { path: word } of sources) {
      const path = word === "" ? "." : word;
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
    return out;
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
      this.#io.out.put(`${modeText(entry.mode)} ${thousands(entry.sizeBytes).padStart(14)} ${date} ${to}${entry.target === undefined ? "" : ` -> ${entry.target}`}\n`);
    }
    return this.#failed ? yield* this.#end("sender") : 0;
  }

  *run(source: Side, destination: Side, sources: readonly Place[], targetWord: string, direction: "local" | "push" | "pull", far: RemoteSide | undefined): Blocking<number> {
    const how = this.#how, io = this.#io, sys = this.#sys;
    const startUs = sys.clockUs("monotonic");
    const talk = how.verbose > 0 || how.itemize > 0;
    const who = direction === "pull" ? "Receiver" : "sender";
    const list = yield* this.#sources(source, sources);
    if (how.verbose > 0 && (list.length > 0 || !this.#failed)) io.out.put(direction === "pull" ? "receiving incremental file list\n" : "sending incremental file list\n");
    let target = targetWord === "" ? "." : targetWord.replace(/(.)\/+$/, "$1");
    const there = yield* destination.look(target, true);
    const intoDirectory = there ? isDirectory(there) : targetWord.endsWith("/") || list.length > 1 || list.some((one) => isDirectory(one.entry));
    let created = false;
    if (there && !isDirectory(there) && (list.length > 1 || list.some((one) => isDirectory(one.entry)))) {
      throw new Stop(3, `rsync: [Receiver] ERROR: cannot stat destination "${target}": Not a directory (20)\n${errorLine("errors selecting input/output files, dirs", 3, "main.c(785)", "Receiver")}`);
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
        if (how.verbose > 0) io.out.put(`created directory ${target}\n`);
      } catch (error) {
        if (!(error instanceof SideError)) throw error;
        throw new Stop(11, `rsync: [Receiver] mkdir "${target.startsWith("/") || far ? target : join(sys.getcwd(), target)}" failed: ${errnoText(error)}\n${errorLine("error in file IO", 11, "main.c(791)", "Receiver")}`);
      }
    }
    // a single file may get another name
    const single = !intoDirectory && list.length === 1 ? target : undefined;
    if (single !== undefined) target = "";
    let files = 0, transferredBytes = 0, totalBytes = 0, deleted = 0;
    const made: Entry[] = [];
    const linked = new Map<string, string>();
    const laterTimes: { readonly path: string; readonly attributes: Attributes }[] = [];
    const arrow = direction === "push" ? "<" : ">";
    const kept = new Set(list.map((one) => one.to));
    const checked = list.length;
    const gone: string[] = [];
    for (const [index, { entry, from, to }] of list.entries()) {
      if (sys.charge(20)) yield* sys.preempt();
      const path = single ?? join(target, to);
      const shown = isDirectory(entry) ? (to === "" ? "./" : `${to}/`) : to;
      if (isRegular(entry)) totalBytes += entry.sizeBytes;
      const old = created && how.dryRun ? undefined : yield* destination.look(path, false);
      const attributes = this.#attributes(entry, old !== undefined);
      try {
        if (isDirectory(entry)) {
          let flags = old ? this.#changes(entry, old, true) : "+++++++++";
          if (to === "" && created) flags = how.itemize > 0 || how.verbose > 0 ? "+++++++++" : flags;
          if (old && !isDirectory(old)) {
            if (!how.dryRun) yield* destination.remove(path, false);
            flags = "+++++++++";
          }
          if (!old || !isDirectory(old)) {
            if (how.existing) continue;
            if (!how.dryRun) yield* destination.make(path, entry);
            made.push(entry);
            if (talk) this.#say(`cd${flags}`, shown);
          } else if (created && to === "") {
            made.push(entry);
            if (talk) this.#say(`cd${flags}`, shown);
          } else if (/[^.]/.test(flags) && talk) this.#say(`.d${flags}`, shown);
          if (!how.dryRun) {
            const { mtimeUs, ...rest } = attributes;
            yield* destination.attributes(path, rest, false);
            if (mtimeUs !== undefined && !how.omitDirTimes) laterTimes.push({ path, attributes: { mtimeUs } });
          }
          if (how.delete && old && isDirectory(old)) deleted += yield* this.#deleteExtra(destination, path, to, kept, talk, how.dryRun, gone);
          continue;
        }
        if (!old && how.existing) continue;
        if (old && how.ignoreExisting) continue;
        if (old && how.update && isRegular(old) && old.mtimeUs > entry.mtimeUs) continue;
        if (!isRegular(entry)) {
          const same = old && (old.mode & S.IFMT) === (entry.mode & S.IFMT) && old.target === entry.target && old.rdev === entry.rdev;
          if (!same) {
            if (!how.dryRun) {
              if (old) yield* destination.remove(path, isDirectory(old));
              yield* destination.make(path, entry);
            }
            if (!old) made.push(entry);
            if (talk) this.#say(`c${typeLetter(entry)}${old ? (isLink(entry) ? ".........".replace(".", "c") : ".........") : "+++++++++"}`, entry.target === undefined ? shown : `${shown} -> ${entry.target}`);
          }
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
              if (talk) this.#say("hf+++++++++", `${shown} => ${first.slice(target === "" ? 0 : target.length + 1)}`);
            }
            continue;
          }
          linked.set(entry.inode, path);
        }
        const unchanged = old && isRegular(old) && !how.ignoreTimes && old.sizeBytes === entry.sizeBytes && (how.sizeOnly || (how.checksum ? yield* this.#sameContent(source, from, destination, path) : Math.floor(old.mtimeUs / 1e6) === Math.floor(entry.mtimeUs / 1e6)));
        if (unchanged && old) {
          const flags = this.#changes(entry, old, false);
          if (/[^.]/.test(flags)) {
            if (how.itemize > 0) this.#say(`.f${flags}`, shown);
            if (!how.dryRun) yield* destination.attributes(path, attributes, false);
          } else if (how.itemize > 1 || how.verbose > 1) io.out.put(how.itemize > 1 ? `.f          ${shown}\n` : `${shown} is uptodate\n`);
          continue;
        }
        if (old && isDirectory(old)) {
          if (!how.dryRun) yield* destination.remove(path, true);
        }
        if (how.backup !== undefined && old && !how.dryRun) yield* destination.rename(path, `${path}${how.backup}`);
        if (talk || how.progress) {
          if (talk) this.#say(`${arrow}f${old ? this.#changes(entry, old, false, true) : "+++++++++"}`, shown);
          else io.out.put(`${shown}\n`);
        }
        if (!how.dryRun) {
          const content = yield* source.read(from);
          yield* destination.write(path, content, attributes);
          if (how.removeSource) {
            yield* source.remove(from, false);
          }
        }
        files++;
        if (!old) made.push(entry);
        transferredBytes += entry.sizeBytes;
        if (how.progress && !how.dryRun) io.out.put(`${amount(entry.sizeBytes, Math.max(1, how.human)).padStart(15)} 100% ${(entry.sizeBytes / 1024 / Math.max(0.001, (sys.clockUs("monotonic") - startUs) / 1e6) > 1024 ? entry.sizeBytes / 1048576 / Math.max(0.001, (sys.clockUs("monotonic") - startUs) / 1e6) : entry.sizeBytes / 1024 / Math.max(0.001, (sys.clockUs("monotonic") - startUs) / 1e6)).toFixed(2).padStart(7)}${entry.sizeBytes / 1024 / Math.max(0.001, (sys.clockUs("monotonic") - startUs) / 1e6) > 1024 ? "MB" : "kB"}/s    0:00:00 (xfr#${files}, to-chk=${checked - index - 1}/${checked})\n`);
        if (io.out.full) yield* io.out.flush();
      } catch (error) {
        if (!(error instanceof SideError)) throw error;
        yield* io.out.flush();
        const place = path.startsWith("/") || far ? path : join(sys.getcwd(), path);
        yield* this.#complain(error.message.startsWith("mkstemp") ? "receiver" : isDirectory(entry) ? "generator" : "sender", error.message.startsWith("mkstemp") ? errnoText(error) : isDirectory(entry) ? `recv_generator: mkdir "${place}" failed: ${errnoText(error)}` : `send_files failed to open "${from.startsWith("/") ? from : join(sys.getcwd(), from)}": ${errnoText(error)}`);
      }
    }
    for (const { path, attributes } of laterTimes.reverse()) yield* destination.attributes(path, attributes, false);
    if (how.progress2 && !how.dryRun) io.out.put(`${amount(transferredBytes, Math.max(1, how.human)).padStart(15)} 100%    0.00kB/s    0:00:00 (xfr#${files}, to-chk=0/${checked})\n`);
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
    yield* io.out.flush();
    return this.#failed ? yield* this.#end(who) : 0;
  }

  *#end(who: string): Blocking<number> {
    yield* this.#io.out.flush();
    yield* this.#io.stderr(errorLine("some files/attrs were not transferred (see previous errors)", 23, "main.c(1338)", who));
    return 23;
  }

  #say(flags: string, name: string): void {
    this.#io.out.put(this.#how.itemize > 0 ? `${flags} ${name}\n` : `${name}\n`);
  }

  #attributes(entry: Entry, existed: boolean): Attributes {
    const { perms, times, owner, group } = this.#how;
    return {
      ...(perms ? { mode: entry.mode } : existed || isLink(entry) ? {} : { mode: entry.mode & 0o777 & ~0o022 }),
      ...(times && { mtimeUs: entry.mtimeUs }), ...(owner && { uid: entry.uid }), ...(group && { gid: entry.gid }),
    };
  }

  /** cstpoguax of rsync -i */
  #changes(entry: Entry, old: Entry, directory: boolean, content = false): string {
    const { perms, times, owner, group } = this.#how;
    const flags = [
      content && this.#how.checksum && entry.sizeBytes === old.sizeBytes ? "c" : ".", !directory && entry.sizeBytes !== old.sizeBytes ? "s" : ".",
      Math.floor(entry.mtimeUs / 1e6) !== Math.floor(old.mtimeUs / 1e6) && !(directory && this.#how.omitDirTimes) ? (times ? "t" : content ? "T" : ".") : ".",
      perms && (entry.mode & 0o7777) !== (old.mode & 0o7777) ? "p" : ".", owner && entry.uid !== old.uid ? "o" : ".", group && entry.gid !== old.gid ? "g" : ".", ".", ".", ".",
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
      count += yield* this.#announce(side, join(path, entry.path), shown, entry, talk);
      gone.push(shown);
      if (!dryRun) yield* side.remove(join(path, entry.path), isDirectory(entry));
    }
    return count;
  }

  /** What is in a directory goes before it. */
  *#announce(side: Side, path: string, shown: string, entry: Entry, talk: boolean): Blocking<number> {
    let count = 1;
    if (isDirectory(entry)) for (const one of [...(yield* side.list(path))].sort((a, b) => (a.path < b.path ? 1 : -1))) count += yield* this.#announce(side, join(path, one.path), join(shown, one.path), one, talk);
    const name = isDirectory(entry) ? `${shown}/` : shown;
    if (talk) this.#io.out.put(this.#how.itemize > 0 ? `*deleting   ${name}\n` : `deleting ${name}\n`);
    return count;
  }
}

const DIRECTORY: Entry = { path: "", mode: S.IFDIR | 0o755, uid: 0, gid: 0, mtimeUs: 0, sizeBytes: 0, target: undefined, rdev: 0, inode: "" };

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
