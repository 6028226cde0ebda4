// What becomes of an error in an expansion or assignment: its message is printed while the command's redirections hold, then the line is dropped.
import { type Blocking, strerror, type SysError } from "../../kernel/sys.ts";
import { ArithmeticError } from "../expand/arithmetic-parser.ts";
import { WouldWait } from "../expand/run-now.ts";
import { NeedsExpansion } from "../expand/subscript.ts";
import { AssignmentError, BadSubscript, UnboundVariable } from "./assign.ts";
import { ExpansionError } from "./expansion-error.ts";
import { DiscardCommand, ShellExit } from "./flow.ts";
import type { Shell } from "./shell.ts";

/** True for errors that belong to the shell's language (and not to us or to control flow). */
export function isExpansionFailure(error: unknown): error is Error {
  return error instanceof ExpansionError || error instanceof ArithmeticError || error instanceof AssignmentError || error instanceof UnboundVariable || error instanceof BadSubscript || error instanceof WouldWait || error instanceof NeedsExpansion;
}

/** The same errors as dash puts them (dash's arith_yacc.y, expand.c, var.c). */
export function dashWords(shell: Shell, error: Error): string {
  if (error instanceof ArithmeticError) {
    if (!shell.ash) return `arithmetic expression: ${error.problem}: "${error.expression}"`;
    const problem = error.problem === "division by 0" ? "division by zero" : error.problem.includes("operand expected") ? "expecting primary" : error.problem.startsWith("missing") ? "expecting ')'" : "expecting EOF";
    return `arithmetic expression: ${problem}: "${error.expression}"`;
  }
  if (error instanceof UnboundVariable) return `${error.variable.replace(/^\$/, "")}: parameter not set`;
  if (error instanceof AssignmentError) return error.message.replace(/readonly variable$/, "is read only");
  if (/bad substitution$/.test(error.message)) return "Bad substitution";
  return error.message.replace(/parameter null or not set$/, "parameter not set or null");
}

/** Reports and throws on: DiscardCommand or ShellExit. */
export function* fail(shell: Shell, error: unknown): Blocking<never> {
  if (!isExpansionFailure(error)) throw error;
  if (error instanceof WouldWait || error instanceof NeedsExpansion) {
    shell.sys.observe({ kind: "unsimulated", command: "bash", detail: "subscript-substitution" });
    yield* shell.report("command substitution inside an arithmetic subscript is not simulated");
    throw new DiscardCommand(1);
  }
  yield* shell.report(shell.dash ? dashWords(shell, error) : error.message);
  shell.lastStatus = 1;
  if (shell.dash) throw new ShellExit(2, shell.strict);
  const exits = error instanceof UnboundVariable || ((error instanceof AssignmentError || error instanceof ArithmeticError || error instanceof ExpansionError) && shell.options.posix) || (error instanceof ExpansionError && error.effect === "exit");
  if (exits && !shell.interactive) throw new ShellExit(shell.commandString !== undefined && !shell.isChild ? 127 : 1);
  const lineOnly = error instanceof ArithmeticError || (error instanceof ExpansionError && error.effect === "line");
  if (shell.options.errexit && shell.ignoreErrors === 0 && !lineOnly) throw new ShellExit(1);
  throw new DiscardCommand(1);
}

/** fork(2) failed: bash tries again and says so, dash and ash do not. */
export function cannotFork(shell: Shell, error: SysError): string {
  if (shell.ash) return `can't fork: ${strerror(error.errno)}`;
  if (shell.dash) return "Cannot fork";
  return `fork: ${error.errno === "EAGAIN" ? "retry: " : ""}${strerror(error.errno)}`;
}
