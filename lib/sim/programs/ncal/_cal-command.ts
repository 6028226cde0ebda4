// cal (weeks as rows) and ncal (weeks as columns) share their options.

import type { Command } from "../kit/command.ts";
import { type GetoptResult, GetoptError, getopt } from "../kit/getopt.ts";
import { type Io, flag, program, text } from "../kit/program.ts";
import { MONTHS, civilAtUs, timeLocale } from "../kit/time-format.ts";
import { readZone } from "../kit/zones.ts";
import { type Month, easter, renderMonths } from "./_calendar.ts";

const OPTIONS = {
  three: flag(["-3"], "three months, the current one in the middle"),
  one: flag(["-1"], "one month alone"),
  after: text(["-A"], "months", "display that many months after the specified month"),
  before: text(["-B"], "months", "display that many months before the specified month"),
  date: text(["-d"], "yyyy-mm", "use that month as the current date"),
  julian: flag(["-j"], "each day as its number in the year"),
  year: flag(["-y"], "all twelve months of the year"),
  month: text(["-m"], "month", "display the specified month"),
  noHighlight: flag(["-h"], "today looks like every other day"),
  cal: flag(["-C"], "switch to cal mode"),
  ncal: flag(["-N"], "switch to ncal mode"),
  oldStyle: flag(["-b"], "use old style format for ncal output"),
  weeks: flag(["-w"], "a line with the numbers of the weeks"),
  monday: flag(["-M"], "Monday is a week's first day"),
  sunday: flag(["-S"], "Sunday is a week's first day"),
  julianCalendar: flag(["-J"], "everything by the Julian calendar; with -o, Easter too"),
  easter: flag(["-e"], "when Easter is in the western churches"),
  orthodox: flag(["-o"], "when Easter is in the Orthodox churches"),
  highlight: text(["-H"], "yyyy-mm-dd", "the day that counts as today"),
  countries: flag(["-p"], "when each country went over to the Gregorian calendar"),
  country: text(["-s"], "country_code", "go over to the Gregorian calendar when this country did"),
  weekDays: text(["-W"], "number", "the least number of days in a year's first week"),
};

const USAGE = `Usage: cal [general options] [-jy] [[month] year]
       cal [general options] [-j] [-m month] [year]
       ncal -C [general options] [-jy] [[month] year]
       ncal -C [general options] [-j] [-m month] [year]
       ncal [general options] [-bhJjpwySM] [-H yyyy-mm-dd] [-s country_code] [-W number of days] [[month] year]
       ncal [general options] [-Jeo] [year]
General options: [-31] [-A months] [-B months] [-d yyyy-mm]
`;

const ONLY_NCAL = new Set(["oldStyle", "weeks", "monday", "sunday", "julianCalendar", "easter", "orthodox", "countries", "country", "weekDays"]);

export function calCommand(name: "cal" | "ncal"): Command {
  return program({
    name,
    summary: "display a calendar",
    synopsis: name === "cal" ? ["[-3hjy] [-A number] [-B number] [[month] year]", "[-3hj] [-A number] [-B number] -m month [year]"] : ["[-3bhjJpwySM] [-A number] [-B number] [-W number] [-s country_code] [[month] year]"],
    options: Object.values(OPTIONS),
    operands: "none",
  }, function* (sys, argv, io: Io) {
    const called = argv[0] ?? name;
    let parsed: GetoptResult<keyof typeof OPTIONS>;
    try {
      parsed = getopt(new Map(Object.entries(OPTIONS) as [keyof typeof OPTIONS, (typeof OPTIONS)["three"]][]), argv.slice(1));
    } catch (error) {
      if (!(error instanceof GetoptError)) throw error;
      yield* io.stderr(`${called}: ${error.message}\n${USAGE}`);
      return 64;
    }
    const on = new Set(parsed.given.map((one) => one.option));
    const argument = (option: keyof typeof OPTIONS): string | undefined => parsed.given.findLast((one) => one.option === option)?.argument;
    const calMode = (name === "cal" && !on.has("ncal")) || on.has("cal");
    const wrong = name === "cal" ? parsed.given.find((one) => one.option === "ncal" || one.option === "cal") : undefined;
    if (wrong) {
      yield* io.stderr(`${called}: invalid option -- '${wrong.name.slice(1)}'\n${USAGE}`);
      return 64;
    }
    if ((name === "cal" && on.has("noHighlight")) || parsed.operands.length > 2 || (calMode && parsed.given.some((one) => ONLY_NCAL.has(one.option)))) {
      yield* io.stderr(USAGE);
      return 64;
    }
    const today = civilAtUs(yield* readZone(sys), sys.clockUs("realtime"));
    let { year, month } = today;
    const date = argument("date");
    if (date !== undefined) {
      const match = /^(\d+)-(\d{1,2})$/.exec(date);
      if (!match) io.die(`invalid date ${date}`, 1);
      [year, month] = [Number(match[1]), Number(match[2])];
    }
    let wholeYear = on.has("year");
    const parseMonth = (value: string): number | undefined => {
      if (/^\d+[fp]?$/.test(value)) {
        const number = Number.parseInt(value, 10);
        return number >= 1 && number <= 12 ? number : undefined;
      }
      const index = value.length < 3 ? -1 : MONTHS.findIndex((known) => known.toLowerCase().startsWith(value.toLowerCase()));
      return index < 0 ? undefined : index + 1;
    };
    const [first, second] = parsed.operands;
    const monthText = argument("month") ?? (second === undefined ? undefined : first);
    const yearText = second ?? (first !== undefined ? first : undefined);
    if (yearText !== undefined) {
      year = Number(yearText);
      if (!/^\d+$/.test(yearText) || year < 1 || year > 9999) io.die(/^\d+$/.test(yearText) ? `year \`${yearText}' not in range 1..9999` : `not a valid year ${yearText}`, 1);
      if (monthText === undefined && date === undefined) wholeYear = true;
    }
    if (monthText !== undefined) {
      const found = parseMonth(monthText);
      if (found === undefined) io.die(`${monthText} is neither a month number (1..12) nor a name`, 1);
      month = found;
      if (/^\d+f$/.test(monthText) && month < today.month) year++;
      if (/^\d+p$/.test(monthText) && month > today.month) year--;
      wholeYear = false;
    }
    if (on.has("easter") || on.has("orthodox")) {
      const found = easter(year, on.has("orthodox"));
      const two = (value: number): string => String(value).padStart(2, "0");
      io.out.put(`${two(found.month)}/${two(found.day)}/${two(year % 100)}\n`);
      return 0;
    }
    let before = Number(argument("before") ?? 0);
    let after = Number(argument("after") ?? 0);
    if (on.has("three")) [before, after] = [Math.max(before, 1), Math.max(after, 1)];
    let months: Month[] = [];
    if (wholeYear) {
      for (let at = 1 - before; at <= 12 + after; at++) months.push(shift({ year, month: 1 }, at - 1));
    } else for (let at = -before; at <= after; at++) months.push(shift({ year, month }, at));
    months = months.filter((one) => one.year >= 1);
    const highlightText = argument("highlight");
    const chosen = highlightText === undefined ? undefined : /^(\d+)-(\d{1,2})-(\d{1,2})$/.exec(highlightText);
    if (chosen === null) io.die(`invalid date ${highlightText ?? ""}`, 1);
    const highlighted = on.has("noHighlight") || !(sys.isatty(1) && sys.environment.get("TERM") !== undefined && sys.environment.get("TERM") !== "dumb") ? undefined
      : chosen ? { year: Number(chosen[1]), month: Number(chosen[2]), day: Number(chosen[3]) } : { year: today.year, month: today.month, day: today.day };
    const rows = calMode || on.has("oldStyle");
    const locale = timeLocale(sys);
    const julianDays = on.has("julian");
    const perRow = months.length === 1 ? 1 : rows ? (julianDays ? 2 : 3) : julianDays ? 3 : 4;
    io.out.put(renderMonths(months, {
      layout: rows ? "rows" : "columns", julianDays, mondayFirst: on.has("monday") || (locale !== undefined && !calMode && !on.has("sunday")), locale, weekNumbers: on.has("weeks"), julianCalendar: on.has("julianCalendar"), highlighted,
      mark: (digits) => `\x1b[7m${digits}\x1b[27m`,
    }, perRow, wholeYear));
    return 0;
  });
}

function shift({ year, month }: Month, by: number): Month {
  const index = year * 12 + month - 1 + by;
  return { year: Math.floor(index / 12), month: (index % 12) + 1 };
}
