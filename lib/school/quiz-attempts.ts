// A learner's goes at a question bank. What is right is decided here, from the server's copy of the question.
import { and, asc, desc, eq, isNull } from "drizzle-orm";
import { type Feedback, grade, type Question, toFeedback } from "../quiz/question.ts";
import { shuffle } from "../quiz/shuffle.ts";
import { publish } from "./live.ts";
import { newestVerdict } from "./observer.ts";
import { attempt } from "./attempts.ts";
import { Refusal } from "./refusal.ts";
import { newId, newSeed } from "./secret.ts";
import { type Store, store } from "./store.ts";

interface QuizAttempt {
  readonly id: string;
  readonly bank: string;
  readonly user: string;
  readonly number: number;
  readonly seed: number;
}

function columns(s: Store) {
  return { id: s.quizAttempts.id, bank: s.quizAttempts.bank, user: s.quizAttempts.userId, number: s.quizAttempts.number, seed: s.quizAttempts.seed };
}

/** The newest attempt, finished or not; undefined when there is none. */
export async function newestQuizAttempt(userId: string, bank: string): Promise<(QuizAttempt & { finishedAt: number | null }) | undefined> {
  const s = await store();
  const [row] = await s.db
    .select({ ...columns(s), finishedAt: s.quizAttempts.finishedAt })
    .from(s.quizAttempts)
    .where(and(eq(s.quizAttempts.userId, userId), eq(s.quizAttempts.bank, bank)))
    .orderBy(desc(s.quizAttempts.number))
    .limit(1);
  return row;
}

/** The one that goes on, or a new one. */
export async function openQuizAttempt(userId: string, bank: string): Promise<QuizAttempt> {
  for (let turn = 0; turn < 3; turn++) {
    const newest = await newestQuizAttempt(userId, bank);
    if (newest && newest.finishedAt === null) return newest;
    const s = await store();
    await s.db
      .insert(s.quizAttempts)
      .values({ id: newId(), userId, bank, number: (newest?.number ?? 0) + 1, seed: newSeed(), startedAt: Date.now(), finishedAt: null })
      .onConflictDoNothing();
  }
  throw new Error(`no attempt could be opened for ${bank}`);
}

/** The order of the questions in an attempt: the author's in the first, drawn in later ones. */
export function questionOrder<T>(questions: readonly T[], going: { readonly number: number; readonly seed: number }): readonly T[] {
  return going.number === 1 ? questions : shuffle(questions, going.seed);
}

export async function answersOf(quizAttemptId: string) {
  const s = await store();
  return await s.db
    .select({ question: s.answers.question, answer: s.answers.answer, correct: s.answers.correct, score: s.answers.score, at: s.answers.at })
    .from(s.answers)
    .where(eq(s.answers.quizAttemptId, quizAttemptId))
    .orderBy(asc(s.answers.at));
}

/** On-host answers are filled in from the stored verdict: the browser only names its attempt. */
async function completed(asked: Question, bank: string, userId: string, given: unknown): Promise<unknown> {
  if (asked.type !== "on-host") return given;
  const named = typeof given === "object" && given !== null && "attempt" in given && typeof given.attempt === "string" ? given.attempt : "";
  const worked = await attempt(named);
  if (worked.user !== userId || worked.activity !== `question:${bank}/${asked.id}`) throw new Refusal("not-found");
  const verdict = await newestVerdict(worked.attempt, asked.id);
  return { attempt: worked.attempt, passed: verdict?.passed ?? false, code: verdict?.code ?? "" };
}

export interface Answering {
  readonly userId: string;
  readonly bank: string;
  readonly quizAttemptId: string;
  readonly questions: readonly Question[];
  readonly questionId: string;
  readonly given: unknown;
  readonly seconds: number;
  readonly locale: "fr" | "en";
}

/** Stores the answer, once, then tells what may now be told. Errors: Refusal not-found, already-answered. */
export async function answerQuestion(answering: Answering): Promise<Feedback> {
  const s = await store();
  const { userId, bank, questionId } = answering;
  const [going] = await s.db
    .select(columns(s))
    .from(s.quizAttempts)
    .where(and(eq(s.quizAttempts.id, answering.quizAttemptId), eq(s.quizAttempts.userId, userId), eq(s.quizAttempts.bank, bank), isNull(s.quizAttempts.finishedAt)));
  const asked = answering.questions.find((question) => question.id === questionId);
  if (!going || !asked) throw new Refusal("not-found");
  const given = await completed(asked, bank, userId, answering.given);
  const graded = grade(asked, given);
  if (!graded) throw new Refusal("not-found");
  const stored = await s.db
    .insert(s.answers)
    .values({ quizAttemptId: going.id, question: asked.id, userId, bank, answer: given, correct: graded.correct, score: graded.score, seconds: Math.min(Math.max(Math.round(answering.seconds), 0), 3_600), at: Date.now() })
    .onConflictDoNothing()
    .returning({ question: s.answers.question });
  if (stored.length === 0) throw new Refusal("already-answered");
  const answered = new Set((await answersOf(going.id)).map((row) => row.question));
  if (answering.questions.every((question) => answered.has(question.id))) {
    await s.db.update(s.quizAttempts).set({ finishedAt: Date.now() }).where(eq(s.quizAttempts.id, going.id));
  }
  await publish({ kind: "progress", user: userId, activity: `quiz:${bank}` });
  return toFeedback(asked, graded, answering.locale);
}

/** The feedback again, for a question that was answered before. */
export function feedbackAgain(asked: Question, given: unknown, locale: "fr" | "en"): Feedback | undefined {
  const graded = grade(asked, given);
  return graded && toFeedback(asked, graded, locale);
}
