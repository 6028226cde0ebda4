"use client";
import { IntlProvider } from "next-intl";
import type { ReactNode } from "react";
import type { Locale } from "../../lib/i18n/locale.ts";
import type { Messages } from "../../lib/i18n/words.ts";

/** Gives client components below it the words of some areas. */
export function WordsProvider({ locale, messages, children }: { readonly locale: Locale; readonly messages: Messages; readonly children: ReactNode }) {
  return (
    <IntlProvider locale={locale} messages={messages} timeZone="Europe/Paris">
      {children}
    </IntlProvider>
  );
}
