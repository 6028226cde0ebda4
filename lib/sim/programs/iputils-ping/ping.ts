// ping (iputils 20221126): reads the command line, opens the way to the host; _session.ts asks and counts.
import { SIGNALS, type Sys, SysError } from "../../kernel/sys.ts";
import { ResolveError, findHost, findHost6 } from "../../daemons/resolver/api.ts";
import { EchoProbe } from "../kit/echo-probe.ts";
import { optionLines } from "../kit/help-text.ts";
import { type Io, counted, flag, gnu, text, unsimulated } from "../kit/gnu.ts";
import { runSession } from "./_session.ts";

const SMALLEST_USER_INTERVAL_US = 2000;
const BIGGEST_MESSAGE = 65_535;

/** strtol(3) of the whole argument, within limits. */
function whole(io: Io, argument: string | undefined, least: number, most: number | string, fallback: number): number {
  if (argument === undefined) return fallback;
  const text = argument.trim();
  if (!/^[-+]?(?:0[xX][0-9a-fA-F]+|\d+)$/.test(text)) io.die(`invalid argument: '${argument}'`, 1);
  const value = Number(text);
  if (value < least || value > Number(most)) io.die(`invalid argument: '${argument}': out of range: ${least} <= value <= ${most}`, 1);
  return value;
}

/** Options in seconds, with a fraction: a word is read as far as it is a number, and complained of. */
function* seconds(io: Io, argument: string | undefined): Generator<import("../../kernel/sys.ts").Wait, number | undefined> {
  if (argument === undefined) return undefined;
  const number = /^\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/.exec(argument)?.[0] ?? "";
  if (number.length !== argument.length) {
    yield* io.warn(`option argument contains garbage: ${argument}`);
    yield* io.warn("this will become fatal error in the future");
  }
  return Number(number);
}

const inetAton = (name: string): string | undefined => {
  const parts = name.split(".");
  if (parts.length > 4 || parts.some((part) => !/^\d+$/.test(part))) return undefined;
  const numbers = parts.map(Number);
  const last = numbers.pop() ?? 0;
  if (numbers.some((one) => one > 255) || last >= 256 ** (4 - numbers.length)) return undefined;
  const tail = Array.from({ length: 4 - numbers.length }, (_, index) => Math.floor(last / 256 ** (3 - numbers.length - index)) % 256);
  return [...numbers, ...tail].join(".");
};

interface Target {
  readonly address: string;
  readonly shown: string;
  /** the index of the link after % */
  readonly link?: number;
}

function* resolve(sys: Sys, io: Io, host: string, family: "inet" | "inet6" | undefined): Generator<import("../../kernel/sys.ts").Wait, Target> {
  const wrongFamily = (): never => io.die(`${host}: Address family for hostname not supported`);
  if (host.includes(":")) {
    if (family === "inet") wrongFamily();
    const [address = "", zone] = host.split("%");
    const link = zone === undefined ? undefined : sys.rtnetlink({ op: "link-list" }).find((one) => one.name === zone || String(one.index) === zone);
    if (zone !== undefined && link === undefined) io.die(`${host}: Name or service not known`);
    return { address, shown: host, ...(link !== undefined && { link: link.index }) };
  }
  const number = inetAton(host);
  if (number !== undefined) {
    if (family === "inet6") wrongFamily();
    // the host "0" is this one
    return { address: number === "0.0.0.0" ? "127.0.0.1" : number, shown: host };
  }
  // four numbers of which one is too big: a name that nobody has
  if (/^\d+(?:\.\d+){3}$/.test(host)) io.die(`${host}: Name or service not known`);
  // ::1 comes before 127.0.0.1 (RFC 6724, gai.conf), where this host has it
  const six = family === "inet" ? undefined : yield* findHost6(sys, host);
  const address6 = six?.addresses[0];
  if (six !== undefined && address6 !== undefined && (family === "inet6" || sys.rtnetlink({ op: "address-list" }).some((one) => one.address === address6))) return { address: address6, shown: six.canonicalName };
  try {
    const found = yield* findHost(sys, host);
    const [address] = found.addresses;
    if (address === undefined || family === "inet6") return wrongFamily();
    // getaddrinfo(3) with AI_CANONNAME
    return { address, shown: found.canonicalName };
  } catch (error) {
    if (error instanceof ResolveError) io.die(`${host}: ${error.message}`);
    throw error;
  }
}

export default gnu({
  name: "ping", path: "/bin/ping", links: ["/bin/ping4", "/bin/ping6"], manSection: 8, project: "iputils", version: "20221126", summary: "ask hosts of the network for an echo (ICMP)", synopsis: ["[options] <destination>"],
  options: {
    audible: flag(["-a"], "use audible ping"), adaptive: flag(["-A"], "use adaptive ping"), sticky: flag(["-B"], "keep the address that packets are sent from"), count: text(["-c"], "count", "no more than <count> requests"), connect: flag(["-C"], "connect the socket as soon as it is made"), timestamp: flag(["-D"], "print timestamps"),
    debug: flag(["-d"], "ask the kernel for debugging of the socket (SO_DEBUG)"), identifier: text(["-e"], "identifier", "the number that marks the packets of this run"), flood: flag(["-f"], "flood ping"), help: flag(["-h"], "this message"), device: text(["-I"], "interface", "send from this interface or address"), interval: text(["-i"], "interval", "seconds from one packet to the next"),
    noLoop: flag(["-L"], "packets for a group do not come back to this host"), preload: text(["-l"], "preload", "so many packets go out at once before the first answer"), mark: text(["-m"], "mark", "mark the packets for filters and rules of routing"), mtu: text(["-M"], "pmtud opt", "define path MTU discovery"), numeric: flag(["-n"], "addresses, without asking DNS for names"),
    outstanding: flag(["-O"], "report outstanding replies"), pattern: text(["-p"], "pattern", "bytes that fill the packet, in hexadecimal"), quiet: flag(["-q"], "quiet output"), tclass: text(["-Q"], "tclass", "type of service of the packets"), bypass: flag(["-r"], "bypass routing"), size: text(["-s"], "size", "bytes of data in every packet (56)"), buffer: text(["-S"], "size", "bytes of the socket's send buffer"),
    ttl: text(["-t"], "ttl", "hops that a packet may make (TTL)"), userLatency: flag(["-U"], "measure the whole delay from program to program, not the network's alone"), verbose: counted(["-v"], "verbose output"), version: flag(["-V"], "print the version"), deadline: text(["-w"], "deadline", "end after so many seconds, with or without answers"), wait: text(["-W"], "timeout", "seconds to wait for an answer"),
    four: flag(["-4"], "use IPv4"), broadcast: flag(["-b"], "allow pinging broadcast"), record: unsimulated(["-R"], "note the routers on the way in the packet", "packets carry no IP options here"), stamps: unsimulated(["-T"], "note times on the way in the packet", "packets carry no IP options here"),
    six: flag(["-6"], "use IPv6"), flow: text(["-F"], "flowlabel", "the label of the flow (IPv6)"), node: unsimulated(["-N"], "ask a node for its names (IPv6)", "no host answers such questions here"),
  },
  usageStatus: 2, failureStatus: 2, operands: "hosts",
  usageText: (declaration, _argv0, domain) => {
    const lines = (declaration.options ?? []).map((option) => optionLines(option, 21, 80, domain)).join("");
    return `\nUsage\n  ping [options] <destination>\n\nOptions:\n${lines}\n${domain === undefined ? "ping(8) tells more." : "ping(8) en dit plus."}\n`;
  },
  *run({ options, operands, sys, argv0 }, io: Io) {
    if (options.version) {
      io.out.put("ping from iputils 20221126\nlibcap: yes, IDN: yes, NLS: no, error.h: yes, getrandom(): yes, __fpending(): yes\n");
      return 0;
    }
    if (options.help) io.usage();
    if (options.four && options.six) io.die("only one -4 or -6 option may be specified");
    const called = argv0.slice(argv0.lastIndexOf("/") + 1);
    const family = options.six || called === "ping6" ? "inet6" : options.four || called === "ping4" ? "inet" : undefined;
    const count = whole(io, options.count, 1, "9223372036854775807", Number.POSITIVE_INFINITY);
    const preload = whole(io, options.preload, 1, 65536, 1);
    if (preload > 3 && sys.getcred().euid !== 0) io.die(`cannot set preload to value greater than 3: ${preload}`);
    const interval = yield* seconds(io, options.interval);
    const wait = yield* seconds(io, options.wait);
    if (wait !== undefined && wait < 0) io.die(`bad linger time: ${options.wait}`);
    const size = whole(io, options.size, 0, 2_147_483_647, 56);
    const ttl = whole(io, options.ttl, 0, 255, 0);
    whole(io, options.mark, 0, 4_294_967_295, 0);
    whole(io, options.buffer, 1, 2_147_483_647, 1);
    whole(io, options.identifier, 0, 65_535, 0);
    const deadline = whole(io, options.deadline, 0, 2_147_483_647, 0);
    if (options.mtu !== undefined && !["do", "dont", "want", "probe"].includes(options.mtu)) io.die(`invalid -M argument: ${options.mtu}`);
    if (options.pattern !== undefined && !/^[0-9a-fA-F]*$/.test(options.pattern)) io.die(`patterns must be specified as hex digits: ${options.pattern}`);
    if (options.tclass !== undefined) {
      const value = whole(io, options.tclass, 0, 2_147_483_647, 0);
      if (value > 255) io.die(`the decimal value of TOS bits must be in range 0-255: ${value}`);
    }
    const host = operands.at(-1);
    if (host === undefined) io.die("usage error: Destination address required", 1);
    const target = yield* resolve(sys, io, host, family);
    const { address } = target;
    const six = address.includes(":");
    let links = sys.rtnetlink({ op: "link-list" });
    let from: string | undefined;
    let linkIndex = target.link;
    if (options.device !== undefined) {
      const { device } = options;
      if (inetAton(device) !== undefined || device.includes(":")) from = device;
      else {
        const link = links.find((one) => one.name === device);
        if (link === undefined) io.die(`SO_BINDTODEVICE ${device}: No such device`);
        linkIndex = link.index;
        from = sys.rtnetlink({ op: "address-list" }).find((one) => one.linkIndex === link.index && one.family === (six ? "inet6" : "inet"))?.address;
      }
    }
    let mtu = 1500;
    let toAll = false;
    try {
      const way = sys.rtnetlink({ op: "route-get", address });
      links = sys.rtnetlink({ op: "link-list" });
      mtu = links.find((one) => one.index === (linkIndex ?? way.linkIndex))?.mtu ?? mtu;
      toAll = way.type === "broadcast";
      if (options.sticky) from ??= way.preferredSource;
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      if (linkIndex === undefined) io.die(`connect: ${error.errno === "ENETUNREACH" && /^fe80:/i.test(address) ? "Invalid argument" : error.message}`);
    }
    if (toAll && !options.broadcast) io.die("Do you want to ping broadcast? Then -b. If not, check your local firewall rules");
    if (options.pattern !== undefined) io.out.put(`PATTERN: 0x${options.pattern.toLowerCase()}\n`);
    if (toAll) {
      yield* io.out.flush();
      yield* io.stderr("WARNING: pinging broadcast address\n");
    }
    let probe: EchoProbe;
    try {
      probe = new EchoProbe(sys, address);
    } catch (error) {
      if (error instanceof SysError) io.die(`socktype: SOCK_RAW\nping: socket: ${error.message}`);
      throw error;
    }
    try {
      probe.configure({ ...(options.ttl !== undefined && { ttl }), ...(linkIndex !== undefined && { linkIndex }), ...(from !== undefined && options.device === from && { from }), broadcast: options.broadcast, ...(options.pattern !== undefined && options.pattern !== "" && { pattern: options.pattern }) });
    } catch (error) {
      if (error instanceof SysError) io.die(`bind: ${error.message}`);
      throw error;
    }
    if (options.verbose > 0) yield* io.stderr(`ping: sock4.fd: 3 (socktype: SOCK_RAW), sock6.fd: 4 (socktype: SOCK_RAW), hints.ai_family: ${family === undefined ? "AF_UNSPEC" : six ? "AF_INET6" : "AF_INET"}\n\nping: ai->ai_family: ${six ? "AF_INET6" : "AF_INET"}, ai->ai_canonname: '${target.shown}'\n`);
    const literal = six ? host.includes(":") : inetAton(host) !== undefined;
    const source = from === undefined ? "" : ` from ${from} ${options.device !== undefined && options.device !== from ? options.device : ""}:`;
    const shown = six && literal ? host : `${target.shown}`;
    io.out.put(six ? `PING ${shown}(${literal || options.numeric ? host : `${target.shown} (${address})`})${source} ${size} data bytes\n` : `PING ${shown} (${address})${source} ${size}(${size + 28}) bytes of data.\n`);
    const intervalUs = Math.max(0, interval ?? (options.flood || options.adaptive ? 0 : 1)) * 1e6;
    if (intervalUs < SMALLEST_USER_INTERVAL_US && !options.adaptive && sys.getcred().euid !== 0) io.die(`cannot flood; minimal interval allowed for user is ${SMALLEST_USER_INTERVAL_US / 1000}ms`);
    yield* io.out.flush();
    sys.sigaction(SIGNALS.INT, "catch");
    sys.sigaction(SIGNALS.QUIT, "catch");
    const header = six ? 48 : 28;
    const room = options.mtu === "do" || options.mtu === "probe" ? Math.min(mtu, BIGGEST_MESSAGE) : BIGGEST_MESSAGE;
    return yield* runSession(sys, io, probe, {
      address, shown, literal, six, size, count, preload, intervalUs, waitUs: wait === undefined || wait === 0 ? undefined : wait * 1e6, deadlineUs: deadline === 0 ? undefined : deadline * 1e6,
      quiet: options.quiet, numeric: options.numeric, audible: options.audible, flood: options.flood, adaptive: options.adaptive, outstanding: options.outstanding, timestamp: options.timestamp, verbose: options.verbose > 0,
      tooLong: size + header > room ? Math.min(mtu, room) : undefined,
    });
  },
});
