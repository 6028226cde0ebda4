import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { KeptJournal } from "./kept-journal.ts";
import { decodeEntries, type JournalEntry } from "./journal-codec.ts";
import { MissedMessages } from "./missed-messages.ts";
import type { ServerMessage } from "./protocol.ts";

const shown = (messages: readonly ServerMessage[], terminal: number): string => messages.map((message) => (message.type === "output" && message.terminal === terminal ? message.data : "")).join("");
const others = (messages: readonly ServerMessage[]): readonly ServerMessage[] => messages.filter((message) => message.type !== "output");

describe("messages that a client missed", () => {
  it("come in order and whole, or not at all", () => {
    const message = fc.oneof({ weight: 9, arbitrary: fc.record({ terminal: fc.integer({ min: 1, max: 2 }), data: fc.string({ maxLength: 400 }) }) }, { weight: 1, arbitrary: fc.constant("resize" as const) });
    fc.assert(
      fc.property(fc.array(message, { maxLength: 600 }), fc.integer({ min: -1, max: 620 }), (given, asked) => {
        const kept = new MissedMessages();
        const sent = given.map((one, at): ServerMessage & { readonly seq: number } => (one === "resize" ? { type: "notice", code: "undone", seq: at + 1 } : { type: "output", seq: at + 1, ...one }));
        for (const one of sent) kept.push(one);
        const missed = kept.after(asked, sent.length);
        if (missed === undefined) {
          // what came last is there one by one
          expect(asked < Math.max(0, sent.length - 64) || asked > sent.length).toBe(true);
          return;
        }
        const expected = sent.filter(({ seq }) => seq > asked);
        expect([shown(missed, 1), shown(missed, 2)]).toEqual([shown(expected, 1), shown(expected, 2)]);
        expect(others(missed)).toEqual(others(expected));
        expect(missed.at(-1)).toEqual(expected.at(-1)?.type === "output" ? missed.at(-1) : expected.at(-1));
      }),
    );
  });

  it("are no more than there is room for", () => {
    const kept = new MissedMessages();
    for (let seq = 1; seq <= 1000; seq++) kept.push({ type: "output", seq, terminal: 1, data: "x".repeat(1000) });
    expect(kept.after(0, 1000)).toBeUndefined();
    expect(shown(kept.after(900, 1000) ?? [], 1)).toHaveLength(100_000);
    kept.clear();
    expect(kept.after(1000, 1000)).toEqual([]);
    expect(kept.after(999, 1000)).toBeUndefined();
  });
});

describe("the journal of a session that runs", () => {
  it("gives back what was put in", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 900 }), fc.integer({ min: 0, max: 900 }), fc.integer({ min: 1, max: 40 }), (count, first, settledEvery) => {
        const entries = Array.from({ length: count }, (_, at): JournalEntry => ({ kind: "input", atUs: at * 7, terminal: 1, bytes: Uint8Array.from([at % 256]) }));
        const journal = new KeptJournal(entries.slice(0, first));
        for (const [at, entry] of entries.slice(first).entries()) {
          journal.push(entry);
          if (at % settledEvery === 0) journal.settle();
        }
        expect([journal.length, journal.last, journal.all(), journal.from(first)]).toEqual([count, entries.at(-1), entries, entries.slice(first)]);
        expect([decodeEntries(journal.encode()), journal.from(count)]).toEqual([entries, []]);
      }),
      { numRuns: 40 },
    );
  });
});
