// What administrators see and do about people.
import { and, asc, count, desc, eq, gt, isNull, ne, sql } from "drizzle-orm";
import { audit } from "./audit.ts";
import { Refusal } from "./refusal.ts";
import type { Role } from "./role.ts";
import { endAllSignIns } from "./sign-ins.ts";
import { newId, sha256 } from "./secret.ts";
import { store } from "./store.ts";
import { issueToken, withdrawTokens } from "./tokens.ts";

export async function listPeople(options: { readonly search: string; readonly role: Role | undefined; readonly limit: number }) {
  const s = await store();
  const like = `%${options.search.toLowerCase().replace(/[%_\\]/g, "")}%`;
  return await s.db
    .select({ id: s.users.id, name: s.users.name, email: s.users.email, role: s.users.role, createdAt: s.users.createdAt, lastSeenAt: s.users.lastSeenAt, disabledAt: s.users.disabledAt })
    .from(s.users)
    .where(
      and(
        options.search === "" ? undefined : sql`(lower(${s.users.name}) like ${like} or ${s.users.email} like ${like})`,
        options.role === undefined ? ne(s.users.role, "guest") : eq(s.users.role, options.role),
      ),
    )
    .orderBy(asc(s.users.name))
    .limit(options.limit);
}

export async function countPeople(): Promise<Record<Role, number>> {
  const s = await store();
  const rows = await s.db.select({ role: s.users.role, n: count() }).from(s.users).groupBy(s.users.role);
  const of = (role: Role) => rows.find((row) => row.role === role)?.n ?? 0;
  return { guest: of("guest"), learner: of("learner"), instructor: of("instructor"), administrator: of("administrator") };
}

export async function person(id: string) {
  const s = await store();
  const [row] = await s.db.select({ id: s.users.id, name: s.users.name, email: s.users.email, role: s.users.role, createdAt: s.users.createdAt, lastSeenAt: s.users.lastSeenAt }).from(s.users).where(eq(s.users.id, id));
  if (!row) throw new Refusal("not-found");
  return row;
}

async function requireAnotherAdministrator(id: string): Promise<void> {
  const s = await store();
  const others = await s.db
    .select({ n: count() })
    .from(s.users)
    .where(and(eq(s.users.role, "administrator"), isNull(s.users.disabledAt), ne(s.users.id, id)));
  const own = await person(id);
  if (own.role === "administrator" && (others[0]?.n ?? 0) === 0) throw new Refusal("last-administrator");
}

/** Errors: Refusal last-administrator. The person is signed out everywhere, so that the new role holds at once. */
export async function changeRole(actor: string, id: string, role: Exclude<Role, "guest">): Promise<void> {
  const s = await store();
  if (role !== "administrator") await requireAnotherAdministrator(id);
  await s.db.update(s.users).set({ role }).where(and(eq(s.users.id, id), ne(s.users.role, "guest")));
  await endAllSignIns(id);
  await audit("role-changed", actor, id, { role });
}

export async function disablePerson(actor: string, id: string, disabled: boolean): Promise<void> {
  const s = await store();
  if (disabled) await requireAnotherAdministrator(id);
  await s.db.update(s.users).set({ disabledAt: disabled ? Date.now() : null }).where(eq(s.users.id, id));
  if (disabled) await endAllSignIns(id);
  await audit(disabled ? "user-disabled" : "user-enabled", actor, id);
}

/** Answers the secret of the one-use link, shown once. */
export async function invite(actor: string, email: string, role: "instructor" | "administrator"): Promise<string> {
  const s = await store();
  const normal = email.trim().toLowerCase();
  const [taken] = await s.db.select({ id: s.users.id }).from(s.users).where(eq(s.users.email, normal));
  if (taken) throw new Refusal("email-taken");
  const id = newId();
  const lifeMs = 14 * 86_400_000;
  const secret = await issueToken("invitation", id, "", lifeMs);
  const now = Date.now();
  await s.db.insert(s.invitations).values({ id, role, email: normal, tokenHash: sha256(secret), invitedBy: actor, createdAt: now, expiresAt: now + lifeMs, acceptedBy: null, withdrawnAt: null });
  await audit("invited", actor, id, { email: normal, role });
  return secret;
}

export async function withdrawInvitation(actor: string, id: string): Promise<void> {
  const s = await store();
  await withdrawTokens("invitation", id);
  await s.db.update(s.invitations).set({ withdrawnAt: Date.now() }).where(eq(s.invitations.id, id));
  await audit("invitation-withdrawn", actor, id);
}

export async function openInvitations() {
  const s = await store();
  return await s.db
    .select({ id: s.invitations.id, email: s.invitations.email, role: s.invitations.role, createdAt: s.invitations.createdAt, expiresAt: s.invitations.expiresAt })
    .from(s.invitations)
    .where(and(isNull(s.invitations.acceptedBy), isNull(s.invitations.withdrawnAt), gt(s.invitations.expiresAt, Date.now())))
    .orderBy(desc(s.invitations.createdAt));
}

/** Guests whose work nobody came back to for `days` leave with it. */
export async function forgetOldGuests(days: number): Promise<void> {
  const s = await store();
  const old = sql`(select ${s.users.id} from ${s.users} where ${s.users.role} = 'guest' and ${s.users.lastSeenAt} < ${Date.now() - days * 86_400_000})`;
  await s.atomically((db) => [
    db.delete(s.journals).where(sql`${s.journals.attemptId} in (select ${s.attempts.id} from ${s.attempts} where ${s.attempts.userId} in ${old})`),
    db.delete(s.openedHints).where(sql`${s.openedHints.attemptId} in (select ${s.attempts.id} from ${s.attempts} where ${s.attempts.userId} in ${old})`),
    db.delete(s.stepResults).where(sql`${s.stepResults.userId} in ${old}`),
    db.delete(s.attempts).where(sql`${s.attempts.userId} in ${old}`),
    db.delete(s.answers).where(sql`${s.answers.userId} in ${old}`),
    db.delete(s.quizAttempts).where(sql`${s.quizAttempts.userId} in ${old}`),
    db.delete(s.sessions).where(sql`${s.sessions.userId} in ${old}`),
    db.delete(s.users).where(and(eq(s.users.role, "guest"), sql`${s.users.lastSeenAt} < ${Date.now() - days * 86_400_000}`)),
  ]);
}
