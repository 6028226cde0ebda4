// The facts of a super block as tune2fs -l and dumpe2fs list them.

import type { Blocking, Sys } from "../../kernel/sys.ts";
import { Accounts } from "../kit/accounts.ts";
import { uuidText } from "../kit/uuid-text.ts";
import { civilAt, strftime } from "../kit/time-format.ts";
import { type Zone, readZone } from "../kit/zones.ts";
import type { Superblock } from "./_superblock.ts";

export const ctime = (zone: Zone, seconds: number): string => strftime("%a %b %e %H:%M:%S %Y", civilAt(zone, seconds));

const INTERVALS: readonly (readonly [seconds: number, one: string, many: string])[] = [[30 * 86400, "month", "months"], [7 * 86400, "week", "weeks"], [86400, "day", "days"], [3600, "hour", "hours"], [60, "minute", "minutes"], [1, "second", "seconds"]];

function interval(seconds: number): string {
  if (seconds === 0) return "<none>";
  const parts: string[] = [];
  let rest = seconds;
  for (const [unit, one, many] of INTERVALS) {
    const count = Math.floor(rest / unit);
    if (count > 0) parts.push(`${count} ${count === 1 ? one : many}`);
    rest -= count * unit;
  }
  return parts.slice(0, 2).join(", ");
}

/** Of names in directories (s_def_hash_version). */
export const HASHES = ["legacy", "half_md4", "tea"];

/** Default mount options by their bits in s_default_mount_opts. */
export const MOUNT_OPTIONS: readonly (readonly [bit: number, name: string])[] = [[0x1, "debug"], [0x2, "bsdgroups"], [0x4, "user_xattr"], [0x8, "acl"], [0x10, "uid16"], [0x20, "journal_data"], [0x40, "journal_data_ordered"], [0x60, "journal_data_writeback"], [0x100, "nobarrier"], [0x200, "block_validity"], [0x400, "discard"], [0x800, "nodelalloc"]];

export function* superblockFacts(sys: Sys, superblock: Superblock): Blocking<string> {
  const zone = yield* readZone(sys);
  const accounts = yield* Accounts.read(sys);
  let out = "";
  const row = (name: string, value: string | number): void => {
    out += `${`${name}:`.padEnd(26)}${value}\n`;
  };
  const time = (at: number): string => (superblock.u32(at) === 0 ? "n/a" : ctime(zone, superblock.u32(at)));
  const state = superblock.u16(0x3a);
  row("Filesystem volume name", superblock.label || "<none>");
  row("Last mounted on", superblock.lastMounted || "<not available>");
  row("Filesystem UUID", /^[0-]+$/.test(superblock.uuid) ? "<none>" : superblock.uuid);
  row("Filesystem magic number", "0xEF53");
  row("Filesystem revision #", `${superblock.u32(0x4c)} (${superblock.u32(0x4c) === 0 ? "original" : "dynamic"})`);
  row("Filesystem features", superblock.features.join(" ") || "(none)");
  row("Filesystem flags", `signed_directory_hash ${(superblock.u32(0x160) & 4) !== 0 ? "test_filesystem " : ""}`);
  const data = MOUNT_OPTIONS.find(([bit]) => bit >= 0x20 && bit <= 0x60 && (superblock.u32(0x100) & 0x60) === bit);
  row("Default mount options", MOUNT_OPTIONS.filter((one) => one === data || ((one[0] < 0x20 || one[0] > 0x60) && (superblock.u32(0x100) & one[0]) !== 0)).sort((one, other) => Number(other === data) - Number(one === data)).map(([, name]) => name).join(" ") || "(none)");
  if (superblock.mountOptions !== "") row("Mount options", superblock.mountOptions);
  row("Filesystem state", `${(state & 1) !== 0 ? "" : "not "}clean${(state & 2) !== 0 ? " with errors" : ""}`);
  row("Errors behavior", ["Continue", "Continue", "Remount read-only", "Panic"][superblock.u16(0x3c)] ?? "Unknown (continue)");
  row("Filesystem OS type", ["Linux", "Hurd", "Masix", "FreeBSD", "Lites"][superblock.u32(0x48)] ?? "(unknown os)");
  row("Inode count", superblock.inodes);
  row("Block count", superblock.blocks);
  row("Reserved block count", superblock.u32(0x08));
  row("Overhead clusters", superblock.overhead);
  row("Free blocks", superblock.freeBlocks);
  row("Free inodes", superblock.freeInodes);
  row("First block", superblock.firstBlock);
  row("Block size", superblock.blockBytes);
  row("Fragment size", superblock.blockBytes);
  if (superblock.has("64bit")) row("Group descriptor size", superblock.descriptorBytes);
  if (superblock.reservedGdt > 0) row("Reserved GDT blocks", superblock.reservedGdt);
  row("Blocks per group", superblock.blocksPerGroup);
  row("Fragments per group", superblock.blocksPerGroup);
  row("Inodes per group", superblock.inodesPerGroup);
  row("Inode blocks per group", superblock.inodeTableBlocks);
  if (superblock.u16(0x164) > 0) row("RAID stride", superblock.u16(0x164));
  if (superblock.u32(0x170) > 0) row("RAID stripe width", superblock.u32(0x170));
  if (superblock.has("flex_bg")) row("Flex block group size", superblock.flexGroups);
  if (superblock.u32(0x108) !== 0) row("Filesystem created", time(0x108));
  row("Last mount time", time(0x2c));
  row("Last write time", time(0x30));
  row("Mount count", superblock.u16(0x34));
  row("Maximum mount count", superblock.u16(0x36) === 0xffff ? -1 : superblock.u16(0x36));
  row("Last checked", time(0x40));
  row("Check interval", `${superblock.u32(0x44)} (${interval(superblock.u32(0x44))})`);
  if (superblock.u32(0x44) !== 0) row("Next check after", ctime(zone, superblock.u32(0x40) + superblock.u32(0x44)));
  const written = superblock.u32(0x178);
  if (written > 0) row("Lifetime writes", written < 8192 ? `${written} kB` : written < 2 ** 23 ? `${Math.floor((written + 512) / 1024)} MB` : `${Math.floor((written + 524288) / 1048576)} GB`);
  row("Reserved blocks uid", `${superblock.u16(0x50)} (user ${accounts.userById(superblock.u16(0x50))?.name ?? "unknown"})`);
  row("Reserved blocks gid", `${superblock.u16(0x52)} (group ${accounts.groupById(superblock.u16(0x52))?.name ?? "unknown"})`);
  row("First inode", superblock.u32(0x54) || 11);
  out += `Inode size:\t          ${superblock.inodeBytes}\n`;
  if (superblock.inodeBytes > 128) {
    row("Required extra isize", 32);
    row("Desired extra isize", 32);
  }
  if (superblock.has("has_journal")) row("Journal inode", 8);
  row("Default directory hash", HASHES[superblock.bytes[0xfc] || 1] ?? "half_md4");
  row("Directory Hash Seed", uuidText(superblock.bytes.subarray(0xec, 0xfc)));
  if (superblock.has("has_journal")) row("Journal backup", "inode blocks");
  if (superblock.u32(0x240) > 0) row("User quota inode", superblock.u32(0x240));
  if (superblock.u32(0x244) > 0) row("Group quota inode", superblock.u32(0x244));
  if (superblock.u32(0x26c) > 0) row("Project quota inode", superblock.u32(0x26c));
  if (superblock.has("metadata_csum")) {
    row("Checksum type", "crc32c");
    row("Checksum", `0x${superblock.u32(0x3fc).toString(16).padStart(8, "0")}`);
  }
  return out;
}
