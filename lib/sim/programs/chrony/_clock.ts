// chronyd's decisions: which sources may be believed, which is best, and what is done to the clock (chrony.conf(5): makestep, maxdistance, combinelimit, local).
// The simulated clock has no drift of its own: what is put right is its offset.

import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import type { Configuration } from "./_configuration.ts";
import type { TimeSource } from "./_source.ts";

/** Below this a slew is done at once but for a rest. */
const SMALL_SECONDS = 1e-3;
const REST = 1 / 16;
/** chrony slews by 83333 ppm at most (maxslewrate). */
const SLEW_RATE = 0.083333;
/** one that is better by less than this is not taken in place of another (reselectdist) */
const RESELECT_SECONDS = 1e-4;
const LOCAL_REFERENCE = 0x7f7f0101;

export interface Tracking {
  readonly referenceId: number;
  readonly referenceAddress: string;
  readonly stratum: number;
  readonly leap: number;
  readonly referenceUs: number;
  readonly pendingSeconds: number;
  readonly lastOffsetSeconds: number;
  readonly rmsOffsetSeconds: number;
  readonly frequencyPpm: number;
  readonly residualPpm: number;
  readonly skewPpm: number;
  readonly rootDelaySeconds: number;
  readonly rootDispersionSeconds: number;
  readonly intervalSeconds: number;
}

const UNSYNCHRONISED: Tracking = {
  referenceId: 0, referenceAddress: "", stratum: 0, leap: 3, referenceUs: 0, pendingSeconds: 0, lastOffsetSeconds: 0, rmsOffsetSeconds: 0, frequencyPpm: 0, residualPpm: 0, skewPpm: 0, rootDelaySeconds: 1, rootDispersionSeconds: 1, intervalSeconds: 0,
};

const addressNumber = (address: string): number => address.split(".").reduce((sum, part) => (sum * 256 + Number(part)) >>> 0, 0);

export class Clock {
  readonly #configuration: Configuration;
  readonly #controls: boolean;
  readonly #log: (message: string) => Blocking<void>;
  /** ahead of true time by that much: still to be slewed away */
  pendingSeconds = 0;
  /** by all corrections together */
  movedSeconds = 0;
  local: { readonly stratum: number; readonly distanceSeconds: number; readonly sinceUs: number } | undefined;
  makestep: { readonly thresholdSeconds: number; left: number } | undefined;
  updates = 0;
  #tracking: Tracking = UNSYNCHRONISED;
  #selected: TimeSource | undefined;
  #updatedAtUs = 0;
  #couldSynchronise = true;

  constructor(configuration: Configuration, controls: boolean, log: (message: string) => Blocking<void>) {
    this.#configuration = configuration;
    this.#controls = controls;
    this.#log = log;
    const [threshold, limit] = configuration.settings.get("makestep") ?? [];
    if (threshold !== undefined) this.makestep = { thresholdSeconds: Number(threshold), left: Number(limit) < 0 ? Number.POSITIVE_INFINITY : Number(limit) };
  }

  get selected(): TimeSource | undefined {
    return this.#selected;
  }

  get controls(): boolean {
    return this.#controls;
  }

  startLocal(sys: Sys, words: readonly string[]): void {
    const value = (name: string, otherwise: number): number => (words.includes(name) ? Number(words[words.indexOf(name) + 1]) : otherwise);
    this.local = { stratum: value("stratum", 10), distanceSeconds: value("distance", 1), sinceUs: sys.clockUs("realtime") };
  }

  tracking(sys: Sys): Tracking {
    const { referenceUs, stratum } = this.#tracking;
    if (stratum === 0 && this.local !== undefined) return { ...UNSYNCHRONISED, referenceId: LOCAL_REFERENCE, stratum: this.local.stratum, leap: 0, referenceUs: this.local.sinceUs, pendingSeconds: this.pendingSeconds, rootDelaySeconds: 0, rootDispersionSeconds: 0 };
    const ageSeconds = stratum === 0 ? 0 : Math.max(0, sys.clockUs("realtime") - referenceUs) / 1e6;
    return { ...this.#tracking, pendingSeconds: this.pendingSeconds, rootDispersionSeconds: this.#tracking.rootDispersionSeconds + ageSeconds * (this.#tracking.skewPpm + 1) * 1e-6 };
  }

  /** After each answer, and when a source goes: marks the sources and moves the clock when the best one has news. */
  *select(sys: Sys, sources: readonly TimeSource[], news: TimeSource | undefined): Blocking<void> {
    const most = this.#configuration.number("maxdistance", 3);
    // at the start it waits for those that are still answering their first questions
    if (this.#selected === undefined && sources.some((source) => source.active && source.bursting && source.reach !== 0)) return;
    const usable = sources.filter((source) => source.active && source.selectable && source.rootDistanceSeconds < most);
    for (const source of sources) source.selection = "?";
    const believed = truechimers(usable);
    for (const source of usable) source.selection = believed.includes(source) ? "-" : "x";
    if (believed.length === 0 || believed.length < this.#configuration.number("minsources", 1)) {
      if (this.#selected !== undefined || (usable.length > 0 && this.#couldSynchronise)) {
        yield* this.#log(usable.length === 0 ? "Can't synchronise: no selectable sources" : "Can't synchronise: no majority");
        this.#couldSynchronise = false;
      }
      this.#selected = undefined;
      return;
    }
    const preferred = believed.filter((source) => source.options.selection.includes("prefer"));
    const candidates = preferred.length > 0 ? preferred : believed;
    const score = (source: TimeSource): number => source.rootDistanceSeconds + source.stratum * 1e-3;
    let best = candidates[0];
    for (const source of candidates) if (best === undefined || score(source) < score(best)) best = source;
    if (best === undefined) return;
    const current = this.#selected;
    if (current !== undefined && candidates.includes(current) && score(current) - score(best) < RESELECT_SECONDS) best = current;
    const limit = this.#configuration.number("combinelimit", 3) * best.rootDistanceSeconds;
    for (const source of candidates) source.selection = source === best ? "*" : source.rootDistanceSeconds <= limit ? "+" : "-";
    if (best !== current) {
      this.#selected = best;
      this.#couldSynchronise = true;
      yield* this.#log(`Selected source ${best.address}${best.options.name === best.address ? "" : ` (${best.options.name})`}`);
    }
    if (news === best || best !== current) yield* this.#update(sys, sources, best);
  }

  /** The measured offset goes into the clock: by a step, or slowly. */
  *#update(sys: Sys, sources: readonly TimeSource[], best: TimeSource): Blocking<void> {
    const statistics = best.statistics();
    const last = best.samples.at(-1);
    if (last === undefined) return;
    this.updates++;
    const offset = statistics.offsetSeconds;
    const nowUs = sys.clockUs("monotonic");
    const correction = offset - this.pendingSeconds;
    const before = this.#tracking;
    this.#tracking = {
      referenceId: addressNumber(best.address), referenceAddress: best.address, stratum: best.stratum + 1, leap: 0, referenceUs: sys.clockUs("realtime"), pendingSeconds: 0, lastOffsetSeconds: correction,
      rmsOffsetSeconds: before.stratum === 0 ? Math.abs(correction) : Math.sqrt(before.rmsOffsetSeconds ** 2 * 0.9 + correction ** 2 * 0.1),
      frequencyPpm: statistics.frequencyPpm, residualPpm: before.stratum === 0 ? 0 : statistics.frequencyPpm - before.frequencyPpm, skewPpm: statistics.skewPpm >= 2000 ? 1000 : statistics.skewPpm,
      rootDelaySeconds: (best.last?.packet.rootDelaySeconds ?? 0) + last.delaySeconds, rootDispersionSeconds: (best.last?.packet.rootDispersionSeconds ?? 0) + statistics.deviationSeconds,
      intervalSeconds: before.stratum === 0 ? 0 : (nowUs - this.#updatedAtUs) / 1e6,
    };
    this.#updatedAtUs = nowUs;
    if (Math.abs(correction) > this.#configuration.number("logchange", 1)) yield* this.#log(`System clock wrong by ${(-offset).toFixed(6)} seconds`);
    this.pendingSeconds = offset;
    const step = this.makestep;
    if (step !== undefined && step.left > 0) {
      step.left--;
      if (Math.abs(offset) > step.thresholdSeconds) yield* this.step(sys, sources);
    }
    this.slew(sys, sources);
    this.#tell(sys, best);
  }

  /** Puts the clock right at once. False: it is not controlled. */
  *step(sys: Sys, sources: readonly TimeSource[]): Blocking<boolean> {
    if (!this.#controls) return false;
    const seconds = this.pendingSeconds;
    this.#move(sys, sources, seconds, "step");
    yield* this.#log(`System clock was stepped by ${(-seconds).toFixed(6)} seconds`);
    return true;
  }

  /** One second's part of what is pending. */
  slew(sys: Sys, sources: readonly TimeSource[]): void {
    const left = this.pendingSeconds;
    if (!this.#controls || Math.abs(left) < 1e-6) return;
    this.#move(sys, sources, Math.abs(left) < SMALL_SECONDS ? left * (1 - REST) : Math.sign(left) * Math.min(Math.abs(left) - SMALL_SECONDS / 2, SLEW_RATE), "slew");
  }

  get slewing(): boolean {
    return this.#controls && Math.abs(this.pendingSeconds) >= SMALL_SECONDS;
  }

  #move(sys: Sys, sources: readonly TimeSource[], seconds: number, how: "step" | "slew"): void {
    const us = Math.round(seconds * 1e6);
    try {
      if (how === "step") {
        sys.setClockUs(sys.clockUs("realtime") - us);
        if (this.#tracking.stratum > 0) sys.adjtimex({ synchronized: true });
      }
      else sys.adjtimex({ shiftUs: -us });
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      return;
    }
    this.pendingSeconds -= us / 1e6;
    this.movedSeconds -= us / 1e6;
    for (const source of sources) source.shift(-us / 1e6);
    if (this.#tracking.stratum > 0) this.#tracking = { ...this.#tracking, referenceUs: this.#tracking.referenceUs - us };
  }

  #tell(sys: Sys, best: TimeSource): void {
    try {
      // rtcsync: the kernel copies its time to the hardware's clock every eleven minutes
      if (this.#controls && this.#configuration.settings.has("rtcsync")) sys.setClockUs(sys.clockUs("realtime"), "rtc");
      sys.adjtimex({ synchronized: true, frequencyPpm: this.#tracking.frequencyPpm, maximumErrorUs: Math.round(best.rootDistanceSeconds * 1e6), estimatedErrorUs: Math.round(this.#tracking.rootDispersionSeconds * 1e6), taiOffsetSeconds: 37 });
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }
}

/** Those whose interval holds the point that most intervals hold, when that is a majority (Marzullo's algorithm). */
function truechimers(usable: readonly TimeSource[]): readonly TimeSource[] {
  const intervals = usable.map((source) => {
    const { offsetSeconds } = source.statistics();
    return { source, low: offsetSeconds - source.rootDistanceSeconds, high: offsetSeconds + source.rootDistanceSeconds };
  });
  let best: readonly TimeSource[] = [];
  for (const { low } of intervals) {
    const holding = intervals.filter((one) => one.low <= low && one.high >= low).map((one) => one.source);
    if (holding.length > best.length) best = holding;
  }
  return best.length * 2 > usable.length || usable.some((source) => best.includes(source) && source.options.selection.includes("trust")) ? best : [];
}
