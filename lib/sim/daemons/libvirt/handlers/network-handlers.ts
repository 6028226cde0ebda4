// Virtual networks: a bridge, its address, dnsmasq for leases and names, rules that let guests out.
// (More than 400 lines: a network from its definition to bridge, rules and dnsmasq, and back.)
import { type Blocking, SIGNALS, type NetfilterChain, type NetfilterRule, type Sys, SysError } from "../../../kernel/sys.ts";
import { exists, makeDirectories, names, tryReadFile, tryWriteFile, writeFile } from "../../systemd/api/files.ts";
import { type Call, handlers } from "../call.ts";
import { cardsOf } from "../domain-xml.ts";
import type { Engine, Network } from "../engine.ts";
import { VirError } from "../error.ts";
import { parseXml, Xml, XmlError } from "../api/xml.ts";
import { prefixOf } from "./domain-handlers.ts";

const STATUS = "/var/lib/libvirt/dnsmasq";
const NETWORK_STATUS = "/run/libvirt/network";

function normaliseNetwork(call: Call, text: string): Xml {
  let given: Xml;
  try {
    given = parseXml(text);
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    throw new VirError("plain", `(network_definition):${error.line}: ${error.message}\n(null)\n^`);
  }
  if (given.name !== "network") throw new VirError("xml", `unexpected root element <${given.name}>, expecting <network>`);
  const name = given.textOf("name");
  if (name === undefined || name === "") throw new VirError("xml", "missing element or attribute './name[1]'");
  const forward = given.find("forward")?.clone();
  const mode = forward?.get("mode") ?? (forward === undefined ? undefined : "nat");
  if (forward !== undefined) {
    forward.set("mode", mode ?? "nat");
    if (mode === "nat" && forward.find("nat") === undefined) forward.children.push(new Xml("nat", {}, [new Xml("port", { start: "1024", end: "65535" })]));
  }
  for (const ip of given.all("ip")) checkRange(ip);
  const bridged = mode === "bridge" || mode === "private" || mode === "vepa" || mode === "passthrough" || mode === "hostdev";
  const wanted = given.at("bridge", "name");
  const taken = new Set([...call.engine.networks.values()].filter((one) => one.name !== name).map((one) => one.xml.at("bridge", "name")));
  if (wanted !== undefined && taken.has(wanted) && !bridged) throw new VirError("internal", `bridge name '${wanted}' already in use.`);
  let bridgeName = wanted;
  for (let number = 0; bridgeName === undefined || bridgeName.includes("%"); number++) if (!taken.has(`virbr${number}`) && !call.sys.rtnetlink({ op: "link-list" }).some((link) => link.name === `virbr${number}`)) bridgeName = `virbr${number}`;
  const mac = given.at("mac", "address") ?? `52:54:00:${[...call.sys.random(3)].map((byte) => byte.toString(16).padStart(2, "0")).join(":")}`;
  return new Xml("network", {}, [
    new Xml("name", {}, name), new Xml("uuid", {}, given.textOf("uuid") ?? call.engine.newUuid(call.sys)), forward, bridged ? given.find("bridge")?.clone() : new Xml("bridge", { name: bridgeName, stp: given.at("bridge", "stp") ?? "on", delay: given.at("bridge", "delay") ?? "0" }),
    bridged ? undefined : new Xml("mac", { address: mac }), given.find("domain")?.clone(), given.find("dns")?.clone(), ...given.all("ip").map((ip) => ip.clone()), ...given.all("route").map((route) => route.clone()),
  ]);
}

/** virSocketAddrGetRange. Errors: VirError. */
function checkRange(ip: Xml): void {
  const address = ip.get("address");
  if (address === undefined || address.includes(":")) return;
  const bits = prefixOf(ip.get("netmask") ?? "255.255.255.0", ip.get("prefix"));
  for (const range of ip.find("dhcp")?.all("range") ?? []) {
    const { start, end } = { start: range.get("start") ?? "", end: range.get("end") ?? "" };
    const said = `range ${start} - ${end}`;
    if ([start, end].some((one) => subnetOf(one, bits) !== subnetOf(address, bits))) throw new VirError("internal", `${said} is not entirely within network ${address}/${bits}`);
    if (valueOf(start) > valueOf(end)) throw new VirError("internal", `${said} is reversed `);
  }
}

const rule = (fields: Partial<NetfilterRule> & Pick<NetfilterRule, "target">): NetfilterRule => ({ packets: 0, bytes: 0, ...fields });

function withChain(chains: readonly NetfilterChain[], base: string, name: string, change: (rules: readonly NetfilterRule[]) => readonly NetfilterRule[]): readonly NetfilterChain[] {
  const present = chains.find((chain) => chain.name === name);
  const rules = change(present?.rules ?? []);
  const made: NetfilterChain = { name, policy: undefined, rules, packets: 0, bytes: 0 };
  const next = present === undefined ? [...chains, made] : chains.map((chain) => (chain.name === name ? made : chain));
  return next.map((chain) => (chain.name !== base || chain.rules.some((one) => one.target === name) ? chain : { ...chain, rules: [rule({ target: name }), ...chain.rules] }));
}

/** The chains that libvirt keeps for itself (src/network/bridge_driver_linux.c). */
function setRules(sys: Sys, network: Network, on: boolean): void {
  const bridge = network.xml.at("bridge", "name") ?? "";
  const mode = network.xml.at("forward", "mode");
  for (const ip of network.xml.all("ip")) {
    const address = ip.get("address");
    if (address === undefined || address.includes(":")) continue;
    const subnet = subnetOf(address, prefixOf(ip.get("netmask") ?? "255.255.255.0", ip.get("prefix")));
    const mine = (one: NetfilterRule): boolean => one.inInterface === bridge || one.outInterface === bridge || one.source === subnet;
    const edit = (rules: readonly NetfilterRule[], added: readonly NetfilterRule[]): readonly NetfilterRule[] => [...rules.filter((one) => !mine(one)), ...(on ? added : [])];
    try {
      let nat = sys.netfilter({ op: "list", table: "nat" });
      nat = withChain(nat, "POSTROUTING", "LIBVIRT_PRT", (rules) => edit(rules, mode === "nat" ? [
        rule({ source: subnet, destination: "224.0.0.0/24", target: "RETURN" }), rule({ source: subnet, destination: "255.255.255.255/32", target: "RETURN" }), rule({ source: subnet, destination: subnet, negated: ["destination"], target: "MASQUERADE" }),
      ] : []));
      sys.netfilter({ op: "replace", table: "nat", chains: nat });
      let filter = sys.netfilter({ op: "list", table: "filter" });
      const dhcp = [rule({ inInterface: bridge, protocol: "udp", destinationPort: "53", target: "ACCEPT" }), rule({ inInterface: bridge, protocol: "tcp", destinationPort: "53", target: "ACCEPT" }), rule({ inInterface: bridge, protocol: "udp", destinationPort: "67", target: "ACCEPT" }), rule({ inInterface: bridge, protocol: "tcp", destinationPort: "67", target: "ACCEPT" })];
      filter = withChain(filter, "INPUT", "LIBVIRT_INP", (rules) => edit(rules, dhcp));
      filter = withChain(filter, "OUTPUT", "LIBVIRT_OUT", (rules) => edit(rules, dhcp.map(({ inInterface: _in, ...one }) => ({ ...one, outInterface: bridge, destinationPort: one.destinationPort === "67" ? "68" : (one.destinationPort ?? "") }))));
      filter = withChain(filter, "FORWARD", "LIBVIRT_FWX", (rules) => edit(rules, [rule({ inInterface: bridge, outInterface: bridge, target: "ACCEPT" })]));
      const reject = { target: "REJECT", targetOptions: { rejectWith: "icmp-port-unreachable" } };
      filter = withChain(filter, "FORWARD", "LIBVIRT_FWI", (rules) => edit(rules, [...(mode === "nat" ? [rule({ destination: subnet, outInterface: bridge, connectionState: ["RELATED", "ESTABLISHED"], target: "ACCEPT" })] : mode === "route" || mode === "open" ? [rule({ destination: subnet, outInterface: bridge, target: "ACCEPT" })] : []), ...(mode === "open" ? [] : [rule({ outInterface: bridge, ...reject })])]));
      filter = withChain(filter, "FORWARD", "LIBVIRT_FWO", (rules) => edit(rules, [...(mode === "nat" || mode === "route" || mode === "open" ? [rule({ source: subnet, inInterface: bridge, target: "ACCEPT" })] : []), ...(mode === "open" ? [] : [rule({ inInterface: bridge, ...reject })])]));
      // bridges' own traffic is looked at last by the jumps as they were added: FWX must come first
      filter = filter.map((chain) => (chain.name !== "FORWARD" ? chain : { ...chain, rules: [...["LIBVIRT_FWX", "LIBVIRT_FWI", "LIBVIRT_FWO"].map((target) => rule({ target })), ...chain.rules.filter((one) => !one.target.startsWith("LIBVIRT_FW"))] }));
      sys.netfilter({ op: "replace", table: "filter", chains: filter });
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }
}

function dnsmasqConfig(network: Network): string {
  const { xml } = network;
  const bridge = xml.at("bridge", "name") ?? "";
  const ip = xml.find("ip");
  const range = ip?.find("dhcp/range");
  const lines = [
    "##WARNING: THIS FILE BELONGS TO LIBVIRT; IT IS WRITTEN ANEW AT EACH START.", `##    virsh net-edit ${network.name}`, "strict-order", `pid-file=/run/libvirt/network/${network.name}.pid`, "except-interface=lo", "bind-dynamic", `interface=${bridge}`,
    ...(ip === undefined ? [] : [`listen-address=${ip.get("address")}`]), ...(range === undefined ? [] : [`dhcp-range=${range.get("start")},${range.get("end")},${ip?.get("netmask") ?? "255.255.255.0"}`, "dhcp-no-override", "dhcp-authoritative", "dhcp-lease-max=253", `dhcp-hostsfile=${STATUS}/${network.name}.hostsfile`]),
    `addn-hosts=${STATUS}/${network.name}.addnhosts`, ...(xml.find("forward") === undefined ? ["dhcp-option=3", "no-resolv"] : []), ...(xml.find("domain") === undefined ? [] : [`domain=${xml.at("domain", "name")}`]),
  ];
  return `${lines.join("\n")}\n`;
}

function* writeHosts(sys: Sys, network: Network): Blocking<void> {
  const hosts = network.xml.find("ip/dhcp")?.all("host") ?? [];
  yield* writeFile(sys, `${STATUS}/${network.name}.hostsfile`, hosts.map((host) => `${host.get("mac") ?? ""},${host.get("ip") ?? ""}${host.get("name") === undefined ? "" : `,${host.get("name")}`}\n`).join(""));
}

const valueOf = (address: string): number => address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);

/** "192.168.122.0/24" of an address in it. */
function subnetOf(address: string, bits: number): string {
  const value = valueOf(address);
  const start = value - (value % 2 ** (32 - bits));
  return `${[24, 16, 8, 0].map((shift) => Math.floor(start / 2 ** shift) % 256).join(".")}/${bits}`;
}

/** A guest's own libvirt has the network that the guest is in (networkCheckRouteCollision). Errors: VirError. */
function checkRoutes(sys: Sys, xml: Xml): void {
  const routes = sys.rtnetlink({ op: "route-list", family: "inet", table: "main" });
  for (const ip of xml.all("ip")) {
    const address = ip.get("address");
    if (address === undefined || address.includes(":")) continue;
    const subnet = subnetOf(address, prefixOf(ip.get("netmask") ?? "255.255.255.0", ip.get("prefix")));
    const other = routes.find((route) => route.destination === subnet);
    const link = other === undefined ? undefined : sys.rtnetlink({ op: "link-list" }).find((one) => one.index === other.linkIndex);
    if (link !== undefined) throw new VirError("internal", `Network is already in use by interface ${link.name}`);
  }
}

/** Errors: VirError: a person's own daemon makes none. */
function addBridge(sys: Sys, name: string, mac: string): number {
  try {
    return sys.rtnetlink({ op: "link-add", name, kind: "bridge", mac });
  } catch (error) {
    if (error instanceof SysError) throw new VirError("plain", `error creating bridge interface ${name}: ${error.message}`);
    throw error;
  }
}

function* startDnsmasq(sys: Sys, config: string, bridge: string): Blocking<void> {
  const pid = sys.fork(function* dnsmasq(child) {
    child.setsid();
    for (const fd of child.descriptors()) child.close(fd);
    try {
      return yield* child.exec("/usr/sbin/dnsmasq", ["/usr/sbin/dnsmasq", `--conf-file=${config}`, "--leasefile-ro", "--dhcp-script=/usr/lib/libvirt/libvirt_leaseshelper"], new Map([["VIR_BRIDGE_NAME", bridge], ["PATH", "/usr/sbin:/usr/bin:/sbin:/bin"]]));
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      return 127;
    }
  });
  // it goes to the background once it listens
  yield* sys.waitpid(pid);
}

export function* startNetwork(sys: Sys, network: Network): Blocking<void> {
  const { xml } = network;
  const bridge = xml.at("bridge", "name");
  const mode = xml.at("forward", "mode");
  if (mode !== "bridge") checkRoutes(sys, xml);
  if (mode !== "bridge" && bridge !== undefined) {
    if (sys.rtnetlink({ op: "link-list" }).some((link) => link.name === bridge)) throw new VirError("internal", `Network is already in use by interface ${bridge}`);
    const index = addBridge(sys, bridge, xml.at("mac", "address") ?? "52:54:00:00:00:01");
    const link = sys.rtnetlink({ op: "link-list" }).find((one) => one.name === bridge);
    const linkIndex = link?.index ?? index;
    sys.rtnetlink({ op: "link-set", index: linkIndex, up: true });
    for (const ip of xml.all("ip")) {
      const address = ip.get("address");
      if (address === undefined) continue;
      const prefixLength = prefixOf(ip.get("netmask") ?? "255.255.255.0", ip.get("prefix"));
      const value = valueOf(address);
      const last = value - (value % 2 ** (32 - prefixLength)) + 2 ** (32 - prefixLength) - 1;
      sys.rtnetlink({ op: "address-add", linkIndex, address, prefixLength, ...(address.includes(":") ? {} : { broadcast: [24, 16, 8, 0].map((shift) => Math.floor(last / 2 ** shift) % 256).join(".") }) });
    }
    if (mode !== undefined) yield* tryWriteFile(sys, "/proc/sys/net/ipv4/ip_forward", "1\n");
    setRules(sys, network, true);
    if (xml.find("ip") !== undefined) {
      makeDirectories(sys, STATUS);
      makeDirectories(sys, "/run/libvirt/network");
      const config = `${STATUS}/${network.name}.conf`;
      yield* writeFile(sys, config, dnsmasqConfig(network));
      yield* writeHosts(sys, network);
      yield* writeFile(sys, `${STATUS}/${network.name}.addnhosts`, "");
      if (!exists(sys, `${STATUS}/${bridge}.status`)) yield* writeFile(sys, `${STATUS}/${bridge}.status`, "");
      yield* startDnsmasq(sys, config, bridge);
    }
  }
  network.active = true;
  makeDirectories(sys, NETWORK_STATUS);
  yield* writeFile(sys, `${NETWORK_STATUS}/${network.name}.xml`, new Xml("networkstatus", {}, [xml]).format());
}

/** Networks that an earlier daemon started: their bridges are there, and what they are lies in /run. */
export function* findNetworks(sys: Sys, engine: Engine): Blocking<void> {
  const bridges = new Set(sys.rtnetlink({ op: "link-list" }).map((link) => link.name));
  for (const file of names(sys, NETWORK_STATUS)) {
    if (!file.endsWith(".xml")) continue;
    let xml: Xml | undefined;
    try {
      xml = parseXml((yield* tryReadFile(sys, `${NETWORK_STATUS}/${file}`)) ?? "").find("network");
    } catch (error) {
      if (!(error instanceof XmlError)) throw error;
    }
    const name = xml?.textOf("name") ?? "";
    const bridge = xml?.at("bridge", "name");
    if (xml === undefined || (bridge !== undefined && !bridges.has(bridge))) {
      unlinkQuietly(sys, `${NETWORK_STATUS}/${file}`);
      continue;
    }
    const known = engine.networks.get(name);
    if (known === undefined) engine.networks.set(name, { name, uuid: xml.textOf("uuid") ?? "", xml, active: true, persistent: false, autostart: false });
    else known.active = true;
    // one that died meanwhile comes back (networkRefreshDaemons)
    const pid = Number(((yield* tryReadFile(sys, `${NETWORK_STATUS}/${name}.pid`)) ?? "0").trim());
    if (bridge !== undefined && pid > 0 && !exists(sys, `/proc/${pid}`)) yield* startDnsmasq(sys, `${STATUS}/${name}.conf`, bridge);
  }
}

function* stopNetwork(sys: Sys, network: Network): Blocking<void> {
  const bridge = network.xml.at("bridge", "name");
  const pidFile = `/run/libvirt/network/${network.name}.pid`;
  const pid = Number(((yield* tryReadFile(sys, pidFile)) ?? "0").trim());
  try {
    if (pid > 0) sys.kill(pid, SIGNALS.TERM);
    sys.unlink(pidFile);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
  setRules(sys, network, false);
  if (network.xml.at("forward", "mode") !== "bridge") {
    const link = sys.rtnetlink({ op: "link-list" }).find((one) => one.name === bridge);
    if (link !== undefined) sys.rtnetlink({ op: "link-delete", index: link.index });
  }
  unlinkQuietly(sys, `${NETWORK_STATUS}/${network.name}.xml`);
  network.active = false;
}

const summary = (network: Network): Readonly<Record<string, unknown>> => ({ name: network.name, uuid: network.uuid, active: network.active, persistent: network.persistent, autostart: network.autostart, bridge: network.xml.at("bridge", "name") ?? "" });

function unlinkQuietly(sys: Sys, path: string): void {
  try {
    sys.unlink(path);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
}

function register(call: Call, xml: Xml, persistent: boolean): Network {
  const name = xml.textOf("name") ?? "";
  const uuid = xml.textOf("uuid") ?? "";
  const present = call.engine.networks.get(name);
  if (present !== undefined && present.uuid !== uuid) throw new VirError("operation-failed", `network '${name}' already exists with uuid ${present.uuid}`);
  const network: Network = present ?? { name, uuid, xml, active: false, persistent, autostart: false };
  network.xml = xml;
  if (persistent) network.persistent = true;
  call.engine.networks.set(name, network);
  return network;
}

/** net-update: sections of the XML by libvirt's names. */
function* update(call: Call): Blocking<undefined> {
  const network = call.engine.network(call.text("network"));
  const section = call.text("section");
  const command = call.text("command");
  const given = parseXml(call.text("xml"));
  const dhcp = network.xml.find("ip/dhcp");
  if (section === "ip-dhcp-host") {
    if (dhcp === undefined) throw new VirError("operation-invalid", `couldn't find a dhcp element in network '${network.name}'`);
    const matches = dhcp.all("host").find((host) => host.get("mac") === given.get("mac") || (given.get("name") !== undefined && host.get("name") === given.get("name")) || (given.get("ip") !== undefined && host.get("ip") === given.get("ip")));
    if (command.startsWith("add")) {
      if (matches !== undefined) {
        const words = [...matches.attributes].map(([key, value]) => ` ${key}='${value}'`).join("");
        throw new VirError("operation-invalid", `there is an existing dhcp host entry in network '${network.name}' that matches "<host${words}/>"`);
      }
      dhcp.children.push(given);
    } else if (command === "delete" || command === "modify") {
      if (matches === undefined) throw new VirError("operation-invalid", `couldn't locate a matching dhcp host entry in network '${network.name}'`);
      const at = dhcp.children.indexOf(matches);
      if (command === "delete") dhcp.children.splice(at, 1);
      else dhcp.children[at] = given;
    }
    if (network.active) yield* writeHosts(call.sys, network);
  } else if (section === "dns-host" || section === "dns-txt" || section === "dns-srv" || section === "forward-interface" || section === "portgroup" || section === "ip-dhcp-range") {
    const parent = section.startsWith("dns") ? network.xml.find("dns") : section === "ip-dhcp-range" ? dhcp : network.xml;
    if (command.startsWith("add")) parent?.children.push(given);
    else if (parent !== undefined) parent.children = parent.children.filter((child) => child.format() !== given.format());
  }
  if (network.persistent) yield* call.engine.saveNetwork(call.sys, network);
  return undefined;
}

const told = (call: Call, name: string, text: string): Blocking<void> => call.engine.events.tell(call.sys, { about: "network", kind: "lifecycle", name, text });

export const networkHandlers = handlers({
  *listNetworks({ engine, sys }) {
    yield* sys.preempt();
    return [...engine.networks.values()].sort((a, b) => (a.name < b.name ? -1 : 1)).map(summary);
  },
  *networkLookup(call) {
    yield* call.sys.preempt();
    return summary(call.engine.network(call.text("network")));
  },
  *networkXml(call) {
    const network = call.engine.network(call.text("network"));
    yield* call.sys.preempt();
    const connections = [...call.engine.domains.values()].flatMap((domain) => (domain.live === undefined ? [] : cardsOf(domain.live).filter((card) => card.at("source", "network") === network.name))).length;
    const xml = network.xml.clone();
    if (network.active && connections > 0 && !call.engine.mock && !call.flag("inactive")) xml.set("connections", String(connections));
    return xml.format();
  },
  *networkLeases(call) {
    if (call.engine.mock) throw new VirError("plain", "this function is not supported by the connection driver: virNetworkGetDHCPLeases");
    const network = call.engine.network(call.text("network"));
    const text = (yield* tryReadFile(call.sys, `${STATUS}/${network.xml.at("bridge", "name") ?? ""}.status`)) ?? "";
    const nowSeconds = call.sys.clockUs("realtime") / 1e6;
    const leases: unknown = JSON.parse(text === "" ? "[]" : text);
    const prefix = prefixOf(network.xml.at("ip", "netmask") ?? "255.255.255.0", network.xml.at("ip", "prefix"));
    return (Array.isArray(leases) ? leases : []).filter((lease) => typeof lease === "object" && lease !== null && "expiry-time" in lease && Number(lease["expiry-time"]) > nowSeconds).map((lease: unknown) => ({ ...(typeof lease === "object" ? lease : {}), prefix }));
  },
  *networkPorts(call) {
    const network = call.engine.network(call.text("network"));
    yield* call.sys.preempt();
    return [...call.engine.domains.values()].flatMap((domain) => (domain.live === undefined ? [] : cardsOf(domain.live).filter((card) => card.at("source", "network") === network.name).map((card) => card.at("source", "portid") ?? "")));
  },
}, {
  *networkDefine(call) {
    const network = register(call, normaliseNetwork(call, call.text("xml")), true);
    makeDirectories(call.sys, `${call.engine.paths.networks}/autostart`);
    yield* call.engine.saveNetwork(call.sys, network);
    yield* told(call, network.name, "Defined");
    return network.name;
  },
  *networkCreateXml(call) {
    const network = register(call, normaliseNetwork(call, call.text("xml")), false);
    if (network.active) throw new VirError("operation-invalid", `network is already active as '${network.name}'`);
    try {
      yield* startNetwork(call.sys, network);
    } catch (error) {
      if (!network.persistent) call.engine.networks.delete(network.name);
      throw error;
    }
    return network.name;
  },
  *networkStart(call) {
    const network = call.engine.network(call.text("network"));
    if (network.active) throw new VirError("operation-invalid", "network is already active");
    if (call.engine.mock) network.active = true;
    else yield* startNetwork(call.sys, network);
    yield* told(call, network.name, "Started");
    return undefined;
  },
  *networkDestroy(call) {
    const network = call.engine.network(call.text("network"));
    // the test driver does not look (drvtest)
    if (!network.active && !call.engine.mock) throw new VirError("operation-invalid", `network '${network.name}' is not active`);
    if (call.engine.mock) network.active = false;
    else yield* stopNetwork(call.sys, network);
    if (!network.persistent) call.engine.networks.delete(network.name);
    yield* told(call, network.name, "Stopped");
    return undefined;
  },
  *networkUndefine(call) {
    const network = call.engine.network(call.text("network"));
    yield* call.sys.preempt();
    if (!network.persistent) throw new VirError("operation-invalid", "can't undefine transient network");
    if (call.engine.mock) {
      if (network.active) throw new VirError("operation-invalid", `Network '${network.name}' is still running`);
      call.engine.networks.delete(network.name);
      return undefined;
    }
    network.persistent = false;
    network.autostart = false;
    unlinkQuietly(call.sys, `${call.engine.paths.networks}/${network.name}.xml`);
    unlinkQuietly(call.sys, `${call.engine.paths.networks}/autostart/${network.name}.xml`);
    if (!network.active) call.engine.networks.delete(network.name);
    yield* told(call, network.name, "Undefined");
    return undefined;
  },
  *networkAutostart(call) {
    const network = call.engine.network(call.text("network"));
    yield* call.sys.preempt();
    if (!network.persistent) throw new VirError("operation-invalid", "cannot set autostart for transient network");
    const link = `${call.engine.paths.networks}/autostart/${network.name}.xml`;
    network.autostart = call.flag("on");
    if (call.engine.mock) return undefined;
    makeDirectories(call.sys, `${call.engine.paths.networks}/autostart`);
    unlinkQuietly(call.sys, link);
    if (network.autostart) call.sys.symlink(`${call.engine.paths.networks}/${network.name}.xml`, link);
    return undefined;
  },
  networkUpdate: update,
});
