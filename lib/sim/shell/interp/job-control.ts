// Job control of shells that ask nobody: `set -m` in scripts and `bash -c` (jobs.c: initialize_job_control, set_job_control, end_job_control).
import { type Blocking, SIGNALS, SysError } from "../../kernel/sys.ts";
import { jobState } from "./jobs.ts";
import type { Shell } from "./shell.ts";

/** `set -m` and `set +m`. Without a prompt the terminal is that of standard error, and only who holds it hands it on. */
export function switchJobControl(shell: Shell, on: boolean): void {
  if (on && !shell.jobControl) {
    shell.shellPgid = shell.sys.getpgid();
    if (!shell.interactive && !shell.strict && holdsTerminal(shell, 2)) shell.terminalFd = 2;
  }
  shell.jobControl = on;
}

function holdsTerminal(shell: Shell, fd: number): boolean {
  try {
    return shell.sys.tcgetpgrp(fd) === shell.shellPgid;
  } catch (error) {
    if (error instanceof SysError) return false;
    throw error;
  }
}

const TERMINAL_OUTPUT: ReadonlySet<number> = new Set([SIGNALS.TTOU]);

/** To a process group; a shell in the background is not stopped for it. */
export function* giveTerminal(shell: Shell, pgid: number): Blocking<void> {
  if (shell.terminalFd === undefined) return;
  const { sys } = shell;
  const mask = shell.interactive ? undefined : sys.sigprocmask(TERMINAL_OUTPUT);
  try {
    yield* sys.tcsetpgrp(shell.terminalFd, pgid);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  } finally {
    if (mask) sys.sigprocmask(mask);
  }
}

/** At the end of a shell with job control what is stopped goes too. */
export function terminateStoppedJobs(shell: Shell): void {
  if (!shell.jobControl || shell.subshellLevel > 0) return;
  for (const job of shell.jobs.all) {
    if (jobState(job) !== "stopped" || !job.controlled) continue;
    try {
      shell.sys.kill(-job.pgid, SIGNALS.TERM);
      shell.sys.kill(-job.pgid, SIGNALS.CONT);
    } catch {
      // gone already
    }
  }
}
