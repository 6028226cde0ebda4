// One-use tokens: links for the first administrator, invitations and new passwords, and the tickets of workspaces.
import { and, eq, gt, isNull, lt } from "drizzle-orm";
import { newSecret, sha256 } from "./secret.ts";
import { store } from "./store.ts";

export type Purpose = "set-up" | "invitation" | "password" | "ticket";

/** Answers the secret; only its hash is kept. `holder` is the user who alone may use it, or "" for whoever has it. */
export async function issueToken(purpose: Purpose, subject: string, holder: string, lifeMs: number): Promise<string> {
  const s = await store();
  const secret = newSecret();
  const now = Date.now();
  await s.db.insert(s.tokens).values({ hash: sha256(secret), purpose, subject, holder, createdAt: now, expiresAt: now + lifeMs, usedAt: null });
  return secret;
}

function valid(s: Awaited<ReturnType<typeof store>>, purpose: Purpose, secret: string, holder: string) {
  return and(eq(s.tokens.hash, sha256(secret)), eq(s.tokens.purpose, purpose), eq(s.tokens.holder, holder), isNull(s.tokens.usedAt), gt(s.tokens.expiresAt, Date.now()));
}

/** The subject of a token that could be used now; undefined otherwise. Does not use it. */
export async function peekToken(purpose: Purpose, secret: string, holder = ""): Promise<string | undefined> {
  const s = await store();
  const [row] = await s.db.select({ subject: s.tokens.subject }).from(s.tokens).where(valid(s, purpose, secret, holder));
  return row?.subject;
}

/** Uses the token: of several at once, one wins. Answers its subject, or undefined. */
export async function redeemToken(purpose: Purpose, secret: string, holder = ""): Promise<string | undefined> {
  const s = await store();
  const [row] = await s.db.update(s.tokens).set({ usedAt: Date.now() }).where(valid(s, purpose, secret, holder)).returning({ subject: s.tokens.subject });
  return row?.subject;
}

/** Makes every unused token of this purpose and subject useless. */
export async function withdrawTokens(purpose: Purpose, subject: string): Promise<void> {
  const s = await store();
  await s.db.delete(s.tokens).where(and(eq(s.tokens.purpose, purpose), eq(s.tokens.subject, subject), isNull(s.tokens.usedAt)));
}

export async function sweepTokens(): Promise<void> {
  const s = await store();
  await s.db.delete(s.tokens).where(lt(s.tokens.expiresAt, Date.now()));
}
