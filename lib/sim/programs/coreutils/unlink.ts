import { type Io, gnu, reason } from "../kit/gnu.ts";

export default gnu({
  name: "unlink",
  summary: "remove a file, in one system call (unlink)",
  synopsis: ["FILE"],
  options: {},
  operands: "files",
  seeAlso: ["rm(1)", "unlink(2)"],
  *run({ operands, sys }, io: Io) {
    const [name, extra] = operands;
    if (name === undefined) io.usage("missing operand");
    if (extra !== undefined) io.usage(`extra operand ${io.quote(extra)}`);
    try {
      sys.unlink(name);
    } catch (error) {
      io.die(`cannot unlink ${io.quoteName(name)}: ${reason(error)}`);
    }
  },
});
