// tmpfs and its kin (ramfs, hugetlbfs, mqueue): memory file systems that mount(2) makes new, with the options of tmpfs(5).

import { SysError } from "../errno.ts";
import type { FileSystem, FileSystemType, StorageHost } from "./file-system.ts";
import { type Capacity, MemoryFileSystem } from "./memory-file-system.ts";

export interface TmpfsSettings {
  readonly host: StorageHost;
  /** of the machine: tmpfs takes half of it when nothing is said */
  readonly memoryBytes: () => number;
  readonly nextDevice: () => number;
}

interface TmpfsOptions {
  sizeBlocks: number | undefined;
  inodes: number | undefined;
  mode: number;
  uid: number;
  gid: number;
}

/** The pairs of an option string; a word without "=" has the value undefined. */
export function parseMountOptions(data: string): (readonly [name: string, value: string | undefined])[] {
  return data.split(",").filter((word) => word !== "").map((word) => {
    const at = word.indexOf("=");
    return at === -1 ? [word, undefined] : [word.slice(0, at), word.slice(at + 1)];
  });
}

function number(text: string | undefined, base: 8 | 10): number {
  if (text === undefined || !(base === 8 ? /^[0-7]+$/ : /^\d+$/).test(text)) throw new SysError("EINVAL");
  return Number.parseInt(text, base);
}

/** memparse of Linux: a number with k, m, g, t; for tmpfs also a percentage of memory. */
function sizeBytes(text: string | undefined, memoryBytes: number): number {
  const match = /^(\d+)([kmgtKMGT%]?)$/.exec(text ?? "");
  if (match === null) throw new SysError("EINVAL");
  const value = Number(match[1]);
  const unit = (match[2] ?? "").toLowerCase();
  if (unit === "%") return Math.floor((memoryBytes * value) / 100);
  return value * 1024 ** ["", "k", "m", "g", "t"].indexOf(unit);
}

function parse(data: string, memoryBytes: number, from: TmpfsOptions): TmpfsOptions {
  const options = { ...from };
  for (const [name, value] of parseMountOptions(data)) {
    if (name === "size") options.sizeBlocks = Math.ceil(sizeBytes(value, memoryBytes) / 4096);
    else if (name === "nr_blocks") options.sizeBlocks = Math.ceil(sizeBytes(value, memoryBytes));
    else if (name === "nr_inodes") options.inodes = sizeBytes(value, memoryBytes);
    else if (name === "mode") options.mode = number(value, 8) & 0o7777;
    else if (name === "uid") options.uid = number(value, 10);
    else if (name === "gid") options.gid = number(value, 10);
    else if (name !== "inode64" && name !== "inode32" && name !== "huge" && name !== "mpol") throw new SysError("EINVAL");
  }
  return options;
}

const DEFAULTS: TmpfsOptions = { sizeBlocks: undefined, inodes: undefined, mode: 0o1777, uid: 0, gid: 0 };

/** size, nr_inodes, mode, uid, gid, where they differ from what is usual (shmem_show_options). */
function show(options: TmpfsOptions): string {
  const words: string[] = [];
  if (options.sizeBlocks !== undefined) words.push(`size=${options.sizeBlocks * 4}k`);
  if (options.inodes !== undefined) words.push(`nr_inodes=${options.inodes}`);
  if (options.mode !== 0o1777) words.push(`mode=${options.mode.toString(8).padStart(3, "0")}`);
  if (options.uid !== 0) words.push(`uid=${options.uid}`);
  if (options.gid !== 0) words.push(`gid=${options.gid}`);
  words.push("inode64");
  return words.join(",");
}

/** 0 is no limit. */
function capacityOf(options: TmpfsOptions, memoryBytes: number): Capacity {
  const half = Math.floor(memoryBytes / 4096 / 2);
  const limit = (value: number | undefined): number => (value === 0 ? Number.POSITIVE_INFINITY : (value ?? half));
  return { blocks: limit(options.sizeBlocks), reservedBlocks: 0, inodes: limit(options.inodes) };
}

/** What each was mounted with: a remount changes what it names. */
const given = new WeakMap<FileSystem, TmpfsOptions>();

export function tmpfsType(settings: TmpfsSettings): FileSystemType {
  return {
    name: "tmpfs",
    needsDevice: false,
    userMountable: true,
    mount({ caller, data }) {
      const memoryBytes = settings.memoryBytes();
      const options = parse(data, memoryBytes, { ...DEFAULTS, uid: caller.fsuid, gid: caller.fsgid });
      const fs = new MemoryFileSystem({
        type: "tmpfs", device: settings.nextDevice(), host: settings.host, options: show(options), userMountable: true, capacity: capacityOf(options, memoryBytes),
        rootMode: options.mode, rootUid: options.uid, rootGid: options.gid,
      });
      given.set(fs, options);
      return { fs };
    },
    remount(fs, data, readOnly) {
      if (!(fs instanceof MemoryFileSystem)) throw new SysError("EINVAL");
      const memoryBytes = settings.memoryBytes();
      const options = parse(data, memoryBytes, given.get(fs) ?? DEFAULTS);
      const capacity = capacityOf(options, memoryBytes);
      const { blocks, blocksFree } = fs.statfs();
      if (capacity.blocks < blocks - blocksFree) throw new SysError("EINVAL");
      given.set(fs, options);
      fs.capacity = capacity;
      fs.options = show(options);
      fs.readOnly = readOnly;
    },
  };
}

/** File systems that look like an empty tmpfs: their particular use is not simulated. */
export function plainMemoryType(name: "ramfs" | "hugetlbfs" | "mqueue", settings: TmpfsSettings, mode: number, options: (data: string) => string): FileSystemType {
  return {
    name,
    needsDevice: false,
    userMountable: name !== "hugetlbfs",
    mount({ caller, data }) {
      const given = parseMountOptions(data).find(([word]) => word === "mode")?.[1];
      const rootMode = given === undefined ? mode : number(given, 8) & 0o7777;
      return {
        fs: new MemoryFileSystem({ type: name, device: settings.nextDevice(), host: settings.host, options: options(data), rootMode, rootUid: caller.fsuid, rootGid: caller.fsgid }),
      };
    },
  };
}
