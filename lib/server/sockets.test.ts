import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WebSocket } from "ws";
import { createGuest } from "../school/accounts.ts";
import { openAttempt } from "../school/attempts.ts";
import { makeCookie } from "../school/cookie.ts";
import { endSignIn, startSignIn } from "../school/sign-ins.ts";
import { openStore, type Store, useStore } from "../school/store.ts";
import { issueToken } from "../school/tokens.ts";
import type { SessionPool } from "../session/door.ts";
import { setSessionPool } from "./session-door.ts";
import { createSockets, socketPath } from "./sockets.ts";

const folder = mkdtempSync(path.join(tmpdir(), "hote-sockets-"));
const server = createServer();
const received: string[] = [];
let store: Store;
let origin = "";
let sockets: Awaited<ReturnType<typeof createSockets>>;

/** A pool that answers ready and remembers what it was sent. */
const pool: SessionPool = {
  async attach(attempt, _hello, client) {
    client.send({ type: "ready", attempt: attempt.attempt, seq: 1, resumed: false, terminals: [] });
    return { receive: (message) => received.push(message.type), detach: () => received.push("detached") };
  },
  recording: async ({ attempt }) => ({ attempt, durationMs: 0, truncated: false, events: [], commands: [] }),
  stats: () => ({ worlds: 0, attached: 0, workers: 0 }),
  stop: async () => {},
};

beforeAll(async () => {
  store = await openStore({ folder, migrate: true });
  useStore(store);
  setSessionPool(pool);
  sockets = await createSockets(() => {});
  server.on("upgrade", (request, socket, head) => sockets.upgrade(request, socket, head));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  origin = `http://127.0.0.1:${isInfo(address) ? address.port : 0}`;
});

function isInfo(address: unknown): address is AddressInfo {
  return typeof address === "object" && address !== null && "port" in address;
}

afterAll(async () => {
  sockets.stop();
  server.close();
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

async function somebody() {
  const user = await createGuest("fr");
  const sid = await startSignIn(user, "test");
  const { name, value } = await makeCookie(user, sid);
  const { attempt } = await openAttempt(user, "lab:python-hello");
  return { user, sid, attempt, cookie: `${name}=${value}` };
}

function open(headers: Record<string, string>): WebSocket {
  return new WebSocket(`${origin.replace("http", "ws")}${socketPath}`, { headers });
}

/** The HTTP status of a refused handshake, or 101. */
function handshake(headers: Record<string, string>): Promise<number> {
  return new Promise((resolve) => {
    const socket = open(headers);
    socket.on("unexpected-response", (_request, response) => resolve(response.statusCode ?? 0));
    socket.on("open", () => {
      socket.close();
      resolve(101);
    });
    socket.on("error", () => {});
  });
}

/** Messages until the first one of this type. */
function until(socket: WebSocket, type: string): Promise<Record<string, unknown>> {
  return new Promise((resolve) => {
    socket.on("message", (data) => {
      const message: Record<string, unknown> = JSON.parse(data.toString());
      if (message["type"] === type) resolve(message);
    });
  });
}

const hello = (ticket: string) => JSON.stringify({ type: "hello", version: 1, ticket, lastSeq: null, cols: 80, rows: 24 });

test("a handshake needs our own Origin and a sign-in", async () => {
  const { cookie, sid } = await somebody();
  expect(await handshake({ cookie })).toBe(403);
  expect(await handshake({ cookie, origin: "https://evil.example" })).toBe(403);
  expect(await handshake({ cookie, origin: origin.replace("127.0.0.1", "localhost") })).toBe(403);
  expect(await handshake({ origin })).toBe(401);
  expect(await handshake({ origin, cookie: "next-auth.session-token=forged" })).toBe(401);
  expect(await handshake({ origin, cookie })).toBe(101);
  await endSignIn(sid);
  expect(await handshake({ origin, cookie })).toBe(401);
});

test("a ticket works once, and only for its holder", async () => {
  const own = await somebody();
  const other = await somebody();
  const ticket = await issueToken("ticket", own.attempt, own.user, 30_000);
  const stolen = open({ origin, cookie: other.cookie });
  stolen.on("open", () => stolen.send(hello(ticket)));
  expect(await until(stolen, "closed")).toEqual({ type: "closed", reason: "bad-ticket" });

  const first = open({ origin, cookie: own.cookie });
  first.on("open", () => {
    first.send(hello(ticket));
    first.send(JSON.stringify({ type: "input", terminal: 1, data: "ls\r" }));
  });
  expect(await until(first, "ready")).toMatchObject({ attempt: own.attempt });
  await expect.poll(() => received).toContain("input");

  const again = open({ origin, cookie: own.cookie });
  again.on("open", () => again.send(hello(ticket)));
  expect(await until(again, "closed")).toEqual({ type: "closed", reason: "bad-ticket" });

  const signedOut = until(first, "closed");
  await endSignIn(own.sid);
  expect(await signedOut).toEqual({ type: "closed", reason: "signed-out" });
  await expect.poll(() => received).toContain("detached");
});

test.each([
  ["no JSON", "hello"],
  ["no hello first", JSON.stringify({ type: "reset" })],
  ["another version", JSON.stringify({ type: "hello", version: 99, ticket: "x".repeat(32), lastSeq: null, cols: 80, rows: 24 })],
])("%s is not of this protocol", async (_name, text) => {
  const { cookie } = await somebody();
  const socket = open({ origin, cookie });
  socket.on("open", () => socket.send(text));
  expect(await until(socket, "closed")).toEqual({ type: "closed", reason: "protocol" });
});

test("a person has a limited number of sockets", async () => {
  const { cookie } = await somebody();
  const many = Array.from({ length: 8 }, () => open({ origin, cookie }));
  await Promise.all(many.map((socket) => new Promise((resolve) => socket.on("open", resolve))));
  expect(await handshake({ origin, cookie })).toBe(429);
  for (const socket of many) socket.close();
});
