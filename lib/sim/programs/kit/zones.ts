// Time zones by their current rule, in the form of the TZ variable (tzset(3)); zone-rules.ts has the table. The footer of a zone file (tzfile(5)) holds the same string, so the
// tzdata package writes its files from this table and `readZone` reads them back. Former rules of a zone are not kept: today's hold for every year.

import { type Blocking, civilFromDays, daysFromCivil, isLeapYear, type Sys, SysError, weekdayOf } from "../../kernel/sys.ts";
import { readTextFile } from "./accounts.ts";
import { ZONE_RULES } from "./zone-rules.ts";

/** When summer time begins or ends: month, week (5 = last), weekday, seconds of local time; or a day of the year. */
interface Transition {
  readonly kind: "month" | "julian" | "zero-based";
  readonly month: number;
  readonly week: number;
  readonly day: number;
  readonly seconds: number;
}

export interface Offset {
  readonly offsetSeconds: number;
  readonly abbreviation: string;
  readonly summer: boolean;
}

export interface Zone {
  /** "Europe/Paris", or the TZ string. */
  readonly name: string;
  readonly standard: Offset;
  readonly summer: Offset | undefined;
  readonly starts: Transition | undefined;
  readonly ends: Transition | undefined;
}

export const UTC: Zone = {
  name: "UTC", standard: { offsetSeconds: 0, abbreviation: "UTC", summer: false }, summer: undefined, starts: undefined, ends: undefined,
};

/** A TZ string such as "CET-1CEST,M3.5.0,M10.5.0/3"; undefined when it is none. */
export function parseRule(rule: string, name = rule): Zone | undefined {
  const match = /^(<[A-Za-z0-9+-]{3,}>|[A-Za-z]{3,})([+-]?\d{1,2}(?::\d{1,2}){0,2})(?:(<[A-Za-z0-9+-]{3,}>|[A-Za-z]{3,})([+-]?\d{1,2}(?::\d{1,2}){0,2})?(?:,([^,]+),([^,]+))?)?$/.exec(rule);
  if (!match) return undefined;
  const [, standardName = "", standardOffset = "0", summerName, summerOffset, start = "M3.2.0", end = "M11.1.0"] = match;
  const offsetSeconds = -seconds(standardOffset);
  const standard: Offset = { offsetSeconds, abbreviation: bare(standardName), summer: false };
  if (summerName === undefined) return { name, standard, summer: undefined, starts: undefined, ends: undefined };
  const summerSeconds = summerOffset === undefined ? offsetSeconds + 3600 : -seconds(summerOffset);
  const starts = parseTransition(start);
  const ends = parseTransition(end);
  if (!starts || !ends) return undefined;
  return { name, standard, summer: { offsetSeconds: summerSeconds, abbreviation: bare(summerName), summer: true }, starts, ends };
}

const bare = (name: string): string => name.replace(/^<|>$/g, "");

function seconds(text: string): number {
  const sign = text.startsWith("-") ? -1 : 1;
  const [hours = 0, minutes = 0, rest = 0] = text.replace(/^[+-]/, "").split(":").map(Number);
  return sign * (hours * 3600 + minutes * 60 + rest);
}

function parseTransition(text: string): Transition | undefined {
  const [when = "", time = "2"] = text.split("/");
  const month = /^M(\d{1,2})\.([1-5])\.([0-6])$/.exec(when);
  if (month) return { kind: "month", month: Number(month[1]), week: Number(month[2]), day: Number(month[3]), seconds: seconds(time) };
  const day = /^(J?)(\d{1,3})$/.exec(when);
  if (day) return { kind: day[1] === "J" ? "julian" : "zero-based", month: 0, week: 0, day: Number(day[2]), seconds: seconds(time) };
  return undefined;
}

/** Local seconds (as if UTC) of a transition in a year. */
function transitionAt(transition: Transition, year: number): number {
  let days: number;
  if (transition.kind === "month") {
    const first = daysFromCivil(year, transition.month, 1);
    days = first + ((transition.day - weekdayOf(first) + 7) % 7) + (transition.week - 1) * 7;
    if (days >= daysFromCivil(year, transition.month + 1, 1)) days -= 7;
  } else {
    const start = daysFromCivil(year, 1, 1);
    const leap = transition.kind === "julian" && isLeapYear(year) && transition.day >= 60 ? 1 : 0;
    days = start + transition.day - (transition.kind === "julian" ? 1 : 0) + leap;
  }
  return days * 86400 + transition.seconds;
}

export function offsetAt(zone: Zone, epochSeconds: number): Offset {
  const { standard, summer, starts, ends } = zone;
  if (!summer || !starts || !ends) return standard;
  const { year } = civilFromDays(Math.floor((epochSeconds + standard.offsetSeconds) / 86400));
  const start = transitionAt(starts, year) - standard.offsetSeconds;
  const end = transitionAt(ends, year) - summer.offsetSeconds;
  const isSummer = start < end ? epochSeconds >= start && epochSeconds < end : epochSeconds >= start || epochSeconds < end;
  return isSummer ? summer : standard;
}

/** When the clocks change in these years, in order. */
export function transitionsOf({ standard, summer, starts, ends }: Zone, fromYear: number, toYear: number): readonly { readonly at: number; readonly summer: boolean }[] {
  if (!summer || !starts || !ends) return [];
  const list: { at: number; summer: boolean }[] = [];
  for (let year = fromYear; year <= toYear; year++) list.push({ at: transitionAt(starts, year) - standard.offsetSeconds, summer: true }, { at: transitionAt(ends, year) - summer.offsetSeconds, summer: false });
  return list.sort((a, b) => a.at - b.at);
}

/** Epoch seconds of a local time given as seconds as if UTC (mktime(3)); a time skipped by summer time comes out as standard time reads it. */
export function epochOfLocal(zone: Zone, localSeconds: number): number {
  const summerGuess = zone.summer && localSeconds - zone.summer.offsetSeconds;
  if (summerGuess !== undefined && offsetAt(zone, summerGuess).summer) return summerGuess;
  return localSeconds - zone.standard.offsetSeconds;
}

const FOLDER = "/usr/share/zoneinfo/";

/** The zone of TZ, or of /etc/localtime. An unknown name is UTC under that name's letters, as in glibc. */
export function* readZone(sys: Sys, tz = sys.environment.get("TZ")): Blocking<Zone> {
  if (tz === undefined) {
    let name = "";
    try {
      name = sys.readlink("/etc/localtime").split("zoneinfo/")[1] ?? "";
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
    return (yield* zoneFromFile(sys, "/etc/localtime", name)) ?? namedZone(name) ?? UTC;
  }
  const name = tz.replace(/^:/, "");
  if (name === "") return UTC;
  const path = name.startsWith("/") ? name : FOLDER + name;
  const known = name.startsWith("/") ? (name.split("zoneinfo/")[1] ?? name) : name;
  return (yield* zoneFromFile(sys, path, known)) ?? namedZone(known) ?? parseRule(name) ?? unknownZone(name);
}

function unknownZone(name: string): Zone {
  const letters = /^[A-Za-z]{3,}/.exec(name)?.[0] ?? "UTC";
  return { ...UTC, name, standard: { offsetSeconds: 0, abbreviation: letters, summer: false } };
}

function namedZone(name: string): Zone | undefined {
  const rule = ZONE_RULES.get(name);
  return rule === undefined ? undefined : parseRule(rule, name);
}

/** tzfile(5): the last line of the file is the rule. */
function* zoneFromFile(sys: Sys, path: string, name: string): Blocking<Zone | undefined> {
  const text = yield* readTextFile(sys, path);
  if (text === undefined || !text.startsWith("TZif")) return undefined;
  return parseRule(text.trimEnd().split("\n").at(-1) ?? "", name);
}
