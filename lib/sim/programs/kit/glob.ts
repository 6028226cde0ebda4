// fnmatch(3): shell patterns against names, in linear time by remembering the last star (bracket classes of C.UTF-8; extended patterns are the shell's).

export interface GlobOptions {
  /** A leading period must be matched by a period (FNM_PERIOD). */
  readonly period?: boolean;
  /** "*" and "?" do not match a slash (FNM_PATHNAME). */
  readonly pathname?: boolean;
  readonly ignoreCase?: boolean;
  /** Backslash is an ordinary character (FNM_NOESCAPE). */
  readonly noEscape?: boolean;
  /** The pattern may match a beginning of the name up to a slash (FNM_LEADING_DIR). */
  readonly leadingDirectory?: boolean;
}

const CLASSES: ReadonlyMap<string, (char: string) => boolean> = new Map([
  ["alpha", (char) => /\p{L}/u.test(char)], ["digit", (char) => /[0-9]/.test(char)], ["alnum", (char) => /[\p{L}\p{N}]/u.test(char)],
  ["upper", (char) => /\p{Lu}/u.test(char)], ["lower", (char) => /\p{Ll}/u.test(char)], ["space", (char) => /[ \t\n\v\f\r]/.test(char)],
  ["blank", (char) => char === " " || char === "\t"], ["punct", (char) => /[!-/:-@[-`{-~]|\p{P}|\p{S}/u.test(char)], ["cntrl", (char) => /\p{Cc}/u.test(char)],
  ["print", (char) => !/\p{Cc}/u.test(char)], ["graph", (char) => !/[\p{Cc}\s]/u.test(char)], ["xdigit", (char) => /[0-9A-Fa-f]/.test(char)],
]);

type Item = { readonly kind: "star" } | { readonly kind: "any" } | { readonly kind: "char"; readonly char: string } | { readonly kind: "set"; readonly holds: (char: string) => boolean };

function parse(pattern: string, options: GlobOptions): Item[] {
  const chars = [...pattern];
  const items: Item[] = [];
  for (let i = 0; i < chars.length; i++) {
    const char = chars[i] ?? "";
    if (char === "*") {
      if (items.at(-1)?.kind !== "star") items.push({ kind: "star" });
    } else if (char === "?") items.push({ kind: "any" });
    else if (char === "[") {
      const set = bracket(chars, i, options.ignoreCase === true, options.noEscape === true);
      if (set) {
        items.push({ kind: "set", holds: set.holds });
        i = set.end;
      } else items.push({ kind: "char", char });
    } else if (char === "\\" && !options.noEscape && i + 1 < chars.length) items.push({ kind: "char", char: chars[++i] ?? "" });
    else items.push({ kind: "char", char });
  }
  return items;
}

function bracket(chars: readonly string[], start: number, ignoreCase: boolean, noEscape: boolean): { readonly end: number; readonly holds: (char: string) => boolean } | undefined {
  let i = start + 1;
  const negated = chars[i] === "!" || chars[i] === "^";
  if (negated) i++;
  const tests: ((char: string) => boolean)[] = [];
  for (let first = true; ; first = false) {
    let char = chars[i];
    if (char === undefined) return undefined;
    if (char === "]" && !first) break;
    if (char === "[" && (chars[i + 1] === ":" || chars[i + 1] === "=" || chars[i + 1] === ".")) {
      const mark = chars[i + 1];
      const close = chars.findIndex((one, at) => at > i + 1 && one === mark && chars[at + 1] === "]");
      if (close > 0) {
        const name = chars.slice(i + 2, close).join("");
        if (mark === ":") {
          const test = CLASSES.get(name);
          if (test) tests.push(test);
        } else tests.push((one) => one === name);
        i = close + 2;
        continue;
      }
    }
    if (char === "\\" && !noEscape && chars[i + 1] !== undefined) char = chars[++i] ?? "";
    i++;
    if (chars[i] === "-" && chars[i + 1] !== undefined && chars[i + 1] !== "]") {
      let high = chars[i + 1] ?? "";
      i += 2;
      if (high === "\\" && !noEscape && chars[i] !== undefined) high = chars[i++] ?? "";
      const [low, top] = [char.codePointAt(0) ?? 0, high.codePointAt(0) ?? 0];
      tests.push((one) => (one.codePointAt(0) ?? 0) >= low && (one.codePointAt(0) ?? 0) <= top);
    } else {
      const only = char;
      tests.push((one) => one === only);
    }
  }
  const matches = (char: string): boolean => tests.some((test) => test(char));
  const holds = (char: string): boolean => (matches(char) || (ignoreCase && (matches(char.toLowerCase()) || matches(char.toUpperCase())))) !== negated;
  return { end: i, holds };
}

export function globMatch(pattern: string, name: string, options: GlobOptions = {}): boolean {
  const items = parse(pattern, options);
  const chars = [...name];
  const same = (a: string, b: string): boolean => a === b || (options.ignoreCase === true && a.toLowerCase() === b.toLowerCase());
  let at = 0;
  let item = 0;
  let starItem = -1;
  let starAt = 0;
  const hidden = (position: number): boolean => options.period === true && chars[position] === "." && (position === 0 || (options.pathname === true && chars[position - 1] === "/"));
  for (;;) {
    const current = items[item];
    const char = chars[at];
    if (current === undefined) {
      if (char === undefined || (options.leadingDirectory && char === "/")) return true;
    } else if (current.kind === "star") {
      if (!hidden(at)) {
        starItem = item;
        starAt = at;
        item++;
        continue;
      }
      if (items[item + 1] !== undefined || char === undefined) {
        // A star before a hidden name's period matches nothing.
        item++;
        if (items[item]?.kind === "char") continue;
      }
    } else if (char !== undefined) {
      const slash = options.pathname === true && char === "/";
      const fits = current.kind === "char" ? same(current.char, char) : !slash && !hidden(at) && (current.kind === "any" || current.holds(char));
      if (fits) {
        at++;
        item++;
        continue;
      }
    }
    // Let the last star take one character more.
    if (starItem < 0 || starAt >= chars.length || (options.pathname === true && chars[starAt] === "/")) return false;
    starAt++;
    at = starAt;
    item = starItem + 1;
  }
}
