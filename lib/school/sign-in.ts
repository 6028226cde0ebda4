import { eq } from "drizzle-orm";
import { audit } from "./audit.ts";
import { endAllSignIns } from "./sign-ins.ts";
import { hashPassword, isPassword } from "./password.ts";
import { forgive, spend } from "./rate-limit.ts";
import { Refusal } from "./refusal.ts";
import { sha256 } from "./secret.ts";
import { store } from "./store.ts";
import { issueToken, peekToken, redeemToken, withdrawTokens } from "./tokens.ts";

const minute = 60_000;

/** Answers the user's id. Errors: Refusal wrong-password (unknown e-mail too), disabled, too-many. `from`: the client's address. */
export async function authenticate(typedEmail: string, password: string, from: string): Promise<string> {
  const s = await store();
  const email = typedEmail.trim().toLowerCase();
  const key = `sign-in:${sha256(email)}`;
  await spend(`sign-in-from:${from}`, 60, 15 * minute);
  await spend(key, 10, 15 * minute);
  const [user] = await s.db.select({ id: s.users.id, passwordHash: s.users.passwordHash, disabledAt: s.users.disabledAt }).from(s.users).where(eq(s.users.email, email));
  if (!(await isPassword(user?.passwordHash, password)) || !user) {
    await audit("sign-in-failed", user?.id ?? "", user?.id ?? "", { from });
    throw new Refusal("wrong-password");
  }
  if (user.disabledAt !== null) throw new Refusal("disabled");
  await forgive(key);
  await audit("signed-in", user.id, user.id, { from });
  return user.id;
}

/** Changes it and signs out every other browser. Errors: Refusal wrong-password, weak-password, too-many. */
export async function changePassword(userId: string, sid: string, current: string, next: string): Promise<void> {
  const s = await store();
  await spend(`password:${userId}`, 10, 15 * minute);
  const [user] = await s.db.select().from(s.users).where(eq(s.users.id, userId));
  if (!(await isPassword(user?.passwordHash, current)) || !user) throw new Refusal("wrong-password");
  await setPassword(userId, next, [user.name, user.email ?? ""]);
  await endAllSignIns(userId, sid);
}

async function setPassword(userId: string, next: string, about: readonly string[]): Promise<void> {
  const s = await store();
  await s.db.update(s.users).set({ passwordHash: await hashPassword(next, about) }).where(eq(s.users.id, userId));
  await withdrawTokens("password", userId);
  await audit("password-changed", userId, userId);
}

/** A one-use link for a person who forgot theirs, handed over by an administrator (there is no mail server to rely on). */
export async function passwordLink(actor: string, userId: string): Promise<string> {
  await withdrawTokens("password", userId);
  await audit("password-link-made", actor, userId);
  return await issueToken("password", userId, "", 2 * 86_400_000);
}

export async function isPasswordLink(secret: string): Promise<boolean> {
  return (await peekToken("password", secret)) !== undefined;
}

export async function resetPassword(secret: string, next: string): Promise<string> {
  const s = await store();
  const subject = await peekToken("password", secret);
  const [user] = subject === undefined ? [] : await s.db.select().from(s.users).where(eq(s.users.id, subject));
  if (!user) throw new Refusal("bad-link");
  const about = [user.name, user.email ?? ""];
  await hashPassword(next, about);
  if ((await redeemToken("password", secret)) === undefined) throw new Refusal("bad-link");
  await setPassword(user.id, next, about);
  await endAllSignIns(user.id);
  return user.id;
}
