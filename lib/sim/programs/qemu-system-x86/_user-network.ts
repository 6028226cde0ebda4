// User-mode networking, the process's half (libslirp): answers DHCP, and carries what the guest sends by sockets of its own, so that the host sees its connections as QEMU's.
import { decodeDhcp, type DhcpMessage, encodeDhcp } from "../../daemons/dhcp/api.ts";
import { type Blocking, decode, type GuestEvent, O, POLL, type Sys, SysError, type UserDatagram } from "../../kernel/sys.ts";
import { ArgumentError } from "./_arguments.ts";

interface HostForward {
  readonly protocol: "tcp" | "udp";
  readonly hostAddress: string;
  readonly hostPort: number;
  readonly guestAddress: string;
  readonly guestPort: number;
}

interface UserNetworkOptions {
  readonly gateway: string;
  readonly nameServer: string;
  readonly firstLease: string;
  readonly netmask: string;
  readonly prefixLength: number;
  readonly restricted: boolean;
  readonly hostname: string | undefined;
  readonly forwards: readonly HostForward[];
}

const leaseSeconds = 86_400;
const silentUs = 60_000_000;
const echoUs = 10_000_000;
const chunkBytes = 65_536;

const valueOf = (address: string): number => address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
const addressOf = (value: number): string => [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join(".");
const isAddress = (text: string): boolean => /^(?:\d{1,3}\.){3}\d{1,3}$/.test(text) && text.split(".").every((part) => Number(part) < 256);

/** "tcp:127.0.0.1:2222-10.0.2.15:22", addresses left out at will. Errors: ArgumentError. */
function parseForward(rule: string, netdev: string, firstLease: string, words = `-netdev ${netdev}: Invalid host forwarding rule`): HostForward {
  const invalid = (why: string): never => {
    throw new ArgumentError(`${words} '${rule}' (${why})`);
  };
  const [left = "", right = ""] = rule.split("-", 2);
  const [protocol = "", hostAddress = "", hostPort = ""] = left.split(":");
  const [guestAddress = "", guestPort = ""] = right.split(":");
  const kind = protocol === "" || protocol === "tcp" ? "tcp" : protocol === "udp" ? "udp" : invalid("Bad protocol name");
  if (!left.includes(":")) invalid("No : separators");
  if (hostAddress !== "" && !isAddress(hostAddress)) invalid("Bad host address");
  if (!/^\d{1,5}$/.test(hostPort) || Number(hostPort) > 65_535) invalid("Bad host port");
  if (!right.includes(":")) invalid("Missing guest port");
  if (guestAddress !== "" && !isAddress(guestAddress)) invalid("Bad guest address");
  if (!/^\d{1,5}$/.test(guestPort) || Number(guestPort) < 1 || Number(guestPort) > 65_535) invalid("Bad guest port");
  return { protocol: kind, hostAddress: hostAddress === "" ? "0.0.0.0" : hostAddress, hostPort: Number(hostPort), guestAddress: guestAddress === "" ? firstLease : guestAddress, guestPort: Number(guestPort) };
}

/** The properties of -netdev user. Errors: ArgumentError. */
export function userNetworkOptions(given: ReadonlyMap<string, string>, netdev: string): UserNetworkOptions {
  const [network = "10.0.2.0", size = "24"] = (given.get("net") ?? "10.0.2.0/24").split("/");
  const prefixLength = size.includes(".") ? 32 - Math.round(Math.log2(2 ** 32 - valueOf(size))) : Number(size);
  if (!isAddress(network) || !(prefixLength >= 4 && prefixLength <= 29)) throw new ArgumentError(`-netdev ${netdev}: Failed to parse network`);
  const base = valueOf(network) - (valueOf(network) % 2 ** (32 - prefixLength));
  const address = (key: string, offset: number): string => {
    const text = given.get(key);
    if (text !== undefined && (!isAddress(text) || valueOf(text) < base || valueOf(text) >= base + 2 ** (32 - prefixLength))) throw new ArgumentError(`-netdev ${netdev}: ${isAddress(text) ? `'${key}' must be in network` : `Failed to parse ${key === "host" ? "host" : key === "dns" ? "DNS" : "DHCP start address"}`}`);
    return text ?? addressOf(base + offset);
  };
  const firstLease = address("dhcpstart", 15);
  return {
    gateway: address("host", 2), nameServer: address("dns", 3), firstLease, netmask: addressOf(2 ** 32 - 2 ** (32 - prefixLength)), prefixLength, restricted: ["on", "y", "yes", "true"].includes(given.get("restrict") ?? "off"), hostname: given.get("hostname"),
    forwards: (given.get("hostfwd") ?? "").split("\n").filter((rule) => rule !== "").map((rule) => parseForward(rule, netdev, firstLease)),
  };
}

export class UserNetworkPeer {
  readonly #sys: Sys;
  readonly #guest: number;
  readonly #card: string;
  readonly #options: UserNetworkOptions;
  readonly #leases = new Map<string, string>();
  /** sockets of the host by "guest address:port" and who it speaks to */
  readonly #datagrams = new Map<string, number>();
  /** who sent datagrams to the guest through a forwarded port */
  readonly #speakers = new Map<string, { readonly fd: number; readonly address: string }>();
  readonly #forwards: { readonly rule: HostForward; readonly fd: number }[] = [];

  constructor(sys: Sys, guest: number, card: string, options: UserNetworkOptions) {
    this.#sys = sys;
    this.#guest = guest;
    this.#card = card;
    this.#options = options;
    sys.guest(guest, { op: "attach-user", card, addresses: [options.gateway, options.nameServer], prefixLength: options.prefixLength });
  }

  /** Listens for what is forwarded. Errors: SysError. */
  forward(rule: HostForward): void {
    const sys = this.#sys;
    const fd = sys.socket("inet", rule.protocol === "tcp" ? "stream" : "dgram");
    try {
      sys.setsockopt(fd, "reuseaddr", 1);
      sys.bind(fd, { family: "inet", address: rule.hostAddress, port: rule.hostPort });
      if (rule.protocol === "tcp") sys.listen(fd, 1);
    } catch (error) {
      sys.close(fd);
      throw error;
    }
    this.#forwards.push({ rule, fd });
    sys.fork((thread) => (rule.protocol === "tcp" ? this.#listen(thread, fd, rule) : this.#listenDatagrams(thread, fd, rule)), { thread: true });
  }

  *#listen(sys: Sys, fd: number, rule: HostForward): Blocking<number> {
    try {
      for (;;) {
        const { fd: host } = yield* sys.accept(fd);
        sys.fork((flow) => this.#forwarded(flow, host, rule), { thread: true });
      }
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
    sys.close(fd);
    return 0;
  }

  /** Answers go back to whoever spoke last from that port. */
  *#listenDatagrams(sys: Sys, fd: number, rule: HostForward): Blocking<number> {
    const { gateway } = this.#options;
    for (;;) {
      const { bytes, from } = yield* sys.recvfrom(fd, chunkBytes);
      if (from === undefined || from.family === "unix") continue;
      this.#speakers.set(`${rule.guestAddress}:${rule.guestPort} ${gateway}:${from.port}`, { fd, address: from.address });
      this.#answer({ source: gateway, sourcePort: from.port, destination: rule.guestAddress, destinationPort: rule.guestPort, bytes });
    }
  }

  /** hostfwd_add of the monitor. Errors: ArgumentError. */
  addForward(text: string): void {
    const rule = parseForward(text, "", this.#options.firstLease, "invalid host forwarding rule");
    try {
      this.forward(rule);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      throw new ArgumentError(`could not set up host forwarding rule '${text}'`);
    }
  }

  /** hostfwd_remove: "tcp::2222". False: there is none. */
  removeForward(text: string): boolean {
    const [protocol = "", address = "", port = ""] = text.split(":");
    const at = this.#forwards.findIndex(({ rule }) => rule.protocol === (protocol === "" ? "tcp" : protocol) && rule.hostAddress === (address === "" ? "0.0.0.0" : address) && rule.hostPort === Number(port));
    const [gone] = at < 0 ? [] : this.#forwards.splice(at, 1);
    if (gone?.rule.protocol === "tcp") this.#sys.shutdown(gone.fd, "both");
    else if (gone !== undefined) this.#sys.close(gone.fd);
    return gone !== undefined;
  }

  /** info usernet. */
  table(name: string): string {
    const rows = this.#forwards.map(({ rule, fd }) => `${`  ${rule.protocol.toUpperCase()}[HOST_FORWARD]`.padEnd(19)} ${String(fd).padStart(3)} ${(rule.hostAddress === "0.0.0.0" ? "*" : rule.hostAddress).padStart(15)} ${String(rule.hostPort).padStart(5)} ${rule.guestAddress.padStart(15)} ${String(rule.guestPort).padStart(5)} ${"0".padStart(5)} ${"0".padStart(5)}\n`);
    return `Hub -1 (${name}):\n  Protocol[State]    FD  Source Address  Port   Dest. Address  Port RecvQ SendQ\n${rows.join("")}`;
  }

  *#forwarded(sys: Sys, host: number, rule: HostForward): Blocking<number> {
    const guest = sys.guest(this.#guest, { op: "user-socket", card: this.#card });
    try {
      yield* sys.connect(guest, { family: "inet", address: rule.guestAddress, port: rule.guestPort });
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      sys.close(host);
      sys.close(guest);
      return 0;
    }
    return yield* carry(sys, host, guest);
  }

  *event(event: GuestEvent): Blocking<void> {
    if (event.kind === "user-connect") this.#sys.fork((thread) => this.#connect(thread, event.id, event.address, event.port), { thread: true });
    else if (event.kind === "user-datagram") yield* this.#datagram(event.datagram);
    else if (event.kind === "user-echo") this.#sys.fork((thread) => this.#echo(thread, event), { thread: true });
  }

  /** An address of the guest's network is the host itself, the name server's is the host's name server. Undefined: nobody is there. */
  *#outside(sys: Sys, address: string): Blocking<string | undefined> {
    const { nameServer, gateway, prefixLength, restricted } = this.#options;
    if (restricted) return undefined;
    if (address === nameServer) {
      try {
        const fd = yield* sys.open("/etc/resolv.conf", O.RDONLY | O.CLOEXEC);
        const text = decode(yield* sys.read(fd, chunkBytes));
        sys.close(fd);
        return /^nameserver\s+(\d[\d.]+)/m.exec(text)?.[1];
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        return undefined;
      }
    }
    const size = 2 ** (32 - prefixLength);
    return Math.floor(valueOf(address) / size) === Math.floor(valueOf(gateway) / size) ? "127.0.0.1" : address;
  }

  *#connect(sys: Sys, id: number, wanted: string, port: number): Blocking<number> {
    const address = yield* this.#outside(sys, wanted);
    const host = sys.socket("inet", "stream");
    try {
      if (address === undefined) throw new SysError("ENETUNREACH");
      yield* sys.connect(host, { family: "inet", address, port });
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      sys.close(host);
      sys.guest(this.#guest, { op: "user-refuse", card: this.#card, id });
      return 0;
    }
    return yield* carry(sys, host, sys.guest(this.#guest, { op: "user-accept", card: this.#card, id }));
  }

  #answer(datagram: UserDatagram): void {
    this.#sys.guest(this.#guest, { op: "user-send", card: this.#card, datagram });
  }

  *#datagram(datagram: UserDatagram): Blocking<void> {
    const sys = this.#sys;
    const { source, sourcePort, destination, destinationPort, bytes } = datagram;
    if (destinationPort === 67) {
      this.#lease(bytes);
      return;
    }
    if (destination.startsWith("255.") || destination.endsWith(".255") || destination.startsWith("224.")) return;
    const key = `${source}:${sourcePort} ${destination}:${destinationPort}`;
    const speaker = this.#speakers.get(key);
    const address = speaker?.address ?? (yield* this.#outside(sys, destination));
    if (address === undefined) return;
    let fd = speaker?.fd ?? this.#datagrams.get(key);
    if (fd === undefined) {
      fd = sys.socket("inet", "dgram");
      this.#datagrams.set(key, fd);
      sys.setsockopt(fd, "rcvtimeo", silentUs);
      const socket = fd;
      sys.fork((thread) => this.#answers(thread, key, socket, datagram), { thread: true });
    }
    try {
      yield* sys.sendto(fd, bytes, { family: "inet", address, port: destinationPort });
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }

  /** What comes back to a guest's datagram, until nothing does for a while. */
  *#answers(sys: Sys, key: string, fd: number, asked: UserDatagram): Blocking<number> {
    try {
      for (;;) {
        const { bytes } = yield* sys.recvfrom(fd, chunkBytes);
        this.#answer({ source: asked.destination, sourcePort: asked.destinationPort, destination: asked.source, destinationPort: asked.sourcePort, bytes });
      }
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
    this.#datagrams.delete(key);
    sys.close(fd);
    return 0;
  }

  #lease(bytes: Uint8Array): void {
    const message = decodeDhcp(bytes);
    if (message === undefined || (message.type !== "discover" && message.type !== "request")) return;
    const { gateway, nameServer, netmask, firstLease, hostname, restricted } = this.#options;
    const address = this.#leases.get(message.mac) ?? addressOf(valueOf(firstLease) + this.#leases.size);
    this.#leases.set(message.mac, address);
    const refused = message.type === "request" && message.requested !== undefined && message.requested !== address;
    const reply: DhcpMessage = {
      type: refused ? "nak" : message.type === "discover" ? "offer" : "ack", transaction: message.transaction, mac: message.mac, clientAddress: "0.0.0.0", yourAddress: refused ? "0.0.0.0" : address, server: gateway,
      ...(refused ? {} : { netmask, leaseSeconds, ...(restricted ? {} : { router: gateway, nameServer }), ...(hostname === undefined ? {} : { hostname }) }),
    };
    this.#answer({ source: gateway, sourcePort: 67, destination: "255.255.255.255", destinationPort: 68, bytes: encodeDhcp(reply) });
  }

  /** Ping sockets are for the groups of net.ipv4.ping_group_range: without them the guest's echo requests come to nothing. */
  *#echo(sys: Sys, { echo }: Extract<GuestEvent, { kind: "user-echo" }>): Blocking<number> {
    const address = yield* this.#outside(sys, echo.address);
    if (address === undefined) return 0;
    let fd: number;
    try {
      fd = sys.socket("inet", "dgram", "icmp");
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      return 0;
    }
    try {
      const request = new Uint8Array(8 + echo.bytes.length);
      request.set([8, 0, 0, 0, echo.identifier >> 8, echo.identifier & 255, echo.sequence >> 8, echo.sequence & 255]);
      request.set(echo.bytes, 8);
      sys.setsockopt(fd, "rcvtimeo", echoUs);
      yield* sys.sendto(fd, request, { family: "inet", address, port: 0 });
      for (;;) {
        const { bytes } = yield* sys.recvfrom(fd, chunkBytes);
        if (bytes[0] !== 0 || (bytes[6] ?? 0) * 256 + (bytes[7] ?? 0) !== echo.sequence) continue;
        sys.guest(this.#guest, { op: "user-echoed", card: this.#card, echo: { ...echo, bytes: bytes.slice(8) } });
        break;
      }
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
    sys.close(fd);
    return 0;
  }
}

/** One direction; the end of it is passed on. */
function* copy(sys: Sys, from: number, to: number): Blocking<void> {
  try {
    for (;;) {
      const bytes = yield* sys.read(from, chunkBytes);
      if (bytes.length === 0) break;
      for (let done = 0; done < bytes.length;) done += yield* sys.write(to, bytes.subarray(done));
    }
    sys.shutdown(to, "write");
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    for (const fd of [from, to]) {
      try {
        sys.shutdown(fd, "both");
      } catch (second) {
        if (!(second instanceof SysError)) throw second;
      }
    }
  }
}

/** Both directions, until both have ended. */
function* carry(sys: Sys, host: number, guest: number): Blocking<number> {
  const [ended, end] = sys.pipe();
  sys.fork(function* back(thread) {
    yield* copy(thread, guest, host);
    thread.close(end);
    return 0;
  }, { thread: true });
  yield* copy(sys, host, guest);
  yield* sys.poll([{ fd: ended, events: POLL.IN }], null);
  for (const fd of [ended, host, guest]) sys.close(fd);
  return 0;
}
