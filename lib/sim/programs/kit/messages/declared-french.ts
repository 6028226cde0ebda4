// What commands declare (kit/command.ts) in French: for --help of programs that know French, and for the manual pages in /usr/share/man/fr.
// A catalogue for each package, in french-help: the English text of a declaration and beside it ours. A text that two packages share stands with the first. declared-french.test.ts
// fails for a text of these packages without French, and for French that no declaration has.

import type { Declaration, OptionDeclaration, Support } from "../command.ts";
import type { Catalogue } from "./domains.ts";
import { frenchCoreutilsHelp } from "./french-help/coreutils.ts";
import { frenchPlaceholder, frenchSynopsis } from "./placeholders.ts";

/** The packages whose declarations are all in French, with what each adds. */
export const FRENCH_HELP: ReadonlyMap<string, Catalogue> = new Map<string, Catalogue>([
  ["coreutils", frenchCoreutilsHelp],
]);

let texts: ReadonlyMap<string, string> | undefined;

function inFrench(english: string): string {
  texts ??= new Map([...FRENCH_HELP.values()].flat());
  return texts.get(english) ?? english;
}

function frenchSupport(support: Support): Support {
  if (typeof support === "string") return support;
  return "partly" in support ? { partly: inFrench(support.partly) } : { refused: inFrench(support.refused) };
}

export function frenchOption(option: OptionDeclaration): OptionDeclaration {
  return { ...option, help: inFrench(option.help), support: frenchSupport(option.support), argument: option.argument === undefined ? undefined : frenchPlaceholder(option.argument) };
}

/** undefined: nobody has translated it. */
export function frenchDeclaration(declaration: Declaration): Declaration | undefined {
  const summary = inFrench(declaration.summary);
  if (summary === declaration.summary) return undefined;
  return {
    ...declaration,
    summary,
    synopsis: declaration.synopsis.map(frenchSynopsis),
    ...(declaration.description && { description: declaration.description.map(inFrench) }),
    options: declaration.options.map(frenchOption),
    ...(declaration.subcommands && { subcommands: declaration.subcommands.map((one) => ({ ...one, summary: inFrench(one.summary) })) }),
    ...(declaration.exitStatuses && { exitStatuses: declaration.exitStatuses.map(([status, meaning]) => [status, inFrench(meaning)] as const) }),
  };
}
