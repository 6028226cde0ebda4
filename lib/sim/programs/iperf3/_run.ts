// The running of a test, the same on both sides: what the streams carry, and the report of each interval.

import { type Blocking, O, POLL, type PollRequest, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { intervalHead, intervalLines, SHORT_DASHES } from "./_report.ts";
import type { Parameters, Stream } from "./_test.ts";

/** What a TCP of the machine holds for who has not read yet: all that may be on the way. */
const WINDOW_BYTES = 131_072;

export interface Running {
  readonly test: Parameters;
  readonly side: "C" | "S";
  readonly streams: readonly Stream[];
  readonly control: number;
  readonly intervalSeconds: number;
  readonly format: string;
  readonly say: (text: string) => Blocking<void>;
}

export type Ending = "done" | "control" | "interrupted";

/** Segments that the machine has sent again. */
function* retransmitted(sys: Sys): Blocking<number> {
  const [names = "", values = ""] = ((yield* readTextFile(sys, "/proc/net/snmp")) ?? "").split("\n").filter((line) => line.startsWith("Tcp:"));
  return Number(values.split(" ")[names.split(" ").indexOf("RetransSegs")] ?? 0);
}

function receiveDatagram(stream: Stream, bytes: Uint8Array, nowUs: number): void {
  stream.totalBytes += bytes.length;
  stream.intervalBytes += bytes.length;
  if (bytes.length < 12) return;
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const sentUs = view.getUint32(0) * 1e6 + view.getUint32(4);
  const number = view.getUint32(8);
  if (number > stream.totalPackets) {
    const missing = number - stream.totalPackets - 1;
    stream.lost += missing;
    stream.intervalLost += missing;
    stream.intervalPackets += number - stream.totalPackets;
    stream.totalPackets = number;
  } else if (stream.lost > 0) stream.lost--;
  // RFC 1889, A.8
  const transitUs = nowUs - sentUs;
  if (stream.lastTransitUs !== undefined) stream.jitterSeconds += (Math.abs(transitUs - stream.lastTransitUs) / 1e6 - stream.jitterSeconds) / 16;
  stream.lastTransitUs = transitUs;
}

/** Ends with the time or the amount of a client's test, when something comes on the control channel, or with a signal. Returns the seconds it took, too. */
export function* run(sys: Sys, { test, side, streams, control, intervalSeconds, format, say }: Running): Blocking<{ readonly ending: Ending; readonly seconds: number }> {
  const block = sys.random(Math.min(test.length, 4096));
  const payload = new Uint8Array(test.length);
  for (let at = 0; at < payload.length; at += block.length) payload.set(block.subarray(0, payload.length - at), at);
  for (const { fd } of streams) sys.setStatusFlags(fd, O.NONBLOCK);
  const beganUs = sys.clockUs("monotonic");
  let startUs = beganUs;
  let omitting = test.omitSeconds > 0;
  let intervalUs = startUs;
  let blocks = 0;
  let reports = 0;
  let resent = yield* retransmitted(sys);
  const shape = { test, format, side };
  const report = function* (): Blocking<void> {
    const nowUs = sys.clockUs("monotonic");
    const again = yield* retransmitted(sys);
    const first = streams.find(({ sends }) => sends);
    if (first !== undefined) {
      first.intervalRetransmits = again - resent;
      first.retransmits += again - resent;
    }
    resent = again;
    const several = streams.filter(({ sends }) => sends).length > 1 || streams.filter(({ sends }) => !sends).length > 1;
    if (reports === 0) yield* say(intervalHead(shape, streams[0]?.sends ?? false));
    else if (several) yield* say(SHORT_DASHES);
    yield* say(intervalLines(shape, streams, (intervalUs - startUs) / 1e6, (nowUs - startUs) / 1e6, omitting, WINDOW_BYTES));
    reports++;
    intervalUs = nowUs;
    for (const stream of streams) {
      stream.intervalBytes = 0;
      stream.intervalPackets = 0;
      stream.intervalLost = 0;
      stream.intervalRetransmits = 0;
    }
  };
  const stepUs = intervalSeconds > 0 ? intervalSeconds * 1e6 : Number.POSITIVE_INFINITY;
  let ending: Ending = "done";
  for (;;) {
    const nowUs = sys.clockUs("monotonic");
    if (omitting && nowUs >= beganUs + test.omitSeconds * 1e6) {
      if (stepUs !== Number.POSITIVE_INFINITY) yield* report();
      omitting = false;
      startUs = nowUs;
      intervalUs = nowUs;
      blocks = 0;
      for (const stream of streams) {
        stream.totalBytes = 0;
        stream.retransmits = 0;
        if (stream.sends) stream.totalPackets = 0;
      }
    }
    if (sys.takeSignals().length > 0) {
      ending = "interrupted";
      break;
    }
    const sum = streams.reduce((total, one) => total + (one.sends === !test.reverse || test.bidirectional ? one.totalBytes : 0), 0);
    const endUs = test.bytes > 0 || test.blocks > 0 || test.seconds === 0 ? Number.POSITIVE_INFINITY : startUs + test.seconds * 1e6;
    if (side === "C" && !omitting && (nowUs >= endUs || (test.bytes > 0 && (test.reverse ? streams.reduce((total, one) => total + one.totalBytes, 0) : sum) >= test.bytes) || (test.blocks > 0 && blocks >= test.blocks))) break;
    // a report of the last whole interval is left to the end
    if (nowUs - intervalUs >= stepUs && nowUs < endUs) yield* report();
    let wakeUs = Math.min(intervalUs + stepUs, side === "C" ? endUs : Number.POSITIVE_INFINITY, omitting ? beganUs + test.omitSeconds * 1e6 : Number.POSITIVE_INFINITY);
    const requests: PollRequest[] = [{ fd: control, events: POLL.IN }];
    for (const stream of streams) {
      if (!stream.sends) requests.push({ fd: stream.fd, events: POLL.IN });
      else if (test.bitrate > 0 && (stream.totalBytes * 8) / test.bitrate > (nowUs - startUs) / 1e6) wakeUs = Math.min(wakeUs, startUs + ((stream.totalBytes * 8) / test.bitrate) * 1e6);
      else requests.push({ fd: stream.fd, events: POLL.OUT });
    }
    let ready: readonly { readonly fd: number }[];
    try {
      ready = yield* sys.poll(requests, wakeUs === Number.POSITIVE_INFINITY ? null : Math.max(0, wakeUs - sys.clockUs("monotonic")));
    } catch (error) {
      if (!(error instanceof SysError) || error.errno !== "EINTR") throw error;
      continue;
    }
    if (ready.some(({ fd }) => fd === control)) {
      ending = "control";
      break;
    }
    // each stream is first in its turn
    for (const { fd } of blocks % 2 === 0 ? ready : ready.toReversed()) {
      const stream = streams.find((one) => one.fd === fd);
      if (stream === undefined) continue;
      try {
        if (!stream.sends) {
          const bytes = yield* sys.read(fd, test.udp ? 65_536 : Math.max(test.length, WINDOW_BYTES));
          if (test.udp) receiveDatagram(stream, bytes, sys.clockUs("realtime"));
          else if (bytes.length === 0) {
            ending = "control";
          } else {
            stream.totalBytes += bytes.length;
            stream.intervalBytes += bytes.length;
          }
        } else {
          if (test.udp) {
            const us = sys.clockUs("realtime");
            const view = new DataView(payload.buffer);
            view.setUint32(0, Math.floor(us / 1e6));
            view.setUint32(4, us % 1e6);
            view.setUint32(8, stream.totalPackets + 1);
          }
          const written = yield* sys.write(fd, test.udp ? payload.slice() : payload);
          stream.totalBytes += written;
          stream.intervalBytes += written;
          stream.totalPackets++;
          stream.intervalPackets++;
          blocks++;
        }
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        if (error.errno === "ECONNRESET" || error.errno === "EPIPE" || error.errno === "ECONNREFUSED") ending = "control";
        else if (error.errno !== "EAGAIN" && error.errno !== "EINTR") throw error;
      }
    }
    if (ending === "control") break;
    if (sys.charge(20 * ready.length)) yield* sys.preempt();
  }
  const seconds = (sys.clockUs("monotonic") - startUs) / 1e6;
  if (streams.some(({ intervalBytes }) => intervalBytes > 0) || seconds - (intervalUs - startUs) / 1e6 >= intervalSeconds * 0.1) yield* report();
  return { ending, seconds };
}
