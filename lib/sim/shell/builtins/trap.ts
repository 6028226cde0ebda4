import { SIGRTMAX, signalName } from "../../kernel/sys.ts";
import type { Shell } from "../interp/shell.ts";
import { PSEUDO_SIGNALS, setTrap, signalSpec } from "../interp/traps.ts";
import { quoteSingle } from "../syntax/quote.ts";
import { type Builtin, parseOptions, print, usageError } from "./builtin.ts";

function shownName(name: string): string {
  return (PSEUDO_SIGNALS as readonly string[]).includes(name) ? name : `SIG${name}`;
}

/** `all`: also those that are as they were (trap -p in posix mode). */
function listing(shell: Shell, names: readonly string[] | undefined, all = false): string {
  const traps = shell.inheritedTraps ?? new Map(shell.traps.entries());
  const order = names ?? ["EXIT", ...Array.from({ length: SIGRTMAX }, (_, index) => signalName(index + 1) ?? ""), "DEBUG", "ERR", "RETURN"];
  let out = "";
  for (const name of order) {
    const trap = traps.get(name);
    if (!trap && all && name !== "") out += `trap -- - ${name}\n`;
    if (trap) out += `trap -- ${quoteSingle(trap.command)} ${shell.dash || shell.options.posix ? name : shownName(name)}\n`;
  }
  return out;
}

export function signalTable(): string {
  let out = "";
  let column = 0;
  for (let number = 1; number <= SIGRTMAX; number++) {
    const name = signalName(number);
    if (name === undefined) continue;
    const text = `${String(number).padStart(2)}) SIG${name}`;
    column++;
    out += column % 5 === 0 ? `${text}\n` : `${text}\t`;
  }
  return column % 5 === 0 ? out : `${out}\n`;
}

const trap: Builtin = {
  name: "trap", usage: "trap [-lp] [[arg] signal_spec ...]", special: true,
  help: "Runs ARG when a signal arrives, when the shell ends (EXIT), before each command (DEBUG), after a failing one (ERR), after a function (RETURN).\nAn empty ARG ignores the signal; - sets it back. -p prints what is set, -l the names of all signals.",
  *run(shell, args) {
    const parsed = parseOptions(args, "lp");
    if (parsed.has("l")) return yield* print(shell, signalTable());
    const { rest } = parsed;
    if (parsed.has("p") || rest.length === 0) {
      if (rest.length === 0) return yield* print(shell, listing(shell, undefined, parsed.has("p") && shell.options.posix && !shell.dash));
      let status = 0;
      for (const text of rest) {
        const name = signalSpec(text);
        if (name === undefined) {
          yield* shell.complain(`${text}: invalid signal specification`);
          status = 1;
        } else yield* print(shell, listing(shell, [name], shell.options.posix && !shell.dash));
      }
      return status;
    }
    let command: string | undefined = rest[0];
    let signals: readonly string[] = rest.slice(1);
    // `trap INT`, `trap 2`: one argument that names a signal resets it.
    if (signals.length === 0) {
      if (signalSpec(rest[0] ?? "") === undefined) throw usageError();
      command = "-";
      signals = rest.slice(0, 1);
    } else if (/^\s*[0-9]+\s*$/.test(rest[0] ?? "") && signalSpec(String(Number(rest[0]))) !== undefined) {
      command = "-";
      signals = [String(Number(rest[0])), ...rest.slice(1)];
    }
    let status = 0;
    for (const text of signals) {
      const name = signalSpec(text);
      if (name === undefined) {
        yield* shell.complain(shell.dash ? `${text}: bad trap` : `${text}: invalid signal specification`);
        status = 1;
        continue;
      }
      setTrap(shell, name, command === "-" ? undefined : command);
    }
    return status;
  },
};
export default trap;
