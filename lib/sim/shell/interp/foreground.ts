// The shell waits for what it runs in the foreground: hands it the terminal, notices when it stops, says by what signal it died.
import { type Blocking, SIGNALS, type SignalDisposition, type Termios, type WaitStatus, encode, signalName, strsignal } from "../../kernel/sys.ts";
import { dashJobLine } from "../dash/job-line.ts";
import { dashJobText } from "../dash/job-text.ts";
import { dashJobs } from "../dash/job-spec.ts";
import { printCommand } from "../syntax/printer.ts";
import type { Command } from "../syntax/tree.ts";
import { DiscardCommand, Interrupted, ShellExit } from "./flow.ts";
import { giveTerminal } from "./job-control.ts";
import { type Job, type JobProcess, describeJob, describeStatus, exitStatusOf, jobState } from "./jobs.ts";
import { waitForChild, waitForJob } from "./process.ts";
import type { Shell } from "./shell.ts";
import { collectSignals, dieOf } from "./traps.ts";

export interface Started {
  readonly pid: number;
  readonly text: string;
  /** Printed for the job's text when that is needed. */
  readonly node?: Command;
}

/** The text of a command as `jobs` shows it. */
export function jobText(shell: Shell, command: Command): string {
  return shell.strict ? dashJobText(command) : printCommand(command);
}

function textOf(shell: Shell, process: Started): string {
  return process.node ? jobText(shell, process.node) : process.text;
}

/** Waits for all of a pipeline. Sets pipeStatus and returns the status of the last (or, with pipefail, of the last that failed). */
export function* finishForeground(shell: Shell, processes: readonly Started[], pgid: number): Blocking<number> {
  if (!shell.jobControl) {
    for (const process of processes) {
      // lastpipe: the others may have ended already
      shell.jobs.awaited.set(process.pid, shell.jobs.finished.get(process.pid));
      shell.jobs.finished.delete(process.pid);
    }
    const statuses: number[] = [];
    const before = holdInterrupts(shell);
    for (const process of processes) {
      const status = yield* waitForChild(shell, process.pid);
      statuses.push(exitStatusOf(status));
      if (status.kind === "signaled" && process === processes[processes.length - 1]) yield* reportSignal(shell, status, process);
    }
    shell.pipeStatus = statuses;
    if (before !== undefined) yield* releaseInterrupts(shell, before);
    if (shell.jobs.all.length > 0) yield* notifyScript(shell);
    return resultOf(shell, statuses);
  }
  const jobProcesses = processes.map((process) => ({ pid: process.pid, text: textOf(shell, process), status: undefined }));
  const job = shell.jobs.add(pgid, jobProcesses, jobProcesses.map((process) => process.text).join(" | "), true, true, shell.getVariable("PWD") ?? "");
  return yield* waitInForeground(shell, job);
}

function settings(shell: Shell): Termios | undefined {
  if (shell.terminalFd === undefined || !shell.interactive) return undefined;
  try {
    return shell.sys.tcgetattr(shell.terminalFd);
  } catch {
    return undefined;
  }
}

/** For a new job and for `fg`, after which the terminal is set as it was before, however the job ended (jobs.c: start_job). */
export function* waitInForeground(shell: Shell, job: Job, resumed = false): Blocking<number> {
  const before = settings(shell);
  yield* giveTerminal(shell, job.pgid);
  yield* waitForJob(shell, job);
  yield* giveTerminal(shell, shell.shellPgid);
  const statuses = job.processes.map((process) => exitStatusOf(process.status));
  if (statuses.length === 1 || jobState(job) !== "stopped") shell.pipeStatus = statuses;
  if (!shell.interactive && !shell.dash) return yield* endInScript(shell, job, statuses);
  if (jobState(job) === "stopped") {
    if (before && shell.terminalFd !== undefined) yield* restore(shell, before);
    job.foreground = false;
    shell.jobs.makeCurrent(job);
    job.notified = true;
    if (shell.loopDepth > 0 && job.processes.some((process) => process.status?.kind === "stopped" && process.status.signal === SIGNALS.TSTP)) {
      // Ctrl-Z within loops ends them all
      shell.flow = "break";
      shell.flowCount = shell.loopDepth;
    }
    yield* shell.errorText(`${shell.strict ? "" : "\n"}${jobLine(shell, job)}\n`);
    return exitStatusOf(job.processes.find((process) => process.status?.kind === "stopped")?.status);
  }
  shell.jobs.remove(job);
  if (resumed && before) yield* restore(shell, before);
  for (const process of job.processes) shell.jobs.finished.delete(process.pid);
  const last = job.processes[job.processes.length - 1]?.status;
  if (last?.kind === "signaled") {
    if (before && shell.terminalFd !== undefined) yield* restore(shell, before);
    if (last.signal === SIGNALS.INT) {
      // (a loop is broken even where SIGINT has a trap, which then is not run: jobs.c, wait_for)
      if (shell.interactive && (!shell.traps.has("INT") || shell.loopDepth > 0)) {
        shell.lastStatus = 130;
        throw new Interrupted(statuses);
      }
      if (shell.interactive && !shell.dash) yield* shell.errorText("\n");
      // the terminal's group was the job's: dash signals itself
      if (shell.strict && shell.interactive) {
        shell.pendingSignals.push(SIGNALS.INT);
        shell.attention = true;
      }
    } else if (last.signal !== SIGNALS.PIPE) yield* shell.errorText(`${strsignal(last.signal)}${last.coreDumped ? " (core dumped)" : ""}\n`);
  }
  return resultOf(shell, statuses);
}

/** What a script with job control does at the end (or the stop) of a job in the foreground (jobs.c: wait_for). */
function* endInScript(shell: Shell, job: Job, statuses: readonly number[]): Blocking<number> {
  if (jobState(job) === "stopped") {
    job.foreground = false;
    shell.jobs.makeCurrent(job);
    yield* notifyScript(shell);
    return exitStatusOf(job.processes.find((process) => process.status?.kind === "stopped")?.status);
  }
  const last = job.processes[job.processes.length - 1]?.status;
  yield* notifyScript(shell, job);
  shell.jobs.remove(job);
  for (const process of job.processes) shell.jobs.finished.delete(process.pid);
  if (last?.kind === "signaled" && last.signal === SIGNALS.INT && !shell.isChild) {
    // as if the shell had got the signal too (sig.c: throw_to_top_level)
    shell.lastStatus = 130;
    shell.pipeStatus = [130];
    if (!shell.traps.has("INT")) throw new ShellExit(130);
    if (shell.commandString !== undefined) throw new ShellExit(1);
    throw new DiscardCommand(130);
  }
  return resultOf(shell, statuses);
}

/** While a shell without job control waits, Ctrl-C is for what it waits for; what it had set for the signal before. Undefined where nothing is to be held. */
function holdInterrupts(shell: Shell): SignalDisposition | undefined {
  if ((shell.interactive && !shell.isChild) || shell.traps.has("INT") || shell.ash) return undefined;
  const before = shell.sys.sigaction(SIGNALS.INT, "catch");
  if (before !== "ignore") return before;
  shell.sys.sigaction(SIGNALS.INT, before);
  return undefined;
}

/** The shell dies of Ctrl-C only if the last child that it waited for did (jobs.c: wait_sigint_handler, set_job_status_and_cleanup); dash in any case. */
function* releaseInterrupts(shell: Shell, before: SignalDisposition): Blocking<void> {
  collectSignals(shell);
  shell.sys.sigaction(SIGNALS.INT, before);
  const came = shell.pendingSignals.includes(SIGNALS.INT);
  if (!came) return;
  shell.pendingSignals = shell.pendingSignals.filter((signal) => signal !== SIGNALS.INT);
  const { lastEnd } = shell.jobs;
  if (shell.dash || (lastEnd?.kind === "signaled" && lastEnd.signal === SIGNALS.INT)) yield* dieOf(shell, SIGNALS.INT);
}

function* restore(shell: Shell, termios: Termios): Blocking<void> {
  try {
    if (shell.terminalFd !== undefined) yield* shell.sys.tcsetattr(shell.terminalFd, termios);
  } catch {
    // the terminal is gone
  }
}

function resultOf(shell: Shell, statuses: readonly number[]): number {
  const last = statuses[statuses.length - 1] ?? 0;
  if (!shell.options.pipefail || last !== 0) return last;
  for (let i = statuses.length - 1; i >= 0; i--) if (statuses[i] !== 0) return statuses[i] ?? 0;
  return 0;
}

/** A script says which of its commands a signal ended (jobs.c: notify_of_job_status). */
function* reportSignal(shell: Shell, status: Extract<WaitStatus, { kind: "signaled" }>, process: Started): Blocking<void> {
  if (status.signal === SIGNALS.INT || status.signal === SIGNALS.PIPE) return;
  if ((shell.interactive && !shell.isChild) || (!shell.dash && (status.signal === SIGNALS.TERM || shell.traps.has(signalName(status.signal) ?? "")))) {
    yield* shell.errorText(`${strsignal(status.signal)}${status.coreDumped ? " (core dumped)" : ""}\n`);
    return;
  }
  if (shell.isChild && shell.subshellLevel > 0 && shell.dash) return;
  const state = `${strsignal(status.signal)}${status.coreDumped ? " (core dumped)" : ""}`;
  yield* shell.errorText(shell.dash ? `${state}\n` : `${shell.messagePrefix}${String(process.pid).padStart(5)} ${padBytes(shell.translated(state), 23)} ${textOf(shell, process)}\n`);
}

/** jobs.c counts bytes: an accent takes two columns. */
function padBytes(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - encode(text).length));
}

/** "[1]+  Stopped                 sleep 100" */
export function jobLine(shell: Shell, job: Job, format: "plain" | "long" = "plain"): string {
  if (shell.strict) return dashJobLine(shell, job, format === "long");
  const mark = shell.jobs.mark(job);
  const state = shell.translated(describeJob(job, shell.options.posix));
  const ampersand = jobState(job) === "running" ? " &" : "";
  const directory = job.directory !== (shell.getVariable("PWD") ?? "") && jobState(job) !== "done" ? `  (wd: ${tilde(shell, job.directory)})` : jobState(job) === "done" && job.directory !== (shell.getVariable("PWD") ?? "") ? "" : "";
  if (format === "plain") return `[${job.number}]${mark}  ${padBytes(state, 24)}${job.text}${ampersand}${directory}`;
  // a process of a pipeline says its state only when it differs from that of the first one
  const stateOf = (process: JobProcess): string => shell.translated(ampersand !== "" ? "Running" : describeStatus(process.status));
  const first = job.processes[0];
  return job.processes.map((process, index) => {
    const pid = String(process.pid).padStart(5);
    const end = index === job.processes.length - 1 ? ampersand + directory : "";
    if (first === undefined || process === first) return `[${job.number}]${mark} ${pid} ${padBytes(stateOf(process), 24)}${process.text}${end}`;
    const own = stateOf(process) === stateOf(first) ? "".padEnd(22) : padBytes(stateOf(process), 24);
    return `     ${pid} ${own}| ${process.text}${end}`;
  }).join("\n");
}

function tilde(shell: Shell, path: string): string {
  const home = shell.getVariable("HOME") ?? "";
  return home !== "" && home !== "/" && (path === home || path.startsWith(`${home}/`)) ? `~${path.slice(home.length)}` : path;
}

/** What interactive shells say about jobs before a prompt; finished ones leave the table, once all are told with their marks (jobs.c: notify_and_cleanup). */
export function* notifyJobs(shell: Shell): Blocking<void> {
  if (shell.strict) {
    for (const job of shell.interactive && !shell.isChild ? dashJobs(shell) : []) {
      if (job.notified || jobState(job) === "running") continue;
      job.notified = true;
      yield* shell.errorText(`${jobLine(shell, job)}\n`);
      if (jobState(job) === "done") shell.jobs.remove(job);
    }
    return;
  }
  if (!shell.interactive || shell.isChild) {
    yield* notifyScript(shell);
    return;
  }
  const done: Job[] = [];
  for (const job of [...shell.jobs.all]) {
    const state = jobState(job);
    if (state === "running" || job.foreground) continue;
    if (!job.notified) {
      job.notified = true;
      yield* shell.errorText(`${state === "stopped" ? "\n" : ""}${jobLine(shell, job)}\n`);
    }
    if (state === "done") done.push(job);
  }
  for (const job of done) shell.jobs.remove(job);
}

/** What a shell without a prompt says: which jobs a signal ended, and with job control in `-c` how the others fare (jobs.c: notify_of_job_status). `front`: the job that it waited for. */
function* notifyScript(shell: Shell, front?: Job): Blocking<void> {
  for (const job of [...shell.jobs.all]) {
    const state = jobState(job);
    if (state === "running" || job.notified || (job.foreground && job !== front)) continue;
    const last = job.processes[job.processes.length - 1];
    const signal = last?.status?.kind === "signaled" ? last.status.signal : 0;
    // a script keeps what ended otherwise, for `wait` and `jobs`
    if (shell.commandString === undefined && signal === 0 && job !== front) continue;
    job.notified = true;
    if (state === "stopped") yield* shell.errorText(`\n${jobLine(shell, job)}\n`);
    else if (last?.status?.kind === "signaled" && signal !== SIGNALS.INT && signal !== SIGNALS.PIPE && signal !== SIGNALS.TERM && !shell.traps.has(signalName(signal) ?? "")) {
      yield* shell.errorText(`${shell.messagePrefix}${String(last.pid).padStart(5)} ${padBytes(shell.translated(describeStatus(last.status)), 23)} ${job.text}\n`);
    } else if (job === front) {
      if (last && signal !== 0 && signal !== SIGNALS.INT && signal !== SIGNALS.PIPE) yield* shell.errorText(`${shell.translated(describeStatus(last.status))}\n`);
    } else if (shell.jobControl) yield* shell.errorText(`${jobLine(shell, job)}\n`);
  }
  for (const job of [...shell.jobs.all]) if (job.notified && job !== front && jobState(job) === "done") shell.jobs.remove(job);
}
