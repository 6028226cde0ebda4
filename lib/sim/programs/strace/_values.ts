// How strace writes values: strings, modes, structures, flags (strace(1), 6.1).
import { O, S, type SocketAddress, type Stat, type Termios, type WaitStatus, encode, signalName } from "../../kernel/sys.ts";
import { civilAtUs, strftime } from "../kit/time-format.ts";
import { UTC } from "../kit/zones.ts";

export interface Style {
  /** -s */
  readonly longest: number;
  /** -x: strings with bytes that are no text in hexadecimal; -xx: all */
  readonly hex: 0 | 1 | 2;
  /** -v: whole structures */
  readonly whole: boolean;
  /** -y: where a descriptor leads */
  readonly path: (fd: number) => string | undefined;
  readonly pid: number;
  /** name of its program's file */
  readonly program: string;
  /** it forks with vfork(2) */
  readonly vforks: boolean;
  /** where its thread's id lies */
  readonly thread: string;
}

const ESCAPES: ReadonlyMap<number, string> = new Map([[9, "\\t"], [10, "\\n"], [11, "\\v"], [12, "\\f"], [13, "\\r"], [34, '\\"'], [92, "\\\\"]]);

/** A quoted string, cut with "..." */
export function bytesText(bytes: Uint8Array, style: Style, longest = style.longest): string {
  const shown = bytes.subarray(0, longest);
  let out = "";
  const printable = (byte: number): boolean => (byte >= 32 && byte < 127) || (byte >= 9 && byte <= 13);
  const hex = style.hex === 2 || (style.hex === 1 && !shown.every(printable));
  for (const [at, byte] of shown.entries()) {
    if (hex) {
      out += `\\x${byte.toString(16).padStart(2, "0")}`;
      continue;
    }
    const escape = ESCAPES.get(byte);
    if (escape !== undefined) out += escape;
    else if (printable(byte)) out += String.fromCharCode(byte);
    else {
      const next = shown[at + 1];
      const digits = next !== undefined && next >= 48 && next <= 55;
      out += `\\${digits ? byte.toString(8).padStart(3, "0") : byte.toString(8)}`;
    }
  }
  return `"${out}"${bytes.length > longest ? "..." : ""}`;
}

/** A path is never cut at -s (only at PATH_MAX). */
export function pathText(path: string, style: Style): string {
  return bytesText(encode(path), style, 4096);
}

/** An address that looks like one of the stack: always the same, as nothing of the simulation lies there. */
export function pointer(): string {
  return "0x7ffe5c857990";
}

export const octal = (value: number): string => (value === 0 ? "000" : `0${value.toString(8).padStart(3, "0")}`);

const TYPES: ReadonlyMap<number, string> = new Map([[S.IFREG, "S_IFREG"], [S.IFDIR, "S_IFDIR"], [S.IFLNK, "S_IFLNK"], [S.IFCHR, "S_IFCHR"], [S.IFBLK, "S_IFBLK"], [S.IFIFO, "S_IFIFO"], [S.IFSOCK, "S_IFSOCK"]]);

export function modeText(mode: number): string {
  const parts = [TYPES.get(mode & S.IFMT) ?? "0"];
  if (mode & S.ISUID) parts.push("S_ISUID");
  if (mode & S.ISGID) parts.push("S_ISGID");
  if (mode & S.ISVTX) parts.push("S_ISVTX");
  return `${parts.join("|")}|${octal(mode & 0o777)}`;
}

export const deviceText = (rdev: number): string => `makedev(0x${(rdev >> 8).toString(16)}, 0x${(rdev & 0xff).toString(16)})`.replaceAll("0x0", "0");

export function statText(facts: Stat, style: Style): string {
  const device = (facts.mode & S.IFMT) === S.IFCHR || (facts.mode & S.IFMT) === S.IFBLK;
  const size = device ? `st_rdev=${deviceText(facts.rdev)}` : `st_size=${facts.sizeBytes}`;
  if (!style.whole) return `{st_mode=${modeText(facts.mode)}, ${size}, ...}`;
  const time = (name: string, us: number): string => `st_${name}=${Math.floor(us / 1e6)} /* ${dateText(us)} */, st_${name}_nsec=${(us % 1e6) * 1000}`;
  return `{st_dev=${deviceText(facts.dev)}, st_ino=${facts.ino}, st_mode=${modeText(facts.mode)}, st_nlink=${facts.nlink}, st_uid=${facts.uid}, st_gid=${facts.gid}, st_blksize=${facts.blockSizeBytes}, st_blocks=${facts.blocks}, ${size}, ${time("atime", facts.atimeUs)}, ${time("mtime", facts.mtimeUs)}, ${time("ctime", facts.ctimeUs)}}`;
}

const dateText = (us: number): string => strftime("%FT%T.%N%z", civilAtUs(UTC, us));

const OPEN_FLAGS: readonly (readonly [number, string])[] = [
  [O.CREAT, "O_CREAT"], [O.EXCL, "O_EXCL"], [O.NOCTTY, "O_NOCTTY"], [O.TRUNC, "O_TRUNC"], [O.APPEND, "O_APPEND"], [O.NONBLOCK, "O_NONBLOCK"],
  [O.NOFOLLOW, "O_NOFOLLOW"], [O.CLOEXEC, "O_CLOEXEC"], [O.PATH, "O_PATH"], [O.DIRECTORY, "O_DIRECTORY"],
];

export function openFlags(flags: number): string {
  const access = ["O_RDONLY", "O_WRONLY", "O_RDWR"][flags & O.ACCMODE] ?? "O_ACCMODE";
  return [access, ...OPEN_FLAGS.filter(([bit]) => (flags & bit) !== 0).map(([, name]) => name)].join("|");
}

export function signalText(signal: number): string {
  if (signal === 0) return "0";
  if (signal >= 32) return `SIGRT_${signal - 32}`;
  const name = signalName(signal);
  return name === undefined ? String(signal) : `SIG${name}`;
}

/** [INT TERM CHLD] */
export function signalSet(signals: Iterable<number>): string {
  const set = new Set(signals);
  if (set.size > 32) {
    const missing: number[] = [];
    for (let signal = 1; signal <= 64; signal++) if (!set.has(signal)) missing.push(signal);
    return `~${signalSet(missing)}`;
  }
  return `[${[...set].sort((a, b) => a - b).map((one) => signalText(one).slice(3)).join(" ")}]`;
}

export function waitStatus(status: WaitStatus): string {
  switch (status.kind) {
    case "exited": return `[{WIFEXITED(s) && WEXITSTATUS(s) == ${status.status}}]`;
    case "signaled": return `[{WIFSIGNALED(s) && WTERMSIG(s) == ${signalText(status.signal)}${status.coreDumped ? " && WCOREDUMP(s)" : ""}}]`;
    case "stopped": return `[{WIFSTOPPED(s) && WSTOPSIG(s) == ${signalText(status.signal)}}]`;
    default: return "[{WIFCONTINUED(s)}]";
  }
}

export function addressText(address: SocketAddress | undefined, style: Style): { readonly text: string; readonly length: number } {
  if (address === undefined) return { text: "NULL", length: 0 };
  if (address.family === "unix") {
    if (address.path === "") return { text: "{sa_family=AF_UNIX}", length: 2 };
    const abstract = address.path.startsWith("\0");
    return { text: `{sa_family=AF_UNIX, sun_path=${abstract ? "@" : ""}${pathText(abstract ? address.path.slice(1) : address.path, style)}}`, length: abstract ? address.path.length + 2 : 110 };
  }
  if (address.family === "inet") return { text: `{sa_family=AF_INET, sin_port=htons(${address.port}), sin_addr=inet_addr("${address.address}")}`, length: 16 };
  return { text: `{sa_family=AF_INET6, sin6_port=htons(${address.port}), sin6_flowinfo=htonl(0), inet_pton(AF_INET6, "${address.address}", &sin6_addr), sin6_scope_id=${address.scopeId ?? 0}}`, length: 28 };
}

const C_INPUT = [["ignbrk", "IGNBRK"], ["brkint", "BRKINT"], ["ignpar", "IGNPAR"], ["parmrk", "PARMRK"], ["inpck", "INPCK"], ["istrip", "ISTRIP"], ["inlcr", "INLCR"], ["igncr", "IGNCR"], ["icrnl", "ICRNL"], ["iuclc", "IUCLC"], ["ixon", "IXON"], ["ixany", "IXANY"], ["ixoff", "IXOFF"], ["imaxbel", "IMAXBEL"], ["iutf8", "IUTF8"]] as const;
const C_OUTPUT = [["opost", "OPOST"], ["olcuc", "OLCUC"], ["onlcr", "ONLCR"], ["ocrnl", "OCRNL"], ["onocr", "ONOCR"], ["onlret", "ONLRET"], ["ofill", "OFILL"], ["ofdel", "OFDEL"]] as const;
const C_LOCAL = [["isig", "ISIG"], ["icanon", "ICANON"], ["echo", "ECHO"], ["echoe", "ECHOE"], ["echok", "ECHOK"], ["echonl", "ECHONL"], ["noflsh", "NOFLSH"], ["tostop", "TOSTOP"], ["echoctl", "ECHOCTL"], ["echoprt", "ECHOPRT"], ["echoke", "ECHOKE"], ["flusho", "FLUSHO"], ["pendin", "PENDIN"], ["iexten", "IEXTEN"]] as const;

export function termiosText(termios: Termios): string {
  const pick = (table: readonly (readonly [string, string])[]): string[] => table.filter(([flag]) => termios.flags.has(flag)).map(([, name]) => name);
  const local = pick(C_LOCAL);
  // IEXTEN (0100000) stands after ECHOK in strace's table
  const iexten = local.indexOf("IEXTEN");
  if (iexten >= 0) {
    local.splice(iexten, 1);
    const echok = local.findIndex((name) => name === "NOFLSH" || name === "TOSTOP" || name === "ECHOCTL" || name === "ECHOKE");
    local.splice(echok < 0 ? local.length : echok, 0, "IEXTEN");
  }
  return `{c_iflag=${pick(C_INPUT).join("|") || "0"}, c_oflag=${["NL0", "CR0", "TAB0", "BS0", "VT0", "FF0", ...pick(C_OUTPUT)].join("|")}, c_cflag=B${termios.speedBaud}|CS8${termios.flags.has("cread") ? "|CREAD" : ""}, c_lflag=${local.join("|") || "0"}, ...}`;
}

/** { tv_sec, tv_nsec } */
export const timespec = (us: number): string => `{tv_sec=${Math.floor(us / 1e6)}, tv_nsec=${Math.round(us % 1e6) * 1000}}`;

/** Which bits of poll(2). */
export function pollEvents(bits: number): string {
  const names = ([[1, "POLLIN"], [2, "POLLPRI"], [4, "POLLOUT"], [8, "POLLERR"], [16, "POLLHUP"], [32, "POLLNVAL"]] as const).filter(([bit]) => bits & bit).map(([, name]) => name);
  return names.length === 0 ? "0" : names.join("|");
}

export function limitText(value: number): string {
  if (value === Infinity) return "RLIM64_INFINITY";
  return value > 1024 && value % 1024 === 0 ? `${value / 1024}*1024` : String(value);
}
