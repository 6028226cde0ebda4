// What a source's samples tell: a line through the offsets (least squares), its slope is the frequency error (chrony.conf(5), sourcestats of chronyc(1)).

/** Offsets are those of the local clock: positive when it is ahead. */
export interface Sample {
  readonly atUs: number;
  readonly offsetSeconds: number;
  readonly distanceSeconds: number;
  readonly delaySeconds: number;
}

export interface Statistics {
  readonly samples: number;
  /** runs of residuals with the same sign */
  readonly runs: number;
  readonly spanSeconds: number;
  readonly frequencyPpm: number;
  readonly skewPpm: number;
  /** at `atUs` */
  readonly offsetSeconds: number;
  readonly deviationSeconds: number;
}

/** The resolution of the clock and of its readers. */
const LEAST_DEVIATION = 1e-9;
const UNKNOWN_SKEW_PPM = 2000;
const UNKNOWN_DEVIATION = 4;

export function statisticsOf(samples: readonly Sample[], atUs: number): Statistics {
  const first = samples[0];
  const last = samples.at(-1);
  if (first === undefined || last === undefined) return { samples: 0, runs: 0, spanSeconds: 0, frequencyPpm: 0, skewPpm: UNKNOWN_SKEW_PPM, offsetSeconds: 0, deviationSeconds: UNKNOWN_DEVIATION };
  const spanSeconds = Math.round((last.atUs - first.atUs) / 1e6);
  if (samples.length < 3) return { samples: samples.length, runs: 0, spanSeconds, frequencyPpm: 0, skewPpm: UNKNOWN_SKEW_PPM, offsetSeconds: last.offsetSeconds, deviationSeconds: UNKNOWN_DEVIATION };
  const times = samples.map((sample) => (sample.atUs - atUs) / 1e6);
  const meanTime = times.reduce((sum, time) => sum + time, 0) / times.length;
  const meanOffset = samples.reduce((sum, sample) => sum + sample.offsetSeconds, 0) / samples.length;
  let square = 0;
  let product = 0;
  for (const [index, sample] of samples.entries()) {
    const time = (times[index] ?? 0) - meanTime;
    square += time * time;
    product += time * (sample.offsetSeconds - meanOffset);
  }
  const slope = square > 0 ? product / square : 0;
  const residuals = samples.map((sample, index) => sample.offsetSeconds - meanOffset - slope * ((times[index] ?? 0) - meanTime));
  const deviation = Math.max(LEAST_DEVIATION, Math.sqrt(residuals.reduce((sum, one) => sum + one * one, 0) / (samples.length - 2)));
  return {
    samples: samples.length, runs: residuals.reduce((runs, one, index) => (index === 0 || one >= 0 !== (residuals[index - 1] ?? 0) >= 0 ? runs + 1 : runs), 0), spanSeconds,
    frequencyPpm: slope * 1e6, skewPpm: Math.min(UNKNOWN_SKEW_PPM, square > 0 ? (2 * deviation * 1e6) / Math.sqrt(square) : UNKNOWN_SKEW_PPM), offsetSeconds: meanOffset - slope * meanTime, deviationSeconds: deviation,
  };
}
