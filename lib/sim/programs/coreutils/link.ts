import { type Io, gnu, reason } from "../kit/gnu.ts";

export default gnu({
  name: "link",
  summary: "give a file a second name (hard link), in one system call",
  synopsis: ["FILE1 FILE2"],
  options: {},
  operands: "files",
  seeAlso: ["ln(1)", "link(2)"],
  *run({ operands, sys }, io: Io) {
    const [existing, created, extra] = operands;
    if (existing === undefined) io.usage("missing operand");
    if (created === undefined) io.usage(`missing operand after ${io.quote(existing)}`);
    if (extra !== undefined) io.usage(`extra operand ${io.quote(extra)}`);
    try {
      sys.link(existing, created);
    } catch (error) {
      io.die(`cannot create link ${io.quoteName(created)} to ${io.quoteName(existing)}: ${reason(error)}`);
    }
  },
});
