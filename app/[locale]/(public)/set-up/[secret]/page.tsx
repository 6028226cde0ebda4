import type { Metadata } from "next";
import { setUpAdministrator } from "../../../../../components/school/account-actions.ts";
import { PersonFields } from "../../../../../components/school/person-fields.tsx";
import { DeadLink } from "../../../../../components/school/dead-link.tsx";
import { ActionForm } from "../../../../../components/ui/action-form.tsx";
import { isAdministratorLink } from "../../../../../lib/school/accounts.ts";
import { type LocaleParams, localeOfPage } from "../../../../guard.ts";

interface Params extends LocaleParams {
  readonly secret: string;
}

export async function generateMetadata({ params }: { readonly params: Promise<Params> }): Promise<Metadata> {
  return { title: localeOfPage(await params).t("people.setUpTitle"), referrer: "no-referrer" };
}

export default async function Page({ params }: { readonly params: Promise<Params> }) {
  const { secret, ...rest } = await params;
  const { locale, t } = localeOfPage(rest);
  if (!(await isAdministratorLink(secret))) {
    return <DeadLink locale={locale} t={t} text={t("people.badSetUpText")} />;
  }
  return (
    <div className="page-narrow">
      <h1>{t("people.setUpTitle")}</h1>
      <p className="mt-1 mb-6 text-muted">{t("people.setUpLead")}</p>
      <div className="card p-6">
        <ActionForm action={setUpAdministrator} locale={locale} hidden={{ secret }} submit={t("people.setUpButton")}>
          <PersonFields t={t} />
        </ActionForm>
      </div>
    </div>
  );
}
