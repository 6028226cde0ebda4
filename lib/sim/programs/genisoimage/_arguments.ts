// Arguments as getargs of cdrkit reads them: letters may stand together, values behind "=", in the same word or the next.

export interface Arguments {
  readonly flags: ReadonlySet<string>;
  readonly values: ReadonlyMap<string, string>;
  readonly operand: string | undefined;
}

/** The word that is none, or what was given; the first operand is told, as most take none. */
export function readArguments(words: readonly string[], known: { readonly flags: readonly string[]; readonly values: readonly string[] }): Arguments | string {
  const flags = new Set<string>();
  const values = new Map<string, string>();
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    const body = word.replace(/^--?/, "");
    const assigned = /^-*(\w+)=(.*)$/s.exec(word);
    if (assigned !== null && known.values.includes(assigned[1] ?? "")) values.set(assigned[1] ?? "", assigned[2] ?? "");
    else if (!word.startsWith("-") || word === "-") return { flags, values, operand: word };
    else if (known.flags.includes(body)) flags.add(body);
    else if (known.values.includes(body)) {
      const value = words[++at];
      if (value === undefined) return word;
      values.set(body, value);
    } else if ([...body].every((letter) => known.flags.includes(letter))) for (const letter of body) flags.add(letter);
    else {
      const short = known.values.find((one) => one.length === 1 && body.startsWith(one));
      if (short === undefined) return word;
      values.set(short, body.slice(1));
    }
  }
  return { flags, values, operand: undefined };
}
