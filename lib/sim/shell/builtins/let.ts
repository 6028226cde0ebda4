import { evaluate } from "../expand/arithmetic.ts";
import { arithmeticContext, AssignmentError } from "../interp/assign.ts";
import { ArithmeticError } from "../expand/arithmetic-parser.ts";
import { type Builtin, BuiltinError } from "./builtin.ts";

const letBuiltin: Builtin = {
  name: "let", usage: "let arg [arg ...]",
  help: "Evaluates each argument as an arithmetic expression. Fails when the last one gives 0.",
  run(shell, args) {
    const rest = args[1] === "--" ? args.slice(2) : args.slice(1);
    if (rest.length === 0) throw new BuiltinError("expression expected", 1);
    let value: number | bigint = 0;
    const context = arithmeticContext(shell);
    for (const text of rest) {
      try {
        value = evaluate(text, context);
      } catch (error) {
        if (error instanceof ArithmeticError || error instanceof AssignmentError) throw new BuiltinError(error.message, 1);
        throw error;
      }
    }
    return value === 0 || value === 0n ? 1 : 0;
  },
};
export default letBuiltin;
