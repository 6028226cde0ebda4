import type { Input } from "../kit/input.ts";
import { type Io, flag, gnu, reason, text } from "../kit/gnu.ts";
import { latin1OfText } from "../kit/latin1.ts";

export default gnu({
  name: "paste",
  summary: "merge lines of files",
  synopsis: ["[OPTION]... [FILE]..."],
  description: ["The first lines of all FILEs become one line, then the second ones and so on, with tabs between."],
  options: {
    delimiters: text(["-d", "--delimiters"], "LIST", "separate the parts by the characters of LIST in turn, not by tabs"),
    serial: flag(["-s", "--serial"], "put all lines of a file on one line, one file after the other"),
    zero: flag(["-z", "--zero-terminated"], "lines end with NUL instead of a newline, in input and output"),
  },
  operands: "files",
  *run({ options, operands, sys }, io: Io) {
    const delimiters = parseDelimiters(latin1OfText(options.delimiters ?? "\t"));
    if (delimiters === undefined) io.die(`delimiter list ends with an unescaped backslash: ${options.delimiters ?? ""}`);
    const end = options.zero ? "\0" : "\n";
    const names = operands.length === 0 ? ["-"] : operands;
    const inputs: Input[] = [];
    if (options.serial) {
      for (const name of names) {
        try {
          const input = yield* io.open(name);
          let index = 0;
          for (let first = true; ; first = false) {
            const line = yield* input.line(end);
            if (line === undefined) break;
            if (!first) {
              io.out.putLatin1(delimiters[index % delimiters.length] ?? "");
              index++;
            }
            io.out.putLatin1(line);
            if (io.out.full) yield* io.out.flush();
          }
          io.out.put(end);
          io.close(input);
        } catch (error) {
          yield* io.fail(`${io.quoteFile(name)}: ${reason(error)}`);
        }
      }
      return;
    }
    for (const name of names) {
      try {
        inputs.push(yield* io.open(name));
      } catch (error) {
        io.die(`${io.quoteFile(name)}: ${reason(error)}`);
      }
    }
    for (;;) {
      let any = false;
      let out = "";
      for (const [index, input] of inputs.entries()) {
        if (index > 0) out += delimiters[(index - 1) % delimiters.length] ?? "";
        let line: string | undefined;
        try {
          line = yield* input.line(end);
        } catch (error) {
          io.die(`${io.quoteFile(names[index] ?? "")}: ${reason(error)}`);
        }
        if (line !== undefined) {
          any = true;
          out += line;
        }
      }
      if (!any) return;
      io.out.putLatin1(out + end);
      if (io.out.full) yield* io.out.flush();
      if (sys.charge(inputs.length)) yield* sys.preempt();
    }
  },
});

/** \0 is an empty delimiter. */
function parseDelimiters(list: string): string[] | undefined {
  const escapes = new Map([["0", ""], ["b", "\b"], ["f", "\f"], ["n", "\n"], ["r", "\r"], ["t", "\t"], ["v", "\v"], ["\\", "\\"]]);
  const delimiters: string[] = [];
  for (let i = 0; i < list.length; i++) {
    const char = list.charAt(i);
    if (char !== "\\") delimiters.push(char);
    else if (++i >= list.length) return undefined;
    else delimiters.push(escapes.get(list.charAt(i)) ?? list.charAt(i));
  }
  return delimiters.length === 0 ? [""] : delimiters;
}
