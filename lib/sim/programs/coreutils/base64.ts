import { type Io, flag, gnu, reason, text } from "../kit/gnu.ts";
import type { Input } from "../kit/input.ts";
import { base64, decodeStream, encodeStream, wrapColumns } from "./_base-encoding.ts";

export default gnu({
  name: "base64",
  summary: "base64 encode or decode data and print to standard output",
  synopsis: ["[OPTION]... [FILE]"],
  options: {
    decode: flag(["-d", "--decode"], "decode data"),
    ignoreGarbage: flag(["-i", "--ignore-garbage"], "when decoding, ignore non-alphabet characters"),
    wrap: text(["-w", "--wrap"], "COLS", "wrap encoded lines after COLS characters (76); 0 disables line wrapping"),
  },
  operands: "files",
  seeAlso: ["basenc(1)"],
  *run({ options, operands }, io: Io) {
    const wrap = wrapColumns(options.wrap, 76, io);
    if (operands[1] !== undefined) io.usage(`extra operand ${io.quote(operands[1])}`);
    const name = operands[0] ?? "-";
    let input: Input;
    try {
      input = yield* io.open(name);
    } catch (error) {
      io.die(`${io.quoteFile(name)}: ${reason(error)}`);
    }
    try {
      if (options.decode) yield* decodeStream(input, base64, options.ignoreGarbage, io);
      else yield* encodeStream(input, base64, wrap, io);
    } catch (error) {
      if (error instanceof Error && error.message === "Is a directory") io.die("read error: Is a directory");
      throw error;
    }
  },
});
