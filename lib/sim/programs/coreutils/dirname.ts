import { type Io, flag, gnu } from "../kit/gnu.ts";
import { directoryOf } from "../kit/paths.ts";

export default gnu({
  name: "dirname",
  summary: "print the directory part of file names, without what follows the last slash",
  synopsis: ["[OPTION] NAME..."],
  options: { zero: flag(["-z", "--zero"], "finish each line with NUL instead of a newline") },
  operands: "files",
  seeAlso: ["basename(1)", "readlink(1)"],
  *run({ options, operands }, io: Io) {
    if (operands.length === 0) io.usage("missing operand");
    for (const name of operands) yield* io.out.print(directoryOf(name) + (options.zero ? "\0" : "\n"));
  },
});
