// What a captured frame holds: Ethernet, ARP, IPv4, IPv6, TCP, UDP, ICMP by their places in the bytes.

export interface Packet {
  readonly atUs: number;
  /** of the device, with its direction as sll_pkttype */
  readonly linkIndex: number;
  readonly direction: number;
  readonly bytes: Uint8Array;
  readonly sourceMac: string;
  readonly destinationMac: string;
  readonly ethertype: number;
  readonly vlan: number | undefined;
  /** where what Ethernet carries begins */
  readonly network: number;
  readonly version: 4 | 6 | undefined;
  readonly source: string;
  readonly destination: string;
  readonly protocol: number;
  /** where TCP, UDP or ICMP begins, and where the packet ends */
  readonly transport: number;
  readonly end: number;
  readonly sourcePort: number;
  readonly destinationPort: number;
}

export const u8 = (bytes: Uint8Array, at: number): number => bytes[at] ?? 0;
export const u16 = (bytes: Uint8Array, at: number): number => (u8(bytes, at) << 8) | u8(bytes, at + 1);
export const u32 = (bytes: Uint8Array, at: number): number => u16(bytes, at) * 65536 + u16(bytes, at + 2);

export const macText = (bytes: Uint8Array, at: number): string => Array.from(bytes.subarray(at, at + 6), (byte) => byte.toString(16).padStart(2, "0")).join(":");
export const ipv4Text = (bytes: Uint8Array, at: number): string => bytes.subarray(at, at + 4).join(".");

/** RFC 5952: the longest run of zeros becomes "::". */
export function ipv6Text(bytes: Uint8Array, at: number): string {
  const groups = Array.from({ length: 8 }, (_, index) => u16(bytes, at + 2 * index));
  let best = -1, length = 1;
  for (let from = 0; from < 8; from++) {
    let to = from;
    while (to < 8 && groups[to] === 0) to++;
    if (to - from > length) [best, length] = [from, to - from];
  }
  const text = (part: readonly number[]): string => part.map((one) => one.toString(16)).join(":");
  return best < 0 ? text(groups) : `${text(groups.slice(0, best))}::${text(groups.slice(best + length))}`;
}

export function parsePacket(bytes: Uint8Array, atUs: number, linkIndex: number, direction: number): Packet {
  let ethertype = u16(bytes, 12);
  let network = 14;
  let vlan: number | undefined;
  if (ethertype === 0x8100) {
    vlan = u16(bytes, 14) & 0xfff;
    ethertype = u16(bytes, 16);
    network = 18;
  }
  const base = { atUs, linkIndex, direction, bytes, sourceMac: macText(bytes, 6), destinationMac: macText(bytes, 0), ethertype, vlan, network };
  const ports = (protocol: number, transport: number): { sourcePort: number; destinationPort: number } =>
    protocol === 6 || protocol === 17 ? { sourcePort: u16(bytes, transport), destinationPort: u16(bytes, transport + 2) } : { sourcePort: -1, destinationPort: -1 };
  if (ethertype === 0x0800) {
    const protocol = u8(bytes, network + 9);
    const transport = network + (u8(bytes, network) & 15) * 4;
    return { ...base, version: 4, source: ipv4Text(bytes, network + 12), destination: ipv4Text(bytes, network + 16), protocol, transport, end: Math.min(bytes.length, network + u16(bytes, network + 2)), ...ports(protocol, transport) };
  }
  if (ethertype === 0x86dd) {
    const protocol = u8(bytes, network + 6);
    const transport = network + 40;
    return { ...base, version: 6, source: ipv6Text(bytes, network + 8), destination: ipv6Text(bytes, network + 24), protocol, transport, end: Math.min(bytes.length, transport + u16(bytes, network + 4)), ...ports(protocol, transport) };
  }
  const arp = ethertype === 0x0806;
  return { ...base, version: undefined, source: arp ? ipv4Text(bytes, network + 14) : "", destination: arp ? ipv4Text(bytes, network + 24) : "", protocol: -1, transport: network, end: bytes.length, sourcePort: -1, destinationPort: -1 };
}
