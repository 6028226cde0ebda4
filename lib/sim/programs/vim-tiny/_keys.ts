// The keys that a terminal sends as sequences, by Vim's names.

export const BRACKET_KEYS = new Map<string, string>();
for (const [letter, name] of [["A", "Up"], ["B", "Down"], ["C", "Right"], ["D", "Left"], ["H", "Home"], ["F", "End"]] as const) {
  BRACKET_KEYS.set(`\u001bO${letter}`, `<${name}>`);
  BRACKET_KEYS.set(`\u001b[${letter}`, `<${name}>`);
  for (const modifier of [2, 3, 5]) BRACKET_KEYS.set(`\u001b[1;${modifier}${letter}`, `<${modifier === 5 ? "C" : "S"}-${name}>`);
}
for (const [number, name] of [[1, "Home"], [2, "Insert"], [3, "Del"], [4, "End"], [5, "PageUp"], [6, "PageDown"], [7, "Home"], [8, "End"], [11, "F1"], [12, "F2"], [13, "F3"], [14, "F4"], [15, "F5"], [17, "F6"], [18, "F7"], [19, "F8"], [20, "F9"], [21, "F10"]] as const) {
  BRACKET_KEYS.set(`\u001b[${number}~`, `<${name}>`);
}
for (const [letter, name] of [["P", "F1"], ["Q", "F2"], ["R", "F3"], ["S", "F4"]] as const) BRACKET_KEYS.set(`\u001bO${letter}`, `<${name}>`);
for (const [number, name] of [[5, "PageUp"], [6, "PageDown"]] as const) BRACKET_KEYS.set(`\u001b[${number};5~`, `<C-${name}>`);
