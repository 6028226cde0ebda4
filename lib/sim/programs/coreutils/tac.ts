import { type Io, flag, gnu, reason, text } from "../kit/gnu.ts";
import { latin1OfText } from "../kit/latin1.ts";
import { RegexSyntaxError, compileRegex } from "../kit/regex/compile-regex.ts";

export default gnu({
  name: "tac",
  summary: "print files backwards, the last line first (cat reversed)",
  synopsis: ["[OPTION]... [FILE]..."],
  options: {
    before: flag(["-b", "--before"], "a separator belongs to what follows it, not to what comes before"),
    regex: flag(["-r", "--regex"], "the STRING of -s is a pattern (regular expression)"),
    separator: text(["-s", "--separator"], "STRING", "STRING separates the parts that change places, not a newline"),
  },
  operands: "files",
  seeAlso: ["cat(1)", "rev(1)"],
  *run({ options, operands, sys }, io: Io) {
    const separator = options.separator === "" ? "\0" : latin1OfText(options.separator ?? "\n");
    if (options.regex && options.separator === "") io.die("separator cannot be empty");
    for (const name of operands.length === 0 ? ["-"] : operands) {
      let whole: string;
      try {
        const input = yield* io.open(name);
        whole = yield* input.all();
        io.close(input);
      } catch (error) {
        const why = reason(error);
        yield* io.fail(why === "Is a directory" ? `${io.quoteFile(name)}: read error: Invalid argument` : `failed to open ${io.quoteName(name)} for reading: ${why}`);
        continue;
      }
      const cuts: (readonly [start: number, end: number])[] = [];
      if (options.regex) {
        try {
          // searched backwards: each time the last place where it matches, in what is left
          const regex = compileRegex(latin1OfText(options.separator ?? "\n"), { syntax: "find-emacs", newlineSensitive: true });
          let left = whole;
          for (let at = whole.length - 1; at >= 0; at--) {
            const found = regex.exec(left, at);
            if (found?.[0] === at) {
              cuts.unshift([at, found[1] ?? at]);
              left = whole.slice(0, at);
            }
            if (sys.charge(regex.takeWork() >> 6)) yield* sys.preempt();
          }
        } catch (error) {
          if (error instanceof RegexSyntaxError) io.die(error.message);
          throw error;
        }
      } else {
        for (let at = whole.indexOf(separator); at >= 0; at = whole.indexOf(separator, at + separator.length)) cuts.push([at, at + separator.length]);
      }
      let end = whole.length;
      for (let i = cuts.length - 1; i >= 0; i--) {
        const cut = cuts[i] ?? [0, 0];
        const at = options.before ? cut[0] : cut[1];
        if (at < end || options.before) io.out.putLatin1(whole.slice(at, end));
        end = at;
        if (io.out.full) yield* io.out.flush();
      }
      io.out.putLatin1(whole.slice(0, end));
      if (sys.charge(whole.length >> 7)) yield* sys.preempt();
    }
  },
});
