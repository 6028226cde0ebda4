// Command substitution and process substitution: children whose output (or input) is a pipe.
import { type Blocking, O, SIGNALS, SysError, type WaitStatus, decode, strerror } from "../../kernel/sys.ts";
import { decodePieces } from "../expand/decode-pieces.ts";
import { expandWords } from "../expand/words.ts";
import { parseAll, parserFor } from "../syntax/parse.ts";
import { printEmbedded } from "../syntax/printer.ts";
import { SyntaxProblem } from "../syntax/syntax-error.ts";
import type { CommandPart, List, Redirect, WordPart } from "../syntax/tree.ts";
import { cannotFork } from "./failure.ts";
import { ExpansionError } from "./expansion-error.ts";
import { exitStatusOf } from "./jobs.ts";
import { forkShell, waitForChild } from "./process.ts";
import { reportSyntax } from "./report-syntax.ts";
import type { Shell } from "./shell.ts";
import { collectSignals } from "./traps.ts";

const INTERRUPT: ReadonlySet<number> = new Set([SIGNALS.INT]);

interface Substituted {
  readonly source: string;
  body: List | undefined;
  bodyLine?: number;
}

function bodyOf(shell: Shell, part: Substituted): List | SyntaxProblem {
  const line = shell.line;
  if (part.body && (part.bodyLine === line || shell.dash || startsAt(part.body, part.source, line))) return part.body;
  try {
    const body: List | undefined = part.body;
    const text = body ? printEmbedded(body) : part.source;
    const settings = { extglob: shell.shopts.extglob, posix: shell.options.posix, dash: shell.strict, firstLine: line };
    // aliases have been put in already where there is a tree
    const placed = body ? parserFor(text, settings).embeddedList() : parseAll(text, { ...settings, alias: shell.shopts.expand_aliases ? (name) => shell.aliases.get(name) : undefined });
    // the text that bash prints is read again; what would not read the same stays as it was
    if (!body || printEmbedded(placed) === text) part.body = placed;
    part.bodyLine = line;
    return part.body ?? placed;
  } catch (error) {
    if (part.body) {
      part.bodyLine = line;
      return part.body;
    }
    if (error instanceof SyntaxProblem) return error;
    throw error;
  }
}

/** On one line, and that is the one of the command that it stands in: bash counts the lines of a substitution from there (subst.c: it is read again as printed). */
function startsAt(body: List, source: string, line: number): boolean {
  if (source.includes("\n")) return false;
  const first = body.items[0]?.command;
  return first === undefined || !("line" in first) || first.line === line;
}

/** The output without trailing newlines; NUL bytes are dropped with a warning. */
export function* commandSubstitution(shell: Shell, part: CommandPart): Blocking<string> {
  const body = bodyOf(shell, part);
  if (body instanceof SyntaxProblem) {
    yield* reportSyntax(shell, body, "command substitution");
    shell.substitutionStatus = body.status;
    return "";
  }
  const direct = readOnly(body);
  let text: string;
  if (direct) text = yield* readRedirected(shell, direct);
  else {
    const [read, write] = shell.sys.pipe();
    let pid: number;
    try {
      pid = forkShell(shell, { subshell: true }, (child) => substitutionChild(child, read, write, body));
    } catch (error) {
      shell.sys.close(read);
      shell.sys.close(write);
      if (error instanceof SysError) throw new ExpansionError(cannotFork(shell, error), "discard");
      throw error;
    }
    shell.sys.close(write);
    shell.jobs.awaited.set(pid, undefined);
    // a script's Ctrl-C waits until the substitution is over (subst.c: command_substitute)
    const mask = shell.interactive && !shell.isChild ? undefined : shell.sys.sigprocmask(INTERRUPT);
    let status: WaitStatus;
    try {
      text = yield* readAll(shell, read);
      shell.sys.close(read);
      status = yield* waitForChild(shell, pid);
    } finally {
      if (mask) shell.sys.sigprocmask(mask);
    }
    shell.substitutionStatus = exitStatusOf(status);
    shell.lastStatus = shell.substitutionStatus;
    if (status.kind === "signaled" && status.signal === SIGNALS.INT && shell.interactive && !shell.isChild) {
      shell.pendingSignals.push(SIGNALS.INT);
      shell.attention = true;
    }
  }
  if (text.includes("\0")) {
    yield* shell.report("warning: command substitution: ignored null byte in input");
    text = text.replaceAll("\0", "");
  }
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) === 10) end--;
  return end === text.length ? text : text.slice(0, end);
}

function* substitutionChild(child: Shell, read: number, write: number, body: List): Blocking<number> {
  child.sys.close(read);
  child.traceLevel++;
  if (write !== 1) {
    child.sys.dup2(write, 1);
    child.sys.close(write);
  }
  if (!child.shopts.inherit_errexit && !child.options.posix) child.options.errexit = false;
  child.ignoreErrors = child.options.errexit ? child.ignoreErrors : 0;
  return yield* child.language.runChildList(child, body);
}

/** `$(< file)` */
function readOnly(body: List): Redirect | undefined {
  const item = body.items[0];
  if (body.items.length !== 1 || !item || item.background) return undefined;
  const command = item.command;
  if (command.type !== "simple" || command.words.length > 0 || command.assignments.length > 0 || command.redirects.length !== 1) return undefined;
  const redirect = command.redirects[0];
  return redirect?.operator === "<" && redirect.fd === undefined && redirect.variable === undefined ? redirect : undefined;
}

function* readRedirected(shell: Shell, redirect: Redirect): Blocking<string> {
  const [name = ""] = yield* expandWords(shell, [redirect.target]);
  let fd: number;
  try {
    fd = yield* shell.sys.open(name, O.RDONLY | O.CLOEXEC);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    yield* shell.report(`${name}: ${strerror(error.errno)}`);
    shell.substitutionStatus = 1;
    return "";
  }
  try {
    shell.substitutionStatus = 0;
    return yield* readAll(shell, fd);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    yield* shell.report(`${name}: ${strerror(error.errno)}`);
    shell.substitutionStatus = 1;
    return "";
  } finally {
    shell.sys.close(fd);
  }
}

/** More text than that a shell of this machine cannot hold. */
const MAX_HELD_BYTES = 1 << 24;

function* readAll(shell: Shell, fd: number): Blocking<string> {
  let first: Uint8Array | undefined;
  let held = 0;
  let rest: Uint8Array[] | undefined;
  for (;;) {
    let bytes: Uint8Array;
    try {
      bytes = yield* shell.sys.read(fd, 65536);
    } catch (error) {
      if (error instanceof SysError && error.errno === "EINTR") {
        collectSignals(shell);
        continue;
      }
      throw error;
    }
    if (bytes.length === 0) break;
    if (shell.sys.charge(1 + (bytes.length >> 12))) yield* shell.sys.preempt();
    shell.accountMemory(bytes.length);
    held += bytes.length;
    if (held > MAX_HELD_BYTES) throw new ExpansionError(`xrealloc: cannot allocate ${held} bytes`, "exit");
    if (!first) first = bytes;
    else {
      rest ??= [];
      rest.push(bytes);
    }
  }
  shell.accountMemory(-held);
  if (!first) return "";
  if (!rest) return decode(first);
  return yield* decodePieces(shell.sys, [first, ...rest]);
}

/** <(list), >(list): a name under /dev/fd. The descriptor lives as long as the command that uses it. */
export function* processSubstitution(shell: Shell, part: Extract<WordPart, { type: "process" }>): Blocking<string> {
  const body = bodyOf(shell, part);
  if (body instanceof SyntaxProblem) {
    yield* reportSyntax(shell, body, "process substitution");
    throw new ExpansionError("process substitution", "discard");
  }
  const [read, write] = shell.sys.pipe();
  const mine = part.direction === "<" ? read : write;
  const theirs = part.direction === "<" ? write : read;
  const target = part.direction === "<" ? 1 : 0;
  const fd = shell.sys.dup(mine, Math.max(10, 63 - shell.processSubstitutions.length));
  shell.sys.close(mine);
  const pid = forkShell(shell, { subshell: true, background: true }, function* (child) {
    child.sys.close(fd);
    for (const other of child.processSubstitutions) {
      try {
        child.sys.close(other.fd);
      } catch {
        // not inherited
      }
    }
    child.processSubstitutions = [];
    if (theirs !== target) {
      child.sys.dup2(theirs, target);
      child.sys.close(theirs);
    }
    return yield* child.language.runChildList(child, body);
  });
  shell.sys.close(theirs);
  shell.lastBackground = pid;
  shell.processSubstitutions.push({ pid, fd });
  return `/dev/fd/${fd}`;
}

/** After the command: closes what its process substitutions opened. */
export function closeProcessSubstitutions(shell: Shell, from: number): void {
  for (const item of shell.processSubstitutions.splice(from)) {
    try {
      shell.sys.close(item.fd);
    } catch {
      // closed by a redirection
    }
  }
}
