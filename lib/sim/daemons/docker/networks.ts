// Docker's networks: bridges with their subnets, addresses of endpoints, the veth pairs that join containers. The kernel does the rest.

import { type Blocking, O, type Sys, SysError } from "../../kernel/sys.ts";
import type { Endpoint, StoredContainer } from "./container.ts";
import { closeBridge, type FilteredBridge, openBridge } from "./firewall.ts";
import { DOCKER_ROOT, makeDirectories, randomHex, readText, writeText } from "./disk.ts";
import { formatAddress, parseAddress, parseSubnet, type Subnet } from "./ipv4.ts";

export interface Network {
  readonly Id: string;
  readonly Name: string;
  readonly Created: string;
  readonly Driver: "bridge" | "host" | "null" | "overlay";
  readonly Internal: boolean;
  readonly Attachable: boolean;
  /** "" for host and none */
  readonly Subnet: string;
  readonly Gateway: string;
  readonly IPRange: string;
  readonly Options: Record<string, string>;
  readonly Labels: Record<string, string>;
  /** the subnet was chosen by the user: inspect shows it so */
  readonly UserSubnet: boolean;
}

export class NetworkError extends Error {
  readonly status: 400 | 403 | 404 | 409 | 500;
  constructor(status: 400 | 403 | 404 | 409 | 500, message: string) {
    super(message);
    this.status = status;
  }
}

const STORE = `${DOCKER_ROOT}/network/files/local-kv.db`;

/** 172.17 to 172.31 as /16, then 192.168 in /20 steps (libnetwork's default pools). */
const defaultPools: readonly string[] = [
  ...Array.from({ length: 15 }, (_none, place) => `172.${17 + place}.0.0/16`),
  ...Array.from({ length: 16 }, (_none, place) => `192.168.${place * 16}.0/20`),
];

/** The bridge's interface on the host. */
export function bridgeName(network: Network): string {
  return network.Name === "bridge" ? "docker0" : (network.Options["com.docker.network.bridge.name"] ?? `br-${network.Id.slice(0, 12)}`);
}

function filtered(network: Network): FilteredBridge {
  const option = (name: string) => network.Options[`com.docker.network.bridge.${name}`] !== "false";
  return { name: bridgeName(network), subnet: network.Subnet, internal: network.Internal, masquerade: option("enable_ip_masquerade"), communication: option("enable_icc") };
}

const INGRESS = "ingress";

/** 25 letters and digits, as swarmkit names its objects. */
function swarmNetworkId(sys: Sys): string {
  return [...sys.random(25)].map((byte) => (byte % 36).toString(36)).join("");
}

/** Its endpoints are plugged into a bridge of this host: an overlay network of one node is no more than that. */
export function isBridged(network: Network): boolean {
  return network.Driver === "bridge" || (network.Driver === "overlay" && network.Subnet !== "");
}

export class NetworkStore {
  readonly networks = new Map<string, Network>();
  /** the next default pool; starts again with the daemon */
  #nextPool = 1;
  /** endpoints that hold an address now, by network id */
  readonly #leases = new Map<string, Map<string, number>>();

  *load(sys: Sys, now: string): Blocking<void> {
    const text = yield* readText(sys, STORE);
    if (text !== undefined && text.startsWith("[")) for (const network of JSON.parse(text) as Network[]) this.networks.set(network.Id, network);
    const predefined = [...this.networks.values()];
    for (const [name, driver, subnet] of [["bridge", "bridge", "172.17.0.0/16"], ["host", "host", ""], ["none", "null", ""]] as const) {
      if (predefined.some((network) => network.Name === name)) continue;
      const id = randomHex(sys, 64);
      this.networks.set(id, {
        Id: id, Name: name, Created: now, Driver: driver, Internal: false, Attachable: false, Subnet: subnet, Gateway: subnet === "" ? "" : "172.17.0.1", IPRange: "", Labels: {}, UserSubnet: false,
        Options: name === "bridge" ? { "com.docker.network.bridge.default_bridge": "true", "com.docker.network.bridge.enable_icc": "true", "com.docker.network.bridge.enable_ip_masquerade": "true", "com.docker.network.bridge.host_binding_ipv4": "0.0.0.0", "com.docker.network.bridge.name": "docker0", "com.docker.network.driver.mtu": "1500" } : {},
      });
    }
    yield* this.#save(sys);
    for (const network of this.networks.values()) if (isBridged(network)) this.#makeBridge(sys, network);
  }

  *#save(sys: Sys): Blocking<void> {
    makeDirectories(sys, `${DOCKER_ROOT}/network/files`);
    yield* writeText(sys, STORE, JSON.stringify([...this.networks.values()]), 0o644);
  }

  /** By name, id or its unique beginning. Errors: NetworkError 404. */
  find(name: string): Network {
    const byName = [...this.networks.values()].find((network) => network.Name === name);
    if (byName) return byName;
    const byId = name === "" ? [] : [...this.networks.values()].filter((network) => network.Id.startsWith(name));
    const [only] = byId;
    if (!only || byId.length > 1) throw new NetworkError(404, `network ${name} not found`);
    return only;
  }

  sorted(): Network[] {
    return [...this.networks.values()].sort((a, b) => (a.Name < b.Name ? -1 : 1));
  }

  #overlaps(subnet: Subnet): boolean {
    return [...this.networks.values()].some((network) => {
      const other = network.Subnet === "" ? undefined : parseSubnet(network.Subnet);
      return other !== undefined && subnet.first <= other.last && other.first <= subnet.last;
    });
  }

  #defaultSubnet(): string {
    for (let turn = 0; turn < defaultPools.length; turn++) {
      const pool = defaultPools[(this.#nextPool + turn) % defaultPools.length] ?? "";
      const subnet = parseSubnet(pool);
      if (subnet && !this.#overlaps(subnet)) {
        this.#nextPool = (this.#nextPool + turn + 1) % defaultPools.length;
        return pool;
      }
    }
    throw new NetworkError(500, "could not find an available, non-overlapping IPv4 address pool among the defaults to assign to the network");
  }

  #inSwarm(): boolean {
    return [...this.networks.values()].some((network) => network.Name === INGRESS);
  }

  /** 10.0.1.0/24 and on, but for the host's own LAN. */
  #overlaySubnet(): string {
    for (let third = 1; third < 256; third++) {
      const subnet = parseSubnet(`10.0.${third}.0/24`);
      if (subnet && third !== 2 && !this.#overlaps(subnet)) return `10.0.${third}.0/24`;
    }
    throw new NetworkError(500, "could not find an available, non-overlapping IPv4 address pool among the defaults to assign to the network");
  }

  /** docker swarm init: the bridge by which tasks reach the world, and the network of published ports. */
  *joinSwarm(sys: Sys, created: string): Blocking<void> {
    const common = { gateway: "", ipRange: "", internal: false, attachable: false, labels: {}, created };
    if (![...this.networks.values()].some((network) => network.Name === "docker_gwbridge")) {
      yield* this.create(sys, { ...common, name: "docker_gwbridge", driver: "bridge", subnet: "", options: { "com.docker.network.bridge.enable_icc": "false", "com.docker.network.bridge.enable_ip_masquerade": "true", "com.docker.network.bridge.name": "docker_gwbridge" } });
    }
    const id = swarmNetworkId(sys);
    this.networks.set(id, { Id: id, Name: INGRESS, Created: created, Driver: "overlay", Internal: false, Attachable: false, Subnet: "", Gateway: "", IPRange: "", Options: { "com.docker.network.driver.overlay.vxlanid_list": "4096" }, Labels: {}, UserSubnet: false });
    yield* this.#save(sys);
  }

  *leaveSwarm(sys: Sys): Blocking<void> {
    for (const network of [...this.networks.values()]) if (network.Driver === "overlay") yield* this.remove(sys, network);
  }

  *create(sys: Sys, wanted: { name: string; driver: string; subnet: string; gateway: string; ipRange: string; internal: boolean; attachable: boolean; options: Record<string, string>; labels: Record<string, string>; created: string }): Blocking<Network> {
    if (["bridge", "host", "none"].includes(wanted.name)) throw new NetworkError(403, `operation is not permitted on predefined ${wanted.name} network `);
    if ([...this.networks.values()].some((network) => network.Name === wanted.name)) throw new NetworkError(409, `network with name ${wanted.name} already exists`);
    if (wanted.driver === "host" || wanted.driver === "null") throw new NetworkError(403, `only one instance of "${wanted.driver}" network is allowed`);
    if (wanted.driver === "overlay" && !this.#inSwarm()) throw new NetworkError(403, 'This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again.');
    if (wanted.driver !== "bridge" && wanted.driver !== "macvlan" && wanted.driver !== "ipvlan" && wanted.driver !== "overlay") throw new NetworkError(404, `plugin "${wanted.driver}" not found`);
    const asked = wanted.subnet === "" ? undefined : parseSubnet(wanted.subnet);
    if (wanted.subnet !== "" && !asked) throw new NetworkError(400, `Invalid subnet ${wanted.subnet} : invalid CIDR address: ${wanted.subnet}`);
    if (asked && this.#overlaps(asked)) throw new NetworkError(403, "Pool overlaps with other one on this address space");
    const text = asked ? `${formatAddress(asked.first)}/${asked.prefixLength}` : wanted.driver === "overlay" ? this.#overlaySubnet() : this.#defaultSubnet();
    const subnet = parseSubnet(text);
    if (!subnet) throw new NetworkError(400, `invalid CIDR address: ${text}`);
    const gateway = wanted.gateway === "" ? formatAddress(subnet.first + 1) : wanted.gateway;
    const gatewayNumber = parseAddress(gateway);
    if (gatewayNumber === undefined || gatewayNumber < subnet.first || gatewayNumber > subnet.last) throw new NetworkError(400, `no matching subnet for gateway ${gateway}`);
    const network: Network = {
      Id: randomHex(sys, 64), Name: wanted.name, Created: wanted.created, Driver: wanted.driver === "overlay" ? "overlay" : "bridge", Internal: wanted.internal, Attachable: wanted.attachable, Subnet: text, Gateway: gateway, IPRange: wanted.ipRange,
      Options: wanted.options, Labels: wanted.labels, UserSubnet: asked !== undefined,
    };
    this.networks.set(network.Id, network);
    yield* this.#save(sys);
    this.#makeBridge(sys, network);
    return network;
  }

  *remove(sys: Sys, network: Network): Blocking<void> {
    this.networks.delete(network.Id);
    yield* this.#save(sys);
    const link = linkNamed(sys, bridgeName(network));
    if (link) sys.rtnetlink({ op: "link-delete", index: link.index });
    closeBridge(sys, filtered(network));
  }

  #makeBridge(sys: Sys, network: Network): void {
    const name = bridgeName(network);
    const subnet = parseSubnet(network.Subnet);
    if (!subnet) return;
    openBridge(sys, filtered(network));
    if (linkNamed(sys, name)) return;
    const mac = ["02", "42", ...[...sys.random(4)].map((byte) => byte.toString(16).padStart(2, "0"))].join(":");
    try {
      const index = sys.rtnetlink({ op: "link-add", name, kind: "bridge", mac, queueLength: 0 });
      sys.rtnetlink({ op: "address-add", linkIndex: index, address: network.Gateway, prefixLength: subnet.prefixLength, broadcast: formatAddress(subnet.last) });
      sys.rtnetlink({ op: "link-set", index, up: true });
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }

  /** The lowest free address. Errors: NetworkError. */
  lease(network: Network, endpointId: string, wanted: string): string {
    const subnet = parseSubnet(network.Subnet);
    if (!subnet) return "";
    const leases = this.#leases.get(network.Id) ?? new Map<string, number>();
    this.#leases.set(network.Id, leases);
    const used = new Set([...leases.values(), parseAddress(network.Gateway) ?? 0]);
    if (wanted !== "") {
      const address = parseAddress(wanted);
      if (address === undefined || address < subnet.first || address > subnet.last) throw new NetworkError(400, `Invalid address ${wanted}: It does not belong to any of this network's subnets`);
      if (used.has(address)) throw new NetworkError(403, "Address already in use");
      leases.set(endpointId, address);
      return wanted;
    }
    const range = network.IPRange === "" ? undefined : parseSubnet(network.IPRange);
    const last = (range ?? subnet).last - (range ? 0 : 1);
    for (let address = (range ?? subnet).first + (range ? 0 : 1); address <= last; address++) {
      if (used.has(address) || address === subnet.first) continue;
      leases.set(endpointId, address);
      return formatAddress(address);
    }
    throw new NetworkError(500, "no available IPv4 addresses on this network's address pools");
  }

  release(network: string, endpointId: string): void {
    this.#leases.get(network)?.delete(endpointId);
  }
}

export function linkNamed(sys: Sys, name: string) {
  return sys.rtnetlink({ op: "link-list" }).find((link) => link.name === name);
}

/** 02:42: and the address in hexadecimal. */
export function macOf(address: string): string {
  const number = parseAddress(address) ?? 0;
  return ["02", "42", ...[24, 16, 8, 0].map((bits) => ((number / 2 ** bits) & 255).toString(16).padStart(2, "0"))].join(":");
}

/** Runs `action` in the network namespace of a process, in a thread of its own. */
export function* inNetworkOf(sys: Sys, pid: number, action: (inside: Sys) => void): Blocking<void> {
  const [done, signal] = sys.pipe();
  let failure: unknown;
  sys.fork(
    function* (thread) {
      const fd = yield* thread.open(`/proc/${pid}/ns/net`, O.RDONLY | O.CLOEXEC);
      try {
        thread.setns(fd, "net");
        action(thread);
      } catch (error) {
        failure = error;
      }
      thread.close(fd);
      yield* thread.write(signal, Uint8Array.of(1));
      return 0;
    },
    { thread: true },
  );
  yield* sys.read(done, 1);
  sys.close(done);
  sys.close(signal);
  if (failure !== undefined) throw failure;
}

/** The host's end of each endpoint's cable. */
const cables = new WeakMap<Endpoint, string>();

/** The container has ended. Another one may still be in its network, which does not keep the cable. */
export function removeCable(sys: Sys, endpoint: Endpoint): void {
  const name = cables.get(endpoint);
  const link = name === undefined ? undefined : linkNamed(sys, name);
  if (link !== undefined) sys.rtnetlink({ op: "link-delete", index: link.index });
}

/** Plugs the container's process into a bridge: a veth pair, its address, a default route. */
export function* plugIn(sys: Sys, network: Network, endpoint: Endpoint, pid: number): Blocking<void> {
  const bridge = linkNamed(sys, bridgeName(network));
  if (!bridge) throw new NetworkError(500, `network ${network.Id} not found`);
  const name = `veth${randomHex(sys, 8).slice(0, 7)}`;
  let device = "eth0";
  yield* inNetworkOf(sys, pid, (inside) => {
    const taken = new Set(inside.rtnetlink({ op: "link-list" }).map((link) => link.name));
    for (let number = 0; taken.has(device); number++) device = `eth${number}`;
  });
  const index = sys.rtnetlink({ op: "link-add", name, kind: "veth", queueLength: 0, peer: { name: device, mac: endpoint.MacAddress, namespacePid: pid } });
  sys.rtnetlink({ op: "link-set", index, master: bridge.index, up: true });
  cables.set(endpoint, name);
  yield* inNetworkOf(sys, pid, (inside) => {
    const own = linkNamed(inside, device);
    if (!own) throw new SysError("ENODEV");
    inside.rtnetlink({ op: "address-add", linkIndex: own.index, address: endpoint.IPAddress, prefixLength: endpoint.IPPrefixLen, broadcast: formatAddress(parseSubnet(network.Subnet)?.last ?? 0) });
    inside.rtnetlink({ op: "link-set", index: own.index, up: true });
    const hasDefault = inside.rtnetlink({ op: "route-list" }).some((route) => route.destination === "default");
    if (!hasDefault) inside.rtnetlink({ op: "route-add", destination: "default", gateway: network.Gateway, linkIndex: own.index });
  });
}

export function* bringUpLoopback(sys: Sys, pid: number): Blocking<void> {
  yield* inNetworkOf(sys, pid, (inside) => {
    const lo = linkNamed(inside, "lo");
    if (lo) inside.rtnetlink({ op: "link-set", index: lo.index, up: true });
  });
}

/** Made by a user: names are resolved on it, addresses may be chosen. */
export function isUserNetwork(name: string): boolean {
  return !["default", "bridge", "host", "none"].includes(name);
}

/** Unplugs a running container's process from a bridge; the default route moves to another of its networks. */
export function* unplug(sys: Sys, endpoint: Endpoint, pid: number, others: readonly Endpoint[]): Blocking<void> {
  yield* inNetworkOf(sys, pid, (inside) => {
    const link = inside.rtnetlink({ op: "link-list" }).find((one) => one.mac === endpoint.MacAddress);
    // the other end on the host goes with it
    if (link) inside.rtnetlink({ op: "link-delete", index: link.index });
    if (inside.rtnetlink({ op: "route-list" }).some((route) => route.destination === "default")) return;
    const next = others.find((one) => one.Gateway !== "");
    const nextLink = next && inside.rtnetlink({ op: "link-list" }).find((one) => one.mac === next.MacAddress);
    if (next && nextLink) inside.rtnetlink({ op: "route-add", destination: "default", gateway: next.Gateway, linkIndex: nextLink.index });
  });
}

/** Names that containers of a user network answer to. */
export function namesOn(container: StoredContainer, endpoint: Endpoint): readonly string[] {
  return [container.Name, ...(endpoint.Aliases ?? []), container.Id.slice(0, 12)];
}
