// How long a key waits for its echo in a worker that others use, too: real workers, journals in memory, and for the many typists real WebSockets.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { pathToFileURL } from "node:url";
import path from "node:path";
import { WebSocketServer } from "ws";
import type { AttemptRef, JournalBatch, SessionPool } from "../session/door.ts";
import { createSessionPool } from "../session/pool.ts";
import { readClientMessage } from "../session/protocol-schema.ts";
import { type Connect, Typist } from "./typist.ts";

interface Bundler {
  bundle(entry: string, name: string): Promise<string>;
}

async function bundler(): Promise<Bundler> {
  return (await import(pathToFileURL(path.resolve("lib/dev/bundle.mjs")).href)) as Bundler;
}

async function startPool(): Promise<SessionPool> {
  const { bundle } = await bundler();
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

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const activity = "lab:python-hello";

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
async function overSockets(pool: SessionPool): Promise<{ readonly port: number; readonly stop: () => void }> {
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
  return {
    port: typeof address === "object" && address !== null ? address.port : 0,
    stop: () => {
      for (const socket of sockets.clients) socket.terminate();
      server.close();
    },
  };
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

export interface Among {
  readonly latenciesMs: readonly number[];
  /** of a processor for each key, whatever else it does: this process with its workers, and the clients */
  readonly serverMs: number;
  readonly clientMs: number;
}

/** Keys of sessions that all type, over WebSockets; the clients are a process of their own (bench-typists.ts). */
export async function amongTypists(count: number, keys: number): Promise<Among> {
  const { bundle } = await bundler();
  const script = await bundle("lib/dev/bench-typists.ts", "bench-typists");
  const pool = await startPool();
  const sockets = await overSockets(pool);
  const child = spawn(process.execPath, [script, String(sockets.port), String(count), String(keys)], { stdio: ["ignore", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  await lines.next();
  const start = process.cpuUsage();
  const answer = JSON.parse(String((await lines.next()).value)) as { readonly latenciesMs: readonly number[]; readonly cpuMs: number };
  const { user, system } = process.cpuUsage(start);
  sockets.stop();
  await pool.stop();
  return { latenciesMs: answer.latenciesMs, serverMs: (user + system) / 1000 / (count * keys), clientMs: answer.cpuMs / (count * keys) };
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
