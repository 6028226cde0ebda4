// A workspace's WebSocket in the browser: ticket, hello, reconnection where it stopped. Knows nothing of React or xterm.
import { aliveEveryMs, type ClientMessage, type ClosedReason, protocolVersion, readServerMessage, type ServerMessage } from "../../lib/session/protocol.ts";

export type ConnectionState =
  | { readonly kind: "connecting" }
  | { readonly kind: "open" }
  | { readonly kind: "waiting"; readonly untilMs: number }
  | { readonly kind: "closed"; readonly reason: ClosedReason };

export interface ConnectionOptions {
  readonly activity: string;
  /** size of a terminal now, for hello */
  readonly size: () => { readonly cols: number; readonly rows: number };
  readonly onMessage: (message: ServerMessage) => void;
  readonly onState: (state: ConnectionState) => void;
}

export interface Connection {
  /** Dropped while the socket is not open: what was typed meanwhile would arrive out of its time. */
  send(message: ClientMessage): void;
  /** Now, instead of at the end of the wait. */
  reconnect(): void;
  stop(): void;
}

const longestWaitMs = 15_000;

async function ticketFor(activity: string): Promise<{ readonly ticket: string } | { readonly failure: ClosedReason | "again" }> {
  try {
    const answer = await fetch("/api/tickets", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ activity }) });
    if (answer.status === 401) return { failure: "signed-out" };
    if (answer.status === 404) return { failure: "ended" };
    if (!answer.ok) return { failure: "again" };
    const body: unknown = await answer.json();
    return typeof body === "object" && body !== null && "ticket" in body && typeof body.ticket === "string" ? { ticket: body.ticket } : { failure: "again" };
  } catch {
    return { failure: "again" };
  }
}

export function connect({ activity, size, onMessage, onState }: ConnectionOptions): Connection {
  let socket: WebSocket | undefined;
  let lastSeq: number | null = null;
  let tries = 0;
  let stopped = false;
  let over = false;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let silence: ReturnType<typeof setTimeout> | undefined;

  function later(): void {
    if (stopped || over) return;
    const waitMs = Math.min(longestWaitMs, 500 * 2 ** tries) * (0.75 + Math.random() / 2);
    tries++;
    onState({ kind: "waiting", untilMs: Date.now() + waitMs });
    clearTimeout(retry);
    retry = setTimeout(() => void open(), waitMs);
  }

  function heard(from: WebSocket): void {
    clearTimeout(silence);
    silence = setTimeout(() => from.close(), aliveEveryMs * 2.5);
  }

  async function open(): Promise<void> {
    clearTimeout(retry);
    if (stopped) return;
    over = false;
    onState({ kind: "connecting" });
    const got = await ticketFor(activity);
    if (stopped) return;
    if ("failure" in got) {
      if (got.failure === "again") return later();
      over = true;
      return onState({ kind: "closed", reason: got.failure });
    }
    const own = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/ws/session`);
    socket = own;
    own.addEventListener("open", () => {
      own.send(JSON.stringify({ type: "hello", version: protocolVersion, ticket: got.ticket, lastSeq, ...size() } satisfies ClientMessage));
      heard(own);
    });
    own.addEventListener("message", (event) => {
      if (own !== socket) return;
      heard(own);
      const message = typeof event.data === "string" ? readServerMessage(event.data) : undefined;
      if (!message) {
        // The page and the server are not of one version.
        over = true;
        own.close();
        return onState({ kind: "closed", reason: "protocol" });
      }
      if (message.type === "closed") {
        if (message.reason === "bad-ticket" || message.reason === "restarting") return;
        over = true;
        return onState({ kind: "closed", reason: message.reason });
      }
      if (message.type === "ready") {
        tries = 0;
        lastSeq = message.seq;
        onState({ kind: "open" });
      } else if ("seq" in message) lastSeq = message.seq;
      onMessage(message);
    });
    own.addEventListener("close", () => {
      if (own !== socket) return;
      socket = undefined;
      clearTimeout(silence);
      later();
    });
  }

  const wake = () => {
    if (socket === undefined && !over) {
      tries = 0;
      void open();
    }
  };
  window.addEventListener("online", wake);
  void open();

  return {
    send(message) {
      if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
    },
    reconnect() {
      tries = 0;
      void open();
    },
    stop() {
      stopped = true;
      clearTimeout(retry);
      clearTimeout(silence);
      window.removeEventListener("online", wake);
      socket?.close();
    },
  };
}
