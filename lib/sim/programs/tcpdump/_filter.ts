// The filter language of pcap-filter(7): primitives by host, net, port and protocol, arithmetic on bytes, and, or, not.
import { type Packet, u8, u16, u32 } from "./_packet.ts";

export type Filter = (packet: Packet) => boolean;

export class FilterError extends Error {}

const PROTOCOLS: ReadonlyMap<string, (packet: Packet) => boolean> = new Map<string, (packet: Packet) => boolean>([
  ["ip", (packet) => packet.version === 4], ["ip6", (packet) => packet.version === 6], ["arp", (packet) => packet.ethertype === 0x0806], ["rarp", (packet) => packet.ethertype === 0x8035],
  ["tcp", (packet) => packet.protocol === 6], ["udp", (packet) => packet.protocol === 17], ["icmp", (packet) => packet.version === 4 && packet.protocol === 1], ["icmp6", (packet) => packet.version === 6 && packet.protocol === 58],
  ["sctp", (packet) => packet.protocol === 132], ["igmp", (packet) => packet.protocol === 2], ["esp", (packet) => packet.protocol === 50], ["ah", (packet) => packet.protocol === 51],
]);
const NUMBERS: ReadonlyMap<string, number> = new Map([
  ["tcpflags", 13], ["icmptype", 0], ["icmpcode", 1], ["tcp-fin", 1], ["tcp-syn", 2], ["tcp-rst", 4], ["tcp-push", 8], ["tcp-ack", 16], ["tcp-urg", 32], ["icmp-echoreply", 0], ["icmp-unreach", 3], ["icmp-redirect", 5], ["icmp-echo", 8], ["icmp-timxceed", 11],
]);
const PROTOCOL_NUMBERS: ReadonlyMap<string, number> = new Map([["icmp", 1], ["igmp", 2], ["tcp", 6], ["udp", 17], ["icmp6", 58], ["sctp", 132]]);

function ipv4Number(text: string): number | undefined {
  const parts = text.split(".").map(Number);
  return parts.length > 4 || parts.some((part) => !(part >= 0 && part <= 255)) ? undefined : parts.reduce((sum, part) => sum * 256 + part, 0) * 256 ** (4 - parts.length);
}

/** `resolve` gives the addresses of a name, undefined when there are none. */
export function compileFilter(text: string, services: ReadonlyMap<string, number>, resolve: (name: string) => readonly string[] | undefined): Filter {
  const words = text.match(/&&|\|\||<=|>=|!=|==|<<|>>|[()[\]!=<>&|+*]|[^\s()[\]!=<>&|+*]+/g) ?? [];
  let at = 0;
  const peek = (): string => words[at] ?? "";
  const fail = (): never => {
    throw new FilterError("syntax error");
  };
  const next = (): string => words[at++] ?? fail();
  const take = (word: string): boolean => {
    if (peek() !== word) return false;
    at++;
    return true;
  };

  function or(): Filter {
    let left = and();
    while (take("or") || take("||")) {
      const first = left, second = and();
      left = (packet) => first(packet) || second(packet);
    }
    return left;
  }
  function and(): Filter {
    let left = not();
    for (;;) {
      if (!(take("and") || take("&&"))) return left;
      const first = left, second = not();
      left = (packet) => first(packet) && second(packet);
    }
  }
  function not(): Filter {
    if (take("not") || take("!")) {
      const inner = not();
      return (packet) => !inner(packet);
    }
    if (peek() === "(") {
      const start = at;
      at++;
      try {
        const inner = or();
        if (take(")")) return inner;
      } catch (error) {
        if (!(error instanceof FilterError)) throw error;
      }
      at = start;
    }
    return primitive();
  }

  let lastKind = "host";
  let lastDirection: "src" | "dst" | "" | "and" = "";
  let lastProtocol: Filter | undefined;

  function primitive(): Filter {
    let protocol: Filter | undefined;
    let direction: typeof lastDirection = "";
    let kind = "";
    let said = false;
    let protocolName = "";
    for (;;) {
      const word = peek();
      if (PROTOCOLS.has(word) && (words[at + 1] === "[" )) return relation();
      if (PROTOCOLS.has(word) && protocol === undefined && kind === "" && !said) {
        protocol = PROTOCOLS.get(word);
        protocolName = word;
        at++;
        said = false;
        if (!["src", "dst", "host", "net", "port", "portrange", "proto"].includes(peek())) return protocol ?? fail();
        continue;
      }
      if (word === "ether" && protocol === undefined) {
        at++;
        return ether();
      }
      if (word === "src" || word === "dst") {
        at++;
        direction = word;
        said = true;
        if ((peek() === "or" || peek() === "and") && (words[at + 1] === "dst" || words[at + 1] === "src")) {
          direction = peek() === "or" ? "" : "and";
          at += 2;
        }
        continue;
      }
      if (word === "host" || word === "net" || word === "port" || word === "portrange" || word === "proto") {
        at++;
        kind = word;
        said = true;
        break;
      }
      break;
    }
    if (!said) {
      const word = peek();
      switch (word) {
        case "broadcast": at++; return (packet) => packet.destinationMac === "ff:ff:ff:ff:ff:ff";
        case "multicast": at++; return (packet) => (u8(packet.bytes, 0) & 1) === 1;
        case "vlan": {
          at++;
          const id = /^\d+$/.test(peek()) ? Number(next()) : undefined;
          return (packet) => packet.vlan !== undefined && (id === undefined || packet.vlan === id);
        }
        case "less": { at++; const length = Number(next()); return (packet) => packet.bytes.length <= length; }
        case "greater": { at++; const length = Number(next()); return (packet) => packet.bytes.length >= length; }
        case "gateway": case "inbound": case "outbound": case "ifname": throw new FilterError(`'${word}' is not simulated here`);
        default:
      }
      if (/^\d+$/.test(word) || NUMBERS.has(word) || word === "len") return relation();
      if (word === "" || ["and", "or", ")", "&&", "||", "]", "="].includes(word)) return fail();
      // "port 80 or 443": qualifiers of before hold
      kind = lastKind;
      direction = lastDirection;
      protocol = lastProtocol;
    }
    if (kind === "") kind = "host";
    [lastKind, lastDirection, lastProtocol] = [kind, direction, protocol];
    const value = next();
    if (/^[()[\]!=<>&|+*]+$/.test(value)) fail();
    const sides = (test: (source: boolean, packet: Packet) => boolean): Filter => {
      const inner: Filter = direction === "src" ? (packet) => test(true, packet) : direction === "dst" ? (packet) => test(false, packet) : direction === "and" ? (packet) => test(true, packet) && test(false, packet) : (packet) => test(true, packet) || test(false, packet);
      return protocol ? ((guard) => (packet: Packet) => guard(packet) && inner(packet))(protocol) : inner;
    };
    switch (kind) {
      case "host": {
        const bare = value.replace(/\/32$/, "");
        const addresses = ipv4Number(bare) !== undefined || bare.includes(":") ? [bare] : resolve(bare);
        if (!addresses) throw new FilterError(`unknown host '${bare}'`);
        if (value.includes("/") && value !== `${bare}/32`) return net(value, sides);
        return sides((source, packet) => addresses.includes(source ? packet.source : packet.destination));
      }
      case "net": return net(value, sides);
      case "port": {
        const port = /^\d+$/.test(value) ? Number(value) : services.get(value);
        if (port === undefined) throw new FilterError(`port '${value}' not found`);
        if (port > 65535) throw new FilterError(`illegal port number ${port} > 65535`);
        return sides((source, packet) => (source ? packet.sourcePort : packet.destinationPort) === port);
      }
      case "portrange": {
        const [low = 0, high = 0] = value.split("-").map((one) => (/^\d+$/.test(one) ? Number(one) : (services.get(one) ?? fail())));
        return sides((source, packet) => {
          const port = source ? packet.sourcePort : packet.destinationPort;
          return port >= low && port <= high;
        });
      }
      default: {
        const number = PROTOCOL_NUMBERS.get(value.replace(/^\\/, "")) ?? (/^\d+$/.test(value) ? Number(value) : fail());
        return (packet) => packet.protocol === number && (protocolName === "" || (PROTOCOLS.get(protocolName)?.(packet) ?? false));
      }
    }
  }

  function net(value: string, sides: (test: (source: boolean, packet: Packet) => boolean) => Filter): Filter {
    const [address = "", bitsWord] = value.split("/");
    const base = ipv4Number(address);
    if (base === undefined) throw new FilterError(`unknown network '${value}'`);
    let bits = bitsWord === undefined ? address.split(".").length * 8 : Number(bitsWord);
    if (peek() === "mask") {
      at++;
      bits = (ipv4Number(next()) ?? fail()).toString(2).replace(/0+$/, "").length;
    }
    if (!(bits >= 0 && bits <= 32)) throw new FilterError("mask length must be <= 32");
    const size = 2 ** (32 - bits);
    if (base % size !== 0) throw new FilterError(`non-network bits set in "${value}"`);
    return sides((source, packet) => {
      const number = packet.version === 6 ? undefined : ipv4Number((source ? packet.source : packet.destination) || "x");
      return number !== undefined && Math.floor(number / size) === Math.floor(base / size);
    });
  }

  function ether(): Filter {
    const word = next();
    if (word === "host" || word === "src" || word === "dst") {
      if (word !== "host") take("host");
      const mac = next().toLowerCase();
      return (packet) => (word !== "dst" && packet.sourceMac === mac) || (word !== "src" && packet.destinationMac === mac);
    }
    if (word === "broadcast") return (packet) => packet.destinationMac === "ff:ff:ff:ff:ff:ff";
    if (word === "multicast") return (packet) => (u8(packet.bytes, 0) & 1) === 1;
    if (word === "proto") {
      const name = next().replace(/^\\/, "");
      const guard = PROTOCOLS.get(name);
      const number = Number(name);
      return guard ?? ((packet) => packet.ethertype === number);
    }
    return fail();
  }

  type Value = (packet: Packet) => number;
  function atom(): Value {
    if (take("(")) {
      const inner = arithmetic();
      if (!take(")")) fail();
      return inner;
    }
    const word = next();
    if (/^(\d+|0x[0-9a-f]+)$/i.test(word)) {
      const number = Number(word);
      return () => number;
    }
    const known = NUMBERS.get(word);
    if (known !== undefined) return () => known;
    if (word === "len") return (packet) => packet.bytes.length;
    const guard = PROTOCOLS.get(word) ?? (word === "ether" ? () => true : fail());
    if (!take("[")) fail();
    const inside = next();
    const [offsetWord = "", sizeWord = "1"] = inside.split(":");
    const offset = NUMBERS.get(offsetWord) ?? Number(offsetWord);
    const size = Number(sizeWord);
    if (!Number.isInteger(offset) || ![1, 2, 4].includes(size) || !take("]")) fail();
    const start: Value = word === "ether" ? () => 0 : word === "ip" || word === "ip6" || word === "arp" ? (packet) => packet.network : (packet) => packet.transport;
    return (packet) => {
      if (!guard(packet)) return Number.NaN;
      const place = start(packet) + offset;
      return size === 1 ? u8(packet.bytes, place) : size === 2 ? u16(packet.bytes, place) : u32(packet.bytes, place);
    };
  }
  function arithmetic(): Value {
    let left = atom();
    for (;;) {
      const operator = peek();
      if (!["&", "|", "+", "*", "<<", ">>"].includes(operator)) return left;
      at++;
      const first = left, second = atom();
      left = operator === "&" ? (packet) => (Number.isNaN(first(packet)) ? Number.NaN : first(packet) & second(packet)) : operator === "|" ? (packet) => first(packet) | second(packet) : operator === "+" ? (packet) => first(packet) + second(packet) : operator === "*" ? (packet) => first(packet) * second(packet) : operator === "<<" ? (packet) => first(packet) << second(packet) : (packet) => first(packet) >> second(packet);
    }
  }
  function relation(): Filter {
    const left = arithmetic();
    const operator = next();
    const right = arithmetic();
    switch (operator) {
      case "=": case "==": return (packet) => left(packet) === right(packet);
      case "!=": return (packet) => !Number.isNaN(left(packet)) && left(packet) !== right(packet);
      case "<": return (packet) => left(packet) < right(packet);
      case ">": return (packet) => left(packet) > right(packet);
      case "<=": return (packet) => left(packet) <= right(packet);
      case ">=": return (packet) => left(packet) >= right(packet);
      default: return fail();
    }
  }

  if (words.length === 0) return () => true;
  const filter = or();
  if (at < words.length) fail();
  return filter;
}
