// gcc is there to be found, asked for its version and given wrong names: programs of machine code do not run on the simulated machine.
import { SysError } from "../../kernel/sys.ts";
import { flag, type Io, program, text } from "../kit/program.ts";

const VERSION = "gcc (Debian 12.2.0-14+deb12u1) 12.2.0";
const withArgument = new Set(["-o", "-I", "-L", "-l", "-D", "-x", "-include", "-MF", "-MT"]);

export default program({
  name: "gcc", summary: "GNU project C and C++ compiler", synopsis: ["[OPTION]... FILE..."], operands: "files", showsHelp: true,
  description: ["The simulated machine does not compile: programs in machine code would not run on it."],
  options: [text(["-o"], "FILE", "where the result would go"), flag(["-c"], "compile only"), flag(["--version"], "print the version"), flag(["-dumpmachine"], "print the machine that it compiles for"), flag(["-dumpversion"], "only the version's number")],
}, function* (sys, argv, io: Io) {
  const words = argv.slice(1);
  if (words.includes("--version")) {
    io.out.put(`${VERSION}\n`);
    return 0;
  }
  if (words.includes("-dumpmachine") || words.includes("-dumpversion")) {
    io.out.put(words.includes("-dumpmachine") ? "x86_64-linux-gnu\n" : "12\n");
    return 0;
  }
  const files = words.filter((word, at) => !word.startsWith("-") && !withArgument.has(words[at - 1] ?? ""));
  let found = 0;
  for (const file of files) {
    try {
      sys.stat(file);
      found++;
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* io.stderr(`gcc: error: ${file}: ${error.message}\n`);
    }
  }
  if (found === 0 || found < files.length) {
    yield* io.stderr(`${found === 0 ? "gcc: fatal error: no input files\n" : ""}compilation terminated.\n`);
    return 1;
  }
  sys.observe({ kind: "unsimulated", command: "gcc", detail: "compile" });
  yield* io.stderr("gcc: compiling is not simulated here: programs in machine code do not run on this machine\n");
  return 1;
});
