// The main thread's side: which worker holds which attempt, the order "store, then show", leases, a watchdog. Knows neither database
// nor HTTP: both stand behind the interfaces of door.ts.

import { Worker } from "node:worker_threads";
import os from "node:os";
import { type Attachment, type AttemptRef, type ClientChannel, type CreateSessionPool, type Hello, type Lease, leaseLost, type SessionPool, type SessionPoolOptions } from "./door.ts";
import { decodeEntries, encodeEntries, type JournalEntry } from "./journal-codec.ts";
import type { ClientMessage } from "./protocol.ts";
import type { Recording } from "./protocol-recording.ts";
import type { FromWorker, ToWorker, WorkerData } from "./worker-messages.ts";

const PING_EVERY_MS = 2_000;
/** A worker that answers no ping for so long is ended; its worlds are rebuilt elsewhere from their journals. */
const SILENT_AFTER_MS = 10_000;
/** Until its first answer a worker reads its bundle and warms up, which takes long on a machine that is busy. */
const BOOT_WITHIN_MS = 120_000;
const ACTIVE_EVERY_MS = 60_000;

interface WorkerSlot {
  worker: Worker;
  readonly attempts: Set<string>;
  /** the number of the attempt whose turn it is, written by the worker; 0: none's */
  turnOf: Int32Array<SharedArrayBuffer>;
  lastPongMs: number;
  booted: boolean;
}

interface Held {
  ref: AttemptRef;
  lease: Lease;
  readonly slot: WorkerSlot;
  client: ClientChannel | undefined;
  hello: Hello | undefined;
  /** stores and sends happen one after the other */
  chain: Promise<void>;
  lastActiveMs: number;
  /** for the worker: small, unlike its name */
  readonly number: number;
}

class Pool implements SessionPool {
  readonly #options: SessionPoolOptions;
  readonly #build: string;
  readonly #slots: WorkerSlot[] = [];
  readonly #held = new Map<string, Held>();
  readonly #starting = new Map<string, Promise<Held>>();
  readonly #recordings = new Map<number, { resolve: (recording: Recording) => void; reject: (error: Error) => void }>();
  #nextRequest = 1;
  #nextNumber = 1;
  readonly #watchdog: NodeJS.Timeout;
  #stopped = false;

  constructor(options: SessionPoolOptions, build: string) {
    this.#options = options;
    this.#build = build;
    const workers = Math.max(1, os.availableParallelism());
    for (let index = 0; index < workers; index++) this.#slots.push(this.#makeSlot());
    this.#watchdog = setInterval(() => this.#watch(), PING_EVERY_MS);
    this.#watchdog.unref();
  }

  #makeSlot(): WorkerSlot {
    const turnOf = new Int32Array(new SharedArrayBuffer(4));
    const slot: WorkerSlot = { worker: this.#makeWorker(turnOf), attempts: new Set(), turnOf, lastPongMs: performance.now(), booted: false };
    this.#listen(slot);
    return slot;
  }

  #makeWorker(turnOf: Int32Array<SharedArrayBuffer>): Worker {
    const workerData: WorkerData = { labsFolder: this.#options.labsFolder, warmActivity: this.#options.warmActivity, turnOf: turnOf.buffer };
    // a small young generation: each of its collections stops every session of the worker, the shorter the less it holds
    return new Worker(this.#options.workerFile, { workerData, resourceLimits: { maxOldGenerationSizeMb: 2048, maxYoungGenerationSizeMb: 12 } });
  }

  #listen(slot: WorkerSlot): void {
    const worker = slot.worker;
    worker.on("message", (message: FromWorker) => this.#hear(slot, message));
    worker.on("error", (error) => console.error(`session worker: ${error.message}`));
    worker.on("exit", () => {
      if (!this.#stopped && slot.worker === worker) this.#replaceWorker(slot);
    });
  }

  /** The worker died or hangs: every world it held is rebuilt from its journal in a fresh one. */
  #replaceWorker(slot: WorkerSlot): void {
    const dead = slot.worker;
    const culprit = Atomics.load(slot.turnOf, 0);
    slot.turnOf = new Int32Array(new SharedArrayBuffer(4));
    slot.worker = this.#makeWorker(slot.turnOf);
    slot.lastPongMs = performance.now();
    slot.booted = false;
    this.#listen(slot);
    void dead.terminate();
    for (const attempt of [...slot.attempts]) {
      const held = this.#held.get(attempt);
      if (!held) continue;
      if (held.number === culprit) {
        // it would end the next worker, too: the others go on without it, and it is opened again when its learner comes back
        console.error(`session ${attempt}: ended its worker`);
        held.client?.close("unavailable");
        this.#forget(attempt);
        continue;
      }
      held.chain = held.chain.then(async () => {
        const journal = await this.#readJournal(attempt);
        this.#tell(slot, { type: "start", attempt, number: held.number, activity: held.ref.activity, seed: held.ref.seed, epochUs: Date.now() * 1000, journal, expectedDigest: undefined });
        if (held.client && held.hello) this.#tell(slot, { type: "attach", attempt, hello: { ...held.hello, lastSeq: null }, frozen: false });
      });
    }
  }

  #watch(): void {
    const atMs = performance.now();
    for (const slot of this.#slots) {
      const silentMs = atMs - slot.lastPongMs;
      if (silentMs > (slot.booted ? SILENT_AFTER_MS : BOOT_WITHIN_MS)) {
        console.error(`session worker: no answer for ${Math.round(silentMs / 1000)} s, restarted; its sessions are rebuilt from their journals`);
        this.#replaceWorker(slot);
      } else this.#tell(slot, { type: "ping", number: Math.round(atMs) });
    }
  }

  #tell(slot: WorkerSlot, message: ToWorker): void {
    slot.worker.postMessage(message);
  }

  #hear(slot: WorkerSlot, message: FromWorker): void {
    switch (message.type) {
      case "pong":
        slot.lastPongMs = performance.now();
        slot.booted = true;
        break;
      case "recording": {
        const waiting = this.#recordings.get(message.request);
        this.#recordings.delete(message.request);
        if (message.recording) waiting?.resolve(message.recording);
        else waiting?.reject(new Error(message.reason ?? "the recording failed"));
        break;
      }
      case "evicted":
        this.#forget(message.attempt);
        break;
      case "failed": {
        console.error(`session ${message.attempt}: ${message.reason}`);
        const held = this.#held.get(message.attempt);
        held?.client?.close("unavailable");
        this.#forget(message.attempt);
        break;
      }
      case "batch": {
        const held = this.#held.get(message.attempt);
        if (!held) return;
        held.chain = held.chain.then(() => this.#deliver(held, message)).catch((error: unknown) => this.#lost(held, error));
        break;
      }
    }
  }

  async #deliver(held: Held, batch: FromWorker & { type: "batch" }): Promise<void> {
    if (batch.entries.length > 0) {
      await this.#options.journal.append(held.lease, { firstEntry: batch.firstEntry, entries: batch.entries.length, bytes: encodeEntries(batch.entries) }, this.#build, batch.digest);
    }
    // Verdicts first: who answers on seeing one is graded by what is stored.
    if (batch.verdicts.length > 0) this.#options.observer.verdicts(held.ref, batch.verdicts, batch.verdictsAsked);
    for (const message of batch.messages) held.client?.send(message);
    for (const what of batch.missed) this.#options.observer.missed(held.ref, what);
  }

  #lost(held: Held, error: unknown): void {
    const lost = error instanceof Error && error.name === leaseLost;
    if (!lost) console.error(`session ${held.ref.attempt}: ${error instanceof Error ? error.message : String(error)}`);
    held.client?.close(lost ? "taken-over" : "unavailable");
    this.#tell(held.slot, { type: "drop", attempt: held.ref.attempt });
    this.#forget(held.ref.attempt);
  }

  #forget(attempt: string): void {
    const held = this.#held.get(attempt);
    this.#held.delete(attempt);
    held?.slot.attempts.delete(attempt);
  }

  async #readJournal(attempt: string): Promise<JournalEntry[]> {
    const batches = await this.#options.journal.read(attempt);
    return batches.flatMap((batch) => decodeEntries(batch.bytes));
  }

  async #start(ref: AttemptRef, taken?: Lease): Promise<Held> {
    const lease = taken ?? (await this.#options.journal.take(ref.attempt));
    const journal = await this.#readJournal(ref.attempt);
    const stamp = await this.#options.journal.stamp(ref.attempt);
    const slot = this.#slots.reduce((least, candidate) => (candidate.attempts.size < least.attempts.size ? candidate : least));
    const held: Held = { ref, lease, slot, client: undefined, hello: undefined, chain: Promise.resolve(), lastActiveMs: 0, number: this.#nextNumber++ };
    this.#held.set(ref.attempt, held);
    slot.attempts.add(ref.attempt);
    this.#tell(slot, { type: "start", attempt: ref.attempt, number: held.number, activity: ref.activity, seed: ref.seed, epochUs: Date.now() * 1000, journal, expectedDigest: stamp?.build === this.#build ? undefined : stamp?.digest });
    return held;
  }

  async #hold(ref: AttemptRef): Promise<Held> {
    const held = this.#held.get(ref.attempt);
    if (held) return held;
    let starting = this.#starting.get(ref.attempt);
    if (!starting) {
      starting = this.#start(ref).finally(() => this.#starting.delete(ref.attempt));
      this.#starting.set(ref.attempt, starting);
    }
    return starting;
  }

  async attach(attempt: AttemptRef, hello: Hello, client: ClientChannel): Promise<Attachment> {
    let held = await this.#hold(attempt);
    held.client?.close("taken-over");
    held.client = client;
    held.hello = hello;
    this.#tell(held.slot, { type: "attach", attempt: held.ref.attempt, hello, frozen: false });
    return {
      receive: (message: ClientMessage) => {
        if (held.client !== client || message.type === "hello") return;
        const atMs = Date.now();
        if (atMs - held.lastActiveMs >= ACTIVE_EVERY_MS) {
          held.lastActiveMs = atMs;
          this.#options.observer.active(held.ref, ACTIVE_EVERY_MS / 1000);
        }
        if (message.type === "reset") {
          void this.#reset(held, hello, client).then(
            (fresh) => {
              held = fresh;
            },
            (error: unknown) => this.#lost(held, error),
          );
          return;
        }
        if (message.type === "resize" && held.hello) held.hello = { ...held.hello, cols: message.cols, rows: message.rows };
        this.#tell(held.slot, { type: "message", attempt: held.ref.attempt, message });
      },
      detach: () => {
        if (held.client !== client) return;
        held.client = undefined;
        this.#tell(held.slot, { type: "detach", attempt: held.ref.attempt });
      },
    };
  }

  async #reset(held: Held, hello: Hello, client: ClientChannel): Promise<Held> {
    await held.chain;
    const { attempt, lease } = await this.#options.journal.startAnew(held.lease);
    this.#tell(held.slot, { type: "drop", attempt: held.ref.attempt });
    this.#forget(held.ref.attempt);
    const fresh = await this.#start(attempt, lease);
    fresh.client = client;
    fresh.hello = { ...(held.hello ?? hello), lastSeq: null };
    client.send({ type: "notice", seq: 0, code: "reset" });
    this.#tell(fresh.slot, { type: "attach", attempt: attempt.attempt, hello: fresh.hello, frozen: false });
    return fresh;
  }

  async recording(ref: AttemptRef): Promise<Recording> {
    await this.#held.get(ref.attempt)?.chain;
    const journal = await this.#readJournal(ref.attempt);
    const request = this.#nextRequest++;
    const slot = this.#slots.reduce((least, candidate) => (candidate.attempts.size < least.attempts.size ? candidate : least));
    return new Promise((resolve, reject) => {
      this.#recordings.set(request, { resolve, reject });
      this.#tell(slot, { type: "record", request, attempt: ref.attempt, activity: ref.activity, seed: ref.seed, journal });
    });
  }

  stats() {
    let attached = 0;
    for (const held of this.#held.values()) if (held.client) attached++;
    return { worlds: this.#held.size, attached, workers: this.#slots.length };
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#watchdog);
    await Promise.all([...this.#held.values()].map((held) => held.chain));
    for (const held of this.#held.values()) held.client?.close("restarting");
    await Promise.all(this.#slots.map((slot) => slot.worker.terminate()));
  }
}

/** The build stamp changes with the worker's bundle: journals remember which one they were written by. */
export const createSessionPool: CreateSessionPool = async (options) => {
  const { createHash } = await import("node:crypto");
  const { readFile } = await import("node:fs/promises");
  const build = createHash("sha256").update(await readFile(options.workerFile)).digest("hex").slice(0, 16);
  return new Pool(options, build);
};
