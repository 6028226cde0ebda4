import Link from "next/link";
import type { Locale } from "../../lib/i18n/locale.ts";
import type { Words } from "../../lib/i18n/words.ts";

/** For a link that was good once: what to do now, and the way back. */
export function DeadLink({ locale, t, text }: { readonly locale: Locale; readonly t: Words; readonly text: string }) {
  return (
    <div className="page-narrow">
      <h1>{t("people.badLinkTitle")}</h1>
      <p className="mt-3 text-muted">{text}</p>
      <div className="mt-6 flex flex-wrap gap-2">
        <Link href={`/${locale}`} className="button">
          {t("common.home")}
        </Link>
        <Link href={`/${locale}/sign-in`} className="button button-quiet">
          {t("people.signInTitle")}
        </Link>
      </div>
    </div>
  );
}
