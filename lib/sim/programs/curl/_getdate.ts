// Dates as curl_getdate(3) reads them: words and numbers in any order. No dates of ISO 8601 with dashes.

import { daysFromCivil } from "../../kernel/sys.ts";

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const ZONES: Readonly<Record<string, number>> = { gmt: 0, ut: 0, utc: 0, z: 0, wet: 0, bst: 60, cet: 60, met: 60, cest: 120, mest: 120, eet: 120, est: -300, edt: -240, cst: -360, cdt: -300, mst: -420, mdt: -360, pst: -480, pdt: -420 };

/** Seconds of the epoch; undefined: no date. */
export function getdate(text: string): number | undefined {
  let day: number | undefined;
  let month: number | undefined;
  let year: number | undefined;
  let clock: readonly [number, number, number] | undefined;
  let zoneMinutes = 0;
  const pattern = /([A-Za-z]+)|(\d{1,2}):(\d{2})(?::(\d{2}))?|([+-]?)(\d+)/gy;
  for (let at = 0; at < text.length; ) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match === null) {
      at++;
      continue;
    }
    at = pattern.lastIndex;
    const [, word, hours, minutes, seconds, sign, digits] = match;
    if (word !== undefined) {
      const lower = word.toLowerCase();
      const zone = ZONES[lower];
      if (MONTHS.includes(lower) || MONTHS.includes(lower.slice(0, 3))) month ??= MONTHS.indexOf(lower.slice(0, 3)) + 1;
      else if (DAYS.includes(lower)) continue;
      else if (zone !== undefined) zoneMinutes = zone;
      else return undefined;
    } else if (hours !== undefined) clock = [Number(hours), Number(minutes), Number(seconds ?? "0")];
    else if (digits !== undefined) {
      const number = Number(digits);
      if (digits.length === 4 && (sign === "+" || sign === "-") && clock !== undefined) zoneMinutes = (sign === "-" ? -1 : 1) * (Math.floor(number / 100) * 60 + (number % 100));
      else if (digits.length === 8 && year === undefined) {
        year = Math.floor(number / 10_000);
        month = Math.floor((number % 10_000) / 100);
        day = number % 100;
      } else if (day === undefined && number > 0 && number < 32) day = number;
      else if (year === undefined) year = number > 99 ? number : number + (number > 70 ? 1900 : 2000);
      else return undefined;
    }
  }
  if (day === undefined || month === undefined || year === undefined || month < 1 || month > 12 || day > 31) return undefined;
  const [h, m, s] = clock ?? [0, 0, 0];
  if (h > 23 || m > 59 || s > 60) return undefined;
  return daysFromCivil(year, month, day) * 86_400 + h * 3600 + m * 60 + s - zoneMinutes * 60;
}
