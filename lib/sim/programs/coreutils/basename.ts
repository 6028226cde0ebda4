import { type Io, flag, gnu, text } from "../kit/gnu.ts";

export default gnu({
  name: "basename",
  summary: "print the last part of file names, without the directory and, if wanted, a suffix",
  synopsis: ["NAME [SUFFIX]", "OPTION... NAME..."],
  options: {
    multiple: flag(["-a", "--multiple"], "allow several NAMEs"),
    suffix: text(["-s", "--suffix"], "SUFFIX", "cut SUFFIX off the end of each NAME, as with -a"),
    zero: flag(["-z", "--zero"], "finish each line with NUL instead of a newline"),
  },
  parsing: { stopAtOperand: true },
  operands: "files",
  seeAlso: ["dirname(1)", "readlink(1)"],
  *run({ options, operands }, io: Io) {
    const [first, second, third] = operands;
    if (first === undefined) io.usage("missing operand");
    const end = options.zero ? "\0" : "\n";
    if (options.multiple || options.suffix !== undefined) {
      for (const name of operands) yield* io.out.print(baseName(name, options.suffix) + end);
      return;
    }
    if (third !== undefined) io.usage(`extra operand ${io.quote(third)}`);
    io.out.put(baseName(first, second) + end);
  },
});

function baseName(name: string, suffix: string | undefined): string {
  const stripped = name.replace(/\/+$/, "");
  if (stripped === "") return name === "" ? "" : "/";
  const base = stripped.slice(stripped.lastIndexOf("/") + 1);
  return suffix && base !== suffix && base.endsWith(suffix) ? base.slice(0, -suffix.length) : base;
}
