import type { Metadata } from "next";
import { acceptInvitationAction } from "../../../../../components/school/account-actions.ts";
import { PersonFields } from "../../../../../components/school/person-fields.tsx";
import { DeadLink } from "../../../../../components/school/dead-link.tsx";
import { ActionForm } from "../../../../../components/ui/action-form.tsx";
import { invitationOf } from "../../../../../lib/school/accounts.ts";
import { type LocaleParams, localeOfPage } from "../../../../guard.ts";

interface Params extends LocaleParams {
  readonly secret: string;
}

export async function generateMetadata({ params }: { readonly params: Promise<Params> }): Promise<Metadata> {
  return { title: localeOfPage(await params).t("people.invitationTitle"), referrer: "no-referrer" };
}

export default async function Page({ params }: { readonly params: Promise<Params> }) {
  const { secret, ...rest } = await params;
  const { locale, t } = localeOfPage(rest);
  const invitation = await invitationOf(secret);
  if (!invitation) {
    return <DeadLink locale={locale} t={t} text={t("people.badLinkText")} />;
  }
  return (
    <div className="page-narrow">
      <h1>{t("people.invitationTitle")}</h1>
      <p className="mt-1 mb-6 text-muted">{t("people.invitationLead", { name: invitation.invitedBy, role: invitation.role })}</p>
      <div className="card p-6">
        <ActionForm action={acceptInvitationAction} locale={locale} hidden={{ secret }} submit={t("people.signUpTitle")}>
          <PersonFields t={t} email={invitation.email} />
        </ActionForm>
      </div>
    </div>
  );
}
