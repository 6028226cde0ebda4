import { helpText } from "../kit/help-text.ts";
import { versionText } from "../kit/gnu.ts";
import { type Io, program } from "../kit/program.ts";
import { TestError, TestExpression } from "./_test-expression.ts";
import { testOptions } from "./test.ts";

const spec = {
  name: "[",
  summary: "test files (their type, their rights) and compare strings or numbers",
  synopsis: ["EXPRESSION ]", "OPTION"],
  options: testOptions,
  operands: "files",
  usageStatus: 2,
  failureStatus: 2,
} as const;

export default program(spec, function* (sys, argv, io: Io) {
  if (argv.length === 2 && argv[1] === "--help") {
    io.out.put(helpText(spec, io.argv0, io.helpDomain));
    return 0;
  }
  if (argv.length === 2 && argv[1] === "--version") {
    io.out.put(versionText("[", "GNU coreutils", "9.1", io.helpDomain));
    return 0;
  }
  if (argv.length < 2 || argv.at(-1) !== "]") io.die(`missing ${io.quote("]")}`, 2);
  try {
    return new TestExpression(sys, argv.slice(1, -1), (text) => io.quote(text)).value() ? 0 : 1;
  } catch (error) {
    if (error instanceof TestError) io.die(error.message, 2);
    throw error;
  }
});
