// named: the name server of BIND 9.18. Its parts are in the files beside; here it starts, listens, and ends.
// (The views of a configuration are one: whoever asks sees the zones of all of them.)
import { type Blocking, O, POLL, SIGNALS, type SocketAddress, type Sys, SysError, encode } from "../../kernel/sys.ts";
import { notify } from "../../daemons/systemd/api/notify.ts";
import { bindProgram } from "../bind9-utils/_bind-program.ts";
import { type Configuration, readConfiguration } from "../bind9-utils/_configuration.ts";
import { CONTROL_PORT, type ControlKey, keysOf, macOf, receiveFrame, sendFrame } from "../bind9-utils/_control-channel.ts";
import { Accounts } from "../kit/accounts.ts";
import { readMessage, withLength } from "../kit/dns/exchange.ts";
import { decodeMessage, encodeMessage } from "../kit/dns/message.ts";
import { TYPE } from "../kit/dns/records.ts";
import { flag, text, unsimulated } from "../kit/program.ts";
import { daemonize } from "../kit/super-server.ts";
import { type Client, answer } from "./_answer.ts";
import { VERSION_LINE, control, cpus } from "./_control.ts";
import { loadAll } from "./_load.ts";
import { Log } from "./_log.ts";
import { Named } from "./_server.ts";
import { refresh, thread, transferOut } from "./_transfer.ts";

const RNDC_KEY = "/etc/bind/rndc.key";
const usage = (name: string): string => `usage: ${name} [-4|-6] [-c conffile] [-d debuglevel] [-D comment] [-E engine]\n             [-f|-g] [-L logfile] [-n number_of_cpus] [-p port] [-s]\n             [-S sockets] [-t chrootdir] [-u username] [-U listeners]\n             [-X lockfile] [-m {usage|trace|record}]\n             [-M fill|nofill]\n`;

interface Listener {
  readonly fd: number;
  readonly kind: "udp" | "tcp" | "control";
  readonly address: string;
  readonly port: number;
  /** of the control channel */
  readonly keys: readonly ControlKey[];
}

const HEAD = [
  "built with '--build=x86_64-linux-gnu' '--prefix=/usr' '--sysconfdir=/etc/bind' '--localstatedir=/' '--with-openssl=/usr' '--with-gssapi=yes' '--enable-ipv6' '--enable-dnstap'", "",
  "compiled by GCC 12.2.0", "compiled with OpenSSL version: OpenSSL 3.0.22 25 Aug 2026", "linked to OpenSSL version: OpenSSL 3.0.22 25 Aug 2026", "compiled with libuv version: 1.44.2", "linked to libuv version: 1.44.2", "compiled with libxml2 version: 2.9.14", "linked to libxml2 version: 20914", "compiled with json-c version: 0.16", "linked to json-c version: 0.16", "compiled with zlib version: 1.2.13", "linked to zlib version: 1.2.13",
  "----------------------------------------------------", "BIND 9 is maintained by Internet Systems Consortium,", "Inc. (ISC), a non-profit 501(c)(3) public-benefit ", "corporation.  Support and training for BIND 9 are ", "available at https://www.isc.org/support", "----------------------------------------------------",
];

function* listenOn(sys: Sys, named: Named, listeners: Listener[]): Blocking<void> {
  const wanted = (option: string, fallback: boolean, address: string): number | undefined => {
    const values = named.options?.options.get(option) ?? [];
    if (values.length === 0) return fallback ? (named.port ?? 53) : undefined;
    const found = values.find((value) => named.matches(sys, value.elements ?? [], address));
    return found === undefined ? undefined : (found.port ?? named.port ?? 53);
  };
  const links = sys.rtnetlink({ op: "link-list" });
  for (const one of sys.rtnetlink({ op: "address-list" }).toSorted((a, b) => a.family.length - b.family.length)) {
    const six = one.family === "inet6";
    const port = wanted(six ? "listen-on-v6" : "listen-on", true, one.address);
    if (port === undefined) continue;
    const place = { family: one.family, address: one.address, port, ...(six && one.scope === "link" && { scopeId: one.linkIndex }) };
    const link = links.find((candidate) => candidate.index === one.linkIndex)?.name ?? "";
    yield* named.say(sys, `listening on IPv${six ? 6 : 4} interface ${link}, ${one.address}${six && one.scope === "link" ? `%${one.linkIndex}` : ""}#${port}`, "network");
    try {
      const udp = sys.socket(one.family, "dgram");
      sys.bind(udp, place);
      listeners.push({ fd: udp, kind: "udp", address: one.address, port, keys: [] });
      const tcp = sys.socket(one.family, "stream");
      sys.setsockopt(tcp, "reuseaddr", 1);
      sys.bind(tcp, place);
      sys.listen(tcp, 10);
      listeners.push({ fd: tcp, kind: "tcp", address: one.address, port, keys: [] });
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      const why = error.errno === "EADDRINUSE" ? "address in use" : error.errno === "EACCES" ? "permission denied" : error.message.toLowerCase();
      yield* named.say(sys, `creating IPv${six ? 6 : 4} interface ${link} failed; interface ignored`.replace("creating", why === "address in use" ? "creating TCP socket: address in use; creating" : "creating"), "network", "error");
    }
  }
}

function* listenForControl(sys: Sys, named: Named, listeners: Listener[]): Blocking<void> {
  const { clauses } = named.configuration;
  const stated = clauses.filter((clause) => clause.kind === "controls");
  const channels: { address: string; port: number; keys: readonly ControlKey[] }[] = [];
  if (stated.length > 0) {
    for (const inet of stated.flatMap((clause) => clause.options.get("inet") ?? [])) channels.push({ address: inet.text === "*" ? "0.0.0.0" : inet.text, port: inet.port ?? CONTROL_PORT, keys: keysOf(named.configuration).filter((key) => inet.keys === undefined || inet.keys.includes(key.name)) });
  } else {
    for (const address of ["127.0.0.1", "::1"]) {
      yield* named.say(sys, `configuring command channel from '${RNDC_KEY}'`);
      let file: Configuration;
      try {
        file = yield* readConfiguration(sys, RNDC_KEY);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* named.say(sys, `couldn't add command channel ${address}#${CONTROL_PORT}: ${error.errno === "ENOENT" ? "file not found" : error.message.toLowerCase()}`, "general", "warning");
        continue;
      }
      channels.push({ address, port: CONTROL_PORT, keys: keysOf(file) });
    }
  }
  for (const { address, port, keys } of channels) {
    try {
      const family = address.includes(":") ? "inet6" : "inet";
      const fd = sys.socket(family, "stream");
      sys.setsockopt(fd, "reuseaddr", 1);
      sys.bind(fd, { family, address, port });
      sys.listen(fd, 10);
      listeners.push({ fd, kind: "control", address, port, keys });
      yield* named.say(sys, `command channel listening on ${address}#${port}`);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* named.say(sys, `couldn't add command channel ${address}#${port}: ${error.errno === "EADDRINUSE" ? "address in use" : error.message.toLowerCase()}`, "general", "warning");
    }
  }
}

const clientOf = (from: SocketAddress, local: string, tcp: boolean): Client => (from.family === "unix" ? { address: "", port: 0, tcp, local } : { address: from.address, port: from.port, tcp, local });

function* serveDatagram(sys: Sys, named: Named, listener: Listener): Blocking<void> {
  const { bytes, from } = yield* sys.recvfrom(listener.fd, 65_535);
  const query = decodeMessage(bytes);
  if (query === undefined || from === undefined || query.flags.has("qr")) return;
  // each question has its own thread: one that waits for other servers holds up nobody
  sys.fork((own) => thread(own, function* () {
    const reply = yield* answer(own, named, query, clientOf(from, listener.address, false));
    if (reply !== undefined) yield* own.sendto(listener.fd, encodeMessage(reply), from);
  }), { thread: true });
}

function* serveStream(sys: Sys, named: Named, listener: Listener): Blocking<void> {
  const { fd, peer } = yield* sys.accept(listener.fd);
  named.tcpHighWater = Math.max(named.tcpHighWater, 1);
  sys.fork((own) => thread(own, function* () {
    const client = clientOf(peer, listener.address, true);
    const rest = { bytes: new Uint8Array() };
    try {
      for (;;) {
        const packet = yield* readMessage(own, fd, rest);
        const query = packet && decodeMessage(packet);
        if (query === undefined) return;
        const type = query.question[0]?.type;
        const replies = query.opcode === 0 && (type === TYPE.AXFR || type === TYPE.IXFR) ? yield* transferOut(own, named, query, client) : [yield* answer(own, named, query, client)];
        for (const reply of replies) if (reply !== undefined) yield* own.write(fd, withLength(encodeMessage(reply)));
      }
    } finally {
      own.close(fd);
    }
  }), { thread: true });
}

function* serveControl(sys: Sys, named: Named, listener: Listener): Blocking<void> {
  const { fd, peer } = yield* sys.accept(listener.fd);
  try {
    const frame = yield* receiveFrame(sys, fd);
    if (frame === undefined) return;
    const request: unknown = JSON.parse(frame);
    const of = (name: string): unknown => (typeof request === "object" && request !== null ? Object.entries(request).find(([key]) => key === name)?.[1] : undefined);
    const [keyName, seconds, command, mac] = [of("key"), of("seconds"), of("command"), of("mac")];
    const key = listener.keys.find((one) => one.name === keyName);
    if (key === undefined || typeof command !== "string" || typeof seconds !== "number" || mac !== macOf(key, seconds, command)) {
      yield* named.say(sys, `invalid command from ${peer.family === "unix" ? "" : `${peer.address}#${peer.port}`}: bad auth`, "general", "error");
      return;
    }
    yield* sendFrame(sys, fd, yield* control(sys, named, command));
  } catch (error) {
    if (!(error instanceof SysError) && !(error instanceof SyntaxError)) throw error;
  } finally {
    sys.close(fd);
  }
}

function* serve(sys: Sys, named: Named, head: { readonly commandLine: string; readonly user: string | undefined }): Blocking<number> {
  for (const signal of [SIGNALS.TERM, SIGNALS.INT, SIGNALS.HUP]) sys.sigaction(signal, "catch");
  sys.sigaction(SIGNALS.PIPE, "ignore");
  const { release, version } = sys.uname();
  yield* named.say(sys, `starting ${VERSION_LINE}`, "general", "notice");
  yield* named.say(sys, `running on Linux x86_64 ${release} ${version}`, "general", "notice");
  for (const line of HEAD) yield* named.say(sys, line === "" ? `running as: ${head.commandLine}` : line, "general", "notice");
  const count = cpus(sys);
  yield* named.say(sys, `found ${count} CPU${count === 1 ? "" : "s"}, using ${count} worker thread${count === 1 ? "" : "s"}`);
  yield* named.say(sys, `using ${count} UDP listener${count === 1 ? "" : "s"} per interface`);
  const account = head.user === undefined ? undefined : (yield* Accounts.read(sys)).userByName(head.user);
  if (head.user !== undefined && account === undefined) {
    yield* named.say(sys, `user '${head.user}' unknown`, "general", "error");
    return 1;
  }
  if (!(yield* named.configure(sys))) {
    yield* named.say(sys, "exiting (due to fatal error)", "general", "error");
    return 1;
  }
  const listeners: Listener[] = [];
  yield* listenOn(sys, named, listeners);
  yield* named.say(sys, "generating session key for dynamic DNS");
  yield* writePid(sys, named, account === undefined ? undefined : { uid: account.uid, gid: account.gid });
  if (account !== undefined) {
    sys.prctl("keep-capabilities", 1);
    sys.setgroups([account.gid]);
    sys.setresgid(account.gid, account.gid, account.gid);
    const { permitted } = sys.capget();
    sys.setresuid(account.uid, account.uid, account.uid);
    // CAP_NET_BIND_SERVICE stays: addresses may come later
    const kept = permitted & (1n << 10n);
    sys.capset({ effective: kept, permitted: kept, inheritable: 0n, ambient: 0n });
  }
  yield* named.makeZones(sys);
  yield* listenForControl(sys, named, listeners);
  yield* loadAll(sys, named, false);
  yield* notify(sys, "READY=1");
  for (;;) {
    try {
      const secondaries = [...named.zones.values()].filter((one) => one.kind === "secondary" && !one.refreshing);
      const now = sys.clockUs("monotonic");
      const waitUs = secondaries.length === 0 ? null : Math.max(0, Math.min(...secondaries.map((one) => one.refreshAtUs)) - now);
      const ready = yield* sys.poll(listeners.map(({ fd }) => ({ fd, events: POLL.IN })), waitUs);
      for (const { fd } of ready) {
        const listener = listeners.find((one) => one.fd === fd);
        if (listener?.kind === "udp") yield* serveDatagram(sys, named, listener);
        else if (listener?.kind === "tcp") yield* serveStream(sys, named, listener);
        else if (listener !== undefined) yield* serveControl(sys, named, listener);
      }
      for (const served of secondaries) {
        if (served.refreshAtUs > sys.clockUs("monotonic")) continue;
        served.refreshAtUs = sys.clockUs("monotonic") + 60e6;
        sys.fork((own) => thread(own, () => refresh(own, named, served, false)), { thread: true });
      }
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
    const signals = sys.takeSignals();
    if (signals.includes(SIGNALS.HUP)) yield* control(sys, named, "reload");
    if (named.ending || signals.includes(SIGNALS.TERM) || signals.includes(SIGNALS.INT)) break;
  }
  for (const { kind, address, port } of listeners) if (kind === "tcp") yield* named.say(sys, `no longer listening on ${address}#${port}`, "network");
  yield* named.say(sys, "shutting down: flushing changes", "general", "notice");
  for (const { kind, address, port } of listeners) if (kind === "control") yield* named.say(sys, `stopping command channel on ${address}#${port}`);
  for (const served of named.zones.values()) if (served.dirty) yield* named.dump(sys, served, false);
  yield* named.say(sys, "exiting", "general", "notice");
  return 0;
}

function* writePid(sys: Sys, named: Named, owner: { readonly uid: number; readonly gid: number } | undefined): Blocking<void> {
  const path = named.options?.options.get("pid-file")?.[0]?.text ?? "/run/named/named.pid";
  if (path === "none") return;
  try {
    try {
      sys.mkdir(path.replace(/\/[^/]*$/, ""), 0o755);
      if (owner !== undefined) sys.chown(path.replace(/\/[^/]*$/, ""), owner.uid, owner.gid);
    } catch (error) {
      if (!(error instanceof SysError) || error.errno !== "EEXIST") throw error;
    }
    const fd = yield* sys.open(path, O.WRONLY | O.CREAT | O.TRUNC, 0o644);
    yield* sys.write(fd, encode(`${sys.getpid()}\n`));
    sys.close(fd);
    if (owner !== undefined) sys.chown(path, owner.uid, owner.gid);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    yield* named.say(sys, `couldn't open pid file '${path}': ${error.message}`, "general", "error");
  }
}

export default bindProgram(
  {
    name: "named", path: "/usr/sbin/named", summary: "name server of the Internet", synopsis: ["[OPTION]..."], usage, wrongLetter: (name, letter) => `${name}: unknown option '-${letter}'\n`, operands: "none", manSection: 8,
    description: ["Answers questions of the DNS: for the zones of its configuration from their files, for others from its cache and from other servers. /etc/bind/named.conf says what it serves; rndc steers it while it runs."],
    options: [
      flag(["-4"], "IPv4 only"), flag(["-6"], "IPv6 only"), text(["-c"], "FILE", "another configuration than /etc/bind/named.conf"), text(["-d"], "LEVEL", "how much the log tells for the search of errors"), text(["-D"], "TEXT", "a word to be seen in the list of processes"), unsimulated(["-E"], "an engine for cryptography", "there are no engines", "NAME"), flag(["-f"], "stay in the foreground"), flag(["-g"], "stay in the foreground and log to standard error"), unsimulated(["-L"], "log there by default", "logging { } names files", "FILE"), text(["-m"], "FLAG", "watch the use of memory"), text(["-M"], "OPTION", "how memory is filled"), text(["-n"], "NUMBER", "as many threads"), text(["-p"], "PORT", "listen there instead of at port 53"), flag(["-s"], "write statistics of memory at the end"), text(["-S"], "NUMBER", "as many sockets"), unsimulated(["-t"], "change the root there", "it would not find its own parts there", "DIRECTORY"), text(["-u"], "USER", "become this user once the sockets are open"), text(["-U"], "NUMBER", "as many listeners on an interface"), flag(["-v"], "show the version"), flag(["-V"], "show the version and how it was built"), text(["-X"], "FILE", "a lock against a second server"),
    ],
  },
  function* (sys, given, io) {
    if (given.has("v")) {
      io.out.put(`${VERSION_LINE}\n`);
      return 0;
    }
    if (given.has("V")) {
      const { release, version } = sys.uname();
      io.out.put(`${VERSION_LINE}\nrunning on Linux x86_64 ${release} ${version}\n${HEAD.slice(0, 13).filter((line) => line !== "").join("\n")}\nthreads support is enabled\n\ndefault paths:\n  named configuration:  /etc/bind/named.conf\n  rndc configuration:   /etc/bind/rndc.conf\n  nsupdate session key: //run/named/session.key\n  named PID file:       //run/named/named.pid\n  named lock file:      //run/named/named.lock\n`);
      return 0;
    }
    if (given.operands.length > 0) {
      yield* io.stderr(`${usage("named")}named: extra command line arguments\n`);
      return 1;
    }
    const port = given.value("p");
    if (port !== undefined && !(/^\d+$/.test(port) && Number(port) > 0 && Number(port) < 65_536)) {
      yield* io.stderr(`named: port '${port}' out of range\n`);
      return 1;
    }
    const path = given.value("c") ?? "/etc/bind/named.conf";
    const full = path.startsWith("/") ? path : `${sys.getcwd()}/${path}`;
    const start = (own: Sys): Blocking<number> => serve(own, new Named(own, new Log(given.has("g")), full, port === undefined ? undefined : Number(port)), { commandLine: given.has("f") || given.has("g") ? `named ${given.has("g") ? "-g" : "-f"}${given.value("u") === undefined ? "" : ` -u ${given.value("u") ?? ""}`}${given.value("c") === undefined ? "" : ` -c ${path}`}` : "named", user: given.value("u") });
    if (given.has("f") || given.has("g")) return yield* start(sys);
    daemonize(sys, start);
    return 0;
  },
);
