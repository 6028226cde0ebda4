// cpio (GNU cpio 2.13): files named on standard input into an archive (-o), out of one (-i), or into another directory (-p).
import { type Blocking, decode, encode, O, S, type Sys, SysError } from "../../kernel/sys.ts";
import { Accounts } from "../kit/accounts.ts";
import { compileFnmatch } from "../kit/fnmatch.ts";
import { counted, flag, gnu, type Io, reason, text, unsimulated } from "../kit/gnu.ts";
import { nameExists } from "../kit/presence.ts";
import { civilAt, strftime } from "../kit/time-format.ts";
import { readZone } from "../kit/zones.ts";
import { type CpioFormat, type CpioMember, decodeArchive, encodeMember, TRAILER } from "./_formats.ts";
import { readWhole } from "../kit/read-whole.ts";

const blocks = (count: number): string => `${count} block${count === 1 ? "" : "s"}\n`;

function permissions(mode: number): string {
  const kind = ({ [S.IFDIR]: "d", [S.IFLNK]: "l", [S.IFIFO]: "p", [S.IFCHR]: "c", [S.IFBLK]: "b", [S.IFSOCK]: "s" } as Readonly<Record<number, string>>)[mode & S.IFMT] ?? "-";
  const bits = [..."rwxrwxrwx"].map((letter, at) => (mode & (1 << (8 - at)) ? letter : "-"));
  if (mode & 0o4000) bits[2] = bits[2] === "x" ? "s" : "S";
  if (mode & 0o2000) bits[5] = bits[5] === "x" ? "s" : "S";
  if (mode & 0o1000) bits[8] = bits[8] === "x" ? "t" : "T";
  return kind + bits.join("");
}

function* memberOf(sys: Sys, path: string, follow: boolean): Blocking<CpioMember> {
  const stat = follow ? sys.stat(path) : sys.lstat(path);
  let bytes = new Uint8Array(0);
  if ((stat.mode & S.IFMT) === S.IFREG) {
    const fd = yield* sys.open(path, O.RDONLY);
    bytes = Uint8Array.from(yield* readWhole(sys, fd));
    sys.close(fd);
  } else if ((stat.mode & S.IFMT) === S.IFLNK) bytes = Uint8Array.from(encode(sys.readlink(path)));
  return { name: path.replace(/^(?:\.\/)+(?=.)/, ""), mode: stat.mode, uid: stat.uid, gid: stat.gid, nlink: stat.nlink, device: stat.dev, inode: stat.ino, rdev: stat.rdev, mtimeSeconds: Math.floor(stat.mtimeUs / 1e6), bytes };
}

/** As the new formats store hard links: each waits for the last one, which holds the contents. */
function inOrder(members: readonly CpioMember[], waits: boolean): { readonly member: CpioMember; readonly isEmpty: boolean }[] {
  const ordered: { readonly member: CpioMember; readonly isEmpty: boolean }[] = [];
  const waiting = new Map<string, CpioMember[]>();
  for (const member of members) {
    if (!waits || member.nlink < 2 || (member.mode & S.IFMT) !== S.IFREG) {
      ordered.push({ member, isEmpty: false });
      continue;
    }
    const key = `${member.device}:${member.inode}`;
    const others = waiting.get(key) ?? [];
    if (others.length + 1 < member.nlink) {
      waiting.set(key, [member, ...others]);
      continue;
    }
    waiting.delete(key);
    ordered.push(...others.map((other) => ({ member: other, isEmpty: true })), { member, isEmpty: false });
  }
  // links whose other names are not in the archive
  for (const others of waiting.values()) ordered.push(...others.map((member, at) => ({ member, isEmpty: at < others.length - 1 })));
  return ordered;
}

interface Placing {
  readonly directories: boolean;
  readonly times: boolean;
  readonly replace: boolean;
  readonly owner: { readonly uid: number; readonly gid: number } | undefined;
}

/** False when there is something newer. */
function* place(io: Io, member: CpioMember, path: string, { directories, times, replace, owner }: Placing, links: Map<string, string>, shown: string): Blocking<boolean> {
  const { sys } = io;
  const kind = member.mode & S.IFMT;
  if (nameExists(sys, path) && kind !== S.IFDIR) {
    const stat = sys.lstat(path);
    if (!replace && Math.floor(stat.mtimeUs / 1e6) >= member.mtimeSeconds) {
      yield* io.warn(`${shown} not created: newer or same age version exists`);
      return false;
    }
    sys.unlink(path);
  }
  const make = function* (): Blocking<void> {
    if (kind === S.IFDIR) {
      try {
        sys.mkdir(path, member.mode & 0o7777);
      } catch (error) {
        if (!(error instanceof SysError) || error.errno !== "EEXIST") throw error;
      }
    } else if (kind === S.IFLNK) sys.symlink(decode(member.bytes), path);
    else if (kind === S.IFREG) {
      const key = `${member.device}:${member.inode}`;
      const former = member.nlink > 1 ? links.get(key) : undefined;
      if (former !== undefined) {
        sys.link(former, path);
        return;
      }
      const fd = yield* sys.open(path, O.WRONLY | O.CREAT | O.TRUNC, member.mode & 0o777);
      yield* sys.write(fd, member.bytes);
      sys.close(fd);
      if (member.nlink > 1) links.set(key, path);
    } else sys.mknod(path, member.mode, member.rdev);
  };
  try {
    yield* make();
  } catch (error) {
    if (!(error instanceof SysError) || error.errno !== "ENOENT" || !directories) throw error;
    for (let at = path.indexOf("/", 1); at > 0; at = path.indexOf("/", at + 1)) {
      try {
        sys.mkdir(path.slice(0, at), 0o755);
      } catch (second) {
        if (!(second instanceof SysError) || second.errno !== "EEXIST") throw second;
      }
    }
    yield* make();
  }
  if (kind === S.IFLNK) return true;
  if (sys.getcred().euid === 0) sys.chown(path, owner?.uid ?? member.uid, owner?.gid ?? member.gid);
  sys.chmod(path, member.mode & 0o7777);
  if (times) sys.utimes(path, member.mtimeSeconds * 1e6, member.mtimeSeconds * 1e6);
  return true;
}

export default gnu({
  name: "cpio", path: "/bin/cpio", summary: "pack files into archives and unpack them", synopsis: ["-o < name-list [> archive]", "-i [< archive]", "-p destination-directory < name-list"], project: "GNU cpio", version: "2.13", usageStatus: 64, failureStatus: 2, operands: "files",
  tryLine: (name) => `Try '${name.replace(/^.*\//, "")} --help' or '${name.replace(/^.*\//, "")} --usage' for more information.\n`,
  options: {
    extract: flag(["-i", "--extract"], "unpack files from an archive"), create: flag(["-o", "--create"], "create an archive"), pass: flag(["-p", "--pass-through"], "copy into another directory"), list: flag(["-t", "--list"], "list what an archive holds"),
    file: text(["-F", "-I", "-O", "--file"], "FILE", "the archive is this file, not standard input or output"), format: text(["-H", "--format"], "FORMAT", "bin (default), odc, newc, crc"), portable: flag(["-c"], "format odc"), block: flag(["-B"], "blocks of 5120 bytes"), size: text(["-C", "--io-size"], "NUMBER", "blocks of so many bytes"), blockSize: text(["--block-size"], "NUMBER", "blocks of so many times 512 bytes"),
    verbose: counted(["-v", "--verbose"], "list the files"), dots: flag(["-V", "--dot"], "a dot for each file"), quiet: flag(["--quiet"], "do not tell the number of blocks"), null: flag(["-0", "--null"], "names end with a zero byte"), append: flag(["-A", "--append"], "add to the archive of -F"), follow: flag(["-L", "--dereference"], "the files that links lead to"), reset: flag(["-a", "--reset-access-time"], "keep times of access"),
    directories: flag(["-d", "--make-directories"], "make directories where needed"), times: flag(["-m", "--preserve-modification-time"], "keep times of modification"), unconditional: flag(["-u", "--unconditional"], "replace newer files too"), links: flag(["-l", "--link"], "link instead of copying, where possible"), nonmatching: flag(["-f", "--nonmatching"], "files that fit no pattern"), numeric: flag(["-n", "--numeric-uid-gid"], "numbers of owners"), stdout: flag(["--to-stdout"], "file contents on standard output"), relative: flag(["--no-absolute-filenames"], "all below this directory"), absolute: flag(["--absolute-filenames"], "keep leading slashes"), noOwner: flag(["--no-preserve-owner"], "do not change owners"), owner: text(["-R", "--owner"], "USER[:GROUP]", "owner of all files"), directory: text(["-D", "--directory"], "DIR", "change to it first"), patterns: text(["-E", "--pattern-file"], "FILE", "more patterns from it"),
    rename: unsimulated(["-r", "--rename"], "ask for new names", "names are not asked for here"), swap: unsimulated(["-b", "--swap"], "swap bytes", "archives of such machines are not there"),
  },
  *run({ options, operands, sys }, io: Io) {
    const modes = [options.extract || (options.list && !options.create && !options.pass), options.create, options.pass].filter(Boolean).length;
    const long = function* (message: string): Blocking<number> {
      yield* io.stderr(`${io.argv0}: ${message}\nTry '${io.argv0} --help' or '${io.argv0} --usage' for more information.\n`);
      return 2;
    };
    if (modes > 1) return yield* long("Mode already defined");
    if (modes === 0) return yield* long("You must specify one of -oipt options.");
    if (options.pass && operands.length === 0) return yield* long("Not enough arguments");
    if ((options.pass || options.create) && operands.length > (options.pass ? 1 : 0)) return yield* long("Too many arguments");
    if (options.create && options.list) return yield* long("--list is meaningless with --create");
    if (options.extract && options.reset) return yield* long("--reset is meaningless with --extract");
    const word = (options.format ?? (options.portable ? "odc" : "bin")).toLowerCase();
    if (!["bin", "odc", "newc", "crc", "tar", "ustar", "hpbin", "hpodc"].includes(word)) return yield* long(`invalid archive format \`${options.format ?? ""}'; valid formats are:\ncrc newc odc bin ustar tar (all-caps also recognized)`);
    if (!["bin", "odc", "newc", "crc"].includes(word) && options.create) io.die(`archives of format ${word} are not made here; tar(1) makes them`);
    const format = word as CpioFormat;
    const blockBytes = options.block ? 5120 : options.size !== undefined ? Number(options.size) : options.blockSize !== undefined ? Number(options.blockSize) * 512 : 512;
    const accounts = yield* Accounts.read(sys);
    const [user, group] = (options.owner ?? "").split(/[:.]/);
    const person = user === undefined || user === "" ? undefined : accounts.userByName(user);
    const owner = options.noOwner ? { uid: sys.getcred().euid, gid: sys.getcred().egid } : options.owner === undefined ? undefined : { uid: person?.uid ?? sys.getcred().euid, gid: (group === undefined || group === "" ? undefined : accounts.groupByName(group)?.gid) ?? person?.gid ?? sys.getcred().egid };
    const archiveName = options.file;
    const tell = function* (name: string, verbose = options.verbose > 0): Blocking<void> {
      if (options.dots) yield* io.stderr(".");
      else if (verbose) yield* io.stderr(`${name}\n`);
    };
    const report = function* (bytes: number): Blocking<void> {
      if (options.dots) yield* io.stderr("\n");
      if (!options.quiet) yield* io.stderr(blocks(Math.ceil(bytes / blockBytes)));
    };
    const openArchive = function* (flags: number): Blocking<number> {
      if (archiveName === undefined || archiveName === "-") return flags === O.RDONLY ? 0 : 1;
      try {
        return yield* sys.open(archiveName, flags, 0o666);
      } catch (error) {
        return io.die(`Cannot open ${archiveName}: ${reason(error)}`);
      }
    };
    const inDirectory = function* (): Blocking<void> {
      if (options.directory === undefined) return;
      try {
        sys.chdir(options.directory);
      } catch (error) {
        io.die(`cannot change to directory \`${options.directory}': ${reason(error)}`);
      }
    };

    if (options.extract || (options.list && !options.create && !options.pass)) {
      const fd = yield* openArchive(O.RDONLY);
      const archive = yield* readWhole(sys, fd);
      yield* inDirectory();
      const { members, end, malformed } = decodeArchive(archive);
      const patterns = operands.map((pattern) => compileFnmatch(pattern));
      const zone = yield* readZone(sys);
      const links = new Map<string, string>();
      const waiting = new Map<string, string[]>();
      for (const member of members) {
        if (sys.charge(20)) yield* sys.preempt();
        if (patterns.length > 0 && patterns.some((fits) => fits(member.name)) === options.nonmatching) continue;
        if (options.list) {
          const target = (member.mode & S.IFMT) === S.IFLNK ? ` -> ${decode(member.bytes)}` : "";
          const size = (member.mode & S.IFMT) === S.IFCHR || (member.mode & S.IFMT) === S.IFBLK ? `${member.rdev >> 8}, ${String(member.rdev & 255).padStart(3)}`.padStart(8) : String((member.mode & S.IFMT) === S.IFDIR || member.waits === true ? 0 : member.bytes.length).padStart(8);
          const [owned, grouped] = options.numeric ? [String(member.uid), String(member.gid)] : [accounts.userById(member.uid)?.name ?? String(member.uid), accounts.groupById(member.gid)?.name ?? String(member.gid)];
          io.out.put(options.verbose > 0 ? `${permissions(member.mode)} ${String(member.nlink).padStart(3)} ${owned.padEnd(8)} ${grouped.padEnd(8)} ${size} ${strftime("%b %e", civilAt(zone, member.mtimeSeconds))} ${Math.abs(sys.clockUs("realtime") / 1e6 - member.mtimeSeconds) > 15_724_800 ? ` ${strftime("%Y", civilAt(zone, member.mtimeSeconds))}` : strftime("%H:%M", civilAt(zone, member.mtimeSeconds))} ${member.name}${target}\n` : `${member.name}\n`);
          continue;
        }
        if (options.stdout) {
          if ((member.mode & S.IFMT) === S.IFREG) {
            yield* io.out.flush();
            yield* sys.write(1, member.bytes);
          }
          continue;
        }
        const path = options.relative ? member.name.replace(/^\/+/, "") : member.name;
        try {
          const key = `${member.device}:${member.inode}`;
          const former = member.nlink > 1 ? links.get(key) : undefined;
          if (yield* place(io, member, path, { directories: options.directories, times: options.times, replace: options.unconditional, owner }, links, member.name)) {
            // Links that waited for the contents are made when those come.
            const waited = waiting.get(key) ?? [];
            if (member.waits === true) waiting.set(key, [member.name, ...waited]);
            else if (waited.length > 0 && options.verbose > 0) for (const one of waited) yield* io.warn(`${member.name} linked to ${one}`);
            else if (former !== undefined && options.verbose > 0) yield* io.warn(`${former} linked to ${member.name}`);
          }
          yield* tell(member.name);
        } catch (error) {
          yield* io.fail(`${member.name}: Cannot ${(member.mode & S.IFMT) === S.IFDIR ? "create directory" : "open"}: ${reason(error)}`);
        }
      }
      yield* io.out.flush();
      if (end === undefined) {
        if (malformed && members.length === 0) yield* io.warn("premature end of archive");
        else yield* io.warn("premature end of file");
        return 2;
      }
      yield* report(end);
      return io.status;
    }

    const names: string[] = [];
    for (;;) {
      const line = yield* io.stdin.line(options.null ? "\0" : "\n");
      if (line === undefined) break;
      const name = decode(Uint8Array.from(line, (letter) => letter.charCodeAt(0)));
      if (name !== "") names.push(name);
    }
    if (options.pass) {
      const target = (operands[0] ?? ".").replace(/\/+$/, "") || "/";
      const links = new Map<string, string>();
      let total = 0;
      for (const name of names) {
        if (sys.charge(20)) yield* sys.preempt();
        const path = `${target}/${name.replace(/^\/+/, "")}`;
        try {
          const member = yield* memberOf(sys, name, options.follow);
          const key = `${member.device}:${member.inode}`;
          const former = member.nlink > 1 ? links.get(key) : undefined;
          if (options.links && (member.mode & S.IFMT) === S.IFREG && !nameExists(sys, path)) sys.link(name, path);
          else if (!(yield* place(io, member, path, { directories: options.directories, times: options.times, replace: options.unconditional, owner }, links, path))) {
            yield* tell(path);
            continue;
          }
          if (former !== undefined && options.verbose > 0) yield* io.warn(`${former} linked to ${path}`);
          if (former === undefined && (member.mode & S.IFMT) === S.IFREG) total += member.bytes.length;
          yield* tell(path);
        } catch (error) {
          yield* io.fail(`${name}: Cannot stat: ${reason(error)}`);
        }
      }
      yield* report(total === 0 ? 0 : total);
      return io.status;
    }
    let before: readonly CpioMember[] = [];
    if (options.append) {
      if (archiveName === undefined) return yield* long("--append requires -F or -O");
      const fd = yield* openArchive(O.RDONLY);
      before = decodeArchive(yield* readWhole(sys, fd)).members;
      sys.close(fd);
    }
    const fd = yield* openArchive(O.WRONLY | O.CREAT | O.TRUNC);
    yield* inDirectory();
    const members: CpioMember[] = [];
    for (const name of names) {
      if (sys.charge(20)) yield* sys.preempt();
      try {
        members.push(yield* memberOf(sys, name, options.follow));
        yield* tell(name);
      } catch (error) {
        yield* io.fail(`${name}: Cannot ${error instanceof SysError && error.errno === "EACCES" ? "open" : "stat"}: ${reason(error)}`);
      }
    }
    let written = 0;
    const put = function* (bytes: Uint8Array): Blocking<void> {
      yield* sys.write(fd, bytes);
      written += bytes.length;
    };
    const numbers = new Map<string, number>();
    const all = [...before, ...members];
    for (const { member, isEmpty } of inOrder(all, format === "newc" || format === "crc")) {
      const key = `${member.device}:${member.inode}`;
      const inode = numbers.get(key) ?? numbers.set(key, numbers.size + 1).get(key) ?? 0;
      yield* put(encodeMember({ ...member, ...(format === "bin" ? {} : { inode }), ...(owner ?? {}), ...(isEmpty ? { bytes: new Uint8Array(0) } : {}) }, format));
    }
    yield* put(encodeMember({ name: TRAILER, mode: 0, uid: 0, gid: 0, nlink: 1, device: 0, inode: 0, rdev: 0, mtimeSeconds: 0, bytes: new Uint8Array(0) }, format));
    const rest = (blockBytes - (written % blockBytes)) % blockBytes;
    if (rest > 0) yield* put(new Uint8Array(rest));
    if (fd !== 1) sys.close(fd);
    yield* report(written);
    return io.status;
  },
});
