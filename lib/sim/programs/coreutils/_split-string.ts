// env -S: words in the manner of a shell, with quotes, backslash escapes and # comments (env(1), "-S/--split-string usage").

export function splitString(text: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote = "";
  const escapes = new Map([["f", "\f"], ["n", "\n"], ["r", "\r"], ["t", "\t"], ["v", "\v"], ["#", "#"], ["$", "$"], ["_", " "], ["\"", "\""], ["'", "'"], ["\\", "\\"], [" ", " "]]);
  for (let i = 0; i < text.length; i++) {
    const char = text.charAt(i);
    if (quote === "" && /\s/.test(char)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (char === quote) quote = "";
    else if (quote === "" && (char === "'" || char === '"')) {
      quote = char;
      word ??= "";
    } else if (quote === "" && char === "#" && word === undefined) break;
    else if (char === "\\" && quote !== "'" && i + 1 < text.length) {
      const next = text.charAt(++i);
      if (next === "c" && quote === "") break;
      if (next === "_" && quote === "") {
        if (word !== undefined) words.push(word);
        word = undefined;
      } else word = (word ?? "") + (escapes.get(next) ?? next);
    } else word = (word ?? "") + char;
  }
  if (word !== undefined) words.push(word);
  return words;
}
