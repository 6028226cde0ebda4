// The network part of the waist: socket addresses, and typed requests in place of rtnetlink(7) and nf_tables messages.

export type SocketFamily = "unix" | "inet" | "inet6" | "packet" | "netlink";
export type SocketType = "stream" | "dgram" | "raw" | "seqpacket";

export type SocketAddress =
  | { readonly family: "unix"; /** "" is unnamed, a leading NUL is the abstract name space */ readonly path: string }
  | { readonly family: "inet"; readonly address: string; readonly port: number }
  | { readonly family: "inet6"; readonly address: string; readonly port: number; readonly scopeId?: number };

export type LinkKind = "loopback" | "ether" | "veth" | "bridge" | "tun" | "tap" | "dummy" | "vlan" | "macvlan" | "sit";

export interface Link {
  readonly index: number;
  readonly name: string;
  readonly kind: LinkKind;
  readonly mac: string;
  readonly mtu: number;
  readonly up: boolean;
  readonly carrier: boolean;
  readonly promiscuous: boolean;
  /** index of the bridge it is a port of */
  readonly master: number | undefined;
  /** index of the veth's other end as this namespace counts it; `peerNamespace` is set when that end lives elsewhere (link-netnsid) */
  readonly peerIndex: number | undefined;
  readonly peerNamespace: number | undefined;
  readonly queueLength: number;
  readonly rxBytes: number;
  readonly rxPackets: number;
  readonly txBytes: number;
  readonly txPackets: number;
}

export interface InterfaceAddress {
  readonly linkIndex: number;
  readonly family: "inet" | "inet6";
  readonly address: string;
  readonly prefixLength: number;
  readonly broadcast: string | undefined;
  readonly scope: "global" | "link" | "host";
  readonly label: string | undefined;
  readonly dynamic: boolean;
  readonly validLifetimeSeconds: number | undefined;
}

export interface Route {
  readonly family: "inet" | "inet6";
  /** "default" or ADDRESS/PREFIX */
  readonly destination: string;
  readonly gateway: string | undefined;
  readonly linkIndex: number;
  readonly source: string | undefined;
  readonly scope: "global" | "link" | "host";
  readonly protocol: "kernel" | "boot" | "static" | "dhcp" | "ra";
  readonly metric: number | undefined;
  readonly table: "main" | "local";
  readonly type: "unicast" | "local" | "broadcast" | "blackhole" | "unreachable";
  /** the link is down or without carrier */
  readonly linkDown: boolean;
}

export interface Neighbour {
  readonly address: string;
  readonly linkIndex: number;
  readonly mac: string | undefined;
  readonly state: "REACHABLE" | "STALE" | "DELAY" | "FAILED" | "PERMANENT" | "INCOMPLETE" | "NOARP";
}

export interface SocketInfo {
  readonly family: SocketFamily;
  readonly type: SocketType;
  readonly state: "LISTEN" | "ESTAB" | "UNCONN" | "TIME-WAIT" | "CLOSE-WAIT" | "SYN-SENT";
  readonly local: SocketAddress;
  readonly remote: SocketAddress | undefined;
  readonly inode: number;
  readonly receiveQueueBytes: number;
  readonly sendQueueBytes: number;
}

export type RtnetlinkRequest =
  | { readonly op: "link-list" }
  | { readonly op: "link-add"; readonly name: string; readonly kind: LinkKind; readonly mac?: string; readonly mtu?: number;
      readonly peer?: { readonly name?: string; readonly mac?: string; /** pid whose network namespace takes the peer */ readonly namespacePid?: number };
      readonly link?: number; readonly vlanId?: number; /** 1000 unless it says otherwise */ readonly queueLength?: number }
  | { readonly op: "link-delete"; readonly index: number }
  | { readonly op: "link-set"; readonly index: number; readonly up?: boolean; readonly name?: string; readonly mac?: string; readonly mtu?: number;
      /** index of a bridge, 0 = none */ readonly master?: number; readonly promiscuous?: boolean;
      /** an open /proc/PID/ns/net or /run/netns/NAME, or a pid */ readonly namespaceFd?: number; readonly namespacePid?: number }
  | { readonly op: "address-list" }
  | { readonly op: "address-add"; readonly linkIndex: number; readonly address: string; readonly prefixLength: number; readonly broadcast?: string;
      readonly label?: string; readonly dynamic?: boolean; readonly validLifetimeSeconds?: number }
  | { readonly op: "address-delete"; readonly linkIndex: number; readonly address: string; readonly prefixLength: number }
  | { readonly op: "route-list"; readonly family?: "inet" | "inet6"; readonly table?: "main" | "local" }
  | { readonly op: "route-add" | "route-replace"; readonly destination: string; readonly gateway?: string; readonly linkIndex?: number; readonly source?: string;
      readonly metric?: number; readonly protocol?: Route["protocol"]; readonly type?: Route["type"]; readonly scope?: Route["scope"] }
  | { readonly op: "route-delete"; readonly destination: string; readonly gateway?: string; readonly linkIndex?: number }
  /** Which route a packet to that address takes; throws ENETUNREACH. */
  | { readonly op: "route-get"; readonly address: string }
  | { readonly op: "neighbour-list" }
  | { readonly op: "neighbour-flush"; readonly linkIndex?: number }
  | { readonly op: "socket-list" };

export type RtnetlinkReply<R extends RtnetlinkRequest> =
  R extends { op: "link-list" } ? readonly Link[]
  : R extends { op: "address-list" } ? readonly InterfaceAddress[]
  : R extends { op: "route-list" } ? readonly Route[]
  : R extends { op: "route-get" } ? Route & { readonly preferredSource: string }
  : R extends { op: "neighbour-list" } ? readonly Neighbour[]
  : R extends { op: "socket-list" } ? readonly SocketInfo[]
  : R extends { op: "link-add" } ? number
  : undefined;

export interface NetfilterRule {
  readonly protocol?: string;
  readonly source?: string;
  readonly destination?: string;
  readonly inInterface?: string;
  readonly outInterface?: string;
  readonly destinationPort?: string;
  readonly sourcePort?: string;
  /** matches that are negated: "source", "inInterface"... */
  readonly negated?: readonly string[];
  /** the port lists are of -m multiport */
  readonly multiport?: boolean;
  /** a number, or TYPE/CODE */
  readonly icmpType?: string;
  /** only packets that open a TCP connection */
  readonly syn?: boolean;
  readonly connectionState?: readonly string[];
  /** written as -m state */
  readonly stateModule?: boolean;
  /** a token bucket of `burst` tokens: "5/min" */
  readonly limit?: { readonly rate: string; readonly burst: number };
  readonly addressType?: { readonly destination?: "LOCAL"; readonly source?: "LOCAL"; readonly negatedDestination?: boolean };
  /** ACCEPT, DROP, REJECT, RETURN, MASQUERADE, DNAT, SNAT, REDIRECT, LOG or a chain */
  readonly target: string;
  readonly targetOptions?: { readonly toDestination?: string; readonly toSource?: string; readonly toPorts?: string; readonly rejectWith?: string; readonly logPrefix?: string };
  readonly comment?: string;
  /** a LOG before the target, as one rule of nft may hold: its prefix */
  readonly log?: string;
  /** the rule goes on where `limit` is exceeded, not where it is kept (nft "limit rate over") */
  readonly overLimit?: boolean;
  /** a rule of nft that needs several (vmap): each is tried in turn in place of this one */
  readonly parts?: readonly NetfilterRule[];
  /** as nft wrote it, with "%c" for the counter; without it nft translates the rule of iptables */
  readonly nft?: string;
  /** given by the kernel to a rule without one */
  readonly handle?: number;
  readonly packets: number;
  readonly bytes: number;
}

export type NetfilterHook = "PREROUTING" | "INPUT" | "FORWARD" | "OUTPUT" | "POSTROUTING";

export interface NetfilterChain {
  readonly name: string;
  /** of nft's base chains and of those that iptables has made */
  readonly base?: { readonly type: "filter" | "nat" | "route"; readonly hook: NetfilterHook; readonly priority: number };
  readonly comment?: string;
  readonly handle?: number;
  /** undefined for a chain that no hook calls */
  readonly policy: "ACCEPT" | "DROP" | undefined;
  readonly rules: readonly NetfilterRule[];
  readonly packets: number;
  readonly bytes: number;
}

/** A named set of nft: kept for it, rules hold what it resolved to. */
export interface NetfilterSet {
  readonly name: string;
  readonly type: string;
  readonly flags: readonly string[];
  readonly elements: readonly string[];
  readonly handle?: number;
}

/** nft's view: every table with its chains in the order in which they were made. */
export interface NftTable {
  readonly family: "ip" | "ip6" | "inet" | "arp" | "bridge" | "netdev";
  readonly name: string;
  readonly chains: readonly NetfilterChain[];
  readonly sets: readonly NetfilterSet[];
  readonly handle?: number;
  /** iptables works on it */
  readonly byIptables?: boolean;
}

export type NetfilterTableName = "filter" | "nat" | "mangle" | "raw";

export type NetfilterRequest =
  /** `family`: inet (iptables) unless it says inet6 (ip6tables). Needs CAP_NET_ADMIN: EPERM. */
  | { readonly op: "list"; readonly family?: "inet" | "inet6"; readonly table: NetfilterTableName }
  /** Replaces the whole table, as iptables does; needs CAP_NET_ADMIN. Counters are kept where rules are. */
  | { readonly op: "replace"; readonly family?: "inet" | "inet6"; readonly table: NetfilterTableName; readonly chains: readonly NetfilterChain[] }
  | { readonly op: "nft-list" }
  /** The whole ruleset at once. Errors: EINVAL (a jump to nowhere). */
  | { readonly op: "nft-replace"; readonly tables: readonly NftTable[] };

export type NetfilterReply<R extends NetfilterRequest> = R extends { op: "nft-list" } ? readonly NftTable[] : R extends { op: "list" } ? readonly NetfilterChain[] : undefined;
