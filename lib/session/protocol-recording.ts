// What an instructor replays: the attempt's journal run again, as terminal output with virtual times. Made by the session pool,
// fetched whole by components/terminal/replay (GET /session/recordings/ATTEMPT), so that pause, speed and jumps cost nothing.
import * as z from "zod/mini";
import { commandRecord, stepVerdict } from "./protocol.ts";

export const recordingEvent = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("open"), atMs: z.number(), terminal: z.int(), title: z.string(), cols: z.int(), rows: z.int() }),
  z.object({ kind: z.literal("output"), atMs: z.number(), terminal: z.int(), data: z.string() }),
  z.object({ kind: z.literal("resize"), atMs: z.number(), terminal: z.int(), cols: z.int(), rows: z.int() }),
  z.object({ kind: z.literal("close"), atMs: z.number(), terminal: z.int() }),
  /** an Enter at a prompt, with the line that it sent */
  z.object({ kind: z.literal("command"), atMs: z.number(), terminal: z.int(), line: z.string() }),
  z.object({ kind: z.literal("step"), atMs: z.number(), verdict: stepVerdict }),
]);

/** `commands` is the readable transcript. `events` are in the order of their times; `truncated` when the output was longer than the pool's cap (8 MiB) and was cut. */
export const recording = z.object({ attempt: z.string(), durationMs: z.number(), truncated: z.boolean(), events: z.array(recordingEvent), commands: z.array(commandRecord) });
export type Recording = z.infer<typeof recording>;
export type RecordingEvent = z.infer<typeof recordingEvent>;
