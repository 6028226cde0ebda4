import { describe, expect, test } from "vitest";
import { VimBuffer } from "./_buffer.ts";
import { findInLine, matchingBracket, nextWord, paragraph, previousWord, wordEnd } from "./_motions.ts";
import { OptionError, VimOptions } from "./_options.ts";
import { PatternError, VimPattern } from "./_pattern.ts";
import { columnOf, indexOfColumn } from "./_text.ts";
import { cutDelimited } from "./_substitute.ts";
import { textObject } from "./_text-objects.ts";

const settings = { ignoreCase: false, smartCase: false, magic: true, lastSubstitute: "" };

describe("patterns", () => {
  test.each([
    ["fo*", "xfoo", "foo"], ["\\<is\\>", "this is", "is"], ["a\\+", "baaa", "aaa"], ["\\(ab\\)\\{2}", "xababab", "abab"], ["a.c", "abc", "abc"], ["[0-9]\\+", "ab42", "42"], ["[", "a[b", "["],
    ["\\d\\d", "a12", "12"], ["^ab$", "ab", "ab"], ["a\\|b", "xb", "b"], ["*x", "a*x", "*x"], ["\\v(a|b)+", "xabab", "abab"], ["\\V.*", "a.*b", ".*"], ["foo\\zsbar", "foobar", "bar"], ["foo\\zebar", "foobar", "foo"],
    ["\\cABC", "xabc", "abc"], ["a\\=b", "b", "b"], ["1.2", "1x2", "1x2"], ["a\\{-1,}", "aaa", "a"], ["\\s\\S", "a b", " b"], ["(x)", "(x)", "(x)"], ["a|b", "a|b", "a|b"], ["[^a]", "ab", "b"], ["\\%[", "", ""],
  ])("%s in %s", (source, text, found) => {
    if (source === "\\%[") {
      expect(() => new VimPattern(source, settings)).toThrow(PatternError);
      return;
    }
    const match = new VimPattern(source, settings).exec(text, 0);
    expect(match && text.slice(match[0], match[1])).toBe(found);
  });

  test("what cannot be one", () => {
    expect(() => new VimPattern("\\(a", settings)).toThrow("E54: Unmatched \\(");
    expect(() => new VimPattern("a\\)", settings)).toThrow("E55: Unmatched \\)");
    expect(() => new VimPattern("\\va)", settings)).toThrow("E55: Unmatched )");
  });

  test("case", () => {
    expect(new VimPattern("ab", { ...settings, ignoreCase: true }).exec("xAB", 0)?.[0]).toBe(1);
    expect(new VimPattern("Ab", { ...settings, ignoreCase: true, smartCase: true }).exec("xAB", 0)).toBeUndefined();
  });

  test("delimiters", () => {
    expect(cutDelimited("a\\/b/c/g", "/")).toEqual({ piece: "a/b", rest: "c/g" });
    expect(cutDelimited("a\\|b", "/")).toEqual({ piece: "a\\|b", rest: undefined });
  });
});

describe("motions", () => {
  const lines = ["one two, three", "", "  if (a [b]) {", "}"];
  test.each([
    ["w", nextWord(lines, { line: 0, col: 0 }, false), { line: 0, col: 4 }], ["w to punctuation", nextWord(lines, { line: 0, col: 4 }, false), { line: 0, col: 7 }], ["W", nextWord(lines, { line: 0, col: 4 }, true), { line: 0, col: 9 }],
    ["w stops at an empty line", nextWord(lines, { line: 0, col: 9 }, false), { line: 1, col: 0 }], ["w from an empty line", nextWord(lines, { line: 1, col: 0 }, false), { line: 2, col: 2 }], ["no word behind", nextWord(lines, { line: 3, col: 0 }, false), undefined],
    ["e", wordEnd(lines, { line: 0, col: 0 }, false), { line: 0, col: 2 }], ["e goes on", wordEnd(lines, { line: 0, col: 2 }, false), { line: 0, col: 6 }], ["b", previousWord(lines, { line: 0, col: 9 }, false), { line: 0, col: 7 }],
    ["B", previousWord(lines, { line: 0, col: 9 }, true), { line: 0, col: 4 }], ["}", paragraph(lines, { line: 0, col: 0 }, true), { line: 1, col: 0 }], ["{", paragraph(lines, { line: 3, col: 0 }, false), { line: 1, col: 0 }],
    ["%", matchingBracket(lines, { line: 2, col: 0 }), { line: 2, col: 11 }], ["% over lines", matchingBracket(lines, { line: 3, col: 0 }), { line: 2, col: 13 }], ["f", findInLine("abcabc", 0, "c", "f", 2), 5], ["t", findInLine("abcabc", 0, "c", "t", 1), 1],
    ["t again", findInLine("abcabc", 1, "c", "t", 1, true), 4], ["F", findInLine("abcabc", 5, "a", "F", 1), 3], ["T", findInLine("abcabc", 5, "a", "T", 1), 4], ["f without", findInLine("abc", 0, "x", "f", 1), undefined],
  ])("%s", (_name, got, want) => {
    expect(got).toEqual(want);
  });
});

test("columns of tabs and control characters", () => {
  const how = { tabStop: 8, list: false };
  expect([0, 1, 2, 3].map((col) => columnOf("a\tb\u0001", col, how))).toEqual([0, 1, 8, 9]);
  expect([0, 3, 8, 10].map((column) => indexOfColumn("a\tb\u0001", column, how))).toEqual([0, 1, 2, 3]);
});

test("undo brings back the text and says what changed", () => {
  const buffer = new VimBuffer(1, "f");
  buffer.load(["a", "b", "c"]);
  const place = { line: 1, col: 0 };
  buffer.replace(1, 1, [], place, 0);
  buffer.closeStep();
  buffer.replace(0, 1, ["x"], place, 0);
  buffer.replace(0, 1, ["xy"], place, 0);
  buffer.closeStep();
  expect(buffer.lines).toEqual(["xy", "c"]);
  expect(buffer.travel(true)).toMatchObject({ fewer: 0, lines: 1 });
  expect(buffer.travel(true)).toMatchObject({ fewer: -1 });
  expect(buffer.lines).toEqual(["a", "b", "c"]);
  expect(buffer.travel(true)).toBeUndefined();
  expect(buffer.travel(false)).toMatchObject({ fewer: 1 });
  buffer.travel(false);
  expect(buffer.lines).toEqual(["xy", "c"]);
  expect(buffer.travel(false)).toBeUndefined();
});

test("the last line goes, and comes back", () => {
  const buffer = new VimBuffer(1, "f");
  buffer.load(["a"]);
  buffer.replace(0, 1, [], { line: 0, col: 0 }, 0);
  expect([buffer.empty, buffer.lines, buffer.lineCount]).toEqual([true, [""], 0]);
  buffer.closeStep();
  buffer.travel(true);
  expect([buffer.empty, buffer.lines]).toEqual([false, ["a"]]);
});

test("options", () => {
  const options = new VimOptions(true);
  expect(options.assign("nu").shown).toBeUndefined();
  expect(options.assign("number?").shown).toBe("  number");
  options.assign("nonu");
  expect(options.assign("nu?").shown).toBe("nonumber");
  options.assign("ts=4");
  expect(options.assign("ts").shown).toBe("  tabstop=4");
  options.assign("sw+=2");
  expect(options.number("shiftwidth")).toBe(10);
  expect(() => options.assign("nosuch")).toThrow(new OptionError("E518: Unknown option: nosuch"));
  expect(() => options.assign("ts=x")).toThrow("E521: Number required after =: ts=x");
});

test.each([
  ["one two  three", 4, "iw", "two"], ["one two  three", 4, "aw", "two  "], ["one two", 5, "aw", " two"], ["one two", 3, "iw", " "], ["f(a, (b), c)", 3, "i(", "a, (b), c"],
  ["f(a, (b), c)", 6, "ib", "b"], ["f(a, (b), c)", 6, "a)", "(b)"], ['x = "a b" + 1', 6, 'i"', "a b"], ['x = "a b" + 1', 0, 'a"', '"a b" '], ["<p>a <b>c</b></p>", 8, "it", "c"],
  ["<p>a <b>c</b></p>", 4, "at", "<p>a <b>c</b></p>"], ["One. Two here. Three", 6, "is", "Two here."], ["One. Two here. Three", 6, "as", "Two here. "], ["if { a; }", 6, "i{", " a; "],
])("text object in %s at %i: %s", (line, col, keys, text) => {
  const object = textObject([line], { line: 0, col }, keys.startsWith("i"), keys.charAt(1), 1);
  expect(object && line.slice(object.start.col, object.end.col)).toBe(text);
});

test("paragraphs and blocks of lines are text objects", () => {
  const lines = ["a", "b", "", "", "c {", "  d", "}"];
  expect(textObject(lines, { line: 1, col: 0 }, true, "p", 1)).toEqual({ kind: "line", start: { line: 0, col: 0 }, end: { line: 1, col: 0 } });
  expect(textObject(lines, { line: 1, col: 0 }, false, "p", 1)).toEqual({ kind: "line", start: { line: 0, col: 0 }, end: { line: 3, col: 0 } });
  expect(textObject(lines, { line: 5, col: 0 }, false, "p", 1)).toEqual({ kind: "line", start: { line: 2, col: 0 }, end: { line: 6, col: 0 } });
  expect(textObject(lines, { line: 5, col: 2 }, true, "B", 1)).toEqual({ kind: "line", start: { line: 5, col: 0 }, end: { line: 5, col: 0 } });
});
