import fc from "fast-check";
import { expect, test } from "vitest";
import { moveTimes, parseTime, rfc3339 } from "./human.ts";

// 0.008072 × 1 000 000 is a little less than 8072: the boot of a host whose docker began at such a time could not be kept
test("a time is read to the microsecond", () => {
  expect(parseTime("2037-01-01T00:00:30.008072Z")).toBe(2_114_380_830_008_072);
  expect(parseTime("2037-01-01T00:00:30.00807254Z")).toBe(2_114_380_830_008_072);
  expect(parseTime("0001-01-01T00:00:00Z")).toBe(0);
  fc.assert(fc.property(fc.integer({ min: 1, max: 4_000_000_000_000_000 }), (us) => parseTime(rfc3339(us)) === us));
});

test("times from a moment on are moved, older ones stay", () => {
  expect(moveTimes('{"a":"2037-01-01T00:00:30.008072Z","b":"2026-11-21T20:58:00Z"}', 2_114_380_800_000_000, -1_000_000)).toBe('{"a":"2037-01-01T00:00:29.008072Z","b":"2026-11-21T20:58:00Z"}');
});
