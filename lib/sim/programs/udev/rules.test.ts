import fc from "fast-check";
import { expect, test } from "vitest";
import { parseRules } from "./_rules.ts";

test("a rule, a continued line, a comment", () => {
  expect(parseRules("a.rules", '# c\nKERNEL=="sd*", \\\n  ATTRS{size}!="0", SYMLINK+="x y", ENV{A}:="b\\"c"\n')).toEqual({
    rules: [{ file: "a.rules", line: 2, tokens: [{ key: "KERNEL", attribute: undefined, operator: "==", value: "sd*" }, { key: "ATTRS", attribute: "size", operator: "!=", value: "0" }, { key: "SYMLINK", attribute: undefined, operator: "+=", value: "x y" }, { key: "ENV", attribute: "A", operator: ":=", value: 'b"c' }] }],
    problems: [],
  });
});

test.each([
  ['FOO=="x"', "Invalid key 'FOO'."], ['KERNEL="x"', "Invalid operator for KERNEL."], ['MODE=="0600"', "Invalid operator for MODE."], ['ATTR=="x"', "Invalid attribute for ATTR."], ['KERNEL{a}=="x"', "Invalid attribute for KERNEL."], ["KERNEL==x", "Invalid key/value pair, ignoring."],
  ['GOTO="nowhere"', 'GOTO="nowhere" has no matching label, ignoring'],
])("%s is refused", (line, message) => {
  expect(parseRules("f", line).problems).toEqual([{ file: "f", line: 1, message }]);
});

test("any text is read", () => {
  fc.assert(fc.property(fc.string({ maxLength: 200 }), (text) => {
    const { rules, problems } = parseRules("f", text);
    expect(rules.length + problems.length).toBeLessThanOrEqual(text.split("\n").length * 2);
  }));
});
