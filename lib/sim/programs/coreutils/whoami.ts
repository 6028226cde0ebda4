import { Accounts } from "../kit/accounts.ts";
import { type Io, gnu } from "../kit/gnu.ts";

export default gnu({
  name: "whoami",
  summary: "print who you are now: the name of the effective user",
  synopsis: ["[OPTION]..."],
  options: {},
  operands: "none",
  seeAlso: ["id(1)", "logname(1)"],
  *run({ operands, sys }, io: Io) {
    if (operands[0] !== undefined) io.usage(`extra operand ${io.quote(operands[0])}`);
    const { euid } = sys.getcred();
    const user = (yield* Accounts.read(sys)).userById(euid);
    if (!user) io.die(`cannot find name for user ID ${euid}`);
    io.out.put(user.name + "\n");
  },
});
