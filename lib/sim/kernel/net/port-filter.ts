// Filters at a bridge's port, between the bridge and the machine behind it: what ebtables and iptables with physdev do for libvirt's network filters
// (https://libvirt.org/formatnwfilter.html). "out" is from the machine behind the port, "in" towards it.
import type { FrameMatch, PortFilterRule, PortFilterRules } from "../sys-net.ts";
import { ANY, inPrefix } from "./address.ts";
import type { Frame, IpPacket } from "./packet.ts";

export type PortVerdict = "accept" | "drop" | "reject";
type Direction = "in" | "out";

const MOST_FLOWS = 4096;

export class PortFilter {
  readonly #rules: PortFilterRules;
  #learned: string | undefined;
  /** connections that a rule for one direction let in: their answers pass it, too */
  readonly #flows = new Map<string, PortFilterRule>();

  constructor(rules: PortFilterRules) {
    this.#rules = rules;
  }

  verdict(frame: Frame, direction: Direction): PortVerdict {
    if (this.#rules.learns && direction === "out") this.#learned ??= senderOf(frame);
    const first = this.#layer2(frame, direction);
    if (first !== "accept" || frame.content.kind !== "ip") return first;
    return this.#layer3(frame, frame.content.packet, direction);
  }

  #layer2(frame: Frame, direction: Direction): PortVerdict {
    for (const entry of this.#rules.layer2) {
      if ("rules" in entry) {
        if (entry.frame !== undefined && entry.frame !== typeOf(frame)) continue;
        const rule = entry.rules.find((one) => one.action !== "continue" && applies(one, direction) && this.#matches(one.match, frame));
        if (rule !== undefined && rule.action !== "return") return ending(rule.action);
      } else if (entry.action !== "continue" && applies(entry, direction) && this.#matches(entry.match, frame)) return entry.action === "return" ? "accept" : ending(entry.action);
    }
    return "accept";
  }

  #layer3(frame: Frame, packet: IpPacket, direction: Direction): PortVerdict {
    const flow = flowOf(packet, direction);
    for (const rule of this.#rules.layer3) {
      const answers = rule.action === "accept" && rule.stateful && rule.direction !== "inout" && rule.direction !== direction && flow !== undefined && this.#flows.get(flow) === rule;
      if (!answers && !(applies(rule, direction) && this.#matches(rule.match, frame))) continue;
      if (rule.action === "return" || rule.action === "continue") continue;
      if (rule.action === "accept" && flow !== undefined && !answers) this.#keep(flow, rule);
      return ending(rule.action);
    }
    return "accept";
  }

  #keep(flow: string, rule: PortFilterRule): void {
    this.#flows.delete(flow);
    this.#flows.set(flow, rule);
    const [oldest] = this.#flows.keys();
    if (this.#flows.size > MOST_FLOWS && oldest !== undefined) this.#flows.delete(oldest);
  }

  #matches(match: FrameMatch, frame: Frame): boolean {
    return this.#agrees(match, frame) !== (match.inverted === true);
  }

  #agrees(match: FrameMatch, frame: Frame): boolean {
    const { content } = frame;
    if (match.frame !== undefined && match.frame !== typeOf(frame)) return false;
    if (match.sourceMac !== undefined && match.sourceMac !== frame.source) return false;
    if (match.destinationMac !== undefined && match.destinationMac !== frame.destination) return false;
    if (content.kind === "arp") {
      const { message } = content;
      if (match.arpOperation !== undefined && match.arpOperation !== message.operation) return false;
      if (match.arpSenderMac !== undefined && match.arpSenderMac !== message.senderMac) return false;
      if (!this.#within(match.arpSender, message.senderAddress) || !this.#within(match.arpTarget, message.targetAddress)) return false;
      return match.source === undefined && match.destination === undefined && match.protocol === undefined;
    }
    if (match.arpOperation !== undefined || match.arpSender !== undefined || match.arpTarget !== undefined || match.arpSenderMac !== undefined) return false;
    const { packet } = content;
    const { payload } = packet;
    if (!this.#within(match.source, packet.source) || !this.#within(match.destination, packet.destination)) return false;
    if (match.protocol !== undefined && match.protocol !== payload.protocol) return false;
    if (payload.protocol === "icmp") return match.icmpType === undefined || match.icmpType === payload.type;
    return inRange(match.sourcePorts, payload.sourcePort) && inRange(match.destinationPorts, payload.destinationPort);
  }

  /** "learned" stands for the address that the machine was seen to use; until then for any. */
  #within(wanted: readonly string[] | undefined, address: string): boolean {
    return wanted === undefined || wanted.some((one) => {
      if (one === "learned") return this.#learned === undefined || this.#learned === address;
      const [network = "", bits] = one.split("/");
      return bits === undefined ? network === address : network.includes(":") === address.includes(":") && inPrefix(address, network, Number(bits));
    });
  }
}

const ending = (action: PortFilterRule["action"]): PortVerdict => (action === "drop" || action === "reject" ? action : "accept");
const applies = (rule: PortFilterRule, direction: Direction): boolean => rule.direction === "inout" || rule.direction === direction;
const inRange = (range: readonly [number, number] | undefined, port: number): boolean => range === undefined || (port >= range[0] && port <= range[1]);

function typeOf({ content }: Frame): "arp" | "ipv4" | "ipv6" {
  // neighbour discovery is IPv6's
  if (content.kind === "arp") return content.message.targetAddress.includes(":") ? "ipv6" : "arp";
  return content.packet.family === "inet" ? "ipv4" : "ipv6";
}

function senderOf({ content }: Frame): string | undefined {
  const address = content.kind === "arp" ? content.message.senderAddress : content.packet.source;
  return address === ANY.inet || address.includes(":") ? undefined : address;
}

/** The same for both directions of a connection. */
function flowOf({ source, destination, payload }: IpPacket, direction: Direction): string | undefined {
  const [near, far] = direction === "out" ? [source, destination] : [destination, source];
  if (payload.protocol === "icmp") return payload.about !== undefined ? undefined : `icmp ${near} ${far} ${payload.identifier}`;
  const [nearPort, farPort] = direction === "out" ? [payload.sourcePort, payload.destinationPort] : [payload.destinationPort, payload.sourcePort];
  return `${payload.protocol} ${near} ${nearPort} ${far} ${farPort}`;
}
