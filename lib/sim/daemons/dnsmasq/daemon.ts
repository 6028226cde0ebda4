// dnsmasq as libvirt uses it: leases for a bridge's guests (written where libvirt's lease helper keeps them), and names: its own guests', the rest from upstream.
import { type Blocking, POLL, type Program, SIGNALS, type Sys, SysError, encode } from "../../kernel/sys.ts";
import { decodeDhcp, DHCP_CLIENT_PORT, DHCP_SERVER_PORT, type DhcpMessage, encodeDhcp } from "../dhcp/api.ts";
import { tryReadFile, tryWriteFile } from "../systemd/api/files.ts";

const leaseSeconds = 3600;
const dnsPort = 53;
const statusDirectory = "/var/lib/libvirt/dnsmasq";

interface Lease {
  readonly mac: string;
  readonly address: string;
  hostname: string | undefined;
  clientId: string | undefined;
  expirySeconds: number;
}

const valueOf = (address: string): number => address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
const addressOf = (value: number): string => [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join(".");

class Server {
  readonly #sys: Sys;
  readonly #settings: ReadonlyMap<string, string>;
  readonly #leases = new Map<string, Lease>();
  readonly #own: string;
  readonly #start: number;
  readonly #end: number;
  readonly #netmask: string;
  readonly #interface: string;

  constructor(sys: Sys, settings: ReadonlyMap<string, string>) {
    this.#sys = sys;
    this.#settings = settings;
    const [start = "0.0.0.0", end = "0.0.0.0", netmask = "255.255.255.0"] = (settings.get("dhcp-range") ?? "").split(",");
    this.#own = settings.get("listen-address") ?? "";
    this.#start = valueOf(start);
    this.#end = valueOf(end);
    this.#netmask = netmask;
    this.#interface = settings.get("interface") ?? "";
  }

  get hasDhcp(): boolean {
    return this.#settings.has("dhcp-range");
  }

  /** MAC, address, name of the reservations, read when asked: net-update changes them. */
  *#reserved(): Blocking<readonly (readonly string[])[]> {
    const path = this.#settings.get("dhcp-hostsfile");
    return path === undefined ? [] : ((yield* tryReadFile(this.#sys, path)) ?? "").split("\n").filter((line) => line !== "").map((line) => line.split(","));
  }

  /** As dnsmasq does: a place that follows from the MAC, then the next free one. */
  *#addressFor(mac: string): Blocking<{ readonly address: string; readonly name: string | undefined } | undefined> {
    const hosts = yield* this.#reserved();
    const fixed = hosts.find((host) => host[0]?.toLowerCase() === mac && host[1] !== undefined && host[1] !== "");
    if (fixed?.[1] !== undefined) return { address: fixed[1], name: fixed[2] };
    const present = this.#leases.get(mac);
    if (present !== undefined) return { address: present.address, name: undefined };
    const size = this.#end - this.#start + 1;
    if (size <= 0) return undefined;
    let hash = 0;
    for (const part of mac.split(":")) hash = (Number.parseInt(part, 16) + ((hash << 6) + (hash << 16)) - hash) >>> 0;
    const taken = new Set([...this.#leases.values()].map((lease) => lease.address).concat(hosts.map((host) => host[1] ?? "")));
    for (let step = 0; step < size; step++) {
      const address = addressOf(this.#start + ((hash + step) % size));
      if (!taken.has(address)) return { address, name: undefined };
    }
    return undefined;
  }

  *#save(): Blocking<void> {
    const list = [...this.#leases.values()].map((lease) => ({ "ip-address": lease.address, "mac-address": lease.mac, ...(lease.hostname === undefined ? {} : { hostname: lease.hostname }), ...(lease.clientId === undefined ? {} : { "client-id": lease.clientId }), "expiry-time": lease.expirySeconds }));
    yield* tryWriteFile(this.#sys, `${statusDirectory}/${this.#interface}.status`, list.length === 0 ? "" : `${JSON.stringify(list, undefined, 2)}\n`);
  }

  *restore(): Blocking<void> {
    const text = yield* tryReadFile(this.#sys, `${statusDirectory}/${this.#interface}.status`);
    if (text === undefined || text === "") return;
    const list: unknown = JSON.parse(text);
    for (const one of Array.isArray(list) ? list : []) {
      const fields = new Map<string, unknown>(typeof one === "object" && one !== null ? Object.entries(one) : []);
      const mac = String(fields.get("mac-address"));
      this.#leases.set(mac, { mac, address: String(fields.get("ip-address")), hostname: fields.has("hostname") ? String(fields.get("hostname")) : undefined, clientId: fields.has("client-id") ? String(fields.get("client-id")) : undefined, expirySeconds: Number(fields.get("expiry-time")) });
    }
  }

  *dhcp(fd: number): Blocking<void> {
    const sys = this.#sys;
    const { bytes } = yield* sys.recvfrom(fd, 2048);
    const message = decodeDhcp(bytes);
    if (message === undefined) return;
    const base: DhcpMessage = {
      type: "offer", transaction: message.transaction, mac: message.mac, clientAddress: "0.0.0.0", yourAddress: "0.0.0.0", server: this.#own, netmask: this.#netmask, nameServer: this.#own, leaseSeconds,
      ...(this.#settings.get("dhcp-option") === "3" ? {} : { router: this.#own }), ...(this.#settings.has("domain") ? { domain: this.#settings.get("domain") } : {}),
    };
    const answer = function* (reply: DhcpMessage): Blocking<void> {
      try {
        yield* sys.sendto(fd, encodeDhcp(reply), { family: "inet", address: "255.255.255.255", port: DHCP_CLIENT_PORT });
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
    };
    if (message.type === "release") {
      this.#leases.delete(message.mac);
      yield* this.#save();
      return;
    }
    const given = yield* this.#addressFor(message.mac);
    if (given === undefined) return;
    if (message.type === "discover") yield* answer({ ...base, yourAddress: given.address });
    else if (message.type === "request") {
      if (message.server !== undefined && message.server !== this.#own) return;
      const wanted = message.requested ?? (message.clientAddress === "0.0.0.0" ? given.address : message.clientAddress);
      if (wanted !== given.address) {
        yield* answer({ ...base, type: "nak" });
        return;
      }
      this.#leases.set(message.mac, { mac: message.mac, address: given.address, hostname: given.name ?? message.hostname, clientId: message.clientId, expirySeconds: Math.floor(sys.clockUs("realtime") / 1e6) + leaseSeconds });
      yield* this.#save();
      yield* answer({ ...base, type: "ack", yourAddress: given.address, ...(given.name === undefined ? {} : { hostname: given.name }) });
    }
  }

  /** A question for one of its guests, or for upstream. */
  *dns(fd: number): Blocking<void> {
    const sys = this.#sys;
    const { bytes, from } = yield* sys.recvfrom(fd, 1500);
    if (from === undefined || bytes.length < 17) return;
    const labels: string[] = [];
    let at = 12;
    while ((bytes[at] ?? 0) > 0 && at < bytes.length) {
      const length = bytes[at] ?? 0;
      labels.push(String.fromCharCode(...bytes.subarray(at + 1, at + 1 + length)));
      at += length + 1;
    }
    const name = labels.join(".").toLowerCase();
    const type = (bytes[at + 1] ?? 0) * 256 + (bytes[at + 2] ?? 0);
    const lease = [...this.#leases.values()].find((one) => one.hostname?.toLowerCase() === name || (this.#settings.has("domain") && `${one.hostname}.${this.#settings.get("domain")}`.toLowerCase() === name));
    if (lease !== undefined && (type === 1 || type === 28)) {
      const question = bytes.subarray(12, at + 5);
      const record = type === 1 ? [0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4, ...lease.address.split(".").map(Number)] : [];
      yield* sys.sendto(fd, Uint8Array.from([bytes[0] ?? 0, bytes[1] ?? 0, 0x85, 0x80, 0, 1, 0, type === 1 ? 1 : 0, 0, 0, 0, 0, ...question, ...record]), from);
      return;
    }
    const upstream = /^nameserver\s+(\S+)/m.exec((yield* tryReadFile(sys, "/etc/resolv.conf")) ?? "")?.[1];
    if (upstream === undefined || this.#settings.has("no-resolv")) {
      yield* sys.sendto(fd, Uint8Array.from([bytes[0] ?? 0, bytes[1] ?? 0, 0x81, 0x85, ...bytes.subarray(4)]), from);
      return;
    }
    sys.fork(function* forward(child) {
      const out = child.socket("inet", "dgram");
      try {
        yield* child.sendto(out, bytes, { family: "inet", address: upstream, port: dnsPort });
        if ((yield* child.poll([{ fd: out, events: POLL.IN }], 5_000_000)).length > 0) yield* child.sendto(fd, (yield* child.recvfrom(out, 1500)).bytes, from);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
      child.close(out);
      return 0;
    }, { thread: true });
  }
}

export const dnsmasqProgram: Program = function* (sys, argv) {
  const file = argv.find((word) => word.startsWith("--conf-file="))?.slice("--conf-file=".length) ?? "/etc/dnsmasq.conf";
  const settings = new Map<string, string>();
  for (const line of ((yield* tryReadFile(sys, file)) ?? "").split("\n")) {
    if (line.startsWith("#") || line.trim() === "") continue;
    const equals = line.indexOf("=");
    settings.set(equals < 0 ? line : line.slice(0, equals), equals < 0 ? "" : line.slice(equals + 1));
  }
  const link = sys.rtnetlink({ op: "link-list" }).find((one) => one.name === settings.get("interface"));
  if (link === undefined) {
    yield* sys.write(2, encode(`dnsmasq: unknown interface ${settings.get("interface") ?? ""}\n`));
    return 2;
  }
  const server = new Server(sys, settings);
  const dhcpFd = sys.socket("inet", "dgram");
  sys.setsockopt(dhcpFd, "reuseaddr", 1);
  sys.setsockopt(dhcpFd, "broadcast", 1);
  sys.setsockopt(dhcpFd, "bindtodevice", link.index);
  const dnsFd = sys.socket("inet", "dgram");
  try {
    if (server.hasDhcp) sys.bind(dhcpFd, { family: "inet", address: "0.0.0.0", port: DHCP_SERVER_PORT });
    sys.bind(dnsFd, { family: "inet", address: settings.get("listen-address") ?? "0.0.0.0", port: dnsPort });
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    yield* sys.write(2, encode(`dnsmasq: failed to create listening socket for ${settings.get("listen-address") ?? ""}: ${error.message}\n`));
    return 2;
  }
  sys.fork(function* daemon(child) {
    child.setsid();
    // the helper for scripts stays root; who serves is nobody
    child.fork(function* helper(own) {
      own.sigaction(SIGNALS.TERM, "default");
      for (const fd of own.descriptors()) own.close(fd);
      own.prctl("parent-death-signal", SIGNALS.TERM);
      for (;;) yield* own.pause();
    });
    const pidFile = settings.get("pid-file");
    if (pidFile !== undefined) yield* tryWriteFile(child, pidFile, `${child.getpid()}\n`);
    child.setTitle("dnsmasq", argv);
    const own = new Server(child, settings);
    yield* own.restore();
    const fds = server.hasDhcp ? [dhcpFd, dnsFd] : [dnsFd];
    for (;;) {
      for (const { fd } of yield* child.poll(fds.map((one) => ({ fd: one, events: POLL.IN })), null)) {
        if (fd === dhcpFd) yield* own.dhcp(fd);
        else yield* own.dns(fd);
      }
    }
  });
  return 0;
};

