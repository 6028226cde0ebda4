// cal and ncal: months as blocks of text, set side by side. The Gregorian calendar begins after 2 September 1752 (as ncal has it for its locale).

import { daysFromCivil, daysInMonth, isLeapYear } from "../../kernel/sys.ts";
import { MONTHS, type TimeLocale } from "../kit/time-format.ts";

export interface Month {
  readonly year: number;
  /** 1..12 */
  readonly month: number;
}

export interface Style {
  /** weeks as columns (ncal) or as rows (cal) */
  readonly layout: "rows" | "columns";
  readonly julianDays: boolean;
  readonly mondayFirst: boolean;
  readonly weekNumbers: boolean;
  /** wholly in the Julian calendar (ncal -J) */
  readonly julianCalendar: boolean;
  readonly highlighted: { readonly year: number; readonly month: number; readonly day: number } | undefined;
  readonly mark: (text: string) => string;
  /** undefined: English names */
  readonly locale: TimeLocale | undefined;
}

const DAY_NAMES = ["Su", "Mo", "Tu", "We", "Th", "Fr", "Sa"];

/** Two letters of each day, in the order of the columns. */
function dayNames({ mondayFirst, locale }: Style): readonly string[] {
  const names = locale?.shortWeekdays.map((name) => name.slice(0, 2)) ?? DAY_NAMES;
  return mondayFirst ? [...names.slice(1), names[0] ?? ""] : names;
}

/** Days of both calendars are counted as astronomers do: from noon of the first of January 4713 before Christ. */
const gregorianDay = (year: number, month: number, day: number): number => daysFromCivil(year, month, day) + 2_440_588;

function julianDay(year: number, month: number, day: number): number {
  const a = Math.floor((14 - month) / 12);
  const y = year + 4800 - a;
  const m = month + 12 * a - 3;
  return day + Math.floor((153 * m + 2) / 5) + 365 * y + Math.floor(y / 4) - 32083;
}

/** The days of a month as [day of the month, day number]. */
function daysOf({ year, month }: Month, julianCalendar: boolean): readonly (readonly [day: number, number: number])[] {
  const julian = julianCalendar || year < 1752 || (year === 1752 && month < 9);
  const leap = julian ? year % 4 === 0 : isLeapYear(year);
  const length = daysInMonth(leap ? 2000 : 2001, month);
  const days: (readonly [number, number])[] = [];
  for (let day = 1; day <= length; day++) {
    if (!julianCalendar && year === 1752 && month === 9) {
      if (day > 2 && day < 14) continue;
      days.push([day, day <= 2 ? julianDay(year, month, day) : gregorianDay(year, month, day)]);
    } else days.push([day, julian ? julianDay(year, month, day) : gregorianDay(year, month, day)]);
  }
  return days;
}

function yearStart(year: number, julianCalendar: boolean): number {
  return daysOf({ year, month: 1 }, julianCalendar)[0]?.[1] ?? 0;
}

/** Monday-based ISO week of a day number. */
function weekNumber(number: number): number {
  const monday = number - ((number % 7) + 7) % 7;
  const thursday = monday + 3;
  // Back to a year by the Gregorian reckoning.
  let year = Math.floor((thursday - 1721425.5) / 365.2425) + 1;
  if (gregorianDay(year, 1, 1) > thursday) year--;
  if (gregorianDay(year + 1, 1, 1) <= thursday) year++;
  return Math.floor((thursday - gregorianDay(year, 1, 1)) / 7) + 1;
}

interface Block {
  readonly title: string;
  readonly lines: readonly string[];
}

/** 0 = Sunday; Julian day numbers count Mondays as multiples of seven. */
const weekdayOf = (number: number): number => (((number + 1) % 7) + 7) % 7;

function cell(style: Style, at: Month, day: number, number: number, width: number): string {
  const text = String(style.julianDays ? number - yearStart(at.year, style.julianCalendar) + 1 : day).padStart(width);
  const { highlighted } = style;
  if (highlighted && highlighted.year === at.year && highlighted.month === at.month && highlighted.day === day) return text.replace(/\S+/, (digits) => style.mark(digits.padStart(width === 3 ? digits.length : 2)));
  return text;
}

function rowBlock(at: Month, style: Style, titled: string): Block {
  const width = style.julianDays ? 3 : 2;
  const names = dayNames(style);
  const bodyWidth = 7 * (width + 1) - 1;
  const lead = style.weekNumbers ? 5 : 0;
  const end = style.weekNumbers ? "   " : "  ";
  const lines = [(style.weekNumbers ? " w| " : "") + names.map((name) => name.padStart(width)).join(" ") + end];
  const weeks: { readonly cells: string[]; number: number }[] = [];
  for (const [day, number] of daysOf(at, style.julianCalendar)) {
    const column = (weekdayOf(number) + (style.mondayFirst ? 6 : 0)) % 7;
    if (weeks.length === 0 || column === 0) weeks.push({ cells: new Array<string>(7).fill(" ".repeat(width)), number });
    const week = weeks.at(-1);
    if (week) week.cells[column] = cell(style, at, day, number, width);
  }
  for (let row = 0; row < 6; row++) {
    const week = weeks[row];
    const prefix = style.weekNumbers ? (week ? `${String(weekNumber(week.number + (weekdayOf(week.number) === 0 && !style.mondayFirst ? 1 : 0))).padStart(2)}| ` : "    ") : "";
    lines.push(prefix + (week ? week.cells.join(" ") : " ".repeat(bodyWidth)) + end);
  }
  const left = Math.floor((bodyWidth + lead - titled.length) / 2);
  return { title: (" ".repeat(Math.max(0, left)) + titled).padEnd(bodyWidth + lead + 2), lines };
}

function columnBlock(at: Month, style: Style, titled: string): Block {
  const width = style.julianDays ? 3 : 2;
  const days = daysOf(at, style.julianCalendar);
  const first = days[0]?.[1] ?? 0;
  const order = style.mondayFirst ? [1, 2, 3, 4, 5, 6, 0] : [0, 1, 2, 3, 4, 5, 6];
  const startColumn = order.indexOf(weekdayOf(first));
  const grid = order.map(() => new Array<string>(6).fill(" ".repeat(width)));
  const weeks = new Array<string>(6).fill("  ");
  days.forEach(([day, number]) => {
    const position = startColumn + (number - first);
    const [row, column] = [position % 7, Math.floor(position / 7)];
    const line = grid[row];
    if (line) line[column] = cell(style, at, day, number, width);
    if (weeks[column]?.trim() === "") weeks[column] = String(weekNumber(number + (weekdayOf(number) === 0 && !style.mondayFirst ? 1 : 0))).padStart(2);
  });
  const columns = 6;
  const lines = grid.map((row) => row.slice(0, columns).join(" "));
  if (style.weekNumbers) lines.push(weeks.slice(0, columns).map((week) => week.padStart(width)).join(" "));
  return { title: titled, lines };
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** `perRow` months side by side; the year stands above when all are of one year and more than one is shown. */
export function renderMonths(months: readonly Month[], style: Style, perRow: number, wholeYear: boolean): string {
  const [first] = months;
  if (!first) return "";
  const title = ({ year, month }: Month, withYear: boolean): string => `${capitalised((style.locale?.months ?? MONTHS)[month - 1] ?? "")}${withYear ? ` ${year}` : ""}`;
  let out = "";
  if (style.layout === "rows") {
    const monthWidth = 7 * (style.julianDays ? 4 : 3) - 1 + (style.weekNumbers ? 4 : 0);
    let heading = 0;
    for (let at = 0; at < months.length; at += perRow) {
      if (at > 0) out += "\n";
      const row = months.slice(at, at + perRow);
      // A row within one year has the year above it, once.
      const shared = months.length > 1 && row.every(({ year }) => year === row[0]?.year) ? (row[0]?.year ?? 0) : 0;
      if (shared !== 0 && shared !== heading) out += " ".repeat(Math.floor((monthWidth * perRow - String(shared).length) / 2)) + String(shared) + "\n";
      heading = shared;
      const blocks = row.map((month) => rowBlock(month, style, title(month, shared === 0)));
      out += blocks.map((block) => block.title).join("") + "\n";
      for (let row = 0; row < (blocks[0]?.lines.length ?? 0); row++) out += blocks.map((block) => block.lines[row] ?? "").join("") + "\n";
    }
    return out;
  }
  const width = style.julianDays ? 24 : 18;
  if (wholeYear) {
    const year = String(first.year);
    out += " ".repeat(Math.floor((width * perRow - year.length) / 2)) + year + "\n";
  }
  const names = dayNames(style);
  for (let at = 0; at < months.length; at += perRow) {
    if (at > 0) out += "\n";
    const blocks = months.slice(at, at + perRow).map((month) => columnBlock(month, style, title(month, !wholeYear)));
    out += "    " + blocks.map((block) => block.title.padEnd(width)).join("") + "\n";
    for (let row = 0; row < (blocks[0]?.lines.length ?? 0); row++) {
      out += (names[row] ?? "  ") + " " + blocks.map((block) => block.lines[row] ?? "").join(" ") + "\n";
    }
  }
  return out;
}

export function easter(year: number, orthodox: boolean): { readonly month: number; readonly day: number } {
  if (orthodox) {
    const [a, b, c] = [year % 4, year % 7, year % 19];
    const d = (19 * c + 15) % 30;
    const e = (2 * a + 4 * b - d + 34) % 7;
    const sum = d + e + 114;
    const julian = julianDay(year, Math.floor(sum / 31), (sum % 31) + 1);
    for (let month = 3; month <= 6; month++) for (let day = 1; day <= 31; day++) if (gregorianDay(year, month, day) === julian) return { month, day };
  }
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const h = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const sum = h + l - 7 * m + 114;
  return { month: Math.floor(sum / 31), day: (sum % 31) + 1 };
}
