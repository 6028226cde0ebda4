import type { Metadata } from "next";
import { AuditTable } from "../../../../components/school/audit-table.tsx";
import { missedWords } from "../../../../components/school/missed-words.ts";
import { newestAudits } from "../../../../lib/school/audit.ts";
import { countCohorts } from "../../../../lib/school/cohorts.ts";
import { missedCommands } from "../../../../lib/school/missed-commands.ts";
import { countPeople } from "../../../../lib/school/people.ts";
import { requireAdministrator } from "../../../../lib/school/require.ts";
import { allow, type LocaleParams, localeOfPage } from "../../../guard.ts";

export async function generateMetadata({ params }: { readonly params: Promise<LocaleParams> }): Promise<Metadata> {
  return { title: localeOfPage(await params).t("admin.title") };
}

export default async function Page({ params }: { readonly params: Promise<LocaleParams> }) {
  const { locale, t } = localeOfPage(await params);
  await allow(locale, requireAdministrator);
  const [people, cohorts, missed, events] = await Promise.all([countPeople(), countCohorts(), missedCommands(20), newestAudits(8)]);
  const figures = [
    { count: people.learner, label: t("admin.countLearners", { count: people.learner }) },
    { count: people.instructor, label: t("admin.countInstructors", { count: people.instructor }) },
    { count: people.administrator, label: t("admin.countAdministrators", { count: people.administrator }) },
    { count: people.guest, label: t("admin.countGuests", { count: people.guest }) },
    { count: cohorts, label: t("admin.countCohorts", { count: cohorts }) },
  ];
  return (
    <>
      <h1>{t("admin.overview")}</h1>
      <ul className="mt-6 grid grid-cols-2 gap-4 sm:grid-cols-3 lg:grid-cols-5">
        {figures.map(({ count, label }) => (
          <li key={label} className="card p-5">
            <p className="text-3xl font-bold tracking-tight">{count}</p>
            <p className="text-muted">{label}</p>
          </li>
        ))}
      </ul>
      <h2 className="mt-10 mb-4">{t("admin.recent")}</h2>
      <AuditTable locale={locale} t={t} events={events} />
      <h2 className="mt-10 mb-4">{t("admin.missed")}</h2>
      {missed.length === 0 ? (
        <p className="card p-6 text-muted">{t("admin.noMissed")}</p>
      ) : (
        <div className="card scroller">
          <table className="table table-cards">
            <thead>
              <tr>
                <th scope="col">{t("admin.command")}</th>
                <th scope="col">{t("admin.activity")}</th>
                <th scope="col">{t("admin.times")}</th>
              </tr>
            </thead>
            <tbody>
              {missed.map((row) => (
                <tr key={`${row.what}${row.activity}`}>
                  <td className="font-mono">{missedWords(t, row.what)}</td>
                  <td className="text-muted">{row.activity}</td>
                  <td>{row.times}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}
