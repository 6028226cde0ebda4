import type { Blocking } from "../../kernel/sys.ts";
import { ShellExit } from "../interp/flow.ts";
import { jobState } from "../interp/jobs.ts";
import type { Shell } from "../interp/shell.ts";
import type { Builtin } from "./builtin.ts";
import { reap } from "./jobs.ts";
import { afterDashes, illegalNumber, isNumeric, tooManyArguments } from "./numeric-argument.ts";

/** For exit and logout. */
export function* leaveShell(shell: Shell, args: readonly string[]): Blocking<number> {
  if (shell.interactive && !shell.isChild && !shell.dash) yield* shell.errorText(shell.login ? "logout\n" : "exit\n");
  let status = shell.statusBeforeExit ?? shell.lastStatus;
  const rest = afterDashes(args);
  const [text] = rest;
  if (text !== undefined) {
    if (shell.dash && !isNumeric(text)) throw illegalNumber(text);
    if (isNumeric(text)) {
      if (rest.length > 1) yield* tooManyArguments(shell);
      status = Number(BigInt(text.trim().replace(/^\+/, "")) & 255n);
    } else {
      yield* shell.complain(`${text}: numeric argument required`);
      status = 2;
    }
  }
  if (shell.interactive && !shell.isChild && !shell.exitWarned) {
    yield* reap(shell);
    const stopped = shell.jobs.all.some((job) => jobState(job) === "stopped");
    const running = shell.shopts.checkjobs && shell.jobs.all.some((job) => jobState(job) === "running");
    if (stopped || running) {
      yield* shell.errorText(stopped ? "There are stopped jobs.\n" : "There are running jobs.\n");
      if (shell.shopts.checkjobs) {
        const list = shell.language.invoke(shell, ["jobs"], {});
        if (typeof list !== "number") yield* list;
      }
      shell.exitWarned = true;
      shell.exitWarnedAt = shell.commandNumber;
      return 1;
    }
  }
  throw new ShellExit(status);
}

const exit: Builtin = {
  name: "exit", usage: "exit [n]", special: true,
  help: "Ends the shell with status N, or with that of the last command.",
  run: leaveShell,
};
export default exit;
