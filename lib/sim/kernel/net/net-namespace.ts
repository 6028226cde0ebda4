// A network namespace (network_namespaces(7)): its links, addresses, routes, neighbours, filters and sockets, and the way of a packet
// through them. Configuration requests are in rtnetlink.ts.
// (More than 400 lines: addresses, their routes and the way of a packet decide together.)

import { SysError } from "../errno.ts";
import type { Kernel } from "../kernel.ts";
import type { Namespace, UserNamespace } from "../namespace.ts";
import type { InterfaceAddress, LinkKind } from "../sys.ts";
import { ANY, broadcastOf, type Family, familyOf, inPrefix, isLoopback, isMulticast, linkLocalOf, networkOf } from "./address.ts";
import { NetLink } from "./link.ts";
import { NeighbourTable } from "./neighbour-table.ts";
import { NetStatistics } from "./net-statistics.ts";
import type { PacketSocket } from "./packet-socket.ts";
import { SmallSet } from "../small-set.ts";
import { Netfilter, type Tracked } from "./netfilter.ts";
import { BROADCAST_MAC, echo, type Frame, icmpError, type IpPacket, resetFor } from "./packet.ts";
import { type RouteEntry, RouteTable } from "./route-table.ts";
import type { Flow } from "./routing-rules.ts";
import { SocketTable } from "./socket-table.ts";
import { SmallMap } from "../small-map.ts";

export interface LinkAddress {
  readonly link: NetLink;
  readonly family: Family;
  readonly address: string;
  readonly prefixLength: number;
  readonly broadcast: string | undefined;
  readonly scope: InterfaceAddress["scope"];
  readonly label: string | undefined;
  readonly dynamic: boolean;
  readonly validLifetimeSeconds: number | undefined;
}

export class NetNamespace implements Namespace {
  readonly kind = "net";
  readonly kernel: Kernel;
  readonly inode: number;
  readonly owner: UserNamespace;
  readonly links = new Map<number, NetLink>();
  readonly addresses: LinkAddress[] = [];
  readonly routes = new RouteTable();
  readonly neighbours: NeighbourTable;
  readonly netfilter: Netfilter;
  readonly packetSockets = new SmallSet<PacketSocket>();
  readonly sockets: SocketTable;
  readonly statistics = new NetStatistics();
  readonly sysctl = new Map<string, string>([
    ["ipv4.ip_forward", "0"], ["ipv4.ip_default_ttl", "64"], ["ipv4.icmp_echo_ignore_all", "0"], ["ipv4.ip_local_port_range", "32768\t60999"], ["ipv4.ping_group_range", "1\t0"],
    ["ipv4.ip_unprivileged_port_start", "1024"], ["ipv6.conf.all.forwarding", "0"], ["ipv6.conf.all.disable_ipv6", "0"], ["ipv6.conf.default.disable_ipv6", "0"],
  ]);
  #nextIndex = 1;
  readonly #peerIds = new SmallMap<NetNamespace, number>();
  #identification = 0;

  constructor(kernel: Kernel, inode: number, owner: UserNamespace) {
    this.kernel = kernel;
    this.inode = inode;
    this.owner = owner;
    this.neighbours = new NeighbourTable(this);
    this.netfilter = new Netfilter(this);
    this.sockets = new SocketTable(this);
    this.addLink("lo", "loopback", "00:00:00:00:00:00", 65536);
  }

  // ---- links

  addLink(name: string, kind: LinkKind, mac: string, mtu: number): NetLink {
    const link = new NetLink(this, this.#nextIndex++, name, kind, mac, mtu);
    this.links.set(link.index, link);
    this.kernel.netLinks.add(link);
    return link;
  }

  findLink(name: string): NetLink | undefined {
    for (const link of this.links.values()) if (link.name === name) return link;
    return undefined;
  }

  /** The link goes to another namespace: down, without addresses, with a number of that namespace if its own is taken. */
  moveLink(link: NetLink, to: NetNamespace): void {
    this.setUp(link, false);
    this.#forget(link);
    this.links.delete(link.index);
    link.master = undefined;
    if (to.links.has(link.index)) link.index = to.#nextIndex++;
    else to.#nextIndex = Math.max(to.#nextIndex, link.index + 1);
    link.namespace = to;
    to.links.set(link.index, link);
  }

  removeLink(link: NetLink): void {
    if (link.deleted) return;
    this.setUp(link, false);
    this.#forget(link);
    link.deleted = true;
    for (const port of link.ports()) port.master = undefined;
    link.master?.forgetPort(link);
    this.links.delete(link.index);
    this.kernel.netLinks.delete(link);
    const peer = link.peer;
    link.peer = undefined;
    if (peer) {
      peer.peer = undefined;
      peer.namespace.removeLink(peer);
    }
    for (const upper of [...this.kernel.netLinks]) if (upper.lower === link) upper.namespace.removeLink(upper);
  }

  #forget(link: NetLink): void {
    for (let i = this.addresses.length - 1; i >= 0; i--) if (this.addresses[i]?.link === link) this.addresses.splice(i, 1);
    this.routes.remove((route) => route.link === link);
    this.neighbours.flush(link);
  }

  /** The last process left and nothing holds it: virtual links end, hardware goes back to the initial namespace. */
  destroy(): void {
    const initial = this.kernel.initialNamespaces.net;
    for (const link of [...this.links.values()]) {
      if (link.kind === "ether" && initial !== this) this.moveLink(link, initial);
      else if (link.kind !== "loopback") this.removeLink(link);
      else {
        this.links.delete(link.index);
        this.kernel.netLinks.delete(link);
      }
    }
  }

  setUp(link: NetLink, up: boolean): void {
    if (link.up === up) return;
    link.up = up;
    if (!up) {
      this.routes.remove((route) => route.link === link);
      this.neighbours.flush(link);
      for (let i = this.addresses.length - 1; i >= 0; i--) {
        const address = this.addresses[i];
        if (address?.link === link && address.family === "inet6") this.addresses.splice(i, 1);
      }
      return;
    }
    if (link.kind === "loopback") {
      if (!this.addresses.some((one) => one.link === link && one.address === "127.0.0.1")) this.addAddress({ link, address: "127.0.0.1", prefixLength: 8, scope: "host", label: "lo" });
      if (!this.#ipv6Disabled(link)) this.addAddress({ link, address: "::1", prefixLength: 128, scope: "host" });
    }
    for (const address of this.addresses) if (address.link === link) this.#connect(address);
    if (link.kind !== "loopback" && !link.master && link.kind !== "tun" && !this.#ipv6Disabled(link)) this.addAddress({ link, address: linkLocalOf(link.mac), prefixLength: 64, scope: "link" });
  }

  #ipv6Disabled(link: NetLink): boolean {
    return [link.name, "all"].some((name) => this.sysctl.get(`ipv6.conf.${name}.disable_ipv6`) === "1");
  }

  peerNamespaceId(other: NetNamespace): number | undefined {
    if (other === this) return undefined;
    let id = this.#peerIds.get(other);
    if (id === undefined) {
      id = this.#peerIds.size;
      this.#peerIds.set(other, id);
    }
    return id;
  }

  // ---- addresses

  /** Errors: EEXIST. */
  addAddress(given: { link: NetLink; address: string; prefixLength: number; broadcast?: string; scope?: InterfaceAddress["scope"]; label?: string; dynamic?: boolean; validLifetimeSeconds?: number }): void {
    const { link, address, prefixLength } = given;
    const family = familyOf(address);
    if (this.addresses.some((one) => one.link === link && one.address === address && one.prefixLength === prefixLength)) throw new SysError("EEXIST");
    const scope = given.scope ?? (isLoopback(address) ? "host" : inPrefix(address, "fe80::", 10) || inPrefix(address, "169.254.0.0", 16) ? "link" : "global");
    const added: LinkAddress = {
      link, family, address, prefixLength, scope, broadcast: given.broadcast, label: given.label ?? (family === "inet" ? link.name : undefined), dynamic: given.dynamic ?? false, validLifetimeSeconds: given.validLifetimeSeconds,
    };
    this.addresses.push(added);
    if (link.up) this.#connect(added);
  }

  removeAddress(address: LinkAddress): void {
    // the first address of a network takes those after it along (promote_secondaries is 0)
    if (address.family === "inet" && address.prefixLength < 32 && this.#primaryOf(address.link, address.address, address.prefixLength) === undefined) {
      const after = this.addresses.filter((one) => one !== address && one.link === address.link && one.prefixLength === address.prefixLength && one.family === "inet" && this.#primaryOf(one.link, one.address, one.prefixLength) === address.address);
      for (const one of after) this.removeAddress(one);
    }
    const at = this.addresses.indexOf(address);
    if (at >= 0) this.addresses.splice(at, 1);
    const network = networkOf(address.address, address.prefixLength);
    const shared = this.addresses.some((one) => one.link === address.link && one.prefixLength === address.prefixLength && networkOf(one.address, one.prefixLength) === network);
    this.routes.remove((route) => route.link === address.link && ((route.table === "local" && (route.network === address.address || route.source === address.address)) || route.source === address.address
      || (!shared && route.protocol === "kernel" && route.table === "main" && route.network === network && route.prefixLength === address.prefixLength)));
    // routes through gateways of that network go with it
    if (!shared) this.routes.remove((route) => route.link === address.link && route.gateway !== undefined && inPrefix(route.gateway, network, address.prefixLength));
  }

  /** The routes that an address brings: local, the network on the link, broadcasts. */
  #connect({ link, family, address, prefixLength, scope, broadcast }: LinkAddress): void {
    const bits = family === "inet" ? 32 : 128;
    const base = { family, gateway: undefined, link, protocol: "kernel" as const, metric: undefined };
    const primary = family === "inet" ? this.#primaryOf(link, address, prefixLength) : undefined;
    if (primary !== undefined) {
      this.routes.ensure({ ...base, network: address, prefixLength: bits, source: primary, scope: "host", table: "local", type: "local" });
      return;
    }
    this.routes.ensure({ ...base, network: address, prefixLength: bits, source: family === "inet" ? address : undefined, scope: "host", table: "local", type: "local" });
    if (isLoopback(address) && family === "inet") this.routes.ensure({ ...base, network: "127.0.0.0", prefixLength: 8, source: address, scope: "host", table: "local", type: "local" });
    if (prefixLength < bits && !isLoopback(address)) {
      this.routes.ensure({ ...base, network: networkOf(address, prefixLength), prefixLength, source: family === "inet" ? address : undefined, scope: family === "inet" ? "link" : "global", table: "main", type: "unicast", metric: family === "inet6" ? 256 : undefined });
    }
    if (family === "inet" && prefixLength < 31 && (broadcast !== undefined || isLoopback(address) || scope !== "host")) {
      this.routes.ensure({ ...base, network: broadcast ?? broadcastOf(address, prefixLength), prefixLength: 32, source: address, scope: "link", table: "local", type: "broadcast" });
    }
  }

  /** The earlier address whose network the link has already: the other is secondary then. */
  #primaryOf(link: NetLink, address: string, prefixLength: number): string | undefined {
    if (prefixLength >= 32) return undefined;
    const network = networkOf(address, prefixLength);
    const first = this.addresses.find((one) => one.link === link && one.family === "inet" && one.prefixLength === prefixLength && networkOf(one.address, prefixLength) === network);
    return first === undefined || first.address === address ? undefined : first.address;
  }

  primaryAddress(link: NetLink, family: Family): string | undefined {
    const own = this.addresses.filter((one) => one.link === link && one.family === family);
    return (own.find((one) => one.scope === "global") ?? own[0])?.address;
  }

  isLocal(address: string): boolean {
    return this.routes.lookup(address)?.type === "local";
  }

  /** What a packet to `destination` should say it comes from. */
  sourceFor(destination: string, link: NetLink | undefined, route?: RouteEntry): string | undefined {
    if (route?.source !== undefined) return route.source;
    const family = familyOf(destination);
    if (route?.type === "local") return destination;
    const target = route?.gateway ?? destination;
    const own = this.addresses.filter((one) => one.family === family && (!link || one.link === link));
    const near = own.find((one) => inPrefix(target, networkOf(one.address, one.prefixLength), one.prefixLength) && one.scope !== "link");
    const wantsLink = inPrefix(destination, "fe80::", 10);
    return (near ?? own.find((one) => (wantsLink ? one.scope === "link" : one.scope === "global")) ?? own[0] ?? this.addresses.find((one) => one.family === family && one.scope === "global"))?.address;
  }

  // ---- out

  /** Which way a packet would leave. Errors: ENETUNREACH, EHOSTUNREACH, EINVAL (blackhole), EACCES is the socket's. */
  route(destination: string, outLink?: NetLink, flow?: Flow): RouteEntry {
    const route = this.routes.rules.plain ? this.routes.lookup(destination, outLink) : this.routes.byRules(destination, outLink, flow);
    if (typeof route === "string") throw new SysError(route);
    if (!route) throw new SysError("ENETUNREACH");
    if (route.type === "unreachable") throw new SysError("EHOSTUNREACH");
    if (route.type === "blackhole") throw new SysError("EINVAL");
    if (route.type === "prohibit") throw new SysError("EACCES");
    if (route.type === "throw") throw new SysError("ENETUNREACH");
    return route;
  }

  /** A packet of this machine. Errors: ENETUNREACH, EHOSTUNREACH, EPERM (dropped by the output chain). */
  send(packet: IpPacket, outLink?: NetLink): void {
    if ((packet.destination === "255.255.255.255" || isMulticast(packet.destination)) && outLink) {
      this.statistics.made(packet);
      this.statistics.sent(packet, isMulticast(packet.destination) ? "multicast" : "broadcast");
      outLink.transmit({ source: outLink.mac, destination: BROADCAST_MAC, content: { kind: "ip", packet } });
      return;
    }
    let route = this.route(packet.destination, outLink, { source: packet.source });
    this.statistics.made(packet);
    const tracked = this.netfilter.track(packet);
    const verdict = this.netfilter.run("OUTPUT", tracked, undefined, route.link);
    if (verdict === "DROP") throw new SysError("EPERM");
    if (typeof verdict === "object") {
      this.#reject(tracked.packet, verdict.reject);
      return;
    }
    if (tracked.packet.destination !== packet.destination) route = this.route(tracked.packet.destination, undefined, { source: tracked.packet.source });
    this.#leave(tracked, route);
  }

  #leave(tracked: Tracked, route: RouteEntry): void {
    const link = route.type === "local" ? this.loopback : route.link;
    if (!link) return;
    this.statistics.sent(tracked.packet, isMulticast(tracked.packet.destination) ? "multicast" : route.type === "broadcast" ? "broadcast" : "unicast");
    if (this.netfilter.run("POSTROUTING", tracked, undefined, link) !== "ACCEPT") return;
    this.netfilter.confirm(tracked);
    const { packet } = tracked;
    if (link.kind === "loopback") {
      this.netfilter.carry(tracked);
      link.transmit({ source: link.mac, destination: link.mac, content: { kind: "ip", packet } });
      return;
    }
    if (route.type === "broadcast" || isMulticast(packet.destination)) {
      link.transmit({ source: link.mac, destination: BROADCAST_MAC, content: { kind: "ip", packet } });
      return;
    }
    if (link.kind === "tun") {
      link.transmit({ source: link.mac, destination: link.mac, content: { kind: "ip", packet } });
      return;
    }
    this.neighbours.send(link, route.gateway ?? packet.destination, packet);
  }

  get loopback(): NetLink | undefined {
    return this.findLink("lo");
  }

  // ---- in

  receive(link: NetLink, frame: Frame): void {
    const { content } = frame;
    if (content.kind === "arp") {
      const { message } = content;
      const forUs = this.addresses.some((one) => one.address === message.targetAddress && (one.link === link || one.family === "inet"));
      if (message.senderAddress !== ANY.inet && message.senderAddress !== ANY.inet6) this.neighbours.learned(link, message.senderAddress, message.senderMac, forUs);
      const six = message.targetAddress.includes(":");
      if (six) this.statistics.neighbourMessage("in", message.operation);
      if (message.operation === "request" && forUs) {
        if (six) this.statistics.neighbourMessage("out", "reply");
        link.transmit({ source: link.mac, destination: message.senderMac, content: { kind: "arp", message: { operation: "reply", senderMac: link.mac, senderAddress: message.targetAddress, targetAddress: message.senderAddress } } });
      }
      return;
    }
    if (frame.destination !== link.mac && frame.destination !== BROADCAST_MAC && link.kind !== "loopback" && link.kind !== "tun") return;
    this.#accept(link, content.packet);
  }

  #accept(link: NetLink, packet: IpPacket): void {
    const { statistics } = this;
    statistics.received(packet);
    const tracked = this.netfilter.track(packet);
    if (this.netfilter.run("PREROUTING", tracked, link, undefined) !== "ACCEPT") return;
    const arrived = tracked.packet;
    const broadcast = arrived.destination === "255.255.255.255" || isMulticast(arrived.destination);
    const route = broadcast ? undefined : this.routes.lookup(arrived.destination, undefined, { source: arrived.source, inInterface: link.name });
    if (broadcast || route?.type === "local" || route?.type === "broadcast") {
      if (route?.type !== "local") statistics.receivedByMany(arrived, isMulticast(arrived.destination) ? "multicast" : "broadcast");
      // 127/8 never comes from a wire
      if (isLoopback(arrived.destination) && link.kind !== "loopback") return;
      const verdict = this.netfilter.run("INPUT", tracked, link, undefined);
      if (verdict === "DROP") return;
      if (typeof verdict === "object") {
        this.#reject(tracked.packet, verdict.reject);
        return;
      }
      this.netfilter.confirm(tracked);
      statistics.ip[arrived.family].inDelivers++;
      this.deliver(link, tracked.packet);
      return;
    }
    const forwards = this.sysctl.get(arrived.family === "inet" ? "ipv4.ip_forward" : "ipv6.conf.all.forwarding") === "1";
    if (!forwards) {
      statistics.ip[arrived.family].inAddrErrors++;
      return;
    }
    this.#forward(link, tracked, route);
  }

  #forward(link: NetLink, tracked: Tracked, route: RouteEntry | undefined): void {
    const { packet } = tracked;
    const back = this.primaryAddress(link, packet.family) ?? ANY[packet.family];
    const counters = this.statistics.ip[packet.family];
    if (packet.ttl <= 1) {
      counters.inHdrErrors++;
      this.#tell(icmpError(packet, back, 11, 0));
      return;
    }
    if (!route || route.type === "unreachable" || route.type === "prohibit" || route.type === "throw" || (!route.link && route.type !== "blackhole")) {
      if (route === undefined || route.type === "throw") counters.inNoRoutes++;
      this.#tell(icmpError(packet, back, 3, route === undefined || route.type === "throw" ? 0 : route.type === "prohibit" ? 13 : 1));
      return;
    }
    if (route.type === "blackhole" || !route.link) return;
    tracked.packet = { ...packet, ttl: packet.ttl - 1 };
    const verdict = this.netfilter.run("FORWARD", tracked, link, route.link);
    if (verdict === "DROP") return;
    if (typeof verdict === "object") {
      this.#reject(packet, verdict.reject);
      return;
    }
    counters.forwDatagrams++;
    this.#leave(tracked, route);
  }

  deliver(link: NetLink | undefined, packet: IpPacket): void {
    const { payload } = packet;
    if (payload.protocol === "icmp") {
      this.statistics.icmpReceived(packet.family, payload.type);
      this.sockets.deliverIcmp(packet);
      if (payload.type === 8 && this.sysctl.get("ipv4.icmp_echo_ignore_all") !== "1" && !isMulticast(packet.destination)) {
        this.trySend(echo(packet.family, packet.destination, packet.source, 64, { ...payload, type: 0 }));
      }
      if (payload.about && !this.sockets.deliverError(payload.about, payload.type, payload.code)) this.statistics.icmp[packet.family].inErrors++;
      return;
    }
    if (payload.protocol === "tcp") {
      this.sockets.deliverTcp(packet, payload);
      return;
    }
    const taken = this.sockets.deliverUdp(link, packet, payload);
    if (taken) return;
    if (isMulticast(packet.destination) || this.routes.lookup(packet.destination)?.type !== "local") {
      this.statistics.udp[packet.family].ignoredMulti++;
      return;
    }
    this.statistics.udp[packet.family].noPorts++;
    this.#tell(icmpError(packet, packet.destination, 3, 3));
  }

  /** Nobody answers for the next hop: whoever sent the packet is told, from this machine's own address. */
  hostUnreachable(packet: IpPacket): void {
    const own = this.isLocal(packet.source);
    const route = this.routes.lookup(packet.destination);
    const from = own ? packet.source : ((route?.link && this.primaryAddress(route.link, packet.family)) ?? packet.source);
    const error = icmpError(packet, from, 3, 1);
    if (own) this.#tellMyself({ ...error, destination: packet.source });
    else this.#tell(error);
  }

  #reject(packet: IpPacket, how: string): void {
    if (how === "tcp-reset" && packet.payload.protocol === "tcp") {
      this.trySend(resetFor(packet));
      return;
    }
    const codes: Record<string, number> = {
      "icmp-net-unreachable": 0, "icmp-host-unreachable": 1, "icmp-proto-unreachable": 2, "icmp-port-unreachable": 3, "icmp-net-prohibited": 9, "icmp-host-prohibited": 10, "icmp-admin-prohibited": 13,
    };
    const source = this.isLocal(packet.destination) ? packet.destination : this.sourceFor(packet.source, undefined, this.routes.lookup(packet.source)) ?? packet.destination;
    const error = icmpError(packet, source, 3, Object.hasOwn(codes, how) ? (codes[how] ?? 3) : 3);
    if (this.isLocal(packet.source)) this.#tellMyself(error);
    else this.#tell(error);
  }

  /** As over the loopback device, whose filters do not see it. */
  #tellMyself(error: IpPacket): void {
    const { statistics } = this;
    statistics.made(error);
    statistics.sent(error, "unicast");
    statistics.received(error);
    statistics.ip[error.family].inDelivers++;
    this.deliver(undefined, error);
  }

  #tell(error: IpPacket): void {
    this.trySend(error);
  }

  /** For answers that nobody waits for. */
  trySend(packet: IpPacket): void {
    try {
      this.send(packet);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }

  nextIdentifier(): number {
    this.#identification = (this.#identification + 1) & 0xffff;
    return this.#identification;
  }

  defaultTtl(): number {
    return Number(this.sysctl.get("ipv4.ip_default_ttl") ?? 64) || 64;
  }
}
