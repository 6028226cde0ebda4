// hello of GNU Hello 2.10: what one installs to see how a package is installed.

import type { Command } from "../kit/command.ts";
import { flag, gnu, type Io, text } from "../kit/gnu.ts";
import { helpText } from "../kit/help-text.ts";

const hello: Command = gnu({
  name: "hello", versionText: "hello (GNU Hello) \nSimulated: same options, messages and results as the real program, own code.\n", helpLetter: "h", versionLetter: "v", summary: "print a friendly greeting", synopsis: ["[OPTION]..."],
  options: { traditional: flag(["-t", "--traditional"], "greet as tradition has it"), greeting: text(["-g", "--greeting"], "TEXT", "greet with TEXT") },
  // the real one takes a wrong option for a wrong operand, shows its help and ends well
  operands: "none", usageStatus: 0, tryLine: (argv0) => `${argv0}: extra operand: (null)\n${helpText(hello.declaration, argv0)}`,
  *run({ operands, given, argv0 }, io: Io) {
    const [extra] = operands;
    if (extra !== undefined) {
      yield* io.warn(`extra operand: ${extra}`);
      io.out.put(helpText(hello.declaration, argv0, io.helpDomain));
      return 0;
    }
    // the last option says what is printed
    const last = given.at(-1);
    io.out.put(`${last === undefined ? io.word("Hello, world!") : last.option === "traditional" ? io.word("hello, world") : (last.argument ?? "")}\n`);
    yield* io.out.flush();
    return 0;
  },
});

export default hello;
