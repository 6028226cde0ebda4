import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { signIn } from "../../../../components/school/account-actions.ts";
import { ActionForm, Field, PasswordField } from "../../../../components/ui/action-form.tsx";
import { currentViewer } from "../../../../lib/school/viewer.ts";
import { type LocaleParams, localeOfPage } from "../../../guard.ts";

export async function generateMetadata({ params }: { readonly params: Promise<LocaleParams> }): Promise<Metadata> {
  return { title: localeOfPage(await params).t("people.signInTitle") };
}

export default async function Page({ params }: { readonly params: Promise<LocaleParams> }) {
  const { locale, t } = localeOfPage(await params);
  const viewer = await currentViewer();
  if (viewer && viewer.role !== "guest") redirect(`/${locale}/road-map`);
  return (
    <div className="page-narrow">
      <h1>{t("people.signInTitle")}</h1>
      <p className="mt-1 mb-6 text-muted">{t("people.signInLead")}</p>
      <div className="card p-6">
        <ActionForm action={signIn} locale={locale} submit={t("common.signIn")}>
          <Field name="email" type="email" label={t("people.email")} autoComplete="username" />
          <PasswordField name="password" label={t("people.password")} show={t("people.showPassword")} autoComplete="current-password" />
        </ActionForm>
      </div>
      <p className="mt-5">
        {t("people.noAccount")}{" "}
        <Link href={`/${locale}/sign-up`} className="link">
          {t("common.signUp")}
        </Link>
      </p>
      <p className="mt-3 text-sm text-muted">{t("people.forgot")}</p>
    </div>
  );
}
