// Network filters (https://libvirt.org/formatnwfilter.html): a card's <filterref> resolved to what its port lets through.
import type { FrameMatch, PortFilterRule, PortFilterRules, Sys } from "../../kernel/sys.ts";
import { cardsOf } from "./domain-xml.ts";
import { type Domain, type Engine, isRunning } from "./engine.ts";
import { VirError } from "./error.ts";
import type { Xml } from "./api/xml.ts";

const usualPriority = 500;
/** Of chains by what their names begin with; the longer ones first. */
const chains: readonly (readonly [prefix: string, priority: number, frame: FrameMatch["frame"]])[] = [
  ["root", 0, undefined], ["mac", -800, undefined], ["stp", -810, "other"], ["vlan", -750, "other"], ["ipv4", -700, "ipv4"], ["ipv6", -600, "ipv6"], ["rarp", -400, "other"], ["arp", -500, "arp"],
];
const layer2Protocols = new Set(["mac", "vlan", "stp", "arp", "rarp", "ip", "ipv6"]);
const deepest = 20;

type Variables = ReadonlyMap<string, readonly string[]>;
type MutableMatch = { -readonly [K in keyof FrameMatch]: FrameMatch[K] };

const number = (text: string | undefined): number | undefined => (text === undefined ? undefined : Number(text.startsWith("0x") ? Number.parseInt(text, 16) : text));

function bitsOf(mask: string | undefined): string {
  if (mask === undefined) return "";
  return `/${mask.includes(".") ? mask.split(".").reduce((bits, part) => bits + (Number(part) >>> 0).toString(2).replaceAll("0", "").length, 0) : mask}`;
}

/** A rule's protocol element as a match; several values of a variable give several. Errors: VirError. */
function matchOf(element: Xml | undefined, variables: Variables): FrameMatch {
  if (element === undefined) return {};
  const values = (name: string): readonly string[] | undefined => {
    const text = element.get(name);
    const variable = /^\$\{?([A-Za-z0-9_]+)(?:\[.*\])?\}?$/.exec(text ?? "")?.[1];
    if (variable === undefined) return text === undefined ? undefined : [text];
    const found = variables.get(variable);
    if (found === undefined) throw new VirError("internal", `Cannot instantiate filter due to unresolvable variables or unavailable list elements: ${variable}`);
    return found;
  };
  const one = (name: string): string | undefined => values(name)?.[0];
  const mac = (name: string): string | undefined => one(name)?.toLowerCase();
  const addresses = (name: string, mask: string): readonly string[] | undefined => values(name)?.map((address) => (address === "learned" ? address : address + bitsOf(one(mask))));
  const ports = (name: string): readonly [number, number] | undefined => {
    const start = number(one(`${name}portstart`));
    return start === undefined ? undefined : [start, number(one(`${name}portend`)) ?? start];
  };
  const { name } = element;
  const match: MutableMatch = {};
  const set = <K extends keyof FrameMatch>(key: K, value: FrameMatch[K] | undefined): void => {
    if (value !== undefined) match[key] = value;
  };
  if (element.get("match") === "no") match.inverted = true;
  set("sourceMac", mac("srcmacaddr"));
  set("destinationMac", mac("dstmacaddr"));
  if (name === "mac") {
    const protocol = one("protocolid")?.toLowerCase();
    if (protocol !== undefined) match.frame = protocol === "arp" || protocol === "0x806" ? "arp" : protocol === "ipv4" || protocol === "0x800" ? "ipv4" : protocol === "ipv6" || protocol === "0x86dd" ? "ipv6" : "other";
    return match;
  }
  if (name === "arp") {
    match.frame = "arp";
    const opcode = one("opcode")?.toLowerCase();
    if (opcode !== undefined) match.arpOperation = opcode === "reply" || opcode === "2" ? "reply" : "request";
    set("arpSenderMac", mac("arpsrcmacaddr"));
    set("arpSender", addresses("arpsrcipaddr", "arpsrcipmask"));
    set("arpTarget", addresses("arpdstipaddr", "arpdstipmask"));
    return match;
  }
  if (name === "rarp" || name === "stp" || name === "vlan") return { ...match, frame: "other" };
  const version6 = name === "ipv6" || name.endsWith("-ipv6") || name === "icmpv6";
  match.frame = version6 ? "ipv6" : "ipv4";
  set("source", addresses("srcipaddr", "srcipmask"));
  set("destination", addresses("dstipaddr", "dstipmask"));
  const protocol = name === "ip" || name === "ipv6" ? one("protocol")?.toLowerCase() : name.replace(/-ipv6$|v6$/, "");
  if (protocol !== undefined && protocol !== "all") match.protocol = protocol === "tcp" || protocol === "6" ? "tcp" : protocol === "udp" || protocol === "17" ? "udp" : /^icmp|^1$|^58$/.test(protocol) ? "icmp" : "other";
  set("sourcePorts", ports("src"));
  set("destinationPorts", ports("dst"));
  set("icmpType", number(one("type")));
  return match;
}

interface Collected {
  readonly layer2: { readonly priority: number; readonly entry: PortFilterRules["layer2"][number] }[];
  readonly chains: Map<string, { readonly priority: number; readonly frame: FrameMatch["frame"]; readonly rules: { readonly priority: number; readonly rule: PortFilterRule }[] }>;
  readonly layer3: { readonly priority: number; readonly rule: PortFilterRule }[];
}

const actions = ["accept", "drop", "reject", "return", "continue"] as const;
const directions = ["in", "out", "inout"] as const;

function collect(engine: Engine, name: string, variables: Variables, into: Collected, depth = 0): void {
  const filter = engine.nwfilters.get(name);
  if (filter === undefined) throw new VirError("no-nwfilter", `referenced filter '${name}' is missing`);
  const chain = filter.get("chain") ?? "root";
  const [, priority, frame] = chains.find(([prefix]) => chain.startsWith(prefix)) ?? ["", 0, undefined];
  for (const child of filter.children) {
    if (child.name === "filterref" && depth < deepest) collect(engine, child.get("filter") ?? "", new Map([...variables, ...parametersOf(child)]), into, depth + 1);
    if (child.name !== "rule") continue;
    const rulePriority = number(child.get("priority")) ?? usualPriority;
    const [element] = child.children;
    const action = actions.find((one) => one === child.get("action")) ?? "drop";
    const rule: PortFilterRule = { action, direction: directions.find((one) => one === child.get("direction")) ?? "inout", match: matchOf(element, variables), stateful: child.get("statematch") !== "false" && child.get("statematch") !== "0" };
    if (element !== undefined && !layer2Protocols.has(element.name)) into.layer3.push({ priority: rulePriority, rule });
    else if (chain === "root") into.layer2.push({ priority: rulePriority, entry: rule });
    else {
      const known = into.chains.get(chain) ?? { priority: number(filter.get("priority")) ?? priority, frame, rules: [] };
      into.chains.set(chain, known);
      known.rules.push({ priority: rulePriority, rule });
    }
  }
}

function parametersOf(reference: Xml): Variables {
  const found = new Map<string, readonly string[]>();
  for (const one of reference.all("parameter")) found.set(one.get("name") ?? "", [...(found.get(one.get("name") ?? "") ?? []), one.get("value") ?? ""]);
  return found;
}

/** Undefined when the card has no filter. Errors: VirError (a filter or a variable is missing). */
function portFilterOf(engine: Engine, card: Xml): PortFilterRules | undefined {
  const reference = card.find("filterref");
  if (reference === undefined) return undefined;
  const given = parametersOf(reference);
  const learns = !given.has("IP") && given.get("CTRL_IP_LEARNING")?.[0] !== "none";
  const variables = new Map<string, readonly string[]>([["MAC", [card.at("mac", "address") ?? ""]], ...(learns ? [["IP", ["learned"]] as const] : []), ...given]);
  const collected: Collected = { layer2: [], chains: new Map(), layer3: [] };
  collect(engine, reference.get("filter") ?? "", variables, collected);
  const byPriority = (a: { readonly priority: number }, b: { readonly priority: number }): number => a.priority - b.priority;
  for (const { priority, frame, rules } of collected.chains.values()) collected.layer2.push({ priority, entry: { frame, rules: rules.sort(byPriority).map(({ rule }) => rule) } });
  return { layer2: collected.layer2.sort(byPriority).map(({ entry }) => entry), layer3: collected.layer3.sort(byPriority).map(({ rule }) => rule), learns };
}

/** At the tap of a card that has just come, or whose filter changed. Errors: VirError. */
export function applyFilter(sys: Sys, engine: Engine, card: Xml, tap: string): void {
  const filter = portFilterOf(engine, card);
  const link = sys.rtnetlink({ op: "link-list" }).find((one) => one.name === tap);
  if (link !== undefined) sys.rtnetlink({ op: "port-filter", index: link.index, filter });
}

/** <bandwidth> of a card: inbound is towards the guest; average and burst in KiB. */
export function applyBandwidth(sys: Sys, card: Xml, tap: string): void {
  const link = sys.rtnetlink({ op: "link-list" }).find((one) => one.name === tap);
  if (link === undefined) return;
  for (const [name, direction] of [["inbound", "in"], ["outbound", "out"]] as const) {
    const average = Number(card.at(`bandwidth/${name}`, "average") ?? 0) * 1024;
    const burst = Number(card.at(`bandwidth/${name}`, "burst") ?? 0) * 1024;
    sys.rtnetlink({ op: "port-rate", index: link.index, direction, rate: average > 0 ? { bytesPerSecond: average, burstBytes: Math.max(burst, 16_384) } : undefined });
  }
}

/** Ports with filters of all running domains, by the tap's name. */
export function filterBindings(engine: Engine): readonly { readonly tap: string; readonly card: Xml; readonly domain: Domain }[] {
  const found: { tap: string; card: Xml; domain: Domain }[] = [];
  for (const domain of engine.domains.values()) {
    if (!isRunning(domain)) continue;
    for (const card of cardsOf(domain.live)) {
      const tap = card.at("target", "dev");
      if (tap !== undefined && card.find("filterref") !== undefined) found.push({ tap, card, domain });
    }
  }
  return found.sort((a, b) => (a.tap < b.tap ? -1 : 1));
}
