// strftime(3) for printf %(...)T and prompts, in the C locale and the zone of TZ or /etc/localtime.
import { type Blocking, civilFromDays, daysFromCivil, isLeapYear, O, weekdayOf } from "../../kernel/sys.ts";
import type { Shell } from "../interp/shell.ts";
import { runNow } from "./run-now.ts";

const DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

export interface CivilTime {
  readonly year: number;
  /** 0..11 */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly weekday: number;
  readonly yearDay: number;
  readonly offsetSeconds: number;
  readonly zone: string;
}

function* readBytes(shell: Shell, path: string): Blocking<Uint8Array> {
  const fd = yield* shell.sys.open(path, O.RDONLY);
  try {
    return yield* shell.sys.read(fd, 100_000);
  } finally {
    shell.sys.close(fd);
  }
}

/** Offset and name that hold at `seconds`, from a TZif file (tzfile(5)); UTC when there is none. */
function zoneAt(shell: Shell, seconds: number): { offset: number; name: string } {
  const utc = { offset: 0, name: "UTC" };
  const tz = shell.getVariable("TZ");
  if (tz !== undefined) {
    const fixed = /^<?([A-Za-z+-]{3,})>?(?:([+-]?\d{1,2})(?::(\d\d))?)?$/.exec(tz.replace(/^:/, ""));
    if (tz === "") return utc;
    if (fixed?.[2] !== undefined) return { offset: -(Number(fixed[2]) * 3600 + Number(fixed[3] ?? 0) * 60), name: fixed[1] ?? "UTC" };
  }
  const path = tz === undefined ? "/etc/localtime" : tz.startsWith("/") ? tz : `/usr/share/zoneinfo/${tz.replace(/^:/, "")}`;
  let bytes: Uint8Array;
  try {
    bytes = runNow(readBytes(shell, path));
  } catch {
    return tz === undefined ? utc : { offset: 0, name: tz.replace(/^:/, "").slice(0, 3) || "UTC" };
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 44 || view.getUint32(0) !== 0x545a6966) return utc;
  let base = 0;
  let wide = false;
  const counts = (at: number) => ({ utcFlags: view.getUint32(at + 20), standard: view.getUint32(at + 24), leaps: view.getUint32(at + 28), times: view.getUint32(at + 32), types: view.getUint32(at + 36), characters: view.getUint32(at + 40) });
  let header = counts(0);
  if ((bytes[4] ?? 0) >= 0x32) {
    base = 44 + header.times * 5 + header.types * 6 + header.characters + header.leaps * 8 + header.standard + header.utcFlags;
    if (base + 44 <= bytes.length) {
      header = counts(base);
      wide = true;
    } else base = 0;
  }
  const size = wide ? 8 : 4;
  const times = base + 44;
  const indices = times + header.times * size;
  const types = indices + header.times;
  const names = types + header.types * 6;
  let type = 0;
  for (let i = 0; i < header.times; i++) {
    const at = wide ? Number(view.getBigInt64(times + i * 8)) : view.getInt32(times + i * 4);
    if (at > seconds) break;
    type = bytes[indices + i] ?? 0;
  }
  if (names > bytes.length) return utc;
  const offset = view.getInt32(types + type * 6);
  let at = names + (bytes[types + type * 6 + 5] ?? 0);
  let name = "";
  while (at < bytes.length && bytes[at] !== 0) name += String.fromCharCode(bytes[at++] ?? 0);
  return { offset, name };
}

function localTime(shell: Shell, timeUs: number): CivilTime {
  const epoch = Math.floor(timeUs / 1_000_000);
  const zone = zoneAt(shell, epoch);
  const local = epoch + zone.offset;
  const days = Math.floor(local / 86400);
  const rest = local - days * 86400;
  const date = civilFromDays(days);
  return {
    year: date.year, month: date.month - 1, day: date.day, hour: Math.floor(rest / 3600), minute: Math.floor((rest % 3600) / 60), second: rest % 60, weekday: weekdayOf(days),
    yearDay: days - daysFromCivil(date.year, 1, 1), offsetSeconds: zone.offset, zone: zone.name,
  };
}

function isoWeek(time: CivilTime): { year: number; week: number } {
  const weekday = (time.weekday + 6) % 7;
  let week = Math.floor((time.yearDay - weekday + 10) / 7);
  let year = time.year;
  const weeksIn = (y: number) => {
    const first = weekdayOf(daysFromCivil(y, 1, 1));
    return first === 4 || (isLeapYear(y) && first === 3) ? 53 : 52;
  };
  if (week < 1) {
    year--;
    week = weeksIn(year);
  } else if (week > weeksIn(year)) {
    week = 1;
    year++;
  }
  return { year, week };
}

export function strftime(shell: Shell, format: string, timeUs: number): string {
  const time = localTime(shell, timeUs);
  const two = (n: number) => String(n).padStart(2, "0");
  const hour12 = time.hour % 12 === 0 ? 12 : time.hour % 12;
  const offset = Math.abs(time.offsetSeconds);
  const zone = `${time.offsetSeconds < 0 ? "-" : "+"}${two(Math.floor(offset / 3600))}${two(Math.floor((offset % 3600) / 60))}`;
  const one = (letter: string): string | undefined => {
    switch (letter) {
      case "a": return (DAYS[time.weekday] ?? "").slice(0, 3);
      case "A": return DAYS[time.weekday] ?? "";
      case "b": case "h": return (MONTHS[time.month] ?? "").slice(0, 3);
      case "B": return MONTHS[time.month] ?? "";
      case "c": return `${one("a")} ${one("b")} ${String(time.day).padStart(2, " ")} ${one("T")} ${time.year}`;
      case "C": return two(Math.floor(time.year / 100));
      case "d": return two(time.day);
      case "D": case "x": return `${two(time.month + 1)}/${two(time.day)}/${two(time.year % 100)}`;
      case "e": return String(time.day).padStart(2, " ");
      case "F": return `${time.year}-${two(time.month + 1)}-${two(time.day)}`;
      case "g": return two(isoWeek(time).year % 100);
      case "G": return String(isoWeek(time).year);
      case "H": return two(time.hour);
      case "I": return two(hour12);
      case "j": return String(time.yearDay + 1).padStart(3, "0");
      case "k": return String(time.hour).padStart(2, " ");
      case "l": return String(hour12).padStart(2, " ");
      case "m": return two(time.month + 1);
      case "M": return two(time.minute);
      case "n": return "\n";
      case "p": return time.hour < 12 ? "AM" : "PM";
      case "P": return time.hour < 12 ? "am" : "pm";
      case "r": return `${two(hour12)}:${two(time.minute)}:${two(time.second)} ${one("p")}`;
      case "R": return `${two(time.hour)}:${two(time.minute)}`;
      case "s": return String(Math.floor(timeUs / 1_000_000));
      case "S": return two(time.second);
      case "t": return "\t";
      case "T": case "X": return `${two(time.hour)}:${two(time.minute)}:${two(time.second)}`;
      case "u": return String(time.weekday === 0 ? 7 : time.weekday);
      case "U": return two(Math.floor((time.yearDay + 7 - time.weekday) / 7));
      case "V": return two(isoWeek(time).week);
      case "w": return String(time.weekday);
      case "W": return two(Math.floor((time.yearDay + 7 - ((time.weekday + 6) % 7)) / 7));
      case "y": return two(time.year % 100);
      case "Y": return String(time.year);
      case "z": return zone;
      case "Z": return time.zone;
      case "%": return "%";
      default: return undefined;
    }
  };
  return format.replace(/%[EO]?([-_0^#]?)([A-Za-z%])/g, (whole, flag: string, letter: string) => {
    const text = one(letter);
    if (text === undefined) return whole;
    if (flag === "-") return text.replace(/^[0 ]+(?=.)/, "");
    if (flag === "_") return text.replace(/^0+(?=.)/, (zeros) => " ".repeat(zeros.length));
    if (flag === "^") return text.toUpperCase();
    return text;
  });
}
