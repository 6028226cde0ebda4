// What perl says before it runs when the environment names a locale that is not installed (perllocale(1), "LOCALE PROBLEMS").
import type { Sys } from "../../../kernel/sys.ts";
import { installedLocale } from "../../kit/locale.ts";

/** undefined: the locale can be set, or PERL_BADLANG says that nobody wants to know. */
export function localeWarning(sys: Sys): string | undefined {
  const { environment } = sys;
  const badLang = environment.get("PERL_BADLANG");
  if (badLang !== undefined && (badLang === "" || Number(badLang) === 0)) return undefined;
  const all = environment.get("LC_ALL") ?? "";
  const lang = environment.get("LANG") ?? "";
  const categories = [...environment].filter(([name]) => name.startsWith("LC_") && name !== "LC_ALL");
  const asked = all !== "" ? [all] : [...categories.map(([, value]) => value).filter((value) => value !== ""), ...(lang === "" ? [] : [lang])];
  if (asked.every((name) => name === "C.UTF-8" || installedLocale(sys, name))) return undefined;
  const shown = (name: string): string => {
    const value = environment.get(name);
    return value === undefined ? "(unset)" : `"${value}"`;
  };
  const settings = ["LANGUAGE", "LC_ALL", ...categories.map(([name]) => name), "LANG"].map((name) => `\t${name} = ${shown(name)}`).join(",\n");
  const fallback = lang !== "" && installedLocale(sys, lang) ? `a fallback locale ("${lang}")` : 'the standard locale ("C")';
  return `perl: warning: Setting locale failed.\nperl: warning: Please check that your locale settings:\n${settings}\n    are supported and installed on your system.\nperl: warning: Falling back to ${fallback}.\n`;
}
