// The tables of iptables -L (iptables/nft-shared.c names the columns).

import type { NetfilterChain } from "../../kernel/sys.ts";
import { flagsText, icmpName, inOrder, protocolNumber, type RuleSpec } from "./_rule-text.ts";

export interface ListingOptions {
  readonly numeric: boolean;
  readonly verbose: boolean;
  readonly exact: boolean;
  readonly lineNumbers: boolean;
  readonly anywhere: string;
  /** names of ports, unless numeric */
  readonly portName: (port: string, protocol: string) => string;
}

/** Counters from 100000 on are shown in K, M, G. */
function short(count: number, width: number): string {
  if (count <= 99_999) return String(count).padStart(width);
  let value = count;
  for (const unit of ["K", "M", "G", "T"]) {
    value = Math.floor((value + 500) / 1000);
    if (value <= 9_999 || unit === "T") return `${String(value).padStart(width - 1)}${unit}`;
  }
  return String(count);
}

function shown(address: string | undefined, options: ListingOptions): string {
  if (address === undefined) return options.numeric ? options.anywhere : "anywhere";
  return address.replace(address.includes(":") ? /\/128$/ : /\/32$/, "");
}

function ports(prefix: string, text: string, negated: boolean, protocol: string, options: ListingOptions): string {
  const [low = "", high] = text.split(":");
  const name = (port: string) => (options.numeric ? port : options.portName(port, protocol));
  return high === undefined ? ` ${prefix}:${negated ? "!" : ""}${name(low)}` : ` ${prefix}s:${negated ? "!" : ""}${name(low)}:${name(high)}`;
}

function details(rule: RuleSpec, options: ListingOptions): string {
  const negated = (name: string) => rule.negated?.includes(name) ?? false;
  const protocol = rule.protocol ?? "";
  const segments = new Map<string, string>();
  let own = "";
  if (rule.multiport) {
    let text = "";
    for (const [word, list, name] of [["sports", rule.sourcePort, "sourcePort"], ["dports", rule.destinationPort, "destinationPort"]] as const) {
      if (list !== undefined) text += ` multiport ${word} ${negated(name) ? "!" : ""}${list.split(",").map((port) => (options.numeric ? port : options.portName(port, protocol))).join(",")}`;
    }
    segments.set("multiport", text);
  } else {
    if (rule.sourcePort !== undefined) own += ports("spt", rule.sourcePort, negated("sourcePort"), protocol, options);
    if (rule.destinationPort !== undefined) own += ports("dpt", rule.destinationPort, negated("destinationPort"), protocol, options);
  }
  if (rule.syn) own += ` flags:${negated("syn") ? "!" : ""}${flagsText({ of: ["FIN", "SYN", "RST", "ACK"], set: ["SYN"] }, options.numeric)}`;
  if (rule.tcpFlags !== undefined) own += ` flags:${negated("tcpFlags") ? "!" : ""}${flagsText(rule.tcpFlags, options.numeric)}`;
  if (own !== "") segments.set(protocol, ` ${protocol}${own}`);
  if (rule.icmpType !== undefined) {
    const six = protocol === "ipv6-icmp";
    const name = options.numeric ? undefined : icmpName(rule.icmpType, six);
    const type = name === undefined ? (rule.icmpType === "any" ? "" : `type ${negated("icmpType") ? "!" : ""}${rule.icmpType.replace("/", " code ")}`) : ` ${negated("icmpType") ? "!" : ""}${name}`;
    segments.set(six ? "icmp6" : "icmp", ` ${six ? "ipv6-icmp" : "icmp"}${type}`);
  }
  if (rule.addressType) segments.set("addrtype", ` ADDRTYPE match${rule.addressType.source ? ` src-type ${rule.addressType.source}` : ""}${rule.addressType.destination ? ` dst-type ${rule.addressType.negatedDestination ? "!" : ""}${rule.addressType.destination}` : ""}`);
  if (rule.connectionState) segments.set(rule.stateModule ? "state" : "conntrack", ` ${negated("connectionState") ? "! " : ""}${rule.stateModule ? "state" : "ctstate"} ${rule.connectionState.join(",")}`);
  if (rule.recent) segments.set("recent", ` recent: ${rule.recent.kind === "set" ? "SET" : "UPDATE"}${rule.recent.seconds === undefined ? "" : ` seconds: ${rule.recent.seconds}`}${rule.recent.hits === undefined ? "" : ` hit_count: ${rule.recent.hits}`} name: ${rule.recent.list} side: source mask: 255.255.255.255`);
  if (rule.limit) segments.set("limit", ` limit: avg ${rule.limit.rate} burst ${rule.limit.burst}`);
  for (const extra of rule.extras ?? []) {
    const shown = extra.test.kind === "ports" && !options.numeric ? extra.shown.replace(/\d+/g, (port) => options.portName(port, protocol)) : extra.shown;
    segments.set(extra.module, `${segments.get(extra.module) ?? ""} ${shown}`);
  }
  if (rule.comment !== undefined) segments.set("comment", ` /* ${rule.comment} */`);
  let text = inOrder(rule, segments).join("");
  const { targetOptions: target } = rule;
  if (rule.target === "LOG") text += ` LOG ${options.numeric ? "flags 0 level 4" : "level warn"}${target?.logPrefix === undefined ? "" : ` prefix "${target.logPrefix}"`}`;
  if (target?.rejectWith !== undefined) text += ` reject-with ${target.rejectWith}`;
  if (target?.toDestination !== undefined) text += ` to:${target.toDestination}`;
  if (target?.toSource !== undefined) text += ` to:${target.toSource}`;
  if (target?.toPorts !== undefined) text += rule.target === "REDIRECT" ? ` redir ports ${target.toPorts}` : ` masq ports: ${target.toPorts}`;
  if (target?.random) text += " random";
  return text;
}

function row(rule: NetfilterChain["rules"][number], place: number, options: ListingOptions): string {
  const width = options.exact ? 8 : 5;
  const count = (value: number, wide: number) => `${options.exact ? String(value).padStart(wide) : short(value, wide)} `;
  const not = (name: string) => (rule.negated?.includes(name) ? "!" : "");
  const protocol = options.numeric ? String(protocolNumber(rule.protocol ?? "all")) : (rule.protocol ?? "all");
  return [
    options.lineNumbers ? `${String(place + 1).padEnd(4)} ` : "",
    options.verbose ? `${count(rule.packets, width)}${count(rule.bytes, options.exact ? 10 : 5)}` : "",
    `${rule.target.padEnd(9)} `,
    ` ${`${not("protocol")}${protocol}`.padEnd(4)} `,
    "-- ",
    options.verbose ? ` ${`${not("inInterface")}${rule.inInterface ?? "*"}`.padEnd(6)} ${`${not("outInterface")}${rule.outInterface ?? "*"}`.padEnd(6)} ` : "",
    `${not("source") || " "}${shown(rule.source, options).padEnd(19)} `,
    `${not("destination") || " "}${shown(rule.destination, options).padEnd(19)} `,
    details(rule, options),
  ].join("");
}

/** One rule alone, without headings (-L CHAIN NUMBER). */
export function singleRule(chain: NetfilterChain, place: number, options: ListingOptions): string {
  const rule = chain.rules[place];
  return rule === undefined ? "" : `${row(rule, place, options)}\n`;
}

export function listing(chain: NetfilterChain, chains: readonly NetfilterChain[], options: ListingOptions): string {
  const references = chains.reduce((sum, other) => sum + other.rules.filter((rule) => rule.target === chain.name).length, 0);
  const counters = options.exact ? `${chain.packets} packets, ${chain.bytes} bytes` : `${short(chain.packets, 0)} packets, ${short(chain.bytes, 0)} bytes`;
  const head = chain.policy === undefined ? `Chain ${chain.name} (${references} references)` : `Chain ${chain.name} (policy ${chain.policy}${options.verbose ? ` ${counters}` : ""})`;
  const titles = `${options.lineNumbers ? "num  " : ""}${options.verbose ? (options.exact ? "    pkts      bytes " : " pkts bytes ") : ""}target     prot opt ${options.verbose ? "in     out     " : ""}source               destination         `;
  return [head, titles, ...chain.rules.map((rule, place) => row(rule, place, options))].map((line) => `${line}\n`).join("");
}
