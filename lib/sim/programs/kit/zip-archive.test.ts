// Archives come back as they went in; other bytes are refused, not fatal.
import fc from "fast-check";
import { expect, test } from "vitest";
import { crc32 } from "./compression/crc32.ts";
import { packEntry, parseZip, unpackEntry, type ZipEntry, zipBytes, zipDecrypt, zipEncrypt } from "./zip-archive.ts";
import { UTC } from "./zones.ts";

const sys = { charge: () => false, *preempt() {} };

function finished<T>(body: Generator<unknown, T, void>): T {
  for (;;) {
    const step = body.next();
    if (step.done === true) return step.value;
  }
}

test("there and back", () => {
  fc.assert(fc.property(fc.array(fc.tuple(fc.stringMatching(/^[a-zé/]{1,12}$/), fc.uint8Array({ maxLength: 3000 }), fc.nat(9), fc.integer({ min: 400_000_000, max: 2_000_000_000 })), { maxLength: 5 }), fc.boolean(), (files, secret) => {
    const entries = files.map(([name, bytes, level, seconds]): ZipEntry => {
      const { method, data } = finished(packEntry(sys, bytes, level));
      const crc = crc32(bytes);
      const stored = secret ? zipEncrypt("pw", data, crc >>> 24, (length) => new Uint8Array(length).fill(7)) : data;
      return { name, method, flags: secret ? 1 : 0, crc, packedBytes: stored.length, sizeBytes: bytes.length, modifiedSeconds: seconds, mode: 0o100644, text: false, versionMade: 30, system: 3, hasExtra: true, comment: "", data: stored, check: crc >>> 24 };
    });
    const archive = parseZip(zipBytes(entries, UTC));
    expect(archive?.entries.map(({ name, modifiedSeconds, mode }) => [name, modifiedSeconds, mode])).toEqual(files.map(([name, , , seconds]) => [name, seconds, 0o100644]));
    for (const [i, entry] of (archive?.entries ?? []).entries()) {
      const data = secret ? zipDecrypt("pw", entry) : entry.data;
      expect(finished(unpackEntry(sys, entry, data ?? new Uint8Array(0)))).toEqual(files[i]?.[1]);
    }
  }), { numRuns: 60 });
});

test("any bytes", () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
    parseZip(bytes);
    parseZip(Uint8Array.from([0x50, 0x4b, 1, 2, ...bytes, 0x50, 0x4b, 5, 6, 0, 0, 0, 0, 1, 0, 1, 0, 46, 0, 0, 0, 0, 0, 0, 0, 0, 0]));
  }));
});
