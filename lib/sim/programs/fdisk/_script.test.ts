import { describe, expect, test } from "vitest";
import { parseScript, scriptSectors } from "./_script.ts";

const fields = { number: undefined, start: "", size: "", type: "", bootable: false, uuid: "", name: "" };

describe("sfdisk's input", () => {
  test.each([
    [",40M,L", { ...fields, size: "40M", type: "L" }],
    ["2048 81920 83 *", { ...fields, start: "2048", size: "81920", type: "83", bootable: true }],
    [",+", { ...fields, size: "+" }],
    ["start=2048, size=4096, type=83, bootable", { ...fields, start: "2048", size: "4096", type: "83", bootable: true }],
    ["/dev/loop0p2 : start=        2048, size=       81920, type=82", { ...fields, number: 2, start: "2048", size: "81920", type: "82" }],
    ['size=10M, name="my disk", uuid=ab', { ...fields, size: "10M", name: "my disk", uuid: "AB" }],
  ])("%s", (line, expected) => {
    expect(parseScript(line)).toEqual({ heads: new Map(), lines: [expected] });
  });

  test("heads, comments and empty lines", () => {
    expect(parseScript("label: gpt\n# two of them\n\nunit: sectors\n,1M\n")).toEqual({ heads: new Map([["label", "gpt"], ["unit", "sectors"]]), lines: [{ ...fields, size: "1M" }] });
  });

  test("a line that cannot be read is named", () => {
    expect(parseScript("label: dos\nhello world\n")).toBe(2);
  });

  test.each([["2048", 2048], ["1M", 2048], ["1MiB", 2048], ["1MB", 1953], ["+", undefined], ["", undefined]])("%s in sectors", (text, sectors) => {
    expect(scriptSectors(text)).toBe(sectors);
  });
});
