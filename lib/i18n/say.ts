// A compiled ICU message said with its values. The browser loads this and no parser: messages are compiled on the server.
import format, { type CompiledMessage, type FormatOptions } from "icu-minify/format";
import type { Locale } from "./locale.ts";

export type { CompiledMessage } from "icu-minify/format";

export type Values = Readonly<Record<string, string | number | Date>>;

const pluralRules = new Map<string, Intl.PluralRules>();

const formatters: FormatOptions["formatters"] = {
  getDateTimeFormat: (...given) => new Intl.DateTimeFormat(...given),
  getNumberFormat: (...given) => new Intl.NumberFormat(...given),
  getPluralRules(locale, options) {
    const key = `${String(locale)} ${options?.type ?? ""}`;
    const made = pluralRules.get(key) ?? new Intl.PluralRules(locale, options);
    pluralRules.set(key, made);
    return made;
  },
};

export function say(message: CompiledMessage, locale: Locale, values: Values = {}): string {
  const said = format(message, locale, values, { formatters, timeZone: "Europe/Paris" });
  return Array.isArray(said) ? said.join("") : said;
}
