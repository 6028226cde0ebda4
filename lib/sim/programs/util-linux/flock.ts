import { O, SIGNALS, SysError } from "../../kernel/sys.ts";
import { execSearching } from "../kit/exec-path.ts";
import { type Io, flag, text, utilLinux } from "../kit/util-linux.ts";

export default utilLinux({
  name: "flock", summary: "run a command while a file lock is held", synopsis: ["[options] <file>|<directory> <command> [<argument>...]", "[options] <file>|<directory> -c <command>", "[options] <file descriptor number>"],
  options: {
    shared: flag(["-s", "--shared"], "others may have a shared lock as well"), exclusive: flag(["-x", "-e", "--exclusive"], "nobody else may have a lock (the default)"), unlock: flag(["-u", "--unlock"], "give the lock back"), nonblock: flag(["-n", "--nb", "--nonblock"], "give up at once if the lock is taken"), timeout: text(["-w", "--wait", "--timeout"], "secs", "give up after so many seconds"),
    conflict: text(["-E", "--conflict-exit-code"], "number", "the exit code for having given up"), close: flag(["-o", "--close"], "the command does not inherit the lock's descriptor"), command: text(["-c", "--command"], "command", "a command line that the shell reads"), noFork: flag(["-F", "--no-fork"], "become the command, without a child process"), verbose: flag(["--verbose"], "tell each step"),
  },
  parsing: { stopAtOperand: true }, operands: "files",
  *run({ options, operands, sys }, io: Io) {
    const conflict = Number(options.conflict ?? 1);
    const operation = options.unlock ? "unlock" : options.shared ? "shared" : "exclusive";
    const [file, ...rest] = operands;
    let command = [...rest];
    if (rest[0] === "-c" || rest[0] === "--command") command = [sys.environment.get("SHELL") || "/bin/sh", "-c", rest[1] ?? ""];
    if (file === undefined) io.usage("not enough arguments");
    let fd: number;
    if (command.length === 0 && /^\d+$/.test(file)) fd = Number(file);
    else if (command.length === 0) io.die(`bad file descriptor: '${file}'`, 64);
    else {
      try {
        fd = yield* sys.open(file, O.RDONLY | O.CREAT | O.NOCTTY, 0o666);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        if (error.errno !== "EISDIR") io.die(`cannot open lock file ${file}: ${error.message}`, 66);
        fd = yield* sys.open(file, O.RDONLY);
      }
    }
    if (options.timeout !== undefined) {
      sys.sigaction(SIGNALS.ALRM, "catch");
      sys.alarm(Number(options.timeout) * 1e6);
    }
    try {
      yield* sys.flock(fd, operation, options.nonblock);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      if (error.errno === "EAGAIN" || error.errno === "EINTR") {
        if (options.verbose) yield* io.warn(error.errno === "EINTR" ? "timeout while waiting to get lock" : "failed to get lock");
        return conflict;
      }
      io.die(`${file}: ${error.message}`);
    }
    sys.alarm(0);
    if (command.length === 0) return 0;
    const name = command[0] ?? "";
    const pid = sys.fork(function* (child) {
      if (options.close) child.close(fd);
      const error = yield* execSearching(child, name, command);
      yield* io.warn(`failed to execute ${name}: ${error.message}`);
      return 69;
    });
    const waited = yield* sys.waitpid(pid);
    return waited?.status.kind === "exited" ? waited.status.status : waited?.status.kind === "signaled" ? 128 + waited.status.signal : 1;
  },
});
