// Builtins whose only argument is a number (common.c: get_numeric_arg): too many arguments drop the command line.
import { BuiltinError } from "./builtin.ts";
import type { Blocking } from "../../kernel/sys.ts";
import { DiscardCommand } from "../interp/flow.ts";
import type { Shell } from "../interp/shell.ts";

export function afterDashes(args: readonly string[]): readonly string[] {
  return args[1] === "--" ? args.slice(2) : args.slice(1);
}

export function isNumeric(text: string): boolean {
  if (!/^\s*[-+]?[0-9]+\s*$/.test(text)) return false;
  const value = BigInt(text.trim().replace(/^\+/, ""));
  return BigInt.asIntN(64, value) === value;
}

/** dash's words for what is no number. */
export function illegalNumber(text: string): BuiltinError {
  return new BuiltinError(`Illegal number: ${text}`, 2);
}

export function* tooManyArguments(shell: Shell): Blocking<never> {
  yield* shell.complain("too many arguments");
  throw new DiscardCommand(1);
}
