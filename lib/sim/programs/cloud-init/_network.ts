// The network as the data source describes it (versions 1 and 2), written for ifupdown before the network comes up (cloudinit/net/network_state.py, eni.py).
import { type Blocking, SysError } from "../../kernel/sys.ts";
import { loadYaml, type YamlMap, type YamlValue } from "../kit/yaml/parse-yaml.ts";
import { YamlError } from "../kit/yaml/yaml-error.ts";
import { runProgram, writeFile } from "./_files.ts";
import { isList, isMap } from "./_json.ts";
import { isTrue, type Run } from "./_run.ts";

const FILE = "/etc/network/interfaces.d/50-cloud-init";
const header = `# Written by cloud-init from what the data source says of the network: changes are lost at the next boot of a new instance. To keep cloud-init out,
# write a file /etc/cloud/cloud.cfg.d/99-disable-network-config.cfg with the line
# network: {config: disabled}
`;

interface Route {
  readonly network: string;
  readonly prefix: number;
  readonly gateway: string;
  readonly metric: string | undefined;
}

interface Subnet {
  readonly mode: string;
  readonly family: "inet" | "inet6";
  readonly control: string;
  /** lines of the stanza */
  readonly lines: readonly string[];
  readonly routes: readonly Route[];
}

interface Interface {
  readonly name: string;
  readonly kind: string;
  readonly mac: string | undefined;
  readonly attributes: readonly string[];
  readonly subnets: readonly Subnet[];
}

interface Network {
  readonly interfaces: readonly Interface[];
  readonly nameServers: readonly string[];
  readonly searched: readonly string[];
  readonly routes: readonly Route[];
}

const textAt = (map: YamlMap, key: string): string | undefined => {
  const value = map.get(key);
  return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
};
const listAt = (map: YamlMap, key: string): readonly YamlValue[] => {
  const value = map.get(key);
  return isList(value) ? value : value === undefined || value === null ? [] : [value];
};
const texts = (values: readonly YamlValue[]): readonly string[] => values.flatMap((value) => (typeof value === "string" ? value.split(/[\s,]+/) : [])).filter((one) => one !== "");

function prefixOfMask(mask: string): number {
  if (/^\d+$/.test(mask)) return Number(mask);
  return mask.split(".").reduce((bits, part) => bits + Number(part).toString(2).replaceAll("0", "").length, 0);
}

function routeOf(map: YamlMap): Route | undefined {
  const target = textAt(map, "to") ?? textAt(map, "destination") ?? textAt(map, "network");
  const gateway = textAt(map, "via") ?? textAt(map, "gateway");
  if (target === undefined || gateway === undefined) return undefined;
  const whole = target === "default" ? (gateway.includes(":") ? "::/0" : "0.0.0.0/0") : target;
  const [network = "", bits] = whole.split("/");
  return { network, prefix: bits === undefined ? prefixOfMask(textAt(map, "netmask") ?? "32") : Number(bits), gateway, metric: textAt(map, "metric") };
}

const routesIn = (map: YamlMap): readonly Route[] => listAt(map, "routes").flatMap((one) => {
  const route = isMap(one) ? routeOf(one) : undefined;
  return route === undefined ? [] : [route];
});

function stanzaLines(pairs: readonly (readonly [string, string | undefined])[]): readonly string[] {
  return pairs.flatMap(([key, value]) => (value === undefined || value === "" ? [] : [`    ${key} ${value}`])).sort();
}

/** A subnet of version 1. */
function subnetOf(map: YamlMap): Subnet {
  const type = textAt(map, "type") ?? "static";
  const address = textAt(map, "address");
  const six = type.includes("6") || address?.includes(":") === true;
  const [bare = "", bits] = (address ?? "").split("/");
  const prefix = bits ?? String(prefixOfMask(textAt(map, "netmask") ?? (six ? "64" : "24")));
  return {
    mode: type.startsWith("dhcp") || type === "ipv6_dhcpv6-stateful" ? "dhcp" : type === "ipv6_slaac" || type === "ipv6_dhcpv6-stateless" ? "auto" : type === "static6" ? "static" : type, family: six ? "inet6" : "inet", control: textAt(map, "control") ?? "auto",
    lines: stanzaLines([["address", address === undefined ? undefined : `${bare}/${prefix}`], ["gateway", textAt(map, "gateway")], ["broadcast", textAt(map, "broadcast")], ["mtu", textAt(map, "mtu")], ["dns-nameservers", texts(listAt(map, "dns_nameservers")).join(" ")], ["dns-search", texts(listAt(map, "dns_search")).join(" ")]]),
    routes: routesIn(map),
  };
}

function versionOne(config: readonly YamlValue[]): Network {
  const interfaces: Interface[] = [];
  const [nameServers, searched]: [string[], string[]] = [[], []];
  const routes: Route[] = [];
  for (const one of config) {
    if (!isMap(one)) continue;
    const kind = textAt(one, "type") ?? "";
    if (kind === "nameserver") {
      nameServers.push(...texts(listAt(one, "address")));
      searched.push(...texts(listAt(one, "search")));
    } else if (kind === "route") {
      const route = routeOf(one);
      if (route !== undefined) routes.push(route);
    } else {
      const parameters = one.get("params");
      const attributes = stanzaLines([
        ["mtu", textAt(one, "mtu")], ...(isMap(parameters) ? [...parameters].map(([key, value]): [string, string] => [key, isList(value) ? value.join(" ") : String(value)]) : []),
        ["bridge_ports", kind === "bridge" ? texts(listAt(one, "bridge_interfaces")).join(" ") || "none" : undefined], ["bond-slaves", kind === "bond" ? "none" : undefined], ["vlan-raw-device", textAt(one, "vlan_link")], ["vlan_id", textAt(one, "vlan_id")],
      ]);
      interfaces.push({ name: textAt(one, "name") ?? "", kind, mac: textAt(one, "mac_address")?.toLowerCase(), attributes, subnets: listAt(one, "subnets").filter(isMap).map(subnetOf) });
    }
  }
  return { interfaces, nameServers, searched, routes };
}

function versionTwo(config: YamlMap): Network {
  const interfaces: Interface[] = [];
  const [nameServers, searched]: [string[], string[]] = [[], []];
  for (const [section, kind] of [["ethernets", "physical"], ["bonds", "bond"], ["bridges", "bridge"], ["vlans", "vlan"]] as const) {
    const named = config.get(section);
    for (const [id, settings] of isMap(named) ? named : []) {
      if (!isMap(settings)) continue;
      const match = settings.get("match");
      const servers = settings.get("nameservers");
      if (isMap(servers)) {
        nameServers.push(...texts(listAt(servers, "addresses")));
        searched.push(...texts(listAt(servers, "search")));
      }
      const subnets: Subnet[] = [];
      const routes = routesIn(settings);
      if (isTrue(settings.get("dhcp4"))) subnets.push({ mode: "dhcp", family: "inet", control: "auto", lines: [], routes: [] });
      if (isTrue(settings.get("dhcp6"))) subnets.push({ mode: "dhcp", family: "inet6", control: "auto", lines: [], routes: [] });
      for (const address of texts(listAt(settings, "addresses"))) {
        const six = address.includes(":");
        const gateway = subnets.some((one) => one.mode === "static" && one.family === (six ? "inet6" : "inet")) ? undefined : textAt(settings, six ? "gateway6" : "gateway4");
        subnets.push({ mode: "static", family: six ? "inet6" : "inet", control: "auto", lines: stanzaLines([["address", address], ["gateway", gateway]]), routes: [] });
      }
      const [first, ...others] = subnets;
      const withRoutes = first === undefined ? [] : [{ ...first, routes }, ...others];
      const parts = texts(listAt(settings, "interfaces"));
      interfaces.push({
        name: textAt(settings, "set-name") ?? id, kind, mac: (isMap(match) ? textAt(match, "macaddress") : undefined)?.toLowerCase(),
        attributes: stanzaLines([["mtu", textAt(settings, "mtu")], ["bridge_ports", kind === "bridge" ? parts.join(" ") || "none" : undefined], ["vlan-raw-device", textAt(settings, "link")], ["vlan_id", textAt(settings, "id")]]), subnets: withRoutes,
      });
    }
  }
  return { interfaces, nameServers, searched, routes: [] };
}

function routeLines({ network, prefix, gateway, metric }: Route, indent: string): readonly string[] {
  const six = network.includes(":");
  const target = prefix === 0 && (network === "0.0.0.0" || network === "::") ? `${six ? " -A inet6" : ""} default` : `${six ? " -A inet6" : prefix === 32 ? " -host" : " -net"} ${network}/${prefix}`;
  const words = `${target} gw ${gateway}${metric === undefined ? "" : ` metric ${metric}`} || true`;
  return [`${indent}post-up route add${words}`, `${indent}pre-down route del${words}`];
}

const kindOrder = ["loopback", "physical", "infiniband", "bond", "bridge", "vlan"];

function interfacesText({ interfaces, nameServers, searched, routes }: Network): string {
  const sections: string[][] = [["auto lo", "iface lo inet loopback", ...stanzaLines([["dns-nameservers", nameServers.join(" ")], ["dns-search", searched.join(" ")]])]];
  const sorted = [...interfaces].sort((a, b) => kindOrder.indexOf(a.kind) - kindOrder.indexOf(b.kind) || (a.name < b.name ? -1 : 1));
  for (const one of sorted) {
    if (one.name === "lo") continue;
    if (one.subnets.length === 0) sections.push([`iface ${one.name} inet manual`, ...one.attributes]);
    for (const [index, subnet] of one.subnets.entries()) {
      const control = index > 0 ? "alias" : subnet.control;
      const verb = control === "auto" ? "auto" : control === "hotplug" ? "allow-hotplug" : `# control-${control}`;
      sections.push([`${verb} ${one.name}`, `iface ${one.name} ${subnet.family} ${subnet.mode}`, ...[...subnet.lines, ...(index === 0 ? one.attributes : [])], ...subnet.routes.flatMap((route) => routeLines(route, "    "))]);
    }
  }
  for (const route of routes) sections.push([...routeLines(route, "")]);
  return `${sections.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

/** Cards that are called otherwise get the names that the configuration gives them, by their addresses. */
function* rename(run: Run, network: Network): Blocking<void> {
  for (const { name, mac, kind } of network.interfaces) {
    if (mac === undefined || kind !== "physical") continue;
    const link = run.sys.rtnetlink({ op: "link-list" }).find((one) => one.mac.toLowerCase() === mac);
    if (link === undefined || link.name === name) continue;
    run.debug("__init__.py", `Renamed [['${mac}', '${name}', None, None]] with ops [('rename', '${mac}', '${name}', ('${link.name}', '${name}'))]`);
    yield* runProgram(run.sys, ["ip", "link", "set", link.name, "down"], { quiet: true });
    yield* runProgram(run.sys, ["ip", "link", "set", link.name, "name", name], { quiet: true });
  }
}

/** `text`: the file network-config of the seed. */
export function* applyNetworkConfig(run: Run, text: string): Blocking<void> {
  const own = run.map("network");
  if (own?.get("config") === "disabled") return run.debug("stages.py", "network config is disabled by system_cfg", "INFO");
  let value: YamlValue = null;
  try {
    value = loadYaml(text);
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    yield* run.warn("util.py", `Failed loading yaml blob. ${error.message}`);
  }
  const inner = isMap(value) ? value.get("network") : undefined;
  const config = isMap(inner) ? inner : value;
  if (!isMap(config)) return;
  const version = config.get("version");
  const given = config.get("config");
  if (version !== 1 && version !== 2) return yield* run.warn("network_state.py", `No valid network_state object created from network config. Did you specify the correct version? Network config:\n${text}`);
  if (version === 1 && given === "disabled") return;
  const network = version === 1 ? versionOne(isList(given) ? given : []) : versionTwo(config);
  run.debug("stages.py", `Applying network configuration from ds bringup=False: version ${version}`, "INFO");
  try {
    yield* rename(run, network);
    yield* writeFile(run.sys, FILE, header + interfacesText(network));
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    yield* run.warn("stages.py", `Failed to write network configuration: ${error.message}`);
  }
}
