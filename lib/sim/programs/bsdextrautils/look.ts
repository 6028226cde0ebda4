import { latin1OfText } from "../kit/latin1.ts";
import { type Io, flag, reason, text, utilLinux } from "../kit/util-linux.ts";

export default utilLinux({
  name: "look",
  summary: "show the lines that begin with a given string",
  synopsis: ["[options] <string> [<file>...]"],
  description: ["The file must be sorted. Without one, /usr/share/dict/words is searched, ignoring case and everything but letters and digits."],
  options: {
    alternative: flag(["-a", "--alternative"], "search the second word list"),
    alphanum: flag(["-d", "--alphanum"], "only letters, digits and blanks count"),
    ignoreCase: flag(["-f", "--ignore-case"], "a capital equals its small letter"),
    terminate: text(["-t", "--terminate"], "char", "compare no further than this character"),
  },
  operands: "files",
  *run({ options, operands, sys }, io: Io) {
    const [word, file] = operands;
    if (word === undefined) io.usage("bad usage");
    const name = file ?? sys.environment.get("WORDLIST") ?? (options.alternative ? "/usr/share/dict/web2" : "/usr/share/dict/words");
    const alphanum = options.alphanum || file === undefined;
    const ignoreCase = options.ignoreCase || file === undefined;
    const shape = (value: string): string => {
      let shaped = alphanum ? value.replace(/[^A-Za-z0-9 \t]/g, "") : value;
      if (ignoreCase) shaped = shaped.toLowerCase();
      return shaped;
    };
    let wanted = latin1OfText(word);
    if (options.terminate !== undefined) {
      const end = wanted.indexOf(options.terminate.charAt(0));
      if (end >= 0) wanted = wanted.slice(0, end + 1);
    }
    wanted = shape(wanted);
    let found = false;
    try {
      const input = yield* io.open(name);
      for (;;) {
        const lines = yield* input.lines();
        if (lines.length === 0) break;
        for (const line of lines) {
          if (!shape(line).startsWith(wanted)) continue;
          found = true;
          io.out.putLatin1(line + "\n");
        }
        if (io.out.full) yield* io.out.flush();
        if (sys.charge(lines.length)) yield* sys.preempt();
      }
      io.close(input);
    } catch (error) {
      io.die(`${name}: ${reason(error)}`);
    }
    return found ? 0 : 1;
  },
});
