// The calls of a real program that come from ld.so, the C library and gnulib, not from what it does: memory, threads, locales, buffers. The simulated programs make none of
// them, so they are put between the program's own ones here, in the order of Debian 12 (glibc 2.36, coreutils 9.1; recorded with strace 6.1). Which programs ask for a locale
// and which close their output at the end is what their binaries import: setlocale and __fpending. (More than 400 lines: the tables are of one piece with the order that they are said in.)
import { O, type Stat, type Sys, SysError, type TraceEvent } from "../../kernel/sys.ts";

/** Programs of the base system that do not call setlocale(3). */
const NO_LOCALE: ReadonlySet<string> = new Set("true false sh dash ip bridge tc ss nstat rtmon lnstat hostname clear tput tset infocmp tabs run-parts ischroot tempfile bzip2 gzip gunzip zcat openssl apt apt-get apt-cache apt-config apt-mark jq bc xxd ssh-agent networkctl systemd-cgls systemd-cgtop systemd-cat systemd-run systemd-detect-virt systemd-escape systemd-tmpfiles start-stop-daemon switch_root killall5 nologin skill capsh getcap setcap getpcaps debugfs filefrag e2freefrag ldconfig mandb manpath busybox".split(" "));
/** Those with gnulib's close_stdout at exit. */
const CLOSE_OUTPUT: ReadonlySet<string> = new Set("[ arch b2sum base32 base64 basename basenc cat chcon chgrp chmod chown cksum comm cp csplit cut date dd df dir dircolors dirname du echo env expand expr factor find fmt fold free grep groups head hostid id install join kill link ln logname ls md5sum mkdir mkfifo mknod mktemp mv nice nl nohup nproc numfmt od paste pathchk pgrep pidwait pinky pkill pmap pr printenv printf ps ptx pwd pwdx readlink realpath rm rmdir runcon script seq setpriv setterm sha1sum sha224sum sha256sum sha384sum sha512sum shred shuf slabtop sleep sort split stat stdbuf stty sum sync tac tail tar tee test timeout tload top touch tr truncate tsort tty uname unexpand uniq unlink uptime users vdir vmstat w watch wc who whoami xargs yes chroot hwclock rtcwake sysctl".split(" "));
/** Those with close_stdin too: they may have asked. */
const CLOSE_INPUT: ReadonlySet<string> = new Set("cp mv rm ln install".split(" "));
/** Those that write without stdio. */
const NO_STDIO: ReadonlySet<string> = new Set("cat dd tee sh dash true false split".split(" "));
/** Those that read files into a buffer of their own: its size. */
const READ_BYTES: ReadonlyMap<string, number> = new Map([["cat", 131072], ["head", 8192], ["tail", 8192], ["wc", 16384], ["grep", 98304], ["tr", 8192], ["tac", 8192], ["cmp", 4096], ["sum", 32768]]);
/** The locale's files, in the order in which setlocale(LC_ALL, "") opens them when there is no archive. */
const CATEGORIES = ["LC_IDENTIFICATION", "LC_MEASUREMENT", "LC_TELEPHONE", "LC_ADDRESS", "LC_NAME", "LC_PAPER", "LC_MESSAGES/SYS_LC_MESSAGES", "LC_MONETARY", "LC_COLLATE", "LC_TIME", "LC_NUMERIC", "LC_CTYPE"];

/** Of a library's ELF file: bytes of the whole, then address, bytes and offset of code, constants and data, bytes of bss after the last page, and of what is read-only after relocation. */
type Segments = readonly [number, number, number, number, number, number, number, number, number, number, number, number];
const SEGMENTS: ReadonlyMap<string, Segments> = new Map([
  ["libc.so.6", [1974096, 0x26000, 1400832, 0x26000, 0x17c000, 339968, 0x17c000, 0x1cf000, 24576, 0x1cf000, 53072, 16384]],
  ["libselinux.so.1", [186064, 0x7000, 110592, 0x7000, 0x22000, 32768, 0x22000, 0x2a000, 8192, 0x29000, 5840, 4096]],
  ["libpcre2-8.so.0", [627592, 0x2000, 438272, 0x2000, 0x6d000, 176128, 0x6d000, 0x98000, 8192, 0x98000, 0, 4096]],
  ["libtinfo.so.6", [207168, 0xf000, 69632, 0xf000, 0x20000, 57344, 0x20000, 0x2e000, 20480, 0x2d000, 0, 16384]],
  ["libacl.so.1", [41008, 0x2000, 20480, 0x2000, 0x7000, 8192, 0x7000, 0x9000, 8192, 0x8000, 0, 4096]],
  ["libattr.so.1", [28696, 0x2000, 12288, 0x2000, 0x5000, 4096, 0x5000, 0x6000, 8192, 0x5000, 0, 4096]],
  ["libcap.so.2", [45128, 0x3000, 20480, 0x3000, 0x8000, 8192, 0x8000, 0xa000, 8192, 0xa000, 0, 4096]],
  ["libm.so.6", [913680, 0x10000, 475136, 0x10000, 0x84000, 368640, 0x84000, 0xde000, 8192, 0xdd000, 0, 4096]],
  ["libz.so.1", [123280, 0x3000, 77824, 0x3000, 0x16000, 28672, 0x16000, 0x1d000, 8192, 0x1c000, 0, 4096]],
  ["libmount.so.1", [402872, 0xc000, 262144, 0xc000, 0x4c000, 81920, 0x4c000, 0x60000, 12288, 0x60000, 0, 8192]],
  ["libblkid.so.1", [354104, 0x9000, 221184, 0x9000, 0x3f000, 69632, 0x3f000, 0x50000, 28672, 0x50000, 0, 24576]],
  ["libproc2.so.0", [201160, 0xd000, 81920, 0xd000, 0x21000, 40960, 0x21000, 0x2b000, 28672, 0x2b000, 0, 24576]],
  ["libsystemd.so.0", [849232, 0x16000, 520192, 0x16000, 0x95000, 188416, 0x95000, 0xc3000, 49152, 0xc2000, 1360, 45056]],
  ["libresolv.so.2", [68136, 0x3000, 32768, 0x3000, 0xb000, 8192, 0xb000, 0xd000, 8192, 0xd000, 6696, 4096]],
  ["libgmp.so.10", [527272, 0xb000, 380928, 0xb000, 0x68000, 94208, 0x68000, 0x7f000, 8192, 0x7f000, 0, 4096]],
  ["libcrypto.so.3", [4748720, 0xc5000, 2609152, 0xc5000, 0x342000, 909312, 0x342000, 0x420000, 413696, 0x41f000, 9648, 401408]],
  ["libbsd.so.0", [86224, 0x4000, 49152, 0x4000, 0x10000, 12288, 0x10000, 0x13000, 8192, 0x13000, 208, 4096]],
  ["libmnl.so.0", [28688, 0x2000, 8192, 0x2000, 0x4000, 4096, 0x4000, 0x6000, 8192, 0x5000, 0, 4096]],
  ["libelf.so.1", [106928, 0x3000, 73728, 0x3000, 0x15000, 16384, 0x15000, 0x19000, 8192, 0x19000, 0, 4096]],
  ["libaudit.so.1", [196816, 0x3000, 28672, 0x3000, 0xa000, 86016, 0xa000, 0x1f000, 8192, 0x1e000, 61648, 4096]],
  ["libpam.so.0", [69648, 0x3000, 36864, 0x3000, 0xc000, 16384, 0xc000, 0x10000, 8192, 0xf000, 0, 4096]],
  ["libcrypt.so.1", [242344, 0x2000, 90112, 0x2000, 0x18000, 106496, 0x18000, 0x32000, 8192, 0x31000, 29352, 4096]],
  ["liblzma.so.5", [188440, 0x4000, 118784, 0x4000, 0x21000, 49152, 0x21000, 0x2d000, 8192, 0x2d000, 0, 4096]],
  ["libzstd.so.1", [766016, 0x5000, 659456, 0x5000, 0xa6000, 81920, 0xa6000, 0xba000, 8192, 0xb9000, 0, 4096]],
  ["liblz4.so.1", [152032, 0x3000, 122880, 0x3000, 0x21000, 12288, 0x21000, 0x24000, 8192, 0x23000, 0, 4096]],
  ["libbz2.so.1.0", [76840, 0x2000, 53248, 0x2000, 0xf000, 8192, 0xf000, 0x11000, 8192, 0x10000, 0, 4096]],
  ["libuuid.so.1", [36904, 0x2000, 20480, 0x2000, 0x7000, 4096, 0x7000, 0x8000, 8192, 0x7000, 0, 4096]],
  ["libsmartcols.so.1", [242616, 0x7000, 155648, 0x7000, 0x2d000, 49152, 0x2d000, 0x39000, 12288, 0x38000, 0, 8192]],
  ["libreadline.so.8", [358288, 0x17000, 184320, 0x17000, 0x44000, 40960, 0x44000, 0x4e000, 36864, 0x4e000, 1936, 8192]],
  ["libcap-ng.so.0", [28736, 0x2000, 12288, 0x2000, 0x5000, 4096, 0x5000, 0x6000, 8192, 0x6000, 0, 4096]],
  ["libbpf.so.1", [361120, 0xa000, 217088, 0xa000, 0x3f000, 90112, 0x3f000, 0x55000, 16384, 0x54000, 0, 12288]],
  ["libpam_misc.so.0", [16464, 0x1000, 4096, 0x1000, 0x2000, 4096, 0x2000, 0x3000, 8192, 0x2000, 0, 4096]],
  ["libgcrypt.so.20", [1336048, 0xf000, 958464, 0xf000, 0xf9000, 278528, 0xf9000, 0x13d000, 36864, 0x13c000, 752, 20480]],
  ["libgpg-error.so.0", [160208, 0x5000, 90112, 0x5000, 0x1b000, 45056, 0x1b000, 0x26000, 8192, 0x25000, 0, 4096]],
]);
const PAGE = 4096;
const pages = (bytes: number): number => Math.ceil(bytes / PAGE) * PAGE;

/** A library whose file nobody measured: laid out by its size, as most are. */
function segmentsOf(name: string, bytes: number): Segments {
  const known = SEGMENTS.get(name);
  if (known) return known;
  const total = Math.max(5 * PAGE, pages(bytes));
  const code = pages(total * 0.6), constants = pages(total * 0.2);
  return [total + 8 - PAGE, PAGE * 2, code, PAGE * 2, PAGE * 2 + code, constants, PAGE * 2 + code, PAGE * 2 + code + constants, 2 * PAGE, PAGE * 2 + code + constants, 0, PAGE];
}

const hex = (value: number): string => `0x${value.toString(16)}`;
const TOP = 0x7f3c5ca47000;
const HEAP = 0x55815d2c1000;
const LINKER = 0x7f3c5ca7f000;

interface State {
  name: string;
  environment: ReadonlyMap<string, string>;
  phase: "start" | "loading" | "running";
  /** where the next mapping ends: they grow downwards */
  top: number;
  cache: { address: number; bytes: number } | undefined;
  /** the file that is being mapped */
  file: string;
  descriptor: number;
  readonly relocated: { name: string; address: number; bytes: number }[];
  thread: number;
  buffered: boolean;
  /** cat and its like: the buffer's address, while there is one */
  buffer: number | undefined;
  /** its output is not closed yet */
  opening: boolean;
  /** of dash: its first calls are still to come; a pipe was made, so that it forks with clone; children that it did not wait for */
  starting: boolean;
  piped: boolean;
  children: number;
}

type Event = TraceEvent & { readonly kind: "call" };

export class Library {
  readonly #sys: Sys;
  readonly #states = new Map<number, State>();
  /** what an entering execve asked for */
  readonly #asked = new Map<number, readonly unknown[]>();

  constructor(sys: Sys) {
    this.#sys = sys;
  }

  /** The thread's own id lies there: clone(2) names it. */
  thread(pid: number): string {
    return hex(this.#states.get(pid)?.thread ?? TOP);
  }

  name(pid: number): string {
    return this.#states.get(pid)?.name ?? "";
  }

  /** Whether a fork of that process is vfork(2): dash's, of a simple command. */
  vforks(pid: number): boolean {
    const state = this.#states.get(pid);
    return state !== undefined && isDash(state.name) && !state.piped;
  }

  /** The event with what comes before and after it. */
  *around(event: TraceEvent): Generator<TraceEvent> {
    const { pid } = event;
    if (event.kind === "enter" && event.call === "exec") this.#asked.set(pid, event.arguments);
    const state = this.#states.get(pid);
    if (event.kind === "leave" && event.call === "exec" && event.errno === undefined) {
      yield event;
      const [path, , environment] = this.#asked.get(pid) ?? [];
      this.#states.set(pid, {
        name: typeof path === "string" ? path.slice(path.lastIndexOf("/") + 1) : "", environment: environment instanceof Map ? environment : new Map(), phase: "start", top: TOP, cache: undefined, file: "", descriptor: 3, relocated: [], thread: TOP,
        buffered: false, buffer: undefined, opening: true, starting: true, piped: false, children: 0,
      });
      return;
    }
    if (!state) {
      yield event;
      return;
    }
    if (event.kind === "leave" && event.call === "fork" && typeof event.result === "number") this.#states.set(event.result, { ...state, opening: false, starting: false });
    const tell = (name: string, enter: string, result: string, leave = ""): Event => ({ pid, atUs: event.atUs, kind: "call", call: "library", arguments: [name, enter, result, leave] });
    if (state.phase === "start") {
      if (event.kind === "call" && event.call === "access" && event.arguments[0] === "/etc/ld.so.preload") {
        yield tell("brk", "NULL", hex(HEAP));
        yield this.#map(state, tell, 8192);
        state.phase = "loading";
      } else if (event.kind !== "signal" && event.kind !== "attached") state.phase = "running";
    }
    if (state.phase === "loading") {
      if (event.kind === "call" && (yield* this.#loading(state, event, tell))) return;
      if (event.kind === "signal" || event.kind === "attached") {
        yield event;
        return;
      }
      state.phase = "running";
      yield* this.#started(state, tell);
    }
    if (isDash(state.name)) {
      if (yield* this.#shell(state, event, tell)) return;
    }
    yield* this.#running(state, event, tell);
    if (isDash(state.name) && event.kind === "signal" && event.child) {
      yield tell("rt_sigreturn", "{mask=[]}", String(event.child.pid));
      if (--state.children <= 0) yield { ...tell("wait4", "-1, 0x7ffe5c857b2c, WNOHANG, NULL", ""), errno: "ECHILD" };
    }
  }

  /** dash's own calls at its start and around its children. True: the event is none of the real one's. */
  *#shell(state: State, event: TraceEvent, tell: (name: string, enter: string, result: string, leave?: string) => Event): Generator<TraceEvent, boolean> {
    if (event.kind !== "call" && event.kind !== "enter" && event.kind !== "leave") return false;
    const handled = (signal: string, handler: string): Event => tell("rt_sigaction", `${signal}, {sa_handler=${handler}, sa_mask=~[RTMIN RT_1], sa_flags=SA_RESTORER, sa_restorer=0x7f3c5c8a5050}, NULL, 8`, "0");
    if (event.kind === "call" && state.starting) {
      if (event.call === "getpid") {
        const { ruid, rgid, euid } = this.#sys.getcred();
        yield tell("getuid", "", String(ruid));
        yield tell("getgid", "", String(rgid));
        yield event;
        yield handled("SIGCHLD", "0x55815b765dc0");
        yield tell("geteuid", "", String(euid));
        yield* this.#heap(tell);
        return true;
      }
      if (["getcred", "getcwd", "random"].includes(event.call)) return true;
      if (event.call === "getppid" || event.call === "stat") return false;
    }
    if (state.starting) {
      state.starting = false;
      const { euid, egid } = this.#sys.getcred();
      yield tell("geteuid", "", String(euid));
      yield tell("getegid", "", String(egid));
      for (const [signal, handler] of [["SIGINT", "0x55815b765dc0"], ["SIGQUIT", "SIG_DFL"], ["SIGTERM", "SIG_DFL"]] as const) {
        yield tell("rt_sigaction", `${signal}, NULL, `, "0", "{sa_handler=SIG_DFL, sa_mask=[], sa_flags=0}, 8");
        yield handled(signal, handler);
      }
    }
    if (event.call === "pipe") state.piped = true;
    if (event.kind !== "enter" && event.call === "fork" && event.errno === undefined) state.children++;
    if (event.call === "waitpid" && event.kind === "leave") state.piped = false;
    if (event.kind === "call" && event.call === "access" && event.arguments[2] === true) return true;
    if (event.kind === "call" && event.call === "sigaction" && event.arguments[0] === 2) return true;
    if (event.kind === "call" && event.call === "sigprocmask") {
      const [blocked] = event.arguments;
      const every = blocked instanceof Set || Array.isArray(blocked) ? [...blocked].length > 10 : true;
      if (state.piped) return true;
      yield every ? tell("rt_sigprocmask", "SIG_SETMASK, ~[RTMIN RT_1], NULL, 8", "0") : tell("rt_sigprocmask", "SIG_SETMASK, [], ", "0", "~[KILL STOP RTMIN RT_1], 8");
      return true;
    }
    return false;
  }

  #map(state: State, tell: (name: string, enter: string, result: string) => Event, bytes: number): Event {
    state.top -= pages(bytes);
    return tell("mmap", `NULL, ${bytes}, PROT_READ|PROT_WRITE, MAP_PRIVATE|MAP_ANONYMOUS, -1, 0`, hex(state.top));
  }

  /** ld.so finds and maps the libraries. False: the event is the program's own. */
  *#loading(state: State, event: Event, tell: (name: string, enter: string, result: string, leave?: string) => Event): Generator<TraceEvent, boolean> {
    const [first, second] = event.arguments;
    switch (event.call) {
      case "access": yield event; return true;
      case "open":
        if (typeof first !== "string" || (first !== "/etc/ld.so.cache" && !/\.so(\.|$)/.test(first)) || second !== (O.RDONLY | O.CLOEXEC)) return false;
        state.file = first;
        state.descriptor = typeof event.result === "number" ? event.result : 3;
        yield event;
        return true;
      case "read": {
        if (state.file === "" || first !== state.descriptor) return false;
        yield { ...event, result: header(event.result, state.file.endsWith("/libc.so.6")) };
        if (state.file.endsWith("/libc.so.6")) yield this.#notes(state, tell);
        return true;
      }
      case "fstat": {
        if (state.file === "" || first !== state.descriptor) return false;
        yield event;
        const bytes = sizeOf(event.result);
        if (state.file === "/etc/ld.so.cache") {
          state.top -= pages(bytes);
          state.cache = { address: state.top, bytes };
          yield tell("mmap", `NULL, ${bytes}, PROT_READ, MAP_PRIVATE, ${state.descriptor}, 0`, hex(state.top));
          return true;
        }
        const name = state.file.slice(state.file.lastIndexOf("/") + 1);
        if (name === "libc.so.6") yield this.#notes(state, tell);
        const [total, codeAt, code, codeFrom, constantsAt, constants, constantsFrom, dataAt, data, dataFrom, bss, readOnly] = segmentsOf(name, bytes);
        state.top -= pages(total);
        const base = state.top;
        yield tell("mmap", `NULL, ${total}, PROT_READ, MAP_PRIVATE|MAP_DENYWRITE, ${state.descriptor}, 0`, hex(base));
        const at = (place: number, length: number, protection: string, from: number): Event => tell("mmap", `${hex(base + place)}, ${length}, ${protection}, MAP_PRIVATE|MAP_FIXED|MAP_DENYWRITE, ${state.descriptor}, ${hex(from)}`, hex(base + place));
        yield at(codeAt, code, "PROT_READ|PROT_EXEC", codeFrom);
        yield at(constantsAt, constants, "PROT_READ", constantsFrom);
        yield at(dataAt, data, "PROT_READ|PROT_WRITE", dataFrom);
        if (bss > 0) yield tell("mmap", `${hex(base + dataAt + data)}, ${bss}, PROT_READ|PROT_WRITE, MAP_PRIVATE|MAP_FIXED|MAP_ANONYMOUS, -1, 0`, hex(base + dataAt + data));
        state.relocated.push({ name, address: base + dataAt, bytes: readOnly });
        return true;
      }
      case "close":
        if (state.file === "" || first !== state.descriptor) return false;
        state.file = "";
        yield event;
        return true;
      default: return false;
    }
  }

  /** The C library's program headers, which ld.so reads for its properties. */
  #notes(state: State, tell: (name: string, enter: string, result: string) => Event): Event {
    return tell("pread64", `${state.descriptor}, "\\6\\0\\0\\0\\4\\0\\0\\0@\\0\\0\\0\\0\\0\\0\\0@\\0\\0\\0\\0\\0\\0\\0@\\0\\0\\0\\0\\0\\0\\0"..., 784, 64`, "784");
  }

  /** From the thread's own memory to the program's first call. */
  *#started(state: State, tell: (name: string, enter: string, result: string, leave?: string) => Event): Generator<TraceEvent> {
    if (state.relocated.length === 0) return;
    yield this.#map(state, tell, state.relocated.length > 4 ? 8192 : 12288);
    const thread = state.top + 0x740;
    state.thread = thread + 0x2d0;
    yield tell("arch_prctl", `ARCH_SET_FS, ${hex(thread)}`, "0");
    yield { ...tell("set_tid_address", hex(state.thread), ""), arguments: ["set_tid_address", hex(state.thread), "pid", ""] };
    yield tell("set_robust_list", `${hex(thread + 0x2e0)}, 24`, "0");
    yield tell("rseq", `${hex(thread + 0x920)}, 0x20, 0, 0x53053053`, "0");
    const protect = (address: number, bytes: number): Event => tell("mprotect", `${hex(address)}, ${bytes}, PROT_READ`, "0");
    const first = state.relocated.filter((one) => one.name === "libc.so.6");
    for (const one of [...first, ...state.relocated.filter((each) => each.name !== "libc.so.6").toReversed()]) yield protect(one.address, one.bytes);
    yield protect(HEAP - 0x1b4b000, PAGE);
    yield protect(LINKER, 8192);
    yield tell("prlimit64", "0, RLIMIT_STACK, NULL, ", "0", "{rlim_cur=8192*1024, rlim_max=RLIM64_INFINITY}");
    if (state.cache) yield tell("munmap", `${hex(state.cache.address)}, ${state.cache.bytes}`, "0");
    if (state.name === "true" || state.name === "false") return;
    const selinux = state.relocated.some((one) => one.name === "libselinux.so.1");
    if (selinux) {
      for (const place of ["/sys/fs/selinux", "/selinux"]) yield { ...tell("statfs", `"${place}", 0x7ffe5c8579d0`, ""), errno: "ENOENT" };
    }
    if (state.name !== "sh" && state.name !== "dash") yield* this.#heap(tell);
    if (selinux) {
      yield* this.#reading(state, "/proc/filesystems", tell, 1024);
      yield { ...tell("access", `"/etc/selinux/config", F_OK`, ""), errno: "ENOENT" };
    }
    if (!NO_LOCALE.has(state.name)) yield* this.#locale(state, tell);
  }

  *#heap(tell: (name: string, enter: string, result: string) => Event): Generator<TraceEvent> {
    yield tell("getrandom", `"\\x57\\x9a\\x8c\\xa7\\x70\\x6c\\x3d\\x37", 8, GRND_NONBLOCK`, "8");
    yield tell("brk", "NULL", hex(HEAP));
    yield tell("brk", hex(HEAP + 0x21000), hex(HEAP + 0x21000));
  }

  /** A file that the C library reads through stdio. */
  *#reading(state: State, path: string, tell: (name: string, enter: string, result: string) => Event, bytes: number): Generator<TraceEvent> {
    const facts = this.#stat(path);
    const open = { ...tell("", "", ""), call: "open", arguments: [path, O.RDONLY | O.CLOEXEC] };
    if (!facts) {
      yield { ...open, errno: "ENOENT" };
      return;
    }
    yield { ...open, result: 3 };
    yield { ...open, call: "fstat", arguments: [3], result: facts };
    const text = path === "/proc/filesystems" ? FILESYSTEMS : ALIASES;
    yield { ...open, call: "read", arguments: [3, bytes], result: text };
    yield { ...open, call: "read", arguments: [3, bytes], result: new Uint8Array() };
    yield { ...open, call: "close", arguments: [3], result: undefined };
    state.descriptor = 3;
  }

  /** setlocale(LC_ALL, ""): nothing for C and POSIX, the archive of locale-gen, or the files of C.UTF-8. */
  *#locale(state: State, tell: (name: string, enter: string, result: string) => Event): Generator<TraceEvent> {
    const { environment } = state;
    const locale = [environment.get("LC_ALL"), environment.get("LC_CTYPE"), environment.get("LANG")].find((one) => one !== undefined && one !== "") ?? "C";
    if (locale === "C" || locale === "POSIX") return;
    const opening = { ...tell("", "", ""), call: "open" };
    const mapped = function* (path: string, facts: Stat): Generator<TraceEvent> {
      yield { ...opening, arguments: [path, O.RDONLY | O.CLOEXEC], result: 3 };
      yield { ...opening, call: "fstat", arguments: [3], result: facts };
      if ((facts.mode & 0o170000) === 0o100000) {
        state.top -= pages(facts.sizeBytes);
        yield tell("mmap", `NULL, ${facts.sizeBytes}, PROT_READ, MAP_PRIVATE, 3, 0`, hex(state.top));
      }
      yield { ...opening, call: "close", arguments: [3], result: undefined };
    };
    const archive = this.#stat("/usr/lib/locale/locale-archive");
    if (archive) yield* mapped("/usr/lib/locale/locale-archive", archive);
    else yield { ...opening, arguments: ["/usr/lib/locale/locale-archive", O.RDONLY | O.CLOEXEC], errno: "ENOENT" };
    const normal = locale.replace(/\.UTF-8$/, ".utf8");
    if (archive && !/^C\./.test(locale)) return;
    yield* this.#reading(state, "/usr/share/locale/locale.alias", tell, 4096);
    for (const category of CATEGORIES) {
      const facts = this.#stat(`/usr/lib/locale/${normal}/${category}`);
      const name = category.split("/")[0] ?? category;
      const named = [locale, normal, ...(facts ? [] : [locale.split(".")[0] ?? "", `${locale.slice(0, 2)}${locale.slice(locale.indexOf("."))}`, `${normal.slice(0, 2)}${normal.slice(normal.indexOf("."))}`, locale.slice(0, 2)])];
      for (const one of new Set(named)) {
        if (!facts || one !== normal || normal === locale) yield { ...opening, arguments: [`/usr/lib/locale/${one}/${name}`, O.RDONLY | O.CLOEXEC], errno: "ENOENT" };
        else {
          const folder = name === category ? undefined : this.#stat(`/usr/lib/locale/${normal}/${name}`);
          if (folder) yield* mapped(`/usr/lib/locale/${normal}/${name}`, folder);
          yield* mapped(`/usr/lib/locale/${normal}/${category}`, facts);
        }
      }
      if (!facts) return;
      if (category === "LC_IDENTIFICATION") {
        // iconvconfig makes it on every Debian
        const conversions = this.#stat("/usr/lib/x86_64-linux-gnu/gconv/gconv-modules.cache") ?? { ...facts, sizeBytes: 27028 };
        yield* mapped("/usr/lib/x86_64-linux-gnu/gconv/gconv-modules.cache", conversions);
        yield tell("futex", "0x7f3c5ca31a4c, FUTEX_WAKE_PRIVATE, 2147483647", "0");
      }
    }
  }

  *#running(state: State, event: TraceEvent, tell: (name: string, enter: string, result: string, leave?: string) => Event): Generator<TraceEvent> {
    const { name } = state;
    if (event.kind === "call" || event.kind === "enter") {
      const [first] = event.arguments;
      if (event.call === "write" && first === 1 && !state.buffered) {
        state.buffered = true;
        const facts = NO_STDIO.has(name) ? undefined : this.#stat(`/proc/${event.pid}/fd/1`);
        if (facts) yield { ...tell("", "", ""), call: "fstat", arguments: [1], result: facts };
      }
      if (event.call === "exit" || (event.kind === "enter" && event.call === "exit")) yield* this.#closing(state, tell);
    }
    if (event.kind === "call" && event.call === "umask" && (name === "mkdir" || CLOSE_INPUT.has(name))) return;
    const size = READ_BYTES.get(name);
    if (size !== undefined && (event.kind === "call" || event.kind === "enter") && event.call === "read" && typeof event.arguments[0] === "number") {
      const [fd] = event.arguments;
      if (name === "cat" && state.buffer === undefined) {
        yield tell("fadvise64", `${fd}, 0, 0, POSIX_FADV_SEQUENTIAL`, "0");
        yield this.#map(state, tell, 139264);
        state.buffer = state.top;
      } else if (name === "wc" && state.buffer === undefined) {
        yield tell("fadvise64", `${fd}, 0, 0, POSIX_FADV_SEQUENTIAL`, "0");
        state.buffer = state.top;
      }
      yield { ...event, arguments: [fd, size] };
      return;
    }
    if (event.kind === "call" && event.call === "close" && name === "cat" && state.buffer !== undefined) {
      yield tell("munmap", `${hex(state.buffer)}, 139264`, "0");
      state.top += 139264;
      state.buffer = undefined;
    }
    if (event.kind === "call" && event.call === "readdir" && event.errno === undefined && typeof event.arguments[0] === "string") {
      const path = event.arguments[0];
      const facts = this.#stat(path.startsWith("/") ? path : `/proc/${event.pid}/cwd/${path}`);
      yield { ...event, arguments: [path, facts] };
      return;
    }
    if (event.kind === "ended" && event.status.kind === "exited") yield* this.#closing(state, tell);
    if (event.kind === "ended") this.#states.delete(event.pid);
    yield event;
  }

  /** gnulib's atexit: errors of what was still to be written show there. */
  *#closing(state: State, tell: (name: string, enter: string, result: string) => Event): Generator<TraceEvent> {
    if (state.phase !== "running" || !CLOSE_OUTPUT.has(state.name) || !state.opening) return;
    state.opening = false;
    const close = (fd: number): Event => ({ ...tell("", "", ""), call: "close", arguments: [fd] });
    if (CLOSE_INPUT.has(state.name)) {
      yield { ...tell("lseek", "0, 0, SEEK_CUR", "0"), errno: "ESPIPE" };
      yield close(0);
    }
    yield close(1);
    yield close(2);
  }

  #stat(path: string): Stat | undefined {
    try {
      return this.#sys.stat(path);
    } catch (error) {
      if (error instanceof SysError) return undefined;
      throw error;
    }
  }
}

/** A library's ELF header: no entry, but the C library's, which is of GNU's ABI (elf(5)). */
function header(bytes: unknown, libc: boolean): Uint8Array {
  const head = bytes instanceof Uint8Array ? bytes.slice() : new Uint8Array(832);
  head[7] = libc ? 3 : 0;
  head.set(libc ? [0x10, 0x74, 2, 0] : [0, 0, 0, 0], 24);
  return head;
}

const isDash = (name: string): boolean => name === "sh" || name === "dash";

function sizeOf(facts: unknown): number {
  return typeof facts === "object" && facts !== null && "sizeBytes" in facts && typeof facts.sizeBytes === "number" ? facts.sizeBytes : 0;
}

const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const FILESYSTEMS = bytesOf("nodev\tsysfs\nnodev\ttmpfs\nnodev\tbdev\nnodev\tproc\n".padEnd(429, " "));
const ALIASES = bytesOf("# Locale name alias data base.\n#".padEnd(2996, " "));
