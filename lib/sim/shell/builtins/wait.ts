import { type Blocking, SIGNALS } from "../../kernel/sys.ts";
import { assignScalar, isName } from "../interp/assign.ts";
import { type Job, exitStatusOf, jobState, jobStatus } from "../interp/jobs.ts";
import { waitAny } from "../interp/process.ts";
import type { Shell } from "../interp/shell.ts";
import { collectSignals, handleSignals } from "../interp/traps.ts";
import { type Builtin, BuiltinError, parseOptions } from "./builtin.ts";
import { notifyJobs } from "../interp/foreground.ts";
import { unsetVariable } from "./unset.ts";
import { signalNumber } from "../interp/traps.ts";

/** Waits until `ready` gives something; a signal with a trap ends it with 128 + number. */
export function* waitUntil<T>(shell: Shell, ready: () => T | undefined): Blocking<T | { readonly signal: number } | "none"> {
  for (;;) {
    const value = ready();
    if (value !== undefined) return value;
    const result = yield* waitAny(shell);
    if (result === "none") return ready() ?? "none";
    // a signal that came together with the end of a child came first
    collectSignals(shell);
    if (result === "interrupted" || shell.pendingSignals.length > 0) {
      // a child's end interrupts nothing but in posix mode (trap.c, signal_is_trapped and wait_signal_received)
      const number = shell.pendingSignals.find((signal) => (signal !== SIGNALS.CHLD || shell.options.posix) && trapped(shell, signal));
      const value2 = ready();
      if (value2 !== undefined && number === undefined) return value2;
      if (number !== undefined) {
        yield* handleSignals(shell);
        return { signal: number };
      }
      yield* handleSignals(shell);
    }
  }
}

function trapped(shell: Shell, number: number): boolean {
  for (const [name, trap] of shell.traps.entries()) if (trap.command !== "" && signalNumber(name) === number) return true;
  return false;
}

function* waitForPid(shell: Shell, pid: number): Blocking<number | undefined> {
  const job = shell.jobs.byPid(pid);
  if (!job && !shell.jobs.finished.has(pid) && !shell.jobs.awaited.has(pid) && !shell.processSubstitutions.some((item) => item.pid === pid)) {
    // It may be a child that was never listed (process substitution).
    if (pid !== shell.lastBackground) return undefined;
  }
  const result = yield* waitUntil(shell, () => {
    const known = shell.jobs.byPid(pid)?.processes.find((process) => process.pid === pid)?.status ?? shell.jobs.finished.get(pid);
    return known && known.kind !== "stopped" && known.kind !== "continued" ? known : undefined;
  });
  if (result === "none") return 127;
  if ("signal" in result && !("kind" in result)) return 128 + result.signal;
  if (job && jobState(job) === "done") yield* toldOf(shell, job);
  return "kind" in result ? exitStatusOf(result) : 0;
}

/** As jobs.c, wait_for_background_pids, tells of them whenever it looks for a running one. */
function* warnOfStopped(shell: Shell): Blocking<void> {
  if (shell.dash) return;
  for (const job of shell.jobs.all) {
    if (jobState(job) === "running") return;
    if (jobState(job) === "stopped") yield* shell.complain(`warning: job ${job.number}[${job.processes[job.processes.length - 1]?.pid ?? job.pgid}] stopped`);
  }
}

function* waitForOne(shell: Shell, job: Job): Blocking<number> {
  if (jobState(job) === "stopped" && !shell.dash) yield* shell.report(`warning: wait_for_job: job ${job.number} is stopped`);
  const result = yield* waitUntil(shell, () => (jobState(job) !== "running" ? job : undefined));
  if (result !== "none" && "signal" in result) return 128 + result.signal;
  const status = jobStatus(job);
  if (jobState(job) === "done") yield* toldOf(shell, job);
  return status;
}

/** Who waited for a job knows of its end. */
function* toldOf(shell: Shell, job: Job): Blocking<void> {
  yield* notifyJobs(shell);
  if (!shell.dash && (!shell.interactive || shell.isChild)) shell.jobs.remove(job);
}

const wait: Builtin = {
  name: "wait", usage: "wait [-fn] [-p var] [id ...]",
  help: "Waits for children to end and gives their status: those named by process or job, or all of them.\n-n waits for the next one, -p VAR stores its number, -f waits until it has really ended.",
  *run(shell, args) {
    const parsed = parseOptions(args, "fnp:");
    const variable = parsed.value("p");
    if (variable !== undefined && !isName(variable)) throw new BuiltinError(`\`${variable}': not a valid identifier`, 1);
    if (variable !== undefined) unsetVariable(shell, variable);
    if (parsed.has("n")) return yield* waitNext(shell, parsed.rest, variable);
    if (parsed.rest.length === 0) {
      let waited = false;
      yield* warnOfStopped(shell);
      for (const job of [...shell.jobs.all]) {
        if (jobState(job) === "stopped") continue;
        if (jobState(job) === "running") waited = true;
        const result = yield* waitUntil(shell, () => (jobState(job) !== "running" ? job : undefined));
        if (result !== "none" && "signal" in result) return 128 + result.signal;
      }
      const unlisted = yield* waitUntil(shell, () => ([...shell.jobs.awaited.values()].every((status) => status !== undefined) ? true : undefined));
      if (typeof unlisted === "object") return 128 + unlisted.signal;
      const script = !shell.dash && (!shell.interactive || shell.isChild);
      if (waited || !script) yield* notifyJobs(shell);
      // who waits for all has been told of all (jobs.c: wait_for_background_pids)
      if (script) for (const job of [...shell.jobs.all]) if (jobState(job) === "done") shell.jobs.remove(job);
      if (waited) yield* warnOfStopped(shell);
      return 0;
    }
    let status = 0;
    for (const text of parsed.rest) {
      if (text.startsWith("%")) {
        const job = shell.jobs.find(text);
        if (!job || job === "ambiguous") {
          yield* shell.complain(job === "ambiguous" && !shell.dash ? `${text.replace(/^%/, "")}: ambiguous job spec` : `${text}: no such job`);
          status = 127;
          continue;
        }
        status = yield* waitForOne(shell, job);
        if (variable !== undefined) assignScalar(shell, variable, String(job.processes[job.processes.length - 1]?.pid ?? ""));
        continue;
      }
      if (!/^[0-9]+$/.test(text)) {
        yield* shell.complain(`\`${text}': not a pid or valid job spec`);
        status = 1;
        continue;
      }
      const result = yield* waitForPid(shell, Number(text));
      if (result === undefined) {
        yield* shell.complain(`pid ${text} is not a child of this shell`);
        status = 127;
      } else {
        status = result;
        if (variable !== undefined) assignScalar(shell, variable, text);
      }
    }
    return status;
  },
};

function* waitNext(shell: Shell, specs: readonly string[], variable: string | undefined): Blocking<number> {
  let candidates: Job[];
  if (specs.length > 0) {
    candidates = [];
    for (const spec of specs) {
      const job = /^[0-9]+$/.test(spec) ? shell.jobs.byPid(Number(spec)) : shell.jobs.find(spec);
      if (job && job !== "ambiguous") candidates.push(job);
      else yield* shell.complain(`${spec}: no such job`);
    }
  } else candidates = shell.jobs.all.filter((job) => !job.foreground);
  if (candidates.length === 0) return 127;
  const result = yield* waitUntil(shell, () => candidates.find((job) => jobState(job) === "done"));
  if (result === "none") return 127;
  if ("signal" in result) return 128 + result.signal;
  const status = jobStatus(result);
  if (variable !== undefined) assignScalar(shell, variable, String(result.processes[result.processes.length - 1]?.pid ?? ""));
  // at a terminal, and with job control in -c, all that ended is told first
  if (!shell.isChild && (shell.interactive || (shell.jobControl && shell.commandString !== undefined))) yield* notifyJobs(shell);
  shell.jobs.remove(result);
  return status;
}

export default wait;
