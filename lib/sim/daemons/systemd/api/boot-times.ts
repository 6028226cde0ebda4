// How long the reference guest took to boot: what systemd says at the end of a boot and systemd-analyze tells of it.
import { formatTimeSpan } from "./time-span.ts";

const kernelMs = 2986;
export const userMs = 5124;

export const milliseconds = (value: number): string => formatTimeSpan(value * 1000, 1000);

/** Without its last character, as systemd-analyze says it. */
export const startupFinished = `Startup finished in ${milliseconds(kernelMs)} (kernel) + ${milliseconds(userMs)} (userspace) = ${milliseconds(kernelMs + userMs)}.`;
