import type { Metadata } from "next";
import { inviteAction, withdrawInvitationAction } from "../../../../../components/school/administration-actions.ts";
import { PersonRow } from "../../../../../components/school/person-row.tsx";
import { ActionForm, Field } from "../../../../../components/ui/action-form.tsx";
import { dateTime } from "../../../../../components/ui/date-time.ts";
import { WordsProvider } from "../../../../../components/ui/words-provider.tsx";
import { messagesOf } from "../../../../../lib/i18n/words.ts";
import { listPeople, openInvitations } from "../../../../../lib/school/people.ts";
import { requireAdministrator } from "../../../../../lib/school/require.ts";
import { isRole } from "../../../../../lib/school/role.ts";
import { allow, type LocaleParams, localeOfPage } from "../../../../guard.ts";

export async function generateMetadata({ params }: { readonly params: Promise<LocaleParams> }): Promise<Metadata> {
  return { title: localeOfPage(await params).t("admin.people") };
}

interface Search {
  readonly search?: string | string[];
  readonly role?: string | string[];
}

export default async function Page({ params, searchParams }: { readonly params: Promise<LocaleParams>; readonly searchParams: Promise<Search> }) {
  const { locale, t } = localeOfPage(await params);
  const viewer = await allow(locale, requireAdministrator);
  const asked = await searchParams;
  const search = typeof asked.search === "string" ? asked.search.slice(0, 100) : "";
  const role = typeof asked.role === "string" && isRole(asked.role) ? asked.role : undefined;
  const [people, invitations] = await Promise.all([listPeople({ search, role, limit: 200 }), openInvitations()]);
  return (
    <WordsProvider locale={locale} messages={messagesOf(locale, ["admin", "common"])}>
      <h1>{t("admin.people")}</h1>
      <div className="mt-6 grid items-start gap-6 lg:grid-cols-[1fr_21rem]">
        <div className="min-w-0">
          <search className="mb-4 block"><form className="flex flex-wrap gap-3">
            <input type="search" name="search" defaultValue={search} className="input w-auto grow basis-60" aria-label={t("admin.search")} placeholder={t("admin.search")} />
            <select name="role" defaultValue={role ?? ""} className="input w-auto" aria-label={t("admin.role")}>
              <option value="">{t("admin.allRoles")}</option>
              {(["learner", "instructor", "administrator"] as const).map((one) => (
                <option key={one} value={one}>
                  {t(`common.roles_${one}`)}
                </option>
              ))}
            </select>
            <button type="submit" className="button h-11">
              {t("admin.searchButton")}
            </button>
          </form></search>
          {people.length === 0 ? (
            <p className="card p-6 text-muted">{t("admin.noPeople")}</p>
          ) : (
            <ul className="card divide-y divide-line">
              {people.map((one) => (
                <PersonRow
                  key={`${one.id}${one.role}${one.disabledAt}`}
                  locale={locale}
                  id={one.id}
                  name={one.name}
                  email={one.email ?? ""}
                  role={isRole(one.role) ? one.role : "learner"}
                  lastSeen={dateTime(locale, one.lastSeenAt)}
                  disabled={one.disabledAt !== null}
                  self={one.id === viewer.id}
                />
              ))}
            </ul>
          )}
        </div>
        <div className="grid gap-6">
          <section className="card p-6" aria-labelledby="invite-title">
            <h2 id="invite-title">{t("admin.inviteTitle")}</h2>
            <p className="mt-1 mb-4 text-sm text-muted">{t("admin.inviteText")}</p>
            <ActionForm action={inviteAction} locale={locale} submit={t("admin.invite")}>
              <Field name="email" type="email" label={t("people.email")} autoComplete="off" />
              <label className="grid gap-1.5">
                <span className="font-semibold">{t("admin.inviteRole")}</span>
                <select name="role" className="input" defaultValue="instructor">
                  <option value="instructor">{t("common.roles_instructor")}</option>
                  <option value="administrator">{t("common.roles_administrator")}</option>
                </select>
              </label>
            </ActionForm>
          </section>
          <section className="card p-6" aria-labelledby="open-title">
            <h2 id="open-title" className="mb-3">
              {t("admin.openInvitations")}
            </h2>
            {invitations.length === 0 && <p className="text-muted">{t("admin.noInvitations")}</p>}
            <ul className="divide-y divide-line">
              {invitations.map((one) => (
                <li key={one.id} className="flex flex-wrap items-center justify-between gap-2 py-2.5">
                  <div className="min-w-0">
                    <p className="font-semibold break-words">{one.email}</p>
                    <p className="text-sm text-muted">
                      {t("admin.expires")} {dateTime(locale, one.expiresAt)}
                    </p>
                  </div>
                  <form action={withdrawInvitationAction}>
                    <input type="hidden" name="locale" value={locale} />
                    <input type="hidden" name="invitation" value={one.id} />
                    <button type="submit" className="button button-small">
                      {t("admin.withdraw")}
                    </button>
                  </form>
                </li>
              ))}
            </ul>
          </section>
        </div>
      </div>
    </WordsProvider>
  );
}
