"use client";
// Words in client components: the areas that the page's WordsProvider carries.
import { createContext, useContext } from "react";
import type { Locale } from "./locale.ts";
import { say } from "./say.ts";
import type { Messages, Words } from "./words.ts";

export const WordsContext = createContext<{ readonly locale: Locale; readonly messages: Messages }>({ locale: "fr", messages: {} });

export function useWords(): Words {
  const { locale, messages } = useContext(WordsContext);
  return (key, values) => say(messages[key] ?? key, locale, values);
}

export function useOwnLocale(): Locale {
  return useContext(WordsContext).locale;
}
