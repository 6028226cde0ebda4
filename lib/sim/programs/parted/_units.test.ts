import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parsePlace, showPlace } from "./_units.ts";

const DISK = 204_800;

describe("places of parted", () => {
  test.each([
    ["1MiB", { sector: 2048, exact: true }], ["2048s", { sector: 2048, exact: true }], ["50%", { sector: 102_400, exact: false }], ["1", { sector: 1953, exact: false }], ["-1MiB", { sector: 202_752, exact: true }], ["x", undefined], ["1Q", undefined],
  ])("%s", (text, expected) => {
    expect(parsePlace(text, DISK, "compact")).toEqual(expected);
  });

  test.each([[2048, "1049kB"], [204_800, "105MB"], [16_777_216, "8590MB"], [41_943_040, "21.5GB"], [1, "512B"]])("%i sectors", (sectors, expected) => {
    expect(showPlace(sectors, "compact", DISK)).toBe(expected);
  });

  test("sectors come back as they were", () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: DISK }), (sector) => {
      expect(parsePlace(showPlace(sector, "s", DISK), DISK, "compact")).toEqual({ sector, exact: true });
    }));
  });
});
