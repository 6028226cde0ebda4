// What is on a block device or in an image: file systems, swap, partition tables, by their magic numbers (libblkid).

import { type Blocking, O, type Sys, SysError, decode } from "../../kernel/sys.ts";
import { readTextFile } from "./accounts.ts";
import { canonicalPath } from "./canonical-path.ts";
import { labelQuietly } from "./disk-label.ts";
import { guidText, uuidText } from "./uuid-text.ts";

export interface Probed {
  /** ext4, swap, iso9660, vfat, xfs, LVM2_member… */
  readonly type: string | undefined;
  readonly uuid: string | undefined;
  readonly label: string | undefined;
  readonly version: string | undefined;
  readonly blockSizeBytes: number | undefined;
  readonly usage: "filesystem" | "other" | "raid" | "crypto" | undefined;
  /** of one device of several: UUID_SUB */
  readonly subUuid?: string | undefined;
  /** dos, gpt */
  readonly tableType: string | undefined;
  readonly tableUuid: string | undefined;
}

const NOTHING: Probed = { type: undefined, uuid: undefined, label: undefined, version: undefined, blockSizeBytes: undefined, usage: undefined, tableType: undefined, tableUuid: undefined };

const textOf = (bytes: Uint8Array): string => {
  const end = bytes.indexOf(0);
  return decode(end < 0 ? bytes : bytes.subarray(0, end)).trim();
};

/** `head`: the first bytes; `at` reads elsewhere. */
export function probeBytes(head: Uint8Array): Probed {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const u16 = (at: number): number => (at + 2 <= head.length ? view.getUint16(at, true) : 0);
  const u32 = (at: number): number => (at + 4 <= head.length ? view.getUint32(at, true) : 0);
  const ascii = (at: number, length: number): string => decode(head.subarray(at, at + length));
  if (u16(0x438) === 0xef53) {
    const compatible = u32(0x45c);
    const incompatible = u32(0x460);
    const readOnly = u32(0x464);
    const type = (incompatible & 0x3c0) !== 0 || (readOnly & 0x78) !== 0 ? "ext4" : (compatible & 4) !== 0 ? "ext3" : "ext2";
    return { ...NOTHING, type, uuid: head.subarray(0x468, 0x478).some((byte) => byte !== 0) ? uuidText(head.subarray(0x468, 0x478)) : undefined, label: textOf(head.subarray(0x478, 0x488)) || undefined, version: "1.0", blockSizeBytes: 1024 << u32(0x418), usage: "filesystem" };
  }
  if (ascii(4086, 10) === "SWAPSPACE2") return { ...NOTHING, type: "swap", uuid: uuidText(head.subarray(1036, 1052)), label: textOf(head.subarray(1052, 1068)) || undefined, version: "1", usage: "other" };
  if (ascii(0, 4) === "XFSB") return { ...NOTHING, type: "xfs", uuid: uuidText(head.subarray(32, 48)), label: textOf(head.subarray(108, 120)) || undefined, usage: "filesystem", blockSizeBytes: 512 };
  if (ascii(0x8001, 5) === "CD001") {
    const label = textOf(head.subarray(0x8028, 0x8048));
    const stamp = ascii(0x832d, 16);
    const uuid = /^\d{16}$/.test(stamp) ? `${stamp.slice(0, 4)}-${stamp.slice(4, 6)}-${stamp.slice(6, 8)}-${stamp.slice(8, 10)}-${stamp.slice(10, 12)}-${stamp.slice(12, 14)}-${stamp.slice(14, 16)}` : undefined;
    // the Joliet descriptor is among those behind the first
    const joliet = [0x8800, 0x9000, 0x9800].some((at) => head[at] === 2 && ascii(at + 1, 5) === "CD001" && ascii(at + 88, 2) === "%/");
    return { ...NOTHING, type: "iso9660", uuid, label: label || undefined, version: joliet ? "Joliet Extension" : undefined, usage: "filesystem", blockSizeBytes: 2048 };
  }
  if (ascii(0, 4) === "LUKS" && head[4] === 0xba && head[5] === 0xbe) {
    const version = (head[6] ?? 0) * 256 + (head[7] ?? 0);
    return { ...NOTHING, type: "crypto_LUKS", uuid: textOf(head.subarray(168, 208)), label: version === 2 ? textOf(head.subarray(24, 72)) || undefined : undefined, version: String(version), usage: "crypto" };
  }
  if (u32(4096) === 0xa92b4efc && u32(4100) === 1) {
    return { ...NOTHING, type: "linux_raid_member", uuid: uuidText(head.subarray(4112, 4128)), subUuid: uuidText(head.subarray(4096 + 168, 4096 + 184)), label: textOf(head.subarray(4128, 4160)) || undefined, version: "1.2", usage: "raid" };
  }
  if (ascii(0x10040, 8) === "_BHRfS_M") {
    return { ...NOTHING, type: "btrfs", uuid: uuidText(head.subarray(0x10020, 0x10030)), subUuid: uuidText(head.subarray(0x10000 + 0xc9 + 66, 0x10000 + 0xc9 + 82)), label: textOf(head.subarray(0x10000 + 0x12b, 0x10000 + 0x22b)) || undefined, usage: "filesystem", blockSizeBytes: u32(0x10090) };
  }
  if (ascii(0, 4) === "hsqs") return { ...NOTHING, type: "squashfs", version: "4.0", usage: "filesystem" };
  if (ascii(0x218, 8) === "LVM2 001") return { ...NOTHING, type: "LVM2_member", uuid: ascii(0x220, 32).replace(/^(.{6})(.{4})(.{4})(.{4})(.{4})(.{4})(.{6})$/, "$1-$2-$3-$4-$5-$6-$7"), version: "LVM2 001", usage: "raid" };
  if (head[510] === 0x55 && head[511] === 0xaa) {
    if (ascii(54, 5) === "FAT12" || ascii(54, 5) === "FAT16" || ascii(82, 5) === "FAT32") {
      const fat32 = ascii(82, 5) === "FAT32";
      const at = fat32 ? 67 : 39;
      const serial = u32(at).toString(16).toUpperCase().padStart(8, "0");
      const label = textOf(head.subarray(at + 4, at + 15));
      return { ...NOTHING, type: "vfat", uuid: `${serial.slice(0, 4)}-${serial.slice(4)}`, label: label === "NO NAME" ? undefined : label || undefined, version: fat32 ? "FAT32" : ascii(54, 5), usage: "filesystem", blockSizeBytes: 512 };
    }
    if (ascii(512, 8) === "EFI PART") return { ...NOTHING, tableType: "gpt", tableUuid: guidText(head.subarray(568, 584)) };
    const partitions = [446, 462, 478, 494].some((at) => (head[at + 4] ?? 0) !== 0);
    if (partitions || u32(440) !== 0) return { ...NOTHING, tableType: "dos", tableUuid: u32(440) === 0 ? undefined : u32(440).toString(16).padStart(8, "0") };
  }
  if (ascii(512, 8) === "EFI PART") return { ...NOTHING, tableType: "gpt", tableUuid: guidText(head.subarray(568, 584)) };
  return NOTHING;
}

const HEAD_BYTES = 69_632;

/** Throws SysError when it cannot be read. */
export function* probeDevice(sys: Sys, path: string, from = 0): Blocking<Probed> {
  const fd = yield* sys.open(path, O.RDONLY);
  try {
    const head = new Uint8Array(HEAD_BYTES);
    let at = 0;
    while (at < HEAD_BYTES) {
      const bytes = yield* sys.pread(fd, HEAD_BYTES - at, from + at);
      if (bytes.length === 0) break;
      head.set(bytes, at);
      at += bytes.length;
    }
    return probeBytes(head.subarray(0, at));
  } finally {
    sys.close(fd);
  }
}

/** NOTHING when it cannot be read, as lsblk shows it. */
export function* probeQuietly(sys: Sys, path: string): Blocking<Probed> {
  try {
    return yield* probeDevice(sys, path);
  } catch (error) {
    if (error instanceof SysError) return NOTHING;
    throw error;
  }
}

/** The name that mount tables use: links are followed, a device of the mapper goes by its name (libmount's canonicalize_path). */
export function* mountSource(sys: Sys, path: string): Blocking<string> {
  if (!path.startsWith("/dev/")) return path;
  let name: string;
  try {
    name = canonicalPath(sys, path, "existing");
  } catch (error) {
    if (error instanceof SysError) return path;
    throw error;
  }
  const mapped = /^\/dev\/(dm-\d+)$/.exec(name)?.[1];
  const shown = mapped === undefined ? undefined : yield* readTextFile(sys, `/sys/block/${mapped}/dm/name`);
  return shown === undefined ? name : `/dev/mapper/${shown.trim()}`;
}

/** UUID=…, LABEL=…, PARTUUID=… to a device's path; anything else stays. */
export function* deviceOfTag(sys: Sys, spec: string): Blocking<string | undefined> {
  const match = /^(UUID|LABEL|PARTUUID|PARTLABEL)="?([^"]*)"?$/.exec(spec);
  if (!match) return spec;
  const directory = `/dev/disk/by-${(match[1] ?? "").toLowerCase()}`;
  try {
    const target = sys.readlink(`${directory}/${match[2] ?? ""}`);
    return `/dev/${target.split("/").at(-1) ?? ""}`;
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
  let names: readonly string[] = [];
  try {
    names = sys.readdir("/sys/class/block").map((entry) => entry.name);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
  if (match[1] === "PARTUUID" || match[1] === "PARTLABEL") {
    for (const name of names) {
      const entry = yield* partitionEntry(sys, name);
      if ((match[1] === "PARTUUID" ? entry?.uuid : entry?.label) === match[2] && match[2] !== "") return `/dev/${name}`;
    }
    return undefined;
  }
  for (const name of names) {
    const probed = yield* probeQuietly(sys, `/dev/${name}`);
    if ((match[1] === "UUID" && probed.uuid === match[2]) || (match[1] === "LABEL" && probed.label === match[2])) return `/dev/${name}`;
  }
  return undefined;
}

/** What the partition table of its disk says of a partition: "vda1". Undefined for whole disks. */
export function* partitionEntry(sys: Sys, name: string): Blocking<{ readonly uuid: string; readonly label: string } | undefined> {
  const number = Number(yield* readTextFile(sys, `/sys/class/block/${name}/partition`));
  if (!(number > 0)) return undefined;
  const label = yield* labelQuietly(sys, `/dev/${sys.readlink(`/sys/class/block/${name}`).split("/").at(-2) ?? ""}`);
  const entry = label?.partitions.find((one) => one.number === number);
  if (label === undefined || entry === undefined) return undefined;
  return { uuid: label.kind === "dos" ? `${label.id}-${number.toString(16).padStart(2, "0")}` : entry.uuid.toLowerCase(), label: entry.name };
}
