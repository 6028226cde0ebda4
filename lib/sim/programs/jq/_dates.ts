// Broken-down times as jq has them: [year, month from 0, day, hours, minutes, seconds, weekday, day of the year].

import { daysFromCivil } from "../../kernel/sys.ts";
import { civilAt, MONTHS, strftime, WEEKDAYS } from "../kit/time-format.ts";
import { UTC } from "../kit/zones.ts";
import type { Context, Native } from "./_evaluate.ts";
import { JqError, type Json, isArray } from "./_value.ts";

function broken(localSeconds: number, shownSeconds: number): Json {
  const whole = Math.floor(localSeconds);
  const civil = civilAt(UTC, whole);
  const second = civil.second + (shownSeconds - Math.floor(shownSeconds));
  return [civil.year, civil.month - 1, civil.day, civil.hour, civil.minute, second, civil.weekday, civil.yearDay];
}

function seconds(value: Json, name: string): number {
  if (typeof value !== "number") throw new JqError(`${name} requires numeric inputs`);
  return value;
}

function epochOf(value: Json, name: string): number {
  if (!isArray(value)) throw new JqError(`${name} requires array inputs`);
  if (value.length < 6) throw new JqError(`${name} requires parsed datetime inputs`);
  const numbers = value.map((one) => {
    if (typeof one !== "number") throw new JqError(`${name} requires parsed datetime inputs`);
    return Math.trunc(one);
  });
  const [year = 1970, month = 0, day = 1, hour = 0, minute = 0, second = 0] = numbers;
  return daysFromCivil(year + Math.floor(month / 12), (((month % 12) + 12) % 12) + 1, 1) * 86400 + (day - 1) * 86400 + hour * 3600 + minute * 60 + second;
}

function formatted(context: Context, value: Json, format: Json, name: string, local: boolean): Json {
  let epoch: number;
  if (typeof value === "number") epoch = local ? value + context.zoneSeconds(value).offset : value;
  else if (isArray(value)) epoch = epochOf(value, name);
  else throw new JqError(`${name}/1 requires parsed datetime inputs`);
  if (typeof format !== "string") throw new JqError(`${name}/1 requires a string format`);
  const zone = local ? context.zoneSeconds(epoch).name : "UTC";
  const civil = civilAt(UTC, Math.floor(epoch));
  return strftime(format.replace(/%([%Z])/g, (all, letter: string) => (letter === "Z" ? zone : all)), civil);
}

const FIELD_WIDTHS = new Map([["Y", 4], ["m", 2], ["d", 2], ["e", 2], ["H", 2], ["I", 2], ["M", 2], ["S", 2], ["y", 2], ["j", 3]]);
const COMPOSITE = new Map([["T", "%H:%M:%S"], ["D", "%m/%d/%y"], ["F", "%Y-%m-%d"], ["R", "%H:%M"], ["c", "%a %b %e %H:%M:%S %Y"], ["x", "%m/%d/%y"], ["X", "%H:%M:%S"], ["r", "%I:%M:%S %p"]]);

function parse(text: string, format: string): Json {
  const fields = new Map<string, number>();
  let at = 0;
  let failed = false;
  const fail = (): never => {
    failed = true;
    throw new JqError(`date "${text}" does not match format "${format}"`);
  };
  const name = (names: readonly string[]): number => {
    const rest = text.slice(at).toLowerCase();
    for (const [i, one] of names.entries()) {
      for (const form of [one, one.slice(0, 3)]) {
        if (rest.startsWith(form.toLowerCase())) {
          at += form.length;
          return i;
        }
      }
    }
    return fail();
  };
  const walk = (pattern: string): void => {
    for (let i = 0; i < pattern.length; i++) {
      const char = pattern.charAt(i);
      if (/\s/.test(char)) {
        while (/\s/.test(text.charAt(at))) at++;
        continue;
      }
      if (char !== "%") {
        if (text.charAt(at) !== char) fail();
        at++;
        continue;
      }
      const letter = pattern.charAt(++i);
      const composite = COMPOSITE.get(letter);
      const width = FIELD_WIDTHS.get(letter);
      if (composite !== undefined) walk(composite);
      else if (width !== undefined) {
        while (text.charAt(at) === " ") at++;
        const digits = /^[-+]?\d+/.exec(text.slice(at, at + width))?.[0];
        if (digits === undefined) return fail();
        at += digits.length;
        fields.set(letter, Number(digits));
      } else if (letter === "a" || letter === "A") fields.set("w", name(WEEKDAYS));
      else if (letter === "b" || letter === "B" || letter === "h") fields.set("m", name(MONTHS) + 1);
      else if (letter === "p") {
        const half = /^[ap]m/i.exec(text.slice(at))?.[0] ?? fail();
        at += 2;
        fields.set("p", half.toLowerCase() === "pm" ? 12 : 0);
      } else if (letter === "Z") at += /^[A-Za-z]*/.exec(text.slice(at))?.[0].length ?? 0;
      else if (letter === "z") {
        const zone = /^(?:Z|[-+]\d\d:?(?:\d\d)?)/.exec(text.slice(at))?.[0] ?? fail();
        at += zone.length;
      } else if (letter === "s") {
        const digits = /^\d+/.exec(text.slice(at))?.[0] ?? fail();
        at += digits.length;
        fields.set("s", Number(digits));
      } else if (letter === "n" || letter === "t") {
        while (/\s/.test(text.charAt(at))) at++;
      } else if (letter === "%") {
        if (text.charAt(at++) !== "%") fail();
      } else fail();
    }
  };
  walk(format);
  if (failed || at < text.length) fail();
  const epoch = fields.get("s");
  if (epoch !== undefined) return broken(epoch, epoch);
  const shortYear = fields.get("y");
  const year = fields.get("Y") ?? (shortYear === undefined ? 1900 : shortYear < 69 ? 2000 + shortYear : 1900 + shortYear);
  const hour = fields.get("H") ?? ((fields.get("I") ?? 0) % 12) + (fields.get("p") ?? 0);
  const dated = fields.has("m") || fields.has("d") || fields.has("e") || fields.has("j");
  const days = daysFromCivil(year, fields.get("m") ?? 1, fields.get("d") ?? fields.get("e") ?? 1) + (fields.has("j") ? (fields.get("j") ?? 1) - 1 : 0);
  const civil = civilAt(UTC, days * 86400);
  if (!dated && !fields.has("Y") && shortYear === undefined) return [1900, 0, 0, hour, fields.get("M") ?? 0, fields.get("S") ?? 0, fields.get("w") ?? 8, 367];
  return [civil.year, civil.month - 1, civil.day, hour, fields.get("M") ?? 0, fields.get("S") ?? 0, civil.weekday, civil.yearDay];
}

export const DATES: readonly (readonly [string, Native])[] = [
  ["gmtime/0", (_, value) => {
    const at = seconds(value, "gmtime()");
    return broken(at, at);
  }],
  ["localtime/0", (context, value) => {
    const at = seconds(value, "localtime()");
    return broken(at + context.zoneSeconds(at).offset, at);
  }],
  ["mktime/0", (_, value) => epochOf(value, "mktime")],
  ["strftime/1", (context, value, [format = null]) => formatted(context, value, format, "strftime", false)],
  ["strflocaltime/1", (context, value, [format = null]) => formatted(context, value, format, "strflocaltime", true)],
  ["strptime/1", (_, value, [format = null]) => {
    if (typeof value !== "string") throw new JqError(`strptime/1 requires string inputs and arguments`);
    if (typeof format !== "string") throw new JqError(`strptime/1 requires string inputs and arguments`);
    return parse(value, format);
  }],
];
