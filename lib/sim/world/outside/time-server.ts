// The NTP servers of the outside: one in the LAN, four behind the names of pool.ntp.org. They tell the world's true time, each a little beside it, as clocks are.

import { decodeNtp, encodeNtp, NTP_PORT } from "../../daemons/ntp/api.ts";
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";

export interface TimeServer {
  readonly address: string;
  readonly stratum: number;
  /** whom it follows: an address, or letters for a clock */
  readonly reference: string;
  readonly rootDelaySeconds: number;
  readonly rootDispersionSeconds: number;
  /** how far its clock is ahead */
  readonly offsetUs: number;
}

/** The reference clock's last word: servers poll theirs every 64 seconds. */
const REFERENCE_PERIOD_US = 64_000_000;

const referenceNumber = (reference: string): number => (/^[\d.]+$/.test(reference) ? reference.split(".") : [...reference.padEnd(4, "\0")].map((letter) => letter.charCodeAt(0))).reduce<number>((sum, part) => (sum * 256 + Number(part)) >>> 0, 0);

export function* timeServer(sys: Sys, server: TimeServer): Blocking<number> {
  const fd = sys.socket("inet", "dgram");
  sys.bind(fd, { family: "inet", address: server.address, port: NTP_PORT });
  for (;;) {
    const { bytes, from } = yield* sys.recvfrom(fd, 512);
    const question = decodeNtp(bytes);
    if (question === undefined || question.mode !== 3 || from === undefined) continue;
    const receiveUs = sys.clockUs("realtime") + server.offsetUs;
    const referenceUs = Math.max(1, Math.floor(receiveUs / REFERENCE_PERIOD_US) * REFERENCE_PERIOD_US + (server.offsetUs & 0xfff));
    const age = (receiveUs - referenceUs) / 1e6;
    try {
      yield* sys.sendto(fd, encodeNtp({
        leap: 0, version: question.version, mode: 4, stratum: server.stratum, poll: question.poll, precision: -23, rootDelaySeconds: server.rootDelaySeconds,
        // a clock drifts by 15 ppm at most (RFC 5905, PHI)
        rootDispersionSeconds: server.rootDispersionSeconds + age * 15e-6,
        referenceId: referenceNumber(server.reference), referenceUs, originUs: question.transmitUs, receiveUs, transmitUs: sys.clockUs("realtime") + server.offsetUs,
      }), from);
    } catch (error) {
      // whoever asked cannot be reached
      if (!(error instanceof SysError)) throw error;
    }
  }
}
