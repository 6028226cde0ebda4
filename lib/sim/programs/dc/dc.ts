import { type Io, flag, gnu, reason, texts } from "../kit/gnu.ts";
import { latin1OfText } from "../kit/latin1.ts";
import { Machine, Quit } from "./_machine.ts";

const USAGE = "Usage: dc [OPTION] [file ...]\n  -e, --expression=EXPR    run the commands of EXPR\n  -f, --file=FILE          run the commands of FILE\n  -h, --help               show this help\n  -V, --version            show the version\n";

export default gnu({
  name: "dc",
  versionText: "dc (GNU bc 1.07.1) 1.4.1\nSimulated: same language and results as GNU dc, own code.\n",
  summary: "an arbitrary precision calculator in reverse Polish notation",
  synopsis: ["[OPTION] [file ...]"],
  options: {
    expression: texts(["-e", "--expression"], "EXPR", "run the commands of EXPR"),
    file: texts(["-f", "--file"], "FILE", "run the commands of file"),
    helpShort: flag(["-h"], "show this help"),
    versionShort: flag(["-V"], "show the version"),
  },
  operands: "files",
  tryLine: () => USAGE,
  rewrite: (args) => args.map((arg) => (arg === "-h" ? "--help" : arg === "-V" ? "--version" : arg)),
  *run({ operands, given, sys }, io: Io) {
    const machine = new Machine(sys, io);
    const file = function* (name: string) {
      try {
        const input = yield* io.open(name);
        const text = yield* input.all();
        io.close(input);
        yield* machine.run(text);
      } catch (error) {
        if (error instanceof Quit) throw error;
        reason(error);
        yield* io.stderr(`dc: Could not open file ${name}\n`);
      }
    };
    try {
      for (const { option, argument } of given) {
        if (option === "expression") yield* machine.run(latin1OfText(argument ?? ""));
        else if (option === "file") yield* file(argument ?? "");
      }
      for (const name of operands) yield* file(name);
      if (given.length > 0 || operands.length > 0) return io.status;
      for (;;) {
        // Strings may go over lines, so a line is run when its brackets are closed.
        let text = "";
        let depth = 0;
        for (;;) {
          const line = yield* io.stdin.line();
          if (line === undefined) {
            if (text !== "") yield* machine.run(text);
            return io.status;
          }
          text += line + "\n";
          for (const char of line) depth += char === "[" ? 1 : char === "]" ? -1 : 0;
          if (depth <= 0) break;
        }
        yield* machine.run(text);
      }
    } catch (error) {
      if (!(error instanceof Quit)) throw error;
      return 1;
    }
  },
});
