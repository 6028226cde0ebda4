// The process: one HTTP server for pages (Next) and workspaces' sockets. Bundled to dist/server.mjs and started by lib/dev/start.mjs.
//
//   PORT (3000) · HOST (all addresses) · HOTE_DATA (data/) · DATABASE_URL (SQLite without) · HOTE_URL (public address, behind a proxy)
//   HOTE_TRUST_PROXY=1 (believe X-Forwarded-*) · HOTE_SECRET (signs cookies; made and kept in the database without)
import { EventEmitter } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import path from "node:path";
import next from "next";
import { administratorLink } from "../school/accounts.ts";
import { catalogue, labsFolder } from "../school/catalogue.ts";
import { journalStore } from "../school/journal-store.ts";
import { createObserver } from "../school/observer.ts";
import { forgetOldGuests } from "../school/people.ts";
import { sweepRateLimits } from "../school/rate-limit.ts";
import { cookieSecret } from "../school/secret.ts";
import { openStore, store, StoreError } from "../school/store.ts";
import { sweepTokens } from "../school/tokens.ts";
import { createSessionPool } from "../session/pool.ts";
import { localeOf } from "../i18n/locale.ts";
import { clientAddress, isOwnOrigin } from "./address.ts";
import { setSecurityHeaders } from "./headers.ts";
import { recordingsPath, serveRecording } from "./recordings.ts";
import { setSessionPool } from "./session-door.ts";
import { createSockets, socketPath } from "./sockets.ts";
import { createStaticFiles } from "./static-files.ts";

const root = process.env["HOTE_ROOT"] ?? process.cwd();
const dev = process.env["HOTE_DEV"] === "1";
const port = Number(process.env["PORT"] ?? 3000);
const host = process.env["HOST"];

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function report(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
}

/** Ends the program with one line, for whoever started it. */
function giveUp(line: string): never {
  process.stderr.write(`hote: ${line}\n`);
  process.exit(1);
}

function listen(server: ReturnType<typeof createServer>): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
}

function listenFailure(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : "";
  if (code === "EADDRINUSE") return `Port ${port} is used by another program. Stop it, or choose another port: PORT=${port + 1} npm start`;
  if (code === "EACCES") return `Port ${port} may not be opened by this user. Choose one above 1023: PORT=3000 npm start`;
  return `The server cannot listen on ${host ?? "all addresses"}, port ${port}: ${error instanceof Error ? error.message : String(error)}`;
}

/** Pages have their language in the address; whatever has not is sent to the reader's. */
function withLocale(request: IncomingMessage): string | undefined {
  const url = request.url ?? "/";
  const [first = ""] = url.slice(1).split(/[/?#]/);
  if (["fr", "en", "api", "_next", "__nextjs_original-stack-frames", "favicon.ico", "icon.svg", "robots.txt"].includes(first) || first.startsWith("__next")) return undefined;
  const chosen = /(?:^|;\s*)locale=(fr|en)/.exec(request.headers.cookie ?? "")?.[1];
  return `/${chosen ?? localeOf(request.headers["accept-language"] ?? "")}${url === "/" ? "" : url}`;
}

async function start(): Promise<void> {
  if (!Number.isInteger(port) || port < 1 || port > 65_535) giveUp(`PORT is ${process.env["PORT"]}; it must be a number from 1 to 65535.`);
  const url = process.env["DATABASE_URL"];
  const migrated = await openStore({ ...(url !== undefined && url !== "" && { url }), migrate: true });
  await migrated.close();
  await store();
  await cookieSecret();
  const [firstLab] = catalogue().labs.keys();

  const serveStatic = dev ? undefined : createStaticFiles(path.join(root, ".next/static"));
  let handle: ((request: IncomingMessage, response: ServerResponse) => Promise<void>) | undefined;
  let sockets: Awaited<ReturnType<typeof createSockets>> | undefined;
  const pages = new EventEmitter();
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      report(error);
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    if (serveStatic?.(request, response, pathname)) return;
    setSecurityHeaders(request, response, dev);
    request.headers["x-hote-address"] = clientAddress(request);
    request.headers["x-hote-locale"] = pathname.split("/")[1] ?? "";
    if (request.method !== "GET" && request.method !== "HEAD" && !isOwnOrigin(request)) {
      response.writeHead(403, { "Content-Type": "text/plain" });
      response.end("Foreign origin\n");
    } else if (pathname === "/health") {
      response.writeHead(handle ? 200 : 503, { "Content-Type": "text/plain" });
      response.end(handle ? "ok\n" : "starting\n");
    } else if (pathname.startsWith(recordingsPath) && request.method === "GET") {
      await serveRecording(request, response, decodeURIComponent(pathname.slice(recordingsPath.length)));
    } else {
      const elsewhere = request.method === "GET" || request.method === "HEAD" ? withLocale(request) : undefined;
      if (elsewhere !== undefined) {
        response.writeHead(307, { Location: elsewhere, Vary: "Accept-Language, Cookie", "Cache-Control": "no-store" });
        response.end();
      } else if (handle) await handle(request, response);
      else {
        response.writeHead(503, { "Retry-After": "2" });
        response.end();
      }
    }
  }

  server.on("upgrade", (request, socket, head) => {
    if (new URL(request.url ?? "/", "http://localhost").pathname === socketPath && sockets) sockets.upgrade(request, socket, head);
    else if (dev) pages.emit("upgrade", request, socket, head);
    else socket.destroy();
  });

  // The port first: a used one is said before anything slow.
  await listen(server).catch((error: unknown) => giveUp(listenFailure(error)));
  process.env["NEXTAUTH_URL"] ??= process.env["HOTE_URL"] ?? `http://localhost:${port}`;

  const pool = await createSessionPool({ journal: journalStore, observer: createObserver(report), workerFile: path.join(root, "dist/session-worker.mjs"), labsFolder: labsFolder(), ...(firstLab !== undefined && { warmActivity: `lab:${firstLab}` }) });
  setSessionPool(pool);
  sockets = await createSockets(report);

  // Next must not attach itself to the real server: it would end our sockets. It types its option as a server, and only listens for upgrades.
  const app = next({ dev, dir: root, port, hostname: host ?? "localhost", ...privateServer(pages) });
  await app.prepare();
  handle = app.getRequestHandler();

  const address = process.env["HOTE_URL"] ?? `http://localhost:${port}`;
  const link = await administratorLink();
  say(`Hôte is ready: ${address}${link === undefined ? "" : `\nCreate the administrator with this one-use link: ${address}/set-up/${link}`}`);

  void warmPages(address);

  const sweep = setInterval(() => void Promise.all([sweepTokens(), sweepRateLimits(), forgetOldGuests(30)]).catch(report), 3_600_000);
  sweep.unref();

  let stopping = false;
  const stop = () => {
    if (stopping) process.exit(1);
    stopping = true;
    say("Stopping…");
    sockets?.stop();
    server.close();
    server.closeAllConnections();
    const over = setTimeout(() => process.exit(1), 10_000);
    over.unref();
    pool
      .stop()
      .then(async () => (await store()).close())
      .catch(report)
      .finally(() => process.exit(0));
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
}

/** Next loads a page's code when it is first asked for: the first learner should not be the one who waits for that. */
async function warmPages(address: string): Promise<void> {
  if (dev) return;
  const own = `http://${host ?? "localhost"}:${port}`;
  const get = ["/fr", "/fr/road-map", "/fr/labs/none", "/fr/sign-in"].map((page) => fetch(`${own}${page}`, { redirect: "manual" }));
  const ticket = fetch(`${own}/api/tickets`, { method: "POST", headers: { Origin: process.env["HOTE_URL"] === undefined ? own : new URL(address).origin }, body: "{}" });
  await Promise.allSettled([...get, ticket].map(async (asked) => await (await asked).arrayBuffer()));
}

function privateServer(pages: EventEmitter): Partial<Parameters<typeof next>[0]> {
  return Object.fromEntries([["httpServer", pages]]);
}

process.on("unhandledRejection", report);

start().catch((error: unknown) => {
  const name = error instanceof Error ? error.name : "";
  const known = error instanceof StoreError || name === "LabError" || name === "BankError" || (error instanceof Error && error.constructor.name === "LabError");
  if (known && error instanceof Error) giveUp(error.message);
  report(error);
  giveUp("the start failed; what went wrong stands above.");
});
