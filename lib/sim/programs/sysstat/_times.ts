// What the reports of sysstat say of time and machine: their first line, and the times in front of the lines.

import { type Blocking, encode, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { localeOf } from "../kit/locale.ts";
import { type Civil, civilAt, strftime, timeLocale } from "../kit/time-format.ts";
import { readZone, UTC, type Zone } from "../kit/zones.ts";

export interface Times {
  readonly zone: Zone;
  /** S_TIME_FORMAT=ISO */
  readonly iso: boolean;
  civil(epochSeconds: number, utc?: boolean): Civil;
  date(civil: Civil): string;
  time(civil: Civil): string;
}

export function* readTimes(sys: Sys): Blocking<Times> {
  const zone = yield* readZone(sys);
  const iso = sys.environment.get("S_TIME_FORMAT") === "ISO";
  const locale = timeLocale(sys);
  const american = localeOf(sys.environment, "LC_TIME").startsWith("en_US");
  return {
    zone, iso,
    civil: (epochSeconds, utc) => civilAt(utc === true ? UTC : zone, epochSeconds),
    date: (civil) => strftime(iso ? "%Y-%m-%d" : locale !== undefined ? "%x" : american ? "%m/%d/%Y" : "%m/%d/%y", civil, locale),
    time: (civil) => strftime(american && !iso ? "%I:%M:%S %p" : "%H:%M:%S", civil),
  };
}

export const nowSeconds = (sys: Sys): number => Math.floor(sys.clockUs("realtime") / 1e6);

/** The processors that the kernel may use: those of /sys/devices/system/cpu. */
export function processorCount(sys: Sys): number {
  try {
    const found = sys.readdir("/sys/devices/system/cpu").filter(({ name }) => /^cpu\d+$/.test(name)).length;
    return Math.max(1, found);
  } catch (error) {
    if (error instanceof SysError) return 1;
    throw error;
  }
}

export interface Host {
  readonly sysname: string;
  readonly release: string;
  readonly nodename: string;
  readonly machine: string;
}

export function firstLine(host: Host, date: string, processors: number): string {
  return `${host.sysname} ${host.release} (${host.nodename}) \t${date} \t_${host.machine}_\t(${processors} CPU)\n`;
}

/** Since the start of the machine, in hundredths of a second. */
export function* uptimeHundredths(sys: Sys): Blocking<number> {
  const text = (yield* readTextFile(sys, "/proc/uptime")) ?? "0";
  return Math.round(Number(text.split(" ")[0]) * 100);
}

/** What stands in front of a line: eleven bytes, as printf(3) counts them. */
export const inFront = (text: string): string => text + " ".repeat(Math.max(0, 11 - encode(text).length));
