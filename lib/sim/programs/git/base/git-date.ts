// Dates as git reads and shows them (git-commit(1), "DATE FORMATS"; git-log(1), --date).
import { type Blocking, type Sys, SysError } from "../../../kernel/sys.ts";
import { translated } from "../../kit/messages/translate.ts";
import { parseDate } from "../../kit/date-parse.ts";
import { MONTHS, WEEKDAYS, civilAt, strftime } from "../../kit/time-format.ts";
import { UTC, type Zone, offsetAt, readZone } from "../../kit/zones.ts";
import { Die } from "./die.ts";

export interface GitDate {
  readonly seconds: number;
  /** "+0100" */
  readonly zone: string;
}

const two = (value: number): string => String(value).padStart(2, "0");

export function zoneText(offsetSeconds: number): string {
  const minutes = Math.round(Math.abs(offsetSeconds) / 60);
  return `${offsetSeconds < 0 ? "-" : "+"}${two(Math.floor(minutes / 60))}${two(minutes % 60)}`;
}

export function zoneSeconds(zone: string): number {
  const match = /^([-+])(\d\d?)(\d\d)$/.exec(zone);
  return match ? (match[1] === "-" ? -1 : 1) * (Number(match[2]) * 3600 + Number(match[3]) * 60) : 0;
}

export class Calendar {
  readonly #sys: Sys;
  #zone: Zone | undefined;

  constructor(sys: Sys) {
    this.#sys = sys;
  }

  /** A text of ours in the language of the environment. */
  inLanguage(english: string): string {
    return translated(this.#sys, "git", english);
  }

  get nowSeconds(): number {
    return Math.floor(this.#sys.clockUs("realtime") / 1e6);
  }

  *zone(): Blocking<Zone> {
    if (this.#zone) return this.#zone;
    try {
      this.#zone = yield* readZone(this.#sys);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      this.#zone = UTC;
    }
    return this.#zone;
  }

  *now(): Blocking<GitDate> {
    return { seconds: this.nowSeconds, zone: zoneText(offsetAt(yield* this.zone(), this.nowSeconds).offsetSeconds) };
  }

  /** A point in time with its zone: for GIT_AUTHOR_DATE and --date. Undefined when it is none. */
  *parse(text: string): Blocking<GitDate | undefined> {
    const raw = /^\s*@?(\d+)(?:\s+([-+]\d{4}))?\s*$/.exec(text);
    if (raw && (text.includes("@") || (raw[1] ?? "").length > 8)) return { seconds: Number(raw[1]), zone: raw[2] ?? (text.includes("@") ? "+0000" : yield* this.#zoneAt(Number(raw[1]))) };
    const zone = yield* this.zone();
    const seconds = approximate(text, zone, this.nowSeconds);
    if (seconds === undefined) return undefined;
    const named = /(?:^|[\s\d])([-+]\d\d):?(\d\d)\s*$/.exec(text.replace(/^\d{4}-\d\d-\d\d/, "")) ?? (/(?:Z|UTC|GMT)\s*$/.test(text) ? ["", "+00", "00"] : undefined);
    return { seconds, zone: named ? `${named[1]}${named[2]}` : zoneText(offsetAt(zone, seconds).offsetSeconds) };
  }

  *#zoneAt(seconds: number): Blocking<string> {
    return zoneText(offsetAt(yield* this.zone(), seconds).offsetSeconds);
  }

  /** For --since and name@{yesterday}: what cannot be read is now. */
  *approximate(text: string): Blocking<number> {
    const raw = /^\s*@?(\d{9,})(?:\s+[-+]\d{4})?\s*$/.exec(text);
    if (raw) return Number(raw[1]);
    return approximate(text, yield* this.zone(), this.nowSeconds) ?? this.nowSeconds;
  }
}

function approximate(text: string, zone: Zone, nowSeconds: number): number | undefined {
  const cleaned = text.trim().replace(/[._](?=[a-z])|(?<=[a-z])[._]/gi, " ").replace(/(?<=\d)\.(?=[a-z])/gi, " ");
  const bare = /^\d{4}-\d\d?-\d\d?$/.test(cleaned);
  if (cleaned === "" || cleaned === "now") return nowSeconds;
  if (cleaned === "never") return 0;
  const ago = /^(\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten) (second|minute|hour|day|week|month|year)s?(?: ago)?$/i.exec(cleaned);
  const named = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"].indexOf((ago?.[1] ?? "").toLowerCase());
  const amount = named >= 0 ? named : /^an?$/i.test(ago?.[1] ?? "") ? 1 : Number(ago?.[1]);
  const asGnu = ago ? `${amount} ${ago[2]} ago` : /^last (week|month|year)$/i.test(cleaned) ? `1 ${cleaned.slice(5)} ago` : cleaned === "noon" ? "12:00" : cleaned === "midnight" ? "00:00" : cleaned;
  const found = parseDate(asGnu, zone, { epochSeconds: nowSeconds, nanoseconds: 0 });
  if (!found) return undefined;
  if (!bare) return found.epochSeconds;
  // A date alone is that day at the present time of day.
  const now = civilAt(zone, nowSeconds);
  return found.epochSeconds + now.hour * 3600 + now.minute * 60 + now.second;
}

function zoneOf(zone: string): Zone {
  const offsetSeconds = zoneSeconds(zone);
  return { ...UTC, standard: { offsetSeconds, abbreviation: "", summer: false } };
}

export interface DateMode {
  readonly kind: "default" | "relative" | "short" | "iso" | "iso-strict" | "rfc" | "raw" | "unix" | "human" | "format";
  readonly local: boolean;
  readonly format?: string;
}

/** Throws Die. */
export function dateMode(text: string): DateMode {
  const local = text.endsWith("-local") || text === "local";
  const name = text === "local" ? "default" : text.replace(/-local$/, "");
  const known = ({ iso8601: "iso", "iso8601-strict": "iso-strict", rfc2822: "rfc", normal: "default" } as const)[name] ?? name;
  for (const kind of ["default", "relative", "short", "iso", "iso-strict", "rfc", "raw", "unix", "human"] as const) if (kind === known) return { kind, local };
  if (text.startsWith("format:") || text.startsWith("format-local:")) return { kind: "format", local: text.startsWith("format-local:"), format: text.slice(text.indexOf(":") + 1) };
  throw new Die(`unknown date format ${text}`);
}

export const DEFAULT_DATES: DateMode = { kind: "default", local: false };

export function* showDate(calendar: Calendar, date: GitDate, mode: DateMode): Blocking<string> {
  const local = yield* calendar.zone();
  const zone = mode.local ? zoneText(offsetAt(local, date.seconds).offsetSeconds) : date.zone;
  const civil = civilAt(zoneOf(zone), date.seconds);
  const day = `${String(civil.year).padStart(4, "0")}-${two(civil.month)}-${two(civil.day)}`;
  const time = `${two(civil.hour)}:${two(civil.minute)}:${two(civil.second)}`;
  const weekday = (WEEKDAYS[civil.weekday] ?? "").slice(0, 3);
  const month = (MONTHS[civil.month - 1] ?? "").slice(0, 3);
  switch (mode.kind) {
    case "relative": return calendar.inLanguage(relative(calendar.nowSeconds, date.seconds));
    case "short": return day;
    case "iso": return `${day} ${time}${` ${zone}`}`;
    case "iso-strict": return `${day}T${time}${zone === "+0000" ? "+00:00" : `${zone.slice(0, 3)}:${zone.slice(3)}`}`;
    case "rfc": return `${weekday}, ${civil.day} ${month} ${civil.year} ${time} ${zone}`;
    case "raw": return `${date.seconds} ${zone}`;
    case "unix": return String(date.seconds);
    case "format": return strftime((mode.format ?? "").replaceAll("%z", zone), civil);
    case "human": return human(calendar.nowSeconds, local, date, civil, weekday, month, time.slice(0, 5));
    case "default": return `${weekday} ${month} ${civil.day} ${time} ${civil.year}${mode.local ? "" : ` ${zone}`}`;
  }
}

function human(nowSeconds: number, local: Zone, date: GitDate, civil: ReturnType<typeof civilAt>, weekday: string, month: string, time: string): string {
  const now = civilAt(local, nowSeconds);
  const zone = zoneText(now.offsetSeconds) === date.zone ? "" : ` ${date.zone}`;
  if (civil.year === now.year && civil.yearDay === now.yearDay && zone === "") return relative(nowSeconds, date.seconds);
  if (civil.year === now.year && now.yearDay - civil.yearDay < 5 && now.yearDay >= civil.yearDay) return `${weekday} ${time}${zone}`;
  if (civil.year === now.year) return `${weekday} ${month} ${civil.day} ${time}${zone}`;
  return `${month} ${civil.day} ${civil.year}`;
}

export function relative(now: number, then: number): string {
  if (now < then) return "in the future";
  const plural = (count: number, unit: string) => `${count} ${unit}${count === 1 ? "" : "s"}`;
  let amount = now - then;
  if (amount < 90) return `${plural(amount, "second")} ago`;
  amount = Math.floor((amount + 30) / 60);
  if (amount < 90) return `${plural(amount, "minute")} ago`;
  amount = Math.floor((amount + 30) / 60);
  if (amount < 36) return `${plural(amount, "hour")} ago`;
  amount = Math.floor((amount + 12) / 24);
  if (amount < 14) return `${plural(amount, "day")} ago`;
  if (amount < 70) return `${plural(Math.floor((amount + 3) / 7), "week")} ago`;
  if (amount < 365) return `${plural(Math.floor((amount + 15) / 30), "month")} ago`;
  if (amount < 1825) {
    const months = Math.floor((amount * 12 * 2 + 365) / (365 * 2));
    const years = Math.floor(months / 12);
    return months % 12 > 0 ? `${plural(years, "year")}, ${plural(months % 12, "month")} ago` : `${plural(years, "year")} ago`;
  }
  return `${plural(Math.floor((amount + 183) / 365), "year")} ago`;
}
