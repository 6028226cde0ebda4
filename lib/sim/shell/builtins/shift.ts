import { type Builtin, BuiltinError, noOptions } from "./builtin.ts";

const shift: Builtin = {
  name: "shift", usage: "shift [n]", special: true,
  help: "Drops the first N positional parameters (1 unless told); the others move down.",
  run(shell, args) {
    const rest = args[1] !== undefined && /^-[0-9]/.test(args[1]) ? args.slice(1) : noOptions(args);
    const [text] = rest;
    let count = 1;
    if (text !== undefined) {
      if (!/^\s*[-+]?[0-9]+\s*$/.test(text)) throw new BuiltinError(`${text}: numeric argument required`, 1);
      if (rest.length > 1) throw new BuiltinError("too many arguments", 1);
      count = Number(text);
    }
    if (count < 0) throw new BuiltinError(`${text}: shift count out of range`, 1);
    if (count > shell.positional.length) {
      if (shell.dash) throw new BuiltinError("can't shift that many", 2);
      if (shell.shopts.shift_verbose) throw new BuiltinError(`${text ?? "1"}: shift count out of range`, 1);
      return 1;
    }
    shell.positional = shell.positional.slice(count);
    return 0;
  },
};
export default shift;
