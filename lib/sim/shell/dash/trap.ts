// trap of dash (trap.c: trapcmd).
import { SIGRTMAX } from "../../kernel/sys.ts";
import { setTrap } from "../interp/traps.ts";
import { type Builtin, print } from "../builtins/builtin.ts";
import { dashSignal, dashSignalName } from "./kill.ts";
import { dashOptions } from "./options.ts";
import { quoteForDash } from "./quote.ts";

const nameOf = (number: number): string => (number === 0 ? "EXIT" : dashSignalName(number));

export const dashTrap: Builtin = {
  name: "trap", usage: "", help: "", special: true,
  *run(shell, args) {
    const { rest } = dashOptions(args, "");
    if (rest.length === 0) {
      let out = "";
      for (let number = 0; number <= SIGRTMAX; number++) {
        const trap = shell.traps.get(nameOf(number));
        if (trap) out += `trap -- ${quoteForDash(trap.command)} ${nameOf(number)}\n`;
      }
      return yield* print(shell, out);
    }
    const [first = "", ...others] = rest;
    const command = others.length === 0 || first === "-" || dashSignalNumber(first) ? undefined : first;
    const names = others.length === 0 || dashSignalNumber(first) ? rest : others;
    for (const text of names) {
      const number = dashSignal(text, 0);
      if (number === undefined) {
        yield* shell.errorText(`trap: ${text}: bad trap\n`);
        return 1;
      }
      setTrap(shell, nameOf(number), command);
    }
    return 0;
  },
};

/** A number in front makes all words signals whose traps go. */
function dashSignalNumber(text: string): boolean {
  return /^[0-9]+$/.test(text) && dashSignal(text, 0) !== undefined;
}
