// A question to a server and its answer: over UDP, or over TCP with a length before each message (RFC 1035 4.2).
import { type Blocking, type Sys, SysError, concatBytes } from "../../../kernel/sys.ts";
import { type DnsMessage, decodeMessage, encodeMessage } from "./message.ts";

export interface Exchange {
  readonly address: string;
  readonly port: number;
  readonly tcp: boolean;
  readonly timeoutUs: number;
  /** how often it is asked over UDP before it counts as silent */
  readonly attempts: number;
  /** the address of ours that the question leaves from */
  readonly from?: string;
}

export interface Received {
  readonly message: DnsMessage;
  readonly sizeBytes: number;
  readonly tookUs: number;
}

export type Failure = "timed out" | "connection refused" | "network unreachable" | "host unreachable" | "address not available" | "permission denied";

const FAILURES: ReadonlyMap<string, Failure> = new Map([["ECONNREFUSED", "connection refused"], ["ENETUNREACH", "network unreachable"], ["EHOSTUNREACH", "host unreachable"], ["EADDRNOTAVAIL", "address not available"], ["EACCES", "permission denied"], ["EPERM", "permission denied"]]);
export const failureOf = (error: SysError): Failure => FAILURES.get(error.errno) ?? "timed out";

export const withLength = (message: Uint8Array): Uint8Array => concatBytes([Uint8Array.of(message.length >> 8, message.length & 255), message]);

/** One message from a stream; undefined at its end. `rest` holds what was read beyond it. */
export function* readMessage(sys: Sys, fd: number, rest: { bytes: Uint8Array }): Blocking<Uint8Array | undefined> {
  for (;;) {
    const length = ((rest.bytes[0] ?? 0) << 8) | (rest.bytes[1] ?? 0);
    if (rest.bytes.length >= 2 && rest.bytes.length >= 2 + length) {
      const message = rest.bytes.slice(2, 2 + length);
      rest.bytes = rest.bytes.slice(2 + length);
      return message;
    }
    const bytes = yield* sys.read(fd, 65_536);
    if (bytes.length === 0) return undefined;
    rest.bytes = concatBytes([rest.bytes, bytes]);
  }
}

const familyOf = (address: string): "inet" | "inet6" => (address.includes(":") ? "inet6" : "inet");

/** The answer, or a failure for each attempt. */
export function* exchange(sys: Sys, query: DnsMessage, how: Exchange): Blocking<Received | { readonly failures: readonly Failure[] }> {
  const failures: Failure[] = [];
  const bytes = encodeMessage(query);
  for (let attempt = 0; attempt < how.attempts; attempt++) {
    const started = sys.clockUs("monotonic");
    const fd = sys.socket(familyOf(how.address), how.tcp ? "stream" : "dgram");
    try {
      if (how.from !== undefined) sys.bind(fd, { family: familyOf(how.from), address: how.from, port: 0 });
      yield* sys.connect(fd, { family: familyOf(how.address), address: how.address, port: how.port });
      if (how.tcp) yield* sys.write(fd, withLength(bytes));
      else yield* sys.sendto(fd, bytes);
      const ready = yield* sys.poll([{ fd, events: 1 }], how.timeoutUs);
      if (ready.length === 0) {
        failures.push("timed out");
        continue;
      }
      const packet = how.tcp ? yield* readMessage(sys, fd, { bytes: new Uint8Array() }) : (yield* sys.recvfrom(fd, 65_535)).bytes;
      const message = packet && decodeMessage(packet);
      if (packet !== undefined && message?.id === query.id) return { message, sizeBytes: packet.length, tookUs: sys.clockUs("monotonic") - started };
      failures.push("timed out");
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      failures.push(failureOf(error));
    } finally {
      sys.close(fd);
    }
  }
  return { failures };
}
