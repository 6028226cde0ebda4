// What gdisk finds on a disk when it starts: a GPT, its copy only, an MBR that it takes over in memory, or nothing.
import type { Blocking, Sys } from "../../kernel/sys.ts";
import { type DiskLabel, newGuid, newLabel, type OpenDisk } from "../kit/disk-label.ts";
import type { Io } from "../kit/program.ts";
import { LINUX_FILESYSTEM } from "./_codes.ts";
import { nameOf, typeOf } from "./_types.ts";

const STARS = "*".repeat(63);
const MORE_STARS = "*".repeat(76);

export function asGpt(sys: Sys, dos: DiskLabel): DiskLabel {
  const label = newLabel(sys, "gpt");
  for (const one of dos.partitions) {
    if (["5", "f", "85"].includes(one.type)) continue;
    const type = typeOf(`${one.type.padStart(2, "0")}00`) ?? LINUX_FILESYSTEM;
    label.partitions.push({ ...one, type, bootable: false, uuid: newGuid(sys), name: nameOf(type) });
  }
  return label;
}

/** Said where only the copy of a table can be read. */
export const DAMAGED_MAIN = "\u0007Caution: invalid main GPT header, but valid backup; regenerating main header\nfrom backup!\n\n\u0007Warning: Invalid CRC on main header data; loaded backup partition table.\nWarning! One or more CRCs don't match. You should repair the disk!\nMain header: ERROR\nBackup header: OK\nMain partition table: OK\nBackup partition table: OK\n\n";
/** Said where only the main table can be read. */
export const DAMAGED_COPY = "\u0007Caution: invalid backup GPT header, but valid main header; regenerating\nbackup header from main header.\n\nWarning! One or more CRCs don't match. You should repair the disk!\nMain header: OK\nBackup header: ERROR\nMain partition table: OK\nBackup partition table: OK\n\n";
export const USING_DAMAGED = `\u0007\u0007${MORE_STARS}\nCaution: Found protective or hybrid MBR and corrupt GPT. Using GPT, but disk\nverification and recovery are STRONGLY recommended.\n${MORE_STARS}\n`;

/** The table to begin with, told as the scan tells it. */
export function* scan(sys: Sys, io: Io, disk: OpenDisk): Blocking<DiskLabel> {
  const found = yield* disk.readLabel();
  const head = yield* disk.read(0, 1);
  const protective = head[450] === 0xee && head[510] === 0x55;
  const main = protective ? yield* disk.readGpt() : undefined;
  const backup = protective && main === undefined ? yield* disk.readGpt(true) : undefined;
  const gpt = main !== undefined ? "present" : backup !== undefined ? "damaged" : "not present";
  if (backup !== undefined) yield* io.stderr(DAMAGED_MAIN);
  io.out.put(`Partition table scan:\n  MBR: ${protective ? "protective" : found?.kind === "dos" ? "MBR only" : "not present"}\n  BSD: not present\n  APM: not present\n  GPT: ${gpt}\n\n`);
  if (main !== undefined) {
    io.out.put("Found valid GPT with protective MBR; using GPT.\n");
    return main;
  }
  if (backup !== undefined) {
    io.out.put(USING_DAMAGED);
    return backup;
  }
  if (found?.kind === "dos") {
    io.out.put(`\n${STARS}\nFound invalid GPT and valid MBR; converting MBR to GPT format\nin memory. \u0007THIS OPERATION IS POTENTIALLY DESTRUCTIVE! Exit by\ntyping 'q' if you don't want to convert your MBR partitions\nto GPT format!\n${STARS}\n\n`);
    return asGpt(sys, found);
  }
  io.out.put("Creating new GPT entries in memory.\n");
  return newLabel(sys, "gpt");
}
