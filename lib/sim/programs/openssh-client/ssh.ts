// ssh: a shell or a command on another machine (ssh(1)).
// (More than 400 lines: one call, from its options to the end of its session.)
import { builtVersion } from "../kit/debian/built-version.ts";
import { type Blocking, encode, POLL, SIGNALS, type Sys, SysError, type Termios } from "../../kernel/sys.ts";
import { Accounts, readTextFile } from "../kit/accounts.ts";
import { exists } from "../kit/presence.ts";
import { flag, type Io, program, text, unsimulated } from "../kit/program.ts";
import { Configuration, homeOf, parseOption, readConfiguration, SshFailure } from "./_configuration.ts";
import { Client, connectTo, type Destination, exchangeKeys } from "./_connection.ts";
import { Channels, type Listener, NO_FORWARDING, listenOn, parseForward } from "./_forwarding.ts";
import { parsePublicLine } from "./_key.ts";
import { queried } from "./_queries.ts";
import { bodyOf, type CloseMessage, IDENTIFICATION, MESSAGE, type SessionMessage, VERSION, Wire, writeWhole } from "./_wire.ts";

const withArgument = "BbcDEeFIiJLlmOopQRSWw";
const withoutArgument = "1246AaCfGgKkMNnqsTtVvXxYy";
const notSimulated = new Map([
  ["w", "tunnels"], ["O", "control of a shared connection"],
]);

const usage = `usage: ssh [-46AaCfGgKkMNnqsTtVvXxYy] [-B bind_interface] [-b bind_address]
           [-c cipher_spec] [-D [bind_address:]port] [-E log_file]
           [-e escape_char] [-F configfile] [-I pkcs11] [-i identity_file]
           [-J destination] [-L address] [-l login_name] [-m mac_spec]
           [-O ctl_cmd] [-o option] [-p port] [-Q query_option]
           [-R address] [-S ctl_path] [-W host:port]
           [-w local_tun[:remote_tun]] destination [command [argument ...]]
`;

interface Call {
  readonly configuration: Configuration;
  readonly flags: ReadonlyMap<string, number>;
  /** of -i; those that are not there do not count */
  readonly identityFiles: readonly string[];
  readonly file: string | undefined;
  readonly destination: string | undefined;
  readonly command: readonly string[];
  /** of -Q */
  readonly query?: string;
}

class Misuse extends Error {}

/** Errors: Misuse, SshFailure. */
function readArguments(argv: readonly string[]): Call {
  const configuration = new Configuration();
  const flags = new Map<string, number>();
  const identityFiles: string[] = [];
  let file: string | undefined;
  let destination: string | undefined;
  let at = 1;
  for (; at < argv.length; at++) {
    const word = argv[at] ?? "";
    if (word === "--") {
      at++;
      if (destination === undefined) destination = argv[at++];
      break;
    }
    if (!word.startsWith("-") || word === "-") {
      if (destination !== undefined) break;
      destination = word;
      continue;
    }
    for (let index = 1; index < word.length; index++) {
      const letter = word.charAt(index);
      if (withoutArgument.includes(letter)) {
        flags.set(letter, (flags.get(letter) ?? 0) + 1);
        continue;
      }
      if (!withArgument.includes(letter)) throw new Misuse(`unknown option -- ${letter}\n`);
      const value = index + 1 < word.length ? word.slice(index + 1) : argv[++at];
      if (value === undefined) throw new Misuse(`option requires an argument -- ${letter}\n`);
      if (letter === "Q") return { configuration, flags, identityFiles, file, destination, command: [], query: value };
      const what = notSimulated.get(letter);
      if (what !== undefined) throw new SshFailure(`ssh: -${letter}: ${what} is not simulated here`);
      if (letter === "o") configuration.set(...parseOption(value, "command-line"));
      else if (letter === "l") configuration.set("user", value);
      else if (letter === "i") identityFiles.push(value);
      else if (letter === "F") file = value;
      else if (letter === "L" || letter === "R") {
        if (parseForward(value) === undefined) throw new SshFailure(`Bad ${letter === "L" ? "local" : "remote"} forwarding specification '${value}'`);
        configuration.set(letter === "L" ? "localforward" : "remoteforward", value);
      } else if (letter === "D") {
        if (!/^(?:.*:)?\d+$/.test(value)) throw new SshFailure(`Bad dynamic forwarding specification '${value}'`);
        configuration.set("dynamicforward", value);
      } else if (letter === "J") configuration.set("proxyjump", value);
      else if (letter === "W") {
        if (!/^.+:\d+$/.test(value)) throw new SshFailure(`Bad stdio forwarding specification '${value}'`);
        configuration.set("stdioforward", value);
      }
      else if (letter === "p") {
        if (!/^\d+$/.test(value) || Number(value) < 1 || Number(value) > 65_535) throw new SshFailure(`Bad port '${value}'`);
        configuration.set("port", value);
      }
      break;
    }
  }
  return { configuration, flags, identityFiles, file, destination, command: argv.slice(at) };
}

/** [user@]host or ssh://[user@]host[:port]. The user may hold "@". */
function splitDestination(text: string): { readonly user: string | undefined; readonly host: string; readonly port: string | undefined } {
  const url = /^ssh:\/\/(.*?)\/?$/.exec(text)?.[1];
  const body = url ?? text;
  const cut = body.lastIndexOf("@");
  const rest = body.slice(cut + 1);
  const port = url === undefined ? undefined : /:(\d+)$/.exec(rest)?.[1];
  const host = (port === undefined ? rest : rest.slice(0, -(port.length + 1))).replace(/^\[(.*)\]$/, "$1");
  return { user: cut < 0 ? undefined : body.slice(0, cut), host, port };
}

function isTerminal(sys: Sys, fd: number): boolean {
  try {
    return sys.isatty(fd);
  } catch (error) {
    if (error instanceof SysError) return false;
    throw error;
  }
}

function rawMode(termios: Termios): Termios {
  const off = new Set(["ignpar", "istrip", "inlcr", "igncr", "icrnl", "ixon", "ixany", "ixoff", "isig", "icanon", "echo", "echoe", "echok", "echonl", "iexten", "opost"]);
  return { ...termios, flags: new Set([...termios.flags].filter((one) => !off.has(one))), min: 1, time: 0 };
}

/** `~.` at the beginning of a line ends the connection; the bytes that go to the other side are returned. */
class Escapes {
  #state: "line-start" | "tilde" | "other" = "line-start";

  take(bytes: Uint8Array): { readonly send: Uint8Array; readonly disconnect: boolean; readonly help: boolean } {
    const send: number[] = [];
    let help = false;
    for (const byte of bytes) {
      if (this.#state === "tilde") {
        this.#state = "other";
        if (byte === 0x2e) return { send: Uint8Array.from(send), disconnect: true, help };
        if (byte === 0x3f) {
          help = true;
          this.#state = "line-start";
          continue;
        }
        if (byte !== 0x7e) send.push(0x7e);
      } else if (this.#state === "line-start" && byte === 0x7e) {
        this.#state = "tilde";
        continue;
      }
      this.#state = byte === 13 || byte === 10 ? "line-start" : "other";
      send.push(byte);
    }
    return { send: Uint8Array.from(send), disconnect: false, help };
  }
}

const escapeHelp = "~?\r\nSupported escape sequences:\r\n ~.   - terminate connection (and any multiplexed sessions)\r\n ~?   - this message\r\n ~~   - send the escape character by typing it twice\r\n(Note that escapes are only recognized immediately after newline.)\r\n";

/** "port" or "bind:port host:port" as ssh_config writes it, or with colons as on the command line. */
const forwardOf = (text: string): ReturnType<typeof parseForward> => parseForward(text.trim().replace(/\s+/, ":"));

/** Ports of -L and -D, opened before anything else. Errors: SshFailure. */
function* localListeners(io: Io, sys: Sys, configuration: Configuration): Blocking<readonly Listener[]> {
  const listeners: Listener[] = [];
  const add = function* (address: string, port: number, target: Listener["target"]): Blocking<void> {
    try {
      for (const fd of listenOn(sys, address, port)) listeners.push({ fd, target });
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* io.stderr(`bind [${address === "" || address === "localhost" ? "127.0.0.1" : address}]:${port}: ${error.message}\r\nchannel_setup_fwd_listener_tcpip: cannot listen to port: ${port}\r\nCould not request local forwarding.\r\n`);
      if (configuration.flag("exitonforwardfailure", false)) throw new SshFailure("");
    }
  };
  for (const text of configuration.all("localforward")) {
    const wanted = forwardOf(text);
    if (wanted) yield* add(wanted.address, wanted.port, { host: wanted.host, port: wanted.hostPort });
  }
  for (const text of configuration.all("dynamicforward")) yield* add(text.includes(":") ? text.slice(0, text.lastIndexOf(":")).replace(/^\[(.*)\]$/, "$1") : "", Number(text.slice(text.lastIndexOf(":") + 1)), undefined);
  return listeners;
}

/** -J: the connection goes through another ssh's standard input and output. */
function throughJump(sys: Sys, jumps: string, host: string, port: number): { readonly fd: number; readonly address: string } {
  const all = jumps.split(",");
  const jump = all.at(-1) ?? "";
  const { user, host: jumpHost, port: jumpPort } = splitDestination(/:\d+$/.test(jump) && !jump.includes("//") ? `ssh://${jump}` : jump);
  const [ours, theirs] = sys.socketpair("stream");
  sys.fork(function* (own) {
    own.dup2(theirs, 0);
    own.dup2(theirs, 1);
    own.close(ours);
    own.close(theirs);
    const argv = ["ssh", ...(all.length > 1 ? ["-J", all.slice(0, -1).join(",")] : []), ...(jumpPort === undefined ? [] : ["-p", jumpPort]), ...(user === undefined ? [] : ["-l", user]), "-W", `[${host}]:${port}`, jumpHost];
    try {
      return yield* own.exec("/usr/bin/ssh", argv, own.environment);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      return 255;
    }
  });
  sys.close(theirs);
  return { fd: ours, address: "UNKNOWN" };
}

/** Carries the session until it ends. Returns the exit status. */
function* carry(sys: Sys, wire: Wire, terminal: boolean, readInput: boolean, hostName: string, channels: Channels): Blocking<number> {
  const before = terminal && isTerminal(sys, 0) ? sys.tcgetattr(0) : undefined;
  const escapes = terminal ? new Escapes() : undefined;
  sys.sigaction(SIGNALS.PIPE, "ignore");
  if (terminal) sys.sigaction(SIGNALS.WINCH, "catch");
  let input = readInput;
  /** the wire takes no more for now: it is read, input waits */
  let congested = false;
  let status: number | undefined;
  if (!readInput) yield* wire.send(MESSAGE.END, new Uint8Array(0));
  try {
    if (before) yield* sys.tcsetattr(0, rawMode(before));
    for (;;) {
      for (let message = wire.take(); message !== undefined; message = wire.take()) {
        if (message.type === MESSAGE.DATA || message.type === MESSAGE.ERROR_DATA) {
          // who reads the output is gone
          if (!(yield* writeWhole(sys, message.type === MESSAGE.DATA ? 1 : 2, message.body))) throw new SysError("EPIPE");
        }
        else if (message.type === MESSAGE.CLOSE) {
          status = bodyOf<CloseMessage>(message).status ?? 255;
          return status;
        } else if (message.type === MESSAGE.REFUSED) {
          yield* sys.write(2, message.body);
          return 255;
        } else yield* channels.receive(message);
      }
      if (wire.ended) {
        if (before) yield* sys.tcsetattr(0, before);
        yield* sys.write(2, encode(`Connection to ${hostName} closed by remote host.\r\n`));
        return 255;
      }
      try {
        const ready = yield* sys.poll([{ fd: wire.fd, events: congested ? POLL.IN | POLL.OUT : POLL.IN }, ...(input && !congested ? [{ fd: 0, events: POLL.IN }] : []), ...channels.requests()], null);
        congested = false;
        if (ready.some((one) => one.fd === wire.fd && one.revents !== POLL.OUT)) yield* wire.fill();
        yield* channels.ready(ready.filter((one) => one.fd !== wire.fd && !(one.fd === 0 && input)));
        if (input && ready.some((one) => one.fd === 0)) {
          if (!(yield* wire.writable())) {
            congested = true;
            continue;
          }
          const bytes = yield* sys.read(0, 16_384);
          if (bytes.length === 0) {
            input = false;
            yield* wire.send(MESSAGE.END, bytes);
          } else if (escapes === undefined) yield* wire.send(MESSAGE.DATA, bytes);
          else {
            const { send, disconnect, help } = escapes.take(bytes);
            if (send.length > 0) yield* wire.send(MESSAGE.DATA, send);
            if (help) yield* sys.write(1, encode(escapeHelp));
            if (disconnect) return 255;
          }
        }
      } catch (error) {
        if (!(error instanceof SysError) || error.errno !== "EINTR") throw error;
      }
      if (terminal && sys.takeSignals().includes(SIGNALS.WINCH)) yield* wire.send(MESSAGE.WINDOW, sys.getWindowSize(0));
    }
  } finally {
    if (before) yield* sys.tcsetattr(0, before);
  }
}

function sentEnvironment(sys: Sys, configuration: Configuration): Record<string, string> {
  const patterns = configuration.all("sendenv").flatMap((words) => words.split(/\s+/));
  const sent: Record<string, string> = Object.create(null);
  for (const [name, value] of sys.environment) {
    if (patterns.some((pattern) => (pattern.endsWith("*") ? name.startsWith(pattern.slice(0, -1)) : name === pattern))) sent[name] = value;
  }
  for (const setting of configuration.all("setenv")) {
    const equals = setting.indexOf("=");
    if (equals > 0) sent[setting.slice(0, equals)] = setting.slice(equals + 1);
  }
  return sent;
}

/** The keys that there are, and which of them could be read. */
function* identities(sys: Sys, configuration: Configuration, verbose: (line: string) => Blocking<void>): Blocking<void> {
  const types = ["rsa", "dsa", "ecdsa", "ed25519"];
  const given = configuration.all("identityfile");
  for (const name of given.length > 0 ? given : ["rsa", "ecdsa", "ecdsa_sk", "ed25519", "ed25519_sk", "xmss", "dsa"].map((kind) => `~/.ssh/id_${kind}`)) {
    const path = name.startsWith("~/") ? `${homeOf(sys)}${name.slice(1)}` : name;
    for (const suffix of ["", "-cert"]) {
      const key = parsePublicLine(((yield* readTextFile(sys, `${path}${suffix}.pub`)) ?? "").split("\n")[0] ?? "");
      yield* verbose(`identity file ${path}${suffix} type ${key === undefined ? -1 : types.indexOf(key.kind)}`);
    }
  }
}

function* main(sys: Sys, io: Io, call: Call): Blocking<number> {
  const { configuration, flags } = call;
  const wanted = splitDestination(call.destination ?? "");
  if (wanted.user !== undefined) configuration.set("user", wanted.user);
  if (wanted.port !== undefined) configuration.set("port", wanted.port);
  for (const path of call.identityFiles) {
    if (exists(sys, path.startsWith("~/") ? `${homeOf(sys)}${path.slice(1)}` : path)) configuration.set("identityfile", path);
    else yield* io.stderr(`Warning: Identity file ${path} not accessible: No such file or directory.\n`);
  }
  if (flags.has("q")) configuration.set("loglevel", "QUIET");
  const verbose = function* (line: string): Blocking<void> {
    if (flags.has("v")) yield* io.stderr(`debug1: ${line}\r\n`);
  };
  if (flags.has("v")) yield* io.stderr(`${VERSION}, OpenSSL 3.0.20 7 Apr 2026\r\n`);
  yield* readConfiguration(sys, configuration, wanted.host, call.file, verbose);
  const me = (yield* Accounts.read(sys)).userById(sys.getcred().ruid)?.name;
  if (me === undefined) throw new SshFailure(`No user exists for uid ${sys.getcred().ruid}`);
  const host = (configuration.get("hostname") ?? wanted.host).replaceAll("%h", wanted.host);
  const destination: Destination = { name: host, host, port: Number(configuration.get("port") ?? 22), user: configuration.get("user") ?? me };
  const command = call.command.length > 0 ? call.command.join(" ") : configuration.get("remotecommand");
  const request = configuration.get("requesttty");
  const forced = (flags.get("t") ?? 0) > 1 || request === "force";
  const asked = configuration.get("stdioforward") === undefined && (flags.has("t") || request === "yes" || (command === undefined && !flags.has("N") && !flags.has("s")));
  const terminal = !flags.has("T") && request !== "no" && asked && (forced || isTerminal(sys, 0));
  if (asked && !terminal && !flags.has("T") && !isTerminal(sys, 0) && configuration.get("loglevel") !== "QUIET") yield* io.stderr("Pseudo-terminal will not be allocated because stdin is not a terminal.\r\n");
  if (flags.has("G")) {
    io.out.put(`host ${wanted.host}\nuser ${destination.user}\nhostname ${host}\nport ${destination.port}\n`);
    return 0;
  }
  const jumps = configuration.get("proxyjump");
  const { fd, address } = jumps !== undefined && jumps !== "none" ? throughJump(sys, jumps, host, destination.port) : yield* connectTo(sys, host, destination.port, flags.has("4") ? "inet" : flags.has("6") ? "inet6" : "any", verbose);
  yield* verbose("Connection established.");
  yield* identities(sys, configuration, verbose);
  yield* verbose(`Local version string ${IDENTIFICATION}`);
  const wire = new Wire(sys, fd);
  const offered = yield* exchangeKeys(wire);
  if (offered === undefined) throw new SshFailure(`kex_exchange_identification: Connection closed by remote host\r\nConnection closed by ${address} port ${destination.port}`);
  yield* verbose(`Remote protocol version 2.0, remote software version ${offered.identification.replace("SSH-2.0-", "")}`);
  const remote = offered.identification.replace("SSH-2.0-", "");
  yield* verbose(remote.startsWith("OpenSSH") ? `compat_banner: match: ${remote} pat OpenSSH* compat 0x04000000` : `compat_banner: no match: ${remote}`);
  const client = new Client(sys, configuration, destination, wire, address, offered.session, verbose);
  yield* verbose(`Authenticating to ${host}:${destination.port} as '${destination.user}'`);
  yield* client.verifyHost(offered.keys);
  yield* client.authenticate();
  if (flags.has("v")) yield* io.stderr(`Authenticated to ${host} ([${address}]:${destination.port}) using "${client.usedMethod}".\r\n`);
  yield* client.learnKeys(offered.keys);
  const session: SessionMessage = {
    environment: sentEnvironment(sys, configuration),
    ...(command === undefined || flags.has("s") ? {} : { command }),
    ...(flags.has("s") && command !== undefined ? { subsystem: command } : {}),
    ...(terminal ? { terminal: { name: sys.environment.get("TERM") ?? "dumb", ...(isTerminal(sys, 0) ? sys.getWindowSize(0) : { rows: 24, cols: 80 }) } } : {}),
  };
  const quiet = configuration.get("loglevel") === "QUIET";
  const listeners = yield* localListeners(io, sys, configuration);
  const hold = function* (own: Sys): Blocking<number> {
    const ownWire = own === sys ? wire : new Wire(own, fd);
    const channels = new Channels(own, ownWire, "client", NO_FORWARDING, function* (words) {
      if (!quiet) yield* own.write(2, encode(`${words}\r\n`));
    });
    for (const one of listeners) channels.listen(one);
    for (const words of configuration.all("remoteforward")) {
      const asked = forwardOf(words);
      if (!asked) continue;
      channels.reverse(asked.port, { host: asked.host, port: asked.hostPort });
      yield* ownWire.send(MESSAGE.FORWARD, { address: asked.address, port: asked.port });
    }
    const standard = configuration.get("stdioforward");
    const joined = standard === undefined ? undefined : yield* channels.openWith(0, 1, standard.slice(0, standard.lastIndexOf(":")).replace(/^\[(.*)\]$/, "$1"), Number(standard.slice(standard.lastIndexOf(":") + 1)));
    if (flags.has("N") || joined !== undefined) {
      own.sigaction(SIGNALS.PIPE, "ignore");
      for (;;) {
        for (let message = ownWire.take(); message !== undefined; message = ownWire.take()) yield* channels.receive(message);
        if (joined !== undefined && !channels.has(joined)) return 0;
        if (ownWire.ended) return 255;
        const ready = yield* own.poll([{ fd: ownWire.fd, events: POLL.IN }, ...channels.requests()], null);
        if (ready.some((one) => one.fd === ownWire.fd)) yield* ownWire.fill();
        yield* channels.ready(ready.filter((one) => one.fd !== ownWire.fd));
      }
    }
    for (const line of ["channel 0: new session [client-session] (inactive timeout: 0)", "Requesting no-more-sessions@openssh.com", "Entering interactive session.", "Sending environment.", ...Object.entries(session.environment).map(([name, value]) => `channel 0: setting env ${name} = "${value}"`), ...(command === undefined ? [] : [`Sending ${flags.has("s") ? "subsystem" : "command"}: ${command}`])]) yield* verbose(line);
    yield* ownWire.send(MESSAGE.SESSION, session);
    return yield* carry(own, ownWire, terminal, !flags.has("n") && !flags.has("f") && !configuration.flag("stdinnull", false), host, channels);
  };
  if (flags.has("f")) {
    sys.fork(function* background(own) {
      own.setsid();
      return yield* hold(own);
    });
    return 0;
  }
  const status = yield* hold(sys);
  if (!flags.has("N")) for (const line of ["client_input_channel_req: channel 0 rtype exit-status reply 0", "channel 0: free: client-session, nchannels 1", `Exit status ${status}`]) yield* verbose(line);
  if (terminal && !quiet && (command === undefined || flags.has("t"))) yield* io.stderr(`Connection to ${host} closed.\r\n`);
  return status;
}

export default program(
  {
    name: "ssh", summary: "OpenSSH remote login client", operands: "hosts", synopsis: ["[-46AaCfGgKkMNnqsTtVvXxYy] [-F configfile] [-i identity_file] [-l login_name] [-o option] [-p port] destination [command [argument ...]]"],
    options: [
      flag(["-4"], "use IPv4 only"), flag(["-6"], "use IPv6 only"), flag(["-A"], "lend the agent to the other machine"), flag(["-C"], "compress"), flag(["-f"], "go to the background before the command runs"),
      flag(["-G"], "print the configuration for the host and end"), flag(["-N"], "run no command"), flag(["-n"], "standard input is /dev/null"), flag(["-q"], "no warnings"), flag(["-s"], "ask for a subsystem"),
      flag(["-T"], "no terminal"), flag(["-t"], "a terminal even for a command"), flag(["-V"], "print the version"), flag(["-v"], "say what happens"), text(["-F"], "configfile", "configuration instead of ~/.ssh/config"),
      text(["-i"], "identity_file", "private key"), text(["-l"], "login_name", "user on the other machine"), text(["-o"], "option", "a line of configuration"), text(["-p"], "port", "port on the other machine"),
      text(["-L"], "address", "[bind:]port:host:hostport: connections to a port here go to a host that the other machine reaches"), text(["-R"], "address", "[bind:]port:host:hostport: connections to a port there go to a host that this machine reaches"), text(["-D"], "[bind:]port", "a SOCKS proxy here"), text(["-J"], "destination", "connect through another host"), text(["-Q"], "query", "names of algorithms: cipher, cipher-auth, kex, key, key-cert, key-plain, key-sig, mac, sig, compression, protocol-version"), text(["-W"], "host:port", "join standard input and output to a port that the other machine reaches"),
      ...[...notSimulated].map(([letter, what]) => unsimulated([`-${letter}`], what, `${what} is not simulated`)),
    ],
    seeAlso: ["ssh-keygen(1)", "ssh_config(5)", "sshd(8)"],
  },
  function* (sys, argv, io: Io) {
    let call: Call;
    try {
      call = readArguments(argv);
      if (call.flags.has("V")) {
        const built = yield* builtVersion(sys);
        yield* io.stderr(`${built === undefined ? VERSION : `OpenSSH_${built.replace(/^1:/, "").replace("-", " Debian-")}`}, OpenSSL 3.0.20 7 Apr 2026\n`);
        return 0;
      }
      if (call.query !== undefined) {
        const names = queried(call.query);
        if (names === undefined) throw new SshFailure(`Unsupported query "${call.query}"`);
        io.out.put(names.map((one) => `${one}\n`).join(""));
        return 0;
      }
      if (call.destination === undefined) throw new Misuse("");
      return yield* main(sys, io, call);
    } catch (error) {
      if (error instanceof Misuse) yield* io.stderr(`${error.message}${usage}`);
      else if (error instanceof SshFailure) yield* io.stderr(`${error.message}\r\n`);
      else throw error;
      return 255;
    }
  },
);
