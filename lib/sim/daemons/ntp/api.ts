// NTP version 4 as clients and servers exchange it (RFC 5905, section 7.3): the packet, and one question to a server. Times are microseconds since
// the Unix epoch; 32 bits of fraction hold them exactly.

import { type Blocking, O, type Sys, SysError } from "../../kernel/sys.ts";

export const NTP_PORT = 123;

export interface NtpPacket {
  /** 0 normal, 1 and 2 a leap second comes, 3 not synchronised */
  readonly leap: number;
  readonly version: number;
  /** 3 client, 4 server */
  readonly mode: number;
  readonly stratum: number;
  /** log2 of seconds, as is `precision` */
  readonly poll: number;
  readonly precision: number;
  readonly rootDelaySeconds: number;
  readonly rootDispersionSeconds: number;
  /** four bytes as a number: an address, or letters for a clock */
  readonly referenceId: number;
  readonly referenceUs: number;
  readonly originUs: number;
  readonly receiveUs: number;
  readonly transmitUs: number;
}

/** Between 1900 and 1970. */
const ERA_SECONDS = 2_208_988_800;
const PACKET_BYTES = 48;

export function encodeNtp(packet: NtpPacket): Uint8Array {
  const bytes = new Uint8Array(PACKET_BYTES);
  const view = new DataView(bytes.buffer);
  const short = (at: number, seconds: number): void => view.setUint32(at, Math.min(0xffffffff, Math.round(seconds * 65_536)));
  const long = (at: number, us: number): void => {
    if (us === 0) return;
    view.setUint32(at, (Math.floor(us / 1e6) + ERA_SECONDS) >>> 0);
    view.setUint32(at + 4, Math.round(((us % 1e6) * 2 ** 32) / 1e6) >>> 0);
  };
  bytes[0] = (packet.leap << 6) | (packet.version << 3) | packet.mode;
  bytes[1] = packet.stratum;
  view.setInt8(2, packet.poll);
  view.setInt8(3, packet.precision);
  short(4, packet.rootDelaySeconds);
  short(8, packet.rootDispersionSeconds);
  view.setUint32(12, packet.referenceId >>> 0);
  long(16, packet.referenceUs);
  long(24, packet.originUs);
  long(32, packet.receiveUs);
  long(40, packet.transmitUs);
  return bytes;
}

export function decodeNtp(bytes: Uint8Array): NtpPacket | undefined {
  if (bytes.length < PACKET_BYTES) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const long = (at: number): number => {
    const seconds = view.getUint32(at);
    return seconds === 0 ? 0 : (seconds - ERA_SECONDS) * 1e6 + Math.round((view.getUint32(at + 4) * 1e6) / 2 ** 32);
  };
  const first = view.getUint8(0);
  return {
    leap: first >> 6, version: (first >> 3) & 7, mode: first & 7, stratum: view.getUint8(1), poll: view.getInt8(2), precision: view.getInt8(3),
    rootDelaySeconds: view.getUint32(4) / 65_536, rootDispersionSeconds: view.getUint32(8) / 65_536, referenceId: view.getUint32(12),
    referenceUs: long(16), originUs: long(24), receiveUs: long(32), transmitUs: long(40),
  };
}

export function ntpRequest(poll: number, nowUs: number): NtpPacket {
  return { leap: 0, version: 4, mode: 3, stratum: 0, poll, precision: 32, rootDelaySeconds: 0, rootDispersionSeconds: 0, referenceId: 0, referenceUs: 0, originUs: 0, receiveUs: 0, transmitUs: nowUs };
}

/** What one exchange tells: how far ahead the server is, and how long the way there and back took. */
export interface NtpMeasurement {
  readonly packet: NtpPacket;
  readonly localAddress: string;
  readonly offsetSeconds: number;
  readonly delaySeconds: number;
  readonly arrivedUs: number;
}

export function measure(packet: NtpPacket, sentUs: number, arrivedUs: number): { readonly offsetSeconds: number; readonly delaySeconds: number } {
  return {
    offsetSeconds: (packet.receiveUs - sentUs + packet.transmitUs - arrivedUs) / 2e6,
    delaySeconds: Math.max(0, arrivedUs - sentUs - (packet.transmitUs - packet.receiveUs)) / 1e6,
  };
}

/** Undefined when no valid answer comes in time. */
export function* askTime(sys: Sys, address: string, port: number, poll: number, timeoutUs: number): Blocking<NtpMeasurement | undefined> {
  const fd = sys.socket("inet", "dgram");
  try {
    sys.setStatusFlags(fd, sys.getStatusFlags(fd) | O.NONBLOCK);
    yield* sys.connect(fd, { family: "inet", address, port });
    const sentUs = sys.clockUs("realtime");
    const startUs = sys.clockUs("monotonic");
    yield* sys.sendto(fd, encodeNtp(ntpRequest(poll, sentUs)));
    const endUs = startUs + timeoutUs;
    for (;;) {
      const leftUs = endUs - sys.clockUs("monotonic");
      if (leftUs <= 0 || (yield* sys.poll([{ fd, events: 1 }], leftUs)).length === 0) return undefined;
      const { bytes } = yield* sys.recvfrom(fd, 512);
      // the clock may have been set meanwhile: this is the time of the one that was asked by
      const arrivedUs = sentUs + sys.clockUs("monotonic") - startUs;
      const packet = decodeNtp(bytes);
      if (packet === undefined || packet.mode !== 4 || packet.originUs !== sentUs) continue;
      const local = sys.getsockname(fd);
      return { packet, localAddress: local.family === "unix" ? "" : local.address, arrivedUs, ...measure(packet, sentUs, arrivedUs) };
    }
  } catch (error) {
    if (!(error instanceof SysError) || error.errno === "EINTR") throw error;
    return undefined;
  } finally {
    sys.close(fd);
  }
}
