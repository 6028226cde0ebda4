// Time spans and timestamps as systemd reads and writes them (systemd.time(7)).
import { type CivilDateTime, civilFromSeconds } from "../../../kernel/sys.ts";

const units: ReadonlyMap<string, number> = new Map([
  ["us", 1], ["usec", 1], ["µs", 1], ["ms", 1000], ["msec", 1000], ["s", 1e6], ["sec", 1e6], ["second", 1e6], ["seconds", 1e6], ["m", 6e7], ["min", 6e7], ["minute", 6e7], ["minutes", 6e7],
  ["h", 3.6e9], ["hr", 3.6e9], ["hour", 3.6e9], ["hours", 3.6e9], ["d", 8.64e10], ["day", 8.64e10], ["days", 8.64e10], ["w", 6.048e11], ["week", 6.048e11], ["weeks", 6.048e11],
  ["M", 2.6298e12], ["month", 2.6298e12], ["months", 2.6298e12], ["y", 3.15576e13], ["year", 3.15576e13], ["years", 3.15576e13],
]);

/** Microseconds; a number without unit counts `defaultUnitUs`. Infinity for "infinity"; undefined when it is no span. */
export function parseTimeSpan(text: string, defaultUnitUs = 1e6): number | undefined {
  const trimmed = text.trim();
  if (trimmed === "infinity") return Number.POSITIVE_INFINITY;
  if (trimmed === "") return undefined;
  let total = 0;
  let rest = trimmed;
  while (rest !== "") {
    const match = /^(\d+(?:\.\d+)?)\s*([A-Za-zµ]*)\s*/.exec(rest);
    if (match === null) return undefined;
    const unit = match[2] === "" ? defaultUnitUs : units.get(match[2] ?? "");
    if (unit === undefined) return undefined;
    total += Number(match[1]) * unit;
    rest = rest.slice(match[0].length);
  }
  return Math.round(total);
}

const table: readonly (readonly [suffix: string, us: number])[] = [
  ["y", 3.15576e13], ["month", 2.6298e12], ["w", 6.048e11], ["d", 8.64e10], ["h", 3.6e9], ["min", 6e7], ["s", 1e6], ["ms", 1000], ["us", 1],
];

/** format_timespan of systemd: "1min 30s", "1.234s" when nothing larger stands before, parts below `accuracyUs` left out. */
export function formatTimeSpan(us: number, accuracyUs = 1): string {
  if (us === Number.POSITIVE_INFINITY) return "infinity";
  if (us <= 0) return "0";
  const parts: string[] = [];
  let rest = us;
  for (const [suffix, unit] of table) {
    if (rest <= 0) break;
    if (rest < accuracyUs && parts.length > 0) break;
    if (rest < unit) continue;
    const whole = Math.floor(rest / unit);
    let remainder = rest % unit;
    if (rest < 6e7 && remainder > 0) {
      // seconds and less are written with a fraction when what is below the accuracy can be dropped
      let digits = 0;
      for (let value = unit; value > 1; value /= 10) digits++;
      for (let value = accuracyUs; value > 1; value /= 10) {
        remainder = Math.floor(remainder / 10);
        digits--;
      }
      if (digits > 0) {
        parts.push(`${whole}.${String(remainder).padStart(digits, "0")}${suffix}`);
        break;
      }
    }
    parts.push(`${whole}${suffix === "month" && whole !== 1 ? "month" : suffix}`);
    rest %= unit;
    if (rest < accuracyUs) break;
  }
  return parts.join(" ");
}

/** In UTC, with the microseconds of the second. */
export function civilTime(us: number): CivilDateTime & { readonly microsecond: number } {
  return { ...civilFromSeconds(us / 1e6), microsecond: Math.floor(us - Math.floor(us / 1e6) * 1e6) };
}

export const WEEKDAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"] as const;
export const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;
const two = (value: number): string => String(value).padStart(2, "0");

/** "Sat 2026-11-21 21:11:18 UTC" (the machine's zone is UTC for the journal and systemctl). */
export function formatTimestamp(us: number): string {
  const t = civilTime(us);
  return `${WEEKDAYS[t.weekday] ?? ""} ${t.year}-${two(t.month)}-${two(t.day)} ${two(t.hour)}:${two(t.minute)}:${two(t.second)} UTC`;
}

/** "Nov 21 21:11:18" */
export function formatSyslogTime(us: number): string {
  const t = civilTime(us);
  return `${MONTHS[t.month - 1] ?? ""} ${two(t.day)} ${two(t.hour)}:${two(t.minute)}:${two(t.second)}`;
}

/** "1s ago", "2min 3s ago", "1 day 2h ago": format_timestamp_relative of systemd 252. */
export function formatRelative(us: number, nowUs: number): string {
  const past = nowUs >= us;
  const d = Math.abs(nowUs - us);
  const suffix = past ? " ago" : " left";
  const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? "" : "s"}`;
  if (d >= 3.15576e13) {
    const years = Math.floor(d / 3.15576e13);
    const months = Math.floor((d % 3.15576e13) / 2.6298e12);
    return `${plural(years, "year")} ${plural(months, "month")}${suffix}`;
  }
  if (d >= 2.6298e12) return `${plural(Math.floor(d / 2.6298e12), "month")} ${plural(Math.floor((d % 2.6298e12) / 8.64e10), "day")}${suffix}`;
  if (d >= 6.048e11) return `${plural(Math.floor(d / 6.048e11), "week")} ${plural(Math.floor((d % 6.048e11) / 8.64e10), "day")}${suffix}`;
  if (d >= 2 * 8.64e10) return `${plural(Math.floor(d / 8.64e10), "day")}${suffix}`;
  if (d >= 25 * 3.6e9) return `1 day ${Math.floor((d - 8.64e10) / 3.6e9)}h${suffix}`;
  if (d >= 6 * 3.6e9) return `${Math.floor(d / 3.6e9)}h${suffix}`;
  if (d >= 3.6e9) return `${Math.floor(d / 3.6e9)}h ${Math.floor((d % 3.6e9) / 6e7)}min${suffix}`;
  if (d >= 5 * 6e7) return `${Math.floor(d / 6e7)}min${suffix}`;
  if (d >= 6e7) return `${Math.floor(d / 6e7)}min ${Math.floor((d % 6e7) / 1e6)}s${suffix}`;
  if (d >= 1e6) return `${Math.floor(d / 1e6)}s${suffix}`;
  if (d >= 1000) return `${Math.floor(d / 1000)}ms${suffix}`;
  if (d > 0) return `${d}us${suffix}`;
  return past ? "just now" : "now";
}
