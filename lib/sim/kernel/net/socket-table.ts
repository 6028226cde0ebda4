// The sockets of a network namespace by port, and who gets what arrives.

import { SysError } from "../errno.ts";
import type { SocketInfo } from "../sys.ts";
import { ANY, type Family } from "./address.ts";
import type { InetSocket } from "./inet-socket.ts";
import type { NetLink } from "./link.ts";
import type { NetNamespace } from "./net-namespace.ts";
import { encodeForRawSocket, type IpPacket, resetFor, type TcpSegment, type UdpDatagram } from "./packet.ts";
import { TcpConnection } from "./tcp.ts";
import type { UnixSocket } from "./unix-socket.ts";
import { SmallMap } from "../small-map.ts";
import { SmallSet } from "../small-set.ts";

export class SocketTable {
  readonly #namespace: NetNamespace;
  readonly #connections = new SmallMap<string, TcpConnection>();
  readonly #bound = new Map<string, Set<InetSocket>>();
  readonly #raw = new SmallSet<InetSocket>();
  /** abstract names of unix sockets (unix(7)) */
  readonly abstractNames = new SmallMap<string, UnixSocket>();
  readonly unix = new Set<UnixSocket>();
  #nextPort: number;
  /** who decides on connections that nobody listens for; without it they are refused */
  onStranger: ((packet: IpPacket, segment: TcpSegment) => void) | undefined;

  constructor(namespace: NetNamespace) {
    this.#namespace = namespace;
    this.#nextPort = 32768 + (namespace.kernel.randomSource.uint32() % 20000);
  }

  // ---- ports

  #key(protocol: "tcp" | "udp", port: number): string {
    return `${protocol} ${port}`;
  }

  /** Errors: EADDRINUSE. */
  bind(socket: InetSocket, protocol: "tcp" | "udp", address: string, port: number): number {
    let wanted = port;
    if (wanted === 0) {
      const [low = 32768, high = 60999] = (this.#namespace.sysctl.get("ipv4.ip_local_port_range") ?? "").split(/\s+/).map(Number);
      for (let tries = 0; tries <= high - low; tries++) {
        this.#nextPort = this.#nextPort + 1 > high ? low : this.#nextPort + 1;
        if (!this.#bound.has(this.#key(protocol, this.#nextPort)) && !this.#portBusy(this.#nextPort, protocol)) {
          wanted = this.#nextPort;
          break;
        }
      }
      if (wanted === 0) throw new SysError("EADDRINUSE");
    } else {
      for (const other of this.#bound.get(this.#key(protocol, wanted)) ?? []) {
        const overlap = other.local?.address === address || isAny(other.local?.address) || isAny(address);
        const bothReuse = protocol === "udp" && other.reuseAddress && socket.reuseAddress;
        const sameFamily = other.family === socket.family || (!other.v6only && other.family === "inet6") || (!socket.v6only && socket.family === "inet6");
        const canShare = bothReuse || (other.reusePort && socket.reusePort) || (protocol === "tcp" && other.reuseAddress && socket.reuseAddress && !other.listening);
        if (overlap && sameFamily && !canShare) throw new SysError("EADDRINUSE");
      }
    }
    const key = this.#key(protocol, wanted);
    let set = this.#bound.get(key);
    if (!set) {
      set = new Set();
      this.#bound.set(key, set);
    }
    set.add(socket);
    return wanted;
  }

  #portBusy(port: number, protocol: string): boolean {
    if (protocol !== "tcp") return false;
    for (const connection of this.#connections.values()) if (connection.local.port === port) return true;
    return false;
  }

  unbind(socket: InetSocket): void {
    this.#raw.delete(socket);
    for (const [key, set] of this.#bound) if (set.delete(socket) && set.size === 0) this.#bound.delete(key);
  }

  addRaw(socket: InetSocket): void {
    this.#raw.add(socket);
  }

  // ---- connections

  #connectionKey(local: { address: string; port: number }, remote: { address: string; port: number }): string {
    return `${local.address} ${local.port} ${remote.address} ${remote.port}`;
  }

  /** Errors: EADDRNOTAVAIL. */
  addConnection(connection: TcpConnection): void {
    const key = this.#connectionKey(connection.local, connection.remote);
    const existing = this.#connections.get(key);
    if (existing && existing.state !== "TIME-WAIT" && existing.state !== "CLOSED") throw new SysError("EADDRNOTAVAIL");
    this.#connections.set(key, connection);
  }

  removeConnection(connection: TcpConnection): void {
    const key = this.#connectionKey(connection.local, connection.remote);
    if (this.#connections.get(key) === connection) this.#connections.delete(key);
  }

  deliverTcp(packet: IpPacket, segment: TcpSegment): void {
    this.#namespace.statistics.tcp.inSegs++;
    const local = { address: packet.destination, port: segment.destinationPort };
    const remote = { address: packet.source, port: segment.sourcePort };
    const connection = this.#connections.get(this.#connectionKey(local, remote));
    if (connection && !(connection.state === "TIME-WAIT" && segment.syn)) {
      connection.receive(segment);
      return;
    }
    if (segment.rst) return;
    const listener = segment.syn && !segment.ack ? this.#listener(packet.family, local) : undefined;
    if (!listener) {
      if (this.onStranger !== undefined && segment.syn && !segment.ack) this.onStranger(packet, segment);
      else this.refuse(packet);
      return;
    }
    if (listener.backlogFull) {
      const { tcpExt } = this.#namespace.statistics;
      tcpExt.listenOverflows++;
      tcpExt.listenDrops++;
      return;
    }
    const made = new TcpConnection(this.#namespace, packet.family, local, remote);
    this.addConnection(made);
    made.onEstablished = () => listener.arrived(made);
    made.openPassively();
  }

  refuse(packet: IpPacket): void {
    this.#namespace.statistics.resetSent();
    this.#namespace.trySend(resetFor(packet));
  }

  #listener(family: Family, local: { address: string; port: number }): InetSocket | undefined {
    let best: InetSocket | undefined;
    for (const socket of this.#bound.get(this.#key("tcp", local.port)) ?? []) {
      if (!socket.listening || !accepts(socket, family, local.address)) continue;
      if (!best || !isAny(socket.local?.address)) best = socket;
    }
    return best;
  }

  // ---- datagrams

  deliverUdp(link: NetLink | undefined, packet: IpPacket, datagram: UdpDatagram): boolean {
    const broadcast = packet.destination.endsWith(".255") || packet.destination.startsWith("224.") || packet.destination.startsWith("239.");
    let best: InetSocket | undefined, bestScore = -1;
    for (const socket of this.#bound.get(this.#key("udp", datagram.destinationPort)) ?? []) {
      if (!accepts(socket, packet.family, packet.destination) && !broadcast) continue;
      if (socket.boundLink !== undefined && link && socket.boundLink !== link.index) continue;
      if (socket.remote && (socket.remote.address !== packet.source || socket.remote.port !== datagram.sourcePort)) continue;
      if (broadcast) {
        socket.datagram(datagram.data, packet.source, datagram.sourcePort, packet.family);
        bestScore = 9;
        continue;
      }
      const score = Number(socket.remote !== undefined) * 2 + Number(!isAny(socket.local?.address));
      if (score > bestScore) {
        best = socket;
        bestScore = score;
      }
    }
    best?.datagram(datagram.data, packet.source, datagram.sourcePort, packet.family);
    return bestScore >= 0;
  }

  deliverIcmp(packet: IpPacket): void {
    for (const socket of this.#raw) if (socket.family === packet.family) socket.icmp(packet, encodeForRawSocket(packet));
  }

  /** An ICMP error about a packet that this namespace sent: whether that socket is still there. */
  deliverError(about: IpPacket, type: number, code: number): boolean {
    const { payload } = about;
    if (payload.protocol === "icmp") return true;
    if (payload.protocol === "tcp") {
      const connection = this.#connections.get(this.#connectionKey({ address: about.source, port: payload.sourcePort }, { address: about.destination, port: payload.destinationPort }));
      if (type === 3) connection?.unreachable(code);
      return connection !== undefined;
    }
    const sockets = this.#bound.get(this.#key("udp", payload.sourcePort));
    if (sockets === undefined) return false;
    if (type !== 3) return true;
    for (const socket of sockets) {
      if (socket.remote?.address === about.destination && socket.remote.port === payload.destinationPort) socket.fail(code === 3 ? "ECONNREFUSED" : code === 1 ? "EHOSTUNREACH" : "ENETUNREACH");
    }
    return true;
  }

  /** What /proc/net/snmp calls CurrEstab. */
  get established(): number {
    let count = 0;
    for (const { state } of this.#connections.values()) if (state === "ESTAB" || state === "CLOSE-WAIT") count++;
    return count;
  }

  list(): readonly SocketInfo[] {
    const result: SocketInfo[] = [];
    for (const set of this.#bound.values()) {
      for (const socket of set) {
        const info = socket.info();
        if (info) result.push(info);
      }
    }
    for (const socket of this.#raw) {
      const info = socket.info();
      if (info) result.push(info);
    }
    for (const connection of this.#connections.values()) {
      if (connection.state === "CLOSED") continue;
      const { family } = connection;
      result.push({
        family, type: "stream", state: connection.shownState(), local: { family, ...connection.local }, remote: { family, ...connection.remote }, inode: connection.state === "TIME-WAIT" ? 0 : connection.inode, ownerUid: connection.state === "TIME-WAIT" ? 0 : connection.ownerUid,
        receiveQueueBytes: connection.receiveQueueBytes, sendQueueBytes: connection.sendQueueBytes,
      });
    }
    for (const socket of this.unix) result.push(...socket.infos());
    return result;
  }
}

export function isAny(address: string | undefined): boolean {
  return address === ANY.inet || address === ANY.inet6;
}

function accepts(socket: InetSocket, family: Family, address: string): boolean {
  const bound = socket.local?.address;
  if (bound === undefined) return false;
  if (socket.family === family) return isAny(bound) || bound === address;
  // an IPv6 socket on ::, or on a mapped address (connected from :: to an IPv4 peer), also takes IPv4 unless IPV6_V6ONLY
  return socket.family === "inet6" && family === "inet" && !socket.v6only && (bound === ANY.inet6 || bound === address);
}
