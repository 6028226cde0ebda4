import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { EscapeParser } from "./escape-sequences.ts";

function events(chunks: readonly Uint8Array[]): string[] {
  const seen: string[] = [];
  const parser = new EscapeParser({
    print: (code) => seen.push(`print ${code}`),
    printAscii: (bytes, start, end) => { for (const byte of bytes.subarray(start, end)) seen.push(`print ${byte}`); },
    control: (code) => seen.push(`control ${code}`),
    escape: (intermediates, final) => seen.push(`escape ${intermediates}${final}`),
    csi: (prefix, parameters, intermediates, final) => seen.push(`csi ${prefix}[${parameters.join(",")}]${intermediates}${final}`),
    osc: (text) => seen.push(`osc ${text}`),
  });
  for (const chunk of chunks) parser.feed(chunk);
  return seen;
}

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

describe("escape sequences", () => {
  test.each([
    ["\x1b[m", ["csi []m"]],
    ["\x1b[0m", ["csi [0]m"]],
    ["\x1b[;5H", ["csi [-1,5]H"]],
    ["\x1b[5;H", ["csi [5,-1]H"]],
    ["\x1b[;;m", ["csi [-1,-1,-1]m"]],
    ["\x1b[01;32mls\x1b[K", ["csi [1,32]m", "print 108", "print 115", "csi []K"]],
    ["\x1b[38;5;208;1m", ["csi [38,5,208,1]m"]],
    ["\x1b[123456789C", ["csi [65535]C"]],
    ["\x1b[?2004h", ["csi ?[2004]h"]],
    ["\x1b[4:3m", ["csi [4]m"]],
    ["\x1b[2 q", ["csi [2] q"]],
    ["\x1b[1\r2A", ["control 13", "csi [12]A"]],
    ["\x1b]0;title\x07", ["osc 0;title"]],
  ])("%j", (text, expected) => {
    expect(events([bytesOf(text)])).toEqual(expected);
  });

  test("nothing depends on where the input is cut", () => {
    const piece = fc.oneof(
      fc.constantFrom("\x1b[", "\x1b", "m", "H", ";", "12", "0", "?", ":", " ", "\r", "\n", "ab", "é", "\x1b]0;t\x07", "\x1b(B", "\x7f", "\x18"),
      fc.nat(99999).map((value) => `\x1b[${value}m`),
    );
    fc.assert(fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
      const bytes = bytesOf(pieces.join(""));
      expect(events([...bytes].map((byte) => Uint8Array.of(byte)))).toEqual(events([bytes]));
    }));
  });
});
