// The job table: pipelines that run in the background or are stopped, and what became of them (bash(1), JOB CONTROL).
import { type WaitStatus, signalName, strsignal } from "../../kernel/sys.ts";

export interface JobProcess {
  readonly pid: number;
  /** As `jobs -l` shows it. */
  readonly text: string;
  status: WaitStatus | undefined;
}

export interface Job {
  readonly number: number;
  readonly pgid: number;
  readonly processes: JobProcess[];
  readonly text: string;
  /** Started under job control, in a process group of its own. */
  readonly controlled: boolean;
  foreground: boolean;
  /** The user was told of its last change. */
  notified: boolean;
  /** disown -h */
  noHangup: boolean;
  readonly directory: string;
  /** The terminal's settings when it stopped are restored by fg; kept opaque. */
  stoppedOnce: boolean;
}

export type JobState = "running" | "stopped" | "done";

export function jobState(job: Job): JobState {
  let stopped = false;
  for (const process of job.processes) {
    if (!process.status || process.status.kind === "continued") return "running";
    if (process.status.kind === "stopped") stopped = true;
  }
  return stopped ? "stopped" : "done";
}

/** `$?` of a way to end. */
export function exitStatusOf(status: WaitStatus | undefined): number {
  if (!status) return 0;
  switch (status.kind) {
    case "exited": return status.status;
    case "signaled": return 128 + status.signal;
    case "stopped": return 128 + status.signal;
    default: return 0;
  }
}

export function jobStatus(job: Job): number {
  return exitStatusOf(job.processes[job.processes.length - 1]?.status);
}

export class JobTable {
  readonly #jobs: Job[] = [];
  /** %+ and %-; they stay with a job that is done until it leaves the table (jobs.c: set_current_job, reset_current). */
  #current: Job | undefined;
  #previous: Job | undefined;
  /** Statuses of children that are no jobs any more, for `wait PID`. */
  readonly finished = new Map<number, WaitStatus>();
  /** Children without a job entry: command substitutions, process substitutions, foreground commands without job control. */
  readonly awaited = new Map<number, WaitStatus | undefined>();
  /** What became of the child that was waited for last. */
  lastEnd: WaitStatus | undefined;
  /** Jobs of the parent, for `jobs` in a subshell. */
  inherited: readonly Job[] = [];

  forSubshell(): JobTable {
    const table = new JobTable();
    table.inherited = this.#jobs.map((job) => {
      const copy = { ...job, processes: job.processes.map((process) => ({ ...process })) };
      if (this.#current === job) table.#current = copy;
      if (this.#previous === job) table.#previous = copy;
      return copy;
    });
    return table;
  }

  get all(): readonly Job[] {
    return this.#jobs;
  }

  add(pgid: number, processes: JobProcess[], text: string, controlled: boolean, foreground: boolean, directory: string): Job {
    this.inherited = [];
    let number = 1;
    for (const job of this.#jobs) if (job.number >= number) number = job.number + 1;
    const job: Job = { number, pgid, processes, text, controlled, foreground, notified: false, noHangup: false, directory, stoppedOnce: false };
    this.#jobs.push(job);
    if (!foreground) this.chooseCurrent();
    return job;
  }

  remove(job: Job): void {
    const at = this.#jobs.indexOf(job);
    if (at >= 0) this.#jobs.splice(at, 1);
    if (this.#current === job || this.#previous === job) {
      if (this.#current === job) this.#current = undefined;
      if (this.#previous === job) this.#previous = undefined;
      this.chooseCurrent();
    }
    for (const process of job.processes) {
      if (process.status && (process.status.kind === "exited" || process.status.kind === "signaled")) {
        this.finished.set(process.pid, process.status);
        if (this.finished.size > 4096) {
          const first = this.finished.keys().next();
          if (!first.done) this.finished.delete(first.value);
        }
      }
    }
  }

  makeCurrent(job: Job): void {
    if (this.#current !== job) {
      this.#previous = this.#current;
      this.#current = job;
    }
    if (this.#previous !== undefined && this.#previous !== job && this.#isStopped(this.#previous)) return;
    const at = this.#jobs.lastIndexOf(job);
    const older = this.#jobs.slice(0, at);
    this.#previous = (this.#isStopped(job) ? older.findLast((other) => jobState(other) === "stopped") : undefined)
      ?? (jobState(job) === "running" ? older : this.#jobs).findLast((other) => this.#isRunning(other) && other !== job)
      ?? job;
  }

  /** A job began, went on in the background or left: stopped jobs come before running ones, then the younger before the older. */
  chooseCurrent(): void {
    const stopped = [this.#current, this.#previous].find((job) => job !== undefined && this.#isStopped(job)) ?? this.#jobs.findLast((job) => jobState(job) === "stopped");
    const chosen = stopped ?? this.#jobs.findLast((job) => this.#isRunning(job));
    if (chosen) this.makeCurrent(chosen);
    else {
      this.#current = undefined;
      this.#previous = undefined;
    }
  }

  #isStopped(job: Job): boolean {
    return this.#jobs.includes(job) && jobState(job) === "stopped";
  }

  #isRunning(job: Job): boolean {
    return !job.foreground && jobState(job) === "running";
  }

  get current(): Job | undefined {
    return this.#current;
  }

  get previous(): Job | undefined {
    return this.#previous;
  }

  /** "+", "-" or " ". */
  mark(job: Job): string {
    return this.#current === job ? "+" : this.#previous === job ? "-" : " ";
  }

  /** A child changed. False when it is unknown. */
  record(pid: number, status: WaitStatus): boolean {
    this.lastEnd = status;
    for (const job of this.#jobs) {
      for (const process of job.processes) {
        if (process.pid === pid) {
          if (process.status && process.status.kind !== "stopped" && process.status.kind !== "continued") continue;
          process.status = status;
          if (jobState(job) !== "running") job.notified = false;
          if (status.kind === "stopped" && !job.foreground) this.makeCurrent(job);
          return true;
        }
      }
    }
    if (status.kind === "exited" || status.kind === "signaled") {
      if (this.awaited.has(pid)) this.awaited.set(pid, status);
      else this.finished.set(pid, status);
    }
    return false;
  }

  byPid(pid: number): Job | undefined {
    return this.#jobs.find((job) => job.processes.some((process) => process.pid === pid));
  }

  /** %n, %+, %%, %-, %text, %?text; "ambiguous" when several fit. */
  find(spec: string, alsoInherited = false): Job | "ambiguous" | undefined {
    const known: readonly Job[] = alsoInherited && this.#jobs.length === 0 ? this.inherited : this.#jobs;
    const text = spec.startsWith("%") ? spec.slice(1) : spec;
    if (text === "" || text === "%" || text === "+") return this.current;
    if (text === "-") return this.previous ?? this.current;
    if (/^[0-9]+$/.test(text)) return known.find((job) => job.number === Number(text) && !job.foreground);
    const contains = text.startsWith("?");
    const wanted = contains ? text.slice(1) : text;
    const hits = known.filter((job) => !job.foreground && (contains ? job.text.includes(wanted) : job.text.startsWith(wanted)));
    if (hits.length > 1) return "ambiguous";
    return hits[0];
  }
}

/** The state column of `jobs -l` for one process. */
export function describeStatus(status: WaitStatus | undefined): string {
  if (!status || status.kind === "continued") return "Running";
  switch (status.kind) {
    case "exited":
      return status.status === 0 ? "Done" : `Exit ${status.status}`;
    case "stopped":
      return strsignal(status.signal);
    case "signaled":
      return `${strsignal(status.signal)}${status.coreDumped ? " (core dumped)" : ""}`;
  }
}

/** The state of a whole job; only in posix mode with the signal that stopped it. */
export function describeJob(job: Job, posix = false): string {
  const state = jobState(job);
  if (state === "running") return "Running";
  const status = job.processes[job.processes.length - 1]?.status;
  if (state === "stopped") return posix && status?.kind === "stopped" ? `Stopped(SIG${signalName(status.signal) ?? status.signal})` : "Stopped";
  return describeStatus(status);
}
