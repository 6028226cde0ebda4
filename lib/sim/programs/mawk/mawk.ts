// mawk 1.3.4-20200120, Debian's awk: command line and messages. The program goes through _parser.ts, _resolve.ts, _compile.ts / _interpret.ts.

import { type Blocking, SysError } from "../../kernel/sys.ts";
import { type Io, flag, partly, program, text, texts } from "../kit/program.ts";
import { withSetting } from "../kit/awk/setting.ts";
import { latin1OfText, textOfLatin1 } from "../kit/latin1.ts";
import { decimalPoint } from "../kit/locale.ts";
import { RegexLimitError, RegexSyntaxError } from "../kit/regex/compile-regex.ts";
import { TooDeepError } from "./_compile.ts";
import type { AwkProgram } from "./_ast.ts";
import { AwkRuntimeError } from "./_format.ts";
import { assignOperand, Interpreter } from "./_interpret.ts";
import { AwkSyntaxError } from "./_lexicon.ts";
import { parseAwk } from "./_parser.ts";
import { Runtime } from "./_runtime.ts";
import { AwkFatalError } from "./_streams.ts";
import { awkRegexMessage, compileAwkRegex } from "./_separators.ts";
import { InputText, setDecimalPoint } from "./_value.ts";

const USAGE = `Usage: mawk [Options] [Program] [file ...]

Program:
    Without -f the first operand is the program.

Options:
    -f program-file  read the program from a file; may be given several times.
    -F value         the field separator, FS.
    -v var=value     give a variable a value before the program starts.
    --               ends the options.

    -W version       show the version and exit.
    -W help          show this and exit (also: -W usage).
    -W interactive   write each line at once.
    -W random=number start value of rand().
    -W exec file     as -f, and the last option.
    -W dump, -W sprintf=number, -W posix_space are accepted.
`;

export default program({
  name: "mawk",
  summary: "scan text for patterns and process it",
  synopsis: ["[-F value] [-v var=value] [--] 'program text' [file ...]", "[-F value] [-v var=value] [-f program-file] [--] [file ...]"],
  description: ["Runs an awk program over the records of files or of standard input."],
  options: [
    text(["-F"], "VALUE", "the field separator"),
    texts(["-v"], "VAR=VALUE", "give a variable a value before the program starts"),
    texts(["-f"], "PROGRAM-FILE", "read the program from a file"),
    partly(text(["-W"], "OPTION", "options of mawk: version, help, usage, exec, interactive, random"), "dump prints nothing"),
    flag(["--"], "ends the options"),
  ],
  operands: "files",
  exitStatuses: [["0", "success, or what exit says"], ["2", "an error in the program or in a file"]],
}, function* (sys, argv, io) {
  const setting = yield* readOptions(argv, io);
  if (typeof setting === "number") return setting;
  const { sources, assignments, separator, operands } = setting;
  let parsed: AwkProgram;
  try {
    parsed = parseAwk(sources.join("\n"));
    checkRegexes(parsed, new Set());
  } catch (error) {
    if (error instanceof AwkSyntaxError) {
      yield* io.stderr(`${error.message.split("\n\u0000").map((line) => `${io.argv0}: ${line}\n`).join("")}`);
      return 2;
    }
    throw error;
  }
  const runtime = new Runtime(io, parsed);
  try {
    const environment = runtime.globalArray("ENVIRON");
    if (environment) for (const [name, value] of sys.environment) environment.set(latin1OfText(name), new InputText(latin1OfText(value)));
    const words = [io.argv0, ...operands].map(latin1OfText);
    const argvArray = runtime.globalArray("ARGV");
    if (argvArray) words.forEach((word, i) => argvArray.set(String(i), new InputText(word), true));
    runtime.setGlobal("ARGC", words.length);
    if (setting.startsRandom) runtime.startRandom();
    if (separator !== undefined) assignOperand(runtime, `FS=${separator}`);
    for (const assignment of assignments) {
      if (!assignOperand(runtime, assignment)) io.die(`improper assignment: -v ${textOfLatin1(assignment)}`, 2);
    }
    const run = new Interpreter(runtime).run();
    return yield* decimalPoint(sys) === "." ? run : withSetting(() => setDecimalPoint(","), () => setDecimalPoint("."), run);
  } catch (error) {
    return yield* complain(error, runtime, io);
  }
});

function* complain(error: unknown, runtime: Runtime, io: Io): Blocking<number> {
  const where = () => `\tFILENAME="${textOfLatin1(runtime.text(runtime.getGlobal("FILENAME")))}" FNR=${runtime.fnr} NR=${runtime.nr}\n`;
  const what = runtimeErrorText(error);
  if (what !== undefined) {
    // what was printed into a file or a pipe stays in stdio's buffer until the end
    yield* (io.sys.isatty(1) ? io.stderr.bind(io) : io.stderrUnflushed.bind(io))(`${io.argv0}: run time error: ${textOfLatin1(what)}\n${where()}`);
    return 2;
  }
  if (error instanceof AwkFatalError) {
    yield* io.warn(error.message);
    return 2;
  }
  if (error instanceof SysError) {
    yield* io.warn(`read error (${error.message})`);
    return 2;
  }
  throw error;
}

function runtimeErrorText(error: unknown): string | undefined {
  if (error instanceof AwkRuntimeError) return error.message;
  if (error instanceof RegexLimitError) return "regular expression takes too many steps";
  return error instanceof TooDeepError || error instanceof RangeError ? "function call nesting too deep" : undefined;
}

interface Setting {
  readonly sources: readonly string[];
  readonly assignments: readonly string[];
  readonly separator: string | undefined;
  readonly operands: readonly string[];
  readonly startsRandom: boolean;
}

/** An exit status when there is nothing to run. Texts are latin1, operands are not. */
function* readOptions(argv: readonly string[], io: Io): Blocking<Setting | number> {
  const sources: string[] = [];
  const assignments: string[] = [];
  let separator: string | undefined;
  let startsRandom = false;
  let i = 1;
  const readSource = function* (name: string): Blocking<void> {
    try {
      const input = yield* io.open(name);
      sources.push(yield* input.all());
      io.close(input);
    } catch (error) {
      if (error instanceof SysError) io.die(`cannot open ${name} (${error.message})`, 2);
      throw error;
    }
  };
  for (; i < argv.length; i++) {
    const word = argv[i] ?? "";
    if (!word.startsWith("-") || word === "-") break;
    if (word === "--") {
      i++;
      break;
    }
    if (word.startsWith("--")) io.die(`not an option: ${word}`, 2);
    const letter = word[1] ?? "";
    if (!"fFvW".includes(letter)) io.die(`not an option: ${word}`, 2);
    const argument = word.length > 2 ? word.slice(2) : argv[++i];
    if (argument === undefined) io.die(`option ${word} lacks argument`, 2);
    if (letter === "f") yield* readSource(argument);
    else if (letter === "F") separator = latin1OfText(argument);
    else if (letter === "v") assignments.push(latin1OfText(argument));
    else {
      const [name = ""] = argument.split("=");
      const wanted = ["version", "help", "usage", "exec", "interactive", "random", "dump", "sprintf", "posix_space"].find((one) => one.startsWith(name));
      if (name === "" || !wanted) {
        yield* io.warn(`vacuous option: -W ${argument}`);
        continue;
      }
      if (wanted === "version") {
        io.out.put("mawk 1.3.4 20200120\nSimulated: same language, messages and results as the real program, own code.\n");
        return 0;
      }
      if (wanted === "help" || wanted === "usage") {
        io.out.put(USAGE);
        return 0;
      }
      if (wanted === "random") startsRandom = true;
      if (wanted === "exec") {
        yield* readSource(argv[++i] ?? "");
        i++;
        break;
      }
    }
  }
  const operands = argv.slice(i);
  if (sources.length === 0) {
    const source = operands.shift();
    if (source === undefined) {
      yield* io.stderr(USAGE);
      return 0;
    }
    sources.push(latin1OfText(source));
  }
  return { sources, assignments, separator, operands, startsRandom };
}

/** Constant expressions are compiled before the program starts. */
function checkRegexes(node: unknown, seen: Set<unknown>): void {
  if (typeof node !== "object" || node === null || seen.has(node)) return;
  seen.add(node);
  if (Array.isArray(node) || node instanceof Set) {
    for (const one of node) checkRegexes(one, seen);
    return;
  }
  if (node instanceof Map) {
    for (const one of node.values()) checkRegexes(one, seen);
    return;
  }
  const source = patternSource(node);
  if (source !== undefined) {
    try {
      compileAwkRegex(new Map(), source);
    } catch (error) {
      if (error instanceof RegexSyntaxError) throw new AwkSyntaxError(`line 1: ${awkRegexMessage(error, source)}`);
      throw error;
    }
  }
  for (const value of Object.values(node)) checkRegexes(value, seen);
}

/** Of a regex, and of a match with a string constant. */
function patternSource(node: object): string | undefined {
  if (!("kind" in node)) return undefined;
  if (node.kind === "regex" && "source" in node && typeof node.source === "string") return node.source;
  if (node.kind !== "match" || !("pattern" in node)) return undefined;
  const { pattern } = node;
  if (typeof pattern !== "object" || pattern === null || !("kind" in pattern) || pattern.kind !== "string") return undefined;
  return "value" in pattern && typeof pattern.value === "string" ? pattern.value : undefined;
}
