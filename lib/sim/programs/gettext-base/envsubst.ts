import { type Io, flag, gnu } from "../kit/gnu.ts";
import { bytesOfLatin1, latin1OfText } from "../kit/latin1.ts";

const VARIABLE = /\$(?:\{([A-Za-z_][A-Za-z0-9_]*)\}|([A-Za-z_][A-Za-z0-9_]*))/g;

export default gnu({
  name: "envsubst",
  project: "GNU gettext-runtime",
  version: "0.21",
  summary: "put the values of environment variables into a text",
  synopsis: ["[OPTION] [SHELL-FORMAT]"],
  description: ["A text goes from standard input to standard output; $VARIABLE and ${VARIABLE} become what the environment says. With SHELL-FORMAT, only variables named in it."],
  options: {
    variables: flag(["-v", "--variables"], "list the variables that SHELL-FORMAT names"),
    helpShort: flag(["-h"], "show this help"),
    versionShort: flag(["-V"], "show the version"),
  },
  operands: "none",
  rewrite: (args) => args.map((arg) => (arg === "-h" ? "--help" : arg === "-V" ? "--version" : arg)),
  *run({ options, operands, sys }, io: Io) {
    const [format, extra] = operands;
    if (extra !== undefined) io.die("too many arguments");
    const named = format === undefined ? undefined : [...format.matchAll(VARIABLE)].map((match) => match[1] ?? match[2] ?? "");
    if (options.variables) {
      if (named === undefined) io.die("missing arguments");
      for (const name of named) io.out.put(name + "\n");
      return;
    }
    const replace = (text: string): string => text.replace(VARIABLE, (whole, braced: string | undefined, bare: string | undefined) => {
      const name = braced ?? bare ?? "";
      if (named !== undefined && !named.includes(name)) return whole;
      return latin1OfText(sys.environment.get(name) ?? "");
    });
    for (;;) {
      const lines = yield* io.stdin.lines();
      if (lines.length === 0) break;
      const held = lines.join("\n") + (io.stdin.unterminated ? "" : "\n");
      yield* io.out.printBytes(bytesOfLatin1(replace(held)));
      if (sys.charge(1 + (held.length >> 6))) yield* sys.preempt();
    }
  },
});
