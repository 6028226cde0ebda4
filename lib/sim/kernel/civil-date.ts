// The Gregorian calendar, carried back before its beginning: days since 1970-01-01 to dates and back (Howard Hinnant, "chrono-Compatible Low-Level Date
// Algorithms": years are counted from March, so that a leap day is the last of its year).

export interface CivilDate {
  readonly year: number;
  /** 1..12 */
  readonly month: number;
  /** 1..31 */
  readonly day: number;
}

export interface CivilDateTime extends CivilDate {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** 0 is Sunday */
  readonly weekday: number;
}

const ERA_DAYS = 146_097;
/** from 0000-03-01 to 1970-01-01 */
const EPOCH_DAYS = 719_468;

/** Months and days beyond their range carry over. */
export function daysFromCivil(year: number, month: number, day: number): number {
  const carried = year + Math.floor((month - 1) / 12);
  const inYear = ((month - 1) % 12 + 12) % 12 + 1;
  const y = inYear <= 2 ? carried - 1 : carried;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (inYear + (inYear > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return era * ERA_DAYS + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - EPOCH_DAYS;
}

export function civilFromDays(days: number): CivilDate {
  const shifted = days + EPOCH_DAYS;
  const era = Math.floor(shifted / ERA_DAYS);
  const dayOfEra = shifted - era * ERA_DAYS;
  const yearOfEra = Math.floor((dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day: dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1 };
}

export const isLeapYear = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

export const daysInMonth = (year: number, month: number): number => daysFromCivil(year, month + 1, 1) - daysFromCivil(year, month, 1);

/** 0 is Sunday. */
export const weekdayOf = (days: number): number => ((days + 4) % 7 + 7) % 7;

/** In UTC; parts of a second are cut off. */
export function civilFromSeconds(seconds: number): CivilDateTime {
  const days = Math.floor(seconds / 86_400);
  const rest = Math.floor(seconds) - days * 86_400;
  const { year, month, day } = civilFromDays(days);
  return { year, month, day, hour: Math.floor(rest / 3600), minute: Math.floor(rest / 60) % 60, second: rest % 60, weekday: weekdayOf(days) };
}

const two = (value: number): string => String(value).padStart(2, "0");

/** "2026-11-21 21:05:25", in UTC. */
export function dateTimeText(seconds: number): string {
  const { year, month, day, hour, minute, second } = civilFromSeconds(seconds);
  return `${year}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}:${two(second)}`;
}
