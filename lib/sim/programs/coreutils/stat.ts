import { type Blocking, S, type Stat, type StatFs, type Sys, SysError } from "../../kernel/sys.ts";
import { Accounts } from "../kit/accounts.ts";
import { type Io, flag, gnu, reason, text, word } from "../kit/gnu.ts";
import { readMounts } from "../kit/mounts.ts";
import { canonicalPath } from "../kit/canonical-path.ts";
import { civilAtUs, strftime } from "../kit/time-format.ts";
import { type Zone, readZone } from "../kit/zones.ts";
import { fileType } from "./_file-type.ts";
import { fileModeText } from "../kit/file-mode.ts";
import { quoteAs, QUOTING_STYLES } from "./_quoting-style.ts";

/** statfs(2): magic numbers as coreutils' stat -f names them. */
const MAGIC = new Map<string, readonly [magic: number, name: string]>([
  ["ext2", [0xef53, "ext2/ext3"]], ["ext3", [0xef53, "ext2/ext3"]], ["ext4", [0xef53, "ext2/ext3"]], ["tmpfs", [0x01021994, "tmpfs"]], ["devtmpfs", [0x01021994, "tmpfs"]],
  ["proc", [0x9fa0, "proc"]], ["sysfs", [0x62656572, "sysfs"]], ["cgroup2", [0x63677270, "cgroup2fs"]], ["cgroup", [0x27e0eb, "cgroupfs"]], ["devpts", [0x1cd1, "devpts"]],
  ["overlay", [0x794c7630, "overlayfs"]], ["xfs", [0x58465342, "xfs"]], ["btrfs", [0x9123683e, "btrfs"]], ["vfat", [0x4d44, "msdos"]], ["iso9660", [0x9660, "isofs"]],
  ["squashfs", [0x73717368, "squashfs"]], ["nfs", [0x6969, "nfs"]], ["nfs4", [0x6969, "nfs"]], ["ramfs", [0x858458f6, "ramfs"]], ["hugetlbfs", [0x958458f6, "hugetlbfs"]], ["mqueue", [0x19800202, "mqueue"]],
  ["securityfs", [0x73636673, "securityfs"]], ["debugfs", [0x64626720, "debugfs"]], ["tracefs", [0x74726163, "tracefs"]], ["fuse", [0x65735546, "fuseblk"]], ["fusectl", [0x65735543, "fusectl"]],
  ["bpf", [0xcafe4a11, "bpf_fs"]], ["pstore", [0x6165676c, "pstorefs"]], ["configfs", [0x62656570, "configfs"]], ["autofs", [0x0187, "autofs"]], ["nsfs", [0x6e736673, "nsfs"]],
]);

export default gnu({
  name: "stat",
  summary: "show the status of files (size, mode, owner, times) or of file systems",
  synopsis: ["[OPTION]... FILE..."],
  description: [
    "FORMAT for files: %a %A mode in octal, in letters; %b how many blocks of %B bytes; %C SELinux context; %d %D device in decimal, hexadecimal; %f mode in hexadecimal; %F type of file; %g %G group by number, name; %h hard links; %i inode; %m mount point; %n %N name, quoted name with what a link holds; %o good size for I/O; %r %R number of a device file in decimal, hexadecimal; %s size in bytes; %t %T its major and minor in hexadecimal; %u %U owner by number, name; %w %x %y %z time of birth, access, modification, change of the inode; %W %X %Y %Z the same in seconds since the epoch.",
    "FORMAT with -f: %a %f blocks free for users, for root; %b blocks in all; %c %d inodes in all, free; %i ID in hexadecimal; %l longest file name; %n name; %s %S block size for transfers, for the counts; %t %T type in hexadecimal, in words.",
  ],
  options: {
    dereference: flag(["-L", "--dereference"], "show the file that a link leads to"),
    fileSystem: flag(["-f", "--file-system"], "show the file system that holds the file"),
    cached: word(["--cached"], "MODE", [["default"], ["never"], ["always"]], "whether a network file system may answer from its cache"),
    format: text(["-c", "--format"], "FORMAT", "only what FORMAT asks for, then a newline"),
    printf: text(["--printf"], "FORMAT", "as -c, without the newline; escapes such as \\n and \\t are replaced"),
    terse: flag(["-t", "--terse"], "print only the values, on one line, for scripts"),
  },
  operands: "files",
  seeAlso: ["stat(2)", "statfs(2)"],
  *run({ options, operands, given, sys }, io: Io) {
    if (operands.length === 0) io.usage("missing operand");
    const chosen = given.findLast((one) => one.option === "format" || one.option === "printf");
    const escapes = chosen?.option === "printf";
    const accounts = yield* Accounts.read(sys);
    const zone = yield* readZone(sys);
    const wantedStyle = sys.environment.get("QUOTING_STYLE");
    if (wantedStyle !== undefined && chosen !== undefined && chosen.argument?.includes("N") && !QUOTING_STYLES.some((one) => one === wantedStyle)) yield* io.warn(`ignoring invalid value of environment variable QUOTING_STYLE: ${io.quote(wantedStyle)}`);
    const context: Context = { sys, io, accounts, zone, plainNames: chosen === undefined };
    for (const name of operands) {
      if (options.fileSystem) {
        if (name === "-") {
          yield* io.fail(`using ${io.quoteName("-")} to denote standard input does not work in file system mode`);
          continue;
        }
        let stat: StatFs;
        try {
          stat = sys.statfs(name);
        } catch (error) {
          yield* io.fail(`cannot read file system information for ${io.quoteName(name)}: ${reason(error)}`);
          continue;
        }
        const format = chosen?.argument ?? (options.terse ? "%n %i %l %t %s %S %b %f %a %c %d" :
          io.word("  File: \"%n\"\n    ID: %-8i Namelen: %-7l Type: %T\nBlock size: %-10s Fundamental block size: %S\nBlocks: Total: %-10b Free: %-10f Available: %a\nInodes: Total: %-10c Free: %d"));
        yield* print(format, escapes, (letter) => fileSystemValue(letter, name, stat), context);
        continue;
      }
      let stat: Stat;
      let path = name;
      try {
        if (name === "-") {
          stat = sys.fstat(0);
          path = "/proc/self/fd/0";
        } else stat = options.dereference ? sys.stat(name) : sys.lstat(name);
      } catch (error) {
        yield* io.fail(`${name === "-" ? "cannot stat standard input" : `cannot statx ${io.quoteName(name)}`}: ${reason(error)}`);
        continue;
      }
      const format = chosen?.argument ?? (options.terse ? "%n %s %b %f %u %g %D %i %h %t %T %X %Y %Z %W %o" : io.word(defaultFormat(stat)));
      const mountPoint = format.includes("%m") ? yield* mountPointOf(path, sys) : "?";
      yield* print(format, escapes, (letter) => fileValue(letter, name, path, stat, mountPoint, context), context);
    }
  },
});

interface Context {
  readonly sys: Sys;
  readonly io: Io;
  readonly accounts: Accounts;
  readonly zone: Zone;
  /** The default report shows names without quotes. */
  readonly plainNames: boolean;
}

function defaultFormat(stat: Stat): string {
  const device = (stat.mode & S.IFMT) === S.IFCHR || (stat.mode & S.IFMT) === S.IFBLK;
  return `  File: %N\n  Size: %-10s\tBlocks: %-10b IO Block: %-6o %F\nDevice: %Hd,%Ld\tInode: %-10i  Links: ${device ? "%-5h Device type: %Hr,%Lr" : "%h"}\n` +
    "Access: (%04a/%10.10A)  Uid: (%5u/%8U)   Gid: (%5g/%8G)\nAccess: %x\nModify: %y\nChange: %z\n Birth: %w";
}

function* mountPointOf(path: string, sys: Sys): Blocking<string> {
  let resolved: string;
  try {
    resolved = canonicalPath(sys, path, "existing");
  } catch (error) {
    if (error instanceof SysError) return "?";
    throw error;
  }
  let best = "/";
  for (const { target } of yield* readMounts(sys)) {
    if ((resolved === target || resolved.startsWith(target === "/" ? "/" : target + "/")) && target.length >= best.length) best = target;
  }
  return best;
}

/** A value of a format sequence: texts are cut by a precision, numbers filled with zeros. */
type Value = { readonly text: string } | { readonly number: number; readonly base?: 8 | 16 } | { readonly timeUs: number };

function* print(format: string, escapes: boolean, valueOf: (letter: string) => Value | undefined, context: Context): Blocking<void> {
  const { io } = context;
  let out = "";
  for (let i = 0; i < format.length; i++) {
    const char = format.charAt(i);
    if (char === "%") {
      const match = /^%([-+ #0'I]*)(\d*)(?:\.(\d*))?([HL]?[a-zA-Z%]?)/.exec(format.slice(i));
      const [whole = "%", flags = "", width = "", precision, letter = ""] = match ?? [];
      if (letter === "%") {
        if (whole !== "%%") io.die(`${io.quote(whole)}: invalid directive`);
        out += "%";
      } else if (letter === "") {
        if (whole !== "%" || i + 1 < format.length) io.die(`${io.quote(whole + format.charAt(i + whole.length))}: invalid directive`);
        out += "%";
      } else {
        // H and L choose the major and the minor number before d and r.
        const value = valueOf(letter);
        out += value === undefined ? "?" : shown(value, flags, width === "" ? 0 : Number(width), precision === undefined ? undefined : precision === "" && "timeUs" in value ? 9 : Number(precision || 0));
      }
      i += whole.length - 1;
    } else if (char === "\\" && escapes) {
      const number = /^\\(?:x([0-9a-fA-F]{1,2})|([0-7]{1,3}))/.exec(format.slice(i));
      if (number) {
        out += String.fromCharCode(number[1] !== undefined ? Number.parseInt(number[1], 16) : Number.parseInt(number[2] ?? "0", 8));
        i += number[0].length - 1;
        continue;
      }
      const next = format.charAt(++i);
      const simple = new Map([["a", "\x07"], ["b", "\b"], ["e", "\x1b"], ["f", "\f"], ["n", "\n"], ["r", "\r"], ["t", "\t"], ["v", "\v"], ["\"", "\""], ["\\", "\\"]]).get(next);
      if (next === "") {
        yield* io.warn("warning: backslash at end of format");
        out += "\\";
      } else if (simple === undefined) {
        yield* io.warn(`warning: unrecognized escape '\\${next}'`);
        out += next;
      } else out += simple;
    } else out += char;
  }
  if (io.sys.charge(12)) yield* io.sys.preempt();
  yield* io.out.print(escapes ? out : out + "\n");
}

function shown(value: Value, flags: string, width: number, precision: number | undefined): string {
  let text: string;
  let zeros = flags.includes("0") && !flags.includes("-");
  if ("text" in value) {
    text = precision === undefined ? value.text : value.text.slice(0, precision);
    zeros = false;
  } else if ("timeUs" in value) {
    const seconds = Math.floor(value.timeUs / 1e6);
    text = String(seconds);
    if (precision !== undefined && precision > 0) {
      const places = precision;
      text += "." + String(Math.round(value.timeUs - seconds * 1e6)).padStart(6, "0").padEnd(9, "0").slice(0, places).padEnd(places, "0");
    }
  } else {
    text = value.number.toString(value.base ?? 10);
    if (flags.includes("#") && value.base === 8 && text !== "0") text = "0" + text;
    if (flags.includes("#") && value.base === 16 && text !== "0") text = "0x" + text;
    if (precision !== undefined) {
      text = text.padStart(precision, "0");
      zeros = false;
    }
  }
  if (!("text" in value) && !text.startsWith("-")) text = (flags.includes("+") ? "+" : flags.includes(" ") ? " " : "") + text;
  if (flags.includes("-")) return text.padEnd(width);
  return zeros ? text.padStart(width, "0") : text.padStart(width);
}

function fileValue(letter: string, name: string, path: string, stat: Stat, mountPoint: string, { sys, io, accounts, zone, plainNames }: Context): Value | undefined {
  const time = (timeUs: number): Value => ({ text: strftime("%Y-%m-%d %H:%M:%S.%N %z", civilAtUs(zone, timeUs)) });
  const major = (rdev: number): number => Math.floor(rdev / 256);
  switch (letter) {
    case "a": return { number: stat.mode & 0o7777, base: 8 };
    case "A": return { text: fileModeText(stat.mode) };
    case "b": return { number: stat.blocks };
    case "B": return { number: 512 };
    case "C": return { text: "?" };
    case "d": return { number: stat.dev };
    case "D": return { number: stat.dev, base: 16 };
    case "Hd": return { number: major(stat.dev) };
    case "Ld": return { number: stat.dev % 256 };
    case "f": return { number: stat.mode, base: 16 };
    case "F": return { text: io.word(fileType(stat)) };
    case "g": return { number: stat.gid };
    case "G": return { text: accounts.groupById(stat.gid)?.name ?? "UNKNOWN" };
    case "h": return { number: stat.nlink };
    case "i": return { number: stat.ino };
    case "m": return { text: mountPoint };
    case "n": return { text: name };
    case "N": {
      const style = plainNames ? "literal" : (QUOTING_STYLES.find((one) => one === sys.environment.get("QUOTING_STYLE")) ?? "shell-escape-always");
      let text = quoteAs(name, style, io.utf8, false);
      if ((stat.mode & S.IFMT) === S.IFLNK) {
        try {
          text += ` -> ${quoteAs(sys.readlink(path), style, io.utf8, false)}`;
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
        }
      }
      return { text };
    }
    case "o": return { number: stat.blockSizeBytes };
    case "s": return { number: stat.sizeBytes };
    case "r": return { number: stat.rdev };
    case "R": return { number: stat.rdev, base: 16 };
    case "t": return { number: major(stat.rdev), base: 16 };
    case "T": return { number: stat.rdev % 256, base: 16 };
    case "Hr": return { number: major(stat.rdev) };
    case "Lr": return { number: stat.rdev % 256 };
    case "u": return { number: stat.uid };
    case "U": return { text: accounts.userById(stat.uid)?.name ?? "UNKNOWN" };
    case "w": return stat.btimeUs === 0 ? { text: "-" } : time(stat.btimeUs);
    case "W": return { timeUs: stat.btimeUs };
    case "x": return time(stat.atimeUs);
    case "X": return { timeUs: stat.atimeUs };
    case "y": return time(stat.mtimeUs);
    case "Y": return { timeUs: stat.mtimeUs };
    case "z": return time(stat.ctimeUs);
    case "Z": return { timeUs: stat.ctimeUs };
    default: return undefined;
  }
}

function fileSystemValue(letter: string, name: string, stat: StatFs): Value | undefined {
  const [magic, typeName] = MAGIC.get(stat.type) ?? [0, stat.type];
  switch (letter) {
    case "a": return { number: stat.blocksAvailable };
    case "b": return { number: stat.blocks };
    case "c": return { number: stat.files };
    case "d": return { number: stat.filesFree };
    case "f": return { number: stat.blocksFree };
    case "i": return { text: "0" };
    case "l": return { number: 255 };
    case "n": return { text: name };
    case "s": case "S": return { number: stat.blockSizeBytes };
    case "t": return { number: magic, base: 16 };
    case "T": return { text: typeName };
    default: return undefined;
  }
}
