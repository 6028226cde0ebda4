import { expect, test } from "vitest";
import { between, timelineOf } from "./timeline.ts";

const output = (atMs: number, data: string) => ({ kind: "output" as const, atMs, terminal: 1, data });
const recording = { attempt: "a", durationMs: 100_000, truncated: false, events: [output(0, "a"), output(1_000, "b"), output(61_000, "c"), output(61_500, "d")], commands: [] };

test("idle stretches are cut to two seconds, and only when wanted", () => {
  expect(timelineOf(recording, true)).toMatchObject({ events: [{ atMs: 0 }, { atMs: 1_000 }, { atMs: 3_000 }, { atMs: 3_500 }], durationMs: 5_500 });
  expect(timelineOf(recording, false)).toMatchObject({ events: [{ atMs: 0 }, { atMs: 1_000 }, { atMs: 61_000 }, { atMs: 61_500 }], durationMs: 100_000 });
});

test("forwards draws what is new, backwards draws from nothing", () => {
  const timeline = timelineOf(recording, true);
  const data = (from: number, toMs: number) => {
    const { anew, events, last } = between(timeline, from, toMs);
    return [anew, events.map(({ event }) => (event.kind === "output" ? event.data : "")).join(""), last];
  };
  expect(data(-1, 0)).toEqual([false, "a", 0]);
  expect(data(0, 3_200)).toEqual([false, "bc", 2]);
  expect(data(2, 3_200)).toEqual([false, "", 2]);
  expect(data(2, 1_500)).toEqual([true, "ab", 1]);
  expect(data(1, 99_999)).toEqual([false, "cd", 3]);
});
