import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import Database from "better-sqlite3";
import { eq } from "drizzle-orm";
import { afterAll, describe, expect, test } from "vitest";
import { openStore, type Store, StoreError } from "./store.ts";

const folder = mkdtempSync(path.join(tmpdir(), "hote-store-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const url = process.env["HOTE_TEST_DATABASE_URL"];
const dialects: readonly (readonly [string, () => Promise<Store>])[] = [
  ["sqlite", () => openStore({ folder, migrate: true })],
  ...(url === undefined ? [] : [["postgresql", () => openStore({ url, migrate: true })] as const]),
];

describe.each(dialects)("%s", (_name, open) => {
  test("values come back as they went in, in both dialects", async () => {
    const s = await open();
    await s.db.delete(s.journals);
    await s.db.delete(s.settings);
    await s.db.insert(s.journals).values({ attemptId: "a", firstEntry: 0, entries: 2, epoch: 1, at: 1_795_000_000_000, bytes: Buffer.from([0, 255, 10]) });
    expect(await s.db.select().from(s.journals)).toEqual([{ attemptId: "a", firstEntry: 0, entries: 2, epoch: 1, at: 1_795_000_000_000, bytes: Buffer.from([0, 255, 10]) }]);
    await s.db.insert(s.settings).values({ name: "x", value: { a: [1, "é"] } });
    await s.db.insert(s.settings).values({ name: "x", value: true }).onConflictDoUpdate({ target: s.settings.name, set: { value: false } });
    expect(await s.db.select().from(s.settings).where(eq(s.settings.name, "x"))).toEqual([{ name: "x", value: false }]);
    await s.close();
  });

  test("atomically: all or nothing", async () => {
    const s = await open();
    await s.db.delete(s.settings);
    const row = { name: "once", value: 1 };
    await expect(s.atomically((db) => [db.insert(s.settings).values(row), db.insert(s.settings).values(row)])).rejects.toThrow();
    expect(await s.db.select().from(s.settings)).toEqual([]);
    await s.close();
  });
});

test("a database newer than the program is refused by one sentence and left alone", async () => {
  const own = path.join(folder, "newer");
  const s = await openStore({ folder: own, migrate: true });
  await s.close();
  const raw = new Database(path.join(own, "hote.db"));
  raw.prepare("insert into __drizzle_migrations (hash, created_at) values ('future', 99999999999999)").run();
  raw.close();
  await expect(openStore({ folder: own, migrate: true })).rejects.toThrow(StoreError);
  await expect(openStore({ folder: own, migrate: true })).rejects.toThrow(/newer version of Hôte/);
});
