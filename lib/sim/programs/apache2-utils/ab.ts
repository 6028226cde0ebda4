// ab: many requests to a web server at once, and how long they took (ApacheBench 2.3 of Apache 2.4).
import { type Blocking, O, type Sys, SysError, encode, errnoNumber } from "../../kernel/sys.ts";
import { ResolveError, lookUpHost } from "../../daemons/resolver/api.ts";
import { readTextFile } from "../kit/accounts.ts";
import { base64Of } from "../kit/base64.ts";
import { GetoptError, getopt } from "../kit/getopt.ts";
import { HttpBody, HttpReader, type Url, connectStream, headerOf, hostHeader, parseUrl, sendText } from "../kit/http-message.ts";
import { type Io, flag, program, text, texts, unsimulated } from "../kit/program.ts";

const HEAD = "This is ApacheBench, Version 2.3 <$Revision$>\nCopyright 1996 Adam Twiss, Zeus Technology Ltd, http://www.zeustech.net/\nLicensed to The Apache Software Foundation, http://www.apache.org/\n\n";
const OPTIONS = [
  text(["-n"], "REQUESTS", "how many requests, 1 unless said otherwise"), text(["-c"], "CONCURRENCY", "how many at once"), text(["-t"], "SECONDS", "no longer than that; means -n 50000 too"), text(["-s"], "SECONDS", "how long to wait for an answer"), text(["-p"], "FILE", "POST what the file holds"), text(["-u"], "FILE", "PUT what the file holds"), text(["-T"], "TYPE", "the content's type with -p and -u"), texts(["-C"], "NAME=VALUE", "a cookie"), texts(["-H"], "HEADER", "another header"), text(["-A"], "USER:PASSWORD", "basic authentication"),
  flag(["-k"], "keep connections open"), flag(["-i"], "HEAD instead of GET"), text(["-m"], "METHOD", "another method"), flag(["-q"], "no progress beyond 150 requests"), flag(["-d"], "no table of percentages"), flag(["-S"], "only the mean in the table of times"), flag(["-l"], "answers may differ in length"), flag(["-r"], "go on when a connection breaks"), text(["-e"], "FILE", "write the percentages as CSV"), text(["-v"], "LEVEL", "tell more"), flag(["-V"], "show the version"), flag(["-h"], "show the usage"),
  unsimulated(["-w"], "the report as HTML", "the report is text"), unsimulated(["-X"], "through a proxy", "there are no proxies", "PROXY:PORT"), unsimulated(["-g"], "the times for gnuplot", "gnuplot is not simulated", "FILE"),
];

interface Sample {
  readonly connectUs: number;
  readonly waitUs: number;
  readonly totalUs: number;
}

interface Totals {
  started: number;
  completed: number;
  badLength: number;
  notOk: number;
  keptAlive: number;
  bytes: number;
  bodyBytes: number;
  firstLength: number | undefined;
  software: string;
  readonly samples: Sample[];
  problem: SysError | undefined;
}

interface Plan {
  readonly url: Url;
  readonly address: string;
  readonly request: string;
  readonly requests: number;
  readonly endsUs: number;
  readonly keepAlive: boolean;
  readonly head: boolean;
  readonly anyLength: boolean;
  readonly goesOn: boolean;
}

function* client(sys: Sys, plan: Plan, totals: Totals): Blocking<number> {
  let fd: number | undefined;
  while (totals.started < plan.requests && sys.clockUs("monotonic") < plan.endsUs && totals.problem === undefined) {
    totals.started++;
    const start = sys.clockUs("monotonic");
    try {
      const kept = fd !== undefined;
      fd ??= yield* connectStream(sys, plan.address, plan.url.port, undefined);
      const connected = sys.clockUs("monotonic");
      yield* sendText(sys, fd, plan.request);
      const reader = new HttpReader(sys, fd);
      const head = yield* reader.head();
      const answered = sys.clockUs("monotonic");
      if (head === undefined) throw new SysError("ECONNRESET");
      const body = new HttpBody(reader, head, { none: plan.head || /^\S+ (?:204|304)/.test(head.startLine) });
      let length = 0;
      for (let part = yield* body.read(); part.length > 0; part = yield* body.read()) length += part.length;
      const done = sys.clockUs("monotonic");
      if (kept) totals.keptAlive++;
      totals.software ||= headerOf(head, "Server") ?? "";
      totals.bytes += head.startLine.length + 2 + head.headers.reduce((sum, [name, value]) => sum + name.length + value.length + 4, 0) + 2 + length;
      totals.bodyBytes += length;
      if (totals.firstLength === undefined) totals.firstLength = length;
      else if (totals.firstLength !== length && !plan.anyLength) totals.badLength++;
      if (!/^\S+ 2\d\d/.test(head.startLine)) totals.notOk++;
      totals.samples.push({ connectUs: connected - start, waitUs: answered - connected, totalUs: done - start });
      totals.completed++;
      const stays = plan.keepAlive && (body.lengthBytes !== undefined || plan.head) && !/close/i.test(headerOf(head, "Connection") ?? "") && (/^HTTP\/1\.1/.test(head.startLine) || /keep-alive/i.test(headerOf(head, "Connection") ?? ""));
      if (!stays) {
        sys.close(fd);
        fd = undefined;
      }
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      if (fd !== undefined) sys.close(fd);
      fd = undefined;
      if (!plan.goesOn) totals.problem = error;
    }
  }
  return 0;
}

const milliseconds = (us: number): number => Math.round(us / 1000);

/** min, mean, deviation, median and max of one of the times, in milliseconds. */
function spread(values: readonly number[]): { readonly min: number; readonly mean: number; readonly deviation: number; readonly median: number; readonly max: number } {
  const sorted = values.toSorted((a, b) => a - b);
  const mean = sorted.reduce((sum, one) => sum + one, 0) / Math.max(1, sorted.length);
  const deviation = sorted.length < 2 ? 0 : Math.sqrt(sorted.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (sorted.length - 1));
  const middle = Math.floor(sorted.length / 2);
  const median = sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
  return { min: sorted[0] ?? 0, mean, deviation, median, max: sorted.at(-1) ?? 0 };
}

function report(io: Io, plan: Plan, totals: Totals, concurrency: number, tookUs: number, given: ReadonlyMap<string, readonly string[]>): void {
  const { samples } = totals;
  const seconds = tookUs / 1e6;
  const row = (label: string, value: string): void => io.out.put(`${`${label}:`.padEnd(24)}${value}\n`);
  io.out.put("\n\n");
  row("Server Software", totals.software);
  row("Server Hostname", plan.url.host);
  row("Server Port", String(plan.url.port));
  io.out.put("\n");
  row("Document Path", plan.url.path);
  row("Document Length", plan.anyLength ? "Variable" : `${totals.firstLength ?? 0} bytes`);
  io.out.put("\n");
  row("Concurrency Level", String(concurrency));
  row("Time taken for tests", `${seconds.toFixed(3)} seconds`);
  row("Complete requests", String(totals.completed));
  row("Failed requests", String(totals.badLength));
  if (totals.badLength > 0) io.out.put(`   (Connect: 0, Receive: 0, Length: ${totals.badLength}, Exceptions: 0)\n`);
  if (totals.notOk > 0) row("Non-2xx responses", String(totals.notOk));
  if (plan.keepAlive) row("Keep-Alive requests", String(totals.keptAlive + (totals.keptAlive > 0 ? concurrency : 0)));
  row("Total transferred", `${totals.bytes} bytes`);
  row("HTML transferred", `${totals.bodyBytes} bytes`);
  if (totals.completed === 0) return;
  row("Requests per second", `${(totals.completed / seconds).toFixed(2)} [#/sec] (mean)`);
  row("Time per request", `${((concurrency * tookUs) / 1000 / totals.completed).toFixed(3)} [ms] (mean)`);
  row("Time per request", `${(tookUs / 1000 / totals.completed).toFixed(3)} [ms] (mean, across all concurrent requests)`);
  row("Transfer rate", `${(totals.bytes / 1024 / seconds).toFixed(2)} [Kbytes/sec] received`);
  const times: readonly (readonly [string, readonly number[]])[] = [["Connect:", samples.map((one) => milliseconds(one.connectUs))], ["Processing:", samples.map((one) => milliseconds(one.totalUs - one.connectUs))], ["Waiting:", samples.map((one) => milliseconds(one.waitUs))], ["Total:", samples.map((one) => milliseconds(one.totalUs))]];
  io.out.put(given.has("-S") ? "\nConnection Times (ms)\n              min  avg  max\n" : "\nConnection Times (ms)\n              min  mean[+/-sd] median   max\n");
  for (const [label, values] of times) {
    const { min, mean, deviation, median, max } = spread(values);
    io.out.put(given.has("-S") ? `${label.padEnd(12)}${String(min).padStart(5)}${mean.toFixed(0).padStart(5)}${String(max).padStart(5)}\n` : `${label.padEnd(12)}${String(min).padStart(5)} ${mean.toFixed(0).padStart(4)} ${deviation.toFixed(1).padStart(5)} ${median.toFixed(0).padStart(6)} ${String(max).padStart(7)}\n`);
  }
  if (samples.length < 2 || given.has("-d")) return;
  const sorted = samples.map((one) => one.totalUs).toSorted((a, b) => a - b);
  io.out.put("\nPercentage of the requests served within a certain time (ms)\n");
  for (const percent of [50, 66, 75, 80, 90, 95, 98, 99, 100]) io.out.put(`${String(percent).padStart(4)}%  ${String(milliseconds(sorted[Math.min(sorted.length - 1, percent === 100 ? sorted.length - 1 : Math.floor((sorted.length * percent) / 100))] ?? 0)).padStart(5)}${percent === 100 ? " (longest request)" : ""}\n`);
}

export default program(
  { name: "ab", summary: "measure how fast a web server answers", synopsis: ["[OPTION]... [http://]HOST[:PORT]/PATH"], options: OPTIONS, operands: "hosts", showsHelp: true, exitStatuses: [["0", "the test was made"], ["22", "usage error"]] },
  function* (sys, argv, io: Io) {
    const usage = "Usage: ab [options] [http[s]://]hostname[:port]/path\nOptions are:\n" + OPTIONS.map((option) => `    ${`${option.names[0] ?? ""}${option.argument === undefined ? "" : ` ${option.argument}`}`.padEnd(18)} ${option.help}\n`).join("");
    const wrong = function* (message: string): Blocking<number> {
      yield* io.stderr(`ab: ${message}\n${usage}`);
      return 22;
    };
    const given = new Map<string, string[]>();
    let operands: readonly string[];
    try {
      const parsed = getopt(new Map(OPTIONS.map((option) => [option.names[0] ?? "", option])), argv.slice(1), { stopAtOperand: true });
      for (const { name, argument } of parsed.given) given.set(name, [...(given.get(name) ?? []), argument ?? ""]);
      ({ operands } = parsed);
    } catch (error) {
      if (!(error instanceof GetoptError)) throw error;
      yield* io.stderr(`ab: ${/requires an argument/.test(error.message) ? `option requires an argument -- ${/'(.)'/u.exec(error.message)?.[1] ?? ""}` : `illegal option -- ${/'(.)'/u.exec(error.message)?.[1] ?? "-"}`}\n${usage}`);
      return 22;
    }
    const last = (name: string): string | undefined => given.get(name)?.at(-1);
    if (given.has("-V")) {
      io.out.put(HEAD);
      return 0;
    }
    if (given.has("-h")) {
      yield* io.stderr(usage);
      return 22;
    }
    for (const name of ["-w", "-X", "-g"]) {
      if (!given.has(name)) continue;
      yield* io.stderr(`ab: ${name}: this is not simulated\n`);
      return 22;
    }
    const requests = Number(last("-n") ?? (given.has("-t") ? 50_000 : 1));
    if (!Number.isInteger(requests) || requests <= 0) {
      yield* io.stderr("Invalid number of requests\n\n");
      return 1;
    }
    const concurrency = Number(last("-c") ?? 1);
    if (operands.length !== 1) return yield* wrong("wrong number of arguments");
    const url = /^[^/]*:\/\/./.test(operands[0] ?? "") || (operands[0] ?? "").includes("/") ? parseUrl(operands[0] ?? "") : undefined;
    if (url === undefined) return yield* wrong("invalid URL");
    if (!Number.isInteger(concurrency) || concurrency < 1 || concurrency > 20_000) return yield* wrong("Invalid Concurrency [Range 0..20000]\n".trimEnd());
    if (concurrency > requests) return yield* wrong("Cannot use concurrency level greater than total number of requests");
    const bodyFile = last("-p") ?? last("-u");
    const body = bodyFile === undefined ? undefined : yield* readTextFile(sys, bodyFile);
    if (bodyFile !== undefined && body === undefined) {
      yield* io.stderr(`ab: Could not open POST data file (${bodyFile}): No such file or directory (2)\n`);
      return 2;
    }
    io.out.put(`${HEAD}Benchmarking ${url.host} (be patient)${requests > 150 && !given.has("-q") ? "\n" : "..."}`);
    yield* io.out.flush();
    let address: string;
    try {
      address = (yield* lookUpHost(sys, url.host))[0] ?? "";
    } catch (error) {
      if (!(error instanceof ResolveError)) throw error;
      yield* io.stderr(`apr_sockaddr_info_get() for ${url.host}: ${error.message} (${error.code === "EAI_NONAME" ? 670_002 : 670_003})\n`);
      return 50;
    }
    const keepAlive = given.has("-k");
    const method = last("-m") ?? (given.has("-i") ? "HEAD" : given.has("-p") ? "POST" : given.has("-u") ? "PUT" : "GET");
    const own = (given.get("-H") ?? []).map((header) => `${header}\r\n`).join("");
    const hasOwn = (name: string): boolean => new RegExp(`^${name}:`, "im").test(own);
    const request = `${method} ${url.path} HTTP/1.0\r\n${keepAlive ? "Connection: Keep-Alive\r\n" : ""}${given.has("-C") ? `Cookie: ${(given.get("-C") ?? []).join("; ")}\r\n` : ""}${given.has("-A") ? `Authorization: Basic ${base64Of(encode(last("-A") ?? ""))}\r\n` : ""}${body === undefined ? "" : `Content-length: ${encode(body).length}\r\nContent-type: ${last("-T") ?? "text/plain"}\r\n`}${hasOwn("Host") ? "" : `Host: ${hostHeader(url)}\r\n`}${hasOwn("User-Agent") ? "" : "User-Agent: ApacheBench/2.3\r\n"}${hasOwn("Accept") ? "" : "Accept: */*\r\n"}${own}\r\n${body ?? ""}`;
    const started = sys.clockUs("monotonic");
    const plan: Plan = { url, address, request, requests, endsUs: given.has("-t") ? started + Number(last("-t")) * 1e6 : Number.POSITIVE_INFINITY, keepAlive, head: method === "HEAD", anyLength: given.has("-l"), goesOn: given.has("-r") };
    const totals: Totals = { started: 0, completed: 0, badLength: 0, notOk: 0, keptAlive: 0, bytes: 0, bodyBytes: 0, firstLength: undefined, software: "", samples: [], problem: undefined };
    const clients = Array.from({ length: concurrency }, () => sys.fork((child) => client(child, plan, totals)));
    for (const pid of clients) yield* sys.waitpid(pid);
    const tookUs = Math.max(1, sys.clockUs("monotonic") - started);
    if (totals.problem !== undefined) {
      yield* io.stderr(`apr_socket_recv: ${totals.problem.message} (${errnoNumber(totals.problem.errno)})\n`);
      if (totals.completed > 0) yield* io.stderr(`Total of ${totals.completed} requests completed\n`);
      return errnoNumber(totals.problem.errno);
    }
    if (requests > 150 && !given.has("-q")) {
      const step = Math.max(100, Math.floor(requests / 10));
      for (let at = step; at <= totals.completed; at += step) yield* io.stderr(`Completed ${at} requests\n`);
      yield* io.stderr(`Finished ${totals.completed} requests\n`);
    } else io.out.put("..done\n");
    report(io, plan, totals, concurrency, tookUs, given);
    const csv = last("-e");
    if (csv !== undefined) {
      const sorted = totals.samples.map((one) => one.totalUs).toSorted((a, b) => a - b);
      const rows = Array.from({ length: 100 }, (_, percent) => `${percent},${((sorted[Math.floor((sorted.length * percent) / 100)] ?? 0) / 1000).toFixed(3)}\n`);
      try {
        const fd = yield* sys.open(csv, O.WRONLY | O.CREAT | O.TRUNC, 0o644);
        yield* sys.write(fd, encode(`Percentage served,Time in ms\n${rows.join("")}`));
        sys.close(fd);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        io.die("Cannot open CSV output file");
      }
    }
    return 0;
  },
);
