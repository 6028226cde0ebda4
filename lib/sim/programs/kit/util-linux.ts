// The util-linux dialect (lsblk, mount, unshare, findmnt…): getopt_long parsing as in kit/gnu.ts, its own --help layout and --version line.
// Used in the same way: `export default utilLinux({ name, summary, synopsis, options, *run({ options, operands, sys }, io) {…} })`.

import type { Blocking, Sys } from "../../kernel/sys.ts";
import type { Command, Declaration, OptionDeclaration, WordList } from "./command.ts";
import { type FamilyDeclaration, guard, parseOptions } from "./gnu.ts";
import { optionHelp, optionUsage, wrap } from "./help-text.ts";
import { Io } from "./io.ts";
import { frenchDeclaration } from "./messages/declared-french.ts";
import type { Domain } from "./messages/domains.ts";
import { helpHeadings } from "./messages/help-headings.ts";
import { type Options, flag } from "./option.ts";

export { type Io, reason } from "./io.ts";
export { counted, flag, longArgument, optionalText, optionalWord, partly, text, texts, unsimulated, word } from "./option.ts";

interface UtilLinuxDeclaration<O extends Options> extends FamilyDeclaration<O> {
  readonly lists?: readonly WordList[];
}

const VERSION = "2.38.1";

export function utilLinux<const O extends Options>(spec: UtilLinuxDeclaration<O>): Command {
  const table = new Map<string, OptionDeclaration>(Object.entries(spec.options));
  const taken = new Set([...table.values()].flatMap((option) => option.names));
  const names = (short: string, long: string): string[] => (taken.has(short) ? [long] : [short, long]);
  if (!taken.has("--help")) table.set("--help", flag(names("-h", "--help"), "display this help"));
  if (!taken.has("--version")) table.set("--version", flag(names("-V", "--version"), "display version"));
  const declaration: Declaration = {
    name: spec.name,
    summary: spec.summary,
    synopsis: spec.synopsis,
    ...(spec.description && { description: spec.description }),
    options: [...table.values()],
    ...(spec.operands && { operands: spec.operands }),
    ...(spec.exitStatuses && { exitStatuses: spec.exitStatuses }),
    ...(spec.lists && { lists: spec.lists }),
    ...(spec.seeAlso && { seeAlso: spec.seeAlso }),
    manSection: spec.manSection ?? 1,
  };
  const usageStatus = spec.usageStatus ?? 1;
  const failureStatus = spec.failureStatus ?? 1;

  function* program(sys: Sys, argv: readonly string[]): Blocking<number> {
    // util-linux names itself by the last part of argv[0] (program_invocation_short_name).
    const shortName = (argv[0] ?? spec.name).split("/").at(-1) ?? spec.name;
    const io = new Io(sys, shortName, failureStatus);
    return yield* guard(io, failureStatus, usageStatus, `Try '${shortName} --help' for more information.\n`, function* () {
      const args = spec.rewrite?.(argv.slice(1), sys) ?? argv.slice(1);
      const parsed = parseOptions(spec.options, table, args, sys.environment.has("POSIXLY_CORRECT") ? { ...spec.parsing, stopAtOperand: true } : spec.parsing ?? {}, io);
      if ("show" in parsed) {
        if (parsed.show === "version") io.out.put(`${shortName} from util-linux ${VERSION}\n`);
        else io.out.put(utilLinuxHelp(declaration, shortName, io.helpDomain));
        return 0;
      }
      const { options, operands, given, operandsBeforeDashes } = parsed;
      return yield* spec.run({ options, operands, given, operandsBeforeDashes, sys, argv0: shortName }, io);
    });
  }
  return {
    name: spec.name,
    ...(spec.path !== undefined && { path: spec.path }),
    ...(spec.links && { links: spec.links }),
    ...(spec.mode !== undefined && { mode: spec.mode }),
    declaration,
    program,
  };
}

/** "Usage:" block, summary, "Options:" with the help text in one column, closing line, in the layout of util-linux; `domain`: where messages are French. */
export function utilLinuxHelp(declared: Declaration, name: string, domain?: Domain): string {
  const french = domain === undefined ? undefined : frenchDeclaration(declared);
  const declaration = french ?? declared;
  const headings = helpHeadings(french === undefined ? undefined : domain);
  const summary = declaration.summary.charAt(0).toUpperCase() + declaration.summary.slice(1);
  const heads = declaration.options.map((option) => " " + utilLinuxUsage(option));
  const column = Math.min(30, Math.max(...heads.map((head) => head.length)) + 2);
  let out = `\n${headings.usage}\n${declaration.synopsis.map((line) => ` ${name} ${line}\n`).join("")}\n${summary}.\n\n${headings.options}\n`;
  for (const [index, option] of declaration.options.entries()) {
    const head = heads[index] ?? "";
    const help = wrap(optionHelp(option, headings), Math.max(30, 79 - column));
    const pad = " ".repeat(column);
    if (head.length + 2 > column) out += head + "\n" + help.map((line) => pad + line + "\n").join("");
    else out += help.map((line, at) => (at === 0 ? head.padEnd(column) : pad) + line + "\n").join("");
  }
  for (const { heading, words, width, separator } of declaration.lists ?? []) {
    out += `\n${heading}\n`;
    for (const [word, meaning] of words) out += `${width < 0 ? `  ${word.padEnd(meaning === "" ? 0 : -width)}` : word.padStart(width)}${meaning === "" ? "" : `${separator ?? "  "}${meaning}`}\n`;
  }
  const page = `${name}(${declaration.manSection ?? 1})`;
  return out + (french === undefined ? `\nFor more details see ${page}.\n` : `\nConsultez ${page} pour obtenir des précisions complémentaires.\n`);
}

function utilLinuxUsage(option: OptionDeclaration): string {
  const usage = optionUsage({ ...option, argument: undefined });
  if (option.argument === undefined) return usage;
  return option.argumentOptional ? `${usage}[=<${option.argument}>]` : `${usage} <${option.argument}>`;
}

/** From the first column of a list that is none to the list's end, as string_to_idarray() of util-linux complains. */
export function unknownColumn(list: string, known: (column: string) => boolean): string | undefined {
  const words = list.replace(/^[+=]/, "").split(",");
  const at = words.findIndex((word) => !known(word.toUpperCase()));
  return at < 0 ? undefined : words.slice(at).join(",");
}
