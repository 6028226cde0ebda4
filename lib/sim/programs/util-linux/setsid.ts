import { SysError } from "../../kernel/sys.ts";
import { execSearching } from "../kit/exec-path.ts";
import { type Io, flag, utilLinux } from "../kit/util-linux.ts";

export default utilLinux({
  name: "setsid", summary: "start a program at the head of a session of its own", synopsis: ["[options] <program> [arguments ...]"],
  options: { ctty: flag(["-c", "--ctty"], "the new session keeps the terminal"), fork: flag(["-f", "--fork"], "start a child in any case"), wait: flag(["-w", "--wait"], "end when the program ends, with its exit status") },
  parsing: { stopAtOperand: true }, operands: "commands",
  *run({ options, operands, sys }, io: Io) {
    const [command] = operands;
    if (command === undefined) io.usage("no command specified");
    const main = function* (self: typeof sys) {
      self.setsid();
      if (options.ctty) {
        try {
          self.setControllingTerminal(0);
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          yield* io.warn(`failed to set the controlling terminal: ${error.message}`);
          return 1;
        }
      }
      const error = yield* execSearching(self, command, operands);
      yield* io.warn(`failed to execute ${command}: ${error.message}`);
      return error.errno === "ENOENT" ? 127 : 126;
    };
    if (!options.fork && sys.getpgid() !== sys.getpid()) return yield* main(sys);
    const pid = sys.fork(main);
    if (!options.wait) return 0;
    const waited = yield* sys.waitpid(pid);
    return waited?.status.kind === "exited" ? waited.status.status : waited?.status.kind === "signaled" ? 128 + waited.status.signal : 1;
  },
});
