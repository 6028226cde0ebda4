// One captured packet as tcpdump 4.99 writes it.
import { decode } from "../../kernel/sys.ts";
import { type Packet, ipv4Text, ipv6Text, macText, u8, u16, u32 } from "./_packet.ts";

export interface PrintOptions {
  readonly verbose: number;
  readonly quiet: boolean;
  readonly link: boolean;
  readonly absolute: boolean;
  /** names of addresses and ports, unless -n */
  readonly host: (address: string) => string;
  readonly port: (port: number, protocol: "tcp" | "udp") => string;
}

const PROTOCOL_NAMES: ReadonlyMap<number, string> = new Map([[1, "ICMP"], [2, "IGMP"], [6, "TCP"], [17, "UDP"], [58, "ICMPv6"], [50, "ESP"]]);
const ETHERTYPES: ReadonlyMap<number, string> = new Map([[0x0800, "IPv4"], [0x0806, "ARP"], [0x86dd, "IPv6"], [0x8100, "802.1Q"]]);

export class PacketPrinter {
  readonly #options: PrintOptions;
  /** sequence numbers are shown from the connection's first on */
  readonly #connections = new Map<string, { seq: number; ack: number }>();

  constructor(options: PrintOptions) {
    this.#options = options;
  }

  text(packet: Packet): string {
    const { link } = this.#options;
    const { bytes } = packet;
    let out = "";
    if (link) {
      out += `${packet.sourceMac} > ${packet.destinationMac === "ff:ff:ff:ff:ff:ff" ? "Broadcast" : packet.destinationMac}, `.replace("Broadcast", "ff:ff:ff:ff:ff:ff");
      const type = packet.vlan === undefined ? packet.ethertype : 0x8100;
      out += `ethertype ${ETHERTYPES.get(type) ?? "Unknown"} (0x${type.toString(16).padStart(4, "0")}), length ${bytes.length}: `;
    }
    if (packet.vlan !== undefined) out += link ? `vlan ${packet.vlan}, p 0, ethertype ${ETHERTYPES.get(packet.ethertype) ?? "Unknown"} (0x${packet.ethertype.toString(16).padStart(4, "0")}), ` : "";
    if (packet.ethertype === 0x0806) return `${out}${link && packet.vlan === undefined ? "" : "ARP, "}${this.#arp(packet)}`;
    if (packet.version === undefined) return `${out}[|unknown]`;
    const name = packet.version === 4 ? "IP" : "IP6";
    return `${out}${link ? "" : `${name} `}${this.#ip(packet)}`;
  }

  #arp({ bytes, network }: Packet): string {
    const { host, verbose } = this.#options;
    const sender = host(ipv4Text(bytes, network + 14)), target = host(ipv4Text(bytes, network + 24));
    const head = verbose > 0 ? "Ethernet (len 6), IPv4 (len 4), " : "";
    const length = `, length ${bytes.length - network}`;
    return u16(bytes, network + 6) === 1 ? `${head}Request who-has ${target} tell ${sender}${length}` : `${head}Reply ${sender} is-at ${macText(bytes, network + 8)}${length}`;
  }

  #ip(packet: Packet): string {
    const { bytes, network, version, protocol } = packet;
    const { verbose } = this.#options;
    let out = "";
    if (verbose > 0 && version === 4) {
      const flags = u16(bytes, network + 6);
      out += `(tos 0x${u8(bytes, network + 1).toString(16)}, ttl ${u8(bytes, network + 8)}, id ${u16(bytes, network + 4)}, offset ${(flags & 0x1fff) * 8}, flags [${flags & 0x4000 ? "DF" : "none"}], proto ${PROTOCOL_NAMES.get(protocol) ?? "unknown"} (${protocol}), length ${u16(bytes, network + 2)})\n    `;
    } else if (verbose > 0) out += `(flowlabel 0x${(u32(bytes, network) & 0xfffff).toString(16).padStart(5, "0")}, hlim ${u8(bytes, network + 7)}, next-header ${PROTOCOL_NAMES.get(protocol) ?? "unknown"} (${protocol}) payload length: ${u16(bytes, network + 4)}) `;
    return out + this.#upper(packet);
  }

  #upper(packet: Packet): string {
    const { host } = this.#options;
    switch (packet.protocol) {
      case 6: return this.#tcp(packet);
      case 17: return this.#udp(packet);
      case 1: return `${host(packet.source)} > ${host(packet.destination)}: ${this.#icmp(packet)}`;
      case 58: return `${host(packet.source)} > ${host(packet.destination)}: ${this.#icmp6(packet)}`;
      default: return `${host(packet.source)} > ${host(packet.destination)}: ip-proto-${packet.protocol} ${packet.end - packet.transport}`;
    }
  }

  #ends(packet: Packet, protocol: "tcp" | "udp"): string {
    const { host, port } = this.#options;
    return `${host(packet.source)}.${port(packet.sourcePort, protocol)} > ${host(packet.destination)}.${port(packet.destinationPort, protocol)}: `;
  }

  #tcp(packet: Packet): string {
    const { bytes, transport } = packet;
    const { verbose, absolute, quiet } = this.#options;
    const headerBytes = (u8(bytes, transport + 12) >> 4) * 4;
    const length = packet.end - transport - headerBytes;
    const ends = this.#ends(packet, "tcp");
    if (quiet) return `${ends}tcp ${length}`;
    const bits = u8(bytes, transport + 13);
    let seq = u32(bytes, transport + 4), ack = u32(bytes, transport + 8);
    if (!absolute) {
      const here = `${packet.source} ${packet.sourcePort}`, there = `${packet.destination} ${packet.destinationPort}`;
      const reversed = packet.sourcePort > packet.destinationPort ? false : packet.sourcePort < packet.destinationPort ? true : packet.source > packet.destination;
      const key = reversed ? `${there} ${here}` : `${here} ${there}`;
      const known = this.#connections.get(key);
      if (!known || bits & 2) this.#connections.set(key, reversed ? { ack: seq, seq: (ack - 1) >>> 0 } : { seq, ack: (ack - 1) >>> 0 });
      else if (reversed) [seq, ack] = [(seq - known.ack) >>> 0, (ack - known.seq) >>> 0];
      else [seq, ack] = [(seq - known.seq) >>> 0, (ack - known.ack) >>> 0];
    }
    const letters = `${bits & 1 ? "F" : ""}${bits & 2 ? "S" : ""}${bits & 4 ? "R" : ""}${bits & 8 ? "P" : ""}${bits & 16 ? "." : ""}${bits & 32 ? "U" : ""}` || "none";
    let out = `${ends}Flags [${letters}]`;
    if (verbose > 0) out += `, cksum 0x${u16(bytes, transport + 16).toString(16).padStart(4, "0")} (correct)`;
    if (verbose > 1 || length > 0 || bits & 7) out += `, seq ${seq}${length > 0 ? `:${(seq + length) >>> 0}` : ""}`;
    if (bits & 16) out += `, ack ${ack}`;
    out += `, win ${u16(bytes, transport + 14)}`;
    if (headerBytes > 20) out += `, options [${tcpOptions(bytes, transport + 20, transport + headerBytes)}]`;
    out += `, length ${length}`;
    const data = bytes.subarray(transport + headerBytes, packet.end);
    if (length > 0 && (packet.sourcePort === 80 || packet.destinationPort === 80 || packet.sourcePort === 8080 || packet.destinationPort === 8080)) out += this.#http(data);
    return out;
  }

  #http(data: Uint8Array): string {
    const text = decode(data);
    const first = /^[ -~]*/.exec(text)?.[0] ?? "";
    const isHttp = /^(GET|HEAD|POST|PUT|DELETE|OPTIONS|PATCH|CONNECT) |^HTTP\/1/.test(first);
    if (!isHttp) return ": HTTP";
    if (this.#options.verbose === 0) return `: HTTP: ${first}`;
    const head = text.split("\r\n\r\n")[0] ?? "";
    return `: HTTP, length: ${data.length}\n${head.split("\r\n").map((line) => `\t${line}\n`).join("")}\t`;
  }

  #udp(packet: Packet): string {
    const { bytes, transport } = packet;
    const { quiet, verbose } = this.#options;
    const length = u16(bytes, transport + 4) - 8;
    const ends = this.#ends(packet, "udp");
    const sum = verbose > 0 ? "[udp sum ok] " : "";
    if (quiet) return `${ends}UDP, length ${length}`;
    const data = bytes.subarray(transport + 8, packet.end);
    const ports = [packet.sourcePort, packet.destinationPort];
    if (ports.includes(53) && data.length >= 12) return `${ends}${sum}${dns(data)}`;
    if ((ports.includes(67) || ports.includes(68)) && data.length >= 44) return `${ends}${sum}BOOTP/DHCP, ${u8(data, 0) === 1 ? `Request from ${macText(data, 28)}` : "Reply"}, length ${length}`;
    if (ports.includes(123) && data.length >= 48) return `${ends}${sum}NTPv${(u8(data, 0) >> 3) & 7}, ${["unspecified", "symmetric active", "symmetric passive", "Client", "Server", "Broadcast", "Reserved", "Reserved"][u8(data, 0) & 7]}, length ${length}`;
    return `${ends}${sum}UDP, length ${length}`;
  }

  #icmp(packet: Packet): string {
    const { bytes, transport } = packet;
    const { host, port } = this.#options;
    const type = u8(bytes, transport), code = u8(bytes, transport + 1);
    const length = packet.end - transport;
    const echo = `, id ${u16(bytes, transport + 4)}, seq ${u16(bytes, transport + 6)}, length ${length}`;
    const inner = transport + 8;
    const innerDestination = host(ipv4Text(bytes, inner + 16));
    let out: string;
    switch (type) {
      case 8: return `ICMP echo request${echo}`;
      case 0: return `ICMP echo reply${echo}`;
      case 3: {
        const protocol = u8(bytes, inner + 9);
        const innerPort = u16(bytes, inner + 22);
        const texts: ReadonlyMap<number, string> = new Map([
          [0, `net ${innerDestination} unreachable`], [1, `host ${innerDestination} unreachable`], [2, `${innerDestination} protocol ${protocol} unreachable`],
          [3, protocol === 6 || protocol === 17 ? `${innerDestination} ${protocol === 6 ? "tcp" : "udp"} port ${port(innerPort, protocol === 6 ? "tcp" : "udp")} unreachable` : `${innerDestination} protocol ${protocol} port ${innerPort} unreachable`],
          [4, `${innerDestination} unreachable - need to frag`], [9, `net ${innerDestination} unreachable - admin prohibited`], [10, `host ${innerDestination} unreachable - admin prohibited`], [13, `host ${innerDestination} unreachable - admin prohibited filter`],
        ]);
        out = `ICMP ${texts.get(code) ?? `${innerDestination} unreachable - #${code}`}, length ${length}`;
        break;
      }
      case 11: out = `ICMP ${code === 0 ? "time exceeded in-transit" : "ip reassembly time exceeded"}, length ${length}`; break;
      case 5: out = `ICMP redirect ${innerDestination} to host ${host(ipv4Text(bytes, transport + 4))}, length ${length}`; break;
      default: out = `ICMP type-#${type}, length ${length}`;
    }
    if (this.#options.verbose > 0 && (type === 3 || type === 11)) {
      const about = { ...packet, network: inner, version: 4 as const, source: ipv4Text(bytes, inner + 12), destination: ipv4Text(bytes, inner + 16), protocol: u8(bytes, inner + 9), transport: inner + 20, end: Math.min(bytes.length, inner + u16(bytes, inner + 2)), sourcePort: u16(bytes, inner + 20), destinationPort: u16(bytes, inner + 22) };
      out += `\n\tIP ${this.#ip(about).replaceAll("\n", "\n\t")}`;
    }
    return out;
  }

  #icmp6(packet: Packet): string {
    const { bytes, transport } = packet;
    const { host } = this.#options;
    const length = packet.end - transport;
    const type = u8(bytes, transport);
    switch (type) {
      case 128: return `ICMP6, echo request, id ${u16(bytes, transport + 4)}, seq ${u16(bytes, transport + 6)}, length ${length}`;
      case 129: return `ICMP6, echo reply, id ${u16(bytes, transport + 4)}, seq ${u16(bytes, transport + 6)}, length ${length}`;
      case 135: return `ICMP6, neighbor solicitation, who has ${host(ipv6Text(bytes, transport + 8))}, length ${length}`;
      case 136: return `ICMP6, neighbor advertisement, tgt is ${host(ipv6Text(bytes, transport + 8))}, length ${length}`;
      case 1: return `ICMP6, destination unreachable, ${u8(bytes, transport + 1) === 4 ? "unreachable port" : "unreachable address"} ${host(ipv6Text(bytes, transport + 8 + 24))}, length ${length}`;
      case 3: return `ICMP6, time exceeded in-transit for ${host(ipv6Text(bytes, transport + 8 + 24))}, length ${length}`;
      default: return `ICMP6, type-#${type}, length ${length}`;
    }
  }
}

function tcpOptions(bytes: Uint8Array, from: number, to: number): string {
  const out: string[] = [];
  for (let at = from; at < to;) {
    const kind = u8(bytes, at);
    if (kind === 0) {
      out.push("eol");
      break;
    }
    if (kind === 1) {
      out.push("nop");
      at++;
      continue;
    }
    const length = Math.max(2, u8(bytes, at + 1));
    if (kind === 2) out.push(`mss ${u16(bytes, at + 2)}`);
    else if (kind === 3) out.push(`wscale ${u8(bytes, at + 2)}`);
    else if (kind === 4) out.push("sackOK");
    else if (kind === 8) out.push(`TS val ${u32(bytes, at + 2)} ecr ${u32(bytes, at + 6)}`);
    else out.push(`unknown-${kind}`);
    at += length;
  }
  return out.join(",");
}

const DNS_TYPES: ReadonlyMap<number, string> = new Map([[1, "A"], [2, "NS"], [5, "CNAME"], [6, "SOA"], [12, "PTR"], [15, "MX"], [16, "TXT"], [28, "AAAA"], [33, "SRV"], [41, "OPT"], [255, "ANY"]]);
const RCODES = ["", " FormErr", " ServFail", " NXDomain", " NotImp", " Refused"];

/** A name with its compression pointers; the place behind it. */
function dnsName(data: Uint8Array, from: number): { readonly name: string; readonly end: number } {
  const labels: string[] = [];
  let at = from, end = -1;
  for (let hops = 0; hops < 128 && at < data.length; hops++) {
    const length = u8(data, at);
    if (length === 0) {
      at++;
      break;
    }
    if ((length & 0xc0) === 0xc0) {
      if (end < 0) end = at + 2;
      at = u16(data, at) & 0x3fff;
      continue;
    }
    labels.push(decode(data.subarray(at + 1, at + 1 + length)));
    at += length + 1;
  }
  return { name: `${labels.join(".")}.`, end: end < 0 ? at : end };
}

function dns(data: Uint8Array): string {
  const flags = u16(data, 2);
  const counts = [4, 6, 8, 10].map((at) => u16(data, at));
  const [questions = 0, answers = 0, authorities = 0, additional = 0] = counts;
  let at = 12;
  const asked: string[] = [];
  for (let index = 0; index < questions; index++) {
    const { name, end } = dnsName(data, at);
    asked.push(`${DNS_TYPES.get(u16(data, end)) ?? `Type${u16(data, end)}`}? ${name}`);
    at = end + 4;
  }
  const id = u16(data, 0);
  if ((flags & 0x8000) === 0) return `${id}${flags & 0x0100 ? "+" : ""}${additional > 0 ? ` [${additional}au]` : ""} ${asked.join(" ")} (${data.length})`;
  const shown: string[] = [];
  for (let index = 0; index < answers && at < data.length; index++) {
    const { end } = dnsName(data, at);
    const type = u16(data, end), length = u16(data, end + 8), rdata = end + 10;
    const value = type === 1 ? ipv4Text(data, rdata) : type === 28 ? ipv6Text(data, rdata) : type === 5 || type === 2 || type === 12 ? dnsName(data, rdata).name : type === 15 ? `${dnsName(data, rdata + 2).name} ${u16(data, rdata)}` : type === 16 ? `"${decode(data.subarray(rdata + 1, rdata + length))}"` : "";
    shown.push(`${DNS_TYPES.get(type) ?? `Type${type}`}${value === "" ? "" : ` ${value}`}`);
    at = rdata + length;
  }
  return `${id}${flags & 0x0400 ? "*" : ""}${flags & 0x0080 ? "" : "-"}${flags & 0x0200 ? "|" : ""}${RCODES[flags & 15] ?? ` Resp${flags & 15}`} ${answers}/${authorities}/${additional}${shown.length > 0 ? ` ${shown.join(", ")}` : ""} (${data.length})`;
}

/** -x, -X: offsets, pairs of bytes, and with `ascii` the characters. */
export function hexDump(bytes: Uint8Array, ascii: boolean): string {
  let out = "";
  for (let at = 0; at < bytes.length; at += 16) {
    const row = bytes.subarray(at, at + 16);
    let hex = "";
    for (let pair = 0; pair < row.length; pair += 2) hex += ` ${Array.from(row.subarray(pair, pair + 2), (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
    out += `\n\t0x${at.toString(16).padStart(4, "0")}: ${hex}${ascii ? `${" ".repeat(Math.max(0, 40 - hex.length))}  ${printable(row)}` : ""}`;
  }
  return out;
}

const printable = (bytes: Uint8Array): string => Array.from(bytes, (byte) => (byte >= 0x21 && byte < 0x7f ? String.fromCharCode(byte) : ".")).join("");

/** -A */
export function asciiDump(bytes: Uint8Array): string {
  return `\n${Array.from(bytes, (byte) => (byte === 10 || byte === 9 || (byte >= 0x20 && byte < 0x7f) ? String.fromCharCode(byte) : byte === 13 ? "" : ".")).join("")}`;
}
