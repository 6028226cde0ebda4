// Random ids and secrets. A secret is stored only as its SHA-256.
import { createHash, randomBytes, randomInt } from "node:crypto";
import { store } from "./store.ts";

export function newId(): string {
  return randomBytes(12).toString("base64url");
}

export function newSecret(): string {
  return randomBytes(24).toString("base64url");
}

export function newSeed(): number {
  return randomInt(0x7fffffff);
}

/** A code that is read aloud and typed: no 0/O, 1/I/L, 8 characters in two groups. */
export function newJoinCode(): string {
  const letters = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";
  const code = Array.from({ length: 8 }, () => letters[randomInt(letters.length)]).join("");
  return `${code.slice(0, 4)}-${code.slice(4)}`;
}

/** What a person typed, in the form of newJoinCode. */
export function normalJoinCode(typed: string): string {
  const code = typed.toUpperCase().replace(/[^A-Z0-9]/g, "");
  return `${code.slice(0, 4)}-${code.slice(4, 8)}`;
}

export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

let known: string | undefined;

/** Signs the cookies. HOTE_SECRET, or one made at the first start and kept in the database, so that all servers share it. */
export async function cookieSecret(): Promise<string> {
  if (known !== undefined) return known;
  const own = process.env["HOTE_SECRET"];
  if (own !== undefined && own.length >= 32) return (known = own);
  const s = await store();
  await s.db.insert(s.settings).values({ name: "cookieSecret", value: newSecret() + newSecret() }).onConflictDoNothing();
  for (const { name, value } of await s.db.select().from(s.settings)) {
    if (name === "cookieSecret" && typeof value === "string") return (known = value);
  }
  throw new Error("settings hold no cookie secret");
}
