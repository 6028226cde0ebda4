// The options of `history`, apart: -d takes an offset that may be negative.

export type HistoryOptions =
  | { readonly kind: "invalid"; readonly message: string }
  | { readonly kind: "options"; readonly letters: ReadonlySet<string>; readonly offset: string | undefined; readonly operands: readonly string[] };

export function compileHistoryOptions(args: readonly string[]): HistoryOptions {
  const letters = new Set<string>();
  let offset: string | undefined;
  let index = 0;
  for (; index < args.length; index++) {
    const arg = args[index] ?? "";
    if (arg === "--") {
      index++;
      break;
    }
    if (!arg.startsWith("-") || arg === "-") break;
    for (let at = 1; at < arg.length; at++) {
      const letter = arg.charAt(at);
      if (letter === "d") {
        offset = at + 1 < arg.length ? arg.slice(at + 1) : args[++index];
        if (offset === undefined) return { kind: "invalid", message: "-d: option requires an argument" };
        break;
      }
      if (!"acnpsrw".includes(letter)) return { kind: "invalid", message: `-${letter}: invalid option` };
      letters.add(letter);
    }
  }
  return { kind: "options", letters, offset, operands: args.slice(index) };
}
