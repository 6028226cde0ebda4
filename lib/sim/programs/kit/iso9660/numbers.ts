// Numbers and dates of ECMA-119.

import { civilFromSeconds } from "../../../kernel/sys.ts";

/** seconds east of Greenwich at that time */
export type ZoneOffset = (epochSeconds: number) => number;

export const little = (value: number, width: 2 | 4): number[] => Array.from({ length: width }, (_, index) => Math.floor(value / 256 ** index) % 256);
export const big = (value: number, width: 2 | 4): number[] => little(value, width).reverse();
export const both = (value: number, width: 2 | 4): number[] => [...little(value, width), ...big(value, width)];

/** The seven bytes of a directory record. */
export function shortDate(epochSeconds: number, zone: ZoneOffset): number[] {
  const offset = zone(epochSeconds);
  const { year, month, day, hour, minute, second } = civilFromSeconds(epochSeconds + offset);
  return [year - 1900, month, day, hour, minute, second, Math.trunc(offset / 900) & 0xff];
}

/** The sixteen digits and the zone of a volume descriptor. */
export function longDate(epochSeconds: number, zone: ZoneOffset): number[] {
  const offset = zone(epochSeconds);
  const { year, month, day, hour, minute, second } = civilFromSeconds(epochSeconds + offset);
  const digits = `${String(year).padStart(4, "0")}${[month, day, hour, minute, second, 0].map((part) => String(part).padStart(2, "0")).join("")}`;
  return [...[...digits].map((digit) => digit.charCodeAt(0)), Math.trunc(offset / 900) & 0xff];
}
