// `ip route show` and `ip route get` (ip-route(8), iproute2 6.1): filters, what a filter makes superfluous in a line, details and JSON.

import { type Blocking, type Route, SysError } from "../../kernel/sys.ts";
import { TableNames } from "./_ip-tables.ts";
import { type IpContext, IpFailure, answered, isWithin, jsonText, matches, parsePrefix } from "./_ip-context.ts";

type Prefix = NonNullable<ReturnType<typeof parsePrefix>>;

interface Filter {
  device?: string;
  table?: string;
  protocol?: string;
  scope?: string;
  type?: string;
  gateway?: string;
  source?: string;
  /** routes to exactly this, within it (root), or that contain it (match) */
  prefix?: { readonly how: "exact" | "root" | "match"; readonly of: Prefix };
}

const SCOPES: readonly string[] = ["global", "universe", "site", "link", "host", "nowhere"];
const TYPES: readonly string[] = ["unicast", "local", "broadcast", "anycast", "multicast", "blackhole", "unreachable", "prohibit", "throw", "nat", "xresolve"];
const PROTOCOLS: readonly string[] = ["redirect", "kernel", "boot", "static", "gated", "ra", "mrt", "zebra", "bird", "dnrouted", "xorp", "ntk", "dhcp", "keepalived", "babel", "bgp", "isis", "ospf", "rip", "eigrp"];

const wrong = (argument: string, why: string): IpFailure => new IpFailure(`Error: argument "${argument}" is wrong: ${why}\n`, 255);

function prefixOf(text: string, family: string): Prefix {
  if (text === "default" || text === "any" || text === "all" || text === "0/0") return { family: "inet", address: "0.0.0.0", prefixLength: 0 };
  const prefix = parsePrefix(text);
  if (!prefix) throw new IpFailure(`Error: ${family} prefix is expected rather than "${text}".`, 1);
  return prefix;
}

function readFilter(context: IpContext, words: readonly string[], names: TableNames): Filter {
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
      const table = name === "all" ? "all" : name === "cache" ? "cache" : names.table(name);
      if (table === undefined) throw wrong(name, "table id value is invalid");
      filter.table = table === "0" ? "all" : table;
    } else if (matches(word, "cached") || matches(word, "cloned")) filter.table = "cache";
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
      filter.prefix = { how, of: prefixOf(how !== "exact" || matches(text, "exact") ? value() : text, context.options.family ?? "any valid") };
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

const TYPE_NUMBERS: ReadonlyMap<string, number> = new Map([["unicast", 1], ["local", 2], ["broadcast", 3], ["anycast", 4], ["multicast", 5], ["blackhole", 6], ["unreachable", 7], ["prohibit", 8], ["throw", 9]]);
const PROTOCOL_NUMBERS: ReadonlyMap<string, number> = new Map([["kernel", 2], ["boot", 3], ["static", 4], ["ra", 9], ["zebra", 11], ["bird", 12], ["dhcp", 16]]);

const metricsText = (route: Route): string => (route.metrics ?? []).map(({ name, value, locked }) => `${name} ${locked ? "lock " : ""}${value}`).join(" ");
const metricsObject = (route: Route): object => Object.fromEntries((route.metrics ?? []).map(({ name, value }) => [name, /^\d+(?:ms)?$/.test(value) ? Number.parseInt(value, 10) : value]));

/** The parts of a route in their order: key in JSON, words of a line. What a filter asked for is left out. */
function facts(context: IpContext, route: Route, filter: Filter, names: TableNames): readonly (readonly [string, unknown, string])[] {
  const { details, numeric } = context.options;
  const parts: (readonly [string, unknown, string])[] = [];
  const host = route.family === "inet" ? /\/32$/ : /\/128$/;
  const destination = route.destination.replace(host, "");
  if (route.type !== "unicast" || details) parts.push(["type", route.type, numeric ? String(TYPE_NUMBERS.get(route.type) ?? 1) : route.type]);
  const painted = (address: string): string => (context.options.color ? context.paint(route.family, `${address} `) : address);
  parts.push(["dst", destination, destination === "default" ? destination : painted(destination)]);
  const several = route.nextHops !== undefined;
  const overSix = route.family === "inet" && route.gateway?.includes(":") === true;
  if (route.gateway !== undefined && !several && filter.gateway === undefined) parts.push(overSix ? ["via", { family: "inet6", host: route.gateway }, `via inet6 ${painted(route.gateway)}`] : ["gateway", route.gateway, `via ${painted(route.gateway)}`]);
  // IPv6 hangs routes that refuse on lo
  const device = route.linkIndex === 0 && route.family === "inet6" ? "lo" : context.nameOf(route.linkIndex);
  if ((route.linkIndex > 0 || route.family === "inet6") && filter.device === undefined && !several) parts.push(["dev", device, `dev ${context.options.color ? context.paint("interface", `${device} `) : device}`]);
  if (route.table !== "main" && (filter.table === undefined || filter.table === "all")) parts.push(["table", names.shown(route.table), `table ${names.shown(route.table)}`]);
  if ((route.protocol !== "boot" || details) && filter.protocol === undefined) parts.push(["protocol", route.protocol, `proto ${numeric ? (PROTOCOL_NUMBERS.get(route.protocol) ?? route.protocol) : route.protocol}`]);
  if ((route.scope !== "global" || details) && route.family === "inet" && filter.scope === undefined) parts.push(["scope", route.scope, `scope ${numeric ? { global: 0, link: 253, host: 254 }[route.scope] : route.scope}`]);
  if (route.source !== undefined) parts.push(["prefsrc", route.source, `src ${painted(route.source)}`]);
  const metric = route.metric ?? (route.family === "inet6" && route.table === "local" ? 0 : undefined);
  if (metric !== undefined) parts.push(["metric", metric, `metric ${metric}`]);
  parts.push(["flags", [...(route.onLink ? ["onlink"] : []), ...(route.linkDown ? ["linkdown"] : [])], `${route.onLink ? "onlink " : ""}${route.linkDown ? "linkdown" : ""}`.trim()]);
  if (route.metrics !== undefined) parts.push(["metrics", [metricsObject(route)], metricsText(route)]);
  if (route.nextHops !== undefined) {
    const hops = route.nextHops.map((hop) => ({ ...(hop.gateway !== undefined && { gateway: hop.gateway }), dev: context.nameOf(hop.linkIndex), weight: hop.weight, flags: [] }));
    parts.push(["nexthops", hops, route.nextHops.map((hop) => `\n\tnexthop ${hop.gateway === undefined ? "" : `via ${hop.gateway} `}dev ${context.nameOf(hop.linkIndex)} weight ${hop.weight}`).join(" ")]);
  }
  if (route.family === "inet6") parts.push(["pref", "medium", "pref medium"]);
  return parts;
}

const lineOf = (parts: readonly (readonly [string, unknown, string])[]): string => parts.map(([, , words]) => words).filter((words) => words !== "").join(" ").replaceAll(" \x1b[0m ", " \x1b[0m");
const objectOf = (parts: readonly (readonly [string, unknown, string])[]): object => Object.fromEntries(parts.map(([key, value]) => [key, value]));

/** Errors: IpFailure (a table that nobody has put anything into). */
function routesOf(context: IpContext, family: "inet" | "inet6", table: string, filter: Filter): readonly Route[] {
  const known = context.sys.rtnetlink({ op: "route-list", family, table: "all" });
  try {
    context.sys.rtnetlink({ op: "route-list", family, table });
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    throw new IpFailure(`Error: ${family === "inet" ? "ipv4" : "ipv6"}: FIB table does not exist.\nDump terminated`, 2);
  }
  // net/ipv4/fib_frontend.c goes by the hash of tables: their numbers, main and local last
  const numbered = [...new Set(known.map((one) => one.table))].filter((one) => /^\d+$/.test(one)).sort((a, b) => Number(a) - Number(b));
  const tables = table === "all" ? [...numbered, "default", "main", "local"] : [table];
  return tables.flatMap((one) => known.filter((route) => route.table === one)).filter((route) => fits(context, route, filter));
}

/** What `ip route flush` takes away: the kernel's own stay unless they are asked for. */
export function* chosenRoutes(context: IpContext, words: readonly string[], family: "inet" | "inet6"): Blocking<readonly Route[]> {
  const filter = readFilter(context, words, yield* TableNames.read(context.sys));
  const own = filter.prefix?.of.family === "inet6" ? "inet6" : family;
  try {
    return routesOf(context, own, filter.table ?? "main", filter);
  } catch (error) {
    if (error instanceof IpFailure) return [];
    throw error;
  }
}

export function* showRoutes(context: IpContext, words: readonly string[]): Blocking<void> {
  const { sys, io, options } = context;
  const names = yield* TableNames.read(sys);
  const filter = readFilter(context, words, names);
  const family = (options.family === "link" ? undefined : options.family) ?? (filter.prefix?.of.family === "inet6" ? "inet6" : "inet");
  const table = filter.table ?? "main";
  if (table === "cache") return;
  const routes = [...routesOf(context, family, table, filter), ...(table === "all" && options.family === undefined && filter.prefix === undefined ? routesOf(context, "inet6", table, filter) : [])];
  if (options.json) {
    io.out.put(jsonText(routes.map((route) => objectOf(facts(context, route, filter, names))), options.pretty));
    return;
  }
  for (const route of routes) {
    if (sys.charge(3)) yield* sys.preempt();
    const line = lineOf(facts(context, route, filter, names));
    // a colour ends after the space
    io.out.put(`${line}${line.endsWith("pref medium") ? "" : !line.endsWith("\x1b[0m") ? " " : ""}\n`);
  }
}

export function* getRoute(context: IpContext, words: readonly string[]): Blocking<void> {
  const { sys, io, options } = context;
  const names = yield* TableNames.read(sys);
  let family = options.family;
  let source: string | undefined;
  let mark: number | undefined;
  let outIndex: number | undefined;
  let inInterface: string | undefined;
  let address: string | undefined;
  let whole = false;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    if (word === "oif" || word === "dev") outIndex = context.device(words[++at] ?? "").index;
    else if (word === "iif") inInterface = context.device(words[++at] ?? "").name;
    else if (word === "from") {
      const text = words[++at] ?? "";
      if (!parsePrefix(text)) throw new IpFailure(`Error: any valid prefix is expected rather than "${text}".`, 1);
      source = text.replace(/\/.*/, "");
    } else if (word === "mark") {
      const text = words[++at] ?? "";
      if (!/^(?:0x[\da-f]+|\d+)$/i.test(text)) throw wrong(text, "Invalid \"mark\" value");
      mark = Number(text);
    } else if (["vrf", "uid", "tos", "ipproto", "sport", "dport"].includes(word)) at++;
    else if (word === "fibmatch") whole = true;
    else if (word !== "to" && word !== "connected" && word !== "notify") {
      // the first address says which family the others are of
      if (address !== undefined) family ??= parsePrefix(address)?.family;
      address = word;
    }
  }
  if (address === undefined) throw new IpFailure("need at least a destination address", 1);
  const asked = parsePrefix(address);
  if (!asked) throw new IpFailure(`Error: ${family ?? "any valid"} prefix is expected rather than "${address}".`, 1);
  const route = answered(() => sys.rtnetlink({ op: "route-get", address: asked.address, ...(source !== undefined && { source }), ...(mark !== undefined && { mark }), ...(outIndex !== undefined && { outIndex }), ...(inInterface !== undefined && { inInterface }) }));
  if (whole) {
    const best = (["local", "main"] as const).map((table) => sys.rtnetlink({ op: "route-list", family: asked.family, table }).filter((one) => fits(context, one, { prefix: { how: "match", of: asked } })).sort((a, b) => Number(b.destination.split("/")[1] ?? 0) - Number(a.destination.split("/")[1] ?? 0)));
    const found = best.find((list) => list.length > 0)?.[0];
    if (found) io.out.put(`${lineOf(facts(context, found, { table: found.table }, names))} \n`);
    return;
  }
  const { details } = options;
  const uid = sys.getcred().euid;
  const device = context.nameOf(route.linkIndex);
  const local = route.type === "local";
  const cache = local ? ["local"] : route.type === "broadcast" ? ["local", "brd"] : [];
  
  if (asked.family === "inet6") {
    io.out.put(`${local ? "local " : ""}${asked.address} from ${source ?? "::"} ${route.gateway === undefined ? "" : `via ${route.gateway} `}dev ${device} ${route.table === "main" ? "" : `table ${names.shown(route.table)} `}${route.protocol === "boot" ? "" : `proto ${route.protocol} `}src ${route.preferredSource} metric ${local ? 0 : (route.metric ?? 1024)} pref medium\n`);
    return;
  }
  // without rules of one's own local and main are one table, and that is main
  const ownRules = sys.rtnetlink({ op: "rule-list", family: "inet" }).some((rule) => ![0, 32_766, 32_767].includes(rule.priority));
  const table = details ? (local ? "local" : names.shown(route.table)) : route.table === "main" || (route.table === "local" && !ownRules) ? undefined : names.shown(route.table);
  if (options.json) {
    io.out.put(jsonText([{
      ...((route.type !== "unicast" || details) && { type: route.type }), dst: asked.address, ...(source !== undefined && { from: source }), ...(route.gateway !== undefined && { gateway: route.gateway }), dev: device, ...(table !== undefined && { table }),
      ...(source === undefined && { prefsrc: route.preferredSource }), flags: [], ...(mark !== undefined && { mark }), uid, cache, ...(route.metrics !== undefined && { metrics: [metricsObject(route)] }),
    }], options.pretty));
    return;
  }
  const kind = route.type !== "unicast" || details ? `${route.type} ` : "";
  io.out.put(`${kind}${asked.address}${source === undefined ? "" : ` from ${source}`}${route.gateway === undefined ? "" : ` via ${route.gateway}`} dev ${device}${table === undefined ? "" : ` table ${table}`}${source === undefined ? ` src ${route.preferredSource}` : ""}${mark === undefined ? "" : ` mark ${mark}`} uid ${uid} \n    cache ${cache.length > 0 ? `<${cache.join(",")}> ` : ""}${route.metrics === undefined ? "" : `${metricsText(route)} `}\n`);
}
