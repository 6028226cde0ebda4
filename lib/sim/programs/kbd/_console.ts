// A descriptor of a virtual console (getfd of kbd): the one that was named, or the first of those that are always tried.

import { type Blocking, O, type Sys, SysError } from "../../kernel/sys.ts";
import { type GnuDeclaration, gnu, type Io } from "../kit/gnu.ts";
import { Exit } from "../kit/io.ts";
import type { Command } from "../kit/command.ts";
import type { Options } from "../kit/option.ts";

const TRIED = ["/proc/self/fd/0", "/dev/tty", "/dev/tty0", "/dev/console"];

/** What the kernel's ioctl answers, where the descriptor is of a virtual console. */
export function ask(sys: Sys, fd: number, request: string, argument?: unknown): unknown {
  return sys.ioctl(fd, request, argument);
}

function isConsole(sys: Sys, fd: number): boolean {
  try {
    return ask(sys, fd, "KDGKBTYPE") === 2;
  } catch (error) {
    if (error instanceof SysError) return false;
    throw error;
  }
}

function* tryOpen(sys: Sys, path: string): Blocking<number | undefined> {
  for (const flags of [O.RDWR, O.WRONLY, O.RDONLY]) {
    try {
      const fd = yield* sys.open(path, flags | O.NOCTTY);
      if (isConsole(sys, fd)) return fd;
      sys.close(fd);
      return undefined;
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      if (error.errno !== "EACCES" && error.errno !== "ENXIO") return undefined;
    }
  }
  return undefined;
}

export function* openConsole(sys: Sys, io: Io, named?: string): Blocking<number> {
  if (named !== undefined) {
    const fd = yield* tryOpen(sys, named);
    if (fd !== undefined) return fd;
    yield* io.stderr(`Couldn't open ${named}\n`);
    throw new Exit(1);
  }
  for (const path of TRIED) {
    const fd = yield* tryOpen(sys, path);
    if (fd !== undefined) return fd;
  }
  for (const fd of [0, 1, 2]) if (sys.descriptors().includes(fd) && isConsole(sys, fd)) return fd;
  yield* io.stderr("Couldn't get a file descriptor referring to the console.\n");
  throw new Exit(1);
}

/** A command of kbd 2.5.1: its --version, its exit status for a wrong use (EX_USAGE of sysexits.h). */
export function kbdCommand<const O extends Options>(spec: GnuDeclaration<O>): Command {
  return gnu({ helpLetter: "h", versionLetter: "V", versionText: `${spec.name} from kbd 2.5.1\n`, usageShowsHelp: true, usageStatus: 64, ...spec });
}

export const isNumber = (word: string): boolean => /^\d+$/.test(word);
