// Tables, chains and rules as nf_tables has them (iptables works on those of its names), connection tracking, and address translation.
// (More than 400 lines: rules, tracking and translation decide on a packet together.)

import { SysError } from "../errno.ts";
import type { AddressType, NetfilterChain, NetfilterExtra, NetfilterHook, NetfilterRule, NetfilterSet, NetfilterTableName, NftTable } from "../sys.ts";
import { type Family, inPrefix, parsePrefix } from "./address.ts";
import type { NetLink } from "./link.ts";
import type { NetNamespace } from "./net-namespace.ts";
import { type IpPacket, packetBytes, type Payload, type TcpSegment } from "./packet.ts";
import { SmallMap } from "../small-map.ts";

type Hook = NetfilterHook;
export type Verdict = "ACCEPT" | "DROP" | { readonly reject: string };

const BUILT_IN: Record<NetfilterTableName, readonly Hook[]> = {
  filter: ["INPUT", "FORWARD", "OUTPUT"],
  nat: ["PREROUTING", "INPUT", "OUTPUT", "POSTROUTING"],
  mangle: ["PREROUTING", "INPUT", "FORWARD", "OUTPUT", "POSTROUTING"],
  raw: ["PREROUTING", "OUTPUT"],
  security: ["INPUT", "FORWARD", "OUTPUT"],
};

/** linux/netfilter_ipv4.h, enum nf_ip_hook_priorities */
function priorityOf(table: NetfilterTableName, hook: Hook): number {
  if (table === "nat") return natPriority(hook);
  return { raw: -300, mangle: -150, filter: 0, security: 50 }[table];
}

function natPriority(hook: Hook): number {
  return hook === "PREROUTING" || hook === "OUTPUT" ? -100 : 100;
}

interface Counters {
  packets: number;
  bytes: number;
  /** of -m limit */
  tokens?: number;
  filledUs?: number;
}

const LIMIT_UNITS_US: readonly (readonly [name: string, us: number])[] = [["second", 1e6], ["minute", 60e6], ["hour", 3_600e6], ["day", 86_400e6]];

interface Chain {
  readonly name: string;
  readonly policy: "ACCEPT" | "DROP" | undefined;
  readonly base: NetfilterChain["base"];
  readonly comment: string | undefined;
  readonly handle: number;
  readonly rules: { readonly rule: NetfilterRule; readonly counters: Counters; readonly parts?: readonly Counters[] }[];
  readonly counters: Counters;
}

function copyOf(chain: Chain): Chain {
  return {
    ...chain, counters: { ...chain.counters },
    rules: chain.rules.map(({ rule, counters, parts }) => ({ rule, counters: { ...counters }, ...(parts === undefined ? {} : { parts: parts.map((part) => ({ ...part })) }) })),
  };
}

interface Table {
  readonly family: NftTable["family"];
  readonly name: string;
  readonly handle: number;
  readonly byIptables: boolean;
  readonly sets: readonly NetfilterSet[];
  readonly chains: Map<string, Chain>;
  /** the last handle that a chain, rule or set of it got */
  readonly lastHandle: number;
}

interface Tuple {
  readonly protocol: string;
  readonly source: string;
  readonly sourcePort: number;
  readonly destination: string;
  readonly destinationPort: number;
}

export interface Connection {
  readonly original: Tuple;
  reply: Tuple;
  /** packets went both ways */
  seenReply: boolean;
  natDone: boolean;
  expiresUs: number;
}

/** A packet on its way through one namespace, with what tracking knows of it. */
export interface Tracked {
  packet: IpPacket;
  readonly connection: Connection | undefined;
  readonly direction: "original" | "reply";
  readonly state: "NEW" | "ESTABLISHED" | "RELATED" | "INVALID" | "UNTRACKED";
}

function ports(payload: Payload): readonly [number, number] {
  if (payload.protocol === "icmp") return [payload.identifier, payload.identifier];
  return [payload.sourcePort, payload.destinationPort];
}

function tupleOf(packet: IpPacket): Tuple {
  const [sourcePort, destinationPort] = ports(packet.payload);
  return { protocol: packet.payload.protocol, source: packet.source, sourcePort, destination: packet.destination, destinationPort };
}

const inverse = (tuple: Tuple): Tuple => ({ protocol: tuple.protocol, source: tuple.destination, sourcePort: tuple.destinationPort, destination: tuple.source, destinationPort: tuple.sourcePort });
const keyOf = (tuple: Tuple): string => `${tuple.protocol} ${tuple.source} ${tuple.sourcePort} ${tuple.destination} ${tuple.destinationPort}`;

function withSource(packet: IpPacket, address: string, port: number): IpPacket {
  const { payload } = packet;
  if (payload.protocol === "icmp") return { ...packet, source: address, payload: { ...payload, identifier: payload.about ? payload.identifier : port } };
  return { ...packet, source: address, payload: { ...payload, sourcePort: port } };
}

function withDestination(packet: IpPacket, address: string, port: number): IpPacket {
  const { payload } = packet;
  if (payload.protocol === "icmp") return { ...packet, destination: address, payload: { ...payload, identifier: payload.about ? payload.identifier : port } };
  return { ...packet, destination: address, payload: { ...payload, destinationPort: port } };
}

const TIMEOUT_US = { tcp: 432_000_000_000, udp: 30_000_000, icmp: 30_000_000 } as const;

export class Netfilter {
  readonly #namespace: NetNamespace;
  #tables: readonly Table[] = [];
  #tableHandles = 0;
  /** base chains by family and hook, in the order of their priorities; made when asked for */
  readonly #hooks = new SmallMap<string, readonly { readonly chain: Chain; readonly chains: Map<string, Chain> }[]>();
  /** packets that go round by the loopback device keep what is known of them */
  readonly #carried = new WeakMap<IpPacket, Tracked>();
  readonly #connections = new SmallMap<string, { connection: Connection; direction: "original" | "reply" }>();
  /** Nothing was ever configured: packets pass untouched and untracked. */
  #active = false;

  constructor(namespace: NetNamespace) {
    this.#namespace = namespace;
  }

  get active(): boolean {
    return this.#active;
  }

  /** It knows of connections. */
  get tracks(): boolean {
    return this.#connections.size > 0;
  }

  /** The tables of the same namespace in another machine, with counters of their own. */
  takeOver(from: Netfilter): void {
    this.#active = from.#active;
    this.#tableHandles = from.#tableHandles;
    this.#hooks.clear();
    this.#tables = from.#tables.map((table) => ({ ...table, chains: new Map([...table.chains].map(([name, chain]) => [name, copyOf(chain)])) }));
  }

  #tableOfIptables(family: Family, name: NetfilterTableName): Table | undefined {
    const wanted = family === "inet" ? "ip" : "ip6";
    return this.#tables.find((table) => table.family === wanted && table.name === name);
  }

  list(family: Family, name: NetfilterTableName): readonly NetfilterChain[] {
    const table = this.#tableOfIptables(family, name);
    const builtIn = BUILT_IN[name].map((hook): NetfilterChain => {
      const chain = table?.chains.get(hook);
      return chain ? shown(chain) : { name: hook, policy: "ACCEPT", rules: [], packets: 0, bytes: 0 };
    });
    return [...builtIn, ...[...(table?.chains.values() ?? [])].filter((chain) => chain.base === undefined).map(shown)];
  }

  /** Errors: EINVAL (a built-in chain missing, a jump to nowhere). */
  replace(family: Family, name: NetfilterTableName, chains: readonly NetfilterChain[]): void {
    for (const hook of BUILT_IN[name]) if (!chains.some((chain) => chain.name === hook)) throw new SysError("EINVAL");
    checkTargets(chains);
    const before = this.#tableOfIptables(family, name);
    const made = new Map<string, NetfilterChain>();
    // what was there keeps its place; a built-in chain comes into being when something is put into it
    const wanted = new Map(chains.map((chain) => [chain.name, chain]));
    for (const chain of before?.chains.values() ?? []) {
      const next = wanted.get(chain.name);
      if (next) made.set(chain.name, next);
      else if (chain.base && !BUILT_IN[name].includes(chain.name as Hook)) made.set(chain.name, shown(chain));
    }
    for (const chain of chains) {
      const builtIn = BUILT_IN[name].includes(chain.name as Hook);
      if (!made.has(chain.name) && (!builtIn || chain.rules.length > 0 || chain.policy === "DROP" || chain.packets > 0)) made.set(chain.name, chain);
    }
    const table: NftTable = {
      family: family === "inet" ? "ip" : "ip6", name, sets: before?.sets ?? [], byIptables: true, ...(before && { handle: before.handle }),
      chains: [...made.values()].map((chain) => {
        const hook = BUILT_IN[name].find((one) => one === chain.name);
        return hook ? { ...chain, base: { type: name === "nat" ? "nat" : name === "mangle" && hook === "OUTPUT" ? "route" : "filter", hook, priority: priorityOf(name, hook) } } : chain;
      }),
    };
    const compiled = this.#compile(table, before);
    this.#tables = before ? this.#tables.map((one) => (one === before ? compiled : one)) : [...this.#tables, compiled];
    this.#hooks.clear();
    this.#active = true;
  }

  listAll(): readonly NftTable[] {
    return this.#tables.map((table) => ({ family: table.family, name: table.name, handle: table.handle, byIptables: table.byIptables, sets: table.sets, chains: [...table.chains.values()].map(shown) }));
  }

  replaceAll(tables: readonly NftTable[]): void {
    for (const table of tables) checkTargets(table.chains);
    this.#tables = tables.map((table) => this.#compile(table, this.#tables.find((one) => one.family === table.family && one.name === table.name)));
    this.#hooks.clear();
    this.#active = true;
  }

  #compile(table: NftTable, before: Table | undefined): Table {
    let last = before?.lastHandle ?? 0;
    const given = (handle: number | undefined): number => handle ?? ++last;
    const sets = table.sets.map((set) => ({ ...set, handle: given(set.handle) }));
    const chains = new Map(table.chains.map((chain): [string, Chain] => [chain.name, {
      name: chain.name, policy: chain.policy, base: chain.base, comment: chain.comment, handle: given(chain.handle), counters: { packets: chain.packets, bytes: chain.bytes },
      rules: chain.rules.map((rule) => ({
        rule: { ...rule, handle: given(rule.handle) }, counters: { packets: rule.packets, bytes: rule.bytes },
        ...(rule.parts && { parts: rule.parts.map(() => ({ packets: 0, bytes: 0 })) }),
      })),
    }]));
    return { family: table.family, name: table.name, byIptables: table.byIptables ?? false, handle: table.handle ?? ++this.#tableHandles, sets, chains, lastHandle: last };
  }

  #base(family: Family, hook: Hook): readonly { readonly chain: Chain; readonly chains: Map<string, Chain> }[] {
    const key = `${family} ${hook}`;
    let found = this.#hooks.get(key);
    if (!found) {
      const own = family === "inet" ? "ip" : "ip6";
      found = this.#tables.filter((table) => table.family === own || table.family === "inet")
        .flatMap((table) => [...table.chains.values()].filter((chain) => chain.base?.hook === hook).map((chain) => ({ chain, chains: table.chains })))
        .sort((a, b) => (a.chain.base?.priority ?? 0) - (b.chain.base?.priority ?? 0));
      this.#hooks.set(key, found);
    }
    return found;
  }

  // ---- tracking

  track(packet: IpPacket): Tracked {
    if (!this.#active) return { packet, connection: undefined, direction: "original", state: "UNTRACKED" };
    const carried = this.#carried.get(packet);
    if (carried) return carried;
    const { payload } = packet;
    if (payload.protocol === "icmp" && payload.about) {
      const known = this.#find(inverse(tupleOf(payload.about)));
      return known ? { packet, connection: known.connection, direction: known.direction, state: "RELATED" } : { packet, connection: undefined, direction: "original", state: "INVALID" };
    }
    const tuple = tupleOf(packet);
    const known = this.#find(tuple);
    if (known) {
      const { connection, direction } = known;
      if (direction === "reply") connection.seenReply = true;
      connection.expiresUs = this.#namespace.kernel.nowUs + this.#timeout(packet);
      const ended = payload.protocol === "tcp" && payload.rst;
      if (ended) connection.expiresUs = this.#namespace.kernel.nowUs + 10_000_000;
      return { packet, connection, direction, state: direction === "reply" || connection.seenReply ? "ESTABLISHED" : "NEW" };
    }
    if (payload.protocol === "tcp" && !payload.syn) return { packet, connection: undefined, direction: "original", state: "INVALID" };
    if (payload.protocol === "icmp" && payload.type !== 8) return { packet, connection: undefined, direction: "original", state: "INVALID" };
    const connection: Connection = { original: tuple, reply: inverse(tuple), seenReply: false, natDone: false, expiresUs: this.#namespace.kernel.nowUs + this.#timeout(packet) };
    return { packet, connection, direction: "original", state: "NEW" };
  }

  /** It was sent on the loopback device: where it comes in it is still the same packet. */
  carry(tracked: Tracked): void {
    if (this.#active) this.#carried.set(tracked.packet, tracked);
  }

  #timeout(packet: IpPacket): number {
    if (packet.payload.protocol === "tcp" && packet.payload.fin) return 120_000_000;
    return TIMEOUT_US[packet.payload.protocol];
  }

  #find(tuple: Tuple): { connection: Connection; direction: "original" | "reply" } | undefined {
    const found = this.#connections.get(keyOf(tuple));
    if (!found) return undefined;
    if (found.connection.expiresUs < this.#namespace.kernel.nowUs) {
      this.#connections.delete(keyOf(found.connection.original));
      this.#connections.delete(keyOf(found.connection.reply));
      return undefined;
    }
    return found;
  }

  /** The first packet got through: replies will be recognised. */
  confirm(tracked: Tracked): void {
    const { connection } = tracked;
    if (!connection || tracked.state !== "NEW" || connection.natDone) return;
    connection.natDone = true;
    this.#connections.set(keyOf(connection.original), { connection, direction: "original" });
    this.#connections.set(keyOf(connection.reply), { connection, direction: "reply" });
  }

  connections(): readonly { readonly protocol: string; readonly original: Tuple; readonly reply: Tuple; readonly assured: boolean }[] {
    return [...this.#connections.values()].filter((entry) => entry.direction === "original").map(({ connection }) => ({ protocol: connection.original.protocol, original: connection.original, reply: connection.reply, assured: connection.seenReply }));
  }

  // ---- hooks

  run(hook: Hook, tracked: Tracked, inLink: NetLink | undefined, outLink: NetLink | undefined): Verdict {
    if (!this.#active) return "ACCEPT";
    const base = this.#base(tracked.packet.family, hook);
    const translating = hook !== "FORWARD";
    let translated = !translating;
    for (const { chain, chains } of base) {
      if (!translated && (chain.base?.priority ?? 0) >= natPriority(hook)) {
        translated = true;
        this.#translate(hook, tracked, inLink, outLink);
      }
      if (chain.base?.type === "nat") continue;
      const verdict = this.#walk(chains, chain, tracked, inLink, outLink, 0);
      const decided = verdict === undefined || verdict === "RETURN" ? this.#policy(chain, tracked.packet) : verdict;
      if (decided === "DROP" || (typeof decided === "object" && "reject" in decided)) return decided as Verdict;
    }
    if (!translated) this.#translate(hook, tracked, inLink, outLink);
    return "ACCEPT";
  }

  #policy(chain: Chain, packet: IpPacket): "ACCEPT" | "DROP" {
    // nf_tables counts for a base chain only where counters came with it (iptables-restore -c)
    if (chain.counters.packets > 0) {
      chain.counters.packets++;
      chain.counters.bytes += packetBytes(packet);
    }
    return chain.policy ?? "ACCEPT";
  }

  #walk(chains: Map<string, Chain>, chain: Chain, tracked: Tracked, inLink: NetLink | undefined, outLink: NetLink | undefined, depth: number): Outcome | undefined {
    if (depth > 16) return "DROP";
    for (const { rule: whole, counters, parts } of chain.rules) {
      const at = parts ? (whole.parts ?? []).findIndex((part, index) => this.#matches(part, parts[index] ?? counters, tracked, inLink, outLink)) : this.#matches(whole, counters, tracked, inLink, outLink) ? 0 : -1;
      if (at < 0) continue;
      const rule = whole.parts?.[at] ?? whole;
      counters.packets++;
      counters.bytes += packetBytes(tracked.packet);
      if (rule.log !== undefined) this.#log(rule.log, tracked, inLink, outLink);
      switch (rule.target) {
        case "ACCEPT":
        case "DROP":
        case "RETURN": return rule.target;
        case "REJECT": return { reject: rule.targetOptions?.rejectWith ?? "icmp-port-unreachable" };
        case "MASQUERADE":
        case "DNAT":
        case "SNAT":
        case "REDIRECT": return { translate: rule };
        case "LOG":
          this.#log(rule.targetOptions?.logPrefix ?? "", tracked, inLink, outLink);
          continue;
        case "": continue;
        default: {
          const next = chains.get(rule.target);
          const verdict = next ? this.#walk(chains, next, tracked, inLink, outLink, depth + 1) : undefined;
          if (verdict !== undefined && verdict !== "RETURN") return verdict;
        }
      }
    }
    return undefined;
  }

  #log(prefix: string, tracked: Tracked, inLink: NetLink | undefined, outLink: NetLink | undefined): void {
    this.#namespace.kernel.log.append(`${prefix}IN=${inLink?.name ?? ""} OUT=${outLink?.name ?? ""} SRC=${tracked.packet.source} DST=${tracked.packet.destination} LEN=${packetBytes(tracked.packet)} TTL=${tracked.packet.ttl} PROTO=${tracked.packet.payload.protocol.toUpperCase()}${portText(tracked.packet.payload)}`, 4);
  }

  #takeToken({ rate, burst }: { readonly rate: string; readonly burst: number }, counters: Counters): boolean {
    const [count = "1", unit = "second"] = rate.split("/");
    const perUs = Number(count) / (LIMIT_UNITS_US.find(([name]) => name.startsWith(unit))?.[1] ?? 1_000_000);
    const nowUs = this.#namespace.kernel.nowUs;
    const tokens = Math.min(burst, (counters.tokens ?? burst) + (nowUs - (counters.filledUs ?? nowUs)) * perUs);
    counters.filledUs = nowUs;
    counters.tokens = tokens >= 1 ? tokens - 1 : tokens;
    return tokens >= 1;
  }

  #matches(rule: NetfilterRule, counters: Counters, tracked: Tracked, inLink: NetLink | undefined, outLink: NetLink | undefined): boolean {
    const { packet } = tracked;
    const { payload } = packet;
    const not = (name: string, result: boolean): boolean => (rule.negated?.includes(name) ? !result : result);
    if (rule.protocol !== undefined && rule.protocol !== "all" && !not("protocol", protocolMatches(rule.protocol, payload.protocol))) return false;
    if (rule.source !== undefined && !not("source", addressMatches(rule.source, packet.source))) return false;
    if (rule.destination !== undefined && !not("destination", addressMatches(rule.destination, packet.destination))) return false;
    if (rule.inInterface !== undefined && !not("inInterface", interfaceMatches(rule.inInterface, inLink))) return false;
    if (rule.outInterface !== undefined && !not("outInterface", interfaceMatches(rule.outInterface, outLink))) return false;
    if (rule.destinationPort !== undefined && (payload.protocol === "icmp" || !not("destinationPort", portMatches(rule.destinationPort, payload.destinationPort)))) return false;
    if (rule.sourcePort !== undefined && (payload.protocol === "icmp" || !not("sourcePort", portMatches(rule.sourcePort, payload.sourcePort)))) return false;
    if (rule.syn && (payload.protocol !== "tcp" || !not("syn", payload.syn && !payload.ack && !payload.rst && !payload.fin))) return false;
    if (rule.tcpFlags !== undefined && (payload.protocol !== "tcp" || !not("tcpFlags", flagsMatch(rule.tcpFlags, payload)))) return false;
    if (rule.extras !== undefined && !rule.extras.every((extra) => extraMatches(extra, packet) !== extra.negated)) return false;
    if (rule.icmpType !== undefined && (payload.protocol !== "icmp" || !not("icmpType", icmpMatches(rule.icmpType, payload.type, payload.code)))) return false;
    if (rule.connectionState !== undefined && !not("connectionState", rule.connectionState.includes(tracked.state))) return false;
    if (rule.addressType) {
      const { destination, source, negatedDestination } = rule.addressType;
      if (destination !== undefined && this.#isOfType(packet.destination, destination) === (negatedDestination ?? false)) return false;
      if (source !== undefined && !this.#isOfType(packet.source, source)) return false;
    }
    if (rule.recent && !this.#wasSeen(rule.recent, packet.source)) return false;
    // last: a packet that another match refuses takes no token
    return !rule.limit || this.#takeToken(rule.limit, counters) !== (rule.overLimit ?? false);
  }

  #isOfType(address: string, type: AddressType): boolean {
    const isMulticast = address.includes(":") ? /^ff/i.test(address) : /^2(?:2[4-9]|3\d)\./.test(address);
    const isBroadcast = address === "255.255.255.255";
    switch (type) {
      case "LOCAL": return this.#namespace.isLocal(address);
      case "MULTICAST": return isMulticast;
      case "BROADCAST": return isBroadcast;
      case "UNICAST": return !isMulticast && !isBroadcast && !this.#namespace.isLocal(address);
    }
  }

  readonly #recent = new Map<string, number[]>();

  /** xt_recent keeps the last 20 times of a source. */
  #wasSeen({ kind, list, seconds, hits }: NonNullable<NetfilterRule["recent"]>, source: string): boolean {
    const key = `${list} ${source}`;
    const nowUs = this.#namespace.kernel.nowUs;
    const times = this.#recent.get(key);
    if (kind === "update") {
      const lately = times?.filter((time) => seconds === undefined || nowUs - time <= seconds * 1_000_000) ?? [];
      if (times === undefined || lately.length < Math.max(1, hits ?? 1)) return false;
    }
    if (times === undefined && this.#recent.size >= 100) this.#recent.delete(this.#recent.keys().next().value ?? "");
    this.#recent.set(key, [...(times ?? []), nowUs].slice(-20));
    return true;
  }

  // ---- translation

  #translate(hook: Hook, tracked: Tracked, inLink: NetLink | undefined, outLink: NetLink | undefined): void {
    const { connection } = tracked;
    if (!connection) return;
    if (tracked.state === "NEW" && !connection.natDone) {
      for (const { chain, chains } of this.#base(tracked.packet.family, hook)) {
        if (chain.base?.type !== "nat") continue;
        const verdict = this.#walk(chains, chain, tracked, inLink, outLink, 0);
        if (verdict === undefined || verdict === "RETURN") this.#policy(chain, tracked.packet);
        if (typeof verdict === "object" && "translate" in verdict) {
          this.#set(hook, connection, verdict.translate, inLink, outLink);
          break;
        }
      }
    }
    this.#apply(hook, tracked, connection);
  }

  #set(hook: Hook, connection: Connection, rule: NetfilterRule, inLink: NetLink | undefined, outLink: NetLink | undefined): void {
    const { reply } = connection;
    const options = rule.targetOptions;
    switch (rule.target) {
      case "DNAT": {
        const [address, port] = endpoint(options?.toDestination ?? "");
        connection.reply = { ...reply, source: address ?? reply.source, sourcePort: port ?? reply.sourcePort };
        return;
      }
      case "REDIRECT": {
        const address = hook === "OUTPUT" ? "127.0.0.1" : (inLink && this.#namespace.primaryAddress(inLink, "inet")) || reply.source;
        connection.reply = { ...reply, source: address, sourcePort: options?.toPorts === undefined ? reply.sourcePort : Number(options.toPorts.split("-")[0]) };
        return;
      }
      case "SNAT": {
        const [address, port] = endpoint(options?.toSource ?? "");
        this.#setSource(connection, address ?? reply.destination, port);
        return;
      }
      case "MASQUERADE": {
        const address = outLink && this.#namespace.primaryAddress(outLink, connection.original.source.includes(":") ? "inet6" : "inet");
        if (address !== undefined) this.#setSource(connection, address, undefined);
      }
    }
  }

  #setSource(connection: Connection, address: string, port: number | undefined): void {
    let reply: Tuple = { ...connection.reply, destination: address, destinationPort: port ?? connection.reply.destinationPort };
    for (let tries = 0; tries < 1000 && this.#find(reply); tries++) reply = { ...reply, destinationPort: 1024 + ((reply.destinationPort + 7919 * (tries + 1)) % 64000) };
    connection.reply = reply;
  }

  /** Destination translation happens where packets come in (PREROUTING, OUTPUT), source translation where they leave (POSTROUTING, INPUT). */
  #apply(hook: Hook, tracked: Tracked, connection: Connection): void {
    const { original, reply } = connection;
    const incoming = hook === "PREROUTING" || hook === "OUTPUT";
    if (tracked.direction === "original") {
      if (incoming && (reply.source !== original.destination || reply.sourcePort !== original.destinationPort)) tracked.packet = withDestination(tracked.packet, reply.source, reply.sourcePort);
      if (!incoming && (reply.destination !== original.source || reply.destinationPort !== original.sourcePort)) tracked.packet = withSource(tracked.packet, reply.destination, reply.destinationPort);
    } else {
      if (incoming && (reply.destination !== original.source || reply.destinationPort !== original.sourcePort)) tracked.packet = this.#restore(withDestination(tracked.packet, original.source, original.sourcePort), connection);
      if (!incoming && (reply.source !== original.destination || reply.sourcePort !== original.destinationPort)) tracked.packet = withSource(tracked.packet, original.destination, original.destinationPort);
    }
  }

  /** An error's inner packet names the untranslated ends, or its receiver would not know it. */
  #restore(packet: IpPacket, connection: Connection): IpPacket {
    const { payload } = packet;
    if (payload.protocol !== "icmp" || !payload.about) return packet;
    const about = withDestination(withSource(payload.about, connection.original.source, connection.original.sourcePort), connection.original.destination, connection.original.destinationPort);
    return { ...packet, payload: { ...payload, about } };
  }
}

type Outcome = "ACCEPT" | "DROP" | "RETURN" | { readonly reject: string } | { readonly translate: NetfilterRule };

const TARGETS = new Set(["ACCEPT", "DROP", "REJECT", "RETURN", "MASQUERADE", "DNAT", "SNAT", "REDIRECT", "LOG", "MARK", "TCPMSS"]);

function protocolMatches(wanted: string, protocol: string): boolean {
  if (wanted.includes(",")) return wanted.split(",").some((one) => protocolMatches(one, protocol));
  const names: Record<string, string> = { "6": "tcp", "17": "udp", "1": "icmp", "58": "icmp", icmpv6: "icmp", "ipv6-icmp": "icmp" };
  return (Object.hasOwn(names, wanted) ? names[wanted] : wanted) === protocol;
}

/** "10.0.0.0/8", and of nft "10.0.0.1,10.0.0.4-10.0.0.9" */
function addressMatches(wanted: string, address: string): boolean {
  if (wanted.includes(",")) return wanted.split(",").some((one) => addressMatches(one, address));
  const dash = wanted.indexOf("-");
  if (dash > 0) {
    const [low, value, high] = [wanted.slice(0, dash), address, wanted.slice(dash + 1)].map(addressNumber);
    return low !== undefined && value !== undefined && high !== undefined && value >= low && value <= high;
  }
  const prefix = parsePrefix(wanted);
  return prefix !== undefined && inPrefix(address, prefix.address, prefix.prefixLength);
}

function addressNumber(address: string): number | undefined {
  return address.includes(":") ? undefined : address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
}

function shown(chain: Chain): NetfilterChain {
  return {
    name: chain.name, policy: chain.policy, handle: chain.handle, packets: chain.counters.packets, bytes: chain.counters.bytes, ...(chain.base && { base: chain.base }), ...(chain.comment !== undefined && { comment: chain.comment }),
    rules: chain.rules.map(({ rule, counters }) => ({ ...rule, packets: counters.packets, bytes: counters.bytes })),
  };
}

function checkTargets(chains: readonly NetfilterChain[]): void {
  for (const chain of chains) {
    for (const whole of chain.rules) {
      for (const rule of whole.parts ?? [whole]) if (!TARGETS.has(rule.target) && rule.target !== "" && !chains.some((other) => other.name === rule.target)) throw new SysError("EINVAL");
    }
  }
}

function interfaceMatches(wanted: string, link: NetLink | undefined): boolean {
  if (!link) return false;
  if (wanted.includes(",")) return wanted.split(",").some((one) => interfaceMatches(one, link));
  return wanted.endsWith("+") ? link.name.startsWith(wanted.slice(0, -1)) : link.name === wanted;
}

/** "80", "1000:2000", "80,443" */
/** No packet here is pushed or urgent. */
function flagsMatch({ of, set }: NonNullable<NetfilterRule["tcpFlags"]>, segment: TcpSegment): boolean {
  const has: ReadonlyMap<string, boolean> = new Map([["FIN", segment.fin], ["SYN", segment.syn], ["RST", segment.rst], ["ACK", segment.ack]]);
  return of.every((flag) => (has.get(flag) ?? false) === set.includes(flag));
}

function extraMatches({ test }: NetfilterExtra, packet: IpPacket): boolean {
  switch (test.kind) {
    case "ttl": return packet.ttl >= test.from && packet.ttl <= test.to;
    case "length": return packetBytes(packet) >= test.from && packetBytes(packet) <= test.to;
    case "range": return addressMatches(`${test.from}-${test.to}`, packet[test.side]);
    case "ports": return packet.payload.protocol !== "icmp" && (portMatches(test.list, packet.payload.sourcePort) || portMatches(test.list, packet.payload.destinationPort));
    case "frame": return test.type === (/\.255$/.test(packet.destination) ? "broadcast" : /^(?:2(?:2[4-9]|3\d)\.|ff)/i.test(packet.destination) ? "multicast" : "unicast");
    case "unset": return test.value === 0;
  }
}

function portMatches(wanted: string, port: number): boolean {
  return wanted.split(",").some((part) => {
    const [low, high] = part.split(/[:-]/);
    return high === undefined ? port === Number(low) : port >= Number(low || 0) && port <= Number(high || 65535);
  });
}

/** "8", "3/1", "8,0", "any" */
function icmpMatches(wanted: string, type: number, code: number): boolean {
  return wanted.split(",").some((one) => one === "any" || one === String(type) || one === `${type}/${code}`);
}

function endpoint(text: string): readonly [string | undefined, number | undefined] {
  const match = /^\[?([0-9a-f.:]*?)\]?(?::(\d+))?(?:-\d+)?$/i.exec(text);
  return [match?.[1] || undefined, match?.[2] === undefined ? undefined : Number(match[2])];
}

function portText(payload: Payload): string {
  return payload.protocol === "icmp" ? ` TYPE=${payload.type} CODE=${payload.code}` : ` SPT=${payload.sourcePort} DPT=${payload.destinationPort}`;
}
