import Link from "next/link";
import { headers } from "next/headers";
import { localeOf } from "../../lib/i18n/locale.ts";
import { wordsOf } from "../../lib/i18n/words.ts";

export default async function NotFound() {
  const locale = localeOf((await headers()).get("accept-language") ?? "");
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
