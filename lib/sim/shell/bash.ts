// bash 5.2 as a program of the simulated machine, and dash as a mode of the same interpreter. The machine builds both with what the shell may
// not import: makeBash({ compileRegex, lineEditing }). Layers: syntax/ (text to tree), expand/ (words), interp/ (runs the tree), builtins/,
// readline/ and completion/ (the editor, injected).
// (More than 400 lines: what the shell is started as, and the four ways in which it then reads commands.)
import { type Blocking, type Program, S, SIGNALS, SIGRTMIN, type Sys, SysError, decode, signalName, strerror } from "../kernel/sys.ts";
import type { BashDependencies, CommandSource } from "./front-end.ts";
import { optionsListing } from "./builtins/set.ts";
import { SHOPT_NAMES } from "./interp/options.ts";
import { builtinNamed, builtinNames, builtinText } from "./builtins/registry.ts";
import { parseDashInvocation } from "./dash/invocation.ts";
import { expandPrompt } from "./expand/prompt.ts";
import { readWhole } from "./expand/run-now.ts";
import { expandArithmetic, expandEscaped, expandParts, expandPattern, expandString, expandSubscript } from "./expand/words.ts";
import { interactiveSource } from "./interactive.ts";
import { terminateStoppedJobs } from "./interp/job-control.ts";
import { dumpStrings } from "./dump-strings.ts";
import { DiscardCommand } from "./interp/flow.ts";
import { saveShellHistory, startHistory, truncateHistoryFile } from "./interp/history-session.ts";
import type { Language } from "./interp/language.ts";
import { complainOfEnvironment } from "./interp/locale-complaint.ts";
import { searchPath, statusOfEnding } from "./interp/process.ts";
import { resetState, runSource, runText } from "./interp/read-eval.ts";
import { runChildList } from "./interp/children.ts";
import { run } from "./interp/run.ts";
import { Shell } from "./interp/shell.ts";
import { InteractiveFrontEnd } from "./interp/shell-front-end.ts";
import { expandElements } from "./interp/assignments.ts";
import { invoke } from "./interp/simple-command.ts";
import { baseName } from "./interp/special-variables.ts";
import { type Invocation, USAGE, VERSION_TEXT, applyOptions, importEnvironment, openTerminal, parseInvocation, runStartFile, runStartFiles } from "./interp/startup.ts";
import { restrict } from "./interp/restricted.ts";
import { commandSubstitution, processSubstitution } from "./interp/substitution.ts";
import { handleSignals, hangUpJobs, runExitTrap, setInteractiveSignals } from "./interp/traps.ts";

const language: Language = {
  expandString, expandSubscript, expandPattern, expandEscaped, expandArithmetic, expandParts, commandSubstitution, processSubstitution, run, runChildList, runText, invoke,
  expandElements,
  builtinNames: () => builtinNames,
  isBuiltin: (shell, name) => builtinNamed(shell, name) !== undefined,
  isSpecial: (name) => builtinText(name)?.special === true,
  builtinText,
};

export function makeBash(dependencies: BashDependencies): Program {
  return (sys, argv) => main(sys, argv, dependencies, false);
}

/** dash(1): /bin/sh of Debian. */
export function makeDash(dependencies: BashDependencies): Program {
  return (sys, argv) => main(sys, argv, dependencies, true);
}

/** busybox's ash: dash with busybox's wording; the applets are commands of the shell. */
export function makeAsh(dependencies: BashDependencies & { readonly isApplet: (name: string) => boolean; readonly runApplet: Program }): Program {
  return (sys, argv) => main(sys, argv, dependencies, true);
}

function* main(sys: Sys, argv: readonly string[], dependencies: BashDependencies, dash: boolean): Blocking<number> {
  const shell = new Shell(sys, dependencies, language);
  shell.dash = dash;
  const invocation = shell.strict ? parseDashInvocation(argv) : parseInvocation(argv);
  if (shell.strict) {
    // dash has no switch for these
    shell.shopts.expand_aliases = true;
    shell.shopts.globskipdots = false;
  }
  const argv0 = argv[0] ?? (dash ? "sh" : "bash");
  shell.arg0 = argv0;
  shell.shellName = baseName(argv0.replace(/^-/, ""));
  shell.shellPid = sys.getpid();
  shell.runScriptFile = runAsScript;
  if (!dash && invocation.show) {
    yield* shell.writeText(1, invocation.show === "version" ? VERSION_TEXT : USAGE);
    return 0;
  }
  if (invocation.error !== undefined) {
    shell.interactive = true;
    // the line of a script that has not begun
    const place = /option name$/.test(invocation.error) ? `line 0: ${/shell option name$/.test(invocation.error) ? "" : `${argv0}: `}` : "";
    yield* shell.errorText(dash ? `${shell.strict ? argv0 : shell.shellName}: 0: Illegal option ${invocation.error.replace(/: invalid option.*/, "")}\n` : `${argv0}: ${place}${invocation.error}\n${/invalid option$/.test(invocation.error) ? USAGE.replace(/^.*\n/, "") : ""}`);
    return 2;
  }
  const complaints = importEnvironment(shell, sys.environment);
  for (const complaint of complaints) yield* shell.errorText(complaint.startsWith("shell-init: ") ? complaint : `${argv0}: ${complaint}\n`);
  noteIgnored(shell);
  if (!dash) yield* complainOfEnvironment(shell, argv0);
  shell.login = invocation.login;
  shell.shopts.login_shell = invocation.login;
  if (!dash) shell.setPlain("BASH", argv0.includes("/") ? argv0.replace(/^-/, "") : pathOfShell(shell, shell.shellName));
  if (!dash && (shell.shellName === "sh" || shell.getVariable("POSIXLY_CORRECT") !== undefined)) shell.options.posix = true;
  return yield* toTheEnd(shell, runInvocation(shell, invocation));
}

/** What is ignored from the start stays so (POSIX, trap); bash lists it as a trap. */
function noteIgnored(shell: Shell): void {
  const ignored = new Set<number>();
  for (let number = 1; number < SIGRTMIN; number++) {
    if (number === SIGNALS.KILL || number === SIGNALS.STOP) continue;
    const before = shell.sys.sigaction(number, "default");
    if (before === "default") continue;
    shell.sys.sigaction(number, before);
    if (before === "ignore") ignored.add(number);
  }
  if (ignored.size > 0) shell.ignoredAtStart = ignored;
}

function* toTheEnd(shell: Shell, body: Blocking<number>): Blocking<number> {
  let status: number;
  try {
    status = yield* body;
    if (shell.flow === "return") shell.flow = "none";
  } catch (error) {
    status = yield* statusOfEnding(shell, error);
  }
  return yield* finish(shell, status);
}

/** With what asks its terminal for lines. */
function equip(shell: Shell): void {
  const make = shell.dependencies.lineEditing;
  if (make && (!shell.dash || shell.ash)) shell.lineEditing = make(new InteractiveFrontEnd(shell));
  shell.truncateHistoryFile = () => truncateHistoryFile(shell);
}

function pathOfShell(shell: Shell, name: string): string {
  const found = searchPath(shell, name);
  return found.kind === "missing" ? name : found.path;
}

function* runInvocation(shell: Shell, invocation: Invocation): Blocking<number> {
  const { sys } = shell;
  const tty = (fd: number) => {
    try {
      return sys.isatty(fd);
    } catch {
      return false;
    }
  };
  const script = !invocation.command && !invocation.readStdin ? invocation.rest[0] : undefined;
  const interactive = invocation.forceInteractive || (!invocation.command && script === undefined && tty(0) && tty(2));
  applyOptions(shell, invocation);
  equip(shell);
  if (invocation.listOptions !== undefined) yield* shell.writeText(1, optionsListing(shell, invocation.listOptions));
  if (invocation.listShopts) yield* shell.writeText(1, SHOPT_NAMES.map((name) => `${name.padEnd(15)}\t${shell.shopts[name] ? "on" : "off"}\n`).join(""));
  if (interactive) yield* becomeInteractive(shell);
  else {
    shell.frames = [];
    if (!shell.dash) for (const number of shell.ignoredAtStart) shell.traps.set(signalName(number) ?? "", { command: "" });
  }
  if (invocation.command) {
    const [text, name, ...rest] = invocation.rest;
    if (text === undefined) {
      yield* shell.errorText(shell.strict ? `${shell.arg0}: 0: -c requires an argument\n` : `${shell.arg0}: -c: option requires an argument\n`);
      return 2;
    }
    shell.commandString = text;
    if (!shell.dash) shell.setPlain("BASH_EXECUTION_STRING", text);
    if (name !== undefined) {
      shell.arg0 = name;
      shell.positional = rest;
    }
    yield* (shell.dash ? dashStartFiles : runStartFiles)(shell, invocation);
    if (invocation.restricted) restrict(shell);
    if (invocation.dump) return yield* dumpStrings(shell, text, invocation.dump);
    return yield* runText(shell, text, { inputName: shell.dash ? "" : "-c", tail: true });
  }
  if (script !== undefined) {
    shell.positional = invocation.rest.slice(1);
    yield* (shell.dash ? dashStartFiles : runStartFiles)(shell, invocation);
    if (invocation.restricted) restrict(shell);
    return yield* runScript(shell, script, invocation.dump);
  }
  shell.positional = invocation.rest;
  if (shell.dash) {
    shell.readsStdin = true;
    yield* dashStartFiles(shell, invocation);
  } else {
    yield* runStartFiles(shell, invocation);
    shell.readsStdin = true;
  }
  if (invocation.restricted) restrict(shell);
  if (interactive && shell.ash) yield* shell.errorText("\n\nBusyBox v1.35.0 (Debian 1:1.35.0-4+deb12u1+b1) built-in shell (ash)\nEnter 'help' for a list of built-in commands.\n\n");
  if (invocation.dump) return yield* dumpStrings(shell, yield* readWhole(shell.sys, "/dev/stdin"), invocation.dump);
  if (interactive) {
    const goOn = (sys: Sys): Blocking<number> => {
      const same = shell.continued(sys);
      equip(same);
      return toTheEnd(same, runInteractively(same));
    };
    if (shell.canBeContinued && sys.keepHere(goOn)) for (;;) yield* sys.pause();
    return yield* runInteractively(shell);
  }
  return yield* runSource(shell, standardInput(shell), undefined);
}

/** dash(1), "Invocation": the profiles of a login shell, and of an interactive one the file that ENV names. */
function* dashStartFiles(shell: Shell, invocation: Invocation): Blocking<void> {
  if (invocation.login) {
    yield* runStartFile(shell, "/etc/profile");
    yield* runStartFile(shell, `${shell.getVariable("HOME") ?? ""}/.profile`);
  }
  const file = shell.interactive ? (shell.getVariable("ENV") ?? "") : "";
  if (file !== "") yield* runStartFile(shell, yield* expandPrompt(shell, file));
}

// ---- scripts ---------------------------------------------------------------------------------------------------------------------------------

function* runScript(shell: Shell, name: string, dump: Invocation["dump"]): Blocking<number> {
  let path = name;
  const { sys } = shell;
  try {
    sys.stat(path);
  } catch {
    // bash(1): a file that is not here is looked for in PATH
    if (!name.includes("/")) {
      const found = searchPath(shell, name);
      if (found.kind !== "missing") path = found.path;
    }
  }
  const complain = (message: string) => shell.errorText(shell.dash ? `${shell.arg0}: 0: ${message}\n` : `${shell.arg0}: ${message}\n`);
  let text: string;
  try {
    if ((sys.stat(path).mode & S.IFMT) === S.IFDIR) {
      // dash reads nothing from it
      if (shell.strict) return 0;
      yield* shell.dash ? complain(`cannot open ${name}: Is a directory`) : shell.errorText(`${path}: ${name}: Is a directory\n`);
      return 126;
    }
    text = yield* readWhole(sys, path);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    yield* complain(shell.dash ? `cannot open ${name}: ${error.errno === "ENOENT" ? "No such file" : strerror(error.errno)}` : `${name}: ${strerror(error.errno)}`);
    return shell.dash ? 2 : error.errno === "ENOENT" ? 127 : 126;
  }
  if (/^[^\n]{0,79}\0/.test(text)) {
    shell.arg0 = path;
    yield* complain(`${name}: cannot execute binary file`);
    return 126;
  }
  shell.arg0 = path;
  return yield* dump ? dumpStrings(shell, text, dump) : runScriptText(shell, path, text);
}

function* runScriptText(shell: Shell, path: string, text: string): Blocking<number> {
  shell.frames = [{ functionName: "main", source: path, callLine: 0, positional: shell.positional }];
  shell.baseFrames = shell.frames;
  try {
    return yield* runText(shell, text, { inputName: "" });
  } catch (error) {
    if (error instanceof DiscardCommand) return error.status;
    throw error;
  }
}

/** execve said ENOEXEC: this process becomes a shell that runs the file. */
function* runAsScript(shell: Shell, path: string, argv: readonly string[], environment: ReadonlyMap<string, string>): Blocking<number> {
  const fresh = new Shell(shell.sys, shell.dependencies, language);
  fresh.dash = shell.dash;
  fresh.arg0 = path;
  fresh.shellName = shell.shellName;
  fresh.shellPid = shell.sys.getpid();
  fresh.positional = argv.slice(1);
  fresh.runScriptFile = runAsScript;
  importEnvironment(fresh, environment);
  fresh.setPlain("BASH", shell.getVariable("BASH") ?? "");
  for (const name of ["SHLVL"]) fresh.setPlain(name, environment.get(name) ?? "1");
  let status: number;
  try {
    const text = yield* readWhole(shell.sys, path);
    status = yield* runScriptText(fresh, path, text);
  } catch (error) {
    if (error instanceof SysError) {
      yield* shell.report(`${path}: ${strerror(error.errno)}`);
      return 126;
    }
    status = yield* statusOfEnding(fresh, error);
  }
  return yield* runExitTrap(fresh, status);
}

/** Lines of descriptor 0, not reading beyond them: what follows belongs to the commands. */
function standardInput(shell: Shell): CommandSource {
  let rest: Uint8Array = new Uint8Array(0);
  const { sys } = shell;
  let seekable = true;
  // dash reads blocks and keeps what it has read
  if (!shell.strict) try {
    sys.lseek(0, 0, "current");
  } catch {
    seekable = false;
  }
  return {
    *nextLine() {
      const parts: Uint8Array[] = [];
      for (;;) {
        if (rest.length === 0) {
          try {
            rest = yield* sys.read(0, shell.strict ? 8192 : seekable ? 4096 : 1);
          } catch (error) {
            if (error instanceof SysError && error.errno === "EINTR") {
              // dash's read(2) goes on after a signal with a trap, which runs after the line
              if (shell.strict && shell.traps.has("INT")) continue;
              yield* handleSignals(shell);
              continue;
            }
            if (error instanceof SysError) return undefined;
            throw error;
          }
        }
        if (rest.length === 0) {
          if (parts.length === 0) return undefined;
          break;
        }
        const newline = rest.indexOf(10);
        if (newline >= 0) {
          parts.push(rest.subarray(0, newline));
          const left = rest.length - newline - 1;
          if (shell.strict) rest = rest.slice(newline + 1);
          else {
            if (left > 0) sys.lseek(0, -left, "current");
            rest = new Uint8Array(0);
          }
          break;
        }
        parts.push(rest);
        rest = new Uint8Array(0);
      }
      const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
      let at = 0;
      for (const part of parts) {
        whole.set(part, at);
        at += part.length;
      }
      return decode(whole).replaceAll("\0", "");
    },
  };
}

// ---- interactive --------------------------------------------------------------------------------------------------------------------------------

function* becomeInteractive(shell: Shell): Blocking<void> {
  const { sys } = shell;
  shell.interactive = true;
  shell.shopts.expand_aliases = true;
  shell.options.emacs = !shell.dash && !shell.options.vi;
  shell.options.histexpand = !shell.dash;
  shell.options.history = !shell.dash;
  // ash keeps what it was given
  if (shell.ash && !shell.sys.environment.has("PS1")) shell.setPlain("PS1", "\\w \\$ ");
  const defaults: readonly (readonly [string, string])[] = shell.dash ? [] : [["PS1", "\\s-\\v\\$ "], ["PS2", "> "], ["MAILCHECK", "60"]];
  for (const [name, value] of defaults) if (shell.variables.find(name) === undefined) shell.setPlain(name, value);
  shell.terminalFd = yield* openTerminal(shell);
  shell.shellPgid = sys.getpgid();
  setInteractiveSignals(shell);
  if (shell.terminalFd === undefined) {
    yield* shell.errorText(shell.dash ? `${shell.shellName}: 0: can't access tty; job control turned off\n` : `${shell.shellName}: cannot set terminal process group (${sys.getpgid()}): Inappropriate ioctl for device\n${shell.shellName}: no job control in this shell\n`);
  } else {
    try {
      if (sys.getpgid() !== sys.getpid() && sys.getsid() !== sys.getpid()) sys.setpgid(0, 0);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
    shell.shellPgid = sys.getpgid();
    // From a new group tcsetpgrp would stop the shell (SIGTTOU) unless it is ignored first: su's child is in that place.
    shell.options.monitor = true;
    shell.jobControl = true;
    setInteractiveSignals(shell);
    try {
      yield* sys.tcsetpgrp(shell.terminalFd, shell.shellPgid);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
    shell.options.monitor = true;
    shell.jobControl = true;
    setInteractiveSignals(shell);
  }
}

function* runInteractively(shell: Shell): Blocking<number> {
  if (!shell.dash) yield* startHistory(shell);
  const frontEnd = new InteractiveFrontEnd(shell);
  const editing = shell.lineEditing;
  const source = editing ? interactiveSource(frontEnd, editing) : plainSource(shell, frontEnd);
  const status = yield* runSource(shell, source, {
    *entered(text, valid) {
      shell.commandNumber++;
      if (shell.exitWarned && shell.commandNumber > shell.exitWarnedAt + 1) shell.exitWarned = false;
      let tty = "";
      try {
        tty = shell.sys.ttyname(0);
      } catch {
        // no terminal
      }
      shell.sys.observe({ kind: "command", tty, text: text.replace(/\n$/, ""), phase: "start" });
      const before = shell.getVariable("PS0");
      if (valid && before !== undefined && before !== "") yield* shell.errorText((yield* expandPrompt(shell, before)).replace(/[\x01\x02]/g, ""));
    },
  });
  resetState(shell);
  return status;
}

/** Without a line editor: prompts on standard error, lines from the terminal as it gives them. */
function plainSource(shell: Shell, frontEnd: InteractiveFrontEnd): CommandSource {
  const lines = standardInput(shell);
  return {
    *nextLine(which) {
      if (which === "PS1") {
        yield* frontEnd.notifyJobs();
        yield* frontEnd.runPromptCommands();
      }
      const prompt = shell.getVariable(which) ?? "";
      yield* shell.errorText((yield* expandPrompt(shell, prompt)).replace(/[\x01\x02]/g, ""));
      const line = yield* lines.nextLine(which);
      if (line === undefined && which === "PS1") yield* frontEnd.endOfInput();
      return line;
    },
  };
}

function* finish(shell: Shell, given: number): Blocking<number> {
  let status = given;
  if (shell.interactive && shell.login && !shell.dash) {
    shell.lastStatus = status;
    try {
      yield* runStartFile(shell, `${shell.getVariable("HOME") ?? ""}/.bash_logout`);
    } catch (error) {
      status = yield* statusOfEnding(shell, error);
    }
  }
  status = yield* runExitTrap(shell, status);
  terminateStoppedJobs(shell);
  if (shell.interactive) {
    if (!shell.dash) yield* saveShellHistory(shell);
    if (shell.login && shell.shopts.huponexit) hangUpJobs(shell);
  }
  return status;
}
