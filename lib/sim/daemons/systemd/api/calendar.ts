// Calendar events of timers (systemd.time(7), CALENDAR EVENTS): parsing, the normalised form, and the next time they elapse (UTC).
import { daysInMonth } from "../../../kernel/sys.ts";
import { civilTime, WEEKDAYS } from "./time-span.ts";

interface Range {
  readonly from: number;
  /** undefined: only `from`, or with a step up to the largest */
  readonly to: number | undefined;
  readonly step: number;
}

/** Empty list: any value ("*"). */
type Component = readonly Range[];

export interface CalendarSpec {
  /** bits for Sunday (0) .. Saturday (6); 0x7f is any */
  readonly weekdays: number;
  readonly year: Component;
  readonly month: Component;
  readonly day: Component;
  /** counted from the end of the month ("~") */
  readonly dayFromEnd: boolean;
  readonly hour: Component;
  readonly minute: Component;
  /** with fractions */
  readonly second: Component;
  /** "UTC", "Europe/Paris"; undefined: the machine's */
  readonly zone: string | undefined;
}

const shorthand: ReadonlyMap<string, string> = new Map([
  ["minutely", "*-*-* *:*:00"], ["hourly", "*-*-* *:00:00"], ["daily", "*-*-* 00:00:00"], ["monthly", "*-*-01 00:00:00"], ["weekly", "Mon *-*-* 00:00:00"], ["quarterly", "*-01,04,07,10-01 00:00:00"],
  ...["yearly", "annually", "anually"].map((word) => [word, "*-01-01 00:00:00"] as const), ...["semiannually", "semi-annually", "biannually", "bi-annually"].map((word) => [word, "*-01,07-01 00:00:00"] as const),
]);

interface Limits {
  readonly low: number;
  readonly high: number;
  readonly hasFractions?: true;
  readonly isYear?: true;
  /** counted from the end: a step goes down to the last day */
  readonly isFromEnd?: boolean;
}

function parseComponent(text: string, { low, high, hasFractions, isYear, isFromEnd }: Limits): Component | undefined {
  if (text === "*") return [];
  const ranges: Range[] = [];
  const number = hasFractions === true ? String.raw`\d+(?:\.\d{1,6})?` : String.raw`\d+`;
  const pattern = new RegExp(String.raw`^(${number})(?:\.\.(${number}))?(?:/(${number}))?$`);
  for (const part of text.split(",")) {
    const match = pattern.exec(part);
    if (match === null) return undefined;
    const step = match[3] === undefined ? 0 : Number(match[3]);
    const full = (word: string): number => (isYear === true && word.length <= 2 ? Number(word) + (Number(word) < 70 ? 2000 : 1900) : Number(word));
    const from = full(match[1] ?? "");
    let to = match[2] === undefined ? undefined : full(match[2]);
    if (match[3] !== undefined && step === 0) return undefined;
    if (from < low || from > high || (to !== undefined && (to < from || to > high)) || (step > 0 && isFromEnd === true ? from - step < low : from + step > high + 1)) return undefined;
    if (to === from) to = undefined;
    else if (to !== undefined && step > 0) to -= (to - from) % step;
    const range = { from, to, step: to !== undefined && step === 1 ? 0 : step };
    if (!ranges.some((other) => other.from === range.from && other.to === range.to && other.step === range.step)) ranges.push(range);
  }
  return ranges.sort((one, other) => one.from - other.from || (one.to ?? -1) - (other.to ?? -1) || one.step - other.step);
}

function parseWeekdays(text: string): number | undefined {
  let bits = 0;
  const indexOf = (word: string): number => DAYS.findIndex((day) => day === word.toLowerCase() || day.slice(0, 3) === word.toLowerCase());
  for (const part of text.split(",")) {
    const [first = "", last, rest] = part.split(/\.\.|-/);
    const from = indexOf(first);
    const to = last === undefined ? from : indexOf(last);
    if (from < 0 || to < from || rest !== undefined) return undefined;
    // Monday is the first of them
    for (let day = from; day <= to; day++) bits |= 1 << ((day + 1) % 7);
  }
  return bits;
}

const DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/** `isZone`: whether the machine has a time zone of that name. */
export function parseCalendar(text: string, isZone: (name: string) => boolean = (name) => /^[A-Z]\w*\/\w/.test(name)): CalendarSpec | undefined {
  if (/^@\d+$/.test(text)) return ofSeconds(Number(text.slice(1)));
  let words = text.trim().split(/\s+/).filter((word) => word !== "");
  let zone: string | undefined;
  const last = words.at(-1) ?? "";
  if (words.length > 1 && last.toUpperCase() === "UTC") zone = "UTC";
  else if (words.length > 1 && isZone(last)) zone = last;
  if (zone !== undefined) words = words.slice(0, -1);
  if (words.length === 1) words = (shorthand.get((words[0] ?? "").toLowerCase()) ?? words[0] ?? "").split(" ");
  let weekdays = 0x7f;
  const [head] = words;
  if (head !== undefined && /^[A-Za-z]/.test(head)) {
    const bits = parseWeekdays(head.replace(/,$/, ""));
    if (bits === undefined) return undefined;
    weekdays = bits;
    words = words.slice(1);
  } else if (head === undefined) return undefined;
  const time = words.at(-1)?.includes(":") === true ? words.at(-1) : undefined;
  const dates = time === undefined ? words : words.slice(0, -1);
  if (dates.length > 1) return undefined;
  const [date = "*-*-*"] = dates;
  if (!/[-~]/.test(date)) return undefined;
  const dayFromEnd = date.includes("~");
  const dateParts = date.replace("~", "-").split("-");
  if (dateParts.length === 2) dateParts.unshift("*");
  const timeParts = (time ?? "00:00:00").split(":");
  if (timeParts.length === 2) timeParts.push("00");
  if (dateParts.length !== 3 || timeParts.length !== 3) return undefined;
  const year = parseComponent(dateParts[0] ?? "", { low: 1970, high: 2199, isYear: true });
  const month = parseComponent(dateParts[1] ?? "", { low: 1, high: 12 });
  const day = parseComponent(dateParts[2] ?? "", { low: 1, high: 31, isFromEnd: dayFromEnd });
  const hour = parseComponent(timeParts[0] ?? "", { low: 0, high: 23 });
  const minute = parseComponent(timeParts[1] ?? "", { low: 0, high: 59 });
  const second = parseComponent(timeParts[2] ?? "", { low: 0, high: 59, hasFractions: true });
  if (year === undefined || month === undefined || day === undefined || hour === undefined || minute === undefined || second === undefined) return undefined;
  return { weekdays, year, month, day, dayFromEnd, hour, minute, second, zone };
}

function ofSeconds(seconds: number): CalendarSpec {
  const at = civilTime(seconds * 1e6);
  const exactly = (from: number): Component => [{ from, to: undefined, step: 0 }];
  return { weekdays: 0x7f, year: exactly(at.year), month: exactly(at.month), day: exactly(at.day), dayFromEnd: false, hour: exactly(at.hour), minute: exactly(at.minute), second: exactly(at.second), zone: "UTC" };
}

function matches(component: Component, value: number): boolean {
  if (component.length === 0) return true;
  return component.some((range) => {
    if (range.step > 0) return value >= range.from && (range.to === undefined || value <= range.to) && (value - range.from) % range.step === 0;
    return range.to === undefined ? value === range.from : value >= range.from && value <= range.to;
  });
}

/** "~07/1": that day and the ones behind it. */
function matchesFromEnd(component: Component, value: number): boolean {
  if (component.length === 0) return true;
  return component.some((range) => (range.step > 0 && range.to === undefined ? value <= range.from && (range.from - value) % range.step === 0 : matches([range], value)));
}

/** The smallest matching value at or above `from`; undefined when there is none up to `high`. */
function nextMatch(component: Component, from: number, high: number): number | undefined {
  for (let value = from; value <= high; value++) if (matches(component, value)) return value;
  return undefined;
}

/** As nextMatch, in microseconds of a minute. */
function nextSecondUs(component: Component, fromUs: number): number | undefined {
  let best: number | undefined;
  for (const range of component.length === 0 ? EVERY_SECOND : component) {
    const startUs = Math.round(range.from * 1e6);
    const stepUs = Math.round((range.step > 0 ? range.step : range.to === undefined ? 60 : 1) * 1e6);
    const endUs = range.to === undefined ? (range.step > 0 ? 59_999_999 : startUs) : Math.round(range.to * 1e6);
    const us = fromUs <= startUs ? startUs : startUs + Math.ceil((fromUs - startUs) / stepUs) * stepUs;
    if (us <= endUs && (best === undefined || us < best)) best = us;
  }
  return best;
}

const EVERY_SECOND: Component = [{ from: 0, to: undefined, step: 1 }];

/** A zone's time of day, as microseconds that read like UTC, from and to real ones. */
export interface ZoneTime {
  readonly ofUtc: (us: number) => number;
  readonly toUtc: (us: number) => number;
}

/** The first time strictly after `afterUs`. `zone`: what the specification is in; UTC when it is left out. */
export function nextElapse(spec: CalendarSpec, afterUs: number, zone?: ZoneTime): number | undefined {
  const start = (zone === undefined ? afterUs : zone.ofUtc(afterUs)) + 1;
  const civil = civilTime(start);
  const firstDay = Math.floor(start / 8.64e10);
  for (let offset = 0; offset < 366 * 60; offset++) {
    const dayUs = (firstDay + offset) * 8.64e10;
    const date = civilTime(dayUs);
    const isDay = spec.dayFromEnd ? matchesFromEnd(spec.day, daysInMonth(date.year, date.month) - date.day + 1) : matches(spec.day, date.day);
    if (!isDay || !matches(spec.year, date.year) || !matches(spec.month, date.month) || (spec.weekdays & (1 << date.weekday)) === 0) continue;
    let hour: number | undefined = offset === 0 ? civil.hour : 0;
    for (hour = nextMatch(spec.hour, hour, 23); hour !== undefined; hour = nextMatch(spec.hour, hour + 1, 23)) {
      const sameHour = offset === 0 && hour === civil.hour;
      let minute = nextMatch(spec.minute, sameHour ? civil.minute : 0, 59);
      for (; minute !== undefined; minute = nextMatch(spec.minute, minute + 1, 59)) {
        const secondUs = nextSecondUs(spec.second, sameHour && minute === civil.minute ? civil.second * 1e6 + civil.microsecond : 0);
        if (secondUs === undefined) continue;
        const us = dayUs + hour * 3.6e9 + minute * 6e7 + secondUs;
        return zone === undefined ? us : zone.toUtc(us);
      }
    }
  }
  return undefined;
}

function formatComponent(component: Component, width: number): string {
  if (component.length === 0) return "*";
  const whole = (value: number): string => (Number.isInteger(value) ? String(value) : value.toFixed(6));
  const pad = (value: number): string => whole(value).replace(/^\d+/, (digits) => digits.padStart(width, "0"));
  return component.map((range) => pad(range.from) + (range.to === undefined ? "" : `..${pad(range.to)}`) + (range.step > 0 ? `/${whole(range.step)}` : "")).join(",");
}

/** As systemd-analyze calendar and `systemctl show` write it. */
export function formatCalendar(spec: CalendarSpec): string {
  let text = "";
  if (spec.weekdays !== 0x7f) {
    const order = [1, 2, 3, 4, 5, 6, 0];
    const parts: string[] = [];
    for (let at = 0; at < 7; at++) {
      const day = order[at] ?? 0;
      if ((spec.weekdays & (1 << day)) === 0) continue;
      let end = at;
      while (end + 1 < 7 && (spec.weekdays & (1 << (order[end + 1] ?? 0))) !== 0) end++;
      const first = WEEKDAYS[day] ?? "";
      const last = WEEKDAYS[order[end] ?? 0] ?? "";
      parts.push(end === at ? first : end === at + 1 ? `${first},${last}` : `${first}..${last}`);
      at = end;
    }
    text = `${parts.join(",")} `;
  }
  return `${text}${formatComponent(spec.year, 1)}-${formatComponent(spec.month, 2)}${spec.dayFromEnd ? "~" : "-"}${formatComponent(spec.day, 2)} ${formatComponent(spec.hour, 2)}:${formatComponent(spec.minute, 2)}:${formatComponent(spec.second, 2)}${spec.zone === undefined ? "" : ` ${spec.zone}`}`;
}
