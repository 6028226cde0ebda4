import type { Metadata } from "next";
import { resetPasswordAction } from "../../../../../components/school/account-actions.ts";
import { DeadLink } from "../../../../../components/school/dead-link.tsx";
import { ActionForm, PasswordField } from "../../../../../components/ui/action-form.tsx";
import { isPasswordLink } from "../../../../../lib/school/sign-in.ts";
import { type LocaleParams, localeOfPage } from "../../../../guard.ts";

interface Params extends LocaleParams {
  readonly secret: string;
}

export async function generateMetadata({ params }: { readonly params: Promise<Params> }): Promise<Metadata> {
  return { title: localeOfPage(await params).t("people.newPasswordTitle"), referrer: "no-referrer" };
}

export default async function Page({ params }: { readonly params: Promise<Params> }) {
  const { secret, ...rest } = await params;
  const { locale, t } = localeOfPage(rest);
  if (!(await isPasswordLink(secret))) {
    return <DeadLink locale={locale} t={t} text={t("people.badLinkText")} />;
  }
  return (
    <div className="page-narrow">
      <h1 className="mb-6">{t("people.newPasswordTitle")}</h1>
      <div className="card p-6">
        <ActionForm action={resetPasswordAction} locale={locale} hidden={{ secret }} submit={t("common.save")}>
          <PasswordField name="password" label={t("people.newPassword")} hint={t("people.passwordHint")} show={t("people.showPassword")} autoComplete="new-password" />
        </ActionForm>
      </div>
    </div>
  );
}
