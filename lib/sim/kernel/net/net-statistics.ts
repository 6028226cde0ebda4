// What a network namespace counted (SNMP MIB-II, RFC 4293, 4022, 4113, and Linux's own TcpExt): plain numbers, where net/ipv4 and net/ipv6 of Linux 6.1 count.

import type { Family } from "./address.ts";
import { type IpPacket, packetBytes } from "./packet.ts";

export class IpCounters {
  inReceives = 0;
  inHdrErrors = 0;
  inAddrErrors = 0;
  inNoRoutes = 0;
  inDelivers = 0;
  forwDatagrams = 0;
  outRequests = 0;
  outNoRoutes = 0;
  inOctets = 0;
  outOctets = 0;
  inMcastPkts = 0;
  outMcastPkts = 0;
  inBcastPkts = 0;
  outBcastPkts = 0;
  inMcastOctets = 0;
  outMcastOctets = 0;
  inBcastOctets = 0;
  outBcastOctets = 0;
}

/** By the numbers of each family's own messages. */
export class IcmpCounters {
  inMsgs = 0;
  inErrors = 0;
  outMsgs = 0;
  inTypes: number[] = [];
  outTypes: number[] = [];
}

export class UdpCounters {
  inDatagrams = 0;
  noPorts = 0;
  inErrors = 0;
  outDatagrams = 0;
  rcvbufErrors = 0;
  ignoredMulti = 0;
}

class TcpCounters {
  activeOpens = 0;
  passiveOpens = 0;
  attemptFails = 0;
  estabResets = 0;
  inSegs = 0;
  outSegs = 0;
  retransSegs = 0;
  outRsts = 0;
}

class TcpExtCounters {
  embryonicRsts = 0;
  timeWaited = 0;
  listenOverflows = 0;
  listenDrops = 0;
  timeouts = 0;
  abortOnData = 0;
  abortOnClose = 0;
  abortOnTimeout = 0;
  synRetrans = 0;
  origDataSent = 0;
}

type Reach = "unicast" | "multicast" | "broadcast";

const NEIGHBOUR_SOLICITATION = 135;
const NEIGHBOUR_ADVERTISEMENT = 136;
/** IPv6 header, message and the option with the link's address (RFC 4861). */
const NEIGHBOUR_BYTES = 72;

/** Packets say IPv4's numbers for both families; RFC 4443 has these. */
function icmpType(family: Family, type: number): number {
  if (family === "inet") return type;
  switch (type) {
    case 0: return 129;
    case 3: return 1;
    case 8: return 128;
    case 11: return 3;
    default: return type;
  }
}

function count(counts: number[], type: number): void {
  counts[type] = (counts[type] ?? 0) + 1;
}

export class NetStatistics {
  readonly ip: Readonly<Record<Family, IpCounters>> = { inet: new IpCounters(), inet6: new IpCounters() };
  readonly icmp: Readonly<Record<Family, IcmpCounters>> = { inet: new IcmpCounters(), inet6: new IcmpCounters() };
  readonly udp: Readonly<Record<Family, UdpCounters>> = { inet: new UdpCounters(), inet6: new UdpCounters() };
  readonly tcp = new TcpCounters();
  readonly tcpExt = new TcpExtCounters();

  /** What another machine's counted in its boot. */
  takeOver(other: NetStatistics): void {
    for (const family of ["inet", "inet6"] as const) {
      Object.assign(this.ip[family], other.ip[family]);
      Object.assign(this.udp[family], other.udp[family]);
      const { inMsgs, inErrors, outMsgs, inTypes, outTypes } = other.icmp[family];
      Object.assign(this.icmp[family], { inMsgs, inErrors, outMsgs, inTypes: [...inTypes], outTypes: [...outTypes] });
    }
    Object.assign(this.tcp, other.tcp);
    Object.assign(this.tcpExt, other.tcpExt);
  }

  received(packet: IpPacket): void {
    const ip = this.ip[packet.family];
    ip.inReceives++;
    ip.inOctets += packetBytes(packet);
  }

  receivedByMany(packet: IpPacket, reach: Reach): void {
    const ip = this.ip[packet.family];
    if (reach === "multicast") {
      ip.inMcastPkts++;
      ip.inMcastOctets += packetBytes(packet);
    } else {
      ip.inBcastPkts++;
      ip.inBcastOctets += packetBytes(packet);
    }
  }

  /** Before any filter sees it. */
  made(packet: IpPacket): void {
    const { payload } = packet;
    if (payload.protocol === "icmp") this.#icmpMade(packet.family, icmpType(packet.family, payload.type));
  }

  #icmpMade(family: Family, type: number): void {
    const icmp = this.icmp[family];
    icmp.outMsgs++;
    count(icmp.outTypes, type);
  }

  sent(packet: IpPacket, reach: Reach): void {
    this.#ipSent(packet.family, packetBytes(packet), reach);
  }

  #ipSent(family: Family, bytes: number, reach: Reach): void {
    const ip = this.ip[family];
    ip.outRequests++;
    ip.outOctets += bytes;
    if (reach === "multicast") {
      ip.outMcastPkts++;
      ip.outMcastOctets += bytes;
    } else if (reach === "broadcast") {
      ip.outBcastPkts++;
      ip.outBcastOctets += bytes;
    }
  }

  icmpReceived(family: Family, type: number): void {
    const icmp = this.icmp[family];
    icmp.inMsgs++;
    count(icmp.inTypes, icmpType(family, type));
  }

  /** A reset for a segment that no connection takes. */
  resetSent(): void {
    this.tcp.outSegs++;
    this.tcp.outRsts++;
  }

  /** Neighbour discovery of IPv6, which frames carry as they carry ARP. */
  neighbourMessage(direction: "in" | "out", operation: "request" | "reply"): void {
    const type = operation === "request" ? NEIGHBOUR_SOLICITATION : NEIGHBOUR_ADVERTISEMENT;
    if (direction === "out") {
      this.#icmpMade("inet6", type);
      this.#ipSent("inet6", NEIGHBOUR_BYTES, operation === "request" ? "multicast" : "unicast");
      return;
    }
    const ip = this.ip.inet6;
    ip.inReceives++;
    ip.inDelivers++;
    ip.inOctets += NEIGHBOUR_BYTES;
    if (operation === "request") {
      ip.inMcastPkts++;
      ip.inMcastOctets += NEIGHBOUR_BYTES;
    }
    const icmp = this.icmp.inet6;
    icmp.inMsgs++;
    count(icmp.inTypes, type);
  }
}
