import Link from "next/link";
import { headers } from "next/headers";
import { isLocale, localeOf } from "../../lib/i18n/locale.ts";
import { wordsOf } from "../../lib/i18n/words.ts";

export default async function NotFound() {
  // This page gets no parameters: the server notes the language of the address in a header.
  const asked = await headers();
  const inAddress = asked.get("x-hote-locale") ?? "";
  const locale = isLocale(inAddress) ? inAddress : localeOf(asked.get("accept-language") ?? "");
  const t = wordsOf(locale);
  return (
    <div className="page-narrow">
      <title>{t("common.notFoundTitle")}</title>
      <p className="eyebrow">404</p>
      <h1 className="mt-1">{t("common.notFoundTitle")}</h1>
      <p className="mt-3 text-muted">{t("common.notFoundText")}</p>
      <Link href={`/${locale}`} className="button mt-6">
        {t("common.home")}
      </Link>
    </div>
  );
}
