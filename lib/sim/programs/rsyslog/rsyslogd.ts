// rsyslogd: writes what the journal passes on, the kernel's messages and what comes over the network to files, to other hosts and to terminals
// (rsyslogd(8), rsyslog.conf(5)).

import { lookUpHost, ResolveError } from "../../daemons/resolver/api.ts";
import { SYSLOG_SOCKET } from "../../daemons/systemd/api/journal.ts";
import { notify } from "../../daemons/systemd/api/notify.ts";
import { type Blocking, decode, encode, O, POLL, SIGNALS, type SocketAddress, type Sys, SysError } from "../../kernel/sys.ts";
import { Accounts } from "../kit/accounts.ts";
import { flag, text } from "../kit/option.ts";
import { type KernelRingRecord, parseKernelRecord } from "../kit/kernel-ring-record.ts";
import { type Io, program } from "../kit/program.ts";
import { readUtmp, UT, UTMP_PATH } from "../kit/utmp.ts";
import { readZone, type Zone } from "../kit/zones.ts";
import { type Arrival, parseSyslog, type SyslogMessage } from "./_message.ts";
import { readConfiguration } from "./_read-configuration.ts";
import type { Problem, Statement, SyslogAction, SyslogConfiguration, SyslogInput } from "./_rules.ts";

const CONFIGURATION = "/etc/rsyslog.conf";
const VERSION = "8.2302.0";
const MOST_LINE_BYTES = 65_536;

const shownProblem = ({ text: words, place, code }: Problem): string => `${place === undefined ? "" : `error during parsing file ${place.file}, on or before line ${place.line}: `}${words} [v${VERSION}${code === undefined ? "" : ` try https://www.rsyslog.com/e/${code} `}]`;

class Rsyslog {
  readonly #sys: Sys;
  readonly configuration: SyslogConfiguration;
  readonly #zone: Zone;
  readonly #owner: { readonly uid: number; readonly gid: number };
  /** open until SIGHUP, whatever becomes of their names */
  readonly #files = new Map<string, number>();
  readonly #connections = new Map<string, number>();
  readonly #refused = new Set<string>();

  constructor(sys: Sys, configuration: SyslogConfiguration, zone: Zone, owner: { readonly uid: number; readonly gid: number }) {
    this.#sys = sys;
    this.configuration = configuration;
    this.#zone = zone;
    this.#owner = owner;
  }

  get zone(): Zone {
    return this.#zone;
  }

  *handle(message: SyslogMessage, ruleset?: string): Blocking<void> {
    yield* this.#run(ruleset === undefined ? this.configuration.statements : (this.configuration.rulesets.get(ruleset) ?? this.configuration.statements), message);
  }

  /** False: the message goes no further. */
  *#run(statements: readonly Statement[], message: SyslogMessage): Blocking<boolean> {
    for (const statement of statements) {
      if (this.#sys.charge(1)) yield* this.#sys.preempt();
      switch (statement.kind) {
        case "stop": return false;
        case "action": yield* this.#do(statement.action, message); break;
        case "call":
          if (!(yield* this.#run(this.configuration.rulesets.get(statement.ruleset) ?? [], message))) return false;
          break;
        case "if":
          if (!(yield* this.#run(statement.chooses(message, this.#zone) ? statement.then : statement.otherwise, message))) return false;
      }
    }
    return true;
  }

  /** SIGHUP: the files are closed, so that the names mean new ones. */
  reopen(): void {
    for (const fd of this.#files.values()) this.#sys.close(fd);
    this.#files.clear();
  }

  *#fileOf(path: string): Blocking<number> {
    const known = this.#files.get(path);
    if (known !== undefined) return known;
    const sys = this.#sys;
    for (let at = path.indexOf("/", 1); at > 0; at = path.indexOf("/", at + 1)) {
      try {
        sys.mkdir(path.slice(0, at), 0o755);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
    }
    const fd = yield* sys.open(path, O.WRONLY | O.CREAT | O.APPEND | O.CLOEXEC | O.NOCTTY, this.configuration.files.mode);
    if (sys.fstat(fd).sizeBytes === 0) {
      try {
        sys.fchown(fd, this.#owner.uid, this.#owner.gid);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
    }
    this.#files.set(path, fd);
    return fd;
  }

  *#do(action: SyslogAction, message: SyslogMessage): Blocking<void> {
    const sys = this.#sys;
    const { templates } = this.configuration;
    const line = templates.render(action.template, message, this.#zone);
    try {
      switch (action.kind) {
        case "file": case "dynamic-file":
          yield* sys.write(yield* this.#fileOf(action.kind === "file" ? action.path : templates.render(action.pathTemplate, message, this.#zone)), encode(line));
          break;
        case "pipe": {
          const fd = yield* sys.open(action.path, O.RDWR | O.NONBLOCK | O.CLOEXEC);
          yield* sys.write(fd, encode(line));
          sys.close(fd);
          break;
        }
        case "users":
          for (const record of yield* readUtmp(sys, UTMP_PATH)) {
            if (record.type !== UT.USER_PROCESS || !(action.names.includes("*") || action.names.includes(record.user))) continue;
            const fd = yield* sys.open(`/dev/${record.line}`, O.WRONLY | O.NONBLOCK | O.NOCTTY | O.CLOEXEC);
            yield* sys.write(fd, encode(line));
            sys.close(fd);
          }
          break;
        case "program": {
          const [readEnd, writeEnd] = sys.pipe();
          const words = action.command.split(/\s+/);
          sys.fork(function* (child) {
            child.dup2(readEnd, 0);
            child.close(readEnd);
            child.close(writeEnd);
            yield* child.exec(words[0] ?? "", words, child.environment);
            return 127;
          });
          sys.close(readEnd);
          yield* sys.write(writeEnd, encode(line));
          sys.close(writeEnd);
          break;
        }
        default: yield* this.#send(action, line);
      }
    } catch (error) {
      if (!(error instanceof SysError) && !(error instanceof ResolveError)) throw error;
    }
  }

  *#send({ kind, host, port }: Extract<SyslogAction, { readonly kind: "udp" | "tcp" }>, line: string): Blocking<void> {
    const sys = this.#sys;
    const key = `${kind} ${host}:${port}`;
    const bytes = encode(kind === "tcp" ? `${line.replace(/\n$/, "")}\n` : line);
    const open = this.#connections.get(key);
    if (open !== undefined) {
      try {
        yield* sys.write(open, bytes);
        return;
      } catch (error) {
        // the other side has gone: once more from the beginning
        if (!(error instanceof SysError)) throw error;
        sys.close(open);
        this.#connections.delete(key);
      }
    }
    const [address] = yield* lookUpHost(sys, host);
    if (address === undefined) return;
    const fd = sys.socket("inet", kind === "udp" ? "dgram" : "stream");
    try {
      yield* sys.connect(fd, { family: "inet", address, port });
      yield* sys.write(fd, bytes);
      this.#connections.set(key, fd);
      this.#refused.delete(key);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      sys.close(fd);
      if (kind === "udp" || this.#refused.has(key)) return;
      this.#refused.add(key);
      yield* this.say(`cannot connect to ${host}:${port}: ${error.message} [v${VERSION} try https://www.rsyslog.com/e/2027 ]`, 3);
    }
  }

  /** A message of rsyslogd's own. */
  *say(words: string, severity = 6): Blocking<void> {
    const us = this.#sys.clockUs("realtime");
    const host = this.#sys.uname().nodename;
    yield* this.handle({ facility: 5, severity, program: "rsyslogd", tag: "rsyslogd:", processId: "-", messageId: "-", structuredData: "-", version: 0, host, text: ` ${words}`, raw: words, reported: { us, digits: 6 }, receivedUs: us, fromHost: host, fromAddress: "127.0.0.1", input: "rsyslogd" });
  }
}

/** imklog: lines of the kernel, with the time since boot in brackets. */
class KernelRing {
  readonly #sys: Sys;
  readonly fd: number;

  constructor(sys: Sys, fd: number) {
    this.#sys = sys;
    this.fd = fd;
  }

  *read(daemon: Rsyslog): Blocking<void> {
    const sys = this.#sys;
    const bootUs = sys.clockUs("realtime") - sys.clockUs("monotonic");
    for (;;) {
      let record: KernelRingRecord | undefined;
      try {
        record = parseKernelRecord(yield* sys.read(this.fd, 8192));
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        return;
      }
      if (record === undefined) return;
      const { priority, timeUs } = record;
      // what programs wrote there is theirs to log
      if (priority >> 3 !== 0) continue;
      const us = bootUs + timeUs;
      const host = sys.uname().nodename;
      const line = ` [${(timeUs / 1e6).toFixed(6).padStart(12)}] ${record.text}`;
      yield* daemon.handle({ facility: 0, severity: priority & 7, program: "kernel", tag: "kernel:", processId: "-", messageId: "-", structuredData: "-", version: 0, host, text: line, raw: line, reported: { us, digits: 6 }, receivedUs: us, fromHost: host, fromAddress: "127.0.0.1", input: "imklog" });
    }
  }
}

interface Listening {
  readonly fd: number;
  readonly kind: "local" | "udp" | "listener" | "connection";
  readonly ruleset: string | undefined;
  readonly peer: string;
  buffered: string;
}

function listenOn(sys: Sys, { protocol, port, address, ruleset }: SyslogInput): Listening | undefined {
  const fd = sys.socket("inet", protocol === "udp" ? "dgram" : "stream");
  try {
    sys.setsockopt(fd, "reuseaddr", 1);
    sys.bind(fd, { family: "inet", address: address === "*" ? "0.0.0.0" : address, port });
    if (protocol === "tcp") sys.listen(fd);
    return { fd, kind: protocol === "udp" ? "udp" : "listener", ruleset, peer: "", buffered: "" };
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    sys.close(fd);
    return undefined;
  }
}

/** Lines of a stream, or "NN message" with a length (RFC 6587). */
function takeFrames(source: Listening): string[] {
  const frames: string[] = [];
  for (;;) {
    const counted = /^(\d{1,9}) </.exec(source.buffered);
    if (counted) {
      const start = (counted[1] ?? "").length + 1;
      const end = start + Number(counted[1]);
      if (source.buffered.length < end) return frames;
      frames.push(source.buffered.slice(start, end));
      source.buffered = source.buffered.slice(end);
      continue;
    }
    const end = source.buffered.indexOf("\n");
    if (end < 0) return frames;
    if (end > 0) frames.push(source.buffered.slice(0, end));
    source.buffered = source.buffered.slice(end + 1);
  }
}

function* serve(sys: Sys, configuration: SyslogConfiguration): Blocking<number> {
  for (const signal of [SIGNALS.TERM, SIGNALS.HUP]) sys.sigaction(signal, "catch");
  sys.sigaction(SIGNALS.PIPE, "ignore");
  sys.sigaction(SIGNALS.CHLD, "ignore");
  const accounts = yield* Accounts.read(sys);
  const owner = { uid: accounts.userByName(configuration.files.owner)?.uid ?? 0, gid: accounts.groupByName(configuration.files.group)?.gid ?? 0 };
  const daemon = new Rsyslog(sys, configuration, yield* readZone(sys), owner);
  try {
    sys.unlink(SYSLOG_SOCKET);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
  const local = sys.socket("unix", "dgram");
  sys.bind(local, { family: "unix", path: SYSLOG_SOCKET });
  const sources = new Map<number, Listening>([[local, { fd: local, kind: "local", ruleset: undefined, peer: "", buffered: "" }]]);
  for (const input of configuration.inputs) {
    const listening = listenOn(sys, input);
    if (listening !== undefined) sources.set(listening.fd, listening);
  }
  for (const fd of sources.keys()) sys.setStatusFlags(fd, sys.getStatusFlags(fd) | O.NONBLOCK);
  const origin = `[origin software="rsyslogd" swVersion="${VERSION}" x-pid="${sys.getpid()}" x-info="https://www.rsyslog.com"]`;
  yield* daemon.say(`imuxsock: Acquired UNIX socket '${SYSLOG_SOCKET}' (fd 3) from systemd.  [v${VERSION}]`);
  yield* daemon.say(`${origin} start`);
  for (const problem of configuration.problems) yield* daemon.say(shownProblem(problem), 3);
  const ring = configuration.modules.has("imklog") ? new KernelRing(sys, yield* sys.open("/dev/kmsg", O.RDONLY | O.NONBLOCK | O.CLOEXEC)) : undefined;
  if (ring !== undefined) yield* ring.read(daemon);
  yield* notify(sys, "READY=1");
  const arrival = (peer: string, kind: Listening["kind"]): Arrival => {
    const host = sys.uname().nodename;
    const here = kind === "local" || peer === "127.0.0.1";
    return { host: here ? host : peer, address: kind === "local" ? "127.0.0.1" : peer, input: kind === "local" ? "imuxsock" : kind === "udp" ? "imudp" : "imtcp", nowUs: sys.clockUs("realtime"), zone: daemon.zone, local: kind === "local" };
  };
  for (;;) {
    try {
      for (const { fd } of yield* sys.poll([...sources.keys(), ...(ring === undefined ? [] : [ring.fd])].map((fd) => ({ fd, events: POLL.IN })), null)) {
        const source = sources.get(fd);
        if (source === undefined) continue;
        if (source.kind === "listener") {
          const accepted = yield* sys.accept(fd);
          const peer: SocketAddress = sys.getpeername(accepted.fd);
          sys.setStatusFlags(accepted.fd, sys.getStatusFlags(accepted.fd) | O.NONBLOCK);
          sources.set(accepted.fd, { fd: accepted.fd, kind: "connection", ruleset: source.ruleset, peer: peer.family === "unix" ? "" : peer.address, buffered: "" });
          continue;
        }
        if (source.kind === "connection") {
          const bytes = yield* sys.read(fd, MOST_LINE_BYTES);
          source.buffered += bytes.length === 0 && source.buffered !== "" ? "\n" : decode(bytes);
          for (const frame of takeFrames(source)) yield* daemon.handle(parseSyslog(frame, arrival(source.peer, source.kind)), source.ruleset);
          if (bytes.length === 0) {
            sources.delete(fd);
            sys.close(fd);
          }
          continue;
        }
        const { bytes, from } = yield* sys.recvfrom(fd, MOST_LINE_BYTES);
        yield* daemon.handle(parseSyslog(decode(bytes), arrival(from === undefined || from.family === "unix" ? "127.0.0.1" : from.address, source.kind)), source.ruleset);
      }
      if (ring !== undefined) yield* ring.read(daemon);
    } catch (error) {
      if (!(error instanceof SysError) || (error.errno !== "EINTR" && error.errno !== "EAGAIN")) throw error;
      const signals = sys.takeSignals();
      if (signals.includes(SIGNALS.HUP)) {
        daemon.reopen();
        yield* daemon.say(`${origin} rsyslogd was HUPed`);
      }
      if (!signals.includes(SIGNALS.TERM)) continue;
      yield* daemon.say(`${origin} exiting on signal 15.`);
      sys.unlink(SYSLOG_SOCKET);
      return 0;
    }
  }
}

export default program(
  { name: "rsyslogd", path: "/usr/sbin/rsyslogd", manSection: 8, summary: "reliable and extended syslogd", synopsis: ["[-d] [-D] [-f config] [-i pidfile] [-n] [-N level] [-v]"], operands: "none", options: [flag(["-n"], "stay in the foreground"), flag(["-d"], "say what it does"), flag(["-D"], "say what it reads"), text(["-f"], "config", `read this configuration (${CONFIGURATION})`), text(["-i"], "pidfile", "write the process number here, or NONE"), text(["-N"], "level", "only check the configuration"), flag(["-v"], "print the version")], seeAlso: ["rsyslog.conf(5)", "logger(1)"] },
  function* (sys, argv, io: Io) {
    const words = argv.slice(1).flatMap((word) => (/^-[fiNuT]./.test(word) ? [word.slice(0, 2), word.slice(2)] : [word]));
    const wrong = words.find((word, index) => word.startsWith("-") && !/^-(?:[nNdDvfiCSouTxqQlmrsw4A6]|iNONE)$/.test(word) && !/^-[fiNuT]$/.test(words[index - 1] ?? ""));
    if (wrong !== undefined) {
      yield* io.stderr(`rsyslogd: invalid option -- '${wrong.charAt(1)}'\nusage: rsyslogd [options]\nuse "man rsyslogd" for details. To run rsyslog interactively, use "rsyslogd -n"\nto run it in debug mode use "rsyslogd -dn"\nFor further information see https://www.rsyslog.com/doc/\n`);
      return 1;
    }
    const path = words.includes("-f") ? (words[words.indexOf("-f") + 1] ?? CONFIGURATION) : CONFIGURATION;
    if (words.includes("-v")) {
      io.out.put(`rsyslogd  ${VERSION} (aka 2023.02) compiled with:\n\tPLATFORM:\t\t\t\tx86_64-pc-linux-gnu\n\tPLATFORM (lsb_release -d):\t\t\n\tFEATURE_REGEXP:\t\t\t\tYes\n\tGSSAPI Kerberos 5 support:\t\tYes\n\tFEATURE_DEBUG (debug build, slow code):\tNo\n\t32bit Atomic operations supported:\tYes\n\t64bit Atomic operations supported:\tYes\n\tmemory allocator:\t\t\tsystem default\n\tRuntime Instrumentation (slow code):\tNo\n\tuuid support:\t\t\t\tYes\n\tsystemd support:\t\t\tYes\n\tConfig file:\t\t\t\t/etc/rsyslog.conf\n\tPID file:\t\t\t\t/run/rsyslogd.pid\n\tNumber of Bits in RainerScript integers: 64\n\nSee https://www.rsyslog.com for more information.\n`);
      return 0;
    }
    const check = words.includes("-N");
    if (check) yield* io.stderr(`rsyslogd: version ${VERSION}, config validation run (level ${words[words.indexOf("-N") + 1] ?? "1"}), master config ${path}\n`);
    const configuration = yield* readConfiguration(sys, path);
    const failed = function* (code: number): Blocking<number> {
      yield* io.stderr(`rsyslogd: run failed with error -${code} (see rsyslog.h or try https://www.rsyslog.com/e/${code} to learn what that number means)\n`);
      return 1;
    };
    if (configuration === undefined) {
      yield* io.stderr(`rsyslogd: could not open config file '${path}': No such file or directory [v${VERSION} try https://www.rsyslog.com/e/2104 ]\n`);
      return yield* failed(2104);
    }
    for (const problem of configuration.problems) yield* io.stderr(`rsyslogd: ${shownProblem(problem)}\n`);
    if (check && configuration.broken) return 1;
    if (configuration.actions === 0) {
      yield* io.stderr(`rsyslogd: there are no active actions configured. Inputs would run, but no output whatsoever were created. [v${VERSION} try https://www.rsyslog.com/e/2103 ]\n`);
      return yield* failed(2103);
    }
    if (check) {
      if (configuration.problems.length > 0) return 1;
      yield* io.stderr("rsyslogd: End of config validation run. Bye.\n");
      return 0;
    }
    if (sys.getcred().euid !== 0) io.die("Permission denied");
    if (words.some((word) => word === "-n" || word === "-iNONE") || words.includes("-n")) return yield* serve(sys, configuration);
    sys.fork(function* (child) {
      child.setsid();
      return yield* serve(child, configuration);
    });
    return 0;
  },
);
