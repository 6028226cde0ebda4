// User-mode networking, the kernel's half (QEMU's libslirp): the end of a guest's cable that pretends to be a whole network. Addresses of its own answer ARP and echo; what the guest
// sends further comes out as connections and datagrams, which the process that holds the guest carries on by sockets of its own.
import type { Kernel } from "../kernel.ts";
import { SysError } from "../errno.ts";
import { InetSocket } from "../net/inet-socket.ts";
import type { NetLink } from "../net/link.ts";
import { NetNamespace } from "../net/net-namespace.ts";
import { BROADCAST_MAC, echo, type Frame, type IpPacket, type TcpSegment } from "../net/packet.ts";
import { TcpConnection } from "../net/tcp.ts";
import type { GuestEvent, UserDatagram, UserEcho } from "../sys-guest.ts";

const MAC = "52:55:0a:00:02:02";
/** Connections that wait for the process to say how they go. */
const MOST_WAITING = 64;

interface Waiting {
  readonly packet: IpPacket;
  readonly segment: TcpSegment;
}

export class UserNetwork {
  readonly #card: string;
  readonly #kernel: Kernel;
  readonly #net: NetNamespace;
  readonly #link: NetLink;
  readonly #own: ReadonlySet<string>;
  readonly #emit: (event: GuestEvent) => void;
  readonly #waiting = new Map<number, Waiting>();
  #nextId = 1;

  /** `addresses`: the gateway's first. `deliver`: to the guest's card. */
  constructor(kernel: Kernel, card: string, addresses: readonly string[], prefixLength: number, deliver: (frame: Frame) => void, emit: (event: GuestEvent) => void) {
    this.#kernel = kernel;
    this.#card = card;
    this.#emit = emit;
    this.#own = new Set(addresses);
    this.#net = new NetNamespace(kernel, kernel.nextAnonymousInode(), kernel.initialNamespaces.user);
    this.#link = this.#net.addLink("user", "tap", MAC, 1500);
    this.#link.attached = true;
    this.#link.onTransmit = deliver;
    this.#net.sysctl.set("ipv6.conf.all.disable_ipv6", "1");
    this.#net.setUp(this.#link, true);
    for (const address of this.#own) this.#net.addAddress({ link: this.#link, address, prefixLength });
    this.#net.sockets.onStranger = (packet, segment) => this.#connecting(packet, segment);
  }

  /** From the guest. */
  receive(frame: Frame): void {
    const { content } = frame;
    if (content.kind === "arp") {
      this.#link.receive(frame);
      return;
    }
    const { packet } = content;
    const { payload } = packet;
    if (packet.family !== "inet") return;
    if (payload.protocol === "tcp") this.#net.sockets.deliverTcp(packet, payload);
    else if (payload.protocol === "udp") {
      this.#emit({
        kind: "user-datagram", card: this.#card, datagram: { source: packet.source, sourcePort: payload.sourcePort, destination: packet.destination, destinationPort: payload.destinationPort, bytes: payload.data },
      });
    } else if (this.#own.has(packet.destination)) this.#net.deliver(this.#link, packet);
    else if (payload.type === 8) this.#emit({ kind: "user-echo", card: this.#card, echo: { guest: packet.source, address: packet.destination, identifier: payload.identifier, sequence: payload.sequence, bytes: payload.data } });
  }

  /** A SYN for whomever: the answer waits until the process knows whether there is somebody. */
  #connecting(packet: IpPacket, segment: TcpSegment): void {
    for (const { packet: other, segment: first } of this.#waiting.values()) {
      if (other.source === packet.source && other.destination === packet.destination && first.sourcePort === segment.sourcePort && first.destinationPort === segment.destinationPort) return;
    }
    if (this.#waiting.size >= MOST_WAITING) return;
    const id = this.#nextId++;
    this.#waiting.set(id, { packet, segment });
    this.#emit({ kind: "user-connect", card: this.#card, id, guest: packet.source, address: packet.destination, port: segment.destinationPort });
  }

  #take(id: number): Waiting {
    const waiting = this.#waiting.get(id);
    if (waiting === undefined) throw new SysError("EINVAL");
    this.#waiting.delete(id);
    return waiting;
  }

  /** The guest's end of the connection. Errors: EINVAL. */
  accept(id: number): InetSocket {
    const { packet, segment } = this.#take(id);
    const connection = new TcpConnection(this.#net, "inet", { address: packet.destination, port: segment.destinationPort }, { address: packet.source, port: segment.sourcePort });
    this.#net.sockets.addConnection(connection);
    const socket = this.socket();
    socket.connection = connection;
    socket.local = connection.local;
    socket.remote = connection.remote;
    connection.openPassively();
    return socket;
  }

  /** Errors: EINVAL. */
  refuse(id: number): void {
    const { packet } = this.#take(id);
    this.#net.sockets.refuse(packet);
  }

  /** For a connection to the guest. */
  socket(): InetSocket {
    return new InetSocket(this.#net, "inet", "stream", "tcp");
  }

  send({ source, sourcePort, destination, destinationPort, bytes }: UserDatagram): void {
    const packet: IpPacket = { family: "inet", source, destination, ttl: 64, payload: { protocol: "udp", sourcePort, destinationPort, data: bytes } };
    if (destination === "255.255.255.255") this.#link.transmit({ source: MAC, destination: BROADCAST_MAC, content: { kind: "ip", packet } });
    else this.#net.trySend(packet);
  }

  echoed({ guest, address, identifier, sequence, bytes }: UserEcho): void {
    this.#net.trySend(echo("inet", address, guest, 64, { type: 0, code: 0, identifier, sequence, data: bytes }));
  }

  end(): void {
    this.#link.onTransmit = undefined;
    this.#net.destroy();
    this.#kernel.netLinks.delete(this.#link);
  }
}
