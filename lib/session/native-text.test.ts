import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { decode, encode, useNativeText } from "../sim/world/text.ts";
import { nodeText } from "./native-text.ts";

afterEach(() => useNativeText(nodeText));

function without<T>(work: () => T): T {
  useNativeText(undefined);
  try {
    return work();
  } finally {
    useNativeText(nodeText);
  }
}

const pieces = fc.oneof(
  fc.uint8Array({ maxLength: 200 }), fc.string({ unit: "binary", maxLength: 40 }).map((text) => new TextEncoder().encode(text)), fc.string({ maxLength: 100 }).map((text) => new TextEncoder().encode(text)),
  fc.constantFrom(new Uint8Array([0xef, 0xbf, 0xbd]), new Uint8Array([0xef, 0xbb, 0xbf]), new Uint8Array([0xed, 0xa0, 0x80]), new Uint8Array(9000).fill(65)),
);

describe("text by Node", () => {
  it("is what the simulation makes by itself, for any bytes", () => {
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 5 }), (parts) => {
        const bytes = new Uint8Array(parts.flatMap((part) => [...part]));
        const text = decode(bytes);
        expect(text).toBe(without(() => decode(bytes)));
        expect([...encode(text)]).toEqual([...bytes]);
      }),
    );
  });

  it("gives the same bytes for any text, lone surrogates too", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string({ maxLength: 300 }), fc.string({ unit: "binary", maxLength: 300 }), fc.constantFrom("\ud800", "\udc80", "\udfff", "é", "€", "\ufffd")), { maxLength: 6 }), (parts) => {
        const text = parts.join("");
        expect([...encode(text)]).toEqual([...without(() => encode(text))]);
      }),
    );
  });
});
