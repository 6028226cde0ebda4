// What an instructor replays: the attempt's journal run again, as terminal output with virtual times. Made by the session pool,
// fetched whole by components/terminal/replay (GET /session/recordings/ATTEMPT), so that pause, speed and jumps cost nothing.
import type { CommandRecord, StepVerdict } from "./protocol.ts";

export type RecordingEvent = { readonly atMs: number } & (
  | { readonly kind: "open"; readonly terminal: number; readonly title: string; readonly cols: number; readonly rows: number }
  | { readonly kind: "output"; readonly terminal: number; readonly data: string }
  | { readonly kind: "resize"; readonly terminal: number; readonly cols: number; readonly rows: number }
  | { readonly kind: "close"; readonly terminal: number }
  /** an Enter at a prompt, with the line that it sent */
  | { readonly kind: "command"; readonly terminal: number; readonly line: string }
  | { readonly kind: "step"; readonly verdict: StepVerdict }
);

export interface Recording {
  readonly attempt: string;
  readonly durationMs: number;
  /** the output was longer than the pool's cap (8 MiB) and was cut */
  readonly truncated: boolean;
  /** in the order of their times */
  readonly events: readonly RecordingEvent[];
  /** the readable transcript */
  readonly commands: readonly CommandRecord[];
}
