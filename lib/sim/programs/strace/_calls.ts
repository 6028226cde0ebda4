// What the calls of the waist are on a real Debian: one line of strace, or several where a library function stands for several system calls. A line
// has two parts: what is known when the call begins, and what only its return shows.
import { type Capabilities, type Credentials, type Errno, type MountFlags, type NamespaceKind, O, type PollRequest, type PollResult, type ResourceLimit, type ResourceUsage, S, type Scheduling, type SocketAddress, type Stat, type StatFs, type Termios, type Utsname, type Waited, type WaitOptions, type WindowSize, encode } from "../../kernel/sys.ts";
import { type Style, addressText, bytesText, deviceText, limitText, modeText, octal, openFlags, pathText, pointer, pollEvents, signalSet, signalText, statText, termiosText, timespec, waitStatus } from "./_values.ts";

export interface CallLine {
  readonly name: string;
  readonly enter: string;
  /** with the separator that goes before it */
  readonly leave: string;
  /** after "= "; undefined when the call failed: the errno says it */
  readonly result: string;
  /** the one of the lines that a failure belongs to */
  readonly failing?: boolean;
  /** what EINTR looks like from outside: restarted unless a handler says otherwise */
  readonly restart?: "SYS" | "NOHAND" | "BLOCK";
}

export interface Outcome {
  readonly result: unknown;
  readonly errno: Errno | undefined;
}

const line = (name: string, enter: string, leave = "", result = "0", more: Partial<CallLine> = {}): CallLine => ({ name, enter, leave, result, ...more });

const CLONE_FLAGS: readonly (readonly [NamespaceKind, string])[] = [
  ["time", "CLONE_NEWTIME"], ["mnt", "CLONE_NEWNS"], ["cgroup", "CLONE_NEWCGROUP"], ["uts", "CLONE_NEWUTS"], ["ipc", "CLONE_NEWIPC"], ["user", "CLONE_NEWUSER"], ["pid", "CLONE_NEWPID"], ["net", "CLONE_NEWNET"],
];
const cloneFlags = (kinds: readonly NamespaceKind[]): string[] => CLONE_FLAGS.filter(([kind]) => kinds.includes(kind)).map(([, name]) => name);

function mountFlags(flags: MountFlags): string {
  const names: string[] = [];
  if (flags.readOnly) names.push("MS_RDONLY");
  if (flags.nosuid) names.push("MS_NOSUID");
  if (flags.nodev) names.push("MS_NODEV");
  if (flags.noexec) names.push("MS_NOEXEC");
  if (flags.remount) names.push("MS_REMOUNT");
  if (flags.atime === "noatime") names.push("MS_NOATIME");
  if (flags.bind) names.push("MS_BIND");
  if (flags.move) names.push("MS_MOVE");
  if (flags.recursive) names.push("MS_REC");
  if (flags.propagation) names.push({ private: "MS_PRIVATE", shared: "MS_SHARED", slave: "MS_SLAVE", unbindable: "MS_UNBINDABLE" }[flags.propagation]);
  if (flags.atime === "relatime") names.push("MS_RELATIME");
  if (flags.atime === "strictatime") names.push("MS_STRICTATIME");
  return names.length === 0 ? "0" : names.join("|");
}

const MAGICS: ReadonlyMap<string, string> = new Map([["ext4", "EXT2_SUPER_MAGIC"], ["ext2", "EXT2_SUPER_MAGIC"], ["ext3", "EXT2_SUPER_MAGIC"], ["tmpfs", "TMPFS_MAGIC"], ["devtmpfs", "TMPFS_MAGIC"], ["proc", "PROC_SUPER_MAGIC"], ["sysfs", "SYSFS_MAGIC"], ["cgroup2", "CGROUP2_SUPER_MAGIC"], ["overlay", "OVERLAYFS_SUPER_MAGIC"], ["iso9660", "ISOFS_SUPER_MAGIC"], ["devpts", "DEVPTS_SUPER_MAGIC"]]);
const FAMILIES = { unix: "AF_UNIX", inet: "AF_INET", inet6: "AF_INET6", packet: "AF_PACKET", netlink: "AF_NETLINK" } as const;
const TYPES = { stream: "SOCK_STREAM", dgram: "SOCK_DGRAM", raw: "SOCK_RAW", seqpacket: "SOCK_SEQPACKET" } as const;
const CAPABILITIES = "CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID KILL SETGID SETUID SETPCAP LINUX_IMMUTABLE NET_BIND_SERVICE NET_BROADCAST NET_ADMIN NET_RAW IPC_LOCK IPC_OWNER SYS_MODULE SYS_RAWIO SYS_CHROOT SYS_PTRACE SYS_PACCT SYS_ADMIN SYS_BOOT SYS_NICE SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG MKNOD LEASE AUDIT_WRITE AUDIT_CONTROL SETFCAP MAC_OVERRIDE MAC_ADMIN SYSLOG WAKE_ALARM BLOCK_SUSPEND AUDIT_READ PERFMON BPF CHECKPOINT_RESTORE".split(" ");

/** One of the values 1<<CAP_X|... */
function capabilitySet(set: bigint): string {
  if (set === 0n) return "0";
  const names = CAPABILITIES.filter((_, bit) => (set >> BigInt(bit)) & 1n).map((name) => `1<<CAP_${name}`);
  return names.join("|");
}

type Formatter = (args: readonly unknown[], outcome: Outcome | undefined, style: Style) => readonly CallLine[];

const text = (value: unknown): string => (typeof value === "string" ? value : "");
const number = (value: unknown): number => (typeof value === "number" ? value : 0);
const EMPTY = new Uint8Array();
const bytes = (value: unknown): Uint8Array => (value instanceof Uint8Array ? value : EMPTY);
const fdText = (value: unknown, style: Style): string => {
  const fd = number(value);
  const path = style.path(fd);
  return path === undefined ? String(fd) : `${fd}<${path}>`;
};
const here = (style: Style): string => {
  const path = style.path(-100);
  return path === undefined ? "AT_FDCWD" : `AT_FDCWD<${path}>`;
};
const times = (value: unknown): string => (value === "now" ? "UTIME_NOW" : value === undefined ? "UTIME_OMIT" : timespec(number(value)));

const reading = (name: string, tail: (args: readonly unknown[]) => string): Formatter => (args, outcome, style) => {
  const got = bytes(outcome?.result);
  const shown = outcome?.errno === undefined ? bytesText(got, style) : pointer();
  return [line(name, `${fdText(args[0], style)}, `, outcome && `${shown}, ${tail(args)}`, String(got.length), { restart: "SYS" })];
};
const path1 = (name: string, flags = "", inDirectory = true): Formatter => (args, _, style) => [line(name, `${inDirectory ? `${here(style)}, ` : ""}${pathText(text(args[0]), style)}${flags}`)];
/** What coreutils ask with statx(2). */
const ASK_STATX: ReadonlySet<string> = new Set(["ls", "dir", "vdir", "stat"]);
const statLine: (flags: string, mask: string) => Formatter = (flags, mask) => (args, outcome, style) => ASK_STATX.has(style.program) ? [
  line("statx", `${here(style)}, ${pathText(text(args[0]), style)}, AT_STATX_SYNC_AS_STAT|${flags === "0" ? "" : `${flags}|`}AT_NO_AUTOMOUNT, ${style.program === "stat" ? "STATX_ALL" : mask}, `,
    outcome && (outcome.errno === undefined ? `{stx_mask=${style.program === "stat" ? "STATX_ALL" : "STATX_BASIC_STATS"}|STATX_MNT_ID, stx_attributes=0, ${statText(outcome.result as Stat, style).slice(1).replaceAll("st_", "stx_")}` : pointer())),
] : [
  line("newfstatat", `${here(style)}, ${pathText(text(args[0]), style)}, `, outcome && `${outcome.errno === undefined ? statText(outcome.result as Stat, style) : pointer()}, ${flags}`),
];
const ioctl = (request: string, value: (result: unknown, style: Style) => string): Formatter => (args, outcome, style) => [
  line("ioctl", `${fdText(args[0], style)}, ${request}, `, outcome && (outcome.errno === undefined ? value(outcome.result, style) : pointer())),
];
const given = (request: string, value: (args: readonly unknown[]) => string): Formatter => (args, _, style) => [line("ioctl", `${fdText(args[0], style)}, ${request}, ${value(args)}`, "", "0", { restart: "SYS" })];
const fdOnly = (name: string, tail: (args: readonly unknown[]) => string = () => "", result = "0"): Formatter => (args, _, style) => [line(name, `${fdText(args[0], style)}${tail(args)}`, "", result)];
const plain = (name: string, inner: (args: readonly unknown[], style: Style) => string, result: (outcome: Outcome | undefined) => string = () => "0", more: Partial<CallLine> = {}): Formatter =>
  (args, outcome, style) => [line(name, inner(args, style), "", result(outcome), more)];
const asNumber = (outcome: Outcome | undefined): string => String(number(outcome?.result));
const asDescriptor = (outcome: Outcome | undefined, style: Style): string => (outcome ? fdText(outcome.result, style) : "");

function sockaddrOut(name: string): Formatter {
  return (args, outcome, style) => {
    const address = addressText(outcome?.errno === undefined ? (outcome?.result as SocketAddress | undefined) : undefined, style);
    return [line(name, `${fdText(args[0], style)}, `, outcome && (outcome.errno === undefined ? `${address.text}, [128 => ${address.length}]` : `${pointer()}, [128]`))];
  };
}

const usage = (value: unknown): string => {
  const used = value as ResourceUsage;
  const time = (us: number): string => `{tv_sec=${Math.floor(us / 1e6)}, tv_usec=${us % 1e6}}`;
  return `{ru_utime=${time(used.userUs)}, ru_stime=${time(used.systemUs)}, ...}`;
};

const NETLINK_MESSAGES: ReadonlyMap<string, string> = new Map([
  ["link-list", "RTM_GETLINK"], ["link-add", "RTM_NEWLINK"], ["link-delete", "RTM_DELLINK"], ["link-set", "RTM_NEWLINK"], ["address-list", "RTM_GETADDR"], ["address-add", "RTM_NEWADDR"], ["address-delete", "RTM_DELADDR"],
  ["route-list", "RTM_GETROUTE"], ["route-add", "RTM_NEWROUTE"], ["route-replace", "RTM_NEWROUTE"], ["route-delete", "RTM_DELROUTE"], ["route-get", "RTM_GETROUTE"], ["neighbour-list", "RTM_GETNEIGH"], ["neighbour-flush", "RTM_DELNEIGH"], ["socket-list", "SOCK_DIAG_BY_FAMILY"],
]);

function netlink(protocol: string, name: (op: string) => string): Formatter {
  return (args) => {
    const request = args[0];
    const op = typeof request === "object" && request !== null && "op" in request ? text(request.op) : "";
    const dump = op.endsWith("-list") || op === "list";
    const message = `{{nlmsg_len=32, nlmsg_type=${name(op)}, nlmsg_flags=NLM_F_REQUEST|${dump ? "NLM_F_DUMP" : "NLM_F_ACK"}, nlmsg_seq=1, nlmsg_pid=0}, ...}`;
    return [
      line("socket", `AF_NETLINK, SOCK_RAW|SOCK_CLOEXEC, ${protocol}`, "", "3"),
      line("sendto", `3, ${message}, 32, 0, {sa_family=AF_NETLINK, nl_pid=0, nl_groups=00000000}, 12`, "", "32", { failing: true }),
      line("close", "3"),
    ];
  };
}

function idCall(name: string, get: (credentials: Credentials) => number): Formatter {
  return (_, outcome) => [line(name, "", "", String(outcome && outcome.errno === undefined ? get(outcome.result as Credentials) : 0))];
}

const formatters: ReadonlyMap<string, Formatter> = new Map<string, Formatter>([
  ["getpid", plain("getpid", () => "", asNumber)],
  ["getppid", plain("getppid", () => "", asNumber)],
  ["getpgid", plain("getpgid", (args) => String(number(args[0])), asNumber)],
  ["setpgid", plain("setpgid", (args) => `${number(args[0])}, ${number(args[1])}`)],
  ["getsid", plain("getsid", (args) => String(number(args[0])), asNumber)],
  ["setsid", plain("setsid", () => "", asNumber)],
  ["fork", (args, outcome, style) => {
    const options = args[1] as { newNamespaces?: readonly NamespaceKind[]; thread?: boolean; cgroup?: string } | undefined;
    const address = style.thread;
    if (style.vforks) return [line("vfork", "", "", asNumber(outcome))];
    if (options?.thread) return [line("clone3", `{flags=CLONE_VM|CLONE_FS|CLONE_FILES|CLONE_SIGHAND|CLONE_THREAD|CLONE_SYSVSEM|CLONE_SETTLS|CLONE_PARENT_SETTID|CLONE_CHILD_CLEARTID, child_tid=${address}, parent_tid=${address}, exit_signal=0}`, " => {parent_tid=[0]}, 88", asNumber(outcome))];
    const kinds = options?.newNamespaces ?? [];
    // by their values (sched.h)
    const flags = [...cloneFlags(kinds.filter((kind) => kind === "time" || kind === "mnt")), "CLONE_CHILD_CLEARTID", "CLONE_CHILD_SETTID", ...cloneFlags(kinds.filter((kind) => kind !== "time" && kind !== "mnt")), "SIGCHLD"];
    return [line("clone", `child_stack=NULL, flags=${flags.join("|")}, child_tidptr=${address}`, "", asNumber(outcome))];
  }],
  ["exec", (args, _, style) => {
    const argv = Array.isArray(args[1]) ? args[1].map(text) : [];
    const environment = args[2] instanceof Map ? args[2] : new Map<string, string>();
    const shown = argv.slice(0, 32).map((one) => bytesText(encode(one), style));
    const variables = style.whole ? `[${[...environment].map(([name, value]) => bytesText(encode(`${text(name)}=${text(value)}`), style)).join(", ")}]` : `${pointer()} /* ${environment.size} var${environment.size === 1 ? "" : "s"} */`;
    return [line("execve", `${pathText(text(args[0]), style)}, [${shown.join(", ")}${argv.length > 32 ? ", ..." : ""}], ${variables}`)];
  }],
  ["exit", plain("exit_group", (args) => String(number(args[0]) & 0xff))],
  ["waitpid", (args, outcome) => {
    const options = (args[1] ?? {}) as WaitOptions;
    const flags = [options.nohang && "WNOHANG", options.untraced && "WSTOPPED", options.continued && "WCONTINUED"].filter(Boolean).join("|") || "0";
    const waited = outcome?.result as Waited | undefined;
    const status = waited === undefined ? pointer() : waitStatus(waited.status);
    return [line("wait4", `${number(args[0])}, `, outcome && `${status}, ${flags}, NULL`, String(waited?.pid ?? 0), { restart: "SYS" })];
  }],
  ["setTitle", plain("prctl", (args, style) => `PR_SET_NAME, ${bytesText(encode(text(args[0])).subarray(0, 15), style)}`)],
  ["getpriority", plain("getpriority", (args) => `PRIO_PROCESS, ${number(args[0])}`, (outcome) => String(20 - number(outcome?.result)))],
  ["setpriority", plain("setpriority", (args) => `PRIO_PROCESS, ${number(args[1])}, ${number(args[0])}`)],
  ["getScheduling", (args, outcome) => {
    const policy = (outcome?.result as Scheduling | undefined)?.policy ?? "other";
    return [line("sched_getscheduler", String(number(args[0])), "", `${["other", "fifo", "rr", "batch", "", "idle", "deadline"].indexOf(policy)} (SCHED_${policy.toUpperCase()})`)];
  }],
  ["setScheduling", (args) => {
    const change = args[0] as Partial<Scheduling>;
    if (change.cpus !== undefined) return [line("sched_setaffinity", `${number(args[1])}, 8, [${change.cpus.join(" ")}]`)];
    if (change.policy !== undefined) return [line("sched_setscheduler", `${number(args[1])}, SCHED_${change.policy.toUpperCase()}, [${change.priority ?? 0}]`)];
    return [line("ioprio_set", `IOPRIO_WHO_PROCESS, ${number(args[1])}, IOPRIO_PRIO_VALUE(IOPRIO_CLASS_${(change.ioClass ?? "none").replace("realtime", "rt").replace("best-effort", "be").toUpperCase()}, ${change.ioLevel ?? 0})`)];
  }],
  ["getrlimit", (args, outcome) => {
    const limit = outcome?.result as ResourceLimit | undefined;
    return [line("prlimit64", `${number(args[1])}, RLIMIT_${text(args[0]).toUpperCase()}, NULL, `, limit && `{rlim_cur=${limitText(limit.soft)}, rlim_max=${limitText(limit.hard)}}`)];
  }],
  ["setrlimit", (args) => {
    const limit = args[1] as ResourceLimit;
    return [line("prlimit64", `${number(args[2])}, RLIMIT_${text(args[0]).toUpperCase()}, {rlim_cur=${limitText(limit.soft)}, rlim_max=${limitText(limit.hard)}}, NULL`)];
  }],
  ["getrusage", (args, outcome) => [line("getrusage", `RUSAGE_${text(args[0]).toUpperCase()}, `, outcome && usage(outcome.result))]],
  ["personality", plain("personality", (args) => (args[0] === undefined ? "0xffffffff" : `0x${number(args[0]).toString(16)}`))],
  ["prctl", plain("prctl", (args) => (args[0] === "child-subreaper" ? `PR_SET_CHILD_SUBREAPER, ${number(args[1])}` : args[0] === "parent-death-signal" ? `PR_SET_PDEATHSIG, ${signalText(number(args[1]))}` : args[0] === "keep-capabilities" ? `PR_SET_KEEPCAPS, ${number(args[1])}` : "PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0"))],
  ["kill", plain("kill", (args) => `${number(args[0])}, ${signalText(number(args[1]))}`)],
  ["sigaction", (args, outcome) => {
    const handler = (disposition: unknown): string => (disposition === "ignore" ? "SIG_IGN" : disposition === "default" ? "SIG_DFL" : pointer().replace("0x7ffe", "0x5581"));
    const restorer = pointer().replace("0x7ffe", "0x7f3c");
    return [line("rt_sigaction", `${signalText(number(args[0]))}, {sa_handler=${handler(args[1])}, sa_mask=[], sa_flags=SA_RESTORER, sa_restorer=${restorer}}, `, outcome && `{sa_handler=${handler(outcome.result)}, sa_mask=[], sa_flags=0}, 8`)];
  }],
  ["sigprocmask", (args, outcome) => [line("rt_sigprocmask", `SIG_SETMASK, ${signalSet(args[0] as Iterable<number>)}, `, outcome && `${signalSet((outcome.result ?? []) as Iterable<number>)}, 8`)]],
  ["pause", plain("pause", () => "", () => "-1 EINTR (Interrupted system call)", { restart: "NOHAND" })],
  ["alarm", plain("alarm", (args) => String(Math.ceil(number(args[0]) / 1e6)), (outcome) => String(Math.ceil(number(outcome?.result) / 1e6)))],
  ["setClockUs", plain("clock_settime", (args) => `CLOCK_REALTIME, ${timespec(number(args[0]))}`)],
  ["adjtimex", plain("adjtimex", () => pointer(), () => "0 (TIME_OK)")],
  ["sleep", (args, outcome) => [line("clock_nanosleep", `CLOCK_REALTIME, 0, ${timespec(number(args[0]))}, `, outcome && (outcome.errno === undefined ? pointer() : timespec(0)), "0", { restart: "BLOCK" })]],
  ["random", (args, outcome, style) => [line("getrandom", "", outcome && `${bytesText(bytes(outcome.result), { ...style, hex: 2 })}, ${number(args[0])}, GRND_NONBLOCK`, String(number(args[0])))]],
  ["uname", (_, outcome, style) => {
    const names = outcome?.result as Utsname | undefined;
    const rest = names && style.whole ? `, release="${names.release}", version="${names.version}", machine="${names.machine}", domainname="${names.domainname}"` : ", ...";
    return [line("uname", "", names && `{sysname="${names.sysname}", nodename="${names.nodename}"${rest}}`)];
  }],
  ["sethostname", plain("sethostname", (args, style) => `${bytesText(encode(text(args[0])), style)}, ${encode(text(args[0])).length}`)],
  ["setdomainname", plain("setdomainname", (args, style) => `${bytesText(encode(text(args[0])), style)}, ${encode(text(args[0])).length}`)],
  ["reboot", plain("reboot", (args) => `LINUX_REBOOT_MAGIC1, LINUX_REBOOT_MAGIC2, LINUX_REBOOT_CMD_${args[0] === "poweroff" ? "POWER_OFF" : args[0] === "halt" ? "HALT" : "RESTART"}`)],
  ["open", (args, outcome, style) => [line("openat", `${here(style)}, ${pathText(text(args[0]), style)}, ${openFlags(number(args[1]))}${number(args[1]) & O.CREAT ? `, ${octal(args[2] === undefined ? 0o666 : number(args[2]))}` : ""}`, "", asDescriptor(outcome, style), { restart: "SYS" })]],
  ["close", fdOnly("close")],
  ["read", reading("read", (args) => String(number(args[1])))],
  ["pread", reading("pread64", (args) => `${number(args[1])}, ${number(args[2])}`)],
  ["write", (args, outcome, style) => [line("write", `${fdText(args[0], style)}, ${bytesText(bytes(args[1]), style)}, ${bytes(args[1]).length}`, "", asNumber(outcome), { restart: "SYS" })]],
  ["pwrite", (args, outcome, style) => [line("pwrite64", `${fdText(args[0], style)}, ${bytesText(bytes(args[1]), style)}, ${bytes(args[1]).length}, ${number(args[2])}`, "", asNumber(outcome), { restart: "SYS" })]],
  ["lseek", (args, outcome, style) => [line("lseek", `${fdText(args[0], style)}, ${number(args[1])}, SEEK_${args[2] === "current" ? "CUR" : text(args[2]).toUpperCase()}`, "", asNumber(outcome))]],
  ["dup", (args, outcome, style) => [number(args[1]) > 0 ? line("fcntl", `${fdText(args[0], style)}, F_DUPFD, ${number(args[1])}`, "", asDescriptor(outcome, style)) : line("dup", fdText(args[0], style), "", asDescriptor(outcome, style))]],
  ["dup2", (args, outcome, style) => [line("dup2", `${fdText(args[0], style)}, ${number(args[1])}`, "", asDescriptor(outcome, style))]],
  ["pipe", (_, outcome, style) => [line("pipe2", "", outcome && `[${(outcome.result as readonly number[]).map((fd) => fdText(fd, style)).join(", ")}], 0`)]],
  ["getCloexec", (args, outcome, style) => [line("fcntl", `${fdText(args[0], style)}, F_GETFD`, "", outcome?.result === true ? "0x1 (flags FD_CLOEXEC)" : "0")]],
  ["setCloexec", fdOnly("fcntl", (args) => `, F_SETFD, ${args[1] === true ? "FD_CLOEXEC" : "0"}`)],
  ["getStatusFlags", (args, outcome, style) => [line("fcntl", `${fdText(args[0], style)}, F_GETFL`, "", `0x${number(outcome?.result).toString(16)} (flags ${openFlags(number(outcome?.result))})`)]],
  ["setStatusFlags", fdOnly("fcntl", (args) => `, F_SETFL, ${openFlags(number(args[1]))}`)],
  ["poll", (args, outcome, style) => {
    const requests = args[0] as readonly PollRequest[];
    const ready = (outcome?.errno === undefined ? (outcome?.result as readonly PollResult[] | undefined) : undefined) ?? [];
    const asked = requests.map((one) => `{fd=${fdText(one.fd, style)}, events=${pollEvents(one.events)}}`).join(", ");
    const answer = ready.length === 0 ? "0 (Timeout)" : `${ready.length} ([${ready.map((one) => `{fd=${fdText(one.fd, style)}, revents=${pollEvents(one.revents)}}`).join(", ")}])`;
    return [line("poll", `[${asked}], ${requests.length}, ${args[1] === null ? -1 : Math.ceil(number(args[1]) / 1000)}`, "", answer, { restart: "BLOCK" })];
  }],
  ["ftruncate", fdOnly("ftruncate", (args) => `, ${number(args[1])}`)],
  ["fallocate", fdOnly("fallocate", (args) => `, ${args[3] === "allocate" ? "0" : args[3] === "keep-size" ? "FALLOC_FL_KEEP_SIZE" : args[3] === "punch-hole" ? "FALLOC_FL_KEEP_SIZE|FALLOC_FL_PUNCH_HOLE" : "FALLOC_FL_ZERO_RANGE"}, ${number(args[1])}, ${number(args[2])}`)],
  ["flock", (args, _, style) => [line("flock", `${fdText(args[0], style)}, ${args[1] === "shared" ? "LOCK_SH" : args[1] === "exclusive" ? "LOCK_EX" : "LOCK_UN"}${args[2] === true ? "|LOCK_NB" : ""}`, "", "0", { restart: "SYS" })]],
  ["fstat", (args, outcome, style) => [line("newfstatat", `${fdText(args[0], style)}, "", `, outcome && `${outcome.errno === undefined ? statText(outcome.result as Stat, style) : pointer()}, AT_EMPTY_PATH`)]],
  ["fchmod", fdOnly("fchmod", (args) => `, ${octal(number(args[1]))}`)],
  ["fchown", fdOnly("fchown", (args) => `, ${number(args[1])}, ${number(args[2])}`)],
  ["stat", statLine("0", "STATX_MODE")],
  ["lstat", statLine("AT_SYMLINK_NOFOLLOW", "STATX_MODE")],
  ["access", (args, _, style) => {
    const mode = number(args[1]);
    const names = mode === 0 ? "F_OK" : [mode & 4 && "R_OK", mode & 2 && "W_OK", mode & 1 && "X_OK"].filter(Boolean).join("|");
    return [args[2] === true ? line("faccessat2", `${here(style)}, ${pathText(text(args[0]), style)}, ${names}, AT_EACCESS`) : line("access", `${pathText(text(args[0]), style)}, ${names}`)];
  }],
  ["readdir", (args, outcome, style) => {
    const open = line("openat", `${here(style)}, ${pathText(text(args[0]), style)}, O_RDONLY|O_NONBLOCK|O_CLOEXEC|O_DIRECTORY`, "", "3", { failing: true });
    if (!outcome || outcome.errno !== undefined) return [open];
    const entries = outcome.result as readonly { readonly name: string }[];
    // struct linux_dirent64: 19 bytes and the name with its NUL, in units of 8 (getdents(2))
    const size = [".", "..", ...entries.map((one) => one.name)].reduce((sum, name) => sum + Math.ceil((20 + encode(name).length) / 8) * 8, 0);
    const buffer = pointer().replace("0x7ffe", "0x5581");
    const facts = typeof args[1] === "object" && args[1] !== null ? [line("newfstatat", `3, "", ${statText(args[1] as Stat, style)}, AT_EMPTY_PATH`)] : [];
    return [open, ...facts, line("getdents64", `3, ${buffer} /* ${entries.length + 2} entries */, 32768`, "", String(size)), line("getdents64", `3, ${buffer} /* 0 entries */, 32768`, "", "0"), line("close", "3")];
  }],
  ["mkdir", (args, _, style) => [line("mkdir", `${pathText(text(args[0]), style)}, ${octal(args[1] === undefined ? 0o777 : number(args[1]))}`)]],
  ["rmdir", path1("rmdir", "", false)],
  ["unlink", path1("unlinkat", ", 0")],
  ["rename", (args, _, style) => {
    const flags = args[2] as { noReplace?: boolean; exchange?: boolean } | undefined;
    const from = pathText(text(args[0]), style), to = pathText(text(args[1]), style);
    if (!flags?.noReplace && !flags?.exchange) return [line("rename", `${from}, ${to}`)];
    return [line("renameat2", `${here(style)}, ${from}, ${here(style)}, ${to}, ${flags.noReplace ? "RENAME_NOREPLACE" : "RENAME_EXCHANGE"}`)];
  }],
  ["link", (args, _, style) => [line("linkat", `${here(style)}, ${pathText(text(args[0]), style)}, ${here(style)}, ${pathText(text(args[1]), style)}, ${args[2] === true ? "AT_SYMLINK_FOLLOW" : "0"}`)]],
  ["symlink", (args, _, style) => [line("symlinkat", `${pathText(text(args[0]), style)}, ${here(style)}, ${pathText(text(args[1]), style)}`)]],
  ["readlink", (args, outcome, style) => [line("readlink", `${pathText(text(args[0]), style)}, `, outcome && `${outcome.errno === undefined ? bytesText(encode(text(outcome.result)), style) : pointer()}, 4096`, String(encode(text(outcome?.result)).length))]],
  ["chmod", (args, _, style) => [line("fchmodat", `${here(style)}, ${pathText(text(args[0]), style)}, ${octal(number(args[1]))}`)]],
  ["chown", (args, _, style) => [line("fchownat", `${here(style)}, ${pathText(text(args[0]), style)}, ${number(args[1])}, ${number(args[2])}, ${args[3] === false ? "AT_SYMLINK_NOFOLLOW" : "0"}`)]],
  ["utimes", (args, _, style) => [line("utimensat", `${here(style)}, ${pathText(text(args[0]), style)}, ${args[1] === "now" && args[2] === "now" ? "NULL" : `[${times(args[1])}, ${times(args[2])}]`}, ${args[3] === false ? "AT_SYMLINK_NOFOLLOW" : "0"}`)]],
  ["truncate", (args, _, style) => [line("truncate", `${pathText(text(args[0]), style)}, ${number(args[1])}`)]],
  ["mknod", (args, _, style) => {
    const type = number(args[1]) & S.IFMT;
    return [line("mknodat", `${here(style)}, ${pathText(text(args[0]), style)}, ${modeText(number(args[1]))}${type === S.IFCHR || type === S.IFBLK ? `, ${deviceText(number(args[2]))}` : ""}`)];
  }],
  ["statfs", (args, outcome, style) => {
    const facts = outcome?.errno === undefined ? (outcome?.result as StatFs | undefined) : undefined;
    const shown = facts ? `{f_type=${MAGICS.get(facts.type) ?? "0"}, f_bsize=${facts.blockSizeBytes}, f_blocks=${facts.blocks}, f_bfree=${facts.blocksFree}, f_bavail=${facts.blocksAvailable}, f_files=${facts.files}, f_ffree=${facts.filesFree}, ...}` : pointer();
    return [line("statfs", `${pathText(text(args[0]), style)}, `, outcome && shown)];
  }],
  ["getxattr", (args, outcome, style) => [line(args[2] === false ? "lgetxattr" : "getxattr", `${pathText(text(args[0]), style)}, ${pathText(text(args[1]), style)}, `, outcome && `${outcome.errno === undefined ? bytesText(bytes(outcome.result), style) : pointer()}, 256`, String(bytes(outcome?.result).length))]],
  ["setxattr", (args, _, style) => [line(args[3] === false ? "lsetxattr" : "setxattr", `${pathText(text(args[0]), style)}, ${pathText(text(args[1]), style)}, ${bytesText(bytes(args[2]), style)}, ${bytes(args[2]).length}, 0`)]],
  ["removexattr", (args, _, style) => [line(args[2] === false ? "lremovexattr" : "removexattr", `${pathText(text(args[0]), style)}, ${pathText(text(args[1]), style)}`)]],
  ["listxattr", (args, outcome, style) => {
    const names = outcome?.errno === undefined && Array.isArray(outcome?.result) ? outcome.result.map((one) => `${text(one)}\0`).join("") : "";
    return [line(args[1] === false ? "llistxattr" : "listxattr", `${pathText(text(args[0]), style)}, `, outcome && `${outcome.errno === undefined && names !== "" ? bytesText(encode(names), style) : pointer()}, 152`, String(names.length))];
  }],
  ["chdir", path1("chdir", "", false)],
  ["getcwd", (_, outcome, style) => [line("getcwd", "", outcome && `${pathText(text(outcome.result), style)}, 4096`, String(encode(text(outcome?.result)).length + 1))]],
  ["chroot", path1("chroot", "", false)],
  ["pivotRoot", (args, _, style) => [line("pivot_root", `${pathText(text(args[0]), style)}, ${pathText(text(args[1]), style)}`)]],
  ["umask", plain("umask", (args) => `0${number(args[0]).toString(8)}`.replace(/^00$/, "000"), (outcome) => `0${number(outcome?.result).toString(8)}`.replace(/^00$/, "000"))],
  ["mount", (args, _, style) => [line("mount", `${pathText(text(args[0]), style)}, ${pathText(text(args[1]), style)}, ${text(args[2]) === "" ? "NULL" : pathText(text(args[2]), style)}, ${mountFlags(args[3] as MountFlags)}, ${args[4] === undefined || args[4] === "" ? "NULL" : bytesText(encode(text(args[4])), style)}`)]],
  ["umount", (args, _, style) => {
    const flags = args[1] as { lazy?: boolean; force?: boolean } | undefined;
    return [line("umount2", `${pathText(text(args[0]), style)}, ${[flags?.force && "MNT_FORCE", flags?.lazy && "MNT_DETACH"].filter(Boolean).join("|") || "0"}`)];
  }],
  ["unshare", plain("unshare", (args) => cloneFlags(args[0] as readonly NamespaceKind[]).join("|") || "0")],
  ["setns", fdOnly("setns", (args) => `, ${args[1] === undefined ? "0" : cloneFlags([args[1] as NamespaceKind]).join("")}`)],
  ["swapon", path1("swapon", ", 0", false)],
  ["swapoff", path1("swapoff", "", false)],
  ["acct", plain("acct", (args, style) => (args[0] === undefined ? "NULL" : pathText(text(args[0]), style)))],
  ["ipcCreate", (args, outcome) => {
    const settings = args[1] as { key: number; mode: number; size?: number };
    const key = settings.key === 0 ? "IPC_PRIVATE" : `0x${settings.key.toString(16)}`;
    return [line(`${text(args[0])}get`, `${key}, ${args[0] === "msg" ? "" : `${settings.size ?? 0}, `}IPC_CREAT|IPC_EXCL|${octal(settings.mode)}`, "", asNumber(outcome))];
  }],
  ["ipcRemove", plain("msgctl", (args) => `${number(args[1])}, IPC_RMID, NULL`)],
  ["getcred", idCall("geteuid", (credentials) => credentials.euid)],
  ["setuid", plain("setuid", (args) => String(number(args[0])))],
  ["setgid", plain("setgid", (args) => String(number(args[0])))],
  ["setresuid", plain("setresuid", (args) => args.map(String).join(", "))],
  ["setresgid", plain("setresgid", (args) => args.map(String).join(", "))],
  ["setgroups", plain("setgroups", (args) => `${(args[0] as readonly number[]).length}, [${(args[0] as readonly number[]).join(", ")}]`)],
  ["capget", (args, outcome) => {
    const sets = outcome?.errno === undefined ? (outcome?.result as Capabilities | undefined) : undefined;
    return [line("capget", `{version=_LINUX_CAPABILITY_VERSION_3, pid=${number(args[0])}}, `, outcome && (sets ? `{effective=${capabilitySet(sets.effective)}, permitted=${capabilitySet(sets.permitted)}, inheritable=${capabilitySet(sets.inheritable)}}` : "NULL"))];
  }],
  ["capset", plain("capset", (args) => {
    const sets = args[0] as Capabilities;
    return `{version=_LINUX_CAPABILITY_VERSION_3, pid=0}, {effective=${capabilitySet(sets.effective)}, permitted=${capabilitySet(sets.permitted)}, inheritable=${capabilitySet(sets.inheritable)}}`;
  })],
  ["capDropBounding", plain("prctl", (args) => `PR_CAPBSET_DROP, CAP_${CAPABILITIES[number(args[0])] ?? number(args[0])}`)],
  ["isatty", (args, outcome, style) => [outcome?.result === true ? line("ioctl", `${fdText(args[0], style)}, TCGETS, `, "{c_iflag=ICRNL|IXON, c_oflag=NL0|CR0|TAB0|BS0|VT0|FF0|OPOST|ONLCR, c_cflag=B38400|CS8|CREAD, c_lflag=ISIG|ICANON|ECHO|ECHOE|ECHOK|IEXTEN|ECHOCTL|ECHOKE, ...}") : line("ioctl", `${fdText(args[0], style)}, TCGETS, `, pointer(), "-1 ENOTTY (Inappropriate ioctl for device)")]],
  ["ttyname", (args, outcome, style) => [line("readlink", `"/proc/self/fd/${number(args[0])}", `, outcome && `${outcome.errno === undefined ? pathText(text(outcome.result), style) : pointer()}, 4095`, String(text(outcome?.result).length))]],
  ["tcgetattr", ioctl("TCGETS", (result) => termiosText(result as Termios))],
  ["tcsetattr", given("SNDCTL_TMR_STOP or TCSETSW", (args) => termiosText(args[1] as Termios))],
  ["tcgetpgrp", ioctl("TIOCGPGRP", (result) => `[${number(result)}]`)],
  ["tcsetpgrp", given("TIOCSPGRP", (args) => `[${number(args[1])}]`)],
  ["tcflush", given("TCFLSH", () => "TCIFLUSH")],
  ["getWindowSize", ioctl("TIOCGWINSZ", (result) => `{ws_row=${(result as WindowSize).rows}, ws_col=${(result as WindowSize).cols}, ws_xpixel=0, ws_ypixel=0}`)],
  ["setWindowSize", given("TIOCSWINSZ", (args) => `{ws_row=${(args[1] as WindowSize).rows}, ws_col=${(args[1] as WindowSize).cols}, ws_xpixel=0, ws_ypixel=0}`)],
  ["openpt", (_, outcome, style) => [line("openat", `${here(style)}, "/dev/ptmx", O_RDWR|O_NOCTTY`, "", String(outcome?.errno === undefined ? number((outcome?.result as { master: number } | undefined)?.master) : 0))]],
  ["setControllingTerminal", given("TIOCSCTTY", () => "0")],
  ["bytesReadable", ioctl("FIONREAD", (result) => `[${number(result)}]`)],
  ["socket", (args, outcome, style) => {
    const family = args[0] as keyof typeof FAMILIES;
    const inet = family === "inet" || family === "inet6";
    const protocol = !inet ? (family === "packet" ? "htons(ETH_P_ALL)" : "0") : args[2] === "icmp" ? "IPPROTO_ICMP" : args[2] === "icmpv6" || args[2] === "ipv6-icmp" ? "IPPROTO_ICMPV6" : typeof args[2] === "string" ? `IPPROTO_${args[2].toUpperCase()}` : "IPPROTO_IP";
    return [line("socket", `${FAMILIES[family]}, ${TYPES[args[1] as keyof typeof TYPES]}, ${protocol}`, "", asDescriptor(outcome, style))];
  }],
  ["bind", (args, _, style) => {
    const address = addressText(args[1] as SocketAddress, style);
    return [line("bind", `${fdText(args[0], style)}, ${address.text}, ${address.length}`)];
  }],
  ["listen", fdOnly("listen", (args) => `, ${args[1] === undefined ? 128 : number(args[1])}`)],
  ["accept", (args, outcome, style) => {
    const got = outcome?.errno === undefined ? (outcome?.result as { fd: number; peer: SocketAddress } | undefined) : undefined;
    const address = addressText(got?.peer, style);
    return [line("accept", `${fdText(args[0], style)}, `, outcome && (got ? `${address.text}, [128 => ${address.length}]` : `${pointer()}, [128]`), got ? fdText(got.fd, style) : "0", { restart: "SYS" })];
  }],
  ["connect", (args, _, style) => {
    const address = addressText(args[1] as SocketAddress, style);
    return [line("connect", `${fdText(args[0], style)}, ${address.text}, ${address.length}`, "", "0", { restart: "SYS" })];
  }],
  ["sendto", (args, outcome, style) => {
    const address = addressText(args[2] as SocketAddress | undefined, style);
    return [line("sendto", `${fdText(args[0], style)}, ${bytesText(bytes(args[1]), style)}, ${bytes(args[1]).length}, 0, ${address.text}, ${address.length}`, "", asNumber(outcome), { restart: "SYS" })];
  }],
  ["recvfrom", (args, outcome, style) => {
    const got = outcome?.errno === undefined ? (outcome?.result as { bytes: Uint8Array; from: SocketAddress | undefined } | undefined) : undefined;
    const from = addressText(got?.from, style);
    return [line("recvfrom", `${fdText(args[0], style)}, `, outcome && `${got ? bytesText(got.bytes, style) : pointer()}, ${number(args[1])}, 0, ${from.text}, ${got?.from ? `[128 => ${from.length}]` : "NULL"}`, String(got?.bytes.length ?? 0), { restart: "SYS" })];
  }],
  ["socketpair", (args, outcome) => [line("socketpair", `AF_UNIX, ${TYPES[args[0] as keyof typeof TYPES]}, 0, `, outcome && `[${(outcome.result as readonly number[]).join(", ")}]`)]],
  ["shutdown", fdOnly("shutdown", (args) => `, SHUT_${args[1] === "read" ? "RD" : args[1] === "write" ? "WR" : "RDWR"}`)],
  ["getsockname", sockaddrOut("getsockname")],
  ["getpeername", sockaddrOut("getpeername")],
  ["getPeerCredentials", (args, outcome, style) => {
    const peer = outcome?.errno === undefined ? (outcome?.result as { pid: number; uid: number; gid: number } | undefined) : undefined;
    return [line("getsockopt", `${fdText(args[0], style)}, SOL_SOCKET, SO_PEERCRED, `, outcome && (peer ? `{pid=${peer.pid}, uid=${peer.uid}, gid=${peer.gid}}, [12]` : `${pointer()}, [12]`))];
  }],
  ["setsockopt", fdOnly("setsockopt", (args) => `, SOL_SOCKET, ${text(args[1]).startsWith("SO_") ? text(args[1]) : `SO_${text(args[1]).toUpperCase()}`}, [${number(args[2])}], 4`)],
  ["rtnetlink", netlink("NETLINK_ROUTE", (op) => NETLINK_MESSAGES.get(op) ?? "RTM_GETLINK")],
  ["netfilter", netlink("NETLINK_NETFILTER", (op) => (op === "list" ? "NFNL_SUBSYS_NFTABLES<<8|NFT_MSG_GETRULE" : "NFNL_SUBSYS_NFTABLES<<8|NFT_MSG_NEWRULE"))],
  ["ioctl", (args, outcome, style) => [line("ioctl", `${fdText(args[0], style)}, ${text(args[1])}, ${args[2] === undefined ? "0" : typeof args[2] === "number" ? String(args[2]) : pointer()}`, "", typeof outcome?.result === "number" ? String(outcome.result) : "0")]],
  ["createGuest", (_, outcome) => [line("ioctl", "3, KVM_CREATE_VM, 0", "", asNumber(outcome))]],
  ["guest", fdOnly("ioctl", () => ", KVM_RUN, 0")],
  ["initModule", (args, _, style) => [line("openat", `${here(style)}, "/lib/modules/.../${text(args[0])}.ko", O_RDONLY|O_CLOEXEC`, "", "3"), line("finit_module", `3, ${bytesText(encode(text(args[1])), style)}, 0`, "", "0", { failing: true }), line("close", "3")]],
  ["deleteModule", (args, _, style) => [line("delete_module", `${bytesText(encode(text(args[0])), style)}, O_NONBLOCK${args[1] === true ? "|O_TRUNC" : ""}`)]],
  ["trace", plain("ptrace", (args) => `PTRACE_SEIZE, ${number(args[0])}, NULL, 0`)],
  ["untrace", plain("ptrace", (args) => `PTRACE_DETACH, ${number(args[0])}, NULL, 0`)],
]);

/** Nothing for a call that is none on a real machine. "library": a line of _library.ts, whose words are its arguments. */
export function callLines(call: string, args: readonly unknown[], outcome: Outcome | undefined, style: Style): readonly CallLine[] {
  if (call === "library") return [line(text(args[0]), text(args[1]), text(args[3]), args[2] === "pid" ? String(style.pid) : text(args[2]))];
  return formatters.get(call)?.(args, outcome, style) ?? [];
}
