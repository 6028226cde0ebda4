import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { isAnswer } from "../../../../../components/quiz/answers.ts";
import { QuizPlayer } from "../../../../../components/quiz/quiz-player.tsx";
import { WordsProvider } from "../../../../../components/ui/words-provider.tsx";
import { messagesOf } from "../../../../../lib/i18n/words.ts";
import { toPublic } from "../../../../../lib/quiz/question.ts";
import { catalogue } from "../../../../../lib/school/catalogue.ts";
import { answersOf, feedbackAgain, newestQuizAttempt, openQuizAttempt, questionOrder } from "../../../../../lib/school/quiz-attempts.ts";
import { requireViewer } from "../../../../../lib/school/require.ts";
import { allow, type LocaleParams, localeOfPage } from "../../../../guard.ts";

interface Params extends LocaleParams {
  readonly module: string;
}

function bankOf(id: string) {
  return catalogue().modules.find((module) => module.id === id)?.bank;
}

export async function generateMetadata({ params }: { readonly params: Promise<Params> }): Promise<Metadata> {
  const { module, ...rest } = await params;
  return { title: bankOf(module)?.title[localeOfPage(rest).locale] ?? "" };
}

export default async function Page({ params }: { readonly params: Promise<Params> }) {
  const { module: id, ...rest } = await params;
  const { locale } = localeOfPage(rest);
  const viewer = await allow(locale, requireViewer);
  const bank = bankOf(id);
  if (!bank) notFound();
  // A finished attempt is shown until the learner starts again.
  const going = (await newestQuizAttempt(viewer.id, id)) ?? (await openQuizAttempt(viewer.id, id));
  const answers = new Map((await answersOf(going.id)).map((row) => [row.question, row.answer]));
  const items = questionOrder(bank.questions, going).map((question) => {
    const answer = answers.get(question.id);
    return {
      question: toPublic(question, locale, going.seed),
      answer: isAnswer(answer) ? answer : undefined,
      feedback: answers.has(question.id) ? feedbackAgain(question, answer, locale) : undefined,
    };
  });
  return (
    <WordsProvider locale={locale} messages={messagesOf(locale, ["quiz", "terminal", "notices", "common", "lab"])}>
      <QuizPlayer key={going.id} bank={id} title={bank.title[locale]} quizAttempt={going.id} items={items} backTo={`/${locale}/road-map`} />
    </WordsProvider>
  );
}
