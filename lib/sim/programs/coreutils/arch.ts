import { type Io, gnu } from "../kit/gnu.ts";

export default gnu({
  name: "arch",
  summary: "print the machine's hardware name",
  synopsis: ["[OPTION]..."],
  options: {},
  operands: "none",
  seeAlso: ["uname(1)"],
  *run({ operands, sys }, io: Io) {
    if (operands[0] !== undefined) io.usage(`extra operand ${io.quote(operands[0])}`);
    io.out.put(sys.uname().machine + "\n");
  },
});
