import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Screen } from "./screen.ts";

const encoder = new TextEncoder();
const bytes = (text: string): Uint8Array => encoder.encode(text);

function shown(text: string, cols = 10, rows = 4): { rows: string[]; cursor: readonly [number, number] } {
  const screen = new Screen(cols, rows);
  screen.write(bytes(text));
  return { rows: screen.rows(), cursor: screen.cursor };
}

const table: readonly (readonly [name: string, input: string, rows: string[], cursor: readonly [number, number]])[] = [
  ["text and newline", "ab\r\nc", ["ab", "c", "", ""], [1, 1]],
  ["deferred wrap stays at the margin", "0123456789", ["0123456789", "", "", ""], [0, 9]],
  ["deferred wrap goes on", "0123456789x", ["0123456789", "x", "", ""], [1, 1]],
  ["carriage return undoes the wait", "0123456789\rx", ["x123456789", "", "", ""], [0, 1]],
  ["a wide character does not straddle", "012345678日", ["012345678", "日", "", ""], [1, 2]],
  ["combining marks share a cell", "e\u0301x", ["e\u0301x", "", "", ""], [0, 2]],
  ["half a wide character overwritten", "日本\x1b[2Gx", [" x本", "", "", ""], [0, 2]],
  ["scrolling", "1\r\n2\r\n3\r\n4\r\n5", ["2", "3", "4", "5"], [3, 1]],
  ["scroll region", "1\r\n2\r\n3\r\n4\x1b[2;3r\x1b[3;1H\nx", ["1", "3", "x", "4"], [2, 1]],
  ["insert and delete characters", "abcdef\x1b[3G\x1b[2@\x1b[7G\x1b[P", ["ab  cdf", "", "", ""], [0, 6]],
  ["insert line", "1\r\n2\x1b[1;1H\x1b[L", ["", "1", "2", ""], [0, 0]],
  ["erase characters", "abcdef\x1b[2G\x1b[3X", ["a   ef", "", "", ""], [0, 1]],
  ["repeat", "a\x1b[3b", ["aaaa", "", "", ""], [0, 4]],
  ["line drawing", "\x1b(0lqk\x1b(Bq", ["┌─┐q", "", "", ""], [0, 4]],
  ["1049 keeps the cursor and brings the text back", "ab\r\n\x1b[?1049hX\x1b[?1049l", ["ab", "", "", ""], [1, 0]],
  ["reverse line feed at the top", "1\x1b[H\x1bM2", ["2", "1", "", ""], [0, 1]],
  ["tabs", "a\tb", ["a       b", "", "", ""], [0, 9]],
  ["an unknown string is swallowed", "\x1bP+q436f\x1b\\a", ["a", "", "", ""], [0, 1]],
];

describe("Screen", () => {
  it.each(table)("%s", (_name, input, rows, cursor) => {
    expect(shown(input)).toEqual({ rows, cursor });
  });

  it("keeps the alternate screen's cursor where it was", () => {
    expect(shown("ab\r\n\x1b[?1049hX")).toEqual({ rows: ["", "X", "", ""], cursor: [1, 1] });
  });

  it("tells reversed columns", () => {
    const screen = new Screen(10, 2);
    screen.write(bytes("a\x1b[7mbc\x1b[27md\r\n\x1b[7m  "));
    expect(screen.reverseSpans()).toEqual([[0, 1, 2], [1, 0, 1]]);
  });

  it("answers queries", () => {
    const screen = new Screen(10, 4);
    screen.write(bytes("ab\x1b[6n\x1b[c\x1b[>c\x1b[5n"));
    expect(screen.takeReplies()).toBe("\x1b[1;3R\x1b[?1;2c\x1b[>0;276;0c\x1b[0n");
    expect(screen.takeReplies()).toBe("");
  });

  it("cuts and pads when the size changes; rows leave at the top", () => {
    const screen = new Screen(10, 4);
    screen.write(bytes("0123456789\r\n2\r\n3\r\n4"));
    screen.resize(5, 2);
    expect([screen.rows(), screen.cursor]).toEqual([["3", "4"], [1, 1]]);
    screen.resize(10, 3);
    expect([screen.rows(), screen.cursor]).toEqual([["3", "4", ""], [1, 1]]);
  });

  it("loses nothing when it becomes narrower", () => {
    const screen = new Screen(10, 4);
    screen.write(bytes("0123456789\r\nab\x1b[31mc日本de\x1b[m\r\n$ "));
    screen.fit(4, 4);
    expect([screen.scrollback.map((line) => line.toText()), screen.rows(), screen.cursor]).toEqual([["0123", "4567", "89"], ["abc", "日本", "de", "$"], [3, 2]]);
  });

  it("is rebuilt by its serialization, and does not depend on how its bytes arrive", () => {
    const piece = fc.oneof(
      fc.constantFrom(
        "a", "Z", "日", "😀", "e\u0301", " ", "\r", "\n", "\r\n", "\b", "\t", "\x0e", "\x0f", "\x1b7", "\x1b8", "\x1bM", "\x1bD", "\x1b(0", "\x1b(B", "\x1b)0", "\x1bH", "\x1b[3g", "\x1b[7m",
        "\x1b[1;31m", "\x1b[48;5;17m", "\x1b[m", "\x1b[27m", "\x1b[?1049h", "\x1b[?1049l", "\x1b[?25l", "\x1b[?1h", "\x1b[?2004h", "\x1b[?7l", "\x1b[?7h", "\x1b[4h", "\x1b[?6h", "\x1b[2;4r", "\x1b[r",
        "\x1b]0;t\x07", "\x1b=", "\x1b[?1006h", "\x1b[L", "\x1b[M", "\x1b[K", "\x1b[1K", "\x1b[J", "\x1b[S", "\x1b[T", "\x1b[3b",
      ),
      fc.tuple(fc.constantFrom("A", "B", "C", "D", "G", "d", "X", "P", "@"), fc.integer({ min: 1, max: 12 })).map(([final, n]) => `\x1b[${n}${final}`),
      fc.tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 13 })).map(([row, col]) => `\x1b[${row};${col}H`),
      fc.string({ minLength: 1, maxLength: 15 }),
    );
    const state = (screen: Screen): unknown => ({
      rows: screen.lines, hidden: screen.hiddenLines, scrollback: screen.scrollback, cursor: screen.cursor, wrapPending: screen.wrapPending, style: screen.style, top: screen.top,
      bottom: screen.bottom, tabs: [...screen.tabs].sort((a, b) => a - b), modes: screen.modes, lineDrawing: screen.lineDrawing, shiftOut: screen.shiftOut, title: screen.title, saved: screen.saved,
    });
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const screen = new Screen(11, 5);
        screen.write(bytes(pieces.join("")));
        const copy = new Screen(11, 5);
        copy.write(bytes(screen.serialize()));
        expect(state(copy)).toEqual(state(screen));
        const slow = new Screen(11, 5);
        for (const byte of bytes(pieces.join(""))) slow.write(Uint8Array.of(byte));
        expect(state(slow)).toEqual(state(screen));
      }),
      { numRuns: 400 },
    );
  });
});
