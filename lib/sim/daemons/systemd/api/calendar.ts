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
  readonly second: Component;
}

const shorthand: ReadonlyMap<string, string> = new Map([
  ["minutely", "*-*-* *:*:00"], ["hourly", "*-*-* *:00:00"], ["daily", "*-*-* 00:00:00"], ["monthly", "*-*-01 00:00:00"], ["weekly", "Mon *-*-* 00:00:00"], ["yearly", "*-01-01 00:00:00"],
  ["annually", "*-01-01 00:00:00"], ["quarterly", "*-01,04,07,10-01 00:00:00"], ["semiannually", "*-01,07-01 00:00:00"],
]);

function parseComponent(text: string, low: number, high: number): Component | undefined {
  const ranges: Range[] = [];
  for (const part of text.split(",")) {
    const match = /^(\*|\d+)(?:\.\.(\d+))?(?:\/(\d+))?$/.exec(part);
    if (match === null) return undefined;
    const step = match[3] === undefined ? 0 : Number(match[3]);
    if (match[1] === "*") {
      if (step === 0) return [];
      ranges.push({ from: low, to: undefined, step });
      continue;
    }
    const from = Number(match[1]);
    const to = match[2] === undefined ? undefined : Number(match[2]);
    if (from < low || from > high || (to !== undefined && (to < from || to > high))) return undefined;
    ranges.push({ from, to, step });
  }
  return ranges;
}

function parseWeekdays(text: string): number | undefined {
  let bits = 0;
  const indexOf = (word: string): number => (word.length < 3 ? -1 : ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"].findIndex((day) => day === word.toLowerCase() || day.slice(0, 3) === word.toLowerCase()));
  for (const part of text.split(",")) {
    const [first = "", last] = part.split(/\.\.|-/);
    const from = indexOf(first);
    const to = last === undefined ? from : indexOf(last);
    if (from < 0 || to < 0) return undefined;
    for (let day = from; ; day = (day + 1) % 7) {
      bits |= 1 << day;
      if (day === to) break;
    }
  }
  return bits;
}

export function parseCalendar(text: string): CalendarSpec | undefined {
  const expanded = shorthand.get(text.trim().toLowerCase()) ?? text.trim();
  let words = expanded.split(/\s+/).filter((word) => word !== "");
  if (words.at(-1) === "UTC") words = words.slice(0, -1);
  let weekdays = 0x7f;
  const [head] = words;
  if (head !== undefined && /^[A-Za-z]/.test(head)) {
    const bits = parseWeekdays(head.replace(/,$/, ""));
    if (bits === undefined) return undefined;
    weekdays = bits;
    words = words.slice(1);
  }
  let date = "*-*-*";
  let time = "00:00:00";
  if (words.length > 2 || (words.length === 0 && weekdays === 0x7f)) return undefined;
  for (const word of words) {
    if (word.includes(":")) time = word;
    else date = word;
  }
  const dayFromEnd = date.includes("~");
  const dateParts = date.replace("~", "-").split("-");
  if (dateParts.length === 2) dateParts.unshift("*");
  const timeParts = time.split(":");
  if (timeParts.length === 2) timeParts.push("00");
  if (dateParts.length !== 3 || timeParts.length !== 3) return undefined;
  const year = parseComponent(dateParts[0] ?? "", 1970, 2200);
  const month = parseComponent(dateParts[1] ?? "", 1, 12);
  const day = parseComponent(dateParts[2] ?? "", 1, 31);
  const hour = parseComponent(timeParts[0] ?? "", 0, 23);
  const minute = parseComponent(timeParts[1] ?? "", 0, 59);
  const second = parseComponent((timeParts[2] ?? "").replace(/\.0+$/, ""), 0, 59);
  if (year === undefined || month === undefined || day === undefined || hour === undefined || minute === undefined || second === undefined) return undefined;
  return { weekdays, year, month, day, dayFromEnd, hour, minute, second };
}

function matches(component: Component, value: number): boolean {
  if (component.length === 0) return true;
  return component.some((range) => {
    if (range.step > 0) return value >= range.from && (range.to === undefined || value <= range.to) && (value - range.from) % range.step === 0;
    return range.to === undefined ? value === range.from : value >= range.from && value <= range.to;
  });
}

/** The smallest matching value at or above `from`; undefined when there is none up to `high`. */
function nextMatch(component: Component, from: number, high: number): number | undefined {
  for (let value = from; value <= high; value++) if (matches(component, value)) return value;
  return undefined;
}

/** The first time strictly after `afterUs`. */
export function nextElapse(spec: CalendarSpec, afterUs: number): number | undefined {
  const start = Math.floor(afterUs / 1e6) * 1e6 + 1e6;
  const civil = civilTime(start);
  const firstDay = Math.floor(start / 8.64e10);
  for (let offset = 0; offset < 366 * 30; offset++) {
    const dayUs = (firstDay + offset) * 8.64e10;
    const date = civilTime(dayUs);
    const monthDay = spec.dayFromEnd ? daysInMonth(date.year, date.month) - date.day + 1 : date.day;
    if (!matches(spec.year, date.year) || !matches(spec.month, date.month) || !matches(spec.day, monthDay) || (spec.weekdays & (1 << date.weekday)) === 0) continue;
    let hour: number | undefined = offset === 0 ? civil.hour : 0;
    for (hour = nextMatch(spec.hour, hour, 23); hour !== undefined; hour = nextMatch(spec.hour, hour + 1, 23)) {
      const sameHour = offset === 0 && hour === civil.hour;
      let minute = nextMatch(spec.minute, sameHour ? civil.minute : 0, 59);
      for (; minute !== undefined; minute = nextMatch(spec.minute, minute + 1, 59)) {
        const second = nextMatch(spec.second, sameHour && minute === civil.minute ? civil.second : 0, 59);
        if (second !== undefined) return dayUs + hour * 3.6e9 + minute * 6e7 + second * 1e6;
      }
    }
  }
  return undefined;
}

function formatComponent(component: Component, width: number): string {
  if (component.length === 0) return "*";
  const pad = (value: number): string => String(value).padStart(width, "0");
  return component.map((range) => pad(range.from) + (range.to === undefined ? "" : `..${pad(range.to)}`) + (range.step > 0 ? `/${range.step}` : "")).join(",");
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
  return `${text}${formatComponent(spec.year, 1)}-${formatComponent(spec.month, 2)}${spec.dayFromEnd ? "~" : "-"}${formatComponent(spec.day, 2)} ${formatComponent(spec.hour, 2)}:${formatComponent(spec.minute, 2)}:${formatComponent(spec.second, 2)}`;
}
