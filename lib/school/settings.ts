import { z } from "zod";
import { store } from "./store.ts";

const settings = z.object({
  /** shown in the header beside the product's name */
  schoolName: z.string().max(60).catch(""),
  /** accounts without a join code */
  openSignUp: z.boolean().catch(true),
  /** "Try a lab now" */
  guests: z.boolean().catch(true),
});
export type Settings = z.infer<typeof settings>;

export async function readSettings(): Promise<Settings> {
  const s = await store();
  const rows = await s.db.select().from(s.settings);
  return settings.parse(Object.fromEntries(rows.map((row) => [row.name, row.value])));
}

export async function writeSettings(next: Settings): Promise<void> {
  const s = await store();
  await s.atomically((db) => Object.entries(next).map(([name, value]) => db.insert(s.settings).values({ name, value }).onConflictDoUpdate({ target: s.settings.name, set: { value } })));
}
