// The date language of GNU programs (`date -d`, `touch -d`, `timedatectl`…): gnulib's parse-datetime, as its manual describes it
// ("Date input formats"): calendar dates, times of day, zones, days of the week, relative items, pure numbers, @seconds.
// (More than 400 lines: one grammar of dates with its words.)

import { daysFromCivil, daysInMonth, weekdayOf } from "../../kernel/sys.ts";
import { type DateNotes, type Relative, dateText, timeText, weekdayText, zoneText } from "./date-debug.ts";
import { UTC, type Zone, epochOfLocal } from "./zones.ts";
import { MONTHS, WEEKDAYS, civilAt } from "./time-format.ts";

export interface Instant {
  readonly epochSeconds: number;
  readonly nanoseconds: number;
}

interface NumberToken { readonly kind: "number"; readonly sign: "" | "+" | "-"; readonly digits: string; readonly fraction: string | undefined }
interface WordToken { readonly kind: "word"; readonly text: string }
interface MarkToken { readonly kind: "mark"; readonly text: string }
type Token = NumberToken | WordToken | MarkToken;

type Unit = "year" | "month" | "day" | "hour" | "minute" | "second";

type Meaning =
  | { readonly is: "month"; readonly month: number }
  | { readonly is: "weekday"; readonly weekday: number }
  | { readonly is: "unit"; readonly unit: Unit; readonly times: number }
  | { readonly is: "shift"; readonly days: number }
  | { readonly is: "ordinal"; readonly value: number }
  | { readonly is: "meridian"; readonly pm: boolean }
  | { readonly is: "zone"; readonly offsetSeconds: number; readonly daylight: boolean }
  | { readonly is: "dst" }
  | { readonly is: "ago" }
  | { readonly is: "separator" };

const ORDINALS = new Map([["LAST", -1], ["THIS", 0], ["NEXT", 1], ["FIRST", 1], ["THIRD", 3], ["FOURTH", 4], ["FIFTH", 5], ["SIXTH", 6],
  ["SEVENTH", 7], ["EIGHTH", 8], ["NINTH", 9], ["TENTH", 10], ["ELEVENTH", 11], ["TWELFTH", 12]]);
const SHIFTS = new Map([["TOMORROW", 1], ["YESTERDAY", -1], ["TODAY", 0], ["NOW", 0]]);
const UNITS = new Map<string, readonly [Unit, number]>([["YEAR", ["year", 1]], ["MONTH", ["month", 1]], ["FORTNIGHT", ["day", 14]], ["WEEK", ["day", 7]],
  ["DAY", ["day", 1]], ["HOUR", ["hour", 1]], ["MINUTE", ["minute", 1]], ["MIN", ["minute", 1]], ["SECOND", ["second", 1]], ["SEC", ["second", 1]]]);
/** Hours east of Greenwich; those of the second list are summer times (one hour more is in the name). */
const ZONES = new Map([["GMT", 0], ["UT", 0], ["UTC", 0], ["WET", 0], ["ART", -3], ["BRT", -3], ["NST", -3.5], ["AST", -4], ["CLT", -4], ["EST", -5], ["CST", -6],
  ["MST", -7], ["PST", -8], ["AKST", -9], ["HST", -10], ["SST", -12], ["WAT", 1], ["CET", 1], ["MET", 1], ["MEZ", 1], ["SAST", 2], ["EET", 2], ["CAT", 2], ["EAT", 3],
  ["MSK", 3], ["IST", 5.5], ["SGT", 8], ["KST", 9], ["JST", 9], ["GST", 10], ["NZST", 12]]);
const SUMMER_ZONES = new Map([["WEST", 0], ["BST", 0], ["BRST", -3], ["NDT", -3.5], ["ADT", -4], ["CLST", -4], ["EDT", -5], ["CDT", -6], ["MDT", -7], ["PDT", -8], ["AKDT", -9],
  ["HADT", -10], ["CEST", 1], ["MEST", 1], ["MESZ", 1], ["EEST", 2], ["MSD", 3], ["NZDT", 12]]);

/** `TZ="zone"` at the beginning. */
export function splitZonePrefix(text: string): { readonly tz: string | undefined; readonly rest: string } {
  const match = /^\s*TZ="((?:[^"\\]|\\["\\])*)"/.exec(text);
  if (!match) return { tz: undefined, rest: text };
  return { tz: (match[1] ?? "").replace(/\\(.)/g, "$1"), rest: text.slice(match[0].length) };
}

function tokens(text: string): Token[] | undefined {
  const found: Token[] = [];
  let rest = text;
  while (rest !== "") {
    if (/^\s/.test(rest)) {
      rest = rest.slice(1);
      continue;
    }
    if (rest.startsWith("(")) {
      let depth = 0;
      let at = 0;
      for (; at < rest.length; at++) {
        if (rest[at] === "(") depth++;
        else if (rest[at] === ")" && --depth === 0) break;
      }
      if (depth > 0) return undefined;
      rest = rest.slice(at + 1);
      continue;
    }
    const number = /^([-+]\s*)*(\d+)(?:[.,](\d+))?/.exec(rest);
    if (number) {
      const signs = rest.slice(0, rest.search(/\d/)).replace(/\s/g, "");
      const sign = signs.endsWith("-") ? "-" : signs.endsWith("+") ? "+" : "";
      found.push({ kind: "number", sign, digits: number[2] ?? "", fraction: number[3] });
      rest = rest.slice(number[0].length);
      continue;
    }
    const word = /^[A-Za-z][A-Za-z.]*/.exec(rest);
    if (word) {
      found.push({ kind: "word", text: word[0] });
      rest = rest.slice(word[0].length);
      continue;
    }
    if (/^[-+]/.test(rest)) {
      rest = rest.slice(1);
      continue;
    }
    found.push({ kind: "mark", text: rest.charAt(0) });
    rest = rest.slice(1);
  }
  return found;
}

function meaningOf(raw: string, localNames: ReadonlyMap<string, number>): Meaning | undefined {
  let text = raw.toUpperCase();
  if (text === "AM" || text === "A.M.") return { is: "meridian", pm: false };
  if (text === "PM" || text === "P.M.") return { is: "meridian", pm: true };
  const withoutDot = text.endsWith(".") ? text.slice(0, -1) : text;
  const abbreviated = withoutDot.length === 3 || (withoutDot.length === 4 && text.endsWith("."));
  for (const [index, name] of MONTHS.entries()) {
    const upper = name.toUpperCase();
    if (withoutDot === upper || (abbreviated && upper.startsWith(withoutDot.slice(0, 3)) && withoutDot.length === 3) || (withoutDot === "SEPT" && index === 8)) {
      return { is: "month", month: index + 1 };
    }
  }
  for (const [index, name] of WEEKDAYS.entries()) {
    const upper = name.toUpperCase();
    if (withoutDot === upper || (withoutDot.length === 3 && upper.startsWith(withoutDot)) || (withoutDot === "TUES" && index === 2) ||
      (withoutDot === "WEDNES" && index === 3) || ((withoutDot === "THUR" || withoutDot === "THURS") && index === 4)) return { is: "weekday", weekday: index };
  }
  const local = localNames.get(text);
  if (local !== undefined) return { is: "zone", offsetSeconds: local, daylight: false };
  const zone = ZONES.get(text);
  if (zone !== undefined) return { is: "zone", offsetSeconds: zone * 3600, daylight: false };
  const summer = SUMMER_ZONES.get(text);
  if (summer !== undefined) return { is: "zone", offsetSeconds: (summer + 1) * 3600, daylight: true };
  if (text === "DST") return { is: "dst" };
  const plain = UNITS.get(text) ?? (text.endsWith("S") ? UNITS.get(text.slice(0, -1)) : undefined);
  if (plain) return { is: "unit", unit: plain[0], times: plain[1] };
  const shift = SHIFTS.get(text);
  if (shift !== undefined) return { is: "shift", days: shift };
  const ordinal = ORDINALS.get(text);
  if (ordinal !== undefined) return { is: "ordinal", value: ordinal };
  if (text === "AGO") return { is: "ago" };
  if (text === "HENCE") return undefined;
  if (text.length === 1) {
    if (text === "T") return { is: "separator" };
    const at = "ABCDEFGHIKLM".indexOf(text);
    if (at >= 0) return { is: "zone", offsetSeconds: (at + 1) * 3600, daylight: false };
    const west = "NOPQRSTUVWXY".indexOf(text);
    if (west >= 0) return { is: "zone", offsetSeconds: -(west + 1) * 3600, daylight: false };
    if (text === "Z") return { is: "zone", offsetSeconds: 0, daylight: false };
  }
  if (text.includes(".")) {
    text = text.replaceAll(".", "");
    const dotted = ZONES.get(text);
    if (dotted !== undefined) return { is: "zone", offsetSeconds: dotted * 3600, daylight: false };
  }
  return undefined;
}

interface Year { readonly value: number; readonly digits: number }

class Parser {
  readonly #tokens: readonly Token[];
  readonly #meanings: readonly (Meaning | undefined)[];
  #at = 0;
  year: Year | undefined;
  month: number | undefined;
  day: number | undefined;
  hour = 0;
  minute = 0;
  second = 0;
  nanoseconds = 0;
  pm: boolean | undefined;
  zoneSeconds = 0;
  weekday = 0;
  weekdayOrdinal = 0;
  relative = new Map<Unit, number>();
  relativeNanoseconds = 0;
  dates = 0;
  times = 0;
  zones = 0;
  days = 0;
  relatives = 0;

  /** What the item being read is called, where its first word does not say. */
  #part = "";
  readonly #notes: DateNotes | undefined;
  readonly #currentYear: number;

  constructor(list: readonly Token[], localNames: ReadonlyMap<string, number>, notes: DateNotes | undefined, currentYear: number) {
    this.#notes = notes;
    this.#currentYear = currentYear;
    this.#tokens = list;
    this.#meanings = list.map((token) => (token.kind === "word" ? meaningOf(token.text, localNames) : undefined));
  }

  parse(): boolean {
    while (this.#at < this.#tokens.length) {
      const before = { dates: this.dates, times: this.times, zones: this.zones, days: this.days, relatives: this.relatives, year: this.year };
      this.#part = "";
      const unknown = this.#tokens[this.#at];
      if (!this.#item()) {
        if (unknown?.kind === "word" && this.#meanings[this.#tokens.indexOf(unknown)] === undefined) this.#notes?.note(`error: unknown word '${unknown.text.toUpperCase()}'`);
        return false;
      }
      if (this.#notes) this.#tell(this.#notes, before);
    }
    return this.dates <= 1 && this.times <= 1 && this.zones <= 1 && this.days <= 1;
  }

  relativeParts(): Relative {
    const of = (unit: Unit) => this.relative.get(unit) ?? 0;
    return { years: of("year"), months: of("month"), days: of("day"), hours: of("hour"), minutes: of("minute"), seconds: of("second"), nanoseconds: this.relativeNanoseconds };
  }

  /** The item that was just read, for --debug. */
  #tell(notes: DateNotes, before: { readonly dates: number; readonly times: number; readonly zones: number; readonly days: number; readonly relatives: number; readonly year: Year | undefined }): void {
    if (this.relatives > before.relatives) {
      notes.relativePart(this.relativeParts());
      return;
    }
    const parts: string[] = [];
    const date = this.dates > before.dates;
    const time = this.times > before.times;
    if (date) parts.push(dateText(this.year?.value ?? this.#currentYear, this.month ?? 0, this.day ?? 0));
    else if (this.year !== before.year && this.year) parts.push(`year: ${String(this.year.value).padStart(4, "0")}`);
    if (time) parts.push(`${timeText(this.hour, this.minute, this.second)}${this.nanoseconds === 0 ? "" : `.${String(this.nanoseconds).padStart(9, "0")}`}${this.pm === true ? "pm" : ""}`);
    if (this.days > before.days) parts.push(`${weekdayText(this.weekdayOrdinal, this.weekday)} (day ordinal=${this.weekdayOrdinal} number=${this.weekday})`);
    if (this.zones > before.zones) parts.push(`UTC${zoneText(this.zoneSeconds)}`);
    const part = date && time ? "datetime" : this.#part !== "" ? this.#part : date ? "date" : time ? "time" : this.days > before.days ? "day" : "zone";
    if (parts.length > 0) notes.note(`parsed ${part} part: ${parts.join(" ")}`);
  }

  #number(offset: number, signed?: boolean): NumberToken | undefined {
    const token = this.#tokens[this.#at + offset];
    if (token?.kind !== "number") return undefined;
    return signed === undefined || (token.sign !== "") === signed ? token : undefined;
  }

  #isMark(offset: number, text: string): boolean {
    const token = this.#tokens[this.#at + offset];
    return token?.kind === "mark" && token.text === text;
  }

  #meaning<K extends Meaning["is"]>(offset: number, is: K): Extract<Meaning, { is: K }> | undefined {
    const meaning = this.#meanings[this.#at + offset];
    return meaning?.is === is ? (meaning as Extract<Meaning, { is: K }>) : undefined;
  }

  #item(): boolean {
    const token = this.#tokens[this.#at];
    if (token === undefined) return false;
    if (token.kind === "mark") {
      this.#at++;
      return token.text === "," && this.#at > 1;
    }
    if (token.kind === "number") return token.sign === "" ? this.#unsigned(token) : this.#signed(token);
    const meaning = this.#meanings[this.#at];
    switch (meaning?.is) {
      case "month": return this.#monthFirst(meaning.month);
      case "weekday":
        this.#at++;
        if (this.#isMark(0, ",")) this.#at++;
        return this.#setDay(0, meaning.weekday);
      case "ordinal": {
        const unit = this.#meaning(1, "unit");
        if (unit) {
          this.#at += 2;
          return this.#addRelative(unit, meaning.value);
        }
        const day = this.#meaning(1, "weekday");
        if (!day) return false;
        this.#at += 2;
        return this.#setDay(meaning.value, day.weekday);
      }
      case "unit":
        this.#at++;
        return this.#addRelative(meaning, 1);
      case "shift":
        this.#at++;
        this.relatives++;
        this.relative.set("day", (this.relative.get("day") ?? 0) + meaning.days);
        return true;
      case "zone": return this.#zone(meaning.offsetSeconds);
      case "separator": return this.#zone(-7 * 3600);
      default: return false;
    }
  }

  #zone(offsetSeconds: number): boolean {
    this.#at++;
    this.zones++;
    this.zoneSeconds = offsetSeconds;
    if (this.#meaning(0, "dst")) {
      this.#at++;
      this.zoneSeconds += 3600;
      return true;
    }
    const correction = this.#number(0, true);
    if (correction && this.#meaning(1, "unit")) return true;
    if (correction) {
      const seconds = this.#correction();
      if (seconds === undefined) return false;
      this.zoneSeconds += seconds;
    }
    return true;
  }

  /** "+0200", "+2", "+02:00" at the current place. */
  #correction(): number | undefined {
    const token = this.#number(0, true);
    if (!token || token.fraction !== undefined) return undefined;
    this.#at++;
    let hours = Number(token.digits);
    let minutes = 0;
    const after = this.#isMark(0, ":") ? this.#number(1, false) : undefined;
    if (after) {
      minutes = Number(after.digits);
      this.#at += 2;
    } else if (token.digits.length > 2) {
      minutes = hours % 100;
      hours = Math.floor(hours / 100);
    }
    const seconds = hours * 3600 + minutes * 60;
    if (seconds > 24 * 3600 || minutes > 59) return undefined;
    return token.sign === "-" ? -seconds : seconds;
  }

  #setDay(ordinal: number, weekday: number): boolean {
    this.days++;
    this.weekdayOrdinal = ordinal;
    this.weekday = weekday;
    return true;
  }

  /** The unit has been consumed; "ago" may follow. */
  #addRelative(unit: { readonly unit: Unit; readonly times: number }, count: number, nanoseconds = 0): boolean {
    let sign = 1;
    if (this.#meaning(0, "ago")) {
      this.#at++;
      sign = -1;
    }
    this.relatives++;
    this.relative.set(unit.unit, (this.relative.get(unit.unit) ?? 0) + sign * count * unit.times);
    this.relativeNanoseconds += sign * nanoseconds;
    return true;
  }

  #signed(token: NumberToken): boolean {
    const unit = this.#meaning(1, "unit");
    if (!unit) return false;
    if (token.fraction !== undefined && unit.unit !== "second") return false;
    this.#at += 2;
    const sign = token.sign === "-" ? -1 : 1;
    return this.#addRelative(unit, sign * Number(token.digits), sign * nanosecondsOf(token.fraction));
  }

  #unsigned(token: NumberToken): boolean {
    const value = Number(token.digits);
    const unit = this.#meaning(1, "unit");
    if (unit) {
      if (token.fraction !== undefined && unit.unit !== "second") return false;
      this.#at += 2;
      return this.#addRelative(unit, value, nanosecondsOf(token.fraction));
    }
    if (token.fraction !== undefined) return false;
    if (this.#isMark(1, ":") || this.#meaning(1, "meridian")) return this.#time();
    if (this.#isMark(1, "/")) return this.#slashDate();
    const second = this.#number(1, true);
    const third = this.#number(2, true);
    if (second?.sign === "-" && third?.sign === "-" && !this.#meaning(3, "unit")) {
      this.dates++;
      this.year = { value, digits: token.digits.length };
      this.month = Number(second.digits);
      this.day = Number(third.digits);
      this.#at += 3;
      if (this.#meaning(0, "separator") && this.#number(1, false)) {
        this.#at++;
        return this.#time(true);
      }
      return true;
    }
    const month = this.#meaning(1, "month");
    if (month) {
      this.dates++;
      this.day = value;
      this.month = month.month;
      this.#at += 2;
      const year = this.#number(0);
      if (year && year.fraction === undefined && (year.sign === "-" ? !this.#meaning(1, "unit") : year.sign === "" && !this.#startsOther(1))) {
        this.year = { value: Number(year.digits), digits: year.digits.length };
        this.#at++;
      }
      return true;
    }
    const weekday = this.#meaning(1, "weekday");
    if (weekday) {
      this.#at += 2;
      return this.#setDay(value, weekday.weekday);
    }
    if (second && !this.#meaning(2, "unit") && value <= 24 && token.digits.length <= 2) {
      this.#at++;
      this.times++;
      this.hour = value;
      const correction = this.#correction();
      if (correction === undefined) return false;
      this.zones++;
      this.zoneSeconds = correction;
      return true;
    }
    this.#at++;
    return this.#pureNumber(token);
  }

  /** After a month and a day: the number at `offset - 1` belongs to a time or a relative item, not to the date. */
  #startsOther(offset: number): boolean {
    return this.#isMark(offset, ":") || this.#meaning(offset, "meridian") !== undefined || this.#meaning(offset, "unit") !== undefined;
  }

  #pureNumber(token: NumberToken): boolean {
    this.#part = "number";
    const value = Number(token.digits);
    const digits = token.digits.length;
    if (this.dates > 0 && this.year === undefined && this.relatives === 0 && (this.times > 0 || digits > 2)) {
      this.year = { value, digits };
      return true;
    }
    if (digits > 4) {
      this.dates++;
      this.day = value % 100;
      this.month = Math.floor(value / 100) % 100;
      this.year = { value: Math.floor(value / 10000), digits: digits - 4 };
      if (this.#meaning(0, "separator") && this.#number(1, false)) {
        this.#at++;
        const time = this.#number(0, false);
        if (time && !this.#isMark(1, ":")) {
          this.#at++;
          return this.#pureNumber(time);
        }
        return this.#time(true);
      }
      return true;
    }
    this.times++;
    this.hour = digits <= 2 ? value : Math.floor(value / 100);
    this.minute = digits <= 2 ? 0 : value % 100;
    this.second = 0;
    this.nanoseconds = 0;
    this.pm = undefined;
    return true;
  }

  /** hh[:mm[:ss[.frac]]] [am|pm] [+zone]. */
  #time(iso = false): boolean {
    const hour = this.#number(0, false);
    if (!hour || hour.fraction !== undefined) return false;
    this.#at++;
    this.times++;
    this.hour = Number(hour.digits);
    this.minute = 0;
    this.second = 0;
    this.nanoseconds = 0;
    this.pm = undefined;
    if (this.#isMark(0, ":")) {
      const minute = this.#number(1, false);
      if (!minute || minute.fraction !== undefined) return false;
      this.minute = Number(minute.digits);
      this.#at += 2;
      if (this.#isMark(0, ":")) {
        const second = this.#number(1, false);
        if (!second) return false;
        this.second = Number(second.digits);
        this.nanoseconds = nanosecondsOf(second.fraction);
        this.#at += 2;
      }
    } else if (iso && hour.digits.length > 2) {
      return false;
    }
    const meridian = this.#meaning(0, "meridian");
    if (meridian) {
      this.pm = meridian.pm;
      this.#at++;
      return true;
    }
    // A signed number after a time is a zone, "12:00 + 3 hours" notwithstanding.
    if (this.#number(0, true)) {
      const correction = this.#correction();
      if (correction === undefined) return false;
      this.zones++;
      this.zoneSeconds = correction;
    }
    return true;
  }

  /** m/d, m/d/y, or y/m/d when the first has more than two digits. */
  #slashDate(): boolean {
    const first = this.#number(0, false);
    const second = this.#number(2, false);
    if (!first || !second) return false;
    this.dates++;
    this.#at += 3;
    const third = this.#isMark(0, "/") ? this.#number(1, false) : undefined;
    if (!third) {
      if (this.#isMark(0, "/")) return false;
      this.month = Number(first.digits);
      this.day = Number(second.digits);
      return true;
    }
    this.#at += 2;
    this.#notes?.note(first.digits.length >= 4 ? `warning: value ${first.digits} has ${first.digits.length} digits. Assuming YYYY/MM/DD` : `warning: value ${first.digits} has less than 4 digits. Assuming MM/DD/YY[YY]`);
    if (first.digits.length >= 4) {
      this.year = { value: Number(first.digits), digits: first.digits.length };
      this.month = Number(second.digits);
      this.day = Number(third.digits);
    } else {
      this.month = Number(first.digits);
      this.day = Number(second.digits);
      this.year = { value: Number(third.digits), digits: third.digits.length };
    }
    return true;
  }

  /** "Jan 2", "Jan 2, 2024", "Jan 2 2024", "Jan-2-2024". */
  #monthFirst(month: number): boolean {
    const day = this.#number(1);
    if (!day || day.fraction !== undefined || day.sign === "+") return false;
    this.dates++;
    this.month = month;
    this.day = Number(day.digits);
    this.#at += 2;
    if (day.sign === "-") {
      const year = this.#number(0, true);
      if (!year) return false;
      this.year = { value: Number(year.digits), digits: year.digits.length };
      this.#at++;
      return true;
    }
    if (this.#isMark(0, ",")) {
      const year = this.#number(1, false);
      if (year && !this.#startsOther(2)) {
        this.year = { value: Number(year.digits), digits: year.digits.length };
        this.#at += 2;
      } else this.#at++;
    }
    return true;
  }
}

function nanosecondsOf(fraction: string | undefined): number {
  return fraction === undefined ? 0 : Number(fraction.slice(0, 9).padEnd(9, "0"));
}

export interface DateDebug {
  readonly notes: DateNotes;
  /** where the zone comes from that counts when the text names none */
  readonly inputZone: string;
}

/** An empty text is midnight (the number 0). */
const EMPTY_DATE: readonly Token[] = [{ kind: "number", sign: "", digits: "0", fraction: undefined }];

/** Undefined when the text is no date. `zone` is the local one (or that of a TZ= prefix, see splitZonePrefix). */
export function parseDate(text: string, zone: Zone, now: Instant, debug?: DateDebug): Instant | undefined {
  const notes = debug?.notes;
  const epoch = /^\s*@\s*([-+]?)\s*(\d+)(?:[.,](\d+))?\s*$/.exec(text);
  if (epoch) {
    const whole = Number(epoch[2]);
    const nanoseconds = nanosecondsOf(epoch[3]);
    notes?.note(`parsed number of seconds part: number of seconds: ${epoch[1] === "-" ? "-" : ""}${whole}`);
    notes?.note("input timezone: '@timespec' - always UTC");
    if (epoch[1] !== "-") return { epochSeconds: whole, nanoseconds };
    return nanoseconds === 0 ? { epochSeconds: -whole, nanoseconds } : { epochSeconds: -whole - 1, nanoseconds: 1e9 - nanoseconds };
  }
  const list = tokens(text);
  if (!list) return undefined;
  const localNames = new Map<string, number>();
  for (const offset of [zone.standard, zone.summer]) if (offset) localNames.set(offset.abbreviation.toUpperCase(), offset.offsetSeconds);
  const current = civilAt(zone, now.epochSeconds);
  const parser = new Parser(list.length === 0 && notes ? EMPTY_DATE : list, localNames, notes, current.year);
  if (!parser.parse()) return undefined;

  const specified = parser.zones > 0 ? parser.zoneSeconds : undefined;
  notes?.note(`input timezone: ${specified === undefined ? debug?.inputZone : `parsed date/time string (${zoneText(specified)})`}`);
  let year = parser.year === undefined ? current.year : parser.year.value;
  if (parser.year?.digits !== undefined && parser.year.digits <= 2) year += year < 69 ? 2000 : 1900;
  let month = parser.month ?? current.month;
  let day = parser.day ?? current.day;
  let hour = 0;
  let minute = 0;
  let second = 0;
  let nanoseconds = 0;
  if (parser.times > 0) {
    hour = parser.hour;
    if (parser.pm !== undefined) {
      if (hour < 1 || hour > 12) return undefined;
      hour = (hour % 12) + (parser.pm ? 12 : 0);
    } else if (hour > 24 || (hour === 24 && (parser.minute > 0 || parser.second > 0))) return undefined;
    ({ minute, second, nanoseconds } = parser);
    if (minute > 59 || second > 59) return undefined;
    if (hour === 24) return undefined;
  } else if (parser.dates === 0 && parser.days === 0) {
    if (parser.relatives > 0) ({ hour, minute, second } = current);
    if (parser.relatives > 0) nanoseconds = now.nanoseconds;
  }
  if (parser.dates > 0) {
    if (month < 1 || month > 12 || day < 1) return undefined;
    const length = daysInMonth(year, month);
    if (day > length) return undefined;
  }
  if (notes) {
    if (parser.times > 0) notes.note(`using specified time as starting value: '${timeText(hour, minute, second)}'`);
    else if (parser.dates > 0 || parser.days > 0 || parser.relatives === 0) notes.note("warning: using midnight as starting time: 00:00:00");
    else notes.note(`using current time as starting value: '${timeText(hour, minute, second)}'`);
    if (parser.dates === 0 && parser.days === 0) notes.note(`using current date as starting value: '${dateText(year, month, day)}'`);
    if (parser.days > 0 && parser.dates > 0) notes.note(`warning: day (${weekdayText(parser.weekdayOrdinal, parser.weekday)}) ignored when explicit dates are given`);
  }
  const local = (): number => daysFromCivil(year, month, day) * 86400 + hour * 3600 + minute * 60 + second;
  if (parser.zones === 0 && !existsLocally(zone, local())) return undefined;
  if (parser.days > 0 && parser.dates === 0) {
    const weekday = weekdayOf(daysFromCivil(year, month, day));
    const { weekdayOrdinal: ordinal } = parser;
    day += ((parser.weekday - weekday + 7) % 7) + 7 * (ordinal - (ordinal > 0 && weekday !== parser.weekday ? 1 : 0));
    if (notes) {
      const start = civilAt(UTC, local());
      notes.note(`new start date: '${weekdayText(ordinal, parser.weekday)}' is ${notes.full(start, undefined)}`);
    }
  }
  const start = civilAt(UTC, local());
  notes?.note(`starting date/time: ${notes.full(start, specified)}`);
  year += parser.relative.get("year") ?? 0;
  month += parser.relative.get("month") ?? 0;
  day += parser.relative.get("day") ?? 0;
  const relative = parser.relativeParts();
  if (notes && (relative.years !== 0 || relative.months !== 0 || relative.days !== 0)) notes.dateAdjusted(start, civilAt(UTC, local()), relative, specified);
  let seconds = parser.zones > 0 ? local() - parser.zoneSeconds : epochOfLocal(zone, local());
  notes?.note(`${notes.full(civilAt(UTC, local()), specified)} = ${seconds} epoch-seconds`);
  seconds += (parser.relative.get("hour") ?? 0) * 3600 + (parser.relative.get("minute") ?? 0) * 60 + (parser.relative.get("second") ?? 0);
  nanoseconds += parser.relativeNanoseconds;
  if (notes && (relative.hours !== 0 || relative.minutes !== 0 || relative.seconds !== 0 || relative.nanoseconds !== 0)) notes.timeAdjusted(relative, seconds);
  seconds += Math.floor(nanoseconds / 1e9);
  nanoseconds = ((nanoseconds % 1e9) + 1e9) % 1e9;
  return Number.isSafeInteger(seconds) ? { epochSeconds: seconds, nanoseconds } : undefined;
}

/** False in the hour that summer time skips. */
function existsLocally(zone: Zone, local: number): boolean {
  const epoch = epochOfLocal(zone, local);
  const civil = civilAt(zone, epoch);
  return epoch + civil.offsetSeconds === local;
}
