// A keymap of the Linux console (keymaps(5)): for each combination of modifiers what each key does, the texts of function keys, and what composes to what.

import { characterNumber, isLetter, symbolNumber } from "./key-symbols.ts";
import { type KeyboardLayout, layoutKeys } from "./layouts.ts";

export interface Compose {
  readonly accent: string;
  readonly base: string;
  readonly result: string;
}

export interface Keymap {
  /** modifiers (1 shift, 2 altgr, 4 control, 8 alt…) → keycode → the kernel's number of the action */
  readonly tables: ReadonlyMap<number, ReadonlyMap<number, number>>;
  readonly strings: ReadonlyMap<string, string>;
  readonly composes: readonly Compose[];
}

const MODIFIERS: readonly string[] = ["shift", "altgr", "control", "alt", "shiftl", "shiftr", "ctrll", "ctrlr", "capsshift"];

export function modifierBit(name: string): number | undefined {
  const at = MODIFIERS.indexOf(name.toLowerCase());
  return at < 0 ? undefined : 1 << at;
}

export function modifierNames(bits: number): readonly string[] {
  return MODIFIERS.filter((_, index) => (bits & (1 << index)) !== 0);
}

const number = (name: string): number => symbolNumber(name) ?? 0x200;

/** Keys that are the same on all keyboards: keycode, alone, then what differs with modifiers. */
const COMMON: readonly string[] = [
  "1 Escape 8:Meta_Escape", "14 Delete 8:Meta_Delete", "15 Tab 8:Meta_Tab", "28 Return 8:Meta_Control_m", "29 Control", "42 Shift", "54 Shift", "55 KP_Multiply", "56 Alt", "57 space 4:nul 8:Meta_space", "58 Caps_Lock",
  ...Array.from({ length: 10 }, (_, index) => `${59 + index} F${index + 1} 1:${index < 8 ? `F${index + 13}` : "VoidSymbol"} 8:Console_${index + 1} 12:Console_${index + 1}`),
  "69 Num_Lock", "70 Scroll_Lock 1:Show_Memory 2:Show_Registers 4:Show_State 8:Scroll_Lock", "71 KP_7 8:Ascii_7", "72 KP_8 8:Ascii_8", "73 KP_9 8:Ascii_9", "74 KP_Subtract", "75 KP_4 8:Ascii_4", "76 KP_5 8:Ascii_5", "77 KP_6 8:Ascii_6", "78 KP_Add",
  "79 KP_1 8:Ascii_1", "80 KP_2 8:Ascii_2", "81 KP_3 8:Ascii_3", "82 KP_0 8:Ascii_0", "83 KP_Period", "87 F11 8:Console_11 12:Console_11", "88 F12 8:Console_12 12:Console_12", "96 KP_Enter", "97 Control", "98 KP_Divide", "99 Control_backslash", "100 AltGr",
  "101 Break", "102 Find", "103 Up", "104 Prior 1:Scroll_Backward", "105 Left 8:Decr_Console", "106 Right 8:Incr_Console", "107 Select", "108 Down", "109 Next 1:Scroll_Forward", "110 Insert", "111 Remove 12:Boot", "119 Pause",
];

const STRINGS: readonly (readonly [string, string])[] = [
  ...["[[A", "[[B", "[[C", "[[D", "[[E", "[17~", "[18~", "[19~", "[20~", "[21~", "[23~", "[24~", "[25~", "[26~", "[28~", "[29~", "[31~", "[32~", "[33~", "[34~"].map((text, index): readonly [string, string] => [`F${index + 1}`, `\x1b${text}`]),
  ["Find", "\x1b[1~"], ["Insert", "\x1b[2~"], ["Remove", "\x1b[3~"], ["Select", "\x1b[4~"], ["Prior", "\x1b[5~"], ["Next", "\x1b[6~"], ["Macro", "\x1b[M"], ["Pause", "\x1b[P"],
];

const ACCENTS: readonly (readonly [accent: string, bases: string, results: string])[] = [
  ["`", "AaEeIiOoUu", "ÀàÈèÌìÒòÙù"], ["'", "AaEeIiOoUuYy", "ÁáÉéÍíÓóÚúÝý"], ["^", "AaEeIiOoUu", "ÂâÊêÎîÔôÛû"], ["~", "AaNnOo", "ÃãÑñÕõ"], ["\"", "AaEeIiOoUuy", "ÄäËëÏïÖöÜüÿ"], [",", "Cc", "Çç"], ["-", "Dd", "Ðð"], ["/", "Oo", "Øø"], ["s", "s", "ß"], ["A", "E", "Æ"], ["a", "e", "æ"],
];

/** The number of a key's word: letters so that Caps Lock changes them. */
function keyNumber(word: string): number {
  const value = word.startsWith("dead_") ? number(word) : characterNumber(word);
  return isLetter(value) ? value | 0xb00 : value;
}

/** What Control makes of a character: its code without three bits. */
function controlOf(value: number): number | undefined {
  const code = value & 0xff;
  return (value >> 8 === 0 || value >> 8 === 0xb) && (code === 32 || (code >= 64 && code < 127)) && code !== 96 ? code & 31 : undefined;
}

/** A layout's keymap: the tables that the kernel's own has (0-2, 4-5, 8, 12). */
export function layoutKeymap(layout: KeyboardLayout): Keymap {
  const tables = new Map<number, Map<number, number>>([0, 1, 2, 4, 5, 8, 12].map((bits) => [bits, new Map<number, number>()]));
  const set = (bits: number, keycode: number, value: number | undefined): void => {
    if (value !== undefined) tables.get(bits)?.set(keycode, value);
  };
  const plain = layoutKeys(layout.plain);
  const shift = layoutKeys(layout.shift);
  const altgr = layoutKeys(layout.altgr);
  for (const [keycode, word] of plain) {
    const value = keyNumber(word);
    const shifted = shift.get(keycode);
    const third = altgr.get(keycode);
    const control = controlOf(value) ?? (shifted === undefined ? undefined : controlOf(keyNumber(shifted)));
    set(0, keycode, value);
    set(1, keycode, shifted === undefined ? value : keyNumber(shifted));
    set(2, keycode, third === undefined ? value : keyNumber(third));
    set(4, keycode, control);
    set(5, keycode, control);
    if ((value & 0xff) === value || value >> 8 === 0xb) set(8, keycode, 0x800 | (value & 0xff));
    if (control !== undefined) set(12, keycode, 0x800 | control);
  }
  for (const line of COMMON) {
    const [key = "", base = "", ...others] = line.split(" ");
    for (const bits of tables.keys()) set(bits, Number(key), number(base));
    for (const other of others) {
      const [bits = "", name = ""] = other.split(":");
      set(Number(bits), Number(key), number(name));
      if (bits === "8") set(12, Number(key), number(name));
    }
  }
  return { tables, strings: new Map(STRINGS), composes: ACCENTS.flatMap(([accent, bases, results]) => [...bases].map((base, index): Compose => ({ accent, base, result: [...results][index] ?? "" }))) };
}
