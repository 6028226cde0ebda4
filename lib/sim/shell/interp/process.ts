// Children of the shell: forking a copy of its state, finding programs, exec and what its failures are called, waiting.
import { type Blocking, S, SIGNALS, type Sys, SysError, type WaitStatus, decode, signalName, strerror } from "../../kernel/sys.ts";
import { DiscardCommand, Interrupted, ShellExit } from "./flow.ts";
import { type Job, jobState } from "./jobs.ts";
import type { Shell } from "./shell.ts";
import { collectSignals, resetForChild, runExitTrap } from "./traps.ts";

export interface ForkOptions {
  /** Under job control: the group to join; 0 makes its own. */
  readonly pgid?: number;
  readonly background?: boolean;
  /** What is in the background is ( ) or another compound command. */
  readonly compound?: "subshell" | "group";
  /** ( ), pipelines, $( ): BASH_SUBSHELL counts. */
  readonly subshell?: boolean;
}

/** Runs `body` in a child process with a copy of the shell. Errors: EAGAIN (reported; throws ShellExit-like DiscardCommand). */
export function forkShell(shell: Shell, options: ForkOptions, body: (child: Shell) => Blocking<number>): number {
  const child = shell.fork(shell.sys);
  // the child has a copy of the table
  if (shell.jobs.all.length > 8 && shell.sys.charge(shell.jobs.all.length >> 2)) shell.attention = true;
  const jobControl = shell.jobControl && options.pgid !== undefined;
  const wasInteractive = shell.interactive;
  if (options.subshell) child.subshellLevel++;
  // A signal that comes before the child has its own dispositions must wait (jobs.c: make_child).
  const mask = shell.sys.sigprocmask(ALL_SIGNALS);
  let pid: number;
  try {
    pid = shell.sys.fork((sys) => childMain(child, sys, mask, options, jobControl, wasInteractive, body));
  } finally {
    shell.sys.sigprocmask(mask);
  }
  if (shell.childCount !== undefined) shell.childCount++;
  if (jobControl) {
    try {
      shell.sys.setpgid(pid, options.pgid || pid);
    } catch {
      // it may be gone already
    }
  }
  return pid;
}

const ALL_SIGNALS: ReadonlySet<number> = new Set(Array.from({ length: 64 }, (_, index) => index + 1));

function* childMain(child: Shell, sys: Sys, mask: ReadonlySet<number>, options: ForkOptions, jobControl: boolean, wasInteractive: boolean, body: (child: Shell) => Blocking<number>): Blocking<number> {
  child.sys = sys;
  child.variables.owner = {};
  if (jobControl) {
    sys.setpgid(0, options.pgid ?? 0);
    if (!options.background && child.terminalFd !== undefined) {
      try {
        // (SIGTTOU is blocked as all are)
        yield* sys.tcsetpgrp(child.terminalFd, sys.getpgid());
      } catch {
        // the terminal may be gone
      }
    }
  }
  resetForChild(child, { interactive: wasInteractive, ignoreInterrupt: options.background === true && !jobControl && (options.compound ?? true) });
  child.jobControl = false;
  sys.sigprocmask(mask);
  let status: number;
  try {
    status = yield* body(child);
  } catch (error) {
    status = yield* statusOfEnding(child, error);
  }
  return yield* runExitTrap(child, status);
}

/** What a subshell's status is when something was thrown through it. */
export function* statusOfEnding(shell: Shell, error: unknown): Blocking<number> {
  if (error instanceof ShellExit) return error.status;
  if (error instanceof DiscardCommand) return error.status;
  if (error instanceof Interrupted) return 130;
  if (error instanceof RangeError) {
    // Our own stack is used up: bash would have crashed too.
    shell.sys.sigaction(SIGNALS.SEGV, "default");
    shell.sys.kill(shell.sys.getpid(), SIGNALS.SEGV);
    yield* shell.sys.preempt();
    return 139;
  }
  throw error;
}

// ---- programs -----------------------------------------------------------------------------------------------------------------------------------

export type Lookup =
  | { readonly kind: "found"; readonly path: string }
  /** A file of that name exists but may not be run. */
  | { readonly kind: "forbidden"; readonly path: string }
  | { readonly kind: "missing" };

export function isExecutableFile(shell: Shell, path: string): boolean {
  return findFile(shell, path) === "executable";
}

function findFile(shell: Shell, path: string): "executable" | "forbidden" | undefined {
  let found: "forbidden" | undefined;
  try {
    if ((shell.sys.stat(path).mode & S.IFMT) === S.IFDIR) return undefined;
    found = "forbidden";
    shell.sys.access(path, 1, true);
    return "executable";
  } catch {
    return found;
  }
}

/** The directories of PATH; an empty part is the current one. */
export function pathDirectories(path: string): string[] {
  return path.split(":").map((part) => (part === "" ? "." : part));
}

export function searchPath(shell: Shell, name: string, path: string | undefined = shell.getVariable("PATH")): Lookup {
  if (name === "" || path === undefined) return { kind: "missing" };
  let forbidden: string | undefined;
  for (const directory of pathDirectories(path)) {
    const candidate = directory.endsWith("/") ? directory + name : `${directory}/${name}`;
    const found = findFile(shell, candidate);
    if (found === "executable") return { kind: "found", path: candidate };
    if (found === "forbidden") forbidden ??= candidate;
  }
  return forbidden === undefined ? { kind: "missing" } : { kind: "forbidden", path: forbidden };
}

/** Through the command hash, as a command to be run. */
export function lookUp(shell: Shell, name: string): Lookup {
  const path = shell.getVariable("PATH");
  if (path === undefined || path === "") return { kind: "found", path: name };
  if (shell.options.hashall) {
    const hashed = shell.hashed.get(name);
    if (hashed && (!shell.shopts.checkhash || isExecutableFile(shell, hashed.path))) {
      shell.hashed.set(name, { path: hashed.path, hits: hashed.hits + 1 });
      return { kind: "found", path: hashed.path };
    }
  }
  const found = searchPath(shell, name, path);
  if (found.kind === "found" && shell.options.hashall) shell.hashed.set(name, { path: found.path, hits: 1 });
  return found;
}

/** busybox's ash runs its applets itself; undefined: not an applet. Comes back with a status only where /proc/self/exe cannot be run. */
export function* execApplet(shell: Shell, argv: readonly string[], environment: ReadonlyMap<string, string>): Blocking<number | undefined> {
  const name = argv[0] ?? "";
  if (!shell.dependencies.isApplet?.(name)) return undefined;
  try {
    return yield* shell.sys.exec("/proc/self/exe", argv, environment);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    shell.sys.setTitle(name, argv);
    return shell.dependencies.runApplet ? yield* shell.dependencies.runApplet(shell.sys, argv) : 127;
  }
}

/** Replaces this process; comes back with a status only when that failed (message printed). */
export function* execProgram(shell: Shell, path: string, argv: readonly string[], environment: ReadonlyMap<string, string>): Blocking<number> {
  for (const number of shell.restoredForPrograms) if (!shell.traps.has(signalName(number) ?? "")) shell.sys.sigaction(number, "default");
  try {
    return yield* shell.sys.exec(path, argv, environment);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    if (error.errno === "ENOEXEC") {
      const head = yield* firstBytes(shell, path);
      if (head === undefined) {
        yield* shell.report(`${path}: Permission denied`);
        return 126;
      }
      if (shell.strict && isBinary(head)) return yield* execFailure(shell, path, error);
      if (isBinary(head)) {
        yield* shell.report(`${path}: cannot execute binary file: Exec format error`);
        return 126;
      }
      return yield* shell.runScriptFile(shell, path, argv, environment);
    }
    return yield* execFailure(shell, path, error);
  }
}

function* execFailure(shell: Shell, path: string, error: SysError): Blocking<number> {
  if (shell.dash) {
    yield* shell.report(error.errno === "ENOENT" ? `${path}: not found` : `${path}: ${strerror(error.errno)}`);
    return error.errno === "ENOENT" || error.errno === "ENOTDIR" ? 127 : 126;
  }
  let mode = 0;
  let exists = true;
  try {
    mode = shell.sys.stat(path).mode;
  } catch {
    exists = false;
  }
  if (exists && (mode & S.IFMT) === S.IFDIR) {
    yield* shell.report(`${path}: Is a directory`);
    return 126;
  }
  if (exists && error.errno === "ENOENT") {
    yield* shell.report(`${path}: cannot execute: required file not found`);
    return 127;
  }
  if (exists && error.errno === "EACCES" && isExecutableFile(shell, path)) {
    const head = yield* firstBytes(shell, path);
    const interpreter = /^#! *([^ \t\n]+)/.exec(head ?? "")?.[1];
    if (interpreter !== undefined) {
      yield* shell.report(`${path}: ${interpreter}: bad interpreter: Permission denied`);
      return 126;
    }
  }
  yield* shell.report(`${path}: ${strerror(error.errno)}`);
  return error.errno === "ENOENT" ? 127 : 126;
}

function* firstBytes(shell: Shell, path: string): Blocking<string | undefined> {
  try {
    const fd = yield* shell.sys.open(path, 0);
    try {
      return decode(yield* shell.sys.read(fd, 80));
    } finally {
      shell.sys.close(fd);
    }
  } catch {
    return undefined;
  }
}

/** general.c: check_binary_file: a NUL in the first line. */
function isBinary(head: string): boolean {
  const newline = head.indexOf("\n");
  const nul = head.indexOf("\0");
  // general.c, check_binary_file
  if (head.startsWith("\x7fELF")) return true;
  return nul >= 0 && (newline < 0 || nul < newline);
}

// ---- waiting -----------------------------------------------------------------------------------------------------------------------------------

/** Waits for any child to change and notes it. "none" when there is no child; "interrupted" on a caught signal. */
export function* waitAny(shell: Shell, nohang = false): Blocking<"changed" | "none" | "interrupted" | "nothing"> {
  try {
    const waited = yield* shell.sys.waitpid(-1, { nohang, untraced: shell.jobControl, continued: nohang && shell.jobControl });
    if (!waited) return "nothing";
    if (shell.childCount !== undefined && (waited.status.kind === "exited" || waited.status.kind === "signaled")) shell.childCount--;
    noteChild(shell, waited.pid, waited.status);
    return "changed";
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    if (error.errno === "ECHILD") {
      if (shell.sys.getpid() !== 1) shell.childCount = 0;
      return "none";
    }
    if (error.errno !== "EINTR") throw error;
    collectSignals(shell);
    return "interrupted";
  }
}

function noteChild(shell: Shell, pid: number, status: WaitStatus): void {
  shell.jobs.record(pid, status);
  // a signal that came while it waited is handled before the next command
  if (shell.sys.charge(0)) shell.attention = true;
  const coproc = shell.coprocs.find((item) => item.pid === pid);
  if (coproc && (status.kind === "exited" || status.kind === "signaled")) {
    shell.coprocs = shell.coprocs.filter((item) => item !== coproc);
    for (const fd of [coproc.read, coproc.write]) {
      try {
        shell.sys.close(fd);
      } catch {
        // closed already
      }
    }
    for (const name of [coproc.name, `${coproc.name}_PID`]) {
      const scope = shell.variables.scopeOf(name);
      if (scope) shell.variables.remove(name, scope);
    }
  }
  if (shell.traps.has("CHLD") && status.kind !== "stopped" && status.kind !== "continued") {
    shell.pendingSignals.push(SIGNALS.CHLD);
    shell.attention = true;
  }
}

/** A child that has no job entry (substitutions). */
export function* waitForChild(shell: Shell, pid: number): Blocking<WaitStatus> {
  if (!shell.jobs.awaited.has(pid)) {
    const known = shell.jobs.finished.get(pid);
    if (known) {
      shell.jobs.finished.delete(pid);
      return known;
    }
    shell.jobs.awaited.set(pid, undefined);
  }
  for (;;) {
    const status = shell.jobs.awaited.get(pid);
    if (status) {
      shell.jobs.awaited.delete(pid);
      return status;
    }
    if ((yield* waitAny(shell)) === "none") {
      shell.jobs.awaited.delete(pid);
      return { kind: "exited", status: 127 };
    }
  }
}

/** Until the job is no longer running. `interruptible`: a signal with a trap ends the wait (wait builtin). */
export function* waitForJob(shell: Shell, job: Job, interruptible = false): Blocking<"done" | "interrupted"> {
  while (jobState(job) === "running") {
    const result = yield* waitAny(shell);
    if (result === "none") {
      for (const process of job.processes) process.status ??= { kind: "exited", status: 127 };
      return "done";
    }
    if (result === "interrupted" && interruptible) return "interrupted";
  }
  return "done";
}
