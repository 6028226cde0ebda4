// The shell waits for what it runs in the foreground: hands it the terminal, notices when it stops, says by what signal it died.
import { type Blocking, SIGNALS, SysError, type Termios, type WaitStatus, encode, signalName, strsignal } from "../../kernel/sys.ts";
import { dashJobLine } from "../dash/job-line.ts";
import { dashJobText } from "../dash/job-text.ts";
import { dashJobs } from "../dash/job-spec.ts";
import { printCommand } from "../syntax/printer.ts";
import type { Command } from "../syntax/tree.ts";
import { Interrupted } from "./flow.ts";
import { type Job, type JobProcess, describeJob, describeStatus, exitStatusOf, jobState } from "./jobs.ts";
import { waitForChild, waitForJob } from "./process.ts";
import type { Shell } from "./shell.ts";

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
    for (const process of processes) {
      const status = yield* waitForChild(shell, process.pid);
      statuses.push(exitStatusOf(status));
      if (status.kind === "signaled" && process === processes[processes.length - 1]) yield* reportSignal(shell, status, process);
    }
    shell.pipeStatus = statuses;
    return resultOf(shell, statuses);
  }
  const jobProcesses = processes.map((process) => ({ pid: process.pid, text: textOf(shell, process), status: undefined }));
  const job = shell.jobs.add(pgid, jobProcesses, jobProcesses.map((process) => process.text).join(" | "), true, true, shell.getVariable("PWD") ?? "");
  return yield* waitInForeground(shell, job);
}

export function* giveTerminal(shell: Shell, pgid: number): Blocking<void> {
  if (shell.terminalFd === undefined) return;
  try {
    yield* shell.sys.tcsetpgrp(shell.terminalFd, pgid);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
}

function settings(shell: Shell): Termios | undefined {
  if (shell.terminalFd === undefined) return undefined;
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
  shell.pipeStatus = statuses;
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
        throw new Interrupted();
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
  const done: Job[] = [];
  for (const job of [...shell.jobs.all]) {
    const state = jobState(job);
    if (state === "running" || job.foreground) continue;
    if (!job.notified) {
      job.notified = true;
      if (shell.interactive && !shell.isChild) {
        yield* shell.errorText(`${state === "stopped" ? "\n" : ""}${jobLine(shell, job)}\n`);
      } else if (state === "done") {
        const last = job.processes[job.processes.length - 1];
        if (last?.status?.kind === "signaled" && last.status.signal !== SIGNALS.INT && last.status.signal !== SIGNALS.PIPE && last.status.signal !== SIGNALS.TERM) {
          yield* shell.errorText(`${shell.messagePrefix}${String(last.pid).padStart(5)} ${padBytes(shell.translated(describeJob(job)), 23)} ${job.text}\n`);
        } else if (last?.status?.kind === "signaled" && shell.jobControl && !shell.isChild) yield* shell.errorText(`${jobLine(shell, job)}\n`);
      }
    }
    if (state === "done") done.push(job);
  }
  for (const job of done) shell.jobs.remove(job);
}
