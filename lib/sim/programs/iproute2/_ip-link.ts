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

function head(context: IpContext, link: Link, withAddresses: boolean): string {
  const master = link.master === undefined ? "" : ` master ${context.nameOf(link.master)}`;
  return `${link.index}: ${context.fullName(link)}: <${context.flags(link).join(",")}> mtu ${link.mtu} qdisc ${context.queueing(link)}${master} state ${context.state(link)} ${withAddresses ? "" : "mode DEFAULT "}group default ${link.queueLength > 0 ? `qlen ${link.queueLength}` : ""}`;
}

function hardware(context: IpContext, link: Link): string {
  const kind = link.kind === "loopback" ? "loopback" : link.kind === "tun" ? "none" : "ether";
  const broadcast = link.kind === "loopback" ? "00:00:00:00:00:00" : "ff:ff:ff:ff:ff:ff";
  const text = kind === "none" ? "    link/none" : `    link/${kind} ${link.mac} brd ${broadcast}`;
  return `${text}${link.peerIndex !== undefined && link.peerNamespace !== undefined ? ` ${namespaceName(context, link.peerNamespace)}` : ""}`;
}

function details(link: Link): string {
  const base = ` promiscuity ${link.promiscuous || link.master !== undefined ? 1 : 0}  allmulti 0 minmtu 68 maxmtu 65535 `;
  let kind = "";
  if (link.kind === "bridge") kind = `\n    bridge forward_delay 1500 hello_time 200 max_age 2000 ageing_time 30000 stp_state 0 priority 32768 vlan_filtering 0 vlan_protocol 802.1Q bridge_id 8000.${link.mac} designated_root 8000.${link.mac} root_port 0 `;
  else if (link.kind === "vlan") kind = `\n    vlan protocol 802.1Q id ${/\.(\d+)$/.exec(link.name)?.[1] ?? "1"} <REORDER_HDR> `;
  else if (link.kind === "veth") kind = "\n    veth ";
  else if (link.kind === "dummy") kind = "\n    dummy ";
  else if (link.kind === "tap" || link.kind === "tun") kind = `\n    tun type ${link.kind} pi off vnet_hdr off persist on `;
  return `${base}${kind}addrgenmode eui64 numtxqueues 1 numrxqueues 1 gso_max_size 65536 gso_max_segs 65535 `;
}

function statistics(link: Link): string {
  return `\n    RX:  bytes packets errors dropped  missed   mcast           \n${String(link.rxBytes).padStart(14)} ${String(link.rxPackets).padStart(7)}      0       0       0       0 \n    TX:  bytes packets errors dropped carrier collsns           \n${String(link.txBytes).padStart(14)} ${String(link.txPackets).padStart(7)}      0       0       0       0 `;
}

function addressLines(link: Link, one: InterfaceAddress): readonly string[] {
  const life = one.validLifetimeSeconds === undefined ? "forever" : `${one.validLifetimeSeconds}sec`;
  const broadcast = one.broadcast === undefined ? "" : ` brd ${one.broadcast}`;
  const label = one.family === "inet" ? ` ${one.label ?? link.name}` : " ";
  return [`    ${one.family} ${one.address}/${one.prefixLength}${broadcast} scope ${one.scope}${one.dynamic ? " dynamic" : ""}${label}`, `       valid_lft ${life} preferred_lft ${life}`];
}

const FLAG_WORDS = new Set(["permanent", "primary", "secondary", "temporary", "mngtmpaddr", "tentative", "deprecated", "dadfailed", "nodad", "home", "autojoin", "noprefixroute"]);

interface Filter {
  label: string | undefined;
  device: string | undefined;
  up: boolean;
  master: string | undefined;
  type: string | undefined;
  scope: string | undefined;
  to: string | undefined;
  dynamic: boolean;
}

function parseFilter(words: readonly string[]): Filter {
  const filter: Filter = { label: undefined, device: undefined, up: false, master: undefined, type: undefined, scope: undefined, to: undefined, dynamic: false };
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    if (word === "dev") filter.device = words[++at];
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
  const masterIndex = filter.master === undefined ? undefined : context.device(filter.master).index;
  const links = context.links.filter((link) =>
    (filter.device === undefined || link.name === filter.device) && (!filter.up || link.up) && (masterIndex === undefined || link.master === masterIndex) &&
    (filter.type === undefined || link.kind === filter.type || (filter.type === "tun" && link.kind === "tap")));
  const addresses = withAddresses ? sys.rtnetlink({ op: "address-list" }).filter((one) =>
    (options.family === undefined || one.family === options.family) && (filter.scope === undefined || one.scope === filter.scope) && (!filter.dynamic || one.dynamic) && (filter.label === undefined || globMatch(filter.label, one.label ?? ""))).sort((a, b) => (a.family === b.family ? 0 : a.family === "inet" ? -1 : 1)) : [];
  const narrowed = withAddresses && (options.family !== undefined || filter.scope !== undefined || filter.dynamic);
  if (options.json) {
    io.out.put(jsonText(links.filter((link) => !narrowed || addresses.some((one) => one.linkIndex === link.index)).map((link) => ({
      ifindex: link.index, ...(link.peerIndex !== undefined && (link.peerNamespace === undefined ? { link: context.nameOf(link.peerIndex) } : { link_index: link.peerIndex })), ifname: link.name, flags: context.flags(link), mtu: link.mtu, qdisc: context.queueing(link), ...(link.master !== undefined && { master: context.nameOf(link.master) }),
      operstate: context.state(link), ...(!withAddresses && { linkmode: "DEFAULT" }), group: "default", ...(link.queueLength > 0 && { txqlen: link.queueLength }), link_type: link.kind === "loopback" ? "loopback" : "ether", address: link.mac, broadcast: link.kind === "loopback" ? "00:00:00:00:00:00" : "ff:ff:ff:ff:ff:ff",
      ...(withAddresses && { addr_info: addresses.filter((one) => one.linkIndex === link.index).map((one) => ({
        family: one.family, local: one.address, prefixlen: one.prefixLength, ...(one.broadcast !== undefined && { broadcast: one.broadcast }), scope: one.scope, ...(one.dynamic && { dynamic: true }),
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
      const start = `${context.fullName(link).padEnd(16)} ${context.state(link).padEnd(14)} `;
      io.out.put(withAddresses ? `${start}${own.map((one) => `${one.address}/${one.prefixLength} `).join("")}\n` : `${start}${link.mac} <${context.flags(link).join(",")}> \n`);
      continue;
    }
    if (options.oneLine && withAddresses) {
      for (const one of own) io.out.put(`${link.index}: ${link.name}${addressLines(link, one).map((line, index) => (index === 0 ? line : `\\${line}`)).join("")}\n`);
      continue;
    }
    const lines = [head(context, link, withAddresses)];
    const alias = link.alias === "" ? [] : [`    alias ${link.alias}`];
    if (!(withAddresses && options.family !== undefined)) lines.push(hardware(context, link) + (options.details ? details(link) : "") + (options.statistics > 0 ? statistics(link) : ""));
    if (!(withAddresses && options.family !== undefined)) lines.push(...alias);
    for (const one of own) lines.push(...addressLines(link, one));
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
    else if (word === "type") type = words[++at];
    else if (word === "address") mac = words[++at];
    else if (word === "mtu") mtu = Number(words[++at]);
    else if (word === "link") base = words[++at];
    else if (word === "txqueuelen" || word === "numtxqueues" || word === "numrxqueues" || word === "index") at++;
    else name = word;
  }
  if (type === undefined) throw new IpFailure('Not enough information: "type" argument is required', 255);
  const kind = KINDS.get(type);
  if (kind === undefined) throw new IpFailure(/^[a-z]+$/.test(type) ? "Error: Unknown device type." : `Invalid type "${type}"`, 2);
  const rest = words.slice(at);
  const used = new Set(context.links.map((one) => one.name));
  const free = (prefix: string): string => {
    for (let number = 0; ; number++) if (!used.has(`${prefix}${number}`)) {
      used.add(`${prefix}${number}`);
      return `${prefix}${number}`;
    }
  };
  const chosen = name ?? free(type);
  if (chosen.length > 15) throw new IpFailure(`Error: argument "${chosen}" is wrong: "name" not a valid ifname`, 1);
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
  const change: { up?: boolean; name?: string; mac?: string; mtu?: number; master?: number; promiscuous?: boolean; alias?: string } = {};
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    const value = (): string => {
      const next = words[++at];
      if (next === undefined) throw new IpFailure("Command line is not complete. Try option \"help\"", 255);
      return next;
    };
    switch (word) {
      case "dev": device = value(); break;
      case "up": change.up = true; break;
      case "down": change.up = false; break;
      case "name": change.name = value(); break;
      case "address": case "addr": change.mac = value(); break;
      case "alias": change.alias = value(); break;
      case "mtu": change.mtu = Number(value()); break;
      case "master": change.master = context.device(value()).index; break;
      case "nomaster": change.master = 0; break;
      case "promisc": change.promiscuous = value() === "on"; break;
      case "netns": target = value(); break;
      case "txqueuelen": case "qlen": case "group": case "arp": case "multicast": case "allmulticast": value(); break;
      case "type": at = words.length; break;
      default:
        if (device !== undefined) throw new IpFailure(`Error: either "dev" is duplicate, or "${word}" is a garbage.`, 255);
        device = word;
    }
  }
  if (device === undefined) throw new IpFailure('Not enough of information: "dev" argument is required.', 255);
  const { index } = context.device(device);
  if (Object.keys(change).length > 0) answered(() => sys.rtnetlink({ op: "link-set", index, ...change }));
  if (target !== undefined) yield* moveLink(context, index, target);
}

export function* addressCommand(context: IpContext, words: readonly string[]): Blocking<void> {
  const { sys } = context;
  const [action = "show", ...rest] = words;
  if (matches(action, "show") || matches(action, "list") || action === "lst" || action === "ls") return yield* showLinks(context, rest, true);
  if (action === "flush") return yield* flushAddresses(context, rest);
  const adding = matches(action, "add") || action === "replace" || action === "change";
  if (!adding && !matches(action, "delete")) throw new IpFailure(`Command "${action}" is unknown, try "ip address help".`, 255);
  let device: string | undefined;
  let local: string | undefined;
  let broadcast: string | undefined;
  let label: string | undefined;
  let lifetime: number | undefined;
  for (let at = 0; at < rest.length; at++) {
    const word = rest[at] ?? "";
    if (word === "dev") device = rest[++at];
    else if (word === "brd" || word === "broadcast") broadcast = rest[++at];
    else if (word === "label") label = rest[++at];
    else if (word === "valid_lft") lifetime = Number(rest[++at]);
    else if (word === "scope" || word === "peer" || word === "preferred_lft" || word === "metric") at++;
    else if (word === "nodad" || word === "noprefixroute") continue;
    else if (word === "local") local = rest[++at];
    else local = word;
  }
  if (local !== undefined && parsePrefix(local) === undefined) throw new IpFailure(`Error: any valid prefix is expected rather than "${local}".`, 1);
  if (device === undefined) throw new IpFailure('Not enough information: "dev" argument is required.', 255);
  const link = context.device(device);
  const prefix = parsePrefix(local ?? "");
  if (!prefix) throw new IpFailure("RTNETLINK answers: Invalid argument", 2);
  const { address, prefixLength } = prefix;
  if (adding) answered(() => sys.rtnetlink({ op: "address-add", linkIndex: link.index, address, prefixLength, ...(broadcast !== undefined && { broadcast: broadcast === "+" ? broadcastOf(address, prefixLength) : broadcast === "-" ? firstOf(address, prefixLength) : broadcast }), ...(label !== undefined && { label }), ...(lifetime !== undefined && { validLifetimeSeconds: lifetime }) }));
  else answered(() => sys.rtnetlink({ op: "address-delete", linkIndex: link.index, address, prefixLength }));
}

/** "ip addr flush": what the filters match, in one round. */
function* flushAddresses(context: IpContext, words: readonly string[]): Blocking<void> {
  const { sys, io, options } = context;
  if (words.length === 0) throw new IpFailure("Flush requires arguments.", 1);
  const filter = parseFilter(words);
  const { label } = filter;
  const link = filter.device === undefined ? undefined : context.shownDevice(filter.device);
  const to = filter.to === undefined ? undefined : parsePrefix(filter.to);
  if (filter.to !== undefined && to === undefined) throw new IpFailure(`Error: any valid prefix is expected rather than "${filter.to}".`, 1);
  // addresses that the kernel makes for privacy, or that wait for their check, are none here
  const none = words.some((word) => word === "mngtmpaddr" || word === "temporary" || word === "tentative" || word === "dadfailed" || word === "deprecated");
  const found = none ? [] : sys.rtnetlink({ op: "address-list" }).filter((one) => (link === undefined || one.linkIndex === link.index) && (options.family === undefined || one.family === options.family)
    && (filter.scope === undefined || one.scope === filter.scope) && (!filter.dynamic || one.dynamic) && (label === undefined || globMatch(label, one.label ?? "")) && (to === undefined || isWithin(one.address, to)));
  for (const one of found) {
    if (sys.charge(5)) yield* sys.preempt();
    answered(() => sys.rtnetlink({ op: "address-delete", linkIndex: one.linkIndex, address: one.address, prefixLength: one.prefixLength }));
  }
  if (options.statistics > 0) io.out.put(found.length === 0 ? "Nothing to flush.\n" : `\n*** Round 1, deleting ${found.length} addresses ***\n*** Flush is complete after 1 round ***\n`);
}

function firstOf(address: string, prefixLength: number): string {
  const value = address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
  const first = value - (value % 2 ** (32 - prefixLength));
  return [24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256).join(".");
}

function broadcastOf(address: string, prefixLength: number): string {
  const value = address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
  const size = 2 ** (32 - prefixLength);
  const last = Math.floor(value / size) * size + size - 1;
  return [24, 16, 8, 0].map((shift) => Math.floor(last / 2 ** shift) % 256).join(".");
}
