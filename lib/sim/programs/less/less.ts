// less 590: command line and environment; the pager itself is in _pager.ts.

import { SysError } from "../../kernel/sys.ts";
import { helpText } from "../kit/help-text.ts";
import { program } from "../kit/program.ts";
import { DECLARED, LessOptions, readOptionWord, setValue } from "./_options.ts";
import { Pager } from "./_pager.ts";
import { runPager } from "./_run.ts";

const declaration = {
  name: "less",
  summary: "show text a screen at a time, forward and backward",
  synopsis: ["[OPTION]... [FILE]..."],
  description: ["Shows files, or what comes through a pipe. The key h shows the commands, q leaves."],
  options: DECLARED,
  operands: "files",
} as const;

export default program(declaration, function* (sys, argv, io) {
  const options = new LessOptions();
  const problems: string[] = [...readOptionWord(options, sys.environment.get("LESS") ?? "", true).problems];
  const names: string[] = [];
  for (let i = 1; i < argv.length; i++) {
    const word = argv[i] ?? "";
    if (word === "--") {
      names.push(...argv.slice(i + 1));
      break;
    }
    if (word === "--help" || word === "-?") {
      io.out.put(helpText(declaration, io.argv0, io.helpDomain));
      return 0;
    }
    if (word === "--version" || word === "-V") {
      io.out.put("less 590 (GNU regular expressions)\nSimulated: same keys and screens as the real program, own code.\n");
      return 0;
    }
    if (word === "-" || !/^[-+]/.test(word)) {
      names.push(word);
      continue;
    }
    const read = readOptionWord(options, word, false);
    problems.push(...read.problems);
    if (read.needsValue !== undefined) {
      const value = argv[++i];
      if (value === undefined) problems.push(`Value is required after -${read.needsValue}`);
      else setValue(options, read.needsValue, value);
    }
  }
  for (const problem of problems) yield* io.stderr(`${problem}\n`);
  if (names.length === 0) {
    if (sys.isatty(0)) {
      yield* io.stderr('Missing filename ("less --help" for help)\n');
      return 1;
    }
    names.push("-");
  }
  if (!sys.isatty(1)) {
    for (const name of names) {
      try {
        const input = yield* io.open(name);
        for (;;) {
          const bytes = yield* input.chunk();
          if (bytes.length === 0) break;
          yield* io.out.printBytes(bytes);
        }
        io.close(input);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* io.stderr(`${name}: ${error.message}\n`);
        io.status = 1;
      }
    }
    return io.status;
  }
  return yield* runPager(new Pager(io, options, names));
});

