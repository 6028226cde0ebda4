import type { Metadata } from "next";
import Link from "next/link";
import { changeCohort, renameCohortAction } from "../../../../../components/school/cohort-actions.ts";
import { CohortMatrix } from "../../../../../components/school/cohort-matrix.tsx";
import { JoinPanel } from "../../../../../components/school/join-panel.tsx";
import { LiveRefresh } from "../../../../../components/school/live-refresh.tsx";
import { ActionForm, Field } from "../../../../../components/ui/action-form.tsx";
import { WordsProvider } from "../../../../../components/ui/words-provider.tsx";
import { messagesOf } from "../../../../../lib/i18n/words.ts";
import { columnGroups } from "../../../../../lib/school/catalogue.ts";
import { cohort, learnersOfCohort } from "../../../../../lib/school/cohorts.ts";
import { progressOf, secondsSpent } from "../../../../../lib/school/progress.ts";
import { requireTeacherOf } from "../../../../../lib/school/require.ts";
import { allow, type LocaleParams, localeOfPage } from "../../../../guard.ts";

interface Params extends LocaleParams {
  readonly cohort: string;
}

export async function generateMetadata({ params }: { readonly params: Promise<Params> }): Promise<Metadata> {
  const { t } = localeOfPage(await params);
  return { title: t("teach.matrix") };
}

export default async function Page({ params }: { readonly params: Promise<Params> }) {
  const { cohort: id, ...rest } = await params;
  const { locale, t } = localeOfPage(rest);
  await allow(locale, (viewer) => requireTeacherOf(viewer, id));
  const [own, learners] = await Promise.all([cohort(id), learnersOfCohort(id)]);
  const ids = learners.map((learner) => learner.id);
  const [progress, spent] = await Promise.all([progressOf(ids), secondsSpent(ids)]);
  const rows = learners.map((learner) => ({
    id: learner.id,
    name: learner.name,
    href: `/${locale}/cohorts/${id}/learners/${learner.id}`,
    lastSeenAt: learner.lastSeenAt,
    minutes: Math.round((spent.get(learner.id) ?? 0) / 60),
    progress: progress.get(learner.id),
  }));
  const joinable = own.joinOpen && own.archivedAt === null;
  const button = (what: string, label: string, className = "button button-small") => (
    <button type="submit" name="do" value={what} className={className}>
      {label}
    </button>
  );
  return (
    <WordsProvider locale={locale} messages={messagesOf(locale, ["teach", "common"])}>
      <div className="page w-[min(90rem,100%-2rem)]">
        <Link href={`/${locale}/cohorts`} className="link text-sm">
          {t("teach.back")}
        </Link>
        <div className="mt-3 flex flex-wrap items-center gap-3">
          <h1>{own.name}</h1>
          {own.archivedAt !== null && <span className="badge">{t("teach.archived")}</span>}
          <LiveRefresh source={`/api/cohorts/${id}/live`} />
          <a href={`/api/cohorts/${id}/results?locale=${locale}`} className="button button-small ms-auto" download>
            {t("teach.export")}
          </a>
        </div>
        <section className="card mt-6 p-6" aria-labelledby="join-title">
          <h2 id="join-title" className="mb-2">
            {t("teach.joinTitle")}
          </h2>
          {joinable ? <JoinPanel code={own.joinCode} path={`/${locale}/join/${own.joinCode}`} /> : <p className="text-muted">{t("teach.joinClosed")}</p>}
          <details className="mt-5 border-t border-line pt-4">
            <summary className="font-semibold">{t("teach.settings")}</summary>
            <div className="mt-4 grid gap-5">
              <ActionForm action={renameCohortAction} locale={locale} hidden={{ cohort: id }} submit={t("teach.rename")} submitClass="button h-11" className="flex max-w-xl flex-wrap items-end gap-3 *:[div]:grow">
                <Field name="name" label={t("teach.cohortName")} initial={own.name} maxLength={80} autoComplete="off" />
              </ActionForm>
              <form action={changeCohort} className="flex flex-wrap gap-3">
                <input type="hidden" name="locale" value={locale} />
                <input type="hidden" name="cohort" value={id} />
                {own.archivedAt === null && (own.joinOpen ? button("close-join", t("teach.closeJoin")) : button("open-join", t("teach.openJoin")))}
                {own.archivedAt === null && button("new-code", t("teach.newCode"))}
                {own.archivedAt === null ? button("archive", t("teach.archive"), "button button-small button-danger") : button("unarchive", t("teach.unarchive"))}
              </form>
            </div>
          </details>
        </section>
        <h2 className="mt-8 mb-4">
          {t("teach.matrix")} <span className="ms-1 text-base font-normal text-muted">{t("teach.learners", { count: rows.length })}</span>
        </h2>
        {rows.length === 0 ? <p className="card p-6 text-muted">{t("teach.matrixEmpty")}</p> : <CohortMatrix locale={locale} t={t} groups={columnGroups(locale)} rows={rows} />}
      </div>
    </WordsProvider>
  );
}
