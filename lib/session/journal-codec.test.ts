import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeEntries, encodeEntries, type JournalEntry, JournalDamaged, resolveUndo } from "./journal-codec.ts";

const number = fc.nat(10_000);
const body = fc.oneof(
  fc.record({ kind: fc.constant("begin" as const), host: fc.string(), user: fc.string(), epochUs: fc.nat(2 ** 31 - 1).map((n) => n * 1_000_000), seed: fc.nat() }),
  fc.record({ kind: fc.constant("open" as const), terminal: number, rows: number, cols: number, machine: fc.string({ unit: "grapheme" }) }),
  fc.record({ kind: fc.constant("input" as const), terminal: number, bytes: fc.uint8Array({ maxLength: 300 }).map((bytes) => Uint8Array.from(bytes)) }),
  fc.record({ kind: fc.constant("resize" as const), terminal: number, rows: number, cols: number }),
  fc.record({ kind: fc.constant("close" as const), terminal: number }),
  fc.record({ kind: fc.constant("advance" as const) }),
  fc.record({ kind: fc.constant("passed" as const), task: fc.string() }),
  fc.record({ kind: fc.constant("undo" as const), terminal: number, from: number }),
  fc.record({
    kind: fc.constant("write" as const), machine: fc.string(), user: fc.string(), path: fc.string({ unit: "grapheme" }), isNew: fc.boolean(),
    bytes: fc.uint8Array({ maxLength: 3_000 }).map((bytes) => Uint8Array.from(bytes)),
  }),
);
const journal = fc.array(fc.tuple(fc.nat(5_000_000_000), body)).map((rows) => {
  let atUs = 0;
  return rows.map(([delta, entry]): JournalEntry => ({ ...entry, atUs: (atUs += delta) }));
});

describe("journal entries", () => {
  it("come back as they were written", () => {
    fc.assert(
      fc.property(journal, (entries) => {
        expect(decodeEntries(encodeEntries(entries))).toEqual(entries);
      }),
    );
  });

  it("cut short are refused, never misread as whole", () => {
    const bytes = encodeEntries([{ kind: "input", atUs: 5, terminal: 1, bytes: Uint8Array.from([104, 105]) }]);
    for (let length = 1; length < bytes.length; length++) expect(() => decodeEntries(bytes.subarray(0, length))).toThrow(JournalDamaged);
    expect(() => decodeEntries(Uint8Array.from([99, 0]))).toThrow(JournalDamaged);
  });

  it("undo takes back one terminal's inputs from an entry on", () => {
    const at = (atUs: number, terminal: number): JournalEntry => ({ kind: "input", atUs, terminal, bytes: Uint8Array.from([65]) });
    const entries: JournalEntry[] = [at(1, 1), at(2, 2), at(3, 1), { kind: "advance", atUs: 4 }, at(5, 2), { kind: "undo", atUs: 6, terminal: 1, from: 2 }, at(7, 1)];
    expect(resolveUndo(entries).map((numbered) => numbered.index)).toEqual([0, 1, 3, 4, 6]);
  });
});
