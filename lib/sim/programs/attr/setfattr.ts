import { SysError, encode } from "../../kernel/sys.ts";
import { type Io, flag, gnu, text } from "../kit/gnu.ts";

/** "text", 0x68656c6c6f or 0saGVsbG8= */
function value(word: string): Uint8Array | undefined {
  if (/^0x(?:[0-9a-f]{2})*$/i.test(word)) return Uint8Array.from({ length: (word.length - 2) / 2 }, (_, index) => Number.parseInt(word.slice(2 + index * 2, 4 + index * 2), 16));
  if (/^0s/i.test(word)) {
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const digits = [...word.slice(2).replace(/=+$/, "")].map((char) => alphabet.indexOf(char));
    if (digits.includes(-1)) return undefined;
    const bytes: number[] = [];
    for (let at = 0; at + 1 < digits.length; at += 4) {
      const [a = 0, b = 0, c, d] = digits.slice(at, at + 4);
      bytes.push((a << 2) | (b >> 4));
      if (c !== undefined) bytes.push(((b & 15) << 4) | (c >> 2));
      if (c !== undefined && d !== undefined) bytes.push(((c & 3) << 6) | d);
    }
    return Uint8Array.from(bytes);
  }
  return encode(word.replace(/^"([^]*)"$/, "$1").replace(/\\(\d{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8))));
}

export default gnu({
  name: "setfattr", path: "/usr/bin/setfattr", versionText: "setfattr 2.5.1\n", usageStatus: 2, summary: "give files extended attributes, or take them away", synopsis: ["{-n name} [-v value] [-h] file...", "{-x name} [-h] file..."],
  options: { name: text(["-n", "--name"], "name", "the attribute to write, by its name"), value: text(["-v", "--value"], "value", "what the attribute will hold (as text, 0x hex or 0s base64)"), remove: text(["-x", "--remove"], "name", "the attribute to delete, by its name"), noDereference: flag(["-h", "--no-dereference"], "a symbolic link itself, not its target") },
  operands: "files",
  *run({ options, operands, sys }, io: Io) {
    const name = options.name ?? options.remove;
    if (name === undefined || operands.length === 0) {
      yield* io.stderr("Usage: setfattr {-n name} [-v value] [-h] file...\n       setfattr {-x name} [-h] file...\nTry `setfattr --help' for more information.\n");
      return 2;
    }
    const bytes = value(options.value ?? "");
    if (bytes === undefined) io.die("bad input encoding");
    for (const path of operands) {
      try {
        if (options.remove !== undefined) sys.removexattr(path, name, !options.noDereference);
        else sys.setxattr(path, name, bytes, !options.noDereference);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        io.status = 1;
        yield* io.stderr(`setfattr: ${path}: ${error.errno === "ENODATA" ? "No such attribute" : error.message}\n`);
      }
    }
    return undefined;
  },
});
