import type { Blocking } from "../../kernel/sys.ts";
import type { Shell } from "../interp/shell.ts";
import { type Builtin, BuiltinError } from "./builtin.ts";
import { afterDashes, illegalNumber, isNumeric, tooManyArguments } from "./numeric-argument.ts";

const NOT_HERE = "can only `return' from a function or sourced script";

const returnBuiltin: Builtin = {
  name: "return", usage: "return [n]", special: true,
  help: "Ends a function or a sourced script with status N, or with that of the last command.",
  run(shell, args) {
    const rest = afterDashes(args);
    const [text] = rest;
    let status = shell.lastStatus;
    if (text !== undefined) {
      if (shell.dash && !isNumeric(text)) throw illegalNumber(text);
      if (!isNumeric(text)) {
        return notNumeric(shell, text);
      }
      if (rest.length > 1) return tooManyArguments(shell);
      status = Number(BigInt(text.trim()) & 255n);
    }
    if (shell.returnDepth === 0) {
      if (shell.dash) {
        shell.flow = "return";
        shell.lastStatus = status;
        return status;
      }
      throw new BuiltinError(NOT_HERE, 2);
    }
    shell.flow = "return";
    shell.statusBeforeReturn = shell.lastStatus;
    shell.lastStatus = status;
    return status;
  },
};

function* notNumeric(shell: Shell, text: string): Blocking<number> {
  yield* shell.complain(`${text}: numeric argument required`);
  if (shell.returnDepth === 0) throw new BuiltinError(NOT_HERE, 2);
  shell.flow = "return";
  shell.lastStatus = 2;
  return 2;
}

export default returnBuiltin;
