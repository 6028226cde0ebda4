"use server";
import { redirect } from "next/navigation";
import { z } from "zod";
import type { Feedback } from "../../lib/quiz/question.ts";
import { catalogue } from "../../lib/school/catalogue.ts";
import { answerQuestion, openQuizAttempt } from "../../lib/school/quiz-attempts.ts";
import { spend } from "../../lib/school/rate-limit.ts";
import { isRefusal, Refusal } from "../../lib/school/refusal.ts";
import { requireViewer } from "../../lib/school/require.ts";
import { currentViewer } from "../../lib/school/viewer.ts";
import { wordsOf } from "../../lib/i18n/words.ts";
import { localeOfForm } from "../ui/refused.ts";

const sent = z.object({
  locale: z.enum(["fr", "en"]),
  bank: z.string().max(100),
  quizAttempt: z.string().max(64),
  question: z.string().max(80),
  answer: z.unknown(),
  seconds: z.number().min(0).max(86_400),
});

/** Stores the answer and answers what may now be told, or a sentence why not. */
export async function answerAction(given: z.infer<typeof sent>): Promise<{ readonly feedback: Feedback } | { readonly error: string }> {
  const { locale, bank, quizAttempt, question, answer, seconds } = sent.parse(given);
  try {
    const viewer = requireViewer(await currentViewer());
    await spend(`answer:${viewer.id}`, 120, 60_000);
    const questions = catalogue().modules.find((module) => module.id === bank)?.bank?.questions;
    if (!questions) throw new Refusal("not-found");
    return { feedback: await answerQuestion({ userId: viewer.id, bank, quizAttemptId: quizAttempt, questions, questionId: question, given: answer, seconds, locale }) };
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return { error: wordsOf(locale)(`refusals.${error.code}`) };
  }
}

export async function startAgain(form: FormData): Promise<void> {
  const viewer = requireViewer(await currentViewer());
  const bank = String(form.get("bank") ?? "");
  if (!catalogue().modules.some((module) => module.id === bank && module.bank)) throw new Refusal("not-found");
  await openQuizAttempt(viewer.id, bank);
  redirect(`/${localeOfForm(form)}/questions/${bank}`);
}
