// What the pool (main thread) and a worker say to each other. Structured clone: plain values only.

import type { JournalEntry } from "./journal-codec.ts";
import type { Hello } from "./door.ts";
import type { ClientMessage, ServerMessage, StepVerdict } from "./protocol.ts";
import type { Recording } from "./protocol-recording.ts";

export interface WorkerData {
  readonly labsFolder: string;
  readonly warmActivity: string | undefined;
  /** one Int32: the number of the attempt whose turn it is, 0 for none */
  readonly turnOf: SharedArrayBuffer;
}

export type ToWorker =
  /** Makes the world when the worker does not have it; `journal` is then the stored entries. */
  | { readonly type: "start"; readonly attempt: string; readonly number: number; readonly activity: string; readonly seed: number; readonly epochUs: number; readonly journal: readonly JournalEntry[]; readonly expectedDigest: string | undefined }
  | { readonly type: "attach"; readonly attempt: string; readonly hello: Hello; readonly frozen: boolean }
  | { readonly type: "message"; readonly attempt: string; readonly message: ClientMessage }
  | { readonly type: "detach"; readonly attempt: string }
  | { readonly type: "drop"; readonly attempt: string }
  | { readonly type: "record"; readonly request: number; readonly attempt: string; readonly activity: string; readonly seed: number; readonly journal: readonly JournalEntry[] }
  | { readonly type: "ping"; readonly number: number };

export type FromWorker =
  | {
      readonly type: "batch";
      readonly attempt: string;
      readonly firstEntry: number;
      readonly entries: readonly JournalEntry[];
      readonly messages: readonly ServerMessage[];
      readonly verdicts: readonly StepVerdict[];
      readonly verdictsAsked: boolean;
      readonly missed: readonly string[];
      readonly digest: string;
    }
  /** The world could not be made or broke: `reason` is for the log. */
  | { readonly type: "failed"; readonly attempt: string; readonly reason: string }
  /** Nobody was attached for long: the worker let the world go. */
  | { readonly type: "evicted"; readonly attempt: string }
  | { readonly type: "recording"; readonly request: number; readonly recording: Recording | undefined; readonly reason: string | undefined }
  | { readonly type: "pong"; readonly number: number };
