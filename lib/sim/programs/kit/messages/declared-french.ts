// What commands declare (kit/command.ts) in French: for --help of programs that know French, and for the manual pages in /usr/share/man/fr.
// A catalogue for each package, or for those made of one source, in french-help: the English text of a declaration and beside it ours. A text that two catalogues share stands in the first. declared-french.test.ts
// fails for a text of these packages without French, and for French that no declaration has.

import type { Declaration, OptionDeclaration, Support } from "../command.ts";
import type { Catalogue } from "./domains.ts";
import { frenchCoreutilsHelp } from "./french-help/coreutils.ts";
import { frenchUtilLinuxHelp } from "./french-help/util-linux.ts";
import { frenchPlaceholder, frenchSynopsis } from "./placeholders.ts";

/** The packages whose declarations are all in French, and what they add to those before. */
export const FRENCH_HELP: readonly { readonly packages: readonly string[]; readonly catalogue: Catalogue }[] = [
  { packages: ["coreutils"], catalogue: frenchCoreutilsHelp },
  { packages: ["util-linux", "mount", "bsdutils", "bsdextrautils", "fdisk", "util-linux-extra", "uuid-runtime"], catalogue: frenchUtilLinuxHelp },
];

let texts: ReadonlyMap<string, string> | undefined;

function inFrench(english: string): string {
  texts ??= new Map(FRENCH_HELP.flatMap(({ catalogue }) => catalogue));
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
