// Why something may not be done. Guards and actions throw it; pages turn it into a redirect, a 404 or a sentence (lib/i18n, `refusals`).
export const refusals = [
  "sign-in", // nobody is signed in
  "forbidden", // the role does not allow it; pages answer 404, so as not to tell what exists
  "not-found",
  "too-many", // rate limit
  "wrong-password", // or unknown e-mail: never told apart
  "disabled",
  "email-taken",
  "bad-code", // no cohort has this join code, or it is closed
  "bad-link", // used, expired or unknown one-use link
  "closed", // sign-up or guests are switched off
  "weak-password",
  "already-answered",
  "last-administrator",
] as const;
export type RefusalCode = (typeof refusals)[number];

export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly code: RefusalCode;
  constructor(code: RefusalCode) {
    super(code);
    this.code = code;
  }
}

/** True for a Refusal of any bundle. */
export function isRefusal(error: unknown): error is Refusal {
  return error instanceof Error && error.name === "Refusal" && "code" in error;
}
