// The web servers of the outside, told apart by the Host header: the package mirror, Docker's registry and index, a few plain pages.

import { type Blocking, encode, type Sys, SysError } from "../../kernel/sys.ts";
import { HttpError, HttpReader, type HttpRequest, writeResponse } from "../../daemons/docker/api/http.ts";
import { answerMirror } from "./package-mirror.ts";
import { answerIndex, Hub } from "./docker-hub.ts";

export interface WebAnswer {
  readonly status: number;
  readonly body: Uint8Array;
  readonly type: string;
  readonly headers?: readonly (readonly [string, string])[];
}

export function page(status: number, title: string): WebAnswer {
  return { status, type: "text/html", body: encode(`<!DOCTYPE html>\n<html>\n<head><title>${title}</title></head>\n<body>\n<h1>${title}</h1>\n<p>A page of the simulated network.</p>\n</body>\n</html>\n`) };
}

function* answer(sys: Sys, request: HttpRequest, hub: Hub): Blocking<WebAnswer> {
  const host = (request.headers.get("host") ?? "").replace(/:\d+$/, "");
  if (host === "mirror.lan") return answerMirror(request, sys.clockUs("realtime"));
  if (host === "registry-1.docker.io") return yield* hub.answer(request);
  if (host === "index.docker.io" || host === "hub.docker.com") return answerIndex(request);
  if (request.target !== "/") return page(404, "404 Not Found");
  return page(200, host === "example.com" || host === "www.example.com" || host === "example.org" ? "Example Domain" : host);
}

function* serve(sys: Sys, fd: number, hub: Hub): Blocking<number> {
  const reader = new HttpReader(sys, fd);
  try {
    for (;;) {
      const request = yield* reader.request();
      if (!request) break;
      const made = yield* answer(sys, request, hub);
      yield* writeResponse(sys, fd, made.status, request.method === "HEAD" ? new Uint8Array(0) : made.body, made.type, [["Server", "hote"], ...(made.headers ?? [])]);
      if (request.headers.get("connection")?.toLowerCase() === "close") break;
    }
  } catch (error) {
    if (!(error instanceof SysError || error instanceof HttpError)) throw error;
  }
  sys.close(fd);
  return 0;
}

export function* webServer(sys: Sys, port: number): Blocking<number> {
  const listener = sys.socket("inet", "stream");
  sys.bind(listener, { family: "inet", address: "0.0.0.0", port });
  sys.listen(listener, 64);
  const hub = new Hub();
  for (;;) {
    const { fd } = yield* sys.accept(listener);
    sys.fork((thread) => serve(thread, fd, hub), { thread: true });
  }
}
