// btrfs balance, scrub, device usage and inspect-internal dump-super (btrfs-progs 6.2; the super block's form recorded from dump-super on an image).
import { type Blocking, crc32c, encode, O, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { openBlockTarget } from "../kit/block-target.ts";
import type { Io } from "../kit/program.ts";
import { civilAtUs, strftime } from "../kit/time-format.ts";
import { uuidText } from "../kit/uuid-text.ts";
import { UTC } from "../kit/zones.ts";
import { type BtrfsFacts, prettySize, readSuperblock } from "./_btrfs.ts";
import { BtrfsError, mountOf, request, type Space } from "./_mounted.ts";

const BYTES_A_MICROSECOND = 400;
const DATA_CHUNK = 2 ** 30;
const METADATA_CHUNK = 2 ** 28;

function* spaceOf(sys: Sys, path: string): Blocking<Space> {
  return (yield* request(sys, path, "BTRFS_IOC_SPACE_INFO")) as Space;
}

function* factsOf(sys: Sys, path: string): Blocking<BtrfsFacts> {
  const { fd } = yield* openBlockTarget(sys, path, false);
  const found = yield* readSuperblock(sys, fd);
  sys.close(fd);
  if (!found) throw new BtrfsError(`not a btrfs filesystem: ${path}`);
  return found.facts;
}

const only = (words: readonly string[], verb: string): string => {
  const paths = words.filter((word) => !word.startsWith("-"));
  if (paths.length !== 1) throw new BtrfsError(`USAGE btrfs ${verb}: exactly 1 argument expected, ${paths.length} given`);
  return paths[0] ?? "";
};

/** How many of a kind's chunks a filter of usage keeps: undefined stands for no filter. */
function relocated(chunks: number, usedShare: number, filters: readonly string[] | undefined): number {
  if (filters === undefined) return 0;
  const usage = filters.flatMap((one) => one.split(",")).flatMap((one) => /^usage=(?:\d+\.\.)?(\d+)$/.exec(one)?.[1] ?? [])[0];
  return usage === undefined || usedShare * 100 < Number(usage) ? chunks : 0;
}

export function* balance(sys: Sys, verb: string, words: readonly string[], io: Io): Blocking<number> {
  const path = only(words, `balance ${verb}`);
  if (verb === "status") {
    yield* mountOf(sys, path);
    io.out.put(`No balance found on '${path}'\n`);
    return 0;
  }
  if (verb !== "start") {
    yield* mountOf(sys, path);
    throw new BtrfsError(`balance ${verb} on '${path}' failed: Not in progress`);
  }
  const data = words.find((word) => /^-d/.test(word)), metadata = words.find((word) => /^-m/.test(word)), system = words.find((word) => /^-s/.test(word));
  if (system !== undefined && !words.includes("-f")) throw new BtrfsError("Refusing to explicitly operate on system chunks.\nPass --force if you really want to do that.");
  const filtered = data !== undefined || metadata !== undefined || system !== undefined;
  if (!filtered && !words.includes("--full-balance")) {
    io.out.put("WARNING:\n\n\tFull balance without filters requested. This operation is very\n\tintense and takes potentially very long. It is recommended to\n\tuse the balance filters to narrow down the scope of balance.\n\tUse 'btrfs balance start --full-balance' option to skip this\n\twarning. The operation will start in 10 seconds.\n\tUse Ctrl-C to stop it.\n");
    for (let left = 10; left > 0; left--) {
      io.out.put(`${left}${left === 1 ? "" : " "}`);
      yield* io.out.flush();
      yield* sys.sleep(1_000_000);
    }
    io.out.put("\nStarting balance without any filters.\n");
  }
  yield* mountOf(sys, path);
  const converted = [data, metadata, system].flatMap((one) => (one === undefined ? [] : (/convert=(\w+)/.exec(one)?.[1] ?? [])));
  for (const profile of converted) {
    if (/^(raid\w*)$/.test(profile)) throw new BtrfsError(`error during balancing '${path}': Invalid argument\nThere may be more info in syslog - try dmesg | tail`);
    sys.observe({ kind: "unsimulated", command: "btrfs", detail: `balance convert=${profile}` });
    throw new BtrfsError("the conversion of profiles is not simulated here: give them to mkfs.btrfs");
  }
  const space = yield* spaceOf(sys, path);
  const dataChunks = Math.max(1, Math.ceil(space.dataTotal / DATA_CHUNK)), metadataChunks = Math.max(1, Math.ceil(space.metadataTotal / METADATA_CHUNK));
  const filter = (word: string | undefined): readonly string[] | undefined => (filtered ? (word === undefined ? undefined : [word.slice(2)]) : [""]);
  const moved = relocated(dataChunks, space.dataUsed / space.dataTotal, filter(data)) + relocated(metadataChunks, space.metadataUsed / space.metadataTotal, filter(metadata)) + relocated(1, space.systemUsed / space.systemTotal, filter(metadata ?? system));
  if (moved > 0) yield* sys.sleep(Math.ceil((space.dataUsed + space.metadataUsed) / BYTES_A_MICROSECOND));
  io.out.put(`Done, had to relocate ${moved} out of ${dataChunks + metadataChunks + 1} chunks\n`);
  return 0;
}

const allocatedOf = (space: Space): number => space.dataTotal + 2 * (space.metadataTotal + space.systemTotal);

function scrubText(uuid: string, record: string | undefined, total: number, scrubbed: number): string {
  const started = Number(/\|t_start:(\d+)/.exec(record ?? "")?.[1] ?? 0), seconds = Number(/\|duration:(\d+)/.exec(record ?? "")?.[1] ?? 0);
  const two = (value: number): string => String(value).padStart(2, "0");
  const when = record === undefined ? "\tno stats available\n" : `Scrub started:    ${strftime("%a %b %e %H:%M:%S %Y", civilAtUs(UTC, started * 1e6))}\nStatus:           finished\nDuration:         ${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}\n`;
  return `${uuid}${when}Total to scrub:   ${prettySize(total)}\nRate:             ${seconds === 0 ? "0.00B" : prettySize(scrubbed / seconds)}/s\nError summary:    no errors found\n`;
}

export function* scrub(sys: Sys, verb: string, words: readonly string[], io: Io): Blocking<number> {
  const path = only(words, `scrub ${verb}`);
  const mount = yield* mountOf(sys, path);
  const { uuid } = yield* factsOf(sys, mount.source);
  const space = yield* spaceOf(sys, path);
  const bytes = space.dataUsed + 2 * (space.metadataUsed + space.systemUsed);
  const file = `/var/lib/btrfs/scrub.status.${uuid}`;
  if (verb === "cancel") throw new BtrfsError(`scrub cancel failed on ${path}: not running`);
  if (verb === "resume") {
    io.out.put(`scrub: nothing to resume for ${path}, fsid ${uuid}\n`);
    return 2;
  }
  if (verb === "status") {
    const record = (yield* readTextFile(sys, file))?.split("\n").find((line) => line.startsWith(uuid));
    io.out.put(scrubText(`UUID:             ${uuid}\n`, record, allocatedOf(space), bytes));
    return 0;
  }
  const started = Math.floor(sys.clockUs("realtime") / 1e6);
  const takesUs = Math.ceil(bytes / BYTES_A_MICROSECOND);
  const record = `${uuid}:1|data_extents_scrubbed:${Math.ceil(space.dataUsed / 4096)}|tree_extents_scrubbed:${Math.ceil((2 * space.metadataUsed) / 16_384)}|data_bytes_scrubbed:${space.dataUsed}|tree_bytes_scrubbed:${bytes - space.dataUsed}|read_errors:0|csum_errors:0|verify_errors:0|t_start:${started}|t_resumed:0|duration:${Math.floor(takesUs / 1e6)}|canceled:0|finished:1`;
  if (words.includes("-B")) yield* sys.sleep(takesUs);
  try {
    try {
      sys.mkdir("/var/lib/btrfs", 0o755);
    } catch (error) {
      if (!(error instanceof SysError) || error.errno !== "EEXIST") throw error;
    }
    const fd = yield* sys.open(file, O.WRONLY | O.CREAT | O.TRUNC, 0o600);
    yield* sys.write(fd, encode(`scrub status:1\n${record}\n`));
    sys.close(fd);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    yield* io.stderr(`WARNING: failed to open the progress status file: ${error.message}. Progress cannot be queried\n`);
  }
  if (!words.includes("-B")) io.out.put(`scrub started on ${path}, fsid ${uuid} (pid=${sys.getpid()})\n`);
  else io.out.put(`scrub done for ${uuid}\n${scrubText("", record, allocatedOf(space), bytes)}`);
  return 0;
}

export function* deviceUsage(sys: Sys, words: readonly string[], io: Io): Blocking<number> {
  const path = only(words, "device usage");
  const mount = yield* mountOf(sys, path);
  const space = yield* spaceOf(sys, path);
  const { fd, sizeBytes } = yield* openBlockTarget(sys, mount.source, false);
  sys.close(fd);
  const row = (title: string, bytes: number): string => `   ${`${title}:`.padEnd(18)}${prettySize(bytes).padStart(14)}\n`;
  io.out.put(`${mount.source}, ID: 1\n${row("Device size", space.deviceSize)}${row("Device slack", sizeBytes - space.deviceSize)}${row("Data,single", space.dataTotal)}${row("Metadata,DUP", 2 * space.metadataTotal)}${row("System,DUP", 2 * space.systemTotal)}${row("Unallocated", space.deviceSize - allocatedOf(space))}\n`);
  return 0;
}

export function* dumpSuper(sys: Sys, words: readonly string[], io: Io): Blocking<number> {
  const path = only(words, "inspect-internal dump-super");
  let bytes: Uint8Array;
  try {
    const { fd } = yield* openBlockTarget(sys, path, false);
    const found = yield* readSuperblock(sys, fd);
    sys.close(fd);
    if (!found) throw new BtrfsError(`bad magic on superblock on ${path} at 65536`);
    bytes = found.bytes;
  } catch (error) {
    if (error instanceof SysError) throw new BtrfsError(`cannot open ${path}: ${error.message}`);
    throw error;
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const u64 = (at: number): string => String(view.getBigUint64(at, true));
  const u32 = (at: number): string => String(view.getUint32(at, true));
  const uuid = (at: number): string => uuidText(bytes.subarray(at, at + 16));
  const item = 0xc9;
  const label = [...bytes.subarray(0x12b, 0x22b)].map((byte) => String.fromCharCode(byte)).join("").replace(/\0.*$/s, "");
  const sum = view.getUint32(0, true);
  const rows: readonly (readonly [string, string])[] = [
    ["csum_type", "\t0 (crc32c)"], ["csum_size", "\t4"], ["csum", `\t\t0x${sum.toString(16).padStart(8, "0")} ${sum === crc32c(bytes.subarray(0x20)) ? "[match]" : "[DON'T MATCH]"}`], ["bytenr", `\t\t${u64(0x30)}`], ["flags", "\t\t0x1\n\t\t\t( WRITTEN )"], ["magic", "\t\t_BHRfS_M [match]"], ["fsid", `\t\t${uuid(0x20)}`], ["metadata_uuid", `\t${uuid(0x20)}`], ["label", `\t\t${label}`], ["generation", `\t${u64(0x48)}`], ["root", `\t\t${u64(0x50)}`], ["sys_array_size", `\t${u32(0xa0)}`], ["chunk_root_generation", `\t${u64(0xa4)}`], ["root_level", "\t0"], ["chunk_root", `\t${u64(0x58)}`], ["chunk_root_level", "\t0"], ["log_root", "\t0"], ["log_root_transid (deprecated)", "\t0"], ["log_root_level", "\t0"],
    ["total_bytes", `\t${u64(0x70)}`], ["bytes_used", `\t${u64(0x78)}`], ["sectorsize", `\t${u32(0x90)}`], ["nodesize", `\t${u32(0x94)}`], ["leafsize (deprecated)", `\t${u32(0x98)}`], ["stripesize", `\t${u32(0x9c)}`], ["root_dir", `\t${u64(0x80)}`], ["num_devices", `\t${u64(0x88)}`], ["compat_flags", "\t0x0"], ["compat_ro_flags", "\t0x3\n\t\t\t( FREE_SPACE_TREE |\n\t\t\t  FREE_SPACE_TREE_VALID )"], ["incompat_flags", "\t0x341\n\t\t\t( MIXED_BACKREF |\n\t\t\t  EXTENDED_IREF |\n\t\t\t  SKINNY_METADATA |\n\t\t\t  NO_HOLES )"], ["cache_generation", "\t0"], ["uuid_tree_generation", "\t0"],
    ["dev_item.uuid", `\t${uuid(item + 66)}`], ["dev_item.fsid", `\t${uuid(item + 82)} ${uuid(item + 82) === uuid(0x20) ? "[match]" : "[DON'T MATCH]"}`], ["dev_item.type", "\t0"], ["dev_item.total_bytes", `\t${u64(item + 8)}`], ["dev_item.bytes_used", `\t${u64(item + 16)}`], ["dev_item.io_align", `\t${u32(item + 24)}`], ["dev_item.io_width", `\t${u32(item + 28)}`], ["dev_item.sector_size", `\t${u32(item + 32)}`], ["dev_item.devid", `\t\t${u64(item)}`], ["dev_item.dev_group", "\t0"], ["dev_item.seek_speed", "\t0"], ["dev_item.bandwidth", "\t0"], ["dev_item.generation", "\t0"],
  ];
  io.out.put(`superblock: bytenr=65536, device=${path}\n---------------------------------------------------------\n${rows.map(([name, value]) => `${name}${"\t".repeat(Math.max(1, 3 - Math.floor(name.length / 8)))}${value.replace(/^\t+/, "")}\n`).join("")}\n`);
  return 0;
}
