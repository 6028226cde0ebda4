// /etc/adjtime: how fast the hardware's clock drifts, when it was last put right, and which time it keeps (hwclock(8), adjtime_config(5)).
import { type Blocking, encode, O, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";

export interface Adjtime {
  readonly driftFactor: number;
  readonly lastAdjustment: number;
  readonly notAdjusted: number;
  readonly lastCalibration: number;
  readonly scale: "UTC" | "LOCAL" | "unknown";
  /** the file's third line, when it is neither of these */
  readonly stranger?: string;
}

const NONE: Adjtime = { driftFactor: 0, lastAdjustment: 0, notAdjusted: 0, lastCalibration: 0, scale: "UTC" };

/** Undefined: there is no such file. */
export function* readAdjtime(sys: Sys, path: string): Blocking<Adjtime | undefined> {
  const text = yield* readTextFile(sys, path);
  if (text === undefined) return undefined;
  const [first = "", second = "", third = ""] = text.split("\n");
  const [drift = 0, adjusted = 0, rest = 0] = first.trim().split(/\s+/).map(Number);
  const known = third === "" || third === "UTC" ? "UTC" : third === "LOCAL" ? "LOCAL" : "unknown";
  return { driftFactor: drift || 0, lastAdjustment: adjusted || 0, notAdjusted: rest || 0, lastCalibration: Number(second.trim()) || 0, scale: known, ...(known === "unknown" && { stranger: third }) };
}

export const noAdjtime = NONE;

export const adjtimeText = ({ driftFactor, lastAdjustment, notAdjusted, lastCalibration, scale }: Adjtime): string => `${driftFactor.toFixed(6)} ${lastAdjustment} ${notAdjusted.toFixed(6)}\n${lastCalibration}\n${scale === "LOCAL" ? "LOCAL" : "UTC"}\n`;

/** The reason when it cannot be written. */
export function* writeAdjtime(sys: Sys, path: string, adjtime: Adjtime): Blocking<string | undefined> {
  try {
    const fd = yield* sys.open(path, O.WRONLY | O.CREAT | O.TRUNC, 0o644);
    yield* sys.write(fd, encode(adjtimeText(adjtime)));
    sys.close(fd);
    return undefined;
  } catch (error) {
    if (error instanceof SysError) return error.message;
    throw error;
  }
}
