export type Locale = "fr" | "en";

export function isLocale(text: string): text is Locale {
  return text === "fr" || text === "en";
}

/** The first of a person's languages that we speak; French when we speak none, as the school's own. */
export function localeOf(acceptLanguage: string): Locale {
  const wanted = acceptLanguage
    .split(",")
    .map((part) => {
      const [tag = "", ...parameters] = part.trim().split(";");
      const q = parameters.map((one) => /^\s*q=([0-9.]+)$/.exec(one)?.[1]).find((value) => value !== undefined);
      return { tag: tag.slice(0, 2).toLowerCase(), q: q === undefined ? 1 : Number(q) };
    })
    .filter((one) => one.q > 0)
    .sort((a, b) => b.q - a.q)
    .map((one) => one.tag)
    .find(isLocale);
  return wanted ?? "fr";
}
