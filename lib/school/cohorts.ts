import { and, asc, count, desc, eq, isNull, sql } from "drizzle-orm";
import { audit } from "./audit.ts";
import { publish } from "./live.ts";
import { Refusal } from "./refusal.ts";
import { newId, newJoinCode, normalJoinCode } from "./secret.ts";
import { store } from "./store.ts";

export async function createCohort(instructorId: string, name: string): Promise<string> {
  const s = await store();
  const id = newId();
  const now = Date.now();
  await s.atomically((db) => [
    db.insert(s.cohorts).values({ id, name: name.trim(), joinCode: newJoinCode(), joinOpen: true, createdBy: instructorId, createdAt: now, archivedAt: null }),
    db.insert(s.memberships).values({ cohortId: id, userId: instructorId, role: "instructor", joinedAt: now }),
  ]);
  await audit("cohort-created", instructorId, id, { name: name.trim() });
  return id;
}

export async function cohort(id: string) {
  const s = await store();
  const [row] = await s.db.select().from(s.cohorts).where(eq(s.cohorts.id, id));
  if (!row) throw new Refusal("not-found");
  return row;
}

export async function renameCohort(actor: string, id: string, name: string): Promise<void> {
  const s = await store();
  await s.db.update(s.cohorts).set({ name: name.trim() }).where(eq(s.cohorts.id, id));
  await audit("cohort-renamed", actor, id, { name: name.trim() });
}

export async function archiveCohort(actor: string, id: string, archived: boolean): Promise<void> {
  const s = await store();
  await s.db.update(s.cohorts).set({ archivedAt: archived ? Date.now() : null, ...(archived && { joinOpen: false }) }).where(eq(s.cohorts.id, id));
  await audit("cohort-archived", actor, id, { archived });
}

/** The old code stops working. */
export async function changeJoinCode(actor: string, id: string): Promise<void> {
  const s = await store();
  await s.db.update(s.cohorts).set({ joinCode: newJoinCode() }).where(eq(s.cohorts.id, id));
  await audit("join-code-changed", actor, id);
}

export async function openJoin(actor: string, id: string, open: boolean): Promise<void> {
  const s = await store();
  await s.db.update(s.cohorts).set({ joinOpen: open }).where(eq(s.cohorts.id, id));
  await audit("join-code-changed", actor, id, { open });
}

/** The cohort that can be joined with what was typed; undefined when there is none, or it is closed. */
export async function cohortOfCode(typed: string): Promise<{ id: string; name: string } | undefined> {
  const s = await store();
  const [row] = await s.db
    .select({ id: s.cohorts.id, name: s.cohorts.name })
    .from(s.cohorts)
    .where(and(eq(s.cohorts.joinCode, normalJoinCode(typed)), eq(s.cohorts.joinOpen, true), isNull(s.cohorts.archivedAt)));
  return row;
}

export async function joinCohort(cohortId: string, userId: string): Promise<void> {
  const s = await store();
  await s.db.insert(s.memberships).values({ cohortId, userId, role: "learner", joinedAt: Date.now() }).onConflictDoNothing();
  await publish({ kind: "members", cohort: cohortId });
}

export async function removeMember(actor: string, cohortId: string, userId: string): Promise<void> {
  const s = await store();
  await s.db.delete(s.memberships).where(and(eq(s.memberships.cohortId, cohortId), eq(s.memberships.userId, userId)));
  await audit("member-removed", actor, cohortId, { user: userId });
  await publish({ kind: "members", cohort: cohortId });
}

function learnersOf(s: Awaited<ReturnType<typeof store>>) {
  return sql<number>`(select count(*) from ${s.memberships} where ${s.memberships.cohortId} = ${s.cohorts.id} and ${s.memberships.role} = 'learner')`.mapWith(Number);
}

/** The cohorts that this person teaches, open ones first. */
export async function cohortsTaughtBy(userId: string) {
  const s = await store();
  return await s.db
    .select({ id: s.cohorts.id, name: s.cohorts.name, joinCode: s.cohorts.joinCode, joinOpen: s.cohorts.joinOpen, createdAt: s.cohorts.createdAt, archivedAt: s.cohorts.archivedAt, learners: learnersOf(s) })
    .from(s.cohorts)
    .innerJoin(s.memberships, and(eq(s.memberships.cohortId, s.cohorts.id), eq(s.memberships.userId, userId), eq(s.memberships.role, "instructor")))
    .orderBy(sql`${s.cohorts.archivedAt} is not null`, desc(s.cohorts.createdAt));
}

/** Every cohort, for administrators. */
export async function allCohorts() {
  const s = await store();
  return await s.db
    .select({ id: s.cohorts.id, name: s.cohorts.name, createdAt: s.cohorts.createdAt, archivedAt: s.cohorts.archivedAt, instructor: s.users.name, learners: learnersOf(s) })
    .from(s.cohorts)
    .leftJoin(s.users, eq(s.users.id, s.cohorts.createdBy))
    .orderBy(desc(s.cohorts.createdAt));
}

export async function cohortsOfLearner(userId: string) {
  const s = await store();
  return await s.db
    .select({ id: s.cohorts.id, name: s.cohorts.name })
    .from(s.cohorts)
    .innerJoin(s.memberships, eq(s.memberships.cohortId, s.cohorts.id))
    .where(and(eq(s.memberships.userId, userId), eq(s.memberships.role, "learner"), isNull(s.cohorts.archivedAt)));
}

export async function learnersOfCohort(cohortId: string) {
  const s = await store();
  return await s.db
    .select({ id: s.users.id, name: s.users.name, email: s.users.email, lastSeenAt: s.users.lastSeenAt, joinedAt: s.memberships.joinedAt })
    .from(s.memberships)
    .innerJoin(s.users, eq(s.users.id, s.memberships.userId))
    .where(and(eq(s.memberships.cohortId, cohortId), eq(s.memberships.role, "learner")))
    .orderBy(asc(s.users.name));
}

export async function countCohorts(): Promise<number> {
  const s = await store();
  const [row] = await s.db.select({ n: count() }).from(s.cohorts);
  return row?.n ?? 0;
}
