// A worker thread: runs the worlds of many attempts, round robin, each with a bounded number of steps at a time, so that one that
// computes does not delay another's keystroke. It has no store and no socket: entries and messages go to the pool.

import { getHeapStatistics } from "node:v8";
import { parentPort, workerData } from "node:worker_threads";
import { createWorld } from "../sim/world/world.ts";
import { createActivityPlans } from "./activity-tasks.ts";
import { resolveUndo, type JournalEntry } from "./journal-codec.ts";
import { recordSession } from "./record-session.ts";
import type { FromWorker, ToWorker, WorkerData } from "./worker-messages.ts";
import { Workspace } from "./workspace.ts";
import "./native-text.ts";

/** A few ms of a core for most programs; for work that a step stands for badly (much output, too) the clock ends the turn. How turns are cut changes nothing in a world. */
const STEPS_A_TURN = 20_000;
const TURN_MS = 4;
/** Worlds that compute have no more of a round than this, so that a key is heard soon. */
const ROUND_MS = 4;
/** of what the thread may have */
const MOST_HEAP = 0.75;
const MOST_GROWN_BYTES = 200 * 1024 * 1024;
const FREEZE_AFTER_MS = 60_000;
const EVICT_AFTER_MS = 5 * 60_000;

interface Running {
  readonly workspace: Workspace;
  /** wall clock at which it wants to run again; undefined: not before an input */
  dueMs: number | undefined;
  detachedAtMs: number | undefined;
  frozen: boolean;
  readonly restored: boolean;
  announced: boolean;
  /** as the pool counts attempts */
  readonly number: number;
  /** how much its turns made the heap grow, halved when the heap is looked at */
  grownBytes: number;
  /** somebody typed: before those that only compute */
  urgent: boolean;
}

const port = parentPort;
if (!port) throw new Error("lib/session/worker.ts runs as a worker thread only");
const given = workerData as WorkerData;
/** Whose turn it is, for the pool to know when this thread dies of it. */
const turnOfAttempt = new Int32Array(given.turnOf);
const plans = createActivityPlans(given.labsFolder);
const running = new Map<string, Running>();
const recordings: { readonly request: number; readonly job: ReturnType<typeof recordSession> }[] = [];
let scheduled: NodeJS.Immediate | undefined;
let timer: NodeJS.Timeout | undefined;

const say = (message: FromWorker) => port.postMessage(message);
const now = () => performance.now();

function beginOf(journal: readonly JournalEntry[]): (JournalEntry & { kind: "begin" }) | undefined {
  const first = journal[0];
  return first?.kind === "begin" ? first : undefined;
}

function start(message: ToWorker & { type: "start" }): void {
  if (running.has(message.attempt)) return;
  const plan = plans(message.activity);
  if (!plan) throw new Error(`no lab or question is called ${message.activity}`);
  const begin = beginOf(message.journal) ?? { kind: "begin" as const, atUs: 0, host: plan.host, user: plan.user, epochUs: message.epochUs, seed: message.seed };
  const journal = message.journal.length > 0 ? message.journal : [begin];
  const makeWorld = () => createWorld({ host: begin.host, seed: begin.seed, epochUs: begin.epochUs, user: begin.user });
  const workspace = new Workspace(message.attempt, plan, makeWorld, journal, message.journal.length, Date.now(), message.expectedDigest);
  running.set(message.attempt, { workspace, dueMs: now(), detachedAtMs: now(), frozen: false, restored: message.journal.length > 0, announced: false, urgent: true, number: message.number, grownBytes: 0 });
}

function fail(attempt: string, error: unknown): void {
  running.delete(attempt);
  say({ type: "failed", attempt, reason: error instanceof Error ? (error.stack ?? error.message) : String(error) });
}

function handle(message: ToWorker): void {
  switch (message.type) {
    case "start":
      start(message);
      break;
    case "attach": {
      const world = running.get(message.attempt);
      if (!world) throw new Error("attach before start");
      const notice = world.restored && !world.announced ? "restored" : world.frozen ? "frozen" : undefined;
      world.announced = true;
      world.frozen = false;
      world.detachedAtMs = undefined;
      world.workspace.attach(message.hello, notice);
      world.dueMs = now();
      world.urgent = true;
      break;
    }
    case "message": {
      const world = running.get(message.attempt);
      if (!world) return;
      world.workspace.receive(message.message);
      world.dueMs = now();
      world.urgent = true;
      break;
    }
    case "detach": {
      const world = running.get(message.attempt);
      if (!world) return;
      world.workspace.detach();
      world.detachedAtMs = now();
      break;
    }
    case "drop":
      running.delete(message.attempt);
      break;
    case "record": {
      const plan = plans(message.activity);
      const begin = beginOf(message.journal);
      if (!plan || !begin) say({ type: "recording", request: message.request, recording: { attempt: message.attempt, durationMs: 0, truncated: false, events: [], commands: [] }, reason: undefined });
      else recordings.push({ request: message.request, job: recordSession(message.attempt, plan, createWorld({ host: begin.host, seed: begin.seed, epochUs: begin.epochUs, user: begin.user }), resolveUndo(message.journal)) });
      break;
    }
    case "ping":
      say({ type: "pong", number: message.number });
      break;
  }
}

function flush(attempt: string, world: Running): void {
  const batch = world.workspace.takeBatch();
  if (batch) say({ type: "batch", attempt, ...batch });
}

function turn(attempt: string, world: Running, atMs: number): void {
  if (world.detachedAtMs !== undefined && !world.workspace.replaying) {
    if (atMs - world.detachedAtMs > EVICT_AFTER_MS) {
      running.delete(attempt);
      say({ type: "evicted", attempt });
      return;
    }
    if (atMs - world.detachedAtMs > FREEZE_AFTER_MS) {
      if (!world.frozen) world.workspace.freeze();
      world.frozen = true;
      world.dueMs = world.detachedAtMs + EVICT_AFTER_MS + 1;
      return;
    }
  }
  world.urgent = false;
  const waitMs = world.workspace.tick(atMs, STEPS_A_TURN, () => now() - atMs > TURN_MS);
  const afterMs = now();
  if (waitMs === undefined) world.dueMs = world.detachedAtMs === undefined ? undefined : world.detachedAtMs + FREEZE_AFTER_MS + 1;
  else world.dueMs = waitMs === 0 ? afterMs : afterMs + waitMs;
  flush(attempt, world);
}

function attemptTurn(attempt: string, world: Running): void {
  const before = getHeapStatistics().used_heap_size;
  Atomics.store(turnOfAttempt, 0, world.number);
  try {
    turn(attempt, world, now());
  } catch (error) {
    fail(attempt, error);
  }
  Atomics.store(turnOfAttempt, 0, 0);
  const heap = getHeapStatistics();
  world.grownBytes += Math.max(0, heap.used_heap_size - before);
  if (heap.used_heap_size > heap.heap_size_limit * MOST_HEAP) relieve();
}

/** The limits of a world end in the simulated machine. Where they did not hold, one session ends before the thread with all of them does. */
function relieve(): void {
  const [greedy] = [...running].sort(([, a], [, b]) => b.grownBytes - a.grownBytes);
  if (greedy && greedy[1].grownBytes > MOST_GROWN_BYTES) fail(greedy[0], new Error("it held too much memory"));
  for (const world of running.values()) world.grownBytes /= 2;
}

function round(): void {
  scheduled = undefined;
  const atMs = now();
  for (const [attempt, world] of running) if (world.urgent) attemptTurn(attempt, world);
  // The one that waited longest comes first; the rest have their turn in a later round.
  const due = [...running].filter(([, world]) => world.dueMs !== undefined && world.dueMs <= atMs).sort(([, a], [, b]) => (a.dueMs ?? 0) - (b.dueMs ?? 0));
  const untilMs = now() + ROUND_MS;
  for (const [attempt, world] of due) {
    attemptTurn(attempt, world);
    if (now() > untilMs) break;
  }
  const recording = recordings[0];
  if (recording) {
    try {
      const fromMs = now();
      let step = recording.job.next();
      while (!step.done && now() - fromMs < TURN_MS) step = recording.job.next();
      if (step.done) {
        recordings.shift();
        say({ type: "recording", request: recording.request, recording: step.value, reason: undefined });
      }
    } catch (error) {
      recordings.shift();
      say({ type: "recording", request: recording.request, recording: undefined, reason: error instanceof Error ? error.message : String(error) });
    }
  }
  schedule();
}

function schedule(): void {
  if (scheduled) return;
  clearTimeout(timer);
  let soonestMs = recordings.length > 0 ? 0 : Number.POSITIVE_INFINITY;
  const atMs = now();
  for (const world of running.values()) if (world.dueMs !== undefined) soonestMs = Math.min(soonestMs, world.dueMs - atMs);
  if (soonestMs <= 0.5) scheduled = setImmediate(round);
  else if (soonestMs !== Number.POSITIVE_INFINITY) timer = setTimeout(round, Math.min(soonestMs, 60_000));
}

/** The first learner after a start meets a worker that has read the labs, built the base file system and run the shell before. */
function warmUp(): void {
  const plan = given.warmActivity === undefined ? undefined : plans(given.warmActivity);
  if (!plan) return;
  const world = createWorld({ host: plan.host, seed: 1, epochUs: 0, user: plan.user });
  world.openTerminal({ rows: 24, cols: 80, user: plan.user });
  world.step(2_000_000, STEPS_A_TURN * 50);
  for (const task of plan.tasks) plan.evaluate(world.view(), task);
  world.outputDigest();
}

port.on("message", (message: ToWorker) => {
  try {
    handle(message);
  } catch (error) {
    if ("attempt" in message) fail(message.attempt, error);
    else throw error;
  }
  schedule();
});

try {
  warmUp();
} catch (error) {
  // Whatever is wrong with that lab is said to whoever opens it.
  console.error(`session worker: ${error instanceof Error ? error.message : String(error)}`);
}
