// Frames as bytes of Ethernet (IEEE 802.3, RFC 826, RFC 791, RFC 8200, RFC 9293): for whoever looks at a wire. Sequence numbers of a connection begin at
// a number of its ends' making, time stamps at the machine's clock: the simulated stack itself needs neither.

import { addressValue } from "./address.ts";
import { type ArpMessage, checksum, type Frame, type IpPacket, type Payload, type TcpSegment } from "./packet.ts";

const ETHERTYPE = { ipv4: 0x0800, arp: 0x0806, vlan: 0x8100, ipv6: 0x86dd } as const;

function macBytes(mac: string): readonly number[] {
  return mac.split(":").map((part) => Number.parseInt(part, 16));
}

function addressBytes(address: string, length: 4 | 16): Uint8Array {
  let value = addressValue(address) ?? 0n;
  const bytes = new Uint8Array(length);
  for (let at = length - 1; at >= 0; at--) {
    bytes[at] = Number(value & 0xffn);
    value >>= 8n;
  }
  return bytes;
}

/** FNV-1a */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193) >>> 0;
  return value;
}

/** The first sequence number of that direction. */
function initialSequence(source: string, sourcePort: number, destination: string, destinationPort: number): number {
  return hash(`${source} ${sourcePort} ${destination} ${destinationPort}`);
}

function tcpOptions(segment: TcpSegment, nowMs: number): readonly number[] {
  const stamp = (value: number): readonly number[] => [(value >>> 24) & 0xff, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff];
  const stamps = [8, 10, ...stamp(nowMs), ...stamp(segment.ack ? Math.max(0, nowMs - 1) : 0)];
  if (segment.rst) return [];
  return segment.syn ? [2, 4, 0x05, 0xb4, 4, 2, ...stamps, 1, 3, 3, 7] : [1, 1, ...stamps];
}

function transport(packet: IpPacket, nowMs: number): Uint8Array {
  const { payload } = packet;
  if (payload.protocol === "icmp") return icmp(packet, payload, nowMs);
  if (payload.protocol === "udp") {
    const bytes = new Uint8Array(8 + payload.data.length);
    const view = new DataView(bytes.buffer);
    view.setUint16(0, payload.sourcePort);
    view.setUint16(2, payload.destinationPort);
    view.setUint16(4, bytes.length);
    bytes.set(payload.data, 8);
    view.setUint16(6, pseudoChecksum(packet, 17, bytes) || 0xffff);
    return bytes;
  }
  const options = tcpOptions(payload, nowMs);
  const bytes = new Uint8Array(20 + options.length + payload.data.length);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, payload.sourcePort);
  view.setUint16(2, payload.destinationPort);
  view.setUint32(4, (initialSequence(packet.source, payload.sourcePort, packet.destination, payload.destinationPort) + payload.sequence) >>> 0);
  view.setUint32(8, payload.ack ? (initialSequence(packet.destination, payload.destinationPort, packet.source, payload.sourcePort) + payload.acknowledged) >>> 0 : 0);
  bytes[12] = ((20 + options.length) / 4) << 4;
  bytes[13] = (payload.fin ? 1 : 0) | (payload.syn ? 2 : 0) | (payload.rst ? 4 : 0) | (payload.data.length > 0 ? 8 : 0) | (payload.ack ? 16 : 0);
  // scaled by 2^7 but in the segment that opens (RFC 7323)
  view.setUint16(14, payload.syn ? Math.min(65535, payload.window === 0 ? 0 : 64240) : payload.window >>> 7);
  bytes.set(options, 20);
  bytes.set(payload.data, 20 + options.length);
  view.setUint16(16, pseudoChecksum(packet, 6, bytes));
  return bytes;
}

const ICMPV6: ReadonlyMap<number, number> = new Map([[8, 128], [0, 129], [3, 1], [11, 3]]);

function icmp(packet: IpPacket, message: Payload & { readonly protocol: "icmp" }, nowMs: number): Uint8Array {
  // an error quotes as much of the packet as fits (RFC 1812), here headers and 64 bytes
  const body = message.about ? ipBytes(message.about, 0, nowMs).subarray(0, 20 + 8 + 64) : message.data;
  const bytes = new Uint8Array(8 + body.length);
  const view = new DataView(bytes.buffer);
  bytes[0] = packet.family === "inet6" ? (ICMPV6.get(message.type) ?? message.type) : message.type;
  // port unreachable is 4 there (RFC 4443)
  bytes[1] = packet.family === "inet6" && message.type === 3 && message.code === 3 ? 4 : message.code;
  if (!message.about) {
    view.setUint16(4, message.identifier);
    view.setUint16(6, message.sequence);
  }
  bytes.set(body, 8);
  view.setUint16(2, packet.family === "inet6" ? pseudoChecksum(packet, 58, bytes) : checksum(bytes));
  return bytes;
}

function pseudoChecksum(packet: IpPacket, protocol: number, message: Uint8Array): number {
  const length = packet.family === "inet" ? 4 : 16;
  const bytes = new Uint8Array(2 * length + 4 + message.length + (message.length & 1));
  bytes.set(addressBytes(packet.source, length), 0);
  bytes.set(addressBytes(packet.destination, length), length);
  bytes[2 * length + 1] = protocol;
  bytes[2 * length + 2] = message.length >> 8;
  bytes[2 * length + 3] = message.length & 0xff;
  bytes.set(message, 2 * length + 4);
  return checksum(bytes);
}

function ipBytes(packet: IpPacket, identification: number, nowMs: number): Uint8Array {
  const message = transport(packet, nowMs);
  const { payload } = packet;
  const protocol = payload.protocol === "tcp" ? 6 : payload.protocol === "udp" ? 17 : packet.family === "inet6" ? 58 : 1;
  if (packet.family === "inet6") {
    const bytes = new Uint8Array(40 + message.length);
    const view = new DataView(bytes.buffer);
    bytes[0] = 0x60;
    view.setUint16(4, message.length);
    bytes[6] = protocol;
    bytes[7] = packet.ttl;
    bytes.set(addressBytes(packet.source, 16), 8);
    bytes.set(addressBytes(packet.destination, 16), 24);
    bytes.set(message, 40);
    return bytes;
  }
  const bytes = new Uint8Array(20 + message.length);
  const view = new DataView(bytes.buffer);
  bytes[0] = 0x45;
  view.setUint16(2, bytes.length);
  view.setUint16(4, identification);
  // an answer to an echo is not to be kept whole, as the kernel sends it
  view.setUint16(6, payload.protocol === "icmp" && payload.type !== 8 ? 0 : 0x4000);
  bytes[8] = packet.ttl;
  bytes[9] = protocol;
  bytes.set(addressBytes(packet.source, 4), 12);
  bytes.set(addressBytes(packet.destination, 4), 16);
  view.setUint16(10, checksum(bytes.subarray(0, 20)));
  bytes.set(message, 20);
  return bytes;
}

function arpBytes(message: ArpMessage): Uint8Array {
  const bytes = new Uint8Array(28);
  bytes.set([0, 1, 8, 0, 6, 4, 0, message.operation === "request" ? 1 : 2], 0);
  bytes.set(macBytes(message.senderMac), 8);
  bytes.set(addressBytes(message.senderAddress, 4), 14);
  bytes.set(addressBytes(message.targetAddress, 4), 24);
  return bytes;
}

/** What neighbour discovery says in place of ARP (RFC 4861). */
function discovery(message: ArpMessage, nowMs: number): Uint8Array {
  const asks = message.operation === "request";
  const body = new Uint8Array(24);
  const target = addressBytes(asks ? message.targetAddress : message.senderAddress, 16);
  if (!asks) body[0] = 0x60;
  body.set(target, 0);
  body.set([asks ? 1 : 2, 1, ...macBytes(message.senderMac)], 16);
  const group = `ff02::1:ff${[...target.subarray(13)].map((byte) => byte.toString(16).padStart(2, "0")).join("").replace(/^(..)(....)$/, "$1:$2")}`;
  return ipBytes({
    family: "inet6", source: message.senderAddress, destination: asks ? group : message.targetAddress, ttl: 255,
    payload: { protocol: "icmp", type: asks ? 135 : 136, code: 0, identifier: asks ? 0 : 0x6000, sequence: 0, data: body, about: undefined },
  }, 0, nowMs);
}

export function encodeFrame(frame: Frame, identification: number, nowMs: number): Uint8Array {
  const { content } = frame;
  const v6 = content.kind === "arp" && content.message.targetAddress.includes(":");
  const body = content.kind === "ip" ? ipBytes(content.packet, identification, nowMs) : v6 ? discovery(content.message, nowMs) : arpBytes(content.message);
  const type = content.kind === "arp" ? (v6 ? ETHERTYPE.ipv6 : ETHERTYPE.arp) : content.packet.family === "inet" ? ETHERTYPE.ipv4 : ETHERTYPE.ipv6;
  const tag = frame.vlanId === undefined ? [] : [ETHERTYPE.vlan >> 8, ETHERTYPE.vlan & 0xff, frame.vlanId >> 8, frame.vlanId & 0xff];
  const bytes = new Uint8Array(14 + tag.length + body.length);
  bytes.set(macBytes(frame.destination), 0);
  bytes.set(macBytes(frame.source), 6);
  bytes.set(tag, 12);
  bytes.set([type >> 8, type & 0xff], 12 + tag.length);
  bytes.set(body, 14 + tag.length);
  return bytes;
}
