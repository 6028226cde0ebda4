import { hash, verify } from "@node-rs/argon2";
import { Refusal } from "./refusal.ts";

const shortestPassword = 10;

/** argon2id, 19 MiB, two passes: OWASP's first choice. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

const commonest = new Set(["motdepasse", "motdepasse1", "password123", "passwordpassword", "1234567890", "0123456789", "azertyuiop", "qwertyuiop", "administrator", "administrateur", "virtualisation", "virtualization"]);

/** Errors: Refusal weak-password when it is short, common, or the person's own name or e-mail. */
export async function hashPassword(password: string, about: readonly string[]): Promise<string> {
  const lower = password.toLowerCase();
  if (password.length < shortestPassword || password.length > 200 || commonest.has(lower) || new Set(lower).size < 4) throw new Refusal("weak-password");
  if (about.some((word) => word.length >= 4 && lower === word.toLowerCase())) throw new Refusal("weak-password");
  return await hash(password, cost);
}

let decoy: Promise<string> | undefined;

/** Takes as long for an unknown e-mail (no hash) as for a wrong password. */
export async function isPassword(stored: string | null | undefined, password: string): Promise<boolean> {
  if (typeof stored === "string") return await verify(stored, password.slice(0, 200));
  decoy ??= hash("nobody's password", cost);
  await verify(await decoy, password.slice(0, 200));
  return false;
}
