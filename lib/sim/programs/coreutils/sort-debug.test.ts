// Recorded from sort 9.1.
import { expect, test } from "vitest";
import { type DebugKey, debugLine, keyWarnings } from "./_sort-debug.ts";

const plain: DebugKey = { startField: 0, startChar: 0, endField: undefined, endChar: 0, ignoreStartBlanks: false, ignoreEndBlanks: false, dictionary: false, foldCase: false, printable: false, order: "text", reverse: false };
const settings = (keys: readonly DebugKey[], global = plain) => ({ keys, global, globalOnly: false, separator: undefined, stable: false, unique: false, point: ".", quote: (text: string) => `'${text}'` });

test("warnings", () => {
  expect(keyWarnings(settings([{ ...plain, startField: 1, order: "numeric" }], { ...plain, reverse: true }))).toEqual(["key 1 is numeric and spans multiple fields", "note numbers use '.' as a decimal point in this locale", "option '-r' only applies to last-resort comparison"]);
  expect(keyWarnings(settings([{ ...plain, startField: 2, endField: 1 }]))).toEqual(["key 1 has zero width and will be ignored"]);
  expect(keyWarnings(settings([{ ...plain, startField: 1, endField: 1 }], { ...plain, foldCase: true, ignoreStartBlanks: true }))).toEqual(["leading blanks are significant in key 1; consider also specifying 'b'", "options '-bf' are ignored"]);
});

test("marks", () => {
  expect(debugLine("a\t1.5K x", settings([{ ...plain, order: "human" }]), () => [1, 8])).toBe("a>1.5K x\n  ____\n________\n");
  expect(debugLine("x", settings([{ ...plain, order: "numeric" }]), () => [1, 1])).toBe("x\n ^ no match for key\n_\n");
});
