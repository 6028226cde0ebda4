// The files of gdisk's "b" and sgdisk's -b: the first sector, the main header, that of the backup, the entries; one after the other.
import { type Blocking, O, type Sys, SysError } from "../../kernel/sys.ts";
import { type DiskLabel, type OpenDisk, parseGpt, SECTOR_BYTES } from "../kit/disk-label.ts";
import { readWhole } from "../kit/read-whole.ts";

/** Throws SysError. */
export function* saveBackup(sys: Sys, disk: OpenDisk, label: DiskLabel, file: string): Blocking<void> {
  const { protective, table, main, backup } = yield* disk.gptParts(label);
  const fd = yield* sys.open(file, O.WRONLY | O.CREAT | O.TRUNC, 0o666);
  for (const part of [protective, main, backup, table]) yield* sys.write(fd, part);
  sys.close(fd);
}

/** Undefined when the file cannot be read or holds no table. */
export function* loadBackup(sys: Sys, file: string): Blocking<DiskLabel | undefined> {
  try {
    const fd = yield* sys.open(file, O.RDONLY);
    const bytes = yield* readWhole(sys, fd);
    sys.close(fd);
    return parseGpt(bytes.subarray(SECTOR_BYTES, 2 * SECTOR_BYTES), bytes.subarray(3 * SECTOR_BYTES));
  } catch (error) {
    if (error instanceof SysError) return undefined;
    throw error;
  }
}
