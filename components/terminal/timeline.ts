// A recording as the player sees it: its times, with idle stretches cut short when wanted, and what to draw between two of them.
import type { Recording, RecordingEvent } from "../../lib/session/protocol-recording.ts";

const longestIdleMs = 2_000;

export interface Timed {
  readonly atMs: number;
  readonly event: RecordingEvent;
}

export interface Timeline {
  readonly events: readonly Timed[];
  readonly durationMs: number;
}

export function timelineOf(recording: Recording, skipIdle: boolean): Timeline {
  let cutMs = 0;
  let beforeMs = 0;
  const events = recording.events.map((event) => {
    const idleMs = event.atMs - beforeMs;
    if (skipIdle && idleMs > longestIdleMs) cutMs += idleMs - longestIdleMs;
    beforeMs = event.atMs;
    return { atMs: event.atMs - cutMs, event };
  });
  const tailMs = Math.max(0, recording.durationMs - beforeMs);
  const last = events.at(-1)?.atMs ?? 0;
  return { events, durationMs: last + (skipIdle ? Math.min(tailMs, longestIdleMs) : tailMs) };
}

/** What must be drawn to go from one event (exclusive; -1 for nothing yet) to the state at a time. Going back starts from nothing. */
export function between(timeline: Timeline, from: number, toMs: number): { readonly anew: boolean; readonly events: readonly Timed[]; readonly last: number } {
  let last = timeline.events.findIndex((one) => one.atMs > toMs);
  last = (last === -1 ? timeline.events.length : last) - 1;
  if (last >= from) return { anew: false, events: timeline.events.slice(from + 1, last + 1), last };
  return { anew: true, events: timeline.events.slice(0, last + 1), last };
}
