import type { Metadata } from "next";
import Link from "next/link";
import { changePasswordAction, endOwnSignIn, signOutEverywhere } from "../../../../components/school/account-actions.ts";
import { ActionForm, PasswordField } from "../../../../components/ui/action-form.tsx";
import { browserName } from "../../../../components/school/browser-name.ts";
import { dateTime } from "../../../../components/ui/date-time.ts";
import { cohortsOfLearner } from "../../../../lib/school/cohorts.ts";
import { requireViewer } from "../../../../lib/school/require.ts";
import { listSignIns } from "../../../../lib/school/sign-ins.ts";
import { allow, type LocaleParams, localeOfPage } from "../../../guard.ts";

export async function generateMetadata({ params }: { readonly params: Promise<LocaleParams> }): Promise<Metadata> {
  return { title: localeOfPage(await params).t("people.accountTitle") };
}

export default async function Page({ params }: { readonly params: Promise<LocaleParams> }) {
  const { locale, t } = localeOfPage(await params);
  const viewer = await allow(locale, requireViewer);
  const [signIns, cohorts] = await Promise.all([listSignIns(viewer.id), cohortsOfLearner(viewer.id)]);
  const guest = viewer.role === "guest";
  return (
    <div className="page max-w-[46rem]">
      <h1>{t("people.accountTitle")}</h1>
      <p className="mt-2 text-muted">{guest ? t("common.guestBanner") : `${viewer.name} · ${viewer.email} · ${t(`common.roles_${viewer.role}`)}`}</p>
      {guest && (
        <Link href={`/${locale}/sign-up`} className="button button-primary mt-5">
          {t("common.keepWork")}
        </Link>
      )}
      {!guest && (
        <section className="card mt-8 p-6">
          <h2 className="mb-4">{t("people.myCohorts")}</h2>
          {cohorts.length === 0 ? <p className="text-muted">{t("people.noCohort")}</p> : <ul className="list-disc ps-5">{cohorts.map((one) => <li key={one.id}>{one.name}</li>)}</ul>}
          <Link href={`/${locale}/join`} className="button button-small mt-4">
            {t("common.joinCohort")}
          </Link>
        </section>
      )}
      {!guest && (
        <section className="card mt-6 p-6">
          <h2 className="mb-4">{t("people.changePassword")}</h2>
          <ActionForm action={changePasswordAction} locale={locale} submit={t("people.changePassword")} submitClass="button button-primary w-fit">
            <PasswordField name="current" label={t("people.currentPassword")} show={t("people.showPassword")} autoComplete="current-password" />
            <PasswordField name="password" label={t("people.newPassword")} hint={t("people.passwordHint")} show={t("people.showPassword")} autoComplete="new-password" />
          </ActionForm>
        </section>
      )}
      <section className="card mt-6 p-6">
        <h2 className="mb-2">{t("people.signIns")}</h2>
        <ul className="divide-y divide-line">
          {signIns.map((one) => (
            <li key={one.id} className="flex flex-wrap items-center gap-3 py-3">
              <div className="grow">
                <p className="font-semibold">
                  {browserName(one.userAgent)} {one.id === viewer.sid && <span className="badge badge-good ms-1">{t("people.thisBrowser")}</span>}
                </p>
                <p className="text-sm text-muted">
                  {t("people.lastSeen")} {dateTime(locale, one.lastSeenAt)} · {t("people.since")} {dateTime(locale, one.createdAt)}
                </p>
              </div>
              {one.id !== viewer.sid && (
                <form action={endOwnSignIn}>
                  <input type="hidden" name="locale" value={locale} />
                  <input type="hidden" name="sid" value={one.id} />
                  <button type="submit" className="button button-small">
                    {t("people.endSignIn")}
                  </button>
                </form>
              )}
            </li>
          ))}
        </ul>
        {!guest && (
          <form action={signOutEverywhere} className="mt-4 flex flex-wrap items-center gap-3 border-t border-line pt-4">
            <input type="hidden" name="locale" value={locale} />
            <button type="submit" className="button button-danger button-small">
              {t("people.signOutEverywhere")}
            </button>
            <span className="text-sm text-muted">{t("people.signOutEverywhereText")}</span>
          </form>
        )}
      </section>
    </div>
  );
}
