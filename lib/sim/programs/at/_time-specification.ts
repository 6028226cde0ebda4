// When at(1) is to run something: "now + 2 hours", "10:30 PM tomorrow", "noon Jul 31", "1800 friday", "next week".

import { daysFromCivil } from "../../kernel/sys.ts";
import { type Civil, civilAt } from "../kit/time-format.ts";
import { offsetAt, type Zone } from "../kit/zones.ts";

/** `token`: where the reading stopped; undefined: there was nothing. */
export class GarbledTime extends Error {
  readonly token: string | undefined;
  constructor(token: string | undefined, message = "syntax error.") {
    super(message);
    this.token = token;
  }
}

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const DAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const FULL_MONTHS = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];
const FULL_DAYS = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
const PERIODS: ReadonlyMap<string, "minute" | "hour" | "day" | "week" | "month" | "year"> = new Map((["minute", "hour", "day", "week", "month", "year"] as const).flatMap((name) => [[name, name], [`${name}s`, name]] as const));
const TIMES: ReadonlyMap<string, readonly [number, number]> = new Map([["noon", [12, 0]], ["midnight", [0, 0]], ["teatime", [16, 0]]]);

interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** Days since 1970 of a day that may be beyond its month. */
function dayNumber({ year, month, day }: Day): number {
  return daysFromCivil(year, month, day);
}

function epochSeconds(zone: Zone, day: Day, hour: number, minute: number, second: number): number {
  const local = dayNumber(day) * 86_400 + hour * 3600 + minute * 60 + second;
  const first = local - offsetAt(zone, local).offsetSeconds;
  return local - offsetAt(zone, first).offsetSeconds;
}

class Reader {
  readonly #tokens: readonly string[];
  #at = 0;

  constructor(text: string) {
    this.#tokens = text.toLowerCase().match(/\d+|[a-z]+|[^\s\da-z]/g) ?? [];
  }

  peek(ahead = 0): string {
    return this.#tokens[this.#at + ahead] ?? "";
  }

  take(): string {
    return this.#tokens[this.#at++] ?? "";
  }

  get ended(): boolean {
    return this.#at >= this.#tokens.length;
  }

  /** The last token that was looked at. */
  fail(token = this.peek()): never {
    throw new GarbledTime(token === "" ? this.#tokens.at(-1) : /^[a-z]/.test(token) && !isWord(token) ? token.charAt(0) : token);
  }
}

const isWord = (token: string): boolean => PERIODS.has(token) || TIMES.has(token) || ["now", "today", "tomorrow", "next", "am", "pm", "utc", ...MONTHS, ...DAYS, ...FULL_MONTHS, ...FULL_DAYS].includes(token);
const indexIn = (token: string, short: readonly string[], full: readonly string[]): number => (short.indexOf(token) >= 0 ? short.indexOf(token) : full.indexOf(token));
const fullYear = (text: string): number => (text.length <= 2 ? (Number(text) < 70 ? 2000 : 1900) + Number(text) : Number(text));

function readTime(reader: Reader): readonly [number, number] | undefined {
  const token = reader.peek();
  const named = TIMES.get(token);
  if (named !== undefined) {
    reader.take();
    return named;
  }
  if (!/^\d+$/.test(token) || /^[-/.]$/.test(reader.peek(1)) || token.length > 4 || indexIn(reader.peek(1), MONTHS, FULL_MONTHS) >= 0) return undefined;
  reader.take();
  let hour = token.length > 2 ? Math.floor(Number(token) / 100) : Number(token);
  let minute = token.length > 2 ? Number(token) % 100 : 0;
  let shown = token;
  if (reader.peek() === ":" || (token.length <= 2 && (reader.peek() === "h" || reader.peek() === "'"))) {
    reader.take();
    const text = reader.take();
    if (!/^\d{1,2}$/.test(text)) reader.fail(text);
    minute = Number(text);
    shown = `${token}:${text}`;
  }
  if (reader.peek() === "am" || reader.peek() === "pm") {
    const half = reader.take();
    if (hour < 1 || hour > 12) throw new GarbledTime(half, "Problem in hours specification.");
    hour = (hour % 12) + (half === "pm" ? 12 : 0);
  } else if (shown === token && token.length === 1) reader.fail(token);
  if (hour > 23) throw new GarbledTime(shown, "Problem in hours specification.");
  if (minute > 59) throw new GarbledTime(shown, "Problem in minutes specification.");
  if (reader.peek() === "utc") reader.take();
  return [hour, minute];
}

/** A day, and whether it names one for good (a year was told). */
function readDay(reader: Reader, now: Civil): Day | undefined {
  const token = reader.peek();
  const today: Day = { year: now.year, month: now.month, day: now.day };
  if (token === "today") {
    reader.take();
    return today;
  }
  if (token === "tomorrow") {
    reader.take();
    return { ...today, day: today.day + 1 };
  }
  const weekday = indexIn(token, DAYS, FULL_DAYS);
  if (weekday >= 0) {
    reader.take();
    return { ...today, day: today.day + ((weekday - now.weekday + 7) % 7 || 7) };
  }
  const month = indexIn(token, MONTHS, FULL_MONTHS);
  if (month >= 0) {
    reader.take();
    const day = reader.take();
    if (!/^\d{1,2}$/.test(day)) reader.fail(day);
    if (reader.peek() === ",") reader.take();
    const year = /^\d{4}$/.test(reader.peek()) ? Number(reader.take()) : undefined;
    return { year: year ?? (month + 1 < now.month || (month + 1 === now.month && Number(day) < now.day) ? now.year + 1 : now.year), month: month + 1, day: Number(day) };
  }
  if (!/^\d+$/.test(token)) return undefined;
  reader.take();
  if (token.length === 6 || token.length === 8) return { month: Number(token.slice(0, 2)), day: Number(token.slice(2, 4)), year: fullYear(token.slice(4)) };
  const mark = reader.peek();
  if (/^[-/.]$/.test(mark)) {
    reader.take();
    const second = reader.take();
    if (reader.take() !== mark) reader.fail(second);
    const third = reader.take();
    if (!/^\d+$/.test(third)) reader.fail(third);
    if (mark === "-") return { year: fullYear(token), month: Number(second), day: Number(third) };
    return mark === "." ? { day: Number(token), month: Number(second), year: fullYear(third) } : { month: Number(token), day: Number(second), year: fullYear(third) };
  }
  const named = indexIn(mark, MONTHS, FULL_MONTHS);
  if (named < 0) return reader.fail(mark);
  reader.take();
  const year = /^\d{4}$/.test(reader.peek()) ? Number(reader.take()) : undefined;
  return { day: Number(token), month: named + 1, year: year ?? (named + 1 < now.month || (named + 1 === now.month && Number(token) < now.day) ? now.year + 1 : now.year) };
}

/** Seconds since 1970. Throws GarbledTime. */
export function parseTimeSpecification(text: string, zone: Zone, nowSeconds: number): number {
  const reader = new Reader(text);
  if (reader.ended) throw new GarbledTime(undefined);
  const now = civilAt(zone, nowSeconds);
  let time: readonly [number, number] = [now.hour, now.minute];
  let day: Day | undefined;
  let timeGiven = false;
  let next: { readonly count: number; readonly period: string } | undefined;
  if (reader.peek() === "now") reader.take();
  else {
    const read = readTime(reader);
    if (read !== undefined) {
      time = read;
      timeGiven = true;
    }
    if (reader.peek() === "next") {
      reader.take();
      const period = reader.take();
      const weekday = indexIn(period, DAYS, FULL_DAYS);
      if (weekday >= 0) day = { year: now.year, month: now.month, day: now.day + (((weekday - now.weekday + 7) % 7) || 7) };
      else if (PERIODS.has(period)) next = { count: 1, period: PERIODS.get(period) ?? "day" };
      else reader.fail(period);
    } else if (!reader.ended && reader.peek() !== "+" && reader.peek() !== "-") {
      day = readDay(reader, now);
      if (day === undefined) reader.fail();
    }
  }
  const changes = next === undefined ? [] : [next];
  while (reader.peek() === "+" || reader.peek() === "-") {
    const sign = reader.take() === "-" ? -1 : 1;
    const count = reader.take();
    if (!/^\d+$/.test(count)) reader.fail(count);
    const period = PERIODS.get(reader.peek());
    if (period === undefined) reader.fail(reader.peek() === "" ? count : reader.peek());
    reader.take();
    changes.push({ count: sign * Number(count), period: period ?? "day" });
  }
  if (!reader.ended) reader.fail();
  let at: Day = day ?? { year: now.year, month: now.month, day: now.day };
  const [hour, minute] = time;
  // a time of today that is over is tomorrow's
  const past = hour < now.hour || (hour === now.hour && minute < now.minute);
  if (day === undefined && timeGiven && past) at = { ...at, day: at.day + 1 };
  let minutes = minute;
  let hours = hour;
  for (const { count, period } of changes) {
    if (period === "minute") minutes += count;
    else if (period === "hour") hours += count;
    else if (period === "day" || period === "week") at = { ...at, day: at.day + count * (period === "week" ? 7 : 1) };
    else {
      const months = at.year * 12 + at.month - 1 + count * (period === "year" ? 12 : 1);
      at = { ...at, year: Math.floor(months / 12), month: (((months % 12) + 12) % 12) + 1 };
    }
  }
  return epochSeconds(zone, at, hours, minutes, 0);
}

/** "[[CC]YY]MMDDhhmm[.ss]" of touch and `at -t`. */
export function parseStamp(text: string, zone: Zone, nowSeconds: number): number | undefined {
  const match = /^((?:\d{2}){0,2})(\d{2})(\d{2})(\d{2})(\d{2})(?:\.(\d{2}))?$/.exec(text);
  if (match === null) return undefined;
  const [, year = "", month, day, hour, minute, second = "0"] = match;
  return epochSeconds(zone, { year: year === "" ? civilAt(zone, nowSeconds).year : fullYear(year), month: Number(month), day: Number(day) }, Number(hour), Number(minute), Number(second));
}
