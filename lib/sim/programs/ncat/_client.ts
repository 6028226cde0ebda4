// ncat as a client: connects, and carries standard input there and what comes to standard output.

import { type Blocking, POLL, type SocketAddress, type Sys, SysError } from "../../kernel/sys.ts";
import type { Io } from "../kit/gnu.ts";
import { writeAll } from "../kit/http-message.ts";
import { runOn } from "./_child.ts";
import { addressesOf, shownAddress } from "./_peers.ts";
import type { Setting } from "./_setting.ts";
import { type Copies, telnetAnswer, withCarriageReturns } from "./_traffic.ts";

function inetAddress(address: string, port: number): SocketAddress {
  return address.includes(":") ? { family: "inet6", address, port } : { family: "inet", address, port };
}

/** Throws SysError of the last address. */
function* connectFirst(sys: Sys, setting: Setting): Blocking<{ readonly fd: number; readonly peer: SocketAddress }> {
  const targets: SocketAddress[] = setting.unix ? [{ family: "unix", path: setting.host ?? "" }]
    : (yield* addressesOf(sys, setting.host ?? "", setting.family, setting.numeric)).map((address) => inetAddress(address, setting.port));
  let last = new SysError("ECONNREFUSED");
  for (const peer of targets) {
    const fd = sys.socket(peer.family, setting.udp ? "dgram" : "stream");
    try {
      if (peer.family !== "unix" && (setting.sourceAddress !== undefined || setting.sourcePort !== undefined)) {
        sys.setsockopt(fd, "reuseaddr", 1);
        sys.bind(fd, inetAddress(setting.sourceAddress ?? (peer.family === "inet6" ? "::" : "0.0.0.0"), setting.sourcePort ?? 0));
      }
      sys.setsockopt(fd, "sndtimeo", setting.connectTimeoutUs);
      yield* sys.connect(fd, peer);
      return { fd, peer };
    } catch (error) {
      sys.close(fd);
      if (!(error instanceof SysError)) throw error;
      last = error.errno === "EINPROGRESS" || error.errno === "EAGAIN" ? new SysError("ETIMEDOUT") : error;
    }
  }
  throw last;
}

export function* runClient(sys: Sys, io: Io, setting: Setting, copies: Copies): Blocking<number> {
  const startUs = sys.clockUs("monotonic");
  let connection: { readonly fd: number; readonly peer: SocketAddress };
  try {
    connection = yield* connectFirst(sys, setting);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    // A port that is only tried is told by the status.
    if (!setting.zero || setting.verbose) yield* io.stderr(`Ncat: ${error.errno === "ETIMEDOUT" ? "TIMEOUT" : error.message}.\n`);
    return 1;
  }
  const { fd, peer } = connection;
  if (setting.verbose) yield* io.stderr(`Ncat: Connected to ${shownAddress(peer)}.\n`);
  const counts = { sent: 0, received: 0 };
  let status = 0;
  if (setting.command) status = yield* runOn(sys, fd, setting, peer);
  else if (!setting.zero) {
    try {
      status = yield* carry(sys, io, fd, setting, copies, counts);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* io.stderr(`Ncat: ${error.message}.\n`);
      sys.close(fd);
      return 1;
    }
  }
  sys.close(fd);
  if (setting.verbose && status === 0) yield* io.stderr(`Ncat: ${counts.sent} bytes sent, ${counts.received} bytes received in ${((sys.clockUs("monotonic") - startUs) / 1e6).toFixed(2)} seconds.\n`);
  return status;
}

/** Until both sides have ended: what is typed goes out after the other side has said all. Throws SysError. */
function* carry(sys: Sys, io: Io, fd: number, setting: Setting, copies: Copies, counts: { sent: number; received: number }): Blocking<number> {
  let input = !setting.receiveOnly;
  let answers = true;
  let deadlineUs: number | undefined;
  for (;;) {
    const limit = deadlineUs === undefined ? (setting.idleTimeoutUs ?? null) : Math.max(0, deadlineUs - sys.clockUs("monotonic"));
    const ready = yield* sys.poll([...(answers ? [{ fd, events: POLL.IN }] : []), ...(input ? [{ fd: 0, events: POLL.IN }] : [])], limit);
    if (ready.length === 0) {
      if (deadlineUs !== undefined) return 0;
      yield* io.stderr(`Ncat: Idle timeout expired (${Math.round((setting.idleTimeoutUs ?? 0) / 1e3)} ms).\n`);
      return 1;
    }
    if (ready.some((one) => one.fd === fd)) {
      const bytes = yield* sys.read(fd, 65536);
      if (bytes.length === 0 && !setting.udp) {
        if (!input) return 0;
        answers = false;
        continue;
      }
      counts.received += bytes.length;
      if (setting.telnet) yield* writeAll(sys, fd, telnetAnswer(bytes));
      if (!setting.sendOnly) {
        yield* copies.note(bytes);
        yield* writeAll(sys, 1, bytes);
      }
    }
    if (!ready.some((one) => one.fd === 0)) continue;
    const given = yield* sys.read(0, 16384);
    if (given.length === 0) {
      input = false;
      if (setting.sendOnly || setting.udp || !answers) return 0;
      if (!setting.noShutdown) sys.shutdown(fd, "write");
      if (setting.quitUs !== undefined) deadlineUs = sys.clockUs("monotonic") + setting.quitUs;
      continue;
    }
    const bytes = setting.crlf ? withCarriageReturns(given) : given;
    yield* copies.note(bytes);
    yield* writeAll(sys, fd, bytes);
    counts.sent += bytes.length;
    if (setting.delayUs > 0) yield* sys.sleep(setting.delayUs);
  }
}
