// An instructor's replay: the journal run again, with what every terminal printed at its virtual time.

import type { World, WorldTerminal } from "../sim/world/world.ts";
import type { ActivityPlan } from "./activity-tasks.ts";
import type { NumberedEntry } from "./journal-codec.ts";
import type { Recording, RecordingEvent } from "./protocol-recording.ts";

const MAX_OUTPUT_CHARS = 8 * 1024 * 1024;
const STEPS_A_SLICE = 50_000;
/** Silence longer than this is shown as this: nobody wants to watch a lunch break. The jump list keeps the order. */
const SLICE_US = 100_000;

/** A generator so that a worker can go on serving others: one `next()` runs one slice. */
export function* recordSession(attempt: string, plan: ActivityPlan, world: World, entries: readonly NumberedEntry[]): Generator<void, Recording, void> {
  const events: RecordingEvent[] = [];
  const terminals = new Map<number, { handle: WorldTerminal; decoder: TextDecoder }>();
  let outputChars = 0;
  let truncated = false;
  const nowMs = () => Math.round(world.nowUs / 1000);

  const collect = () => {
    for (const [terminal, { handle, decoder }] of terminals) {
      const bytes = handle.takeOutput();
      if (bytes.length === 0) continue;
      const data = decoder.decode(bytes, { stream: true });
      if (outputChars + data.length > MAX_OUTPUT_CHARS) truncated = true;
      else {
        outputChars += data.length;
        events.push({ kind: "output", atMs: nowMs(), terminal, data });
      }
    }
    for (const observation of world.takeObservations()) {
      if (observation.kind !== "command" || observation.phase !== "start") continue;
      for (const [terminal, { handle }] of terminals) if (handle.device === observation.tty) events.push({ kind: "command", atMs: nowMs(), terminal, line: observation.text });
    }
  };

  for (const { entry } of entries) {
    while (world.nowUs < entry.atUs) {
      world.step(Math.min(entry.atUs, world.nowUs + SLICE_US), STEPS_A_SLICE);
      collect();
      yield;
    }
    switch (entry.kind) {
      case "open": {
        const handle = world.openTerminal({ rows: entry.rows, cols: entry.cols, user: plan.user, ...(entry.machine === "" ? {} : { machine: entry.machine }) });
        terminals.set(entry.terminal, { handle, decoder: new TextDecoder() });
        events.push({ kind: "open", atMs: nowMs(), terminal: entry.terminal, title: handle.device, cols: entry.cols, rows: entry.rows });
        break;
      }
      case "input":
        terminals.get(entry.terminal)?.handle.input(entry.bytes);
        break;
      case "resize":
        terminals.get(entry.terminal)?.handle.resize(entry.rows, entry.cols);
        events.push({ kind: "resize", atMs: nowMs(), terminal: entry.terminal, cols: entry.cols, rows: entry.rows });
        break;
      case "close":
        terminals.get(entry.terminal)?.handle.hangup();
        events.push({ kind: "close", atMs: nowMs(), terminal: entry.terminal });
        break;
      case "passed":
        events.push({ kind: "step", atMs: nowMs(), verdict: { task: entry.task, passed: true } });
        break;
      default:
        break;
    }
  }
  collect();
  return { attempt, durationMs: nowMs(), truncated, events };
}
