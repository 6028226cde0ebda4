// Patterns of .gitignore, .gitattributes and pathspecs (gitignore(5), "PATTERN FORMAT"). What failed once is not tried again, so no pattern is slow.

export interface WildOptions {
  /** "*" and "?" stop at slashes, "**" does not */
  readonly pathname?: boolean;
  readonly ignoreCase?: boolean;
}

export const hasWildcard = (text: string): boolean => /[*?[\\]/.test(text);

const CLASSES: ReadonlyMap<string, RegExp> = new Map([
  ["alnum", /[A-Za-z0-9]/], ["alpha", /[A-Za-z]/], ["blank", /[ \t]/], ["cntrl", /[\x00-\x1f\x7f]/], ["digit", /[0-9]/], ["graph", /[!-~]/], ["lower", /[a-z]/], ["print", /[ -~]/], ["punct", /[!-/:-@[-`{-~]/],
  ["space", /\s/], ["upper", /[A-Z]/], ["xdigit", /[0-9A-Fa-f]/],
]);

/** The bracket that begins at `start` against a character: the index behind it and whether it matches; undefined when it is not closed. */
function bracket(pattern: string, start: number, char: string): { readonly end: number; readonly matches: boolean } | undefined {
  let at = start + 1;
  const negated = pattern[at] === "!" || pattern[at] === "^";
  if (negated) at++;
  let matches = false;
  for (let first = true; at < pattern.length; first = false) {
    let from = pattern[at] ?? "";
    if (from === "]" && !first) return { end: at + 1, matches: matches !== negated };
    const close = from === "[" && pattern[at + 1] === ":" ? pattern.indexOf(":]", at + 2) : -1;
    if (close > 0) {
      if (CLASSES.get(pattern.slice(at + 2, close))?.test(char)) matches = true;
      at = close + 2;
      continue;
    }
    if (from === "\\") from = pattern[++at] ?? "";
    at++;
    if (pattern[at] === "-" && pattern[at + 1] !== "]" && at + 1 < pattern.length) {
      let to = pattern[++at] ?? "";
      if (to === "\\") to = pattern[++at] ?? "";
      at++;
      if (char >= from && char <= to) matches = true;
    } else if (char === from) matches = true;
  }
  return undefined;
}

export function wildmatch(pattern: string, text: string, options: WildOptions = {}): boolean {
  const { pathname = false, ignoreCase = false } = options;
  const [p, t] = ignoreCase ? [pattern.toLowerCase(), text.toLowerCase()] : [pattern, text];
  const failed = new Set<number>();
  const width = t.length + 1;
  const match = (pi: number, ti: number): boolean => {
    const key = pi * width + ti;
    if (failed.has(key)) return false;
    const found = attempt(pi, ti);
    if (!found) failed.add(key);
    return found;
  };
  const attempt = (pi: number, ti: number): boolean => {
    for (; pi < p.length; pi++, ti++) {
      const c = p[pi] ?? "";
      if (c === "*") {
        let end = pi;
        while (p[end] === "*") end++;
        const before = p[pi - 1];
        const after = p[end];
        const across = !pathname || (end - pi >= 2 && (before === undefined || before === "/") && (after === undefined || after === "/" || (after === "\\" && p[end + 1] === "/")));
        // "**/" matches no directory too
        if (pathname && across && after === "/" && match(end + 1, ti)) return true;
        if (end === p.length) return across || !t.includes("/", ti);
        for (let at = ti; at <= t.length; at++) {
          if (match(end, at)) return true;
          if (!across && t[at] === "/") return false;
        }
        return false;
      }
      const char = t[ti];
      if (char === undefined) return false;
      if (c === "?") {
        if (pathname && char === "/") return false;
      } else if (c === "[") {
        const found = bracket(p, pi, char);
        if (!found || !found.matches || (pathname && char === "/")) return false;
        pi = found.end - 1;
      } else if (c === "\\" && pi + 1 < p.length) {
        if (p[++pi] !== char) return false;
      } else if (c !== char) return false;
    }
    return ti === t.length;
  };
  return match(0, 0);
}
