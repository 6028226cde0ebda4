// Copying and moving of files and trees: the engine of cp, mv and install. Over 400 lines: the rules of one kind of file depend on the others'.

import { type Blocking, O, S, type Stat, type Sys, SysError } from "../../kernel/sys.ts";
import type { Io } from "../kit/gnu.ts";
import { joinPath, lastComponent } from "../kit/paths.ts";
import { type Backup, backupName } from "./_backup.ts";
import { fileModeText } from "../kit/file-mode.ts";
import { confirmed } from "./_prompt.ts";

export interface CopySettings {
  readonly recursive: boolean;
  /** which symbolic links of the source are followed */
  readonly dereference: "always" | "arguments" | "never";
  readonly preserveMode: boolean;
  readonly preserveOwnership: boolean;
  readonly preserveTimes: boolean;
  readonly preserveLinks: boolean;
  readonly preserveXattr: boolean;
  /** Complain when ownership cannot be kept (cp -a does not). */
  readonly requirePreserve: boolean;
  readonly noPreserveMode: boolean;
  readonly hardLink: boolean;
  readonly symbolicLink: boolean;
  readonly attributesOnly: boolean;
  readonly copyContents: boolean;
  readonly oneFileSystem: boolean;
  readonly sparse: "auto" | "always" | "never";
  readonly interactive: "ask" | "no-clobber" | "force" | "default";
  /** -f: remove a destination that cannot be opened */
  readonly force: boolean;
  readonly removeDestination: boolean;
  readonly update: boolean;
  readonly verbose: boolean;
  readonly parents: boolean;
  readonly backup: Backup;
  readonly move: boolean;
  readonly noTargetDirectory: boolean;
  readonly reflink: "auto" | "always" | "never";
}

const type = (stat: Stat): number => stat.mode & S.IFMT;

export class Copier {
  readonly #sys: Sys;
  readonly #io: Io;
  readonly #settings: CopySettings;
  readonly #umask: number;
  /** "dev:ino" of sources with several names -> where the first one went */
  readonly #links = new Map<string, string>();
  /** destinations made by this run: two sources must not go to one file */
  readonly #made = new Set<string>();
  readonly #madeDirectories = new Set<string>();
  /** what the command line named so far: files by name and inode, directories with where they went */
  readonly #named = new Set<string>();
  /** what the command line named, for messages */
  #top = { source: "", destination: "" };

  constructor(sys: Sys, io: Io, settings: CopySettings) {
    this.#sys = sys;
    this.#io = io;
    this.#settings = settings;
    this.#umask = sys.umask(0);
    sys.umask(this.#umask);
  }

  #lstat(path: string): Stat | undefined {
    try {
      return this.#sys.lstat(path);
    } catch (error) {
      if (error instanceof SysError && (error.errno === "ENOENT" || error.errno === "ENOTDIR")) return undefined;
      throw error;
    }
  }

  #stat(path: string): Stat | undefined {
    try {
      return this.#sys.stat(path);
    } catch (error) {
      if (error instanceof SysError) return undefined;
      throw error;
    }
  }

  /** True when all went well; what failed was told. */
  *copy(source: string, destination: string, argument: boolean): Blocking<boolean> {
    this.#top = { source, destination };
    try {
      return yield* this.#copy(source, destination, argument, undefined, []);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* this.#io.fail(`cannot access ${this.#io.quoteName(destination)}: ${error.message}`);
      return false;
    }
  }

  *#fail(message: string): Blocking<boolean> {
    yield* this.#io.fail(message);
    return false;
  }

  *#copy(source: string, destination: string, argument: boolean, device: number | undefined, ancestors: readonly string[]): Blocking<boolean> {
    const sys = this.#sys;
    const io: Io = this.#io;
    const settings = this.#settings;
    const quoteName = (name: string): string => io.quoteName(name);
    if (sys.charge(5)) yield* sys.preempt();
    let from: Stat;
    const follow = settings.dereference === "always" || (settings.dereference === "arguments" && argument);
    try {
      from = follow ? sys.stat(source) : sys.lstat(source);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      return yield* this.#fail(`cannot stat ${quoteName(source)}: ${error.message}`);
    }
    if (type(from) === S.IFDIR && !settings.recursive) {
      return yield* this.#fail(settings.move ? `omitting directory ${quoteName(source)}` : `-r not specified; omitting directory ${quoteName(source)}`);
    }
    if (argument && !settings.move && settings.backup.kind === "none") {
      const named = `${from.dev}:${from.ino}:${type(from) === S.IFDIR ? destination : lastComponent(source)}`;
      if (this.#named.has(named)) {
        yield* io.warn(`warning: source ${type(from) === S.IFDIR ? "directory" : "file"} ${quoteName(source)} specified more than once`);
        return true;
      }
      this.#named.add(named);
    }
    // An existing destination: opened through its links when a regular file is copied there.
    let to = this.#lstat(destination);
    const throughLink = to !== undefined && type(to) === S.IFLNK && !settings.move && !settings.removeDestination && !settings.hardLink && !settings.symbolicLink && settings.backup.kind === "none" &&
      (type(from) === S.IFREG || (settings.copyContents && type(from) !== S.IFDIR && type(from) !== S.IFLNK));
    const toFollowed = to !== undefined && type(to) === S.IFLNK ? this.#stat(destination) : to;
    if (throughLink) {
      if (toFollowed === undefined) {
        if (!sys.environment.has("POSIXLY_CORRECT")) return yield* this.#fail(`not writing through dangling symlink ${quoteName(destination)}`);
      } else to = toFollowed;
    }
    let backedUp: string | undefined;
    let existed = to !== undefined;
    if (to !== undefined) {
      const same = this.#sameFile(from, to, source, destination);
      if (same) {
        if (settings.interactive === "no-clobber") return true;
        if (settings.hardLink && !settings.symbolicLink) return true;
        if (settings.backup.kind === "none" && !(settings.symbolicLink && settings.removeDestination)) {
          return yield* this.#fail(`${quoteName(source)} and ${quoteName(destination)} are the same file`);
        }
      }
      if (type(from) !== S.IFDIR) {
        if (settings.update && from.mtimeUs <= to.mtimeUs) {
          if (settings.preserveLinks && from.nlink > 1) this.#links.set(`${from.dev}:${from.ino}`, destination);
          return true;
        }
        if (settings.interactive === "no-clobber") return true;
        if (settings.interactive === "ask" || (settings.move && settings.interactive === "default" && sys.isatty(0) && !this.#writable(destination, to))) {
          if (!(yield* confirmed(this.#question(destination, to), io))) return true;
        }
      } else if (settings.move && type(to) === S.IFDIR && settings.interactive === "ask") {
        if (!(yield* confirmed(`overwrite ${quoteName(destination)}? `, io))) return true;
      } else if (settings.interactive === "no-clobber" && type(to) !== S.IFDIR) return true;
      if (type(to) === S.IFDIR && type(from) !== S.IFDIR) {
        return yield* this.#fail(`cannot overwrite directory ${quoteName(destination)} with non-directory`);
      }
      if (type(from) === S.IFDIR && type(to) !== S.IFDIR && !(toFollowed !== undefined && type(toFollowed) === S.IFDIR && !settings.move)) {
        if (settings.backup.kind === "none") return yield* this.#fail(`cannot overwrite non-directory ${quoteName(destination)} with directory ${quoteName(source)}`);
      }
      if (type(from) !== S.IFDIR && this.#made.has(this.#identity(destination))) {
        return yield* this.#fail(`will not overwrite just-created ${quoteName(destination)} with ${quoteName(source)}`);
      }
      if (settings.backup.kind !== "none" && type(from) !== S.IFDIR && type(to) !== S.IFDIR || (settings.backup.kind !== "none" && settings.move)) {
        backedUp = backupName(sys, destination, settings.backup);
        try {
          sys.rename(destination, backedUp);
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          return yield* this.#fail(`cannot backup ${quoteName(destination)}: ${error.message}`);
        }
        if (same && !settings.move && from.ino === to.ino) source = source === destination ? backedUp : source;
        existed = false;
        to = undefined;
      } else if (type(from) !== S.IFDIR && type(to) !== S.IFDIR && !settings.move &&
        (settings.removeDestination || (type(from) !== S.IFREG && !(settings.copyContents && type(from) !== S.IFLNK) ) || settings.hardLink || settings.symbolicLink ||
          (settings.preserveLinks && to.nlink > 1 && type(to) === S.IFREG && !throughLink && this.#links.has(`${from.dev}:${from.ino}`)) || (type(to) === S.IFLNK && !throughLink))) {
        const removable = !(settings.hardLink || settings.symbolicLink) || settings.force || settings.removeDestination;
        if (removable) {
          try {
            sys.unlink(destination);
          } catch (error) {
            if (!(error instanceof SysError)) throw error;
            return yield* this.#fail(`cannot remove ${quoteName(destination)}: ${error.message}`);
          }
          if (settings.verbose) yield* io.tell(`removed ${quoteName(destination)}\n`);
          existed = false;
        }
      }
    }
    if (settings.move) return yield* this.#move(source, destination, from, to, backedUp, ancestors);
    if (settings.verbose && type(from) !== S.IFDIR) yield* this.#report(source, destination, backedUp);
    return yield* this.#create(source, destination, from, existed ? (to ?? toFollowed) : undefined, device, ancestors, backedUp);
  }

  *#report(source: string, destination: string, backedUp: string | undefined, prefix = ""): Blocking<void> {
    const io = this.#io;
    yield* io.tell(`${prefix}${io.quoteName(source)} -> ${io.quoteName(destination)}${backedUp === undefined ? "" : ` (backup: ${io.quoteName(backedUp)})`}\n`);
  }

  #identity(path: string): string {
    const stat = this.#stat(path);
    return stat ? `${stat.dev}:${stat.ino}` : path;
  }

  #sameFile(from: Stat, to: Stat, source: string, destination: string): boolean {
    if (from.ino === to.ino && from.dev === to.dev) return true;
    if (this.#settings.move || this.#settings.symbolicLink || this.#settings.removeDestination) return false;
    // A destination that is a link to the source, or the reverse.
    if (this.#settings.dereference !== "never" || type(from) === S.IFREG) {
      const [a, b] = [this.#stat(source), type(from) === S.IFLNK ? undefined : this.#stat(destination)];
      return a !== undefined && b !== undefined && a.ino === b.ino && a.dev === b.dev && type(from) !== S.IFLNK && !this.#settings.hardLink;
    }
    return false;
  }

  #writable(path: string, stat: Stat): boolean {
    if (type(stat) === S.IFLNK) return true;
    try {
      this.#sys.access(path, 2, true);
      return true;
    } catch (error) {
      if (error instanceof SysError) return error.errno === "ENOENT";
      throw error;
    }
  }

  #question(destination: string, to: Stat): string {
    const io = this.#io;
    if (this.#writable(destination, to)) return `overwrite ${io.quoteName(destination)}? `;
    const mode = (to.mode & 0o7777).toString(8).padStart(4, "0");
    const letters = fileModeText(to.mode).slice(1);
    const verb = this.#settings.move || this.#settings.removeDestination || this.#settings.force ? "replace" : "unwritable";
    return verb === "replace" ? `replace ${io.quoteName(destination)}, overriding mode ${mode} (${letters})? ` : `unwritable ${io.quoteName(destination)} (mode ${mode}, ${letters}); try anyway? `;
  }

  *#move(source: string, destination: string, from: Stat, to: Stat | undefined, backedUp: string | undefined, ancestors: readonly string[]): Blocking<boolean> {
    const sys = this.#sys;
    const io: Io = this.#io;
    const { verbose } = this.#settings;
    try {
      sys.rename(source, destination);
      if (verbose) yield* this.#report(source, destination, backedUp, "renamed ");
      this.#made.add(this.#identity(destination));
      return true;
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      if (error.errno === "EINVAL") return yield* this.#fail(`cannot move ${io.quoteName(source)} to a subdirectory of itself, ${io.quoteName(destination)}`);
      if (error.errno !== "EXDEV") {
        if (error.errno === "ENOTEMPTY" || error.errno === "EEXIST") return yield* this.#fail(`cannot move ${io.quoteName(source)} to ${io.quoteName(destination)}: Directory not empty`);
        return yield* this.#fail(`cannot move ${io.quoteName(source)} to ${io.quoteName(destination)}: ${error.message}`);
      }
    }
    // Another file system: copy, then remove.
    if (to !== undefined) {
      try {
        if (type(to) === S.IFDIR) sys.rmdir(destination);
        else sys.unlink(destination);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        return yield* this.#fail(`inter-device move failed: ${io.quoteName(source)} to ${io.quoteName(destination)}; unable to remove target: ${error.message}`);
      }
    }
    if (verbose && type(from) !== S.IFDIR) yield* this.#report(source, destination, backedUp, "copied ");
    if (!(yield* this.#create(source, destination, from, undefined, undefined, ancestors, backedUp))) return false;
    return ancestors.length > 0 || (yield* this.#remove(source));
  }

  *#remove(path: string): Blocking<boolean> {
    const sys = this.#sys;
    const io: Io = this.#io;
    try {
      if (type(sys.lstat(path)) === S.IFDIR) {
        for (const { name } of sys.readdir(path)) if (!(yield* this.#remove(joinPath(path, name)))) return false;
        sys.rmdir(path);
        if (this.#settings.verbose) yield* io.tell(`removed directory ${io.quoteName(path)}\n`);
      } else {
        sys.unlink(path);
        if (this.#settings.verbose) yield* io.tell(`removed ${io.quoteName(path)}\n`);
      }
      return true;
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      return yield* this.#fail(`cannot remove ${io.quoteName(path)}: ${error.message}`);
    }
  }

  *#create(
    source: string, destination: string, from: Stat, to: Stat | undefined, device: number | undefined, ancestors: readonly string[], backedUp: string | undefined,
  ): Blocking<boolean> {
    const sys = this.#sys;
    const io: Io = this.#io;
    const settings = this.#settings;
    const key = `${from.dev}:${from.ino}`;
    if (type(from) !== S.IFDIR && settings.preserveLinks && from.nlink > 1 && !settings.hardLink) {
      const earlier = this.#links.get(key);
      if (earlier !== undefined) {
        try {
          try {
            sys.link(earlier, destination);
          } catch (error) {
            if (!(error instanceof SysError) || error.errno !== "EEXIST") throw error;
            sys.unlink(destination);
            sys.link(earlier, destination);
          }
          return true;
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          return yield* this.#fail(`cannot create hard link ${io.quoteName(destination)} to ${io.quoteName(earlier)}: ${error.message}`);
        }
      }
      this.#links.set(key, destination);
    }
    if (type(from) === S.IFDIR) return yield* this.#directory(source, destination, from, to, device, ancestors, backedUp);
    try {
      if (settings.symbolicLink) {
        if (!source.startsWith("/") && destination.includes("/") && !destination.startsWith("./") ) return yield* this.#fail(`${io.quoteFile(destination)}: can make relative symbolic links only in current directory`);
        try {
          sys.symlink(source, destination);
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          return yield* this.#fail(`cannot create symbolic link ${io.quoteName(destination)} to ${io.quoteName(source)}: ${error.message}`);
        }
        return true;
      }
      if (settings.hardLink) {
        try {
          sys.link(source, destination, settings.dereference === "always");
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          return yield* this.#fail(`cannot create hard link ${io.quoteName(destination)} to ${io.quoteName(source)}: ${error.message}`);
        }
        return true;
      }
      if (type(from) === S.IFLNK) {
        const target = sys.readlink(source);
        try {
          if (to !== undefined) sys.unlink(destination);
          sys.symlink(target, destination);
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          return yield* this.#fail(`cannot create symbolic link ${io.quoteName(destination)}: ${error.message}`);
        }
        yield* this.#attributes(source, destination, from, false);
        return true;
      }
      if (type(from) === S.IFREG || settings.copyContents) {
        if (!(yield* this.#regular(source, destination, from, to))) return false;
        this.#made.add(this.#identity(destination));
        return true;
      }
      const what = type(from) === S.IFIFO ? "fifo" : "special file";
      try {
        if (to !== undefined) sys.unlink(destination);
        if (type(from) === S.IFIFO) sys.mknod(destination, S.IFIFO | (from.mode & 0o777 & (settings.preserveMode ? 0o777 : ~this.#umask)));
        else sys.mknod(destination, from.mode & (S.IFMT | 0o777), from.rdev);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        return yield* this.#fail(`cannot create ${what} ${io.quoteName(destination)}: ${error.message}`);
      }
      yield* this.#attributes(source, destination, from, to === undefined);
      return true;
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      return yield* this.#fail(`cannot copy ${io.quoteName(source)}: ${error.message}`);
    }
  }

  *#directory(source: string, destination: string, from: Stat, to: Stat | undefined, device: number | undefined, ancestors: readonly string[], backedUp: string | undefined): Blocking<boolean> {
    const sys = this.#sys;
    const io: Io = this.#io;
    const settings = this.#settings;
    const key = `${from.dev}:${from.ino}`;
    if (ancestors.includes(key)) return yield* this.#fail(`${io.quoteFile(source)}: cannot copy cyclic symbolic link`);
    if (to === undefined) {
      try {
        sys.mkdir(destination, (from.mode & 0o777) | 0o700);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        return yield* this.#fail(`cannot create directory ${io.quoteName(destination)}: ${error.message}`);
      }
      if (settings.verbose) {
        if (settings.move) yield* io.tell(`created directory ${io.quoteName(destination)}\n`);
        else yield* this.#report(source, destination, backedUp);
      }
    }
    const made = this.#identity(destination);
    // A tree copied into itself: the part that was just made is not copied again.
    if (this.#madeDirectories.has(key)) return yield* this.#fail(`cannot copy a directory, ${io.quoteName(this.#top.source)}, into itself, ${io.quoteName(this.#top.destination)}`);
    this.#madeDirectories.add(made);
    let ok = true;
    if (!(settings.oneFileSystem && device !== undefined && device !== from.dev)) {
      let names: readonly string[];
      try {
        names = sys.readdir(source).map(({ name }) => name);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        ok = yield* this.#fail(`cannot access ${io.quoteName(source)}: ${error.message}`);
        names = [];
      }
      for (const name of names) {
        const inner = joinPath(source, name);
        const stat = this.#lstat(inner);
        if (stat && this.#madeDirectories.has(`${stat.dev}:${stat.ino}`) && type(stat) === S.IFDIR) {
          ok = yield* this.#fail(`cannot copy a directory, ${io.quoteName(this.#top.source)}, into itself, ${io.quoteName(this.#top.destination)}`);
          continue;
        }
        if (!(yield* this.#copy(inner, joinPath(destination, name), false, settings.oneFileSystem ? (device ?? from.dev) : undefined, [...ancestors, key]))) ok = false;
      }
    }
    if (to === undefined || settings.preserveMode || settings.preserveTimes || settings.preserveOwnership) {
      if (to === undefined && !settings.preserveMode) {
        const mode = settings.noPreserveMode ? 0o777 & ~this.#umask : from.mode & 0o777 & ~this.#umask;
        sys.chmod(destination, mode | ((this.#stat(destination)?.mode ?? 0) & S.ISGID));
      }
      yield* this.#attributes(source, destination, from, to === undefined);
    }
    return ok;
  }

  *#regular(source: string, destination: string, from: Stat, to: Stat | undefined): Blocking<boolean> {
    const sys = this.#sys;
    const io: Io = this.#io;
    const settings = this.#settings;
    let input: number;
    try {
      input = yield* sys.open(source, O.RDONLY);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      return yield* this.#fail(`cannot open ${io.quoteName(source)} for reading: ${error.message}`);
    }
    try {
      const mode = settings.noPreserveMode ? 0o666 : from.mode & 0o777;
      let output = -1;
      let created = to === undefined;
      try {
        output = yield* sys.open(destination, O.WRONLY | (to === undefined ? O.CREAT : settings.attributesOnly ? 0 : O.TRUNC), settings.preserveOwnership ? mode & 0o700 : mode);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        if (to === undefined || !settings.force) {
          const problem = to === undefined && error.errno === "EISDIR" ? "Not a directory" : error.message;
          return yield* this.#fail(`cannot create regular file ${io.quoteName(destination)}: ${problem}`);
        }
        try {
          sys.unlink(destination);
          if (settings.verbose) yield* io.tell(`removed ${io.quoteName(destination)}\n`);
          output = yield* sys.open(destination, O.WRONLY | O.CREAT | O.EXCL, mode);
          created = true;
        } catch (second) {
          if (!(second instanceof SysError)) throw second;
          return yield* this.#fail(`cannot ${second.errno === "EEXIST" ? "create regular file" : "remove"} ${io.quoteName(destination)}: ${second.message}`);
        }
      }
      try {
        if (!settings.attributesOnly) {
          if (settings.reflink === "always") return yield* this.#fail(`failed to clone ${io.quoteName(destination)} from ${io.quoteName(source)}: Operation not supported`);
          yield* this.#contents(input, output, from);
        }
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        return yield* this.#fail(`error ${error.errno === "EISDIR" ? "reading" : "writing"} ${io.quoteName(error.errno === "EISDIR" ? source : destination)}: ${error.message}`);
      } finally {
        sys.close(output);
      }
      yield* this.#attributes(source, destination, from, created);
      return true;
    } finally {
      sys.close(input);
    }
  }

  /** Holes stay holes: the extents are found with SEEK_DATA and SEEK_HOLE; --sparse=always looks for blocks of zeros. */
  *#contents(input: number, output: number, from: Stat): Blocking<void> {
    const sys = this.#sys;
    const { sparse } = this.#settings;
    const regular = type(from) === S.IFREG;
    const holes = regular && sparse !== "never" && (sparse === "always" || from.blocks * 512 < from.sizeBytes);
    const writable = (sys.fstat(output).mode & S.IFMT) === S.IFREG;
    if (!holes || !writable || from.sizeBytes === 0) {
      for (;;) {
        const bytes = yield* sys.read(input, 131072);
        if (bytes.length === 0) return;
        for (let done = 0; done < bytes.length; ) done += yield* sys.write(output, done === 0 ? bytes : bytes.subarray(done));
        if (sys.charge(1 + (bytes.length >> 9))) yield* sys.preempt();
      }
    }
    let position = 0;
    while (position < from.sizeBytes) {
      let start: number;
      try {
        start = sys.lseek(input, position, "data");
      } catch (error) {
        if (error instanceof SysError && error.errno === "ENXIO") break;
        throw error;
      }
      const end = sys.lseek(input, start, "hole");
      for (let at = start; at < end; ) {
        const bytes = yield* sys.pread(input, Math.min(65536, end - at), at);
        if (bytes.length === 0) break;
        if (!(sparse === "always" && bytes.every((byte) => byte === 0))) yield* sys.pwrite(output, bytes, at);
        at += bytes.length;
        if (sys.charge(1 + (bytes.length >> 9))) yield* sys.preempt();
      }
      position = end;
    }
    sys.ftruncate(output, from.sizeBytes);
  }

  *#attributes(source: string, destination: string, from: Stat, created: boolean): Blocking<void> {
    const sys = this.#sys;
    const io: Io = this.#io;
    const settings = this.#settings;
    const isLink = type(from) === S.IFLNK;
    const tell = (what: string, error: unknown): Blocking<void> | undefined => {
      if (!(error instanceof SysError)) throw error;
      return settings.requirePreserve ? io.fail(`${what} ${io.quoteName(destination)}: ${error.message}`) : undefined;
    };
    if (settings.preserveTimes) {
      try {
        sys.utimes(destination, from.atimeUs, from.mtimeUs, !isLink);
      } catch (error) {
        const told = tell("preserving times for", error);
        if (told) yield* told;
      }
    }
    let owned = true;
    if (settings.preserveOwnership) {
      try {
        sys.chown(destination, from.uid, from.gid, !isLink);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        owned = false;
        if (sys.getcred().euid === 0 && settings.requirePreserve) yield* io.fail(`failed to preserve ownership for ${io.quoteName(destination)}: ${error.message}`);
        else {
          try {
            sys.chown(destination, -1, from.gid, !isLink);
          } catch (second) {
            if (!(second instanceof SysError)) throw second;
          }
        }
      }
    }
    if (settings.preserveXattr) {
      try {
        for (const name of sys.listxattr(source, !isLink)) sys.setxattr(destination, name, sys.getxattr(source, name, !isLink), !isLink);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
    }
    if (isLink) return;
    if (settings.preserveMode) {
      try {
        sys.chmod(destination, owned ? from.mode & 0o7777 : from.mode & 0o777);
      } catch (error) {
        const told = tell("preserving permissions for", error);
        if (told) yield* told;
      }
    } else if (created && settings.preserveOwnership && type(from) === S.IFREG) sys.chmod(destination, (settings.noPreserveMode ? 0o666 : from.mode & 0o777) & ~this.#umask);
  }
}
