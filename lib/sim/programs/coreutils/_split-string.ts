// env -S: words in the manner of a shell, with quotes, backslash escapes, ${NAME} and # comments (env(1), "-S/--split-string usage").

import { Exit } from "../kit/io.ts";

/** What a backslash and one of these letters mean. */
const ESCAPES = new Map([["f", "\f"], ["n", "\n"], ["r", "\r"], ["t", "\t"], ["v", "\v"], ["#", "#"], ["$", "$"], ["_", " "], ["\"", "\""], ["'", "'"], ["\\", "\\"]]);

const refuse = (message: string): never => {
  throw new Exit(125, message);
};

export function splitString(text: string, environment: ReadonlyMap<string, string>): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote = "";
  const finish = (): void => {
    if (word !== undefined) words.push(word);
    word = undefined;
  };
  for (let i = 0; i < text.length; i++) {
    const char = text.charAt(i);
    if (quote === "" && /\s/.test(char)) finish();
    else if (char === quote) quote = "";
    else if (quote === "" && (char === "'" || char === '"')) {
      quote = char;
      word ??= "";
    } else if (quote === "" && char === "#" && word === undefined) break;
    else if (char === "\\" && (quote !== "'" || /[\\']/.test(text.charAt(i + 1)))) {
      const next = text.charAt(++i);
      if (next === "") refuse("invalid backslash at end of string in -S");
      if (next === "c") {
        if (quote !== "") refuse("'\\c' must not appear in double-quoted -S string");
        break;
      }
      const meaning = ESCAPES.get(next) ?? refuse(`invalid sequence '\\${next}' in -S`);
      if (next === "_" && quote === "") finish();
      else word = (word ?? "") + meaning;
    } else if (char === "$" && quote !== "'") {
      const name = /^\$\{([A-Za-z_][A-Za-z0-9_]*)\}/.exec(text.slice(i));
      if (!name) refuse(`only \${VARNAME} expansion is supported, error at: ${text.slice(i)}`);
      const value = environment.get(name?.[1] ?? "");
      if (value !== undefined) word = (word ?? "") + value;
      i += (name?.[0].length ?? 1) - 1;
    } else word = (word ?? "") + char;
  }
  if (quote !== "") refuse("no terminating quote in -S string");
  finish();
  return words;
}
