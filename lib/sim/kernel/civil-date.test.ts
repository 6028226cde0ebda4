import fc from "fast-check";
import { expect, test } from "vitest";
import { civilFromDays, civilFromSeconds, dateTimeText, daysFromCivil, daysInMonth, isLeapYear, weekdayOf } from "./civil-date.ts";

test.each([
  [1970, 1, 1, 0, 4], [1969, 12, 31, -1, 3], [2000, 2, 29, 11_016, 2], [2000, 3, 1, 11_017, 3], [1900, 2, 28, -25_509, 3], [1900, 3, 1, -25_508, 4], [2026, 11, 22, 20_779, 0], [2100, 2, 28, 47_540, 0], [2100, 3, 1, 47_541, 1],
  [1, 1, 1, -719_162, 1], [0, 3, 1, -719_468, 3], [9999, 12, 31, 2_932_896, 5],
])("%d-%d-%d is day %d", (year, month, day, days, weekday) => {
  expect(daysFromCivil(year, month, day)).toBe(days);
  expect(civilFromDays(days)).toEqual({ year, month, day });
  expect(weekdayOf(days)).toBe(weekday);
});

test.each([[2026, 13, 1, 2027, 1, 1], [2026, 0, 1, 2025, 12, 1], [2026, 2, 29, 2026, 3, 1], [2026, 3, 0, 2026, 2, 28], [2026, -11, 1, 2025, 1, 1], [2024, 14, 31, 2025, 3, 3]])("%d-%d-%d carries over", (year, month, day, ...date) => {
  expect(Object.values(civilFromDays(daysFromCivil(year, month, day)))).toEqual(date);
});

test("leap years, lengths of months", () => {
  expect([1600, 1700, 1900, 2000, 2023, 2024, 2100].filter(isLeapYear)).toEqual([1600, 2000, 2024]);
  expect(Array.from({ length: 12 }, (_, month) => daysInMonth(2023, month + 1))).toEqual([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]);
  expect([daysInMonth(2024, 2), daysInMonth(1900, 2), daysInMonth(2000, 2)]).toEqual([29, 28, 29]);
});

test.each([[0, "1970-01-01 00:00:00"], [-1, "1969-12-31 23:59:59"], [1_795_294_680, "2026-11-21 20:58:00"], [1_795_294_680.9, "2026-11-21 20:58:00"], [951_782_399, "2000-02-28 23:59:59"]])("%d seconds", (seconds, text) => {
  expect(dateTimeText(seconds)).toBe(text);
});

test("there and back, and the next day follows", () => {
  fc.assert(fc.property(fc.integer({ min: -800_000, max: 3_000_000 }), (days) => {
    const { year, month, day } = civilFromDays(days);
    expect(daysFromCivil(year, month, day)).toBe(days);
    const last = day === daysInMonth(year, month);
    expect(civilFromDays(days + 1)).toEqual(last ? { year: month === 12 ? year + 1 : year, month: month === 12 ? 1 : month + 1, day: 1 } : { year, month, day: day + 1 });
    expect(civilFromSeconds(days * 86_400 + 3661)).toEqual({ year, month, day, hour: 1, minute: 1, second: 1, weekday: weekdayOf(days) });
  }));
});
