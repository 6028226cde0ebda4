import { expect, test } from "vitest";
import { PlainOutput } from "./plain-output.ts";

const encoder = new TextEncoder();

function read(text: string, cols = 20, rows = 5): string {
  const output = new PlainOutput(cols, rows);
  output.write(encoder.encode(text));
  return output.text();
}

test.each([
  ["colours", "\x1b[1;31mred\x1b[0m plain\r\n", "red plain"],
  ["blank lines inside stay, at the end they go", "a\r\n\r\nb  \r\n\r\n", "a\n\nb"],
  ["a progress bar leaves its last state", "10 %\r50 %\rdone\x1b[K\r\n", "done"],
  ["lines that are drawn again", "one: 1\r\ntwo: 1\r\n\x1b[2A\x1b[2Kone: 2\r\n\x1b[1B", "one: 2\ntwo: 1"],
  ["wrapped lines are whole", `${"x".repeat(25)}\r\ny`, `${"x".repeat(25)}\ny`],
  ["exactly the width", `${"x".repeat(20)}\r\ny`, `${"x".repeat(20)}\ny`],
  ["tabs", "a\tb", "a       b"],
  ["backspace", "ab\b \b\bc", "c"],
  ["wide and combining characters", "日本\bx e\u0301", "日 x e\u0301"],
  ["the alternate screen leaves nothing", "before\r\n\x1b[?1049h\x1b[2Jeditor\x1b[?1049lafter", "before\nafter"],
  ["clear", "a\r\nb\r\n\x1b[H\x1b[2J\x1b[3Jc", "c"],
  ["a title is not text", "\x1b]0;title\x07text", "text"],
])("%s", (_name, input, expected) => expect(read(input)).toBe(expected));

test("much output keeps its end", () => {
  const output = new PlainOutput(80, 24);
  for (let line = 0; line < 50_000; line++) output.write(encoder.encode(`line ${line}\r\n`));
  const text = output.text();
  expect(text.endsWith("line 49998\nline 49999")).toBe(true);
  expect(output.truncated).toBe(true);
  expect(text.length).toBeLessThanOrEqual(20_000);
});
