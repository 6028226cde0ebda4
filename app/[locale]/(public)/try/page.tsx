import type { Metadata } from "next";
import { TryForm } from "../../../../components/school/try-form.tsx";
import { catalogue } from "../../../../lib/school/catalogue.ts";
import { readSettings } from "../../../../lib/school/settings.ts";
import { type LocaleParams, localeOfPage } from "../../../guard.ts";

export async function generateMetadata({ params }: { readonly params: Promise<LocaleParams> }): Promise<Metadata> {
  return { title: localeOfPage(await params).t("people.tryTitle") };
}

/** A link that may be shared; the machine opens by a click, never by a crawler's visit. */
export default async function Page({ params, searchParams }: { readonly params: Promise<LocaleParams>; readonly searchParams: Promise<{ readonly lab?: string | string[] }> }) {
  const { locale, t } = localeOfPage(await params);
  const { lab } = await searchParams;
  const { guests } = await readSettings();
  const wanted = typeof lab === "string" ? catalogue().labs.get(lab) : undefined;
  return (
    <div className="page-narrow">
      <h1>{wanted ? wanted.words[locale].title : t("people.tryTitle")}</h1>
      <p className="mt-2 mb-6 text-muted">{guests ? t("people.tryLead") : t("refusals.closed")}</p>
      {guests && <TryForm locale={locale} lab={wanted?.id ?? ""} label={t("home.tryNow")} className="button button-primary button-large w-full" />}
    </div>
  );
}
