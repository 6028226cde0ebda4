// Timestamps in the machine's zone, as systemd's tools print them.
import { civilTime, WEEKDAYS } from "../../daemons/systemd/api/time-span.ts";
import { offsetAt, type Zone } from "../kit/zones.ts";

const two = (value: number): string => String(value).padStart(2, "0");

/** "Sat 2026-11-21 22:11:18 CET"; in UTC when there is no zone. */
export function formatLocal(us: number, zone: Zone | undefined): string {
  const offset = zone === undefined ? undefined : offsetAt(zone, Math.floor(us / 1e6));
  const t = civilTime(us + (offset?.offsetSeconds ?? 0) * 1e6);
  return `${WEEKDAYS[t.weekday] ?? ""} ${t.year}-${two(t.month)}-${two(t.day)} ${two(t.hour)}:${two(t.minute)}:${two(t.second)} ${offset?.abbreviation ?? "UTC"}`;
}
