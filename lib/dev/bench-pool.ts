// How long a key waits for its echo in a worker that others use, too: real workers, real journals in memory, no socket.
import { pathToFileURL } from "node:url";
import path from "node:path";
import type { AttemptRef, JournalBatch, SessionPool } from "../session/door.ts";
import { createSessionPool } from "../session/pool.ts";
import type { ServerMessage } from "../session/protocol.ts";

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

export class Typist {
  readonly #receive: (data: string) => void;
  #text = "";
  #waiting: { readonly text: string; readonly resolve: () => void } | undefined;

  private constructor(receive: (data: string) => void) {
    this.#receive = receive;
  }

  static async open(pool: SessionPool, attempt: string): Promise<Typist> {
    const reference: AttemptRef = { attempt, activity, user: attempt, seed: 1 };
    const state: { typist: Typist | undefined; early: ServerMessage[] } = { typist: undefined, early: [] };
    const attachment = await pool.attach(reference, { type: "hello", version: 1, ticket: "x".repeat(20), lastSeq: null, cols: 100, rows: 30 }, {
      send: (message) => (state.typist ? state.typist.#hear(message) : state.early.push(message)),
      close: () => undefined,
    });
    let drawn = 0;
    const typist = new Typist((data) => {
      attachment.receive({ type: "input", terminal: firstTerminal, data });
      drawn = typist.#drawn;
      attachment.receive({ type: "ack", terminal: firstTerminal, chars: drawn });
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
  await (await Typist.open(pool, "warm")).until("$ ");
  const latencies: number[] = [];
  for (let index = 0; index < count; index++) {
    const startMs = performance.now();
    const typist = await Typist.open(pool, `learner-${index}`);
    await typist.until("$ ");
    latencies.push(performance.now() - startMs);
  }
  await pool.stop();
  return latencies;
}

/** Keys of one typist among sessions that all type. */
export async function amongTypists(count: number, keys: number): Promise<readonly number[]> {
  const pool = await startPool();
  const typists: Typist[] = [];
  for (let index = 0; index < count; index++) typists.push(await Typist.open(pool, `typist-${index}`));
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
  await pool.stop();
  return latencies;
}

/** Keys of one typist while the neighbours in every worker run `command`. */
export async function besideHostile(command: string, neighbours: number, keys: number): Promise<readonly number[]> {
  const pool = await startPool();
  const others = await Promise.all(Array.from({ length: neighbours }, (_, index) => Typist.open(pool, `hostile-${index}`)));
  const typist = await Typist.open(pool, "typist");
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
