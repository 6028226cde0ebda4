// HISTIGNORE: colon-separated glob patterns that must match the whole line; `&` stands for the previous entry.

/** `*`, `?` and `[...]` against the whole text, in time linear in pattern times text. */
export function globMatches(pattern: string, text: string): boolean {
  const parts = [...pattern];
  let states = new Set([0]);
  const close = (set: Set<number>): Set<number> => {
    for (const state of set) if (parts[state] === "*") set.add(state + 1);
    return set;
  };
  close(states);
  for (const character of text) {
    const next = new Set<number>();
    for (const state of states) {
      const part = parts[state];
      if (part === undefined) continue;
      if (part === "*") next.add(state);
      else if (part === "?") next.add(state + 1);
      else if (part === "[") {
        const end = parts.indexOf("]", state + 2);
        if (end > 0) {
          if (inClass(parts.slice(state + 1, end), character)) next.add(end + 1);
        } else if (character === "[") next.add(state + 1);
      } else if (part === "\\" && state + 1 < parts.length) {
        if (parts[state + 1] === character) next.add(state + 2);
      } else if (part === character) next.add(state + 1);
    }
    states = close(next);
  }
  return states.has(parts.length);
}

function inClass(members: readonly string[], character: string): boolean {
  const negated = members[0] === "!" || members[0] === "^";
  let found = false;
  for (let i = negated ? 1 : 0; i < members.length; i += 1) {
    const first = members[i] ?? "";
    if (members[i + 1] === "-" && i + 2 < members.length) {
      if (character >= first && character <= (members[i + 2] ?? "")) found = true;
      i += 2;
    } else if (first === character) found = true;
  }
  return found !== negated;
}

export function matchesHistoryPattern(patterns: string, text: string, previous: string | undefined): boolean {
  return patterns.split(":").some((pattern) => {
    if (pattern === "") return false;
    if (pattern === "&") return previous === text;
    return globMatches(pattern.replace(/\\&/g, "&"), text);
  });
}
