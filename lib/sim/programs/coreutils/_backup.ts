// Backups of files that would be overwritten (cp, mv, ln, install: --backup, --suffix, VERSION_CONTROL).

import { type Sys, SysError } from "../../kernel/sys.ts";
import { type Io, flag, optionalText, text, validArguments } from "../kit/gnu.ts";
import { directoryOf, lastComponent } from "../kit/paths.ts";

export const BACKUP_OPTIONS = {
  backup: optionalText(["--backup"], "CONTROL", "rename a file that would be replaced, as CONTROL says: numbered, t (name.~1~); simple, never (name~); existing, nil (numbered if there are such backups, else simple); none, off (no backup)"),
  backupShort: flag(["-b"], "as --backup, without a CONTROL"),
  suffix: text(["-S", "--suffix"], "SUFFIX", "SUFFIX of the names of backups, instead of ~"),
} as const;

const CONTROLS = [["none", "off"], ["simple", "never"], ["existing", "nil"], ["numbered", "t"]] as const;

export type BackupKind = "none" | "simple" | "existing" | "numbered";

export interface Backup {
  readonly kind: BackupKind;
  readonly suffix: string;
}

export function backupSettings(
  options: { readonly backup: string | true | undefined; readonly backupShort: boolean; readonly suffix: string | undefined }, io: Io,
): Backup {
  const environment = io.sys.environment;
  const given = environment.get("SIMPLE_BACKUP_SUFFIX");
  const suffix = options.suffix ?? (given === undefined || given === "" || given.includes("/") ? "~" : given);
  if (options.backup === undefined && !options.backupShort && options.suffix === undefined) return { kind: "none", suffix };
  const control = typeof options.backup === "string" ? options.backup : environment.get("VERSION_CONTROL") ?? "";
  if (control === "") return { kind: "existing", suffix };
  const found = CONTROLS.filter((group) => group.some((word) => word.startsWith(control)));
  const exact = CONTROLS.find((group) => group.some((word) => word === control)) ?? (found.length === 1 ? found[0] : undefined);
  if (exact) return { kind: exact[0], suffix };
  return io.usage(`${found.length > 1 ? "ambiguous" : "invalid"} argument ${io.quote(control)} for ${io.quote(typeof options.backup === "string" ? "backup type" : "$VERSION_CONTROL")}\n${validArguments(CONTROLS, io.utf8)}`);
}

/** The name that the backup of a file gets. */
export function backupName(sys: Sys, path: string, backup: Backup): string {
  if (backup.kind === "simple") return path + backup.suffix;
  let highest = 0;
  const base = lastComponent(path);
  try {
    for (const { name } of sys.readdir(directoryOf(path))) {
      const number = name.startsWith(base + ".~") ? /^(\d+)~$/.exec(name.slice(base.length + 2)) : null;
      if (number) highest = Math.max(highest, Number(number[1]));
    }
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
  if (backup.kind === "existing" && highest === 0) return path + backup.suffix;
  return `${path}.~${highest + 1}~`;
}
