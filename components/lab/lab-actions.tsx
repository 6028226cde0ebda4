"use server";
// What a lab's page asks for while it is open: the reason of a verdict and the next hint, as elements in the reader's language.
import type { ReactNode } from "react";
import { z } from "zod";
import { frenchSpaces } from "../../lib/i18n/french-spaces.ts";
import { wordsOf } from "../../lib/i18n/words.ts";
import { fillFacts, generalFeedback } from "../../lib/lab/feedback.ts";
import { attempt, openNextHint } from "../../lib/school/attempts.ts";
import { catalogue, labOf } from "../../lib/school/catalogue.ts";
import { Refusal } from "../../lib/school/refusal.ts";
import { requireViewer } from "../../lib/school/require.ts";
import { currentViewer } from "../../lib/school/viewer.ts";
import { Inline } from "./inline.tsx";
import { Prose } from "./prose.tsx";

const locale = z.enum(["fr", "en"]);
const explaining = z.object({
  locale,
  activity: z.string().max(200),
  task: z.string().max(80),
  code: z.string().max(80),
  facts: z.record(z.string().max(40), z.union([z.string().max(2_000), z.number()])),
});
export type Explaining = z.infer<typeof explaining>;

/** The lab's own sentence for the code, else the general one, else that it is not fulfilled; then what was found and expected. */
export async function explainVerdict(asked: Explaining): Promise<ReactNode> {
  requireViewer(await currentViewer());
  const { locale: own, activity, task, code, facts } = explaining.parse(asked);
  const t = wordsOf(own);
  const words = labOf(activity)?.words[own].tasks.get(task)?.when.get(code);
  if (words) return <Prose nodes={words} facts={facts} />;
  const question = activity.startsWith("question:") ? questionFeedback(activity.slice(9), code) : undefined;
  const general = question ?? generalFeedback.get(code);
  if (!general) return <p>{t("lab.noExplanation")}</p>;
  const sentence = fillFacts(general[own], facts);
  return (
    <p>
      <Inline text={own === "fr" ? frenchSpaces(sentence) : sentence} />
    </p>
  );
}

function questionFeedback(id: string, code: string) {
  const [moduleId, questionId] = id.split("/");
  const found = catalogue()
    .modules.find((module) => module.id === moduleId)
    ?.bank?.questions.find((question) => question.id === questionId);
  return found?.type === "on-host" && Object.hasOwn(found.feedback, code) ? found.feedback[code] : undefined;
}

const hinting = z.object({ locale, attempt: z.string().max(64), task: z.string().max(80) });

/** Opens the next hint of this attempt and answers it with its number. */
export async function openHint(asked: z.infer<typeof hinting>): Promise<{ readonly number: number; readonly content: ReactNode }> {
  const viewer = requireViewer(await currentViewer());
  const wanted = hinting.parse(asked);
  const worked = await attempt(wanted.attempt);
  const hints = labOf(worked.activity)?.words[wanted.locale].tasks.get(wanted.task)?.hints;
  if (worked.user !== viewer.id || !hints || hints.length === 0) throw new Refusal("not-found");
  const number = await openNextHint(worked.attempt, wanted.task, hints.length);
  return { number, content: <Prose nodes={hints[number - 1] ?? []} /> };
}
