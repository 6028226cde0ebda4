import type { Blocking } from "../../kernel/sys.ts";
import type { Flow } from "../interp/flow.ts";
import type { Outcome } from "../interp/language.ts";
import type { Shell } from "../interp/shell.ts";
import type { Builtin } from "./builtin.ts";
import { afterDashes, illegalNumber, isNumeric, tooManyArguments } from "./numeric-argument.ts";
import { DiscardCommand, ShellExit } from "../interp/flow.ts";

/** break and continue differ in a word. */
export function leaveLoop(shell: Shell, args: readonly string[], flow: Flow): Outcome {
  const rest = afterDashes(args);
  if (shell.dash && rest[0] !== undefined && !isNumeric(rest[0])) throw illegalNumber(rest[0]);
  if (shell.loopDepth === 0) return shell.dash ? 0 : outside(shell);
  let count = 1;
  const [text] = rest;
  if (text !== undefined) {
    if (shell.dash && !isNumeric(text)) throw illegalNumber(text);
    if (!isNumeric(text)) return notNumeric(shell, text);
    if (rest.length > 1) return tooManyArguments(shell);
    count = Number(text);
    if (count <= 0) return outOfRange(shell, text);
  }
  shell.flow = flow;
  shell.flowCount = Math.min(count, shell.loopDepth);
  return 0;
}

function* outside(shell: Shell): Blocking<number> {
  if (shell.options.posix) return 0;
  yield* shell.complain("only meaningful in a `for', `while', or `until' loop");
  return 0;
}

function* notNumeric(shell: Shell, text: string): Blocking<number> {
  yield* shell.complain(`${text}: numeric argument required`);
  // sig.c, throw_to_top_level
  const status = shell.lastStatus | 128;
  if (shell.interactive && !shell.isChild) throw new DiscardCommand(status);
  throw new ShellExit(status);
}

function* outOfRange(shell: Shell, text: string): Blocking<number> {
  yield* shell.complain(`${text}: loop count out of range`);
  shell.flow = "break";
  shell.flowCount = shell.loopDepth;
  return 1;
}

const breakBuiltin: Builtin = {
  name: "break", usage: "break [n]", special: true,
  help: "Leaves a for, while, until or select loop; with N, that many enclosing loops.",
  run: (shell, args) => leaveLoop(shell, args, "break"),
};
export default breakBuiltin;
