// python3: command line of the interpreter. vm/main.ts runs what it asks for; syntax/, code/, vm/, objects/, types/, modules/ are the language
// (lib/decisions/0002-python.md says why it is our own).

import type { Wait } from "../../kernel/sys.ts";
import { flag, program, text } from "../kit/program.ts";
import { type CommandLine, runPython } from "./vm/main.ts";
import { VERSION } from "./modules/sys.ts";

const USAGE = (name: string) => `usage: ${name} [option] ... [-c cmd | -m mod | file | -] [arg] ...\nTry \`python -h' for more information.\n`;

const HELP = (name: string) => `usage: ${name} [option] ... [-c cmd | -m mod | file | -] [arg] ...
Options (and corresponding environment variables):
-B     : write no .pyc files (PYTHONDONTWRITEBYTECODE)
-c cmd : program passed in as string (ends the options)
-h     : print this help message and exit (also -? or --help)
-i     : go on at the prompt after the script
-E     : ignore PYTHON* environment variables
-I     : isolate from the user's environment
-m mod : run a library module as a script (ends the options)
-O, -v, -W arg, -X opt : accepted, change nothing
-q     : no version and copyright messages at the prompt
-s, -S : without the user's site directory, without the site module
-u     : write stdout and stderr at once (PYTHONUNBUFFERED)
-V     : print the Python version number and exit (also --version)
file   : program read from a file
-      : program read from stdin (default; at a terminal: the prompt)
arg ...: arguments passed to the program in sys.argv[1:]
`;

export default program({
  name: "python3.11",
  summary: "run programs in Python",
  synopsis: ["[OPTION]... [-c COMMAND | -m MODULE | FILE | -] [ARGUMENT]..."],
  description: ["Runs a program in Python, or reads statements at a prompt."],
  options: [
    text(["-c"], "COMMAND", "run the text that follows; ends the options"), text(["-m"], "MODULE", "run a module as a program; ends the options"), flag(["-i"], "go on at the prompt after the program"), flag(["-u"], "write standard output and error at once"),
    flag(["-B"], "write no .pyc files"), flag(["-q"], "no banner at the prompt"), flag(["-I"], "isolated from the user's environment"), flag(["-E"], "ignore PYTHON* variables"), flag(["-s"], "without the user's site directory"), flag(["-S"], "without the site module"),
    flag(["-O"], "accepted, changes nothing"), flag(["-v"], "accepted, changes nothing"), text(["-W"], "FILTER", "accepted, changes nothing"), text(["-X"], "OPTION", "accepted, changes nothing"), flag(["-V", "--version"], "print the version"), flag(["-h", "-?", "--help"], "show this help"),
  ],
  operands: "files",
  exitStatuses: [["0", "the program ended"], ["1", "an exception was not handled"], ["2", "the program cannot be read, or the options are wrong"], ["N", "what sys.exit was given"]],
  seeAlso: ["python3"],
}, function* (sys, argv, io) {
  const argv0 = argv[0] ?? "python3";
  const found = yield* readOptions();
  if (typeof found === "number") return found;
  const path = argv0.includes("/") ? (argv0.startsWith("/") ? argv0 : `${sys.getcwd()}/${argv0}`) : executablePath();
  return yield* runPython(sys, argv0, found, path);

  function executablePath(): string {
    for (const folder of (sys.environment.get("PATH") ?? "/usr/local/bin:/usr/bin:/bin").split(":")) {
      try {
        sys.access(`${folder}/${argv0}`, 1);
        return `${folder}/${argv0}`;
      } catch {
      }
    }
    return "/usr/bin/python3";
  }

  function* readOptions(): Generator<Wait, CommandLine | number> {
    const environment = (name: string) => (sys.environment.get(name) ?? "") !== "";
    const line = { command: undefined as string | undefined, module: undefined as string | undefined, operands: [] as readonly string[], inspect: environment("PYTHONINSPECT"), unbuffered: environment("PYTHONUNBUFFERED"), quiet: false, writesBytecode: !environment("PYTHONDONTWRITEBYTECODE"), isolated: false };
    for (let i = 1; i < argv.length; i++) {
      const word = argv[i] ?? "";
      if (word === "--version") return yield* version();
      if (word === "--help") return yield* help();
      if (word === "--") return { ...line, operands: argv.slice(i + 1) };
      if (!word.startsWith("-") || word === "-") return { ...line, operands: argv.slice(i) };
      if (word.startsWith("--")) {
        yield* io.stderr(`unknown option ${word}\n${USAGE(argv0)}`);
        return 2;
      }
      for (let k = 1; k < word.length; k++) {
        const letter = word[k] ?? "";
        const rest = word.slice(k + 1);
        if (letter === "c" || letter === "m" || letter === "W" || letter === "X") {
          const value = rest !== "" ? rest : argv[++i];
          if (value === undefined) {
            yield* io.stderr(`Argument expected for the -${letter} option\n${USAGE(argv0)}`);
            return 2;
          }
          if (letter === "c") return { ...line, command: value, operands: argv.slice(i + 1) };
          if (letter === "m") return { ...line, module: value, operands: argv.slice(i + 1) };
          break;
        }
        if (letter === "V") return yield* version();
        if (letter === "h" || letter === "?") return yield* help();
        if (letter === "i") line.inspect = true;
        else if (letter === "u") line.unbuffered = true;
        else if (letter === "B") line.writesBytecode = false;
        else if (letter === "q") line.quiet = true;
        else if (letter === "I") line.isolated = true;
        else if (!"bdEOPsSvx".includes(letter)) {
          yield* io.stderr(`Unknown option: -${letter}\n${USAGE(argv0)}`);
          return 2;
        }
      }
    }
    return line;
  }

  function* version(): Generator<Wait, number> {
    yield* io.out.print(`Python ${VERSION}\n`);
    return 0;
  }

  function* help(): Generator<Wait, number> {
    yield* io.out.print(HELP(argv0));
    return 0;
  }
});
