import type { Metadata } from "next";
import Link from "next/link";
import { createCohortAction } from "../../../../components/school/cohort-actions.ts";
import { ActionForm, Field } from "../../../../components/ui/action-form.tsx";
import { cohortsTaughtBy } from "../../../../lib/school/cohorts.ts";
import { requireInstructor } from "../../../../lib/school/require.ts";
import { allow, type LocaleParams, localeOfPage } from "../../../guard.ts";

export async function generateMetadata({ params }: { readonly params: Promise<LocaleParams> }): Promise<Metadata> {
  return { title: localeOfPage(await params).t("teach.title") };
}

export default async function Page({ params }: { readonly params: Promise<LocaleParams> }) {
  const { locale, t } = localeOfPage(await params);
  const viewer = await allow(locale, requireInstructor);
  const cohorts = await cohortsTaughtBy(viewer.id);
  return (
    <div className="page">
      <h1>{t("teach.title")}</h1>
      <p className="mt-2 text-muted">{t("teach.lead")}</p>
      <div className="mt-8 grid items-start gap-6 lg:grid-cols-[1fr_22rem]">
        <div>
          {cohorts.length === 0 && <p className="card p-6 text-muted">{t("teach.empty")}</p>}
          <ul className="grid gap-4">
            {cohorts.map((one) => (
              <li key={one.id} className="card relative flex flex-wrap items-center gap-x-6 gap-y-2 p-5 hover:border-line-strong">
                <div className="grow basis-56">
                  <h2 className="text-lg">
                    <Link href={`/${locale}/cohorts/${one.id}`} className="after:absolute after:inset-0">
                      {one.name}
                    </Link>
                    {one.archivedAt !== null && <span className="badge ms-2">{t("teach.archived")}</span>}
                  </h2>
                  <p className="text-sm text-muted">{t("teach.learners", { count: one.learners })}</p>
                </div>
                {one.joinOpen && one.archivedAt === null && (
                  <p className="text-sm text-muted">
                    {t("teach.joinCode")} <span className="ms-1 font-mono text-base font-bold tracking-wider text-ink">{one.joinCode}</span>
                  </p>
                )}
              </li>
            ))}
          </ul>
        </div>
        <section className="card p-6" aria-labelledby="create-cohort">
          <h2 id="create-cohort" className="mb-4">
            {t("teach.create")}
          </h2>
          <ActionForm action={createCohortAction} locale={locale} submit={t("teach.create")}>
            <Field name="name" label={t("teach.cohortName")} hint={t("teach.cohortNameHint")} maxLength={80} autoComplete="off" />
          </ActionForm>
        </section>
      </div>
    </div>
  );
}
