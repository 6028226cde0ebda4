// The super block of version 1.2 as mdadm reads it (struct mdp_superblock_1, linux/raid/md_p.h): at 4 KiB of a member, little-endian.
import { type Blocking, decode, type Sys, SysError } from "../../kernel/sys.ts";
import { openBlockTarget } from "../kit/block-target.ts";

export const OFFSET = 4096;
export const LEVELS: ReadonlyMap<number, string> = new Map([[-1, "linear"], [0, "raid0"], [1, "raid1"], [4, "raid4"], [5, "raid5"], [6, "raid6"], [10, "raid10"]]);
const SPARE = 0xffff;
const FAULTY = 0xfffe;

export interface Superblock {
  readonly device: string;
  readonly uuid: string;
  readonly name: string;
  readonly createdSeconds: number;
  readonly updatedSeconds: number;
  readonly level: number;
  readonly layout: number;
  readonly memberSectors: number;
  readonly chunkSectors: number;
  readonly disks: number;
  readonly dataOffset: number;
  readonly dataSectors: number;
  readonly number: number;
  readonly deviceUuid: string;
  readonly events: number;
  readonly resyncing: boolean;
  readonly rebuilding: boolean;
  readonly bitmap: boolean;
  readonly checksum: number;
  /** of this member: a slot, or it is spare or faulty */
  readonly role: number | "spare" | "faulty";
  readonly roles: readonly number[];
  readonly deviceSectors: number;
}

const hex = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
export const colons = (digits: string): string => digits.replace(/^(.{8})(.{8})(.{8})(.{8})$/, "$1:$2:$3:$4");

/** Undefined: no super block there, or the device cannot be read. */
export function* readSuperblock(sys: Sys, device: string): Blocking<Superblock | undefined> {
  let bytes: Uint8Array;
  let deviceSectors: number;
  try {
    const target = yield* openBlockTarget(sys, device, false);
    deviceSectors = Math.floor(target.sizeBytes / 512);
    bytes = (yield* sys.pread(target.fd, 1024, OFFSET)).slice();
    sys.close(target.fd);
  } catch (error) {
    if (error instanceof SysError) return undefined;
    throw error;
  }
  if (bytes.length < 1024) return undefined;
  const view = new DataView(bytes.buffer);
  if (view.getUint32(0, true) !== 0xa92b4efc || view.getUint32(4, true) !== 1) return undefined;
  const u64 = (at: number): number => Number(view.getBigUint64(at, true));
  const roles = Array.from({ length: 128 }, (_, index) => view.getUint16(256 + index * 2, true));
  const number = view.getUint32(160, true);
  const role = roles[number] ?? SPARE;
  return {
    device, deviceSectors, uuid: hex(bytes.subarray(16, 32)), name: decode(bytes.subarray(32, 64)).replace(/\0.*$/s, ""), createdSeconds: u64(64), level: view.getInt32(72, true), layout: view.getUint32(76, true), memberSectors: u64(80), chunkSectors: view.getUint32(88, true), disks: view.getUint32(92, true), dataOffset: u64(128), dataSectors: u64(136),
    number, deviceUuid: hex(bytes.subarray(168, 184)), updatedSeconds: u64(192), events: u64(200), resyncing: view.getBigUint64(208, true) === 0n, rebuilding: (view.getUint32(8, true) & 2) !== 0, bitmap: (view.getUint32(8, true) & 1) !== 0, checksum: view.getUint32(216, true), roles, role: role === FAULTY ? "faulty" : role === SPARE ? "spare" : role,
  };
}

export function* eraseSuperblock(sys: Sys, device: string): Blocking<void> {
  const { fd } = yield* openBlockTarget(sys, device, true);
  yield* sys.pwrite(fd, new Uint8Array(1024), OFFSET);
  sys.close(fd);
}

/** Disks, partitions and loop devices that have one. */
export function* allSuperblocks(sys: Sys): Blocking<readonly Superblock[]> {
  const found: Superblock[] = [];
  let names: readonly string[] = [];
  try {
    names = sys.readdir("/sys/class/block").map((entry) => entry.name);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
  for (const name of [...names].sort((a, b) => a.localeCompare(b, "en", { numeric: true }))) {
    if (/^(md|sr|dm-)/.test(name)) continue;
    const superblock = yield* readSuperblock(sys, `/dev/${name}`);
    if (superblock) found.push(superblock);
  }
  return found;
}

export function arrayState(superblock: Superblock): string {
  let text = "";
  for (let slot = 0; slot < superblock.disks; slot++) text += superblock.roles.includes(slot) ? "A" : ".";
  return text;
}

/** " (99.00 MiB 103.81 MB)" of a size in KiB. */
export function humanSize(kib: number): string {
  const bytes = kib * 1024;
  const two = (value: number): string => (Math.floor(value * 100) / 100).toFixed(2);
  if (bytes < 5000 * 1024) return "";
  if (bytes < 2 * 1024 ** 3) return ` (${(Math.floor((bytes / 2 ** 20) * 100 + 0.5) / 100).toFixed(2)} MiB ${(Math.floor((bytes / 1e6) * 100 + 0.5) / 100).toFixed(2)} MB)`;
  if (bytes < 2 * 1024 ** 4) return ` (${two(bytes / 2 ** 30 + 0.005)} GiB ${two(bytes / 1e9 + 0.005)} GB)`;
  return ` (${two(bytes / 2 ** 40 + 0.005)} TiB ${two(bytes / 1e12 + 0.005)} TB)`;
}

export function* withArray<T>(sys: Sys, path: string, flags: number, use: (fd: number) => T): Blocking<T> {
  const fd = yield* sys.open(path, flags);
  try {
    return use(fd);
  } finally {
    sys.close(fd);
  }
}
