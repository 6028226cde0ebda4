// nc: standard input and output on a connection (nc(1), the OpenBSD one, 1.219).
import { type Blocking, POLL, type SocketAddress, type Sys, SysError } from "../../kernel/sys.ts";
import { lookUpHost, ResolveError } from "../../daemons/resolver/api.ts";
import { readTextFile } from "../kit/accounts.ts";
import { connectStream } from "../kit/http-message.ts";
import { type Io, flag, gnu, partly, text } from "../kit/gnu.ts";

const USAGE = "usage: nc [-46CDdFhklNnrStUuvZz] [-I length] [-i interval] [-M ttl]\n\t  [-m minttl] [-O length] [-P proxy_username] [-p source_port]\n\t  [-q seconds] [-s sourceaddr] [-T keyword] [-V rtable] [-W recvlimit]\n\t  [-w timeout] [-X proxy_protocol] [-x proxy_address[:port]]\n\t  [destination] [port]\n";

export default gnu({
  name: "nc", path: "/bin/nc.openbsd", links: ["/bin/nc", "/bin/netcat"], versionText: "OpenBSD netcat (Debian patchlevel 1.219-1)\n", tryLine: () => USAGE, summary: "connect to a port or listen on one, by TCP, UDP or a Unix socket", synopsis: ["[-46CDdFhklNnrStUuvZz] [-p source_port] [-q seconds] [-s sourceaddr] [-w timeout] [destination] [port]"],
  options: {
    ipv4: flag(["-4"], "IPv4 and nothing else"), ipv6: flag(["-6"], "IPv6 and nothing else"), crlf: flag(["-C"], "a carriage return before every line feed sent"), noInput: flag(["-d"], "do not read standard input"), keep: flag(["-k"], "listen on after a connection has ended"), listen: flag(["-l"], "wait for a connection"), shutdown: flag(["-N"], "tell the other side when standard input ends"), numeric: flag(["-n"], "addresses and ports as numbers, without DNS"), port: text(["-p"], "port", "the port on this side"), quit: text(["-q"], "secs", "go on for secs after the end of standard input"),
    source: text(["-s"], "sourceaddr", "local source address"), unix: flag(["-U"], "a Unix socket, whose path is the operand"), udp: flag(["-u"], "UDP mode"), verbose: flag(["-v"], "verbose"), timeout: text(["-w"], "timeout", "give up when nothing connects or arrives for secs"), zero: flag(["-z"], "only try whether ports are open"), help: flag(["-h"], "this help text"), random: flag(["-r"], "randomize remote ports"), broadcast: flag(["-b"], "allow broadcast"), debug: flag(["-D"], "switch on SO_DEBUG of the socket"), telnet: flag(["-t"], "answer TELNET negotiation"),
    interval: text(["-i"], "interval", "seconds between lines sent and between ports tried"), protocol: partly(text(["-X"], "proxy_protocol", "4, 5 or connect"), "no proxy is asked"), proxy: partly(text(["-x"], "proxy_address[:port]", "by way of that proxy"), "no proxy is asked"), proxyUser: partly(text(["-P"], "proxy_username", "the name given to the proxy"), "no proxy is asked"),
    passDescriptor: partly(flag(["-F"], "hand the descriptor on"), "the descriptor stays"), segments: partly(flag(["-S"], "sign segments with MD5"), "nothing is signed"), inBuffer: partly(text(["-I"], "length", "size of the buffer for what comes in"), "buffers have one size"), outBuffer: partly(text(["-O"], "length", "size of the buffer for what goes out"), "buffers have one size"),
    ttl: partly(text(["-M"], "ttl", "time to live of packets sent"), "packets have the usual one"), leastTtl: partly(text(["-m"], "minttl", "least time to live of packets taken"), "packets have the usual one"), received: text(["-W"], "recvlimit", "end after so many packets received"), service: partly(text(["-T"], "keyword", "type of service"), "packets have the usual one"), table: partly(text(["-V"], "rtable", "routing table"), "there is one"),
  },
  operands: "hosts",
  *run({ options, operands, sys }, io: Io) {
    if (options.help) {
      yield* io.stderr(`OpenBSD netcat (Debian patchlevel 1.219-1)\n${USAGE}`);
      return 0;
    }
    const number = (word: string | undefined, what: string, least: number, most: number): void => {
      if (word === undefined) return;
      if (!/^-?\d+$/.test(word)) io.die(`${what} invalid: ${word}`);
      if (Number(word) < least) io.die(`${what} too small: ${word}`);
      if (Number(word) > most) io.die(`${what} too large: ${word}`);
    };
    number(options.interval, "interval", 0, 0xffffffff);
    number(options.ttl, "ttl", 0, 255);
    number(options.leastTtl, "minttl", 0, 255);
    number(options.quit, "quit timer", Number.MIN_SAFE_INTEGER, 0x7fffffff);
    number(options.timeout, "timeout", 0, 2_147_483);
    number(options.received, "receive limit", 1, 0x7fffffff);
    number(options.inBuffer, "TCP receive window", 1, 1_073_725_440);
    number(options.outBuffer, "TCP send window", 1, 1_073_725_440);
    if (options.protocol !== undefined && !["connect", "4", "5"].includes(options.protocol.toLowerCase())) io.die("unsupported proxy protocol");
    if (options.listen && options.zero) io.die("cannot use -z and -l");
    if (options.keep && !options.listen) io.die("must use -l with -k");
    const services = new Map<string, number>();
    const names = new Map<number, string>();
    for (const line of ((yield* readTextFile(sys, "/etc/services")) ?? "").split("\n")) {
      const match = /^(\S+)\s+(\d+)\/(tcp|udp)/.exec(line);
      if (match === null || (match[3] === "udp") !== options.udp) continue;
      services.set(match[1] ?? "", Number(match[2]));
      if (!names.has(Number(match[2]))) names.set(Number(match[2]), match[1] ?? "");
    }
    const portOf = (word: string): number => services.get(word) ?? (/^\d+$/.test(word) && Number(word) >= 1 && Number(word) <= 65535 ? Number(word) : io.die(/^\d+$/.test(word) ? `port number ${Number(word) > 65535 ? "too large" : "too small"}: ${word}` : `port number invalid: ${word}`));
    const kind = options.udp ? "udp" : "tcp";
    const timeoutUs = options.timeout === undefined ? undefined : Number(options.timeout) * 1e6;
    const usage = function* (): Blocking<number> {
      yield* io.stderr(USAGE);
      return 1;
    };
    if (options.unix) {
      const [path] = operands;
      if (path === undefined) return yield* usage();
      const fd = sys.socket("unix", options.udp ? "dgram" : "stream");
      try {
        if (options.listen) {
          sys.bind(fd, { family: "unix", path });
          sys.listen(fd, 5);
          if (options.verbose) yield* io.stderr(`Bound on ${path}\nListening on ${path}\n`);
          do {
            const accepted = yield* sys.accept(fd);
            if (options.verbose) yield* io.stderr(`Connection received on ${path}\n`);
            yield* relay(sys, accepted.fd, { ...options, timeoutUs });
            sys.close(accepted.fd);
          } while (options.keep);
          return 0;
        }
        yield* sys.connect(fd, { family: "unix", path });
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* io.stderr(options.listen ? `nc: ${error.message}\n` : `nc: ${options.verbose ? `unix connect failed: ${error.message}\nnc: ` : ""}${path}: ${error.message}\n`);
        return 1;
      }
      yield* relay(sys, fd, { ...options, timeoutUs });
      return 0;
    }
    if (options.listen) {
      const portWord = options.port ?? operands.at(-1);
      if (portWord === undefined) io.die("missing port number");
      if (!services.has(portWord) && !/^\d+$/.test(portWord)) io.die("getaddrinfo: Servname not supported for ai_socktype");
      const port = portOf(portWord);
      const address = options.source ?? (operands.length > 1 ? (operands[0] ?? "0.0.0.0") : options.ipv6 ? "::" : "0.0.0.0");
      const family = address.includes(":") ? "inet6" : "inet";
      const fd = sys.socket(family, options.udp ? "dgram" : "stream");
      sys.setsockopt(fd, "reuseaddr", 1);
      try {
        sys.bind(fd, { family, address, port });
        if (!options.udp) sys.listen(fd, 1);
      } catch (error) {
        if (error instanceof SysError) io.die(error.message);
        throw error;
      }
      if (options.verbose) yield* io.stderr(`${options.udp ? "Bound on" : "Listening on"} ${!options.numeric && address === "127.0.0.1" ? "localhost" : address} ${port}\n`);
      if (options.udp) {
        const { bytes, from } = yield* sys.recvfrom(fd, 65536);
        if (options.verbose && from !== undefined && from.family !== "unix") yield* io.stderr(`Connection received on ${!options.numeric && from.address === "127.0.0.1" ? "localhost" : from.address} ${from.port}\n`);
        yield* sys.write(1, bytes);
        if (from !== undefined) yield* sys.connect(fd, from);
        yield* relay(sys, fd, { ...options, timeoutUs });
        return 0;
      }
      do {
        const accepted = yield* sys.accept(fd);
        const { peer } = accepted;
        if (options.verbose && peer.family !== "unix") yield* io.stderr(`Connection received on ${!options.numeric && peer.address === "127.0.0.1" ? "localhost" : peer.address} ${peer.port}\n`);
        yield* relay(sys, accepted.fd, { ...options, timeoutUs });
        sys.close(accepted.fd);
      } while (options.keep);
      return 0;
    }
    const [host, portWord] = operands;
    if (host === undefined) return yield* usage();
    if (portWord === undefined) io.die("missing port number");
    const range = /^(\d+)-(\d+)$/.exec(portWord);
    const first = range === null ? portOf(portWord) : Number(range[1]);
    const last = range === null ? first : Number(range[2]);
    let addresses: readonly string[];
    try {
      addresses = host.includes(":") ? [host] : host === "localhost" && !options.ipv4 && !options.numeric ? ["::1", "127.0.0.1"] : yield* lookUpHost(sys, host);
    } catch (error) {
      if (!(error instanceof ResolveError)) throw error;
      yield* io.stderr(`nc: getaddrinfo for host "${host}" port ${portWord}: ${error.message}\n`);
      return 1;
    }
    let status = 1;
    for (let port = first; port <= last; port++) {
      for (const address of addresses) {
        const shown = address === host ? host : `${host} (${address})`;
        let fd: number;
        try {
          if (options.udp) {
            const to: SocketAddress = address.includes(":") ? { family: "inet6", address, port } : { family: "inet", address, port };
            fd = sys.socket(to.family, "dgram");
            yield* sys.connect(fd, to);
          } else fd = yield* connectStream(sys, address, port, timeoutUs);
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          if (options.verbose) yield* io.stderr(`nc: connect to ${shown} port ${port} (${kind}) ${error.errno === "ETIMEDOUT" && timeoutUs !== undefined ? "timed out: Operation now in progress" : `failed: ${error.message}`}\n`);
          continue;
        }
        if (options.udp && options.zero && !(yield* isBound(sys, fd))) {
          sys.close(fd);
          continue;
        }
        status = 0;
        if (options.verbose) yield* io.stderr(`Connection to ${shown} ${port} port [${kind}/${options.numeric ? "*" : (names.get(port) ?? "*")}] succeeded!\n`);
        if (!options.zero) yield* relay(sys, fd, { ...options, timeoutUs });
        sys.close(fd);
        break;
      }
    }
    return status;
  },
});

/** netcat.c udptest(): nobody refuses what is sent within about a second. */
function* isBound(sys: Sys, fd: number): Blocking<boolean> {
  try {
    for (let turn = 0; turn < 4; turn++) {
      yield* sys.write(fd, Uint8Array.of(88));
      yield* sys.sleep(250_000);
    }
    return true;
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    return false;
  }
}

interface Relay {
  readonly noInput: boolean;
  readonly shutdown: boolean;
  readonly crlf: boolean;
  readonly quit: string | undefined;
  readonly timeoutUs: number | undefined;
}

/** Until the other side ends, or -q or -w say so. */
function* relay(sys: Sys, fd: number, { noInput, shutdown, crlf, quit, timeoutUs }: Relay): Blocking<void> {
  let input = !noInput;
  let deadlineUs: number | undefined;
  for (;;) {
    const limit = deadlineUs === undefined ? (timeoutUs ?? null) : Math.max(0, deadlineUs - sys.clockUs("monotonic"));
    const ready = yield* sys.poll([{ fd, events: POLL.IN }, ...(input ? [{ fd: 0, events: POLL.IN }] : [])], limit);
    if (ready.length === 0) return;
    if (ready.some((one) => one.fd === fd)) {
      let bytes: Uint8Array;
      try {
        bytes = yield* sys.read(fd, 65536);
      } catch (error) {
        if (error instanceof SysError) return;
        throw error;
      }
      if (bytes.length === 0) return;
      yield* sys.write(1, bytes);
    }
    if (ready.some((one) => one.fd === 0)) {
      const bytes = yield* sys.read(0, 16384);
      if (bytes.length === 0) {
        input = false;
        if (shutdown || quit !== undefined) sys.shutdown(fd, "write");
        if (quit !== undefined) {
          if (Number(quit) < 0) continue;
          deadlineUs = sys.clockUs("monotonic") + Number(quit) * 1e6;
        }
        continue;
      }
      try {
        yield* sys.write(fd, crlf ? Uint8Array.from([...bytes].flatMap((byte) => (byte === 10 ? [13, 10] : [byte]))) : bytes);
      } catch (error) {
        if (error instanceof SysError) return;
        throw error;
      }
    }
  }
}
