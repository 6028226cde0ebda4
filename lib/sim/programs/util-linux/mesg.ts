import { SysError } from "../../kernel/sys.ts";
import { type Io, flag, utilLinux } from "../kit/util-linux.ts";

export default utilLinux({
  name: "mesg", summary: "show or set whether others may write to this terminal (messages)", synopsis: ["[options] [y | n]"], usageStatus: 2, failureStatus: 2, exitStatuses: [["0", "messages are allowed"], ["1", "messages are not allowed"], ["2", "an error"]],
  options: { verbose: flag(["-v", "--verbose"], "tell each step") },
  *run({ options, operands, sys }, io: Io) {
    const fd = [2, 1, 0].find((one) => {
      try {
        return sys.isatty(one);
      } catch (error) {
        if (error instanceof SysError) return false;
        throw error;
      }
    });
    if (fd === undefined) {
      if (options.verbose) yield* io.warn("no tty");
      return 2;
    }
    const path = sys.ttyname(fd);
    const { mode } = sys.stat(path);
    const [word] = operands;
    if (word === undefined) {
      io.say((mode & 0o020) !== 0 ? "is y\n" : "is n\n");
      return (mode & 0o020) !== 0 ? 0 : 1;
    }
    if (!/^[yn]/.test(word)) {
      yield* io.warn(`invalid argument: ${word}`);
      yield* io.stderr(`Try '${io.argv0} --help' for more information.\n`);
      return 2;
    }
    try {
      sys.chmod(path, word.startsWith("y") ? (mode & 0o7777) | 0o020 : mode & 0o7777 & ~0o022);
    } catch (error) {
      if (error instanceof SysError) io.die(`change ${path} mode failed: ${error.message}`);
      throw error;
    }
    if (options.verbose) io.say(word.startsWith("y") ? "write access to your terminal is allowed\n" : "write access to your terminal is denied\n");
    return word.startsWith("y") ? 0 : 1;
  },
});
