// ss: sockets of the network namespace (ss(8), iproute2 6.1.0), with the processes that hold them as /proc/PID/fd shows.
import { optionLines } from "../kit/help-text.ts";
import { type Blocking, type SocketInfo, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { type Io, counted, flag, gnu, text, unsimulated } from "../kit/gnu.ts";
import type { Domain } from "../kit/messages/domains.ts";
import { listPids } from "../kit/processes.ts";
import { textWidth } from "../kit/width.ts";
import { IpFailure, enterNamespace } from "./_ip-context.ts";
import { FilterError, type ParsedFilter, type SocketFacts, parseFilter } from "./_ss-filter.ts";

interface Holder {
  readonly comm: string;
  readonly pid: number;
  readonly fd: number;
}

function* holders(sys: Sys): Blocking<ReadonlyMap<number, readonly Holder[]>> {
  const found = new Map<number, Holder[]>();
  for (const pid of listPids(sys)) {
    if (sys.charge(10)) yield* sys.preempt();
    try {
      let comm: string | undefined;
      for (const { name } of sys.readdir(`/proc/${pid}/fd`)) {
        const inode = /^socket:\[(\d+)\]$/.exec(sys.readlink(`/proc/${pid}/fd/${name}`))?.[1];
        if (inode === undefined) continue;
        comm ??= ((yield* readTextFile(sys, `/proc/${pid}/comm`)) ?? "").trim();
        const list = found.get(Number(inode)) ?? [];
        list.push({ comm, pid, fd: Number(name) });
        found.set(Number(inode), list);
      }
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }
  return found;
}

interface Services {
  readonly ports: ReadonlyMap<string, number>;
  /** "22/tcp" */
  readonly names: ReadonlyMap<string, string>;
}

function* readServices(sys: Sys): Blocking<Services> {
  const ports = new Map<string, number>();
  const names = new Map<string, string>();
  for (const line of ((yield* readTextFile(sys, "/etc/services")) ?? "").split("\n")) {
    const [name, spec, ...aliases] = line.replace(/#.*/, "").trim().split(/\s+/);
    if (name === undefined || spec === undefined) continue;
    for (const one of [name, ...aliases]) if (!ports.has(one)) ports.set(one, Number.parseInt(spec, 10));
    if (!names.has(spec)) names.set(spec, name);
  }
  return { ports, names };
}

function facts(info: SocketInfo): SocketFacts {
  const { local, remote } = info;
  return {
    info, localAddress: local.family === "unix" ? local.path : local.address, localPort: local.family === "unix" ? info.inode : local.port,
    remoteAddress: remote === undefined ? "" : remote.family === "unix" ? remote.path : remote.address, remotePort: remote === undefined || remote.family === "unix" ? 0 : remote.port,
  };
}

const NETID: ReadonlyMap<string, string> = new Map([["unix/stream", "u_str"], ["unix/dgram", "u_dgr"], ["unix/seqpacket", "u_seq"], ["inet/stream", "tcp"], ["inet6/stream", "tcp"], ["inet/dgram", "udp"], ["inet6/dgram", "udp"], ["inet/raw", "???"], ["inet6/raw", "icmp6"], ["packet/raw", "p_raw"], ["packet/dgram", "p_dgr"], ["netlink/raw", "nl"], ["netlink/dgram", "nl"]]);
const netid = (info: SocketInfo): string => NETID.get(`${info.family}/${info.type}`) ?? "???";
/** In the order in which ss asks for the families. */
const ORDER = ["nl", "p_raw", "p_dgr", "u_str", "u_dgr", "u_seq", "???", "icmp6", "udp", "tcp"];

interface ColumnSpec {
  readonly heading: string;
  readonly right: boolean;
  readonly delimiter: string;
}

const COLUMNS: readonly ColumnSpec[] = [
  { heading: "Netid", right: false, delimiter: "" }, { heading: "State", right: false, delimiter: " " }, { heading: "Recv-Q", right: false, delimiter: " " }, { heading: "Send-Q", right: false, delimiter: " " }, { heading: "Local Address:", right: true, delimiter: " " }, { heading: "Port", right: false, delimiter: "" },
  { heading: "Peer Address:", right: true, delimiter: " " }, { heading: "Port", right: false, delimiter: "" }, { heading: "Process", right: false, delimiter: "" }, { heading: "", right: false, delimiter: "" },
];

/** A line break and a tab in a column count as characters there. */
const width = (text: string): number => (text.includes("\n") ? text.length : textWidth(text));

/** render_calc_width and render of misc/ss.c: columns as wide as their contents; on a terminal the room that is left goes to them in equal parts. */
function render(rows: readonly (readonly string[])[], disabled: ReadonlySet<number>, headings: boolean, screen: number | undefined): string {
  const all = headings ? [COLUMNS.map((column) => column.heading), ...rows] : rows;
  const widths = COLUMNS.map((_, index) => {
    if (disabled.has(index)) return 0;
    return Math.max(0, ...all.map((row) => width(row[index] ?? "")));
  });
  const used = widths.map((_, index) => index).filter((index) => (widths[index] ?? 0) > 0);
  used.forEach((index, position) => {
    if (position > 0) widths[index] = (widths[index] ?? 0) + (COLUMNS[index]?.delimiter.length ?? 0);
    if (screen !== undefined) widths[index] = Math.min(widths[index] ?? 0, screen);
  });
  const breaks = new Set<number>();
  if (screen !== undefined) {
    let length = 0;
    let line: number[] = [];
    for (let position = 0; position < used.length; position++) {
      const index = used[position] ?? 0;
      line.push(index);
      length += widths[index] ?? 0;
      const last = position === used.length - 1;
      if (!last && length < screen) continue;
      if (length > screen && line.length > 1) {
        line.pop();
        length -= widths[index] ?? 0;
        position--;
      }
      if (length < screen) {
        const room = screen - length;
        const spacing = Math.floor(room / line.length);
        let rest = room % line.length;
        for (const each of line.toReversed()) {
          widths[each] = (widths[each] ?? 0) + spacing + (rest > 0 ? 1 : 0);
          rest--;
        }
      }
      if (position < used.length - 1) breaks.add(used[position + 1] ?? -1);
      length = 0;
      line = [];
    }
  }
  let out = "";
  for (const row of all) {
    let line = "";
    used.forEach((index, position) => {
      const column = COLUMNS[index];
      const content = row[index] ?? "";
      if (breaks.has(index)) line += "\n";
      const delimiter = position > 0 ? (column?.delimiter ?? "") : "";
      const room = (widths[index] ?? 0) - delimiter.length - width(content);
      // the words about the socket close the row as they are
      if (index === 8 && content !== "" && content !== column?.heading) line += content;
      else line += delimiter + (column?.right ? " ".repeat(Math.max(0, room)) + content : content + " ".repeat(Math.max(0, room)));
    });
    out += `${line}\n`;
  }
  return out;
}

const addressText = (socket: SocketFacts, side: "local" | "remote"): string => {
  const { info } = socket;
  const address = side === "local" ? socket.localAddress : socket.remoteAddress;
  if (info.family === "unix") return address === "" ? "*" : address.startsWith("\0") ? `@${address.slice(1)}` : address;
  if (info.family === "inet6" && info.v6only === false && (address === "" || address === "::")) return "*";
  if (address === "") return info.family === "inet6" ? "[::]" : "0.0.0.0";
  return address.includes(":") ? `[${address}]` : address;
};

const OPTIONS = {
  numeric: flag(["-n", "--numeric"], "ports as numbers"), resolve: flag(["-r", "--resolve"], "look up the names of addresses"), all: flag(["-a", "--all"], "listening and connected sockets"), listening: flag(["-l", "--listening"], "only sockets that wait for connections"), options: flag(["-o", "--options"], "timers of the connection"), extended: flag(["-e", "--extended"], "with user, inode and cookie of the socket"),
  memory: flag(["-m", "--memory"], "memory that the socket's buffers take"), processes: flag(["-p", "--processes"], "processes that hold the socket"), info: flag(["-i", "--info"], "inner state of TCP: congestion, round trip, window..."), summary: flag(["-s", "--summary"], "only how many sockets there are of each kind"), namespace: text(["-N", "--net"], "NSNAME", "look from inside this network namespace"), context: unsimulated(["-Z", "--context"], "the process's security context too (SELinux)", "no SELinux here"),
  ipv4: flag(["-4", "--ipv4"], "sockets of IPv4 alone"), ipv6: flag(["-6", "--ipv6"], "sockets of IPv6 alone"), packet: flag(["-0", "--packet"], "packet sockets alone"), tcp: flag(["-t", "--tcp"], "TCP sockets alone"), udp: flag(["-u", "--udp"], "UDP sockets alone"), raw: flag(["-w", "--raw"], "raw sockets alone"), unix: flag(["-x", "--unix"], "Unix sockets alone"),
  family: text(["-f", "--family"], "FAMILY", "sockets of FAMILY: unix, inet, inet6, link, netlink..."), kill: unsimulated(["-K", "--kill"], "cut the connections listed", "the kernel of Debian closes no sockets for others here"), contexts: unsimulated(["-z", "--contexts"], "the security contexts of process and socket (SELinux)", "no SELinux here"), events: unsimulated(["-E", "--events"], "show sockets as they end", "the kernel tells nobody of sockets that end here"), diag: unsimulated(["-D", "--diag"], "write what the kernel answered to a file", "the kernel answers in another form here"),
  mptcp: flag(["-M", "--mptcp"], "MPTCP sockets alone"), sctp: flag(["-S", "--sctp"], "SCTP sockets alone"), dccp: flag(["-d", "--dccp"], "DCCP sockets alone"), filterFile: text(["-F", "--filter"], "FILE", "read the filter from FILE"), tos: flag(["--tos"], "type of service and priority"), cgroup: flag(["--cgroup"], "the cgroup of the socket"), sockopt: flag(["--inet-sockopt"], "options that the socket has"), noHeader: flag(["-H", "--no-header"], "without the heading"), oneLine: flag(["-O", "--oneline"], "each socket on one line, whatever its length"), query: text(["-A", "--query", "--socket"], "QUERY", "families"), threads: flag(["-T", "--threads"], "threads that hold the socket"), bpf: counted(["-b", "--bpf"], "filters (BPF) on the socket"), version: flag(["-V", "--version"], "show the version"), help: flag(["-h", "--help"], "this message"),
} as const;

/** The usage in the layout of ss(8); a mistake shows it too. */
function usage(domain?: Domain): string {
  const connected = "established|syn-sent|syn-recv|fin-wait-{1,2}|time-wait|close-wait|last-ack|closing";
  return `Usage: ss [ OPTIONS ]\n       ss [ OPTIONS ] [ FILTER ]\n${Object.values(OPTIONS).map((option) => optionLines(option, 24, 80, domain)).join("")}
       FAMILY := {inet|inet6|link|unix|netlink|vsock|tipc|xdp|help}
       QUERY := {all|inet|tcp|mptcp|udp|raw|unix|unix_dgram|unix_stream|unix_seqpacket|packet|packet_raw|packet_dgram|netlink|dccp|sctp|vsock_stream|vsock_dgram|tipc|xdp}[,QUERY]
       FILTER := [ state STATE-FILTER ] [ EXPRESSION ]
       STATE-FILTER := {all|connected|synchronized|bucket|big|TCP-STATES}
         TCP-STATES := {established|syn-sent|syn-recv|fin-wait-{1,2}|time-wait|closed|close-wait|last-ack|listening|closing}
          connected := {${connected}}
       synchronized := {${connected.replace("syn-sent|", "")}}
             bucket := {syn-recv|time-wait}
                big := {established|syn-sent|fin-wait-{1,2}|closed|close-wait|last-ack|listening|closing}
`;
}

/** What -e, -o, -m and -i say of a socket, in their order (inet_show_sock). */
function facets(socket: SocketFacts, options: { readonly extended: boolean; readonly memory: boolean; readonly info: boolean; readonly options: boolean; readonly oneLine: boolean; readonly cgroup: boolean }): string {
  const { info } = socket;
  const unix = info.family === "unix";
  const tcp = info.type === "stream" && !unix;
  const listening = info.state === "LISTEN";
  let text = "";
  if (options.extended && unix) text += " <->";
  else if (options.extended) text += `${(info.ownerUid ?? 0) === 0 ? "" : ` uid:${info.ownerUid}`} ino:${info.inode} sk:${info.inode.toString(16)} cgroup:/${info.v6only === undefined ? "" : ` v6only:${info.v6only ? 1 : 0}`} <->`;
  else if (options.cgroup && !unix) text += " cgroup:/";
  if (!options.memory && !(options.info && tcp)) return text;
  if (!options.oneLine && !unix) text += "\n\t";
  if (options.memory) text += unix ? " skmem:(r0,rb212992,t0,tb212992,f0,w0,o0,bl0,d0)" : tcp ? ` skmem:(r${info.receiveQueueBytes},rb131072,t0,tb${listening ? 16384 : 2626560},f0,w0,o0,bl0,d0)` : " skmem:(r0,rb212992,t0,tb212992,f0,w0,o0,bl0,d0)";
  if (options.info && tcp) {
    text += options.extended && !listening ? " ts sack cubic" : " cubic";
    if (listening) text += " cwnd:10";
    else text += ` wscale:7,7 rto:204 rtt:0.05/0.025 mss:${socket.remoteAddress.startsWith("127.") ? 32768 : 1448} pmtu:${socket.remoteAddress.startsWith("127.") ? 65535 : 1500} rcvmss:536 advmss:${socket.remoteAddress.startsWith("127.") ? 65483 : 1448} cwnd:10`;
  }
  return text;
}

export default gnu({
  name: "ss", path: "/bin/ss", manSection: 8, versionText: "ss utility, iproute2-6.1.0\n", usageText: (_declaration, _argv0, domain) => usage(domain), usageStatus: 255, summary: "list the sockets of the system with their states", synopsis: ["[options] [ FILTER ]"],
  options: OPTIONS,
  *run({ options, operands, sys }, io: Io) {
    if (options.version) {
      io.out.put("ss utility, iproute2-6.1.0\n");
      return 0;
    }
    if (options.help) {
      io.out.put(usage(io.helpDomain));
      return 0;
    }
    if (options.namespace !== undefined) {
      try {
        yield* enterNamespace(sys, options.namespace);
      } catch (error) {
        if (!(error instanceof IpFailure)) throw error;
        yield* io.stderr(`${error.message}\n`);
        return 1;
      }
    }
    const services = yield* readServices(sys);
    const portOf = (name: string): number | undefined => (/^\d+$/.test(name) ? Number(name) : services.ports.get(name));
    let filter: ParsedFilter;
    try {
      const written = options.filterFile === undefined ? [] : ((yield* readTextFile(sys, options.filterFile)) ?? io.die("fopen filter file: No such file or directory", 255)).trim().split(/\s+/);
      filter = parseFilter([...written, ...operands], portOf);
    } catch (error) {
      if (!(error instanceof FilterError)) throw error;
      yield* io.stderr(error.text);
      if (error.usage) yield* io.stderr(usage(io.helpDomain));
      return error.status;
    }
    const sockets = sys.rtnetlink({ op: "socket-list" });
    if (options.summary) {
      const tcp = sockets.filter((one) => one.type === "stream" && one.family !== "unix");
      const count = (family: string, type: string): number => sockets.filter((one) => one.family === family && one.type === type).length;
      const row = (name: string, ip: number, ipv6: number): string => `${name}\t  ${[ip + ipv6, ip, ipv6].map((number) => String(number).padEnd(9)).join(" ")}\n`;
      io.out.put(`Total: ${sockets.length}\nTCP:   ${tcp.length} (estab ${tcp.filter((one) => one.state === "ESTAB").length}, closed ${tcp.filter((one) => one.state === "UNCONN" || one.state === "TIME-WAIT").length}, orphaned 0, timewait ${tcp.filter((one) => one.state === "TIME-WAIT").length})\n\nTransport Total     IP        IPv6\n`);
      const raw = [count("inet", "raw"), count("inet6", "raw")] as const;
      const udp = [count("inet", "dgram"), count("inet6", "dgram")] as const;
      const streams = [count("inet", "stream"), count("inet6", "stream")] as const;
      io.out.put(row("RAW", ...raw) + row("UDP", ...udp) + row("TCP", ...streams) + row("INET", raw[0] + udp[0] + streams[0], raw[1] + udp[1] + streams[1]) + row("FRAG", 0, 0) + "\n");
      return 0;
    }
    const kinds = new Set<string>();
    if (options.tcp) kinds.add("tcp");
    if (options.udp) kinds.add("udp");
    if (options.raw) for (const one of ["???", "icmp6"]) kinds.add(one);
    if (options.unix) for (const one of ["u_str", "u_dgr", "u_seq"]) kinds.add(one);
    if (options.packet) for (const one of ["p_raw", "p_dgr"]) kinds.add(one);
    // of these protocols this machine has no sockets
    if (options.mptcp || options.sctp || options.dccp) kinds.add("none");
    for (const word of (options.query ?? "").split(",").filter((one) => one !== "")) {
      const found = new Map<string, readonly string[]>([["tcp", ["tcp"]], ["udp", ["udp"]], ["raw", ["???", "icmp6"]], ["unix", ["u_str", "u_dgr", "u_seq"]], ["unix_stream", ["u_str"]], ["u_str", ["u_str"]], ["unix_dgram", ["u_dgr"]], ["u_dgr", ["u_dgr"]], ["packet", ["p_raw", "p_dgr"]], ["netlink", ["nl"]], ["inet", ["tcp", "udp", "???", "icmp6"]], ["all", ORDER]]).get(word);
      if (found === undefined) {
        yield* io.stderr(`ss: "${word}" is illegal socket table id\n${usage(io.helpDomain)}`);
        return 255;
      }
      for (const one of found) kinds.add(one);
    }
    let family: string | undefined = options.ipv4 ? "inet" : options.ipv6 ? "inet6" : undefined;
    if (options.family !== undefined) {
      if (options.family === "inet" || options.family === "inet6") family = options.family;
      else if (options.family === "unix") for (const one of ["u_str", "u_dgr", "u_seq"]) kinds.add(one);
      else if (options.family === "netlink") kinds.add("nl");
      else if (options.family === "link") for (const one of ["p_raw", "p_dgr"]) kinds.add(one);
      else {
        yield* io.stderr(`ss: "${options.family}" is invalid family\n${usage(io.helpDomain)}`);
        return 255;
      }
    }
    if (kinds.size === 0) for (const one of family === undefined ? ORDER : ["???", "icmp6", "udp", "tcp"]) kinds.add(one);
    const usual = (info: SocketInfo): boolean => {
      if (filter.states !== undefined) return filter.states.has(info.state);
      if (options.all) return true;
      const waiting = info.state === "LISTEN" || info.state === "UNCONN";
      return options.listening ? waiting : !waiting;
    };
    const chosen = sockets.map(facts).filter((one) => kinds.has(netid(one.info)) && (family === undefined || one.info.family === family) && usual(one.info) && filter.test(one));
    chosen.sort((a, b) => ORDER.indexOf(netid(a.info)) - ORDER.indexOf(netid(b.info)) || (a.info.family < b.info.family ? -1 : a.info.family > b.info.family ? 1 : 0));
    const owners = options.processes || options.threads ? yield* holders(sys) : undefined;
    const portText = (port: number, kind: string): string => (port === 0 ? "*" : options.numeric ? String(port) : (services.names.get(`${port}/${kind}`) ?? String(port)));
    const rows = chosen.map((one): readonly string[] => {
      const kind = netid(one.info);
      const unix = one.info.family === "unix";
      const list = owners?.get(one.info.inode);
      const process = owners !== undefined && list !== undefined ? ` users:(${list.map((each) => `("${each.comm}",pid=${each.pid},fd=${each.fd})`).join(",")})` : "";
      return [
        kind, one.info.state, String(one.info.receiveQueueBytes).padEnd(6), String(one.info.sendQueueBytes).padEnd(6), unix ? addressText(one, "local") : `${addressText(one, "local")}:`, unix ? ` ${one.info.inode}` : portText(one.localPort, kind),
        unix ? addressText(one, "remote") : `${addressText(one, "remote")}:`, unix ? " 0" : portText(one.remotePort, kind), `${process}${facets(one, options)}`, "",
      ];
    });
    const disabled = new Set<number>([9]);
    const one = [...new Set([...kinds].map((kind) => (kind.startsWith("u_") ? "unix" : kind.startsWith("p_") ? "packet" : kind)))].length === 1 && !kinds.has("u_str") && !kinds.has("p_raw");
    if (one) disabled.add(0);
    const states = filter.states;
    if (states !== undefined && states.size === 1) disabled.add(1);
    const screen = sys.isatty(1) ? sys.getWindowSize(1).cols : 0;
    io.out.put(render(rows, disabled, !options.noHeader, screen > 0 ? screen : undefined));
    return 0;
  },
});
