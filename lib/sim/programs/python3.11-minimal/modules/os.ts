// The system calls of os, under their own names; the rest is Python (python/os.ts).

import { decode, O, POLL, S, type Stat, SysError, encode, strerror, errnoNumber, type Errno, type WaitStatus } from "../../../kernel/sys.ts";
import { PyDict } from "../objects/dictionary.ts";
import { declareFunctions } from "../objects/declare.ts";
import { exceptions, failure, osError, typeError } from "../objects/exception.ts";
import { begin, PyBytes, PyFloat, PyList, PyTuple, type Run, settle, unwrap, type Value } from "../objects/value.ts";
import { collect } from "../vm/iterate.ts";
import { mappingItems } from "../vm/mapping.ts";
import { atPath, pathText, shownPath, withPath } from "../vm/path.ts";
import type { Vm } from "../vm/vm.ts";
import { registerModule } from "./registry.ts";
import { structType } from "./sys.ts";
import { source } from "./python/os.ts";

const statResult = structType("stat_result", "os", ["st_mode", "st_ino", "st_dev", "st_nlink", "st_uid", "st_gid", "st_size", "st_atime", "st_mtime", "st_ctime", "st_atime_ns", "st_mtime_ns", "st_ctime_ns", "st_blocks", "st_blksize", "st_rdev"], 10);
const unameResult = structType("uname_result", "posix", ["sysname", "nodename", "release", "version", "machine"]);
const terminalSize = structType("terminal_size", "os", ["columns", "lines"]);
const timesResult = structType("times_result", "posix", ["user", "system", "children_user", "children_system", "elapsed"]);

export function statTuple(stat: Stat): PyTuple {
  const seconds = (us: number) => new PyFloat(us / 1e6);
  return new PyTuple([
    stat.mode, stat.ino, stat.dev, stat.nlink, stat.uid, stat.gid, stat.sizeBytes, seconds(stat.atimeUs), seconds(stat.mtimeUs), seconds(stat.ctimeUs), BigInt(Math.round(stat.atimeUs)) * 1000n, BigInt(Math.round(stat.mtimeUs)) * 1000n, BigInt(Math.round(stat.ctimeUs)) * 1000n,
    stat.blocks, stat.blockSizeBytes, stat.rdev,
  ], statResult);
}

/** A call on one path. */
function onPath(name: string, run: (vm: Vm, path: string, ...more: Value[]) => Value | undefined) {
  return (vm: Vm, path: Value, ...more: Value[]) => begin((function* (): Run<Value> {
    const text = typeof path === "number" ? `/proc/self/fd/${path}` : yield* pathText(vm, path, `${name}: path should be string, bytes, os.PathLike or integer, not `);
    yield* vm.streams.closeLost(vm);
    return atPath(shownPath(path, text), () => run(vm, text, ...more)) ?? null;
  })());
}

function onTwo(name: string, run: (vm: Vm, from: string, to: string) => void) {
  return (vm: Vm, from: Value, to: Value) => begin((function* (): Run<Value> {
    const [a, b] = [yield* pathText(vm, from, `${name}: src should be string, bytes or os.PathLike, not `), yield* pathText(vm, to, `${name}: dst should be string, bytes or os.PathLike, not `)];
    yield* vm.streams.closeLost(vm);
    atPath(shownPath(from, a), () => run(vm, a, b), shownPath(to, b));
    return null;
  })());
}

export function waitStatusNumber(status: WaitStatus): number {
  return status.kind === "exited" ? status.status << 8 : status.kind === "signaled" ? status.signal : status.kind === "stopped" ? (status.signal << 8) | 0x7f : 0xffff;
}

function flushAll(vm: Vm): Run<void> {
  return (function* () {
    yield* vm.streams.stdout.flush(vm);
    yield* vm.streams.closeLost(vm);
  })();
}

const functions = declareFunctions({
  "getcwd()": (vm) => atPath(null, () => vm.sys.getcwd()),
  "getcwdb()": (vm) => new PyBytes(encode(vm.sys.getcwd())),
  "chdir(path)": onPath("chdir", (vm, path) => void vm.sys.chdir(path)),
  "listdir(path='.')": onPath("listdir", (vm, path) => new PyList(vm.sys.readdir(path).map((entry) => entry.name))),
  "_entries(path)": onPath("scandir", (vm, path) => new PyList(vm.sys.readdir(path).map((entry) => new PyTuple([entry.name, entry.type])))),
  "mkdir(path, mode=511, *, dir_fd=None)": onPath("mkdir", (vm, path, mode) => void vm.sys.mkdir(path, Number(mode))),
  "rmdir(path, *, dir_fd=None)": onPath("rmdir", (vm, path) => void vm.sys.rmdir(path)),
  "remove(path, *, dir_fd=None)": onPath("remove", (vm, path) => void vm.sys.unlink(path)),
  "unlink(path, *, dir_fd=None)": onPath("unlink", (vm, path) => void vm.sys.unlink(path)),
  "rename(src, dst)": onTwo("rename", (vm, from, to) => vm.sys.rename(from, to)),
  "replace(src, dst)": onTwo("replace", (vm, from, to) => vm.sys.rename(from, to)),
  "link(src, dst)": onTwo("link", (vm, from, to) => vm.sys.link(from, to)),
  "symlink(src, dst, target_is_directory=False)": onTwo("symlink", (vm, from, to) => vm.sys.symlink(from, to)),
  "readlink(path)": onPath("readlink", (vm, path) => vm.sys.readlink(path)),
  "chmod(path, mode)": onPath("chmod", (vm, path, mode) => void vm.sys.chmod(path, Number(mode))),
  "chown(path, uid, gid)": onPath("chown", (vm, path, uid, gid) => void vm.sys.chown(path, Number(uid), Number(gid))),
  "truncate(path, length)": onPath("truncate", (vm, path, length) => void vm.sys.truncate(path, Number(length))),
  "mkfifo(path, mode=438)": onPath("mkfifo", (vm, path, mode) => void vm.sys.mknod(path, S.IFIFO | Number(mode))),
  "utime(path, times=None)": onPath("utime", (vm, path, times) => {
    const us = (value: Value | undefined) => (value instanceof PyFloat ? value.value : Number(value)) * 1e6;
    if (times instanceof PyTuple) vm.sys.utimes(path, us(times.items[0]), us(times.items[1]));
    else vm.sys.utimes(path, "now", "now");
    return null;
  }),
  "access(path, mode)": (vm, path: Value, mode: Value) => begin((function* (): Run<Value> {
    const text = yield* pathText(vm, path, "access: path should be string, bytes, os.PathLike or integer, not ");
    try {
      vm.sys.access(text, Number(mode));
      return true;
    } catch (error) {
      if (error instanceof SysError) return false;
      throw error;
    }
  })()),
  "stat(path, *, dir_fd=None, follow_symlinks=True)": (vm, path: Value, _dirFd: Value, follow: Value) => begin((function* (): Run<Value> {
    if (typeof path === "number") return statTuple(vm.sys.fstat(path));
    const text = yield* pathText(vm, path, "stat: path should be string, bytes, os.PathLike or integer, not ");
    yield* vm.streams.closeLost(vm);
    return statTuple(atPath(shownPath(path, text), () => (follow === false ? vm.sys.lstat(text) : vm.sys.stat(text))));
  })()),
  "lstat(path)": onPath("lstat", (vm, path) => statTuple(vm.sys.lstat(path))),
  "fstat(fd)": (vm, fd: number) => statTuple(vm.sys.fstat(fd)),
  "open(path, flags, mode=511, *, dir_fd=None)": (vm, path: Value, flags: Value, mode: Value) => begin((function* (): Run<Value> {
    const text = yield* pathText(vm, path, "open: path should be string, bytes, os.PathLike or integer, not ");
    return yield* withPath(shownPath(path, text), () => vm.retry(() => vm.sys.open(text, Number(unwrap(flags)) | O.CLOEXEC, Number(mode))));
  })()),
  "close(fd)": (vm, fd: number) => {
    vm.sys.close(fd);
    return null;
  },
  "read(fd, length)": (vm, fd: number, length: number) => begin((function* (): Run<Value> {
    yield* vm.threads.ready(fd, POLL.IN);
    return new PyBytes(yield* vm.retry(() => vm.sys.read(fd, length)));
  })()),
  "write(fd, data)": (vm, fd: number, data: Value) => begin((function* (): Run<Value> {
    if (!(data instanceof PyBytes)) throw typeError("a bytes-like object is required, not 'str'");
    return yield* vm.retry(() => vm.sys.write(fd, data.bytes));
  })()),
  "pipe()": (vm) => {
    const [from, to] = vm.sys.pipe();
    vm.sys.setCloexec(from, true);
    vm.sys.setCloexec(to, true);
    return new PyTuple([from, to]);
  },
  "dup(fd)": (vm, fd: number) => vm.sys.dup(fd),
  "dup2(fd, fd2, inheritable=True)": (vm, fd: number, fd2: number) => {
    vm.sys.dup2(fd, fd2);
    return fd2;
  },
  "lseek(fd, position, how)": (vm, fd: number, position: number, how: number) => vm.sys.lseek(fd, position, how === 0 ? "set" : how === 1 ? "current" : "end"),
  "ftruncate(fd, length)": (vm, fd: number, length: number) => {
    vm.sys.ftruncate(fd, length);
    return null;
  },
  "fsync(fd)": () => null,
  "sync()": () => null,
  "isatty(fd)": (vm, fd: number) => vm.sys.isatty(fd),
  "ttyname(fd)": (vm, fd: number) => vm.sys.ttyname(fd),
  "set_inheritable(fd, inheritable)": (vm, fd: number, inheritable: Value) => {
    vm.sys.setCloexec(fd, inheritable !== true);
    return null;
  },
  "get_terminal_size(fd=1)": (vm, fd: number) => {
    const { rows, cols } = vm.sys.getWindowSize(fd);
    return new PyTuple([cols, rows], terminalSize);
  },
  "getpid()": (vm) => vm.sys.getpid(),
  "getppid()": (vm) => vm.sys.getppid(),
  "getpgid(pid)": (vm, pid: number) => vm.sys.getpgid(pid),
  "getpgrp()": (vm) => vm.sys.getpgid(),
  "setpgid(pid, pgrp)": (vm, pid: number, pgrp: number) => {
    vm.sys.setpgid(pid, pgrp);
    return null;
  },
  "getsid(pid)": (vm, pid: number) => vm.sys.getsid(pid),
  "setsid()": (vm) => {
    vm.sys.setsid();
    return null;
  },
  "getuid()": (vm) => vm.sys.getcred().ruid, "geteuid()": (vm) => vm.sys.getcred().euid, "getgid()": (vm) => vm.sys.getcred().rgid, "getegid()": (vm) => vm.sys.getcred().egid,
  "getgroups()": (vm) => new PyList([...vm.sys.getcred().groups]),
  "setuid(uid)": (vm, uid: number) => {
    vm.sys.setuid(uid);
    return null;
  },
  "setgid(gid)": (vm, gid: number) => {
    vm.sys.setgid(gid);
    return null;
  },
  "getlogin()": (vm) => vm.sys.environment.get("LOGNAME") ?? vm.sys.environment.get("USER") ?? (() => {
    throw osError(6, "No such device or address");
  })(),
  "umask(mask)": (vm, mask: number) => vm.sys.umask(mask),
  "nice(increment)": (vm, increment: number) => {
    vm.sys.setpriority(Math.max(-20, Math.min(19, vm.sys.getpriority() + increment)));
    return vm.sys.getpriority();
  },
  "uname()": (vm) => {
    const { sysname, nodename, release, version, machine } = vm.sys.uname();
    return new PyTuple([sysname, nodename, release, version, machine], unameResult);
  },
  "cpu_count()": (vm) => begin((function* (): Run<Value> {
    return yield* cpuCount(vm);
  })()),
  "sched_getaffinity(pid)": (vm) => begin((function* (): Run<Value> {
    const count = yield* cpuCount(vm);
    return new PyList(Array.from({ length: count }, (_, i) => i));
  })()),
  "getloadavg()": (vm) => begin((function* (): Run<Value> {
    const text = yield* readSmall(vm, "/proc/loadavg");
    return new PyTuple(text.split(" ").slice(0, 3).map((one) => new PyFloat(Number(one))));
  })()),
  "times()": (vm) => {
    const [own, children] = [vm.sys.getrusage("self"), vm.sys.getrusage("children")];
    return new PyTuple([own.userUs, own.systemUs, children.userUs, children.systemUs, vm.sys.clockUs("monotonic")].map((us) => new PyFloat(us / 1e6)), timesResult);
  },
  "urandom(size)": (vm, size: number) => new PyBytes(vm.sys.random(size)),
  "getrandom(size, flags=0)": (vm, size: number) => new PyBytes(vm.sys.random(size)),
  "kill(pid, signal)": (vm, pid: number, signal: Value) => begin((function* (): Run<Value> {
    vm.sys.kill(pid, Number(unwrap(signal)));
    yield* vm.rest();
    return null;
  })()),
  "killpg(pgid, signal)": (vm, pgid: number, signal: Value) => begin((function* (): Run<Value> {
    vm.sys.kill(-pgid, Number(unwrap(signal)));
    yield* vm.rest();
    return null;
  })()),
  "abort()": (vm) => begin((function* (): Run<Value> {
    vm.sys.kill(vm.sys.getpid(), 6);
    yield* vm.rest();
    return null;
  })()),
  "waitpid(pid, options)": (vm, pid: number, options: number) => begin((function* (): Run<Value> {
    // Beside other threads a child is looked for now and then: its end wakes nobody but the one that waits.
    while (vm.threads.several && (options & 1) === 0) {
      const ended = yield* vm.retry(() => vm.sys.waitpid(pid, { nohang: true, untraced: (options & 2) !== 0 }));
      if (ended) return new PyTuple([ended.pid, waitStatusNumber(ended.status)]);
      yield* vm.threads.park({ untilUs: vm.sys.clockUs("monotonic") + 1000 });
    }
    const waited = yield* vm.retry(() => vm.sys.waitpid(pid, { nohang: (options & 1) !== 0, untraced: (options & 2) !== 0 }));
    return waited ? new PyTuple([waited.pid, waitStatusNumber(waited.status)]) : new PyTuple([0, 0]);
  })()),
  "fork()": (vm) => {
    vm.sys.observe({ kind: "unsimulated", command: "python3", detail: "os.fork" });
    throw failure(exceptions.NotImplementedError, "os.fork() is not simulated on this machine; subprocess is");
  },
  "_exit(status)": (vm, status: number) => begin((function* (): Run<Value> {
    return yield* vm.sys.exit(status);
  })()),
  "execve(path, argv, env)": (vm, path: Value, argv: Value, env: Value) => begin((function* (): Run<Value> {
    const text = yield* pathText(vm, path, "execve: path should be string, bytes or os.PathLike, not ");
    const words = (yield* settle(collect(vm, argv))).map(String);
    const environment = new Map<string, string>();
    for (const [key, value] of yield* mappingItems(vm, env, "execve: environment must be a mapping object")) environment.set(String(key), String(value));
    yield* flushAll(vm);
    return yield* withPath(shownPath(path, text), () => vm.sys.exec(text, words, environment));
  })()),
  "strerror(code)": (_vm, code: number) => errorText(code),
  "device_encoding(fd)": () => "utf-8",
});

function* cpuCount(vm: Vm): Run<number> {
  const text = yield* readSmall(vm, "/proc/stat");
  return Math.max(1, text.split("\n").filter((line) => /^cpu\d/.test(line)).length);
}

export function* readSmall(vm: Vm, path: string): Run<string> {
  try {
    const fd = yield* vm.sys.open(path, O.RDONLY | O.CLOEXEC);
    let text = "";
    for (;;) {
      const bytes = yield* vm.sys.read(fd, 65536);
      if (bytes.length === 0) break;
      text += decode(bytes);
    }
    vm.sys.close(fd);
    return text;
  } catch (error) {
    if (error instanceof SysError) return "";
    throw error;
  }
}

export const ERRNO_NAMES: readonly Errno[] = [
  "EPERM", "ENOENT", "ESRCH", "EINTR", "EIO", "ENXIO", "E2BIG", "ENOEXEC", "EBADF", "ECHILD", "EAGAIN", "ENOMEM", "EACCES", "EFAULT", "ENOTBLK", "EBUSY", "EEXIST", "EXDEV", "ENODEV", "ENOTDIR", "EISDIR", "EINVAL", "ENFILE", "EMFILE", "ENOTTY", "ETXTBSY", "EFBIG",
  "ENOSPC", "ESPIPE", "EROFS", "EMLINK", "EPIPE", "ENAMETOOLONG", "ENOSYS", "ENOTEMPTY", "ELOOP", "EADDRINUSE", "EADDRNOTAVAIL", "ENETUNREACH", "ECONNRESET", "ENOTCONN", "ETIMEDOUT", "ECONNREFUSED", "EHOSTUNREACH",
];

export function errorText(code: number): string {
  const name = ERRNO_NAMES.find((one) => errnoNumber(one) === code);
  return name ? strerror(name) : code === 0 ? "Success" : `Unknown error ${code}`;
}

const CONSTANTS: readonly (readonly [string, number])[] = [
  ["F_OK", 0], ["R_OK", 4], ["W_OK", 2], ["X_OK", 1], ["O_RDONLY", O.RDONLY], ["O_WRONLY", O.WRONLY], ["O_RDWR", O.RDWR], ["O_CREAT", O.CREAT], ["O_EXCL", O.EXCL], ["O_TRUNC", O.TRUNC], ["O_APPEND", O.APPEND], ["O_NONBLOCK", O.NONBLOCK], ["O_CLOEXEC", O.CLOEXEC],
  ["WNOHANG", 1], ["WUNTRACED", 2], ["EX_OK", 0], ["EX_USAGE", 64], ["RTLD_LAZY", 1], ["RTLD_NOW", 2],
];

registerModule("os", {
  source,
  names: (vm) => {
    const environment = new PyDict();
    for (const [key, value] of vm.sys.environment) environment.setText(key, value);
    return new Map<string, Value>([...functions, ...CONSTANTS, ["_environ", environment], ["stat_result", statResult], ["terminal_size", terminalSize], ["uname_result", unameResult]]);
  },
});
registerModule("errno", { names: () => new Map<string, Value>([...ERRNO_NAMES.map((name) => [name, errnoNumber(name)] as const), ["errorcode", errorCodes()]]) });

function errorCodes(): Value {
  const dict = new PyDict();
  for (const name of ERRNO_NAMES) dict.put(errnoNumber(name), errnoNumber(name), name);
  return dict;
}

