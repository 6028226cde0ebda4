import { textOfLatin1 } from "../kit/latin1.ts";
import { type Io, reason, utilLinux } from "../kit/util-linux.ts";

export default utilLinux({
  name: "rev",
  summary: "turn each line back to front",
  synopsis: ["[options] [file ...]"],
  description: ["Each line of the files, or of standard input, comes out with its last character first."],
  options: {},
  operands: "files",
  *run({ operands, sys }, io: Io) {
    for (const name of operands.length === 0 ? [undefined] : operands) {
      let input = io.stdin;
      try {
        if (name !== undefined) input = yield* io.open(name === "-" ? "./-" : name);
      } catch (error) {
        yield* io.fail(`cannot open ${name ?? "stdin"}: ${reason(error)}`);
        continue;
      }
      for (let count = 0, bad = false; !bad;) {
        const lines = yield* input.lines();
        if (lines.length === 0) break;
        for (const [index, line] of lines.entries()) {
          const text = io.utf8 ? textOfLatin1(line) : line;
          if (/[\udc80-\udcff]/.test(text.replace(/[\ud800-\udbff][\udc00-\udfff]/g, ""))) {
            yield* io.fail(`${name ?? "stdin"}: ${count}: Invalid or incomplete multibyte or wide character`);
            bad = true;
            break;
          }
          count++;
          const reversed = Array.from(text).reverse().join("") + (input.unterminated && index === lines.length - 1 ? "" : "\n");
          if (io.utf8) io.out.put(reversed);
          else io.out.putLatin1(reversed);
        }
        if (io.out.full) yield* io.out.flush();
        if (sys.charge(lines.length)) yield* sys.preempt();
      }
      if (name !== undefined) io.close(input);
    }
  },
});
