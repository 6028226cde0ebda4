// Patterns of Go's path/filepath.Match and of .dockerignore ("**"): matched by hand, no regular expression of the learner's is built.

/** `*` and `?` stop at "/"; `**` does not. */
export function globMatches(pattern: string, name: string): boolean {
  const memo = new Map<number, boolean>();
  const match = (p: number, n: number): boolean => {
    const key = p * (name.length + 1) + n;
    const known = memo.get(key);
    if (known !== undefined) return known;
    memo.set(key, false);
    const result = step(p, n);
    memo.set(key, result);
    return result;
  };
  const step = (p: number, n: number): boolean => {
    if (p === pattern.length) return n === name.length;
    const character = pattern.charAt(p);
    if (character === "*") {
      const deep = pattern.charAt(p + 1) === "*";
      const next = p + (deep ? (pattern.charAt(p + 2) === "/" ? 3 : 2) : 1);
      for (let at = n; at <= name.length; at++) {
        if (match(next, at)) return true;
        if (!deep && name.charAt(at) === "/") return false;
      }
      return false;
    }
    if (n === name.length) return false;
    if (character === "?") return name.charAt(n) !== "/" && match(p + 1, n + 1);
    if (character === "[") {
      const close = pattern.indexOf("]", p + 1);
      if (close < 0) return false;
      const set = pattern.slice(p + 1, close);
      const negated = set.startsWith("^");
      return inSet(negated ? set.slice(1) : set, name.charAt(n)) !== negated && match(close + 1, n + 1);
    }
    if (character === "\\" && p + 1 < pattern.length) return pattern.charAt(p + 1) === name.charAt(n) && match(p + 2, n + 1);
    return character === name.charAt(n) && match(p + 1, n + 1);
  };
  return match(0, 0);
}

function inSet(set: string, character: string): boolean {
  for (let index = 0; index < set.length; index++) {
    if (set.charAt(index + 1) === "-" && index + 2 < set.length) {
      if (character >= set.charAt(index) && character <= set.charAt(index + 2)) return true;
      index += 2;
    } else if (set.charAt(index) === character) return true;
  }
  return false;
}
