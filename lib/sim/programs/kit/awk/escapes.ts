// C's escapes in string constants of awk, in -v and in assignments among the operands.

const LETTERS = new Map([["n", "\n"], ["t", "\t"], ["r", "\r"], ["f", "\f"], ["v", "\v"], ["a", "\u0007"], ["b", "\b"], ['"', '"'], ["\\", "\\"]]);

export interface EscapeRules {
  /** What stands for a character that has no escape. */
  readonly unknown: (c: string) => string;
  /** What \351 or \xe9 stands for. */
  readonly byte: (code: number) => string;
}

export function expandEscapes(text: string, rules: EscapeRules): string {
  if (!text.includes("\\")) return text;
  let result = "";
  for (let i = 0; i < text.length; i++) {
    const c = text[i] ?? "";
    if (c !== "\\" || i + 1 >= text.length) {
      result += c;
      continue;
    }
    const next = text[++i] ?? "";
    const letter = LETTERS.get(next);
    if (letter !== undefined) {
      result += letter;
      continue;
    }
    const octal = /^[0-7]{1,3}/.exec(text.slice(i, i + 3))?.[0];
    const hexadecimal = next === "x" ? /^[0-9a-fA-F]{1,2}/.exec(text.slice(i + 1, i + 3))?.[0] : undefined;
    if (octal !== undefined) {
      result += rules.byte(Number.parseInt(octal, 8) & 0xff);
      i += octal.length - 1;
    } else if (hexadecimal !== undefined) {
      result += rules.byte(Number.parseInt(hexadecimal, 16));
      i += hexadecimal.length;
    } else result += rules.unknown(next);
  }
  return result;
}
