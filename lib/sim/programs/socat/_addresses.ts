// The two ends that socat joins: how each is written (KIND:PARAMETER:…,OPTION=VALUE,…) and opened (socat(1), 1.7.4.4).
import { ResolveError, lookUpHost } from "../../daemons/resolver/api.ts";
import { type Blocking, O, S, type SocketAddress, type Sys, SysError, encode } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { execSearching } from "../kit/exec-path.ts";

/** What ends socat: a line of its log at level E. */
export class Fatal extends Error {}

export interface End {
  readonly readFd: number;
  readonly writeFd: number;
  /** a socket can be ended in one direction */
  readonly socket: boolean;
  /** a program behind it */
  readonly pid: number | undefined;
}

/** An end that waits for others to come: with "fork" each gets a process of its own. */
export interface Listener {
  readonly fd: number;
  readonly forks: boolean;
  readonly shown: string;
}

export interface Spec {
  readonly kind: string;
  readonly parameters: readonly string[];
  readonly options: ReadonlyMap<string, string>;
}

interface Kind {
  readonly parameters: number;
  readonly open: "stdio" | "stdin" | "stdout" | "stderr" | "fd" | "file" | "create" | "pipe" | "exec" | "system" | "tcp" | "tcp-listen" | "udp" | "udp-listen" | "udp-recv" | "unix" | "unix-listen" | "pty";
  readonly family?: "inet" | "inet6";
}

const KINDS = new Map<string, Kind>();
const define = (names: string, kind: Kind): void => {
  for (const name of names.split(" ")) KINDS.set(name, kind);
};
define("- STDIO", { parameters: 0, open: "stdio" });
define("STDIN", { parameters: 0, open: "stdin" });
define("STDOUT", { parameters: 0, open: "stdout" });
define("STDERR", { parameters: 0, open: "stderr" });
define("FD", { parameters: 1, open: "fd" });
define("OPEN FILE GOPEN", { parameters: 1, open: "file" });
define("CREATE CREAT", { parameters: 1, open: "create" });
define("PIPE FIFO", { parameters: 1, open: "pipe" });
define("EXEC", { parameters: 1, open: "exec" });
define("SYSTEM", { parameters: 1, open: "system" });
define("TCP TCP-CONNECT TCP4 TCP4-CONNECT INET", { parameters: 2, open: "tcp" });
define("TCP6 TCP6-CONNECT", { parameters: 2, open: "tcp", family: "inet6" });
define("TCP-LISTEN TCP-L TCP4-LISTEN TCP4-L", { parameters: 1, open: "tcp-listen" });
define("TCP6-LISTEN TCP6-L", { parameters: 1, open: "tcp-listen", family: "inet6" });
define("UDP UDP-CONNECT UDP4 UDP4-CONNECT", { parameters: 2, open: "udp" });
define("UDP-LISTEN UDP-L UDP4-LISTEN UDP4-L", { parameters: 1, open: "udp-listen" });
define("UDP-RECV UDP-RECVFROM UDP4-RECV UDP4-RECVFROM", { parameters: 1, open: "udp-recv" });
define("UNIX UNIX-CONNECT UNIX-CLIENT LOCAL UNIX-CONN", { parameters: 1, open: "unix" });
define("UNIX-LISTEN UNIX-L", { parameters: 1, open: "unix-listen" });
define("PTY", { parameters: 0, open: "pty" });

/** Options that are heeded, and those that change nothing here. */
const OPTIONS = new Set([
  "fork", "reuseaddr", "so-reuseaddr", "reuseport", "bind", "sp", "sourceport", "creat", "create", "append", "trunc", "excl", "rdonly", "wronly", "rdwr", "mode", "perm", "unlink-early", "unlink-close", "link", "symbolic-link", "raw", "rawer", "cfmakeraw", "echo", "icanon", "pty", "stderr", "setsid", "ctty", "sane",
  "nofork", "pipes", "connect-timeout", "crnl", "cr", "keepalive", "nodelay", "backlog", "max-children", "range", "su", "user", "group", "pf", "ipv6only", "ipv6-v6only", "ignoreeof", "retry", "interval", "forever", "waitslave", "nonblock", "tcpwrap", "broadcast", "ttl", "wait-slave", "close", "null-eof", "shut-none", "shut-down",
]);

/** Commas and colons inside quotes and brackets belong to the text; a backslash keeps what follows. */
function split(text: string, separator: "," | ":"): string[] {
  const parts = [""];
  let quote = "";
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === "\\" && at + 1 < text.length) parts[parts.length - 1] += separator === "," ? char + text.charAt(++at) : text.charAt(++at);
    else if (quote !== "") {
      if (char === quote) quote = "";
      parts[parts.length - 1] += char;
    } else if (char === '"' || char === "'") {
      quote = char;
      parts[parts.length - 1] += char;
    } else if (char === "[") {
      const end = text.indexOf("]", at);
      parts[parts.length - 1] += end < 0 ? char : text.slice(at, end + 1);
      if (end >= 0) at = end;
    } else if (char === separator) parts.push("");
    else parts[parts.length - 1] += char;
  }
  return parts;
}

/** Throws Fatal. */
export function specOf(text: string): Spec {
  const [head = "", ...rest] = split(text, ",");
  const options = new Map(rest.map((word) => {
    const at = word.indexOf("=");
    return at < 0 ? [word.toLowerCase(), ""] as const : [word.slice(0, at).toLowerCase(), word.slice(at + 1)] as const;
  }));
  const [written = "", ...parameters] = split(head, ":");
  let kind = written.toUpperCase();
  // a path stands for GOPEN, a number for FD
  let given = parameters;
  if (parameters.length === 0 && written.includes("/")) [kind, given] = ["GOPEN", [written]];
  else if (parameters.length === 0 && /^\d+$/.test(written)) [kind, given] = ["FD", [written]];
  const known = KINDS.get(kind);
  if (known === undefined) throw new Fatal(`unknown device/address "${written}"`);
  // the command of EXEC and SYSTEM keeps its colons
  if (known.open === "exec" || known.open === "system") given = given.length === 0 ? [] : [head.slice(written.length + 1)];
  if (given.length !== known.parameters && !(known.open === "pipe" && given.length === 0)) throw new Fatal(`${written}: wrong number of parameters (${given.length} instead of ${known.parameters})`);
  for (const name of options.keys()) if (!OPTIONS.has(name)) throw new Fatal(`parseopts_table(): unknown option "${name}"`);
  return { kind, parameters: given, options };
}

function* portOf(sys: Sys, host: string, name: string): Blocking<number> {
  if (/^\d+$/.test(name)) return Number(name) & 0xffff;
  for (const line of ((yield* readTextFile(sys, "/etc/services")) ?? "").split("\n")) {
    const match = /^(\S+)\s+(\d+)\/tcp/.exec(line);
    if (match?.[1] === name) return Number(match[2]);
  }
  throw new Fatal(`getaddrinfo"${host}", "${name}", {1,0,1,0}, {}): Servname not supported for ai_socktype`);
}

const inet = (address: string, port: number): SocketAddress => (address.includes(":") ? { family: "inet6", address, port } : { family: "inet", address, port });
const bare = (host: string): string => host.replace(/^\[(.*)\]$/, "$1");
export const shownAddress = (address: SocketAddress): string => (address.family === "unix" ? `AF=1 "${address.path}"` : address.family === "inet6" ? `AF=10 [${address.address}]:${address.port}` : `AF=2 ${address.address}:${address.port}`);

function* resolved(sys: Sys, host: string, six: boolean): Blocking<string> {
  const name = bare(host);
  if (/^[\d.]+$|:/.test(name)) return name;
  if (name === "localhost") return six ? "::1" : "127.0.0.1";
  try {
    return (yield* lookUpHost(sys, name)).find((one) => one.includes(":") === six) ?? name;
  } catch (error) {
    if (!(error instanceof ResolveError)) throw error;
    throw new Fatal(`getaddrinfo("${name}", "NULL", {1,0,1,6}, {}): ${error.message}`);
  }
}

const both = (fd: number, socket = false, pid?: number): End => ({ readFd: fd, writeFd: fd, socket, pid });

/** Words of a command line, quotes kept together. */
const wordsOf = (command: string): string[] => [...command.matchAll(/(?:"[^"]*"|'[^']*'|\\.|[^\s"'\\])+/g)].map((match) => match[0].replace(/"([^"]*)"|'([^']*)'|\\(.)/g, (_, double: string | undefined, single: string | undefined, char: string | undefined) => double ?? single ?? char ?? ""));

/** Where bytes go one way only, the program keeps the other of its streams. */
function started(sys: Sys, spec: Spec, shell: boolean, direction: "read" | "write" | "both"): End {
  const [command = ""] = spec.parameters;
  const terminal = spec.options.has("pty");
  const pair = terminal ? undefined : sys.socketpair("stream");
  const pty = terminal ? sys.openpt() : undefined;
  const pid = sys.fork(function* program(child) {
    const own = pty === undefined ? (pair?.[1] ?? 0) : yield* child.open(pty.slavePath, O.RDWR);
    if (spec.options.has("setsid") || terminal) child.setsid();
    if (terminal) child.setControllingTerminal(own);
    if (direction !== "read") child.dup2(own, 0);
    if (direction !== "write") child.dup2(own, 1);
    if (spec.options.has("stderr") || terminal) child.dup2(own, 2);
    for (const fd of child.descriptors()) if (fd > 2) child.close(fd);
    const words = shell ? ["/bin/sh", "-c", command] : wordsOf(command);
    const error = yield* execSearching(child, words[0] ?? "", shell ? ["sh", "-c", command] : words);
    yield* child.write(2, encode(`socat: execvp("${words[0] ?? ""}", "${words[0] ?? ""}"): ${error.message}\n`));
    return 1;
  });
  if (pair !== undefined) sys.close(pair[1]);
  return both(pty?.master ?? pair?.[0] ?? -1, pty === undefined, pid);
}

function* opened(sys: Sys, path: string, flags: number, mode: number): Blocking<number> {
  try {
    return yield* sys.open(path, flags, mode);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    throw new Fatal(`open("${path}", 0${flags.toString(8)}, 0${mode.toString(8)}): ${error.message}`);
  }
}

function kindOf(sys: Sys, path: string): number | undefined {
  try {
    return sys.stat(path).mode & S.IFMT;
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    return undefined;
  }
}

/** Opens an end. `direction`: which way bytes go through it. `tell`: notices of the log. */
export function* open(sys: Sys, spec: Spec, direction: "read" | "write" | "both", tell: (text: string) => Blocking<void>): Blocking<End | Listener> {
  const kind = KINDS.get(spec.kind);
  const [first = "", second = ""] = spec.parameters;
  const { options } = spec;
  const mode = Number.parseInt(options.get("mode") ?? options.get("perm") ?? "0666", 8);
  const access = options.has("rdonly") || direction === "read" ? O.RDONLY : options.has("wronly") || direction === "write" ? O.WRONLY : O.RDWR;
  const extra = (options.has("creat") || options.has("create") ? O.CREAT : 0) | (options.has("append") ? O.APPEND : 0) | (options.has("trunc") ? O.TRUNC : 0) | (options.has("excl") ? O.EXCL : 0);
  switch (kind?.open) {
    case "stdio": return { readFd: 0, writeFd: 1, socket: false, pid: undefined };
    case "stdin": return { readFd: 0, writeFd: -1, socket: false, pid: undefined };
    case "stdout": return { readFd: -1, writeFd: 1, socket: false, pid: undefined };
    case "stderr": return { readFd: -1, writeFd: 2, socket: false, pid: undefined };
    case "fd": return both(Number(first));
    case "file":
      if (spec.kind === "GOPEN" && kindOf(sys, first) === S.IFSOCK) return yield* connected(sys, { family: "unix", path: first }, spec, tell);
      // GOPEN makes what is not there, and writes at the end of what is
      return both(yield* opened(sys, first, access | extra | (spec.kind === "GOPEN" && access !== O.RDONLY ? O.CREAT | O.APPEND : 0), mode));
    case "create": return both(yield* opened(sys, first, O.WRONLY | O.CREAT | O.TRUNC, mode));
    case "pipe": {
      if (first === "") {
        const [readFd, writeFd] = sys.pipe();
        return { readFd, writeFd, socket: false, pid: undefined };
      }
      if (kindOf(sys, first) === undefined) sys.mknod(first, S.IFIFO | mode);
      return both(yield* opened(sys, first, access, mode));
    }
    case "exec": return started(sys, spec, false, direction);
    case "system": return started(sys, spec, true, direction);
    case "tcp": return yield* connected(sys, inet(yield* resolved(sys, first, kind.family === "inet6" || first.startsWith("[")), yield* portOf(sys, bare(first), second)), spec, tell);
    case "udp": {
      const to = inet(yield* resolved(sys, first, first.startsWith("[")), yield* portOf(sys, bare(first), second));
      const fd = sys.socket(to.family, "dgram");
      yield* sys.connect(fd, to);
      return both(fd);
    }
    case "unix": return yield* connected(sys, { family: "unix", path: first }, spec, tell);
    case "tcp-listen": return yield* listening(sys, inet(bare(options.get("bind") ?? (kind.family === "inet6" ? "::" : "0.0.0.0")), yield* portOf(sys, "", first)), spec, tell);
    case "unix-listen":
      if (options.has("unlink-early") && kindOf(sys, first) !== undefined) sys.unlink(first);
      return yield* listening(sys, { family: "unix", path: first }, spec, tell);
    case "udp-listen": case "udp-recv": {
      const at = inet(bare(options.get("bind") ?? "0.0.0.0"), yield* portOf(sys, "", first));
      const fd = sys.socket(at.family, "dgram");
      bound(sys, fd, at);
      if (kind.open === "udp-listen") {
        yield* tell(`listening on UDP ${shownAddress(at)}`);
        yield* sys.poll([{ fd, events: 1 }], null);
        const { bytes, from } = yield* sys.recvfrom(fd, 65_536);
        if (from !== undefined) yield* sys.connect(fd, from);
        yield* sys.write(1, direction === "write" ? new Uint8Array(0) : bytes);
      }
      return both(fd);
    }
    case "pty": {
      const { master, slavePath } = sys.openpt();
      yield* tell(`PTY is ${slavePath}`);
      if (options.has("raw") || options.has("rawer") || options.has("cfmakeraw") || options.get("echo") === "0") {
        const slave = yield* sys.open(slavePath, O.RDWR | O.NOCTTY);
        const now = sys.tcgetattr(slave);
        const gone = options.get("echo") === "0" && !options.has("raw") && !options.has("rawer") && !options.has("cfmakeraw") ? ["echo"] : ["icanon", "isig", "icrnl", "ixon", "iexten", "opost", "onlcr", ...(options.get("echo") === "0" || !options.has("raw") ? ["echo"] : [])];
        yield* sys.tcsetattr(slave, { ...now, flags: new Set([...now.flags].filter((one) => !gone.includes(one))), min: 1, time: 0 });
      }
      const link = options.get("link") ?? options.get("symbolic-link");
      if (link !== undefined) {
        if (kindOf(sys, link) !== undefined || isLink(sys, link)) sys.unlink(link);
        sys.symlink(slavePath, link);
      }
      return both(master);
    }
    default: throw new Fatal(`unknown device/address "${spec.kind}"`);
  }
}

function isLink(sys: Sys, path: string): boolean {
  try {
    return (sys.lstat(path).mode & S.IFMT) === S.IFLNK;
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    return false;
  }
}

function bound(sys: Sys, fd: number, at: SocketAddress): void {
  try {
    sys.bind(fd, at);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    throw new Fatal(`bind(5, {${shownAddress(at)}}, ${at.family === "unix" ? 110 : at.family === "inet6" ? 28 : 16}): ${error.message}`);
  }
}

function* connected(sys: Sys, to: SocketAddress, spec: Spec, tell: (text: string) => Blocking<void>): Blocking<End> {
  const fd = sys.socket(to.family, "stream");
  const timeout = Number(spec.options.get("connect-timeout") ?? 0);
  if (timeout > 0) sys.setsockopt(fd, "sndtimeo", timeout * 1e6);
  const from = spec.options.get("bind");
  if (from !== undefined && to.family !== "unix") bound(sys, fd, inet(bare(from.split(":")[0] ?? ""), Number(from.split(":")[1] ?? 0)));
  yield* tell(`opening connection to ${shownAddress(to)}`);
  try {
    yield* sys.connect(fd, to);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    throw new Fatal(`connect(${to.family === "unix" ? "" : "5"}, ${shownAddress(to)}, ${to.family === "unix" ? to.path.length + 2 : to.family === "inet6" ? 28 : 16}): ${timeout > 0 && error.errno === "EINPROGRESS" ? "Connection timed out" : error.message}`);
  }
  return both(fd, true);
}

function* listening(sys: Sys, at: SocketAddress, spec: Spec, tell: (text: string) => Blocking<void>): Blocking<Listener> {
  const fd = sys.socket(at.family, "stream");
  if (spec.options.has("reuseaddr") || spec.options.has("so-reuseaddr")) sys.setsockopt(fd, "reuseaddr", 1);
  bound(sys, fd, at);
  if (at.family === "unix" && spec.options.has("mode")) sys.chmod(at.path, Number.parseInt(spec.options.get("mode") ?? "", 8));
  sys.listen(fd, Number(spec.options.get("backlog") ?? 5));
  yield* tell(`listening on ${shownAddress(at)}`);
  return { fd, forks: spec.options.has("fork"), shown: shownAddress(at) };
}
