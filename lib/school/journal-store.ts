// Where journals are kept: the implementation of lib/session's JournalStore, by shape (school does not import session).
import { and, asc, eq, sql } from "drizzle-orm";
import { attempt } from "./attempts.ts";
import { Refusal } from "./refusal.ts";
import { newId, newSeed } from "./secret.ts";
import { store } from "./store.ts";

interface Lease {
  readonly attempt: string;
  readonly epoch: number;
}

function leaseLost(): Error {
  return Object.assign(new Error("another server has taken this attempt"), { name: "LeaseLost" });
}

async function take(attemptId: string): Promise<Lease> {
  const s = await store();
  const [row] = await s.db
    .update(s.attempts)
    .set({ epoch: sql`${s.attempts.epoch} + 1` })
    .where(eq(s.attempts.id, attemptId))
    .returning({ epoch: s.attempts.epoch });
  if (!row) throw new Refusal("not-found");
  return { attempt: attemptId, epoch: row.epoch };
}

export const journalStore = {
  take,

  async read(attemptId: string) {
    const s = await store();
    return await s.db
      .select({ firstEntry: s.journals.firstEntry, entries: s.journals.entries, bytes: s.journals.bytes })
      .from(s.journals)
      .where(eq(s.journals.attemptId, attemptId))
      .orderBy(asc(s.journals.firstEntry))
      .then((rows) => rows.map((row) => ({ ...row, bytes: new Uint8Array(row.bytes ?? []) })));
  },

  /** Durable when it resolves: SQLite's WAL survives a killed process, PostgreSQL has committed. Only the lease's holder may write, and only where the journal ends. */
  async append(lease: Lease, batch: { readonly firstEntry: number; readonly entries: number; readonly bytes: Uint8Array }, build: string, digest: string): Promise<void> {
    const s = await store();
    const row = { attemptId: lease.attempt, firstEntry: batch.firstEntry, entries: batch.entries, epoch: lease.epoch, at: Date.now(), bytes: Buffer.from(batch.bytes) };
    await s.atomically((db) => [
      {
        must: db
          .update(s.attempts)
          .set({ entries: batch.firstEntry + batch.entries, build, digest })
          .where(and(eq(s.attempts.id, lease.attempt), eq(s.attempts.epoch, lease.epoch), eq(s.attempts.entries, batch.firstEntry))),
        otherwise: leaseLost,
      },
      db.insert(s.journals).values(row),
    ]);
  },

  async stamp(attemptId: string) {
    const s = await store();
    const [row] = await s.db.select({ build: s.attempts.build, digest: s.attempts.digest, entries: s.attempts.entries }).from(s.attempts).where(eq(s.attempts.id, attemptId));
    return row && row.entries > 0 ? { build: row.build, digest: row.digest } : undefined;
  },

  async startAnew(lease: Lease) {
    const s = await store();
    const old = await attempt(lease.attempt);
    const now = Date.now();
    const next = { attempt: newId(), activity: old.activity, user: old.user, seed: newSeed() };
    await s.atomically((db) => [
      { must: db.update(s.attempts).set({ endedAt: now }).where(and(eq(s.attempts.id, lease.attempt), eq(s.attempts.epoch, lease.epoch))), otherwise: leaseLost },
      db
        .insert(s.attempts)
        .values({ id: next.attempt, userId: next.user, activity: next.activity, number: old.number + 1, seed: next.seed, startedAt: now, lastActiveAt: now, activeSeconds: 0, endedAt: null, epoch: 1, entries: 0, build: "", digest: "" }),
    ]);
    return { attempt: next, lease: { attempt: next.attempt, epoch: 1 } };
  },
};
