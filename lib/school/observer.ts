// What sessions tell the school: verdicts, time spent, commands that are missed. The implementation of lib/session's SessionObserver, by shape.
import { and, eq, sql } from "drizzle-orm";
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

export async function recordVerdicts(attempt: Attempt, verdicts: readonly Verdict[], asked: boolean): Promise<void> {
  if (verdicts.length === 0) return;
  const s = await store();
  const at = Date.now();
  await s.db.insert(s.stepResults).values(
    verdicts.map((verdict) => ({ id: newId(), attemptId: attempt.attempt, userId: attempt.user, activity: attempt.activity, task: verdict.task, passed: verdict.passed, code: verdict.code ?? "", verdict, asked, at })),
  );
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

/** The newest verdict of a task in an attempt: how an on-host question is graded. */
export async function newestVerdict(attemptId: string, task: string): Promise<{ passed: boolean; code: string } | undefined> {
  const s = await store();
  const rows = await s.db
    .select({ passed: s.stepResults.passed, code: s.stepResults.code, at: s.stepResults.at })
    .from(s.stepResults)
    .where(and(eq(s.stepResults.attemptId, attemptId), eq(s.stepResults.task, task)));
  return rows.reduce<(typeof rows)[number] | undefined>((newest, row) => (newest && newest.at > row.at ? newest : row), undefined);
}
