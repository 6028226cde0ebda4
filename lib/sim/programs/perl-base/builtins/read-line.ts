// readline: from a handle, and from the files of the command line (<>).

import { SysError } from "../../../kernel/sys.ts";
import { int, text } from "../values/convert.ts";
import { type Glob, type Run, Scalar, type Value } from "../values/value.ts";
import { Handle } from "../vm/handle.ts";
import type { Vm } from "../vm/vm.ts";

function separatorOf(vm: Vm): string | undefined | number {
  const { v } = vm.inputSeparator;
  if (v === undefined) return undefined;
  if (v instanceof Scalar) return Math.max(1, int(v.v));
  return text(v);
}

/** In list context all lines that are left, else one (or none: an empty list). */
export function* readLineFrom(vm: Vm, glob: Glob | undefined, name: string, list: boolean): Run<Value[]> {
  const io = glob?.io;
  const shown = name.startsWith("$") ? name : glob?.name ?? name;
  if (!io?.isOpen || !io.reads) {
    if (vm.warns(io ? "closed" : "unopened")) {
      if (io?.isOpen) vm.warn(`Filehandle ${shown} opened only for output`);
      else vm.warn(`readline() on ${io ? "closed" : "unopened"} filehandle ${shown}`.trimEnd());
    }
    vm.errno.value = 9;
    return [];
  }
  vm.lastRead = io;
  vm.lastReadName = shown;
  const lines: Value[] = [];
  const separator = separatorOf(vm);
  if (io === vm.glob("main::STDIN").io) yield* vm.flushTerminal();
  try {
    for (;;) {
      const line = yield* io.readLine(vm.sys, separator);
      if (line === undefined) break;
      lines.push(line);
      if (!list) break;
      vm.hold(2 + (line.length >> 5));
      if (vm.budget-- < 0) yield* vm.settle();
    }
    if (separator === undefined && list && lines.length > 0) io.lineWasRead = true;
  } catch (error) {
    if (error instanceof SysError && error.errno === "EINTR") {
      yield* vm.deliverSignals();
      return yield* readLineFrom(vm, glob, name, list);
    }
    vm.setErrno(error);
  }
  return lines;
}

/** <>: the files named in @ARGV one after the other, or standard input. */
export function* readLinesOfArgv(vm: Vm, list: boolean): Run<Value[]> {
  const lines: Value[] = [];
  const argv = vm.glob("main::ARGV");
  for (;;) {
    const io = argv.io;
    if (!io?.isOpen) {
      if (!(yield* nextFile(vm))) {
        if (vm.argvState === "ended") vm.argvState = "new";
        return lines;
      }
      continue;
    }
    vm.lastRead = io;
    vm.lastReadName = "";
    let line: string | undefined;
    try {
      line = yield* io.readLine(vm.sys, separatorOf(vm));
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      vm.setErrno(error);
    }
    if (line === undefined) {
      const counted = io.lines;
      yield* closeArgv(vm);
      vm.argvLines = counted;
      continue;
    }
    vm.argvLines = io.lines;
    lines.push(line);
    if (!list) return lines;
  }
}

export function* closeArgv(vm: Vm): Run<void> {
  const argv = vm.glob("main::ARGV");
  const { io } = argv;
  if (io?.isOpen) {
    io.isOpen = false;
    if (io.fd > 2) vm.sys.close(io.fd);
    vm.handles.delete(io);
  }
  if (vm.inPlaceOutput) {
    yield* vm.inPlaceOutput.flush(vm.sys);
    vm.sys.close(vm.inPlaceOutput.fd);
    vm.inPlaceOutput.isOpen = false;
    vm.handles.delete(vm.inPlaceOutput);
    vm.inPlaceOutput = undefined;
    vm.selected = vm.glob("main::STDOUT").io;
  }
}

function* nextFile(vm: Vm): Run<boolean> {
  const argv = vm.glob("main::ARGV");
  if (vm.argvState === "new") {
    vm.argvLines = 0;
    if (argv.array.items.length === 0) {
      vm.argvState = "ended";
      const stdin = vm.glob("main::STDIN").io;
      argv.scalar.v = "-";
      if (!stdin?.isOpen) return false;
      argv.io = stdin;
      return !stdin.atEnd || stdin.inputAt < stdin.input.length;
    }
    vm.argvState = "reading";
  }
  for (;;) {
    const item = argv.array.items.shift();
    if (!item) {
      vm.argvState = "ended";
      return false;
    }
    const name = text(item.v);
    argv.scalar.v = name;
    if (name === "-") {
      argv.io = vm.glob("main::STDIN").io;
      return true;
    }
    try {
      const path = vm.path(name);
      const stat = vm.sys.stat(path);
      if ((stat.mode & 0o170000) === 0o040000) {
        if (vm.inPlace !== undefined) {
          vm.warnText(`Can't do inplace edit: ${name} is not a regular file${vm.place()}`);
          continue;
        }
      }
      const fd = yield* vm.sys.open(path, 0);
      vm.sys.setCloexec(fd, true);
      const io = new Handle(fd, name, true, false);
      io.lines = vm.argvLines;
      argv.io = io;
      if (vm.inPlace !== undefined) {
        const { mode, uid, gid } = stat;
        if (vm.inPlace !== "") {
          const backup = vm.inPlace.includes("*") ? path.replace(/[^/]*$/, (base) => (vm.inPlace ?? "").replaceAll("*", base)) : `${path}${vm.inPlace}`;
          vm.sys.rename(path, backup);
        } else vm.sys.unlink(path);
        const out = yield* vm.sys.open(path, 0o1 | 0o100 | 0o1000, mode & 0o7777);
        vm.sys.fchmod(out, mode & 0o7777);
        try {
          vm.sys.fchown(out, uid, gid);
        } catch (error) {
          vm.setErrno(error);
        }
        const made = new Handle(out, "ARGVOUT", false, true);
        vm.glob("main::ARGVOUT").io = made;
        vm.handles.add(made);
        vm.inPlaceOutput = made;
        vm.selected = made;
      }
      return true;
    } catch (error) {
      vm.setErrno(error);
      vm.warnText(`Can't open ${name}: ${error instanceof Error || error instanceof SysError ? error.message : ""}${vm.place()}`);
      vm.hadArgvFailure = true;
    }
  }
}
