// iperf3 -c.

import { lookUpHost, ResolveError } from "../../daemons/resolver/api.ts";
import { type Blocking, encode, type SocketAddress, type Sys, SysError } from "../../kernel/sys.ts";
import { summary } from "./_report.ts";
import { run } from "./_run.ts";
import { hostOf, newStream, type Parameters, parametersFor, portOf, readJson, readState, resultsFrom, resultsOf, sendJson, sendState, STATE, type Stream, type StreamResult, TestError } from "./_test.ts";

export interface ClientSettings {
  readonly host: string;
  readonly port: number;
  readonly family: "inet" | "inet6" | undefined;
  readonly bind: string | undefined;
  readonly clientPort: number;
  readonly connectTimeoutUs: number;
  /** length 0: what suits the connection */
  readonly test: Parameters;
  readonly intervalSeconds: number;
  readonly format: string;
  readonly say: (text: string) => Blocking<void>;
}

const inetAddress = (address: string, port: number): SocketAddress => ({ family: address.includes(":") ? "inet6" : "inet", address, port });

function* addressesOf(sys: Sys, { host, family }: ClientSettings): Blocking<readonly string[]> {
  if (/^\d+(?:\.\d+){3}$/.test(host) || host.includes(":")) return [host];
  try {
    const all = host === "localhost" ? ["127.0.0.1", "::1"] : yield* lookUpHost(sys, host);
    const found = all.filter((one) => family === undefined || (family === "inet6") === one.includes(":"));
    if (found.length > 0) return found;
    throw new TestError("unable to connect to server: Name or service not known");
  } catch (error) {
    if (error instanceof ResolveError) throw new TestError(`unable to connect to server: ${error.message}`);
    throw error;
  }
}

function* connect(sys: Sys, type: "stream" | "dgram", target: SocketAddress, { bind, clientPort, connectTimeoutUs }: ClientSettings, port: number): Blocking<number> {
  const fd = sys.socket(target.family, type);
  try {
    if (bind !== undefined || clientPort > 0) {
      sys.setsockopt(fd, "reuseaddr", 1);
      sys.bind(fd, inetAddress(bind ?? (target.family === "inet6" ? "::" : "0.0.0.0"), port));
    }
    if (connectTimeoutUs > 0) sys.setsockopt(fd, "sndtimeo", connectTimeoutUs);
    yield* sys.connect(fd, target);
    return fd;
  } catch (error) {
    sys.close(fd);
    throw error;
  }
}

/** The first address that answers. */
function* connectControl(sys: Sys, settings: ClientSettings): Blocking<{ readonly control: number; readonly target: SocketAddress }> {
  let last: SysError | undefined;
  for (const address of yield* addressesOf(sys, settings)) {
    const target = inetAddress(address, settings.port);
    try {
      return { control: yield* connect(sys, "stream", target, settings, 0), target };
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      last = error;
    }
  }
  throw new TestError(`unable to connect to server: ${last?.errno === "EINPROGRESS" || last?.errno === "EAGAIN" ? "Connection timed out" : last?.message ?? "Connection refused"}`);
}

const cookieLetters = "abcdefghijklmnopqrstuvwxyz234567";

function* openStreams(sys: Sys, settings: ClientSettings, test: Parameters, target: SocketAddress, cookie: Uint8Array): Blocking<Stream[]> {
  const streams: Stream[] = [];
  const count = test.parallel * (test.bidirectional ? 2 : 1);
  for (let index = 0; index < count; index++) {
    const fd = yield* connect(sys, test.udp ? "dgram" : "stream", target, settings, settings.clientPort === 0 ? 0 : settings.clientPort + index);
    yield* sys.write(fd, test.udp ? encode("6789") : cookie);
    if (test.udp) yield* sys.read(fd, 4);
    const stream = newStream(fd, index < 3 ? 5 + 2 * index : 6 + 2 * index, test.bidirectional ? index < test.parallel : !test.reverse, sys.getsockname(fd), sys.getpeername(fd));
    streams.push(stream);
    yield* settings.say(`[${String(stream.id).padStart(3)}] local ${hostOf(stream.local)} port ${portOf(stream.local)} connected to ${hostOf(stream.peer)} port ${portOf(stream.peer)}\n`);
  }
  return streams;
}

/** The largest block of UDP that needs no fragments. */
function datagramLength(sys: Sys, control: number): number {
  return hostOf(sys.getsockname(control)) === hostOf(sys.getpeername(control)) ? 32_768 : 1448;
}

/** Throws TestError. Returns the exit status. */
export function* runClient(sys: Sys, settings: ClientSettings): Blocking<number> {
  const { say, host, port } = settings;
  const { control, target } = yield* connectControl(sys, settings);
  const test: Parameters = settings.test.length > 0 ? settings.test : { ...settings.test, length: settings.test.udp ? datagramLength(sys, control) : 131_072 };
  const cookie = Uint8Array.from([...Array.from(sys.random(36), (byte) => cookieLetters.charCodeAt(byte % 32)), 0]);
  yield* sys.write(control, cookie);
  let streams: Stream[] = [];
  let seconds = 0;
  let results: readonly StreamResult[] | undefined;
  for (;;) {
    const state = yield* readState(sys, control);
    if (state === undefined) throw new TestError("control socket has closed unexpectedly");
    if (state === STATE.accessDenied) throw new TestError("the server is busy running a test. try again later");
    if (state === STATE.serverTerminate) throw new TestError("the server has terminated");
    if (state === STATE.paramExchange) {
      yield* sendJson(sys, control, parametersFor(test));
      yield* say(`Connecting to host ${host}, port ${port}\n`);
      if (test.reverse) yield* say(`Reverse mode, remote host ${host} is sending\n`);
    } else if (state === STATE.createStreams) streams = yield* openStreams(sys, settings, test, target, cookie);
    else if (state === STATE.testRunning) {
      const ended = yield* run(sys, { test, side: "C", streams, control, intervalSeconds: settings.intervalSeconds, format: settings.format, say });
      seconds = ended.seconds;
      if (ended.ending !== "done") {
        const last = ended.ending === "interrupted" ? STATE.clientTerminate : yield* readState(sys, control);
        if (ended.ending === "interrupted") yield* sendState(sys, control, STATE.clientTerminate);
        yield* say(summary({ test, format: settings.format, side: "C" }, streams, seconds, []));
        if (ended.ending === "interrupted") {
          yield* sys.write(2, encode("iperf3: interrupt - the client has terminated\n"));
          return 1;
        }
        throw new TestError(last === STATE.serverTerminate ? "the server has terminated" : "control socket has closed unexpectedly");
      }
      yield* sendState(sys, control, STATE.testEnd);
    } else if (state === STATE.exchangeResults) {
      yield* sendJson(sys, control, resultsOf(streams, seconds));
      results = resultsFrom(yield* readJson(sys, control));
    } else if (state === STATE.displayResults) {
      for (const { fd } of streams) sys.close(fd);
      yield* say(`${summary({ test, format: settings.format, side: "C" }, streams, seconds, results ?? [])}\niperf Done.\n`);
      yield* sendState(sys, control, STATE.done);
      sys.close(control);
      return 0;
    }
  }
}
