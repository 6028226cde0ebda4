import { O, S } from "../../kernel/sys.ts";
import { type Io, flag, gnu, reason, text } from "../kit/gnu.ts";
import { parseScaled } from "../kit/sizes.ts";

export default gnu({
  name: "truncate",
  summary: "make files shorter or longer: give them a size",
  synopsis: ["OPTION... FILE..."],
  description: ["Missing FILEs are created, unless -c is given. What is added is a hole: it reads as zeros and takes no space.",
    "In front of SIZE: + adds, - takes away, < and > set an upper and a lower limit, / and % round down and up to a multiple."],
  options: {
    noCreate: flag(["-c", "--no-create"], "do not create missing files"),
    ioBlocks: flag(["-o", "--io-blocks"], "SIZE counts I/O blocks instead of bytes"),
    reference: text(["-r", "--reference"], "RFILE", "give the same size as RFILE has"),
    size: text(["-s", "--size"], "SIZE", "SIZE in bytes, or how much it changes"),
  },
  operands: "files",
  seeAlso: ["dd(1)", "truncate(2)"],
  *run({ options, operands, sys }, io: Io) {
    let mode = "";
    let amount: number | undefined;
    if (options.size !== undefined) {
      let text = options.size.trimStart();
      let signed = false;
      const sign = /^[<>/%]/.exec(text)?.[0];
      if (sign !== undefined) text = text.slice(1).trimStart();
      if (/^[-+]/.test(text)) {
        if (sign !== undefined) io.usage("multiple relative modifiers specified");
        mode = text.charAt(0);
        // one sign is the number's own, which the message shows
        text = text.slice(1);
        signed = /^[-+]/.test(text);
      } else mode = sign ?? "";
      const { value, problem } = parseScaled(text, "EGKkMPTYZ0", 2n ** 63n - 1n);
      if (problem === "overflow") io.die(`Invalid number: ${io.quote(text)}: Value too large for defined data type`);
      if (problem !== "none" || signed) io.die(`Invalid number: ${io.quote(signed ? mode + text : text)}`);
      amount = Number(value);
      if ((mode === "/" || mode === "%") && amount === 0) io.die("division by zero");
    }
    if (options.reference === undefined && amount === undefined) io.usage(`you must specify either ${io.quote("--size")} or ${io.quote("--reference")}`);
    if (options.reference !== undefined && amount !== undefined && mode === "") io.usage(`you must specify a relative ${io.quote("--size")} with ${io.quote("--reference")}`);
    if (options.ioBlocks && amount === undefined) io.usage(`${io.quote("--io-blocks")} was specified but ${io.quote("--size")} was not`);
    if (operands.length === 0) io.usage("missing file operand");
    let referenceBytes: number | undefined;
    if (options.reference !== undefined) {
      try {
        referenceBytes = sys.stat(options.reference).sizeBytes;
      } catch (error) {
        io.die(`cannot stat ${io.quoteName(options.reference)}: ${reason(error)}`);
      }
    }
    for (const name of operands) {
      let fd: number;
      try {
        fd = yield* sys.open(name, O.WRONLY | O.NONBLOCK | (options.noCreate ? 0 : O.CREAT), 0o666);
      } catch (error) {
        const why = reason(error);
        if (options.noCreate && why === "No such file or directory") continue;
        yield* io.fail(`cannot open ${io.quoteName(name)} for writing: ${why}`);
        continue;
      }
      const stat = sys.fstat(fd);
      const baseBytes = referenceBytes ?? ((stat.mode & S.IFMT) === S.IFREG ? stat.sizeBytes : 0);
      const units = (amount ?? 0) * (options.ioBlocks ? stat.blockSizeBytes : 1);
      let sizeBytes = units;
      if (amount === undefined) sizeBytes = baseBytes;
      else if (mode === "+") sizeBytes = baseBytes + units;
      else if (mode === "-") sizeBytes = Math.max(0, baseBytes - units);
      else if (mode === "<") sizeBytes = Math.min(baseBytes, units);
      else if (mode === ">") sizeBytes = Math.max(baseBytes, units);
      else if (mode === "/") sizeBytes = Math.floor(baseBytes / units) * units;
      else if (mode === "%") sizeBytes = Math.ceil(baseBytes / units) * units;
      try {
        sys.ftruncate(fd, sizeBytes);
      } catch (error) {
        yield* io.fail(`failed to truncate ${io.quoteName(name)} at ${sizeBytes} bytes: ${reason(error)}`);
      }
      sys.close(fd);
    }
  },
});
