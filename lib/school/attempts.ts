// A learner's goes at labs and on-host questions.
import { and, asc, count, desc, eq, inArray, isNull } from "drizzle-orm";
import { Refusal } from "./refusal.ts";
import { newId, newSeed } from "./secret.ts";
import { type Store, store } from "./store.ts";

export interface AttemptRow {
  readonly attempt: string;
  readonly activity: string;
  readonly user: string;
  readonly seed: number;
  readonly number: number;
}

function columns(s: Store) {
  return { attempt: s.attempts.id, activity: s.attempts.activity, user: s.attempts.userId, seed: s.attempts.seed, number: s.attempts.number };
}

/** The one that goes on, or a new one. */
export async function openAttempt(userId: string, activity: string): Promise<AttemptRow> {
  const s = await store();
  for (let turn = 0; turn < 3; turn++) {
    const [going] = await s.db
      .select(columns(s))
      .from(s.attempts)
      .where(and(eq(s.attempts.userId, userId), eq(s.attempts.activity, activity), isNull(s.attempts.endedAt)))
      .orderBy(desc(s.attempts.number))
      .limit(1);
    if (going) return going;
    await insertNext(s, userId, activity);
  }
  throw new Error(`no attempt could be opened for ${activity}`);
}

async function insertNext(s: Store, userId: string, activity: string): Promise<void> {
  const [last] = await s.db
    .select({ number: s.attempts.number })
    .from(s.attempts)
    .where(and(eq(s.attempts.userId, userId), eq(s.attempts.activity, activity)))
    .orderBy(desc(s.attempts.number))
    .limit(1);
  const now = Date.now();
  // Two windows at once: the unique number lets one in, both then read the same row.
  await s.db
    .insert(s.attempts)
    .values({ id: newId(), userId, activity, number: (last?.number ?? 0) + 1, seed: newSeed(), startedAt: now, lastActiveAt: now, activeSeconds: 0, endedAt: null, epoch: 0, entries: 0, build: "", digest: "" })
    .onConflictDoNothing();
}

export async function attempt(id: string): Promise<AttemptRow> {
  const s = await store();
  const [row] = await s.db.select(columns(s)).from(s.attempts).where(eq(s.attempts.id, id));
  if (!row) throw new Refusal("not-found");
  return row;
}

export async function attemptsOf(userId: string) {
  const s = await store();
  return await s.db
    .select({
      attempt: s.attempts.id,
      activity: s.attempts.activity,
      number: s.attempts.number,
      startedAt: s.attempts.startedAt,
      lastActiveAt: s.attempts.lastActiveAt,
      activeSeconds: s.attempts.activeSeconds,
      endedAt: s.attempts.endedAt,
      entries: s.attempts.entries,
    })
    .from(s.attempts)
    .where(eq(s.attempts.userId, userId))
    .orderBy(asc(s.attempts.activity), desc(s.attempts.number));
}

/** How many hints of each task were opened in this attempt. */
export async function openedHints(attemptId: string): Promise<Map<string, number>> {
  const s = await store();
  const opened = new Map<string, number>();
  for (const { task, number } of await s.db.select({ task: s.openedHints.task, number: s.openedHints.number }).from(s.openedHints).where(eq(s.openedHints.attemptId, attemptId))) {
    opened.set(task, Math.max(number, opened.get(task) ?? 0));
  }
  return opened;
}

/** One at a time and in order: answers the number of the hint that is open now, at most `available`. */
export async function openNextHint(attemptId: string, task: string, available: number): Promise<number> {
  const s = await store();
  const next = Math.min(((await openedHints(attemptId)).get(task) ?? 0) + 1, available);
  await s.db.insert(s.openedHints).values({ attemptId, task, number: next, at: Date.now() }).onConflictDoNothing();
  return next;
}

/** How many hints were opened in each of these attempts. */
export async function hintsOpenedIn(attemptIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (attemptIds.length === 0) return new Map();
  const s = await store();
  const rows = await s.db
    .select({ attempt: s.openedHints.attemptId, n: count() })
    .from(s.openedHints)
    .where(inArray(s.openedHints.attemptId, [...attemptIds]))
    .groupBy(s.openedHints.attemptId);
  return new Map(rows.map((row) => [row.attempt, row.n]));
}
