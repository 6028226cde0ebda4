// What libparted finds of a GPT: both copies, and whether they fit the disk (gpt_probe and gpt_read of gpt.c, 3.5).
import { type Blocking, decode } from "../../kernel/sys.ts";
import { crc32 } from "../kit/compression/crc32.ts";
import { type DiskLabel, type OpenDisk, parseGpt, SECTOR_BYTES } from "../kit/disk-label.ts";

export type GptState =
  | { readonly state: "absent" | "unrecognised" | "beyond" | "both corrupt" }
  | { readonly state: "good" | "primary corrupt" | "backup corrupt"; readonly label: DiskLabel }
  | { readonly state: "short"; readonly label: DiskLabel; readonly unused: number };

const u32 = (bytes: Uint8Array, at: number): number => ((bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24)) >>> 0;
const u64 = (bytes: Uint8Array, at: number): number => u32(bytes, at) + u32(bytes, at + 4) * 2 ** 32;
const isSigned = (header: Uint8Array): boolean => decode(header.subarray(0, 8)) === "EFI PART";

/** A header and its entries, where all sums are right. */
function* copyAt(disk: OpenDisk, sector: number): Blocking<DiskLabel | undefined> {
  const header = yield* disk.read(sector, 1);
  const size = u32(header, 12);
  if (!isSigned(header) || size < 92 || size > SECTOR_BYTES || u64(header, 24) !== sector) return undefined;
  const sums = header.slice(0, size);
  sums.fill(0, 16, 20);
  if (crc32(sums) !== u32(header, 16)) return undefined;
  const bytes = u32(header, 80) * u32(header, 84);
  const table = yield* disk.read(u64(header, 72), Math.ceil(Math.min(bytes, 2 ** 24) / SECTOR_BYTES));
  return crc32(table.subarray(0, bytes)) === u32(header, 88) ? parseGpt(header, table) : undefined;
}

export function* checkGpt(disk: OpenDisk): Blocking<GptState> {
  const head = yield* disk.read(0, 1);
  if (head[510] !== 0x55 || head[511] !== 0xaa || ![450, 466, 482, 498].some((at) => head[at] === 0xee)) return { state: "absent" };
  const header = yield* disk.read(1, 1);
  if (!isSigned(header)) return { state: "unrecognised" };
  const last = disk.totalSectors - 1;
  const primary = yield* copyAt(disk, 1);
  const at = primary === undefined ? last : u64(header, 32);
  if (at > last) return { state: "beyond" };
  const backup = yield* copyAt(disk, at);
  if (primary === undefined) return backup === undefined ? { state: "both corrupt" } : { state: "primary corrupt", label: backup };
  if (backup === undefined) return { state: "backup corrupt", label: primary };
  return at < last ? { state: "short", label: primary, unused: last - at } : { state: "good", label: primary };
}
