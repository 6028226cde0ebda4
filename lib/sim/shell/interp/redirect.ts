// Redirections (bash(1), REDIRECTION), done on the shell's own descriptors; what they replaced is kept above 10 to be put back.
import { type Blocking, O, S, SysError, encode, strerror } from "../../kernel/sys.ts";
import { expandString, expandWords } from "../expand/words.ts";
import type { Redirect } from "../syntax/tree.ts";
import { AssignmentError, assignElement, assignScalar, parseTarget, readElement } from "./assign.ts";
import { restricted } from "./restricted.ts";
import { ShellExit } from "./flow.ts";
import type { Shell } from "./shell.ts";
import { handleSignals } from "./traps.ts";

/** Larger here-documents go through a file: a pipe would fill up. */
const PIPE_DOCUMENT_BYTES = 32_768;

interface Saved {
  readonly fd: number;
  /** undefined: it was closed */
  readonly copy: number | undefined;
}

export class SavedDescriptors {
  readonly #list: Saved[] = [];

  save(shell: Shell, fd: number): void {
    let copy: number | undefined;
    try {
      copy = shell.sys.dup(fd, 10);
      shell.sys.setCloexec(copy, true);
    } catch {
      copy = undefined;
    }
    this.#list.push({ fd, copy });
  }

  /** It was closed before the redirection. */
  noteClosed(fd: number): void {
    this.#list.push({ fd, copy: undefined });
  }

  restore(shell: Shell): void {
    for (let i = this.#list.length - 1; i >= 0; i--) {
      const saved = this.#list[i];
      if (!saved) continue;
      if (saved.copy === undefined) closeQuietly(shell, saved.fd);
      else {
        shell.sys.dup2(saved.copy, saved.fd);
        shell.sys.close(saved.copy);
      }
    }
    this.#list.length = 0;
  }

  /** exec: the redirections stay. */
  forget(shell: Shell): void {
    for (const saved of this.#list) if (saved.copy !== undefined) closeQuietly(shell, saved.copy);
    this.#list.length = 0;
  }
}

export function closeQuietly(shell: Shell, fd: number): void {
  try {
    shell.sys.close(fd);
  } catch {
    // it was not open
  }
}

/** Does them from left to right. False after an error, which was reported. */
export function* applyRedirects(shell: Shell, redirects: readonly Redirect[], saved: SavedDescriptors | undefined): Blocking<boolean> {
  for (const redirect of redirects) {
    try {
      yield* applyRedirect(shell, redirect, saved);
    } catch (error) {
      if (!(error instanceof RedirectError)) throw error;
      const name = shell.builtinName;
      if (!shell.strict) shell.builtinName = "";
      yield* shell.report(error.message);
      shell.builtinName = name;
      return false;
    }
  }
  return true;
}

class RedirectError extends Error {}

function failure(shell: Shell, target: string, error: unknown, creating = false): Error {
  if (!(error instanceof SysError)) return error instanceof Error ? error : new RedirectError(target);
  if (shell.ash) return new RedirectError(`can't ${creating ? "create" : "open"} ${target}: ${error.errno === "ENOENT" ? (creating ? "nonexistent directory" : "no such file") : strerror(error.errno)}`);
  if (shell.dash) return new RedirectError(creating ? `cannot create ${target}: ${error.errno === "ENOENT" ? "Directory nonexistent" : strerror(error.errno)}` : `cannot open ${target}: ${error.errno === "ENOENT" ? "No such file" : strerror(error.errno)}`);
  return new RedirectError(`${target}: ${strerror(error.errno)}`);
}

/** A target must be one word. */
function* fileName(shell: Shell, redirect: Redirect): Blocking<string> {
  const fields = shell.dash || shell.options.posix ? [yield* expandString(shell, redirect.target)] : yield* expandWords(shell, [redirect.target]);
  const [name] = fields;
  if (fields.length !== 1 || name === undefined) throw new RedirectError(`${redirect.target.text}: ambiguous redirect`);
  return name;
}

function* applyRedirect(shell: Shell, redirect: Redirect, saved: SavedDescriptors | undefined): Blocking<void> {
  const { operator } = redirect;
  const input = operator === "<" || operator === "<>" || operator === "<&" || operator.startsWith("<<");
  const fd = redirect.fd ?? (input ? 0 : 1);
  switch (operator) {
    case "<": case ">": case ">>": case ">|": case "<>": {
      const name = yield* fileName(shell, redirect);
      const opened = yield* openFor(shell, operator, name);
      place(shell, redirect, opened, fd, saved);
      return;
    }
    case "&>": case "&>>": {
      const name = yield* fileName(shell, redirect);
      const opened = yield* openFor(shell, operator === "&>" ? ">" : ">>", name);
      both(shell, opened, saved);
      return;
    }
    case "<&": case ">&":
      yield* duplicate(shell, redirect, fd, saved);
      return;
    case "<<": case "<<-": case "<<<": {
      let text: string;
      if (operator === "<<<") text = `${yield* expandString(shell, redirect.target, "assignment")}\n`;
      else if (redirect.hereDocument?.quoted) text = redirect.hereDocument.body.text;
      else text = redirect.hereDocument ? yield* expandString(shell, redirect.hereDocument.body) : "";
      const opened = yield* documentDescriptor(shell, text);
      place(shell, redirect, opened, fd, saved);
      return;
    }
  }
}

/** Stdout and stderr to the same file. */
function both(shell: Shell, opened: number, saved: SavedDescriptors | undefined): void {
  saved?.save(shell, 1);
  saved?.save(shell, 2);
  shell.sys.dup2(opened, 1);
  shell.sys.dup2(opened, 2);
  if (opened > 2) shell.sys.close(opened);
}

function* openFor(shell: Shell, operator: "<" | ">" | ">>" | ">|" | "<>", name: string): Blocking<number> {
  if (operator !== "<" && restricted(shell)) throw new RedirectError(`${name}: restricted: cannot redirect output`);
  const flags = operator === "<" ? O.RDONLY : operator === "<>" ? O.RDWR | O.CREAT : operator === ">>" ? O.WRONLY | O.CREAT | O.APPEND : O.WRONLY | O.CREAT | O.TRUNC;
  const network = /^\/dev\/(tcp|udp)\/([^/]+)\/([^/]+)$/.exec(name);
  if (network) return yield* openNetwork(shell, name, network[1] ?? "tcp", network[2] ?? "", network[3] ?? "");
  if (operator === ">" && shell.options.noclobber) {
    let regular = false;
    let exists = true;
    try {
      regular = (shell.sys.stat(name).mode & S.IFMT) === S.IFREG;
    } catch {
      exists = false;
    }
    if (exists && regular) throw new RedirectError(shell.dash ? `cannot create ${name}: File exists` : `${name}: cannot overwrite existing file`);
  }
  try {
    return yield* interruptible(shell, () => shell.sys.open(name, flags, 0o666));
  } catch (error) {
    throw failure(shell, name, error, operator !== "<");
  }
}

function* interruptible(shell: Shell, call: () => Blocking<number>): Blocking<number> {
  for (;;) {
    try {
      return yield* call();
    } catch (error) {
      if (!(error instanceof SysError) || error.errno !== "EINTR") throw error;
      yield* handleSignals(shell);
    }
  }
}

/** /dev/tcp/HOST/PORT with a numeric address, or a name of /etc/hosts. */
function* openNetwork(shell: Shell, name: string, protocol: string, host: string, port: string): Blocking<number> {
  const address = /^[0-9.]+$/.test(host) ? host : shell.hostAddress(host);
  if (address === undefined) {
    yield* shell.report(`${host}: Name or service not known`);
    throw new RedirectError(`${name}: Invalid argument`);
  }
  const number = Number(port);
  if (!Number.isInteger(number)) throw new RedirectError(`${name}: Servname not supported for ai_socktype`);
  const fd = shell.sys.socket("inet", protocol === "tcp" ? "stream" : "dgram");
  try {
    yield* shell.sys.connect(fd, { family: "inet", address, port: number });
    return fd;
  } catch (error) {
    shell.sys.close(fd);
    if (error instanceof SysError) {
      yield* shell.report(`connect: ${strerror(error.errno)}`);
      throw new RedirectError(`${name}: ${strerror(error.errno)}`);
    }
    throw error;
  }
}

/** Puts `opened` where the redirection wants it: a number, or a new one above 10 whose number goes to {name}. */
function place(shell: Shell, redirect: Redirect, opened: number, fd: number, saved: SavedDescriptors | undefined): void {
  if (redirect.variable !== undefined) {
    let high = opened;
    if (opened < 10) {
      try {
        high = shell.sys.dup(opened, 10);
      } catch (error) {
        shell.sys.close(opened);
        if (!(error instanceof SysError)) throw error;
        // redir.c, add_exec_redirect and redirection_error
        throw new RedirectError(`${shell.dash ? "" : `redirection error: cannot duplicate fd: ${strerror(error.errno)}\n${shell.messagePrefix}`}${redirect.target.text}: ${strerror(error.errno)}`);
      }
      shell.sys.close(opened);
    }
    assignFd(shell, redirect.variable, high);
    if (saved && shell.shopts.varredir_close) saved.noteClosed(high);
    return;
  }
  if (opened === fd) {
    // It was closed before: closing it again is what undoes this.
    saved?.noteClosed(fd);
    return;
  }
  saved?.save(shell, fd);
  try {
    shell.sys.dup2(opened, fd);
  } catch (error) {
    shell.sys.close(opened);
    throw failure(shell, String(fd), error);
  }
  shell.sys.close(opened);
}

function assignFd(shell: Shell, variable: string, fd: number): void {
  const target = parseTarget(variable);
  try {
    if (target?.subscript !== undefined) assignElement(shell, target.name, target.subscript, String(fd));
    else assignScalar(shell, variable, String(fd));
  } catch (error) {
    if (error instanceof AssignmentError) throw new RedirectError(`${error.message}\n${shell.messagePrefix}${variable}: cannot assign fd to variable`);
    throw error;
  }
}

function* duplicate(shell: Shell, redirect: Redirect, fd: number, saved: SavedDescriptors | undefined): Blocking<void> {
  const fields = yield* expandWords(shell, [redirect.target]);
  const [text] = fields;
  if (fields.length !== 1 || text === undefined) throw new RedirectError(`${redirect.target.text}: ambiguous redirect`);
  if (text === "-") {
    if (redirect.variable !== undefined) {
      const target = parseTarget(redirect.variable);
      const text = (target?.subscript === undefined ? shell.getVariable(redirect.variable) : readElement(shell, target.name, target.subscript)) ?? "";
      if (text === "") throw new RedirectError(`${redirect.variable}: ambiguous redirect`);
      const number = Number.parseInt(text, 10);
      if (number >= 0) closeQuietly(shell, number);
      return;
    }
    saved?.save(shell, fd);
    closeQuietly(shell, fd);
    return;
  }
  if (shell.strict && !/^[0-9]$/.test(text)) {
    yield* shell.report("Syntax error: Bad fd number");
    throw new ShellExit(2, true);
  }
  const move = /^([0-9]+)-$/.exec(text);
  const source = move ? move[1] : /^[0-9]+$/.test(text) ? text : undefined;
  if (source === undefined) {
    if (redirect.operator === ">&" && (redirect.fd === undefined || redirect.fd === 1) && redirect.variable === undefined) {
      both(shell, yield* openFor(shell, ">", text), saved);
      return;
    }
    throw new RedirectError(`${text}: ambiguous redirect`);
  }
  const from = Number(source);
  if (from === fd && redirect.variable === undefined) return;
  if (!shell.sys.descriptors().includes(from)) throw new RedirectError(`${/^[0-9]+-?$/.test(redirect.target.text) ? from : redirect.target.text}: Bad file descriptor`);
  if (redirect.variable !== undefined) {
    const high = shell.sys.dup(from, 10);
    assignFd(shell, redirect.variable, high);
    if (move) closeQuietly(shell, from);
    return;
  }
  if (from !== fd) {
    saved?.save(shell, fd);
    shell.sys.dup2(from, fd);
  } else saved?.save(shell, fd);
  if (move && from !== fd) {
    saved?.save(shell, from);
    closeQuietly(shell, from);
  }
}

/** A descriptor to read the text from. */
function* documentDescriptor(shell: Shell, text: string): Blocking<number> {
  const bytes = encode(text);
  if (bytes.length <= PIPE_DOCUMENT_BYTES) {
    const [read, write] = shell.sys.pipe();
    if (bytes.length > 0) yield* shell.sys.write(write, bytes);
    shell.sys.close(write);
    return read;
  }
  const random = shell.sys.random(6);
  const path = `${shell.getVariable("TMPDIR") || "/tmp"}/sh-thd.${[...random].map((byte) => (byte % 36).toString(36)).join("")}`;
  try {
    const write = yield* shell.sys.open(path, O.WRONLY | O.CREAT | O.EXCL, 0o600);
    yield* shell.sys.write(write, bytes);
    shell.sys.close(write);
    const read = yield* shell.sys.open(path, O.RDONLY);
    shell.sys.unlink(path);
    return read;
  } catch (error) {
    if (error instanceof SysError) throw new RedirectError(`cannot create temp file for here-document: ${strerror(error.errno)}`);
    throw error;
  }
}
