import type { Metadata } from "next";
import Link from "next/link";
import { Inline } from "../../../../../../../components/lab/inline.tsx";
import { VerdictWords } from "../../../../../../../components/lab/verdict-words.tsx";
import { changeCohort } from "../../../../../../../components/school/cohort-actions.ts";
import { ProgressBar } from "../../../../../../../components/school/progress-bar.tsx";
import { dateTime } from "../../../../../../../components/ui/date-time.ts";
import { WordsProvider } from "../../../../../../../components/ui/words-provider.tsx";
import { messagesOf } from "../../../../../../../lib/i18n/words.ts";
import { attemptsOf, hintsOpenedIn } from "../../../../../../../lib/school/attempts.ts";
import { columnGroups, labOf } from "../../../../../../../lib/school/catalogue.ts";
import { cohort } from "../../../../../../../lib/school/cohorts.ts";
import { person } from "../../../../../../../lib/school/people.ts";
import { answersOfLearner, failedChecks, progressOf, questionKey, secondsSpent } from "../../../../../../../lib/school/progress.ts";
import { requireTeacherOfLearner } from "../../../../../../../lib/school/require.ts";
import { allow, type LocaleParams, localeOfPage } from "../../../../../../guard.ts";

interface Params extends LocaleParams {
  readonly cohort: string;
  readonly learner: string;
}

export async function generateMetadata({ params }: { readonly params: Promise<Params> }): Promise<Metadata> {
  return { title: localeOfPage(await params).t("teach.learner") };
}

export default async function Page({ params }: { readonly params: Promise<Params> }) {
  const { cohort: cohortId, learner, ...rest } = await params;
  const { locale, t } = localeOfPage(rest);
  await allow(locale, (viewer) => requireTeacherOfLearner(viewer, cohortId, learner));
  const [own, who, attempts, failed, answers, all, spent] = await Promise.all([
    cohort(cohortId),
    person(learner),
    attemptsOf(learner),
    failedChecks(learner),
    answersOfLearner(learner),
    progressOf([learner]),
    secondsSpent([learner]),
  ]);
  const hints = await hintsOpenedIn(attempts.map((one) => one.attempt));
  const progress = all.get(learner);
  const groups = columnGroups(locale);
  const titles = new Map(groups.flatMap((group) => group.columns.map((column) => [column.key, column.title])));
  const titleOf = (activity: string) => labOf(activity)?.words[locale].title ?? activity;
  return (
    <WordsProvider locale={locale} messages={messagesOf(locale, ["lab", "common"])}>
      <div className="page">
        <Link href={`/${locale}/cohorts/${cohortId}`} className="link text-sm">
          {own.name}
        </Link>
        <h1 className="mt-3">{who.name}</h1>
        <p className="mt-1 text-muted">
          {who.email} · {t("teach.lastSeen")} {dateTime(locale, who.lastSeenAt)} · {t("teach.time")} {t("common.minutes", { count: Math.round((spent.get(learner) ?? 0) / 60) })}
        </p>

        <section className="mt-8">
          <h2 className="mb-4">{t("teach.others")}</h2>
          <ul className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
            {groups.map((group) => {
              const done = group.columns.filter((column) => progress?.get(column.key)?.passed).length;
              return (
                <li key={`${group.kind}-${group.id}`} className="card p-5">
                  <p className="mb-3 font-semibold">{group.title}</p>
                  <ProgressBar done={done} total={group.columns.length} t={t} />
                  <p className="mt-1.5 text-sm text-muted">{group.kind === "lab" ? t("learn.stepsDone", { done, total: group.columns.length }) : t("learn.questionsDone", { done, total: group.columns.length })}</p>
                </li>
              );
            })}
          </ul>
        </section>

        <section className="mt-8">
          <h2 className="mb-4">{t("teach.attempts")}</h2>
          {attempts.length === 0 ? (
            <p className="card p-6 text-muted">{t("teach.noAttempts")}</p>
          ) : (
            <ul className="card divide-y divide-line">
              {attempts.map((one) => (
                <li key={one.attempt} className="flex flex-wrap items-center gap-x-6 gap-y-2 px-5 py-4">
                  <div className="grow basis-64">
                    <p className="font-semibold">
                      {titleOf(one.activity)} · {t("teach.attemptNumber", { number: one.number })}
                      {one.endedAt === null && <span className="badge badge-going ms-2">{t("teach.attemptGoing")}</span>}
                    </p>
                    <p className="text-sm text-muted">
                      {t("teach.started")} {dateTime(locale, one.startedAt)} · {t("common.minutes", { count: Math.round(one.activeSeconds / 60) })} · {t("teach.hintsOpened", { count: hints.get(one.attempt) ?? 0 })}
                    </p>
                  </div>
                  {one.entries > 0 ? (
                    <Link href={`/${locale}/cohorts/${cohortId}/learners/${learner}/replay/${one.attempt}`} className="button button-small">
                      {t("teach.replay")}
                    </Link>
                  ) : (
                    <span className="text-sm text-muted">{t("teach.nothingTyped")}</span>
                  )}
                </li>
              ))}
            </ul>
          )}
        </section>

        <section className="mt-8">
          <h2 className="mb-4">{t("teach.failedChecks")}</h2>
          {failed.length === 0 ? (
            <p className="card p-6 text-muted">{t("teach.noFailedChecks")}</p>
          ) : (
            // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways, and must do so by keyboard
            <section className="card scroller" tabIndex={0} aria-label={t("teach.failedChecks")}>
              <table className="table">
                <thead>
                  <tr>
                    <th scope="col">{t("teach.step")}</th>
                    <th scope="col">{t("teach.reason")}</th>
                    <th scope="col">{t("teach.when")}</th>
                    <th scope="col">{t("admin.times")}</th>
                  </tr>
                </thead>
                <tbody>
                  {failed.map((row) => (
                    <tr key={`${row.activity}${row.task}${row.code}`}>
                      <td className="min-w-40">
                        {titles.get(`${row.activity}#${row.task}`) ?? row.task}
                        <span className="block text-xs text-muted">{titleOf(row.activity)}</span>
                      </td>
                      <td className="min-w-64">
                        <VerdictWords locale={locale} activity={row.activity} task={row.task} code={row.code} facts={row.facts} />
                      </td>
                      <td className="whitespace-nowrap text-muted">{dateTime(locale, row.at)}</td>
                      <td className="font-semibold whitespace-nowrap">{t("teach.times", { count: row.times })}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </section>
          )}
        </section>

        <section className="mt-8">
          <h2 className="mb-4">{t("teach.answers")}</h2>
          {answers.length === 0 ? (
            <p className="card p-6 text-muted">{t("teach.noAnswers")}</p>
          ) : (
            // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways, and must do so by keyboard
            <section className="card scroller" tabIndex={0} aria-label={t("teach.answers")}>
              <table className="table">
                <thead>
                  <tr>
                    <th scope="col">{t("teach.question")}</th>
                    <th scope="col">{t("teach.result")}</th>
                    <th scope="col">{t("teach.time")}</th>
                    <th scope="col">{t("teach.when")}</th>
                  </tr>
                </thead>
                <tbody>
                  {answers.map((row) => (
                    <tr key={`${row.bank}${row.question}${row.at}`}>
                      <td className="min-w-64">
                        <Inline text={titles.get(questionKey(row.bank, row.question)) ?? row.question} />
                      </td>
                      <td>
                        <span className={`badge ${row.correct ? "badge-good" : "badge-copper"}`}>{row.correct ? t("teach.right") : t("teach.wrong")}</span>
                      </td>
                      <td className="whitespace-nowrap text-muted">{t("teach.seconds", { count: row.seconds })}</td>
                      <td className="whitespace-nowrap text-muted">{dateTime(locale, row.at)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </section>
          )}
        </section>

        <form action={changeCohort} className="mt-10 border-t border-line pt-5">
          <input type="hidden" name="locale" value={locale} />
          <input type="hidden" name="cohort" value={cohortId} />
          <input type="hidden" name="learner" value={learner} />
          <button type="submit" name="do" value="remove" className="button button-danger button-small">
            {t("teach.remove")}
          </button>
        </form>
      </div>
    </WordsProvider>
  );
}
