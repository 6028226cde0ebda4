import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { ReplayPlayer } from "../../../../../../../../../components/terminal/replay-player.tsx";
import { dateTime } from "../../../../../../../../../components/ui/date-time.ts";
import { WordsProvider } from "../../../../../../../../../components/ui/words-provider.tsx";
import { messagesOf } from "../../../../../../../../../lib/i18n/words.ts";
import { attemptsOf } from "../../../../../../../../../lib/school/attempts.ts";
import { labOf } from "../../../../../../../../../lib/school/catalogue.ts";
import { person } from "../../../../../../../../../lib/school/people.ts";
import { requireTeacherOfLearner } from "../../../../../../../../../lib/school/require.ts";
import { allow, type LocaleParams, localeOfPage } from "../../../../../../../../guard.ts";

interface Params extends LocaleParams {
  readonly cohort: string;
  readonly learner: string;
  readonly attempt: string;
}

export async function generateMetadata({ params }: { readonly params: Promise<Params> }): Promise<Metadata> {
  return { title: localeOfPage(await params).t("teach.replay") };
}

export default async function Page({ params }: { readonly params: Promise<Params> }) {
  const { cohort, learner, attempt, ...rest } = await params;
  const { locale, t } = localeOfPage(rest);
  await allow(locale, (viewer) => requireTeacherOfLearner(viewer, cohort, learner));
  const played = (await attemptsOf(learner)).find((one) => one.attempt === attempt);
  if (!played) notFound();
  const { name } = await person(learner);
  const words = labOf(played.activity)?.words[locale];
  const tasks = Object.fromEntries([...(words?.tasks ?? [])].map(([id, task]) => [id, task.title]));
  return (
    <WordsProvider locale={locale} messages={messagesOf(locale, ["replay", "terminal", "transcript", "common"])}>
      <div className="page w-[min(84rem,100%-2rem)]">
        <Link href={`/${locale}/cohorts/${cohort}/learners/${learner}`} className="link text-sm">
          {name}
        </Link>
        <h1 className="mt-3">{t("replay.title", { name })}</h1>
        <p className="mt-1 mb-6 text-muted">
          {words?.title ?? played.activity} · {t("teach.attemptNumber", { number: played.number })} · {dateTime(locale, played.startedAt)}
        </p>
        <ReplayPlayer source={`/session/recordings/${attempt}`} tasks={tasks} />
      </div>
    </WordsProvider>
  );
}
