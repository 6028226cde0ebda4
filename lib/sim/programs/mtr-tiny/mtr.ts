// mtr: traceroute and ping in one. The report is what scripts and tickets use; without -r it is printed at the end too, as there is no screen of its own.
import { SysError } from "../../kernel/sys.ts";
import { lookUpHost, ResolveError } from "../../daemons/resolver/api.ts";
import { nameOfAddress, resolvers } from "../bind9-host/_query.ts";
import { EchoProbe } from "../kit/echo-probe.ts";
import { type Io, flag, gnu, text, unsimulated } from "../kit/gnu.ts";
import { civilAtUs, strftime } from "../kit/time-format.ts";
import { readZone } from "../kit/zones.ts";

interface Hop {
  host: string | undefined;
  sent: number;
  readonly timesMs: number[];
}

export default gnu({
  name: "mtr", versionText: "mtr 0.95\n", tryLine: () => "", summary: "a network diagnostic tool", manSection: 8, synopsis: ["[options] hostname"],
  description: ["mtr sends echo requests with rising time to live and reports loss and round trip of each router on the way.", "The full-screen display is not simulated: without -r the report is printed once all cycles are done."],
  options: {
    report: flag(["-r", "--report"], "print a report and exit"), wide: flag(["-w", "--report-wide"], "a report that does not cut host names"), cycles: text(["-c", "--report-cycles"], "COUNT", "how many pings to each hop, default 10"), numeric: flag(["-n", "--no-dns"], "do not resolve names"), both: flag(["-b", "--show-ips"], "show names and addresses"),
    interval: text(["-i", "--interval"], "SECONDS", "time between cycles"), max: text(["-m", "--max-ttl"], "NUMBER", "how far to go, default 30"), first: text(["-f", "--first-ttl"], "NUMBER", "where to begin"), size: text(["-s", "--psize"], "PACKETSIZE", "packet size"), ipv4: flag(["-4"], "use IPv4 only"), ipv6: flag(["-6"], "use IPv6 only"),
    tcp: unsimulated(["-T", "--tcp"], "use TCP", "probes are ICMP echoes here"), udp: unsimulated(["-u", "--udp"], "use UDP", "probes are ICMP echoes here"), json: unsimulated(["-j", "--json"], "output JSON", "the report is text here"), csv: unsimulated(["-C", "--csv"], "output CSV", "the report is text here"), curses: flag(["-t", "--curses"], "use the terminal (the report is printed here)"), helpShort: flag(["-h"], "show help"), versionShort: flag(["-v"], "show version"),
  },
  operands: "hosts",
  rewrite: (args) => args.map((arg) => (arg === "-h" ? "--help" : arg === "-v" ? "--version" : arg)),
  *run({ options, operands, sys }, io: Io) {
    const host = operands[0] ?? "localhost";
    const cycles = Number(options.cycles ?? 10);
    if (!Number.isInteger(cycles) || cycles < 1) io.die(`invalid argument: '${options.cycles}'`);
    let address: string;
    try {
      address = host.includes(":") ? host : ((yield* lookUpHost(sys, host))[0] ?? host);
    } catch (error) {
      if (!(error instanceof ResolveError)) throw error;
      yield* io.stderr(`mtr: Failed to resolve host: ${host}: ${error.message}\n`);
      return 1;
    }
    let probe: EchoProbe;
    try {
      probe = new EchoProbe(sys, address);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* io.stderr("mtr-packet: Failure to open IPv4 sockets: Permission denied\nmtr-packet: Failure to open IPv6 sockets: Permission denied\nmtr: Failure to start mtr-packet: Invalid argument\n");
      return 1;
    }
    const zone = yield* readZone(sys);
    io.out.put(`Start: ${strftime("%Y-%m-%dT%H:%M:%S%z", civilAtUs(zone, sys.clockUs("realtime")))}\n`);
    const most = Math.min(255, Number(options.max ?? 30));
    const first = Number(options.first ?? 1);
    const hops: Hop[] = [];
    let last = most;
    let sequence = 0;
    for (let cycle = 0; cycle < cycles; cycle++) {
      for (let ttl = first; ttl <= last; ttl++) {
        if (sys.charge(20)) yield* sys.preempt();
        const hop = (hops[ttl - first] ??= { host: undefined, sent: 0, timesMs: [] });
        hop.sent++;
        probe.setTtl(ttl);
        const startUs = sys.clockUs("monotonic");
        try {
          yield* probe.send(++sequence, Number(options.size ?? 64) - 28);
          const answer = yield* probe.receive(startUs + 1e6);
          if (!answer) {
            // five silent hops in a row end the way, as in mtr
            if (hops.slice(-5).length === 5 && hops.slice(-5).every((one) => one.host === undefined)) last = ttl;
            continue;
          }
          hop.host = answer.from;
          hop.timesMs.push((sys.clockUs("monotonic") - startUs) / 1000);
          if (answer.kind === "reply" || answer.type !== 11) last = ttl;
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          if (error.errno === "EINTR") return 130;
          last = ttl;
        }
      }
      if (cycle + 1 < cycles) yield* sys.sleep(Number(options.interval ?? 1) * 1e6);
    }
    probe.close();
    const { servers } = yield* resolvers(sys);
    const shown: string[] = [];
    for (const hop of hops) {
      const name = hop.host === undefined ? "???" : options.numeric ? hop.host : hop.host === address && host !== address ? host : (hop.host.includes(":") ? undefined : (yield* nameOfAddress(sys, servers, hop.host))) ?? hop.host;
      shown.push(options.both && hop.host !== undefined && name !== hop.host ? `${name} (${hop.host})` : name);
    }
    // columns end where those of the title do
    const width = options.wide ? Math.max(25, ...shown.map((name) => name.length + 1)) : 25;
    io.out.put(`${`HOST: ${sys.uname().nodename}`.padEnd(width + 9)}Loss%   Snt   Last   Avg  Best  Wrst StDev\n`);
    for (const [index, hop] of hops.entries()) {
      const times = hop.timesMs;
      const average = times.reduce((sum, one) => sum + one, 0) / Math.max(1, times.length);
      const deviation = times.length < 2 ? 0 : Math.sqrt(times.reduce((sum, one) => sum + (one - average) ** 2, 0) / (times.length - 1));
      const number = (value: number, columns: number): string => value.toFixed(1).padStart(columns);
      const name = (shown[index] ?? "").slice(0, width).padEnd(width);
      io.out.put(`${String(first + index).padStart(3)}.|-- ${name}${number(100 * (1 - times.length / hop.sent), 5)}%${String(hop.sent).padStart(6)}${number(times.at(-1) ?? 0, 7)}${number(average, 6)}${number(times.length > 0 ? Math.min(...times) : 0, 6)}${number(times.length > 0 ? Math.max(...times) : 0, 6)}${number(deviation, 6)}\n`);
    }
    return 0;
  },
});
