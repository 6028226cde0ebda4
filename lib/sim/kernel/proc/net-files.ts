// /proc/PID/net: the network of the process's namespace as the old tools read it (proc(5)). All is asked with the process's own eyes.

import { SysError } from "../errno.ts";
import type { Process } from "../process.ts";
import type { RtnetlinkReply, RtnetlinkRequest, SocketAddress, SocketInfo } from "../sys.ts";
import type { PseudoTree } from "../vfs/pseudo-tree.ts";
import { netstatText, snmp6Text, snmpText } from "./net-statistics-files.ts";
import type { ProcessContext } from "./proc-context.ts";

function ask<R extends RtnetlinkRequest, E>(process: Process, request: R, otherwise: E): RtnetlinkReply<R> | E {
  try {
    return process.sys.rtnetlink(request);
  } catch (error) {
    if (error instanceof SysError) return otherwise;
    throw error;
  }
}

/** "127.0.0.1" as "0100007F": the machine's byte order. */
function hexAddress4(address: string): string {
  return address.split(".").reverse().map((byte) => Number(byte).toString(16).toUpperCase().padStart(2, "0")).join("");
}

/** 32 hexadecimal digits in network order. */
function expandAddress6(address: string): string {
  const [head = "", tail] = address.split("::");
  const words = (text: string): string[] => text.split(":").filter((word) => word !== "");
  const left = words(head);
  const right = tail === undefined ? [] : words(tail);
  const middle = new Array<string>(Math.max(0, 8 - left.length - right.length)).fill("0");
  return [...left, ...(tail === undefined ? [] : middle), ...right].map((word) => word.padStart(4, "0")).join("");
}

function hexAddress6(address: string): string {
  const digits = expandAddress6(address);
  let text = "";
  for (let at = 0; at < 32; at += 8) text += (digits.slice(at, at + 8).match(/../g) ?? []).reverse().join("").toUpperCase();
  return text;
}

function maskOf(prefixLength: number): string {
  const bytes = [0, 8, 16, 24].map((from) => 256 - 2 ** (8 - Math.min(8, Math.max(0, prefixLength - from))));
  return hexAddress4(bytes.join("."));
}

function devText({ process }: ProcessContext): string {
  let text = "Inter-|   Receive                                                |  Transmit\n face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed\n";
  for (const link of ask(process, { op: "link-list" }, [])) {
    const cell = (value: number, width: number): string => `${value}`.padStart(width);
    text += `${link.name.padStart(6)}: ${cell(link.rxBytes, 7)} ${cell(link.rxPackets, 7)}    0    0    0     0          0         0 ${cell(link.txBytes, 8)} ${cell(link.txPackets, 7)}    0    0    0     0       0          0\n`;
  }
  return text;
}

function routeText({ process }: ProcessContext): string {
  const links = new Map(ask(process, { op: "link-list" }, []).map((link) => [link.index, link.name]));
  const pad = (line: string): string => `${line.padEnd(127)}\n`;
  let text = pad("Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT");
  for (const route of ask(process, { op: "route-list", family: "inet", table: "main" }, [])) {
    const [address = "0.0.0.0", length = "32"] = route.destination === "default" ? ["0.0.0.0", "0"] : route.destination.split("/");
    const flags = 1 | (route.gateway === undefined ? 0 : 2) | (length === "32" ? 4 : 0);
    text += pad([links.get(route.linkIndex) ?? "*", hexAddress4(address), hexAddress4(route.gateway ?? "0.0.0.0"), flags.toString(16).toUpperCase().padStart(4, "0"), 0, 0, route.metric ?? 0, maskOf(Number(length)), 0, 0, 0].join("\t"));
  }
  return text;
}

const TCP_STATES = new Map<SocketInfo["state"], string>([["ESTAB", "01"], ["SYN-SENT", "02"], ["TIME-WAIT", "06"], ["CLOSE-WAIT", "08"], ["LISTEN", "0A"], ["UNCONN", "07"]]);

function endpoint(address: SocketAddress | undefined, family: "inet" | "inet6"): string {
  const hex = family === "inet" ? hexAddress4 : hexAddress6;
  const any = family === "inet" ? "0.0.0.0" : "::";
  const port = address === undefined || address.family === "unix" ? 0 : address.port;
  return `${hex(address === undefined || address.family === "unix" ? any : address.address)}:${port.toString(16).toUpperCase().padStart(4, "0")}`;
}

function socketsText({ process }: ProcessContext, family: "inet" | "inet6", type: "stream" | "dgram"): string {
  const stream = type === "stream";
  const six = family === "inet6";
  const addresses = six ? "local_address                         remote_address                        st" : "local_address rem_address   st";
  const header = `${stream || six ? "  sl" : "   sl"}  ${addresses} tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode${stream ? "" : " ref pointer drops"}`;
  let text = six ? `${header}\n` : `${header.padEnd(stream ? 149 : 127)}\n`;
  const sockets = ask(process, { op: "socket-list" }, []).filter((socket) => socket.family === family && socket.type === type);
  sockets.forEach((socket, index) => {
    // a listener has sent nothing: its limit is what sock_diag(7) tells, not this file
    const queues = `${hex8(socket.state === "LISTEN" ? 0 : socket.sendQueueBytes)}:${hex8(socket.receiveQueueBytes)}`;
    const line = `${`${index}`.padStart(stream ? 4 : 5)}: ${endpoint(socket.local, family)} ${endpoint(socket.remote, family)} ${TCP_STATES.get(socket.state) ?? "07"} ${queues} 00:00000000 00000000 ${String(socket.ownerUid ?? 0).padStart(5)} ${"0".padStart(8)} ${socket.inode} ${stream ? "1 0000000000000000 100 0 0 10 0" : "2 0000000000000000 0"}`;
    text += six ? `${line}\n` : `${line.padEnd(stream ? 149 : 127)}\n`;
  });
  return text;
}

function hex8(value: number): string {
  return value.toString(16).toUpperCase().padStart(8, "0");
}

function unixText({ process }: ProcessContext): string {
  let text = "Num       RefCount Protocol Flags    Type St Inode Path\n";
  for (const socket of ask(process, { op: "socket-list" }, [])) {
    if (socket.family !== "unix") continue;
    const listens = socket.state === "LISTEN";
    const path = socket.local.family === "unix" ? socket.local.path.replace(/^\0/, "@") : "";
    const type = socket.type === "stream" ? "0001" : socket.type === "dgram" ? "0002" : "0005";
    text += `0000000000000000: ${listens ? "00000002" : "00000003"} 00000000 ${listens ? "00010000" : "00000000"} ${type} ${socket.state === "ESTAB" ? "03" : "01"} ${`${socket.inode}`.padStart(5)}${path === "" ? "" : ` ${path}`}\n`;
  }
  return text;
}

function arpText({ process }: ProcessContext): string {
  const links = new Map(ask(process, { op: "link-list" }, []).map((link) => [link.index, link.name]));
  let text = "IP address       HW type     Flags       HW address            Mask     Device\n";
  for (const neighbour of ask(process, { op: "neighbour-list" }, [])) {
    if (neighbour.address.includes(":") || neighbour.state === "NOARP") continue;
    const flags = neighbour.state === "PERMANENT" ? "0x6" : neighbour.mac === undefined ? "0x0" : "0x2";
    text += `${neighbour.address.padEnd(16)} ${"0x1".padEnd(12)}${flags.padEnd(12)}${neighbour.mac ?? "00:00:00:00:00:00"}     *        ${links.get(neighbour.linkIndex) ?? ""}\n`;
  }
  return text;
}

function inet6Text({ process }: ProcessContext): string {
  const links = new Map(ask(process, { op: "link-list" }, []).map((link) => [link.index, link.name]));
  const hex2 = (value: number): string => value.toString(16).padStart(2, "0");
  const scope = { global: 0x00, link: 0x20, host: 0x10 } as const;
  let text = "";
  for (const address of ask(process, { op: "address-list" }, [])) {
    if (address.family !== "inet6") continue;
    text += `${expandAddress6(address.address)} ${hex2(address.linkIndex)} ${hex2(address.prefixLength)} ${hex2(scope[address.scope])} 80 ${(links.get(address.linkIndex) ?? "").padStart(8)}\n`;
  }
  return text;
}

function sockstatText({ process }: ProcessContext): string {
  const sockets = ask(process, { op: "socket-list" }, []);
  const count = (family: string, type: string): number => sockets.filter((socket) => socket.family === family && socket.type === type).length;
  const tcp = count("inet", "stream");
  return `sockets: used ${sockets.length}\nTCP: inuse ${tcp} orphan 0 tw 0 alloc ${tcp + count("inet6", "stream")} mem 0\nUDP: inuse ${count("inet", "dgram")} mem 0\nUDPLITE: inuse 0\nRAW: inuse 0\nFRAG: inuse 0 memory 0\n`;
}

function sockstat6Text({ process }: ProcessContext): string {
  const sockets = ask(process, { op: "socket-list" }, []);
  const count = (type: string): number => sockets.filter((socket) => socket.family === "inet6" && socket.type === type && socket.state !== "TIME-WAIT").length;
  return `TCP6: inuse ${count("stream")}\nUDP6: inuse ${count("dgram")}\nUDPLITE6: inuse 0\nRAW6: inuse ${count("raw")}\nFRAG6: inuse 0 memory 0\n`;
}

export function addNetFiles(tree: PseudoTree<ProcessContext>): void {
  tree.file("net/dev", devText);
  tree.file("net/route", routeText);
  tree.file("net/tcp", (context) => socketsText(context, "inet", "stream"));
  tree.file("net/tcp6", (context) => socketsText(context, "inet6", "stream"));
  tree.file("net/udp", (context) => socketsText(context, "inet", "dgram"));
  tree.file("net/udp6", (context) => socketsText(context, "inet6", "dgram"));
  tree.file("net/unix", unixText);
  tree.file("net/arp", arpText);
  tree.file("net/if_inet6", inet6Text);
  tree.file("net/sockstat", sockstatText);
  tree.file("net/sockstat6", sockstat6Text);
  tree.file("net/snmp", ({ process }) => snmpText(process.namespaces.net));
  tree.file("net/netstat", ({ process }) => netstatText(process.namespaces.net));
  tree.file("net/snmp6", ({ process }) => snmp6Text(process.namespaces.net));
  tree.file("net/raw", () => "   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops\n");
  tree.file("net/packet", () => "sk               RefCnt Type Proto  Iface R Rmem   User   Inode\n");
  tree.file("net/wireless", () => "Inter-| sta-|   Quality        |   Discarded packets               | Missed | WE\n face | tus | link level noise |  nwid  crypt   frag  retry   misc | beacon | 22\n");
  tree.file("net/dev_mcast", () => "");
  tree.file("net/igmp", () => "Idx\tDevice    : Count Querier\tGroup    Users Timer\tReporter\n");
  tree.file("net/netlink", () => "sk               Eth Pid        Groups   Rmem     Wmem     Dump  Locks    Drops    Inode\n");
  tree.file("net/ip_tables_names", ({ kernel }) => (kernel.modules.has("iptable_filter") ? "filter\n" : ""), { mode: 0o440 });
  tree.file("net/protocols", () => "protocol  size sockets  memory press maxhdr  slab module     cl co di ac io in de sh ss gs se re sp bi br ha uh gp em\n");
}
