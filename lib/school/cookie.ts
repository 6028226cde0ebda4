// The sign-in cookie: next-auth's, a JWT that holds the user and the `sid` of a row of `sessions`. It is worth nothing once that row is revoked.
import { decode, encode } from "next-auth/jwt";
import { cookieSecret } from "./secret.ts";
import { signInLifeMs, type Viewer, viewerOfSid } from "./sign-ins.ts";

function isSecureSite(): boolean {
  return (process.env["NEXTAUTH_URL"] ?? "").startsWith("https://");
}

export function cookieName(): string {
  return isSecureSite() ? "__Secure-next-auth.session-token" : "next-auth.session-token";
}

export async function makeCookie(userId: string, sid: string) {
  const maxAge = Math.floor(signInLifeMs / 1_000);
  const value = await encode({ token: { sub: userId, sid }, secret: await cookieSecret(), maxAge });
  return { name: cookieName(), value, httpOnly: true, sameSite: "lax" as const, secure: isSecureSite(), path: "/", maxAge };
}

/** Who holds this cookie now; undefined for a forged, old or revoked one. */
export async function viewerOfCookie(value: string | undefined): Promise<Viewer | undefined> {
  if (value === undefined || value === "") return undefined;
  const token = await decode({ token: value, secret: await cookieSecret() }).catch(() => null);
  const sid = token?.["sid"];
  if (typeof sid !== "string") return undefined;
  const viewer = await viewerOfSid(sid);
  return viewer && viewer.id === token?.sub ? viewer : undefined;
}
