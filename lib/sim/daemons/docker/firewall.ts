// The rules that libnetwork keeps in the nat and filter tables (https://docs.docker.com/network/iptables/): chains of its own, one group of
// rules a bridge, one set a published port. Whatever else is in the tables stays as it is.

import type { NetfilterChain, NetfilterRule, Sys } from "../../kernel/sys.ts";

type Table = "nat" | "filter";
type Rule = Omit<NetfilterRule, "packets" | "bytes">;

const STAGE_1 = "DOCKER-ISOLATION-STAGE-1";
const STAGE_2 = "DOCKER-ISOLATION-STAGE-2";
const ANY_LOCAL = { destination: "LOCAL" } as const;

interface MutableChain {
  readonly name: string;
  policy: NetfilterChain["policy"];
  readonly rules: NetfilterRule[];
  readonly packets: number;
  readonly bytes: number;
}

/** A bridge as far as filtering goes. */
export interface FilteredBridge {
  readonly name: string;
  readonly subnet: string;
  readonly internal: boolean;
  readonly masquerade: boolean;
  /** containers may talk to each other (enable_icc) */
  readonly communication: boolean;
}

export interface PublishedPort {
  readonly bridge: string;
  readonly protocol: string;
  /** "0.0.0.0": any of the host's addresses */
  readonly hostAddress: string;
  readonly hostPort: string;
  readonly address: string;
  readonly port: string;
}

const same = (a: Rule, b: Rule): boolean => JSON.stringify({ ...a, packets: 0, bytes: 0, handle: undefined }) === JSON.stringify({ ...b, packets: 0, bytes: 0, handle: undefined });

class Tables {
  readonly #sys: Sys;
  readonly #tables = new Map<Table, MutableChain[]>();

  constructor(sys: Sys) {
    this.#sys = sys;
  }

  #table(name: Table): MutableChain[] {
    let table = this.#tables.get(name);
    if (!table) {
      table = this.#sys.netfilter({ op: "list", table: name }).map((chain) => ({ ...chain, rules: [...chain.rules] }));
      this.#tables.set(name, table);
    }
    return table;
  }

  chain(table: Table, name: string): MutableChain {
    const chains = this.#table(table);
    let chain = chains.find((one) => one.name === name);
    if (!chain) {
      chain = { name, policy: undefined, rules: [], packets: 0, bytes: 0 };
      chains.push(chain);
    }
    return chain;
  }

  has(table: Table, chain: string, rule: Rule): boolean {
    return this.chain(table, chain).rules.some((one) => same(one, rule));
  }

  insert(table: Table, chain: string, rule: Rule): void {
    if (!this.has(table, chain, rule)) this.chain(table, chain).rules.unshift({ ...rule, packets: 0, bytes: 0 });
  }

  append(table: Table, chain: string, rule: Rule): void {
    if (!this.has(table, chain, rule)) this.chain(table, chain).rules.push({ ...rule, packets: 0, bytes: 0 });
  }

  remove(table: Table, chain: string, rule: Rule): void {
    const { rules } = this.chain(table, chain);
    const at = rules.findIndex((one) => same(one, rule));
    if (at >= 0) rules.splice(at, 1);
  }

  /** iptables -D and -I: the rule comes first again. */
  raise(table: Table, chain: string, rule: Rule): void {
    this.remove(table, chain, rule);
    this.insert(table, chain, rule);
  }

  commit(): void {
    for (const [table, chains] of this.#tables) this.#sys.netfilter({ op: "replace", table, chains });
  }
}

/** When the daemon starts. `forwarding`: it was docker that switched forwarding on, so what nobody allows is dropped. */
export function prepareFirewall(sys: Sys, forwarding: boolean): void {
  const tables = new Tables(sys);
  // what an earlier daemon left in its own chains is nobody's any more; DOCKER-USER is the administrator's
  for (const name of ["DOCKER", STAGE_1, STAGE_2]) tables.chain("filter", name).rules.length = 0;
  tables.chain("filter", "DOCKER-USER");
  tables.chain("nat", "DOCKER").rules.length = 0;
  tables.append("nat", "PREROUTING", { addressType: ANY_LOCAL, target: "DOCKER" });
  tables.append("nat", "OUTPUT", { destination: "127.0.0.0/8", negated: ["destination"], addressType: ANY_LOCAL, target: "DOCKER" });
  for (const name of [STAGE_1, STAGE_2, "DOCKER-USER"]) tables.append("filter", name, { target: "RETURN" });
  raiseOwnChains(tables);
  if (forwarding) tables.chain("filter", "FORWARD").policy = "DROP";
  tables.commit();
}

function raiseOwnChains(tables: Tables): void {
  tables.raise("filter", "FORWARD", { target: STAGE_1 });
  tables.raise("filter", "FORWARD", { target: "DOCKER-USER" });
}

type Placed = readonly [table: Table, chain: string, rule: Rule];

/** In the order in which libnetwork inserts them: the last stands first. */
function bridgeRules(bridge: FilteredBridge): readonly Placed[] {
  const { name, subnet } = bridge;
  const between: Placed = ["filter", "FORWARD", { inInterface: name, outInterface: name, target: bridge.communication ? "ACCEPT" : "DROP" }];
  if (bridge.internal) {
    return [
      between,
      ["filter", STAGE_1, { destination: subnet, inInterface: name, negated: ["destination"], target: "DROP" }],
      ["filter", STAGE_1, { source: subnet, outInterface: name, negated: ["source"], target: "DROP" }],
    ];
  }
  return [
    ...(bridge.masquerade ? [["nat", "POSTROUTING", { source: subnet, outInterface: name, negated: ["outInterface"], target: "MASQUERADE" }] as const, ["nat", "DOCKER", { inInterface: name, target: "RETURN" }] as const] : []),
    between,
    ["filter", "FORWARD", { inInterface: name, outInterface: name, negated: ["outInterface"], target: "ACCEPT" }],
    ["filter", "FORWARD", { outInterface: name, target: "DOCKER" }],
    ["filter", "FORWARD", { outInterface: name, connectionState: ["RELATED", "ESTABLISHED"], target: "ACCEPT" }],
    ["filter", STAGE_1, { inInterface: name, outInterface: name, negated: ["outInterface"], target: STAGE_2 }],
    ["filter", STAGE_2, { outInterface: name, target: "DROP" }],
  ];
}

export function openBridge(sys: Sys, bridge: FilteredBridge): void {
  const tables = new Tables(sys);
  for (const [table, chain, rule] of bridgeRules(bridge)) tables.insert(table, chain, rule);
  raiseOwnChains(tables);
  tables.commit();
}

export function closeBridge(sys: Sys, bridge: FilteredBridge): void {
  const tables = new Tables(sys);
  for (const [table, chain, rule] of bridgeRules(bridge)) tables.remove(table, chain, rule);
  tables.commit();
}

function portRules(port: PublishedPort): readonly Placed[] {
  const { bridge, protocol, address } = port;
  return [
    ["nat", "DOCKER", { protocol, ...(port.hostAddress !== "0.0.0.0" && { destination: port.hostAddress }), inInterface: bridge, negated: ["inInterface"], destinationPort: port.hostPort, target: "DNAT", targetOptions: { toDestination: `${address}:${port.port}` } }],
    ["filter", "DOCKER", { protocol, destination: address, inInterface: bridge, outInterface: bridge, negated: ["inInterface"], destinationPort: port.port, target: "ACCEPT" }],
    ["nat", "POSTROUTING", { protocol, source: address, destination: address, destinationPort: port.port, target: "MASQUERADE" }],
  ];
}

export function openPorts(sys: Sys, ports: readonly PublishedPort[]): void {
  if (ports.length === 0) return;
  const tables = new Tables(sys);
  for (const port of ports) for (const [table, chain, rule] of portRules(port)) tables.append(table, chain, rule);
  tables.commit();
}

export function closePorts(sys: Sys, ports: readonly PublishedPort[]): void {
  if (ports.length === 0) return;
  const tables = new Tables(sys);
  for (const port of ports) for (const [table, chain, rule] of portRules(port)) tables.remove(table, chain, rule);
  tables.commit();
}
