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
  /** the administrator took ARP, or frames for groups, away from it, or wants the frames of all groups */
  readonly noArp: boolean;
  readonly noMulticast: boolean;
  readonly allMulticast: boolean;
  /** a number by which links are treated together */
  readonly group: number;
  /** a description by the administrator (IFLA_IFALIAS), empty without one */
  readonly alias: string;
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

export interface RouteMetric {
  readonly name: string;
  readonly value: string;
  readonly locked: boolean;
}

/** Conditions of a routing rule, and what it does. Prefixes are "10.0.0.0/8"; a single host has its full length. */
export interface RoutingRule {
  readonly family: "inet" | "inet6";
  readonly priority: number;
  readonly inverted?: boolean;
  readonly from?: string;
  readonly to?: string;
  readonly tos?: number;
  readonly mark?: number;
  readonly markMask?: number;
  readonly inInterface?: string;
  readonly outInterface?: string;
  readonly uids?: readonly [number, number];
  readonly protocolNumber?: number;
  readonly sourcePorts?: readonly [number, number];
  readonly destinationPorts?: readonly [number, number];
  readonly action: "lookup" | "goto" | "nop" | "blackhole" | "unreachable" | "prohibit";
  readonly goto?: number;
  readonly table: string;
  readonly protocol: string;
}

export type RuleSelector = Partial<Omit<RoutingRule, "family" | "protocol">>;

export interface Route {
  readonly family: "inet" | "inet6";
  /** "default" or ADDRESS/PREFIX */
  readonly destination: string;
  readonly gateway: string | undefined;
  readonly linkIndex: number;
  readonly source: string | undefined;
  readonly scope: "global" | "link" | "host";
  /** "kernel", "boot", "static", "dhcp"..., as /etc/iproute2/rt_protos names them */
  readonly protocol: string;
  readonly metric: number | undefined;
  /** "main", "local", "default", or a number */
  readonly table: string;
  readonly type: "unicast" | "local" | "broadcast" | "multicast" | "blackhole" | "unreachable" | "prohibit" | "throw";
  /** what was said of the way: "mtu 1400", "mtu lock 1300", in the order in which the kernel tells them */
  readonly metrics?: readonly RouteMetric[];
  /** several ways; the first stands in `gateway` and `linkIndex` too */
  readonly nextHops?: readonly { readonly gateway: string | undefined; readonly linkIndex: number; readonly weight: number }[];
  /** the link is down or without carrier */
  readonly linkDown: boolean;
  /** the gateway is taken as reachable over the link, whatever its network */
  readonly onLink: boolean;
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
  /** who made it; root where nobody is known */
  readonly ownerUid?: number;
  readonly receiveQueueBytes: number;
  readonly sendQueueBytes: number;
  /** of an IPv6 socket that is bound: whether it leaves IPv4 alone */
  readonly v6only?: boolean;
}

export type RtnetlinkRequest =
  | { readonly op: "link-list" }
  | { readonly op: "link-add"; readonly name: string; readonly kind: LinkKind; readonly mac?: string; readonly mtu?: number;
      readonly peer?: { readonly name?: string; readonly mac?: string; /** pid whose network namespace takes the peer */ readonly namespacePid?: number };
      readonly link?: number; readonly vlanId?: number; /** 1000 unless it says otherwise */ readonly queueLength?: number }
  | { readonly op: "link-delete"; readonly index: number }
  | { readonly op: "link-set"; readonly index: number; readonly up?: boolean; readonly name?: string; readonly mac?: string; readonly mtu?: number;
      /** index of a bridge, 0 = none */ readonly master?: number; readonly promiscuous?: boolean; readonly alias?: string; readonly noArp?: boolean; readonly noMulticast?: boolean; readonly allMulticast?: boolean; readonly group?: number; readonly queueLength?: number;
      /** an open /proc/PID/ns/net or /run/netns/NAME, or a pid */ readonly namespaceFd?: number; readonly namespacePid?: number }
  | { readonly op: "address-list" }
  | { readonly op: "address-add"; readonly linkIndex: number; readonly address: string; readonly prefixLength: number; readonly broadcast?: string;
      readonly label?: string; readonly scope?: InterfaceAddress["scope"]; readonly dynamic?: boolean; readonly validLifetimeSeconds?: number }
  | { readonly op: "address-delete"; readonly linkIndex: number; readonly address: string; readonly prefixLength: number }
  | { readonly op: "route-list"; readonly family?: "inet" | "inet6"; /** "all": of every table. Errors: ENOENT (nobody has put a route into that one). */ readonly table?: string }
  | { readonly op: "route-add" | "route-replace"; readonly destination: string; readonly gateway?: string; readonly linkIndex?: number; readonly source?: string;
      readonly metric?: number; readonly protocol?: Route["protocol"]; readonly type?: Route["type"]; readonly scope?: Route["scope"]; readonly onLink?: boolean; /** replace only what is there */ readonly mustExist?: boolean; readonly table?: string; readonly metrics?: readonly RouteMetric[];
      readonly nextHops?: readonly { readonly gateway?: string; readonly linkIndex?: number; readonly weight: number }[]; /** beside a route that is there: after it, or before it */ readonly beside?: "after" | "before" }
  | { readonly op: "route-delete"; readonly destination: string; readonly gateway?: string; readonly linkIndex?: number; readonly table?: string; readonly metric?: number; readonly protocol?: string; readonly type?: Route["type"] }
  /** Which route a packet to that address takes; throws ENETUNREACH. */
  | { readonly op: "route-get"; readonly address: string; readonly source?: string; readonly mark?: number; readonly outIndex?: number; readonly inInterface?: string }
  | { readonly op: "rule-list"; readonly family: "inet" | "inet6" }
  /** Errors: EEXIST. */
  | { readonly op: "rule-add"; readonly rule: Omit<RoutingRule, "priority"> & { readonly priority?: number } }
  /** The first rule that has all this. Errors: ENOENT. */
  | { readonly op: "rule-delete"; readonly family: "inet" | "inet6"; readonly rule: RuleSelector }
  | { readonly op: "neighbour-list" }
  | { readonly op: "neighbour-flush"; readonly linkIndex?: number }
  /** `mode` add: EEXIST when there is one; change: ENOENT when there is none. Errors: EINVAL (no hardware address for a state that needs it). */
  | { readonly op: "neighbour-set"; readonly mode: "add" | "change" | "replace"; readonly linkIndex: number; readonly address: string; readonly mac?: string; readonly state: Neighbour["state"] }
  /** Errors: ENOENT. */
  | { readonly op: "neighbour-delete"; readonly linkIndex: number; readonly address: string }
  | { readonly op: "socket-list" }
  /** What a bridge's port lets through; undefined: everything. Errors: EPERM, ENODEV. */
  | { readonly op: "port-filter"; readonly index: number; readonly filter: PortFilterRules | undefined }
  /** How fast frames pass to the machine behind a link ("in") or from it. What has to wait longer than two seconds is lost. Errors: EPERM, ENODEV. */
  | { readonly op: "port-rate"; readonly index: number; readonly direction: "in" | "out"; readonly rate: PortRate | undefined };

export interface PortRate {
  readonly bytesPerSecond: number;
  /** that much at once */
  readonly burstBytes: number;
}

/** All that is said must agree; `inverted` turns the whole around. Addresses: "10.0.0.0/8", "10.0.0.1", or "learned", the first that the machine behind the port was seen to use. */
export interface FrameMatch {
  readonly frame?: "arp" | "ipv4" | "ipv6" | "other";
  readonly sourceMac?: string;
  readonly destinationMac?: string;
  readonly arpOperation?: "request" | "reply";
  readonly arpSenderMac?: string;
  readonly arpSender?: readonly string[];
  readonly arpTarget?: readonly string[];
  readonly source?: readonly string[];
  readonly destination?: readonly string[];
  readonly protocol?: "tcp" | "udp" | "icmp" | "other";
  readonly sourcePorts?: readonly [number, number];
  readonly destinationPorts?: readonly [number, number];
  readonly icmpType?: number;
  readonly inverted?: boolean;
}

export interface PortFilterRule {
  readonly action: "accept" | "drop" | "reject" | "return" | "continue";
  /** in: towards the machine behind the port */
  readonly direction: "in" | "out" | "inout";
  readonly match: FrameMatch;
  /** answers to what it accepted pass in the other direction */
  readonly stateful: boolean;
}

/** `layer2` is ebtables' part (chains by type of frame among single rules), `layer3` the part of iptables. */
export interface PortFilterRules {
  readonly layer2: readonly (PortFilterRule | { readonly frame: FrameMatch["frame"]; readonly rules: readonly PortFilterRule[] })[];
  readonly layer3: readonly PortFilterRule[];
  readonly learns: boolean;
}

export type RtnetlinkReply<R extends RtnetlinkRequest> =
  R extends { op: "link-list" } ? readonly Link[]
  : R extends { op: "address-list" } ? readonly InterfaceAddress[]
  : R extends { op: "route-list" } ? readonly Route[]
  : R extends { op: "route-get" } ? Route & { readonly preferredSource: string }
  : R extends { op: "rule-list" } ? readonly RoutingRule[]
  : R extends { op: "neighbour-list" } ? readonly Neighbour[]
  : R extends { op: "socket-list" } ? readonly SocketInfo[]
  : R extends { op: "link-add" } ? number
  : undefined;

/** what an address is to this machine (-m addrtype) */
export type AddressType = "LOCAL" | "MULTICAST" | "BROADCAST" | "UNICAST";

/** A match without a field of its own. `save` and `shown`: iptables' words for it. */
export interface NetfilterExtra {
  readonly module: string;
  readonly save: string;
  readonly shown: string;
  readonly negated: boolean;
  readonly test:
    | { readonly kind: "ttl" | "length"; readonly from: number; readonly to: number }
    | { readonly kind: "range"; readonly side: "source" | "destination"; readonly from: string; readonly to: string }
    /** either port is in the list */
    | { readonly kind: "ports"; readonly list: string }
    | { readonly kind: "frame"; readonly type: string }
    /** marks and types of service, which no packet here has: 0 */
    | { readonly kind: "unset"; readonly value: number };
}

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
  /** of these flags exactly those are set */
  readonly tcpFlags?: { readonly of: readonly string[]; readonly set: readonly string[] };
  /** further matches (-m ttl, length, iprange...), in their order */
  readonly extras?: readonly NetfilterExtra[];
  /** names of the matches in the order in which they were written; where it is missing they have a fixed one */
  readonly matchOrder?: readonly string[];
  readonly connectionState?: readonly string[];
  /** written as -m state */
  readonly stateModule?: boolean;
  /** a token bucket of `burst` tokens: "5/min" */
  readonly limit?: { readonly rate: string; readonly burst: number };
  readonly addressType?: { readonly destination?: AddressType; readonly source?: AddressType; readonly negatedDestination?: boolean };
  /** -m recent: sources that were seen lately. `set` notes one; `update` asks for `hits` within `seconds`, and notes it where that is so */
  readonly recent?: { readonly kind: "set" | "update"; readonly list: string; readonly seconds?: number; readonly hits?: number };
  /** ACCEPT, DROP, REJECT, RETURN, MASQUERADE, DNAT, SNAT, REDIRECT, LOG or a chain */
  readonly target: string;
  readonly targetOptions?: { readonly toDestination?: string; readonly toSource?: string; readonly toPorts?: string; readonly rejectWith?: string; readonly logPrefix?: string; readonly random?: boolean };
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
  /** of a map: what its keys lead to ("verdict", or a type); elements are "KEY : VALUE" then */
  readonly data?: string;
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

export type NetfilterTableName = "filter" | "nat" | "mangle" | "raw" | "security";

export type NetfilterRequest =
  /** `family`: inet (iptables) unless it says inet6 (ip6tables). Needs CAP_NET_ADMIN: EPERM. */
  | { readonly op: "list"; readonly family?: "inet" | "inet6"; readonly table: NetfilterTableName }
  /** Replaces the whole table, as iptables does; needs CAP_NET_ADMIN. Counters are kept where rules are. */
  | { readonly op: "replace"; readonly family?: "inet" | "inet6"; readonly table: NetfilterTableName; readonly chains: readonly NetfilterChain[] }
  | { readonly op: "nft-list" }
  /** The whole ruleset at once. Errors: EINVAL (a jump to nowhere). */
  | { readonly op: "nft-replace"; readonly tables: readonly NftTable[] };

export type NetfilterReply<R extends NetfilterRequest> = R extends { op: "nft-list" } ? readonly NftTable[] : R extends { op: "list" } ? readonly NetfilterChain[] : undefined;
