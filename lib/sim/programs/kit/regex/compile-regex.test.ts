import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compileAlternatives, compileRegex, RegexLimitError, type RegexSyntax } from "./compile-regex.ts";

function groupsOf(syntax: RegexSyntax, pattern: string, text: string): (string | undefined)[] | undefined {
  const found = compileRegex(pattern, { syntax }).exec(text);
  if (!found) return undefined;
  const groups: (string | undefined)[] = [];
  for (let i = 0; i < found.length; i += 2) groups.push((found[i] ?? -1) < 0 ? undefined : text.slice(found[i], found[i + 1]));
  return groups;
}

// Rows recorded from GNU sed 4.9 (Debian 12).
describe("leftmost-longest matches and their groups", () => {
  test.each<[RegexSyntax, string, string, (string | undefined)[] | undefined]>([
    ["ere", "(a|ab)(c|bcd)(d*)", "abcd", ["abcd", "a", "bcd", ""]],
    ["ere", "((a)|b)*", "ab", ["ab", "b", "a"]],
    ["ere", "(a|ab|aab)*", "aab", ["aab", "ab"]],
    ["ere", "(a?)*b", "ab", ["ab", "a"]],
    ["ere", "(a(b)?)+", "aba", ["aba", "a", "b"]],
    ["ere", "(a*)(ab)*(b*)", "abc", ["ab", "a", undefined, "b"]],
    ["ere", "a|ab|abc", "xabc", ["abc"]],
    ["bre", "\\(.*\\):\\(.*\\)", "a:b:c", ["a:b:c", "a:b", "c"]],
    ["bre", "\\(a\\)\\1", "baa", ["aa", "a"]],
    ["bre", "a*\\+", "aa", ["aa"]],
    ["bre", "*a", "b*a", ["*a"]],
    ["bre", "^*a", "*a", ["*a"]],
    ["bre", "\\(^a\\|b$\\)", "ab", ["a", "a"]],
    ["bre", "a\\{2,3\\}", "aaaa", ["aaa"]],
    ["ere", "a{2}", "aaaa", ["aa"]],
    ["ere", "\\<b", "ab b", ["b"]],
    ["ere", "[]a]+", "x]a]", ["]a]"]],
    ["ere", "[^[:space:]]+", "  é日 ", ["é日"]],
    ["ere", "[[:upper:]][[:lower:]]+", "éÉté", ["Été"]],
    ["ere", "^.$", "😀", ["😀"]],
    ["ere", "^[^a]$", "\udc80", undefined],
    ["ere", "[[.-.]-0]+", "a-./0", ["-./0"]],
    ["egrep", "a{1", "a{1", ["a{1"]],
    ["egrep", "*a", "*a", ["a"]],
    ["awk", "a\\.b|\\/", "a.b", ["a.b"]],
    ["awk", "[\\]\\t]+", "a\t]", ["\t]"]],
    ["pcre", "(?<=a)b+?", "abb", ["b"]],
    ["pcre", "(?<year>\\d{4})-\\k<year>", "x 2024-2024", ["2024-2024", "2024"]],
    ["pcre", "a\\Kb(?!c)", "abc ab", ["b"]],
    ["pcre", "(?i)ABC(?-i)d", "abCd", ["abCd"]],
    ["pcre", "(?>a+)ab", "aaab", undefined],
    ["pcre", "foo\\Q.*\\E", "foo.*", ["foo.*"]],
    ["pcre", "[\\w.]+@\\w+", "<a.b@c>", ["a.b@c"]],
  ])("%s %s on %s", (syntax, pattern, text, expected) => {
    expect(groupsOf(syntax, pattern, text)).toEqual(expected);
  });
});

describe("malformed patterns", () => {
  test.each<[RegexSyntax, string, string]>([
    ["ere", "a{2,1}", "Invalid content of \\{\\}"],
    ["ere", "*a", "Invalid preceding regular expression"],
    ["sed-bre", "a**", "Invalid preceding regular expression"],
    ["sed-ere", "a)", "Unmatched ) or \\)"],
    ["ere", "(a", "Unmatched ( or \\("],
    ["ere", "[a", "Unmatched [, [^, [:, [., or [="],
    ["ere", "[[:foo:]]", "Invalid character class name"],
    ["ere", "[b-a]", "Invalid range end"],
    ["ere", "a{40000}", "Regular expression too big"],
    ["ere", "(((a{99}){99}){99}){99}", "Regular expression too big"],
    ["ere", "(a)\\2", "Invalid back reference"],
    ["ere", "a\\", "Trailing backslash"],
    ["ere", "[[.space.]]", "Invalid collation character"],
    ["sed-ere", "a{1", "Unmatched \\{"],
    ["pcre", "(a", "missing closing parenthesis"],
    ["pcre", "(?<=a+)b", "lookbehind assertion is not fixed length"],
  ])("%s %s", (syntax, pattern, message) => {
    expect(() => compileRegex(pattern, { syntax })).toThrow(expect.objectContaining({ name: "RegexSyntaxError", message }));
  });
});

describe("grep's modes", () => {
  test("whole words and lines", () => {
    expect(compileRegex("a.*b", { syntax: "egrep", whole: "word", newlineSensitive: true }).exec("xab ab c")).toEqual([4, 6]);
    expect(compileRegex("a|ab", { syntax: "egrep", whole: "line", newlineSensitive: true }).exec("abc\nab\n")).toEqual([4, 6]);
  });
  test("patterns together", () => {
    const [plain, ...rest] = compileAlternatives(["foo", "\\(a\\)\\1", "b.r"], { syntax: "grep", newlineSensitive: true });
    expect(rest.length).toBe(1);
    expect(plain?.exec("a bar")).toEqual([2, 5]);
    expect(rest[0]?.exec("xaa")).toEqual(Int32Array.of(1, 3, 1, 2));
  });
  test("a runaway back-reference ends", () => {
    const regex = compileRegex("\\(\\(a*\\)*\\)*\\2b", { syntax: "grep" });
    expect(() => regex.exec("a".repeat(200))).toThrow(RegexLimitError);
  });
  test("an expensive plain pattern stays linear", () => {
    const regex = compileRegex("(a*)*b|a*c", { syntax: "ere" });
    const text = `${"a".repeat(100_000)}d${"a".repeat(50)}c`;
    expect(Array.from(regex.exec(text, 0, false, text.length, false) ?? [])).toEqual([100_001, 100_052]);
    expect(regex.takeWork()).toBeLessThan(2_000_000);
  });
});

const piece = fc.oneof(fc.constantFrom("a", "b", "c", ".", "[ab]", "[^a]", "ab", "\\b"), fc.constantFrom("a*", "b+", "c?", "[bc]{1,2}", ".*"));
const commonPattern = fc.letrec<{ pattern: string }>((tie) => ({
  pattern: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.array(piece, { minLength: 1, maxLength: 4 }).map((parts) => parts.join("")),
    fc.tuple(tie("pattern"), tie("pattern")).map(([a, b]) => `(?:${a})${b}`),
    fc.tuple(tie("pattern"), fc.constantFrom("*", "+", "?", "{0,2}")).map(([a, q]) => `(?:${a})${q}`),
    fc.tuple(tie("pattern"), tie("pattern")).map(([a, b]) => `(?:${a}|${b})`),
  ),
})).pattern;

/** PCRE stops a search that backtracks without end, as ours does: `(?:(?:.*.*)*)*aa` on a line without a match. */
function orGivenUp<T>(search: () => T): T | "given up" {
  try {
    return search();
  } catch (error) {
    if (error instanceof RegexLimitError) return "given up";
    throw error;
  }
}

test("property: JavaScript's RegExp agrees on whether and where a match begins, and Perl's syntax on all of it", () => {
  let gaveUp = 0;
  fc.assert(
    fc.property(commonPattern, fc.string({ unit: fc.constantFrom("a", "b", "c", " "), maxLength: 12 }), (pattern, text) => {
      const expected = new RegExp(pattern, "u").exec(text);
      const posix = compileRegex(pattern.replaceAll("(?:", "("), { syntax: "ere" }).exec(text);
      expect(posix?.[0]).toBe(expected?.index);
      const perl = orGivenUp(() => compileRegex(pattern, { syntax: "pcre" }).exec(text));
      if (perl === "given up") gaveUp++;
      else expect(perl ? [perl[0], text.slice(perl[0], perl[1])] : undefined).toEqual(expected ? [expected.index, expected[0]] : undefined);
      if (expected && posix) {
        expect(posix[1]).toBeGreaterThanOrEqual(expected.index + expected[0].length);
        const whole = new RegExp(`^(?:${pattern})$`, "u");
        if (!pattern.includes("\\b")) expect(whole.test(text.slice(posix[0], posix[1]))).toBe(true);
      }
    }),
    { numRuns: 3000 },
  );
  expect(gaveUp).toBeLessThan(30);
});
