// combine: the lines of two files by and, not, or, xor; their order is that of the files.

import type { Blocking } from "../../kernel/sys.ts";
import { type Io, program, reason } from "../kit/program.ts";
import { Exit } from "../kit/io.ts";

function* linesOf(io: Io, name: string): Blocking<readonly string[]> {
  const all: string[] = [];
  try {
    const input = yield* io.open(name);
    for (;;) {
      const lines = yield* input.lines();
      if (lines.length === 0) break;
      for (const line of lines) all.push(line);
    }
    io.close(input);
  } catch (error) {
    yield* io.stderr(`${name}: ${reason(error)}\n`);
    throw new Exit(2);
  }
  return all;
}

export default program(
  {
    name: "combine", summary: "the lines of two files, combined as sets", synopsis: ["FILE1 and FILE2", "FILE1 not FILE2", "FILE1 or FILE2", "FILE1 xor FILE2"], options: [], operands: "files", showsHelp: true,
    description: ["and: lines of FILE1 that FILE2 has, too. not: lines of FILE1 that FILE2 has not. or: the lines of both, one file behind the other. xor: the lines that only one of them has. - is standard input."],
  },
  function* (_sys, argv, io: Io) {
    const words = argv.slice(1);
    if (words.length >= 4 && words[3] === "_") words.splice(3, 1);
    const [first, operation, second] = words;
    if (first === undefined || operation === undefined || second === undefined || words.length !== 3) {
      yield* io.stderr("Usage: combine file1 OP file2\n");
      return 255;
    }
    const kind = operation.toLowerCase();
    if (kind === "or") for (const name of [first, second]) for (const line of yield* linesOf(io, name)) yield* io.out.printLatin1(`${line}\n`);
    else if (kind === "and" || kind === "not") {
      const seen = new Set(yield* linesOf(io, second));
      for (const line of yield* linesOf(io, first)) if (seen.has(line) === (kind === "and")) yield* io.out.printLatin1(`${line}\n`);
    } else if (kind === "xor") {
      const others = yield* linesOf(io, second);
      const only = new Set(others);
      const known = new Set(others);
      for (const line of yield* linesOf(io, first)) {
        if (known.has(line)) only.delete(line);
        else yield* io.out.printLatin1(`${line}\n`);
      }
      for (const line of others) if (only.has(line)) yield* io.out.printLatin1(`${line}\n`);
    } else {
      yield* io.stderr(`unknown operation, ${kind}\n`);
      return 255;
    }
    return 0;
  },
);
