// Scripts and styles of the built pages, as lib/dev/start.mjs has compressed them once with Brotli: smaller than what is compressed on the
// fly, and no work for a request. Whoever does not take Brotli gets the file from Next.
import { readdirSync, readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import path from "node:path";

const mediaTypes: Readonly<Record<string, string>> = { ".js": "application/javascript; charset=UTF-8", ".css": "text/css; charset=UTF-8" };

interface StaticFile {
  readonly mediaType: string;
  readonly bytes: Buffer;
}

/** Answers true when the request was for one of them. Only names found at the start are served: nothing of a request becomes a path. */
export function createStaticFiles(folder: string): (request: IncomingMessage, response: ServerResponse, pathname: string) => boolean {
  const files = new Map<string, StaticFile>();
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    if (!name.endsWith(".br")) continue;
    const original = name.slice(0, -3);
    const mediaType = mediaTypes[path.extname(original)];
    if (mediaType !== undefined) files.set(`/_next/static/${original.split(path.sep).join("/")}`, { mediaType, bytes: readFileSync(path.join(folder, name)) });
  }
  return (request, response, pathname) => {
    const file = files.get(pathname);
    if (!file || (request.method !== "GET" && request.method !== "HEAD") || !/\bbr\b/.test(String(request.headers["accept-encoding"] ?? ""))) return false;
    response.writeHead(200, {
      "Content-Type": file.mediaType,
      "Content-Encoding": "br",
      "Content-Length": file.bytes.length,
      "Cache-Control": "public, max-age=31536000, immutable",
      Vary: "Accept-Encoding",
      "X-Content-Type-Options": "nosniff",
      "Cross-Origin-Resource-Policy": "same-origin",
    });
    response.end(request.method === "HEAD" ? undefined : file.bytes);
    return true;
  };
}
