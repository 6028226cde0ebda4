// sshd: the SSH server (sshd(8)). The listener forks a process for each connection.
import { type Blocking, encode, O, POLL, SIGNALS, type SocketAddress, type Sys, SysError } from "../../kernel/sys.ts";
import { notify } from "../../daemons/systemd/api/notify.ts";
import { readTextFile } from "../kit/accounts.ts";
import { flag, type Io, program, text } from "../kit/program.ts";
import { logAuthentication } from "../login/_pam.ts";
import { type PublicKey, parsePrivateFile } from "../openssh-client/_key.ts";
import { VERSION } from "../openssh-client/_wire.ts";
import { serveConnection } from "./_login.ts";
import { readServerConfiguration, type ServerConfiguration, SshdConfigurationError } from "./_server-configuration.ts";

interface Settings {
  readonly path: string;
  readonly ports: readonly string[];
}

function* hostKeys(sys: Sys, configuration: ServerConfiguration): Blocking<readonly PublicKey[]> {
  const named = configuration.all("hostkey");
  const keys: PublicKey[] = [];
  for (const path of named.length > 0 ? named : ["rsa", "ecdsa", "ed25519"].map((kind) => `/etc/ssh/ssh_host_${kind}_key`)) {
    const file = parsePrivateFile((yield* readTextFile(sys, path)) ?? "", undefined);
    if (file.kind === "key") keys.push({ kind: file.key.kind, blob: file.key.blob, comment: "" });
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
  const ports = (settings.ports.length > 0 ? settings.ports : configuration.all("port")).map(Number);
  if (ports.length === 0) ports.push(22);
  const listed = configuration.all("listenaddress");
  const family = configuration.get("addressfamily") ?? "any";
  const places = listed.length > 0 ? listed : ["0.0.0.0", "::"];
  return places.flatMap((place) => {
    const withPort = /^(?:\[(.*)\]|([^:]+)):(\d+)$/.exec(place);
    const address = withPort ? (withPort[1] ?? withPort[2] ?? "") : place.replace(/^\[(.*)\]$/, "$1");
    const six = address.includes(":");
    if ((six && family === "inet") || (!six && family === "inet6")) return [];
    return (withPort ? [Number(withPort[3])] : ports).map((port) => (six ? { family: "inet6" as const, address, port } : { family: "inet" as const, address, port }));
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
        current = yield* readServerConfiguration(sys, settings.path);
        currentKeys = yield* hostKeys(sys, current);
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

export default program(
  {
    name: "sshd", path: "/usr/sbin/sshd", manSection: 8, summary: "OpenSSH daemon", operands: "none", synopsis: ["[-46DdeGiqTtV] [-E log_file] [-f config_file] [-h host_key_file] [-o option] [-p port]"],
    options: [flag(["-D"], "stay in the foreground"), flag(["-t"], "test the configuration and the keys"), flag(["-T"], "print the configuration that counts"), flag(["-V"], "print the version"), text(["-f"], "config_file", "configuration instead of /etc/ssh/sshd_config"), text(["-p"], "port", "port to listen on")],
  },
  function* (sys, argv, io: Io) {
    let path = "/etc/ssh/sshd_config";
    const ports: string[] = [];
    const flags = new Set<string>();
    for (let at = 1; at < argv.length; at++) {
      const word = argv[at] ?? "";
      if (word === "-f") path = argv[++at] ?? path;
      else if (word === "-p") ports.push(argv[++at] ?? "22");
      else if (/^-[EhoubCck]$/.test(word)) at++;
      else if (/^-[46DdeGiqTtV]+$/.test(word)) for (const letter of word.slice(1)) flags.add(letter);
      else {
        yield* io.stderr(`${word.startsWith("-") ? `unknown option -- ${word.charAt(1)}` : "Extra argument " + word + "."}\n${VERSION}, OpenSSL 3.0.20 7 Apr 2026\nusage: sshd [-46DdeGiqTtV] [-C connection_spec] [-c host_cert_file]\n            [-E log_file] [-f config_file] [-g login_grace_time]\n            [-h host_key_file] [-o option] [-p port] [-u len]\n`);
        return 1;
      }
    }
    if (flags.has("V")) {
      yield* io.stderr(`${VERSION}, OpenSSL 3.0.20 7 Apr 2026\n`);
      return 0;
    }
    if (!(argv[0] ?? "").startsWith("/") && !flags.has("t") && !flags.has("T")) {
      yield* io.stderr("sshd re-exec requires execution with an absolute path\r\n");
      return 255;
    }
    let configuration: ServerConfiguration;
    try {
      configuration = yield* readServerConfiguration(sys, path);
    } catch (error) {
      if (!(error instanceof SshdConfigurationError)) throw error;
      yield* io.stderr(`${error.message}\r\n`);
      return 255;
    }
    if (flags.has("T")) {
      const value = (keyword: string, otherwise: string): string => configuration.get(keyword) ?? otherwise;
      for (const [keyword, otherwise] of [
        ["port", "22"], ["permitrootlogin", "without-password"], ["pubkeyauthentication", "yes"], ["passwordauthentication", "yes"], ["kbdinteractiveauthentication", "yes"], ["usepam", "no"], ["x11forwarding", "no"],
        ["maxauthtries", "6"], ["maxsessions", "10"], ["strictmodes", "yes"], ["authorizedkeysfile", ".ssh/authorized_keys .ssh/authorized_keys2"],
      ] as const) io.out.put(`${keyword} ${value(keyword, otherwise).replace("prohibit-password", "without-password")}\n`);
      return 0;
    }
    const keys = yield* hostKeys(sys, configuration);
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
    if (flags.has("t")) return 0;
    const settings = { path, ports };
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
