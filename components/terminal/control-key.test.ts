import { expect, test } from "vitest";
import { withControl } from "./control-key.ts";
import { cutInput } from "./use-workspace.ts";

test.each([
  ["c", "\x03"],
  ["C", "\x03"],
  ["]", "\x1d"],
  [" ", "\0"],
  ["é", "é"],
  ["\x1b[A", "\x1b[A"],
])("Ctrl and %j", (key, sent) => expect(withControl(key)).toBe(sent));

test("a paste is cut into messages and nothing is lost, not even half a smiley", () => {
  const text = `${"x".repeat(4_095)}😀${"y".repeat(5_000)}`;
  const parts = cutInput(text);
  expect(parts.join("")).toBe(text);
  expect(parts.map((part) => part.length)).toEqual([4_095, 4_096, 906]);
});
