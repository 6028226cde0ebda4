// How a person comes to an account: the first administrator, an invited instructor, a learner with or without a join code, a guest.
import { and, count, eq, isNull } from "drizzle-orm";
import { audit } from "./audit.ts";
import { cohortOfCode, joinCohort } from "./cohorts.ts";
import { hashPassword } from "./password.ts";
import { Refusal } from "./refusal.ts";
import { isRole, type Role } from "./role.ts";
import { newId, sha256 } from "./secret.ts";
import { readSettings } from "./settings.ts";
import { store } from "./store.ts";
import { issueToken, peekToken, redeemToken } from "./tokens.ts";

export interface NewPerson {
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly locale: string;
}

async function insertPerson(person: NewPerson, role: Role): Promise<string> {
  const s = await store();
  const email = person.email.trim().toLowerCase();
  const passwordHash = await hashPassword(person.password, [person.name, email]);
  const id = newId();
  const now = Date.now();
  const made = await s.db
    .insert(s.users)
    .values({ id, role, name: person.name.trim(), email, passwordHash, locale: person.locale, createdAt: now, lastSeenAt: now, disabledAt: null })
    .onConflictDoNothing()
    .returning({ id: s.users.id });
  if (made.length === 0) throw new Refusal("email-taken");
  return id;
}

async function hasAdministrator(): Promise<boolean> {
  const s = await store();
  const [row] = await s.db.select({ n: count() }).from(s.users).where(eq(s.users.role, "administrator"));
  return (row?.n ?? 0) > 0;
}

/** The one-use link's secret while there is no administrator; undefined afterwards. Each start makes a new one and the old ones useless. */
export async function administratorLink(): Promise<string | undefined> {
  if (await hasAdministrator()) return undefined;
  const s = await store();
  await s.db.delete(s.tokens).where(eq(s.tokens.purpose, "set-up"));
  return await issueToken("set-up", "administrator", "", 7 * 86_400_000);
}

export async function isAdministratorLink(secret: string): Promise<boolean> {
  return (await peekToken("set-up", secret)) !== undefined && !(await hasAdministrator());
}

export async function createAdministrator(secret: string, person: NewPerson): Promise<string> {
  if (!(await isAdministratorLink(secret))) throw new Refusal("bad-link");
  // The password is hashed, so refused, before the link is used up.
  const id = await insertPerson(person, "administrator");
  if ((await redeemToken("set-up", secret)) === undefined) {
    const s = await store();
    await s.db.delete(s.users).where(eq(s.users.id, id));
    throw new Refusal("bad-link");
  }
  await audit("administrator-created", id, id);
  return id;
}

/** Who is invited by this link; undefined when it cannot be used any more. */
export async function invitationOf(secret: string): Promise<{ email: string; role: Role; invitedBy: string } | undefined> {
  const s = await store();
  if ((await peekToken("invitation", secret)) === undefined) return undefined;
  const [row] = await s.db
    .select({ email: s.invitations.email, role: s.invitations.role, invitedBy: s.users.name })
    .from(s.invitations)
    .innerJoin(s.users, eq(s.users.id, s.invitations.invitedBy))
    .where(and(eq(s.invitations.tokenHash, sha256(secret)), isNull(s.invitations.withdrawnAt), isNull(s.invitations.acceptedBy)));
  return row && isRole(row.role) ? { email: row.email, role: row.role, invitedBy: row.invitedBy } : undefined;
}

export async function acceptInvitation(secret: string, person: NewPerson): Promise<string> {
  const s = await store();
  const invitation = await invitationOf(secret);
  if (!invitation) throw new Refusal("bad-link");
  const id = await insertPerson({ ...person, email: invitation.email }, invitation.role);
  if ((await redeemToken("invitation", secret)) === undefined) {
    await s.db.delete(s.users).where(eq(s.users.id, id));
    throw new Refusal("bad-link");
  }
  await s.db.update(s.invitations).set({ acceptedBy: id }).where(eq(s.invitations.tokenHash, sha256(secret)));
  await audit("invitation-accepted", id, id, { role: invitation.role });
  return id;
}

/** Without a code only while the settings allow it. `guest`: a guest's id, whose work becomes this person's. */
export async function signUp(person: NewPerson, options: { readonly code: string; readonly guest: string | undefined }): Promise<string> {
  const s = await store();
  const cohort = options.code === "" ? undefined : await cohortOfCode(options.code);
  if (options.code !== "" && !cohort) throw new Refusal("bad-code");
  if (!cohort && !(await readSettings()).openSignUp) throw new Refusal("closed");
  const id = options.guest === undefined ? await insertPerson(person, "learner") : await keepGuest(options.guest, person);
  if (cohort) await joinCohort(cohort.id, id);
  await audit("signed-up", id, cohort?.id ?? "", { guest: options.guest !== undefined });
  const [row] = await s.db.select({ id: s.users.id }).from(s.users).where(eq(s.users.id, id));
  if (!row) throw new Refusal("not-found");
  return id;
}

/** The guest's row becomes the account: attempts, answers and journals stay where they are. */
async function keepGuest(guest: string, person: NewPerson): Promise<string> {
  const s = await store();
  const email = person.email.trim().toLowerCase();
  const passwordHash = await hashPassword(person.password, [person.name, email]);
  const [taken] = await s.db.select({ id: s.users.id }).from(s.users).where(eq(s.users.email, email));
  if (taken) throw new Refusal("email-taken");
  const [kept] = await s.db
    .update(s.users)
    .set({ role: "learner", name: person.name.trim(), email, passwordHash, locale: person.locale })
    .where(and(eq(s.users.id, guest), eq(s.users.role, "guest")))
    .returning({ id: s.users.id });
  if (!kept) throw new Refusal("not-found");
  return kept.id;
}

export async function createGuest(locale: string): Promise<string> {
  if (!(await readSettings()).guests) throw new Refusal("closed");
  const s = await store();
  const id = newId();
  const now = Date.now();
  await s.db.insert(s.users).values({ id, role: "guest", name: "", email: null, passwordHash: null, locale, createdAt: now, lastSeenAt: now, disabledAt: null });
  return id;
}
