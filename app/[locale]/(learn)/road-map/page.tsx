import type { Metadata } from "next";
import Link from "next/link";
import { ProgressBar } from "../../../../components/school/progress-bar.tsx";
import { Tick } from "../../../../components/ui/tick.tsx";
import { catalogue } from "../../../../lib/school/catalogue.ts";
import { cohortsOfLearner } from "../../../../lib/school/cohorts.ts";
import { type Progress, progressOf, questionKey, stepKey } from "../../../../lib/school/progress.ts";
import { requireViewer } from "../../../../lib/school/require.ts";
import { allow, type LocaleParams, localeOfPage } from "../../../guard.ts";

export async function generateMetadata({ params }: { readonly params: Promise<LocaleParams> }): Promise<Metadata> {
  return { title: localeOfPage(await params).t("learn.title") };
}

interface Stop {
  readonly kind: "lab" | "quiz";
  readonly href: string;
  readonly title: string;
  readonly detail: string;
  readonly done: number;
  readonly touched: number;
  readonly total: number;
}

function stateOf({ done, touched, total }: Stop): "done" | "going" | "open" {
  return done === total ? "done" : touched > 0 ? "going" : "open";
}

function count(progress: Progress | undefined, keys: readonly string[]) {
  const cells = keys.flatMap((key) => progress?.get(key) ?? []);
  return { done: cells.filter((cell) => cell.passed).length, touched: cells.length, total: keys.length };
}

export default async function Page({ params }: { readonly params: Promise<LocaleParams> }) {
  const { locale, t } = localeOfPage(await params);
  const viewer = await allow(locale, requireViewer);
  const [all, cohorts] = await Promise.all([progressOf([viewer.id]), cohortsOfLearner(viewer.id)]);
  const progress = all.get(viewer.id);
  const { modules, labs } = catalogue();
  const parts = modules.map((module) => {
    const stops: Stop[] = [];
    for (const id of module.labs) {
      const lab = labs.get(id);
      if (!lab) continue;
      stops.push({
        kind: "lab",
        href: `/${locale}/labs/${id}`,
        title: lab.words[locale].title,
        detail: t("learn.minutes", { count: lab.minutes }),
        ...count(progress, lab.tasks.map((task) => stepKey(`lab:${id}`, task.id))),
      });
    }
    if (module.bank) {
      stops.push({
        kind: "quiz",
        href: `/${locale}/questions/${module.id}`,
        title: module.bank.title[locale],
        detail: "",
        ...count(progress, module.bank.questions.map((question) => questionKey(module.id, question.id))),
      });
    }
    return { module, stops };
  });
  const next = parts.flatMap(({ stops }) => stops).find((stop) => stateOf(stop) !== "done");
  return (
    <div className="page">
      <h1>{viewer.name === "" ? t("learn.title") : t("learn.hello", { name: viewer.name })}</h1>
      <p className="mt-2 text-muted">
        {t("learn.lead")}
        {cohorts.length > 0 && (
          <>
            {" "}
            {t("learn.cohortLine", { count: cohorts.length })} {cohorts.map((one) => one.name).join(", ")}.
          </>
        )}
      </p>
      {viewer.role === "guest" && (
        <p className="mt-5 flex flex-wrap items-center gap-4 rounded-card border border-copper bg-copper-soft px-4 py-3">
          <span className="grow basis-72">{t("common.guestBanner")}</span>
          <Link href={`/${locale}/sign-up`} className="button button-small">
            {t("common.keepWork")}
          </Link>
        </p>
      )}
      {parts.length === 0 && <p className="card mt-8 p-6 text-muted">{t("learn.empty")}</p>}
      {next && (
        <section className="mt-8 flex flex-wrap items-center gap-x-6 gap-y-4 rounded-card bg-accent p-6 text-on-accent" aria-labelledby="next-title">
          <div className="grow basis-72">
            <p className="text-sm font-semibold">{t("learn.next")}</p>
            <h2 id="next-title" className="mt-1 text-2xl">
              {next.title}
            </h2>
          </div>
          <Link href={next.href} className="button button-large">
            {next.touched > 0 ? t("learn.goOn") : t("learn.start")}
          </Link>
        </section>
      )}
      {!next && parts.length > 0 && <p className="alert alert-good mt-8">{t("learn.allDone")}</p>}
      {parts.map(({ module, stops }, place) => (
        <section key={module.id} className="mt-10">
          <p className="eyebrow">{t("learn.module", { number: place + 1 })}</p>
          <h2 className="mt-1 text-2xl">{module.title[locale]}</h2>
          <p className="mt-2 max-w-[44rem] text-muted">{module.summary[locale]}</p>
          <ol className="relative mt-6 grid gap-4 before:absolute before:inset-y-6 before:start-[15px] before:w-0.5 before:bg-line">
            {stops.map((stop) => {
              const state = stateOf(stop);
              return (
                <li key={stop.href} className="relative ps-12">
                  <span aria-hidden="true" className={`absolute start-0 top-6 grid size-8 place-items-center rounded-full border-2 ${state === "done" ? "border-good bg-good text-surface" : state === "going" ? "border-accent bg-paper" : "border-line-strong bg-paper"}`}>
                    {state === "done" && (
                      <Tick />
                    )}
                    {state === "going" && <span className="size-3 rounded-full bg-accent" />}
                  </span>
                  <div className="card grid items-center gap-4 p-5 sm:grid-cols-[1fr_13rem_auto]">
                    <div>
                      <p className="flex flex-wrap items-center gap-2 text-sm text-muted">
                        <span className={`badge ${stop.kind === "lab" ? "badge-copper" : ""}`}>{stop.kind === "lab" ? t("learn.lab") : t("learn.bank")}</span>
                        <span>{state === "done" ? t("learn.done") : state === "going" ? t("learn.inProgress") : t("learn.notStarted")}</span>
                        {stop.detail !== "" && <span>· {stop.detail}</span>}
                      </p>
                      <h3 className="mt-1.5 text-lg">{stop.title}</h3>
                    </div>
                    <div className="grid gap-1.5 text-sm">
                      <ProgressBar done={stop.done} total={stop.total} t={t} />
                      <p className="text-muted">
                        {stop.kind === "lab" ? t("learn.stepsDone", { done: stop.done, total: stop.total }) : t("learn.questionsState", { answered: stop.touched, total: stop.total, right: stop.done })}
                      </p>
                    </div>
                    <Link href={stop.href} className="button" aria-label={t("learn.doWhat", { verb: state === "done" ? t("learn.again") : state === "going" ? t("learn.goOn") : t("learn.start"), title: stop.title })}>
                      {state === "done" ? t("learn.again") : state === "going" ? t("learn.goOn") : t("learn.start")}
                    </Link>
                  </div>
                </li>
              );
            })}
          </ol>
        </section>
      ))}
    </div>
  );
}
