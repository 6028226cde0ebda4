// POSIX, Fcntl, Errno, Config, Cwd, Time::HiRes, Sys::Hostname: the system's names and numbers.

import { daysFromCivil, O, S, SIGNALS, SysError } from "../../../kernel/sys.ts";
import { epochOfLocal, readZone, UTC, type Zone } from "../../kit/zones.ts";
import { civilAt, strftime } from "../../kit/time-format.ts";
import { latin1OfText } from "../../kit/latin1.ts";
import { int, num, numeric, parseNumber, text } from "../values/convert.ts";
import { Magic, PerlArray, PerlError, PerlExit, Plain, type Run, type Scalar, type Value } from "../values/value.ts";
import { CONFIGURATION } from "../vm/configuration.ts";
import { ERRNO_NAMES, errnoText } from "../vm/errno-text.ts";
import type { Vm } from "../vm/vm.ts";
import { declareExports } from "./exporter.ts";
import { defineConstant, defineModule, defineSub } from "./registry.ts";

const MATH: readonly (readonly [string, (x: number, y: number) => number])[] = [
  ["floor", Math.floor], ["ceil", Math.ceil], ["fmod", (x, y) => x % y], ["pow", (x, y) => x ** y], ["tan", Math.tan], ["asin", Math.asin], ["acos", Math.acos], ["atan", Math.atan], ["sinh", Math.sinh], ["cosh", Math.cosh], ["tanh", Math.tanh],
  ["log10", Math.log10], ["log2", Math.log2], ["log1p", Math.log1p], ["expm1", Math.expm1], ["cbrt", Math.cbrt], ["trunc", Math.trunc], ["round", (x) => Math.sign(x) * Math.round(Math.abs(x))], ["fabs", Math.abs], ["fmax", Math.max], ["fmin", Math.min], ["hypot", Math.hypot], ["copysign", (x, y) => (Object.is(Math.sign(y), -0) || y < 0 ? -Math.abs(x) : Math.abs(x))], ["lround", (x) => Math.sign(x) * Math.round(Math.abs(x))], ["rint", (x) => { const r = Math.round(x); return Math.abs(x - Math.trunc(x)) === 0.5 && r % 2 !== 0 ? r - 1 : r; }],
];

const LIMITS: readonly (readonly [string, Value])[] = [
  ["DBL_MAX", Number.MAX_VALUE], ["DBL_MIN", 2.2250738585072014e-308], ["DBL_EPSILON", Number.EPSILON], ["INT_MAX", 2147483647], ["INT_MIN", -2147483648], ["UINT_MAX", 4294967295], ["LONG_MAX", 9223372036854775807n], ["LONG_MIN", -9223372036854775808n], ["ULONG_MAX", 18446744073709551615n], ["CHAR_BIT", 8], ["PATH_MAX", 4096], ["BUFSIZ", 8192], ["EOF", -1], ["CLOCKS_PER_SEC", 1000000], ["RAND_MAX", 2147483647], ["FLT_EPSILON", 1.1920928955078125e-07], ["DBL_DIG", 15], ["EXIT_SUCCESS", 0], ["EXIT_FAILURE", 1],
  ["WNOHANG", 1], ["WUNTRACED", 2], ["SEEK_SET", 0], ["SEEK_CUR", 1], ["SEEK_END", 2], ["LC_ALL", 6], ["LC_CTYPE", 0], ["LC_NUMERIC", 1], ["LC_TIME", 2], ["LC_COLLATE", 3], ["LC_MONETARY", 4], ["LC_MESSAGES", 5], ["STDIN_FILENO", 0], ["STDOUT_FILENO", 1], ["STDERR_FILENO", 2], ["R_OK", 4], ["W_OK", 2], ["X_OK", 1], ["F_OK", 0], ["FLT_MAX", 3.4028234663852886e38], ["UCHAR_MAX", 255], ["SHRT_MAX", 32767], ["SIG_BLOCK", 0], ["SIG_UNBLOCK", 1], ["SIG_SETMASK", 2], ["_SC_CLK_TCK", 2], ["_SC_OPEN_MAX", 4], ["_SC_PAGESIZE", 30], ["_SC_NPROCESSORS_ONLN", 84],
];

const FCNTL: readonly (readonly [string, number])[] = [
  ["O_RDONLY", O.RDONLY], ["O_WRONLY", O.WRONLY], ["O_RDWR", O.RDWR], ["O_CREAT", O.CREAT], ["O_EXCL", O.EXCL], ["O_TRUNC", O.TRUNC], ["O_APPEND", O.APPEND], ["O_NONBLOCK", O.NONBLOCK], ["O_NOCTTY", O.NOCTTY], ["O_NOFOLLOW", O.NOFOLLOW], ["F_GETFD", 1], ["F_SETFD", 2], ["F_GETFL", 3], ["F_SETFL", 4], ["F_GETLK", 5], ["F_SETLK", 6], ["F_SETLKW", 7], ["FD_CLOEXEC", 1], ["F_DUPFD", 0],
];
const LOCKS: readonly (readonly [string, number])[] = [["LOCK_SH", 1], ["LOCK_EX", 2], ["LOCK_NB", 4], ["LOCK_UN", 8]];
const MODES: readonly (readonly [string, number])[] = [
  ["S_IFMT", S.IFMT], ["S_IFREG", S.IFREG], ["S_IFDIR", S.IFDIR], ["S_IFLNK", S.IFLNK], ["S_IFBLK", S.IFBLK], ["S_IFCHR", S.IFCHR], ["S_IFIFO", S.IFIFO], ["S_IFSOCK", S.IFSOCK], ["S_ISUID", S.ISUID], ["S_ISGID", S.ISGID], ["S_ISVTX", S.ISVTX],
  ["S_IRWXU", 0o700], ["S_IRUSR", 0o400], ["S_IWUSR", 0o200], ["S_IXUSR", 0o100], ["S_IRWXG", 0o70], ["S_IRGRP", 0o40], ["S_IWGRP", 0o20], ["S_IXGRP", 0o10], ["S_IRWXO", 7], ["S_IROTH", 4], ["S_IWOTH", 2], ["S_IXOTH", 1],
];
const TYPE_TESTS: readonly (readonly [string, number])[] = [["S_ISREG", S.IFREG], ["S_ISDIR", S.IFDIR], ["S_ISLNK", S.IFLNK], ["S_ISBLK", S.IFBLK], ["S_ISCHR", S.IFCHR], ["S_ISFIFO", S.IFIFO], ["S_ISSOCK", S.IFSOCK]];

function defineModes(vm: Vm, pkg: string): void {
  for (const [name, value] of MODES) defineConstant(vm, `${pkg}::${name}`, value);
  for (const [name, type] of TYPE_TESTS) defineSub(vm, `${pkg}::${name}`, (_inner, args) => [(int(args[0]?.v) & S.IFMT) === type ? 1 : ""]);
}

/** sec, min, hour, mday, mon, year [from 1900] as seconds since the epoch. */
function* epochOf(vm: Vm, args: readonly Scalar[], local: boolean): Run<number> {
  const [sec = 0, min = 0, hour = 0, day = 1, month = 0, year = 70] = args.map((arg) => num(arg.v));
  const seconds = daysFromCivil(year + 1900, month + 1, 1) * 86400 + (day - 1) * 86400 + hour * 3600 + min * 60 + sec;
  return local ? epochOfLocal(yield* readZone(vm.sys, vm.environment().get("TZ")), seconds) : seconds;
}

defineModule({ name: "POSIX", version: "2.03", install: (vm) => {
  const names: string[] = [];
  const def = (name: string, native: (vm: Vm, args: Scalar[], want: "scalar" | "list" | undefined) => Value[] | Run<Value[]>) => {
    names.push(name);
    defineSub(vm, `POSIX::${name}`, native);
  };
  for (const [name, make] of MATH) def(name, (_inner, args) => [make(num(args[0]?.v), num(args[1]?.v))]);
  for (const [name, value] of [...LIMITS, ...FCNTL, ...[...ERRNO_NAMES].map(([one, number]) => [one, number] as const), ...Object.entries(SIGNALS).map(([one, number]) => [`SIG${one}`, number] as const)]) {
    names.push(name);
    defineConstant(vm, `POSIX::${name}`, value);
  }
  names.push(...MODES.map(([name]) => name), ...TYPE_TESTS.map(([name]) => name));
  defineModes(vm, "POSIX");
  def("strftime", function* (inner, args) {
    const [format, ...fields] = args;
    const zone: Zone = yield* readZone(inner.sys, inner.environment().get("TZ"));
    const seconds = yield* epochOf(inner, fields, false);
    const civil = civilAt(UTC, seconds);
    const real = civilAt(zone, epochOfLocal(zone, seconds));
    return [strftime(text(format?.v), { ...civil, abbreviation: real.abbreviation, offsetSeconds: real.offsetSeconds, epochSeconds: real.epochSeconds })];
  });
  def("mktime", function* (inner, args) {
    return [yield* epochOf(inner, args, true)];
  });
  def("isatty", (inner, args) => {
    const value = args[0]?.v;
    return [inner.sys.isatty(typeof value === "number" ? value : 0) ? 1 : ""];
  });
  def("strtol", (_inner, args, want) => {
    const base = args.length > 1 ? int(args[1]?.v) : 10;
    const source = text(args[0]?.v);
    const digits = "0123456789abcdefghijklmnopqrstuvwxyz".slice(0, base === 0 ? 10 : base);
    const found = new RegExp(`^\\s*([+-]?)(?:0[xX](?=[0-9a-fA-F]))?([${digits}]*)`, "i").exec(source);
    const value = Number.parseInt(found?.[2] || "0", base === 0 ? 10 : base) * (found?.[1] === "-" ? -1 : 1);
    return want === "list" ? [value, source.length - (found?.[0].length ?? 0)] : [value];
  });
  def("strtod", (_inner, args, want) => {
    const source = text(args[0]?.v);
    const found = /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/.exec(source)?.[0] ?? "";
    return want === "list" ? [parseNumber(found), source.length - found.length] : [parseNumber(found)];
  });
  def("strerror", (_inner, args) => [errnoText(int(args[0]?.v))]);
  def("errno", (inner) => [inner.errno.value]);
  def("_exit", function* (inner, args) {
    yield* inner.sys.exit(int(args[0]?.v));
    throw new PerlExit(int(args[0]?.v));
  });
  def("getpid", (inner) => [inner.sys.getpid()]);
  def("getppid", (inner) => [inner.sys.getppid()]);
  def("getuid", (inner) => [inner.sys.getcred().ruid]);
  def("geteuid", (inner) => [inner.sys.getcred().euid]);
  def("getgid", (inner) => [inner.sys.getcred().rgid]);
  def("setuid", (inner, args) => {
    try {
      inner.sys.setuid(int(args[0]?.v));
      return ["0 but true"];
    } catch (error) {
      inner.setErrno(error);
      return [undefined];
    }
  });
  def("setgid", (inner, args) => {
    try {
      inner.sys.setgid(int(args[0]?.v));
      return ["0 but true"];
    } catch (error) {
      inner.setErrno(error);
      return [undefined];
    }
  });
  def("setsid", (inner) => [inner.sys.setsid()]);
  def("uname", (inner) => {
    const { sysname, nodename, release, version, machine } = inner.sys.uname();
    return [sysname, nodename, release, version, machine];
  });
  def("getcwd", (inner) => [latin1OfText(inner.sys.getcwd())]);
  def("times", (inner) => {
    const usage = inner.sys.getrusage("self");
    return [inner.sys.clockUs("monotonic") / 1e4, usage.userUs / 1e4, usage.systemUs / 1e4, 0, 0].map(Math.floor);
  });
  def("nice", (inner, args) => {
    inner.sys.setpriority(inner.sys.getpriority() + int(args[0]?.v));
    return [inner.sys.getpriority()];
  });
  def("access", (inner, args) => {
    try {
      inner.sys.access(inner.path(text(args[0]?.v)), int(args[1]?.v));
      return ["0 but true"];
    } catch (error) {
      inner.setErrno(error);
      return [undefined];
    }
  });
  def("ttyname", (inner, args) => [inner.sys.ttyname(int(args[0]?.v))]);
  def("dup2", (inner, args) => [inner.sys.dup2(int(args[0]?.v), int(args[1]?.v))]);
  def("dup", (inner, args) => [inner.sys.dup(int(args[0]?.v))]);
  def("close", (inner, args) => {
    inner.sys.close(int(args[0]?.v));
    return ["0 but true"];
  });
  def("pause", function* (inner) {
    try {
      yield* inner.sys.pause();
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
    yield* inner.deliverSignals();
    return [undefined];
  });
  def("toupper", (_inner, args) => [text(args[0]?.v).toUpperCase()]);
  def("tolower", (_inner, args) => [text(args[0]?.v).toLowerCase()]);
  def("abs", (_inner, args) => [Math.abs(num(args[0]?.v))]);
  def("setlocale", () => ["C"]);
  def("localeconv", () => [undefined]);
  def("sysconf", (_inner, args) => [int(args[0]?.v) === 2 ? 100 : int(args[0]?.v) === 30 ? 4096 : int(args[0]?.v) === 84 ? 2 : 1024]);
  def("WIFEXITED", (_inner, args) => [(int(args[0]?.v) & 127) === 0 ? 1 : ""]);
  def("WEXITSTATUS", (_inner, args) => [(int(args[0]?.v) >> 8) & 255]);
  def("WIFSIGNALED", (_inner, args) => [(int(args[0]?.v) & 127) !== 0 ? 1 : ""]);
  def("WTERMSIG", (_inner, args) => [int(args[0]?.v) & 127]);
  def("INFINITY", () => [Number.POSITIVE_INFINITY]);
  def("isnan", (_inner, args) => [Number.isNaN(Number(numeric(args[0]?.v))) ? 1 : 0]);
  def("isinf", (_inner, args) => [Math.abs(num(args[0]?.v)) === Number.POSITIVE_INFINITY ? 1 : 0]);
  const onRequest = new Set(["round", "trunc", "cbrt", "log2", "log1p", "expm1", "hypot", "copysign", "lround", "rint", "fmax", "fmin", "isnan", "isinf", "INFINITY", "tolower", "toupper", "abs", "times", "close", "getppid", "getpid"]);
  declareExports(vm, "POSIX", names.filter((name) => !onRequest.has(name)), [...onRequest]);
  const tag = (name: string, members: readonly string[]) => {
    vm.glob("POSIX::EXPORT_TAGS").hash.at(name).v = new PerlArray(members.map((one) => new Plain(one)));
  };
  tag("sys_wait_h", ["WNOHANG", "WUNTRACED", "WIFEXITED", "WEXITSTATUS", "WIFSIGNALED", "WTERMSIG"]);
  tag("fcntl_h", FCNTL.map(([name]) => name));
  tag("errno_h", [...ERRNO_NAMES.keys()]);
  tag("signal_h", Object.keys(SIGNALS).map((name) => `SIG${name}`));
  tag("limits_h", LIMITS.map(([name]) => name));
  tag("math_h", MATH.map(([name]) => name));
  tag("unistd_h", ["_exit", "access", "dup2", "getpid", "isatty", "setsid", "setuid", "ttyname", "getcwd", "STDIN_FILENO", "STDOUT_FILENO", "STDERR_FILENO"]);
  tag("time_h", ["strftime", "mktime"]);
  tag("stdlib_h", ["strtol", "strtod"]);
} });

defineModule({ name: "Fcntl", version: "1.15", install: (vm) => {
  for (const [name, value] of [...FCNTL, ...LOCKS, ["SEEK_SET", 0], ["SEEK_CUR", 1], ["SEEK_END", 2]] as const) defineConstant(vm, `Fcntl::${name}`, value);
  defineModes(vm, "Fcntl");
  const tags = vm.glob("Fcntl::EXPORT_TAGS").hash;
  const list = (names: readonly string[]) => new PerlArray(names.map((name) => new Plain(name)));
  tags.at("flock").v = list(LOCKS.map(([name]) => name));
  tags.at("seek").v = list(["SEEK_SET", "SEEK_CUR", "SEEK_END"]);
  tags.at("mode").v = list([...MODES, ...TYPE_TESTS].map(([name]) => name));
  tags.at("DEFAULT").v = list(FCNTL.map(([name]) => name));
  declareExports(vm, "Fcntl", FCNTL.map(([name]) => name));
} });

defineModule({ name: "Errno", version: "1.36", install: (vm) => {
  for (const [name, value] of ERRNO_NAMES) defineConstant(vm, `Errno::${name}`, value);
  declareExports(vm, "Errno", [], [...ERRNO_NAMES.keys()]);
  vm.glob("Errno::EXPORT_TAGS").hash.at("POSIX").v = new PerlArray([...ERRNO_NAMES.keys()].map((name) => new Plain(name)));
  const known = vm.glob("main::!").hash;
  for (const [name, value] of ERRNO_NAMES) {
    known.map.set(name, new Magic(() => (vm.errno.value === value ? value : 0)));
  }
} });

defineModule({ name: "Config", version: "5.036000", install: (vm) => {
  const { hash } = vm.glob("Config::Config");
  for (const [name, value] of CONFIGURATION) hash.at(name).v = value;
  declareExports(vm, "Config", ["%Config"]);
} });

function absolute(vm: Vm, name: string): string {
  const parts: string[] = [];
  let rest = (name.startsWith("/") ? name : `${latin1OfText(vm.sys.getcwd())}/${name}`).split("/");
  for (let links = 0; rest.length > 0;) {
    const part = rest.shift() ?? "";
    if (part === "" || part === ".") continue;
    if (part === "..") {
      parts.pop();
      continue;
    }
    const path = `/${[...parts, part].join("/")}`;
    try {
      const target = latin1OfText(vm.sys.readlink(vm.path(path)));
      if (++links > 40) return path;
      if (target.startsWith("/")) parts.length = 0;
      rest = [...target.split("/"), ...rest];
    } catch {
      parts.push(part);
    }
  }
  return `/${parts.join("/")}`;
}

defineModule({ name: "Cwd", version: "3.84", install: (vm) => {
  for (const name of ["cwd", "getcwd", "fastcwd", "fastgetcwd"]) defineSub(vm, `Cwd::${name}`, (inner) => [latin1OfText(inner.sys.getcwd())]);
  for (const name of ["abs_path", "realpath", "fast_abs_path"]) defineSub(vm, `Cwd::${name}`, (inner, args) => [absolute(inner, args.length > 0 ? text(args[0]?.v) : ".")]);
  defineSub(vm, "Cwd::chdir", (inner, args) => {
    try {
      inner.sys.chdir(inner.path(text(args[0]?.v)));
      return [1];
    } catch (error) {
      inner.setErrno(error);
      return [0];
    }
  });
  declareExports(vm, "Cwd", ["cwd", "getcwd", "fastcwd", "fastgetcwd"], ["chdir", "abs_path", "fast_abs_path", "realpath"]);
} });

defineModule({ name: "Time::HiRes", version: "1.9770", install: (vm) => {
  defineSub(vm, "Time::HiRes::time", (inner) => [inner.sys.clockUs("realtime") / 1e6]);
  const sleeper = (name: string, unitUs: number) => defineSub(vm, `Time::HiRes::${name}`, function* (inner, args) {
    const us = num(args[0]?.v) * unitUs;
    if (us < 0) throw new PerlError(`Time::HiRes::${name}(${text(args[0]?.v)}): negative time not invented yet`);
    yield* inner.flushTerminal();
    const begun = inner.sys.clockUs("monotonic");
    try {
      yield* inner.sys.sleep(Math.round(us));
    } catch (error) {
      if (!(error instanceof SysError) || error.errno !== "EINTR") throw error;
      yield* inner.deliverSignals();
    }
    return [(inner.sys.clockUs("monotonic") - begun) / unitUs];
  });
  sleeper("sleep", 1e6);
  sleeper("usleep", 1);
  sleeper("nanosleep", 1e-3);
  defineSub(vm, "Time::HiRes::gettimeofday", (inner, _args, want) => {
    const us = inner.sys.clockUs("realtime");
    return want === "list" ? [Math.floor(us / 1e6), Math.floor(us % 1e6)] : [us / 1e6];
  });
  const pair = (value: Value): number => (value instanceof PerlArray ? num(value.items[0]?.v) + num(value.items[1]?.v) / 1e6 : 0);
  defineSub(vm, "Time::HiRes::tv_interval", (inner, args) => [(args.length > 1 ? pair(args[1]?.v) : inner.sys.clockUs("realtime") / 1e6) - pair(args[0]?.v)]);
  defineSub(vm, "Time::HiRes::clock_gettime", (inner, args) => [inner.sys.clockUs(int(args[0]?.v) === 0 ? "realtime" : "monotonic") / 1e6]);
  defineSub(vm, "Time::HiRes::alarm", (inner, args) => [inner.sys.alarm(Math.round(num(args[0]?.v) * 1e6)) / 1e6]);
  defineSub(vm, "Time::HiRes::ualarm", (inner, args) => [inner.sys.alarm(Math.round(num(args[0]?.v)))]);
  defineConstant(vm, "Time::HiRes::CLOCK_REALTIME", 0);
  defineConstant(vm, "Time::HiRes::CLOCK_MONOTONIC", 1);
  declareExports(vm, "Time::HiRes", [], ["time", "sleep", "usleep", "nanosleep", "gettimeofday", "tv_interval", "clock_gettime", "alarm", "ualarm", "CLOCK_REALTIME", "CLOCK_MONOTONIC"]);
} });

defineModule({ name: "Sys::Hostname", version: "1.24", install: (vm) => {
  defineSub(vm, "Sys::Hostname::hostname", (inner) => [inner.sys.uname().nodename]);
  declareExports(vm, "Sys::Hostname", ["hostname"]);
} });

defineModule({ name: "Time::Local", version: "1.30", install: (vm) => {
  const years = (value: number): number => (value >= 1000 ? value - 1900 : value);
  for (const [name, local, modern] of [["timelocal", true, false], ["timegm", false, false], ["timelocal_nocheck", true, false], ["timegm_nocheck", false, false], ["timelocal_modern", true, true], ["timegm_modern", false, true], ["timelocal_posix", true, false], ["timegm_posix", false, false]] as const) {
    defineSub(vm, `Time::Local::${name}`, function* (inner, args) {
      const fields = args.map((arg) => num(arg.v));
      const [, , , day = 1, month = 0, year = 0] = fields;
      if (month < 0 || month > 11) throw new PerlError(`Month '${month}' out of range 0..11`);
      if (day < 1 || day > 31) throw new PerlError(`Day '${day}' out of range 1..31`);
      fields[5] = modern ? year - 1900 : years(year);
      return [yield* epochOf(inner, fields.map((one) => new Plain(one)), local)];
    });
  }
  declareExports(vm, "Time::Local", ["timegm", "timelocal"], ["timelocal_nocheck", "timegm_nocheck", "timelocal_modern", "timegm_modern", "timelocal_posix", "timegm_posix"]);
} });
