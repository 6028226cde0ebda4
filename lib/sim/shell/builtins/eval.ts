import { type Builtin, noOptions } from "./builtin.ts";

const evalBuiltin: Builtin = {
  name: "eval", usage: "eval [arg ...]", special: true,
  help: "Joins its arguments with blanks and runs the result as a command in this shell.",
  *run(shell, args) {
    const text = noOptions(args).join(" ");
    if (text.trim() === "") return 0;
    if (!shell.strict) {
      shell.builtinName = "";
      shell.traceLevel++;
    }
    try {
      return yield* shell.language.runText(shell, text, { inputName: "eval", firstLine: shell.strict ? 1 : shell.line });
    } finally {
      if (!shell.strict) shell.traceLevel--;
    }
  },
};
export default evalBuiltin;
