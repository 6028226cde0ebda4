// systemd-resolved: a resolver at 127.0.0.53 with a cache, which asks the servers of resolved.conf(5) and those of the links' DHCP leases
// (systemd-resolved.service(8) of systemd 252).
import { type Blocking, decode, encode, POLL, SIGNALS, type Sys, SysError } from "../../kernel/sys.ts";
import { BusConnection } from "../dbus/api.ts";
import { ask, type DnsRecord, DNS_PORT, encodeAnswer, parseQuery } from "../resolver/api.ts";
import { names, tryReadFile, tryWriteFile } from "../systemd/api/files.ts";
import { notify } from "../systemd/api/notify.ts";
import { type LinkServers, RESOLVE_DIRECTORY, RESOLVE_SOCKET, type ResolvedAnswer, type ResolveRequest } from "./api.ts";

const stubAddresses = ["127.0.0.53", "127.0.0.54"];
const llmnrPort = 5355;
const typeA = 1;
const typePtr = 12;
const serverFailure = 0x82;
const configurationFiles = "/etc/systemd/resolved.conf";

interface Kept {
  readonly records: readonly DnsRecord[];
  readonly known: boolean;
  readonly link: string | undefined;
  readonly untilUs: number;
}

interface Client {
  readonly fd: number;
  readonly uid: number;
}

export function* resolvedProgram(sys: Sys): Blocking<number> {
  sys.sigaction(SIGNALS.TERM, "catch");
  const user = ((yield* tryReadFile(sys, "/etc/passwd")) ?? "").split("\n").map((line) => line.split(":")).find(([name]) => name === "systemd-resolve");
  const [uid, gid] = [Number(user?.[2] ?? 0), Number(user?.[3] ?? 0)];
  const stubs: number[] = [];
  const listeners: number[] = [];
  for (const [address, port] of [...stubAddresses.map((one) => [one, DNS_PORT] as const), ["0.0.0.0", llmnrPort] as const]) {
    const udp = sys.socket("inet", "dgram");
    sys.bind(udp, { family: "inet", address, port });
    if (port === DNS_PORT) stubs.push(udp);
    const tcp = sys.socket("inet", "stream");
    sys.setsockopt(tcp, "reuseaddr", 1);
    sys.bind(tcp, { family: "inet", address, port });
    sys.listen(tcp, 4096);
    listeners.push(tcp);
  }
  const control = sys.socket("unix", "stream");
  try {
    sys.unlink(RESOLVE_SOCKET);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
  sys.bind(control, { family: "unix", path: RESOLVE_SOCKET });
  sys.chmod(RESOLVE_SOCKET, 0o666);
  sys.listen(control, 64);
  const resolver = new Resolver(sys);
  yield* resolver.configure();
  yield* resolver.writeFiles();
  for (const name of ["", "/stub-resolv.conf", "/resolv.conf", "/io.systemd.Resolve"]) sys.chown(`${RESOLVE_DIRECTORY}${name}`, uid, gid);
  // the sockets are bound: the rest is done as an ordinary user
  sys.setgroups([gid]);
  sys.setresgid(gid, gid, gid);
  sys.setresuid(uid, uid, uid);
  yield* notify(sys, "READY=1");
  yield* resolver.joinBus();
  const clients = new Map<number, Client>();
  for (;;) {
    let ready: readonly { readonly fd: number }[];
    try {
      ready = yield* sys.poll([...stubs, ...listeners, control, ...clients.keys()].map((fd) => ({ fd, events: POLL.IN })), null);
    } catch (error) {
      if (!(error instanceof SysError) || error.errno !== "EINTR") throw error;
      if (sys.takeSignals().includes(SIGNALS.TERM)) return 0;
      continue;
    }
    for (const { fd } of ready) {
      const client = clients.get(fd);
      if (client !== undefined) {
        // at boot this service comes before the bus
        yield* resolver.joinBus();
        yield* serve(sys, resolver, client);
        sys.close(fd);
        clients.delete(fd);
      } else if (stubs.includes(fd)) yield* resolver.stub(fd);
      else {
        const accepted = yield* sys.accept(fd);
        if (fd === control) clients.set(accepted.fd, { fd: accepted.fd, uid: sys.getPeerCredentials(accepted.fd).uid });
        else sys.close(accepted.fd);
      }
    }
  }
}

function* serve(sys: Sys, resolver: Resolver, client: Client): Blocking<void> {
  try {
    const request: ResolveRequest = JSON.parse(decode(yield* sys.read(client.fd, 65_536)));
    yield* sys.write(client.fd, encode(`${JSON.stringify(yield* resolver.answer(request, client.uid))}\n`));
  } catch (error) {
    if (!(error instanceof SysError) && !(error instanceof SyntaxError)) throw error;
  }
}

class Resolver {
  readonly #sys: Sys;
  readonly #cache = new Map<string, Kept>();
  /** what resolvectl set for a link */
  readonly #own = new Map<string, { readonly servers: readonly string[] | undefined; readonly domains: readonly string[] | undefined }>();
  #settings: ReadonlyMap<string, string> = new Map();
  #onBus = false;
  #transactions = 0;
  #hits = 0;
  #misses = 0;

  constructor(sys: Sys) {
    this.#sys = sys;
  }

  *configure(): Blocking<void> {
    const settings = new Map<string, string>();
    const parts = names(this.#sys, `${configurationFiles}.d`).filter((name) => name.endsWith(".conf")).map((name) => `${configurationFiles}.d/${name}`);
    for (const path of [configurationFiles, ...parts]) {
      for (const line of ((yield* tryReadFile(this.#sys, path)) ?? "").split("\n")) {
        const match = /^\s*([A-Za-z]+)\s*=\s*(.*?)\s*$/.exec(line);
        if (match === null) continue;
        const [, key = "", value = ""] = match;
        // lists grow from file to file, an empty value begins anew
        settings.set(key, ["DNS", "FallbackDNS", "Domains"].includes(key) && value !== "" ? `${settings.get(key) ?? ""} ${value}`.trim() : value);
      }
    }
    this.#settings = settings;
  }

  /** Takes its name on the message bus, once there is one. */
  *joinBus(): Blocking<void> {
    if (this.#onBus) return;
    try {
      const bus = yield* BusConnection.open(this.#sys);
      this.#onBus = (yield* bus.ask<"own">({ op: "own", name: "org.freedesktop.resolve1" })).result === 1;
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }

  #words(key: string): readonly string[] {
    return (this.#settings.get(key) ?? "").split(/\s+/).filter((word) => word !== "");
  }

  *#links(): Blocking<readonly LinkServers[]> {
    const links: LinkServers[] = [];
    const addresses = this.#sys.rtnetlink({ op: "address-list" });
    for (const link of this.#sys.rtnetlink({ op: "link-list" })) {
      if (link.kind === "loopback") continue;
      const own = this.#own.get(link.name);
      const lease = ((yield* tryReadFile(this.#sys, `/var/lib/dhcp/dhclient.${link.name}.leases`)) ?? "").split("lease {").at(-1) ?? "";
      const servers = own?.servers ?? (/option domain-name-servers ([^;]*);/.exec(lease)?.[1] ?? "").split(/,\s*/).filter((one) => one !== "");
      const domains = own?.domains ?? (/option domain-name "([^"]*)";/.exec(lease)?.[1] ?? "").split(" ").filter((one) => one !== "");
      links.push({ index: link.index, name: link.name, servers, domains, relevant: link.up && link.carrier && addresses.some((one) => one.linkIndex === link.index) });
    }
    return links;
  }

  /** stub-resolv.conf names this resolver, resolv.conf the servers behind it. */
  *writeFiles(): Blocking<void> {
    const links = yield* this.#links();
    const domains = [...this.#words("Domains"), ...links.flatMap((link) => link.domains)];
    const search = `search ${domains.length === 0 ? "." : domains.join(" ")}\n`;
    const head = "# Written by systemd-resolved; changes are lost (man 8 systemd-resolved.service).\n\n";
    yield* tryWriteFile(this.#sys, `${RESOLVE_DIRECTORY}/stub-resolv.conf`, `${head}nameserver 127.0.0.53\noptions edns0 trust-ad\n${search}`);
    const servers = [...this.#words("DNS"), ...links.flatMap((link) => link.servers)];
    yield* tryWriteFile(this.#sys, `${RESOLVE_DIRECTORY}/resolv.conf`, `${head}${servers.map((server) => `nameserver ${server.replace(/#.*/, "")}\n`).join("")}${search}`);
  }

  *#ask(name: string, type: number, useCache: boolean): Blocking<Kept & { readonly source: "network" | "cache" } | "silent" | "no-servers"> {
    const key = `${name.toLowerCase()} ${type}`;
    const nowUs = this.#sys.clockUs("monotonic");
    const kept = this.#cache.get(key);
    if (useCache && kept !== undefined && kept.untilUs > nowUs) {
      this.#hits++;
      return { ...kept, source: "cache" };
    }
    this.#misses++;
    const links = yield* this.#links();
    const servers: (readonly [server: string, link: string | undefined])[] = [...this.#words("DNS").map((one) => [one.replace(/#.*/, ""), undefined] as const), ...links.flatMap((link) => link.servers.map((one) => [one, link.name] as const))];
    const chosen = servers.length > 0 ? servers : this.#words("FallbackDNS").map((one) => [one.replace(/#.*/, ""), undefined] as const);
    if (chosen.length === 0) return "no-servers";
    for (const [server, link] of chosen) {
      this.#transactions++;
      const reply = yield* ask(this.#sys, server, name, type);
      if (reply === undefined) continue;
      const seconds = reply.records.length === 0 ? 0 : Math.min(...reply.records.map((record) => record.ttlSeconds));
      const fresh = { records: reply.records, known: reply.known, link, untilUs: this.#sys.clockUs("monotonic") + Math.max(seconds, 30) * 1e6 };
      if ((this.#settings.get("Cache") ?? "yes") !== "no") this.#cache.set(key, fresh);
      return { ...fresh, source: "network" };
    }
    return "silent";
  }

  /** A question of a program over 127.0.0.53. */
  *stub(fd: number): Blocking<void> {
    const { bytes, from } = yield* this.#sys.recvfrom(fd, 1500);
    const question = parseQuery(bytes);
    if (question === undefined || from === undefined) return;
    const local = question.type === typeA ? yield* this.#synthetic(question.name) : undefined;
    let reply: Uint8Array;
    if (local !== undefined) reply = encodeAnswer(question, local.map((data) => ({ name: question.name, type: typeA, ttlSeconds: 0, data })));
    else {
      const found = yield* this.#ask(question.name, question.type, true);
      reply = encodeAnswer(question, typeof found === "string" || found.known ? (typeof found === "string" ? [] : found.records) : undefined);
      if (typeof found === "string") reply[3] = serverFailure;
    }
    try {
      yield* this.#sys.sendto(fd, reply, from);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }

  /** localhost, the machine's own name, /etc/hosts. */
  *#synthetic(name: string): Blocking<readonly string[] | undefined> {
    const wanted = name.toLowerCase().replace(/\.$/, "");
    if (wanted === "localhost" || wanted.endsWith(".localhost")) return ["127.0.0.1"];
    if ((this.#settings.get("ReadEtcHosts") ?? "yes") !== "no") {
      const found = ((yield* tryReadFile(this.#sys, "/etc/hosts")) ?? "").split("\n").map((line) => (line.split("#")[0] ?? "").trim().split(/\s+/)).filter(([address = "", ...own]) => /^[\d.]+$/.test(address) && own.some((one) => one.toLowerCase() === wanted)).map(([address = ""]) => address);
      if (found.length > 0) return found;
    }
    if (wanted !== this.#sys.uname().nodename.toLowerCase()) return undefined;
    return this.#sys.rtnetlink({ op: "address-list" }).filter((one) => one.family === "inet" && one.scope === "global").map((one) => one.address);
  }

  *#query(name: string, useCache: boolean): Blocking<ResolvedAnswer> {
    const startUs = this.#sys.clockUs("monotonic");
    const base = { canonicalName: name, addresses: [], names: [], linkName: undefined };
    const took = (): number => this.#sys.clockUs("monotonic") - startUs;
    const reverse = /^(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(name);
    const local = reverse === null ? yield* this.#synthetic(name) : undefined;
    if (local !== undefined) return { ...base, outcome: "found", addresses: local, source: "synthetic", tookUs: took() };
    const found = yield* this.#ask(reverse === null ? name : `${reverse.slice(1).reverse().join(".")}.in-addr.arpa`, reverse === null ? typeA : typePtr, useCache);
    if (typeof found === "string") return { ...base, outcome: found, source: "network", tookUs: took() };
    const data = found.records.filter((record) => record.type === (reverse === null ? typeA : typePtr)).map((record) => record.data);
    const alias = found.records.filter((record) => record.type === 5).at(-1)?.data ?? name;
    return { outcome: !found.known || data.length === 0 ? "unknown" : "found", canonicalName: alias, addresses: reverse === null ? data : [], names: reverse === null ? [] : data, source: found.source, linkName: found.link, tookUs: took() };
  }

  *answer(request: ResolveRequest, uid: number): Blocking<object> {
    switch (request.op) {
      case "state": {
        const setting = (key: string, otherwise: string): string => this.#settings.get(key) || otherwise;
        return {
          servers: this.#words("DNS"), fallback: this.#words("FallbackDNS"), domains: this.#words("Domains"), llmnr: setting("LLMNR", "yes"), mdns: setting("MulticastDNS", "yes"), dnssec: setting("DNSSEC", "no"), dnsOverTls: setting("DNSOverTLS", "no"), links: yield* this.#links(),
          transactions: this.#transactions, cacheSize: this.#cache.size, cacheHits: this.#hits, cacheMisses: this.#misses,
        };
      }
      case "query":
        return yield* this.#query(request.name, request.cache);
      case "flush":
        this.#cache.clear();
        return {};
      case "reset-statistics":
        [this.#transactions, this.#hits, this.#misses] = [0, 0, 0];
        return {};
      case "reset-features":
        return {};
      case "link": {
        if (uid !== 0) return { error: "Access denied" };
        const known = this.#own.get(request.name);
        if (request.revert === true) this.#own.delete(request.name);
        else this.#own.set(request.name, { servers: request.servers ?? known?.servers, domains: request.domains ?? known?.domains });
        this.#cache.clear();
        yield* this.writeFiles();
        return { error: "" };
      }
    }
  }
}
