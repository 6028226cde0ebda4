// The kernel's routes as route and netstat -r show them (lib/inet_gr.c, lib/inet6_gr.c of net-tools 2.10).
import type { Blocking, Route, Sys } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { netmaskOf } from "./_interfaces.ts";

export type RoutingLayout = "route" | "netstat" | "both";

/** Names of /etc/hosts by their address. */
export function* hostNames(sys: Sys): Blocking<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  for (const line of ((yield* readTextFile(sys, "/etc/hosts")) ?? "").split("\n")) {
    const [address, name] = (line.split("#")[0] ?? "").trim().split(/\s+/);
    if (address !== undefined && name !== undefined && !names.has(address)) names.set(address, name);
  }
  return names;
}

export function* routingTable(sys: Sys, layout: RoutingLayout, numeric: boolean): Blocking<string> {
  const names = numeric ? new Map<string, string>() : yield* hostNames(sys);
  const links = new Map(sys.rtnetlink({ op: "link-list" }).map((link) => [link.index, link.name]));
  let text = `Kernel IP routing table\nDestination     Gateway         Genmask         ${layout === "route" ? "Flags Metric Ref    Use Iface" : layout === "netstat" ? "Flags   MSS Window  irtt Iface" : "Flags Metric Ref    Use Iface    MSS   Window irtt"}\n`;
  for (const route of sys.rtnetlink({ op: "route-list", family: "inet", table: "main" })) {
    const [network = "", bits = "32"] = route.destination === "default" ? ["0.0.0.0", "0"] : route.destination.split("/");
    const reject = route.type !== "unicast";
    const destination = bits === "0" ? (numeric ? network : "default") : (names.get(network) ?? network);
    const gateway = reject ? "-" : route.gateway === undefined ? "0.0.0.0" : (names.get(route.gateway) ?? route.gateway);
    const flags = reject ? "!" : `U${route.gateway === undefined ? "" : "G"}${bits === "32" ? "H" : ""}`;
    const device = reject ? "-" : (links.get(route.linkIndex) ?? "");
    const head = `${destination.slice(0, 15).padEnd(15)} ${gateway.slice(0, 15).padEnd(15)} ${netmaskOf(Number(bits)).padEnd(15)} ${flags.padEnd(5)} `;
    if (layout === "netstat") text += `${head}${reject ? "    - -          -" : "    0 0          0"} ${device}\n`;
    else text += `${head}${String(route.metric ?? 0).padEnd(6)} ${(reject ? "-" : "0").padEnd(3)} ${"0".padStart(6)} ${layout === "route" ? device : `${device.padEnd(8)} 0     0      0`}\n`;
  }
  return text;
}

function flags6(route: Route, local: boolean): string {
  return `${route.type === "unreachable" || route.type === "blackhole" ? "!" : "U"}${route.gateway === undefined ? "" : "G"}${local ? "n" : route.destination.includes("/") || route.destination === "default" ? "" : "H"}`;
}

export function routingTable6(sys: Sys, numeric: boolean): string {
  const links = new Map(sys.rtnetlink({ op: "link-list" }).map((link) => [link.index, link.name]));
  const any = numeric ? "::" : "[::]";
  let text = "Kernel IPv6 routing table\nDestination                    Next Hop                   Flag Met Ref  Use If\n";
  const line = (destination: string, hop: string, flags: string, metric: number, device: string): string => `${destination.padEnd(30)} ${hop.padEnd(26)} ${flags.padEnd(4)} ${String(metric).padEnd(4)} ${"1".padEnd(3)} ${"0".padStart(5)} ${device}\n`;
  for (const table of ["main", "local"] as const) {
    for (const route of sys.rtnetlink({ op: "route-list", family: "inet6", table })) {
      const destination = route.destination === "default" ? `${any}/0` : route.destination.includes("/") ? route.destination : `${route.destination}/128`;
      text += line(destination, route.gateway ?? any, flags6(route, table === "local"), table === "local" ? 0 : (route.metric ?? 1024), links.get(route.linkIndex) ?? "");
    }
  }
  return text;
}
