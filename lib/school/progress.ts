// How far people are: derived from stored verdicts and answers each time it is asked.
import { and, eq, inArray, sql } from "drizzle-orm";
import { z } from "zod";
import { store } from "./store.ts";

/** A step, or a question, of one learner. */
export interface Cell {
  readonly passed: boolean;
  /** verdicts or answers that were not right */
  readonly failures: number;
  /** the newest code of a failed check */
  readonly code: string;
  readonly at: number;
}

/** "lab:python-hello#build" or "quiz:containers#first-pid" → cell */
export type Progress = ReadonlyMap<string, Cell>;

export function stepKey(activity: string, task: string): string {
  return `${activity}#${task}`;
}

export function questionKey(bank: string, question: string): string {
  return `quiz:${bank}#${question}`;
}

const num = (value: unknown) => Number(value ?? 0);

/** User → progress, for these users. A step passed once stays passed; a question counts by its newest answer. */
export async function progressOf(userIds: readonly string[]): Promise<ReadonlyMap<string, Progress>> {
  const all = new Map<string, Map<string, Cell>>(userIds.map((id) => [id, new Map()]));
  if (userIds.length === 0) return all;
  const s = await store();
  const steps = await s.db
    .select({
      userId: s.stepResults.userId,
      activity: s.stepResults.activity,
      task: s.stepResults.task,
      passes: sql<number>`sum(case when ${s.stepResults.passed} then 1 else 0 end)`.mapWith(num),
      failures: sql<number>`sum(case when ${s.stepResults.passed} then 0 else 1 end)`.mapWith(num),
      at: sql<number>`max(${s.stepResults.at})`.mapWith(num),
      firstPass: sql<number>`min(case when ${s.stepResults.passed} then ${s.stepResults.at} end)`.mapWith(num),
    })
    .from(s.stepResults)
    .where(and(inArray(s.stepResults.userId, [...userIds]), eq(s.stepResults.baseline, false)))
    .groupBy(s.stepResults.userId, s.stepResults.activity, s.stepResults.task);
  for (const row of steps) {
    const passed = row.passes > 0;
    all.get(row.userId)?.set(stepKey(row.activity, row.task), { passed, failures: row.failures, code: "", at: passed ? row.firstPass : row.at });
  }
  const answers = await s.db
    .select({ userId: s.answers.userId, bank: s.answers.bank, question: s.answers.question, correct: s.answers.correct, at: s.answers.at })
    .from(s.answers)
    .where(inArray(s.answers.userId, [...userIds]));
  for (const row of answers) {
    const cells = all.get(row.userId);
    const key = questionKey(row.bank, row.question);
    const known = cells?.get(key);
    const newest = known === undefined || row.at >= known.at;
    cells?.set(key, { passed: newest ? row.correct : (known?.passed ?? false), failures: (known?.failures ?? 0) + (row.correct ? 0 : 1), code: "", at: Math.max(row.at, known?.at ?? 0) });
  }
  return all;
}

export interface FailedCheck {
  readonly activity: string;
  readonly task: string;
  readonly code: string;
  readonly times: number;
  readonly at: number;
  /** of the newest one */
  readonly facts: Readonly<Record<string, string | number>>;
}

const withFacts = z.object({ facts: z.record(z.string(), z.union([z.string(), z.number()])).catch({}) }).catch({ facts: {} });

/** Which check failed how often, most often first. */
export async function failedChecks(userId: string): Promise<readonly FailedCheck[]> {
  const s = await store();
  const rows = await s.db
    .select({ activity: s.stepResults.activity, task: s.stepResults.task, code: s.stepResults.code, verdict: s.stepResults.verdict, at: s.stepResults.at })
    .from(s.stepResults)
    .where(and(eq(s.stepResults.userId, userId), eq(s.stepResults.passed, false), eq(s.stepResults.baseline, false)))
    .orderBy(s.stepResults.at);
  const groups = new Map<string, FailedCheck>();
  for (const { verdict, ...row } of rows) {
    const key = `${row.activity} ${row.task} ${row.code}`;
    groups.set(key, { ...row, times: (groups.get(key)?.times ?? 0) + 1, facts: withFacts.parse(verdict).facts });
  }
  return [...groups.values()].sort((a, b) => b.times - a.times);
}

/** Time spent at labs (counted while active) and at questions (until each answer). */
export async function secondsSpent(userIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const spent = new Map<string, number>();
  if (userIds.length === 0) return spent;
  const s = await store();
  const add = (userId: string, seconds: number) => spent.set(userId, (spent.get(userId) ?? 0) + seconds);
  const labs = await s.db
    .select({ userId: s.attempts.userId, seconds: sql<number>`sum(${s.attempts.activeSeconds})`.mapWith(num) })
    .from(s.attempts)
    .where(inArray(s.attempts.userId, [...userIds]))
    .groupBy(s.attempts.userId);
  for (const row of labs) add(row.userId, row.seconds);
  const quizzes = await s.db
    .select({ userId: s.answers.userId, seconds: sql<number>`sum(${s.answers.seconds})`.mapWith(num) })
    .from(s.answers)
    .where(inArray(s.answers.userId, [...userIds]))
    .groupBy(s.answers.userId);
  for (const row of quizzes) add(row.userId, row.seconds);
  return spent;
}

/** Every answer of a learner, newest last. */
export async function answersOfLearner(userId: string) {
  const s = await store();
  return await s.db
    .select({ bank: s.answers.bank, question: s.answers.question, correct: s.answers.correct, score: s.answers.score, seconds: s.answers.seconds, at: s.answers.at })
    .from(s.answers)
    .where(eq(s.answers.userId, userId))
    .orderBy(s.answers.at);
}
