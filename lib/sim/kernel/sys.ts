// The waist: everything that a program of the simulated machine can see or do. Programs, the shell and the daemons import this file
// and nothing else of the kernel. Calls carry the names of Linux (man section 2) where they exist.
//
// A call that can block is a generator: `const bytes = yield* sys.read(0, 4096)`. The others return at once. A call that fails
// throws SysError(errno). Numbers that need a unit carry it in the name (`sizeBytes`, `timeoutUs`).
//
// Text: paths, arguments, environment values are JavaScript strings made from bytes by UTF-8 decoding; a byte that is not valid
// UTF-8 becomes the lone surrogate U+DC80..U+DCFF and comes back as that byte (`decode`, `encode` in bytes.ts). So any byte
// string survives. File contents and pipes are Uint8Array.
// (More than 400 lines: the waist is one interface; its network and guests are in files of their own.)
// (More than 400 lines: one interface.)

import type { Errno } from "./errno.ts";
import type { GuestOptions, GuestReply, GuestRequest } from "./sys-guest.ts";
import type { NetfilterRequest, NetfilterReply, RtnetlinkReply, RtnetlinkRequest, SocketAddress, SocketFamily, SocketType } from "./sys-net.ts";

export { concatBytes, decode, encode, StreamDecoder } from "./bytes.ts";
export { type CivilDateTime, civilFromDays, civilFromSeconds, dateTimeText, daysFromCivil, daysInMonth, isLeapYear, weekdayOf } from "./civil-date.ts";
export { crc32c } from "./crc32c.ts";
export { characterWidth, textWidth } from "./character-width.ts";
export { type Errno, SysError, errnoNumber, strerror } from "./errno.ts";
export { SIGNALS, SIGRTMAX, SIGRTMIN, type SignalName, signalName, strsignal } from "./signal-names.ts";
export type * from "./sys-guest.ts";
export type * from "./sys-net.ts";

declare const waitBrand: unique symbol;
/** What a blocked generator hands to the scheduler. Opaque: only the kernel makes and reads it. */
export interface Wait {
  readonly [waitBrand]: true;
}

export type Blocking<T> = Generator<Wait, T, void>;

/** A program's main. `argv[0]` is the name it was called by. The result is the exit status (0..255, masked by the kernel). */
export type Program = (sys: Sys, argv: readonly string[]) => Blocking<number>;

/** open(2) flags, Linux x86-64 values. */
export const O = {
  RDONLY: 0, WRONLY: 1, RDWR: 2, ACCMODE: 3, CREAT: 0o100, EXCL: 0o200, NOCTTY: 0o400, TRUNC: 0o1000, APPEND: 0o2000,
  NONBLOCK: 0o4000, DIRECTORY: 0o200000, NOFOLLOW: 0o400000, CLOEXEC: 0o2000000, PATH: 0o10000000,
} as const;

/** Bits of st_mode (inode(7)). */
export const S = {
  IFMT: 0o170000, IFSOCK: 0o140000, IFLNK: 0o120000, IFREG: 0o100000, IFBLK: 0o060000, IFDIR: 0o040000, IFCHR: 0o020000,
  IFIFO: 0o010000, ISUID: 0o4000, ISGID: 0o2000, ISVTX: 0o1000,
} as const;

export interface Stat {
  readonly dev: number;
  readonly ino: number;
  /** type and permission bits */
  readonly mode: number;
  readonly nlink: number;
  readonly uid: number;
  readonly gid: number;
  /** major << 8 | minor for devices (minor up to 255; larger ones as in makedev(3)) */
  readonly rdev: number;
  readonly sizeBytes: number;
  /** 512-byte units really allocated: sparse files have fewer than their size */
  readonly blocks: number;
  readonly blockSizeBytes: number;
  readonly atimeUs: number;
  readonly mtimeUs: number;
  readonly ctimeUs: number;
  readonly btimeUs: number;
}

export interface DirEntry {
  readonly name: string;
  readonly ino: number;
  /** S.IFREG, S.IFDIR... */
  readonly type: number;
}

export interface StatFs {
  /** as df and stat -f name it: ext4, tmpfs, overlay, proc... */
  readonly type: string;
  readonly blockSizeBytes: number;
  readonly blocks: number;
  readonly blocksFree: number;
  readonly blocksAvailable: number;
  readonly files: number;
  readonly filesFree: number;
}

export type Whence = "set" | "current" | "end" | "data" | "hole";

/** Bits for poll(2). */
export const POLL = { IN: 1, PRI: 2, OUT: 4, ERR: 8, HUP: 16, NVAL: 32 } as const;

/** What inotify(7) tells of: IN_MODIFY, IN_ATTRIB, IN_CLOSE_WRITE, IN_DELETE_SELF; NAMES stands for those of a directory's names (IN_MOVED_FROM, IN_MOVED_TO, IN_CREATE, IN_DELETE). */
export const INOTIFY = { MODIFY: 0x2, ATTRIB: 0x4, CLOSE_WRITE: 0x8, NAMES: 0x3c0, DELETE_SELF: 0x400, ALL: 0x7ce } as const;

/** Of capabilities(7), by their numbers, without CAP_. */
export const CAPABILITY_NAMES: readonly string[] = [
  "chown", "dac_override", "dac_read_search", "fowner", "fsetid", "kill", "setgid", "setuid", "setpcap", "linux_immutable", "net_bind_service", "net_broadcast", "net_admin", "net_raw", "ipc_lock", "ipc_owner", "sys_module", "sys_rawio", "sys_chroot", "sys_ptrace",
  "sys_pacct", "sys_admin", "sys_boot", "sys_nice", "sys_resource", "sys_time", "sys_tty_config", "mknod", "lease", "audit_write", "audit_control", "setfcap", "mac_override", "mac_admin", "syslog", "wake_alarm", "block_suspend", "audit_read", "perfmon", "bpf", "checkpoint_restore",
];

/** How a child ended or changed. */
export type WaitStatus =
  | { readonly kind: "exited"; readonly status: number }
  | { readonly kind: "signaled"; readonly signal: number; readonly coreDumped: boolean }
  | { readonly kind: "stopped"; readonly signal: number }
  | { readonly kind: "continued" };

export interface WaitOptions {
  readonly nohang?: boolean;
  readonly untraced?: boolean;
  readonly continued?: boolean;
}

export interface Waited {
  readonly pid: number;
  readonly status: WaitStatus;
  readonly usage: ResourceUsage;
}

export interface ResourceUsage {
  readonly userUs: number;
  readonly systemUs: number;
  readonly maxResidentBytes: number;
}

/**
 * `catch` queues the signal: blocking calls throw EINTR, and the program fetches it with `takeSignals`. That stands for a handler
 * function; a program checks after EINTR and, in long loops, whenever `charge` says so.
 */
export type SignalDisposition = "default" | "ignore" | "catch";

export type NamespaceKind = "mnt" | "pid" | "net" | "uts" | "ipc" | "user" | "cgroup" | "time";

export interface Credentials {
  readonly ruid: number;
  readonly euid: number;
  readonly suid: number;
  readonly rgid: number;
  readonly egid: number;
  readonly sgid: number;
  readonly groups: readonly number[];
}

/** Capability sets as bit masks in bigint (capabilities(7): bit 0 = CAP_CHOWN ... bit 40 = CAP_CHECKPOINT_RESTORE). */
export interface Capabilities {
  readonly effective: bigint;
  readonly permitted: bigint;
  readonly inheritable: bigint;
  readonly bounding: bigint;
  readonly ambient: bigint;
}

/** The settings that stty shows; names of termios(3) in lower case. Flags absent from the set are off. A value: what was handed over is never changed. */
export interface Termios {
  readonly flags: ReadonlySet<string>;
  /** control characters: intr, quit, erase, kill, eof, eol, eol2, swtch, start, stop, susp, rprnt, werase, lnext, discard; a byte, 0 = undefined */
  readonly cc: ReadonlyMap<string, number>;
  readonly min: number;
  readonly time: number;
  readonly speedBaud: number;
}

export interface WindowSize {
  readonly rows: number;
  readonly cols: number;
}

export type ResourceLimitKind =
  | "cpu" | "fsize" | "data" | "stack" | "core" | "rss" | "nproc" | "nofile" | "memlock" | "as" | "locks" | "sigpending"
  | "msgqueue" | "nice" | "rtprio" | "rttime";

/** Infinity stands for RLIM_INFINITY. */
export interface ResourceLimit {
  readonly soft: number;
  readonly hard: number;
}

export interface Utsname {
  readonly sysname: string;
  readonly nodename: string;
  readonly release: string;
  readonly version: string;
  readonly machine: string;
  readonly domainname: string;
}

export interface PollRequest {
  readonly fd: number;
  readonly events: number;
}

export interface PollResult {
  readonly fd: number;
  readonly revents: number;
}

/** What the kernel knows of its clock's discipline (adjtimex(2)). `synchronized` is the absence of STA_UNSYNC; setting the clock ends it. */
export interface ClockDiscipline {
  readonly synchronized: boolean;
  readonly frequencyPpm: number;
  readonly maximumErrorUs: number;
  readonly estimatedErrorUs: number;
  readonly taiOffsetSeconds: number;
}

/** rtc: the hardware's, behind /dev/rtc0 */
export type Clock = "realtime" | "monotonic" | "boottime" | "process-cpu" | "rtc";

export interface MountFlags {
  readonly readOnly?: boolean;
  readonly noexec?: boolean;
  readonly nosuid?: boolean;
  readonly nodev?: boolean;
  /** relatime unless said otherwise; a remount without it keeps what was */
  readonly atime?: "relatime" | "noatime" | "strictatime";
  readonly nodiratime?: boolean;
  readonly nosymfollow?: boolean;
  /** of the super block: sync, dirsync, lazytime */
  readonly synchronous?: boolean;
  readonly dirsync?: boolean;
  readonly lazytime?: boolean;
  readonly bind?: boolean;
  readonly recursive?: boolean;
  readonly remount?: boolean;
  readonly move?: boolean;
  readonly propagation?: "private" | "shared" | "slave" | "unbindable";
}

export interface CloneOptions {
  /** namespaces made new for the child (clone(2) CLONE_NEW*) */
  readonly newNamespaces?: readonly NamespaceKind[];
  /** absolute path below /sys/fs/cgroup as the caller's cgroup namespace shows it; the child starts there (CLONE_INTO_CGROUP) */
  readonly cgroup?: string;
  /**
   * A thread of the caller (CLONE_THREAD | CLONE_FILES): same descriptor table, no process of its own for ps, wait and kill; it ends with
   * the process. Its children belong to the process. For daemons that serve several clients at once.
   */
  readonly thread?: boolean;
}

/** Something that authors and instructors want to know of: counted by the session, never shown to the program. */
export type Observation =
  /** `detail` is what was typed (an option, a subcommand), or a code that has words in lib/i18n ("package-programs"). */
  | { readonly kind: "unsimulated"; readonly command: string; readonly detail: string }
  | { readonly kind: "command-not-found"; readonly command: string }
  /** A container went with its files; `container` is its record as JSON: checks may ask what it was. */
  | { readonly kind: "container-removed"; readonly container: string; readonly logs: string }
  | { readonly kind: "command"; readonly tty: string; readonly text: string; readonly phase: "start" | "end"; readonly status?: number };

/**
 * What a traced process did (ptrace(2), strace(1)). `call` is a method of this file with its arguments; a call that can block is told as `enter`
 * and `leave`, any other as `call`. Signals are told when they take hold. `pid` is as the tracer sees it.
 */
export type TraceEvent = { readonly pid: number; readonly atUs: number } & (
  | { readonly kind: "call"; readonly call: string; readonly arguments: readonly unknown[]; readonly result?: unknown; readonly errno?: Errno }
  | { readonly kind: "enter"; readonly call: string; readonly arguments: readonly unknown[] }
  | { readonly kind: "leave"; readonly call: string; readonly result?: unknown; readonly errno?: Errno }
  | { readonly kind: "signal"; readonly signal: number; readonly sender?: { readonly pid: number; readonly uid: number };
      readonly child?: { readonly pid: number; readonly uid: number; readonly status: WaitStatus } }
  /** `channel`: what it sleeps in, empty when it runs */
  | { readonly kind: "attached"; readonly channel: string }
  | { readonly kind: "ended"; readonly status: WaitStatus }
);

export type IpcKind = "msg" | "sem" | "shm";

export interface IpcSettings {
  /** 0: IPC_PRIVATE */
  readonly key: number;
  readonly mode: number;
  /** bytes of a segment, semaphores of a set */
  readonly size?: number;
}

/** sched(7), ioprio_set(2) */
export interface Scheduling {
  readonly policy: "other" | "fifo" | "rr" | "batch" | "idle" | "deadline";
  /** 1..99 for fifo and rr, else 0 */
  readonly priority: number;
  readonly resetOnFork: boolean;
  /** processors it may run on, ascending; undefined for all */
  readonly cpus: readonly number[] | undefined;
  readonly ioClass: "none" | "realtime" | "best-effort" | "idle";
  readonly ioLevel: number;
}

export type RebootCommand = "reboot" | "poweroff" | "halt";

/** A sleeper's word that for so long it will only look at these files and sleep again, if they and the realtime clock stay as they are. */
export interface IdleWord {
  readonly nothingForUs: number;
  readonly unlessChanged: readonly string[];
}

export interface Sys {
  // ---- process ------------------------------------------------------------------------------------------------------------
  /** What exec(2) was given; a forked child sees its parent's. */
  readonly environment: ReadonlyMap<string, string>;

  getpid(): number;
  getppid(): number;
  getpgid(pid?: number): number;
  setpgid(pid: number, pgid: number): void;
  getsid(pid?: number): number;
  setsid(): number;
  /**
   * A child that runs `entry` with copies of the caller's descriptors, directory, credentials, signal dispositions (caught ones
   * stay caught) and environment. JavaScript values that `entry` closes over are shared: a shell copies its own state first, a
   * daemon uses it as threads do. Returns the pid as the caller sees it.
   * Errors: EAGAIN (RLIMIT_NPROC, pids.max, the world's limit), ENOMEM.
   */
  fork(entry: (sys: Sys) => Blocking<number>, options?: CloneOptions): number;
  /**
   * Replaces the calling process's program; never returns on success. `#!` lines are the kernel's work. Closes O_CLOEXEC
   * descriptors, resets caught signals to default, applies set-user-ID.
   * Errors: ENOENT, EACCES, ENOEXEC, ELOOP, ENOTDIR, E2BIG, ETXTBSY. A text file without `#!` is ENOEXEC: shells then run it themselves.
   */
  exec(path: string, argv: readonly string[], environment: ReadonlyMap<string, string>): Blocking<never>;
  exit(status: number): Blocking<never>;
  /** pid > 0: that child; -1: any; 0: of the caller's group; < -1: of group -pid. Undefined with nohang when nothing changed. Errors: ECHILD, EINTR. */
  waitpid(pid: number, options?: WaitOptions): Blocking<Waited | undefined>;
  /** comm and, when given, the whole command line that ps shows (prctl PR_SET_NAME, setproctitle). */
  setTitle(comm: string, commandLine?: readonly string[]): void;
  getpriority(pid?: number): number;
  setpriority(nice: number, pid?: number): void;
  /** Errors: ESRCH. */
  getScheduling(pid?: number): Scheduling;
  /** Errors: ESRCH, EPERM, EINVAL. */
  setScheduling(change: Partial<Scheduling>, pid?: number): void;
  getrlimit(kind: ResourceLimitKind, pid?: number): ResourceLimit;
  setrlimit(kind: ResourceLimitKind, limit: ResourceLimit, pid?: number): void;
  getrusage(who: "self" | "children"): ResourceUsage;
  /** personality(2): the one it had; with an argument also sets it. PER_LINUX32 (8) and UNAME26 (0x20000) change what uname says. */
  personality(persona?: number): number;
  /** PR_SET_CHILD_SUBREAPER, PR_SET_PDEATHSIG, PR_SET_NO_NEW_PRIVS, PR_SET_KEEPCAPS */
  prctl(option: "child-subreaper" | "parent-death-signal" | "no-new-privileges" | "keep-capabilities", value: number): void;

  /**
   * Pays for work: one step is about a microsecond of the machine's CPU. Call it in every loop. True when the slice is used up or a
   * signal waits: then `yield* sys.preempt()`.
   */
  charge(steps: number): boolean;
  preempt(): Blocking<void>;
  /**
   * Anonymous memory taken (> 0) or given back (< 0), seen as RSS and charged to the cgroup, which may kill. Errors: ENOMEM.
   * `ownBytes`: how much of it is memory of ours, which the world's own limit bounds; all, unless it is known to repeat or to be untouched.
   */
  allocate(deltaBytes: number, ownBytes?: number): void;

  // ---- signals ------------------------------------------------------------------------------------------------------------
  /** pid 0: own group, -1: all that may be signalled, < -1: group -pid; signal 0 only asks. Errors: ESRCH, EPERM, EINVAL. */
  kill(pid: number, signal: number): void;
  sigaction(signal: number, disposition: SignalDisposition): SignalDisposition;
  /** Signals held back while blocked: a value that nobody changes afterwards. Returns the former set. */
  sigprocmask(blocked: ReadonlySet<number>): ReadonlySet<number>;
  /** Caught signals that arrived since the last call, oldest first. */
  takeSignals(): readonly number[];
  /** Waits until a caught signal arrives (then returns). */
  pause(): Blocking<void>;
  /** SIGALRM after that time; 0 cancels. Returns what was left. */
  alarm(delayUs: number): number;

  /** PTRACE_SEIZE: `traceEvents` tells what it does, and with `follow` what its later children do. Ends with the caller. Errors: ESRCH, EPERM. */
  trace(pid: number, follow: boolean): void;
  /** PTRACE_DETACH. Errors: ESRCH. */
  untrace(pid: number): void;
  /** Oldest first; waits for the first. Empty when none is traced any more. Tracees wait before calls that can block until this is called again. Errors: EINTR. */
  traceEvents(): Blocking<readonly TraceEvent[]>;

  // ---- time, randomness, system ---------------------------------------------------------------------------------------------
  clockUs(clock: Clock): number;
  /** Errors: EPERM. */
  setClockUs(us: number, clock?: "realtime" | "rtc"): void;
  /** `shiftUs` moves the clock by a little and keeps it synchronized: the slew of ADJ_OFFSET in one piece. Errors: EPERM (a change without CAP_SYS_TIME). */
  adjtimex(change?: Partial<ClockDiscipline> & { readonly shiftUs?: number }): ClockDiscipline;
  /** syslog(2). "first" is where SEEK_DATA of /dev/kmsg goes: the sequence number of the first message that was not cleared; a number sets the console's level. Errors: EPERM (without CAP_SYSLOG), EINVAL. */
  klogctl(action: "first" | "clear" | "console-off" | "console-on" | number): number;
  /** Errors: EINTR. `word`: who keeps machines that idle need not play what comes to nothing (ADR 0012). */
  sleep(durationUs: number, word?: IdleWord): Blocking<void>;
  /** getrandom(2), from the world's seed. */
  random(length: number): Uint8Array;
  uname(): Utsname;
  sethostname(name: string): void;
  setdomainname(name: string): void;
  /** Only what no file shows; memory, load and uptime are in /proc. */
  reboot(command: RebootCommand): void;
  observe(observation: Observation): void;
  /**
   * True on a machine that is only set up to be kept (booted-state.ts): the caller then waits for ever, and its process goes on in the machines that play the state,
   * each by a call of `goOn`.
   */
  keepHere(goOn: (sys: Sys) => Blocking<number>): boolean;

  // ---- descriptors ----------------------------------------------------------------------------------------------------------
  /** Blocks only on a FIFO. `mode` before umask. */
  open(path: string, flags: number, mode?: number): Blocking<number>;
  close(fd: number): void;
  /** At most `maxBytes`; an empty array is the end of the file. Errors: EBADF, EISDIR, EINTR, EAGAIN, EIO. */
  read(fd: number, maxBytes: number): Blocking<Uint8Array>;
  /** All of it, unless the descriptor is non-blocking. Errors: EPIPE (with SIGPIPE), ENOSPC, EBADF, EINTR, EAGAIN. */
  write(fd: number, bytes: Uint8Array): Blocking<number>;
  pread(fd: number, maxBytes: number, offset: number): Blocking<Uint8Array>;
  pwrite(fd: number, bytes: Uint8Array, offset: number): Blocking<number>;
  lseek(fd: number, offset: number, whence: Whence): number;
  dup(fd: number, minimum?: number): number;
  dup2(from: number, to: number): number;
  pipe(): readonly [read: number, write: number];
  inotifyInit(): number;
  /** The watch's number, which its events name. Errors: EBADF, EINVAL, ENOENT, EACCES. */
  inotifyAddWatch(fd: number, path: string, mask: number): number;
  getCloexec(fd: number): boolean;
  setCloexec(fd: number, on: boolean): void;
  /** status flags of the open file description: access mode, APPEND, NONBLOCK */
  getStatusFlags(fd: number): number;
  setStatusFlags(fd: number, flags: number): void;
  /** Open descriptors, ascending. */
  descriptors(): readonly number[];
  /** The ready ones; empty after the time-out (null waits for ever). Errors: EINTR. */
  poll(requests: readonly PollRequest[], timeoutUs: number | null): Blocking<readonly PollResult[]>;
  ftruncate(fd: number, sizeBytes: number): void;
  fallocate(fd: number, offset: number, lengthBytes: number, mode: "allocate" | "keep-size" | "punch-hole" | "zero-range"): void;
  flock(fd: number, operation: "shared" | "exclusive" | "unlock", nonblock?: boolean): Blocking<void>;
  fstat(fd: number): Stat;
  fchmod(fd: number, mode: number): void;
  fchown(fd: number, uid: number, gid: number): void;
  /** The path that the descriptor was opened by, as the caller sees it (/proc/self/fd). */
  fdPath(fd: number): string;

  // ---- files by name --------------------------------------------------------------------------------------------------------
  stat(path: string): Stat;
  lstat(path: string): Stat;
  /** With the real ids, as access(2); bits R 4, W 2, X 1, 0 = exists. Throws when not allowed. `effective` as faccessat AT_EACCESS. */
  access(path: string, mode: number, effective?: boolean): void;
  /** Without "." and "..", in the file system's order (not sorted). */
  readdir(path: string): readonly DirEntry[];
  mkdir(path: string, mode?: number): void;
  rmdir(path: string): void;
  unlink(path: string): void;
  rename(from: string, to: string, flags?: { readonly noReplace?: boolean; readonly exchange?: boolean }): void;
  link(existing: string, created: string, followSymlink?: boolean): void;
  symlink(target: string, created: string): void;
  readlink(path: string): string;
  chmod(path: string, mode: number): void;
  /** -1 leaves an id as it is. */
  chown(path: string, uid: number, gid: number, followSymlink?: boolean): void;
  /** Epoch microseconds; undefined leaves it. Both "now" (UTIME_NOW) is allowed to whoever may write, other times only to the owner. */
  utimes(path: string, atimeUs: number | "now" | undefined, mtimeUs: number | "now" | undefined, followSymlink?: boolean): void;
  truncate(path: string, sizeBytes: number): void;
  mknod(path: string, mode: number, rdev?: number): void;
  statfs(path: string): StatFs;
  getxattr(path: string, name: string, followSymlink?: boolean): Uint8Array;
  setxattr(path: string, name: string, value: Uint8Array, followSymlink?: boolean): void;
  removexattr(path: string, name: string, followSymlink?: boolean): void;
  listxattr(path: string, followSymlink?: boolean): readonly string[];
  /** chattr's letters (a, i...) that are set (FS_IOC_GETFLAGS). */
  getInodeFlags(path: string): string;
  setInodeFlags(path: string, flags: string): void;
  chdir(path: string): void;
  getcwd(): string;
  chroot(path: string): void;
  pivotRoot(newRoot: string, putOld: string): void;
  /** Returns the former one. */
  umask(mask: number): number;

  // ---- mounts and namespaces --------------------------------------------------------------------------------------------------
  /** `data` is the option string of the file system ("lowerdir=...,upperdir=..."). Errors: EPERM, ENOENT, ENODEV, EBUSY, EINVAL, ENOTBLK. */
  mount(source: string, target: string, type: string, flags: MountFlags, data?: string): void;
  umount(target: string, flags?: { readonly lazy?: boolean; readonly force?: boolean }): void;
  unshare(kinds: readonly NamespaceKind[]): void;
  /** `fd` of /proc/PID/ns/KIND. */
  setns(fd: number, kind?: NamespaceKind): void;

  /** `priority` -1: below the others. Errors: EPERM, ENOENT, EBUSY, EINVAL (no signature of mkswap, holes). */
  swapon(path: string, priority?: number): void;
  /** Errors: EPERM, ENOENT, EINVAL. */
  swapoff(path: string): void;
  /** acct(2): a record in this file for each process that ends; undefined ends it. Errors: EPERM, ENOENT, EACCES (no regular file), EROFS. */
  acct(path: string | undefined): void;
  /** msgget, semget, shmget with IPC_CREAT | IPC_EXCL in the caller's IPC namespace; /proc/sysvipc lists them. Errors: EEXIST, EINVAL, ENOSPC. */
  ipcCreate(kind: IpcKind, settings: IpcSettings): number;
  /** IPC_RMID. Errors: EINVAL, EPERM. */
  ipcRemove(kind: IpcKind, id: number): void;

  // ---- credentials ------------------------------------------------------------------------------------------------------------
  getcred(): Credentials;
  setuid(uid: number): void;
  setgid(gid: number): void;
  /** -1 leaves an id as it is. */
  setresuid(ruid: number, euid: number, suid: number): void;
  setresgid(rgid: number, egid: number, sgid: number): void;
  setgroups(groups: readonly number[]): void;
  capget(pid?: number): Capabilities;
  capset(sets: Omit<Capabilities, "bounding">): void;
  capDropBounding(capability: number): void;

  // ---- terminals ----------------------------------------------------------------------------------------------------------------
  isatty(fd: number): boolean;
  ttyname(fd: number): string;
  tcgetattr(fd: number): Termios;
  /** `flush` drops unread input (TCSAFLUSH). */
  tcsetattr(fd: number, termios: Termios, flush?: boolean): Blocking<void>;
  tcgetpgrp(fd: number): number;
  /** From a background group sends SIGTTOU to it unless ignored or blocked. Errors: ENOTTY, EPERM. */
  tcsetpgrp(fd: number, pgid: number): Blocking<void>;
  tcflush(fd: number): void;
  getWindowSize(fd: number): WindowSize;
  setWindowSize(fd: number, size: WindowSize): void;
  /** posix_openpt: a descriptor of the master side and the slave's path in /dev/pts. */
  openpt(): { readonly master: number; readonly slavePath: string };
  /** TIOCSCTTY */
  setControllingTerminal(fd: number): void;
  /** Unread input bytes (FIONREAD). */
  bytesReadable(fd: number): number;

  // ---- network --------------------------------------------------------------------------------------------------------------------
  /** A packet socket (CAP_NET_RAW) gives a frame a read, behind a head: net/packet-socket.ts. */
  socket(family: SocketFamily, type: SocketType, protocol?: string): number;
  bind(fd: number, address: SocketAddress): void;
  listen(fd: number, backlog?: number): void;
  accept(fd: number): Blocking<{ readonly fd: number; readonly peer: SocketAddress }>;
  /** Errors: ECONNREFUSED, ENETUNREACH, EHOSTUNREACH, ETIMEDOUT, EACCES, ENOENT, EINTR. */
  connect(fd: number, address: SocketAddress): Blocking<void>;
  sendto(fd: number, bytes: Uint8Array, address?: SocketAddress): Blocking<number>;
  recvfrom(fd: number, maxBytes: number): Blocking<{ readonly bytes: Uint8Array; readonly from: SocketAddress | undefined }>;
  socketpair(type: SocketType): readonly [number, number];
  shutdown(fd: number, how: "read" | "write" | "both"): void;
  getsockname(fd: number): SocketAddress;
  getpeername(fd: number): SocketAddress;
  /** SO_PEERCRED of a connected unix socket. */
  getPeerCredentials(fd: number): { readonly pid: number; readonly uid: number; readonly gid: number };
  setsockopt(fd: number, option: string, value: number): void;
  /** Links, addresses, routes, neighbours of the caller's network namespace. Changes need CAP_NET_ADMIN there. */
  rtnetlink<R extends RtnetlinkRequest>(request: R): RtnetlinkReply<R>;
  netfilter<R extends NetfilterRequest>(request: R): NetfilterReply<R>;

  // ---- devices and modules --------------------------------------------------------------------------------------------------------
  /** Requests of device drivers (loop, kvm, tap...): each driver states its own in its file. Errors: ENOTTY. */
  ioctl(fd: number, request: string, argument?: unknown): unknown;
  /** `needs`: modules whose symbols it uses. Errors: EPERM, EEXIST, ENOENT (one of them is not loaded). */
  /** Another machine, powered off, behind a descriptor. Errors: ENODEV, ENOTTY, EBADF, EINVAL. */
  createGuest(options: GuestOptions): number;
  guest<R extends GuestRequest>(fd: number, request: R): GuestReply<R>;
  initModule(name: string, parameters?: string, needs?: readonly string[]): void;
  deleteModule(name: string, force?: boolean): void;
}
