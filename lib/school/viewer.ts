// Who is looking, in pages, actions and route handlers: reads and sets the browser's cookie through Next.
import { cookies, headers } from "next/headers";
import { cache } from "react";
import { cookieName, makeCookie, viewerOfCookie } from "./cookie.ts";
import { endSignIn, startSignIn, type Viewer } from "./sign-ins.ts";

export const currentViewer: () => Promise<Viewer | undefined> = cache(async () => viewerOfCookie((await cookies()).get(cookieName())?.value));

/** The client's address, as lib/server found it. */
export async function clientAddress(): Promise<string> {
  return (await headers()).get("x-hote-address") ?? "unknown";
}

/** Signs this browser in; a sign-in that it had before ends. */
export async function signInBrowser(userId: string): Promise<void> {
  const before = await viewerOfCookie((await cookies()).get(cookieName())?.value);
  if (before) await endSignIn(before.sid);
  const sid = await startSignIn(userId, (await headers()).get("user-agent") ?? "");
  (await cookies()).set(await makeCookie(userId, sid));
}

export async function signOutBrowser(): Promise<void> {
  const viewer = await currentViewer();
  if (viewer) await endSignIn(viewer.sid);
  (await cookies()).delete(cookieName());
}
