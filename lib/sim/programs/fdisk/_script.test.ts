import { describe, expect, test } from "vitest";
import { Script } from "./_script.ts";
import { parseSize } from "./_talk.ts";

const usual = { startDefault: true, endDefault: true, indexDefault: true };
const linux = { type: "83", name: "Linux" };

describe("sfdisk's input", () => {
  test.each([
    [",40M,L", { ...usual, endDefault: false, size: 81920, sizeExplicit: false, type: linux }],
    ["2048 81920 83 *", { ...usual, startDefault: false, start: 2048, endDefault: false, size: 81920, sizeExplicit: true, type: linux, boot: true }],
    [",+", { ...usual, resize: "enlarge" }],
    ["start=2048, size=4096, type=83, bootable", { ...usual, startDefault: false, start: 2048, endDefault: false, size: 4096, sizeExplicit: true, type: linux, boot: true }],
    ["/dev/loop0p2 : start=        2048, size=       81920, type=82", { ...usual, indexDefault: false, index: 1, startDefault: false, start: 2048, endDefault: false, size: 81920, sizeExplicit: true, type: { type: "82", name: "Linux swap / Solaris" } }],
    ['size=10M, name="my disk", uuid=ab', { ...usual, endDefault: false, size: 20480, sizeExplicit: false, name: "my disk", uuid: "ab" }],
  ])("%s", (line, expected) => {
    const script = new Script(512);
    expect(script.read(line)).toBe("partition");
    expect(script.partitions).toEqual([expected]);
  });

  test("heads, and lines that are none", () => {
    const script = new Script(512);
    expect(["label: gpt", "unit: sectors", "colour: red", "hello world", ",1M", ",x"].map((line) => script.read(line))).toEqual(["head", "head", "unknown head", "bad", "partition", "bad"]);
    expect([...script.heads]).toEqual([["label", "gpt"], ["unit", "sectors"]]);
  });

  test.each([["2048", 2048, false], ["1M", 1048576, true], ["1MiB", 1048576, true], ["1MB", 1000000, true], ["1.5K", 1536, true], ["0x10", 16, false]])("%s", (text, value, scaled) => {
    expect(parseSize(text)).toEqual({ value, scaled });
  });
});
