import type { Blocking } from "../../kernel/sys.ts";
import type { Input } from "../kit/input.ts";
import { type Io, flag, gnu, reason } from "../kit/gnu.ts";
import { LineInterrupted } from "../../readline/line-interrupted.ts";
import { ProgramLineReader } from "../../readline/program-line-reader.ts";
import { Halt, Interpreter } from "./_interpreter.ts";
import { Incomplete, Lexer, Parser, type Statement, SyntaxFailure } from "./_syntax.ts";

const BANNER = `bc 1.07.1
Copyright 1991-1994, 1997, 1998, 2000, 2004, 2006, 2008, 2012-2017 Free Software Foundation, Inc.
This is free software with ABSOLUTELY NO WARRANTY.
For details type \`warranty'.${" "}
`;

export default gnu({
  name: "bc",
  versionText: "bc 1.07.1\nSimulated: same language and results as GNU bc, own code.\n",
  summary: "calculate with as many digits as wanted, in a small language",
  synopsis: ["[options] [file ...]"],
  description: ["Files are read first, then standard input. The language: expressions, assignments, if, while, for, functions (define), arrays; scale sets the digits after the point, ibase and obase the bases of input and output."],
  options: {
    helpShort: flag(["-h"], "show this help"),
    interactive: flag(["-i", "--interactive"], "behave as on a terminal, even without one"),
    mathLibrary: flag(["-l", "--mathlib"], "define the math library: s, c, a, l, e, j; scale is 20"),
    quiet: flag(["-q", "--quiet"], "start without the greeting"),
    standard: flag(["-s", "--standard"], "what POSIX does not know is an error"),
    warn: flag(["-w", "--warn"], "warn about what POSIX does not know"),
    versionShort: flag(["-v"], "show the version"),
  },
  operands: "files",
  rewrite: (args, sys) => [...(sys.environment.get("BC_ENV_ARGS") ?? "").split(/\s+/).filter((word) => word !== ""), ...args].map((arg) => (arg === "-h" ? "--help" : arg === "-v" ? "--version" : arg)),
  *run({ options, operands, sys }, io: Io) {
    const terminal = options.interactive || (sys.isatty(0) && sys.isatty(1));
    if (terminal && !options.quiet) io.out.put(BANNER);
    const lineLengthText = sys.environment.get("BC_LINE_LENGTH");
    const lineLength = lineLengthText === undefined ? 70 : Number(lineLengthText) > 2 ? Number(lineLengthText) : Number(lineLengthText) === 0 ? 0 : 70;
    const lines = terminal && sys.isatty(0) ? edited(io) : io.stdin;
    const interpreter = new Interpreter(sys, io, {
      mathLibrary: options.mathLibrary, lineLength,
      readLine: () => lines.line(),
    });
    try {
      for (const name of operands) {
        let input: Input;
        try {
          input = yield* io.open(name);
        } catch (error) {
          reason(error);
          yield* io.stderr(`File ${name} is unavailable.\n`);
          return 1;
        }
        yield* source(name, input, interpreter, io, options.standard ? "Error: " : options.warn ? "(Warning) " : undefined);
        io.close(input);
      }
      yield* source("(standard_in)", lines, interpreter, io, options.standard ? "Error: " : options.warn ? "(Warning) " : undefined);
      // readline has ended the row itself
      if (terminal && lines === io.stdin) io.out.put("\n");
    } catch (error) {
      if (!(error instanceof Halt)) throw error;
    }
  },
});

type Lines = Pick<Input, "line" | "unterminated">;

/** At a terminal lines are read by readline, with history and without a prompt. */
function edited(io: Io): Lines {
  const { sys } = io;
  const reader = new ProgramLineReader(sys, { application: "Bc" });
  // bc catches SIGINT to say good-bye
  sys.sigaction(2, "catch");
  return {
    unterminated: false,
    *line() {
      yield* io.out.flush();
      try {
        const line = yield* reader.readLine("");
        if (line !== undefined && line !== "") reader.addHistory(line);
        return line;
      } catch (error) {
        if (!(error instanceof LineInterrupted)) throw error;
        yield* io.stderr("\n(interrupt) Exiting bc.\n");
        throw new Halt();
      }
    },
  };
}

/** Reads lines until a whole statement is there, runs it, and goes on. */
function* source(name: string, input: Lines, interpreter: Interpreter, io: Io, nonstandard: string | undefined): Blocking<void> {
  const lexer = new Lexer();
  const parser = new Parser(lexer);
  const tellNotes = function* (): Blocking<void> {
    if (nonstandard !== undefined) for (const { line, message } of parser.notes) yield* io.stderr(`${name} ${line}: ${nonstandard}${message}\n`);
  };
  for (;;) {
    const mark = lexer.mark();
    let statements: readonly Statement[] | undefined;
    try {
      statements = parser.line();
    } catch (error) {
      if (error instanceof Incomplete) {
        lexer.restore(mark);
        const line = yield* input.line();
        if (line === undefined) lexer.ended = true;
        else lexer.feed(line + (input.unterminated ? "" : "\n"));
        if (io.sys.charge(1)) yield* io.sys.preempt();
        continue;
      }
      if (!(error instanceof SyntaxFailure)) throw error;
      yield* tellNotes();
      for (const message of error.message.split("\n")) yield* io.stderr(`${name} ${error.line}: ${message}\n`);
      if (!parser.atLineEnd) lexer.skipLine();
      continue;
    }
    if (statements === undefined) return;
    // quit ends bc as soon as it is read, wherever it stands.
    if (statements.some(hasQuit)) throw new Halt();
    yield* tellNotes();
    if (nonstandard === "Error: " && parser.notes.length > 0) continue;
    yield* interpreter.run(statements);
  }
}

function hasQuit(statement: Statement): boolean {
  switch (statement.kind) {
    case "quit": return true;
    case "block": return statement.body.some(hasQuit);
    case "if": return hasQuit(statement.then) || (statement.otherwise !== undefined && hasQuit(statement.otherwise));
    case "while": case "for": return hasQuit(statement.body);
    default: return false;
  }
}
