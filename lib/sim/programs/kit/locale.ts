// What the environment says of the language (locale(7)): a fresh machine has C, POSIX and C.UTF-8, locale-gen(8) adds others; a name ending in UTF-8 that is not installed counts
// as C.UTF-8 for characters.
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "./accounts.ts";

export const LOCALE_DIRECTORY = "/usr/lib/locale";

/** "fr_FR.UTF-8" is the directory fr_FR.utf8. */
export function localeDirectoryName(name: string): string {
  return name.replace(/\.([^@]*)/, (_, codeset: string) => `.${codeset.toLowerCase().replace(/[^a-z0-9]/g, "")}`).replaceAll("/", "_");
}

export function installedLocale(sys: Sys, name: string): boolean {
  if (name === "C" || name === "POSIX") return true;
  try {
    sys.stat(`${LOCALE_DIRECTORY}/${localeDirectoryName(name)}`);
    return true;
  } catch (error) {
    if (error instanceof SysError) return false;
    throw error;
  }
}

export function localeOf(environment: ReadonlyMap<string, string>, category: "LC_CTYPE" | "LC_COLLATE" | "LC_TIME" | "LC_MESSAGES" | "LC_NUMERIC" = "LC_CTYPE"): string {
  for (const name of ["LC_ALL", category, "LANG"]) {
    const value = environment.get(name);
    if (value !== undefined && value !== "") return value;
  }
  return "C";
}

export function isUtf8(environment: ReadonlyMap<string, string>): boolean {
  return /\.utf-?8(@|$)/i.test(localeOf(environment));
}

/** The variables of /etc/default/locale, which every login gets (pam_env(8) with envfile=). */
export function* loginLocale(sys: Sys): Blocking<Map<string, string>> {
  const found = new Map<string, string>();
  for (const line of ((yield* readTextFile(sys, "/etc/default/locale")) ?? "").split("\n")) {
    const match = /^([A-Z_]+)="?([^"]*)"?$/.exec(line);
    if (match) found.set(match[1] ?? "", match[2] ?? "");
  }
  return found;
}

/** What stands between the units and the tenths: a comma where the installed locale of LC_NUMERIC says so. */
export function decimalPoint(sys: Sys, environment: ReadonlyMap<string, string> = sys.environment): "." | "," {
  const locale = localeOf(environment, "LC_NUMERIC");
  return /^(?:fr|de|es|it|nl|pt|pl|ru)(?:[_.@]|$)/.test(locale) && installedLocale(sys, locale) ? "," : ".";
}

/** A number that printf(3) wrote, in the locale of LC_NUMERIC. */
export function localNumber(sys: Sys, text: string): string {
  return decimalPoint(sys) === "," ? text.replace(".", ",") : text;
}
