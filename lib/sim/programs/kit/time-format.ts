// Broken-down time and strftime(3) as GNU programs have it in C.UTF-8 (flags - _ 0 + ^ #, widths, %N, %:z…).

import { civilFromDays, daysFromCivil, isLeapYear, type Sys, weekdayOf } from "../../kernel/sys.ts";
import { installedLocale, localeOf } from "./locale.ts";
import { type Zone, offsetAt } from "./zones.ts";

export interface Civil {
  readonly year: number;
  /** 1..12 */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly nanoseconds: number;
  /** 0 = Sunday */
  readonly weekday: number;
  /** 0..365 */
  readonly yearDay: number;
  readonly epochSeconds: number;
  readonly offsetSeconds: number;
  readonly abbreviation: string;
}

export function civilAt(zone: Zone, epochSeconds: number, nanoseconds = 0): Civil {
  const { offsetSeconds, abbreviation } = offsetAt(zone, epochSeconds);
  const local = epochSeconds + offsetSeconds;
  const days = Math.floor(local / 86400);
  const inDay = (local - days * 86400) | 0;
  const { year, month, day } = civilFromDays(days);
  return {
    year, month, day, hour: (inDay / 3600) | 0, minute: ((inDay % 3600) / 60) | 0, second: inDay % 60, nanoseconds,
    weekday: weekdayOf(days), yearDay: days - daysFromCivil(year, 1, 1), epochSeconds, offsetSeconds, abbreviation,
  };
}

/** Of a clock in microseconds. */
export function civilAtUs(zone: Zone, epochUs: number): Civil {
  const epochSeconds = Math.floor(epochUs / 1e6);
  return civilAt(zone, epochSeconds, Math.round(epochUs - epochSeconds * 1e6) * 1000);
}

export const WEEKDAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"] as const;
export const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"] as const;

/** ISO 8601 year and week. */
export function isoWeek(civil: Civil): { readonly year: number; readonly week: number } {
  const fromMonday = (civil.weekday + 6) % 7;
  const week = Math.floor((civil.yearDay - fromMonday + 10) / 7);
  if (week < 1) return { year: civil.year - 1, week: weeksOf(civil.year - 1) };
  if (week > weeksOf(civil.year)) return { year: civil.year + 1, week: 1 };
  return { year: civil.year, week };
}

function weeksOf(year: number): number {
  const first = weekdayOf(daysFromCivil(year, 1, 1));
  return first === 4 || (isLeapYear(year) && first === 3) ? 53 : 52;
}

/** "+0100" and its forms with colons: 0 `+hhmm`, 1 `+hh:mm`, 2 `+hh:mm:ss`, 3 as short as it goes. */
function zoneOffset(offsetSeconds: number, colons: number): readonly [sign: string, digits: string] {
  const absolute = Math.abs(offsetSeconds);
  const two = (value: number): string => String(value).padStart(2, "0");
  const hours = Math.floor(absolute / 3600);
  const minutes = Math.floor((absolute % 3600) / 60);
  const seconds = absolute % 60;
  const sign = offsetSeconds < 0 ? "-" : "+";
  if (colons === 0) return [sign, String(hours) .padStart(2, "0") + two(minutes)];
  if (colons === 1) return [sign, `${two(hours)}:${two(minutes)}`];
  if (colons === 2) return [sign, `${two(hours)}:${two(minutes)}:${two(seconds)}`];
  if (seconds !== 0) return [sign, `${two(hours)}:${two(minutes)}:${two(seconds)}`];
  if (minutes !== 0) return [sign, `${two(hours)}:${two(minutes)}`];
  return [sign, two(hours)];
}

/** Names and formats of a locale (LC_TIME). */
export interface TimeLocale {
  readonly weekdays: readonly string[];
  readonly shortWeekdays: readonly string[];
  readonly months: readonly string[];
  readonly shortMonths: readonly string[];
  readonly dateTime: string;
  readonly date: string;
  /** of date(1) */
  readonly withZone: string;
}

const FRENCH: TimeLocale = {
  weekdays: ["dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"], shortWeekdays: ["dim.", "lun.", "mar.", "mer.", "jeu.", "ven.", "sam."],
  months: ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"],
  shortMonths: ["janv.", "févr.", "mars", "avril", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."],
  dateTime: "%a %d %b %Y %T", date: "%d/%m/%Y", withZone: "%a %d %b %Y %T %Z",
};

/** The locale of times; undefined for the C locales. */
export function timeLocale(sys: Sys): TimeLocale | undefined {
  const name = localeOf(sys.environment, "LC_TIME");
  return name.startsWith("fr") && installedLocale(sys, name) ? FRENCH : undefined;
}

export function strftime(format: string, civil: Civil, locale?: TimeLocale): string {
  let out = "";
  for (let i = 0; i < format.length; i++) {
    const char = format.charAt(i);
    if (char !== "%") {
      out += char;
      continue;
    }
    const match = /^%([-_0+^#]*)(\d*)([EO]?)(:{0,3})(.?)/su.exec(format.slice(i));
    const [whole = "%", flags = "", width = "", modifier = "", colons = "", letter = ""] = match ?? [];
    const text = conversion(letter, civil, flags, width, colons.length, modifier, locale);
    if (text === undefined) {
      out += whole;
    } else out += text;
    i += whole.length - 1;
  }
  return out;
}

type PadFlag = "-" | "_" | "0" | "+" | "";

function conversion(letter: string, civil: Civil, flags: string, widthText: string, colons: number, modifier: string, locale: TimeLocale | undefined): string | undefined {
  let pad: PadFlag = "";
  let upper = false;
  let swap = false;
  for (const flag of flags) {
    if (flag === "^") upper = true;
    else if (flag === "#") swap = true;
    else pad = flag === "-" || flag === "_" || flag === "0" ? flag : "+";
  }
  const width = widthText === "" ? -1 : Math.min(Number(widthText), 4096);
  if (colons > 0 && letter !== "z") return undefined;
  const number = (value: number, digits: number, padding = "0", alwaysSign = false): string => {
    const negative = value < 0;
    const body = String(Math.abs(value));
    const chosen = pad === "_" ? " " : pad === "0" || pad === "+" ? "0" : padding;
    const sign = negative ? "-" : alwaysSign || (pad === "+" && (body.length > digits || (width > digits && digits >= 4))) ? "+" : "";
    if (pad === "-") return sign + body;
    const columns = Math.max(width, digits);
    return chosen === "0" ? sign + body.padStart(columns - sign.length, "0") : (sign + body).padStart(columns, " ");
  };
  const words = (value: string, swapTo: "upper" | "lower" = "upper"): string => {
    let shown = value;
    if (upper || (swap && swapTo === "upper")) shown = shown.toUpperCase();
    else if (swap) shown = shown.toLowerCase();
    return pad === "-" || width < 0 ? shown : shown.padStart(width, pad === "0" || pad === "+" ? "0" : " ");
  };
  const composed = (inner: string): string => words(strftime(inner, civil, locale));
  const hour12 = civil.hour % 12 === 0 ? 12 : civil.hour % 12;
  switch (letter) {
    case "%": return modifier === "" && flags === "" && widthText === "" ? "%" : words("%");
    case "n": return words("\n");
    case "t": return words("\t");
    case "a": return words(locale?.shortWeekdays[civil.weekday] ?? WEEKDAYS[civil.weekday]?.slice(0, 3) ?? "");
    case "A": return words((locale?.weekdays ?? WEEKDAYS)[civil.weekday] ?? "");
    case "b": case "h": return words(locale?.shortMonths[civil.month - 1] ?? MONTHS[civil.month - 1]?.slice(0, 3) ?? "");
    case "B": return words((locale?.months ?? MONTHS)[civil.month - 1] ?? "");
    case "c": return composed(locale?.dateTime ?? "%a %b %e %H:%M:%S %Y");
    case "C": return number(Math.floor(civil.year / 100), 2);
    case "d": return number(civil.day, 2);
    case "D": return composed("%m/%d/%y");
    case "e": return number(civil.day, 2, " ");
    case "F": return pad === "" && width < 0 ? strftime("%+4Y-%m-%d", civil) : words(strftime("%Y-%m-%d", civil));
    case "g": return number(((isoWeek(civil).year % 100) + 100) % 100, 2);
    case "G": return number(isoWeek(civil).year, 4);
    case "H": return number(civil.hour, 2);
    case "I": return number(hour12, 2);
    case "j": return number(civil.yearDay + 1, 3);
    case "k": return number(civil.hour, 2, " ");
    case "l": return number(hour12, 2, " ");
    case "m": return number(civil.month, 2);
    case "M": return number(civil.minute, 2);
    case "N": {
      const digits = width < 0 ? 9 : width;
      const shown = String(civil.nanoseconds).padStart(9, "0");
      if (pad === "-") return shown.replace(/0+$/, "") || "0";
      if (pad === "_") return shown.slice(0, digits).replace(/0+$/, "").padEnd(digits, " ");
      return digits <= 9 ? shown.slice(0, digits) : shown.padEnd(digits, "0");
    }
    case "p": return words(locale ? "" : civil.hour < 12 ? "AM" : "PM", "lower");
    case "P": return words(locale ? "" : civil.hour < 12 ? "am" : "pm");
    case "q": return number(Math.floor((civil.month - 1) / 3) + 1, 1);
    case "r": return composed("%I:%M:%S %p");
    case "R": return composed("%H:%M");
    case "s": return number(civil.epochSeconds, 1);
    case "S": return number(civil.second, 2);
    case "T": return composed("%H:%M:%S");
    case "u": return number(civil.weekday === 0 ? 7 : civil.weekday, 1);
    case "U": return number(Math.floor((civil.yearDay - civil.weekday + 7) / 7), 2);
    case "V": return number(isoWeek(civil).week, 2);
    case "w": return number(civil.weekday, 1);
    case "W": return number(Math.floor((civil.yearDay - ((civil.weekday + 6) % 7) + 7) / 7), 2);
    case "x": return composed(locale?.date ?? "%m/%d/%y");
    case "X": return composed("%H:%M:%S");
    case "y": return number(((civil.year % 100) + 100) % 100, 2);
    case "Y": return number(civil.year, civil.year < 0 ? 5 : 4);
    case "z": {
      const [sign, digits] = zoneOffset(civil.offsetSeconds, colons);
      if (pad === "-") return sign + digits.replace(/^0/, "");
      if (pad === "_") return (sign + digits.replace(/^0/, "")).padStart(Math.max(width, digits.length + 1), " ");
      return sign + digits.padStart(width - 1, "0");
    }
    case "Z": return swap ? words(civil.abbreviation.toLowerCase(), "lower") : words(civil.abbreviation);
    default: return undefined;
  }
}
