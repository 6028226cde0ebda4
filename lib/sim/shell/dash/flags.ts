// The options of dash's set, in its order (options.c: optnames, optletters), and `$-`.
import type { SetOption } from "../interp/options.ts";
import type { Shell } from "../interp/shell.ts";

/** "interactive" and "stdin" say how the shell was started. */
export type DashOption = SetOption | "interactive" | "stdin" | "debug";

export const DASH_OPTIONS: readonly (readonly [name: DashOption, letter: string])[] = [
  ["errexit", "e"], ["noglob", "f"], ["ignoreeof", "I"], ["interactive", "i"], ["monitor", "m"], ["noexec", "n"], ["stdin", "s"], ["xtrace", "x"], ["verbose", "v"],
  ["vi", "V"], ["emacs", "E"], ["noclobber", "C"], ["allexport", "a"], ["notify", "b"], ["nounset", "u"], ["privileged", "p"], ["nolog", ""], ["debug", ""],
];

export function isDashOptionOn(shell: Shell, name: DashOption): boolean {
  if (name === "interactive") return shell.interactive;
  if (name === "stdin") return shell.readsStdin;
  return name !== "debug" && shell.options[name];
}

/** dash puts them together from the last to the first. */
export function dashFlags(shell: Shell): string {
  return DASH_OPTIONS.filter(([name, letter]) => letter !== "" && isDashOptionOn(shell, name)).map(([, letter]) => letter).toReversed().join("");
}
