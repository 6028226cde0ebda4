// The dialogue of ping: packets out in their time, answers and errors as lines, what was counted at the end (ping_common.c of iputils).

import { type Blocking, SIGNALS, type Sys, SysError } from "../../kernel/sys.ts";
import type { EchoAnswer, EchoProbe } from "../kit/echo-probe.ts";
import type { Io } from "../kit/gnu.ts";

export interface Session {
  readonly address: string;
  /** as the head and the end name the host */
  readonly shown: string;
  /** the user wrote an address */
  readonly literal: boolean;
  readonly six: boolean;
  readonly size: number;
  readonly count: number;
  readonly preload: number;
  readonly intervalUs: number;
  readonly waitUs: number | undefined;
  readonly deadlineUs: number | undefined;
  readonly quiet: boolean;
  readonly numeric: boolean;
  readonly audible: boolean;
  readonly flood: boolean;
  readonly adaptive: boolean;
  readonly outstanding: boolean;
  readonly timestamp: boolean;
  readonly verbose: boolean;
  /** packets of this size do not pass: the MTU that stands against it */
  readonly tooLong: number | undefined;
}

const UNREACHABLE = new Map([[0, "Destination Net Unreachable"], [1, "Destination Host Unreachable"], [2, "Destination Protocol Unreachable"], [3, "Destination Port Unreachable"], [9, "Destination Net Prohibited"], [10, "Destination Host Prohibited"], [13, "Packet filtered"]]);
/** RFC 4443: the codes of "destination unreachable", by those that carry the same sense in IPv4 */
const UNREACHABLE_6 = new Map([[0, "No route"], [1, "Address unreachable"], [3, "Port unreachable"], [9, "Administratively prohibited"], [10, "Administratively prohibited"], [13, "Administratively prohibited"]]);
/** a struct timeval: with less room a packet does not carry its time */
const TIMING_BYTES = 16;
const FLOOD_PAUSE_US = 10_000;
const LINGER_US = 10_000_000;

/** Round-trip times as ping shows them: three digits below 1 ms and 10 ms, fewer above. */
function millis(us: number): string {
  const ms = us / 1000;
  return ms >= 99.95 ? ms.toFixed(0) : ms >= 9.995 ? ms.toFixed(1) : ms >= 0.9995 ? ms.toFixed(2) : ms.toFixed(3);
}

const three = (us: number): string => (us / 1000).toFixed(3);

export function* runSession(sys: Sys, io: Io, probe: EchoProbe, session: Session): Blocking<number> {
  const { size, count, six } = session;
  const started = sys.clockUs("monotonic");
  const deadline = session.deadlineUs === undefined ? Number.POSITIVE_INFINITY : started + session.deadlineUs;
  const times: number[] = [];
  const answered = new Set<number>();
  let sent = 0, received = 0, errors = 0, duplicates = 0, pipe = 0, smoothUs = 0, lastEventUs = started;
  let interrupted = false;
  const timing = size >= TIMING_BYTES;

  function* note(answer: EchoAnswer): Blocking<void> {
    lastEventUs = sys.clockUs("monotonic");
    const stamp = session.timestamp ? `[${(sys.clockUs("realtime") / 1e6).toFixed(6)}] ` : "";
    answered.add(answer.sequence);
    pipe = Math.max(pipe, sent - answer.sequence + 1);
    if (answer.kind === "error") {
      errors++;
      if (session.flood && !session.quiet) io.out.put("\bE");
      else if (!session.quiet) {
        const what = answer.type === 11 ? (six ? "Time exceeded: Hop limit" : "Time to live exceeded")
          : six ? `Destination unreachable: ${UNREACHABLE_6.get(answer.code) ?? `Unknown code ${answer.code}`}` : (UNREACHABLE.get(answer.code) ?? `Dest Unreachable, Bad Code: ${answer.code}`);
        io.out.put(`${stamp}From ${answer.from} icmp_seq=${answer.sequence} ${what}\n`);
      }
      return;
    }
    received++;
    const took = lastEventUs - answer.sentUs;
    times.push(took);
    smoothUs = times.length === 1 ? took : smoothUs + (took - smoothUs) / 8;
    if (session.quiet) return;
    if (session.flood) {
      io.out.put("\b \b");
      return;
    }
    const from = session.numeric || session.literal || answer.from !== session.address ? answer.from : `${session.shown} (${answer.from})`;
    const identifier = session.verbose ? ` ident=${probe.identifier}` : "";
    io.out.put(`${stamp}${answer.bytes} bytes from ${from}: icmp_seq=${answer.sequence}${identifier} ttl=${answer.ttl}${timing ? ` time=${millis(took)} ms` : ""}${session.audible ? "\x07" : ""}\n`);
  }

  function* send(): Blocking<void> {
    if (session.outstanding && sent > 0 && !answered.has(sent) && !session.quiet) {
      io.out.put(`${session.timestamp ? `[${(sys.clockUs("realtime") / 1e6).toFixed(6)}] ` : ""}no answer yet for icmp_seq=${sent}\n`);
      yield* io.out.flush();
    }
    sent++;
    lastEventUs = sys.clockUs("monotonic");
    if (session.tooLong !== undefined) {
      yield* io.warn(`local error: message too long, mtu=${session.tooLong}`);
      errors++;
      return;
    }
    try {
      yield* probe.send(sent, size);
      if (session.flood && !session.quiet) io.out.put(".");
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* io.warn(`sendmsg: ${error.message}`);
    }
  }

  const done = (): boolean => interrupted || received + errors >= count || (session.deadlineUs !== undefined && errors > 0);
  while (!done()) {
    const start = sys.clockUs("monotonic");
    if (start >= deadline) break;
    const more = session.deadlineUs !== undefined || sent < count;
    if (more) for (let round = sent === 0 ? session.preload : 1; round > 0 && (session.deadlineUs !== undefined || sent < count); round--) yield* send();
    const last = session.deadlineUs === undefined && sent >= count;
    const linger = received > 0 && session.waitUs === undefined ? Math.max(session.intervalUs, 2 * Math.max(0, ...times)) : (session.waitUs ?? LINGER_US);
    const pause = session.intervalUs > 0 ? session.intervalUs : FLOOD_PAUSE_US;
    const until = Math.min(start + (last ? linger : pause), deadline);
    try {
      for (;;) {
        const answer = yield* probe.receive(until);
        if (!answer) break;
        if (answer.kind === "reply" && answered.has(answer.sequence)) duplicates++;
        yield* note(answer);
        if (done()) break;
        yield* io.out.flush();
        // without a pause the next one goes out as soon as the answer is here
        if (session.intervalUs === 0 && !last && answered.has(sent)) break;
      }
      yield* io.out.flush();
    } catch (error) {
      if (!(error instanceof SysError) || error.errno !== "EINTR") throw error;
      const signals = sys.takeSignals();
      if (signals.includes(SIGNALS.QUIT)) {
        const loss = sent === 0 ? 0 : Math.floor(((sent - received) * 100) / sent);
        const average = times.reduce((sum, time) => sum + time, 0) / Math.max(1, times.length);
        yield* io.stderr(`\r${received}/${sent} packets, ${loss}% loss${times.length > 0 ? `, min/avg/ewma/max = ${[Math.min(...times), average, smoothUs, Math.max(...times)].map(three).join("/")} ms` : ""}\n`);
      }
      if (signals.includes(SIGNALS.INT)) {
        interrupted = true;
        lastEventUs = sys.clockUs("monotonic");
      }
    }
    if (last && !done() && sys.clockUs("monotonic") >= until) break;
  }
  // what is there already is read before the end
  while (!interrupted && received + errors < sent) {
    const answer = yield* probe.receive(sys.clockUs("monotonic") + 200);
    if (!answer) break;
    yield* note(answer);
  }
  probe.close();
  const loss = sent === 0 ? 0 : ((sent - received) * 100) / sent;
  io.out.put(`\n--- ${session.shown} ping statistics ---\n${sent} packets transmitted, ${received} received,${duplicates > 0 ? ` +${duplicates} duplicates,` : ""}${errors > 0 ? ` +${errors} errors,` : ""} ${Number(loss.toPrecision(6))}% packet loss, time ${Math.floor((lastEventUs - started) / 1000)}ms\n`);
  const parts: string[] = [];
  if (times.length > 0 && timing) {
    const average = times.reduce((sum, time) => sum + time, 0) / times.length;
    const deviation = Math.sqrt(Math.max(0, times.reduce((sum, time) => sum + time * time, 0) / times.length - average * average));
    parts.push(`rtt min/avg/max/mdev = ${three(Math.min(...times))}/${three(average)}/${three(Math.max(...times))}/${three(deviation)} ms`);
  }
  if (pipe > 1) parts.push(`pipe ${pipe}`);
  if (received > 0 && (session.intervalUs === 0 || session.flood || session.adaptive) && sent > 1) parts.push(`ipg/ewma ${three((lastEventUs - started) / (sent - 1))}/${three(smoothUs)} ms`);
  io.out.put(`${parts.join(", ")}\n`);
  yield* io.out.flush();
  return received === 0 ? 1 : session.deadlineUs !== undefined && Number.isFinite(count) && received < count ? 1 : 0;
}
