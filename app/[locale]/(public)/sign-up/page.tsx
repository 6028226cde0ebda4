import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { signUpLearner } from "../../../../components/school/account-actions.ts";
import { PersonFields } from "../../../../components/school/person-fields.tsx";
import { ActionForm, Field } from "../../../../components/ui/action-form.tsx";
import { readSettings } from "../../../../lib/school/settings.ts";
import { currentViewer } from "../../../../lib/school/viewer.ts";
import { type LocaleParams, localeOfPage } from "../../../guard.ts";

export async function generateMetadata({ params }: { readonly params: Promise<LocaleParams> }): Promise<Metadata> {
  return { title: localeOfPage(await params).t("people.signUpTitle") };
}

export default async function Page({ params }: { readonly params: Promise<LocaleParams> }) {
  const { locale, t } = localeOfPage(await params);
  const viewer = await currentViewer();
  if (viewer && viewer.role !== "guest") redirect(`/${locale}/join`);
  const { openSignUp } = await readSettings();
  const guest = viewer !== undefined;
  return (
    <div className="page-narrow">
      <h1>{guest ? t("people.keepTitle") : t("people.signUpTitle")}</h1>
      <p className="mt-1 mb-6 text-muted">{guest ? t("people.keepLead") : t("people.signUpLead")}</p>
      <div className="card p-6">
        <ActionForm action={signUpLearner} locale={locale} submit={t("people.signUpTitle")}>
          <PersonFields t={t} />
          <Field name="code" label={openSignUp ? t("people.joinCodeOptional") : t("people.joinCode")} hint={t("people.joinCodeHint")} required={!openSignUp} maxLength={12} autoComplete="off" code />
        </ActionForm>
      </div>
      <p className="mt-5">
        {t("people.haveAccount")}{" "}
        <Link href={`/${locale}/sign-in`} className="link">
          {t("common.signIn")}
        </Link>
      </p>
    </div>
  );
}
