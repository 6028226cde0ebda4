import type { Metadata } from "next";
import Link from "next/link";
import { joinWithAccount, signUpLearner } from "../../../../../components/school/account-actions.ts";
import { PersonFields } from "../../../../../components/school/person-fields.tsx";
import { ActionForm } from "../../../../../components/ui/action-form.tsx";
import { cohortOfCode } from "../../../../../lib/school/cohorts.ts";
import { spend } from "../../../../../lib/school/rate-limit.ts";
import { clientAddress, currentViewer } from "../../../../../lib/school/viewer.ts";
import { type LocaleParams, localeOfPage, orNotFound } from "../../../../guard.ts";

interface Params extends LocaleParams {
  readonly code: string;
}

export async function generateMetadata({ params }: { readonly params: Promise<Params> }): Promise<Metadata> {
  return { title: localeOfPage(await params).t("people.joinTitle") };
}

export default async function Page({ params }: { readonly params: Promise<Params> }) {
  const { code, ...rest } = await params;
  const { locale, t } = localeOfPage(rest);
  const cohort = await orNotFound(locale, async () => {
    await spend(`join:${await clientAddress()}`, 300, 900_000);
    return await cohortOfCode(decodeURIComponent(code));
  });
  const viewer = await currentViewer();
  if (!cohort) {
    return (
      <div className="page-narrow">
        <h1>{t("people.joinTitle")}</h1>
        <p className="alert mt-6">{t("refusals.bad-code")}</p>
        <Link href={`/${locale}/join`} className="button mt-6">
          {t("common.back")}
        </Link>
      </div>
    );
  }
  const account = viewer && viewer.role !== "guest" ? viewer : undefined;
  return (
    <div className="page-narrow">
      <p className="eyebrow">{t("people.joining")}</p>
      <h1 className="mt-1 mb-6">{cohort.name}</h1>
      <div className="card p-6">
        {account ? (
          <ActionForm action={joinWithAccount} locale={locale} hidden={{ code: decodeURIComponent(code) }} submit={t("people.joinButton")}>
            <p>{t("people.joinAs", { name: account.name })}</p>
          </ActionForm>
        ) : (
          <ActionForm action={signUpLearner} locale={locale} hidden={{ code: decodeURIComponent(code) }} submit={t("people.signUpTitle")}>
            <PersonFields t={t} />
          </ActionForm>
        )}
      </div>
      {!account && (
        <p className="mt-5">
          {t("people.haveAccount")}{" "}
          <Link href={`/${locale}/sign-in`} className="link">
            {t("common.signIn")}
          </Link>
        </p>
      )}
    </div>
  );
}
