// Locales that are not installed (locale.c of bash, set_locale_var): a warning, and the shell keeps the locale it had. LANG is taken without a word.
import { type Blocking, SysError } from "../../kernel/sys.ts";
import type { Shell } from "./shell.ts";

const CATEGORIES = ["LC_CTYPE", "LC_COLLATE", "LC_MESSAGES", "LC_NUMERIC", "LC_TIME"] as const;

function isInstalled(shell: Shell, locale: string): boolean {
  if (locale === "" || locale === "C" || locale === "POSIX") return true;
  const directory = locale.replace(/\.([^@]*)/, (_, codeset: string) => `.${codeset.toLowerCase().replace(/[^a-z0-9]/g, "")}`);
  try {
    shell.sys.stat(`/usr/lib/locale/${directory.replaceAll("/", "_")}`);
    return true;
  } catch (error) {
    if (error instanceof SysError) return false;
    throw error;
  }
}

/** Those of the environment, when the shell starts. */
export function* complainOfEnvironment(shell: Shell, argv0: string): Blocking<void> {
  const all = shell.sys.environment.get("LC_ALL") ?? "";
  for (const name of all !== "" ? ["LC_ALL"] : CATEGORIES) {
    const value = shell.sys.environment.get(name) ?? "";
    if (!isInstalled(shell, value)) yield* shell.writeText(2, `${argv0.replace(/^-/, "")}: warning: setlocale: ${name}: cannot change locale (${value})\n`);
  }
}

/** A variable that was assigned: said at the next turn between commands. */
export function rememberLocale(shell: Shell, name: string): void {
  if (shell.dash || (name !== "LC_ALL" && !CATEGORIES.some((category) => category === name))) return;
  if (shell.localesToCheck.length === 0) shell.attention = true;
  if (shell.localesToCheck.length < 16) shell.localesToCheck.push(name);
}

/** What else is wrong with an assignment that was carried out. */
export function rememberComplaint(shell: Shell, message: string): void {
  shell.attention = true;
  if (shell.localesToCheck.length < 16) shell.localesToCheck.push(message);
}

export function* complainOfAssigned(shell: Shell): Blocking<void> {
  for (const name of shell.localesToCheck.splice(0)) {
    if (name.includes(":")) {
      yield* shell.report(name);
      continue;
    }
    const value = shell.getVariable(name) ?? "";
    // where LC_ALL rules, the others are not even tried
    if (isInstalled(shell, value) || (name !== "LC_ALL" && (shell.getVariable("LC_ALL") ?? "") !== "")) continue;
    const text = `${shell.messagePrefix}warning: setlocale: ${name}: cannot change locale (${value}): No such file or directory\n`;
    // in the locale that stays
    yield* shell.writeText(2, shell.dependencies.translate?.(shell.sys, (one) => (one === name ? undefined : shell.getVariable(one)), text) ?? text);
  }
}
