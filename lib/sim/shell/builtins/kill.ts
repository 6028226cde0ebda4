import { SIGNALS, SIGRTMAX, SysError, signalName, strerror } from "../../kernel/sys.ts";
import { type Job, jobState } from "../interp/jobs.ts";
import type { Shell } from "../interp/shell.ts";
import { handleSignals, signalNumber, signalSpec } from "../interp/traps.ts";
import { type Builtin, print, refuse, usageError } from "./builtin.ts";
import { signalTable } from "./trap.ts";

/** What the shell does for one of its jobs besides the signal: its state is told again, a stopped one goes on to die of TERM or HUP, and CONT is like bg (jobs.c: kill_pid). */
function toGroup(shell: Shell, job: Job, signal: number): void {
  job.notified = false;
  if (jobState(job) !== "stopped") return;
  if (signal === SIGNALS.TERM || signal === SIGNALS.HUP) shell.sys.kill(-job.pgid, SIGNALS.CONT);
  if (signal !== SIGNALS.CONT) return;
  for (const process of job.processes) if (process.status?.kind === "stopped") process.status = undefined;
  job.foreground = false;
  job.notified = true;
}

const TRAPS_ONLY: readonly string[] = ["DEBUG", "ERR", "RETURN"];

const STOPPING: readonly number[] = [SIGNALS.STOP, SIGNALS.TSTP, SIGNALS.TTIN, SIGNALS.TTOU];

const kill: Builtin = {
  name: "kill", usage: "kill [-s sigspec | -n signum | -sigspec] pid | jobspec ... or kill -l [sigspec]",
  help: "Sends a signal (TERM unless told) to processes or jobs. -l lists signal names, or turns a number or status into a name and a name into a number.",
  *run(shell, args) {
    let at = 1;
    let signal: number = SIGNALS.TERM;
    const first = args[1];
    if (first === undefined) throw usageError();
    if (first === "-l" || first === "-L") {
      const names = args.slice(2);
      if (names.length === 0) return yield* print(shell, shell.dash ? Array.from({ length: SIGRTMAX }, (_, i) => signalName(i + 1)).filter((name) => name !== undefined).map((name) => `${name}\n`).join("") : shell.options.posix ? `${Array.from({ length: SIGRTMAX }, (_, i) => signalName(i + 1)).filter((name) => name !== undefined).join(" ")}\n` : signalTable());
      let status = 0;
      for (const text of names) {
        if (/^[0-9]+$/.test(text)) {
          const number = Number(text) > 128 ? Number(text) - 128 : Number(text);
          const name = number === 0 ? "EXIT" : signalName(number);
          if (name === undefined) {
            yield* shell.complain(`${text}: invalid signal specification`);
            status = 1;
          } else yield* print(shell, `${name}\n`);
          continue;
        }
        const name = signalSpec(text, shell.options.posix);
        // those that only trap knows have the numbers behind (trap.h: DEBUG_TRAP, ERROR_TRAP, RETURN_TRAP)
        const number = name === undefined ? undefined : name === "EXIT" ? 0 : shell.dash || !TRAPS_ONLY.includes(name) ? signalNumber(name) : SIGRTMAX + 1 + TRAPS_ONLY.indexOf(name);
        if (number === undefined) {
          yield* shell.complain(`${text}: invalid signal specification`);
          status = 1;
        } else yield* print(shell, `${number}\n`);
      }
      return status;
    }
    if (first === "-s" || first === "-n") {
      const text = args[2];
      if (text === undefined) return yield* refuse(shell, `${first}: option requires an argument`);
      const name = signalSpec(text, shell.options.posix);
      const number = text === "0" ? 0 : name === undefined || name === "EXIT" ? (name === "EXIT" ? 0 : undefined) : signalNumber(name);
      if (number === undefined) return yield* refuse(shell, `${text}: invalid signal specification`);
      signal = number;
      at = 3;
    } else if (first === "--") at = 2;
    else if (/^-./.test(first)) {
      const text = first.slice(1).replace(/^[sn](?=[A-Z0-9])/, (c) => (/^-[sn][0-9A-Z]/.test(first) && signalSpec(first.slice(1)) === undefined ? "" : c));
      const name = signalSpec(text, shell.options.posix);
      const number = text === "0" ? 0 : name === undefined ? undefined : name === "EXIT" ? 0 : signalNumber(name);
      if (number === undefined) return yield* refuse(shell, `${text}: invalid signal specification`);
      signal = number;
      at = 2;
    }
    if (args[at] === "--") at++;
    const targets = args.slice(at);
    if (targets.length === 0) throw usageError();
    let succeeded = false;
    let failed = false;
    for (const text of targets) {
      if (text.startsWith("%")) {
        const job = shell.jobs.find(text);
        if (!job || job === "ambiguous") {
          yield* shell.complain(job === "ambiguous" ? `${text.slice(1)}: ambiguous job spec` : `${text}: no such job`);
          failed = true;
          continue;
        }
        try {
          if (job.controlled) shell.sys.kill(-job.pgid, signal);
          else for (const process of job.processes) shell.sys.kill(process.pid, signal);
          toGroup(shell, job, signal);
          succeeded = true;
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          yield* shell.complain(`(${job.pgid}) - ${strerror(error.errno)}`);
          failed = true;
        }
        continue;
      }
      if (!/^-?[0-9]+$/.test(text)) {
        yield* shell.complain(shell.dash ? `Illegal number: ${text}` : text === "" ? "`': not a pid or valid job spec" : `${text}: arguments must be process or job IDs`);
        failed = true;
        continue;
      }
      try {
        shell.sys.kill(Number(text), signal);
        const job = Number(text) < -1 ? shell.jobs.all.find((one) => one.controlled && one.pgid === -Number(text)) : undefined;
        if (job) toGroup(shell, job, signal);
        succeeded = true;
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* shell.complain(shell.dash ? `${strerror(error.errno)}\n` : `(${text}) - ${strerror(error.errno)}`);
        failed = true;
      }
    }
    shell.lastKillUs = shell.sys.clockUs("monotonic");
    // A signal to ourselves takes effect now; others get to theirs when they run.
    if (STOPPING.includes(signal)) yield* shell.sys.preempt();
    const name = shell.builtinName;
    yield* handleSignals(shell);
    shell.builtinName = name;
    return failed ? 1 : succeeded ? 0 : 1;
  },
};
export default kill;
