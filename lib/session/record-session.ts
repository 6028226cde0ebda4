// An instructor's replay: the journal run again, with what every terminal printed at its virtual time.

import type { World, WorldTerminal } from "../sim/world/world.ts";
import { CommandLog } from "./command-log.ts";
import type { ActivityPlan } from "./activity-tasks.ts";
import type { NumberedEntry } from "./journal-codec.ts";
import type { Recording, RecordingEvent } from "./protocol-recording.ts";

const MAX_OUTPUT_CHARS = 8 * 1024 * 1024;
const STEPS_A_SLICE = 5_000;
/** Silence longer than this is shown as this: nobody wants to watch a lunch break. The jump list keeps the order. */
const SLICE_US = 100_000;
const LAST_WORDS_US = 1_000_000;

/** A generator so that a worker can go on serving others: one `next()` runs one slice. */
export function* recordSession(attempt: string, plan: ActivityPlan, world: World, entries: readonly NumberedEntry[]): Generator<void, Recording, void> {
  const events: RecordingEvent[] = [];
  const terminals = new Map<number, { handle: WorldTerminal; decoder: TextDecoder; shown: Uint8Array[] }>();
  const log = new CommandLog();
  let outputChars = 0;
  let truncated = false;
  const nowMs = () => Math.round(world.nowUs / 1000);

  const collect = () => {
    for (const [terminal, { handle, decoder, shown }] of terminals) {
      if (handle.closed) log.closeTerminal(terminal, world.nowUs);
      let data = "";
      for (const bytes of shown.splice(0)) data += decoder.decode(bytes, { stream: true });
      if (data === "") continue;
      if (outputChars + data.length > MAX_OUTPUT_CHARS) truncated = true;
      else {
        outputChars += data.length;
        events.push({ kind: "output", atMs: nowMs(), terminal, data });
      }
    }
    for (const { observation, by } of world.takeObservations()) {
      if (observation.kind !== "command" || observation.phase !== "start") continue;
      for (const [terminal, { handle }] of terminals) if (handle.device === by.terminal) events.push({ kind: "command", atMs: nowMs(), terminal, line: observation.text });
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
        const number = entry.terminal;
        const shown: Uint8Array[] = [];
        let device = "";
        const handle = world.openTerminal({
          rows: entry.rows, cols: entry.cols, user: plan.user, ...(entry.machine === "" ? {} : { machine: entry.machine }),
          onEvent: (event) => {
            if (event.kind === "output") {
              const bytes = event.bytes.slice();
              shown.push(bytes);
              log.output(number, bytes);
            } else if (event.observation.kind === "command" && event.by.terminal === device) log.observed(number, event.by.pid, event.observation, world.nowUs);
          },
        });
        device = handle.device;
        terminals.set(number, { handle, decoder: new TextDecoder(), shown });
        log.openTerminal(number, entry.cols, entry.rows);
        events.push({ kind: "open", atMs: nowMs(), terminal: entry.terminal, title: handle.device, cols: entry.cols, rows: entry.rows });
        break;
      }
      case "input":
        terminals.get(entry.terminal)?.handle.input(entry.bytes);
        break;
      case "resize":
        terminals.get(entry.terminal)?.handle.resize(entry.rows, entry.cols);
        log.resize(entry.terminal, entry.cols, entry.rows);
        events.push({ kind: "resize", atMs: nowMs(), terminal: entry.terminal, cols: entry.cols, rows: entry.rows });
        break;
      case "close":
        terminals.get(entry.terminal)?.handle.hangup();
        log.closeTerminal(entry.terminal, world.nowUs);
        events.push({ kind: "close", atMs: nowMs(), terminal: entry.terminal });
        break;
      case "passed":
        events.push({ kind: "step", atMs: nowMs(), verdict: { task: entry.task, passed: true } });
        break;
      case "write":
        world.writeFile(entry);
        break;
      default:
        break;
    }
  }
  collect();
  // What the last input started, as far as it was quick.
  for (const endUs = world.nowUs + LAST_WORDS_US; world.nowUs < endUs && !world.idle; ) {
    world.step(Math.min(endUs, world.nowUs + SLICE_US), STEPS_A_SLICE);
    collect();
    yield;
  }
  return { attempt, durationMs: nowMs(), truncated, events, commands: [...log.all()] };
}
