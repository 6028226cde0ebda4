// Signed-in browsers: rows whose id is the `sid` of a cookie. Revoking the row signs the browser out at its next request, and closes
// its sockets through `publish`.
import { and, desc, eq, gt, isNull, ne, sql } from "drizzle-orm";
import { publish } from "./live.ts";
import { isRole, type Role } from "./role.ts";
import { newId } from "./secret.ts";
import { perStore, store } from "./store.ts";

export const signInLifeMs = 30 * 86_400_000;

export interface Viewer {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly sid: string;
}

export async function startSignIn(userId: string, userAgent: string): Promise<string> {
  const s = await store();
  const now = Date.now();
  const id = newId() + newId();
  await s.db.insert(s.sessions).values({ id, userId, userAgent: userAgent.slice(0, 300), createdAt: now, lastSeenAt: now, expiresAt: now + signInLifeMs, revokedAt: null });
  return id;
}

const viewerQuery = perStore((s) =>
  s.db
    .select({ id: s.users.id, name: s.users.name, email: s.users.email, role: s.users.role, sid: s.sessions.id, lastSeenAt: s.sessions.lastSeenAt, expiresAt: s.sessions.expiresAt })
    .from(s.sessions)
    .innerJoin(s.users, eq(s.users.id, s.sessions.userId))
    .where(and(eq(s.sessions.id, sql.placeholder("sid")), isNull(s.sessions.revokedAt), isNull(s.users.disabledAt)))
    .prepare(),
);

/** Whoever this sid stands for; undefined when it is unknown, revoked, expired, or its user is disabled. */
export async function viewerOfSid(sid: string): Promise<Viewer | undefined> {
  const s = await store();
  const [row] = await viewerQuery(s).execute({ sid });
  const now = Date.now();
  if (!row || row.expiresAt <= now || !isRole(row.role)) return undefined;
  if (now - row.lastSeenAt > 300_000) {
    await s.atomically((db) => [
      db.update(s.sessions).set({ lastSeenAt: now }).where(eq(s.sessions.id, sid)),
      db.update(s.users).set({ lastSeenAt: now }).where(eq(s.users.id, row.id)),
    ]);
  }
  return { id: row.id, name: row.name, email: row.email ?? "", role: row.role, sid };
}

export async function listSignIns(userId: string) {
  const s = await store();
  return await s.db
    .select({ id: s.sessions.id, userAgent: s.sessions.userAgent, createdAt: s.sessions.createdAt, lastSeenAt: s.sessions.lastSeenAt })
    .from(s.sessions)
    .where(and(eq(s.sessions.userId, userId), isNull(s.sessions.revokedAt), gt(s.sessions.expiresAt, Date.now())))
    .orderBy(desc(s.sessions.lastSeenAt));
}

/** Every signed-in browser, newest first: for administrators. */
export async function listAllSignIns(limit: number) {
  const s = await store();
  return await s.db
    .select({ id: s.sessions.id, userId: s.users.id, name: s.users.name, role: s.users.role, userAgent: s.sessions.userAgent, createdAt: s.sessions.createdAt, lastSeenAt: s.sessions.lastSeenAt })
    .from(s.sessions)
    .innerJoin(s.users, eq(s.users.id, s.sessions.userId))
    .where(and(isNull(s.sessions.revokedAt), gt(s.sessions.expiresAt, Date.now())))
    .orderBy(desc(s.sessions.lastSeenAt))
    .limit(limit);
}

export async function endSignIn(sid: string): Promise<void> {
  const s = await store();
  await s.db.update(s.sessions).set({ revokedAt: Date.now() }).where(eq(s.sessions.id, sid));
  await publish({ kind: "signed-out", sids: [sid] });
}

/** Signs the user out of every browser, but the one of `except` when it is given. */
export async function endAllSignIns(userId: string, except = ""): Promise<void> {
  const s = await store();
  const ended = await s.db
    .update(s.sessions)
    .set({ revokedAt: Date.now() })
    .where(and(eq(s.sessions.userId, userId), isNull(s.sessions.revokedAt), ne(s.sessions.id, except)))
    .returning({ id: s.sessions.id });
  await publish({ kind: "signed-out", sids: ended.map((row) => row.id) });
}
