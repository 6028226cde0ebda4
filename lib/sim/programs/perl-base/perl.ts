// perl: the command line of the interpreter (perlrun(1)). syntax/ reads programs, code/ makes closures of them, vm/ runs them, builtins/ and modules/ are the library,
// regex/ the patterns, values/ what is computed with.

import "./builtins/all.ts";
import "./modules/all.ts";
import type { Wait } from "../../kernel/sys.ts";
import { flag, optionalText, program, text } from "../kit/program.ts";
import { localeWarning } from "./vm/locale-warning.ts";
import { runPerl } from "./vm/main.ts";
import { readSwitches } from "./vm/switches.ts";

export default program({
  name: "perl",
  links: ["/usr/bin/perl5.36.0"],
  summary: "the Perl language interpreter",
  synopsis: ["[OPTION]... [-e PROGRAM | FILE] [ARGUMENT]..."],
  description: ["Runs a program in Perl: the text after -e, a file, or standard input."],
  options: [
    text(["-e"], "PROGRAM", "program text, a line for each -e"), text(["-E"], "PROGRAM", "like -e, with all optional features"), flag(["-n"], "a loop over the lines of the arguments around the program"), flag(["-p"], "like -n, and print each line"),
    optionalText(["-i"], "EXTENSION", "edit the files in place, keeping a copy with the extension"), flag(["-l"], "take line ends off and put them on again"), flag(["-a"], "split each line into @F"), text(["-F"], "PATTERN", "what -a splits at"),
    optionalText(["-0"], "OCTAL", "the input record separator; -0777 reads files whole"), flag(["-w"], "warnings"), flag(["-W"], "all warnings"), flag(["-X"], "no warnings"), flag(["-c"], "check the syntax only"), text(["-M"], "MODULE", "use the module"), text(["-m"], "MODULE", "use the module without its exports"),
    text(["-I"], "DIRECTORY", "look for modules there first"), flag(["-v"], "print the version"), optionalText(["-V"], "NAME", "print the configuration, or one value of it"), flag(["-s"], "switches of the script become variables"), flag(["-x"], "skip what stands before #!perl"), flag(["-t"], "accepted, changes nothing"), flag(["-T"], "accepted, changes nothing"), flag(["-u"], "accepted, changes nothing"), optionalText(["-C"], "NUMBER", "which streams are UTF-8"), flag(["-h"], "show this help"),
  ],
  operands: "files",
  exitStatuses: [["0", "the program ended"], ["2", "the program file cannot be read"], ["255", "the program died or does not compile"], ["N", "what exit was given"]],
  seeAlso: ["perlrun", "perlintro"],
}, function* (sys, argv, io): Generator<Wait, number> {
  const warning = localeWarning(sys);
  if (warning !== undefined) yield* io.stderr(warning);
  const switches = yield* readSwitches(argv.slice(1), io);
  return typeof switches === "number" ? switches : yield* runPerl(sys, switches);
});
