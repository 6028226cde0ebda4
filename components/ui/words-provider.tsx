"use client";
import { type ReactNode, useMemo } from "react";
import type { Locale } from "../../lib/i18n/locale.ts";
import { WordsContext } from "../../lib/i18n/use-words.ts";
import type { Messages } from "../../lib/i18n/words.ts";

/** Gives client components below it the words of some areas. */
export function WordsProvider({ locale, messages, children }: { readonly locale: Locale; readonly messages: Messages; readonly children: ReactNode }) {
  const words = useMemo(() => ({ locale, messages }), [locale, messages]);
  return <WordsContext value={words}>{children}</WordsContext>;
}
