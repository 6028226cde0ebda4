import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parsePlace, showPlace } from "./_units.ts";

const DISK = 204_800;

describe("places of parted", () => {
  test.each([
    ["1MiB", { sector: 2048, first: 2048, last: 2048, binary: true }], ["2048s", { sector: 2048, first: 2048, last: 2048, binary: false }], ["50%", { sector: 102_400, first: 101_377, last: 103_423, binary: false }], ["1", { sector: 1953, first: 977, last: 2929, binary: false }], ["-1MiB", { sector: 202_752, first: 202_752, last: 202_752, binary: true }], ["5,1,3", { sector: 80_391, first: 80_391, last: 80_391, binary: false }], ["100%", { sector: 204_799, first: 203_776, last: 204_799, binary: false }], ["x", undefined], ["1Q", undefined],
  ])("%s", (text, expected) => {
    expect(parsePlace(text, DISK, "compact")).toEqual(expected);
  });

  test.each([[2048, "1049kB"], [204_800, "105MB"], [16_777_216, "8590MB"], [41_943_040, "21.5GB"], [1, "512B"]])("%i sectors", (sectors, expected) => {
    expect(showPlace(sectors, "compact", DISK)).toBe(expected);
  });

  test("sectors come back as they were", () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: DISK - 1 }), (sector) => {
      expect(parsePlace(showPlace(sector, "s", DISK), DISK, "compact")).toEqual({ sector, first: sector, last: sector, binary: false });
    }));
  });
});
