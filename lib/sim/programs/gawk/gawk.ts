// GNU awk 5.2.1: command line and messages. The program goes through _parser.ts, _compile.ts (expressions) and _interpret.ts (statements, records).

import { type Blocking, O, SysError } from "../../kernel/sys.ts";
import type { Source } from "../kit/awk/lexer.ts";
import { withSetting } from "../kit/awk/setting.ts";
import { helpText } from "../kit/help-text.ts";
import { latin1OfText } from "../kit/latin1.ts";
import { decimalPoint, installedLocale, localeOf } from "../kit/locale.ts";
import { Output } from "../kit/output.ts";
import { type Io, flag, optionalText, partly, program, text, texts, unsimulated } from "../kit/program.ts";
import { RegexLimitError } from "../kit/regex/compile-regex.ts";
import { civilAt, strftime } from "../kit/time-format.ts";
import { readZone } from "../kit/zones.ts";
import type { GawkProgram } from "./_ast.ts";
import { type Dialect, EXTENSION_FUNCTIONS } from "./_dialect.ts";
import { variablesText } from "./_dump.ts";
import { GawkFatalError } from "./_format.ts";
import { assignOperand, Interpreter } from "./_interpret.ts";
import { GawkSyntaxError } from "./_lexicon.ts";
import { parseGawk } from "./_parser.ts";
import { predefine } from "./_predefined.ts";
import { type Counts, programText } from "./_pretty.ts";
import { Runtime } from "./_runtime.ts";
import { collectIncludes, findSource } from "./_sources.ts";
import { PLAIN_READING, setNumberReading } from "./_value.ts";

const gawk = program({
  name: "gawk",
  summary: "scan text for patterns and process it, in the dialect of GNU",
  synopsis: ["[OPTION]... -f PROGFILE [--] [FILE]...", "[OPTION]... [--] 'PROGRAM' [FILE]..."],
  description: [
    "Runs an awk program over the records of files or of standard input. Beside POSIX's language it has arrays of arrays, sorting, regular expressions as values, time functions, coprocesses and more.",
    "An operand VAR=VALUE sets a variable when its turn comes.",
  ],
  options: [
    texts(["-f", "--file"], "PROGFILE", "the program stands in PROGFILE, which is looked for along AWKPATH; more than one may be given"),
    text(["-F", "--field-separator"], "FS", "what lies between fields"),
    texts(["-v", "--assign"], "VAR=VALUE", "give a variable a value before the program starts"),
    flag(["-b", "--characters-as-bytes"], "count bytes, whatever the locale's characters are"),
    flag(["-c", "--traditional"], "speak the old awk's language, without what GNU added"),
    flag(["-C", "--copyright"], "show the copyright and the licence, and end"),
    optionalText(["-d", "--dump-variables"], "FILE", "at the end write the global variables to FILE (awkvars.out; - for standard output)"),
    unsimulated(["-D", "--debug"], "step through the program", "the debugger is not simulated", "FILE"),
    texts(["-e", "--source"], "PROGRAM-TEXT", "a piece of program on the command line; goes with -f"),
    text(["-E", "--exec"], "FILE", "as -f, and what follows is operands only (for #! lines)"),
    unsimulated(["-g", "--gen-pot"], "print the texts to translate", "message catalogues are not made"),
    flag(["-h", "--help"], "print this page"),
    texts(["-i", "--include"], "INCLUDEFILE", "read a library of functions first, as @include does; inplace edits the files themselves"),
    unsimulated(["-I", "--trace"], "print the byte codes that run", "the simulation has none"),
    partly(texts(["-l", "--load"], "LIBRARY", "load an extension, as @load does"), "only inplace, ordchr, readfile and time exist"),
    partly(optionalText(["-L", "--lint"], "WHAT", "warn of doubtful things; fatal makes errors of them"), "only variables without a value are reported"),
    unsimulated(["-M", "--bignum"], "calculate with any number of digits", "numbers are doubles"),
    flag(["-n", "--non-decimal-data"], "in the input, too, 0x1F is hexadecimal and 017 is octal"),
    flag(["-N", "--use-lc-numeric"], "use the locale's decimal separator in numbers"),
    optionalText(["-o", "--pretty-print"], "FILE", "only write the program to FILE, laid out with indentation (awkprof.out; - for standard output)"),
    flag(["-O", "--optimize"], "fold constants (always done)"),
    optionalText(["-p", "--profile"], "FILE", "at the end write the program to FILE with how often each line ran (awkprof.out; - for standard output)"),
    flag(["-P", "--posix"], "speak POSIX's language only"),
    flag(["-r", "--re-interval"], "allow a{2,3} in expressions (always done)"),
    flag(["-s", "--no-optimize"], "leave constants alone"),
    flag(["-S", "--sandbox"], "no commands, no redirections"),
    flag(["-t", "--lint-old"], "warn of what the oldest awk did not know"),
    flag(["-V", "--version"], "print which version it is"),
  ],
  operands: "files",
  exitStatuses: [["0", "success, or what exit says"], ["1", "the program could not be understood"], ["2", "an error while it ran, or a file that could not be read"]],
}, function* (sys, argv, io) {
  const setting = yield* readOptions(argv, io);
  if (typeof setting === "number") return setting;
  const { dialect, assignments, separator, operands } = setting;
  const warnings: string[] = [];
  const sayWarnings = function* (): Blocking<void> {
    for (const line of warnings.splice(0)) yield* io.warn(line);
  };
  let parsed: GawkProgram;
  try {
    parsed = parseGawk(setting.sources, yield* collectIncludes(sys, setting.sources, dialect.bytes), dialect, warnings, setting.libraries, setting.pretty === undefined);
  } catch (error) {
    if (!(error instanceof GawkSyntaxError)) throw error;
    yield* sayWarnings();
    for (const line of error.message.split("\n")) yield* io.stderr(`${io.argv0}: ${line}\n`);
    if (error.continued !== "") yield* io.stderr(`${error.continued}\n`);
    return error.message.includes(": fatal: ") ? 2 : 1;
  }
  yield* sayWarnings();
  if (setting.pretty !== undefined) {
    yield* write(io, setting.pretty, programText(parsed, undefined, ""));
    return 0;
  }
  const counts: Counts | undefined = setting.profile === undefined ? undefined : new Map();
  const runtime = new Runtime(io, parsed, dialect, thousandsOf(sys.environment, (name) => installedLocale(sys, name)), counts);
  const reading = { point: setting.localNumbers || dialect.posix ? decimalPoint(sys) : ("." as const), nonDecimal: dialect.nonDecimal };
  const run = function* (): Blocking<number> {
    try {
      predefine(runtime, parsed, [io.argv0, ...operands], argv, dialect);
      if (separator !== undefined) assignOperand(runtime, `FS=${separator}`);
      for (const assignment of assignments) {
        if (!assignOperand(runtime, assignment)) io.die(`fatal: \`${assignment.replace(/=.*/s, "")}' ${assignment.includes("=") ? "is not a legal variable name" : "argument to `-v' not in `var=value' form"}`, 2);
      }
      const status = yield* new Interpreter(runtime, () => runtime.recordSeparator).run();
      if (setting.dump !== undefined) yield* write(io, setting.dump, variablesText(runtime));
      if (setting.profile !== undefined) {
        const zone = yield* readZone(sys);
        const created = strftime("%a %b %e %H:%M:%S %Y", civilAt(zone, Math.floor(sys.clockUs("realtime") / 1e6)));
        yield* write(io, setting.profile, programText(parsed, counts, created));
      }
      return status;
    } catch (error) {
      return yield* complain(error, runtime, io);
    }
  };
  return yield* reading.point === "." && !reading.nonDecimal ? run() : withSetting(() => setNumberReading(reading), () => setNumberReading(PLAIN_READING), run());
});

export default gawk;

/** "-" is standard output. */
function* write(io: Io, name: string, text: string): Blocking<void> {
  if (name === "-") {
    io.out.put(text);
    return;
  }
  try {
    const out = new Output(io.sys, yield* io.sys.open(name, O.WRONLY | O.CREAT | O.TRUNC | O.CLOEXEC));
    out.put(text);
    yield* out.flush();
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    yield* io.warn(`warning: could not open \`${name}' for writing: ${error.message}`);
  }
}

function* complain(error: unknown, runtime: Runtime, io: Io): Blocking<number> {
  const message = error instanceof GawkFatalError ? error.message
    : error instanceof RegexLimitError ? "regular expression takes too many steps"
      : error instanceof RangeError ? "function call nesting too deep" : undefined;
  if (message === undefined) throw error;
  yield* runtime.sayWarnings();
  const place = message.startsWith("cannot open file") ? "" : runtime.line > 0 ? `${runtime.file}:${runtime.line}: ${runtime.where()}` : runtime.where();
  yield* io.warn(`${place}fatal: ${runtime.native(message)}`);
  return 2;
}

/** What stands between thousands in the locale. */
function thousandsOf(environment: ReadonlyMap<string, string>, installed: (name: string) => boolean): string {
  const locale = localeOf(environment, "LC_NUMERIC");
  if (locale === "C" || locale === "POSIX" || locale.startsWith("C.") || !installed(locale)) return "";
  if (/^(?:fr|pl|ru)/.test(locale)) return "\u202f";
  return /^(?:de|es|it|nl|pt)/.test(locale) ? "." : /^en/.test(locale) ? "," : "";
}

interface Setting {
  readonly dialect: Dialect;
  readonly sources: readonly Source[];
  readonly libraries: readonly string[];
  readonly assignments: readonly string[];
  readonly separator: string | undefined;
  readonly operands: readonly string[];
  readonly localNumbers: boolean;
  /** files that are written */
  readonly dump: string | undefined;
  readonly pretty: string | undefined;
  readonly profile: string | undefined;
}

interface Given {
  readonly letter: string;
  readonly value: string | undefined;
}

const PROFILE = "awkprof.out";
const LETTERS_WITH_ARGUMENT = "FfveEilWZ";
const LETTERS_WITH_OPTIONAL = "dDLop";

/** The options in order, as getopt(3) takes them. Undefined: something is wrong, and was said. */
function* givenOptions(argv: readonly string[], io: Io): Blocking<{ readonly options: readonly Given[]; readonly operands: readonly string[] } | undefined> {
  const options: Given[] = [];
  const longNames = new Map(gawk.declaration.options.flatMap((option) => option.names.filter((name) => name.startsWith("--")).map((name) => [name.slice(2), (option.names[0] ?? "").slice(1)] as const)));
  let at = 1;
  for (; at < argv.length; at++) {
    const word = argv[at] ?? "";
    if (word === "--") {
      at++;
      break;
    }
    if (!word.startsWith("-") || word === "-") break;
    if (word.startsWith("--")) {
      const [, name = "", value] = /^--([^=]*)(?:=([\s\S]*))?$/.exec(word) ?? [];
      const candidates = [...longNames.keys()].filter((one) => one === name || one.startsWith(name));
      const letter = longNames.get(candidates.includes(name) ? name : candidates.length === 1 ? (candidates[0] ?? "") : "");
      if (letter === undefined) return undefined;
      const needs = LETTERS_WITH_ARGUMENT.includes(letter);
      const argument = value ?? (needs ? argv[++at] : undefined);
      if (needs && argument === undefined) return undefined;
      options.push({ letter, value: argument });
      if (letter === "E") {
        at++;
        break;
      }
      continue;
    }
    let last = false;
    for (let i = 1; i < word.length; i++) {
      const letter = word[i] ?? "";
      const rest = word.slice(i + 1);
      if (LETTERS_WITH_ARGUMENT.includes(letter)) {
        const value = rest !== "" ? rest : argv[++at];
        if (value === undefined) {
          yield* io.warn(`option requires an argument -- ${letter}`);
          return undefined;
        }
        options.push({ letter, value });
        last = letter === "E";
        break;
      }
      if (LETTERS_WITH_OPTIONAL.includes(letter)) {
        options.push({ letter, value: rest === "" ? undefined : rest });
        break;
      }
      if (![...longNames.values()].includes(letter)) return undefined;
      options.push({ letter, value: undefined });
    }
    if (last) {
      at++;
      break;
    }
  }
  return { options, operands: argv.slice(at) };
}

/** An exit status when there is nothing to run. */
function* readOptions(argv: readonly string[], io: Io): Blocking<Setting | number> {
  const given = yield* givenOptions(argv, io);
  const usage = function* (): Blocking<number> {
    yield* io.stderr(helpText(gawk.declaration, io.argv0, io.helpDomain));
    return 1;
  };
  if (!given) return yield* usage();
  const { options } = given;
  const has = (letter: string): boolean => options.some((one) => one.letter === letter);
  const all = (letter: string): string[] => options.flatMap((one) => (one.letter === letter && one.value !== undefined ? [one.value] : []));
  if (has("h")) {
    io.out.put(helpText(gawk.declaration, io.argv0, io.helpDomain));
    return 0;
  }
  if (has("V") || all("W").includes("version")) {
    io.out.put("GNU Awk 5.2.1, API 3.2, PMA Avon 8-g1, (GNU MPFR 4.2.0, GNU MP 6.2.1)\nSimulated: same language, messages and results as the real program, own code.\n");
    return 0;
  }
  if (has("C")) {
    io.out.put("The real program is the work of the Free Software Foundation; what runs here is a simulation with own code.\n");
    return 0;
  }
  for (const option of gawk.declaration.options) {
    const letter = (option.names[0] ?? "").slice(1);
    if (typeof option.support === "object" && "refused" in option.support && has(letter)) {
      io.sys.observe({ kind: "unsimulated", command: io.argv0, detail: option.names[0] ?? "" });
      io.die(`option '${option.names[0] ?? ""}' is not simulated here: ${option.support.refused}`, 1);
    }
  }
  const dialect: Dialect = {
    posix: has("P"), traditional: has("c"), sandbox: has("S"), nonDecimal: has("n"), bytes: has("b") || !io.utf8,
    lint: !has("L") ? false : all("L").includes("fatal") ? "fatal" : "warn",
  };
  const foreign = (word: string): string => (dialect.bytes ? latin1OfText(word) : word);
  const sources: Source[] = [];
  const libraries: string[] = [];
  for (const { letter, value = "" } of options) {
    if (letter === "e") sources.push({ name: "cmd. line", text: foreign(value) });
    else if (letter === "f" || letter === "E" || letter === "i") {
      try {
        sources.push(yield* findSource(io.sys, value, dialect.bytes));
      } catch (error) {
        if (error instanceof SysError) io.die(`fatal: cannot open source file \`${value}' for reading: ${error.message}`, 2);
        throw error;
      }
    } else if (letter === "l") {
      if (!EXTENSION_FUNCTIONS.has(value)) io.die(`fatal: cannot open shared library \`${value}' for reading: No such file or directory`, 2);
      libraries.push(value);
    }
  }
  const operands = [...given.operands];
  if (!has("e") && !has("f") && !has("E")) {
    const source = operands.shift();
    if (source === undefined) return yield* usage();
    sources.push({ name: "cmd. line", text: foreign(source) });
  }
  return {
    dialect, sources, libraries, assignments: all("v").map(foreign), separator: all("F").map(foreign).map((fs) => (fs === "t" && has("c") ? "\\t" : fs)).at(-1), operands, localNumbers: has("N"),
    dump: has("d") ? (all("d").at(-1) ?? "awkvars.out") : undefined, pretty: has("o") ? (all("o").at(-1) ?? PROFILE) : undefined, profile: has("p") ? (all("p").at(-1) ?? PROFILE) : undefined,
  };
}
