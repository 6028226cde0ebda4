// go-units: how docker writes sizes and ages. Sources: transcripts and NOTES of docker 20.10.24.

const decimal = ["B", "kB", "MB", "GB", "TB", "PB"] as const;
const binary = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"] as const;

/** printf %.Ng for sizes: significant digits, no trailing zeros, no exponent. */
function significant(value: number, digits: number): string {
  if (value === 0) return "0";
  const text = value.toPrecision(digits);
  const plain = text.includes("e") ? String(Number(text)) : text;
  return plain.includes(".") ? plain.replace(/\.?0+$/, "") : plain;
}

function scaled(sizeBytes: number, base: number, units: readonly string[], digits: number): string {
  let value = sizeBytes;
  let unit = 0;
  while (value >= base && unit < units.length - 1) {
    value /= base;
    unit++;
  }
  return `${significant(value, digits)}${units[unit] ?? ""}`;
}

/** images, history: 3 significant digits; system df and the build context: 4. */
export function humanSize(sizeBytes: number, digits: 3 | 4 = 3): string {
  return scaled(sizeBytes, 1000, decimal, digits);
}

export function humanBinarySize(sizeBytes: number): string {
  return scaled(sizeBytes, 1024, binary, 4);
}

/** units.HumanDuration */
export function humanDuration(durationUs: number): string {
  const seconds = Math.trunc(durationUs / 1_000_000);
  if (seconds < 1) return "Less than a second";
  if (seconds === 1) return "1 second";
  if (seconds < 60) return `${seconds} seconds`;
  const minutes = Math.trunc(seconds / 60);
  if (minutes === 1) return "About a minute";
  if (minutes < 60) return `${minutes} minutes`;
  const hours = Math.trunc(seconds / 3600 + 0.5);
  if (hours === 1) return "About an hour";
  if (hours < 48) return `${hours} hours`;
  if (hours < 24 * 7 * 2) return `${Math.trunc(hours / 24)} days`;
  if (hours < 24 * 30 * 2) return `${Math.trunc(hours / 24 / 7)} weeks`;
  if (hours < 24 * 365 * 2) return `${Math.trunc(hours / 24 / 30)} months`;
  return `${Math.trunc(hours / 24 / 365)} years`;
}

/** Epoch microseconds to RFC 3339 with nanoseconds, as in docker's JSON: 2026-11-21T21:05:25.123456000Z. */
export function rfc3339(epochUs: number): string {
  const [date, time] = civil(epochUs);
  const fraction = (((epochUs % 1_000_000) + 1_000_000) % 1_000_000).toString().padStart(6, "0").replace(/0+$/, "");
  return `${date}T${time}${fraction === "" ? "" : `.${fraction}`}Z`;
}

/** "2026-11-21 21:05:25 +0000 UTC" */
export function goTime(epochUs: number): string {
  return `${civil(epochUs).join(" ")} +0000 UTC`;
}

/** Days to a date: Howard Hinnant's civil_from_days (public domain algorithm). */
function civil(epochUs: number): readonly [date: string, time: string] {
  const seconds = Math.floor(epochUs / 1_000_000);
  const days = Math.floor(seconds / 86_400);
  const z = days + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor((dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1;
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  const two = (value: number) => String(value).padStart(2, "0");
  const inDay = seconds - days * 86_400;
  return [`${year}-${two(month)}-${two(day)}`, `${two(Math.floor(inDay / 3600))}:${two(Math.floor(inDay / 60) % 60)}:${two(inDay % 60)}`];
}

/** A text with the times of that kind from `sinceUs` on moved: for a boot that is played back at another time. */
export function moveTimes(text: string, sinceUs: number, byUs: number): string {
  return text.replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g, (time) => {
    const atUs = parseTime(time);
    return atUs < sinceUs ? time : rfc3339(atUs + byUs);
  });
}

/** RFC 3339 to epoch microseconds; 0 for what is none (docker's zero time "0001-01-01T00:00:00Z" too). */
export function parseTime(text: string): number {
  const match = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:Z|\+00:00)$/.exec(text);
  if (!match || text.startsWith("0001-")) return 0;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map(Number);
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const days = era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468;
  return (((days * 24 + hour) * 60 + minute) * 60 + second) * 1_000_000 + Math.floor(Number(`0.${match[7] ?? "0"}`) * 1_000_000);
}
