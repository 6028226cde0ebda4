import { eq, lt, sql } from "drizzle-orm";
import { Refusal } from "./refusal.ts";
import { store } from "./store.ts";

/** Counts one use of `key`. Errors: Refusal too-many once it was used `limit` times within `windowMs`. */
export async function spend(key: string, limit: number, windowMs: number): Promise<void> {
  const s = await store();
  const now = Date.now();
  const [row] = await s.db
    .insert(s.rateLimits)
    .values({ key, count: 1, resetsAt: now + windowMs })
    .onConflictDoUpdate({
      target: s.rateLimits.key,
      set: {
        count: sql`case when ${s.rateLimits.resetsAt} <= ${now} then 1 else ${s.rateLimits.count} + 1 end`,
        resetsAt: sql`case when ${s.rateLimits.resetsAt} <= ${now} then ${now + windowMs} else ${s.rateLimits.resetsAt} end`,
      },
    })
    .returning();
  if ((row?.count ?? 0) > limit) throw new Refusal("too-many");
}

/** Forgets a key: a right password clears the failed ones. */
export async function forgive(key: string): Promise<void> {
  const s = await store();
  await s.db.delete(s.rateLimits).where(eq(s.rateLimits.key, key));
}

/** Rows that no longer count, removed now and then by the server. */
export async function sweepRateLimits(): Promise<void> {
  const s = await store();
  await s.db.delete(s.rateLimits).where(lt(s.rateLimits.resetsAt, Date.now()));
}
