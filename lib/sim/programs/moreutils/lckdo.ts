// lckdo: a command under a lock on a file.

import { type Blocking, encode, O, SIGNALS, strsignal, SysError } from "../../kernel/sys.ts";
import { execSearching } from "../kit/exec-path.ts";
import { flag, gnu, type Io, text } from "../kit/gnu.ts";
import { readTextFile } from "../kit/accounts.ts";
import { waitFor } from "../kit/shell-command.ts";

const STATUS = { usage: 64, system: 71, create: 73, temporary: 75 } as const;

export default gnu({
  name: "lckdo", summary: "run a program while a lock file is held", synopsis: ["[OPTION]... LOCKFILE PROGRAM [ARG]..."], withoutVersion: true,
  options: {
    waits: flag(["-w"], "wait for who has the lock"), waitsFor: text(["-W"], "SEC", "wait no longer than SEC seconds"), direct: flag(["-e"], "become the program, which keeps the lock's descriptor"), descriptor: text(["-E"], "NUM", "the same, with that number of the descriptor"),
    existing: flag(["-n"], "do not make the lock file"), quiet: flag(["-q"], "no message where the lock is taken"), shared: flag(["-s"], "others may have a shared lock as well"), exclusive: flag(["-x"], "nobody else may have a lock (the default)"), test: flag(["-t"], "only tell who has the lock"),
  },
  operands: "files", parsing: { stopAtOperand: true }, usageStatus: STATUS.usage, tryLine: () => "",
  exitStatuses: [["71", "the program cannot be run, or a signal ended it"], ["73", "the lock file cannot be made"], ["75", "somebody else has the lock"]],
  *run({ options, operands, sys, argv0 }, io: Io) {
    const [file, ...command] = operands;
    if (file === undefined) {
      io.out.put(`${argv0}: execute a program with a lock set.\nUsage: ${argv0} [options] lockfile program [arguments]\n`);
      return 0;
    }
    const seconds = options.waitsFor === undefined ? undefined : /^[1-9]\d*$/.test(options.waitsFor) ? Number(options.waitsFor) : io.die(`invalid wait time \`${options.waitsFor}'`, STATUS.usage);
    const kept = options.descriptor === undefined ? undefined : /^\d+$/.test(options.descriptor) ? Number(options.descriptor) : io.die(`invalid fd# \`${options.descriptor}'`, STATUS.usage);
    if (command.length === 0 && !options.test) io.die("too few arguments given", STATUS.usage);
    let fd = 0;
    try {
      fd = yield* sys.open(file, O.RDWR | (options.existing || options.test ? 0 : O.CREAT), 0o666);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      if (options.test && error.errno === "ENOENT") {
        if (!options.quiet) io.out.put(`lockfile \`${file}' is not locked\n`);
        return 0;
      }
      io.die(`unable to open \`${file}': ${error.message}`, STATUS.create);
    }
    const kind = options.shared ? "shared" : "exclusive";
    if (options.test) {
      try {
        yield* sys.flock(fd, kind, true);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        const holder = yield* holderOf(sys.fstat(fd).ino);
        io.out.put(options.quiet ? `${holder}\n` : `lockfile \`${file}' is locked by process ${holder}\n`);
        return STATUS.temporary;
      }
      if (!options.quiet) io.out.put(`lockfile \`${file}' is not locked\n`);
      return 0;
    }
    if (seconds !== undefined) {
      sys.sigaction(SIGNALS.ALRM, "catch");
      sys.alarm(seconds * 1e6);
    }
    try {
      yield* sys.flock(fd, kind, !options.waits && seconds === undefined);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      if (error.errno === "EAGAIN") {
        if (!options.quiet) yield* io.warn(`lockfile \`${file}' is already locked`);
        return STATUS.temporary;
      }
      if (error.errno === "EINTR") {
        if (!options.quiet) yield* io.warn(`lock file \`${file}' is already locked (timeout waiting)`);
        return STATUS.temporary;
      }
      io.die(`unable to lock \`${file}': ${error.message}`, STATUS.system);
    }
    sys.alarm(0);
    const name = command[0] ?? "";
    if (options.direct || kept !== undefined) {
      if (kept !== undefined && kept !== fd) {
        sys.dup2(fd, kept);
        sys.close(fd);
      }
      const failure = yield* execSearching(sys, name, command);
      io.die(`unable to execute ${name}: ${failure.message}`, STATUS.system);
    }
    const pid = sys.fork(function* (child): Blocking<number> {
      child.close(fd);
      const failure = yield* execSearching(child, name, command);
      yield* child.write(2, encode(`${argv0}: unable to execute ${name}: ${failure.message}\n`));
      return STATUS.system;
    });
    const status = yield* waitFor(sys, pid);
    if (status.kind === "exited") return status.status;
    if (status.kind === "signaled") yield* io.warn(`${name}: ${strsignal(status.signal)}`);
    return 70;

    function* holderOf(ino: number) {
      for (const line of ((yield* readTextFile(sys, "/proc/locks")) ?? "").split("\n")) {
        const words = line.trim().split(/\s+/);
        if (words[5]?.endsWith(`:${ino}`) === true) return words[4] ?? "0";
      }
      return "0";
    }
  },
});
