import { desc, eq } from "drizzle-orm";
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
  return await s.db
    .select({ id: s.auditLog.id, at: s.auditLog.at, action: s.auditLog.action, actor: s.users.name, subject: s.auditLog.subject, detail: s.auditLog.detail })
    .from(s.auditLog)
    .leftJoin(s.users, eq(s.users.id, s.auditLog.actor))
    .orderBy(desc(s.auditLog.at))
    .limit(limit);
}
