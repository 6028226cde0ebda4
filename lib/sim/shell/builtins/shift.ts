import { type Builtin, BuiltinError, refuse } from "./builtin.ts";
import { afterDashes, illegalNumber, isNumeric, tooManyArguments } from "./numeric-argument.ts";

const shift: Builtin = {
  name: "shift", usage: "shift [n]", special: true,
  help: "Drops the first N positional parameters (1 unless told); the others move down.",
  run(shell, args) {
    const rest = afterDashes(args);
    const [text] = rest;
    let count = 1;
    if (text !== undefined) {
    if (shell.dash && !isNumeric(text)) throw illegalNumber(text);
      if (!isNumeric(text)) throw new BuiltinError(`${text}: numeric argument required`, 1);
      if (rest.length > 1) return tooManyArguments(shell);
      count = Number(text);
    }
    if (count < 0) throw new BuiltinError(`${text}: shift count out of range`, 1);
    if (count > shell.positional.length) {
      if (shell.dash) throw new BuiltinError("can't shift that many", 2);
      if (shell.shopts.shift_verbose || shell.options.posix) return refuse(shell, `${text ?? "1"}: shift count out of range`);
      return 1;
    }
    shell.positional = shell.positional.slice(count);
    return 0;
  },
};
export default shift;
