// Network devices: what each kind does with a frame that is sent on it, and where a received frame goes (ip-link(8) names the kinds).

import type { LinkKind, PortRate } from "../sys.ts";
import { BROADCAST_MAC, type Frame, frameBytes, icmpError } from "./packet.ts";
import type { PortFilter } from "./port-filter.ts";
import type { NetNamespace } from "./net-namespace.ts";
import { SmallMap } from "../small-map.ts";

/** How long a frame is under way, in virtual time. */
const MOST_WAIT_US = 2_000_000;
const LATENCY_US: Partial<Record<LinkKind, number>> = { loopback: 12, veth: 14, bridge: 4, ether: 60, tap: 20, vlan: 2, macvlan: 8 };

export class NetLink {
  namespace: NetNamespace;
  index: number;
  name: string;
  readonly kind: LinkKind;
  mac: string;
  mtu: number;
  up = false;
  promiscuous = false;
  noArp = false;
  noMulticast = false;
  allMulticast = false;
  group = 0;
  /** an ether's cable, a tap's reader */
  attached = false;
  master: NetLink | undefined;
  peer: NetLink | undefined;
  /** of a vlan or macvlan */
  lower: NetLink | undefined;
  vlanId = 0;
  queueLength = 1000;
  alias = "";
  rxBytes = 0;
  rxPackets = 0;
  txBytes = 0;
  txPackets = 0;
  rxDropped = 0;
  deleted = false;
  /** a bridge's learned addresses */
  readonly #forwarding = new SmallMap<string, NetLink>();
  /** of a bridge's port */
  filter: PortFilter | undefined;
  readonly #rates = new SmallMap<"in" | "out", PortRate & { freeUs: number; readonly waiting: Set<string> }>();
  /** the world outside of an ether or tap */
  onTransmit: ((frame: Frame) => void) | undefined;

  constructor(namespace: NetNamespace, index: number, name: string, kind: LinkKind, mac: string, mtu: number) {
    this.namespace = namespace;
    this.index = index;
    this.name = name;
    this.kind = kind;
    this.mac = mac;
    this.mtu = mtu;
  }

  get carrier(): boolean {
    if (!this.up) return false;
    switch (this.kind) {
      case "veth": return this.peer?.up ?? false;
      case "ether":
      case "tap":
      case "tun": return this.attached;
      case "bridge": return this.ports().some((port) => port.carrier);
      case "vlan":
      case "macvlan": return this.lower?.carrier ?? false;
      default: return true;
    }
  }

  ports(): NetLink[] {
    return [...this.namespace.links.values()].filter((link) => link.master === this);
  }

  /** Frames learned by a bridge, for `bridge fdb`. */
  forwardingEntries(): readonly (readonly [mac: string, port: NetLink])[] {
    return [...this.#forwarding];
  }

  /** The stack sends: counted, and gone when the link is down. */
  transmit(frame: Frame): void {
    if (!this.up || this.deleted) return;
    this.txPackets++;
    this.txBytes += frameBytes(frame);
    // what the loopback device sends is seen where it comes in, once
    if (this.namespace.packetSockets.size > 0 && this.kind !== "loopback") this.#show(frame, true);
    switch (this.kind) {
      case "loopback":
        this.#arrive(this, frame);
        return;
      case "veth":
        if (this.peer) this.#arrive(this.peer, frame);
        return;
      case "bridge":
        this.#forward(undefined, frame);
        return;
      case "vlan":
        this.lower?.transmit({ ...frame, vlanId: this.vlanId });
        return;
      case "macvlan": {
        for (const sibling of this.lower?.namespace.kernel.netLinks ?? []) {
          if (sibling !== this && sibling.kind === "macvlan" && sibling.lower === this.lower && (sibling.mac === frame.destination || frame.destination === BROADCAST_MAC)) this.#arrive(sibling, frame);
        }
        this.lower?.transmit(frame);
        return;
      }
      case "ether":
      case "tap":
      case "tun":
        if (this.attached && (this.filter === undefined || this.#passes(this.filter, frame, "in"))) this.#inTime(frame, "in", () => this.onTransmit?.(frame));
        return;
      default:
    }
  }

  setRate(direction: "in" | "out", rate: PortRate | undefined): void {
    if (rate === undefined) this.#rates.delete(direction);
    else this.#rates.set(direction, { ...rate, freeUs: 0, waiting: new Set() });
  }

  /** Now, or when the frames before it have had their time. */
  #inTime(frame: Frame, direction: "in" | "out", pass: () => void): void {
    const rate = this.#rates.get(direction);
    const { kernel } = this.namespace;
    if (rate === undefined) {
      pass();
      return;
    }
    const nowUs = kernel.nowUs;
    const segment = segmentOf(frame);
    // sent again while it waits here: a slow link lengthens real time-outs
    if (segment !== undefined && rate.waiting.has(segment)) return;
    const freeUs = Math.max(rate.freeUs, nowUs - (rate.burstBytes / rate.bytesPerSecond) * 1e6) + (frameBytes(frame) / rate.bytesPerSecond) * 1e6;
    if (freeUs > nowUs + MOST_WAIT_US) {
      this.rxDropped++;
      return;
    }
    rate.freeUs = freeUs;
    if (freeUs <= nowUs) {
      pass();
      return;
    }
    if (segment !== undefined) rate.waiting.add(segment);
    kernel.timers.arm(Math.ceil(freeUs), () => {
      if (segment !== undefined) rate.waiting.delete(segment);
      pass();
    });
  }

  /** A refused packet's sender is told from the address that it was for. */
  #passes(filter: PortFilter, frame: Frame, direction: "in" | "out"): boolean {
    const verdict = filter.verdict(frame, direction);
    if (verdict === "accept") return true;
    this.rxDropped++;
    if (verdict === "reject" && frame.content.kind === "ip") {
      const { packet } = frame.content;
      const answer: Frame = { source: frame.destination, destination: frame.source, content: { kind: "ip", packet: icmpError(packet, packet.destination, 3, 3) } };
      if (direction === "out") this.onTransmit?.(answer);
      else if (this.master !== undefined) this.master.#bridgeReceive(this, answer);
    }
    return false;
  }

  #show(frame: Frame, outgoing: boolean): void {
    for (const socket of this.namespace.packetSockets) socket.frame(this, frame, outgoing);
  }

  #arrive(at: NetLink, frame: Frame): void {
    const { kernel } = this.namespace;
    kernel.timers.arm(kernel.nowUs + (LATENCY_US[this.kind] ?? 10), () => at.receive(frame));
  }

  /** A frame came in: to the bridge that the link is a port of, to a vlan above, or to the stack. */
  receive(frame: Frame): void {
    if (!this.up || this.deleted) return;
    if (this.#rates.size > 0) this.#inTime(frame, "out", () => this.#received(frame));
    else this.#received(frame);
  }

  #received(frame: Frame): void {
    if (!this.up || this.deleted) return;
    this.rxPackets++;
    this.rxBytes += frameBytes(frame);
    if (this.namespace.packetSockets.size > 0) this.#show(frame, false);
    if (this.filter !== undefined && !this.#passes(this.filter, frame, "out")) return;
    if (this.master) {
      this.master.#bridgeReceive(this, frame);
      return;
    }
    if (this.kind === "bridge" || this.kind === "ether" || this.kind === "veth" || this.kind === "tap") {
      for (const link of this.namespace.kernel.netLinks) {
        if (link.lower !== this || !link.up) continue;
        if (link.kind === "vlan" && frame.vlanId === link.vlanId) {
          const { vlanId: _removed, ...untagged } = frame;
          link.receive(untagged);
          return;
        }
        if (link.kind === "macvlan" && (frame.destination === link.mac || frame.destination === BROADCAST_MAC)) link.receive(frame);
      }
    }
    if (frame.vlanId !== undefined && this.kind !== "vlan") return;
    this.namespace.receive(this, frame);
  }

  #bridgeReceive(port: NetLink, frame: Frame): void {
    if (!this.up) return;
    this.#forwarding.set(frame.source, port);
    if (this.namespace.packetSockets.size > 0) this.#show(frame, false);
    if (frame.destination === this.mac || frame.destination === BROADCAST_MAC) {
      this.rxPackets++;
      this.rxBytes += frameBytes(frame);
      this.namespace.receive(this, frame);
    }
    if (frame.destination !== this.mac) this.#forward(port, frame);
  }

  /** To the port that the address was seen on, else to all others. */
  #forward(from: NetLink | undefined, frame: Frame): void {
    const known = frame.destination === BROADCAST_MAC ? undefined : this.#forwarding.get(frame.destination);
    if (known && known.master === this && !known.deleted) {
      if (known !== from) known.transmit(frame);
      return;
    }
    for (const port of this.ports()) if (port !== from) port.transmit(frame);
  }

  forgetPort(port: NetLink): void {
    for (const [mac, at] of this.#forwarding) if (at === port) this.#forwarding.delete(mac);
  }
}

/** Names a segment with data. */
function segmentOf({ content }: Frame): string | undefined {
  if (content.kind === "arp" || content.packet.payload.protocol !== "tcp" || content.packet.payload.data.length === 0) return undefined;
  const { source, destination, payload } = content.packet;
  return `${source} ${payload.sourcePort} ${destination} ${payload.destinationPort} ${payload.sequence}`;
}
