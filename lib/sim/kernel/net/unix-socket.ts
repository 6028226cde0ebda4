// Sockets of the unix family (unix(7)): streams, datagrams, sequenced packets; by path, abstract name, or in pairs.

import { SysError } from "../errno.ts";
import { type Actor, type OpenFileDescription, WOULD_BLOCK, type WouldBlock } from "../open-file-description.ts";
import { ByteQueue } from "../pipe.ts";
import { O, POLL, type SocketAddress, type SocketInfo, type SocketType } from "../sys.ts";
import { WaitQueue } from "../wait-queue.ts";
import type { Received } from "./inet-socket.ts";
import type { NetNamespace } from "./net-namespace.ts";

const CAPACITY = 212_992;
// what a socket remembers of its life, in one number: a quiet machine has two dozen sockets
const EVER_CONNECTED = 1;
const READ_SHUT = 2;
const WRITE_SHUT = 4;
const PEER_GONE = 8;
const RELEASED = 16;
const EMPTY = new Uint8Array(0);
const NONE: readonly never[] = [];

export interface PeerCredentials {
  readonly pid: number;
  readonly uid: number;
  readonly gid: number;
}

interface Message {
  readonly bytes: Uint8Array;
  readonly from: string;
}

export class UnixSocket implements OpenFileDescription {
  readonly namespace: NetNamespace;
  readonly type: SocketType;
  statusFlags: number = O.RDWR;
  readonly path = undefined;
  readonly inode: number;
  #waiters: WaitQueue | undefined = undefined;
  references = 1;
  /** "" unnamed, a leading NUL: abstract */
  name = "";
  listening = false;
  credentials: PeerCredentials;
  peerCredentials: PeerCredentials | undefined;
  peer: UnixSocket | undefined;
  receiveTimeoutUs = 0;
  /** Its key among the abstract names or the sockets of files: it leaves them when it is released. */
  boundAs = "";
  /** EVER_CONNECTED... */
  #flags = 0;
  #backlog: readonly UnixSocket[] = NONE;
  #backlogLimit = 0;
  #streamQueue: ByteQueue | undefined = undefined;
  #messages: Message[] | undefined = undefined;
  #messageBytes = 0;

  constructor(namespace: NetNamespace, type: SocketType, credentials: PeerCredentials, inode = namespace.kernel.nextAnonymousInode()) {
    this.namespace = namespace;
    this.type = type;
    this.credentials = credentials;
    this.inode = inode;
    namespace.sockets.unix.add(this);
  }

  /** Its like in another machine, without its peer; undefined while something waits in it. */
  twin(namespace: NetNamespace): UnixSocket | undefined {
    if (this.#backlog.length > 0 || this.#queued > 0 || (this.#messages?.length ?? 0) > 0 || this.#has(PEER_GONE) || this.#has(READ_SHUT) || this.#has(WRITE_SHUT)) return undefined;
    const twin = new UnixSocket(namespace, this.type, this.credentials, this.inode);
    twin.statusFlags = this.statusFlags;
    twin.name = this.name;
    twin.listening = this.listening;
    twin.peerCredentials = this.peerCredentials;
    twin.receiveTimeoutUs = this.receiveTimeoutUs;
    twin.#flags |= this.#flags & EVER_CONNECTED;
    twin.#backlogLimit = this.#backlogLimit;
    return twin;
  }

  #has(flag: number): boolean {
    return (this.#flags & flag) !== 0;
  }

  get #queued(): number {
    return this.#streamQueue?.length ?? 0;
  }

  wakeWaiters(): void {
    this.#waiters?.wake();
  }

  get waiters(): WaitQueue {
    return (this.#waiters ??= new WaitQueue());
  }

  get label(): string {
    return `socket:[${this.inode}]`;
  }

  /** Errors: EOPNOTSUPP, EINVAL. */
  listen(backlog: number, credentials: PeerCredentials): void {
    if (this.type === "dgram") throw new SysError("EOPNOTSUPP");
    if (this.name === "" || this.peer) throw new SysError("EINVAL");
    this.listening = true;
    this.credentials = credentials;
    this.#backlogLimit = Math.max(0, Math.min(backlog, 4096));
  }

  accept(): { socket: UnixSocket; peer: SocketAddress } | undefined {
    if (!this.listening) throw new SysError("EINVAL");
    const [socket, ...rest] = this.#backlog;
    if (!socket) return undefined;
    this.#backlog = rest;
    this.#waiters?.wake();
    return { socket, peer: { family: "unix", path: socket.peer?.name ?? "" } };
  }

  /** False: the backlog is full, wait on `target.waiters`. Errors: ECONNREFUSED, EISCONN, EPROTOTYPE. */
  connect(target: UnixSocket): boolean {
    if (this.type !== target.type) throw new SysError("EPROTOTYPE");
    if (this.type === "dgram") {
      this.peer = target;
      return true;
    }
    if (this.peer || this.#has(EVER_CONNECTED)) throw new SysError("EISCONN");
    if (!target.listening) throw new SysError("ECONNREFUSED");
    if (target.#backlog.length > target.#backlogLimit) return false;
    const other = new UnixSocket(this.namespace, this.type, target.credentials);
    other.name = target.name;
    this.pairWith(other);
    this.peerCredentials = target.credentials;
    other.peerCredentials = this.credentials;
    target.#backlog = [...target.#backlog, other];
    target.#waiters?.wake();
    return true;
  }

  pairWith(other: UnixSocket): void {
    this.peer = other;
    other.peer = this;
    this.#flags |= EVER_CONNECTED;
    other.#flags |= EVER_CONNECTED;
    this.peerCredentials = other.credentials;
    other.peerCredentials = this.credentials;
  }

  receive(maxBytes: number): Received | WouldBlock {
    if (this.type === "stream") {
      if (this.#streamQueue !== undefined && this.#streamQueue.length > 0) {
        const bytes = this.#streamQueue.shift(maxBytes);
        this.peer?.wakeWaiters();
        return { bytes, from: undefined };
      }
      if (!this.#has(EVER_CONNECTED)) throw new SysError("EINVAL");
      return this.#has(PEER_GONE) || this.#has(READ_SHUT) ? { bytes: EMPTY, from: undefined } : WOULD_BLOCK;
    }
    const message = this.#messages?.shift();
    if (message) {
      this.#messageBytes -= message.bytes.length;
      this.#waiters?.wake();
      this.peer?.wakeWaiters();
      return { bytes: message.bytes.subarray(0, maxBytes), from: message.from === "" ? undefined : { family: "unix", path: message.from } };
    }
    return this.#has(READ_SHUT) || (this.type === "seqpacket" && this.#has(PEER_GONE)) ? { bytes: EMPTY, from: undefined } : WOULD_BLOCK;
  }

  /** Errors: EPIPE, ENOTCONN, EDESTADDRREQ, ECONNREFUSED, ECONNRESET. */
  send(bytes: Uint8Array, target: UnixSocket | undefined): number | WouldBlock {
    const to = target ?? this.peer;
    if (this.#has(WRITE_SHUT)) throw new SysError("EPIPE");
    if (!to) throw new SysError(this.#has(EVER_CONNECTED) ? "EPIPE" : this.type === "dgram" ? "EDESTADDRREQ" : "ENOTCONN");
    if (to.#has(RELEASED)) throw new SysError(this.type === "dgram" ? "ECONNREFUSED" : "EPIPE");
    if (to.#has(READ_SHUT)) throw new SysError("EPIPE");
    if (this.type === "stream") {
      const room = CAPACITY - to.#queued;
      if (room <= 0) return WOULD_BLOCK;
      const count = Math.min(room, bytes.length);
      to.#streamQueue ??= new ByteQueue();
      to.#streamQueue.push(count === bytes.length ? bytes : bytes.subarray(0, count));
      to.#waiters?.wake();
      return count;
    }
    if (bytes.length > CAPACITY) throw new SysError("EMSGSIZE");
    if (to.#messageBytes + bytes.length > CAPACITY) return WOULD_BLOCK;
    to.#messages ??= [];
    to.#messages.push({ bytes: bytes.slice(), from: this.name });
    to.#messageBytes += bytes.length;
    to.#waiters?.wake();
    return bytes.length;
  }

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
    let events = 0;
    if (this.#queued > 0 || (this.#messages?.length ?? 0) > 0 || this.#has(PEER_GONE) || this.#has(READ_SHUT)) events |= POLL.IN;
    const { peer } = this;
    if (this.type === "dgram" || (peer && (peer.#queued < CAPACITY / 2 && peer.#messageBytes < CAPACITY / 2)) || this.#has(PEER_GONE)) events |= POLL.OUT;
    if (this.#has(EVER_CONNECTED) && !peer) events |= POLL.HUP;
    return events;
  }

  shutdown(how: "read" | "write" | "both"): void {
    const { peer } = this;
    if (!peer && !this.listening) throw new SysError("ENOTCONN");
    if (how !== "write") this.#flags |= READ_SHUT;
    if (how !== "read") {
      this.#flags |= WRITE_SHUT;
      if (peer) {
        peer.#flags |= PEER_GONE;
        peer.#waiters?.wake();
      }
    }
    this.#waiters?.wake();
  }

  release(): void {
    this.#flags |= RELEASED;
    this.listening = false;
    const { peer } = this;
    this.peer = undefined;
    if (peer && peer.peer === this) {
      peer.peer = undefined;
      peer.#flags |= PEER_GONE;
      peer.#waiters?.wake();
    }
    for (const waiting of this.#backlog) waiting.release();
    this.#backlog = NONE;
    this.namespace.sockets.unix.delete(this);
    const names = this.name.startsWith("\0") ? this.namespace.sockets.abstractNames : this.namespace.kernel.unixSockets;
    if (names.get(this.boundAs) === this) names.delete(this.boundAs);
    this.#waiters?.wake();
  }

  ioctl(_actor: Actor, request: string): unknown {
    if (request === "FIONREAD") return this.#queued || (this.#messages?.[0]?.bytes.length ?? 0);
    throw new SysError("ENOTTY");
  }

  infos(): readonly SocketInfo[] {
    const info: SocketInfo = {
      family: "unix", type: this.type, state: this.listening ? "LISTEN" : this.peer ? "ESTAB" : "UNCONN", local: { family: "unix", path: this.name }, remote: this.peer ? { family: "unix", path: this.peer.name } : undefined,
      inode: this.inode, receiveQueueBytes: this.listening ? this.#backlog.length : this.#queued + this.#messageBytes, sendQueueBytes: this.listening ? this.#backlogLimit : 0,
    };
    return [info];
  }
}
