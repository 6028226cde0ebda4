// Timestamps as people type them (systemd.time(7), PARSING TIMESTAMPS): dates, "yesterday", "1 hour ago", "-5min", "@1234".
import { daysFromCivil } from "../../../kernel/sys.ts";
import { civilTime, parseTimeSpan, WEEKDAYS } from "./time-span.ts";

/** A time of day in the caller's zone, as microseconds that read like UTC, from and to real ones. */
export interface LocalTime {
  readonly ofUtc: (us: number) => number;
  readonly toUtc: (us: number) => number;
}

const SAME: LocalTime = { ofUtc: (us) => us, toUtc: (us) => us };

/** Microseconds since 1970, UTC; undefined when it is no timestamp. What names no zone is local time. */
export function parseTimestampWord(text: string, nowUs: number, bootUs: number, local: LocalTime = SAME): number | undefined {
  const word = text.trim();
  const midnight = Math.floor(local.ofUtc(nowUs) / 8.64e10) * 8.64e10;
  const today = local.toUtc(midnight);
  switch (word) {
    case "now":
      return nowUs;
    case "today":
      return today;
    case "yesterday":
      return local.toUtc(midnight - 8.64e10);
    case "tomorrow":
      return local.toUtc(midnight + 8.64e10);
    case "boot":
      return bootUs;
    default:
      break;
  }
  if (word.startsWith("@")) {
    const seconds = Number(word.slice(1));
    return Number.isFinite(seconds) && word.length > 1 ? Math.round(seconds * 1e6) : undefined;
  }
  const ago = /^(.*\S)\s+ago$/.exec(word);
  if (ago !== null) {
    const span = parseTimeSpan(ago[1] ?? "");
    return span === undefined ? undefined : nowUs - span;
  }
  const left = /^(.*\S)\s+left$/.exec(word);
  if (left !== null) {
    const span = parseTimeSpan(left[1] ?? "");
    return span === undefined ? undefined : nowUs + span;
  }
  if (/^[+-]/.test(word)) {
    const span = parseTimeSpan(word.slice(1));
    return span === undefined ? undefined : word.startsWith("+") ? nowUs + span : nowUs - span;
  }
  const weekday = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,?\s+/.exec(word);
  const match = /^(?:(\d{2}|\d{4})-(\d{1,2})-(\d{1,2}))?(?:[T\s]*(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,6}))?)?)?(?:\s*(?:UTC|Z))?$/.exec(word.slice(weekday?.[0].length ?? 0));
  if (match === null || (match[1] === undefined && match[4] === undefined)) return undefined;
  const now = civilTime(local.ofUtc(nowUs));
  const year = match[1] === undefined ? now.year : match[1].length === 2 ? 2000 + Number(match[1]) : Number(match[1]);
  const month = match[2] === undefined ? now.month : Number(match[2]);
  const day = match[3] === undefined ? now.day : Number(match[3]);
  const hour = Number(match[4] ?? 0);
  const minute = Number(match[5] ?? 0);
  const second = Number(match[6] ?? 0);
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 60) return undefined;
  const dayUs = daysFromCivil(year, month, day) * 8.64e10;
  // a day of the week that is named must be the date's
  if (weekday !== null && weekday[1] !== WEEKDAYS[civilTime(dayUs).weekday]) return undefined;
  const us = dayUs + (hour * 3600 + minute * 60 + second) * 1e6 + Number((match[7] ?? "").padEnd(6, "0"));
  return /(?:UTC|Z)$/.test(word) ? us : local.toUtc(us);
}
