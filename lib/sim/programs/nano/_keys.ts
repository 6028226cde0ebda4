// The names of keys as nano writes them: ^X, M-U, Up, S-Left, C-Right.

const SEQUENCES = new Map<string, string>();
const LETTERS = new Map([["A", "Up"], ["B", "Down"], ["C", "Right"], ["D", "Left"], ["H", "Home"], ["F", "End"]]);
for (const [letter, name] of LETTERS) {
  SEQUENCES.set(`\u001b[${letter}`, name);
  SEQUENCES.set(`\u001bO${letter}`, name);
  SEQUENCES.set(`\u001b[1;2${letter}`, `S-${name}`);
  SEQUENCES.set(`\u001b[1;3${letter}`, `M-${name}`);
  SEQUENCES.set(`\u001b[1;5${letter}`, `C-${name}`);
  SEQUENCES.set(`\u001b[1;6${letter}`, `S-C-${name}`);
}
const NUMBERS: readonly (readonly [number, string])[] = [
  [1, "Home"], [2, "Insert"], [3, "Delete"], [4, "End"], [5, "PageUp"], [6, "PageDown"], [11, "F1"], [12, "F2"], [13, "F3"], [14, "F4"], [15, "F5"], [17, "F6"], [18, "F7"], [19, "F8"], [20, "F9"], [21, "F10"], [23, "F11"], [24, "F12"],
];
for (const [number, name] of NUMBERS) {
  SEQUENCES.set(`\u001b[${number}~`, name);
  SEQUENCES.set(`\u001b[${number};2~`, `S-${name}`);
  SEQUENCES.set(`\u001b[${number};3~`, `M-${name}`);
  SEQUENCES.set(`\u001b[${number};5~`, `C-${name}`);
}
for (const [letter, name] of [["P", "F1"], ["Q", "F2"], ["R", "F3"], ["S", "F4"]] as const) SEQUENCES.set(`\u001bO${letter}`, name);
SEQUENCES.set("\u001b[Z", "S-Tab");
SEQUENCES.set("\u001b\u007f", "M-Backspace");
SEQUENCES.set("\u001b\b", "M-Backspace");
SEQUENCES.set("\u001b ", "M-Space");
SEQUENCES.set("\u007f", "Backspace");
SEQUENCES.set("\r", "Enter");
SEQUENCES.set("\t", "Tab");
SEQUENCES.set("\u001b", "^[");

export function keyName(raw: string): string {
  const known = SEQUENCES.get(raw);
  if (known !== undefined) return known;
  if (raw.length === 2 && raw.startsWith("\u001b")) return `M-${(raw[1] ?? "").toUpperCase()}`;
  const code = raw.codePointAt(0) ?? 0;
  if (raw.length === 1 && code < 32) return `^${String.fromCharCode(code + 64)}`;
  return raw;
}
