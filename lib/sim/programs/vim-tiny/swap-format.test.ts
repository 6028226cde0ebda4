import fc from "fast-check";
import { expect, test } from "vitest";
import { decode, encode } from "../../kernel/sys.ts";
import { decodeFacts, decodeLines, encodeSwap, type SwapFacts } from "./_swap-format.ts";

const facts: SwapFacts = { user: "student", host: "debian", file: "~student/n.txt", pid: 4711, inode: 131_073, mtime: 1_795_295_340, modified: true, dos: false };

test("what is written comes back", () => {
  fc.assert(fc.property(fc.array(fc.stringMatching(/^[^\n]*$/), { minLength: 1, maxLength: 400 }), (lines) => {
    const clean = lines.map((line) => decode(encode(line)).replaceAll("\0", "x"));
    const bytes = encodeSwap(facts, clean);
    expect(bytes.length % 4096).toBe(0);
    expect(decodeFacts(bytes)).toEqual(facts);
    expect(decodeLines(bytes)).toEqual(clean);
  }), { numRuns: 50 });
});

test("a file of many lines has several blocks, one of long lines a block of several pages", () => {
  const many = Array.from({ length: 30_000 }, (_, i) => `line ${i}`);
  expect(decodeLines(encodeSwap(facts, many))).toEqual(many);
  const long = ["x".repeat(20_000), "y"];
  expect(decodeLines(encodeSwap(facts, long))).toEqual(long);
});

test("block 0 as file(1) and vim -r read it", () => {
  const bytes = encodeSwap(facts, []);
  expect(bytes.length).toBe(12_288);
  expect(decode(bytes.subarray(0, 9))).toBe("b0VIM 9.0");
  expect([...bytes.subarray(24, 28)]).toEqual([0x67, 0x12, 0, 0]);
  expect(decode(bytes.subarray(108, 122))).toBe("~student/n.txt");
  expect(bytes[1007]).toBe(0x55);
  expect(decodeLines(bytes)).toBeUndefined();
  expect(decodeFacts(new Uint8Array(4096))).toBeUndefined();
});
