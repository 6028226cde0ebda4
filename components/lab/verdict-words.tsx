import { frenchSpaces } from "../../lib/i18n/french-spaces.ts";
import type { Locale } from "../../lib/i18n/locale.ts";
import { wordsOf } from "../../lib/i18n/words.ts";
import { fillFacts, generalFeedback } from "../../lib/lab/feedback.ts";
import { catalogue, labOf } from "../../lib/school/catalogue.ts";
import { Inline } from "./inline.tsx";
import { Prose } from "./prose.tsx";

export interface VerdictWordsProps {
  readonly locale: Locale;
  readonly activity: string;
  readonly task: string;
  readonly code: string;
  readonly facts: Readonly<Record<string, string | number>>;
}

/** Why a check has failed: the lab's own sentence for the code, else the general one, else that it is not fulfilled. */
export function VerdictWords({ locale, activity, task, code, facts }: VerdictWordsProps) {
  const words = labOf(activity)?.words[locale].tasks.get(task)?.when.get(code);
  if (words) return <Prose nodes={words} facts={facts} />;
  const general = (activity.startsWith("question:") ? questionFeedback(activity.slice(9), code) : undefined) ?? generalFeedback.get(code);
  if (!general) return <p>{wordsOf(locale)("lab.noExplanation")}</p>;
  const sentence = fillFacts(general[locale], facts);
  return (
    <p>
      <Inline text={locale === "fr" ? frenchSpaces(sentence) : sentence} />
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
