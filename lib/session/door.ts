// The door between the web's server and running worlds: interfaces only. lib/session implements SessionPool (pool.ts exports
// `createSessionPool: CreateSessionPool`); lib/school implements JournalStore and SessionObserver; lib/server joins them. Nothing else of
// lib/session is known outside, and lib/session knows neither database nor HTTP.
import type { ClientMessage, ClosedReason, ServerMessage, StepVerdict } from "./protocol.ts";
import type { Recording } from "./protocol-recording.ts";

/** One learner's go at one activity. `activity` is "lab:LAB" or "question:MODULE/QUESTION" (an on-host question). */
export interface AttemptRef {
  readonly attempt: string;
  readonly activity: string;
  readonly user: string;
  /** the world's seed: chosen once when the attempt is made, stored with it */
  readonly seed: number;
}

/** The right to write an attempt's journal. A server that lost it gets LeaseLost from append, and must drop the world. */
export interface Lease {
  readonly attempt: string;
  readonly epoch: number;
}

/** Entries are opaque bytes to the store. `firstEntry` counts the entries of the attempt from 0: a gap or an overlap is refused. */
export interface JournalBatch {
  readonly firstEntry: number;
  readonly entries: number;
  readonly bytes: Uint8Array;
}

/** Thrown (as an Error whose name is "LeaseLost") when another server has taken the attempt. */
export const leaseLost = "LeaseLost";

export interface JournalStore {
  /** Takes the attempt for this server, from whoever held it: raises its epoch. */
  take(attempt: string): Promise<Lease>;
  /** All batches in order. */
  read(attempt: string): Promise<readonly JournalBatch[]>;
  /** Durable when it resolves. `build` is the simulation's build, `digest` the rolling digest of output after the batch (hex). */
  append(lease: Lease, batch: JournalBatch, build: string, digest: string): Promise<void>;
  /** The build and digest of the last append; undefined for an attempt without entries. */
  stamp(attempt: string): Promise<{ readonly build: string; readonly digest: string } | undefined>;
  /** "Reset": ends the attempt and makes the next one of the same learner and activity, with its lease taken. */
  startAnew(lease: Lease): Promise<{ readonly attempt: AttemptRef; readonly lease: Lease }>;
}

/** What a world tells upward. Calls return at once; the implementation stores and publishes by itself. */
export interface SessionObserver {
  /** Verdicts that changed (asked: false) or that the learner asked for (asked: true, unchanged ones too). */
  verdicts(attempt: AttemptRef, verdicts: readonly StepVerdict[], asked: boolean): void;
  /** The learner did something: at most one call a minute and attempt; the sum is the time spent. */
  active(attempt: AttemptRef, seconds: number): void;
  /** A command of Debian that is not simulated was typed: authors see what learners miss. */
  missed(attempt: AttemptRef, what: string): void;
}

/** One connected browser. The pool calls `send`; a message that cannot be sent any more is dropped silently. */
export interface ClientChannel {
  send(message: ServerMessage): void;
  /** Sends `closed` and closes the socket. */
  close(reason: ClosedReason): void;
}

export interface Attachment {
  /** Every message after `hello`. */
  receive(message: ClientMessage): void;
  /** The socket is gone. The world stays. */
  detach(): void;
}

export type Hello = Extract<ClientMessage, { type: "hello" }>;

export interface SessionPool {
  /** Attaches a client to the attempt's world, which is started or replayed when it is not in memory. A client already attached to it is closed ("taken-over"). */
  attach(attempt: AttemptRef, hello: Hello, client: ClientChannel): Promise<Attachment>;
  recording(attempt: AttemptRef): Promise<Recording>;
  stats(): { readonly worlds: number; readonly attached: number; readonly workers: number };
  /** Flushes the journals, closes clients ("restarting"), ends the workers. */
  stop(): Promise<void>;
}

export interface SessionPoolOptions {
  readonly journal: JournalStore;
  readonly observer: SessionObserver;
  /** absolute path of the bundled worker (dist/session-worker.mjs, built from lib/session/worker.ts) */
  readonly workerFile: string;
  /** absolute path of the labs' folder */
  readonly labsFolder: string;
  /** what a worker runs once, to its prompt, before anybody asks: the first learner's terminal then opens as fast as the hundredth's */
  readonly warmActivity?: string;
}

export type CreateSessionPool = (options: SessionPoolOptions) => Promise<SessionPool>;
