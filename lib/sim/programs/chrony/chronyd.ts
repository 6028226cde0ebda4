// chronyd: keeps the clock with the help of NTP servers, and serves time itself where the configuration allows it (chronyd(8)).

import { type Blocking, decode, encode, O, POLL, SIGNALS, type SocketAddress, type Sys, SysError } from "../../kernel/sys.ts";
import { NTP_PORT } from "../../daemons/ntp/api.ts";
import { Accounts, readTextFile } from "../kit/accounts.ts";
import { type Io, program } from "../kit/program.ts";
import { flag, text } from "../kit/option.ts";
import { FACILITY, PRIORITY, syslog } from "../kit/syslog.ts";
import { civilAtUs, strftime } from "../kit/time-format.ts";
import { UTC } from "../kit/zones.ts";
import { carryOut } from "./_commands.ts";
import { Configuration, ConfigurationError } from "./_configuration.ts";
import { COMMAND_PORT, COMMAND_SOCKET } from "./_protocol.ts";
import { Server } from "./_server.ts";

const FEATURES = "(+CMDMON +NTP +REFCLOCK +RTC +PRIVDROP +SCFILTER +SIGND +ASYNCDNS +NTS +SECHASH +IPV6 -DEBUG)";
const CONFIGURATION = "/etc/chrony/chrony.conf";
/** as the real one takes on a quiet machine */
const RESIDENT_BYTES = 1_400_000;
const MAXIMUM_DATAGRAM = 4096;
/** CAP_NET_BIND_SERVICE, CAP_SYS_TIME, CAP_SYS_RESOURCE: what it keeps when it is no longer root */
const KEPT_CAPABILITIES = (1n << 10n) | (1n << 25n) | (1n << 24n);

const options = [
  flag(["-4"], "IPv4 addresses only"), flag(["-6"], "IPv6 addresses only"), text(["-f"], "FILE", `read this configuration (${CONFIGURATION})`), flag(["-n"], "stay in the foreground"), flag(["-d"], "stay in the foreground and log to standard error"),
  text(["-l"], "FILE", "log to this file"), text(["-L"], "LEVEL", "least severity that is logged (0)"), flag(["-p"], "print the configuration and end"), flag(["-q"], "set the clock and end"), flag(["-Q"], "log the offset and end"), flag(["-r"], "load the dump files"),
  flag(["-R"], "leave out what is done at a first start only"), flag(["-s"], "set the clock from the RTC"), text(["-t"], "SECONDS", "end after that time"), text(["-u"], "USER", "run as this user (_chrony)"), flag(["-U"], "do not ask for root's rights"),
  text(["-F"], "LEVEL", "level of the system call filter (0)"), text(["-P"], "PRIORITY", "real-time priority (0)"), flag(["-m"], "lock the memory"), flag(["-x"], "leave the clock alone"), flag(["-v", "--version"], "print the version and end"), flag(["-h", "--help"], "print this and end"),
];

interface Arguments {
  readonly flags: ReadonlySet<string>;
  readonly values: ReadonlyMap<string, string>;
  readonly directives: readonly string[];
}

/** Undefined: the usage is to be shown, with the reason when there is one. */
function readArguments(words: readonly string[]): Arguments | { readonly reason: string | undefined } {
  const flags = new Set<string>();
  const values = new Map<string, string>();
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    if (word === "--help" || word === "--version") flags.add(word === "--help" ? "h" : "v");
    else if (!word.startsWith("-") || word === "-") return { flags, values, directives: words.slice(at) };
    else if (word === "--") return { flags, values, directives: words.slice(at + 1) };
    else for (let letter = 1; letter < word.length; letter++) {
      const name = word.charAt(letter);
      if ("flLtuFP".includes(name)) {
        const value = word.slice(letter + 1) || words[++at];
        if (value === undefined) return { reason: `option requires an argument -- '${name}'` };
        values.set(name, value);
        break;
      }
      if (!"46ndpqQrRsUmxvh".includes(name)) return { reason: word.startsWith("--") ? `unrecognized option '${word}'` : `invalid option -- '${name}'` };
      flags.add(name);
    }
  }
  return { flags, values, directives: [] };
}

class Log {
  readonly #toStderr: boolean;
  readonly #file: string | undefined;
  constructor(toStderr: boolean, file: string | undefined) {
    this.#toStderr = toStderr;
    this.#file = file;
  }

  *write(sys: Sys, message: string, priority: number = PRIORITY.info): Blocking<void> {
    const stamped = encode(`${strftime("%Y-%m-%dT%H:%M:%SZ", civilAtUs(UTC, sys.clockUs("realtime")))} ${message}\n`);
    try {
      if (this.#file !== undefined) {
        const fd = yield* sys.open(this.#file, O.WRONLY | O.CREAT | O.APPEND, 0o640);
        yield* sys.write(fd, stamped);
        sys.close(fd);
      } else if (this.#toStderr) yield* sys.write(2, stamped);
      else yield* syslog(sys, { identifier: "chronyd", facility: FACILITY.daemon, priority, message, withPid: true });
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }
}

export default program(
  { name: "chronyd", path: "/usr/sbin/chronyd", summary: "keep the clock synchronised by NTP", synopsis: ["[OPTION]... [DIRECTIVE]..."], options, manSection: 8, operands: "none", seeAlso: ["chronyc(1)", "chrony.conf(5)"] },
  function* (sys, argv, io: Io) {
    const given = readArguments(argv.slice(1));
    if ("reason" in given || given.flags.has("h")) {
      if ("reason" in given && given.reason !== undefined) yield* io.warn(given.reason);
      io.out.put(`Usage: ${argv[0] ?? "chronyd"} [OPTION]... [DIRECTIVE]...\n\nOptions:\n${options.map((option) => `  ${option.names.join(", ")}${option.argument === undefined ? "" : ` ${option.argument}`}\t${option.names.length === 1 && (option.argument?.length ?? 0) < 5 ? "\t" : ""}${option.help}\n`).join("")}`);
      return "reason" in given ? 1 : 0;
    }
    const { flags, values, directives } = given;
    if (flags.has("v")) {
      io.out.put(`chronyd (chrony) version 4.3 ${FEATURES}\n`);
      return 0;
    }
    const once = flags.has("q") || flags.has("Q");
    const log = new Log(once || flags.has("d") || flags.has("p"), values.get("l"));
    const fatal = function* (message: string): Blocking<number> {
      yield* log.write(sys, `Fatal error : ${message}`, PRIORITY.err);
      if (!once && !flags.has("d") && !flags.has("p")) yield* io.stderr(`Fatal error : ${message}\n`);
      return 1;
    };
    if (!flags.has("p") && !flags.has("U") && sys.getcred().euid !== 0) return yield* fatal("Not superuser");
    if (!flags.has("p")) yield* log.write(sys, `chronyd version 4.3 starting ${FEATURES}`);
    const configuration = new Configuration();
    let problem: string | undefined;
    try {
      if (directives.length > 0) for (const line of directives) yield* configuration.readLines(sys, [line], "");
      else yield* configuration.readFile(sys, values.get("f") ?? CONFIGURATION);
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error;
      problem = error.message;
    }
    if (flags.has("p")) io.out.put(configuration.lines.map((line) => `${line}\n`).join(""));
    if (configuration.notes.length > 0) yield* io.out.flush();
    for (const note of configuration.notes) yield* log.write(sys, note, PRIORITY.warning);
    if (problem !== undefined) {
      yield* io.out.flush();
      return yield* fatal(problem);
    }
    if (flags.has("p")) return 0;
    const controls = !flags.has("x") && !flags.has("Q");
    if (once) return yield* setOnce(sys, configuration, controls, log);
    const pidFile = configuration.text("pidfile") ?? "/run/chrony/chronyd.pid";
    const running = Number((yield* readTextFile(sys, pidFile))?.trim());
    if (Number.isInteger(running) && running > 0 && isRunning(sys, running)) return yield* fatal(`Another chronyd may already be running (pid=${running}), check ${pidFile}`);
    const userName = values.get("u") ?? configuration.text("user") ?? "_chrony";
    const user = (yield* Accounts.read(sys)).userByName(userName);
    if (user === undefined) return yield* fatal(`Could not get user/group ID of ${userName}`);
    const main = function* (own: Sys, ready: () => void): Blocking<number> {
      return yield* serve(own, configuration, { controls, log, pidFile, user, filter: values.get("F") ?? "0", seconds: values.get("t"), ready });
    };
    if (flags.has("n") || flags.has("d")) return yield* main(sys, () => undefined);
    const [readEnd, writeEnd] = sys.pipe();
    sys.fork(function* (child) {
      child.close(readEnd);
      child.setsid();
      return yield* main(child, () => child.close(writeEnd));
    });
    sys.close(writeEnd);
    yield* sys.read(readEnd, 1);
    return 0;
  },
);

function isRunning(sys: Sys, pid: number): boolean {
  try {
    sys.kill(pid, 0);
    return true;
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    return error.errno === "EPERM";
  }
}

/** -q and -Q: until the first update, or ten seconds without an answer. */
function* setOnce(sys: Sys, configuration: Configuration, controls: boolean, log: Log): Blocking<number> {
  if (!controls) yield* log.write(sys, "Disabled control of system clock");
  const [wakeRead, wakeWrite] = sys.pipe();
  sys.setStatusFlags(wakeWrite, sys.getStatusFlags(wakeWrite) | O.NONBLOCK);
  // what the clock does is told below
  const server = new Server(configuration, false, function* () { /* silent */ }, function* () { /* it looks often */ });
  server.start(sys);
  const endUs = sys.clockUs("monotonic") + 10_000_000;
  while (server.clock.updates === 0 && sys.clockUs("monotonic") < endUs) {
    yield* server.tick(sys);
    yield* sys.poll([{ fd: wakeRead, events: POLL.IN }], 100_000);
  }
  sys.close(wakeRead);
  if (server.clock.updates === 0) {
    yield* log.write(sys, "No suitable source for synchronisation", PRIORITY.warning);
    yield* log.write(sys, "chronyd exiting");
    return 1;
  }
  const seconds = -server.clock.pendingSeconds;
  yield* log.write(sys, `System clock wrong by ${seconds.toFixed(6)} seconds${controls ? " (step)" : " (ignored)"}`);
  if (controls) {
    sys.setClockUs(sys.clockUs("realtime") + Math.round(seconds * 1e6));
    sys.adjtimex({ synchronized: true });
  }
  yield* log.write(sys, "chronyd exiting");
  return 0;
}

interface Running {
  readonly controls: boolean;
  readonly log: Log;
  readonly pidFile: string;
  readonly user: { readonly uid: number; readonly gid: number };
  readonly filter: string;
  readonly seconds: string | undefined;
  readonly ready: () => void;
}

function datagramSocket(sys: Sys, address: SocketAddress): number | undefined {
  const fd = sys.socket(address.family === "inet6" ? "inet6" : address.family === "unix" ? "unix" : "inet", "dgram");
  try {
    if (address.family === "inet6") sys.setsockopt(fd, "v6only", 1);
    sys.setsockopt(fd, "reuseaddr", 1);
    sys.bind(fd, address);
    sys.setStatusFlags(fd, sys.getStatusFlags(fd) | O.NONBLOCK);
    return fd;
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    sys.close(fd);
    return undefined;
  }
}

function* serve(sys: Sys, configuration: Configuration, { controls, log, pidFile, user, filter, seconds, ready }: Running): Blocking<number> {
  const say = (message: string): Blocking<void> => log.write(sys, message);
  if (!controls) yield* say("Disabled control of system clock");
  const path = configuration.bindCommandAddresses.find((word) => word.startsWith("/")) ?? COMMAND_SOCKET;
  const directory = path.slice(0, path.lastIndexOf("/"));
  try {
    sys.stat(directory);
  } catch {
    sys.mkdir(directory, 0o770);
  }
  try {
    sys.unlink(path);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
  const commandPort = configuration.number("cmdport", COMMAND_PORT);
  const [ipv4 = "127.0.0.1"] = configuration.bindCommandAddresses.filter((word) => /^[\d.]+$/.test(word));
  const ntpPort = configuration.number("port", NTP_PORT);
  const unix = datagramSocket(sys, { family: "unix", path });
  const commandSockets = commandPort === 0 ? [] : [datagramSocket(sys, { family: "inet", address: ipv4, port: commandPort }), datagramSocket(sys, { family: "inet6", address: "::1", port: commandPort })];
  let ntp: number | undefined;
  const bindAddress = configuration.text("bindaddress") ?? "0.0.0.0";
  const wakeAll = sys.pipe();
  for (const fd of wakeAll) sys.setStatusFlags(fd, sys.getStatusFlags(fd) | O.NONBLOCK);
  const pidDescriptor = yield* sys.open(pidFile, O.WRONLY | O.CREAT | O.TRUNC, 0o644);
  yield* sys.write(pidDescriptor, encode(`${sys.getpid()}\n`));
  sys.close(pidDescriptor);
  for (const one of [directory, path, pidFile]) {
    try {
      sys.chown(one, user.uid, user.gid);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }
  const drift = configuration.text("driftfile");
  const known = drift === undefined ? undefined : /^\s*(-?[\d.]+)\s+([\d.]+)/.exec((yield* readTextFile(sys, drift)) ?? "");
  if (known) yield* say(`Frequency ${Number(known[1]).toFixed(3)} +/- ${Number(known[2]).toFixed(3)} ppm read from ${drift ?? ""}`);
  if (configuration.text("leapsectz") !== undefined) yield* say(`Using ${configuration.text("leapsectz") ?? ""} timezone to obtain leap second data`);
  if (sys.getcred().euid === 0 && user.uid !== 0) {
    sys.prctl("keep-capabilities", 1);
    sys.setgroups([]);
    sys.setresgid(user.gid, user.gid, user.gid);
    sys.setresuid(user.uid, user.uid, user.uid);
    const { permitted } = sys.capget();
    sys.capset({ effective: permitted & KEPT_CAPABILITIES, permitted: permitted & KEPT_CAPABILITIES, inheritable: 0n, ambient: 0n });
  } else yield* say("Running with root privileges");
  if (filter !== "0") yield* say(`Loaded seccomp filter (level ${filter})`);
  const server = new Server(configuration, controls, say, function* (thread) {
    try {
      yield* thread.write(wakeAll[1], Uint8Array.of(0));
    } catch (error) {
      // full: it will wake anyway
      if (!(error instanceof SysError)) throw error;
    }
  });
  server.start(sys);
  sys.allocate(RESIDENT_BYTES, 0);
  for (const signal of [SIGNALS.TERM, SIGNALS.INT, SIGNALS.QUIT]) sys.sigaction(signal, "catch");
  sys.sigaction(SIGNALS.HUP, "ignore");
  sys.sigaction(SIGNALS.PIPE, "ignore");
  ready();
  const endUs = seconds === undefined ? Number.POSITIVE_INFINITY : sys.clockUs("monotonic") + Number(seconds) * 1e6;
  while (!server.ending) {
    // the port is open while somebody may ask
    if (!configuration.ntpAccess.empty && ntp === undefined && ntpPort !== 0) ntp = datagramSocket(sys, { family: "inet", address: bindAddress, port: ntpPort });
    try {
      yield* server.tick(sys);
      const nowUs = sys.clockUs("monotonic");
      const nextUs = Math.min(server.nextUs, endUs, server.clock.slewing ? nowUs + 1_000_000 : Number.POSITIVE_INFINITY);
      if (nowUs >= endUs) break;
      const sockets = [unix, ...commandSockets, ntp].filter((fd) => fd !== undefined);
      const found = yield* sys.poll([wakeAll[0], ...sockets].map((fd) => ({ fd, events: POLL.IN })), nextUs === Number.POSITIVE_INFINITY ? null : Math.max(0, nextUs - nowUs));
      for (const { fd } of found) {
        if (fd === wakeAll[0]) {
          yield* sys.read(fd, 4096);
          continue;
        }
        const { bytes, from } = yield* sys.recvfrom(fd, MAXIMUM_DATAGRAM);
        if (fd === ntp) yield* server.serve(sys, fd, bytes, from);
        else yield* answer(sys, server, fd, bytes, from, fd === unix);
      }
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      if (error.errno !== "EINTR") continue;
      if (sys.takeSignals().length > 0) break;
    }
  }
  yield* say("chronyd exiting");
  yield* leave(sys, server, path, pidFile, drift);
  return 0;
}

/** The drift file tells the next one how fast the clock runs. */
function* leave(sys: Sys, server: Server, path: string, pidFile: string, drift: string | undefined): Blocking<void> {
  for (const one of [path, pidFile]) {
    try {
      sys.unlink(one);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }
  if (drift === undefined || server.clock.updates < 2) return;
  const { frequencyPpm, skewPpm } = server.clock.tracking(sys);
  try {
    const fd = yield* sys.open(drift, O.WRONLY | O.CREAT | O.TRUNC, 0o644);
    yield* sys.write(fd, encode(`${frequencyPpm.toFixed(6).padStart(20)} ${skewPpm.toFixed(6).padStart(20)}\n`));
    sys.close(fd);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
}

function* answer(sys: Sys, server: Server, fd: number, bytes: Uint8Array, from: SocketAddress | undefined, privileged: boolean): Blocking<void> {
  if (from === undefined) return;
  let words: readonly string[];
  try {
    const parsed: unknown = JSON.parse(decode(bytes));
    if (!Array.isArray(parsed) || !parsed.every((word): word is string => typeof word === "string")) return;
    words = parsed;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return;
  }
  if (from.family !== "unix") {
    if (!/^127\.|^::1$/.test(from.address) && !server.configuration.commandAccess.allows(from.address)) return;
    server.commandsReceived++;
    const client = server.client(from.address);
    client.commands++;
    client.commandLastUs = sys.clockUs("realtime");
  }
  const reply = yield* carryOut(sys, server, words, privileged);
  yield* sys.sendto(fd, encode(JSON.stringify(reply)), from);
}
