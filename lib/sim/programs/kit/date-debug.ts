// What `date --debug` says of a date while it is read (gnulib's parse-datetime, debug_print_current_time and dbg_printf).
import { WEEKDAYS } from "./time-format.ts";

const two = (value: number): string => String(value).padStart(2, "0");
const signed = (value: number): string => (value < 0 ? String(value) : `+${value}`);
const ORDINAL_NAMES: ReadonlyMap<number, string> = new Map([[-1, "last"], [0, "this"], [1, "next/first"], [3, "third"], [4, "fourth"], [5, "fifth"], [6, "sixth"], [7, "seventh"], [8, "eight"], [9, "ninth"], [10, "tenth"], [11, "eleventh"], [12, "twelfth"]]);

export interface ShownTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

export interface Relative {
  readonly years: number;
  readonly months: number;
  readonly days: number;
  readonly hours: number;
  readonly minutes: number;
  readonly seconds: number;
  readonly nanoseconds: number;
}

export function zoneText(seconds: number): string {
  const minutes = Math.floor(Math.abs(seconds) / 60);
  return `${seconds < 0 ? "-" : "+"}${two(Math.floor(minutes / 60))}${minutes % 60 === 0 ? "" : `:${two(minutes % 60)}`}`;
}

export function weekdayText(ordinal: number, weekday: number): string {
  const name = (WEEKDAYS[weekday] ?? "").slice(0, 3);
  return ordinal === 0 ? name : `${ORDINAL_NAMES.get(ordinal) ?? String(ordinal)} ${name}`;
}

export const dateText = (year: number, month: number, day: number): string => `(Y-M-D) ${String(year).padStart(4, "0")}-${two(month)}-${two(day)}`;
export const timeText = (hour: number, minute: number, second: number): string => `${two(hour)}:${two(minute)}:${two(second)}`;

/** The lines, without "date: ". */
export class DateNotes {
  readonly lines: string[] = [];

  note(line: string): void {
    this.lines.push(line);
  }

  relativePart(relative: Relative): void {
    const units = [[relative.years, "year"], [relative.months, "month"], [relative.days, "day"], [relative.hours, "hour"], [relative.minutes, "minute"], [relative.seconds, "second"], [relative.nanoseconds, "nanosecond"]] as const;
    const parts = units.filter(([value]) => value !== 0).map(([value, unit]) => `${signed(value)} ${unit}(s)`);
    this.note(`parsed relative part: ${parts.length === 0 ? "today/this/now" : parts.join(" ")}`);
  }

  full(time: ShownTime, zoneSeconds: number | undefined): string {
    return `'${dateText(time.year, time.month, time.day)} ${timeText(time.hour, time.minute, time.second)}${zoneSeconds === undefined ? "" : ` TZ=${zoneText(zoneSeconds)}`}'`;
  }

  /** Years, months and days are added to the calendar, before it becomes seconds. */
  dateAdjusted(before: ShownTime, after: ShownTime, relative: Relative, zoneSeconds: number | undefined): void {
    if ((relative.years !== 0 || relative.months !== 0) && before.day !== 15) this.note("warning: when adding relative months/years, it is recommended to specify the 15th of the months");
    if (relative.days !== 0 && before.hour !== 12) this.note("warning: when adding relative days, it is recommended to specify noon");
    this.note(`after date adjustment (${signed(relative.years)} years, ${signed(relative.months)} months, ${signed(relative.days)} days),`);
    this.note(`    new date/time = ${this.full(after, zoneSeconds)}`);
    if (relative.days !== 0 || after.day === before.day) return;
    const months = before.year * 12 + before.month - 1 + relative.years * 12 + relative.months;
    const row = (year: number, month: number, day: number) => `${String(year).padStart(4, "0")} ${two(month)} ${two(day)}`;
    this.note("warning: month/year adjustment resulted in shifted dates:");
    this.note(`     adjusted Y M D: ${row(Math.floor(months / 12), (months % 12) + 1, before.day)}`);
    this.note(`   normalized Y M D: ${row(after.year, after.month, after.day)}`);
  }

  timeAdjusted(relative: Relative, epochSeconds: number): void {
    this.note(`after time adjustment (${signed(relative.hours)} hours, ${signed(relative.minutes)} minutes, ${signed(relative.seconds)} seconds, ${signed(relative.nanoseconds)} ns),`);
    this.note(`    new time = ${epochSeconds} epoch-seconds`);
  }
}
