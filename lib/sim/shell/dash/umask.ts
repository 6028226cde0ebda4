// umask of dash (miscbltin.c: umaskcmd). Symbolic modes are those of bash's umask.
import { parseSymbolic, symbolicMask } from "../builtins/umask.ts";
import { type Builtin, BuiltinError, print } from "../builtins/builtin.ts";
import { illegal } from "./number.ts";
import { dashOptions } from "./options.ts";

export const dashUmask: Builtin = {
  name: "umask", usage: "", help: "",
  *run(shell, args) {
    const { letters, rest } = dashOptions(args, "S");
    const mask = shell.sys.umask(0);
    shell.sys.umask(mask);
    const [mode] = rest;
    if (mode === undefined) return yield* print(shell, `${letters.length > 0 ? symbolicMask(mask) : mask.toString(8).padStart(4, "0")}\n`);
    if (/^[0-9]/.test(mode)) {
      if (!/^[0-7]+$/.test(mode)) throw illegal(mode);
      shell.sys.umask(Number.parseInt(mode.slice(-11), 8) & 0o777);
      return 0;
    }
    try {
      shell.sys.umask(parseSymbolic(mode, mask, true));
    } catch (error) {
      if (error instanceof BuiltinError) throw new BuiltinError(`Illegal mode: ${mode}`, 2);
      throw error;
    }
    return 0;
  },
};
