// The GNU dialect: a command of coreutils, grep, sed, tar… is declared and gets getopt_long parsing, GNU's error texts, --help, --version,
// completion and its man page from the declaration.
//
//   import { type Io, flag, gnu, reason, text } from "../kit/gnu.ts";
//
//   export default gnu({
//     name: "head",
//     summary: "print the beginning of files",
//     synopsis: ["[OPTION]... [FILE]..."],
//     options: {
//       lines: text(["-n", "--lines"], "[-]NUM", "how many lines to print"),      // string | undefined
//       quiet: flag(["-q", "--quiet", "--silent"], "never print file names"),     // boolean
//     },                                                                         // also: counted, texts, optionalText, word, optionalWord,
//     operands: "files",                                                         //       unsimulated, partly (kit/option.ts)
//     *run({ options, operands, given, sys }, io: Io) {
//       // (with `io: Io` written out, TypeScript knows that io.die and io.usage never return)
//       if (options.lines === "x") io.die(`invalid number of lines: ${io.quote("x")}`);   // "head: …", status 1
//       if (operands.length === 0) io.usage("missing operand");                           // + "Try 'head --help' for more information."
//       for (const name of operands) {
//         try {
//           const input = yield* io.open(name);                                  // "-" is standard input
//           for (;;) {
//             const lines = yield* input.lines();                                // a batch; empty = end
//             if (lines.length === 0) break;
//             for (const line of lines) io.out.putLatin1(line + "\n");
//             if (io.out.full) yield* io.out.flush();
//           }
//           io.close(input);
//         } catch (error) {
//           yield* io.fail(`cannot open ${io.quoteName(name)} for reading: ${reason(error)}`);   // goes on; status 1 at the end
//         }
//       }
//     },                                                                         // return a number, or nothing for io.status
//   });
//
// Other families of GNU: project: "GNU grep", version: "3.8". Standard output is flushed at the end by the dialect.

import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import type { Command, Declaration, OptionDeclaration } from "./command.ts";
import { type GetoptOptions, GetoptError, type Occurrence, getopt } from "./getopt.ts";
import { type Body, Exit, Io, UsageError } from "./io.ts";
import { helpText } from "./help-text.ts";
import type { Domain } from "./messages/domains.ts";
import { BadWord, type Options, Unsimulated, type Values, flag } from "./option.ts";
import { WriteError } from "./output.ts";
import { quote } from "./quote.ts";
import { RegexLimitError, RegexSyntaxError } from "./regex/regex-syntax-error.ts";

export { type Io, reason } from "./io.ts";
export { counted, flag, longArgument, optionalText, optionalWord, partly, text, texts, unsimulated, wholeWord, word } from "./option.ts";

export interface Call<O extends Options> {
  readonly options: Values<O>;
  readonly operands: readonly string[];
  /** Every option in the order given. */
  readonly given: readonly Occurrence<keyof O & string>[];
  /** How many operands came before `--`, when there was one. */
  readonly operandsBeforeDashes: number | undefined;
  readonly sys: Sys;
  readonly argv0: string;
}

/** What a command says of itself in each of the families that read their options as getopt_long(3) does. */
export interface FamilyDeclaration<O extends Options> {
  readonly name: string;
  readonly path?: string;
  readonly links?: readonly string[];
  readonly mode?: number;
  readonly summary: string;
  readonly synopsis: readonly string[];
  readonly description?: readonly string[];
  readonly options: O;
  readonly operands?: Declaration["operands"];
  readonly exitStatuses?: Declaration["exitStatuses"];
  readonly seeAlso?: readonly string[];
  readonly manSection?: number;
  /** Exit status of a wrong option; default 1. */
  readonly usageStatus?: number;
  /** Exit status of a failure (io.fail, io.die, a write error); default 1. */
  readonly failureStatus?: number;
  readonly parsing?: GetoptOptions;
  /** Turns old syntax (`head -5`) into options before parsing. */
  readonly rewrite?: (args: readonly string[], sys: Sys) => readonly string[];
  readonly run: (call: Call<O>, io: Io) => Body;
}

export interface GnuDeclaration<O extends Options> extends FamilyDeclaration<O> {
  readonly group?: string;
  /** As --version names it; default "GNU coreutils". */
  readonly project?: string;
  /** Default "9.1", coreutils of Debian 12. */
  readonly version?: string;
  /** -V (most of GNU) or -v (diff) as well; coreutils have no letter. */
  readonly versionLetter?: string;
  /** -h as well as --help. */
  readonly helpLetter?: string;
  /** A wrong option is answered with the help, as procps does. */
  readonly usageShowsHelp?: true;
  /** A family's own layout of the help; a usage error shows it too. */
  readonly usageText?: (declaration: Declaration, argv0: string, domain: Domain | undefined) => string;
  /** --version is a word like any other wrong one. */
  readonly withoutVersion?: true;
  /** What --version says, where it does not begin with "NAME (PROJECT) VERSION". */
  readonly versionText?: string;
  /** for a word that is none of an option's; else usageStatus */
  readonly badWordStatus?: number;
  /** A family's own wording for usage errors; default "Try 'NAME --help' for more information." */
  readonly tryLine?: (argv0: string, args: readonly string[], sys: Sys, io: Io) => string;
}

const STANDARD = {
  help: flag(["--help"], "show this help"),
  version: flag(["--version"], "show the version"),
};

export function gnu<const O extends Options>(spec: GnuDeclaration<O>): Command {
  const declared = new Map<string, OptionDeclaration>(Object.entries(spec.options));
  const table = new Map<string, OptionDeclaration>([...declared]);
  if (![...declared.values()].some((option) => option.names.includes("--help"))) table.set("--help", spec.helpLetter === undefined ? STANDARD.help : { ...STANDARD.help, names: [`-${spec.helpLetter}`, "--help"] });
  if (spec.withoutVersion !== true && ![...declared.values()].some((option) => option.names.includes("--version"))) table.set("--version", spec.versionLetter === undefined ? STANDARD.version : { ...STANDARD.version, names: [`-${spec.versionLetter}`, "--version"] });
  const declaration: Declaration = {
    name: spec.name,
    summary: spec.summary,
    synopsis: spec.synopsis,
    ...(spec.description && { description: spec.description }),
    options: [...table.values()],
    ...(spec.operands && { operands: spec.operands }),
    ...(spec.exitStatuses && { exitStatuses: spec.exitStatuses }),
    ...(spec.seeAlso && { seeAlso: spec.seeAlso }),
    ...(spec.manSection && { manSection: spec.manSection }),
  };
  const usageStatus = spec.usageStatus ?? 1;
  const badWordStatus = spec.badWordStatus ?? usageStatus;
  const failureStatus = spec.failureStatus ?? 1;
  const tryLine = spec.tryLine ?? ((argv0: string) => `Try '${argv0} --help' for more information.\n`);

  function* program(sys: Sys, argv: readonly string[]): Blocking<number> {
    const argv0 = argv[0] ?? spec.name;
    const io = new Io(sys, argv0, failureStatus);
    const usage = (): string => {
      if (spec.usageText !== undefined) return spec.usageText(declaration, argv0, io.helpDomain);
      return spec.usageShowsHelp === true ? `\n${helpText(declaration, argv0, io.helpDomain)}` : tryLine(argv0, argv.slice(1), sys, io);
    };
    return yield* guard(io, failureStatus, { usage: usageStatus, badWord: badWordStatus }, usage, function* () {
      const args = spec.rewrite?.(argv.slice(1), sys) ?? argv.slice(1);
      const parsed = parseOptions(spec.options, table, args, sys.environment.has("POSIXLY_CORRECT") ? { ...spec.parsing, stopAtOperand: true } : spec.parsing ?? {}, io);
      if ("show" in parsed) {
        if (parsed.show === "help") io.out.put((spec.usageText ?? helpText)(declaration, argv0, io.helpDomain));
        else io.say(spec.versionText ?? versionText(spec.name, spec.project ?? "GNU coreutils", spec.version ?? "9.1", io.helpDomain));
        return 0;
      }
      const { options, operands, given, operandsBeforeDashes } = parsed;
      return yield* spec.run({ options, operands, given, operandsBeforeDashes, sys, argv0 }, io);
    });
  }
  return {
    name: spec.name,
    ...(spec.path !== undefined && { path: spec.path }),
    ...(spec.links && { links: spec.links }),
    ...(spec.mode !== undefined && { mode: spec.mode }),
    ...(spec.group !== undefined && { group: spec.group }),
    declaration,
    program,
  };
}

/** First line as the real program's; the rest is ours. `domain`: where messages are French. */
export function versionText(name: string, project: string, version: string, domain?: Domain): string {
  return `${name} (${project}) ${version}\n${domain === undefined ? "Simulated: same options, messages and results as the real program, own code." : "Simulé\u00a0: mêmes options, messages et résultats que le vrai programme, code distinct."}\n`;
}

class Show extends Error {
  readonly what: "help" | "version";
  constructor(what: "help" | "version") {
    super(what);
    this.what = what;
  }
}

const initials = new WeakMap<Options, Readonly<Record<string, unknown>>>();

/** The same for each run of a command. */
function initialValues(options: Options): Readonly<Record<string, unknown>> {
  const known = initials.get(options);
  if (known) return known;
  const made = Object.fromEntries(Object.entries(options).map(([key, option]) => [key, option.initial]));
  initials.set(options, made);
  return made;
}

/** Typed values of the given options, or the wish to see --help or --version. Throws UsageError, Exit. */
export function parseOptions<O extends Options>(
  options: O, table: ReadonlyMap<string, OptionDeclaration>, args: readonly string[], how: GetoptOptions, io: Io,
): { readonly show: "help" | "version" } | Pick<Call<O>, "options" | "operands" | "given" | "operandsBeforeDashes"> {
  // the keys are the declaration's, never a learner's
  const values: Record<string, unknown> = { ...initialValues(options) };
  try {
    const { given, operands, operandsBeforeDashes } = getopt(table, args, how, (occurrence) => {
      const option = options[occurrence.option];
      if (option === undefined) throw new Show(occurrence.option === "--help" ? "help" : "version");
      try {
        values[occurrence.option] = option.accept(values[occurrence.option], occurrence.argument);
      } catch (error) {
        if (error instanceof BadWord) throw new UsageError(badWordText(error, occurrence.name, option.names, io.utf8), true);
        if (error instanceof Unsimulated) {
          io.sys.observe({ kind: "unsimulated", command: io.argv0, detail: occurrence.name });
          throw new Exit(1, `option '${occurrence.name}' is not simulated here: ${error.why}`);
        }
        throw error;
      }
    });
    return { options: values as Values<O>, operands, given: given as Occurrence<keyof O & string>[], operandsBeforeDashes };
  } catch (error) {
    if (error instanceof Show) return { show: error.what };
    if (error instanceof GetoptError) throw new UsageError(error.message);
    throw error;
  }
}

/** gnulib's argmatch message; the option is named by its long name. */
function badWordText(error: BadWord, name: string, names: readonly string[], utf8: boolean): string {
  const shown = names.find((other) => other.startsWith("--")) ?? name;
  return `${error.ambiguous ? "ambiguous" : "invalid"} argument ${quote(error.argument, utf8)} for ${quote(shown, utf8)}\n${validArguments(error.groups, utf8)}`;
}

export function validArguments(groups: readonly (readonly string[])[], utf8: boolean): string {
  return "Valid arguments are:\n" + groups.map((group) => "  - " + group.map((one) => quote(one, utf8)).join(", ")).join("\n");
}

/** Runs a command's body and turns what it throws into messages and an exit status; flushes standard output. */
export function* guard(
  io: Io, failureStatus: number, usageStatus: number | { readonly usage: number; readonly badWord: number }, tryLine: string | (() => string),
  body: () => Body,
): Blocking<number> {
  let status = 0;
  try {
    status = (yield* body()) ?? io.status;
    yield* io.out.flush();
  } catch (error) {
    try {
      if (error instanceof WriteError) {
        yield* io.stderrUnflushed(`${io.argv0}: write error: ${error.message}\n`);
        return failureStatus;
      }
      if (error instanceof Exit) {
        if (error.text !== undefined) yield* io.warn(error.text);
        status = error.status;
      } else if (error instanceof UsageError) {
        if (error.text !== undefined) yield* io.warn(error.text);
        yield* io.stderr(typeof tryLine === "string" ? tryLine : tryLine());
        status = typeof usageStatus === "number" ? usageStatus : error.badWord ? usageStatus.badWord : usageStatus.usage;
      } else if (error instanceof SysError || error instanceof RegexSyntaxError || error instanceof RegexLimitError) {
        yield* io.warn(error.message);
        status = failureStatus;
      } else {
        throw error;
      }
      yield* io.out.flush();
    } catch (second) {
      if (second instanceof WriteError || second instanceof SysError) return failureStatus;
      throw second;
    }
  }
  return status;
}
