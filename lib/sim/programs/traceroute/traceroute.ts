// traceroute: which routers answer for packets whose time to live ends on their way (traceroute(8), 2.1.2). Probes are ICMP echoes whatever the method:
// answers are the same here.
import { SysError } from "../../kernel/sys.ts";
import { lookUpHost, ResolveError } from "../../daemons/resolver/api.ts";
import { nameOfAddress, resolvers } from "../bind9-host/_query.ts";
import { EchoProbe } from "../kit/echo-probe.ts";
import { type Io, flag, gnu, text } from "../kit/gnu.ts";

const MARKS: ReadonlyMap<number, string> = new Map([[0, "!N"], [1, "!H"], [2, "!P"], [9, "!N"], [10, "!H"], [13, "!X"]]);

export default gnu({
  name: "traceroute", path: "/usr/bin/traceroute.db", links: ["/usr/bin/traceroute"], versionText: "Modern traceroute for Linux, version 2.1.2\n", usageStatus: 2, tryLine: () => "", summary: "show the routers on the way to a host of the network", synopsis: ["[-46dFITnreAUDV] [-f first_ttl] [-m max_ttl] [-q nqueries] [-w waittime] host [packetlen]"],
  options: {
    ipv4: flag(["-4"], "use IPv4"), ipv6: flag(["-6"], "use IPv6"), debug: flag(["-d", "--debug"], "switch on SO_DEBUG of the sockets"), noFragment: flag(["-F", "--dont-fragment"], "packets that may not be split"), first: text(["-f", "--first"], "first_ttl", "start from the first_ttl hop"), icmp: flag(["-I", "--icmp"], "send ICMP echo requests"), tcp: flag(["-T", "--tcp"], "send TCP packets that open a connection (SYN)"), device: text(["-i", "--interface"], "device", "the interface that packets leave by"), max: text(["-m", "--max-hops"], "max_ttl", "stop at so many hops (30)"), simultaneous: text(["-N", "--sim-queries"], "squeries", "packets on the way at the same time (16)"), numeric: flag(["-n"], "addresses only, without names from DNS"), port: text(["-p", "--port"], "port", "port that packets are sent to"), queries: text(["-q", "--queries"], "nqueries", "packets for every hop (3)"), wait: text(["-w", "--wait"], "MAX,HERE,NEAR", "wait for a probe"), source: text(["-s", "--source"], "src_addr", "use source src_addr"), udp: flag(["-U", "--udp"], "send UDP packets, all to one port (53)"), extensions: flag(["-e", "--extensions"], "show ICMP extensions"),
  },
  operands: "hosts",
  *run({ options, operands, sys }, io: Io) {
    const [host, lengthWord] = operands;
    if (host === undefined) {
      yield* io.stderr("Usage:\n  traceroute [ -46dFITnreAUDV ] [ -f first_ttl ] [ -g gate,... ] [ -i device ] [ -m max_ttl ] [ -N squeries ] [ -p port ] [ -t tos ] [ -l flow_label ] [ -w MAX,HERE,NEAR ] [ -q nqueries ] [ -s src_addr ] [ -z sendwait ] [ --fwmark=num ] host [ packetlen ]\n");
      return 2;
    }
    const most = Number(options.max ?? 30);
    const first = Number(options.first ?? 1);
    const queries = Number(options.queries ?? 3);
    if (!(most >= 1 && most <= 255)) io.die("max hops cannot be more than 255", 2);
    if (!(first >= 1 && first <= most)) io.die("first hop out of range", 2);
    if (!(queries >= 1 && queries <= 10)) io.die("no more than 10 probes per hop", 2);
    let address: string;
    try {
      address = host.includes(":") ? host : ((yield* lookUpHost(sys, host))[0] ?? host);
    } catch (error) {
      if (!(error instanceof ResolveError)) throw error;
      yield* io.stderr(`${host}: ${error.message}\nCannot handle "host" cmdline arg \`${host}' on position 1 (argc ${operands.length})\n`);
      return 2;
    }
    const length = lengthWord === undefined ? 60 : Number(lengthWord);
    io.out.put(`traceroute to ${host} (${address}), ${most} hops max, ${length} byte packets\n`);
    yield* io.out.flush();
    let probe: EchoProbe;
    try {
      probe = new EchoProbe(sys, address);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* io.stderr("You do not have enough privileges to use this traceroute method.\nsocket: Operation not permitted\n");
      return 1;
    }
    const names = new Map<string, string>();
    const { servers } = yield* resolvers(sys);
    const waitUs = Number((options.wait ?? "5").split(",")[0]) * 1e6;
    let sequence = 0;
    for (let ttl = first; ttl <= most; ttl++) {
      probe.setTtl(ttl);
      let line = `${String(ttl).padStart(2)} `;
      let last = "";
      let done = false;
      for (let turn = 0; turn < queries; turn++) {
        const startUs = sys.clockUs("monotonic");
        let mark = "";
        let from: string | undefined;
        try {
          yield* probe.send(++sequence, Math.max(0, length - 28));
          const answer = yield* probe.receive(startUs + waitUs);
          from = answer?.from;
          if (answer?.kind === "reply") done = true;
          else if (answer?.kind === "error" && answer.type !== 11) {
            done = true;
            mark = answer.code === 3 ? "" : ` ${MARKS.get(answer.code) ?? `!${answer.code}`}`;
          }
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          if (error.errno === "EINTR") return 130;
          io.out.put(`${line}\n`.replace(/ +\n$/, "\n"));
          yield* io.out.flush();
          yield* io.stderr(`send: ${error.message}\n`);
          return 1;
        }
        if (from === undefined) {
          line += " *";
          continue;
        }
        if (from !== last) {
          if (!options.numeric && !names.has(from)) names.set(from, (from === address && host !== address ? host : undefined) ?? (from.includes(":") ? undefined : (yield* nameOfAddress(sys, servers, from))) ?? from);
          line += options.numeric ? ` ${from}` : ` ${names.get(from) ?? from} (${from})`;
          last = from;
        }
        line += `  ${((sys.clockUs("monotonic") - startUs) / 1000).toFixed(3)} ms${mark}`;
      }
      io.out.put(`${line}\n`);
      yield* io.out.flush();
      if (done) break;
    }
    probe.close();
    return 0;
  },
});
