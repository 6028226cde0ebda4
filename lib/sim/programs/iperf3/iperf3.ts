// iperf3: how much a network carries (iperf3(1), 3.12).

import { type Blocking, encode, O, SIGNALS, type Sys } from "../../kernel/sys.ts";
import type { Declaration } from "../kit/command.ts";
import { flag, gnu, type Io, text, unsimulated } from "../kit/gnu.ts";
import { helpText } from "../kit/help-text.ts";
import type { Domain } from "../kit/messages/domains.ts";
import { civilAtUs, strftime } from "../kit/time-format.ts";
import { readZone } from "../kit/zones.ts";
import { runClient } from "./_client.ts";
import { runServer } from "./_server.ts";
import { TestError } from "./_test.ts";

const usageText = (declaration: Declaration, argv0: string, domain: Domain | undefined): string => helpText(declaration, argv0, domain);

/** "iperf3: parameter error - …" */
class ParameterError extends Error {}

/** A number with k, m, g (by 1000) or K, M, G (by 1024), as unit_atof reads it; what is none counts as 0. */
function scaled(word: string, decimal: boolean): number {
  const [, digits = "0", unit = ""] = /^\s*([+-]?\d*\.?\d*)(.?)/.exec(word) ?? [];
  const power = " kmgt".indexOf(unit.toLowerCase());
  return (Number(digits) || 0) * (power > 0 ? (decimal ? 1000 : 1024) ** power : 1);
}

const whole = (word: string): number => Math.trunc(Number.parseInt(word, 10)) || 0;

const clientOnly = "some option you are trying to set is client only";
const serverOnly = "some option you are trying to set is server only";
const SERVER_KEYS = new Set(["daemon", "oneOff"]);
const CLIENT_KEYS = new Set(["udp", "bitrate", "time", "bytes", "blocks", "length", "clientPort", "parallel", "reverse", "bidirectional", "window", "congestion", "mss", "noDelay", "tos", "dscp", "zeroCopy", "omit", "title", "connectTimeout"]);
const noTuning = "the machine's TCP has nothing to set there";

export default gnu({
  name: "iperf3", summary: "measure how much a network carries", synopsis: ["-s [OPTION]...", "-c HOST [OPTION]..."], seeAlso: ["ping(8)", "ss(8)", "tc(8)"],
  description: [
    "A server waits on one machine; a client on another connects to it and sends for ten seconds as much as goes through. Both show what came in each second and in all. Sizes and rates end in k, m, g, t: sizes count by 1024, rates by 1000.",
  ],
  withoutVersion: true, helpLetter: "h", operands: "none", usageText, tryLine: () => "",
  options: {
    server: flag(["-s", "--server"], "wait for clients"), client: text(["-c", "--client"], "HOST", "test the way to the server on HOST"), port: text(["-p", "--port"], "N", "the port of the server, 5201 unless given"),
    format: text(["-f", "--format"], "UNIT", "rates in k, m, g, t bits or K, M, G, T bytes"), interval: text(["-i", "--interval"], "SEC", "a line each SEC seconds, 1 unless given; 0: only the end"), bind: text(["-B", "--bind"], "ADDR", "use this address of the machine"),
    pidFile: text(["-I", "--pidfile"], "FILE", "write the process ID to FILE"), logFile: text(["--logfile"], "FILE", "write to FILE what would be shown"), flush: flag(["--forceflush"], "write each line out at once"), timestamps: flag(["--timestamps"], "begin each line with the time"),
    four: flag(["-4", "--version4"], "over IPv4 only"), six: flag(["-6", "--version6"], "over IPv6 only"), daemon: flag(["-D", "--daemon"], "serve in the background"), oneOff: flag(["-1", "--one-off"], "end after one test"),
    udp: flag(["-u", "--udp"], "UDP in place of TCP"), bitrate: text(["-b", "--bitrate", "--bandwidth"], "RATE", "so many bits a second; 1M for UDP, all that goes for TCP unless given"), time: text(["-t", "--time"], "SEC", "test for SEC seconds, 10 unless given"),
    bytes: text(["-n", "--bytes"], "SIZE", "send so much, however long it takes"), blocks: text(["-k", "--blockcount"], "N", "send N blocks"), length: text(["-l", "--length"], "SIZE", "so much in each write; 128K for TCP unless given"),
    clientPort: text(["--cport"], "PORT", "send from this port"), parallel: text(["-P", "--parallel"], "N", "N streams at a time"), reverse: flag(["-R", "--reverse"], "the server sends"), bidirectional: flag(["--bidir"], "both send"),
    omit: text(["-O", "--omit"], "SEC", "leave the first SEC seconds out"), title: text(["-T", "--title"], "TEXT", "begin each line with TEXT"), connectTimeout: text(["--connect-timeout"], "MS", "give up connecting after so many milliseconds"),
    showVersion: flag(["-v", "--version"], "show the version"),
    verbose: unsimulated(["-V", "--verbose"], "longer answers", "the load of the processors is not measured"), json: unsimulated(["-J", "--json"], "show the results as JSON", "results are shown as lines only"), window: unsimulated(["-w", "--window"], "the size of the buffers of the sockets", noTuning, "SIZE"),
    congestion: unsimulated(["-C", "--congestion"], "how TCP avoids congestion", noTuning, "NAME"), mss: unsimulated(["-M", "--set-mss"], "the largest segment of TCP", noTuning, "N"), noDelay: flag(["-N", "--no-delay"], "send small segments at once"),
    tos: unsimulated(["-S", "--tos"], "the type of service of the packets", noTuning, "N"), dscp: unsimulated(["--dscp"], "the class of service of the packets", noTuning, "N"), zeroCopy: flag(["-Z", "--zerocopy"], "send without copying"),
    affinity: unsimulated(["-A", "--affinity"], "run on this processor", "taskset(1) does that", "N"), file: unsimulated(["-F", "--file"], "send a file, or write what comes to one", "the streams carry chance bytes only", "FILE"), sctp: unsimulated(["--sctp"], "SCTP in place of TCP", "the kernel has no SCTP"),
    serverOutput: unsimulated(["--get-server-output"], "show what the server shows, too", "look at the server"), debug: unsimulated(["-d", "--debug"], "show what it does", "there is nothing more to tell"),
  },
  *run({ options, given, sys }, io: Io) {
    if (options.showVersion) {
      const { sysname, nodename, release, version, machine } = sys.uname();
      yield* io.out.print(`iperf 3.12 (cJSON 1.7.15)\n${sysname} ${nodename} ${release} ${version} ${machine}\nOptional features available: CPU affinity setting, IPv6 flow label, SCTP, TCP congestion algorithm setting, sendfile / zerocopy, socket pacing, authentication, bind to device, support IPv4 don't fragment\n`);
      return 0;
    }
    const has = (keys: ReadonlySet<string>): boolean => given.some(({ option }) => keys.has(option));
    let title = options.title === undefined ? "" : `${options.title}:  `;
    let logFd = 1;
    let midLine = false;
    // as stdio does: what goes to a file or a pipe is written when a test is over
    const buffers = !options.flush && (options.logFile !== undefined || !sys.isatty(1));
    let held = "";
    const flush = function* (): Blocking<void> {
      const output = held;
      held = "";
      if (output !== "") yield* sys.write(logFd, encode(output));
    };
    const zone = yield* readZone(sys);
    const show = function* (output: string): Blocking<void> {
      held += title === "" && !options.timestamps ? output : stamped(output);
      if (!buffers) yield* flush();
    };
    const stamped = (output: string): string => {
      const lines = output.split("\n");
      let pending = "";
      for (const [index, line] of lines.entries()) {
        const last = index === lines.length - 1;
        if (last && line === "") break;
        pending += `${midLine ? "" : `${options.timestamps ? `${strftime("%c", civilAtUs(zone, sys.clockUs("realtime")))} ` : ""}${title}`}${line}${last ? "" : "\n"}`;
        midLine = last;
      }
      return pending;
    };
    const complain = function* (output: string): Blocking<void> {
      if (options.logFile === undefined) yield* sys.write(2, encode(output));
      else held += output;
    };
    try {
      const number = (word: string | undefined, most: number, message: string, least = 0): number => {
        const value = whole(word ?? "0");
        if (value > most || value < least) throw new ParameterError(message);
        return value;
      };
      const format = options.format ?? "a";
      if (!/^[kmgtKMGTaA]/.test(format)) throw new ParameterError("bad format specifier (valid formats are in the set [kmgtKMGT])");
      const port = options.port === undefined ? 5201 : number(options.port, 65_535, "port number must be between 1 and 65535 inclusive", 1);
      const clientPort = options.clientPort === undefined ? 0 : number(options.clientPort, 65_535, "port number must be between 1 and 65535 inclusive", 1);
      const interval = options.interval === undefined ? 1 : Number.parseFloat(options.interval) || 0;
      if (interval !== 0 && (interval < 0.1 || interval > 60)) throw new ParameterError("invalid report interval (min = 0.1, max = 60 seconds)");
      const seconds = number(options.time, 86_400, "test duration too long (maximum = 86400 seconds)");
      const parallel = options.parallel === undefined ? 1 : number(options.parallel, 128, "number of parallel streams too large (maximum = 128)");
      const omit = number(options.omit, 60, "bogus value for --omit");
      const length = options.length === undefined ? 0 : scaled(options.length, false);
      if (options.reverse && options.bidirectional) throw new ParameterError("cannot be both reverse and bidirectional");
      if (options.server && options.client !== undefined) throw new ParameterError("cannot be both server and client");
      if (options.server && has(CLIENT_KEYS)) throw new ParameterError(clientOnly);
      if (options.client !== undefined && has(SERVER_KEYS)) throw new ParameterError(serverOnly);
      if (length > (options.udp ? 65_507 : 1_048_576)) throw new ParameterError(options.udp ? "block size invalid (minimum = 16 bytes, maximum = 65507 bytes)" : "block size too large (maximum = 1048576 bytes)");
      if (options.udp && options.length !== undefined && length < 16) throw new ParameterError("block size invalid (minimum = 16 bytes, maximum = 65507 bytes)");
      const bytes = options.bytes === undefined ? 0 : scaled(options.bytes, false);
      const blocks = options.blocks === undefined ? 0 : scaled(options.blocks, false);
      if (Number(options.time !== undefined) + Number(bytes > 0) + Number(blocks > 0) > 1) throw new ParameterError("only one test end condition (-t, -n, -k) may be specified");
      if (!options.server && options.client === undefined) throw new ParameterError("must either be a client (-c) or server (-s)");

      if (options.pidFile !== undefined && !options.daemon) yield* writeWhole(sys, options.pidFile, `${sys.getpid()}`);
      if (options.logFile !== undefined && !options.daemon) logFd = yield* sys.open(options.logFile, O.WRONLY | O.CREAT | O.APPEND, 0o666);
      const family = options.four ? "inet" : options.six ? "inet6" : undefined;
      if (options.client === undefined) {
        title = "";
        const settings = { port, family, bind: options.bind, oneOff: options.oneOff, intervalSeconds: interval, format, say: show, flush, complain } as const;
        if (options.daemon) {
          // daemon(3): names of files are those of the root directory from here on
          sys.fork(function* (own) {
            own.setsid();
            own.chdir("/");
            const none = yield* own.open("/dev/null", O.RDWR);
            const log = options.logFile === undefined ? none : yield* own.open(options.logFile, O.WRONLY | O.CREAT | O.APPEND, 0o666);
            for (const fd of [0, 1, 2]) own.dup2(none, fd);
            if (options.pidFile !== undefined) yield* writeWhole(own, options.pidFile, `${own.getpid()}`);
            catchEnds(own);
            let pending = "";
            const keep = function* (output: string): Blocking<void> {
              pending += output;
              if (options.flush) yield* written();
            };
            const written = function* (): Blocking<void> {
              const output = pending;
              pending = "";
              if (output !== "") yield* own.write(log, encode(output));
            };
            return yield* ended(written, runServer(own, { ...settings, say: keep, flush: written, complain: keep }));
          });
          return 0;
        }
        catchEnds(sys);
        return yield* ended(flush, runServer(sys, settings));
      }
      catchEnds(sys);
      return yield* ended(flush, runClient(sys, {
        host: options.client.replace(/%.*$/, ""), port, family, bind: options.bind, clientPort, connectTimeoutUs: whole(options.connectTimeout ?? "0") * 1000, intervalSeconds: interval, format, say: show,
        test: {
          udp: options.udp, seconds: bytes > 0 || blocks > 0 ? 0 : options.time === undefined ? 10 : seconds, bytes, blocks, omitSeconds: omit, parallel: Math.max(1, parallel), reverse: options.reverse, bidirectional: options.bidirectional, length,
          bitrate: options.bitrate === undefined ? (options.udp ? 1_048_576 : 0) : scaled(options.bitrate.replace(/\/.*$/, ""), true),
        },
      }));
    } catch (error) {
      if (error instanceof TestError) {
        yield* complain(`iperf3: error - ${error.message}\n`);
        return 1;
      }
      if (!(error instanceof ParameterError)) throw error;
      yield* complain(`iperf3: parameter error - ${error.message}\n\n`);
      io.usage();
    }
  },
});

function* ended(flush: () => Blocking<void>, body: Blocking<number>): Blocking<number> {
  try {
    return yield* body;
  } finally {
    yield* flush();
  }
}

function catchEnds(sys: Sys): void {
  for (const signal of [SIGNALS.INT, SIGNALS.TERM, SIGNALS.HUP]) sys.sigaction(signal, "catch");
  sys.sigaction(SIGNALS.PIPE, "ignore");
}

function* writeWhole(sys: Sys, path: string, content: string): Blocking<void> {
  const fd = yield* sys.open(path, O.WRONLY | O.CREAT | O.TRUNC, 0o600);
  yield* sys.write(fd, encode(`${content}\0`));
  sys.close(fd);
}
