// One server that chronyd asks: when it is asked next, what it answered (reach register, samples), whether it may set the clock.

import type { NtpMeasurement } from "../../daemons/ntp/api.ts";
import type { SourceOptions } from "./_configuration.ts";
import { type Sample, type Statistics, statisticsOf } from "./_sample-statistics.ts";

const MOST_SAMPLES = 64;
const BURST_INTERVAL_US = 2_000_000;
const IBURST_GOOD = 4;
const IBURST_TOTAL = 32;
/** so many samples at one interval before it doubles */
const POLL_TARGET = 8;

/** As `sources` shows it: best, combined, not combined, falseticker, unusable. */
export type Selection = "*" | "+" | "-" | "x" | "~" | "?";

export class TimeSource {
  readonly options: SourceOptions;
  readonly address: string;
  selection: Selection = "?";
  online: boolean;
  poll: number;
  minpoll: number;
  maxpoll: number;
  reach = 0;
  transmitted = 0;
  received = 0;
  valid = 0;
  samples: Sample[] = [];
  last: NtpMeasurement | undefined;
  lastAtUs: number | undefined;
  /** monotonic */
  nextUs: number;
  /** left of a burst */
  burstGood = 0;
  burstTotal = 0;
  #sincePollChange = 0;

  constructor(options: SourceOptions, address: string, nowUs: number) {
    this.options = options;
    this.address = address;
    this.online = !options.offline;
    this.minpoll = options.minpoll;
    this.maxpoll = options.maxpoll;
    this.poll = options.minpoll;
    this.nextUs = nowUs + 200_000;
    if (options.iburst) this.startBurst(IBURST_GOOD, IBURST_TOTAL, nowUs + 200_000);
  }

  startBurst(good: number, total: number, atUs: number): void {
    this.burstGood = good;
    this.burstTotal = total;
    this.nextUs = atUs;
  }

  get bursting(): boolean {
    return this.burstGood > 0 && this.burstTotal > 0;
  }

  get active(): boolean {
    return this.online || this.bursting;
  }

  /** The server answered (or did not): `nowUs` is monotonic, `movedSeconds` what the clock was moved by since it was asked. */
  note(measurement: NtpMeasurement | undefined, nowUs: number, movedSeconds: number): void {
    this.transmitted++;
    const good = measurement !== undefined && measurement.packet.leap !== 3 && measurement.packet.stratum > 0 && measurement.packet.stratum < 16;
    this.reach = ((this.reach << 1) | Number(good)) & 0xff;
    if (measurement !== undefined) {
      this.received++;
      this.last = measurement;
    }
    if (measurement !== undefined && good) {
      const { packet } = measurement;
      this.valid++;
      this.lastAtUs = nowUs;
      this.samples.push({
        atUs: nowUs, offsetSeconds: movedSeconds - (measurement.offsetSeconds + this.options.offsetSeconds), delaySeconds: measurement.delaySeconds,
        distanceSeconds: (packet.rootDelaySeconds + measurement.delaySeconds) / 2 + packet.rootDispersionSeconds + 2 ** packet.precision,
      });
      if (this.samples.length > MOST_SAMPLES) this.samples.shift();
    }
    if (this.bursting) {
      this.burstTotal--;
      if (good) this.burstGood--;
    } else if (good && ++this.#sincePollChange >= POLL_TARGET) {
      this.#sincePollChange = 0;
      this.poll = Math.min(this.maxpoll, this.poll + 1);
    }
    if (this.burstTotal <= 0) this.burstGood = 0;
    this.nextUs = nowUs + (this.bursting ? BURST_INTERVAL_US : 2 ** this.poll * 1e6);
  }

  /** The clock was moved by that much: what was measured before is told in the new time. */
  shift(seconds: number): void {
    this.samples = this.samples.map((sample) => ({ ...sample, offsetSeconds: sample.offsetSeconds + seconds }));
  }

  reset(): void {
    this.samples = [];
    this.lastAtUs = undefined;
    this.reach = 0;
    this.selection = "?";
  }

  get stratum(): number {
    return this.lastAtUs === undefined ? 0 : Math.max(this.options.minstratum, this.last?.packet.stratum ?? 0);
  }

  statistics(): Statistics {
    return statisticsOf(this.samples, this.samples.at(-1)?.atUs ?? 0);
  }

  /** Half of the way to the primary clock plus all that may be wrong. */
  get rootDistanceSeconds(): number {
    return (this.samples.at(-1)?.distanceSeconds ?? 0) + (this.samples.length >= 3 ? this.statistics().deviationSeconds : 0);
  }

  /** Enough is known to compare it with the others. */
  get selectable(): boolean {
    return this.reach !== 0 && this.samples.length >= 3 && !this.bursting && !this.options.selection.includes("noselect");
  }
}
