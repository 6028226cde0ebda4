// Packet sockets (packet(7)): every frame that a device of the namespace sends or gets, as bytes. Each read gives one frame behind a head like that of
// tpacket's ring: six 32-bit numbers, little-endian: seconds and microseconds of the day's clock, length of the frame, the device's index, its type as
// sll_pkttype (0 for us, 1 broadcast, 2 multicast, 3 for another host, 4 going out), 0.

import { type Actor, type OpenFileDescription, WOULD_BLOCK, type WouldBlock } from "../open-file-description.ts";
import { SysError } from "../errno.ts";
import { O, POLL, type SocketInfo } from "../sys.ts";
import { WaitQueue } from "../wait-queue.ts";
import { encodeFrame } from "./frame-bytes.ts";
import type { NetLink } from "./link.ts";
import type { NetNamespace } from "./net-namespace.ts";
import { BROADCAST_MAC, type Frame } from "./packet.ts";

const HEAD_BYTES = 24;
/** as SO_RCVBUF's default */
const CAPACITY_BYTES = 2 * 1024 * 1024;

export class PacketSocket implements OpenFileDescription {
  readonly namespace: NetNamespace;
  statusFlags: number = O.RDWR;
  readonly path = undefined;
  readonly inode: number;
  references = 1;
  readonly waiters = new WaitQueue();
  /** index of the device, 0 for all */
  boundLink = 0;
  dropped = 0;
  #frames: Uint8Array[] = [];
  #queuedBytes = 0;
  #identification = 0;

  constructor(namespace: NetNamespace) {
    this.namespace = namespace;
    this.inode = namespace.kernel.nextAnonymousInode();
    namespace.packetSockets.add(this);
  }

  get label(): string {
    return `socket:[${this.inode}]`;
  }

  frame(link: NetLink, frame: Frame, outgoing: boolean): void {
    if (this.boundLink !== 0 && this.boundLink !== link.index) return;
    const { kernel } = this.namespace;
    const nowUs = kernel.realtimeUs();
    this.#identification = (this.#identification + 1) & 0xffff;
    const body = encodeFrame(frame, (link.index * 4099 + this.#identification * 7) & 0xffff, Math.floor(kernel.nowUs / 1000));
    if (this.#queuedBytes + body.length > CAPACITY_BYTES) {
      this.dropped++;
      return;
    }
    const bytes = new Uint8Array(HEAD_BYTES + body.length);
    const view = new DataView(bytes.buffer);
    view.setUint32(0, Math.floor(nowUs / 1e6), true);
    view.setUint32(4, nowUs % 1e6, true);
    view.setUint32(8, body.length, true);
    view.setUint32(12, link.index, true);
    view.setUint32(16, outgoing ? 4 : frame.destination === BROADCAST_MAC ? 1 : frame.destination === link.mac || link.kind === "loopback" || link.kind === "tun" ? 0 : 3, true);
    bytes.set(body, HEAD_BYTES);
    this.#frames.push(bytes);
    this.#queuedBytes += body.length;
    this.waiters.wake();
  }

  read(_actor: Actor, maxBytes: number): Uint8Array | WouldBlock {
    const first = this.#frames.shift();
    if (!first) return WOULD_BLOCK;
    this.#queuedBytes -= first.length - HEAD_BYTES;
    return first.subarray(0, maxBytes);
  }

  write(): never {
    throw new SysError("EOPNOTSUPP");
  }

  seek(): never {
    throw new SysError("ESPIPE");
  }

  poll(): number {
    return this.#frames.length > 0 ? POLL.IN : 0;
  }

  ioctl(_actor: Actor, request: string): unknown {
    if (request === "PACKET_STATISTICS") return { dropped: this.dropped };
    throw new SysError("ENOTTY");
  }

  release(): void {
    this.namespace.packetSockets.delete(this);
  }

  info(): SocketInfo {
    return { family: "packet", type: "raw", state: "UNCONN", local: { family: "unix", path: this.namespace.links.get(this.boundLink)?.name ?? "" }, remote: undefined, inode: this.inode, receiveQueueBytes: this.#queuedBytes, sendQueueBytes: 0 };
  }
}
