import { type Blocking, S, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { sizeOfWord } from "../kit/block-target.ts";
import { readMounts } from "../kit/mounts.ts";
import { exists } from "../kit/presence.ts";
import { partitionEntry, probeDevice } from "../kit/probe-device.ts";
import { type Io, flag, text, texts, utilLinux } from "../kit/util-linux.ts";

/** Of libblkid 2.38.1, in the order in which it tries them (blkid -k). */
const KNOWN = "linux_raid_member ddf_raid_member isw_raid_member lsi_mega_raid_member via_raid_member silicon_medley_raid_member nvidia_raid_member promise_fasttrack_raid_member hpt45x_raid_member hpt37x_raid_member adaptec_raid_member jmicron_raid_member bcache ceph_bluestore drbd drbdmanage_control_volume drbdproxy_datalog LVM2_member LVM1_member DM_snapshot_cow DM_verity_hash DM_integrity crypto_LUKS VMFS_volume_member ubi vdo stratis BitLocker vfat swsuspend swap xfs xfs_external_log exfs ext4dev ext4 ext3 ext2 jbd reiserfs reiser4 jfs udf iso9660 zfs_member hfsplus hfs ufs hpfs sysv xenix ntfs ReFS cramfs romfs minix gfs gfs2 ocfs ocfs2 oracleasm vxfs squashfs squashfs3 nss btrfs ubifs bfs VMFS befs nilfs2 exfat f2fs mpool apfs zonefs erofs".split(" ");

/** As udev's built-in names them: ID_FS_…, of tables ID_PART_TABLE_…, of partitions ID_PART_ENTRY_…. */
function udevLines(tags: readonly (readonly [string, string])[]): string {
  const names = new Map([["PTUUID", "ID_PART_TABLE_UUID"], ["PTTYPE", "ID_PART_TABLE_TYPE"], ["PARTLABEL", "ID_PART_ENTRY_NAME"], ["PARTUUID", "ID_PART_ENTRY_UUID"]]);
  return tags.map(([key, value]) => {
    const name = names.get(key) ?? `ID_FS_${key}`;
    const encoded = [...value].map((letter) => (/[A-Za-z0-9#+\-.:=@_/]/.test(letter) || letter.charCodeAt(0) > 126 ? letter : `\\x${letter.charCodeAt(0).toString(16).padStart(2, "0")}`)).join("");
    if (!["LABEL", "UUID", "UUID_SUB", "PARTLABEL"].includes(key)) return `${name}=${value}\n`;
    return key === "PARTLABEL" ? `${name}=${encoded}\n` : `${name}=${value.replace(/\s+/g, "_")}\n${name}_ENC=${encoded}\n`;
  }).join("");
}

/** The widths of -o list; more columns than 80 go to all of them (pretty_print_line of blkid.c). */
function listWidths(columns: number): readonly [device: number, type: number, label: number, target: number] {
  if (columns <= 80) return [10, 7, 8, 14];
  const narrow = Math.min(8, Math.floor((columns - 80) / 10));
  const wide = Math.floor((columns - 80 - 2 * narrow) / 2);
  return [10 + wide, 7 + narrow, 8 + narrow, 14 + wide];
}

/** A device that is too long has a line of its own, another word takes from the next column. */
function listLine([device, ...words]: readonly [string, string, string, string, string], [first, ...widths]: readonly [number, number, number, number]): string {
  let text = device.length > first ? `${device}\n${" ".repeat(first + 1)}` : device.padEnd(first + 1);
  let over = 0;
  for (const [at, width] of widths.entries()) {
    const word = words[at] ?? "";
    text += word.padEnd(Math.max(word.length + 1, width + 1 - over));
    over = Math.max(0, word.length + over - width);
  }
  return `${text}${words[3] ?? ""}\n`;
}

/** `low`: -p also tells version and use. */
function* tagsOf(sys: Sys, path: string, low: boolean, offset = 0): Blocking<readonly (readonly [string, string])[]> {
  const probed = yield* probeDevice(sys, path, offset);
  const tags: (readonly [string, string])[] = [];
  const add = (key: string, value: string | undefined): void => {
    if (value !== undefined && value !== "") tags.push([key, value]);
  };
  // the order in which libblkid's probers find them
  const disc = probed.type === "iso9660";
  if (disc) add("BLOCK_SIZE", String(probed.blockSizeBytes ?? 2048));
  if (probed.type === "vfat") {
    if (probed.version !== "FAT32") add("SEC_TYPE", "msdos");
    add("LABEL_FATBOOT", probed.label);
  }
  const sub = probed.subUuid;
  if (!disc && (probed.type !== "linux_raid_member")) add("LABEL", probed.label);
  add("UUID", probed.uuid);
  if (sub !== undefined) add("UUID_SUB", sub);
  if (low) add("VERSION", probed.version ?? (/^ext[234]$/.test(probed.type ?? "") ? "1.0" : probed.type === "swap" ? "1" : undefined));
  if (probed.type === "linux_raid_member") add("LABEL", probed.label);
  if (disc) add("LABEL", probed.label);
  else if (probed.type !== undefined && probed.usage === "filesystem") add("BLOCK_SIZE", probed.blockSizeBytes === undefined ? undefined : String(probed.blockSizeBytes));
  add("TYPE", probed.type);
  if (low) add("USAGE", probed.usage);
  add("PTUUID", probed.tableUuid);
  add("PTTYPE", probed.tableType);
  const entry = yield* partitionEntry(sys, path.split("/").at(-1) ?? "");
  add("PARTLABEL", entry?.label);
  add("PARTUUID", entry?.uuid);
  return tags;
}

const USAGES: ReadonlySet<string> = new Set(["filesystem", "raid", "crypto", "other"]);

/** -i: the queue's sizes, of devices only */
function* limitsOf(sys: Sys, path: string): Blocking<readonly (readonly [string, string])[]> {
  const stat = sys.stat(path);
  if ((stat.mode & S.IFMT) !== S.IFBLK) return [];
  const device = `/sys/dev/block/${stat.rdev >> 8}:${stat.rdev & 255}`;
  const read = function* (name: string): Blocking<string> {
    return ((yield* readTextFile(sys, `${device}/queue/${name}`)) ?? (yield* readTextFile(sys, `${device}/../queue/${name}`)) ?? "").trim();
  };
  const found: (readonly [string, string])[] = [];
  for (const [key, name] of [["MINIMUM_IO_SIZE", "minimum_io_size"], ["OPTIMAL_IO_SIZE", "optimal_io_size"], ["PHYSICAL_SECTOR_SIZE", "physical_block_size"], ["LOGICAL_SECTOR_SIZE", "logical_block_size"]] as const) {
    const value = yield* read(name);
    if (value !== "" && value !== "0") found.push([key, value]);
  }
  return found;
}

export default utilLinux({
  name: "blkid", path: "/sbin/blkid", manSection: 8, summary: "find block devices and tell their attributes", synopsis: ["--label <label> | --uuid <uuid>", "[--cache-file <file>] [-ghlLv] [--output <format>] [--match-tag <tag>] [--match-token <token>] [<dev> ...]", "-p [options] <dev> ...", "-i [options] <dev> ..."],
  options: {
    cache: text(["-c", "--cache-file"], "file", "use <file> as the cache (/dev/null: an empty one)"), noEncoding: flag(["-d", "--no-encoding"], "characters that cannot be shown go out unchanged"), garbage: flag(["-g", "--garbage-collect"], "drop devices that are gone from the cache"),
    output: text(["-o", "--output"], "format", "the form of the output: value, device, export or full"), listFs: flag(["-k", "--list-filesystems"], "name the filesystems and RAIDs that can be recognized"), tags: texts(["-s", "--match-tag"], "tag", "only this tag, UUID for instance"),
    token: text(["-t", "--match-token"], "token", "the devices that have this NAME=value"), one: flag(["-l", "--list-one"], "with -t, stop at the first device that fits"), label: text(["-L", "--label"], "label", "name the device that has this LABEL"), uuid: text(["-U", "--uuid"], "uuid", "name the device that has this UUID"),
    probe: flag(["-p", "--probe"], "look at the device itself, not into the cache"), offset: text(["-O", "--offset"], "offset", "with -p: look from this byte on"), size: text(["-S", "--size"], "size", "with -p: how much of the device counts"), kinds: text(["-n", "--match-types"], "list", "with -p: only these filesystems"), usages: text(["-u", "--usages"], "list", "with -p: only filesystem, raid, crypto or other"), noParts: flag(["-D", "--no-part-details"], "with -p: nothing about partitions"),
    info: flag(["-i", "--info"], "what the device says of its I/O sizes"), version: flag(["-V", "--version"], "display version"),
  },
  usageStatus: 4, operands: "files",
  *run({ options, operands, sys }, io: Io) {
    if (options.version) {
      io.out.put("blkid from util-linux 2.38.1  (libblkid 2.38.1, 04-Aug-2022)\n");
      return 0;
    }
    if (options.listFs) {
      io.out.put(KNOWN.map((name) => `${name}\n`).join(""));
      return 0;
    }
    if (options.output !== undefined && !["value", "device", "list", "udev", "export", "full"].includes(options.output)) io.die(`unsupported output format ${options.output}`, 4);
    const usages = options.usages?.replace(/^no/, "").split(",");
    const wrongUsage = usages?.find((one) => !USAGES.has(one));
    if (wrongUsage !== undefined) io.die(`unknown keyword in -u <list> argument: '${wrongUsage}'`, 4);
    if (options.probe && operands.length === 0) io.die("The low-level probing mode requires a device", 4);
    if ((options.probe || options.info) && options.output === "list") io.die("The low-level probing mode does not support 'list' output format", 4);
    const bytesOf = (word: string | undefined, name: string): number | undefined => (word === undefined ? undefined : (sizeOfWord(word) ?? io.die(`invalid ${name} argument: '${word}': Invalid argument`, 4)));
    const offset = bytesOf(options.offset, "offset") ?? 0;
    bytesOf(options.size, "size");
    const suits = (list: string | undefined, word: string | undefined): boolean => list === undefined || (word !== undefined && list.replace(/^no/, "").split(",").includes(word) !== list.startsWith("no"));
    const all = function* (): Blocking<readonly string[]> {
      return ((yield* readTextFile(sys, "/proc/partitions")) ?? "").split("\n").slice(2).map((line) => line.trim().split(/\s+/)[3]).filter((name) => name !== undefined).map((name) => `/dev/${name}`);
    };
    const token = options.token ?? (options.label !== undefined ? `LABEL=${options.label}` : options.uuid !== undefined ? `UUID=${options.uuid}` : undefined);
    const named = operands.filter((path) => exists(sys, path));
    if (operands.length > 0 && named.length === 0) return 2;
    const paths = operands.length > 0 ? named : yield* all();
    const format = options.output ?? (options.label !== undefined || options.uuid !== undefined ? "device" : "full");
    let shown = 0;
    const columns = Number(sys.environment.get("COLUMNS") ?? 0) || (sys.isatty(1) ? sys.getWindowSize(1).cols : 0);
    const widths = listWidths(columns);
    const mounts = format === "list" ? yield* readMounts(sys) : [];
    const swaps = format === "list" ? ((yield* readTextFile(sys, "/proc/swaps")) ?? "").split("\n").map((line) => line.split(/\s/)[0]) : [];
    if (format === "list") io.out.put(`${listLine(["device", "fs_type", "label", "mount point", "UUID"], widths)}${"-".repeat(Math.max(0, columns - 1))}\n`);
    for (const path of paths) {
      let tags: readonly (readonly [string, string])[];
      try {
        tags = options.info ? yield* limitsOf(sys, path) : yield* tagsOf(sys, path, options.probe, offset);
        const value = (key: string): string | undefined => tags.find(([one]) => one === key)?.[1];
        if (options.probe && value("TYPE") !== undefined && !(suits(options.kinds, value("TYPE")) && suits(options.usages, value("USAGE")))) continue;
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        if (options.probe || options.info) yield* io.warn(`error: ${path}: ${error.message}`);
        continue;
      }
      if (tags.length === 0) continue;
      if (token !== undefined) {
        const [key = "", value = ""] = token.split("=");
        if (!tags.some(([one, text2]) => one === key && text2 === value.replace(/^"|"$/g, ""))) continue;
      }
      const kept = options.tags.length > 0 ? tags.filter(([key]) => options.tags.includes(key)) : tags;
      if (kept.length === 0) continue;
      shown++;
      if (format === "list") {
        const value = (key: string): string => kept.find(([one]) => one === key)?.[1] ?? "";
        if (value("TYPE") === "") continue;
        const target = mounts.find((one) => one.source === path)?.target ?? (swaps.includes(path) ? "[SWAP]" : "(not mounted)");
        io.out.put(listLine([path, value("TYPE"), value("LABEL"), target, value("UUID")], widths));
      } else if (format === "device") io.out.put(`${path}\n`);
      else if (format === "value") io.out.put(kept.map(([, value]) => `${value}\n`).join(""));
      else if (format === "udev") io.out.put(`${shown > 1 ? "\n" : ""}${udevLines(kept)}`);
      else if (format === "export") io.out.put(`${shown > 1 ? "\n" : ""}DEVNAME=${path}\n${kept.map(([key, value]) => `${key}=${value}\n`).join("")}`);
      else io.out.put(`${path}: ${kept.map(([key, value]) => `${key}="${value}"`).join(" ")}\n`);
      if (options.one) break;
    }
    return shown === 0 ? 2 : 0;
  },
});
