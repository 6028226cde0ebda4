// iperf3 -s: one test after the other; who comes in between is told that the server is busy.

import { type Blocking, encode, POLL, type Sys, SysError } from "../../kernel/sys.ts";
import { DASHES, summary } from "./_report.ts";
import { run } from "./_run.ts";
import { hostOf, newStream, type Parameters, parametersFrom, portOf, readExactly, readJson, readState, resultsOf, sendJson, sendState, STATE, type Stream, TestError } from "./_test.ts";

export interface ServerSettings {
  readonly port: number;
  readonly family: "inet" | "inet6" | undefined;
  readonly bind: string | undefined;
  readonly oneOff: boolean;
  readonly intervalSeconds: number;
  readonly format: string;
  readonly say: (text: string) => Blocking<void>;
  readonly flush: () => Blocking<void>;
  readonly complain: (text: string) => Blocking<void>;
}

class Interrupted extends Error {}

function listenOn(sys: Sys, type: "stream" | "dgram", { port, family, bind }: ServerSettings): number {
  const address = bind ?? (family === "inet" ? "0.0.0.0" : "::");
  const kind = address.includes(":") ? "inet6" : "inet";
  const fd = sys.socket(kind, type);
  sys.setsockopt(fd, "reuseaddr", 1);
  try {
    sys.bind(fd, { family: kind, address, port });
    if (type === "stream") sys.listen(fd, 5);
    return fd;
  } catch (error) {
    sys.close(fd);
    throw error;
  }
}

function shownId(index: number, udp: boolean): number {
  if (udp) return index === 0 ? 5 : index === 1 ? 6 : 3 * (index + 1);
  return index < 3 ? 5 + 3 * index : 7 + 2 * index;
}

/** Another client, while a test is on. */
function* turnAway(sys: Sys, listener: number): Blocking<void> {
  const other = yield* sys.accept(listener);
  yield* sendState(sys, other.fd, STATE.accessDenied);
  sys.close(other.fd);
}

function* acceptStreams(sys: Sys, settings: ServerSettings, test: Parameters, listener: number, cookie: Uint8Array, control: number): Blocking<readonly Stream[]> {
  const streams: Stream[] = [];
  const count = test.parallel * (test.bidirectional ? 2 : 1);
  let waiting = test.udp ? listenOn(sys, "dgram", settings) : -1;
  yield* sendState(sys, control, STATE.createStreams);
  while (streams.length < count) {
    const ready = yield* sys.poll([{ fd: test.udp ? waiting : listener, events: POLL.IN }, { fd: control, events: POLL.IN }], null);
    if (ready.some(({ fd }) => fd === control)) throw new TestError("the client has unexpectedly closed the connection");
    let fd: number;
    if (test.udp) {
      const { from } = yield* sys.recvfrom(waiting, 4);
      if (from === undefined) continue;
      fd = waiting;
      yield* sys.connect(fd, from);
      if (streams.length + 1 < count) waiting = listenOn(sys, "dgram", settings);
      yield* sys.write(fd, encode("9876"));
    } else {
      fd = (yield* sys.accept(listener)).fd;
      const given = yield* readExactly(sys, fd, cookie.length);
      if (given === undefined || given.some((byte, index) => byte !== cookie[index])) {
        if (given !== undefined) yield* sendState(sys, fd, STATE.accessDenied);
        sys.close(fd);
        continue;
      }
    }
    const index = streams.length;
    const stream = newStream(fd, shownId(index, test.udp), test.bidirectional ? index >= test.parallel : test.reverse, sys.getsockname(fd), sys.getpeername(fd));
    streams.push(stream);
    yield* settings.say(`[${String(stream.id).padStart(3)}] local ${hostOf(stream.local)} port ${portOf(stream.local)} connected to ${hostOf(stream.peer)} port ${portOf(stream.peer)}\n`);
  }
  return streams;
}

function* serveTest(sys: Sys, settings: ServerSettings, listener: number): Blocking<void> {
  const { say } = settings;
  const { fd: control, peer } = yield* sys.accept(listener);
  try {
    const cookie = yield* readExactly(sys, control, 37);
    if (cookie === undefined) throw new TestError("unable to receive cookie at server: Bad file descriptor");
    yield* say(`Accepted connection from ${hostOf(peer)}, port ${portOf(peer)}\n`);
    yield* sendState(sys, control, STATE.paramExchange);
    const wishes = yield* readJson(sys, control);
    if (wishes === undefined) throw new TestError("unable to receive parameters from client: Bad file descriptor");
    const test = parametersFrom(wishes);
    const streams = yield* acceptStreams(sys, settings, test, listener, cookie, control);
    yield* sendState(sys, control, STATE.testStart);
    yield* sendState(sys, control, STATE.testRunning);
    // those who come meanwhile are answered by a child, which the test does not wait for
    const porter = sys.fork(function* (own) {
      for (;;) yield* turnAway(own, listener);
    });
    const { ending, seconds } = yield* run(sys, { test, side: "S", streams, control, intervalSeconds: settings.intervalSeconds, format: settings.format, say });
    sys.kill(porter, 9);
    yield* sys.waitpid(porter);
    const state = ending === "interrupted" ? undefined : yield* readState(sys, control);
    const shape = { test, format: settings.format, side: "S" } as const;
    if (state === STATE.testEnd) {
      yield* sendState(sys, control, STATE.exchangeResults);
      yield* readJson(sys, control);
      yield* sendJson(sys, control, resultsOf(streams, seconds));
      yield* sendState(sys, control, STATE.displayResults);
    }
    for (const { fd } of streams) sys.close(fd);
    yield* say(summary(shape, streams, seconds, undefined));
    if (ending === "interrupted") {
      yield* sendState(sys, control, STATE.serverTerminate);
      throw new Interrupted();
    }
    if (state === STATE.testEnd) yield* readState(sys, control);
    else yield* settings.complain(state === STATE.clientTerminate ? "iperf3: the client has terminated\n" : "iperf3: error - control socket has closed unexpectedly\n");
  } finally {
    sys.close(control);
  }
}

/** Throws TestError when it cannot listen. Returns the exit status. */
export function* runServer(sys: Sys, settings: ServerSettings): Blocking<number> {
  for (let number = 1; ; number++) {
    let listener: number;
    try {
      listener = listenOn(sys, "stream", settings);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* settings.complain(`iperf3: error - unable to start listener for connections: ${error.message}\niperf3: exiting\n`);
      return 1;
    }
    yield* settings.say(`${DASHES}Server listening on ${settings.port} (test #${number})\n${DASHES}`);
    try {
      yield* serveTest(sys, settings, listener);
    } catch (error) {
      if (error instanceof Interrupted || (error instanceof SysError && error.errno === "EINTR")) {
        yield* settings.complain("iperf3: interrupt - the server has terminated\n");
        return 1;
      }
      if (!(error instanceof TestError) && !(error instanceof SysError)) throw error;
      yield* settings.complain(`iperf3: error - ${error.message}\n`);
    }
    yield* settings.flush();
    sys.close(listener);
    if (settings.oneOff) return 0;
  }
}
