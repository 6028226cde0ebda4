// How long a key waits for its echo in a worker that others use, too: real workers, journals in memory, and for the many typists real
// WebSockets (their clients are in this process, too, and take their share of it).
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { pathToFileURL } from "node:url";
import path from "node:path";
import { WebSocket, WebSocketServer } from "ws";
import type { AttemptRef, JournalBatch, SessionPool } from "../session/door.ts";
import { createSessionPool } from "../session/pool.ts";
import { type ClientMessage, readServerMessage, type ServerMessage } from "../session/protocol.ts";
import { readClientMessage } from "../session/protocol-schema.ts";

interface Bundler {
  bundle(entry: string, name: string): Promise<string>;
}

export async function startPool(): Promise<SessionPool> {
  const { bundle } = (await import(pathToFileURL(path.resolve("lib/dev/bundle.mjs")).href)) as Bundler;
  const workerFile = await bundle("lib/session/worker.ts", "bench-worker");
  const journals = new Map<string, JournalBatch[]>();
  return createSessionPool({
    workerFile,
    labsFolder: path.resolve("labs"),
    journal: {
      take: async (attempt) => ({ attempt, epoch: 1 }),
      read: async (attempt) => journals.get(attempt) ?? [],
      append: async (lease, batch) => {
        journals.set(lease.attempt, [...(journals.get(lease.attempt) ?? []), batch]);
      },
      stamp: async () => undefined,
      startAnew: async () => {
        throw new Error("not here");
      },
    },
    observer: { verdicts: () => undefined, active: () => undefined, missed: () => undefined },
  });
}

const GIVEN_UP_MS = 15_000;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const activity = "lab:python-hello";
const firstTerminal = 1;

/** A way to a session: what it is told by, given who listens. */
type Connect = (attempt: string, hear: (message: ServerMessage) => void) => Promise<(message: ClientMessage) => void>;

const hello = { type: "hello", version: 1, ticket: "x".repeat(20), lastSeq: null, cols: 100, rows: 30 } as const;

function referenceOf(attempt: string): AttemptRef {
  return { attempt, activity, user: attempt, seed: 1 };
}

function directly(pool: SessionPool): Connect {
  return async (attempt, hear) => {
    const attachment = await pool.attach(referenceOf(attempt), hello, { send: hear, close: () => undefined });
    return (message) => attachment.receive(message);
  };
}

/** As lib/server/sockets.ts without sign-ins and tickets. */
async function overSockets(pool: SessionPool): Promise<{ readonly connect: Connect; readonly stop: () => void }> {
  const server = createServer();
  const sockets = new WebSocketServer({ server, perMessageDeflate: false });
  sockets.on("connection", (socket, request) => {
    const attached = pool.attach(referenceOf((request.url ?? "/").slice(1)), hello, { send: (message) => socket.send(JSON.stringify(message)), close: () => socket.close() });
    socket.on("message", (data) => {
      const message = readClientMessage(data.toString());
      if (message) void attached.then((attachment) => attachment.receive(message));
    });
  });
  const address = await new Promise<AddressInfo | string | null>((resolve) => server.listen(0, "127.0.0.1", () => resolve(server.address())));
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    connect: async (attempt, hear) => {
      const socket = new WebSocket(`ws://127.0.0.1:${port}/${attempt}`, { perMessageDeflate: false });
      socket.on("message", (data) => {
        const message = readServerMessage(data.toString());
        if (message) hear(message);
      });
      await new Promise((resolve) => socket.once("open", resolve));
      return (message) => socket.send(JSON.stringify(message));
    },
    stop: () => {
      for (const socket of sockets.clients) socket.terminate();
      server.close();
    },
  };
}

export class Typist {
  readonly #receive: (data: string) => void;
  #text = "";
  #waiting: { readonly text: string; readonly resolve: () => void } | undefined;

  private constructor(receive: (data: string) => void) {
    this.#receive = receive;
  }

  static async open(connect: Connect, attempt: string): Promise<Typist> {
    const state: { typist: Typist | undefined; early: ServerMessage[] } = { typist: undefined, early: [] };
    const say = await connect(attempt, (message) => {
      if (state.typist) state.typist.#hear(message);
      else state.early.push(message);
    });
    const typist = new Typist((data) => {
      say({ type: "input", terminal: firstTerminal, data });
      say({ type: "ack", terminal: firstTerminal, chars: typist.#drawn });
    });
    state.typist = typist;
    for (const message of state.early) typist.#hear(message);
    return typist;
  }

  #drawn = 0;

  #hear(message: ServerMessage): void {
    if (message.type !== "output" && message.type !== "screen") return;
    if (message.type === "output") this.#drawn += message.data.length;
    this.#text = (this.#text + message.data).slice(-4000);
    const waiting = this.#waiting;
    if (waiting && this.#text.includes(waiting.text)) {
      this.#waiting = undefined;
      waiting.resolve();
    }
  }

  async until(text: string): Promise<void> {
    if (this.#text.includes(text)) return;
    await new Promise<void>((resolve) => {
      this.#waiting = { text, resolve };
    });
  }

  type(data: string): void {
    this.#receive(data);
  }

  /** From the key to its echo, in milliseconds. */
  async echo(letter: string): Promise<number> {
    this.#text = "";
    const startMs = performance.now();
    this.#receive(letter);
    // a worker that was restarted has forgotten the key
    await Promise.race([this.until(letter), pause(GIVEN_UP_MS)]);
    return performance.now() - startMs;
  }
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** How long a learner who opens a lab waits for the prompt, once the page is there: a world of their own is made. */
export async function prompts(count: number): Promise<readonly number[]> {
  const pool = await startPool();
  const connect = directly(pool);
  await (await Typist.open(connect, "warm")).until("$ ");
  const latencies: number[] = [];
  for (let index = 0; index < count; index++) {
    const startMs = performance.now();
    const typist = await Typist.open(connect, `learner-${index}`);
    await typist.until("$ ");
    latencies.push(performance.now() - startMs);
  }
  await pool.stop();
  return latencies;
}

/** Keys of sessions that all type, over WebSockets. */
export async function amongTypists(count: number, keys: number): Promise<readonly number[]> {
  const pool = await startPool();
  const sockets = await overSockets(pool);
  const typists: Typist[] = [];
  for (let index = 0; index < count; index++) typists.push(await Typist.open(sockets.connect, `typist-${index}`));
  for (const typist of typists) await typist.until("$ ");
  const latencies: number[] = [];
  const letters = "abcdefghijklmnopqrstuvwxyz";
  // each presses a key about every 400 ms, not at the same time as the others
  await Promise.all(typists.map(async (typist, index) => {
    await pause((index / count) * 400);
    for (let key = 0; key < keys; key++) {
      latencies.push(await typist.echo(letters.charAt(key % letters.length)));
      await pause(400);
    }
  }));
  sockets.stop();
  await pool.stop();
  return latencies;
}

/** Keys of one typist while the neighbours in every worker run `command`. */
export async function besideHostile(command: string, neighbours: number, keys: number): Promise<readonly number[]> {
  const pool = await startPool();
  const others = await Promise.all(Array.from({ length: neighbours }, (_, index) => Typist.open(directly(pool), `hostile-${index}`)));
  const typist = await Typist.open(directly(pool), "typist");
  await Promise.all([...others, typist].map((one) => one.until("$ ")));
  for (const other of others) other.type(`${command.replaceAll("\n", "\x16\n")}\r`);
  const latencies: number[] = [];
  const letters = "abcdefghijklmnopqrstuvwxyz";
  for (let key = 0; key < keys; key++) {
    await pause(60);
    latencies.push(await typist.echo(letters.charAt(key % letters.length)));
  }
  await pool.stop();
  return latencies;
}
