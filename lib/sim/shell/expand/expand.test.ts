// The pure parts of expansion: braces, patterns, arithmetic.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ArithmeticError } from "./arithmetic-parser.ts";
import { type ArithmeticContext, evaluate } from "./arithmetic.ts";
import { expandBraces } from "./braces.ts";
import { compilePattern, escapePattern } from "./pattern.ts";

describe("braces", () => {
  it.each([
    ["{1..5}", "1 2 3 4 5"], ["{a..e}", "a b c d e"], ["{01..03}", "01 02 03"], ["{1..10..3}", "1 4 7 10"], ["{5..1}", "5 4 3 2 1"], ["{a,b}{1,2}", "a1 a2 b1 b2"],
    ["x{,y}z", "xz xyz"], ["{}", "{}"], ["{a}", "{a}"], ["{1..}", "{1..}"], ['"{a,b}"', '"{a,b}"'], ["{a,{b,c}}", "a b c"], ["${x}{a,b}", "${x}a ${x}b"],
    ["{-2..2}", "-2 -1 0 1 2"], ["{a{b,c}}", "{ab} {ac}"], ["{a},b}", "a} b"], ["a{b}{c,d}", "a{b}c a{b}d"], ["\\{a,b}", "\\{a,b}"], ["$(echo {a,b})", "$(echo {a,b})"],
  ])("%s", (text, expected) => {
    expect(expandBraces(text).join(" ")).toBe(expected);
  });
});

describe("patterns", () => {
  const matches = (pattern: string, text: string) => compilePattern(pattern, { extglob: true, ignoreCase: false }).matches(text);
  it.each([
    ["*.txt", "a.txt", true], ["*.txt", "a.md", false], ["?", "é", true], ["?", "😀", true], ["[a-c]x", "bx", true], ["[!a-c]x", "bx", false], ["[]]", "]", true],
    ["[[:digit:]]", "5", true], ["[[:alpha:]]", "é", true], ["[a", "[a", true], ["\\*", "*", true], ["\\*", "x", false], ["@(a|b)", "b", true], ["!(a)", "b", true], ["!(a)", "a", false],
    ["*(ab)", "abab", true], ["+(ab)", "", false], ["?(a)b", "b", true], ["a*b*c", "aXbYc", true], ["!(*.c)", "x.h", true], ["*!(x)", "ax", true],
  ] as const)("%s against %s", (pattern, text, expected) => {
    expect(matches(pattern, text)).toBe(expected);
  });

  it("finds shortest and longest ends", () => {
    expect(compilePattern("a*b", { extglob: false, ignoreCase: false }).endsAt("aXbYb", 0)).toEqual({ shortest: 3, longest: 5 });
    expect(compilePattern("*/", { extglob: false, ignoreCase: false }).suffixStart("a/b/", true)).toBe(0);
  });

  it("stays within its steps on hostile patterns", () => {
    expect(matches("*a*a*a*a*a*a*a*a*a*a*b", "a".repeat(2000))).toBe(false);
    expect(matches("*(*(a|aa)|*(a))b", "a".repeat(60))).toBe(false);
  });

  it("takes escaped text for itself", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }).filter((text) => !/[\ud800-\udfff]/.test(text)), (text) => {
      expect(matches(escapePattern(text), text)).toBe(true);
    }));
  });
});

describe("arithmetic", () => {
  const variables = new Map([["x", "5"], ["y", "x+1"], ["loop", "loop"], ["bad", "1+"]]);
  const context: ArithmeticContext = {
    get: (name) => variables.get(name), getElement: () => undefined, set: (name, value) => void variables.set(name, value), setElement: () => undefined,
  };
  it.each([
    ["1+2*3", "7"], ["(1+2)*3", "9"], ["2**10", "1024"], ["-7/2", "-3"], ["-7%3", "-1"], ["7>>1", "3"], ["1<<63", "-9223372036854775808"], ["9223372036854775807+1", "-9223372036854775808"],
    ["0x1F", "31"], ["017", "15"], ["2#101", "5"], ["64#@", "62"], ["1?2:3", "2"], ["0||2", "1"], ["1,2", "2"], ["!5", "0"], ["~5", "-6"], ["- -1", "1"], ["y", "6"], ["x++ + ++x", "12"], ["z=3", "3"],
    ["z+=4", "7"], ["", "0"], ["3037000500*3037000500", "-9223372036709301616"], ["5 == 5 && 4 <= 5", "1"], ["2**-0", "1"],
  ])("%s", (text, expected) => {
    expect(String(evaluate(text, context))).toBe(expected);
  });

  it.each([
    ["1/0", '1/0: division by 0 (error token is "0")'], ["1+", '1+: syntax error: operand expected (error token is "+")'], ["1 2", '1 2: syntax error in expression (error token is "2")'],
    ["08", '08: value too great for base (error token is "08")'], ["1=2", '1=2: attempted assignment to non-variable (error token is "=2")'], ["1.5", '1.5: syntax error: invalid arithmetic operator (error token is ".5")'],
    ["1?2", "1?2: `:' expected for conditional expression (error token is \"2\")"], ["(1", "(1: missing `)' (error token is \"1\")"], ["bad", '1+: syntax error: operand expected (error token is "+")'],
    ["99#1", '99#1: invalid arithmetic base (error token is "99#1")'],
  ])("%s fails", (text, message) => {
    expect(() => evaluate(text, context)).toThrow(new ArithmeticError("", "", "").constructor as typeof Error);
    try {
      evaluate(text, context);
    } catch (error) {
      expect((error as Error).message).toBe(message);
    }
  });

  it("wraps as 64-bit integers do", () => {
    fc.assert(fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (a, b) => {
      const value = (operator: string) => String(evaluate(`a ${operator} b`, { ...context, get: (name) => (name === "a" ? String(a) : String(b)) }));
      expect(value("+")).toBe(String(BigInt.asIntN(64, a + b)));
      expect(value("*")).toBe(String(BigInt.asIntN(64, a * b)));
      expect(value("^")).toBe(String(BigInt.asIntN(64, a ^ b)));
    }));
  });
});
