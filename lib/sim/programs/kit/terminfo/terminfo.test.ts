import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compileEntry, readCompiledEntry } from "./compiled-entry.ts";
import { emptyEntry } from "./entry.ts";
import { entryText, escapeCapability } from "./entry-text.ts";
import { parseEntries, resolveEntry, unescapeCapability } from "./entry-source.ts";
import { expandCapability, withoutPadding } from "./parameters.ts";

// tput and infocmp of ncurses 6.4 gave these
test.each([
  ["\x1b[%i%p1%d;%p2%dH", [3, 4], "\x1b[4;5H"],
  ["\x1bY%p1%' '%+%c%p2%' '%+%c", [3, 4], "\x1bY#$"],
  ["\x1b[%?%p1%{8}%<%t3%p1%d%e%p1%{16}%<%t9%p1%{8}%-%d%e38;5;%p1%d%;m", [1], "\x1b[31m"],
  ["\x1b[%?%p1%{8}%<%t3%p1%d%e%p1%{16}%<%t9%p1%{8}%-%d%e38;5;%p1%d%;m", [9], "\x1b[91m"],
  ["\x1b[%?%p1%{8}%<%t3%p1%d%e%p1%{16}%<%t9%p1%{8}%-%d%e38;5;%p1%d%;m", [200], "\x1b[38;5;200m"],
  ["\x1b]4;%p1%d;rgb:%p2%{255}%*%{1000}%/%2.2X", [1, 1000], "\x1b]4;1;rgb:FF"],
  ["%p1%c\x1b[%p2%{1}%-%db", [65, 5], "A\x1b[4b"],
])("%j with %j", (text, parameters, expected) => {
  expect(expandCapability(text, parameters)).toBe(expected);
});

test("padding is not written", () => {
  expect(withoutPadding("\x1b[H\x1b[J$<50>\x1b[5m$<2/>")).toBe("\x1b[H\x1b[J\x1b[5m");
});

describe("a source", () => {
  const source = "base|a base,\n\tam, cols#80, bel=^G, kf1=\\EOP,\nmine|other|my own,\n\tam@, colors#0x100, kf1=x\\,y, XX=1,\n\tuse=base,\n";

  test("with use= and a name that only it knows", () => {
    const { entries, problems } = parseEntries(source, true);
    const [base, mine] = entries;
    expect(problems).toEqual([]);
    if (base === undefined || mine === undefined) throw new Error("two entries");
    const entry = resolveEntry(mine, () => resolveEntry(base, () => undefined));
    expect([...entry.booleans, ...entry.numbers, ...entry.strings]).toEqual([["colors", 256], ["cols", 80], ["kf1", "x,y"], ["XX", "1"], ["bel", "\x07"]]);
  });

  test("mistakes have their places", () => {
    expect(parseEntries("my|my terminal,\n\tam=3, cols=80, foo,\n", false).problems.map(({ place, text }) => `${place}: ${text}`)).toEqual([
      "line 2, col 13: wrong type used for boolean capability 'am'",
      "line 2, col 22: wrong type used for numeric capability 'cols'",
      "line 2, col 27: unknown capability 'foo'",
    ]);
  });
});

const capability = fc.string({ unit: fc.integer({ min: 1, max: 255 }).map((code) => String.fromCharCode(code)), minLength: 1, maxLength: 12 });

test("what is compiled is read back", () => {
  fc.assert(fc.property(capability, capability, fc.integer({ min: 0, max: 100_000 }), fc.boolean(), (clear, own, colors, am) => {
    const entry = emptyEntry("t|a terminal");
    if (am) entry.booleans.set("am", true);
    entry.numbers.set("colors", colors);
    entry.strings.set("clear", clear);
    entry.strings.set("ZZ", own);
    expect(readCompiledEntry(compileEntry(entry))).toEqual(entry);
  }));
});

test("what is written as source is read back", () => {
  fc.assert(fc.property(capability.filter((text) => !text.includes("%")), (text) => {
    expect(unescapeCapability(escapeCapability(text))).toBe(text);
  }), { examples: [["\u00800\u0001"]] });
});

test("other bytes are no description", () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
    const entry = readCompiledEntry(Uint8Array.from([1, 1, ...bytes]));
    expect(entry).toBeUndefined();
  }));
});

test("lines of sixty columns, as infocmp counts them", () => {
  const entry = emptyEntry("t|a terminal");
  for (const [index, name] of ["bel", "blink", "bold", "cbt", "civis", "clear", "cnorm"].entries()) entry.strings.set(name, `\x1b[${index}m`);
  expect(entryText(entry, { names: "terminfo", lines: "wrapped", width: 60, extended: false, obsolete: false, everyTermcap: false, sort: "terminfo" })).toBe(
    "t|a terminal,\n\tbel=\\E[0m, blink=\\E[1m, bold=\\E[2m, cbt=\\E[3m, civis=\\E[4m,\n\tclear=\\E[5m, cnorm=\\E[6m,\n");
});
