import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { LabWorkspace } from "../../../../../components/lab/lab-workspace.tsx";
import { Prose } from "../../../../../components/lab/prose.tsx";
import { WordsProvider } from "../../../../../components/ui/words-provider.tsx";
import { messagesOf } from "../../../../../lib/i18n/words.ts";
import { openAttempt, openedHints } from "../../../../../lib/school/attempts.ts";
import { labOf } from "../../../../../lib/school/catalogue.ts";
import { progressOf, stepKey } from "../../../../../lib/school/progress.ts";
import { requireViewer } from "../../../../../lib/school/require.ts";
import { allow, type LocaleParams, localeOfPage } from "../../../../guard.ts";

interface Params extends LocaleParams {
  readonly lab: string;
}

export async function generateMetadata({ params }: { readonly params: Promise<Params> }): Promise<Metadata> {
  const { lab, ...rest } = await params;
  const { locale } = localeOfPage(rest);
  return { title: labOf(`lab:${lab}`)?.words[locale].title ?? "" };
}

export default async function Page({ params }: { readonly params: Promise<Params> }) {
  const { lab: id, ...rest } = await params;
  const { locale, t } = localeOfPage(rest);
  const viewer = await allow(locale, requireViewer);
  const activity = `lab:${id}`;
  const lab = labOf(activity);
  if (!lab) notFound();
  const words = lab.words[locale];
  const going = await openAttempt(viewer.id, activity);
  const [hints, progress] = await Promise.all([openedHints(going.attempt), progressOf([viewer.id])]);
  const tasks = lab.tasks.map((task) => {
    const own = words.tasks.get(task.id);
    return {
      id: task.id,
      title: own?.title ?? task.id,
      optional: task.optional,
      body: <Prose nodes={own?.body ?? []} />,
      hints: own?.hints.length ?? 0,
      // biome-ignore lint/suspicious/noArrayIndexKey: hints only grow, in order
      opened: (own?.hints ?? []).slice(0, hints.get(task.id) ?? 0).map((nodes, place) => <Prose key={place} nodes={nodes} />),
    };
  });
  const passedBefore = lab.tasks.filter((task) => progress.get(viewer.id)?.get(stepKey(activity, task.id))?.passed).map((task) => task.id);
  return (
    <WordsProvider locale={locale} messages={messagesOf(locale, ["lab", "terminal", "notices", "common", "picture", "files", "transcript"])}>
      <LabWorkspace
        key={id}
        activity={activity}
        title={words.title}
        minutes={t("learn.minutes", { count: lab.minutes })}
        introduction={<Prose nodes={words.introduction} />}
        conclusion={<Prose nodes={words.conclusion} />}
        tasks={tasks}
        passedBefore={passedBefore}
        backTo={`/${locale}/road-map`}
      />
    </WordsProvider>
  );
}
