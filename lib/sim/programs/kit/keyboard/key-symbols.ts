// The names of keymaps(5) for what a key does, and the kernel's numbers for them (linux/keyboard.h: the type in the high byte).

const ASCII = ("space exclam quotedbl numbersign dollar percent ampersand apostrophe parenleft parenright asterisk plus comma minus period slash " +
  "zero one two three four five six seven eight nine colon semicolon less equal greater question at").split(" ");
const BRACKETS = "bracketleft backslash bracketright asciicircum underscore grave".split(" ");
const BRACES = "braceleft bar braceright asciitilde".split(" ");
const LATIN1 = ("nobreakspace exclamdown cent sterling currency yen brokenbar section diaeresis copyright ordfeminine guillemotleft notsign hyphen registered macron " +
  "degree plusminus twosuperior threesuperior acute mu paragraph periodcentered cedilla onesuperior masculine guillemotright onequarter onehalf threequarters questiondown " +
  "Agrave Aacute Acircumflex Atilde Adiaeresis Aring AE Ccedilla Egrave Eacute Ecircumflex Ediaeresis Igrave Iacute Icircumflex Idiaeresis " +
  "ETH Ntilde Ograve Oacute Ocircumflex Otilde Odiaeresis multiply Ooblique Ugrave Uacute Ucircumflex Udiaeresis Yacute THORN ssharp " +
  "agrave aacute acircumflex atilde adiaeresis aring ae ccedilla egrave eacute ecircumflex ediaeresis igrave iacute icircumflex idiaeresis " +
  "eth ntilde ograve oacute ocircumflex otilde odiaeresis division oslash ugrave uacute ucircumflex udiaeresis yacute thorn ydiaeresis").split(" ");
const CONTROLS = "nul Control_a Control_b Control_c Control_d Control_e Control_f Control_g BackSpace Tab Linefeed Control_k Control_l Control_m Control_n Control_o Control_p Control_q Control_r Control_s Control_t Control_u Control_v Control_w Control_x Control_y Control_z Escape Control_backslash Control_bracketright Control_asciicircum Control_underscore".split(" ");
const FUNCTIONS = [...Array.from({ length: 20 }, (_, index) => `F${index + 1}`), ..."Find Insert Remove Select Prior Next Macro Help Do Pause".split(" ")];
const SPECIAL = "VoidSymbol Return Show_Registers Show_Memory Show_State Break Last_Console Caps_Lock Num_Lock Scroll_Lock Scroll_Forward Scroll_Backward Boot Caps_On Compose SAK Decr_Console Incr_Console KeyboardSignal Bare_Num_Lock".split(" ");
const KEYPAD = [..."0123456789"].map((digit) => `KP_${digit}`).concat("KP_Add KP_Subtract KP_Multiply KP_Divide KP_Enter KP_Comma KP_Period KP_MinPlus".split(" "));
const DEAD = "dead_grave dead_acute dead_circumflex dead_tilde dead_diaeresis dead_cedilla dead_macron dead_breve dead_abovedot dead_abovering dead_doubleacute dead_caron dead_ogonek".split(" ");
const CURSOR = "Down Left Right Up".split(" ");
const SHIFTS = "Shift AltGr Control Alt ShiftL ShiftR CtrlL CtrlR CapsShift".split(" ");

const NUMBERS = new Map<string, number>();
const NAMES = new Map<number, string>();

function add(names: readonly string[], base: number): void {
  for (const [index, name] of names.entries()) {
    if (!NUMBERS.has(name)) NUMBERS.set(name, base + index);
    if (!NAMES.has(base + index)) NAMES.set(base + index, name);
  }
}

const letters = (from: number): readonly string[] => Array.from({ length: 26 }, (_, index) => String.fromCharCode(from + index));
add(CONTROLS, 0);
add(ASCII, 0x20);
add(letters(65), 0x41);
add(BRACKETS, 0x5b);
add(letters(97), 0x61);
add(BRACES, 0x7b);
add(["Delete"], 0x7f);
add(LATIN1, 0xa0);
add(FUNCTIONS, 0x100);
add(SPECIAL, 0x200);
add(KEYPAD, 0x300);
add(DEAD, 0x400);
add(Array.from({ length: 63 }, (_, index) => `Console_${index + 1}`), 0x500);
add(CURSOR, 0x600);
add(SHIFTS, 0x700);
add([..."0123456789"].map((digit) => `Ascii_${digit}`), 0x900);
add("Shift_Lock AltGr_Lock Control_Lock Alt_Lock ShiftL_Lock ShiftR_Lock CtrlL_Lock CtrlR_Lock".split(" "), 0xa00);
add("SShift SAltGr SControl SAlt SShiftL SShiftR SCtrlL SCtrlR".split(" "), 0xc00);
for (const [other, name] of [["Hex_0", "Ascii_0"], ["quote", "apostrophe"], ["underbar", "underscore"], ["PageUp", "Prior"], ["PageDown", "Next"], ["Home", "Find"], ["End", "Select"], ["Enter", "Return"], ["ampersand", "ampersand"], ["minus", "minus"], ["backspace", "BackSpace"], ["tab", "Tab"], ["escape", "Escape"], ["linefeed", "Linefeed"], ["null", "nul"], ["pound", "sterling"], ["tilde", "asciitilde"], ["ooblique", "oslash"], ["Oslash", "Ooblique"], ["Uncaps_Shift", "CapsShift"]] as const) {
  const number = NUMBERS.get(name);
  if (number !== undefined && !NUMBERS.has(other)) NUMBERS.set(other, number);
}
NUMBERS.set("euro", 0xf000 ^ 0x20ac);
NUMBERS.set("Control_h", 8);
NUMBERS.set("Control_i", 9);
NUMBERS.set("Control_j", 10);
NUMBERS.set("Control_bracketleft", 27);
NUMBERS.set("Control_at", 0);

/** Characters beyond latin1 are U+XXXX, kept as their code with the bits 0xf000 changed (the kernel's K_UNICODE). */
export const UNICODE_BITS = 0xf000;
const LETTER = 0xb00;
const META = 0x800;

/** The kernel's number of what a keymap calls a key's action; undefined for a name that nobody knows. */
export function symbolNumber(word: string): number | undefined {
  if (word.startsWith("+")) {
    const plain = symbolNumber(word.slice(1));
    return plain === undefined ? undefined : plain < 0x100 ? LETTER | plain : plain;
  }
  const unicode = /^[Uu]\+([0-9a-fA-F]{1,6})$/.exec(word);
  if (unicode !== null) {
    const code = Number.parseInt(unicode[1] ?? "", 16);
    return code < 0x100 ? code : code ^ UNICODE_BITS;
  }
  const quoted = /^'(.)'$/u.exec(word);
  if (quoted !== null) return characterNumber(quoted[1] ?? "");
  if (/^0x[0-9a-fA-F]+$/.test(word)) return Number.parseInt(word.slice(2), 16);
  if (/^\d+$/.test(word) && word.length > 1) return Number(word);
  const known = NUMBERS.get(word);
  if (known !== undefined) return known;
  const meta = /^Meta_(.+)$/.exec(word)?.[1];
  if (meta !== undefined) {
    const plain = symbolNumber(meta);
    return plain === undefined || plain > 0xff ? undefined : META | plain;
  }
  if (/^[0-9]$/.test(word)) return Number(word);
  return undefined;
}

export function characterNumber(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  return code < 0x100 ? code : code ^ UNICODE_BITS;
}

/** As dumpkeys writes it. */
export function symbolName(number: number): string {
  const type = number >> 8;
  if (type === 0xb) return `+${NAMES.get(number & 0xff) ?? String(number & 0xff)}`;
  if (type === 8) return `Meta_${NAMES.get(number & 0xff) ?? String(number & 0xff)}`;
  const known = NAMES.get(number);
  if (known !== undefined) return known;
  if (number >= 0x1000) return (number ^ UNICODE_BITS) === 0x20ac ? "euro" : `U+${(number ^ UNICODE_BITS).toString(16).padStart(4, "0")}`;
  return `0x${number.toString(16).padStart(4, "0")}`;
}

export function isLetter(number: number): boolean {
  const code = number & 0xff;
  return number >> 8 === 0 && ((code >= 65 && code <= 90) || (code >= 97 && code <= 122) || (code >= 0xc0 && code !== 0xd7 && code !== 0xdf && code !== 0xf7));
}
/** Every name with its number, as `dumpkeys -l` lists them. */
export function allSymbols(): readonly (readonly [name: string, number: number])[] {
  return [...NAMES].map(([number, name]) => [name, number] as const);
}
