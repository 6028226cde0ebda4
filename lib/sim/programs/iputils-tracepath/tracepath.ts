// tracepath: the routers on the way to a host, and the largest packet that passes (tracepath(8), iputils 20221126). Probes are ICMP echoes: answers are the same here.
import { ResolveError, lookUpHost } from "../../daemons/resolver/api.ts";
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { nameOfAddress, resolvers } from "../bind9-host/_query.ts";
import { type EchoAnswer, EchoProbe } from "../kit/echo-probe.ts";
import { type Io, flag, program, text } from "../kit/program.ts";

const USAGE = `
Usage
  tracepath [options] <destination>

Options:
  -4             use IPv4
  -6             use IPv6
  -b             names and addresses
  -l <length>    first length of packets
  -m <hops>      hops to go at most
  -n             addresses, without asking DNS for names
  -p <port>      first port to send to
  -V             show the version
  <destination>  a name or an address

tracepath(8) tells more.
`;

const mostHops = 30;
const tries = 3;
const waitUs = 1_000_000;
const largest = 65_535;
/** Name and time begin at fixed columns. */
const nameColumns = 52;
const UNREACHABLE: ReadonlyMap<number, string> = new Map([[0, "!N"], [1, "!H"], [2, "!P"], [9, "!A"], [10, "!A"], [13, "!A"]]);

interface Request {
  readonly host: string;
  readonly family: "inet" | "inet6" | undefined;
  readonly both: boolean;
  readonly numeric: boolean;
  readonly hops: number;
  readonly length: number | undefined;
}

function requestOf(argv: readonly string[], io: Io): Request | string {
  let family: Request["family"];
  let [both, numeric] = [false, false];
  let hops = mostHops;
  let length: number | undefined;
  const words: string[] = [];
  for (let at = 1; at < argv.length; at++) {
    const word = argv[at] ?? "";
    if (!word.startsWith("-") || word === "-") {
      words.push(word);
      continue;
    }
    for (let from = 1; from < word.length; from++) {
      const letter = word.charAt(from);
      if (letter === "4") family = "inet";
      else if (letter === "6") family = "inet6";
      else if (letter === "b") both = true;
      else if (letter === "n") numeric = true;
      else if (letter === "V") return "version";
      else if (letter === "h" || letter === "?") return "";
      else if (letter === "l" || letter === "m" || letter === "p") {
        const value = from + 1 < word.length ? word.slice(from + 1) : argv[++at];
        if (value === undefined) return `tracepath: option requires an argument -- '${letter}'\n`;
        if (!/^-?\d+$/.test(value)) io.die(`invalid argument: '${value}'`);
        const number = Number(value);
        if (letter === "l") {
          if (number <= 28) io.die("pktlen must be within: 28 < value <= 2147483647");
          length = number;
        } else if (letter === "m") {
          if (number < 0 || number > 255) io.die(`invalid argument: '${value}': out of range: 0 <= value <= 255`);
          hops = number;
        }
        break;
      } else return `tracepath: invalid option -- '${letter}'\n`;
    }
  }
  const [host, extra] = words;
  if (host === undefined || extra !== undefined) return "";
  return { host, family, both, numeric, hops, length };
}

export default program({
  name: "tracepath", showsHelp: true, manSection: 8, summary: "trace the path to a host and find the path MTU", synopsis: ["[-46nbV] [-l PKTLEN] [-m MAX_HOPS] [-p PORT] DESTINATION"], operands: "hosts",
  options: [flag(["-4"], "use IPv4"), flag(["-6"], "use IPv6"), flag(["-b"], "print names and addresses"), text(["-l"], "LENGTH", "the first length of packets"), text(["-m"], "HOPS", "at most so many routers"), flag(["-n"], "do not look names up"), text(["-p"], "PORT", "the destination port"), flag(["-V"], "show the version")],
  exitStatuses: [["0", "the path was followed, to its end or not"], ["1", "the destination is unknown"], ["255", "it was called wrongly"]], seeAlso: ["traceroute(8)", "ping(8)"],
}, function* tracepath(sys, argv, io: Io) {
  const request = requestOf(argv, io);
  if (request === "version") {
    io.out.put("tracepath from iputils 20221126\nlibcap: yes, IDN: yes, NLS: no, error.h: yes, getrandom(): yes, __fpending(): yes\n");
    return 0;
  }
  if (typeof request === "string") {
    yield* io.stderr(`${request}${USAGE}`);
    return 255;
  }
  const { host, family } = request;
  let address: string | undefined;
  try {
    const found = /^[\d.]+$|:/.test(host) ? [host] : yield* lookUpHost(sys, host);
    address = found.find((one) => family === undefined || (one.includes(":") ? "inet6" : "inet") === family);
    if (address === undefined) io.die(`${host}: Address family for hostname not supported`);
  } catch (error) {
    if (!(error instanceof ResolveError)) throw error;
    io.die(`${host}: ${error.message}`);
  }
  yield* follow(sys, io, request, address);
  return 0;
});

function* follow(sys: Sys, io: Io, request: Request, address: string): Blocking<void> {
  const names = new Map<string, string>();
  const { servers } = yield* resolvers(sys);
  const nameOf = function* (from: string): Blocking<string> {
    if (request.numeric) return from;
    if (!names.has(from)) names.set(from, (from === address && request.host !== address ? request.host : undefined) ?? (from.includes(":") ? undefined : (yield* nameOfAddress(sys, servers, from))) ?? "???");
    const name = names.get(from) ?? "???";
    return request.both ? `${name} (${from})` : name;
  };
  const resume = (mtu: number, rest = ""): void => io.out.put(`     Resume: pmtu ${mtu} ${rest}\n`);
  let mtu = request.length ?? largest;
  let probe: EchoProbe;
  let linkMtu: number;
  try {
    const route = sys.rtnetlink({ op: "route-get", address });
    const link = sys.rtnetlink({ op: "link-list" }).find((one) => one.index === route.linkIndex);
    linkMtu = link === undefined || link.kind === "loopback" ? largest : link.mtu;
    probe = new EchoProbe(sys, address);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    if (request.hops > 0) io.out.put(" 1:  send failed\n");
    else io.out.put(`     Too many hops: pmtu ${mtu}\n`);
    resume(mtu);
    return;
  }
  let sequence = 0;
  let told = linkMtu >= mtu;
  for (let hop = 1; hop <= request.hops; hop++) {
    // the first router is asked twice when the card's own size was told first
    const rounds = hop === 1 && !told ? 2 : 1;
    if (!told) {
      mtu = linkMtu;
      told = true;
      io.out.put(" 1?: [LOCALHOST]                      pmtu " + `${mtu}\n`);
    }
    probe.setTtl(hop);
    let answer: EchoAnswer | undefined;
    for (let round = 0; round < rounds; round++) {
      answer = undefined;
      for (let turn = 0; turn < tries && answer === undefined; turn++) {
        const startUs = sys.clockUs("monotonic");
        try {
          yield* probe.send(++sequence, Math.min(mtu, linkMtu, 1500) - 28);
          answer = yield* probe.receive(startUs + waitUs);
        } catch (error) {
          if (!(error instanceof SysError) || error.errno === "EINTR") throw error;
          io.out.put(`${String(hop).padStart(2)}:  send failed\n`);
          resume(mtu);
          return;
        }
        if (answer === undefined) continue;
        const spentMs = (sys.clockUs("monotonic") - startUs) / 1000;
        const ends = answer.kind === "reply" ? "reached" : answer.type === 11 ? "" : (UNREACHABLE.get(answer.code) ?? "!A");
        io.out.put(`${String(hop).padStart(2)}:  ${(yield* nameOf(answer.from)).padEnd(nameColumns)}${spentMs.toFixed(3).padStart(7)}ms ${ends}\n`);
        yield* io.out.flush();
      }
      if (answer === undefined) {
        io.out.put(`${String(hop).padStart(2)}:  no reply\n`);
        yield* io.out.flush();
        break;
      }
    }
    if (answer?.kind === "reply") {
      resume(mtu, `hops ${hop} back ${backOf(answer.ttl)} `);
      return;
    }
    if (answer !== undefined && answer.type !== 11) {
      resume(mtu);
      return;
    }
  }
  io.out.put(`     Too many hops: pmtu ${mtu}\n`);
  resume(mtu);
}

/** Systems begin with 64, 128 or 255. */
const backOf = (ttl: number): number => (ttl <= 64 ? 65 : ttl <= 128 ? 129 : 256) - ttl;
