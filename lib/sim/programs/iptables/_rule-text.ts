// A rule as words of a command line: read (iptables(8), iptables-extensions(8)) and written as -S and iptables-save do.

import type { NetfilterRule, NetfilterTableName } from "../../kernel/sys.ts";
import { BadArgument } from "./_bad-argument.ts";
import { extraOption, isExtra, KNOWN_MATCHES, KNOWN_TARGETS } from "./_extra-matches.ts";

export type RuleSpec = Omit<NetfilterRule, "packets" | "bytes">;

export const NAT_TARGETS = new Set(["MASQUERADE", "DNAT", "SNAT", "REDIRECT"]);
export const TARGETS = new Set(["ACCEPT", "DROP", "REJECT", "RETURN", "LOG", ...NAT_TARGETS]);
const PROTOCOLS = new Map([["tcp", 6], ["udp", 17], ["icmp", 1], ["sctp", 132], ["esp", 50], ["ah", 51], ["ipv6-icmp", 58], ["icmpv6", 58], ["gre", 47]]);
const ICMP_TYPES = new Map([["echo-reply", "0"], ["pong", "0"], ["destination-unreachable", "3"], ["network-unreachable", "3/0"], ["host-unreachable", "3/1"], ["port-unreachable", "3/3"], ["redirect", "5"], ["echo-request", "8"], ["ping", "8"], ["time-exceeded", "11"], ["ttl-exceeded", "11"], ["parameter-problem", "12"], ["any", "any"]]);
const ICMP6_TYPES = new Map([["destination-unreachable", "1"], ["packet-too-big", "2"], ["time-exceeded", "3"], ["ttl-exceeded", "3"], ["parameter-problem", "4"], ["echo-request", "128"], ["ping", "128"], ["echo-reply", "129"], ["pong", "129"], ["router-solicitation", "133"], ["router-advertisement", "134"], ["neighbour-solicitation", "135"], ["neighbor-solicitation", "135"], ["neighbour-advertisement", "136"], ["neighbor-advertisement", "136"], ["redirect", "137"]]);
const REJECTS = new Set(["icmp-net-unreachable", "icmp-host-unreachable", "icmp-port-unreachable", "icmp-proto-unreachable", "icmp-net-prohibited", "icmp-host-prohibited", "icmp-admin-prohibited", "tcp-reset", "icmp6-port-unreachable", "icmp6-adm-prohibited"]);
const REJECT_ALIASES = new Map([["net-unreach", "icmp-net-unreachable"], ["host-unreach", "icmp-host-unreachable"], ["port-unreach", "icmp-port-unreachable"], ["proto-unreach", "icmp-proto-unreachable"], ["admin-prohib", "icmp-admin-prohibited"], ["host-prohib", "icmp-host-prohibited"], ["net-prohib", "icmp-net-prohibited"], ["tcp-rst", "tcp-reset"]]);
const FLAGS = ["FIN", "SYN", "RST", "PSH", "ACK", "URG"];
const PORT_PROTOCOLS = ["tcp", "udp", "udplite", "sctp", "dccp"];
const STATES = ["INVALID", "NEW", "RELATED", "ESTABLISHED", "UNTRACKED"];

/** The name of an ICMP type as -L shows it. */
export function icmpName(type: string, six: boolean): string | undefined {
  return [...(six ? ICMP6_TYPES : ICMP_TYPES)].find(([, number]) => number === type)?.[0];
}

export function protocolNumber(name: string): number {
  return PROTOCOLS.get(name) ?? (/^\d+$/.test(name) ? Number(name) : 0);
}

function bitsOfMask(mask: string): number {
  const value = mask.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
  return value.toString(2).replace(/0+$/, "").length;
}

/** Canonical ADDRESS/BITS, undefined for everywhere. */
function parseAddress(text: string): string | undefined {
  const [address = "", mask] = text.split("/");
  if (address.includes(":")) return `${address}/${mask ?? "128"}`;
  const parts = address.split(".");
  if (!/^[\d.]+$/.test(address) || parts.length > 4 || parts.some((part) => part === "" || Number(part) > 255)) throw new BadArgument(`host/network \`${address}' not found`);
  const full = [...parts, "0", "0", "0"].slice(0, 4).map(Number);
  const bits = mask === undefined ? 32 : mask.includes(".") ? bitsOfMask(mask) : Number(mask);
  if (!(bits >= 0 && bits <= 32)) throw new BadArgument(`invalid mask \`${mask}' specified`);
  if (bits === 0) return undefined;
  const value = full.reduce((sum, part) => sum * 256 + part, 0);
  const network = Math.floor(value / 2 ** (32 - bits)) * 2 ** (32 - bits);
  return `${[24, 16, 8, 0].map((shift) => Math.floor(network / 2 ** shift) % 256).join(".")}/${bits}`;
}

function parsePorts(text: string, services: ReadonlyMap<string, number>, several: boolean, protocol?: string): string {
  const port = (word: string): string => {
    const number = /^\d+$/.test(word) ? Number(word) : services.get(word);
    if (number === undefined && protocol === "udp") throw new BadArgument(`Port "${word}" does not resolve to anything.\n`);
    if (number === undefined || number > 65_535) throw new BadArgument(`invalid port/service \`${word}' specified`);
    return String(number);
  };
  return text.split(several ? "," : "\0").map((part) => {
    const [low = "", high] = part.split(":");
    return high === undefined ? port(low) : `${low === "" ? "0" : port(low)}:${high === "" ? "65535" : port(high)}`;
  }).join(",");
}

type Mutable = { -readonly [Key in keyof RuleSpec]: RuleSpec[Key] };

/** `services`: names of /etc/services. Errors: BadArgument. */
export function parseRule(words: readonly string[], services: ReadonlyMap<string, number>, family: "inet" | "inet6" = "inet"): RuleSpec {
  const rule: Mutable = { target: "" };
  const negated: string[] = [];
  const modules = new Set<string>();
  const order: string[] = [];
  const used = (name: string): void => {
    if (!order.includes(name)) order.push(name);
  };
  let options: NonNullable<RuleSpec["targetOptions"]> = {};
  let at = 0;
  let not = false;
  const next = (option: string): string => {
    const value = words[++at];
    if (value === undefined) throw new BadArgument(`option "${option}" requires an argument`);
    // the old place of the exclamation mark, after the option
    if (value === "!") {
      not = true;
      return next(option);
    }
    return value;
  };
  const put = (name: keyof RuleSpec): void => {
    if (not) negated.push(name);
    not = false;
  };
  const forTarget = (target: string, option: string): void => {
    if (rule.target !== target) throw new BadArgument(`unknown option "${option}"`);
  };
  for (; at < words.length; at++) {
    const option = words[at] ?? "";
    const withModule = (name: string) => {
      if (!modules.has(name) && rule.protocol !== name) throw new BadArgument(`unknown option "${option}"`);
    };
    const needsPorts = () => {
      if (!["tcp", "udp", "sctp"].includes(rule.protocol ?? "")) throw new BadArgument(`unknown option "${option}"`);
      used(rule.protocol ?? "");
    };
    if (isExtra(option)) {
      const made = extraOption(option, () => next(option), modules, () => not);
      if (made.extra === undefined) {
        const list = parsePorts(made.list, services, true);
        rule.extras = [...(rule.extras ?? []), { module: "multiport", save: `${not ? "! " : ""}--ports ${list}`, shown: `multiport ports ${not ? "!" : ""}${list}`, negated: not, test: { kind: "ports", list } }];
      } else rule.extras = [...(rule.extras ?? []), made.extra];
      used(made.module);
      not = false;
      continue;
    }
    switch (option) {
      case "!": not = true; break;
      case "-p":
      case "--protocol":
      case "--proto": {
        const name = next(option).toLowerCase();
        if (name !== "all" && name !== "0" && !PROTOCOLS.has(name) && !/^\d+$/.test(name)) throw new BadArgument(`unknown protocol "${name}" specified`);
        const known = [...PROTOCOLS].find(([, number]) => String(number) === name)?.[0] ?? name;
        if (known !== "all" && known !== "0") rule.protocol = known === "icmpv6" ? "ipv6-icmp" : known;
        put("protocol");
        break;
      }
      case "-s":
      case "--source":
      case "--src":
      case "-d":
      case "--destination":
      case "--dst": {
        const name = option === "-s" || option === "--source" || option === "--src" ? "source" : "destination";
        const text = next(option);
        if (text.includes(":") !== (family === "inet6")) throw new BadArgument(`host/network \`${text.split("/")[0]}' not found`);
        const address = parseAddress(text);
        if (address !== undefined) rule[name] = address;
        put(name);
        break;
      }
      case "-i":
      case "--in-interface": rule.inInterface = interfaceName(next(option)); put("inInterface"); break;
      case "-o":
      case "--out-interface": rule.outInterface = interfaceName(next(option)); put("outInterface"); break;
      case "-m":
      case "--match": {
        const name = next(option);
        if (KNOWN_MATCHES.has(name)) throw new BadArgument(`match "${name}" is not simulated here`);
        if (!["tcp", "udp", "sctp", "icmp", "icmp6", "multiport", "conntrack", "state", "addrtype", "comment", "limit", "recent", "ttl", "tos", "mark", "length", "iprange", "pkttype"].includes(name)) throw new BadArgument(`Couldn't load match \`${name}':No such file or directory\n`);
        modules.add(name);
        used(name);
        break;
      }
      case "--dport":
      case "--destination-port": needsPorts(); rule.destinationPort = parsePorts(next(option), services, false, rule.protocol); put("destinationPort"); break;
      case "--sport":
      case "--source-port": needsPorts(); rule.sourcePort = parsePorts(next(option), services, false, rule.protocol); put("sourcePort"); break;
      case "--dports":
      case "--destination-ports": withModule("multiport"); rule.destinationPort = parsePorts(next(option), services, true); rule.multiport = true; put("destinationPort"); break;
      case "--sports":
      case "--source-ports": withModule("multiport"); rule.sourcePort = parsePorts(next(option), services, true); rule.multiport = true; put("sourcePort"); break;
      case "--syn": withModule("tcp"); used("tcp"); rule.syn = true; put("syn"); break;
      case "--tcp-flags": {
        withModule("tcp");
        used("tcp");
        const flags = (text: string): string[] => {
          if (text === "ALL") return FLAGS;
          if (text === "NONE") return [];
          const wanted = text.split(",");
          const bad = wanted.find((one) => !FLAGS.includes(one));
          if (bad !== undefined) throw new BadArgument(`Unknown TCP flag \`${bad}'`);
          return FLAGS.filter((one) => wanted.includes(one));
        };
        const of = flags(next(option));
        const set = words[++at];
        if (set === undefined) throw new BadArgument("--tcp-flags requires two args.");
        rule.tcpFlags = { of, set: flags(set) };
        put("tcpFlags");
        break;
      }
      case "--icmp-type":
      case "--icmpv6-type": {
        const type = next(option);
        const number = (option === "--icmpv6-type" ? ICMP6_TYPES : ICMP_TYPES).get(type) ?? (/^\d+(\/\d+)?$/.test(type) ? type : undefined);
        if (number === undefined) throw new BadArgument(`Unknown ICMP type \`${type}'`);
        rule.icmpType = number;
        used(option === "--icmpv6-type" ? "icmp6" : "icmp");
        put("icmpType");
        break;
      }
      case "--ctstate":
      case "--state": {
        withModule(option === "--state" ? "state" : "conntrack");
        used(option === "--state" ? "state" : "conntrack");
        const wanted = next(option).split(",");
        const bad = wanted.find((state) => !STATES.includes(state));
        if (bad !== undefined) throw new BadArgument(`Bad ${option === "--state" ? "state" : "ctstate"} "${bad}"`);
        rule.connectionState = STATES.filter((state) => wanted.includes(state));
        if (option === "--state") rule.stateModule = true;
        put("connectionState");
        break;
      }
      case "--dst-type":
      case "--src-type": {
        withModule("addrtype");
        const type = next(option);
        if (type !== "LOCAL" && type !== "MULTICAST" && type !== "BROADCAST" && type !== "UNICAST") throw new BadArgument(`addrtype: bad type \`${type}'`);
        rule.addressType = { ...rule.addressType, ...(option === "--dst-type" ? { destination: type, ...(not && { negatedDestination: true }) } : { source: type }) };
        not = false;
        break;
      }
      case "--set":
      case "--update": withModule("recent"); rule.recent = { ...rule.recent, kind: option === "--set" ? "set" : "update", list: rule.recent?.list ?? "DEFAULT" }; break;
      case "--name": withModule("recent"); rule.recent = { kind: "set", ...rule.recent, list: next(option) }; break;
      case "--seconds": withModule("recent"); rule.recent = { kind: "update", list: "DEFAULT", ...rule.recent, seconds: Number(next(option)) }; break;
      case "--hitcount": withModule("recent"); rule.recent = { kind: "update", list: "DEFAULT", ...rule.recent, hits: Number(next(option)) }; break;
      case "--rsource": withModule("recent"); break;
      case "--mask": withModule("recent"); next(option); break;
      case "--comment": withModule("comment"); rule.comment = next(option); break;
      case "--limit": {
        withModule("limit");
        const match = /^(\d+)(?:\/(s(?:ec(?:ond)?)?|m(?:in(?:ute)?)?|h(?:our)?|d(?:ay)?))?$/.exec(next(option));
        if (!match) throw new BadArgument(`bad rate "${words[at]}"'`);
        const unit = match[2]?.charAt(0) ?? "s";
        rule.limit = { rate: `${match[1]}/${unit === "s" ? "sec" : unit === "m" ? "min" : unit === "h" ? "hour" : "day"}`, burst: rule.limit?.burst ?? 5 };
        break;
      }
      case "--limit-burst": withModule("limit"); rule.limit = { rate: rule.limit?.rate ?? "3/hour", burst: Number(next(option)) }; break;
      case "-j":
      case "--jump":
      case "-g":
      case "--goto": {
        const target = next(option);
        if (KNOWN_TARGETS.has(target)) throw new BadArgument(`target "${target}" is not simulated here`);
        rule.target = target;
        break;
      }
      case "--to":
      case "--random":
        if (!NAT_TARGETS.has(rule.target) || (option === "--to" && rule.target === "MASQUERADE")) throw new BadArgument(`unknown option "${option}"`);
        if (option === "--random") options = { ...options, random: true };
        else if (rule.target === "DNAT") options = { ...options, toDestination: next(option) };
        else if (rule.target === "SNAT") options = { ...options, toSource: next(option) };
        else options = { ...options, toPorts: next(option) };
        break;
      case "--to-destination": forTarget("DNAT", option); options = { ...options, toDestination: next(option) }; break;
      case "--to-source": forTarget("SNAT", option); options = { ...options, toSource: next(option) }; break;
      case "--to-ports":
      case "--to-port":
        if (rule.target !== "REDIRECT" && rule.target !== "MASQUERADE") throw new BadArgument(`unknown option "${option}"`);
        options = { ...options, toPorts: next(option) };
        break;
      case "--reject-with": {
        forTarget("REJECT", option);
        const word = next(option);
        const how = REJECT_ALIASES.get(word) ?? word;
        if (!REJECTS.has(how)) throw new BadArgument(`unknown reject type "${word}"`);
        options = { ...options, rejectWith: how };
        break;
      }
      case "--log-prefix": forTarget("LOG", option); options = { ...options, logPrefix: next(option) }; break;
      case "--log-level": {
        forTarget("LOG", option);
        const level = next(option);
        if (!/^[0-7]$/.test(level) && !["alert", "crit", "debug", "emerg", "error", "info", "notice", "panic", "warning", "warn"].includes(level)) throw new BadArgument(`log level "${level}" unknown\n`);
        break;
      }
      case "-w":
      case "--wait":
        if (/^\d+$/.test(words[at + 1] ?? "")) at++;
        break;
      case "-4":
      case "-6": break;
      default:
        if (option.startsWith("-")) throw new BadArgument(`unknown option "${option}"`);
        throw new BadArgument(`Bad argument \`${option}'`, true);
    }
  }
  if (rule.target === "REJECT" && options.rejectWith === undefined) options = { rejectWith: family === "inet6" ? "icmp6-port-unreachable" : "icmp-port-unreachable" };
  if (rule.target === "DNAT" && options.toDestination === undefined) throw new BadArgument("DNAT: option \"--to-destination\" must be specified\n");
  if (rule.target === "SNAT" && options.toSource === undefined) throw new BadArgument("SNAT: option \"--to-source\" must be specified\n");
  const to = options.toDestination ?? options.toSource;
  if (to !== undefined && /^[\d.-]+:/.test(to) && !PORT_PROTOCOLS.includes(rule.protocol ?? "")) throw new BadArgument("Need TCP, UDP, SCTP or DCCP with port specification");
  for (const [name, option, given] of [["state", "--state", rule.stateModule === true], ["conntrack", "", true], ["comment", "--comment", rule.comment !== undefined]] as const) {
    if (modules.has(name) && !given) throw new BadArgument(`${name}: option "${option}" must be specified\n`);
  }
  if (modules.has("multiport")) {
    if (rule.multiport !== true && rule.extras?.some((one) => one.module === "multiport") !== true) throw new BadArgument("multiport expection an option");
    if (!PORT_PROTOCOLS.includes(rule.protocol ?? "") || rule.negated?.includes("protocol")) throw new BadArgument("multiport needs `-p tcp', `-p udp', `-p udplite', `-p sctp' or `-p dccp'");
  }
  if (Object.keys(options).length > 0) rule.targetOptions = options;
  if (order.length > 1) rule.matchOrder = order;
  if (negated.length > 0) rule.negated = negated;
  return rule;
}

function interfaceName(name: string): string {
  if (name.length > 15) throw new BadArgument(`interface name \`${name}' must be shorter than IFNAMSIZ (15)`);
  return name;
}

const BITS: ReadonlyMap<string, number> = new Map([["FIN", 1], ["SYN", 2], ["RST", 4], ["PSH", 8], ["ACK", 16], ["URG", 32]]);

/** "FIN,SYN,RST,ACK/SYN" or, in numbers, "0x17/0x02" */
export function flagsText({ of, set }: NonNullable<RuleSpec["tcpFlags"]>, numeric: boolean): string {
  const one = (flags: readonly string[]): string => (numeric ? `0x${flags.reduce((sum, flag) => sum + (BITS.get(flag) ?? 0), 0).toString(16).toUpperCase().padStart(2, "0")}` : flags.length === 0 ? "NONE" : flags.join(","));
  return `${one(of)}/${one(set)}`;
}

/** The matches of a rule in their order, each made by `text`; empty ones are left out. */
export function inOrder(rule: RuleSpec, text: ReadonlyMap<string, string>): readonly string[] {
  const rank = (name: string): number => {
    const at = rule.matchOrder?.indexOf(name) ?? -1;
    return at < 0 ? 99 : at;
  };
  return [...text].filter(([, one]) => one !== "").sort(([a], [b]) => rank(a) - rank(b)).map(([, one]) => one);
}

const quoted = (text: string) => (/^[\w.:/-]+$/.test(text) ? text : `"${text.replace(/["'\\]/g, "\\$&")}"`);
const withBits = (address: string) => (address.includes("/") ? address : `${address}/${address.includes(":") ? 128 : 32}`);

/** `counters`: "-c 3 252", before the target. "-s 10.0.0.0/8 -p tcp -m tcp --dport 80 -j ACCEPT": what follows "-A CHAIN". */
export function ruleText(rule: RuleSpec, counters?: string): string {
  const words: string[] = [];
  const put = (name: string, ...text: string[]) => words.push(...(rule.negated?.includes(name) ? ["!"] : []), ...text);
  if (rule.source !== undefined) put("source", "-s", withBits(rule.source));
  if (rule.destination !== undefined) put("destination", "-d", withBits(rule.destination));
  if (rule.inInterface !== undefined) put("inInterface", "-i", rule.inInterface);
  if (rule.outInterface !== undefined) put("outInterface", "-o", rule.outInterface);
  if (rule.protocol !== undefined) put("protocol", "-p", rule.protocol);
  const segments = new Map<string, string>();
  const segment = (name: string, ...parts: readonly (readonly [field: string, text: string] | undefined)[]): void => {
    const text = parts.flatMap((part) => (part === undefined ? [] : [`${rule.negated?.includes(part[0]) ? "! " : ""}${part[1]}`]));
    if (text.length > 0) segments.set(name, `-m ${name} ${text.join(" ")}`);
  };
  const plural = rule.multiport ? "s" : "";
  const ports = [rule.sourcePort === undefined ? undefined : (["sourcePort", `--sport${plural} ${rule.sourcePort}`] as const), rule.destinationPort === undefined ? undefined : (["destinationPort", `--dport${plural} ${rule.destinationPort}`] as const)];
  const flags = [rule.syn ? (["syn", "--tcp-flags FIN,SYN,RST,ACK SYN"] as const) : undefined, rule.tcpFlags === undefined ? undefined : (["tcpFlags", `--tcp-flags ${flagsText(rule.tcpFlags, false).replace("/", " ")}`] as const)];
  if (rule.multiport) {
    segment(rule.protocol ?? "tcp", ...flags);
    segment("multiport", ...ports);
  } else segment(rule.protocol ?? "tcp", ...ports, ...flags);
  const six = rule.protocol === "ipv6-icmp";
  if (rule.icmpType !== undefined) segment(six ? "icmp6" : "icmp", ["icmpType", `${six ? "--icmpv6-type" : "--icmp-type"} ${rule.icmpType}`]);
  if (rule.addressType) segment("addrtype", rule.addressType.source === undefined ? undefined : ["", `--src-type ${rule.addressType.source}`], rule.addressType.destination === undefined ? undefined : ["", `${rule.addressType.negatedDestination ? "! " : ""}--dst-type ${rule.addressType.destination}`]);
  if (rule.connectionState) segment(rule.stateModule ? "state" : "conntrack", ["connectionState", `${rule.stateModule ? "--state" : "--ctstate"} ${rule.connectionState.join(",")}`]);
  if (rule.recent) {
    const { kind, list, seconds, hits } = rule.recent;
    segment("recent", ["", [`--${kind}`, ...(seconds === undefined ? [] : ["--seconds", String(seconds)]), ...(hits === undefined ? [] : ["--hitcount", String(hits)]), "--name", list, "--mask", rule.protocol === "ipv6-icmp" || rule.source?.includes(":") ? "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff" : "255.255.255.255", "--rsource"].join(" ")]);
  }
  if (rule.limit) segment("limit", ["", `--limit ${rule.limit.rate}${rule.limit.burst === 5 ? "" : ` --limit-burst ${rule.limit.burst}`}`]);
  for (const extra of rule.extras ?? []) segments.set(extra.module, `${segments.get(extra.module) ?? `-m ${extra.module}`} ${extra.save}`);
  if (rule.comment !== undefined) segment("comment", ["", `--comment ${quoted(rule.comment)}`]);
  words.push(...inOrder(rule, segments));
  if (counters !== undefined) words.push(counters);
  if (rule.target !== "") words.push("-j", rule.target);
  const { targetOptions: options } = rule;
  if (options?.rejectWith !== undefined) words.push("--reject-with", options.rejectWith);
  if (options?.logPrefix !== undefined) words.push("--log-prefix", quoted(options.logPrefix));
  if (options?.toDestination !== undefined) words.push("--to-destination", options.toDestination);
  if (options?.toSource !== undefined) words.push("--to-source", options.toSource);
  if (options?.toPorts !== undefined) words.push("--to-ports", options.toPorts);
  if (options?.random) words.push("--random");
  return words.join(" ");
}

export const sameRule = (a: RuleSpec, b: RuleSpec): boolean => ruleText(a) === ruleText(b);

export function isTable(name: string): name is NetfilterTableName {
  return name === "filter" || name === "nat" || name === "mangle" || name === "raw" || name === "security";
}
