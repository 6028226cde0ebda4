// How builtins of dash read their options (options.c: nextopt).
import { BuiltinError } from "../builtins/builtin.ts";

export function dashOptions(args: readonly string[], known: string): { readonly letters: readonly string[]; readonly rest: readonly string[] } {
  const letters: string[] = [];
  let at = 1;
  for (; at < args.length; at++) {
    const arg = args[at] ?? "";
    if (arg === "--") {
      at++;
      break;
    }
    if (!/^-./.test(arg)) break;
    for (const letter of arg.slice(1)) {
      if (!known.includes(letter)) throw new BuiltinError(`Illegal option -${letter}`, 2);
      letters.push(letter);
    }
  }
  return { letters, rest: args.slice(at) };
}
