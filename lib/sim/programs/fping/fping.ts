// fping: echo requests to many hosts in turn (fping(8), 5.1).
import { ResolveError, lookUpHost } from "../../daemons/resolver/api.ts";
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { EchoProbe } from "../kit/echo-probe.ts";
import { type Io, flag, gnu, text } from "../kit/gnu.ts";
import { optionLines } from "../kit/help-text.ts";

const OPTIONS = {
  ipv4: flag(["-4", "--ipv4"], "only IPv4"), ipv6: flag(["-6", "--ipv6"], "only IPv6"), size: text(["-b", "--size"], "BYTES", "data of a request (56)"), backoff: text(["-B", "--backoff"], "N", "factor of later waits (1.5)"), count: text(["-c", "--count"], "N", "N requests to each"), vcount: text(["-C", "--vcount"], "N", "the same, with every time in the result"),
  file: text(["-f", "--file"], "FILE", "read the targets from FILE, - is standard input"), generate: flag(["-g", "--generate"], "all addresses from one to another, or of a network"), ttl: text(["-H", "--ttl"], "N", "time to live"), iface: text(["-I", "--iface"], "IFACE", "by that interface"), loop: flag(["-l", "--loop"], "without end"), period: text(["-p", "--period"], "MSEC", "between requests to one target (1000)"),
  retry: text(["-r", "--retry"], "N", "further tries (3)"), source: text(["-S", "--src"], "IP", "source address"), timeout: text(["-t", "--timeout"], "MSEC", "the first wait (500)"), alive: flag(["-a", "--alive"], "show who is alive"), addr: flag(["-A", "--addr"], "show addresses"), elapsed: flag(["-e", "--elapsed"], "show times"),
  interval: text(["-i", "--interval"], "MSEC", "between any two requests (10)"), name: flag(["-n", "--name"], "show names"), rdns: flag(["-d", "--rdns"], "show names"), quiet: flag(["-q", "--quiet"], "only the result"), stats: flag(["-s", "--stats"], "show numbers at the end"), unreach: flag(["-u", "--unreach"], "show who is not"), timestamp: flag(["-D", "--timestamp"], "a time before each line"),
  version: flag(["-v", "--version"], "show the version"), help: flag(["-h", "--help"], "show the options"), reachable: text(["-x", "--reachable"], "N", "whether N are alive"),
} as const;

interface Target {
  readonly shown: string;
  readonly address: string;
  readonly probe: EchoProbe;
  readonly timesMs: (number | undefined)[];
}

const valueOf = (address: string): number => address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
const addressOf = (value: number): string => [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join(".");
const mostGenerated = 131_072;

function generated(words: readonly string[], io: Io): readonly string[] {
  const [first = "", last] = words;
  let [from, to] = [0, 0];
  const [network = "", bits] = first.split("/");
  if (bits !== undefined) {
    const length = Number(bits);
    if (!(length >= 1 && length <= 32)) io.die(`netmask must be between 1 and 32 (is: ${bits})`);
    const size = 2 ** (32 - length);
    from = valueOf(network) - (valueOf(network) % size);
    to = from + size - 1;
    // the network itself and its broadcast are no hosts
    if (length < 31) [from, to] = [from + 1, to - 1];
  } else {
    from = valueOf(first);
    to = valueOf(last ?? first);
  }
  if (to - from > mostGenerated) io.die("-g parameter generates too many addresses");
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => addressOf(from + index));
}

/** Three digits that matter. */
const timeText = (ms: number): string => (ms < 1 ? ms.toFixed(3) : ms < 10 ? ms.toFixed(2) : ms < 100 ? ms.toFixed(1) : ms.toFixed(0));

export default gnu({
  name: "fping", manSection: 8, summary: "send ICMP echo requests to network hosts", synopsis: ["[OPTIONS] [TARGETS...]"], options: OPTIONS, operands: "hosts", tryLine: () => "see 'fping -h' for usage information\n",
  exitStatuses: [["0", "all targets answered"], ["1", "some did not"], ["2", "an address was not found"], ["3", "it was called wrongly"], ["4", "a system call failed"]], seeAlso: ["ping(8)"],
  *run({ options, operands, sys }, io: Io) {
    if (options.help) {
      io.out.put(`Usage: fping [options] [targets...]\n\n${Object.values(OPTIONS).map((option) => optionLines(option)).join("")}`);
      return 0;
    }
    if (options.version) {
      io.out.put("fping: Version 5.1\n");
      return 0;
    }
    const listed = options.file === undefined ? [] : ((yield* readTextFile(sys, options.file === "-" ? "/dev/stdin" : options.file)) ?? io.die(`${options.file}: No such file or directory`, 4)).split("\n").map((line) => line.trim().split(/\s+/)[0] ?? "").filter((word) => word !== "" && !word.startsWith("#"));
    const words = options.generate ? generated(operands, io) : [...listed, ...operands];
    if (words.length === 0) return 1;
    const { targets, unknown } = yield* opened(sys, io, words, options.ipv6 ? "inet6" : options.ipv4 ? "inet" : undefined, options.addr, Number(options.ttl ?? 64));
    if (targets.length === 0) return 2;
    const counted = options.vcount ?? options.count;
    const answered = counted !== undefined || options.loop
      ? yield* count(sys, io, targets, { rounds: options.loop ? Number.POSITIVE_INFINITY : Number(counted), periodUs: Number(options.period ?? 1000) * 1000, bytes: Number(options.size ?? 56), quiet: options.quiet, all: options.vcount !== undefined, stamp: options.timestamp })
      : yield* probeOnce(sys, io, targets, { tries: Number(options.retry ?? 3) + 1, waitUs: Number(options.timeout ?? 500) * 1000, factor: Number(options.backoff ?? 1.5), bytes: Number(options.size ?? 56), aliveOnly: options.alive, deadOnly: options.unreach, elapsed: options.elapsed, quiet: options.quiet });
    if (options.stats) yield* statistics(io, targets, unknown);
    return unknown > 0 ? 2 : answered === targets.length ? 0 : 1;
  },
});

function* opened(sys: Sys, io: Io, words: readonly string[], family: "inet" | "inet6" | undefined, byAddress: boolean, ttl: number): Blocking<{ readonly targets: readonly Target[]; readonly unknown: number }> {
  const targets: Target[] = [];
  let unknown = 0;
  for (const word of words) {
    if (sys.charge(5)) yield* sys.preempt();
    try {
      const found = /^[\d.]+$|:/.test(word) ? [word] : yield* lookUpHost(sys, word);
      const address = found.find((one) => family === undefined || (one.includes(":") ? "inet6" : "inet") === family) ?? found[0] ?? word;
      const probe = new EchoProbe(sys, address);
      if (ttl !== 64) probe.setTtl(ttl);
      targets.push({ shown: byAddress ? address : word, address, probe, timesMs: [] });
    } catch (error) {
      if (error instanceof ResolveError) yield* io.stderr(`${word}: ${error.message}\n`);
      else if (error instanceof SysError) io.die("can't create socket (must run as root?)", 4);
      else throw error;
      unknown++;
    }
  }
  return { targets, unknown };
}

/** One request and its answer; what unreachable hosts bring is told. */
function* ask(sys: Sys, io: Io, target: Target, sequence: number, bytes: number, waitUs: number, tells: boolean): Blocking<number | undefined> {
  const startUs = sys.clockUs("monotonic");
  try {
    yield* target.probe.send(sequence, bytes);
    // every raw socket hears all answers
    let answer = yield* target.probe.receive(startUs + waitUs);
    while (answer?.kind === "reply" && answer.from !== target.address) answer = yield* target.probe.receive(startUs + waitUs);
    if (answer?.kind === "reply") return (sys.clockUs("monotonic") - startUs) / 1000;
    if (answer !== undefined && tells) yield* io.stderr(`ICMP ${answer.type === 11 ? "Time Exceeded" : answer.code === 1 ? "Host Unreachable" : "Network Unreachable"} from ${answer.from} for ICMP Echo sent to ${target.shown}\n`);
    const restUs = startUs + waitUs - sys.clockUs("monotonic");
    if (restUs > 0) yield* sys.sleep(restUs);
  } catch (error) {
    if (!(error instanceof SysError) || error.errno === "EINTR") throw error;
    const restUs = startUs + waitUs - sys.clockUs("monotonic");
    if (restUs > 0) yield* sys.sleep(restUs);
  }
  return undefined;
}

interface Once {
  readonly tries: number;
  readonly waitUs: number;
  readonly factor: number;
  readonly bytes: number;
  readonly aliveOnly: boolean;
  readonly deadOnly: boolean;
  readonly elapsed: boolean;
  readonly quiet: boolean;
}

function* probeOnce(sys: Sys, io: Io, targets: readonly Target[], how: Once): Blocking<number> {
  let pending = [...targets];
  let waitUs = how.waitUs;
  for (let turn = 0; turn < how.tries && pending.length > 0; turn++, waitUs *= how.factor) {
    const silent: Target[] = [];
    // the requests go out together: only the first silence is waited for as a whole
    let left = waitUs;
    for (const target of pending) {
      const ms = yield* ask(sys, io, target, turn + 1, how.bytes, left, !how.quiet);
      target.timesMs.push(ms);
      if (ms === undefined) {
        silent.push(target);
        left = Math.min(left, 10_000);
      } else if (!how.deadOnly) yield* io.out.print(how.aliveOnly || how.quiet ? `${how.aliveOnly ? `${target.shown}\n` : ""}` : `${target.shown} is alive${how.elapsed ? ` (${timeText(ms)} ms)` : ""}\n`);
    }
    pending = silent;
  }
  for (const target of pending) if (!how.aliveOnly && !how.quiet) yield* io.out.print(how.deadOnly ? `${target.shown}\n` : `${target.shown} is unreachable\n`);
  return targets.length - pending.length;
}

interface Counting {
  readonly rounds: number;
  readonly periodUs: number;
  readonly bytes: number;
  readonly quiet: boolean;
  readonly all: boolean;
  readonly stamp: boolean;
}

function* count(sys: Sys, io: Io, targets: readonly Target[], how: Counting): Blocking<number> {
  const width = Math.max(...targets.map((target) => target.shown.length));
  for (let round = 0; round < how.rounds; round++) {
    const startUs = sys.clockUs("monotonic");
    for (const target of targets) {
      const ms = yield* ask(sys, io, target, round + 1, how.bytes, Math.max(10_000, Math.min(500_000, how.periodUs / targets.length)), false);
      target.timesMs.push(ms);
      if (how.quiet) continue;
      const good = target.timesMs.filter((one) => one !== undefined);
      const average = good.length === 0 ? "NaN" : timeText(good.reduce((sum, one) => sum + one, 0) / good.length);
      const stamp = how.stamp ? `[${(sys.clockUs("realtime") / 1e6).toFixed(5)}] ` : "";
      yield* io.out.print(`${stamp}${target.shown.padEnd(width)} : [${round}], ${ms === undefined ? "timed out" : `${how.bytes + 8} bytes, ${timeText(ms)} ms`} (${average} avg, ${Math.round((1 - good.length / target.timesMs.length) * 100)}% loss)\n`);
    }
    const restUs = startUs + how.periodUs - sys.clockUs("monotonic");
    if (restUs > 0 && round + 1 < how.rounds) yield* sys.sleep(restUs);
  }
  let text = how.quiet ? "" : "\n";
  let answered = 0;
  for (const { shown, timesMs } of targets) {
    const good = timesMs.filter((one) => one !== undefined);
    if (good.length > 0) answered++;
    if (how.all) text += `${shown.padEnd(width)} : ${timesMs.map((one) => (one === undefined ? "-" : timeText(one))).join(" ")}\n`;
    else text += `${shown.padEnd(width)} : xmt/rcv/%loss = ${timesMs.length}/${good.length}/${Math.round((1 - good.length / timesMs.length) * 100)}%${good.length === 0 ? "" : `, min/avg/max = ${timeText(Math.min(...good))}/${timeText(good.reduce((sum, one) => sum + one, 0) / good.length)}/${timeText(Math.max(...good))}`}\n`;
  }
  yield* io.stderr(text);
  return answered;
}

function* statistics(io: Io, targets: readonly Target[], unknown: number): Blocking<void> {
  const times = targets.flatMap((target) => target.timesMs);
  const good = times.filter((one) => one !== undefined);
  const alive = targets.filter((target) => target.timesMs.some((one) => one !== undefined)).length;
  const line = (value: number | string, label: string, width = 8): string => `${String(value).padStart(width)} ${label}\n`;
  const ms = good.length === 0 ? [0, 0, 0] : [Math.min(...good), good.reduce((sum, one) => sum + one, 0) / good.length, Math.max(...good)];
  yield* io.stderr(`\n${line(targets.length + unknown, "targets")}${line(alive, "alive")}${line(targets.length - alive, "unreachable")}${line(unknown, "unknown addresses")}\n${line(times.length - good.length, "timeouts (waiting for response)")}${line(times.length, "ICMP Echos sent")}${line(good.length, "ICMP Echo Replies received")}${line(0, "other ICMP received")}\n ${timeText(ms[0] ?? 0)} ms (min round trip time)\n ${timeText(ms[1] ?? 0)} ms (avg round trip time)\n ${timeText(ms[2] ?? 0)} ms (max round trip time)\n${line((good.reduce((sum, one) => sum + one, 0) / 1000).toFixed(3), "sec (elapsed real time)", 13)}\n`);
}
