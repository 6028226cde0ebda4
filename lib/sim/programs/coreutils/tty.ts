import { SysError } from "../../kernel/sys.ts";
import { type Io, flag, gnu } from "../kit/gnu.ts";

export default gnu({
  name: "tty",
  summary: "print the terminal's name, if standard input is one",
  synopsis: ["[OPTION]..."],
  options: { silent: flag(["-s", "--silent", "--quiet"], "print nothing; the exit status tells whether it is a terminal") },
  usageStatus: 2,
  operands: "none",
  *run({ options, operands, sys }, io: Io) {
    if (operands[0] !== undefined) io.usage(`extra operand ${io.quote(operands[0])}`);
    if (options.silent) return sys.isatty(0) ? 0 : 1;
    try {
      io.out.put(sys.ttyname(0) + "\n");
      return 0;
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      io.say("not a tty\n");
      return 1;
    }
  },
});
