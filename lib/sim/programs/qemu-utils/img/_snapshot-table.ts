import type { ImageSnapshot } from "../../kit/disk-image/disk-image.ts";
import { humanSize } from "./_call.ts";

function date(seconds: number): string {
  const days = Math.floor(seconds / 86_400);
  const rest = seconds % 86_400;
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const doe = shifted - era * 146_097;
  const yoe = Math.floor((doe - Math.floor(doe / 1460) + Math.floor(doe / 36_524) - Math.floor(doe / 146_096)) / 365);
  const doy = doe - (365 * yoe + Math.floor(yoe / 4) - Math.floor(yoe / 100));
  const mp = Math.floor((5 * doy + 2) / 153);
  const month = mp < 10 ? mp + 3 : mp - 9;
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${yoe + era * 400 + (month <= 2 ? 1 : 0)}-${two(month)}-${two(doy - Math.floor((153 * mp + 2) / 5) + 1)} ${two(Math.floor(rest / 3600))}:${two(Math.floor(rest / 60) % 60)}:${two(rest % 60)}`;
}

/** bdrv_snapshot_dump */
export function snapshotTable(snapshots: readonly ImageSnapshot[]): string {
  const row = (id: string, tag: string, size: string, when: string, clock: string, count: string): string => `${id.padEnd(10)}${tag.padEnd(17)}${size.padStart(8)}${when.padStart(20)}${clock.padStart(13)}${count.padStart(11)}\n`;
  const rows = snapshots.map((one) => {
    const seconds = Math.floor(one.vmClockNs / 1e9);
    const clock = `${String(Math.floor(seconds / 3600)).padStart(2, "0")}:${String(Math.floor(seconds / 60) % 60).padStart(2, "0")}:${String(seconds % 60).padStart(2, "0")}.${String(Math.floor(one.vmClockNs / 1e6) % 1000).padStart(3, "0")}`;
    return row(one.id, one.name, humanSize(one.vmStateBytes), date(one.seconds), clock, "");
  });
  return row("ID", "TAG", "VM SIZE", "DATE", "VM CLOCK", "ICOUNT") + rows.map((line) => `${line.trimEnd()}\n`).join("");
}
