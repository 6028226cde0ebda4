import { desc, eq, inArray } from "drizzle-orm";
import { newId } from "./secret.ts";
import { store } from "./store.ts";

/** Each has its words in lib/i18n (`audit`). */
export const auditActions = [
  "administrator-created",
  "signed-in",
  "sign-in-failed",
  "signed-up",
  "signed-out-everywhere",
  "password-changed",
  "password-link-made",
  "invited",
  "invitation-withdrawn",
  "invitation-accepted",
  "role-changed",
  "user-disabled",
  "user-enabled",
  "cohort-created",
  "cohort-renamed",
  "cohort-archived",
  "join-code-changed",
  "member-removed",
  "settings-changed",
  "results-exported",
  "recording-watched",
] as const;
export type AuditAction = (typeof auditActions)[number];

/** `actor` and `subject` are ids; `detail` holds facts, never a secret or a typed password. */
export async function audit(action: AuditAction, actor: string, subject: string, detail: Readonly<Record<string, string | number | boolean>> = {}): Promise<void> {
  const s = await store();
  await s.db.insert(s.auditLog).values({ id: newId(), at: Date.now(), actor, action, subject, detail });
}

export async function newestAudits(limit: number) {
  const s = await store();
  const events = await s.db
    .select({ id: s.auditLog.id, at: s.auditLog.at, action: s.auditLog.action, actor: s.users.name, subject: s.auditLog.subject, detail: s.auditLog.detail })
    .from(s.auditLog)
    .leftJoin(s.users, eq(s.users.id, s.auditLog.actor))
    .orderBy(desc(s.auditLog.at))
    .limit(limit);
  const subjects = [...new Set(events.map((event) => event.subject))];
  const people = subjects.length === 0 ? [] : await s.db.select({ id: s.users.id, name: s.users.name }).from(s.users).where(inArray(s.users.id, subjects));
  const cohorts = subjects.length === 0 ? [] : await s.db.select({ id: s.cohorts.id, name: s.cohorts.name }).from(s.cohorts).where(inArray(s.cohorts.id, subjects));
  const names = new Map([...people, ...cohorts].map(({ id, name }) => [id, name]));
  /** `about`: the person or cohort, when it still exists and is not the actor */
  return events.map((event) => ({ ...event, about: names.get(event.subject) === event.actor ? undefined : names.get(event.subject) }));
}
