// /etc/anacrontab (anacrontab(5)): PERIOD DELAY NAME COMMAND, @NAMED-PERIOD DELAY NAME COMMAND, NAME=VALUE.
import { civilFromDays, daysFromCivil } from "../../kernel/sys.ts";

export interface AnacronJob {
  /** days, or a named period */
  readonly period: number | "monthly" | "yearly";
  readonly delayMinutes: number;
  readonly name: string;
  readonly command: string;
  /** the NAME=VALUE lines above it */
  readonly environment: readonly (readonly [string, string])[];
}

interface Anacrontab {
  readonly jobs: readonly AnacronJob[];
  readonly complaints: readonly string[];
}

const LARGEST = 2 ** 31 - 1;

export function parseAnacrontab(text: string, file: string): Anacrontab {
  const jobs: AnacronJob[] = [];
  const complaints: string[] = [];
  const environment: (readonly [string, string])[] = [];
  for (const [at, line] of text.split("\n").entries()) {
    if (/^[ \t]*(?:$|#)/.test(line)) continue;
    const setting = /^[ \t]*([^ \t=]+)[ \t]*=(.*)$/.exec(line);
    if (setting !== null) {
      environment.push([setting[1] ?? "", (setting[2] ?? "").trim()]);
      continue;
    }
    const job = /^[ \t]*(\d+|@[^ \t]+)[ \t]+(\d+)[ \t]+([^ \t/]+)[ \t]+([^ \t].*)$/.exec(line);
    if (job === null) {
      complaints.push(`Invalid syntax in ${file} on line ${at + 1} - skipping this line`);
      continue;
    }
    const [, period = "", delay = "", name = "", command = ""] = job;
    const named = period.startsWith("@monthly") ? "monthly" : period.startsWith("@yearly") ? "yearly" : undefined;
    const unknown = period.startsWith("@") && named === undefined;
    // 2.3 says that it skips these, and then runs them every time
    if (unknown) complaints.push(`${file}: Unknown named period on line ${at + 1}, skipping`);
    const days = unknown ? 0 : Number(period);
    if (Number(delay) > LARGEST || days > LARGEST) complaints.push(`${file}: number out of range on line ${at + 1}, skipping`);
    else jobs.push({ period: named ?? days, delayMinutes: Number(delay), name, command, environment: [...environment] });
  }
  return { jobs, complaints };
}

/** Days since 1970 of a time stamp ("20261122"); undefined for another text. */
export function stampDay(text: string | undefined): number | undefined {
  const match = /^(\d{4})(\d\d)(\d\d)/.exec(text ?? "");
  return match === null ? undefined : daysFromCivil(Number(match[1]), Number(match[2]), Number(match[3]));
}

/** How many days must have gone since its last run: a month and a year are as long as the last ones were. */
export function periodDays(period: AnacronJob["period"], today: number): number {
  if (typeof period === "number") return period;
  const { year, month } = civilFromDays(today);
  if (period === "yearly") return daysFromCivil(year, 1, 1) - daysFromCivil(year - 1, 1, 1);
  return daysFromCivil(year, month, 1) - (month === 1 ? daysFromCivil(year - 1, 12, 1) : daysFromCivil(year, month - 1, 1));
}
