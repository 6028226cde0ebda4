import { type Blocking, O, POLL, type Link, type Sys, SysError, concatBytes, encode } from "../../kernel/sys.ts";
import { lookUpHost, ResolveError } from "../../daemons/resolver/api.ts";
import { nameOfAddress, resolvers } from "../bind9-host/_query.ts";
import { readServices } from "../iptables/_tables.ts";
import { readTextFile } from "../kit/accounts.ts";
import { type Io, counted, flag, gnu, text, unsimulated } from "../kit/gnu.ts";
import { civilAtUs, strftime } from "../kit/time-format.ts";
import { readZone } from "../kit/zones.ts";
import { type Filter, FilterError, compileFilter } from "./_filter.ts";
import { type Packet, parsePacket } from "./_packet.ts";
import { PacketPrinter, asciiDump, hexDump } from "./_print.ts";

const HEAD_BYTES = 24;
const SNAPLEN = 262144;
const DIRECTIONS = ["In ", "B  ", "M  ", "P  ", "Out"];
const EN10MB = 1;
const SLL2 = 276;

/** The file's head (pcap-savefile(5)). */
function fileHead(linkType: number): Uint8Array {
  const bytes = new Uint8Array(24);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0xa1b2c3d4, true);
  view.setUint16(4, 2, true);
  view.setUint16(6, 4, true);
  view.setUint32(16, SNAPLEN, true);
  view.setUint32(20, linkType, true);
  return bytes;
}

function fileRecord(packet: Packet, linkType: number): Uint8Array {
  let { bytes } = packet;
  if (linkType === SLL2) {
    const head = new Uint8Array(20);
    const view = new DataView(head.buffer);
    view.setUint16(0, packet.ethertype);
    view.setUint32(4, packet.linkIndex);
    view.setUint16(8, 1);
    head[10] = packet.direction;
    head[11] = 6;
    head.set(bytes.subarray(6, 12), 12);
    bytes = concatBytes([head, bytes.subarray(packet.network)]);
  }
  const record = new Uint8Array(16 + bytes.length);
  const view = new DataView(record.buffer);
  view.setUint32(0, Math.floor(packet.atUs / 1e6), true);
  view.setUint32(4, packet.atUs % 1e6, true);
  view.setUint32(8, bytes.length, true);
  view.setUint32(12, bytes.length, true);
  record.set(bytes, 16);
  return record;
}

/** Packets of a file; undefined when it is none. */
function readRecords(bytes: Uint8Array): { readonly linkType: number; readonly packets: readonly Packet[] } | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 24 || view.getUint32(0, true) !== 0xa1b2c3d4) return undefined;
  const linkType = view.getUint32(20, true);
  const packets: Packet[] = [];
  for (let at = 24; at + 16 <= bytes.length;) {
    const atUs = view.getUint32(at, true) * 1e6 + view.getUint32(at + 4, true);
    const length = view.getUint32(at + 8, true);
    let body = bytes.slice(at + 16, at + 16 + length);
    let index = 0, direction = 0;
    if (linkType === SLL2 && body.length >= 20) {
      const head = new DataView(body.buffer, body.byteOffset, body.byteLength);
      index = head.getUint32(4);
      direction = head.getUint8(10);
      const frame = new Uint8Array(14 + body.length - 20);
      frame.set(body.subarray(12, 18), 6);
      frame.set(body.subarray(0, 2), 12);
      frame.set(body.subarray(20), 14);
      body = frame;
    }
    packets.push(parsePacket(body, atUs, index, direction));
    at += 16 + length;
  }
  return { linkType, packets };
}

/** Names of addresses: /etc/hosts, then the name servers, each asked once. */
class Names {
  readonly #known = new Map<string, string>();
  readonly #sys: Sys;
  #servers: readonly string[] = [];

  constructor(sys: Sys) {
    this.#sys = sys;
  }

  *load(): Blocking<void> {
    for (const line of ((yield* readTextFile(this.#sys, "/etc/hosts")) ?? "").split("\n")) {
      const [address, name] = (line.split("#")[0] ?? "").trim().split(/\s+/);
      if (address && name && !this.#known.has(address)) this.#known.set(address, name);
    }
    this.#servers = (yield* resolvers(this.#sys)).servers;
  }

  *ask(address: string): Blocking<void> {
    if (address === "" || this.#known.has(address)) return;
    this.#known.set(address, address);
    if (address.includes(":") || address === "0.0.0.0" || address.startsWith("255.") || this.#servers.includes(address)) return;
    const name = yield* nameOfAddress(this.#sys, this.#servers, address);
    if (name !== undefined) this.#known.set(address, name);
  }

  get(address: string): string {
    return this.#known.get(address) ?? address;
  }
}

export default gnu({
  name: "tcpdump", versionText: "tcpdump version 4.99.3\nlibpcap version 1.10.3 (with TPACKET_V3)\n", tryLine: () => "", summary: "show the packets that go through a network interface", manSection: 8,
  synopsis: ["[-AbdDefhHIJKlLnNOpqStuUvxX#] [-c count] [-i interface] [-r file] [-s snaplen] [-w file] [expression]"],
  description: [
    "tcpdump prints what passes a network interface, one packet a line, that matches the expression (pcap-filter(7)): host, net, port, portrange with src and dst, ip, ip6, arp, tcp, udp, icmp, icmp6, ether, vlan, less, greater, bytes such as tcp[tcpflags], and, or, not, parentheses.",
    "Frames are those of the simulated machine, ARP to HTTP. Segments of TCP are as large as the window allows, as with segmentation offload; time stamps in their options are the machine's clock.",
  ],
  options: {
    ascii: flag(["-A"], "print packets in ASCII"), bytesCount: unsimulated(["-B", "--buffer-size"], "set the capture buffer size", "the buffer has a fixed size"), count: text(["-c"], "count", "exit after that many packets"), countOnly: flag(["--count"], "print only the number of packets"),
    list: flag(["-D", "--list-interfaces"], "list the interfaces"), dump: unsimulated(["-d"], "dump the compiled filter", "filters are not compiled to byte code"), link: flag(["-e"], "with the addresses of the link layer"), file: text(["-F"], "file", "read the expression from file"),
    device: text(["-i", "--interface"], "interface", "listen on interface; \"any\" for all"), checksum: flag(["-K", "--dont-verify-checksums"], "do not verify checksums"), lineBuffered: flag(["-l"], "make standard output line buffered"), types: flag(["-L", "--list-data-link-types"], "list the link types of the interface"),
    numeric: counted(["-n"], "do not turn addresses and ports into names"), domain: flag(["-N"], "print host names without their domain"), number: flag(["-#", "--number"], "number the packets"), noOptimize: flag(["-O", "--no-optimize"], "do not optimise the filter (taken, no effect)"),
    noPromiscuous: flag(["-p", "--no-promiscuous-mode"], "no promiscuous mode, only what is for this host"), quiet: flag(["-q"], "print less"), direction: text(["-Q", "--direction"], "in|out|inout", "capture only what comes in or goes out"), read: text(["-r"], "file", "read packets from file"), absolute: flag(["-S", "--absolute-tcp-sequence-numbers"], "print absolute sequence numbers"),
    snaplen: text(["-s", "--snapshot-length"], "snaplen", "bytes of each packet (taken: packets are kept whole)"), time: counted(["-t"], "-t: no time; -tt: seconds since the epoch; -ttt: since the last packet; -tttt: with the date; -ttttt: since the first"), unbuffered: flag(["-U", "--packet-buffered"], "write each packet as it comes"), verbose: counted(["-v"], "print more"),
    write: text(["-w"], "file", "write packets to file"), hex: counted(["-x"], "print packets in hexadecimal; -xx with the link header"), hexAscii: counted(["-X"], "print packets in hexadecimal and ASCII; -XX with the link header"), user: text(["-Z", "--relinquish-privileges"], "user", "become that user (taken, no effect)"), immediate: flag(["--immediate-mode"], "deliver packets at once (always so here)"), helpShort: flag(["-h"], "print usage"),
  },
  parsing: { stopAtOperand: false }, operands: "hosts",
  rewrite: (args) => args.map((arg) => (arg === "-h" ? "--help" : arg)),
  *run({ options, operands, sys }, io: Io) {
    const links = sys.rtnetlink({ op: "link-list" });
    const nameOf = (index: number): string => links.find((one) => one.index === index)?.name ?? sys.rtnetlink({ op: "link-list" }).find((one) => one.index === index)?.name ?? "?";
    if (options.list) {
      const shown = [...links].sort((a, b) => Number(a.kind === "loopback") - Number(b.kind === "loopback") || Number(b.up) - Number(a.up) || a.index - b.index);
      const up = shown.filter((one) => one.kind !== "loopback"), lo = shown.filter((one) => one.kind === "loopback");
      let number = 0;
      const state = (one: Link): string => (one.kind === "loopback" ? "[Up, Running, Loopback]" : one.up ? (one.carrier ? "[Up, Running, Connected]" : "[Up, Disconnected]") : "[Disconnected]");
      for (const one of up.filter((other) => other.up)) io.out.put(`${++number}.${one.name} ${state(one)}\n`);
      io.out.put(`${++number}.any (Pseudo-device that captures on all interfaces) [Up, Running]\n`);
      for (const one of lo) io.out.put(`${++number}.${one.name} ${state(one)}\n`);
      for (const one of up.filter((other) => !other.up)) io.out.put(`${++number}.${one.name} ${state(one)}\n`);
      return 0;
    }
    const count = options.count === undefined ? Infinity : Number(options.count);
    if (!(count > 0)) io.die(`invalid packet count ${options.count}`);
    if (options.direction !== undefined && !["in", "out", "inout"].includes(options.direction)) io.die(`unknown capture direction \`${options.direction}'`);
    const services = yield* readServices(sys);
    const ports = new Map<string, string>();
    for (const line of ((yield* readTextFile(sys, "/etc/services")) ?? "").split("\n")) {
      const match = /^(\S+)\s+(\d+)\/(tcp|udp)/.exec(line);
      if (match && !ports.has(`${match[2]}/${match[3]}`)) ports.set(`${match[2]}/${match[3]}`, match[1] ?? "");
    }
    const expression = options.file === undefined ? operands.join(" ") : ((yield* readTextFile(sys, options.file)) ?? io.die(`${options.file}: No such file or directory`));
    const resolved = new Map<string, readonly string[]>();
    for (const [, name] of expression.matchAll(/(?:host|src|dst)\s+([a-zA-Z][\w.-]*)/g)) {
      if (name === undefined || ["host", "net", "port", "portrange", "or", "and", "proto"].includes(name)) continue;
      try {
        resolved.set(name, yield* lookUpHost(sys, name));
      } catch (error) {
        if (!(error instanceof ResolveError)) throw error;
      }
    }
    let filter: Filter;
    const zone = yield* readZone(sys);
    let fd: number | undefined;
    let linkType = EN10MB;
    let stored: readonly Packet[] = [];
    let device = options.device ?? links.find((one) => one.up && one.kind !== "loopback")?.name ?? "lo";
    if (/^\d+$/.test(device)) device = links.find((one) => one.index === Number(device))?.name ?? device;
    if (options.read !== undefined) {
      const parts: Uint8Array[] = [];
      try {
        const file = options.read === "-" ? 0 : yield* sys.open(options.read, O.RDONLY);
        for (;;) {
          const bytes = yield* sys.read(file, 65536);
          if (bytes.length === 0) break;
          parts.push(bytes);
        }
      } catch (error) {
        if (error instanceof SysError) io.die(`${options.read}: ${error.message}`);
        throw error;
      }
      const content = readRecords(concatBytes(parts));
      if (!content) return io.die(concatBytes(parts).length === 0 ? "truncated dump file; tried to read 4 file header bytes, only got 0" : "unknown file format");
      ({ linkType, packets: stored } = content);
    } else {
      const link = device === "any" ? undefined : (links.find((one) => one.name === device) ?? undefined);
      try {
        fd = sys.socket("packet", "raw");
        if (device !== "any" && !link) {
          yield* io.stderr(`tcpdump: ${device}: No such device exists\n(No such device exists)\n`);
          return 1;
        }
        if (link && !link.up) {
          yield* io.stderr(`tcpdump: ${device}: That device is not up\n`);
          return 1;
        }
        if (options.types) {
          yield* io.stderr(`Data link types for ${device} (use option -y to set):\n  ${device === "any" ? "LINUX_SLL2 (Linux cooked v2)\n  LINUX_SLL (Linux cooked v1)" : "EN10MB (Ethernet)"}\n`);
          return 0;
        }
        sys.setsockopt(fd, "bindtodevice", link?.index ?? 0);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* io.stderr(`tcpdump: ${device}: You don't have permission to perform this capture on that device\n(socket: Operation not permitted)\n`);
        return 1;
      }
      if (device === "any") linkType = SLL2;
    }
    try {
      filter = compileFilter(expression, services, (name) => resolved.get(name));
    } catch (error) {
      if (error instanceof FilterError) io.die(error.message === "syntax error" ? "can't parse filter expression: syntax error" : error.message);
      throw error;
    }
    const names = new Names(sys);
    const numeric = options.numeric > 0;
    if (!numeric) yield* names.load();
    const printer = new PacketPrinter({
      verbose: options.verbose, quiet: options.quiet, link: options.link, absolute: options.absolute,
      host: (address) => (numeric ? address : options.domain ? (/^[\d.:a-f]+$/.test(names.get(address)) ? names.get(address) : (names.get(address).split(".")[0] ?? address)) : names.get(address)),
      port: (port, protocol) => (numeric ? String(port) : (ports.get(`${port}/${protocol}`) ?? String(port))),
    });
    const typeName = linkType === SLL2 ? "LINUX_SLL2 (Linux cooked v2)" : "EN10MB (Ethernet)";
    if (options.read !== undefined) yield* io.stderr(`reading from file ${options.read}, link-type ${typeName}, snapshot length ${SNAPLEN}\n`);
    else {
      if (device === "any") yield* io.stderr(`tcpdump: data link type LINUX_SLL2\n`);
      if (options.verbose === 0 && options.write === undefined) yield* io.stderr(`tcpdump: verbose output suppressed, use -v[v]... for full protocol decode\n`);
      yield* io.stderr(`${options.write !== undefined || options.verbose > 0 ? "tcpdump: " : ""}listening on ${device}, link-type ${typeName}, snapshot length ${options.snaplen ?? SNAPLEN} bytes\n`);
    }
    let target: number | undefined;
    if (options.write !== undefined) {
      try {
        target = options.write === "-" ? 1 : yield* sys.open(options.write, O.WRONLY | O.CREAT | O.TRUNC, 0o644);
      } catch (error) {
        if (error instanceof SysError) io.die(`${options.write}: ${error.message}`);
        throw error;
      }
      yield* sys.write(target, fileHead(linkType));
    }
    const immediate = options.lineBuffered || sys.isatty(1);
    let captured = 0;
    let lastUs: number | undefined;
    let firstUs: number | undefined;
    const stamp = (atUs: number): string => {
      const delta = (from: number | undefined): string => {
        const us = from === undefined ? 0 : atUs - from;
        return `${[3600, 60, 1].map((unit, index) => String(Math.floor(us / 1e6 / unit) % (index === 0 ? 100 : 60)).padStart(2, "0")).join(":")}.${String(us % 1e6).padStart(6, "0")}`;
      };
      const fraction = String(atUs % 1e6).padStart(6, "0");
      switch (options.time) {
        case 0: return `${strftime("%H:%M:%S", civilAtUs(zone, atUs))}.${fraction} `;
        case 1: return "";
        case 2: return `${Math.floor(atUs / 1e6)}.${fraction} `;
        case 3: return ` ${delta(lastUs)} `;
        case 4: return `${strftime("%Y-%m-%d %H:%M:%S", civilAtUs(zone, atUs))}.${fraction} `;
        default: return ` ${delta(firstUs)} `;
      }
    };
    const take = function* (packet: Packet): Blocking<boolean> {
      if (options.direction !== undefined && options.direction !== "inout" && (options.direction === "out") !== (packet.direction === 4)) return false;
      if (!filter(packet)) return false;
      captured++;
      firstUs ??= packet.atUs;
      if (target !== undefined) {
        yield* sys.write(target, fileRecord(packet, linkType));
        return captured >= count;
      }
      if (options.countOnly) return captured >= count;
      if (!numeric) {
        yield* names.ask(packet.source);
        yield* names.ask(packet.destination);
      }
      const cooked = linkType === SLL2 ? `${nameOf(packet.linkIndex).padEnd(5)} ${DIRECTIONS[packet.direction] ?? "?  "} ` : "";
      let line = `${options.number ? `${String(captured).padStart(5)}  ` : ""}${stamp(packet.atUs)}${cooked}${printer.text(packet)}`;
      const body = packet.bytes.subarray(packet.network, packet.end);
      if (options.hexAscii > 0) line += hexDump(options.hexAscii > 1 ? packet.bytes : body, true);
      else if (options.hex > 0) line += hexDump(options.hex > 1 ? packet.bytes : body, false);
      else if (options.ascii) line += asciiDump(body);
      io.out.put(`${line}\n`);
      if (immediate || io.out.full) yield* io.out.flush();
      lastUs = packet.atUs;
      return captured >= count;
    };
    if (fd === undefined) {
      for (const packet of stored) {
        if (sys.charge(20)) yield* sys.preempt();
        if (yield* take(packet)) break;
      }
      if (options.countOnly) io.out.put(`${captured} packet${captured === 1 ? "" : "s"}\n`);
      return 0;
    }
    for (const signal of [1, 2, 15]) sys.sigaction(signal, "catch");
    let seen = 0;
    let interrupted = false;
    for (;;) {
      try {
        yield* sys.poll([{ fd, events: POLL.IN }], null);
        const bytes = yield* sys.read(fd, SNAPLEN + HEAD_BYTES);
        const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
        const packet = parsePacket(bytes.subarray(HEAD_BYTES), view.getUint32(0, true) * 1e6 + view.getUint32(4, true), view.getUint32(12, true), view.getUint32(16, true));
        if (filter(packet)) seen++;
        if (yield* take(packet)) break;
        if (sys.charge(20)) yield* sys.preempt();
      } catch (error) {
        if (!(error instanceof SysError) || error.errno !== "EINTR") throw error;
        sys.takeSignals();
        interrupted = true;
        break;
      }
    }
    yield* io.out.flush();
    if (options.countOnly) io.out.put(`${captured} packet${captured === 1 ? "" : "s"}\n`);
    const facts = sys.ioctl(fd, "PACKET_STATISTICS");
    const dropped = typeof facts === "object" && facts !== null && "dropped" in facts ? Number(facts.dropped) : 0;
    if (interrupted && sys.isatty(2)) yield* sys.write(2, encode("\n"));
    yield* io.stderr(`${captured} packet${captured === 1 ? "" : "s"} captured\n${seen} packet${seen === 1 ? "" : "s"} received by filter\n${dropped} packet${dropped === 1 ? "" : "s"} dropped by kernel\n`);
    return 0;
  },
});
