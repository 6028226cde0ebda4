// Security headers of every answer, and the content security policy of pages: scripts run only with this answer's nonce.
import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";

const secure = () => (process.env["NEXTAUTH_URL"] ?? "").startsWith("https://");

function policy(nonce: string, dev: boolean): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${dev ? " 'unsafe-eval'" : ""}`,
    // xterm's DOM renderer writes style elements and attributes; styles carry no authority here.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/** Sets them on the answer. Next reads the nonce for its own scripts from the request's policy header. */
export function setSecurityHeaders(request: IncomingMessage, response: ServerResponse, dev: boolean): void {
  const text = policy(randomBytes(16).toString("base64"), dev);
  request.headers["content-security-policy"] = text;
  response.setHeader("Content-Security-Policy", text);
  response.setHeader("X-Content-Type-Options", "nosniff");
  response.setHeader("X-Frame-Options", "DENY");
  response.setHeader("Referrer-Policy", "same-origin");
  response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
  response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
  response.setHeader("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()");
  if (secure()) response.setHeader("Strict-Transport-Security", "max-age=31536000");
}
