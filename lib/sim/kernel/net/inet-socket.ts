// Sockets of the inet families as programs hold them: stream, datagram, raw (socket(7), tcp(7), udp(7), raw(7)).

import { type Errno, SysError } from "../errno.ts";
import { type Actor, type OpenFileDescription, WOULD_BLOCK, type WouldBlock } from "../open-file-description.ts";
import { O, POLL, type SocketAddress, type SocketInfo, type SocketType } from "../sys.ts";
import { WaitQueue } from "../wait-queue.ts";
import { ANY, canonical, type Family, isMulticast } from "./address.ts";
import type { NetLink } from "./link.ts";
import type { NetNamespace } from "./net-namespace.ts";
import { decodeIcmp, type IpPacket } from "./packet.ts";
import type { RouteEntry } from "./route-table.ts";
import { isAny } from "./socket-table.ts";
import { TcpConnection } from "./tcp.ts";

const DATAGRAM_CAPACITY = 212_992;

export interface Received {
  readonly bytes: Uint8Array;
  readonly from: SocketAddress | undefined;
}

export interface Endpoint {
  readonly address: string;
  readonly port: number;
}

export class InetSocket implements OpenFileDescription {
  readonly namespace: NetNamespace;
  readonly family: Family;
  readonly type: SocketType;
  readonly protocol: "tcp" | "udp" | "icmp";
  statusFlags: number = O.RDWR;
  readonly path = undefined;
  readonly inode: number;
  ownerUid = 0;
  references = 1;
  local: Endpoint | undefined;
  remote: Endpoint | undefined;
  connection: TcpConnection | undefined;
  listening = false;
  reuseAddress = false;
  reusePort = false;
  v6only = false;
  broadcast = false;
  boundLink: number | undefined;
  receiveTimeoutUs = 0;
  sendTimeoutUs = 0;
  ttl: number | undefined;
  readonly #own = new WaitQueue();
  #backlog: TcpConnection[] = [];
  #backlogLimit = 0;
  #datagrams: Received[] = [];
  #queuedBytes = 0;
  #error: Errno | undefined;

  constructor(namespace: NetNamespace, family: Family, type: SocketType, protocol: "tcp" | "udp" | "icmp", inode = namespace.kernel.nextAnonymousInode()) {
    this.namespace = namespace;
    this.family = family;
    this.type = type;
    this.protocol = protocol;
    this.inode = inode;
    if (protocol === "icmp") namespace.sockets.addRaw(this);
  }

  /** Its like in another machine; undefined while it is connected or something waits in it. */
  twin(namespace: NetNamespace): InetSocket | undefined {
    if (this.connection || this.#backlog.length > 0 || this.#datagrams.length > 0 || this.#error) return undefined;
    const twin = new InetSocket(namespace, this.family, this.type, this.protocol, this.inode);
    twin.ownerUid = this.ownerUid;
    twin.statusFlags = this.statusFlags;
    twin.reuseAddress = this.reuseAddress;
    twin.reusePort = this.reusePort;
    twin.v6only = this.v6only;
    twin.broadcast = this.broadcast;
    twin.boundLink = this.boundLink;
    twin.receiveTimeoutUs = this.receiveTimeoutUs;
    twin.sendTimeoutUs = this.sendTimeoutUs;
    twin.ttl = this.ttl;
    twin.remote = this.remote;
    twin.local = this.local;
    if (this.local && this.protocol !== "icmp") namespace.sockets.bind(twin, this.protocol, this.local.address, this.local.port);
    twin.listening = this.listening;
    twin.#backlogLimit = this.#backlogLimit;
    return twin;
  }

  get label(): string {
    return `socket:[${this.connection?.inode ?? this.inode}]`;
  }

  get waiters(): WaitQueue {
    return this.connection?.waiters ?? this.#own;
  }

  #address(endpoint: Endpoint): SocketAddress {
    return { family: this.family, address: this.family === "inet6" && !endpoint.address.includes(":") ? `::ffff:${endpoint.address}` : endpoint.address, port: endpoint.port };
  }

  /** Text to the usual form; IPv4 in IPv6 clothes becomes IPv4. Errors: EAFNOSUPPORT, EINVAL. */
  #endpoint(address: SocketAddress): Endpoint {
    if (address.family === "unix") throw new SysError("EAFNOSUPPORT");
    const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address.address)?.[1];
    const text = canonical(mapped ?? address.address);
    if (text === undefined) throw new SysError("EINVAL");
    return { address: text, port: address.port };
  }

  // ---- names

  /** Errors: EADDRINUSE, EADDRNOTAVAIL, EINVAL. */
  bind(address: SocketAddress): void {
    if (this.local && this.protocol !== "icmp") throw new SysError("EINVAL");
    const { address: wanted, port } = this.#endpoint(address);
    if (!isAny(wanted) && !this.namespace.isLocal(wanted) && !isMulticast(wanted) && this.namespace.routes.lookup(wanted)?.type !== "broadcast") throw new SysError("EADDRNOTAVAIL");
    if (this.protocol === "icmp") this.local = { address: wanted, port: 0 };
    else this.local = { address: wanted, port: this.namespace.sockets.bind(this, this.protocol, wanted, port) };
  }

  #bindIfNeeded(source: string): void {
    if (this.local || this.protocol === "icmp") return;
    this.local = { address: source, port: this.namespace.sockets.bind(this, this.protocol, source, 0) };
  }

  /** Errors: EOPNOTSUPP, EADDRINUSE. */
  listen(backlog: number): void {
    if (this.protocol !== "tcp") throw new SysError("EOPNOTSUPP");
    if (this.connection) throw new SysError("EINVAL");
    this.#bindIfNeeded(ANY[this.family]);
    this.listening = true;
    this.#backlogLimit = Math.max(1, Math.min(backlog, 4096));
  }

  get backlogFull(): boolean {
    return this.#backlog.length > this.#backlogLimit;
  }

  arrived(connection: TcpConnection): void {
    if (!this.listening) {
      connection.abort();
      return;
    }
    this.#backlog.push(connection);
    this.#own.wake();
  }

  /** Errors: EINVAL when it does not listen. */
  accept(): { socket: InetSocket; peer: SocketAddress } | undefined {
    if (!this.listening) throw new SysError("EINVAL");
    const connection = this.#backlog.shift();
    if (!connection) return undefined;
    const socket = new InetSocket(this.namespace, this.family, "stream", "tcp");
    socket.ownerUid = connection.ownerUid = this.ownerUid;
    socket.connection = connection;
    socket.local = connection.local;
    socket.remote = connection.remote;
    return { socket, peer: this.#address(connection.remote) };
  }

  /** Starts a connection; `connected` says how it went. Errors: ENETUNREACH, EHOSTUNREACH, EISCONN, EALREADY, EADDRNOTAVAIL. */
  connect(address: SocketAddress): void {
    let { address: destination, port } = this.#endpoint(address);
    if (isAny(destination)) destination = destination === ANY.inet ? "127.0.0.1" : "::1";
    const route = this.#route(destination);
    const source = this.local && !isAny(this.local.address) ? this.local.address : this.namespace.sourceFor(destination, route.link, route);
    if (source === undefined) throw new SysError("EADDRNOTAVAIL");
    if (this.protocol !== "tcp") {
      this.remote = { address: destination, port };
      this.#bindIfNeeded(source);
      if (this.local && isAny(this.local.address)) this.local = { address: source, port: this.local.port };
      return;
    }
    if (this.connection && this.connection.state !== "CLOSED") throw new SysError(this.connection.state === "SYN-SENT" ? "EALREADY" : "EISCONN");
    if (this.listening) throw new SysError("EISCONN");
    if (route.type === "broadcast") throw new SysError("ENETUNREACH");
    this.#bindIfNeeded(source);
    if (this.local && isAny(this.local.address)) this.local = { address: source, port: this.local.port };
    const local = this.local ?? { address: source, port: 0 };
    const connection = new TcpConnection(this.namespace, destination.includes(":") ? "inet6" : "inet", local, { address: destination, port });
    connection.ownerUid = this.ownerUid;
    this.namespace.sockets.addConnection(connection);
    this.connection = connection;
    this.remote = connection.remote;
    connection.open();
  }

  /** True when the handshake is done; throws what went wrong. */
  connected(): boolean {
    if (!this.connection) return true;
    if (this.connection.state === "SYN-SENT") return false;
    const { error } = this.connection;
    if (error) {
      this.connection.error = undefined;
      this.connection = undefined;
      this.remote = undefined;
      throw new SysError(error);
    }
    return true;
  }

  /** Errors: as NetNamespace.route. */
  #route(destination: string, link?: NetLink): RouteEntry {
    try {
      return this.namespace.route(destination, link);
    } catch (error) {
      // raw_sendmsg() of IPv4 does not count it
      if (error instanceof SysError && error.errno === "ENETUNREACH" && (this.protocol !== "icmp" || this.family === "inet6")) this.namespace.statistics.ip[destination.includes(":") ? "inet6" : "inet"].outNoRoutes++;
      throw error;
    }
  }

  getsockname(): SocketAddress {
    return this.#address(this.connection?.local ?? this.local ?? { address: ANY[this.family], port: 0 });
  }

  /** Errors: ENOTCONN. */
  getpeername(): SocketAddress {
    if (!this.remote || (this.protocol === "tcp" && (!this.connection || this.connection.state === "SYN-SENT" || this.connection.state === "CLOSED"))) throw new SysError("ENOTCONN");
    return this.#address(this.remote);
  }

  // ---- data

  receive(maxBytes: number): Received | WouldBlock {
    if (this.#error) {
      const error = this.#error;
      this.#error = undefined;
      throw new SysError(error);
    }
    if (this.protocol === "tcp") {
      if (!this.connection) throw new SysError("ENOTCONN");
      const bytes = this.connection.read(maxBytes);
      return bytes === undefined ? WOULD_BLOCK : { bytes, from: undefined };
    }
    const first = this.#datagrams.shift();
    if (!first) return WOULD_BLOCK;
    this.#queuedBytes -= first.bytes.length;
    if (this.protocol === "udp") this.namespace.statistics.udp[first.from?.family === "inet6" && !first.from.address.startsWith("::ffff:") ? "inet6" : "inet"].inDatagrams++;
    // the rest of a datagram that does not fit is lost
    return first.bytes.length > maxBytes ? { ...first, bytes: first.bytes.subarray(0, maxBytes) } : first;
  }

  /** Bytes taken. Errors: EDESTADDRREQ, ENOTCONN, EPIPE, EMSGSIZE, ENETUNREACH, EACCES (broadcast), EPERM. */
  send(bytes: Uint8Array, address: SocketAddress | undefined): number | WouldBlock {
    if (this.#error) {
      const error = this.#error;
      this.#error = undefined;
      throw new SysError(error);
    }
    if (this.protocol === "tcp") {
      if (!this.connection || this.connection.state === "SYN-SENT") throw new SysError(this.connection ? "EAGAIN" : this.remote ? "EPIPE" : "ENOTCONN");
      if (bytes.length === 0) return 0;
      const count = this.connection.write(bytes);
      return count === 0 ? WOULD_BLOCK : count;
    }
    const to = address ? this.#endpoint(address) : this.remote;
    if (!to) throw new SysError("EDESTADDRREQ");
    const link = this.boundLink === undefined ? undefined : this.namespace.links.get(this.boundLink);
    if (bytes.length > (this.protocol === "icmp" ? 65515 : 65507)) throw new SysError("EMSGSIZE");
    const limited = to.address === "255.255.255.255";
    if (limited && !this.broadcast) throw new SysError("EACCES");
    const outLink = link ?? (limited || isMulticast(to.address) ? (this.namespace.routes.lookup("0.0.0.1")?.link ?? [...this.namespace.links.values()].find((one) => one.kind !== "loopback" && one.up)) : undefined);
    let source = this.local && !isAny(this.local.address) ? this.local.address : undefined;
    if (!limited && !isMulticast(to.address)) {
      const route = this.#route(to.address, link);
      if (route.type === "broadcast" && !this.broadcast) throw new SysError("EACCES");
      source ??= this.namespace.sourceFor(to.address, route.link, route);
    } else source ??= (outLink && this.namespace.primaryAddress(outLink, this.family)) ?? ANY[this.family];
    if (source === undefined) throw new SysError("ENETUNREACH");
    const family: Family = to.address.includes(":") ? "inet6" : "inet";
    const base = { family, source, destination: to.address, ttl: this.ttl ?? this.namespace.defaultTtl() };
    if (this.protocol === "icmp") {
      const message = decodeIcmp(bytes);
      if (!message) throw new SysError("EINVAL");
      this.namespace.send({ ...base, payload: family === "inet6" ? { ...message, type: message.type === 128 ? 8 : message.type } : message }, link);
      return bytes.length;
    }
    this.#bindIfNeeded(ANY[this.family]);
    this.namespace.send({ ...base, payload: { protocol: "udp", sourcePort: this.local?.port ?? 0, destinationPort: to.port, data: bytes.slice() } }, limited ? outLink : link);
    this.namespace.statistics.udp[family].outDatagrams++;
    return bytes.length;
  }

  datagram(bytes: Uint8Array, address: string, port: number, family: Family): void {
    if (this.#queuedBytes + bytes.length > DATAGRAM_CAPACITY) {
      const counters = this.namespace.statistics.udp[family];
      counters.inErrors++;
      counters.rcvbufErrors++;
      return;
    }
    this.#datagrams.push({ bytes, from: this.#address({ address, port }) });
    this.#queuedBytes += bytes.length;
    this.#own.wake();
  }

  icmp(packet: IpPacket, bytes: Uint8Array): void {
    if (this.type === "dgram" && packet.payload.protocol === "icmp" && packet.payload.type === 8) return;
    if (this.remote && this.remote.address !== packet.source && packet.payload.protocol === "icmp" && !packet.payload.about) return;
    const own = this.type === "dgram" && packet.family === "inet" ? bytes.subarray(20) : bytes;
    // IPv6 numbers its messages otherwise (RFC 4443)
    if (packet.family === "inet6" && own.length > 0) {
      const types: Record<number, number> = { 0: 129, 8: 128, 3: 1, 11: 3 };
      own[0] = types[own[0] ?? 0] ?? own[0] ?? 0;
    }
    this.datagram(own, packet.source, 0, packet.family);
  }

  fail(error: Errno): void {
    this.#error = error;
    this.#own.wake();
  }

  // ---- as an open file

  read(_actor: Actor, maxBytes: number): Uint8Array | WouldBlock {
    const received = this.receive(maxBytes);
    return received === WOULD_BLOCK ? WOULD_BLOCK : received.bytes;
  }

  readTimeoutUs(): number | undefined {
    return this.receiveTimeoutUs > 0 ? this.receiveTimeoutUs : undefined;
  }

  readExpired(): never {
    throw new SysError("EAGAIN");
  }

  write(_actor: Actor, bytes: Uint8Array): number | WouldBlock {
    return this.send(bytes, undefined);
  }

  seek(): number {
    throw new SysError("ESPIPE");
  }

  poll(): number {
    if (this.listening) return this.#backlog.length > 0 ? POLL.IN : 0;
    if (this.protocol !== "tcp") return (this.#datagrams.length > 0 || this.#error ? POLL.IN : 0) | POLL.OUT | (this.#error ? POLL.ERR : 0);
    const { connection } = this;
    if (!connection) return POLL.OUT | POLL.HUP;
    if (connection.state === "SYN-SENT") return 0;
    return (connection.peek() ? POLL.IN : 0) | (connection.writable ? POLL.OUT : 0) | (connection.error ? POLL.ERR : 0) | (connection.state === "CLOSED" ? POLL.HUP : 0);
  }

  shutdown(how: "read" | "write" | "both"): void {
    if (this.listening) {
      this.#stopListening();
      return;
    }
    if (this.protocol === "tcp") {
      if (!this.connection || this.connection.state === "CLOSED") throw new SysError("ENOTCONN");
      this.connection.shutdown(how);
    } else if (!this.remote) throw new SysError("ENOTCONN");
  }

  #stopListening(): void {
    this.listening = false;
    for (const waiting of this.#backlog) waiting.abort();
    this.#backlog = [];
    this.#own.wake();
  }

  release(): void {
    this.namespace.sockets.unbind(this);
    if (this.listening) this.#stopListening();
    this.connection?.close();
  }

  ioctl(_actor: Actor, request: string): unknown {
    if (request === "FIONREAD") return this.connection?.receiveQueueBytes ?? this.#datagrams[0]?.bytes.length ?? 0;
    throw new SysError("ENOTTY");
  }

  /** A line of ss; a connection is listed by itself. */
  info(): SocketInfo | undefined {
    if (this.connection || (this.protocol === "tcp" && !this.listening)) return undefined;
    return {
      family: this.family, type: this.type, state: this.listening ? "LISTEN" : this.remote ? "ESTAB" : "UNCONN", local: this.#address(this.local ?? { address: ANY[this.family], port: 0 }),
      remote: this.remote ? this.#address(this.remote) : undefined, inode: this.inode, ownerUid: this.ownerUid, receiveQueueBytes: this.listening ? this.#backlog.length : this.#queuedBytes, sendQueueBytes: this.listening ? this.#backlogLimit : 0,
      ...(this.family === "inet6" && { v6only: this.v6only }),
    };
  }
}

