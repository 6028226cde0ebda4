import { type Blocking, type Route, SysError } from "../../kernel/sys.ts";
import { getRoute, showRoutes } from "./_ip-route-show.ts";
import { type IpContext, IpFailure, answered, matches, parsePrefix } from "./_ip-context.ts";

export function* routeCommand(context: IpContext, words: readonly string[]): Blocking<void> {
  const { sys, options } = context;
  const [action = "show", ...rest] = words;
  const family = options.family ?? "inet";
  if (matches(action, "show") || matches(action, "list") || action === "lst" || action === "ls") {
    return yield* showRoutes(context, rest);
  }
  if (matches(action, "get")) return getRoute(context, rest);
  if (action === "flush") {
    const device = rest.includes("dev") ? rest[rest.indexOf("dev") + 1] : undefined;
    for (const route of sys.rtnetlink({ op: "route-list", family, table: "main" })) {
      if (device !== undefined && context.nameOf(route.linkIndex) !== device) continue;
      if (rest[0] !== undefined && rest[0] !== "dev" && rest[0] !== "cache" && rest[0] !== "all" && route.destination !== rest[0]) continue;
      answered(() => sys.rtnetlink({ op: "route-delete", destination: route.destination, linkIndex: route.linkIndex }));
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
    if (word === "via") gateway = rest[++at];
    else if (word === "dev") device = rest[++at];
    else if (word === "src") source = rest[++at];
    else if (word === "metric") metric = Number(rest[++at]);
    else if (word === "blackhole" || word === "unreachable") type = word;
    else if (word === "proto") {
      const name = rest[++at];
      protocol = name === "static" || name === "kernel" || name === "dhcp" || name === "ra" ? name : "boot";
    } else if (word === "scope") {
      const name = rest[++at];
      scope = name === "link" || name === "host" ? name : "global";
    } else if (word === "table" || word === "mtu" || word === "advmss") at++;
    else if (word === "onlink") onLink = true;
    else if (word === "unicast" || word === "to") continue;
    else destination = word;
  }
  if (destination === undefined) throw new IpFailure("Command line is not complete. Try option \"help\"", 255);
  if (destination !== "default" && destination !== "0/0" && !parsePrefix(destination)) throw new IpFailure(`Error: any valid prefix is expected rather than "${destination}".`, 1);
  if (gateway !== undefined && !parsePrefix(gateway)) throw new IpFailure(`Error: any valid address is expected rather than "${gateway}".`, 1);
  const linkIndex = device === undefined ? {} : { linkIndex: context.device(device).index };
  const via = gateway === undefined ? {} : { gateway };
  if (op === "route-delete") {
    answered(() => sys.rtnetlink({ op, destination, ...via, ...linkIndex }));
    return;
  }
  try {
    sys.rtnetlink({ op, destination, ...via, ...linkIndex, ...(source !== undefined && { source }), ...(metric !== undefined && { metric }), ...(type !== "unicast" && { type }), ...(protocol !== undefined && { protocol }), ...(scope !== undefined && { scope }), ...(onLink && { onLink }) });
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    if (gateway !== undefined && error.errno === "ENETUNREACH") throw new IpFailure("Error: Nexthop has invalid gateway.", 2);
    if (error.errno === "ENETDOWN") throw new IpFailure("Error: Device for nexthop is not up.", 2);
    throw new IpFailure(`RTNETLINK answers: ${error.message}`, 2);
  }
}
