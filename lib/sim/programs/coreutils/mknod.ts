import { S } from "../../kernel/sys.ts";
import { type Io, flag, gnu, optionalText, reason, text } from "../kit/gnu.ts";
import { nodeMode } from "./mkfifo.ts";

export default gnu({
  name: "mknod",
  summary: "make device files (block or character) and FIFOs",
  synopsis: ["[OPTION]... NAME TYPE [MAJOR MINOR]"],
  description: ["TYPE: b is a block device, c or u a character device, each with its MAJOR and MINOR number; p is a FIFO, without numbers. 0x introduces hexadecimal, 0 octal."],
  options: {
    mode: text(["-m", "--mode"], "MODE", "MODE in the manner of chmod, instead of 666 minus the umask"),
    context: flag(["-Z"], "label it with the default SELinux type; without SELinux nothing happens"),
    contextValue: optionalText(["--context"], "CTX", "as -Z, or label it with CTX"),
  },
  operands: "files",
  seeAlso: ["mkfifo(1)", "mknod(2)"],
  *run({ options, operands, sys }, io: Io) {
    const mode = nodeMode(options.mode, sys.umask.bind(sys), io);
    if (options.contextValue !== undefined && options.contextValue !== true) yield* io.warn("warning: ignoring --context; it requires an SELinux/SMACK-enabled kernel");
    const [name, type, major, minor, extra] = operands;
    const letter = type?.charAt(0);
    const expected = letter === "p" ? 2 : 4;
    if (name === undefined) io.usage("missing operand");
    if (operands.length < expected) {
      const last = operands.at(-1) ?? "";
      if (expected === 4 && operands.length === 2) {
        yield* io.warn(`missing operand after ${io.quote(last)}`);
        yield* io.stderr("Special files require major and minor device numbers.\n");
        io.usage();
      }
      io.usage(`missing operand after ${io.quote(last)}`);
    }
    const surplus = expected === 2 ? major : extra;
    if (surplus !== undefined) {
      yield* io.warn(`extra operand ${io.quote(surplus)}`);
      if (expected === 2 && operands.length === 4) yield* io.stderr("Fifos do not have major and minor device numbers.\n");
      io.usage();
    }
    try {
      if (letter === "p") sys.mknod(name, S.IFIFO | 0o666);
      else if (letter === "b" || letter === "c" || letter === "u") {
        const majorNumber = deviceNumber(major ?? "");
        const minorNumber = deviceNumber(minor ?? "");
        if (majorNumber === undefined) io.die(`invalid major device number ${io.quote(major ?? "")}`);
        if (minorNumber === undefined) io.die(`invalid minor device number ${io.quote(minor ?? "")}`);
        sys.mknod(name, (letter === "b" ? S.IFBLK : S.IFCHR) | 0o666, majorNumber * 256 + minorNumber);
      } else io.usage(`invalid device type ${io.quote(type ?? "")}`);
    } catch (error) {
      io.die(`${io.quoteFile(name)}: ${reason(error)}`);
    }
    if (mode !== undefined) sys.chmod(name, mode);
  },
});

function deviceNumber(text: string): number | undefined {
  if (/^0[xX][0-9a-fA-F]+$/.test(text)) return Number.parseInt(text, 16);
  if (/^0[0-7]*$/.test(text)) return Number.parseInt(text, 8);
  return /^\d+$/.test(text) && Number(text) < 2 ** 32 ? Number(text) : undefined;
}
