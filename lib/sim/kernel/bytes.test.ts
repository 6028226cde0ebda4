import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { concatBytes, decode, encode, encodedLength, StreamDecoder } from "./bytes.ts";

describe("bytes", () => {
  test("any bytes come back", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      expect([...encode(decode(bytes))]).toEqual([...bytes]);
    }));
  });
  test("valid text is decoded as TextDecoder does", () => {
    fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 40 }), (text) => {
      const bytes = new TextEncoder().encode(text);
      expect([...encode(text)]).toEqual([...bytes]);
      expect(decode(bytes)).toBe(text);
      expect(encodedLength(text)).toBe(bytes.length);
    }));
  });
  test("long text across chunk borders", () => {
    for (const shift of [0, 1, 2, 3]) {
      const text = "a".repeat(8190 + shift) + "é€😀".repeat(5000);
      expect(decode(encode(text)) === text).toBe(true);
    }
  });
  test("invalid sequences become one escape a byte", () => {
    const table: [number[], string][] = [
      [[0xff], "\udcff"], [[0xc0, 0x80], "\udcc0\udc80"], [[0xed, 0xa0, 0x80], "\udced\udca0\udc80"], [[0xe2, 0x82], "\udce2\udc82"],
      [[0x41, 0xe9, 0x42], "A\udce9B"], [[0xf4, 0x90, 0x80, 0x80], "\udcf4\udc90\udc80\udc80"],
    ];
    for (const [bytes, text] of table) expect(decode(Uint8Array.from(bytes))).toBe(text);
  });
  test("a stream in any pieces gives the text of the whole", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 30 }), fc.string({ unit: "binary" }), fc.array(fc.integer({ min: 1, max: 5 })), (noise, text, cuts) => {
      const bytes = concatBytes([noise, encode(text), noise]);
      const decoder = new StreamDecoder();
      let out = "";
      let at = 0;
      for (const cut of cuts) {
        out += decoder.push(bytes.subarray(at, at + cut));
        at += cut;
      }
      out += decoder.push(bytes.subarray(at)) + decoder.end();
      expect([...encode(out)]).toEqual([...bytes]);
      if (noise.length === 0) expect(out).toBe(text);
    }));
  });
});
