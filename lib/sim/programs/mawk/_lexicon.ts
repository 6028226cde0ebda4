// mawk's words, operators and escapes. Texts are latin1.

import { expandEscapes } from "../kit/awk/escapes.ts";
import type { Lexicon, Spot } from "../kit/awk/lexer.ts";

export class AwkSyntaxError extends Error {}

const KEYWORDS: ReadonlySet<string> = new Set(["BEGIN", "END", "function", "if", "else", "while", "for", "do", "break", "continue", "next", "nextfile", "exit", "return", "delete", "in", "getline", "print", "printf"]);

/** How many arguments each takes. */
export const BUILTINS: ReadonlyMap<string, readonly [least: number, most: number]> = new Map<string, readonly [number, number]>([
  ["length", [0, 1]], ["substr", [2, 3]], ["index", [2, 2]], ["split", [2, 3]], ["sub", [2, 3]], ["gsub", [2, 3]], ["match", [2, 2]], ["sprintf", [1, 999]],
  ["sin", [1, 1]], ["cos", [1, 1]], ["atan2", [2, 2]], ["exp", [1, 1]], ["log", [1, 1]], ["sqrt", [1, 1]], ["int", [1, 1]], ["rand", [0, 0]], ["srand", [0, 1]],
  ["tolower", [1, 1]], ["toupper", [1, 1]], ["system", [1, 1]], ["close", [1, 1]], ["fflush", [0, 1]], ["systime", [0, 0]], ["mktime", [1, 1]], ["strftime", [0, 3]],
]);

const OPERATORS = ["||", "&&", "==", "!=", "<=", ">=", "++", "--", "+=", "-=", "*=", "/=", "%=", "^=", "!~", ">>",
  "{", "}", "(", ")", "[", "]", ";", ",", "+", "-", "*", "/", "%", "^", "!", "<", ">", "|", "?", ":", "~", "$", "="];

/** C escapes in a string constant or in -v; what is none keeps its backslash. */
export function stringEscapes(text: string): string {
  return expandEscapes(text, { unknown: (c) => `\\${c}`, byte: (code) => String.fromCharCode(code) });
}

function refuse(what: "string" | "regex" | "character", { line, rest }: Spot): never {
  if (what === "character") {
    const c = rest[0] ?? "";
    throw new AwkSyntaxError(`${line}: unexpected character '${c >= " " && c <= "~" ? c : `\\0${c.charCodeAt(0).toString(8)}`}'`);
  }
  throw new AwkSyntaxError(`line ${line}: runaway ${what === "string" ? "string constant" : "regular expression"} ${rest.slice(0, 11).split("\n")[0] ?? ""} ...`);
}

export const lexicon: Lexicon = {
  keywords: KEYWORDS, operators: OPERATORS, name: /^[A-Za-z_][A-Za-z_0-9]*/, otherBases: false,
  isBuiltin: (name) => BUILTINS.has(name), stringValue: stringEscapes, refuse,
};
