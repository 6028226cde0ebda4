import { dateTimeText } from "../../../kernel/sys.ts";
import type { ImageSnapshot } from "../../kit/disk-image/disk-image.ts";
import { humanSize } from "./_call.ts";

/** bdrv_snapshot_dump */
export function snapshotTable(snapshots: readonly ImageSnapshot[]): string {
  const row = (id: string, tag: string, size: string, when: string, clock: string, count: string): string => `${id.padEnd(10)}${tag.padEnd(17)}${size.padStart(8)}${when.padStart(20)}${clock.padStart(13)}${count.padStart(11)}\n`;
  const rows = snapshots.map((one) => {
    const seconds = Math.floor(one.vmClockNs / 1e9);
    const clock = `${String(Math.floor(seconds / 3600)).padStart(2, "0")}:${String(Math.floor(seconds / 60) % 60).padStart(2, "0")}:${String(seconds % 60).padStart(2, "0")}.${String(Math.floor(one.vmClockNs / 1e6) % 1000).padStart(3, "0")}`;
    return row(one.id, one.name, humanSize(one.vmStateBytes), dateTimeText(one.seconds), clock, "");
  });
  return row("ID", "TAG", "VM SIZE", "DATE", "VM CLOCK", "ICOUNT") + rows.map((line) => `${line.trimEnd()}\n`).join("");
}
