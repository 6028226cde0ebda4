"use client";
// Words in client components: the areas that the page's WordsProvider carries.
import { useLocale, useTranslations } from "next-intl";
import { isLocale, type Locale } from "./locale.ts";
import type { Words } from "./words.ts";

export function useWords(): Words {
  const translate = useTranslations();
  return (key, values) => translate(key, values);
}

export function useOwnLocale(): Locale {
  const locale = useLocale();
  return isLocale(locale) ? locale : "fr";
}
