import type { Metadata } from "next";
import { enterCode } from "../../../../components/school/account-actions.ts";
import { ActionForm, Field } from "../../../../components/ui/action-form.tsx";
import { type LocaleParams, localeOfPage } from "../../../guard.ts";

export async function generateMetadata({ params }: { readonly params: Promise<LocaleParams> }): Promise<Metadata> {
  return { title: localeOfPage(await params).t("people.joinTitle") };
}

export default async function Page({ params }: { readonly params: Promise<LocaleParams> }) {
  const { locale, t } = localeOfPage(await params);
  return (
    <div className="page-narrow">
      <h1>{t("people.joinTitle")}</h1>
      <p className="mt-1 mb-6 text-muted">{t("people.joinLead")}</p>
      <div className="card p-6">
        <ActionForm action={enterCode} locale={locale} submit={t("people.continueButton")}>
          <Field name="code" label={t("people.joinCode")} hint={t("people.joinCodeHint")} maxLength={12} autoComplete="off" code />
        </ActionForm>
      </div>
    </div>
  );
}
