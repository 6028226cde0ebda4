// Include and exclude rules (rsync(1), FILTER RULES): the first that matches a name decides.

export interface Rule {
  readonly exclude: boolean;
  readonly pattern: string;
}

/** "*" stops at slashes, "**" does not; [...] and ? are one character. */
export function matches(pattern: string, text: string): boolean {
  // which prefixes of the text the pattern so far can match: time is pattern times text
  let reached: boolean[] = [true, ...Array.from({ length: text.length }, () => false)];
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern.charAt(at);
    const next = Array.from({ length: text.length + 1 }, () => false);
    if (char === "*") {
      const any = pattern.charAt(at + 1) === "*";
      if (any) at++;
      for (let place = 0, open = false; place <= text.length; place++) {
        open = open || (reached[place] ?? false);
        next[place] = open;
        if (!any && text.charAt(place) === "/") open = false;
      }
      reached = next;
      continue;
    }
    let test: (one: string) => boolean;
    const end = char === "[" ? pattern.indexOf("]", at + 2) : -1;
    if (char === "?") test = (one) => one !== "/";
    else if (end > 0) {
      const inside = pattern.slice(at + 1, end);
      const negated = inside.startsWith("!") || inside.startsWith("^");
      const set = negated ? inside.slice(1) : inside;
      test = (one) => {
        let found = false;
        for (let index = 0; index < set.length; index++) {
          if (set.charAt(index + 1) === "-" && index + 2 < set.length) {
            if (one >= set.charAt(index) && one <= set.charAt(index + 2)) found = true;
            index += 2;
          } else if (set.charAt(index) === one) found = true;
        }
        return found !== negated && one !== "/";
      };
      at = end;
    } else if (char === "\\" && at + 1 < pattern.length) {
      const literal = pattern.charAt(++at);
      test = (one) => one === literal;
    } else test = (one) => one === char;
    for (let place = 0; place < text.length; place++) if (reached[place] && test(text.charAt(place))) next[place + 1] = true;
    reached = next;
  }
  return reached[text.length] ?? false;
}

/** `path` is relative to the transfer's root. */
export function isExcluded(rules: readonly Rule[], path: string, directory: boolean): boolean {
  for (const { pattern, exclude } of rules) {
    const onlyDirectories = pattern.endsWith("/");
    if (onlyDirectories && !directory) continue;
    let body = onlyDirectories ? pattern.slice(0, -1) : pattern;
    const anchored = body.startsWith("/");
    if (anchored) body = body.slice(1);
    // "foo/***" is foo and all in it
    if (body.endsWith("/***")) body = matches(body.slice(0, -4), path) ? body.slice(0, -4) : body.slice(0, -1);
    const whole = body.includes("/") || body.includes("**");
    const found = anchored ? matches(body, path) : whole ? matches(body, path) || path.split("/").some((_, index, parts) => index > 0 && matches(body, parts.slice(index).join("/"))) : matches(body, path.slice(path.lastIndexOf("/") + 1));
    if (found) return exclude;
  }
  return false;
}
