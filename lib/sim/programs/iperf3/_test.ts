// A test as both sides know it, and the channel on which they agree about it (iperf3's own protocol: states of one byte, JSON behind its length).

import { type Blocking, encode, decode, type SocketAddress, type Sys, SysError } from "../../kernel/sys.ts";
import { writeAll } from "../kit/http-message.ts";

export const STATE = { testStart: 1, testRunning: 2, testEnd: 4, paramExchange: 9, createStreams: 10, serverTerminate: 11, clientTerminate: 12, exchangeResults: 13, displayResults: 14, done: 16, accessDenied: 255 } as const;

/** The client's wishes, which the server is told. */
export interface Parameters {
  readonly udp: boolean;
  readonly seconds: number;
  readonly bytes: number;
  readonly blocks: number;
  readonly omitSeconds: number;
  readonly parallel: number;
  readonly reverse: boolean;
  readonly bidirectional: boolean;
  readonly length: number;
  /** bits a second of each stream; 0: no limit */
  readonly bitrate: number;
}

export interface Stream {
  readonly fd: number;
  /** As it is shown. */
  readonly id: number;
  readonly sends: boolean;
  readonly local: SocketAddress;
  readonly peer: SocketAddress;
  totalBytes: number;
  intervalBytes: number;
  totalPackets: number;
  intervalPackets: number;
  lost: number;
  intervalLost: number;
  jitterSeconds: number;
  lastTransitUs: number | undefined;
  retransmits: number;
  intervalRetransmits: number;
}

export const newStream = (fd: number, id: number, sends: boolean, local: SocketAddress, peer: SocketAddress): Stream =>
  ({ fd, id, sends, local, peer, totalBytes: 0, intervalBytes: 0, totalPackets: 0, intervalPackets: 0, lost: 0, intervalLost: 0, jitterSeconds: 0, lastTransitUs: undefined, retransmits: 0, intervalRetransmits: 0 });

/** What the other side measured of a stream. */
export interface StreamResult {
  readonly bytes: number;
  readonly retransmits: number;
  readonly jitter: number;
  readonly errors: number;
  readonly packets: number;
  readonly seconds: number;
}

/** Ends the test with "iperf3: error - …". */
export class TestError extends Error {}

export const hostOf = (address: SocketAddress): string => (address.family === "unix" ? "" : address.address.replace(/^::ffff:/, ""));
export const portOf = (address: SocketAddress): number => (address.family === "unix" ? 0 : address.port);

/** Undefined when the other side has closed. */
export function* readExactly(sys: Sys, fd: number, length: number): Blocking<Uint8Array | undefined> {
  const whole = new Uint8Array(length);
  for (let at = 0; at < length; ) {
    let part: Uint8Array;
    try {
      part = yield* sys.read(fd, length - at);
    } catch (error) {
      if (!(error instanceof SysError) || error.errno !== "ECONNRESET") throw error;
      return undefined;
    }
    if (part.length === 0) return undefined;
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export function* sendState(sys: Sys, fd: number, state: number): Blocking<void> {
  yield* writeAll(sys, fd, Uint8Array.of(state));
}

export function* readState(sys: Sys, fd: number): Blocking<number | undefined> {
  return (yield* readExactly(sys, fd, 1))?.[0];
}

export function* sendJson(sys: Sys, fd: number, value: unknown): Blocking<void> {
  const text = encode(JSON.stringify(value));
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, text.length);
  yield* writeAll(sys, fd, length);
  yield* writeAll(sys, fd, text);
}

export function* readJson(sys: Sys, fd: number): Blocking<unknown> {
  const head = yield* readExactly(sys, fd, 4);
  if (head === undefined) return undefined;
  const text = yield* readExactly(sys, fd, new DataView(head.buffer).getUint32(0));
  if (text === undefined) return undefined;
  try {
    return JSON.parse(decode(text));
  } catch {
    return undefined;
  }
}

export function numberOf(value: unknown, key: string): number {
  const found = typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
  return typeof found === "number" ? found : found === true ? 1 : 0;
}

export function parametersFrom(value: unknown): Parameters {
  return {
    udp: numberOf(value, "udp") === 1, seconds: numberOf(value, "time"), bytes: numberOf(value, "num"), blocks: numberOf(value, "blockcount"), omitSeconds: numberOf(value, "omit"), parallel: Math.max(1, numberOf(value, "parallel")),
    reverse: numberOf(value, "reverse") === 1, bidirectional: numberOf(value, "bidirectional") === 1, length: Math.max(16, numberOf(value, "len")), bitrate: numberOf(value, "bandwidth"),
  };
}

export function parametersFor(test: Parameters): unknown {
  return {
    ...(test.udp ? { udp: true } : { tcp: true }), omit: test.omitSeconds, ...(test.seconds > 0 && { time: test.seconds }), num: test.bytes, blockcount: test.blocks, parallel: test.parallel, ...(test.reverse && { reverse: true }),
    ...(test.bidirectional && { bidirectional: true }), len: test.length, ...(test.bitrate > 0 && { bandwidth: test.bitrate }), pacing_timer: 1000, client_version: "3.12",
  };
}

export function resultsOf(streams: readonly Stream[], seconds: number): unknown {
  return {
    cpu_util_total: 0, cpu_util_user: 0, cpu_util_system: 0, sender_has_retransmits: streams.some(({ sends }) => sends) ? 1 : 0,
    streams: streams.map((one, index) => ({ id: index + 1, bytes: one.totalBytes, retransmits: one.sends ? one.retransmits : -1, jitter: one.jitterSeconds, errors: one.lost, packets: one.totalPackets, start_time: 0, end_time: seconds })),
  };
}

export function resultsFrom(value: unknown): readonly StreamResult[] {
  const streams: unknown = typeof value === "object" && value !== null ? Reflect.get(value, "streams") : undefined;
  if (!Array.isArray(streams)) return [];
  return streams.map((one: unknown) => ({ bytes: numberOf(one, "bytes"), retransmits: numberOf(one, "retransmits"), jitter: numberOf(one, "jitter"), errors: numberOf(one, "errors"), packets: numberOf(one, "packets"), seconds: numberOf(one, "end_time") }));
}
