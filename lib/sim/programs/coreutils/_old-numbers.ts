// Old options that are a number (fold -40, pr -3, split -500): where they stand, they are the long option that took their place.

/**
 * Rewrites each argument that is an option. What a preceding option takes as its argument stays: `letters` are the short options that
 * take one, `names` the long ones.
 */
export function rewriteOptions(args: readonly string[], letters: string, names: readonly string[], rewrite: (arg: string) => string): readonly string[] {
  const out: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? "";
    if (arg === "--") return [...out, ...args.slice(i)];
    out.push(rewrite(arg));
    const takesNext = arg.startsWith("--") ? names.includes(arg) : arg.startsWith("-") && firstTaker(arg, letters) === arg.length - 1;
    const next = args[i + 1];
    if (takesNext && next !== undefined) {
      out.push(next);
      i++;
    }
  }
  return out;
}

/** Where in a cluster of short options the one stands that takes the rest as its argument; -1 if none does. */
function firstTaker(cluster: string, letters: string): number {
  for (let at = 1; at < cluster.length; at++) if (letters.includes(cluster.charAt(at))) return at;
  return -1;
}
