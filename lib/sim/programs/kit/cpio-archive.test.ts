import fc from "fast-check";
import { expect, it } from "vitest";
import { concatBytes, S } from "../../kernel/sys.ts";
import { encodeEntry, encodeTrailer, entryBytes, parseArchive } from "./cpio-archive.ts";

it("reads back what it wrote, whatever the names and contents are", () => {
  const names = fc.string({ unit: "grapheme", minLength: 1, maxLength: 6 }).filter((name) => !name.includes("\0") && name !== "TRAILER!!!");
  const entries = fc.array(fc.record({ name: names, mode: fc.constantFrom(S.IFREG | 0o644, S.IFDIR | 0o755), mtimeSeconds: fc.nat(), nlink: fc.integer({ min: 1, max: 9 }), bytes: fc.uint8Array({ maxLength: 20 }) }), { minLength: 1, maxLength: 5 });
  fc.assert(fc.property(entries, (given) => {
    const parts = given.map((entry, number) => encodeEntry(entry, number));
    expect(parts.map((part) => part.length)).toEqual(given.map(({ name, bytes }) => entryBytes(name, bytes.length)));
    expect(parseArchive(concatBytes([...parts, encodeTrailer()]))).toEqual(given);
  }));
});
