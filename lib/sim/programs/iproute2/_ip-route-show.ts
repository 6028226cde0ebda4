// `ip route show` and `ip route get` (ip-route(8), iproute2 6.1): filters, what a filter makes superfluous in a line, details and JSON.

import type { Blocking, Route } from "../../kernel/sys.ts";
import { type IpContext, IpFailure, answered, isWithin, jsonText, matches, parsePrefix } from "./_ip-context.ts";

type Prefix = NonNullable<ReturnType<typeof parsePrefix>>;

interface Filter {
  device?: string;
  table?: "main" | "local" | "all" | "none";
  protocol?: string;
  scope?: string;
  type?: string;
  gateway?: string;
  source?: string;
  /** routes to exactly this, within it (root), or that contain it (match) */
  prefix?: { readonly how: "exact" | "root" | "match"; readonly of: Prefix };
}

const TABLES: ReadonlyMap<string, "main" | "local" | "all" | "none"> = new Map([
  ["main", "main"], ["254", "main"], ["local", "local"], ["255", "local"], ["all", "all"], ["0", "all"], ["unspec", "all"], ["default", "none"], ["253", "none"],
]);
const SCOPES: readonly string[] = ["global", "universe", "site", "link", "host", "nowhere"];
const TYPES: readonly string[] = ["unicast", "local", "broadcast", "anycast", "multicast", "blackhole", "unreachable", "prohibit", "throw", "nat", "xresolve"];
const PROTOCOLS: readonly string[] = ["redirect", "kernel", "boot", "static", "gated", "ra", "mrt", "zebra", "bird", "dnrouted", "xorp", "ntk", "dhcp", "keepalived", "babel", "bgp", "isis", "ospf", "rip", "eigrp"];

const wrong = (argument: string, why: string): IpFailure => new IpFailure(`Error: argument "${argument}" is wrong: ${why}\n`, 255);

function prefixOf(text: string): Prefix {
  if (text === "default" || text === "any" || text === "all" || text === "0/0") return { family: "inet", address: "0.0.0.0", prefixLength: 0 };
  const prefix = parsePrefix(text);
  if (!prefix) throw new IpFailure(`Error: any valid prefix is expected rather than "${text}".`, 1);
  return prefix;
}

function readFilter(context: IpContext, words: readonly string[]): Filter {
  const filter: Filter = {};
  const isNumber = (text: string): boolean => /^(?:0x[\da-f]+|\d+)$/i.test(text);
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    const value = (): string => {
      const next = words[++at];
      if (next === undefined) throw new IpFailure('Command line is not complete. Try option "help"', 255);
      return next;
    };
    const listed = (text: string, list: readonly string[], why: string): string => {
      if (!list.includes(text) && !isNumber(text)) throw wrong(text, why);
      return text;
    };
    if (matches(word, "table")) {
      const name = value();
      const table = TABLES.get(name) ?? (isNumber(name) ? "none" : name === "cache" ? "none" : undefined);
      if (table === undefined) throw wrong(name, "table id value is invalid");
      filter.table = table;
    } else if (matches(word, "cached") || matches(word, "cloned")) filter.table = "none";
    else if (matches(word, "protocol")) {
      const name = value();
      if (name !== "all") filter.protocol = listed(name, PROTOCOLS, 'invalid "protocol"');
    } else if (matches(word, "scope")) {
      const name = value();
      if (name !== "all") filter.scope = listed(name, SCOPES, 'invalid "scope"').replace("universe", "global");
    } else if (matches(word, "type")) filter.type = listed(value(), TYPES, "node type value is invalid");
    else if (word === "dev" || word === "oif") filter.device = value();
    else if (word === "via") filter.gateway = value();
    else if (word === "src") filter.source = value();
    else {
      const text = word === "to" ? value() : word;
      const how = matches(text, "root") ? "root" : matches(text, "match") ? "match" : "exact";
      filter.prefix = { how, of: prefixOf(how !== "exact" || matches(text, "exact") ? value() : text) };
    }
  }
  if (filter.device !== undefined) context.device(filter.device);
  return filter;
}

function fits(context: IpContext, route: Route, filter: Filter): boolean {
  if (filter.device !== undefined && context.nameOf(route.linkIndex) !== filter.device) return false;
  if (filter.protocol !== undefined && route.protocol !== filter.protocol) return false;
  if (filter.scope !== undefined && route.scope !== filter.scope) return false;
  if (filter.type !== undefined && route.type !== filter.type) return false;
  if (filter.gateway !== undefined && route.gateway !== filter.gateway) return false;
  if (filter.source !== undefined && route.source !== filter.source) return false;
  if (!filter.prefix) return true;
  const own = route.destination === "default" ? { family: route.family, address: route.family === "inet" ? "0.0.0.0" : "::", prefixLength: 0 } : parsePrefix(route.destination);
  const { how, of } = filter.prefix;
  if (!own || (own.family !== of.family && of.prefixLength !== 0)) return false;
  if (how === "root") return own.prefixLength >= of.prefixLength && isWithin(own.address, { ...of, family: own.family });
  if (how === "match") return own.prefixLength <= of.prefixLength && isWithin(of.address, own);
  return own.prefixLength === of.prefixLength && (own.prefixLength === 0 || own.address === of.address);
}

/** The parts of a route in their order: key in JSON, words of a line. What a filter asked for is left out. */
function facts(context: IpContext, route: Route, filter: Filter): readonly (readonly [string, unknown, string])[] {
  const { details } = context.options;
  const parts: (readonly [string, unknown, string])[] = [];
  const host = route.family === "inet" ? /\/32$/ : /\/128$/;
  const destination = route.destination.replace(host, "");
  if (route.type !== "unicast" || details) parts.push(["type", route.type, route.type]);
  const painted = (address: string): string => (context.options.color ? context.paint(route.family, `${address} `) : address);
  parts.push(["dst", destination, destination === "default" ? destination : painted(destination)]);
  if (route.gateway !== undefined) parts.push(["gateway", route.gateway, `via ${painted(route.gateway)}`]);
  const device = context.nameOf(route.linkIndex);
  if (route.linkIndex > 0 && filter.device === undefined) parts.push(["dev", device, `dev ${context.options.color ? context.paint("interface", `${device} `) : device}`]);
  if (route.table !== "main" && (filter.table === undefined || filter.table === "all")) parts.push(["table", route.table, `table ${route.table}`]);
  if ((route.protocol !== "boot" || details) && filter.protocol === undefined) parts.push(["protocol", route.protocol, `proto ${route.protocol}`]);
  if ((route.scope !== "global" || details) && route.family === "inet" && filter.scope === undefined) parts.push(["scope", route.scope, `scope ${route.scope}`]);
  if (route.source !== undefined) parts.push(["prefsrc", route.source, `src ${painted(route.source)}`]);
  if (route.metric !== undefined) parts.push(["metric", route.metric, `metric ${route.metric}`]);
  parts.push(["flags", [...(route.onLink ? ["onlink"] : []), ...(route.linkDown ? ["linkdown"] : [])], `${route.onLink ? "onlink " : ""}${route.linkDown ? "linkdown" : ""}`.trim()]);
  if (route.family === "inet6") parts.push(["pref", "medium", "pref medium"]);
  return parts;
}

const lineOf = (parts: readonly (readonly [string, unknown, string])[]): string => parts.map(([, , words]) => words).filter((words) => words !== "").join(" ").replaceAll(" \x1b[0m ", " \x1b[0m");
const objectOf = (parts: readonly (readonly [string, unknown, string])[]): object => Object.fromEntries(parts.map(([key, value]) => [key, value]));

export function* showRoutes(context: IpContext, words: readonly string[]): Blocking<void> {
  const { sys, io, options } = context;
  const filter = readFilter(context, words);
  const family = (options.family === "link" ? undefined : options.family) ?? (filter.prefix?.of.family === "inet6" ? "inet6" : "inet");
  const table = filter.table ?? "main";
  if (table === "none") {
    if (!words.some((word) => matches(word, "cached") || matches(word, "cloned"))) throw new IpFailure(`Error: ${family === "inet" ? "ipv4" : "ipv6"}: FIB table does not exist.\nDump terminated`, 2);
    return;
  }
  const tables = table === "all" ? (["main", "local"] as const) : [table];
  const routes = tables.flatMap((one) => sys.rtnetlink({ op: "route-list", family, table: one })).filter((route) => fits(context, route, filter));
  if (options.json) {
    io.out.put(jsonText(routes.map((route) => objectOf(facts(context, route, filter))), options.pretty));
    return;
  }
  for (const route of routes) {
    if (sys.charge(3)) yield* sys.preempt();
    const line = lineOf(facts(context, route, filter));
    // a colour ends after the space
    io.out.put(`${line}${family === "inet" && !line.endsWith("\x1b[0m") ? " " : ""}\n`);
  }
}

export function getRoute(context: IpContext, words: readonly string[]): void {
  const { sys, io, options } = context;
  let address: string | undefined;
  let whole = false;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    if (word === "oif" || word === "dev" || word === "iif") context.device(words[++at] ?? "");
    else if (["from", "mark", "vrf", "uid", "tos", "ipproto", "sport", "dport"].includes(word)) at++;
    else if (word === "fibmatch") whole = true;
    else if (word !== "to" && word !== "connected" && word !== "notify") address = word;
  }
  if (address === undefined) throw new IpFailure("need at least a destination address", 1);
  const asked = parsePrefix(address);
  if (!asked) throw new IpFailure(`Error: any valid prefix is expected rather than "${address}".`, 1);
  const route = answered(() => sys.rtnetlink({ op: "route-get", address }));
  if (whole) {
    const best = (["local", "main"] as const).map((table) => sys.rtnetlink({ op: "route-list", family: asked.family, table }).filter((one) => fits(context, one, { prefix: { how: "match", of: asked } })).sort((a, b) => Number(b.destination.split("/")[1] ?? 0) - Number(a.destination.split("/")[1] ?? 0)));
    const found = best.find((list) => list.length > 0)?.[0];
    if (found) io.out.put(`${lineOf(facts(context, found, { table: found.table }))} \n`);
    return;
  }
  const { details } = options;
  const uid = sys.getcred().euid;
  const device = context.nameOf(route.linkIndex);
  const local = route.type === "local";
  const cache = local ? ["local"] : route.type === "broadcast" ? ["local", "brd"] : [];
  if (asked.family === "inet6") {
    const source = route.preferredSource;
    io.out.put(`${local ? "local " : ""}${address} from :: ${route.gateway === undefined ? "" : `via ${route.gateway} `}dev ${device} ${local ? "table local " : ""}proto kernel src ${source} metric ${local ? 0 : 1024} pref medium\n`);
    return;
  }
  if (options.json) {
    io.out.put(jsonText([{
      ...((route.type !== "unicast" || details) && { type: route.type }), dst: address, ...(route.gateway !== undefined && { gateway: route.gateway }), dev: device, ...(details && { table: local ? "local" : "main" }),
      prefsrc: route.preferredSource, flags: [], uid, cache,
    }], options.pretty));
    return;
  }
  const kind = route.type !== "unicast" || details ? `${route.type} ` : "";
  io.out.put(`${kind}${address}${route.gateway === undefined ? "" : ` via ${route.gateway}`} dev ${device}${details ? ` table ${local ? "local" : "main"}` : ""} src ${route.preferredSource} uid ${uid} \n    cache ${cache.length > 0 ? `<${cache.join(",")}> ` : ""}\n`);
}
