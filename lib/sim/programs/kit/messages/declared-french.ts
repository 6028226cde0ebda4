// What commands declare (kit/command.ts) in French: for --help of programs that know French, and for the manual pages in /usr/share/man/fr.
// A catalogue for each package, or for those made of one source, in french-help: the English text of a declaration and beside it ours. A text that two catalogues share stands in the first. declared-french.test.ts
// fails for a text of these packages without French, and for French that no declaration has.

import type { Declaration, OptionDeclaration, Support } from "../command.ts";
import type { Catalogue } from "./domains.ts";
import { frenchAdduserHelp } from "./french-help/adduser.ts";
import { frenchAptHelp } from "./french-help/apt.ts";
import { frenchAtHelp } from "./french-help/at.ts";
import { frenchBzip2Help } from "./french-help/bzip2.ts";
import { frenchCoreutilsHelp } from "./french-help/coreutils.ts";
import { frenchCronHelp } from "./french-help/cron.ts";
import { frenchDebconfHelp } from "./french-help/debconf.ts";
import { frenchDebianutilsHelp } from "./french-help/debianutils.ts";
import { frenchDiffutilsHelp } from "./french-help/diffutils.ts";
import { frenchDpkgHelp } from "./french-help/dpkg.ts";
import { frenchFileHelp } from "./french-help/file.ts";
import { frenchFindutilsHelp } from "./french-help/findutils.ts";
import { frenchGrepHelp } from "./french-help/grep.ts";
import { frenchGzipHelp } from "./french-help/gzip.ts";
import { frenchHostnameHelp } from "./french-help/hostname.ts";
import { frenchInitSystemHelpersHelp } from "./french-help/init-system-helpers.ts";
import { frenchLessHelp } from "./french-help/less.ts";
import { frenchLibcBinHelp } from "./french-help/libc-bin.ts";
import { frenchLocalesHelp } from "./french-help/locales.ts";
import { frenchLoginHelp } from "./french-help/login.ts";
import { frenchManDbHelp } from "./french-help/man-db.ts";
import { frenchPasswdHelp } from "./french-help/passwd.ts";
import { frenchPatchHelp } from "./french-help/patch.ts";
import { frenchProcpsHelp } from "./french-help/procps.ts";
import { frenchPsmiscHelp } from "./french-help/psmisc.ts";
import { frenchSedHelp } from "./french-help/sed.ts";
import { frenchSensibleUtilsHelp } from "./french-help/sensible-utils.ts";
import { frenchSudoHelp } from "./french-help/sudo.ts";
import { frenchSysvinitUtilsHelp } from "./french-help/sysvinit-utils.ts";
import { frenchTarHelp } from "./french-help/tar.ts";
import { frenchTimeHelp } from "./french-help/time.ts";
import { frenchTreeHelp } from "./french-help/tree.ts";
import { frenchUtilLinuxHelp } from "./french-help/util-linux.ts";
import { frenchXzUtilsHelp } from "./french-help/xz-utils.ts";
import { frenchZstdHelp } from "./french-help/zstd.ts";
import { frenchPlaceholder, frenchSynopsis } from "./placeholders.ts";

/** The packages whose declarations are all in French, and what they add to those before. */
export const FRENCH_HELP: readonly { readonly packages: readonly string[]; readonly catalogue: Catalogue }[] = [
  { packages: ["coreutils"], catalogue: frenchCoreutilsHelp },
  { packages: ["util-linux", "mount", "bsdutils", "bsdextrautils", "fdisk", "util-linux-extra", "uuid-runtime"], catalogue: frenchUtilLinuxHelp },
  { packages: ["grep"], catalogue: frenchGrepHelp },
  { packages: ["sed"], catalogue: frenchSedHelp },
  { packages: ["findutils"], catalogue: frenchFindutilsHelp },
  { packages: ["tar"], catalogue: frenchTarHelp },
  { packages: ["gzip"], catalogue: frenchGzipHelp },
  { packages: ["xz-utils"], catalogue: frenchXzUtilsHelp },
  { packages: ["bzip2"], catalogue: frenchBzip2Help },
  { packages: ["zstd"], catalogue: frenchZstdHelp },
  { packages: ["diffutils"], catalogue: frenchDiffutilsHelp },
  { packages: ["procps"], catalogue: frenchProcpsHelp },
  { packages: ["psmisc"], catalogue: frenchPsmiscHelp },
  { packages: ["patch"], catalogue: frenchPatchHelp },
  { packages: ["file"], catalogue: frenchFileHelp },
  { packages: ["passwd"], catalogue: frenchPasswdHelp },
  { packages: ["login"], catalogue: frenchLoginHelp },
  { packages: ["adduser"], catalogue: frenchAdduserHelp },
  { packages: ["apt"], catalogue: frenchAptHelp },
  { packages: ["dpkg"], catalogue: frenchDpkgHelp },
  { packages: ["debconf"], catalogue: frenchDebconfHelp },
  { packages: ["debianutils"], catalogue: frenchDebianutilsHelp },
  { packages: ["cron"], catalogue: frenchCronHelp },
  { packages: ["at"], catalogue: frenchAtHelp },
  { packages: ["man-db"], catalogue: frenchManDbHelp },
  { packages: ["less"], catalogue: frenchLessHelp },
  { packages: ["hostname"], catalogue: frenchHostnameHelp },
  { packages: ["sudo"], catalogue: frenchSudoHelp },
  { packages: ["libc-bin"], catalogue: frenchLibcBinHelp },
  { packages: ["locales"], catalogue: frenchLocalesHelp },
  { packages: ["init-system-helpers"], catalogue: frenchInitSystemHelpersHelp },
  { packages: ["sysvinit-utils"], catalogue: frenchSysvinitUtilsHelp },
  { packages: ["sensible-utils"], catalogue: frenchSensibleUtilsHelp },
  { packages: ["time"], catalogue: frenchTimeHelp },
  { packages: ["tree"], catalogue: frenchTreeHelp },
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
