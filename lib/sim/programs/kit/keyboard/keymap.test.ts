import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { symbolName, symbolNumber } from "./key-symbols.ts";
import { layoutKeymap } from "./keymap.ts";
import { dumpComposes, dumpKeys, dumpStrings, KeymapSyntaxError, readKeymap } from "./keymap-file.ts";
import { keyboardLayout } from "./layouts.ts";

// dumpkeys of kbd 2.5.1 wrote these names and numbers
test.each([["Escape", 0x1b], ["+q", 0xb71], ["Control_q", 0x11], ["Meta_q", 0x871], ["Meta_Control_q", 0x811], ["F1", 0x100], ["Return", 0x201], ["dead_circumflex", 0x402], ["Console_2", 0x501], ["euro", 0x20ac ^ 0xf000]])("%s", (name, number) => {
  expect([symbolNumber(name), symbolName(number)]).toEqual([number, name]);
});

describe("a keymap that is written is read back", () => {
  test.each(["us", "fr", "be", "de", "gb", "es", "it", "pt", "ch", "se"])("%s", (name) => {
    const layout = keyboardLayout(name);
    if (layout === undefined) throw new Error("a layout");
    const keymap = layoutKeymap(layout);
    const text = dumpKeys(keymap, { numeric: true, shape: "full" }) + dumpStrings(keymap) + dumpComposes(keymap);
    const again = readKeymap(text, { tables: new Map(), strings: new Map(), composes: [] }, () => undefined);
    expect(dumpKeys(again, { numeric: false, shape: "default" })).toBe(dumpKeys(keymap, { numeric: false, shape: "default" }));
    expect(again.strings).toEqual(keymap.strings);
  });
});

test("a letter alone brings its capital and what Control and Alt make of it", () => {
  const { tables } = readKeymap("keymaps 0-2,4-5,8,12\nkeycode 16 = a\n", { tables: new Map(), strings: new Map(), composes: [] }, () => undefined);
  expect([...tables].map(([bits, table]) => `${bits} ${symbolName(table.get(16) ?? 0)}`)).toEqual(["0 +a", "8 Meta_a", "1 +A", "2 +a", "4 Control_a", "12 Meta_Control_a", "5 Control_a"]);
});

test("whatever a file holds, it is read or refused with its line", () => {
  const words = fc.constantFrom("keycode", "16", "=", "a", "+b", "U+20ac", "shift", "keymaps", "0-2", "include", "\"x\"", "string", "compose", "'a'", "to", "\n", "#", "\\");
  fc.assert(fc.property(fc.array(words, { maxLength: 30 }), (list) => {
    try {
      expect(readKeymap(list.join(" "), { tables: new Map(), strings: new Map(), composes: [] }, () => undefined).tables.size).toBeLessThanOrEqual(256);
    } catch (error) {
      expect(error).toBeInstanceOf(KeymapSyntaxError);
    }
  }));
});
