// sshd: the SSH server (sshd(8)). The listener forks a process for each connection.
import { type Blocking, encode, O, POLL, SIGNALS, type SocketAddress, type Sys, SysError } from "../../kernel/sys.ts";
import { notify } from "../../daemons/systemd/api/notify.ts";
import { Accounts, readTextFile } from "../kit/accounts.ts";
import { flag, type Io, program, text } from "../kit/program.ts";
import { logAuthentication } from "../login/_pam.ts";
import { certifies } from "../openssh-client/_certificate.ts";
import { isCertificate, type PublicKey, parsePublicLine } from "../openssh-client/_key.ts";
import { parsePrivateFile } from "../openssh-client/_private-file.ts";
import { VERSION } from "../openssh-client/_wire.ts";
import { serveConnection } from "./_login.ts";
import { effectiveLines } from "./_effective-configuration.ts";
import { type Person, readServerConfiguration, type ServerConfiguration, splitPlace, SshdConfigurationError } from "./_server-configuration.ts";

interface Settings {
  readonly path: string;
  readonly ports: readonly string[];
  /** lines of -o */
  readonly extra: readonly string[];
  /** files of -h */
  readonly keys: readonly string[];
}

function* hostKeys(sys: Sys, configuration: ServerConfiguration, more: readonly string[]): Blocking<readonly PublicKey[]> {
  const named = [...more, ...configuration.given("hostkey")];
  const keys: PublicKey[] = [];
  for (const path of named.length > 0 ? named : configuration.all("hostkey")) {
    const file = parsePrivateFile((yield* readTextFile(sys, path)) ?? "");
    if (file.kind === "key") keys.push({ kind: file.key.kind, blob: file.key.blob, comment: "" });
    else if (named.length > 0) yield* sys.write(2, encode(`Unable to load host key: ${path}\r\n`));
  }
  for (const path of configuration.all("hostcertificate").filter((one) => one !== "")) {
    const key = parsePublicLine(((yield* readTextFile(sys, path)) ?? "").split("\n")[0] ?? "");
    if (key !== undefined && isCertificate(key) && keys.some((one) => certifies(key, one))) keys.push({ ...key, comment: "" });
    else yield* sys.write(2, encode(`Could not load host certificate "${path}": ${key === undefined ? "No such file or directory" : "invalid format"}\r\n`));
  }
  return keys;
}

function listenOn(sys: Sys, address: SocketAddress & { readonly family: "inet" | "inet6" }): number {
  const fd = sys.socket(address.family, "stream");
  try {
    sys.setsockopt(fd, "reuseaddr", 1);
    if (address.family === "inet6") sys.setsockopt(fd, "v6only", 1);
    sys.bind(fd, address);
    sys.listen(fd, 128);
    return fd;
  } catch (error) {
    sys.close(fd);
    throw error;
  }
}

function addressesOf(configuration: ServerConfiguration, settings: Settings): readonly (SocketAddress & { readonly family: "inet" | "inet6" })[] {
  const ports = settings.ports.length > 0 ? settings.ports : configuration.all("port");
  const listed = configuration.given("listenaddress");
  const family = configuration.get("addressfamily") ?? "any";
  return (listed.length > 0 ? listed : ["0.0.0.0", "::"]).flatMap((place) => {
    const { address, port } = splitPlace(place);
    const six = address.includes(":");
    if ((six && family === "inet") || (!six && family === "inet6")) return [];
    return (port === undefined ? ports : [port]).map((one) => (six ? { family: "inet6" as const, address, port: Number(one) } : { family: "inet" as const, address, port: Number(one) }));
  });
}

function shown(address: SocketAddress): string {
  return address.family === "unix" ? address.path : address.address;
}

/** The listener's life: until SIGTERM. SIGHUP reads everything again. */
function* listen(sys: Sys, settings: Settings, configuration: ServerConfiguration, keys: readonly PublicKey[]): Blocking<number> {
  const listeners: number[] = [];
  for (const address of addressesOf(configuration, settings)) {
    try {
      listeners.push(listenOn(sys, address));
      yield* logAuthentication(sys, "sshd", `Server listening on ${address.address} port ${address.port}.`, 6);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      if (error.errno !== "EAFNOSUPPORT" && error.errno !== "EADDRNOTAVAIL") yield* logAuthentication(sys, "sshd", `error: Bind to port ${address.port} on ${address.address} failed: ${error.message}.`, 3);
    }
  }
  if (listeners.length === 0) {
    yield* sys.write(2, encode("Cannot bind any address.\r\n"));
    return 255;
  }
  yield* notify(sys, "READY=1");
  const children = new Set<number>();
  const title = (): void => sys.setTitle("sshd", [`sshd: /usr/sbin/sshd -D [listener] ${children.size} of 10-100 startups`]);
  title();
  let current = configuration;
  let currentKeys = keys;
  for (;;) {
    try {
      const ready = yield* sys.poll(listeners.map((fd) => ({ fd, events: POLL.IN })), null);
      for (const { fd: listener } of ready) {
        const { fd, peer } = yield* sys.accept(listener);
        const local = sys.getsockname(fd);
        const [settingsNow, keysNow] = [current, currentKeys];
        const port = peer.family === "unix" ? 0 : peer.port;
        const localPort = local.family === "unix" ? 0 : local.port;
        sys.fork(function* connection(own) {
          for (const one of listeners) own.close(one);
          for (const signal of [SIGNALS.TERM, SIGNALS.HUP, SIGNALS.CHLD]) own.sigaction(signal, "default");
          return yield* serveConnection(own, fd, settingsNow, keysNow, { address: shown(peer), port, localAddress: shown(local), localPort });
        });
        sys.close(fd);
      }
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
    const signals = sys.takeSignals();
    if (signals.includes(SIGNALS.TERM)) {
      yield* logAuthentication(sys, "sshd", "Received signal 15; terminating.", 6);
      return 0;
    }
    if (signals.includes(SIGNALS.HUP)) {
      try {
        current = yield* readServerConfiguration(sys, settings.path, settings.extra);
        currentKeys = yield* hostKeys(sys, current, settings.keys);
      } catch (error) {
        if (!(error instanceof SshdConfigurationError)) throw error;
      }
    }
    try {
      while ((yield* sys.waitpid(-1, { nohang: true })) !== undefined);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }
}

const USAGE = `${VERSION}, OpenSSL 3.0.20 7 Apr 2026
usage: sshd [-46DdeiqTtV] [-C connection_spec] [-c host_cert_file]
            [-E log_file] [-f config_file] [-g login_grace_time]
            [-h host_key_file] [-o option] [-p port] [-u len]
`;

const OPTIONS = [
  flag(["-4"], "IPv4 addresses only"), flag(["-6"], "IPv6 addresses only"), flag(["-D"], "stay in the foreground"), flag(["-d"], "stay in the foreground and say more"), flag(["-e"], "log to standard error"), flag(["-i"], "serve the connection on standard input"), flag(["-q"], "log nothing"),
  flag(["-T"], "print the configuration that counts"), flag(["-t"], "test the configuration and the keys"), flag(["-V"], "print the version"), text(["-C"], "connection_spec", "for -T: user=, host=, addr=, laddr=, lport=, rdomain="), text(["-c"], "host_cert_file", "certificate of the host"), text(["-E"], "log_file", "log to this file"),
  text(["-f"], "config_file", "configuration instead of /etc/ssh/sshd_config"), text(["-g"], "login_grace_time", "time to log in"), text(["-h"], "host_key_file", "a key of the host"), text(["-o"], "option", "a line of the configuration"), text(["-p"], "port", "port to listen on"), text(["-u"], "len", "longest host name that utmp gets"),
];

interface Arguments {
  readonly flags: ReadonlySet<string>;
  readonly values: ReadonlyMap<string, readonly string[]>;
  readonly problem: string | undefined;
}

function readArguments(words: readonly string[]): Arguments {
  const flags = new Set<string>();
  const values = new Map<string, string[]>();
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    if (!word.startsWith("-") || word === "-") return { flags, values, problem: `Extra argument ${word}.` };
    for (let letter = 1; letter < word.length; letter++) {
      const name = word.charAt(letter);
      if ("46DdeiqTtVr".includes(name)) flags.add(name);
      else if ("CcEfghopubk".includes(name)) {
        const value = word.slice(letter + 1) || words[++at];
        if (value === undefined) return { flags, values, problem: `option requires an argument -- ${name}` };
        values.set(name, [...(values.get(name) ?? []), value]);
        break;
      } else return { flags, values, problem: `unknown option -- ${name}` };
    }
  }
  return { flags, values, problem: undefined };
}

/** -C: "user=a,addr=1.2.3.4". A string is what is wrong with it. */
function* connectionSpec(sys: Sys, specs: readonly string[]): Blocking<Person | string> {
  const parts = new Map<string, string>();
  for (const part of specs.flatMap((spec) => spec.split(","))) {
    const [, name = "", value = ""] = /^(addr|user|host|laddr|lport|rdomain)=(.*)$/.exec(part) ?? [];
    if (name === "") return `Invalid test mode specification ${part}`;
    if (name === "lport" && !(Number(value) > 0 && Number(value) < 65_536)) return `Invalid port '${value}' in test mode specification ${part}`;
    parts.set(name, value);
  }
  const accounts = yield* Accounts.read(sys);
  const user = accounts.userByName(parts.get("user") ?? "");
  const port = parts.get("lport");
  return {
    user: parts.get("user"), groups: user === undefined ? [] : accounts.groupsOf(user).map((gid) => accounts.groupName(gid)), address: parts.get("addr"), host: parts.get("host"), localAddress: parts.get("laddr"), localPort: port === undefined ? undefined : Number(port), routingDomain: parts.get("rdomain"),
  };
}

/** Some criteria of Match need to be told (-C). */
function missingCriterion(configuration: ServerConfiguration, person: Person): string | undefined {
  for (const [criterion, known, label, word] of [["localaddress", person.localAddress, "LocalAddress", "laddr"], ["localport", person.localPort, "LocalPort", "lport"], ["rdomain", person.routingDomain, "RDomain", "rdomain"]] as const) {
    if (known === undefined && configuration.criteria.has(criterion)) return `'Match ${label}' in configuration but '${word}' not in connection test specification.`;
  }
  return undefined;
}

export default program(
  { name: "sshd", path: "/usr/sbin/sshd", manSection: 8, summary: "OpenSSH daemon", operands: "none", synopsis: ["[-46DdeiqTtV] [-C connection_spec] [-c host_cert_file] [-E log_file] [-f config_file] [-g login_grace_time] [-h host_key_file] [-o option] [-p port] [-u len]"], options: OPTIONS, seeAlso: ["sshd_config(5)"] },
  function* (sys, argv, io: Io) {
    const { flags, values, problem } = readArguments(argv.slice(1));
    if (problem !== undefined) {
      yield* io.stderr(problem.startsWith("Extra") ? `${problem}\r\n` : `${problem}\n${USAGE}`);
      return 1;
    }
    const path = values.get("f")?.at(-1) ?? "/etc/ssh/sshd_config";
    const settings: Settings = { path, ports: values.get("p") ?? [], extra: values.get("o") ?? [], keys: values.get("h") ?? [] };
    if (flags.has("V")) {
      yield* io.stderr(`${VERSION}, OpenSSL 3.0.20 7 Apr 2026\n`);
      return 0;
    }
    if (!(argv[0] ?? "").startsWith("/") && !flags.has("t") && !flags.has("T")) {
      yield* io.stderr("sshd re-exec requires execution with an absolute path\r\n");
      return 255;
    }
    const person = yield* connectionSpec(sys, values.get("C") ?? []);
    if (typeof person === "string") {
      yield* io.stderr(`${person}\n`);
      return 1;
    }
    let configuration: ServerConfiguration;
    try {
      configuration = yield* readServerConfiguration(sys, path, settings.extra);
    } catch (error) {
      if (!(error instanceof SshdConfigurationError)) throw error;
      yield* io.stderr(`${error.message}\r\n`);
      return error.status;
    }
    const keys = yield* hostKeys(sys, configuration, settings.keys);
    if (keys.length === 0) {
      yield* io.stderr("sshd: no hostkeys available -- exiting.\r\n");
      return 1;
    }
    try {
      sys.stat("/run/sshd");
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* io.stderr("Missing privilege separation directory: /run/sshd\r\n");
      return 255;
    }
    if (flags.has("T")) {
      const missing = missingCriterion(configuration, person);
      if (missing !== undefined) {
        yield* io.stderr(`${missing}\r\n`);
        return 255;
      }
      io.out.put(effectiveLines(configuration, person, settings).map((line) => `${line}\n`).join(""));
    }
    if (flags.has("t") || flags.has("T")) return 0;
    const serve = function* (own: Sys): Blocking<number> {
      for (const signal of [SIGNALS.TERM, SIGNALS.HUP, SIGNALS.CHLD]) own.sigaction(signal, "catch");
      return yield* listen(own, settings, configuration, keys);
    };
    if (flags.has("D") || flags.has("d")) return yield* serve(sys);
    sys.fork(function* daemon(own) {
      own.setsid();
      own.chdir("/");
      for (const fd of own.descriptors()) own.close(fd);
      for (let fd = 0; fd < 3; fd++) yield* own.open("/dev/null", O.RDWR);
      return yield* serve(own);
    });
    return 0;
  },
);
