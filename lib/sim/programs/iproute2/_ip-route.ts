import { type Blocking, type Route, type RouteMetric, SysError } from "../../kernel/sys.ts";
import { chosenRoutes, getRoute, showRoutes } from "./_ip-route-show.ts";
import { TableNames } from "./_ip-tables.ts";
import { usageOf } from "./_ip-usage.ts";
import { type IpContext, IpFailure, answered, groupsOf, matches, parsePrefix } from "./_ip-context.ts";

/** In the order of the kernel's RTAX numbers, in which it tells them. */
const METRICS: readonly string[] = ["mtu", "window", "rtt", "rttvar", "ssthresh", "cwnd", "advmss", "reordering", "hoplimit", "initcwnd", "features", "rto_min", "initrwnd", "quickack", "congctl"];
const TIMES = new Set(["rtt", "rttvar", "rto_min"]);

function* flushRoutes(context: IpContext, words: readonly string[], family: "inet" | "inet6"): Blocking<void> {
  const { sys, io, options } = context;
  if (words.length === 0) throw new IpFailure('"ip route flush" requires arguments.', 1);
  if (words[0] !== undefined && "cache".startsWith(words[0])) return;
  const routes = yield* chosenRoutes(context, words, family);
  for (const route of routes) {
    if (options.statistics > 1) io.out.put(`${route.destination}${route.gateway === undefined ? "" : ` via ${route.gateway}`} dev ${context.nameOf(route.linkIndex)} \n`);
    answered(() => sys.rtnetlink({ op: "route-delete", destination: route.destination, table: route.table, type: route.type, ...(route.gateway !== undefined && { gateway: route.gateway }), ...(route.linkIndex > 0 && { linkIndex: route.linkIndex }), ...(route.metric !== undefined && { metric: route.metric }) }));
  }
  if (options.statistics === 0) return;
  io.out.put(routes.length === 0 ? "Nothing to flush.\n" : `\n*** Round 1, deleting ${routes.length} entries ***\n*** Flush is complete after 1 round ***\n`);
}

export function* routeCommand(context: IpContext, words: readonly string[]): Blocking<void> {
  const { sys, options } = context;
  const [action = "show", ...rest] = words;
  const family = options.family === "inet6" ? "inet6" : "inet";
  if (matches(action, "show") || matches(action, "list") || action === "lst" || action === "ls") {
    return yield* showRoutes(context, rest);
  }
  if (matches(action, "get")) return yield* getRoute(context, rest);
  if (matches(action, "flush") && action !== "f") return yield* flushRoutes(context, rest, family);
  if (action === "save" || action === "restore" || action === "showdump") {
    sys.observe({ kind: "unsimulated", command: "ip", detail: `route ${action}` });
    throw new IpFailure(`ip route ${action} is not simulated here`, 1);
  }
  const names = yield* TableNames.read(sys);
  const op = matches(action, "add") || matches(action, "append") || matches(action, "prepend") ? "route-add" : action === "replace" || action === "change" ? "route-replace" : matches(action, "delete") ? "route-delete" : undefined;
  if (op === undefined) throw new IpFailure(`Command "${action}" is unknown, try "ip route help".`, 255);
  let destination: string | undefined;
  let gateway: string | undefined;
  let device: string | undefined;
  let source: string | undefined;
  let metric: number | undefined;
  let type: Route["type"] = "unicast";
  let protocol: Route["protocol"] | undefined;
  let scope: Route["scope"] | undefined;
  let onLink = false;
  let table: string | undefined;
  const metrics: RouteMetric[] = [];
  const hops: { gateway?: string; linkIndex?: number; weight: number }[] = [];
  for (let at = 0; at < rest.length; at++) {
    const word = rest[at] ?? "";
    const value = (): string => {
      const next = rest[++at];
      if (next === undefined) throw new IpFailure('Command line is not complete. Try option "help"', 255);
      return next;
    };
    const wrong = (text: string, why: string): IpFailure => new IpFailure(`Error: argument "${text}" is wrong: ${why}\n`, 255);
    if (word === "via") {
      if (gateway !== undefined) throw wrong("via", "use nexthop syntax to specify multiple via");
      gateway = value();
      const asked = gateway === "inet" || gateway === "inet6" ? gateway : options.family === "inet" || options.family === "inet6" ? options.family : ((destination === undefined || destination === "default" ? undefined : parsePrefix(destination)?.family) ?? "any valid");
      if (gateway === "inet" || gateway === "inet6") gateway = value();
      if (parsePrefix(gateway)?.prefixLength !== (gateway.includes(":") ? 128 : 32) || gateway.includes("/")) throw new IpFailure(`Error: ${asked} address is expected rather than "${gateway}".`, 1);
    } else if (word === "dev" || word === "oif") device = value();
    else if (word === "src") source = value();
    else if (word === "metric" || word === "priority" || word === "preference") {
      const text = value();
      if (!/^\d+$/.test(text)) throw wrong(text, '"metric" value is invalid');
      metric = Number(text);
    }
    else if (word === "blackhole" || word === "unreachable" || word === "prohibit" || word === "throw" || ((word === "local" || word === "multicast" || word === "broadcast") && rest[at + 1] !== undefined)) type = word;
    else if (word === "proto") {
      const name = value();
      if (!["kernel", "boot", "static", "dhcp", "ra", "redirect", "gated", "zebra", "bird", "bgp", "ospf", "rip", "isis", "babel", "keepalived", "eigrp"].includes(name) && !/^\d+$/.test(name)) throw wrong(name, '"protocol" value is invalid');
      protocol = name;
    } else if (word === "scope") {
      const name = value();
      if (!["global", "universe", "site", "link", "host", "nowhere"].includes(name) && !/^\d+$/.test(name)) throw wrong(name, 'invalid "scope" value');
      scope = name === "link" || name === "host" ? name : "global";
    } else if (word === "table") {
      const name = value();
      table = names.table(name);
      if (table === undefined) throw wrong(name, '"table" value is invalid');
    } else if (word === "tos" || word === "dsfield") {
      const text = value();
      if (!/^(?:0x[\da-f]+|\d+)$/i.test(text)) throw wrong(text, '"tos" value is invalid');
    } else if (word === "nexthop") {
      const hop: { gateway?: string; linkIndex?: number; weight: number } = { weight: 1 };
      while (["via", "dev", "weight", "onlink"].includes(rest[at + 1] ?? "")) {
        const part = rest[++at] ?? "";
        if (part === "onlink") continue;
        const text = value();
        if (part === "via") hop.gateway = text === "inet" || text === "inet6" ? value() : text;
        else if (part === "dev") hop.linkIndex = context.device(text).index;
        else {
          if (!/^\d+$/.test(text) || Number(text) < 1 || Number(text) > 256) throw wrong(text, '"weight" is invalid');
          hop.weight = Number(text);
        }
      }
      hops.push(hop);
    } else if (METRICS.includes(word)) {
      let text = value();
      const locked = text === "lock";
      if (locked) text = value();
      if (!["congctl", "features"].includes(word) && !/^\d+(?:m?s)?$/.test(text)) throw wrong(text, `"${word}" value is invalid`);
      metrics.push({ name: word, value: TIMES.has(word) ? `${text.replace(/m?s$/, "")}${text.endsWith("s") && !text.endsWith("ms") ? "s" : "ms"}` : text, locked: locked || word === "rto_min" });
    } else if (["pref", "expires", "realms", "as", "encap", "nhid", "ttl-propagate"].includes(word)) value();
    else if (word === "onlink") onLink = true;
    else if (word === "unicast" || word === "to") continue;
    else {
      if (destination !== undefined) throw new IpFailure(`Error: either "to" is duplicate, or "${word}" is a garbage.`, 255);
      destination = word;
    }
  }
  if (destination === undefined && (rest.length === 0 || (hops.length > 0 && op === "route-add"))) throw new IpFailure(usageOf("route")?.trimEnd() ?? "", 255);
  destination ??= "default";
  const parsed = destination === "default" || destination === "0/0" ? undefined : parsePrefix(destination);
  const forced = options.family === "inet" || options.family === "inet6" ? options.family : undefined;
  // once a gateway has said which family it is, the prefix has to be of it
  if (destination !== "default" && destination !== "0/0" && (!parsed || (forced !== undefined && parsed.family !== forced))) throw new IpFailure(`Error: ${forced ?? "any valid"} prefix is expected rather than "${destination}".`, 1);
  const isSix = forced === "inet6" || parsed?.family === "inet6" || gateway?.includes(":") === true;
  // IPv6 cuts what stands behind the prefix off
  if (parsed?.family === "inet6") destination = `${networkOf6(parsed.address, parsed.prefixLength)}/${parsed.prefixLength}`;
  if (forced === "inet6" && destination === "default" && gateway === undefined) destination = "::/0";
  metrics.sort((one, other) => METRICS.indexOf(one.name) - METRICS.indexOf(other.name));
  if (device !== undefined) context.device(device);
  const linkIndex = device === undefined ? {} : { linkIndex: context.device(device).index };
  const via = gateway === undefined ? {} : { gateway };
  if (op === "route-delete") {
    const where = { ...via, ...linkIndex, ...(table !== undefined && { table }), ...(metric !== undefined && { metric }), ...(protocol !== undefined && { protocol }), ...(type !== "unicast" && { type }) };
    answered(() => sys.rtnetlink({ op, destination, ...where }));
    return;
  }
  if (gateway?.toLowerCase().startsWith("fe80:") === true && isSix && device === undefined) throw new IpFailure("Error: Egress device not specified.", 2);
  try {
    sys.rtnetlink({ op, destination, ...via, ...linkIndex, ...(source !== undefined && { source }), ...(metric !== undefined && { metric }), ...(type !== "unicast" && { type }), ...(protocol !== undefined && { protocol }), ...(scope !== undefined && { scope }), ...(onLink && { onLink }), ...(matches(action, "change") && { mustExist: true }),
      ...(table !== undefined ? { table } : type === "local" || type === "broadcast" ? { table: "local" } : {}), ...(metrics.length > 0 && { metrics }), ...(hops.length > 0 && { nextHops: hops }), ...(matches(action, "append") && !matches(action, "add") ? { beside: "after" as const } : matches(action, "prepend") ? { beside: "before" as const } : {}),
    });
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    if (isSix && error.errno === "ENETUNREACH") throw new IpFailure("RTNETLINK answers: No route to host", 2);
    if ((gateway !== undefined || hops.length > 0) && error.errno === "ENETUNREACH") throw new IpFailure("Error: Nexthop has invalid gateway.", 2);
    const own = destination.includes("/") ? parsePrefix(destination) : undefined;
    if (error.errno === "EINVAL" && own?.family === "inet" && (op === "route-add" || op === "route-replace") && own.prefixLength < 32 && hasHostBits(own.address, own.prefixLength)) throw new IpFailure("Error: Invalid prefix for given prefix length.", 2);
    if (error.errno === "EINVAL" && source !== undefined) throw new IpFailure("Error: Invalid prefsrc address.", 2);
    if (error.errno === "ENETDOWN") throw new IpFailure("Error: Device for nexthop is not up.", 2);
    throw new IpFailure(`RTNETLINK answers: ${error.message}`, 2);
  }
}

function networkOf6(address: string, prefixLength: number): string {
  const groups = groupsOf(address).map((group, at) => {
    const hosts = 16 - Math.min(16, Math.max(0, prefixLength - at * 16));
    return ((group >> hosts) << hosts).toString(16);
  });
  return groups.join(":");
}

function hasHostBits(address: string, prefixLength: number): boolean {
  return address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0) % 2 ** (32 - prefixLength) !== 0;
}
