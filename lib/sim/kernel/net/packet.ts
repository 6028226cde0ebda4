// What travels on simulated links: plain values, never encoded unless a raw socket asks for bytes.

import { addressValue } from "./address.ts";
import type { Family } from "./address.ts";

export interface TcpSegment {
  readonly protocol: "tcp";
  readonly sourcePort: number;
  readonly destinationPort: number;
  readonly syn: boolean;
  readonly ack: boolean;
  readonly fin: boolean;
  readonly rst: boolean;
  readonly sequence: number;
  readonly acknowledged: number;
  readonly window: number;
  readonly data: Uint8Array;
}

export interface UdpDatagram {
  readonly protocol: "udp";
  readonly sourcePort: number;
  readonly destinationPort: number;
  readonly data: Uint8Array;
}

/** Numbers of IPv4's ICMP for both families: 8 echo, 0 reply, 3 unreachable (code 0 net, 1 host, 3 port, 10/13 prohibited), 11 time exceeded. */
export interface IcmpMessage {
  readonly protocol: "icmp";
  readonly type: number;
  readonly code: number;
  readonly identifier: number;
  readonly sequence: number;
  readonly data: Uint8Array;
  /** the packet that an error is about */
  readonly about: IpPacket | undefined;
}

export type Payload = TcpSegment | UdpDatagram | IcmpMessage;

export interface IpPacket {
  readonly family: Family;
  readonly source: string;
  readonly destination: string;
  readonly ttl: number;
  readonly payload: Payload;
}

export interface ArpMessage {
  readonly operation: "request" | "reply";
  readonly senderMac: string;
  readonly senderAddress: string;
  readonly targetAddress: string;
}

export interface Frame {
  readonly source: string;
  readonly destination: string;
  readonly vlanId?: number;
  /** ARP, and for IPv6 what neighbour discovery says in its place */
  readonly content: { readonly kind: "ip"; readonly packet: IpPacket } | { readonly kind: "arp"; readonly message: ArpMessage };
}

export const BROADCAST_MAC = "ff:ff:ff:ff:ff:ff";

const EMPTY = new Uint8Array(0);

function payloadBytes(payload: Payload): number {
  switch (payload.protocol) {
    case "tcp": return 32 + payload.data.length;
    case "udp": return 8 + payload.data.length;
    case "icmp": return 8 + (payload.about ? 28 : payload.data.length);
  }
}

export function packetBytes(packet: IpPacket): number {
  return (packet.family === "inet" ? 20 : 40) + payloadBytes(packet.payload);
}

export function frameBytes(frame: Frame): number {
  return 14 + (frame.content.kind === "ip" ? packetBytes(frame.content.packet) : 28);
}

export function echo(family: Family, source: string, destination: string, ttl: number, message: Pick<IcmpMessage, "type" | "code" | "identifier" | "sequence" | "data">): IpPacket {
  return { family, source, destination, ttl, payload: { protocol: "icmp", ...message, about: undefined } };
}

export function icmpError(about: IpPacket, source: string, type: number, code: number): IpPacket {
  return { family: about.family, source, destination: about.source, ttl: 64, payload: { protocol: "icmp", type, code, identifier: 0, sequence: 0, data: EMPTY, about } };
}

/** The answer to a segment that nobody takes. */
export function resetFor(packet: IpPacket): IpPacket {
  const { payload } = packet;
  if (payload.protocol !== "tcp") return packet;
  return {
    family: packet.family, source: packet.destination, destination: packet.source, ttl: 64,
    payload: {
      protocol: "tcp", sourcePort: payload.destinationPort, destinationPort: payload.sourcePort, syn: false, ack: true, fin: false, rst: true,
      sequence: payload.acknowledged, acknowledged: payload.sequence + payload.data.length + Number(payload.syn), window: 0, data: EMPTY,
    },
  };
}

/** The 20 bytes of an IPv4 header (RFC 791), without checksum of the payload. */
function encodeHeader(packet: IpPacket, totalBytes: number): Uint8Array {
  const header = new Uint8Array(20);
  const view = new DataView(header.buffer);
  header[0] = 0x45;
  view.setUint16(2, totalBytes);
  header[6] = 0x40;
  header[8] = packet.ttl;
  header[9] = packet.payload.protocol === "tcp" ? 6 : packet.payload.protocol === "udp" ? 17 : 1;
  view.setUint32(12, Number(addressValue(packet.source) ?? 0n));
  view.setUint32(16, Number(addressValue(packet.destination) ?? 0n));
  view.setUint16(10, checksum(header));
  return header;
}

/** RFC 1071. */
export function checksum(bytes: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < bytes.length; i += 2) sum += ((bytes[i] ?? 0) << 8) | (bytes[i + 1] ?? 0);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return ~sum & 0xffff;
}

function encodeIcmp(message: IcmpMessage): Uint8Array {
  const body = message.about ? encodeAbout(message.about) : message.data;
  const bytes = new Uint8Array(8 + body.length);
  const view = new DataView(bytes.buffer);
  bytes[0] = message.type;
  bytes[1] = message.code;
  view.setUint16(4, message.identifier);
  view.setUint16(6, message.sequence);
  bytes.set(body, 8);
  view.setUint16(2, checksum(bytes));
  return bytes;
}

/** An error carries the header and the first eight bytes of what it is about. */
function encodeAbout(packet: IpPacket): Uint8Array {
  const bytes = new Uint8Array(28);
  bytes.set(encodeHeader(packet, packetBytes(packet)));
  const view = new DataView(bytes.buffer);
  const { payload } = packet;
  if (payload.protocol === "icmp") bytes.set(encodeIcmp({ ...payload, about: undefined }).subarray(0, 8), 20);
  else {
    view.setUint16(20, payload.sourcePort);
    view.setUint16(22, payload.destinationPort);
  }
  return bytes;
}

/** What a raw socket reads: header and message for IPv4 (raw(7)), the message alone for IPv6. */
export function encodeForRawSocket(packet: IpPacket): Uint8Array {
  const { payload } = packet;
  const message = payload.protocol === "icmp" ? encodeIcmp(payload) : payload.data;
  if (packet.family === "inet6") return message;
  const header = encodeHeader(packet, 20 + message.length);
  const bytes = new Uint8Array(20 + message.length);
  bytes.set(header);
  bytes.set(message, 20);
  return bytes;
}

/** Undefined when it is too short to be an ICMP message. */
export function decodeIcmp(bytes: Uint8Array): IcmpMessage | undefined {
  if (bytes.length < 8) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { protocol: "icmp", type: view.getUint8(0), code: view.getUint8(1), identifier: view.getUint16(4), sequence: view.getUint16(6), data: bytes.slice(8), about: undefined };
}
