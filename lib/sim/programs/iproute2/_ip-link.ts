import { type Blocking, type InterfaceAddress, type Link, type LinkKind, SysError } from "../../kernel/sys.ts";
import { globMatch } from "../kit/glob.ts";
import { IpContext, IpFailure, NETNS_DIRECTORY, answered, isWithin, matches, parsePrefix, jsonText } from "./_ip-context.ts";

const KINDS = new Map<string, LinkKind>([["veth", "veth"], ["bridge", "bridge"], ["dummy", "dummy"], ["vlan", "vlan"], ["macvlan", "macvlan"], ["tun", "tun"], ["tap", "tap"]]);

/** The names of namespaces that are bound below /run/netns, by inode: for link-netns. */
function namespaceName(context: IpContext, id: number): string {
  try {
    const names = context.sys.readdir(NETNS_DIRECTORY).map((entry) => entry.name);
    if (names.length === 1 && names[0] !== undefined) return `link-netns ${names[0]}`;
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
  return `link-netnsid ${id}`;
}

function head(context: IpContext, link: Link, withAddresses: boolean, single: boolean): string {
  const master = link.master === undefined ? "" : ` master ${context.nameOf(link.master)}`;
  const state = context.state(link);
  // of IPv6 alone the kernel tells less of the link
  const least = withAddresses && !single && context.options.family === "inet6";
  return `${link.index}: ${context.paint("interface", `${context.fullName(link)}: `)}<${context.flags(link).join(",")}> mtu ${link.mtu} ${least ? "" : `qdisc ${context.queueing(link)}`}${least ? master.trimStart() : master}${least && master === "" ? "" : " "}state ${context.paintState(state, `${state} `)}${withAddresses ? "" : "mode DEFAULT "}${least ? "" : `group ${link.group === 0 ? "default" : link.group} `}${link.queueLength > 0 ? `qlen ${link.queueLength}` : ""}`;
}

function hardware(context: IpContext, link: Link): string {
  const kind = link.kind === "loopback" ? "loopback" : link.kind === "tun" ? "none" : "ether";
  const broadcast = link.kind === "loopback" ? "00:00:00:00:00:00" : "ff:ff:ff:ff:ff:ff";
  const text = kind === "none" ? "    link/none" : `    link/${kind} ${context.paint("mac", link.mac)} brd ${context.paint("mac", broadcast)}`;
  return `${text}${link.peerIndex !== undefined && link.peerNamespace !== undefined ? ` ${namespaceName(context, link.peerNamespace)}` : ""}`;
}

function details(link: Link, withAddresses: boolean): string {
  const loopback = link.kind === "loopback";
  const base = ` promiscuity ${link.promiscuous || link.master !== undefined ? 1 : 0}  allmulti ${link.allMulticast || link.master !== undefined ? 1 : 0} minmtu ${loopback || link.kind === "dummy" ? 0 : 68} maxmtu ${loopback || link.kind === "dummy" ? 0 : 65535} `;
  let kind = "";
  if (link.kind === "bridge") kind = `\n    bridge forward_delay 1500 hello_time 200 max_age 2000 ageing_time 30000 stp_state 0 priority 32768 vlan_filtering 0 vlan_protocol 802.1Q bridge_id 8000.${link.mac} designated_root 8000.${link.mac} root_port 0 `;
  else if (link.kind === "vlan") kind = `\n    vlan protocol 802.1Q id ${/\.(\d+)$/.exec(link.name)?.[1] ?? "1"} <REORDER_HDR> `;
  else if (link.kind === "veth") kind = "\n    veth ";
  else if (link.kind === "dummy") kind = "\n    dummy ";
  else if (link.kind === "tap" || link.kind === "tun") kind = `\n    tun type ${link.kind} pi off vnet_hdr off persist on `;
  const queues = link.kind === "veth" ? 2 : 1;
  const segments = loopback || link.kind === "veth" ? 524280 : 65536;
  return `${base}${kind}${withAddresses ? "" : "addrgenmode eui64 "}numtxqueues ${queues} numrxqueues ${queues} gso_max_size 65536 gso_max_segs 65535 tso_max_size ${segments} tso_max_segs 65535 gro_max_size 65536 `;
}

function statistics(link: Link, twice: boolean): readonly string[] {
  const row = (bytes: number, packets: number): string => `${String(bytes).padStart(14)} ${String(packets).padStart(7)}      0       0       0       0 `;
  return [
    "    RX:  bytes packets errors dropped  missed   mcast           ", row(link.rxBytes, link.rxPackets),
    ...(twice ? ["    RX errors:  length    crc   frame    fifo overrun", "                     0      0       0       0       0 "] : []),
    "    TX:  bytes packets errors dropped carrier collsns           ", row(link.txBytes, link.txPackets),
    ...(twice ? ["    TX errors: aborted   fifo  window heartbt transns", "                     0      0       0       0       0 "] : []),
  ];
}

/** An address of IPv4 whose network the link has from an earlier one. */
function isSecondary(one: InterfaceAddress, all: readonly InterfaceAddress[]): boolean {
  if (one.family !== "inet" || one.prefixLength >= 32) return false;
  const first = all.find((other) => other.family === "inet" && other.linkIndex === one.linkIndex && other.prefixLength === one.prefixLength && isWithin(other.address, { family: "inet", address: one.address, prefixLength: one.prefixLength }));
  return first !== undefined && first !== one;
}

const RANK: Readonly<Record<InterfaceAddress["scope"], number>> = { host: 0, link: 1, global: 2 };

/** As the kernel keeps them: IPv4 by scope, secondary ones last; IPv6 the wide ones first, the newest before. */
function inKernelOrder(all: readonly InterfaceAddress[]): readonly InterfaceAddress[] {
  const four = all.filter((one) => one.family === "inet").sort((a, b) => Number(isSecondary(a, all)) - Number(isSecondary(b, all)) || RANK[a.scope] - RANK[b.scope]);
  const six = all.filter((one) => one.family === "inet6").reverse().sort((a, b) => RANK[b.scope] - RANK[a.scope]);
  return [...four, ...six];
}

function addressLines(context: IpContext, link: Link, one: InterfaceAddress, secondary: boolean): readonly string[] {
  const life = one.validLifetimeSeconds === undefined ? "forever" : `${one.validLifetimeSeconds}sec`;
  const broadcast = one.broadcast === undefined ? " " : ` brd ${context.paint(one.family, `${one.broadcast} `)}`;
  const label = one.family === "inet" ? ` ${one.label ?? link.name}` : " ";
  return [`    ${one.family} ${context.paint(one.family, one.address)}/${one.prefixLength}${broadcast}scope ${one.scope}${secondary ? " secondary" : ""}${one.dynamic || one.validLifetimeSeconds !== undefined ? " dynamic" : ""}${label}`, `       valid_lft ${life} preferred_lft ${life}`];
}

const FLAG_WORDS = new Set(["permanent", "primary", "secondary", "temporary", "mngtmpaddr", "tentative", "deprecated", "dadfailed", "nodad", "home", "autojoin", "noprefixroute"]);

interface Filter {
  label: string | undefined;
  device: string | undefined;
  up: boolean;
  master: string | undefined;
  type: string | undefined;
  group: string | undefined;
  /** only those that are secondary, or only the others */
  secondary: boolean | undefined;
  scope: string | undefined;
  to: string | undefined;
  dynamic: boolean;
}

export function parseFilter(words: readonly string[]): Filter {
  const filter: Filter = { label: undefined, device: undefined, up: false, master: undefined, type: undefined, group: undefined, secondary: undefined, scope: undefined, to: undefined, dynamic: false };
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    if (["dev", "master", "type", "group", "scope", "to", "label", "vrf"].includes(word) && words[at + 1] === undefined) throw new IpFailure('Command line is not complete. Try option "help"', 255);
    if (word === "dev") filter.device = words[++at];
    else if (word === "group") filter.group = words[++at];
    else if (word === "nomaster") filter.master = "";
    else if (word === "primary" || word === "secondary" || word === "temporary") filter.secondary = word !== "primary";
    else if (word === "up") filter.up = true;
    else if (word === "master") filter.master = words[++at];
    else if (word === "type") filter.type = words[++at];
    else if (word === "scope") {
      filter.scope = words[++at];
      if (!/^(?:global|universe|site|link|host|nowhere|all|\d+)$/.test(filter.scope ?? "")) throw new IpFailure(`Error: argument "${filter.scope ?? ""}" is wrong: invalid "scope"\n`, 255);
    } else if (word === "to") {
      filter.to = words[++at];
      if (!/^(?:default|any|all)$/.test(filter.to ?? "") && !parsePrefix(filter.to ?? "")) throw new IpFailure(`Error: any valid prefix is expected rather than "${filter.to ?? ""}".`, 1);
    }
    else if (word === "dynamic") filter.dynamic = true;
    else if (word === "label") filter.label = words[++at];
    else if (FLAG_WORDS.has(word)) continue;
    else {
      if (filter.device !== undefined) throw new IpFailure(`Error: either "dev" is duplicate, or "${word}" is a garbage.`, 255);
      filter.device = word;
    }
  }
  return filter;
}


export function* showLinks(context: IpContext, words: readonly string[], withAddresses: boolean): Blocking<void> {
  const { sys, io, options } = context;
  const filter = parseFilter(words);
  if (filter.device !== undefined) context.shownDevice(filter.device);
  const masterIndex = filter.master === undefined || filter.master === "" ? undefined : context.device(filter.master).index;
  const group = filter.group === undefined ? undefined : filter.group === "default" ? 0 : Number(filter.group);
  const links = context.links.filter((link) =>
    (filter.device === undefined || link.name === filter.device) && (!filter.up || link.up) && (masterIndex === undefined || link.master === masterIndex) && (filter.master !== "" || link.master === undefined) && (group === undefined || link.group === group) &&
    (filter.type === undefined || link.kind === filter.type || (filter.type === "tun" && link.kind === "tap")));
  const all = withAddresses && options.family !== "link" ? sys.rtnetlink({ op: "address-list" }) : [];
  const to = filter.to === undefined || /^(?:default|any|all)$/.test(filter.to) ? undefined : parsePrefix(filter.to);
  const addresses = inKernelOrder(all).filter((one) =>
    (options.family === undefined || one.family === options.family) && (filter.scope === undefined || one.scope === filter.scope) && (!filter.dynamic || one.dynamic) && (filter.label === undefined || globMatch(filter.label, one.label ?? ""))
    && (to === undefined || isWithin(one.address, to)) && (filter.secondary === undefined || isSecondary(one, all) === filter.secondary));
  const family = options.family === "inet" || options.family === "inet6";
  const narrowed = withAddresses && (family || filter.scope !== undefined || filter.dynamic || to !== undefined || filter.secondary !== undefined || filter.label !== undefined);
  if (options.json) {
    io.out.put(jsonText(links.filter((link) => !narrowed || addresses.some((one) => one.linkIndex === link.index)).map((link) => ({
      ifindex: link.index, ...(link.peerIndex !== undefined && (link.peerNamespace === undefined ? { link: context.nameOf(link.peerIndex) } : { link_index: link.peerIndex })), ifname: link.name, flags: context.flags(link), mtu: link.mtu, qdisc: context.queueing(link), ...(link.master !== undefined && { master: context.nameOf(link.master) }),
      operstate: context.state(link), ...(!withAddresses && { linkmode: "DEFAULT" }), group: link.group === 0 ? "default" : String(link.group), ...(link.queueLength > 0 && { txqlen: link.queueLength }), ...(!(withAddresses && family) && { link_type: link.kind === "loopback" ? "loopback" : "ether", address: link.mac, broadcast: link.kind === "loopback" ? "00:00:00:00:00:00" : "ff:ff:ff:ff:ff:ff" }), ...(link.alias !== "" && { ifalias: link.alias }),
      ...(withAddresses && { addr_info: addresses.filter((one) => one.linkIndex === link.index).map((one) => ({
        family: one.family, local: one.address, prefixlen: one.prefixLength, ...(one.broadcast !== undefined && { broadcast: one.broadcast }), scope: one.scope, ...(isSecondary(one, all) && { secondary: true }), ...(one.dynamic && { dynamic: true }),
        ...(one.family === "inet" && { label: one.label ?? link.name }), valid_life_time: one.validLifetimeSeconds ?? 4294967295, preferred_life_time: one.validLifetimeSeconds ?? 4294967295,
      })) }),
    })), options.pretty));
    return;
  }
  for (const link of links) {
    if (sys.charge(5)) yield* sys.preempt();
    const own = addresses.filter((one) => one.linkIndex === link.index);
    if (narrowed && own.length === 0) continue;
    if (options.brief) {
      const state = context.state(link);
      const start = `${context.paint("interface", `${context.fullName(link).padEnd(16)} `)}${context.paintState(state, `${state.padEnd(14)} `)}`;
      io.out.put(withAddresses ? `${start}${own.map((one) => `${context.paint(one.family, one.address)}/${one.prefixLength} `).join("")}\n` : `${start}${context.paint("mac", `${link.mac} `)}<${context.flags(link).join(",")}> \n`);
      continue;
    }
    if (options.oneLine && withAddresses && options.family !== "link") {
      for (const one of own) io.out.put(`${link.index}: ${link.name}${addressLines(context, link, one, isSecondary(one, all)).map((line, index) => (index === 0 ? line : `\\${line}`)).join("")}\n`);
      continue;
    }
    const lines = filter.label === undefined ? [head(context, link, withAddresses, filter.device !== undefined)] : [];
    const alias = link.alias === "" ? [] : [`    alias ${link.alias}`];
    if (!(withAddresses && family) && filter.label === undefined) lines.push(hardware(context, link) + (options.details ? details(link, withAddresses) : ""), ...alias);
    for (const one of own) lines.push(...addressLines(context, link, one, isSecondary(one, all)));
    if (options.statistics > 0 && !(withAddresses && family)) lines.push(...statistics(link, options.statistics > 1));
    io.out.put(options.oneLine ? `${lines.join("\\")}\n` : lines.map((line) => `${line}\n`).join(""));
  }
}

export function* linkCommand(context: IpContext, words: readonly string[]): Blocking<void> {
  const { sys } = context;
  const [action = "show", ...rest] = words;
  if (matches(action, "show") || matches(action, "list") || action === "lst" || action === "ls") return yield* showLinks(context, rest, false);
  if (matches(action, "add")) {
    const pending = addLink(context, rest);
    if (pending) {
      const fresh = new IpContext(sys, context.io, context.options);
      yield* moveLink(fresh, fresh.device(pending.device).index, pending.namespace);
    }
    return;
  }
  if (matches(action, "delete")) {
    const name = rest[0] === "dev" ? rest[1] : rest[0];
    if (name === undefined) throw new IpFailure("Not enough information: \"dev\" argument is required.", 255);
    const { index } = context.device(name);
    answered(() => sys.rtnetlink({ op: "link-delete", index }));
    return;
  }
  if (matches(action, "set")) return yield* setLink(context, rest);
  if (context.links.some((one) => one.name === action)) return yield* showLinks(context, words, false);
  throw new IpFailure(`Command "${action}" is unknown, try "ip link help".`, 255);
}

function checkMac(mac: string): void {
  if (!/^[0-9a-f]{1,2}(?::[0-9a-f]{1,2}){5}$/i.test(mac)) throw new IpFailure(`"${mac}" is invalid lladdr.`, 1);
}

/** get_unsigned of iproute2; `what`: the word that names the value. */
export function unsigned(text: string, what: string): number {
  if (!/^(?:0x[\da-f]+|\d+)$/i.test(text)) throw new IpFailure(`Error: argument "${text}" is wrong: ${what}\n`, 255);
  return Number(text);
}

/** A peer that a named namespace takes is moved there right after it was made. */
interface PendingMove {
  readonly device: string;
  readonly namespace: string;
}

function addLink(context: IpContext, words: readonly string[]): PendingMove | undefined {
  const { sys } = context;
  let name: string | undefined;
  let mac: string | undefined;
  let mtu: number | undefined;
  let base: string | undefined;
  let type: string | undefined;
  let at = 0;
  for (; at < words.length && type === undefined; at++) {
    const word = words[at] ?? "";
    if (word === "name" || word === "dev") name = words[++at];
    else if (word === "type") {
      type = words[++at];
      if (type === undefined) throw new IpFailure('Command line is not complete. Try option "help"', 255);
    } else if (word === "address") {
      mac = words[++at];
      checkMac(mac ?? "");
    } else if (word === "mtu") mtu = Number(words[++at]);
    else if (word === "link") base = words[++at];
    else if (word === "txqueuelen" || word === "numtxqueues" || word === "numrxqueues" || word === "index") at++;
    else name = word;
  }
  if (type === undefined) throw new IpFailure('Not enough information: "type" argument is required', 1);
  const kind = KINDS.get(type);
  if (kind === undefined) throw new IpFailure(/^[a-z]+$/.test(type) ? "Error: Unknown device type." : `Invalid type "${type}"`, 2);
  if (base !== undefined) context.device(base);
  const rest = words.slice(at);
  const used = new Set(context.links.map((one) => one.name));
  const free = (prefix: string): string => {
    for (let number = 0; ; number++) if (!used.has(`${prefix}${number}`)) {
      used.add(`${prefix}${number}`);
      return `${prefix}${number}`;
    }
  };
  const chosen = name ?? free(type);
  if (chosen.length > 15) throw new IpFailure("Error: Attribute failed policy validation.", 2);
  if (kind === "veth") {
    const peerAt = rest.indexOf("peer");
    const peer = peerAt < 0 ? [] : rest.slice(peerAt + 1);
    const of = (key: string): string | undefined => (peer.includes(key) ? peer[peer.indexOf(key) + 1] : undefined);
    const peerName = of("name") ?? (peer[0] !== undefined && peer[0] !== "netns" && peer[0] !== "address" ? peer[0] : free("veth"));
    const peerMac = of("address");
    const namespace = of("netns");
    answered(() => sys.rtnetlink({ op: "link-add", name: chosen, kind, ...(mac !== undefined && { mac }), ...(mtu !== undefined && { mtu }), peer: { name: peerName, ...(peerMac !== undefined && { mac: peerMac }), ...(namespace !== undefined && /^\d+$/.test(namespace) && { namespacePid: Number(namespace) }) } }));
    return namespace !== undefined && !/^\d+$/.test(namespace) ? { device: peerName, namespace } : undefined;
  }
  const id = rest.includes("id") ? Number(rest[rest.indexOf("id") + 1]) : undefined;
  if (kind === "vlan" && (base === undefined || id === undefined)) throw new IpFailure(id === undefined ? "Error: VLAN properties not specified." : "Error: argument \"link\" is required", 2);
  const link = base === undefined ? undefined : context.device(base).index;
  answered(() => sys.rtnetlink({ op: "link-add", name: chosen, kind, ...(mac !== undefined && { mac }), ...(mtu !== undefined && { mtu }), ...(link !== undefined && { link }), ...(id !== undefined && { vlanId: id }) }));
  return undefined;
}

export function* moveLink(context: IpContext, index: number, target: string): Blocking<void> {
  const { sys } = context;
  if (/^\d+$/.test(target)) {
    answered(() => sys.rtnetlink({ op: "link-set", index, namespacePid: Number(target) }));
    return;
  }
  let fd: number;
  try {
    fd = yield* sys.open(`${NETNS_DIRECTORY}/${target}`, 0);
  } catch (error) {
    if (error instanceof SysError) throw new IpFailure(`Error: argument "${target}" is wrong: Invalid "netns" value`, 255);
    throw error;
  }
  try {
    answered(() => sys.rtnetlink({ op: "link-set", index, namespaceFd: fd }));
  } finally {
    sys.close(fd);
  }
}

function* setLink(context: IpContext, words: readonly string[]): Blocking<void> {
  const { sys } = context;
  let device: string | undefined;
  let target: string | undefined;
  const change: { up?: boolean; name?: string; mac?: string; mtu?: number; master?: number; promiscuous?: boolean; alias?: string; noArp?: boolean; noMulticast?: boolean; allMulticast?: boolean; group?: number; queueLength?: number } = {};
  let groupOf: number | undefined;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    const value = (): string => {
      const next = words[++at];
      if (next === undefined) throw new IpFailure("Command line is not complete. Try option \"help\"", 255);
      return next;
    };
    const onOff = (): boolean => {
      const next = value();
      if (next !== "on" && next !== "off") throw new IpFailure(`Error: argument of "${word}" must be "on" or "off", not "${next}"`, 1);
      return next === "on";
    };
    const named = (name: string): void => {
      if (device !== undefined) throw new IpFailure(`Error: either "dev" is duplicate, or "${name}" is a garbage.`, 255);
      device = name;
    };
    switch (word) {
      case "dev": named(value()); break;
      case "up": change.up = true; break;
      case "down": change.up = false; break;
      case "name": change.name = value(); break;
      case "address": case "addr":
        change.mac = value();
        checkMac(change.mac);
        break;
      case "alias": change.alias = value(); break;
      case "mtu": change.mtu = unsigned(value(), 'Invalid "mtu" value'); break;
      case "master": {
        const name = value();
        const master = context.links.find((one) => one.name === name);
        if (master === undefined) throw new IpFailure(`Error: argument "${name}" is wrong: Device does not exist\n`, 255);
        change.master = master.index;
        break;
      }
      case "nomaster": change.master = 0; break;
      case "promisc": change.promiscuous = onOff(); break;
      case "arp": change.noArp = !onOff(); break;
      case "multicast": change.noMulticast = !onOff(); break;
      case "allmulticast": change.allMulticast = onOff(); break;
      case "dynamic": case "trailers": case "protodown": onOff(); break;
      case "netns": target = value(); break;
      case "txqueuelen": case "txqlen": case "qlen": change.queueLength = unsigned(value(), 'Invalid "txqueuelen" value'); break;
      case "group": {
        const group = value();
        const number = group === "default" ? 0 : unsigned(group, 'Invalid "group" value');
        if (device === undefined) groupOf = number;
        else change.group = number;
        break;
      }
      case "mode": value(); break;
      case "type": at = words.length; break;
      default: named(word);
    }
  }
  if (device === undefined && groupOf !== undefined) {
    for (const link of context.links) if (link.group === groupOf && Object.keys(change).length > 0) answered(() => sys.rtnetlink({ op: "link-set", index: link.index, ...change }));
    return;
  }
  if (device === undefined) throw new IpFailure('Not enough information: "dev" argument is required.', 255);
  const { index } = context.device(device);
  try {
    if (Object.keys(change).length > 0) sys.rtnetlink({ op: "link-set", index, ...change });
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    if (error.errno === "EINVAL" && change.mtu !== undefined && change.mtu < 68) throw new IpFailure("Error: mtu less than device minimum.", 2);
    if (error.errno === "EINVAL" && change.mtu !== undefined && change.mtu > 65_535) throw new IpFailure("Error: mtu greater than device maximum.", 2);
    if (error.errno === "ELOOP") throw new IpFailure("Error: Can not enslave a bridge to a bridge.", 2);
    throw new IpFailure(`RTNETLINK answers: ${error.message}`, 2);
  }
  if (target !== undefined) yield* moveLink(context, index, target);
}
