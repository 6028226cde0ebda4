// A source of ntpd's: what it answered, how far it can be trusted, and what the others make of it (RFC 5905, clock filter and selection).

import type { NtpMeasurement } from "../../daemons/ntp/api.ts";

export interface SourceLine {
  readonly kind: "pool" | "server" | "peer";
  readonly name: string;
  readonly burst: boolean;
  readonly prefer: boolean;
  readonly minPoll: number;
  readonly maxPoll: number;
}

/** Of the peer's status word (RFC 9327): what selection came to. */
export const SELECTION = { reject: 0, falseTicker: 1, outlier: 3, candidate: 4, systemPeer: 6 } as const;

interface Sample {
  readonly offsetSeconds: number;
  readonly delaySeconds: number;
}

const KEPT = 8;

export class Association {
  readonly id: number;
  readonly line: SourceLine;
  /** "" of a pool, which is only a name */
  readonly address: string;
  reach = 0;
  poll: number;
  nextUs: number;
  lastUs: number | undefined;
  selection: number = SELECTION.reject;
  packet: NtpMeasurement["packet"] | undefined;
  localAddress = "";
  #burstLeft: number;
  #samples: Sample[] = [];

  constructor(id: number, line: SourceLine, address: string, nowUs: number) {
    this.id = id;
    this.line = line;
    this.address = address;
    this.poll = address === "" ? 8 : line.minPoll;
    this.nextUs = nowUs;
    this.#burstLeft = line.burst ? 4 : 0;
  }

  /** What came of a question, or that nothing came. */
  note(measurement: NtpMeasurement | undefined, nowUs: number): void {
    this.reach = ((this.reach << 1) | (measurement === undefined ? 0 : 1)) & 255;
    if (measurement !== undefined) {
      this.packet = measurement.packet;
      this.localAddress = measurement.localAddress;
      this.lastUs = nowUs;
      this.#samples = [{ offsetSeconds: measurement.offsetSeconds, delaySeconds: measurement.delaySeconds }, ...this.#samples].slice(0, KEPT);
    }
    if (this.#burstLeft > 0) this.#burstLeft--;
    else if (measurement !== undefined && this.#samples.length === KEPT && this.poll < this.line.maxPoll) this.poll++;
    this.nextUs = nowUs + (this.#burstLeft > 0 ? 2e6 : 2 ** this.poll * 1e6);
  }

  /** The clock was moved: what was measured before says nothing any more. */
  forget(): void {
    this.#samples = [];
  }

  /** From the beginning, as after a step. */
  restart(nowUs: number): void {
    this.#samples = [];
    this.reach = 0;
    this.#burstLeft = this.line.burst ? 4 : 0;
    this.nextUs = nowUs + 2e6;
  }

  get samples(): number {
    return this.#samples.length;
  }

  get best(): Sample | undefined {
    return [...this.#samples].sort((a, b) => a.delaySeconds - b.delaySeconds)[0];
  }

  get jitterSeconds(): number {
    const { best } = this;
    if (best === undefined || this.#samples.length < 2) return 2 ** -23;
    const squares = this.#samples.reduce((sum, one) => sum + (one.offsetSeconds - best.offsetSeconds) ** 2, 0);
    return Math.max(2 ** -23, Math.sqrt(squares / (this.#samples.length - 1)));
  }

  get usable(): boolean {
    return this.reach !== 0 && this.packet !== undefined && this.packet.stratum > 0 && this.packet.stratum < 16 && this.packet.leap !== 3 && this.#samples.length > 0;
  }

  get distanceSeconds(): number {
    const { packet, best } = this;
    return packet === undefined || best === undefined ? Number.POSITIVE_INFINITY : (best.delaySeconds + packet.rootDelaySeconds) / 2 + packet.rootDispersionSeconds + this.jitterSeconds;
  }
}

/** Marks each of them; the system peer, where there is one. Those whose interval leaves out what most agree on are false tickers. */
export function select(associations: readonly Association[]): Association | undefined {
  for (const one of associations) one.selection = SELECTION.reject;
  const usable = associations.filter((one) => one.usable);
  const middle = usable.map((one) => one.best?.offsetSeconds ?? 0).sort((a, b) => a - b)[Math.floor(usable.length / 2)] ?? 0;
  const good: Association[] = [];
  for (const one of usable) {
    const offset = one.best?.offsetSeconds ?? 0;
    if (usable.length > 2 && Math.abs(offset - middle) > one.distanceSeconds + 0.001) one.selection = SELECTION.falseTicker;
    else good.push(one);
  }
  good.sort((a, b) => Number(b.line.prefer) - Number(a.line.prefer) || (a.packet?.stratum ?? 16) - (b.packet?.stratum ?? 16) || a.distanceSeconds - b.distanceSeconds || a.id - b.id);
  for (const [place, one] of good.entries()) one.selection = place === 0 ? SELECTION.systemPeer : place < 10 ? SELECTION.candidate : SELECTION.outlier;
  return good[0];
}
