import type { Metadata } from "next";
import Link from "next/link";
import { dateTime } from "../../../../../components/ui/date-time.ts";
import { allCohorts } from "../../../../../lib/school/cohorts.ts";
import { requireAdministrator } from "../../../../../lib/school/require.ts";
import { allow, type LocaleParams, localeOfPage } from "../../../../guard.ts";

export async function generateMetadata({ params }: { readonly params: Promise<LocaleParams> }): Promise<Metadata> {
  return { title: localeOfPage(await params).t("admin.cohorts") };
}

export default async function Page({ params }: { readonly params: Promise<LocaleParams> }) {
  const { locale, t } = localeOfPage(await params);
  await allow(locale, requireAdministrator);
  const cohorts = await allCohorts();
  return (
    <>
      <h1>{t("admin.cohorts")}</h1>
      {cohorts.length === 0 ? (
        <p className="card mt-6 p-6 text-muted">{t("admin.noCohorts")}</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways, and must do so by keyboard
        <section className="card scroller mt-6" tabIndex={0} aria-label={t("admin.cohorts")}>
          <table className="table table-cards">
            <thead>
              <tr>
                <th scope="col">{t("teach.cohortName")}</th>
                <th scope="col">{t("admin.instructor")}</th>
                <th scope="col">{t("admin.learners")}</th>
                <th scope="col">{t("admin.created")}</th>
                <th scope="col">{t("admin.status")}</th>
              </tr>
            </thead>
            <tbody>
              {cohorts.map((one) => (
                <tr key={one.id}>
                  <td>
                    <Link href={`/${locale}/cohorts/${one.id}`} className="link font-semibold">
                      {one.name}
                    </Link>
                  </td>
                  <td>{one.instructor}</td>
                  <td>{one.learners}</td>
                  <td className="whitespace-nowrap text-muted">{dateTime(locale, one.createdAt)}</td>
                  <td>
                    <span className={`badge ${one.archivedAt === null ? "badge-good" : ""}`}>{one.archivedAt === null ? t("admin.statusGoing") : t("admin.statusArchived")}</span>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </>
  );
}
