// Signals and traps (bash(1), SIGNALS and `trap`). A caught signal only raises `attention`; its commands run between two commands.
import { type Blocking, SIGNALS, SIGRTMAX, signalName } from "../../kernel/sys.ts";
import { Interrupted, ShellExit, DiscardCommand } from "./flow.ts";
import { jobState } from "./jobs.ts";
import { complainOfAssigned } from "./locale-complaint.ts";
import type { Shell } from "./shell.ts";

export const PSEUDO_SIGNALS = ["EXIT", "DEBUG", "ERR", "RETURN"] as const;

/** Signals that end a shell unless trapped; an EXIT trap runs first (sig.c: terminating_signals). */
const TERMINATING = [SIGNALS.HUP, SIGNALS.INT, SIGNALS.TERM, SIGNALS.QUIT, SIGNALS.USR1, SIGNALS.USR2, SIGNALS.ALRM, SIGNALS.PIPE, SIGNALS.XCPU, SIGNALS.XFSZ, SIGNALS.VTALRM, SIGNALS.SYS, SIGNALS.TRAP, SIGNALS.ABRT, SIGNALS.BUS, SIGNALS.FPE, SIGNALS.ILL, SIGNALS.SEGV];

/** "SIGINT", "int", "2", "EXIT", "0" -> "INT", "EXIT"; undefined for none. */
/** `bare`: names with SIG are none (kill in posix mode). */
export function signalSpec(text: string, bare = false): string | undefined {
  if (bare && /^sig/i.test(text)) return undefined;
  if (/^[0-9]+$/.test(text)) {
    const number = Number(text);
    if (number === 0) return "EXIT";
    return signalName(number);
  }
  const upper = text.toUpperCase();
  const name = upper.startsWith("SIG") ? upper.slice(3) : upper;
  if ((PSEUDO_SIGNALS as readonly string[]).includes(name)) return upper.startsWith("SIG") && name !== "EXIT" ? name : name;
  return signalNumber(name) === undefined ? undefined : name;
}

export function signalNumber(name: string): number | undefined {
  for (let number = 1; number <= SIGRTMAX; number++) if (signalName(number) === name) return number;
  if (name === "POLL") return SIGNALS.IO;
  if (name === "IOT") return SIGNALS.ABRT;
  if (name === "CLD") return SIGNALS.CHLD;
  return undefined;
}

/** `trap COMMAND SIGNAL`; "" ignores, undefined resets. */
export function setTrap(shell: Shell, name: string, command: string | undefined): void {
  shell.inheritedTraps = undefined;
  if ((PSEUDO_SIGNALS as readonly string[]).includes(name)) {
    if (command === undefined) shell.traps.delete(name);
    else shell.traps.set(name, { command });
    updateTerminating(shell);
    return;
  }
  const number = signalNumber(name);
  if (number === undefined || number === SIGNALS.KILL || number === SIGNALS.STOP) {
    if (number !== undefined) {
      if (command === undefined) shell.traps.delete(name);
      else shell.traps.set(name, { command });
    }
    return;
  }
  if (shell.ignoredAtStart.has(number) && !shell.interactive) return;
  if (command === undefined) {
    shell.traps.delete(name);
    shell.sys.sigaction(number, defaultDisposition(shell, number));
  } else {
    shell.traps.set(name, { command });
    // SIGCHLD needs no handler: the shell sees its children's ends anyway.
    shell.sys.sigaction(number, command === "" ? "ignore" : number === SIGNALS.CHLD ? "default" : "catch");
  }
}

function defaultDisposition(shell: Shell, number: number): "default" | "ignore" | "catch" {
  if (shell.interactive && shell.subshellLevel === 0 && !shell.isChild) {
    if (number === SIGNALS.INT || number === SIGNALS.HUP || number === SIGNALS.WINCH) return "catch";
    if (number === SIGNALS.TERM || number === SIGNALS.QUIT) return "ignore";
    if (shell.jobControl && (number === SIGNALS.TSTP || number === SIGNALS.TTIN || number === SIGNALS.TTOU)) return "ignore";
  }
  return shell.traps.has("EXIT") && TERMINATING.some((terminating) => terminating === number) ? "catch" : "default";
}

/** With an EXIT trap, deadly signals must be seen first. */
function updateTerminating(shell: Shell): void {
  for (const number of TERMINATING) {
    const name = signalName(number);
    if (name === undefined || shell.traps.has(name) || shell.ignoredAtStart.has(number)) continue;
    shell.sys.sigaction(number, defaultDisposition(shell, number));
  }
}

/** Dispositions of an interactive shell at its start. */
export function setInteractiveSignals(shell: Shell): void {
  for (const number of [SIGNALS.INT, SIGNALS.HUP, SIGNALS.WINCH, SIGNALS.TERM, SIGNALS.QUIT, SIGNALS.TSTP, SIGNALS.TTIN, SIGNALS.TTOU]) shell.sys.sigaction(number, defaultDisposition(shell, number));
}

/** A child: traps become defaults (ignored signals stay ignored), the shell's own handling of terminal signals ends. */
export function resetForChild(shell: Shell, from: { readonly interactive: boolean; readonly ignoreInterrupt: "subshell" | "group" | boolean }): void {
  const kept = new Map(shell.traps.entries());
  if (kept.size > 0) shell.inheritedTraps = kept;
  const hadExit = kept.has("EXIT");
  for (const [name, trap] of kept) {
    if (trap.command === "" && name !== "EXIT") continue;
    if (name === "ERR" && shell.options.errtrace) continue;
    if ((name === "DEBUG" || name === "RETURN") && shell.options.functrace) continue;
    shell.traps.delete(name);
    const number = signalNumber(name);
    if (number !== undefined && number !== SIGNALS.KILL && number !== SIGNALS.STOP) shell.sys.sigaction(number, "default");
  }
  if (hadExit) updateTerminating(shell);
  if (from.interactive) {
    for (const number of [SIGNALS.INT, SIGNALS.QUIT, SIGNALS.TERM, SIGNALS.TSTP, SIGNALS.TTIN, SIGNALS.TTOU, SIGNALS.HUP, SIGNALS.WINCH]) {
      const name = signalName(number);
      if (name !== undefined && shell.traps.get(name)?.command === "") continue;
      if (!shell.ignoredAtStart.has(number)) shell.sys.sigaction(number, "default");
    }
  }
  if (from.ignoreInterrupt !== false) {
    const ignored = from.ignoreInterrupt === "subshell" && !shell.dash ? [SIGNALS.INT] : [SIGNALS.INT, SIGNALS.QUIT];
    for (const number of ignored) shell.sys.sigaction(number, "ignore");
    if (from.ignoreInterrupt !== true && !shell.dash) shell.restoredForPrograms = ignored.filter((number) => shell.traps.get(signalName(number) ?? "")?.command !== "");
  }
  shell.pendingSignals = [];
}

/** Fetches caught signals. */
export function collectSignals(shell: Shell): void {
  for (const number of shell.sys.takeSignals()) shell.pendingSignals.push(number);
  if (shell.pendingSignals.length > 0) shell.attention = true;
}

/** The scheduler's turn, then pending traps. To be called wherever `attention` is seen. Throws Interrupted, ShellExit. */
export function* attend(shell: Shell): Blocking<void> {
  shell.attention = false;
  if (shell.localesToCheck.length > 0) yield* complainOfAssigned(shell);
  yield* shell.sys.preempt();
  yield* handleSignals(shell);
}

export function* handleSignals(shell: Shell): Blocking<void> {
  collectSignals(shell);
  shell.attention = false;
  while (shell.pendingSignals.length > 0) {
    const number = shell.pendingSignals.shift() ?? 0;
    const name = signalName(number) ?? "";
    const trap = shell.traps.get(name);
    if (trap) {
      if (trap.command !== "") yield* runTrap(shell, trap.command, "trap");
      continue;
    }
    if (number === SIGNALS.WINCH) {
      shell.windowChanged();
      continue;
    }
    if (number === SIGNALS.CHLD) continue;
    if (number === SIGNALS.INT && shell.interactive && !shell.isChild) throw new Interrupted();
    if (TERMINATING.some((terminating) => terminating === number)) yield* dieOf(shell, number);
  }
}

/** A deadly signal: EXIT trap, then the signal's own effect. */
export function* dieOf(shell: Shell, number: number): Blocking<never> {
  if (number === SIGNALS.HUP && shell.interactive && !shell.isChild) hangUpJobs(shell);
  shell.lastStatus = 128 + number;
  yield* runExitTrap(shell, 128 + number);
  shell.sys.sigaction(number, "default");
  shell.sys.kill(shell.sys.getpid(), number);
  yield* shell.sys.preempt();
  throw new ShellExit(128 + number);
}

/** SIGHUP to all jobs, SIGCONT to stopped ones (jobs.c: hangup_all_jobs). */
export function hangUpJobs(shell: Shell): void {
  for (const job of shell.jobs.all) {
    if (job.noHangup || jobState(job) === "done") continue;
    try {
      shell.sys.kill(-job.pgid, SIGNALS.HUP);
      if (jobState(job) === "stopped") shell.sys.kill(-job.pgid, SIGNALS.CONT);
    } catch {
      // gone already
    }
  }
}

/** bash recurses some thousand times, then its stack is used up. */
const MOST_NESTED_TRAPS = 100;
const TRAP_STEPS = 20;

/** Runs a trap's text and gives the status of its last command; `$?` is what it was afterwards, unless `exit` or `return` ended it. */
export function* runTrap(shell: Shell, command: string, inputName: string): Blocking<number> {
  if (shell.inTrap >= MOST_NESTED_TRAPS) throw new RangeError("trap nesting");
  if (shell.sys.charge(TRAP_STEPS)) {
    yield* shell.sys.preempt();
    shell.attention = true;
  }
  const status = shell.lastStatus;
  const pipeStatus = shell.pipeStatus;
  const builtinName = shell.builtinName;
  const ignoreErrors = shell.ignoreErrors;
  const line = shell.line;
  const inDebugTrap = shell.inDebugTrap;
  shell.builtinName = "";
  shell.inTrap++;
  if (inputName === "debug trap") shell.inDebugTrap = true;
  let result = status;
  try {
    result = yield* shell.language.runText(shell, command, { inputName, firstLine: inputName === "trap" ? 1 : line });
  } finally {
    shell.inTrap--;
    shell.inDebugTrap = inDebugTrap;
    shell.builtinName = builtinName;
    shell.ignoreErrors = ignoreErrors;
    shell.line = line;
  }
  if (shell.flow === "none") {
    shell.lastStatus = status;
    shell.pipeStatus = pipeStatus;
  }
  return result;
}

/** At the end of the shell or subshell. Returns the status to end with. */
export function* runExitTrap(shell: Shell, status: number): Blocking<number> {
  const trap = shell.traps.get("EXIT");
  if (!trap) return status;
  shell.traps.delete("EXIT");
  if (trap.command === "") return status;
  shell.lastStatus = status;
  shell.flow = "none";
  shell.ignoreErrors = 0;
  shell.builtinName = "";
  shell.inTrap++;
  shell.statusBeforeExit = status;
  try {
    yield* shell.language.runText(shell, trap.command, { inputName: "exit trap" });
  } catch (error) {
    if (error instanceof ShellExit) return error.status;
    if (error instanceof DiscardCommand) return error.status;
    throw error;
  } finally {
    shell.inTrap--;
  }
  return status;
}
