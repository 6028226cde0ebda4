import { desc } from "drizzle-orm";
import { store } from "./store.ts";

/** Commands of Debian that learners typed and that are not simulated, most often first. */
export async function missedCommands(limit: number) {
  const s = await store();
  return await s.db.select().from(s.missedCommands).orderBy(desc(s.missedCommands.times)).limit(limit);
}
