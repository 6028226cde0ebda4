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
  summary: "encode data as text in a base of your choice, or decode such text",
  synopsis: ["[OPTION]... [FILE]"],
  options: {
    base64: flag(["--base64"], "encode as the base64 command does"),
    base64url: flag(["--base64url"], "base64 with - and _, for file names and URLs"),
    base32: flag(["--base32"], "encode as the base32 command does"),
    base32hex: flag(["--base32hex"], "base32 with the digits 0-9 and A-V"),
    base16: flag(["--base16"], "two hexadecimal digits per byte"),
    base2msbf: flag(["--base2msbf"], "eight digits 0 or 1 per byte, the most significant bit first"),
    base2lsbf: flag(["--base2lsbf"], "eight digits 0 or 1 per byte, the least significant bit first"),
    decode: flag(["-d", "--decode"], "decode data"),
    ignoreGarbage: flag(["-i", "--ignore-garbage"], "with -d, skip characters outside the alphabet"),
    wrap: text(["-w", "--wrap"], "COLS", "break encoded lines after COLS characters (76); 0 makes one long line"),
    z85: flag(["--z85"], "Z85, the base 85 of ZeroMQ; needs a multiple of 4 bytes (of 5 characters with -d)"),
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
