// Sockets of the unix family (unix(7)): streams, datagrams, sequenced packets; by path, abstract name, or in pairs.

import { SysError } from "../errno.ts";
import { type Actor, type OpenFileDescription, WOULD_BLOCK, type WouldBlock } from "../open-file-description.ts";
import { ByteQueue } from "../pipe.ts";
import { O, POLL, type SocketAddress, type SocketInfo, type SocketType } from "../sys.ts";
import { WaitQueue } from "../wait-queue.ts";
import type { Received } from "./inet-socket.ts";
import type { NetNamespace } from "./net-namespace.ts";

const CAPACITY = 212_992;
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
  onRelease: (() => void) | undefined;
  #everConnected = false;
  #backlog: readonly UnixSocket[] = NONE;
  #backlogLimit = 0;
  #streamQueue: ByteQueue | undefined = undefined;
  #messages: Message[] | undefined = undefined;
  #messageBytes = 0;
  #readShut = false;
  #writeShut = false;
  #peerGone = false;
  #released = false;

  constructor(namespace: NetNamespace, type: SocketType, credentials: PeerCredentials, inode = namespace.kernel.nextAnonymousInode()) {
    this.namespace = namespace;
    this.type = type;
    this.credentials = credentials;
    this.inode = inode;
    namespace.sockets.unix.add(this);
  }

  /** Its like in another machine, without its peer; undefined while something waits in it. */
  twin(namespace: NetNamespace): UnixSocket | undefined {
    if (this.#backlog.length > 0 || this.#queued > 0 || (this.#messages?.length ?? 0) > 0 || this.#peerGone || this.#readShut || this.#writeShut) return undefined;
    const twin = new UnixSocket(namespace, this.type, this.credentials, this.inode);
    twin.statusFlags = this.statusFlags;
    twin.name = this.name;
    twin.listening = this.listening;
    twin.peerCredentials = this.peerCredentials;
    twin.receiveTimeoutUs = this.receiveTimeoutUs;
    twin.#everConnected = this.#everConnected;
    twin.#backlogLimit = this.#backlogLimit;
    return twin;
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
    if (this.peer || this.#everConnected) throw new SysError("EISCONN");
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
    this.#everConnected = true;
    other.#everConnected = true;
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
      if (!this.#everConnected) throw new SysError("EINVAL");
      return this.#peerGone || this.#readShut ? { bytes: EMPTY, from: undefined } : WOULD_BLOCK;
    }
    const message = this.#messages?.shift();
    if (message) {
      this.#messageBytes -= message.bytes.length;
      this.#waiters?.wake();
      this.peer?.wakeWaiters();
      return { bytes: message.bytes.subarray(0, maxBytes), from: message.from === "" ? undefined : { family: "unix", path: message.from } };
    }
    return this.#readShut || (this.type === "seqpacket" && this.#peerGone) ? { bytes: EMPTY, from: undefined } : WOULD_BLOCK;
  }

  /** Errors: EPIPE, ENOTCONN, EDESTADDRREQ, ECONNREFUSED, ECONNRESET. */
  send(bytes: Uint8Array, target: UnixSocket | undefined): number | WouldBlock {
    const to = target ?? this.peer;
    if (this.#writeShut) throw new SysError("EPIPE");
    if (!to) throw new SysError(this.#everConnected ? "EPIPE" : this.type === "dgram" ? "EDESTADDRREQ" : "ENOTCONN");
    if (to.#released) throw new SysError(this.type === "dgram" ? "ECONNREFUSED" : "EPIPE");
    if (to.#readShut) throw new SysError("EPIPE");
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
    if (this.#queued > 0 || (this.#messages?.length ?? 0) > 0 || this.#peerGone || this.#readShut) events |= POLL.IN;
    const { peer } = this;
    if (this.type === "dgram" || (peer && (peer.#queued < CAPACITY / 2 && peer.#messageBytes < CAPACITY / 2)) || this.#peerGone) events |= POLL.OUT;
    if (this.#everConnected && !peer) events |= POLL.HUP;
    return events;
  }

  shutdown(how: "read" | "write" | "both"): void {
    const { peer } = this;
    if (!peer && !this.listening) throw new SysError("ENOTCONN");
    if (how !== "write") this.#readShut = true;
    if (how !== "read") {
      this.#writeShut = true;
      if (peer) {
        peer.#peerGone = true;
        peer.#waiters?.wake();
      }
    }
    this.#waiters?.wake();
  }

  release(): void {
    this.#released = true;
    this.listening = false;
    const { peer } = this;
    this.peer = undefined;
    if (peer && peer.peer === this) {
      peer.peer = undefined;
      peer.#peerGone = true;
      peer.#waiters?.wake();
    }
    for (const waiting of this.#backlog) waiting.release();
    this.#backlog = NONE;
    this.namespace.sockets.unix.delete(this);
    this.onRelease?.();
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
