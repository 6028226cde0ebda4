// How nft lists what the kernel has: tables, sets, chains, rules. Rules of iptables are written in nft's language (as libxtables' translations do).
import type { NetfilterChain, NetfilterRule, NetfilterSet, NftTable } from "../../kernel/sys.ts";
import { ICMP, quoted } from "./_rule.ts";

export interface ListOptions {
  readonly handles: boolean;
  readonly stateless: boolean;
  readonly json?: boolean;
}

const STANDARD: readonly (readonly [name: string, priority: number, hooks: readonly string[]])[] = [
  ["raw", -300, ["PREROUTING", "INPUT", "FORWARD", "OUTPUT", "POSTROUTING"]], ["mangle", -150, ["PREROUTING", "INPUT", "FORWARD", "OUTPUT", "POSTROUTING"]], ["dstnat", -100, ["PREROUTING"]],
  ["filter", 0, ["PREROUTING", "INPUT", "FORWARD", "OUTPUT", "POSTROUTING"]], ["security", 50, ["PREROUTING", "INPUT", "FORWARD", "OUTPUT", "POSTROUTING"]], ["srcnat", 100, ["POSTROUTING"]],
];

function priorityText(priority: number, hook: string): string {
  for (const [name, value, hooks] of STANDARD) {
    const off = priority - value;
    if (Math.abs(off) <= 10 && hooks.includes(hook)) return off === 0 ? name : `${name} ${off > 0 ? "+" : "-"} ${Math.abs(off)}`;
  }
  return String(priority);
}

export function priorityNumber(name: string): number | undefined {
  return STANDARD.find(([one]) => one === name)?.[1];
}

/** Whether iptables stored it with an extension of its own: nft then warns of the table. */
function isForeign(rule: NetfilterRule): boolean {
  return rule.nft === undefined && (rule.connectionState !== undefined || rule.addressType !== undefined || rule.multiport === true || rule.icmpType !== undefined || ["MASQUERADE", "DNAT", "SNAT", "REDIRECT", "REJECT", "LOG"].includes(rule.target));
}

export function isManagedByIptables(table: NftTable): boolean {
  return table.chains.some((chain) => chain.rules.some(isForeign));
}

/** A rule of iptables in nft's words: addresses, interfaces, protocol, matches, counter, verdict. */
function translated(rule: NetfilterRule, family: string): string {
  const words: string[] = [];
  const not = (name: string): string => (rule.negated?.includes(name) ? "!= " : "");
  const ip = family === "ip6" ? "ip6" : "ip";
  const range = (text: string): string => text.replaceAll(":", "-");
  if (rule.source !== undefined) words.push(`${ip} saddr ${not("source")}${rule.source.replace(/\/(32|128)$/, "")}`);
  if (rule.destination !== undefined) words.push(`${ip} daddr ${not("destination")}${rule.destination.replace(/\/(32|128)$/, "")}`);
  if (rule.inInterface !== undefined) words.push(`iifname ${not("inInterface")}${quoted(rule.inInterface.replace(/\+$/, "*"))}`);
  if (rule.outInterface !== undefined) words.push(`oifname ${not("outInterface")}${quoted(rule.outInterface.replace(/\+$/, "*"))}`);
  const ports = [["sport", rule.sourcePort, "sourcePort"], ["dport", rule.destinationPort, "destinationPort"]] as const;
  const withPorts = ports.some(([, list]) => list !== undefined);
  if (rule.protocol !== undefined && (rule.negated?.includes("protocol") || !(withPorts || rule.syn || rule.icmpType !== undefined) || rule.multiport)) words.push(`meta l4proto ${not("protocol")}${rule.protocol}`);
  for (const [name, list, field] of ports) {
    if (list === undefined) continue;
    words.push(`${rule.protocol ?? "tcp"} ${name} ${not(field)}${rule.multiport ? (list.includes(",") ? `{ ${list.split(",").map(range).join(", ")} }` : range(list)) : range(list)}`);
  }
  if (rule.syn) words.push(rule.negated?.includes("syn") ? "tcp flags != syn / fin,syn,rst,ack" : "tcp flags syn / fin,syn,rst,ack");
  if (rule.icmpType !== undefined) {
    const [type = "", code] = rule.icmpType.split("/");
    words.push(`meta l4proto ${rule.protocol === "ipv6-icmp" ? "ipv6-icmp icmpv6" : "icmp icmp"} type ${not("icmpType")}${ICMP.find(([, number]) => number === type)?.[0] ?? type}${code === undefined ? "" : ` icmp code ${code}`}`);
  }
  if (rule.addressType) {
    if (rule.addressType.source) words.push(`fib saddr type ${rule.addressType.source.toLowerCase()}`);
    if (rule.addressType.destination) words.push(`fib daddr type ${rule.addressType.negatedDestination ? "!= " : ""}${rule.addressType.destination.toLowerCase()}`);
  }
  if (rule.connectionState) words.push(`ct state ${not("connectionState")}${rule.connectionState.map((one) => one.toLowerCase()).join(",")}`);
  if (rule.limit) {
    const [count, unit] = rule.limit.rate.split("/");
    words.push(`limit rate ${count}/${unit === "sec" ? "second" : unit === "min" ? "minute" : unit}${rule.limit.burst === 5 ? "" : ` burst ${rule.limit.burst} packets`}`);
  }
  // a remark of iptables has no words in nft: an empty one stands in its place
  if (rule.comment !== undefined) words.push("");
  words.push("%c");
  const options = rule.targetOptions;
  switch (rule.target) {
    case "": break;
    case "ACCEPT": case "DROP": case "RETURN": words.push(rule.target.toLowerCase()); break;
    case "REJECT": {
      const how = options?.rejectWith ?? "icmp-port-unreachable";
      words.push(how === "icmp-port-unreachable" || how === "icmp6-port-unreachable" ? "reject" : how === "tcp-reset" ? "reject with tcp reset" : `reject with icmp ${how.replace(/^icmp6?-/, "").replace("proto-", "prot-").replace("adm-prohibited", "admin-prohibited")}`);
      break;
    }
    case "LOG": words.push(`log${options?.logPrefix === undefined ? "" : ` prefix ${quoted(options.logPrefix)}`}`); break;
    case "MASQUERADE": words.push(`masquerade${options?.toPorts === undefined ? "" : ` to :${options.toPorts}`}`); break;
    case "REDIRECT": words.push(`redirect${options?.toPorts === undefined ? "" : ` to :${options.toPorts}`}`); break;
    case "DNAT": words.push(`dnat to ${options?.toDestination ?? ""}`); break;
    case "SNAT": words.push(`snat to ${options?.toSource ?? ""}`); break;
    default: words.push(`jump ${rule.target}`);
  }
  return words.join(" ");
}

export function ruleText(rule: NetfilterRule, family: string, { handles, stateless }: ListOptions): string {
  const text = (rule.nft ?? translated(rule, family)).replace("%c", stateless ? "counter" : `counter packets ${rule.packets} bytes ${rule.bytes}`);
  return `${text}${rule.comment === undefined || rule.nft === undefined ? "" : ` comment ${quoted(rule.comment)}`}${handles ? ` # handle ${rule.handle}` : ""}`;
}

const handle = (one: { readonly handle?: number }, options: ListOptions): string => (options.handles ? ` # handle ${one.handle}` : "");

export function chainText(chain: NetfilterChain, family: string, options: ListOptions): string {
  let out = `\tchain ${chain.name} {${handle(chain, options)}\n`;
  if (chain.comment !== undefined) out += `\t\tcomment ${quoted(chain.comment)}\n`;
  if (chain.base) out += `\t\ttype ${chain.base.type} hook ${chain.base.hook.toLowerCase()} priority ${priorityText(chain.base.priority, chain.base.hook)}; policy ${(chain.policy ?? "ACCEPT").toLowerCase()};\n`;
  for (const rule of chain.rules) out += `\t\t${ruleText(rule, family, options)}\n`;
  return `${out}\t}\n`;
}

export function setText(set: NetfilterSet, options: ListOptions): string {
  let out = `\t${set.data === undefined ? "set" : "map"} ${set.name} {${handle(set, options)}\n\t\ttype ${set.type}${set.data === undefined ? "" : ` : ${set.data}`}\n`;
  if (set.flags.length > 0) out += `\t\tflags ${set.flags.join(",")}\n`;
  if (set.elements.length > 0) {
    // two to a line from the third on, aligned behind "elements = { " (libnftables wraps like this)
    const lines: string[] = [];
    const perLine = set.type === "ipv4_addr" || set.type === "inet_service" ? 2 : 1;
    if (set.elements.length <= 5 && set.elements.join(", ").length < 60) lines.push(set.elements.join(", "));
    else for (let at = 0; at < set.elements.length; at += perLine) lines.push(set.elements.slice(at, at + perLine).join(", "));
    out += `\t\telements = { ${lines.join(",\n\t\t\t     ")} }\n`;
  }
  return `${out}\t}\n`;
}

export function tableText(table: NftTable, options: ListOptions): string {
  const blocks = [...table.sets.map((set) => setText(set, options)), ...table.chains.map((chain) => chainText(chain, table.family, options))];
  return `table ${table.family} ${table.name} {${handle(table, options)}\n${blocks.join("\n")}}\n`;
}
