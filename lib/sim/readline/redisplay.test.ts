import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Screen } from "../../session/screen.ts";
import { type DisplayView, layout } from "./layout.ts";
import { Redisplay } from "./redisplay.ts";
import { nextCharacter } from "./text-motion.ts";

const encoder = new TextEncoder();

function draw(screen: Screen, display: Redisplay, view: DisplayView): void {
  display.show(view);
  // the line discipline turns a line feed into carriage return and line feed
  screen.write(encoder.encode(display.take().replaceAll(/\r?\n/g, "\r\n")));
}

const view = (text: string, point = text.length, prompt = "$ "): DisplayView => ({ prompt, text, point, region: undefined });

describe("Redisplay", () => {
  it("changes one picture into any other as if it were drawn afresh", () => {
    const character = fc.constantFrom("a", "b", " ", "日", "😀", "e\u0301", "\t", "\x01", "\n", "\udc80");
    const line = fc.array(character, { maxLength: 40 }).map((characters) => characters.join(""));
    const anyView = fc.tuple(line, fc.nat(40), fc.constantFrom("$ ", "\x01\x1b[1m\x02ok\x01\x1b[m\x02> ", "(search)`x': ", "日"), fc.boolean()).map(([text, at, prompt, reversed]) => {
      const starts = [0];
      for (let index = 0; index < text.length; index = nextCharacter(text, index)) starts.push(nextCharacter(text, index));
      const point = starts[at % starts.length] ?? 0;
      return { prompt, text, point, region: reversed ? ([0, point] as const) : undefined };
    });
    fc.assert(
      fc.property(fc.array(anyView, { minLength: 1, maxLength: 6 }), (views) => {
        const screen = new Screen(12, 30);
        const display = new Redisplay(12);
        for (const each of views) draw(screen, display, each);
        const fresh = new Screen(12, 30);
        const last = views.at(-1);
        if (last) draw(fresh, new Redisplay(12), last);
        expect([screen.rows(), screen.cursor, screen.reverseSpans()]).toEqual([fresh.rows(), fresh.cursor, fresh.reverseSpans()]);
      }),
      { numRuns: 500 },
    );
  });

  it("goes to the next row when the text has filled one", () => {
    const screen = new Screen(10, 4);
    const display = new Redisplay(10);
    draw(screen, display, view("1234567"));
    draw(screen, display, view("12345678"));
    expect(screen.cursor).toEqual([1, 0]);
    draw(screen, display, view("12345678", 0));
    draw(screen, display, view("12345678"));
    expect(screen.cursor).toEqual([1, 0]);
    draw(screen, display, view("123456789"));
    expect([screen.rows(), screen.cursor]).toEqual([["$ 12345678", "9", "", ""], [1, 1]]);
  });

  it("goes below all rows at the end", () => {
    const screen = new Screen(10, 4);
    const display = new Redisplay(10);
    draw(screen, display, view("12345678901234", 0));
    display.finish();
    screen.write(encoder.encode(display.take()));
    expect(screen.cursor).toEqual([2, 0]);
  });
});

describe("layout", () => {
  it("moves a wide character that would straddle the margin", () => {
    const { rows, cursorRow, cursorCol } = layout(view("1234567日", 7), 10);
    expect([rows.map((row) => row.map((unit) => unit.raw).join("")), cursorRow, cursorCol]).toEqual([["$ 1234567 ", "日"], 1, 0]);
  });
});
