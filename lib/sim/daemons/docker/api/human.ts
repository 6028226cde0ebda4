// go-units: how docker writes sizes and ages. Sources: transcripts and NOTES of docker 20.10.24.
import { dateTimeText, daysFromCivil } from "../../../kernel/sys.ts";

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
  const [date = "", time = ""] = dateTimeText(epochUs / 1_000_000).split(" ");
  const fraction = (((epochUs % 1_000_000) + 1_000_000) % 1_000_000).toString().padStart(6, "0").replace(/0+$/, "");
  return `${date}T${time}${fraction === "" ? "" : `.${fraction}`}Z`;
}

/** "2026-11-21 21:05:25 +0000 UTC" */
export function goTime(epochUs: number): string {
  return `${dateTimeText(epochUs / 1_000_000)} +0000 UTC`;
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
  return (((daysFromCivil(year, month, day) * 24 + hour) * 60 + minute) * 60 + second) * 1_000_000 + Number((match[7] ?? "").slice(0, 6).padEnd(6, "0"));
}
