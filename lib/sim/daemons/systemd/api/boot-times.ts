// How long a boot took: what systemd says at the end of it, and what systemd-analyze tells of it.
import { formatTimeSpan } from "./time-span.ts";

/** A span of time with nothing below the millisecond, as systemd tells of boots. */
export const bootSpan = (us: number): string => formatTimeSpan(us, 1000);

/** From power-on to PID 1; from there to the end of the boot's jobs. */
export const startupFinished = (kernelUs: number, userspaceUs: number): string => `Startup finished in ${bootSpan(kernelUs)} (kernel) + ${bootSpan(userspaceUs)} (userspace) = ${bootSpan(kernelUs + userspaceUs)}`;

/** Microseconds since power-on; 0: never. */
export interface UnitTimes {
  readonly name: string;
  readonly activating: number;
  readonly activated: number;
  readonly deactivating: number;
  readonly deactivated: number;
  /** loaded units that it is ordered after */
  readonly after: readonly string[];
}

/** How long its last start took, by what is known of it (acquire_time_data of systemd-analyze). */
export function startedIn(times: UnitTimes): number {
  if (times.activated >= times.activating) return times.activated - times.activating;
  return times.deactivated >= times.activating ? times.deactivated - times.activating : 0;
}
