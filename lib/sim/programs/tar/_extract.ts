// -x, -t, -d: members out of the archive.
// (More than 400 lines: one pass over an archive; what is done last waits in the same state.)

import { type Blocking, O, S, SIGNALS, type Stat, SysError } from "../../kernel/sys.ts";
import { compileFnmatch } from "../kit/fnmatch.ts";
import { latin1, latin1OfText, textOfLatin1 } from "../kit/latin1.ts";
import type { Io } from "../kit/io.ts";
import { openShellPipe, waitFor } from "../kit/shell-command.ts";
import type { ArchiveReader } from "./_archive.ts";
import { Fatal } from "./_arguments.ts";
import type { Member } from "./_header.ts";
import { dumpEntries, purge } from "./_incremental.ts";
import { Lister, quotedName } from "./_listing.ts";
import type { Settings } from "./_settings.ts";
import { confirmed } from "./_confirm.ts";
import { transformName } from "./_transform.ts";

/** The members that the operands name. */
export class Selection {
  readonly #settings: Settings;
  readonly #wanted: { readonly name: string; readonly directories: readonly string[]; readonly matches: (name: string) => boolean; found: boolean; count: number }[];

  constructor(settings: Settings) {
    this.#settings = settings;
    const patterns = settings.has("--wildcards");
    this.#start = settings.value("-K")?.replace(/(.)\/+$/, "$1");
    this.#wanted = settings.names.map(({ name, directories }) => {
      const trimmed = name.replace(/(.)\/+$/, "$1");
      return {
        name, directories, found: false, count: 0,
        matches: patterns ? compileFnmatch(trimmed, { leadingDirectory: !settings.has("--no-recursion"), ignoreCase: settings.has("--ignore-case") })
          : settings.has("--no-recursion") ? (member: string) => member === trimmed : (member: string) => member === trimmed || member.startsWith(`${trimmed}/`),
      };
    });
  }

  #start: string | undefined;

  /** The directories to change to, or undefined when the member is not wanted. */
  choose(name: string): readonly string[] | undefined {
    const text = textOfLatin1(name).replace(/(.)\/+$/, "$1");
    // -K: nothing before that member.
    if (this.#start !== undefined && text !== this.#start) return undefined;
    this.#start = undefined;
    const excluded = this.#settings.excluded(text);
    if (this.#wanted.length === 0) return excluded ? undefined : this.#settings.directories;
    for (const wanted of this.#wanted) {
      if (!wanted.matches(text)) continue;
      wanted.count++;
      const { occurrence } = this.#settings;
      if (occurrence !== undefined && wanted.count !== occurrence) continue;
      wanted.found = true;
      return excluded ? undefined : wanted.directories;
    }
    return undefined;
  }

  *complain(io: Io): Blocking<void> {
    let hinted = false;
    for (const wanted of this.#wanted) {
      if (wanted.found) continue;
      if (!hinted && !this.#settings.has("--wildcards") && !this.#settings.has("--no-wildcards") && /[*?[]/.test(wanted.name)) {
        hinted = true;
        yield* io.warn("Pattern matching characters used in file names");
        yield* io.warn("Use --wildcards to enable pattern matching, or --no-wildcards to suppress this warning");
      }
      yield* io.fail(`${quotedName(latin1OfText(wanted.name))}: ${wanted.count > 0 ? "Required occurrence not found" : "Not found"} in archive`);
    }
  }
}

/** -r -V, -x -V and -t -V: the label must be that of the archive. Throws Fatal. */
export function checkLabel(settings: Settings, io: Io, label: string | undefined): void {
  const wanted = settings.value("-V");
  if (wanted === undefined) return;
  if (label === undefined) throw new Fatal(`Archive not labeled to match ${io.quote(wanted)}`);
  if (!compileFnmatch(wanted, { leadingDirectory: false, ignoreCase: false })(label)) throw new Fatal(`Volume ${io.quote(label)} does not match ${io.quote(wanted)}`);
}

interface Delayed {
  readonly path: string;
  readonly mode: number;
  readonly mtimeUs: number | undefined;
}

export class Extractor {
  readonly #io: Io;
  readonly #settings: Settings;
  readonly #reader: ArchiveReader;
  readonly #lister: Lister;
  readonly #selection: Selection;
  readonly #home: string;
  readonly #root: boolean;
  readonly #umask: number;
  #delayed: Delayed[] = [];
  #at: readonly string[] = [];
  readonly #said = new Set<string>();
  readonly #verb: string;
  /** -d: something differed */
  differs = false;

  /** `verb`: stands before the names that are compared. */
  constructor(io: Io, settings: Settings, reader: ArchiveReader, verb = "") {
    this.#verb = verb;
    this.#io = io;
    this.#settings = settings;
    this.#reader = reader;
    this.#lister = new Lister(settings);
    this.#selection = new Selection(settings);
    this.#home = io.sys.getcwd();
    this.#root = io.sys.getcred().euid === 0;
    this.#umask = io.sys.umask(0);
    io.sys.umask(this.#umask);
  }

  *run(): Blocking<void> {
    const { sys, out } = this.#io;
    const { operation } = this.#settings;
    for (const directories of [this.#settings.directories, ...this.#settings.names.map((name) => name.directories)]) {
      if (operation === "extract" || operation === "diff") this.#enter(directories);
    }
    let isFirst = true;
    for (;;) {
      const member = yield* this.#reader.next(this.#settings.has("-i"));
      if (isFirst) checkLabel(this.#settings, this.#io, member?.type === "label" ? textOfLatin1(member.name) : undefined);
      isFirst = false;
      if (!member) break;
      if (sys.charge(4)) yield* sys.preempt();
      if (member.type === "label" && operation !== "list") {
        if (this.#settings.verbose > 0 && this.#verb === "") yield* out.print(this.#lister.line(member, 2, this.#reader.position));
        continue;
      }
      const directories = this.#selection.choose(member.name);
      if (!directories) {
        if (member.type === "directory" && this.#settings.has("--show-omitted-dirs")) yield* this.#io.warn(`${quotedName(member.name.replace(/(.)\/+$/, "$1"))}: Omitting`);
        yield* this.#reader.data(member.sizeBytes, undefined);
        continue;
      }
      if (operation === "list") {
        yield* this.#safe(textOfLatin1(member.name), true, "member names");
        yield* out.print(this.#lister.line({ ...member, name: this.#settings.has("--show-transformed-names") ? this.#transformed(member) : member.name }, 1, this.#reader.memberStart));
        const isShown = member.isDumped === true && this.#settings.verbose > 1 && this.#isIncremental;
        let data = "";
        yield* this.#reader.data(member.sizeBytes, !isShown ? undefined : function* (bytes) {
          data += latin1(bytes);
        });
        if (isShown) yield* out.print(`${textOfLatin1(dumpEntries(data).map(({ kind, name }) => `${kind} ${name}\n`).join(""))}\n`);
      } else if (operation === "diff") {
        this.#enter(directories);
        yield* this.#compare(member);
      } else {
        this.#enter(directories);
        yield* this.#extract(member);
      }
    }
    if (this.#settings.has("-R") && this.#reader.endedAt !== undefined) yield* out.print(`${this.#lister.placed(this.#reader.endedAt)}** Block of NULs **\n`);
    yield* this.#finishDirectories();
    yield* this.#selection.complain(this.#io);
  }

  #enter(directories: readonly string[]): void {
    if (directories.length === this.#at.length && directories.every((one, i) => one === this.#at[i])) return;
    const { sys } = this.#io;
    sys.chdir(this.#home);
    for (const directory of directories) {
      try {
        sys.chdir(directory);
      } catch (error) {
        if (error instanceof SysError) throw new Fatal(`${directory}: Cannot open: ${error.message}`);
        throw error;
      }
    }
    this.#at = directories;
  }

  #transformed(member: Member): string {
    return latin1OfText(transformName(this.#shortened(textOfLatin1(member.name)), this.#settings.transforms, "names"));
  }

  /** Without the first components (--strip-components). */
  #shortened(name: string): string {
    if (this.#settings.stripComponents === 0) return name;
    let rest = name.replace(/^\/+/, "");
    for (let i = 0; i < this.#settings.stripComponents; i++) {
      const slash = rest.indexOf("/");
      rest = slash < 0 ? "" : rest.slice(slash + 1).replace(/^\/+/, "");
    }
    return rest;
  }

  /** Without a leading slash; undefined for what would climb out. */
  *#safe(name: string, link: boolean, what = link ? "hard link targets" : "member names"): Blocking<string | undefined> {
    if (this.#settings.has("-P")) return name;
    if (name.split("/").includes("..") && !link) {
      yield* this.#io.fail(`${quotedName(latin1OfText(name))}: Member name contains '..'`);
      return undefined;
    }
    const prefix = /^\/+/.exec(name)?.[0] ?? "";
    if (prefix === "") return name;
    if (!this.#said.has(what)) {
      this.#said.add(what);
      yield* this.#io.warn(`Removing leading \`${prefix}' from ${what}`);
    }
    return name.slice(prefix.length) || ".";
  }

  *#extract(member: Member): Blocking<void> {
    const { sys, out } = this.#io;
    const settings = this.#settings;
    const skip = () => this.#reader.data(member.sizeBytes, undefined);
    const transformed = textOfLatin1(this.#transformed(member));
    if (transformed === "") {
      yield* skip();
      return;
    }
    let name = yield* this.#safe(transformed, false);
    if (name === undefined || (settings.has("-w") && !(yield* confirmed(this.#io, "extract", transformed)))) {
      yield* skip();
      return;
    }
    const top = settings.value("--one-top-level");
    if (settings.has("--one-top-level")) {
      const base = top || settings.archive.replace(/^.*\//, "").replace(/\.(tar(\.\w+)?|t[gbx]z2?)$/, "");
      if (name !== base && !name.startsWith(`${base}/`)) name = `${base}/${name.replace(/^\.\//, "")}`;
    }
    if (settings.has("-O") || settings.has("--to-command")) {
      if (settings.verbose > 0) yield* this.#io.stderr(this.#lister.line(member, 2, this.#reader.position));
      const command = settings.value("--to-command");
      if (command !== undefined && member.type === "file") yield* this.#pipe(command, member, name);
      else if (member.type === "file" || member.type === "other") yield* this.#reader.data(member.sizeBytes, (bytes) => out.printBytes(bytes.slice()));
      else yield* skip();
      return;
    }
    if (settings.verbose > 0) yield* out.print(this.#lister.line(settings.has("--show-transformed-names") ? { ...member, name: latin1OfText(member.type === "directory" ? `${name.replace(/(.)\/+$/, "$1")}/` : name) } : member, 2, this.#reader.position));
    const path = name.replace(/(.)\/+$/, "$1");
    let consumed = false;
    try {
      switch (member.type) {
        case "directory":
          yield* this.#directory(path, member);
          if (member.isDumped === true && this.#isIncremental) {
            let data = "";
            yield* this.#reader.data(member.sizeBytes, function* (bytes) {
              data += latin1(bytes);
            });
            consumed = true;
            yield* purge(this.#io, path, data, (gone) => this.#tellGone(gone));
          }
          break;
        case "symlink":
          yield* this.#place(path, member, () => sys.symlink(textOfLatin1(member.linkName), path));
          break;
        case "hardlink": {
          const target = yield* this.#safe(transformName(this.#shortened(textOfLatin1(member.linkName)), settings.transforms, "hardlinks"), true);
          if (target !== undefined) yield* this.#place(path, member, () => sys.link(target, path), target);
          break;
        }
        case "fifo":
          yield* this.#place(path, member, () => sys.mknod(path, S.IFIFO | (member.mode & 0o777)));
          break;
        case "character":
        case "block":
          yield* this.#place(path, member, () => sys.mknod(path, (member.type === "block" ? S.IFBLK : S.IFCHR) | (member.mode & 0o777), (member.deviceMajor << 8) | member.deviceMinor));
          break;
        default:
          consumed = yield* this.#file(path, member);
      }
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      const verb = member.type === "directory" ? "mkdir" : member.type === "symlink" ? `create symlink to ${this.#io.quote(textOfLatin1(member.linkName))}` : member.type === "hardlink" ? `hard link to ${this.#io.quote(textOfLatin1(member.linkName))}` : member.type === "fifo" ? "mkfifo" : member.type === "character" || member.type === "block" ? "mknod" : "open";
      yield* this.#io.fail(`${quotedName(latin1OfText(path))}: Cannot ${verb}: ${error.message}`);
    }
    if (!consumed) yield* skip();
  }

  /** --to-command: the data go to a shell command, which finds the member's facts in its environment. */
  *#pipe(command: string, member: Member, name: string): Blocking<void> {
    const { sys } = this.#io;
    yield* this.#io.out.flush();
    const seconds = String(Math.floor(member.mtimeUs / 1e6));
    const environment = new Map([
      ...sys.environment, ["TAR_VERSION", "1.34"], ["TAR_ARCHIVE", this.#settings.archive], ["TAR_FORMAT", this.#settings.format], ["TAR_FILETYPE", "f"], ["TAR_MODE", `0${member.mode.toString(8)}`],
      ["TAR_FILENAME", name], ["TAR_REALNAME", textOfLatin1(member.name)], ["TAR_UNAME", textOfLatin1(member.userName)], ["TAR_GNAME", textOfLatin1(member.groupName)],
      ["TAR_UID", String(member.uid)], ["TAR_GID", String(member.gid)], ["TAR_SIZE", String(member.sizeBytes)], ["TAR_ATIME", seconds], ["TAR_MTIME", seconds], ["TAR_CTIME", seconds],
    ] as const);
    const pipe = openShellPipe(sys, command, "w", "/bin/sh", environment);
    let broken = false;
    sys.sigaction(SIGNALS.PIPE, "ignore");
    yield* this.#reader.data(member.sizeBytes, function* (bytes) {
      try {
        if (!broken) yield* sys.write(pipe.fd, bytes.slice());
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        broken = true;
      }
    });
    sys.close(pipe.fd);
    const status = yield* waitFor(sys, pipe.pid);
    if (status.kind === "exited" && status.status !== 0 && !this.#settings.has("--ignore-command-error")) yield* this.#io.fail(`${pipe.pid}: Child returned status ${status.status}`);
    if (status.kind === "signaled") yield* this.#io.fail(`${pipe.pid}: Child died with signal ${status.signal}`);
  }

  /** --backup: what is there is renamed. */
  *#backUp(path: string): Blocking<void> {
    const { sys } = this.#io;
    const control = this.#settings.value("--backup") || sys.environment.get("VERSION_CONTROL") || "existing";
    if (control === "none" || control === "off") return;
    const base = path.slice(path.lastIndexOf("/") + 1);
    const directory = path.slice(0, path.length - base.length);
    const numbers = sys.readdir(directory === "" ? "." : directory).flatMap(({ name }) => (name.startsWith(`${base}.~`) ? [Number(/^(\d+)~$/.exec(name.slice(base.length + 2))?.[1] ?? 0)] : []));
    const highest = Math.max(0, ...numbers);
    const isNumbered = control === "numbered" || control === "t" || (highest > 0 && control !== "simple" && control !== "never");
    const name = isNumbered ? `${path}.~${highest + 1}~` : path + (this.#settings.value("--suffix") ?? sys.environment.get("SIMPLE_BACKUP_SUFFIX") ?? "~");
    sys.rename(path, name);
    if (this.#settings.verbose > 0) yield* this.#io.out.print(`Renaming ${this.#io.quote(path)} to ${this.#io.quote(name)}\n`);
  }

  get #isIncremental(): boolean {
    return this.#settings.has("-g") || this.#settings.has("-G");
  }

  *#tellGone(path: string): Blocking<void> {
    if (this.#settings.verbose > 0) yield* this.#io.out.print(`${this.#io.argv0}: Deleting ${this.#io.quote(path)}\n`);
  }

  #existing(path: string): Stat | undefined {
    try {
      return this.#io.sys.lstat(path);
    } catch (error) {
      if (error instanceof SysError) return undefined;
      throw error;
    }
  }

  /** False when what is there stays. */
  *#clear(path: string, member: Member): Blocking<boolean> {
    const { sys } = this.#io;
    const there = this.#existing(path);
    if (!there) return true;
    if (this.#settings.has("--skip-old-files")) {
      if (this.#settings.verbose > 0) yield* this.#io.warn(`${path}: skipping existing file`);
      return false;
    }
    if (this.#settings.has("-k")) throw new SysError("EEXIST");
    if (this.#settings.has("--keep-newer-files") && there.mtimeUs >= member.mtimeUs) {
      yield* this.#io.warn(`Current ${this.#io.quote(path)} is newer or same age`);
      return false;
    }
    if ((there.mode & S.IFMT) === S.IFDIR) {
      sys.rmdir(path);
      return true;
    }
    if (this.#settings.has("--backup") || this.#settings.has("--suffix")) {
      yield* this.#backUp(path);
      return true;
    }
    if (this.#settings.has("--overwrite") && member.type === "file") return true;
    sys.unlink(path);
    return true;
  }

  #parents(path: string): void {
    const { sys } = this.#io;
    for (let slash = path.indexOf("/", 1); slash > 0; slash = path.indexOf("/", slash + 1)) {
      const directory = path.slice(0, slash);
      try {
        sys.mkdir(directory);
      } catch (error) {
        if (!(error instanceof SysError) || error.errno !== "EEXIST") throw error;
      }
    }
  }

  /** Makes something; its directories first when they are missing. */
  *#place(path: string, member: Member, make: () => void, linkTarget?: string): Blocking<void> {
    if (linkTarget !== undefined) {
      const [a, b] = [this.#existing(linkTarget), this.#existing(path)];
      if (a && b && a.ino === b.ino && a.dev === b.dev) return;
    }
    if (!(yield* this.#clear(path, member))) return;
    try {
      make();
    } catch (error) {
      if (!(error instanceof SysError) || error.errno !== "ENOENT" || (linkTarget !== undefined && !this.#existing(linkTarget))) throw error;
      this.#parents(path);
      make();
    }
    if (member.type !== "hardlink") this.#setFacts(path, member, false);
  }

  *#directory(path: string, member: Member): Blocking<void> {
    const { sys } = this.#io;
    let made = true;
    try {
      sys.mkdir(path, 0o700);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      if (error.errno === "ENOENT") {
        this.#parents(path);
        sys.mkdir(path, 0o700);
      } else if (error.errno === "EEXIST") {
        const there = sys.stat(path);
        if ((there.mode & S.IFMT) !== S.IFDIR) {
          if (!(yield* this.#clear(path, member))) return;
          sys.mkdir(path, 0o700);
        } else {
          made = this.#settings.has("-U") && (yield* this.#replaced(path));
          if (this.#settings.has("--skip-old-files") && this.#settings.verbose > 0) yield* this.#io.warn(`${path}: skipping existing file`);
        }
      } else throw error;
    }
    if (!made && (this.#settings.has("--no-overwrite-dir") || this.#settings.has("-k") || this.#settings.has("--skip-old-files"))) return;
    if (path === "." && !made) {
      this.#delayed.push({ path: this.#absolute(path), mode: this.#mode(member), mtimeUs: this.#settings.has("-m") ? undefined : member.mtimeUs });
      return;
    }
    this.#chown(path, member);
    this.#delayed.push({ path: this.#absolute(path), mode: this.#mode(member), mtimeUs: this.#settings.has("-m") ? undefined : member.mtimeUs });
  }

  /** -U: an empty directory is made anew. */
  *#replaced(path: string): Blocking<boolean> {
    try {
      this.#io.sys.rmdir(path);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* this.#io.fail(`${quotedName(latin1OfText(path))}: Cannot unlink: ${error.message}`);
      return false;
    }
    this.#io.sys.mkdir(path, 0o700);
    return true;
  }

  #absolute(path: string): string {
    return path.startsWith("/") ? path : `${this.#io.sys.getcwd().replace(/\/$/, "")}/${path}`;
  }

  /** Directories get their modes and times when nothing more is put into them. */
  *#finishDirectories(): Blocking<void> {
    const { sys } = this.#io;
    for (const { path, mode, mtimeUs } of this.#delayed.toReversed()) {
      try {
        sys.chmod(path, mode);
        if (mtimeUs !== undefined) sys.utimes(path, undefined, mtimeUs);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* this.#io.fail(`${path}: Cannot change mode: ${error.message}`);
      }
    }
    this.#delayed = [];
  }

  *#file(path: string, member: Member): Blocking<boolean> {
    const { sys } = this.#io;
    if (!(yield* this.#clear(path, member))) return false;
    const flags = O.WRONLY | O.CREAT | O.CLOEXEC | (this.#settings.has("--overwrite") ? O.TRUNC : O.EXCL);
    let fd: number;
    try {
      fd = yield* sys.open(path, flags, 0o600);
    } catch (error) {
      if (!(error instanceof SysError) || error.errno !== "ENOENT") throw error;
      this.#parents(path);
      fd = yield* sys.open(path, flags, 0o600);
    }
    let failure: SysError | undefined;
    yield* this.#reader.data(member.sizeBytes, function* (bytes) {
      if (failure) return;
      try {
        yield* sys.write(fd, bytes);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        failure = error;
      }
    });
    sys.close(fd);
    if (failure) yield* this.#io.fail(`${quotedName(latin1OfText(path))}: Cannot write: ${failure.message}`);
    this.#setFacts(path, member, true);
    return true;
  }

  #mode(member: Member): number {
    const exact = (this.#settings.has("-p") || this.#root) && !this.#settings.has("--no-same-permissions");
    return exact ? member.mode : member.mode & 0o777 & ~this.#umask;
  }

  #chown(path: string, member: Member): void {
    const { sys } = this.#io;
    if (this.#settings.has("-o") || (!this.#root && !this.#settings.has("--same-owner"))) return;
    const { accounts } = this.#settings;
    const numeric = this.#settings.has("--numeric-owner");
    const uid = numeric ? member.uid : (accounts.userByName(textOfLatin1(member.userName))?.uid ?? member.uid);
    const gid = numeric ? member.gid : (accounts.groupByName(textOfLatin1(member.groupName))?.gid ?? member.gid);
    sys.chown(path, uid, gid, false);
  }

  #setFacts(path: string, member: Member, isFile: boolean): void {
    const { sys } = this.#io;
    this.#chown(path, member);
    if (member.type !== "symlink") sys.chmod(path, this.#mode(member));
    if (!this.#settings.has("-m") && (isFile || member.type !== "other")) sys.utimes(path, undefined, member.mtimeUs, false);
  }

  *#compare(member: Member): Blocking<void> {
    const { sys, out } = this.#io;
    const path = textOfLatin1(member.name).replace(/(.)\/+$/, "$1").replace(/^\/+/, "");
    const say = (what: string) => {
      this.differs = true;
      out.put(`${quotedName(latin1OfText(path))}: ${what}\n`);
    };
    if (this.#settings.verbose > 0) out.put(this.#verb + this.#lister.line(member, 2, this.#reader.position));
    let facts: Stat;
    try {
      facts = sys.lstat(path);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* this.#io.warn(`${path}: Warning: Cannot stat: ${error.message}`);
      this.differs = true;
      yield* this.#reader.data(member.sizeBytes, undefined);
      return;
    }
    const type = facts.mode & S.IFMT;
    const wanted = member.type === "directory" ? S.IFDIR : member.type === "symlink" ? S.IFLNK : member.type === "hardlink" ? type : S.IFREG;
    if (type !== wanted) say("File type differs");
    else {
      if (member.type !== "symlink" && member.type !== "hardlink" && (facts.mode & 0o7777) !== member.mode) say("Mode differs");
      if (member.type === "file" && facts.uid !== member.uid) say("Uid differs");
      if (member.type === "file" && facts.gid !== member.gid) say("Gid differs");
      if (member.type === "file" && Math.floor(facts.mtimeUs / 1e6) !== Math.floor(member.mtimeUs / 1e6)) say("Mod time differs");
      if (member.type === "symlink" && sys.readlink(path) !== textOfLatin1(member.linkName)) say("Symlink differs");
      if (member.type === "file" && facts.sizeBytes !== member.sizeBytes) say("Size differs");
      else if (member.type === "file") {
        const fd = yield* sys.open(path, O.RDONLY | O.CLOEXEC);
        let same = true;
        yield* this.#reader.data(member.sizeBytes, function* (bytes) {
          const mine = yield* sys.read(fd, bytes.length);
          if (mine.length !== bytes.length || mine.some((byte, i) => byte !== bytes[i])) same = false;
        });
        sys.close(fd);
        if (!same) say("Contents differ");
        return;
      }
    }
    yield* this.#reader.data(member.sizeBytes, undefined);
  }
}
