import { type Io, flag, gnu, reason, text } from "../kit/gnu.ts";
import type { Input } from "../kit/input.ts";
import { BASE64_ALPHABET, base2, base32, base64, bitEncoding, decodeStream, encodeStream, wrapColumns, z85 } from "./_base-encoding.ts";

const ENCODINGS = new Map([
  ["base64", base64], ["base64url", bitEncoding(BASE64_ALPHABET.replace("+/", "-_"), 6, 4, true)], ["base32", base32],
  ["base32hex", bitEncoding("0123456789ABCDEFGHIJKLMNOPQRSTUV", 5, 8, true)], ["base16", bitEncoding("0123456789ABCDEF", 4, 2, false)],
  ["base2msbf", base2(false)], ["base2lsbf", base2(true)], ["z85", z85],
]);

export default gnu({
  name: "basenc",
  summary: "encode or decode data and print to standard output",
  synopsis: ["[OPTION]... [FILE]"],
  options: {
    base64: flag(["--base64"], "same as the base64 program"),
    base64url: flag(["--base64url"], "file- and url-safe base64"),
    base32: flag(["--base32"], "same as the base32 program"),
    base32hex: flag(["--base32hex"], "extended hex alphabet base32"),
    base16: flag(["--base16"], "hex encoding"),
    base2msbf: flag(["--base2msbf"], "bit string with most significant bit first"),
    base2lsbf: flag(["--base2lsbf"], "bit string with least significant bit first"),
    decode: flag(["-d", "--decode"], "decode data"),
    ignoreGarbage: flag(["-i", "--ignore-garbage"], "when decoding, ignore non-alphabet characters"),
    wrap: text(["-w", "--wrap"], "COLS", "wrap encoded lines after COLS characters (76); 0 disables line wrapping"),
    z85: flag(["--z85"], "ascii85-like encoding of ZeroMQ"),
  },
  operands: "files",
  *run({ options, operands, given }, io: Io) {
    const encoding = ENCODINGS.get(given.findLast((one) => ENCODINGS.has(one.option))?.option ?? "");
    const wrap = wrapColumns(options.wrap, 76, io);
    if (!encoding) io.usage("missing encoding type");
    if (operands[1] !== undefined) io.usage(`extra operand ${io.quote(operands[1])}`);
    const name = operands[0] ?? "-";
    let input: Input;
    try {
      input = yield* io.open(name);
    } catch (error) {
      io.die(`${io.quoteFile(name)}: ${reason(error)}`);
    }
    if (options.decode) yield* decodeStream(input, encoding, options.ignoreGarbage, io);
    else yield* encodeStream(input, encoding, wrap, io);
  },
});
