// Requests of rtnetlink(7): links, addresses, routes, neighbours, sockets of the caller's network namespace.

import { encodedLength } from "../bytes.ts";
import { SysError } from "../errno.ts";
import type { Process } from "../process.ts";
import type { InterfaceAddress, Link, LinkKind, Neighbour, Route, RoutingRule, RtnetlinkRequest, SocketInfo } from "../sys.ts";
import { CAP } from "../vfs/caller.ts";
import { canonical, familyOf, networkOf } from "./address.ts";
import type { NetLink } from "./link.ts";
import { NetNamespace } from "./net-namespace.ts";
import { PortFilter } from "./port-filter.ts";
import { destinationText, parseDestination, type RouteEntry } from "./route-table.ts";

type Request<Op extends RtnetlinkRequest["op"]> = Extract<RtnetlinkRequest, { readonly op: Op }>;
export type Reply = readonly Link[] | readonly InterfaceAddress[] | readonly Route[] | readonly RoutingRule[] | readonly Neighbour[] | readonly SocketInfo[] | (Route & { readonly preferredSource: string }) | number | undefined;

const READ_ONLY = new Set<RtnetlinkRequest["op"]>(["link-list", "address-list", "route-list", "route-get", "rule-list", "neighbour-list", "socket-list"]);

export function rtnetlink(process: Process, request: RtnetlinkRequest): Reply {
  const namespace = process.namespaces.net;
  if (!READ_ONLY.has(request.op) && !process.capableIn(namespace.owner, CAP.NET_ADMIN)) throw new SysError("EPERM");
  switch (request.op) {
    case "link-list": return [...namespace.links.values()].map((link) => describeLink(namespace, link));
    case "link-add": return addLink(process, namespace, request);
    case "link-delete": return deleteLink(linkOf(namespace, request.index));
    case "link-set": return setLink(process, namespace, request);
    case "address-list": return namespace.addresses.map(({ link, family, address, prefixLength, broadcast, scope, label, dynamic, validLifetimeSeconds }) => ({ linkIndex: link.index, family, address, prefixLength, broadcast, scope, label, dynamic, validLifetimeSeconds }));
    case "address-add": return addAddress(namespace, request);
    case "address-delete": return deleteAddress(namespace, request);
    case "rule-list": return namespace.routes.rules.list(request.family);
    case "rule-add":
      namespace.routes.rules.add(request.rule);
      return undefined;
    case "rule-delete":
      namespace.routes.rules.remove({ ...request.rule, family: request.family });
      return undefined;
    case "route-list": {
      const { family, table } = request;
      if (table !== undefined && table !== "all" && family !== undefined && !namespace.routes.has(table, family)) throw new SysError("ENOENT");
      return namespace.routes.entries.filter((entry) => (request.table === "all" || entry.table === (request.table ?? "main")) && (request.family === undefined || entry.family === request.family)).sort(inOrder).map(describeRoute);
    }
    case "route-add":
    case "route-replace": return addRoute(namespace, request);
    case "route-delete": return deleteRoute(namespace, request);
    case "route-get": return getRoute(namespace, request);
    case "neighbour-list": return namespace.neighbours.list();
    case "neighbour-flush":
      namespace.neighbours.flush(request.linkIndex === undefined ? undefined : linkOf(namespace, request.linkIndex));
      return undefined;
    case "neighbour-set": return setNeighbour(namespace, request);
    case "neighbour-delete": {
      const address = canonical(request.address);
      if (address === undefined) throw new SysError("EINVAL");
      namespace.neighbours.remove(linkOf(namespace, request.linkIndex), address);
      return undefined;
    }
    case "socket-list": return namespace.sockets.list();
    case "port-filter":
      linkOf(namespace, request.index).filter = request.filter === undefined ? undefined : new PortFilter(request.filter);
      return undefined;
    case "port-rate":
      linkOf(namespace, request.index).setRate(request.direction, request.rate);
      return undefined;
  }
}

// ---- links

function linkOf(namespace: NetNamespace, index: number): NetLink {
  const link = namespace.links.get(index);
  if (!link) throw new SysError("ENODEV");
  return link;
}

function describeLink(namespace: NetNamespace, link: NetLink): Link {
  const other = link.kind === "veth" ? link.peer : link.lower;
  return {
    index: link.index, name: link.name, kind: link.kind, mac: link.mac, mtu: link.mtu, up: link.up, carrier: link.carrier, promiscuous: link.promiscuous, master: link.master?.index,
    peerIndex: other?.index, peerNamespace: other ? namespace.peerNamespaceId(other.namespace) : undefined, queueLength: link.queueLength, alias: link.alias, noArp: link.noArp, noMulticast: link.noMulticast, allMulticast: link.allMulticast, group: link.group,
    rxBytes: link.rxBytes, rxPackets: link.rxPackets, txBytes: link.txBytes, txPackets: link.txPackets,
  };
}

function randomMac(process: Process): string {
  const bytes = process.kernel.random(6);
  bytes[0] = ((bytes[0] ?? 0) & 0xfe) | 2;
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join(":");
}

function checkName(namespace: NetNamespace, name: string): void {
  if (name === "" || encodedLength(name) > 15 || /[/\s:]/.test(name) || name === "." || name === "..") throw new SysError("EINVAL");
  if (namespace.findLink(name)) throw new SysError("EEXIST");
}

/** "veth%d" and the like: the lowest number that is free. */
function freeName(namespace: NetNamespace, stem: string): string {
  let number = 0;
  while (namespace.findLink(`${stem}${number}`)) number++;
  return `${stem}${number}`;
}

const MAKEABLE = new Set<LinkKind>(["veth", "bridge", "dummy", "vlan", "macvlan", "tap", "tun"]);

function addLink(process: Process, namespace: NetNamespace, request: Request<"link-add">): number {
  const { kind } = request;
  if (!MAKEABLE.has(kind)) throw new SysError("EOPNOTSUPP");
  const name = request.name === "" ? freeName(namespace, kind) : request.name;
  checkName(namespace, name);
  const mac = request.mac?.toLowerCase() ?? (kind === "tun" ? "00:00:00:00:00:00" : randomMac(process));
  if (kind === "veth") {
    const target = request.peer?.namespacePid === undefined ? namespace : namespaceOfPid(process, request.peer.namespacePid);
    const peerName = request.peer?.name ?? freeName(target, "veth");
    checkName(target, peerName);
    if (target === namespace && peerName === name) throw new SysError("EEXIST");
    const peer = target.addLink(peerName, "veth", request.peer?.mac?.toLowerCase() ?? randomMac(process), request.mtu ?? 1500);
    const link = namespace.addLink(name, "veth", mac, request.mtu ?? 1500);
    link.peer = peer;
    peer.peer = link;
    link.queueLength = peer.queueLength = request.queueLength ?? link.queueLength;
    return link.index;
  }
  const lower = kind === "vlan" || kind === "macvlan" ? linkOf(namespace, request.link ?? 0) : undefined;
  if (kind === "vlan") {
    const id = request.vlanId ?? 0;
    if (id < 0 || id > 4094) throw new SysError("ERANGE");
    if ([...namespace.links.values()].some((one) => one.kind === "vlan" && one.lower === lower && one.vlanId === id)) throw new SysError("EEXIST");
  }
  const link = namespace.addLink(name, kind, kind === "vlan" ? (lower?.mac ?? mac) : mac, request.mtu ?? lower?.mtu ?? 1500);
  link.lower = lower;
  link.vlanId = request.vlanId ?? 0;
  link.queueLength = request.queueLength ?? link.queueLength;
  return link.index;
}

function deleteLink(link: NetLink): undefined {
  if (link.kind === "loopback" || link.kind === "ether") throw new SysError("EOPNOTSUPP");
  link.namespace.removeLink(link);
}

function namespaceOfPid(process: Process, pid: number): NetNamespace {
  const target = process.namespaces.pid.find(pid);
  if (!target) throw new SysError("ESRCH");
  return target.namespaces.net;
}

function setLink(process: Process, namespace: NetNamespace, request: Request<"link-set">): undefined {
  const link = linkOf(namespace, request.index);
  if (request.name !== undefined && request.name !== link.name) {
    if (link.up) throw new SysError("EBUSY");
    checkName(namespace, request.name);
    for (let i = 0; i < namespace.addresses.length; i++) {
      const address = namespace.addresses[i];
      if (address?.link === link && address.label === link.name) namespace.addresses[i] = { ...address, label: request.name };
    }
    link.name = request.name;
  }
  if (request.mac !== undefined) {
    if (!/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/i.test(request.mac)) throw new SysError("EINVAL");
    link.mac = request.mac.toLowerCase();
  }
  if (request.mtu !== undefined) {
    if (request.mtu < (link.kind === "loopback" ? 0 : 68) || (request.mtu > 65535 && link.kind !== "loopback")) throw new SysError("EINVAL");
    link.mtu = request.mtu;
  }
  if (request.alias !== undefined) link.alias = request.alias;
  if (request.noArp !== undefined) link.noArp = request.noArp;
  if (request.noMulticast !== undefined) link.noMulticast = request.noMulticast;
  if (request.allMulticast !== undefined) link.allMulticast = request.allMulticast;
  if (request.group !== undefined) link.group = request.group;
  if (request.queueLength !== undefined) link.queueLength = request.queueLength;
  if (request.promiscuous !== undefined) link.promiscuous = request.promiscuous;
  if (request.master !== undefined) setMaster(namespace, link, request.master);
  if (request.up !== undefined) namespace.setUp(link, request.up);
  const target = request.namespacePid !== undefined ? namespaceOfPid(process, request.namespacePid) : request.namespaceFd !== undefined ? process.descriptors.get(request.namespaceFd).namespace : undefined;
  if (target !== undefined) {
    if (!(target instanceof NetNamespace)) throw new SysError("EINVAL");
    if (link.kind === "loopback") throw new SysError("EINVAL");
    if (target.findLink(link.name) && target !== namespace) throw new SysError("EEXIST");
    if (!process.capableIn(target.owner, CAP.NET_ADMIN)) throw new SysError("EPERM");
    if (target !== namespace) namespace.moveLink(link, target);
  }
  return undefined;
}

/** Errors: ENODEV, EOPNOTSUPP (no bridge), EINVAL (loopback), ELOOP (a bridge in a bridge). */
function setMaster(namespace: NetNamespace, link: NetLink, index: number): void {
  link.master?.forgetPort(link);
  if (index === 0) {
    if (link.master !== undefined) link.promiscuous = false;
    link.master = undefined;
    return;
  }
  const bridge = linkOf(namespace, index);
  if (bridge.kind !== "bridge") throw new SysError("EOPNOTSUPP");
  if (link.kind === "loopback") throw new SysError("EINVAL");
  if (link.kind === "bridge") throw new SysError("ELOOP");
  const ports = bridge.ports();
  link.master = bridge;
  link.promiscuous = true;
  if (ports.length === 0 && bridge.mtu === 1500 && link.mtu !== 1500) bridge.mtu = link.mtu;
}

// ---- addresses

function addAddress(namespace: NetNamespace, request: Request<"address-add">): undefined {
  const link = linkOf(namespace, request.linkIndex);
  const address = canonical(request.address);
  if (address === undefined || request.prefixLength < 0 || request.prefixLength > (familyOf(address) === "inet" ? 32 : 128)) throw new SysError("EINVAL");
  if (familyOf(address) === "inet6" && namespace.sysctl.get("ipv6.conf.all.disable_ipv6") === "1") throw new SysError("EACCES");
  namespace.addAddress({
    link, address, prefixLength: request.prefixLength, ...(request.broadcast === undefined ? {} : { broadcast: request.broadcast }), ...(request.label === undefined ? {} : { label: request.label }), ...(request.scope === undefined ? {} : { scope: request.scope }),
    ...(request.dynamic === undefined ? {} : { dynamic: request.dynamic }), ...(request.validLifetimeSeconds === undefined ? {} : { validLifetimeSeconds: request.validLifetimeSeconds }),
  });
  return undefined;
}

/** Errors: EADDRNOTAVAIL. */
function deleteAddress(namespace: NetNamespace, request: Request<"address-delete">): undefined {
  const address = canonical(request.address);
  const found = namespace.addresses.find((one) => one.link.index === request.linkIndex && one.address === address && one.prefixLength === request.prefixLength);
  if (!found) throw new SysError("EADDRNOTAVAIL");
  namespace.removeAddress(found);
  return undefined;
}

// ---- routes

/** As the kernel lists them: default first, then by network; smaller metrics first. */
function inOrder(a: RouteEntry, b: RouteEntry): number {
  if (a.family !== b.family) return a.family === "inet" ? -1 : 1;
  // ip6_fib's tree comes to the default route last
  if (a.family === "inet6" && (a.prefixLength === 0) !== (b.prefixLength === 0)) return a.prefixLength === 0 ? 1 : -1;
  if (a.network !== b.network) return compareAddresses(a.network, b.network);
  if (a.prefixLength !== b.prefixLength) return a.family === "inet" ? b.prefixLength - a.prefixLength : a.prefixLength - b.prefixLength;
  return (a.metric ?? 0) - (b.metric ?? 0);
}

function compareAddresses(a: string, b: string): number {
  const pad = (text: string): string => text.split(/[.:]/).map((part) => part.padStart(4, "0")).join(".");
  const left = pad(a), right = pad(b);
  return left < right ? -1 : left > right ? 1 : 0;
}

function describeRoute(entry: RouteEntry): Route {
  const { family, gateway, link, source, scope, protocol, metric, table, type, onLink, metrics, nextHops } = entry;
  return { ...(metrics !== undefined && { metrics }), ...(nextHops !== undefined && { nextHops: nextHops.map((hop) => ({ gateway: hop.gateway, linkIndex: hop.link.index, weight: hop.weight })) }), family, destination: destinationText(entry), gateway, linkIndex: link?.index ?? 0, source, scope, protocol, metric, table, type, onLink: onLink === true, linkDown: link !== undefined && !link.carrier && link.kind !== "loopback" };
}

/** Errors: ENOENT (a change of what is not there), ENETUNREACH (gateway not on a link), ENODEV, ENETDOWN, EEXIST, EINVAL. */
function addRoute(namespace: NetNamespace, request: Request<"route-add" | "route-replace">): undefined {
  const gateway = request.gateway === undefined ? undefined : canonical(request.gateway);
  if (request.gateway !== undefined && gateway === undefined) throw new SysError("EINVAL");
  const { network, prefixLength, family } = parseDestination(request.destination, gateway);
  if (networkOf(network, prefixLength) !== network) throw new SysError("EINVAL");
  const table = request.table ?? "main";
  const type = request.type ?? "unicast";
  const reached = (via: string | undefined, index: number | undefined): NetLink => {
    let link = index === undefined ? undefined : linkOf(namespace, index);
    if (via !== undefined && !(request.onLink === true && link !== undefined) && !(family === "inet" && familyOf(via) === "inet6")) {
      const way = namespace.routes.lookup(via, link);
      if (!way?.link || way.gateway !== undefined || way.type !== "unicast") throw new SysError("ENETUNREACH");
      link ??= way.link;
    }
    if (!link) throw new SysError("ENODEV");
    if (!link.up) throw new SysError("ENETDOWN");
    return link;
  };
  const nextHops = request.nextHops?.map((hop) => {
    const via = hop.gateway === undefined ? undefined : canonical(hop.gateway);
    return { gateway: via, link: reached(via, hop.linkIndex), weight: hop.weight };
  });
  const [first] = nextHops ?? [];
  const goesOut = type === "unicast" || type === "multicast" || type === "local";
  const link = first !== undefined ? first.link : goesOut ? reached(gateway, request.linkIndex) : request.linkIndex === undefined ? undefined : linkOf(namespace, request.linkIndex);
  const source = request.source === undefined ? undefined : canonical(request.source);
  if (source !== undefined && !namespace.addresses.some((one) => one.address === source)) throw new SysError("EINVAL");
  if (request.op === "route-replace" && request.mustExist === true && !namespace.routes.entries.some((one) => one.table === table && one.family === family && one.network === network && one.prefixLength === prefixLength)) throw new SysError("ENOENT");
  namespace.routes.add({
    family, network, prefixLength, gateway: first?.gateway ?? gateway, link, source, table, type, metric: request.metric ?? (family === "inet6" ? 1024 : undefined), protocol: request.protocol ?? "boot",
    ...(request.onLink === true && gateway !== undefined && { onLink: true as const }), ...(request.metrics !== undefined && request.metrics.length > 0 && { metrics: request.metrics }), ...(nextHops !== undefined && { nextHops }),
    scope: request.scope ?? (type === "local" ? "host" : gateway === undefined && nextHops === undefined && family === "inet" && goesOut ? "link" : "global"),
  }, request.op === "route-replace", request.beside);
  return undefined;
}

/** Errors: ESRCH. */
function deleteRoute(namespace: NetNamespace, request: Request<"route-delete">): undefined {
  const gateway = request.gateway === undefined ? undefined : canonical(request.gateway);
  const { network, prefixLength, family } = parseDestination(request.destination, gateway);
  const { entries } = namespace.routes;
  const list = [...entries].sort((a, b) => (a.metric ?? 0) - (b.metric ?? 0));
  const found = list.find((entry) => entry.table === (request.table ?? (request.type === "local" ? "local" : "main")) && (request.metric === undefined || (entry.metric ?? 0) === request.metric) && (request.protocol === undefined || entry.protocol === request.protocol) && (request.type === undefined || entry.type === request.type) && entry.family === family && entry.network === network && entry.prefixLength === prefixLength && (gateway === undefined || entry.gateway === gateway)
    && (request.linkIndex === undefined || entry.link?.index === request.linkIndex));
  if (found === undefined) throw new SysError("ESRCH");
  entries.splice(entries.indexOf(found), 1);
  return undefined;
}

function setNeighbour(namespace: NetNamespace, request: Request<"neighbour-set">): undefined {
  const link = linkOf(namespace, request.linkIndex);
  const address = canonical(request.address);
  if (address === undefined || (request.mac === undefined && request.state !== "INCOMPLETE" && request.state !== "FAILED")) throw new SysError("EINVAL");
  if (request.mac !== undefined && !/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/i.test(request.mac)) throw new SysError("EINVAL");
  namespace.neighbours.set(link, address, request.mac?.toLowerCase(), request.state, request.mode);
  return undefined;
}

function getRoute(namespace: NetNamespace, request: Request<"route-get">): Route & { readonly preferredSource: string } {
  const address = canonical(request.address);
  if (address === undefined) throw new SysError("EINVAL");
  const outLink = request.outIndex === undefined ? undefined : linkOf(namespace, request.outIndex);
  const entry = namespace.route(address, outLink, { ...(request.source !== undefined && { source: request.source }), ...(request.mark !== undefined && { mark: request.mark }), ...(request.inInterface !== undefined && { inInterface: request.inInterface }) });
  const preferredSource = request.source ?? namespace.sourceFor(address, entry.link, entry) ?? "";
  return { ...describeRoute(entry), ...(entry.type === "local" ? { linkIndex: namespace.loopback?.index ?? 1 } : {}), preferredSource };
}
