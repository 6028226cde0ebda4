// Opening, closing and handling files and directories (perlfunc(1)). (More than 400 lines: open's forms and the calls beside it.)

import { O, SysError } from "../../../kernel/sys.ts";
import { latin1OfText } from "../../kit/latin1.ts";
import { handleGlob } from "../code/input-output.ts";
import { globOf } from "../code/variables.ts";
import { int, looksLikeNumber, num, text } from "../values/convert.ts";
import { Glob, GlobValue, PerlError, type Run, Scalar, type Value } from "../values/value.ts";
import { Handle } from "../vm/handle.ts";
import { warnUninitialized } from "../code/warn.ts";
import type { Vm } from "../vm/vm.ts";
import { openCommand, reap } from "./process.ts";
import { closeArgv, readLineFrom, readLinesOfArgv } from "./read-line.ts";
import { define } from "./registry.ts";

/** The glob that open() fills: a new one is put into an undefined scalar. */
export function targetGlob(vm: Vm, value: Value): Glob {
  if (value instanceof Glob) return value;
  if (value instanceof GlobValue) return value.glob;
  if (value instanceof Scalar) {
    const inner = value.v;
    if (inner === undefined) {
      const made = new Glob(vm.at.pkg, vm.handleName ?? "$fh");
      value.v = made;
      return made;
    }
    const found = handleGlob(vm, inner);
    if (found) return found;
    if (typeof inner === "string" && vm.at.pragmas.strictRefs) throw new PerlError(`Can't use string ("${inner.slice(0, 32)}") as a symbol ref while "strict refs" in use`);
    return globOf(vm, inner);
  }
  return globOf(vm, value);
}

export function ioOf(vm: Vm, value: Value): Handle | undefined {
  return handleGlob(vm, value instanceof Scalar ? value.v : value)?.io;
}

const MODES = new Map<string, readonly [flags: number, reads: boolean, writes: boolean]>([
  ["<", [O.RDONLY, true, false]], [">", [O.WRONLY | O.CREAT | O.TRUNC, false, true]], [">>", [O.WRONLY | O.CREAT | O.APPEND, false, true]],
  ["+<", [O.RDWR, true, true]], ["+>", [O.RDWR | O.CREAT | O.TRUNC, true, true]], ["+>>", [O.RDWR | O.CREAT | O.APPEND, true, true]],
]);

export function layers(io: Handle, text: string): void {
  if (/:utf8|:encoding\(utf-?8\)/i.test(text)) io.utf8 = true;
  if (/:raw|:bytes/.test(text)) io.utf8 = false;
  if (/:crlf/.test(text)) io.crlf = true;
}

define("open", "F?SL", function* (vm, args): Run<Value> {
  const glob = targetGlob(vm, args[0]);
  if (glob.io?.isOpen && glob.io.fd > 2) yield* closeHandle(vm, glob.io);
  const name = vm.names[2];
  if (args.length > 2 && args[2] === undefined && vm.warns("uninitialized") && !text(args[1]).includes(">")) warnUninitialized(vm, name, "open");
  yield* vm.flushAll();
  try {
    const made = args.length > 2 ? yield* openThree(vm, glob, text(args[1]).trim(), args.slice(2)) : yield* openTwo(vm, glob, text(args[1] === undefined ? glob.scalar.v : args[1]).trim());
    if (typeof made === "number") return made;
    if (glob.io && glob.io.fd >= 0 && glob.io.fd <= 2 && made.fd > 2 && glob.pkg === "main" && /^STD/.test(glob.name)) {
      vm.sys.dup2(made.fd, glob.io.fd);
      vm.sys.close(made.fd);
      made.fd = glob.io.fd;
      made.autoflush = glob.io.autoflush;
      if (vm.selected === glob.io) vm.selected = made;
      vm.handles.delete(glob.io);
    }
    if (glob.io && vm.selected === glob.io) vm.selected = made;
    glob.io = made;
    if (made.writes) vm.handles.add(made);
    return made.pid ?? 1;
  } catch (error) {
    vm.setErrno(error);
    return undefined;
  }
});

function* openTwo(vm: Vm, glob: Glob, spec: string): Run<Handle | number> {
  if (spec === "-") return yield* openThree(vm, glob, "<&", ["STDIN"]);
  if (spec === ">-") return yield* openThree(vm, glob, ">&", ["STDOUT"]);
  if (spec.startsWith("|")) return yield* openThree(vm, glob, "|-", [spec.slice(1).trim()]);
  if (spec.endsWith("|")) return yield* openThree(vm, glob, "-|", [spec.slice(0, -1).trim()]);
  const found = /^(\+?(?:<|>>|>)(?:&=?)?)\s*([\s\S]*)$/.exec(spec);
  return found ? yield* openThree(vm, glob, found[1] ?? "<", [found[2] ?? ""]) : yield* openThree(vm, glob, "<", [spec]);
}

function* openThree(vm: Vm, glob: Glob, modeText: string, args: Value[]): Run<Handle | number> {
  const mode = /^(\+?(?:<|>>|>)(?:&=?)?|-\||\|-)/.exec(modeText)?.[1];
  if (mode === undefined) throw new PerlError(`Unknown open() mode '${modeText}'`);
  const rest = modeText.slice(mode.length);
  const [target] = args;
  if (mode === "-|" || mode === "|-") return yield* openCommand(vm, glob, mode, args.map((one) => text(one)), rest);
  if (mode.includes("&")) {
    const source = target instanceof Glob || target instanceof GlobValue ? handleGlob(vm, target)?.io : looksLikeNumber(target) ? undefined : ioOf(vm, text(target).trim());
    const fd = source ? source.fd : int(target);
    if (!source && !looksLikeNumber(target)) throw new SysError("EBADF");
    if (source) yield* source.flush(vm.sys);
    const made = new Handle(mode.includes("=") ? fd : vm.sys.dup(fd, 3), glob.name, !mode.startsWith(">"), mode.startsWith(">") || mode.startsWith("+"));
    made.isTerminal = vm.sys.isatty(made.fd);
    return made;
  }
  const [flags, reads, writes] = MODES.get(mode) ?? [0, true, false];
  if (target instanceof Scalar) {
    const made = new Handle(-1, glob.name, reads, writes);
    made.memory = target;
    if (mode === ">" || mode === "+>") target.v = "";
    if (mode.includes(">>")) {
      target.v ??= "";
      made.memoryAt = text(target.v).length;
    }
    if (target.v === undefined) target.v = "";
    layers(made, rest);
    return made;
  }
  if (target === undefined && mode === "+>") {
    const path = `/tmp/PerlIO_${vm.sys.getpid()}${Math.floor(vm.random() * 1e6)}`;
    const fd = yield* vm.sys.open(path, O.RDWR | O.CREAT | O.EXCL, 0o600);
    vm.sys.unlink(path);
    return new Handle(fd, glob.name, true, true);
  }
  const path = vm.path(text(target));
  if (path.includes("\0") || path === "") throw new SysError("ENOENT");
  const fd = yield* vm.sys.open(path, flags, 0o666);
  vm.sys.setCloexec(fd, fd > 2);
  const made = new Handle(fd, glob.name, reads, writes);
  made.path = path;
  made.isTerminal = vm.sys.isatty(fd);
  layers(made, rest);
  return made;
}

export function* closeHandle(vm: Vm, io: Handle): Run<boolean> {
  let fine = !io.failed;
  try {
    yield* io.flush(vm.sys);
  } catch (error) {
    vm.setErrno(error);
    fine = false;
  }
  if (!io.isOpen) return false;
  io.isOpen = false;
  vm.handles.delete(io);
  if (io.fd >= 0) {
    try {
      vm.sys.close(io.fd);
    } catch (error) {
      vm.setErrno(error);
      fine = false;
    }
  }
  if (io.pid !== undefined) {
    const status = yield* reap(vm, io.pid);
    vm.childStatus = status;
    if (status !== 0) {
      vm.errno.value = 0;
      fine = false;
    }
  }
  return fine;
}

define("close", "?F", function* (vm, [value]): Run<Value> {
  const glob = value === undefined ? undefined : handleGlob(vm, value instanceof Scalar ? value.v : value);
  if (glob === vm.glob("main::ARGV")) {
    yield* closeArgv(vm);
    vm.argvLines = 0;
    return 1;
  }
  const io = value === undefined ? vm.selected : glob?.io;
  if (!io?.isOpen) {
    vm.errno.value = 9;
    if (!io && vm.warns("unopened") && glob) vm.warn(`close() on unopened filehandle ${glob.name}`);
    return "";
  }
  const fine = yield* closeHandle(vm, io);
  io.lines = 0;
  return fine ? 1 : "";
});
define("fileno", "F", (vm, [value]) => {
  const io = ioOf(vm, value);
  return io?.isOpen ? (io.memory ? -1 : io.fd) : undefined;
});
define("eof", "?F", function* (vm, [value]): Run<Value> {
  const io = value === undefined ? vm.glob("main::ARGV").io ?? vm.lastRead : ioOf(vm, value);
  if (!io?.isOpen || !io.reads) return 1;
  try {
    return (yield* io.isAtEnd(vm.sys)) ? 1 : "";
  } catch (error) {
    vm.setErrno(error);
    return 1;
  }
});
define("binmode", "F?S", (vm, [value, layer]) => {
  const io = ioOf(vm, value);
  if (!io) {
    vm.errno.value = 9;
    return undefined;
  }
  layers(io, layer === undefined ? ":raw" : text(layer));
  return 1;
});
define("readline", "?F", function* (vm, [value], want): Run<Value | Value[]> {
  if (value === vm.glob("main::ARGV")) {
    const found = yield* readLinesOfArgv(vm, want === "list");
    return want === "list" ? found : found[0];
  }
  const lines = yield* readLineFrom(vm, handleGlob(vm, value instanceof Scalar ? value.v : value), vm.handleName ?? "FH", want === "list");
  return want === "list" ? lines : lines[0];
});
define("getc", "?F", function* (vm, [value]): Run<Value> {
  const io = value === undefined ? vm.glob("main::STDIN").io : ioOf(vm, value);
  if (!io) return undefined;
  const c = yield* io.readBytes(vm.sys, 1);
  if (c === "") return undefined;
  const code = c.charCodeAt(0);
  const more = io.utf8 && code >= 0xc0 ? yield* io.readBytes(vm.sys, code >= 0xf0 ? 3 : code >= 0xe0 ? 2 : 1) : "";
  return io.decoded(c + more);
});
function* readInto(vm: Vm, args: Value[]): Run<Value> {
  const io = ioOf(vm, args[0]);
  const target = args[1] as Scalar;
  const offset = args[3] === undefined ? 0 : int(args[3]);
  if (!io?.isOpen) {
    vm.errno.value = 9;
    return undefined;
  }
  try {
    vm.reserve(int(args[2]));
    const data = io.decoded(yield* io.readBytes(vm.sys, int(args[2])));
    const before = text(target.v);
    target.v = offset === 0 ? data : before.slice(0, offset).padEnd(offset, "\0") + data;
    return data.length;
  } catch (error) {
    vm.setErrno(error);
    return undefined;
  }
}
define("read", "FVS?S", (vm, args) => readInto(vm, args));
define("sysread", "FVS?S", function* (vm, args): Run<Value> {
  const io = ioOf(vm, args[0]);
  if (!io?.isOpen || io.memory) return yield* readInto(vm, args);
  try {
    const bytes = yield* vm.sys.read(io.fd, int(args[2]));
    const target = args[1] as Scalar;
    const offset = args[3] === undefined ? 0 : int(args[3]);
    let data = "";
    for (const byte of bytes) data += String.fromCharCode(byte);
    target.v = offset === 0 ? data : text(target.v).slice(0, offset).padEnd(offset, "\0") + data;
    return bytes.length;
  } catch (error) {
    vm.setErrno(error);
    return undefined;
  }
});
define("syswrite", "FS?SS", function* (vm, [value, data, length, offset]): Run<Value> {
  const io = ioOf(vm, value);
  if (!io?.isOpen) {
    vm.errno.value = 9;
    return undefined;
  }
  const from = offset === undefined ? 0 : int(offset);
  const chosen = text(data).slice(from, length === undefined ? undefined : from + int(length));
  try {
    io.put(chosen, () => undefined);
    yield* io.flush(vm.sys);
    return chosen.length;
  } catch (error) {
    vm.setErrno(error);
    return undefined;
  }
});
function* seek(vm: Vm, value: Value, position: Value, whence: Value): Run<Value> {
  const io = ioOf(vm, value);
  if (!io?.isOpen) return "";
  try {
    yield* io.flush(vm.sys);
    const from = int(whence);
    if (io.memory) {
      const base = from === 0 ? 0 : from === 1 ? io.memoryAt - (io.input.length - io.inputAt) : text(io.memory.v).length;
      io.memoryAt = Math.max(0, base + num(position));
    } else vm.sys.lseek(io.fd, num(position) - (from === 1 ? io.input.length - io.inputAt : 0), from === 0 ? "set" : from === 1 ? "current" : "end");
    io.input = "";
    io.inputAt = 0;
    io.atEnd = false;
    io.lineWasRead = false;
    return 1;
  } catch (error) {
    vm.setErrno(error);
    return "";
  }
}
define("seek", "FSS", (vm, [value, position, whence]) => seek(vm, value, position, whence));
define("sysseek", "FSS", (vm, [value, position, whence]) => seek(vm, value, position, whence));
define("tell", "?F", (vm, [value]) => (value === undefined ? vm.lastRead : ioOf(vm, value))?.tell(vm.sys) ?? -1);
define("truncate", "FS", function* (vm, [value, length]): Run<Value> {
  try {
    const io = ioOf(vm, value);
    if (io) {
      yield* io.flush(vm.sys);
      vm.sys.ftruncate(io.fd, int(length));
    } else vm.sys.truncate(vm.path(text(value instanceof Scalar ? value.v : value)), int(length));
    return 1;
  } catch (error) {
    vm.setErrno(error);
    return undefined;
  }
});
define("flock", "FS", function* (vm, [value, operation]): Run<Value> {
  const io = ioOf(vm, value);
  const wanted = int(operation);
  if (!io?.isOpen) {
    vm.errno.value = 9;
    return undefined;
  }
  try {
    yield* io.flush(vm.sys);
    yield* vm.sys.flock(io.fd, wanted & 8 ? "unlock" : wanted & 2 ? "exclusive" : "shared", (wanted & 4) !== 0);
    return 1;
  } catch (error) {
    vm.setErrno(error);
    return "";
  }
});
define("select", "?FSSS", function* (vm, args): Run<Value> {
  if (args.length === 4) {
    const timeout = args[3];
    yield* vm.flushAll();
    if (timeout !== undefined) yield* vm.sys.sleep(Math.max(0, Math.round(num(timeout) * 1e6)));
    return 0;
  }
  const before = vm.selectedGlob ?? vm.glob("main::STDOUT");
  if (args.length === 1) {
    const glob = handleGlob(vm, args[0] instanceof Scalar ? args[0].v : args[0]);
    if (glob?.io) {
      vm.selected = glob.io;
      vm.selectedGlob = glob;
    }
  }
  return before.name.startsWith("$") ? before : `${before.fullName}`;
});
define("sysopen", "FSS?S", function* (vm, [target, name, flags, mode]): Run<Value> {
  const glob = targetGlob(vm, target);
  try {
    const fd = yield* vm.sys.open(vm.path(text(name)), int(flags), mode === undefined ? 0o666 : int(mode));
    const access = int(flags) & 3;
    glob.io = new Handle(fd, glob.name, access !== 1, access !== 0);
    if (access !== 0) vm.handles.add(glob.io);
    return 1;
  } catch (error) {
    vm.setErrno(error);
    return undefined;
  }
});
define("pipe", "FF", (vm, [reader, writer]) => {
  try {
    const [from, to] = vm.sys.pipe();
    const first = targetGlob(vm, reader);
    first.io = new Handle(from, first.name, true, false);
    const second = targetGlob(vm, writer);
    second.io = new Handle(to, second.name, false, true);
    vm.handles.add(second.io);
    return 1;
  } catch (error) {
    vm.setErrno(error);
    return undefined;
  }
});

// ---- directories

define("opendir", "FS", (vm, [target, name]) => {
  const glob = targetGlob(vm, target);
  try {
    const path = vm.path(text(name));
    const names = vm.sys.readdir(path).map((entry) => latin1OfText(entry.name));
    const io = new Handle(-1, glob.name, false, false);
    io.entries = [".", "..", ...names];
    io.path = path;
    glob.io = io;
    return 1;
  } catch (error) {
    vm.setErrno(error);
    return "";
  }
});
define("readdir", "F", (vm, [value], want) => {
  const io = ioOf(vm, value);
  if (!io?.entries) {
    if (vm.warns()) vm.warn(`readdir() attempted on invalid dirhandle ${vm.handleName ?? ""}`.trimEnd());
    vm.errno.value = 9;
    return want === "list" ? [] : undefined;
  }
  if (want === "list") {
    const rest = io.entries.slice(io.entryAt);
    io.entryAt = io.entries.length;
    return rest;
  }
  return io.entries[io.entryAt++];
});
define("rewinddir", "F", (vm, [value]) => {
  const io = ioOf(vm, value);
  if (io) io.entryAt = 0;
  return 1;
});
define("closedir", "F", (vm, [value]) => {
  const io = ioOf(vm, value);
  if (!io?.entries) {
    vm.errno.value = 9;
    return "";
  }
  io.entries = undefined;
  io.isOpen = false;
  return 1;
});

// ---- names

/** Calls for each; counts those that went well. */
function each(vm: Vm, names: readonly Value[], call: (path: string) => void): number {
  let count = 0;
  for (const name of names) {
    try {
      call(vm.path(text(name)));
      count++;
    } catch (error) {
      vm.setErrno(error);
    }
  }
  return count;
}

function attempt(vm: Vm, call: () => void): Value {
  vm.flushFilesNow();
  try {
    call();
    return 1;
  } catch (error) {
    vm.setErrno(error);
    return "";
  }
}

define("unlink", "L", (vm, names) => each(vm, names, (path) => vm.sys.unlink(path)));
define("mkdir", "S?S", (vm, [name, mode]) => attempt(vm, () => vm.sys.mkdir(vm.path(text(name)).replace(/(?<=.)\/+$/, ""), mode === undefined ? 0o777 : int(mode))));
define("rmdir", "S", (vm, [name]) => attempt(vm, () => vm.sys.rmdir(vm.path(text(name)))));
define("rename", "SS", (vm, [from, to]) => attempt(vm, () => vm.sys.rename(vm.path(text(from)), vm.path(text(to)))));
define("link", "SS", (vm, [from, to]) => attempt(vm, () => vm.sys.link(vm.path(text(from)), vm.path(text(to)))));
define("symlink", "SS", (vm, [from, to]) => attempt(vm, () => vm.sys.symlink(vm.path(text(from)), vm.path(text(to)))));
define("readlink", "S", (vm, [name]) => {
  try {
    return latin1OfText(vm.sys.readlink(vm.path(text(name))));
  } catch (error) {
    vm.setErrno(error);
    return undefined;
  }
});
define("chmod", "SL", (vm, [mode, ...names]) => each(vm, names, (path) => vm.sys.chmod(path, int(mode) & 0o7777)));
define("chown", "SSL", (vm, [uid, gid, ...names]) => each(vm, names, (path) => vm.sys.chown(path, int(uid), int(gid))));
define("utime", "SSL", (vm, [atime, mtime, ...names]) => each(vm, names, (path) => vm.sys.utimes(path, atime === undefined ? "now" : num(atime) * 1e6, mtime === undefined ? "now" : num(mtime) * 1e6)));
define("chdir", "?S", (vm, [name]) => attempt(vm, () => vm.sys.chdir(name === undefined ? vm.sys.environment.get("HOME") ?? "/" : vm.path(text(name)))));
define("chroot", "S", (vm, [name]) => attempt(vm, () => vm.sys.chroot(vm.path(text(name)))));
define("umask", "?S", (vm, [mask]) => {
  if (mask !== undefined) return vm.sys.umask(int(mask));
  const now = vm.sys.umask(0o22);
  vm.sys.umask(now);
  return now;
});
