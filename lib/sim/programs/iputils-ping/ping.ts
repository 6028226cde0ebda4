import { type Blocking, SIGNALS, type Sys, SysError } from "../../kernel/sys.ts";
import { ResolveError, findHost } from "../../daemons/resolver/api.ts";
import { EchoProbe } from "../kit/echo-probe.ts";
import { type Io, counted, flag, gnu, text } from "../kit/gnu.ts";

const UNREACHABLE = new Map([[0, "Destination Net Unreachable"], [1, "Destination Host Unreachable"], [2, "Destination Protocol Unreachable"], [3, "Destination Port Unreachable"], [9, "Destination Net Prohibited"], [10, "Destination Host Prohibited"], [13, "Packet filtered"]]);
const USAGE = "\nUsage\n  ping [options] <destination>\n\nOptions:\n  <destination>      a name or an address\n  -a                 a bell for each answer\n  -c <count>         no more than <count> requests\n  -i <interval>      seconds from one packet to the next\n  -n                 addresses, without asking DNS for names\n  -q                 only the first and the last lines\n  -s <size>          bytes of data in every packet (56)\n  -t <ttl>           hops that a packet may make (TTL)\n  -W <timeout>       seconds to wait for an answer\n  -w <deadline>      end after so many seconds, with or without answers\n\nping(8) tells more.\n";

/** Round-trip times as ping shows them: three digits below 1 ms and 10 ms, fewer above. */
function millis(us: number): string {
  const ms = us / 1000;
  return ms >= 99.95 ? ms.toFixed(0) : ms >= 9.995 ? ms.toFixed(1) : ms >= 0.9995 ? ms.toFixed(2) : ms.toFixed(3);
}

export default gnu({
  name: "ping", path: "/bin/ping", links: ["/bin/ping4", "/bin/ping6"], manSection: 8, project: "iputils", version: "20221126", summary: "ask hosts of the network for an echo (ICMP)", synopsis: ["[options] <destination>"],
  options: {
    four: flag(["-4"], "use IPv4"), six: flag(["-6"], "use IPv6"), audible: flag(["-a"], "use audible ping"), adaptive: flag(["-A"], "use adaptive ping"), broadcast: flag(["-b"], "allow pinging broadcast"), count: text(["-c"], "count", "no more than <count> requests"), timestamp: flag(["-D"], "print timestamps"), flood: flag(["-f"], "flood ping"),
    interval: text(["-i"], "interval", "seconds from one packet to the next"), device: text(["-I"], "interface", "send from this interface or address"), preload: text(["-l"], "preload", "so many packets go out at once before the first answer"), mtu: text(["-M"], "pmtud opt", "define path MTU discovery"), numeric: flag(["-n"], "addresses, without asking DNS for names"),
    outstanding: flag(["-O"], "report outstanding replies"), pattern: text(["-p"], "pattern", "bytes that fill the packet, in hexadecimal"), quiet: flag(["-q"], "quiet output"), bypass: flag(["-r"], "bypass routing"), size: text(["-s"], "size", "bytes of data in every packet (56)"), ttl: text(["-t"], "ttl", "hops that a packet may make (TTL)"), userLatency: flag(["-U"], "measure the whole delay from program to program, not the network's alone"),
    verbose: counted(["-v"], "verbose output"), version: flag(["-V"], "print the version"), deadline: text(["-w"], "deadline", "end after so many seconds, with or without answers"), wait: text(["-W"], "timeout", "seconds to wait for an answer"),
  },
  usageStatus: 2, failureStatus: 2, tryLine: () => USAGE, operands: "hosts",
  *run({ options, operands, sys }, io: Io) {
    if (options.version) {
      io.out.put("ping from iputils 20221126\n");
      return 0;
    }
    const host = operands.at(-1);
    if (host === undefined) io.usage("usage error: Destination address required");
    const number = (value: string | undefined, fallback: number, what: string): number => {
      if (value === undefined) return fallback;
      if (!/^\d*\.?\d+$/.test(value)) io.die(`invalid argument: '${value}'${what}`, 1);
      return Number(value);
    };
    const count = options.count === undefined ? Number.POSITIVE_INFINITY : number(options.count, 0, "");
    if (count < 1) io.die(`invalid argument: '${options.count}': out of range: 1 <= value <= 9223372036854775807`, 1);
    const size = number(options.size, 56, "");
    const intervalUs = number(options.interval, 1, "") * 1e6;
    if (options.interval !== undefined && intervalUs < 2000 && sys.getcred().euid !== 0) io.die("cannot flood; minimal interval allowed for user is 2ms");
    const waitUs = number(options.wait, 10, "") * 1e6;
    let address: string;
    let shownHost = host;
    if (host.includes(":")) address = host;
    else {
      try {
        const found = yield* findHost(sys, host);
        address = found.addresses[0] ?? "";
        // getaddrinfo(3) with AI_CANONNAME
        shownHost = found.canonicalName;
      } catch (error) {
        if (error instanceof ResolveError) io.die(`${host}: ${error.message}`);
        throw error;
      }
    }
    try {
      sys.rtnetlink({ op: "route-get", address });
    } catch (error) {
      if (error instanceof SysError) io.die(`connect: ${error.message}`);
      throw error;
    }
    let probe: EchoProbe;
    try {
      probe = new EchoProbe(sys, address);
    } catch (error) {
      if (error instanceof SysError) io.die(`socket: ${error.message}`);
      throw error;
    }
    if (options.ttl !== undefined) probe.setTtl(Number(options.ttl));
    const six = address.includes(":");
    const numeric = options.numeric || host === address;
    io.out.put(six ? `PING ${host}(${numeric ? address : `${host} (${address})`}) ${size} data bytes\n` : `PING ${shownHost} (${address}) ${size}(${size + 28}) bytes of data.\n`);
    yield* io.out.flush();
    sys.sigaction(SIGNALS.INT, "catch");
    const started = sys.clockUs("monotonic");
    const deadline = options.deadline === undefined ? Number.POSITIVE_INFINITY : started + Number(options.deadline) * 1e6;
    const times: number[] = [];
    let sent = 0;
    let received = 0;
    let errors = 0;
    let lastEventUs = started;
    let interrupted = false;
    while (sent < count && !interrupted) {
      const start = sys.clockUs("monotonic");
      if (start >= deadline) break;
      sent++;
      try {
        yield* probe.send(sent, size);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* io.warn(`sendmsg: ${error.message}`);
        errors++;
      }
      lastEventUs = sys.clockUs("monotonic");
      const last = sent >= count;
      const until = Math.min(last ? start + (received > 0 && options.wait === undefined ? Math.max(intervalUs, 2 * Math.max(0, ...times)) : waitUs) : start + intervalUs, deadline);
      try {
        for (;;) {
          const answer = yield* probe.receive(until);
          if (!answer) break;
          lastEventUs = sys.clockUs("monotonic");
          const stamp = options.timestamp ? `[${(sys.clockUs("realtime") / 1e6).toFixed(6)}] ` : "";
          const shown = numeric || host === address ? answer.from : answer.from === address ? `${shownHost} (${answer.from})` : answer.from;
          if (answer.kind === "error") {
            errors++;
            if (!options.quiet) io.out.put(`${stamp}From ${answer.from} icmp_seq=${answer.sequence} ${answer.type === 11 ? "Time to live exceeded" : (UNREACHABLE.get(answer.code) ?? `Dest Unreachable, Bad Code: ${answer.code}`)}\n`);
          } else {
            received++;
            const took = lastEventUs - answer.sentUs;
            times.push(took);
            if (!options.quiet) io.out.put(`${stamp}${answer.bytes} bytes from ${shown}: icmp_seq=${answer.sequence} ttl=${answer.ttl} time=${millis(took)} ms\n`);
          }
          yield* io.out.flush();
          if (last && received + errors >= sent) break;
        }
      } catch (error) {
        if (!(error instanceof SysError) || error.errno !== "EINTR") throw error;
        interrupted = sys.takeSignals().includes(SIGNALS.INT);
        if (interrupted) lastEventUs = sys.clockUs("monotonic");
      }
    }
    probe.close();
    yield* summary(sys, io, shownHost, sent, received, errors, lastEventUs - started, times);
    return received === 0 ? 1 : options.deadline !== undefined && Number.isFinite(count) && received < count ? 1 : 0;
  },
});

function* summary(_sys: Sys, io: Io, host: string, sent: number, received: number, errors: number, tookUs: number, times: readonly number[]): Blocking<void> {
  const loss = sent === 0 ? 0 : ((sent - received) * 100) / sent;
  const lossText = Number(loss.toPrecision(6)).toString();
  io.out.put(`\n--- ${host} ping statistics ---\n${sent} packets transmitted, ${received} received,${errors > 0 ? ` +${errors} errors,` : ""} ${lossText}% packet loss, time ${Math.floor(tookUs / 1000)}ms\n`);
  if (times.length > 0) {
    const average = times.reduce((sum, time) => sum + time, 0) / times.length;
    const deviation = Math.sqrt(Math.max(0, times.reduce((sum, time) => sum + time * time, 0) / times.length - average * average));
    const three = (us: number): string => (us / 1000).toFixed(3);
    io.out.put(`rtt min/avg/max/mdev = ${three(Math.min(...times))}/${three(average)}/${three(Math.max(...times))}/${three(deviation)} ms\n`);
  } else io.out.put("\n");
  yield* io.out.flush();
}
