import { type Builtin, BuiltinError, noOptions } from "./builtin.ts";

const evalBuiltin: Builtin = {
  name: "eval", usage: "eval [arg ...]", special: true,
  help: "Joins its arguments with blanks and runs the result as a command in this shell.",
  *run(shell, args) {
    const text = (shell.strict ? args.slice(1) : noOptions(args)).join(" ");
    if (text.trim() === "") return 0;
    if (!shell.strict) {
      shell.builtinName = "";
      shell.traceLevel++;
    }
    let broken = false;
    try {
      const status = yield* shell.language.runText(shell, text, { inputName: "eval", firstLine: shell.strict ? 1 : shell.line, onSyntaxError: () => { broken = true; } });
      // POSIX: an error of a special builtin ends the shell
      if (broken && shell.options.posix) throw new BuiltinError("", status);
      return status;
    } finally {
      if (!shell.strict) shell.traceLevel--;
    }
  },
};
export default evalBuiltin;
