// Workspaces' WebSockets: who may open one, the one-use ticket, and the end of those whose sign-in was revoked.
// 403 for a missing or foreign Origin, 401 without a sign-in, 429 for too many, before the handshake; `closed bad-ticket` after it.
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import { attempt } from "../school/attempts.ts";
import { watch } from "../school/live.ts";
import type { Viewer } from "../school/sign-ins.ts";
import { viewerOfSid } from "../school/sign-ins.ts";
import { redeemToken } from "../school/tokens.ts";
import type { Attachment, ClientChannel } from "../session/door.ts";
import { aliveEveryMs, type ClosedReason, type ServerMessage } from "../session/protocol.ts";
import { readClientMessage } from "../session/protocol-schema.ts";
import { isOwnOrigin } from "./address.ts";
import { sessionPool } from "./session-door.ts";
import { viewerOfRequest } from "./viewer-of-request.ts";

export const socketPath = "/ws/session";
const helloWithinMs = 5_000;
const socketsPerPerson = 8;
/** A client this far behind is not read by anybody: its socket ends, and the page reconnects when it wakes. */
const mostBufferedBytes = 4_194_304;
/** messages a second and socket, over ten seconds: a paste is cut into 4 KB pieces */
const messagesPerTenSeconds = 2_000;

interface Open {
  readonly viewer: Viewer;
  readonly close: (reason: ClosedReason) => void;
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

export async function createSockets(report: (error: unknown) => void) {
  const server = new WebSocketServer({ noServer: true, maxPayload: 65_536, perMessageDeflate: false });
  const open = new Map<WebSocket, Open>();

  await watch((happened) => {
    if (happened.kind !== "signed-out") return;
    for (const { viewer, close } of open.values()) if (happened.sids.includes(viewer.sid)) close("signed-out");
  });

  const beat = setInterval(() => {
    for (const socket of open.keys()) send(socket, { type: "alive" });
  }, aliveEveryMs);
  beat.unref();

  function send(socket: WebSocket, message: ServerMessage): void {
    if (socket.readyState !== socket.OPEN) return;
    if (socket.bufferedAmount > mostBufferedBytes) socket.terminate();
    else socket.send(JSON.stringify(message));
  }

  function serve(socket: WebSocket, viewer: Viewer): void {
    let attachment: Attachment | undefined;
    let state: "waiting" | "attaching" | "attached" | "over" = "waiting";
    const early: string[] = [];
    let messages = 0;
    let tenSeconds = Date.now();

    const close = (reason: ClosedReason) => {
      if (state === "over") return;
      send(socket, { type: "closed", reason });
      end();
      socket.close(1000, reason);
    };
    const end = () => {
      state = "over";
      clearTimeout(patience);
      open.delete(socket);
      attachment?.detach();
      attachment = undefined;
    };
    const patience = setTimeout(() => close("protocol"), helloWithinMs);
    const channel: ClientChannel = { send: (message) => send(socket, message), close };
    open.set(socket, { viewer, close });

    async function hello(text: string): Promise<void> {
      const message = readClientMessage(text);
      if (message?.type !== "hello") return close("protocol");
      clearTimeout(patience);
      state = "attaching";
      const id = await redeemToken("ticket", message.ticket, viewer.id);
      // The sign-in may have been revoked since the handshake.
      const now = await viewerOfSid(viewer.sid);
      if (id === undefined || !now) return close(now ? "bad-ticket" : "signed-out");
      const worked = await attempt(id);
      if (worked.user !== viewer.id) return close("bad-ticket");
      const made = await sessionPool().attach(worked, message, channel);
      if (isOver()) return made.detach();
      attachment = made;
      state = "attached";
      for (const waiting of early.splice(0)) receive(waiting);
    }
    const isOver = () => state === "over";

    function receive(text: string): void {
      const message = readClientMessage(text);
      if (!message || message.type === "hello") close("protocol");
      else attachment?.receive(message);
    }

    socket.on("message", (data, isBinary) => {
      const now = Date.now();
      if (now - tenSeconds > 10_000) {
        tenSeconds = now;
        messages = 0;
      }
      if (isBinary || ++messages > messagesPerTenSeconds) return close("protocol");
      const text = data.toString();
      if (state === "attached") receive(text);
      else if (state === "attaching") {
        if (early.length < 200) early.push(text);
      } else if (state === "waiting") {
        hello(text).catch((error: unknown) => {
          report(error);
          close("unavailable");
        });
      }
    });
    socket.on("close", end);
    socket.on("error", () => socket.terminate());
  }

  async function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    if (!isOwnOrigin(request)) return refuse(socket, "403 Forbidden");
    const viewer = await viewerOfRequest(request);
    if (!viewer) return refuse(socket, "401 Unauthorized");
    if ([...open.values()].filter((one) => one.viewer.id === viewer.id).length >= socketsPerPerson) return refuse(socket, "429 Too Many Requests");
    server.handleUpgrade(request, socket, head, (made) => serve(made, viewer));
  }

  return {
    upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
      socket.on("error", () => socket.destroy());
      upgrade(request, socket, head).catch((error: unknown) => {
        report(error);
        refuse(socket, "500 Internal Server Error");
      });
    },
    stop(): void {
      clearInterval(beat);
      for (const { close } of [...open.values()]) close("restarting");
      server.close();
    },
  };
}
