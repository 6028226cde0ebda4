import { O, SIGNALS, SysError } from "../../kernel/sys.ts";
import { execSearching } from "../kit/exec-path.ts";
import { type Io, gnu } from "../kit/gnu.ts";
import { joinPath } from "../kit/paths.ts";

export default gnu({
  name: "nohup",
  summary: "run a command that goes on when the terminal is gone (hangup)",
  synopsis: ["COMMAND [ARG]..."],
  description: ["Standard output and standard error, if they are a terminal, are appended to nohup.out instead, or to $HOME/nohup.out if that cannot be written. From a terminal nothing can be read."],
  options: {},
  parsing: { stopAtOperand: true },
  usageStatus: 125,
  failureStatus: 125,
  operands: "commands",
  *run({ operands, sys }, io: Io) {
    const failure = sys.environment.has("POSIXLY_CORRECT") ? 127 : 125;
    const [command] = operands;
    if (command === undefined) io.usage("missing operand");
    const ignoringInput = sys.isatty(0);
    const redirectingOutput = sys.isatty(1);
    const redirectingErrors = sys.isatty(2);
    if (ignoringInput) {
      sys.dup2(yield* sys.open("/dev/null", O.WRONLY), 0);
      if (!redirectingOutput && !redirectingErrors) yield* io.warn("ignoring input");
    }
    let target = 1;
    if (redirectingOutput || (redirectingErrors && !sys.descriptors().includes(1))) {
      const flags = O.WRONLY | O.CREAT | O.APPEND;
      let name = "nohup.out";
      let fd = -1;
      try {
        fd = yield* sys.open(name, flags, 0o600);
      } catch (first) {
        if (!(first instanceof SysError)) throw first;
        const home = sys.environment.get("HOME");
        const second = home === undefined ? undefined : joinPath(home, "nohup.out");
        try {
          if (second !== undefined) fd = yield* sys.open(second, flags, 0o600);
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          yield* io.warn(`failed to open ${io.quoteName(name)}: ${first.message}`);
          yield* io.warn(`failed to open ${io.quoteName(second ?? "")}: ${error.message}`);
          return failure;
        }
        if (second === undefined) {
          yield* io.warn(`failed to open ${io.quoteName(name)}: ${first.message}`);
          return failure;
        }
        name = second;
      }
      yield* io.warn(ignoringInput ? `ignoring input and appending output to ${io.quoteName(name)}` : `appending output to ${io.quoteName(name)}`);
      target = fd;
      if (redirectingOutput) {
        sys.dup2(fd, 1);
        sys.close(fd);
        target = 1;
      }
    }
    let savedErrors = 2;
    if (redirectingErrors) {
      if (!redirectingOutput) yield* io.warn(ignoringInput ? "ignoring input and redirecting stderr to stdout" : "redirecting stderr to stdout");
      savedErrors = sys.dup(2, 3);
      sys.setCloexec(savedErrors, true);
      sys.dup2(target, 2);
    }
    sys.sigaction(SIGNALS.HUP, "ignore");
    const error = yield* execSearching(sys, command, operands);
    if (redirectingErrors) sys.dup2(savedErrors, 2);
    yield* io.warn(`failed to run command ${io.quoteName(command)}: ${error.message}`);
    return error.errno === "ENOENT" ? 127 : 126;
  },
});
