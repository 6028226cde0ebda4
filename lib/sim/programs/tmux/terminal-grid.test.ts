import { describe, expect, it } from "vitest";
import * as fc from "fast-check";
import { encode } from "../../kernel/sys.ts";
import { TerminalGrid } from "./_terminal-grid.ts";

const shown = (rows: number, columns: number, ...parts: string[]): string[] => {
  const grid = new TerminalGrid(rows, columns);
  for (const part of parts) grid.feed(encode(part));
  return Array.from({ length: rows }, (_, row) => grid.rowText(row));
};

describe("TerminalGrid", () => {
  it.each([
    ["wraps at the edge and scrolls", ["abcdef\r\n1\r\n2"], ["ef", "1", "2"]],
    ["puts the cursor", ["\u001b[2;3HX"], ["", "  X", ""]],
    ["erases to the end of the line", ["abc\u001b[2D\u001b[K"], ["a", "", ""]],
    ["scrolls inside of a region", ["a\r\nb\r\nc\u001b[1;2r\u001b[2;1H\n"], ["b", "", "c"]],
    ["inserts and deletes lines", ["a\r\nb\u001b[1;1H\u001b[L"], ["", "a", "b"]],
    ["inserts and deletes characters", ["abcd\u001b[1;2H\u001b[P\u001b[@"], ["a cd", "", ""]],
    ["comes back from the alternate screen", ["old\u001b[?1049hnew\u001b[?1049l"], ["old", "", ""]],
    ["draws lines", ["\u001b(0qx\u001b(B"], ["─│", "", ""]],
  ] as const)("%s", (_, parts, expected) => {
    expect(shown(3, 4, ...parts)).toEqual(expected);
  });

  it("takes characters that come in pieces", () => {
    const grid = new TerminalGrid(1, 10);
    for (const byte of encode("é€")) grid.feed(Uint8Array.of(byte));
    expect(grid.rowText(0)).toBe("é€");
  });

  it("keeps its size whatever is written", () => {
    fc.assert(fc.property(fc.array(fc.oneof(fc.string(), fc.constantFrom("\u001b[", "\u001b[5;5H", "\u001b[2J", "\u001b[?1049h", "\u001b[3;1r", "\u001bM", "\u001b[9999L", "\n", "漢", "\u001b[4P", "\u001b[999@"))), (parts) => {
      const grid = new TerminalGrid(4, 7);
      for (const part of parts) grid.feed(encode(part));
      expect(grid.cells.map((line) => line.length)).toEqual([7, 7, 7, 7]);
      expect(grid.cursor.row >= 0 && grid.cursor.row < 4 && grid.cursor.column >= 0 && grid.cursor.column < 7).toBe(true);
    }));
  });
});
