import type { IncomingMessage } from "node:http";
import { cookieName, viewerOfCookie } from "../school/cookie.ts";
import type { Viewer } from "../school/sign-ins.ts";

export async function viewerOfRequest(request: IncomingMessage): Promise<Viewer | undefined> {
  const name = cookieName();
  for (const part of (request.headers.cookie ?? "").split(";")) {
    const equals = part.indexOf("=");
    if (equals > 0 && part.slice(0, equals).trim() === name) return await viewerOfCookie(decodeURIComponent(part.slice(equals + 1).trim()));
  }
  return undefined;
}
