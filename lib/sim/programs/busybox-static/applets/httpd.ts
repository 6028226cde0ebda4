// busybox's web server: files of a directory, index.html, cgi is not simulated.

import { type Blocking, O, S, SIGNALS, type Sys, SysError, decode } from "../../../kernel/sys.ts";
import { HttpReader, sendText, writeAll } from "../../kit/http-message.ts";
import { type AppletIo, applet, appletOptions } from "../_applet.ts";

const TYPES = new Map([["html", "text/html"], ["htm", "text/html"], ["txt", "text/plain"], ["css", "text/css"], ["js", "application/javascript"], ["json", "application/json"], ["png", "image/png"], ["jpg", "image/jpeg"], ["svg", "image/svg+xml"]]);

export const httpd = applet("httpd", function* (sys, args, io: AppletIo) {
  const options = appletOptions(args, "ifvc:p:u:r:h:d:e:m:");
  const port = Number((options.value("p") ?? "80").split(":").at(-1));
  const home = options.value("h");
  if (home !== undefined) sys.chdir(home);
  const listener = sys.socket("inet", "stream");
  sys.setsockopt(listener, "reuseaddr", 1);
  try {
    sys.bind(listener, { family: "inet", address: "0.0.0.0", port });
  } catch (error) {
    if (error instanceof SysError) io.die(`bind: ${error.message}`);
    throw error;
  }
  sys.listen(listener);
  sys.sigaction(SIGNALS.CHLD, "ignore");
  const serve = function* (self: Sys): Blocking<number> {
    for (;;) {
      try {
        const { fd } = yield* self.accept(listener);
        self.fork(function* (child) {
          yield* answer(child, fd);
          return 0;
        });
        self.close(fd);
      } catch (error) {
        if (!(error instanceof SysError) || error.errno !== "EINTR") throw error;
      }
    }
  };
  if (options.has("f")) return yield* serve(sys);
  sys.fork(function* (child) {
    child.setsid();
    return yield* serve(child);
  });
  return 0;
});

function* answer(sys: Sys, fd: number): Blocking<void> {
  const head = yield* new HttpReader(sys, fd).head();
  if (!head) return;
  const [method = "", target = "/"] = head.startLine.split(" ");
  const reply = function* (status: string, type: string, body: Uint8Array | string): Blocking<void> {
    const length = typeof body === "string" ? body.length : body.length;
    yield* sendText(sys, fd, `HTTP/1.1 ${status}\r\nContent-type: ${type}\r\nConnection: close\r\nContent-length: ${length}\r\n\r\n`);
    if (method === "HEAD") return;
    if (typeof body === "string") yield* sendText(sys, fd, body);
    else yield* writeAll(sys, fd, body);
  };
  let path = `.${decodePath(target.split("?")[0] ?? "/")}`;
  if (path.split("/").includes("..")) return yield* reply("400 Bad Request", "text/html", page("400 Bad Request", "Unsupported method"));
  try {
    if ((sys.stat(path).mode & S.IFMT) === S.IFDIR) path += path.endsWith("/") ? "index.html" : "/index.html";
    const file = yield* sys.open(path, O.RDONLY);
    const size = sys.fstat(file).sizeBytes;
    const parts = new Uint8Array(size);
    for (let at = 0; at < size; ) {
      const bytes = yield* sys.read(file, size - at);
      if (bytes.length === 0) break;
      parts.set(bytes, at);
      at += bytes.length;
    }
    yield* reply("200 OK", TYPES.get(path.split(".").at(-1) ?? "") ?? "application/octet-stream", parts);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    yield* reply("404 Not Found", "text/html", page("404 Not Found", "The requested URL was not found"));
  }
}

const page = (title: string, text: string): string => `<HTML><HEAD><TITLE>${title}</TITLE></HEAD>\n<BODY><H1>${title}</H1>\n${text}\n</BODY></HTML>\n`;

function decodePath(path: string): string {
  const bytes: number[] = [];
  for (let i = 0; i < path.length; i++) {
    const code = path[i] === "%" ? Number.parseInt(path.slice(i + 1, i + 3), 16) : Number.NaN;
    if (Number.isNaN(code)) bytes.push(path.charCodeAt(i) & 255);
    else {
      bytes.push(code);
      i += 2;
    }
  }
  return decode(Uint8Array.from(bytes));
}
