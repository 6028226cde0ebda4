import { type Blocking, type Route, SysError } from "../../kernel/sys.ts";
import { getRoute, showRoutes } from "./_ip-route-show.ts";
import { usageOf } from "./_ip-usage.ts";
import { type IpContext, IpFailure, answered, isWithin, matches, parsePrefix } from "./_ip-context.ts";

export function* routeCommand(context: IpContext, words: readonly string[]): Blocking<void> {
  const { sys, options } = context;
  const [action = "show", ...rest] = words;
  const family = options.family === "inet6" ? "inet6" : "inet";
  if (matches(action, "show") || matches(action, "list") || action === "lst" || action === "ls") {
    return yield* showRoutes(context, rest);
  }
  if (matches(action, "get")) return getRoute(context, rest);
  if (matches(action, "flush") && action !== "f") {
    if (rest.length === 0) throw new IpFailure('"ip route flush" requires arguments.', 1);
    const device = rest.includes("dev") ? rest[rest.indexOf("dev") + 1] : undefined;
    if (rest[0] !== undefined && "cache".startsWith(rest[0])) return;
    const how = rest[0] === "root" || rest[0] === "match" || rest[0] === "exact" ? rest[0] : undefined;
    const wanted = rest.includes("all") ? undefined : how === undefined ? (rest[0] === "dev" || rest[0] === "table" ? undefined : rest[0]) : rest[1];
    const prefix = wanted === undefined || wanted === "default" ? undefined : parsePrefix(wanted);
    for (const route of sys.rtnetlink({ op: "route-list", family, table: "main" })) {
      if (device !== undefined && context.nameOf(route.linkIndex) !== device) continue;
      const own = route.destination === "default" ? undefined : parsePrefix(route.destination);
      if (wanted === "default" && route.destination !== "default") continue;
      if (prefix !== undefined && (own === undefined || !(how === "root" ? own.prefixLength >= prefix.prefixLength && isWithin(own.address, prefix) : own.address === prefix.address && own.prefixLength === prefix.prefixLength))) continue;
      answered(() => sys.rtnetlink({ op: "route-delete", destination: route.destination, ...(route.linkIndex > 0 && { linkIndex: route.linkIndex }) }));
    }
    return;
  }
  const op = matches(action, "add") || action === "append" ? "route-add" : action === "replace" || action === "change" ? "route-replace" : matches(action, "delete") ? "route-delete" : undefined;
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
      if (gateway === "inet" || gateway === "inet6") gateway = value();
      if (parsePrefix(gateway)?.prefixLength !== (gateway.includes(":") ? 128 : 32) || gateway.includes("/")) throw new IpFailure(`Error: ${options.family === "inet6" ? "inet6" : "inet"} address is expected rather than "${gateway}".`, 1);
    } else if (word === "dev" || word === "oif") device = value();
    else if (word === "src") source = value();
    else if (word === "metric" || word === "priority" || word === "preference") {
      const text = value();
      if (!/^\d+$/.test(text)) throw wrong(text, '"metric" value is invalid');
      metric = Number(text);
    }
    else if (word === "blackhole" || word === "unreachable" || word === "prohibit" || word === "throw") type = word;
    else if (word === "proto") {
      const name = value();
      if (!["kernel", "boot", "static", "dhcp", "ra", "redirect", "gated", "zebra", "bird", "bgp", "ospf", "rip", "isis", "babel", "keepalived", "eigrp"].includes(name) && !/^\d+$/.test(name)) throw wrong(name, '"protocol" value is invalid');
      protocol = name === "static" || name === "kernel" || name === "dhcp" || name === "ra" ? name : "boot";
    } else if (word === "scope") {
      const name = value();
      if (!["global", "universe", "site", "link", "host", "nowhere"].includes(name) && !/^\d+$/.test(name)) throw wrong(name, 'invalid "scope" value');
      scope = name === "link" || name === "host" ? name : "global";
    } else if (word === "table") {
      const name = value();
      if (!["main", "local", "default", "254", "255", "253"].includes(name) && !/^\d+$/.test(name)) throw wrong(name, '"table" value is invalid');
      if (name !== "main" && name !== "254") {
        context.sys.observe({ kind: "unsimulated", command: "ip", detail: "route table" });
        throw new IpFailure("ip route: tables other than main are not simulated here", 1);
      }
    } else if (word === "tos" || word === "dsfield") {
      const text = value();
      if (!/^(?:0x[\da-f]+|\d+)$/i.test(text)) throw wrong(text, '"tos" value is invalid');
    } else if (word === "nexthop") {
      context.sys.observe({ kind: "unsimulated", command: "ip", detail: "route nexthop" });
      throw new IpFailure("ip route: routes with several next hops are not simulated here", 1);
    } else if (["mtu", "advmss", "window", "rtt", "rttvar", "cwnd", "initcwnd", "initrwnd", "hoplimit", "pref", "expires", "weight", "realms", "congctl", "features", "quickack"].includes(word)) value();
    else if (word === "onlink") onLink = true;
    else if (word === "unicast" || word === "to") continue;
    else {
      if (destination !== undefined) throw new IpFailure(`Error: either "to" is duplicate, or "${word}" is a garbage.`, 255);
      destination = word;
    }
  }
  if (destination === undefined && rest.length === 0) throw new IpFailure(usageOf("route")?.trimEnd() ?? "", 255);
  destination ??= "default";
  if (destination !== "default" && destination !== "0/0" && !parsePrefix(destination)) throw new IpFailure(`Error: any valid prefix is expected rather than "${destination}".`, 1);
  if (device !== undefined) context.device(device);
  const linkIndex = device === undefined ? {} : { linkIndex: context.device(device).index };
  const via = gateway === undefined ? {} : { gateway };
  if (op === "route-delete") {
    answered(() => sys.rtnetlink({ op, destination, ...via, ...linkIndex }));
    return;
  }
  try {
    sys.rtnetlink({ op, destination, ...via, ...linkIndex, ...(source !== undefined && { source }), ...(metric !== undefined && { metric }), ...(type !== "unicast" && { type }), ...(protocol !== undefined && { protocol }), ...(scope !== undefined && { scope }), ...(onLink && { onLink }), ...(matches(action, "change") && { mustExist: true }) });
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    if (gateway !== undefined && error.errno === "ENETUNREACH") throw new IpFailure("Error: Nexthop has invalid gateway.", 2);
    const own = destination.includes("/") ? parsePrefix(destination) : undefined;
    if (error.errno === "EINVAL" && own?.family === "inet" && (op === "route-add" || op === "route-replace") && own.prefixLength < 32 && hasHostBits(own.address, own.prefixLength)) throw new IpFailure("Error: Invalid prefix for given prefix length.", 2);
    if (error.errno === "EINVAL" && source !== undefined) throw new IpFailure("Error: Invalid prefsrc address.", 2);
    if (error.errno === "ENETDOWN") throw new IpFailure("Error: Device for nexthop is not up.", 2);
    throw new IpFailure(`RTNETLINK answers: ${error.message}`, 2);
  }
}

function hasHostBits(address: string, prefixLength: number): boolean {
  return address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0) % 2 ** (32 - prefixLength) !== 0;
}
