// Where requests come from and where the site is. Behind a proxy that one trusts (HOTE_TRUST_PROXY=1), its headers count.
import type { IncomingMessage } from "node:http";

const trustsProxy = process.env["HOTE_TRUST_PROXY"] === "1";

function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

export function clientAddress(request: IncomingMessage): string {
  const forwarded = trustsProxy ? header(request, "x-forwarded-for")?.split(",").at(-1)?.trim() : undefined;
  return forwarded ?? request.socket.remoteAddress ?? "unknown";
}

/** The origin that a page of this request has: HOTE_URL when it is set, else what the browser asked for. */
function ownOrigin(request: IncomingMessage): string {
  const own = process.env["HOTE_URL"];
  if (own !== undefined && own !== "") return new URL(own).origin;
  const secure = trustsProxy && header(request, "x-forwarded-proto") === "https";
  const host = (trustsProxy ? header(request, "x-forwarded-host") : undefined) ?? header(request, "host") ?? "";
  return `${secure ? "https" : "http"}://${host}`;
}

/** False for a missing Origin, too: browsers send it with every WebSocket and every POST. */
export function isOwnOrigin(request: IncomingMessage): boolean {
  const origin = header(request, "origin");
  return origin !== undefined && origin === ownOrigin(request);
}
