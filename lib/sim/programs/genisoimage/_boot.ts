// El Torito of genisoimage: which boot images there are, how the firmware is to see them, and the table that isolinux and GRUB want patched into theirs.

import { type Blocking, O, type Sys, SysError } from "../../kernel/sys.ts";
import type { IsoDirectory, IsoEntry } from "../kit/iso9660/entry.ts";
import type { BootImage } from "../kit/iso9660/layout.ts";
import { little } from "../kit/iso9660/numbers.ts";

export interface BootEntry {
  image?: string;
  efi: boolean;
  hardDisk: boolean;
  noEmulation: boolean;
  bootable: boolean;
  infoTable: boolean;
  loadSegment: number;
  loadSectors: number;
}

export const newBootEntry = (): BootEntry => ({ efi: false, hardDisk: false, noEmulation: false, bootable: true, infoTable: false, loadSegment: 0, loadSectors: 0 });

/** `text` without the program's name. */
export class BootFailure extends Error {}

export function find(root: IsoDirectory<string>, path: string): IsoEntry<string> | undefined {
  let at: IsoDirectory<string> | undefined = root;
  let found: IsoEntry<string> | undefined;
  for (const part of path.split("/").filter((one) => one !== "")) {
    found = at?.entries.find((entry) => entry.name === part);
    at = found?.directory;
  }
  return found;
}

/** Says what each image is taken for. `tell` is silent with -quiet. */
export function* bootImage(sys: Sys, root: IsoDirectory<string>, boot: BootEntry, tell: (text: string) => Blocking<void>, named: (text: string) => Blocking<void>): Blocking<BootImage<string>> {
  const entry = boot.image?.startsWith("/") === true ? undefined : find(root, boot.image ?? "");
  if (boot.image?.startsWith("/") === true) yield* tell("call to search_tree_file with an absolute path, stripping\ninitial path separator. Hope this was intended...\n");
  if (entry?.source === undefined) throw new BootFailure(`Uh oh, I cant find the boot image '${boot.image ?? ""}' !`);
  let sectors = boot.loadSectors > 0 ? boot.loadSectors : Math.ceil(entry.sizeBytes / 2048) * 4;
  yield* tell(`Size of boot image is ${sectors} sectors -> `);
  let media = 0;
  let systemType = 0;
  if (boot.hardDisk) {
    yield* tell("Emulating a hard disk\n");
    media = 4;
    const fd = yield* sys.open(entry.source, O.RDONLY);
    const record = yield* sys.read(fd, 512);
    sys.close(fd);
    if (record.length < 512) throw new BootFailure(`Error reading MBR from boot image '${entry.path}'.`);
    if (record[510] !== 0x55 || record[511] !== 0xaa) yield* named(`Warning: boot image '${entry.path}' MBR is not a boot sector.`);
    for (let at = 446; at < 510; at += 16) {
      const type = record[at + 4] ?? 0;
      if (type === 0) continue;
      if (systemType !== 0) throw new BootFailure(`Boot image '${entry.path}' has multiple partitions.`);
      systemType = type;
      if (boot.bootable && record[at] !== 0x80) yield* tell("Warning: partition not marked active.\n");
      const cylinder = (record[at + 3] ?? 0) + (((record[at + 2] ?? 0) & 0xc0) << 2);
      if (cylinder !== 0 || record[at + 1] !== 1 || ((record[at + 2] ?? 0) & 0x3f) !== 1) yield* tell("Warning: partition does not start at 0/1/1.\n");
      const geometry = ((record[at + 7] ?? 0) + (((record[at + 6] ?? 0) & 0xc0) << 2) + 1) * ((record[at + 5] ?? 0) + 1) * ((record[at + 6] ?? 0) & 0x3f);
      if (geometry !== sectors) yield* tell(`Warning: image size does not match geometry (${geometry})\n`);
    }
    if (systemType === 0) throw new BootFailure(`Boot image '${entry.path}' has no partitions.`);
    sectors = 1;
  } else if (boot.noEmulation) yield* tell("No emulation\n");
  else {
    const floppy = [[2400, 1, 1200], [2880, 2, 1440], [5760, 3, 2880]].find(([size]) => size === sectors);
    if (floppy === undefined) throw new BootFailure(`Error - boot image '${entry.path}' has not an allowable size.`);
    media = floppy[1] ?? 0;
    yield* tell(`Emulating a ${floppy[2]} kB floppy\n`);
    sectors = 1;
  }
  return { entry, bootable: boot.bootable, platform: boot.efi ? 0xef : 0, media, systemType, loadSegment: boot.loadSegment, sectors };
}

/** -boot-info-table: where the volume, the file and its sum stand, written into the file itself. */
export function* patchInfoTable(sys: Sys, entry: IsoEntry<string>, extent: number): Blocking<void> {
  try {
    const fd = yield* sys.open(entry.source ?? "", O.RDWR);
    let sum = 0;
    for (let at = 0; at < entry.sizeBytes; at += 2048) {
      const bytes = new Uint8Array(2048);
      bytes.set(yield* sys.pread(fd, 2048, at));
      if (at === 0) bytes.fill(0, 0, 64);
      const view = new DataView(bytes.buffer);
      for (let word = 0; word < 2048; word += 4) sum = (sum + view.getUint32(word, true)) >>> 0;
    }
    yield* sys.pwrite(fd, Uint8Array.from([...little(16, 4), ...little(extent, 4), ...little(entry.sizeBytes, 4), ...little(sum, 4), ...Array.from({ length: 40 }, () => 0)]), 8);
    sys.close(fd);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    throw new BootFailure(`${error.message}. Error opening boot image file '${entry.path}' for update.`);
  }
}
