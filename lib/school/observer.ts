// What sessions tell the school: verdicts, time spent, commands that are missed. The implementation of lib/session's SessionObserver, by shape.
import { and, asc, eq, sql } from "drizzle-orm";
import { labOf } from "./catalogue.ts";
import { publish } from "./live.ts";
import { newId } from "./secret.ts";
import { store } from "./store.ts";

interface Attempt {
  readonly attempt: string;
  readonly activity: string;
  readonly user: string;
}

interface Verdict {
  readonly task: string;
  readonly passed: boolean;
  readonly code?: string | undefined;
}

export function createObserver(report: (error: unknown) => void) {
  const later = (work: Promise<void>) => void work.catch(report);
  return {
    verdicts: (attempt: Attempt, verdicts: readonly Verdict[], asked: boolean) => later(recordVerdicts(attempt, verdicts, asked)),
    active: (attempt: Attempt, seconds: number) => later(recordActivity(attempt, seconds)),
    missed: (attempt: Attempt, what: string) => later(recordMissed(attempt, what)),
  };
}

/**
 * Stores those that say something new: what is the same as the newest of this attempt is left out unless it was asked for, since a
 * session that is opened again tells its verdicts again. What counts as a failure is what was asked for, or what came of an attempt at the
 * step that the learner is at: the first answer of a fresh machine, and steps that are still ahead, count for nothing (`baseline`).
 */
export async function recordVerdicts(attempt: Attempt, verdicts: readonly Verdict[], asked: boolean): Promise<void> {
  const s = await store();
  const known = await s.db
    .select({ task: s.stepResults.task, passed: s.stepResults.passed, code: s.stepResults.code })
    .from(s.stepResults)
    .where(eq(s.stepResults.attemptId, attempt.attempt))
    .orderBy(asc(s.stepResults.at));
  const newest = new Map(known.map((row) => [row.task, row]));
  const at = Date.now();
  const done = new Set([...newest.values(), ...verdicts].filter((verdict) => verdict.passed).map((verdict) => verdict.task));
  const tasks = labOf(attempt.activity)?.tasks ?? [];
  const isAhead = (task: string) => {
    const place = tasks.findIndex((one) => one.id === task);
    return tasks.some((one, index) => index < place && !one.optional && !done.has(one.id));
  };
  const rows = verdicts.flatMap((verdict) => {
    const { task, passed, code = "" } = verdict;
    const before = newest.get(task);
    if (!asked && before?.passed === passed && before.code === code) return [];
    const baseline = !asked && !passed && (before === undefined || isAhead(task));
    return [{ id: newId(), attemptId: attempt.attempt, userId: attempt.user, activity: attempt.activity, task, passed, code, verdict, asked, baseline, at }];
  });
  if (rows.length === 0) return;
  await s.db.insert(s.stepResults).values(rows);
  await publish({ kind: "progress", user: attempt.user, activity: attempt.activity });
}

async function recordActivity(attempt: Attempt, seconds: number): Promise<void> {
  const s = await store();
  await s.db
    .update(s.attempts)
    .set({ lastActiveAt: Date.now(), activeSeconds: sql`${s.attempts.activeSeconds} + ${Math.round(seconds)}` })
    .where(eq(s.attempts.id, attempt.attempt));
}

async function recordMissed(attempt: Attempt, what: string): Promise<void> {
  const s = await store();
  const row = { what: what.slice(0, 80), activity: attempt.activity, times: 1, lastAt: Date.now() };
  await s.db
    .insert(s.missedCommands)
    .values(row)
    .onConflictDoUpdate({ target: [s.missedCommands.what, s.missedCommands.activity], set: { times: sql`${s.missedCommands.times} + 1`, lastAt: row.lastAt } });
}

/** The machine of this person has answered this code: its explanation may be told. */
export async function wasTold(userId: string, { activity, task, code }: { readonly activity: string; readonly task: string; readonly code: string }): Promise<boolean> {
  const s = await store();
  const [row] = await s.db
    .select({ id: s.stepResults.id })
    .from(s.stepResults)
    .where(and(eq(s.stepResults.userId, userId), eq(s.stepResults.activity, activity), eq(s.stepResults.task, task), eq(s.stepResults.code, code)))
    .limit(1);
  return row !== undefined;
}

/** The newest verdict of a task in an attempt: how an on-host question is graded. */
export async function newestVerdict(attemptId: string, task: string): Promise<{ passed: boolean; code: string } | undefined> {
  const s = await store();
  const rows = await s.db
    .select({ passed: s.stepResults.passed, code: s.stepResults.code, at: s.stepResults.at })
    .from(s.stepResults)
    .where(and(eq(s.stepResults.attemptId, attemptId), eq(s.stepResults.task, task)));
  return rows.reduce<(typeof rows)[number] | undefined>((newest, row) => (newest && newest.at > row.at ? newest : row), undefined);
}
