// make: GNU make 4.3. Makefiles are read in _makefile.ts, targets made in _builder.ts. Jobs of -j run one after another.
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { counted, flag, gnu, type Io, optionalText, partly, texts } from "../kit/gnu.ts";
import { Builder } from "./_builder.ts";
import { Makefile, type PatternRule } from "./_makefile.ts";
import { exists, MakeError, Variables } from "./_variables.ts";

const DEFAULTS: readonly (readonly [string, string])[] = [
  ["AR", "ar"], ["ARFLAGS", "rv"], ["AS", "as"], ["CC", "cc"], ["CXX", "g++"], ["CPP", "$(CC) -E"], ["LD", "ld"], ["LEX", "lex"], ["YACC", "yacc"], ["RM", "rm -f"], ["OUTPUT_OPTION", "-o $@"], ["MAKE_VERSION", "4.3"], ["MAKE_HOST", "x86_64-pc-linux-gnu"], ["MAKE_COMMAND", "make"], ["MAKE", "$(MAKE_COMMAND)"],
  ["COMPILE.c", "$(CC) $(CFLAGS) $(CPPFLAGS) $(TARGET_ARCH) -c"], ["COMPILE.cc", "$(CXX) $(CXXFLAGS) $(CPPFLAGS) $(TARGET_ARCH) -c"], ["LINK.c", "$(CC) $(CFLAGS) $(CPPFLAGS) $(LDFLAGS) $(TARGET_ARCH)"], ["LINK.cc", "$(CXX) $(CXXFLAGS) $(CPPFLAGS) $(LDFLAGS) $(TARGET_ARCH)"], ["LINK.o", "$(CC) $(LDFLAGS) $(TARGET_ARCH)"], [".SHELLFLAGS", "-c"], ["SUFFIXES", ".out .a .ln .o .c .cc .C .cpp .p .f .F .m .r .y .l .ym .yl .s .S .mod .sym .def .h .info .dvi .tex .texinfo .texi .txinfo .w .ch .web .sh .elc .el"],
];

const BUILT_IN: readonly (readonly [target: string, prerequisite: string, ...recipe: string[]])[] = [
  ["%.o", "%.c", "$(COMPILE.c) $(OUTPUT_OPTION) $<"], ["%.o", "%.cc", "$(COMPILE.cc) $(OUTPUT_OPTION) $<"], ["%.o", "%.cpp", "$(COMPILE.cc) $(OUTPUT_OPTION) $<"],
  ["%", "%.o", "$(LINK.o) $^ $(LOADLIBES) $(LDLIBS) -o $@"], ["%", "%.c", "$(LINK.c) $^ $(LOADLIBES) $(LDLIBS) -o $@"], ["%", "%.cc", "$(LINK.cc) $^ $(LOADLIBES) $(LDLIBS) -o $@"], ["%", "%.sh", "cat $< >$@ ", "chmod a+x $@"],
];

function builtInRules(): PatternRule[] {
  return BUILT_IN.map(([target, prerequisite, ...recipe]) => ({ targets: [target], prerequisites: [prerequisite], orderOnly: [], isBuiltIn: true, recipe: { file: "<builtin>", line: 0, lines: recipe.map((text) => ({ text, line: 0 })) } }));
}

export default gnu({
  name: "make", links: ["/usr/bin/gmake"], project: "GNU", version: "4.3", versionText: "GNU Make 4.3\nBuilt for x86_64-pc-linux-gnu\n", versionLetter: "v", helpLetter: "h", usageStatus: 2, usageShowsHelp: true, summary: "make files from others when they are out of date", synopsis: ["[OPTION]... [TARGET | VARIABLE=VALUE]..."], operands: "files",
  description: ["Reads GNUmakefile, makefile or Makefile and makes the targets that are named, else the first: what it needs is made first, and its recipe is run when it is missing or older than that."],
  options: {
    always: flag(["-B", "--always-make"], "make all targets, new or not"), directory: texts(["-C", "--directory"], "DIRECTORY", "change to DIRECTORY first"), debug: counted(["-d"], "taken, says nothing more"), environment: flag(["-e", "--environment-overrides"], "variables of the environment come before those of makefiles"),
    file: texts(["-f", "--file", "--makefile"], "FILE", "read FILE as makefile"), ignore: flag(["-i", "--ignore-errors"], "go on when recipes fail"), include: texts(["-I", "--include-dir"], "DIRECTORY", "taken"), jobs: partly(optionalText(["-j", "--jobs"], "N", "so many jobs at once"), "jobs run one after another"),
    keep: flag(["-k", "--keep-going"], "go on with what does not need what failed"), load: optionalText(["-l", "--load-average", "--max-load"], "N", "taken"), dry: flag(["-n", "--just-print", "--dry-run", "--recon"], "print recipes without running them"), old: texts(["-o", "--old-file", "--assume-old"], "FILE", "FILE is old, and not made"),
    question: flag(["-q", "--question"], "run nothing: the status says whether all is up to date"), noRules: flag(["-r", "--no-builtin-rules"], "without the implicit rules of make"), noVariables: flag(["-R", "--no-builtin-variables"], "without the variables of make"), silent: flag(["-s", "--silent", "--quiet"], "do not print recipes"), noSilent: flag(["--no-silent"], "print them again"),
    stop: flag(["-S", "--no-keep-going", "--stop"], "not -k"), touch: flag(["-t", "--touch"], "touch targets instead of making them"), trace: flag(["--trace"], "say why a recipe is run"), printDirectory: flag(["-w", "--print-directory"], "say which directory is entered"), noDirectory: flag(["--no-print-directory"], "do not say it"),
    whatIf: texts(["-W", "--what-if", "--new-file", "--assume-new"], "FILE", "FILE is new"), sync: optionalText(["-O", "--output-sync"], "TYPE", "taken"),
  },
  exitStatuses: [["0", "all is made"], ["1", "with -q: something is not up to date"], ["2", "an error"]],
  *run({ options, operands, sys }, io: Io) {
    const level = Number(sys.environment.get("MAKELEVEL") ?? "0");
    const name = level > 0 ? `make[${level}]` : "make";
    for (const directory of options.directory) {
      try {
        sys.chdir(directory);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* io.stderr(`${name}: *** ${directory}: ${error.message}.  Stop.\n`);
        return 2;
      }
    }
    const flags = [...(options.always ? ["B"] : []), ...(options.ignore ? ["i"] : []), ...(options.keep ? ["k"] : []), ...(options.dry ? ["n"] : []), ...(options.question ? ["q"] : []), ...(options.noRules ? ["r"] : []), ...(options.silent ? ["s"] : []), ...(options.touch ? ["t"] : [])];
    const inherited = (sys.environment.get("MAKEFLAGS") ?? "").split(" ")[0] ?? "";
    const handed = new Set(/^[a-zA-Z]+$/.test(inherited) ? inherited : "");
    const has = (letter: string, own: boolean): boolean => own || handed.has(letter);
    const isQuiet = options.noDirectory || (sys.environment.get("MAKEFLAGS") ?? "").includes("--no-print-directory");
    const announces = !isQuiet && (options.printDirectory || options.directory.length > 0 || level > 0) && !(has("s", options.silent) && !options.printDirectory);
    if (announces) io.say(`${name}: Entering directory '${sys.getcwd()}'\n`);
    const status = yield* main(sys, io, name, operands, {
      files: options.file, noRules: has("r", options.noRules || options.noVariables), environmentFirst: options.environment, flags: [...new Set([...flags, ...handed])], isQuiet,
      build: { dryRun: has("n", options.dry), silent: has("s", options.silent) && !options.noSilent, keepGoing: has("k", options.keep) && !options.stop, ignoreErrors: has("i", options.ignore), touch: has("t", options.touch), question: has("q", options.question), always: has("B", options.always), old: new Set(options.old), whatIf: new Set(options.whatIf), traces: options.trace },
    });
    if (announces) io.say(`${name}: Leaving directory '${sys.getcwd()}'\n`);
    return status;
  },
});

interface Call {
  readonly files: readonly string[];
  readonly noRules: boolean;
  readonly environmentFirst: boolean;
  readonly flags: readonly string[];
  /** --no-print-directory */
  readonly isQuiet: boolean;
  readonly build: ConstructorParameters<typeof Builder>[2];
}

function* main(sys: Sys, io: Io, name: string, operands: readonly string[], call: Call): Blocking<number> {
  const variables = new Variables(io);
  const plain = { isRecursive: false, isExported: undefined } as const;
  const makefile = new Makefile(io, variables);
  try {
    for (const [key, value] of DEFAULTS) variables.set(key, { value, isRecursive: true, origin: "default", isExported: false });
    for (const [key, value] of sys.environment) if (key !== "SHELL" && key !== "MAKEFLAGS" && key !== "MAKELEVEL") variables.set(key, { value, ...plain, origin: "environment" });
    variables.set("SHELL", { value: "/bin/sh", ...plain, origin: "default" });
    variables.set("CURDIR", { value: sys.getcwd(), ...plain, origin: "file" });
    variables.set("MAKELEVEL", { value: sys.environment.get("MAKELEVEL") ?? "0", ...plain, origin: "environment" });
    const isAssignment = (word: string): boolean => /^[^\s:#=]+(?:::=|[:+?!]?=)/.test(word);
    const handed = (sys.environment.get("MAKEFLAGS") ?? "").split(" -- ")[1]?.split(" ") ?? [];
    const given = operands.filter(isAssignment);
    for (const word of [...handed, ...given]) {
      const match = /^([^\s:#=+?!]+)(::=|[:+?!]?=)([\s\S]*)$/.exec(word);
      if (match) yield* makefile.assign(match[1] ?? "", match[2] ?? "=", match[3] ?? "", "command line");
    }
    const goals = operands.filter((word) => !isAssignment(word));
    variables.set("MAKECMDGOALS", { value: goals.join(" "), ...plain, origin: "file" });
    const letters = `${call.flags.join("")}${call.isQuiet ? " --no-print-directory" : ""}`;
    variables.set("MAKEFLAGS", { value: `${letters}${[...handed, ...given].length > 0 ? `${letters === "" ? "" : " "}-- ${[...handed, ...given].join(" ")}` : ""}`, ...plain, origin: "file" });
    if (!call.noRules) makefile.patterns.push(...builtInRules());
    const files = call.files.length > 0 ? call.files : ["GNUmakefile", "makefile", "Makefile"].filter((one) => exists(sys, one)).slice(0, 1);
    for (const file of files) {
      if (yield* makefile.readFile(file)) continue;
      yield* io.stderr(`${name}: ${file}: No such file or directory\n`);
      throw new MakeError(`No rule to make target '${file}'.`);
    }
    variables.place = undefined;
    yield* makefile.finish();
    const first = variables.get(".DEFAULT_GOAL")?.value ?? "";
    if (goals.length === 0 && first === "") throw new MakeError(files.length === 0 ? "No targets specified and no makefile found." : "No targets.");
    const builder = new Builder(io, makefile, call.build, name);
    let status = 0;
    for (const goal of goals.length > 0 ? goals : [first]) {
      if (yield* builder.goal(goal)) continue;
      status = call.build.question && builder.wouldRun ? 1 : 2;
      if (!call.build.keepGoing) break;
    }
    return status;
  } catch (error) {
    if (!(error instanceof MakeError)) throw error;
    yield* io.stderr(`${error.place ?? name}: *** ${error.message}${error.message.endsWith(".") ? "" : "."}  Stop.\n`);
    return 2;
  }
}
