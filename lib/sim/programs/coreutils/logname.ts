import { type Io, gnu } from "../kit/gnu.ts";
import { loginName } from "../kit/utmp.ts";

export default gnu({
  name: "logname",
  summary: "print the name that you logged in with (login name)",
  synopsis: ["[OPTION]"],
  options: {},
  operands: "none",
  seeAlso: ["whoami(1)", "getlogin(3)"],
  *run({ operands, sys }, io: Io) {
    if (operands[0] !== undefined) io.usage(`extra operand ${io.quote(operands[0])}`);
    const name = yield* loginName(sys);
    if (name === undefined) io.die("no login name");
    io.out.put(name + "\n");
  },
});
