// Block devices: what stands behind a node of kind b. Disks, their partitions, loop devices; whoever mounts or opens one finds it here by its
// numbers. Requests (ioctl_fs, loop(4), linux/fs.h): BLKGETSIZE64 → bytes, BLKSSZGET → bytes, BLKROGET → 0 or 1, BLKRRPART (read the partition
// table again; EBUSY while a partition is in use), BLKFLSBUF, BLKDISCARD and BLKZEROOUT with [start, length] in bytes, BLKPG with {number, startSector?, sectors?}: a partition is added, resized (no start) or deleted.
// (More than 400 lines: devices and their partitions change together.)

import { CAP } from "../vfs/caller.ts";
import { SysError } from "../errno.ts";
import type { Kernel } from "../kernel.ts";
import type { Actor, OpenFileDescription } from "../open-file-description.ts";
import { O, POLL, S, type Whence } from "../sys.ts";
import type { Contents } from "../vfs/contents.ts";
import type { DeviceContext, FileSystem, MountRequest } from "../vfs/file-system.ts";
import { deviceMajor, deviceMinor, makeDevice } from "../vfs/open.ts";
import type { Path } from "../vfs/path.ts";
import { resolve } from "../vfs/resolve.ts";
import { readPartitionTable } from "./partition-table.ts";

export const SECTOR_BYTES = 512;
const DISK_GROUP = 6;
/** Partitions of devices that keep no minor numbers for them (blkext). */
const EXTENDED_MAJOR = 259;
/** loop */
const LOWEST_MAJOR = 7;

export interface BlockDevice {
  readonly name: string;
  readonly major: number;
  readonly minor: number;
  readonly sizeBytes: number;
  readonly readOnly: boolean;
  readonly kind: "disk" | "loop" | "part" | "rom" | "dm" | "md";
  /** of a slow one (open-file-description.ts) */
  readonly stepsPerMiB?: number;
  /** At most so many bytes; fewer at the end. */
  read(position: number, maxBytes: number): Uint8Array;
  /** All of them: the caller stays inside the size. */
  write(position: number, bytes: Uint8Array): void;
  /** Zeroes (written) or forgets (a hole) a stretch without a buffer for it; without it zeros are written. */
  fill?(position: number, length: number, how: "zero" | "discard"): void;
  /** The first byte at or behind a position that is no hole; without it every byte may be one. */
  nextData?(position: number): number | undefined;
  /** What it holds back goes to what it stands on. */
  flush?(): void;
  /** It stands on that device. */
  uses?(device: BlockDevice): boolean;
  ioctl?(actor: Actor, request: string, argument: unknown): unknown;
  /** The last descriptor was closed, or the file system on it unmounted. */
  unused?(): void;
}

const FILL_STEP_BYTES = 1 << 20;

/** BLKZEROOUT and BLKDISCARD. */
export function fillDevice(device: BlockDevice, position: number, length: number, how: "zero" | "discard"): void {
  if (device.fill !== undefined) device.fill(position, length, how);
  else for (let done = 0; done < length; done += FILL_STEP_BYTES) device.write(position + done, new Uint8Array(Math.min(FILL_STEP_BYTES, length - done)));
}

/** A disk whose bytes the machine holds. */
export class Disk implements BlockDevice {
  readonly kind: "disk" | "rom";
  readonly name: string;
  readonly major: number;
  readonly minor: number;
  readonly readOnly: boolean;
  contents: Contents;
  readonly stepsPerMiB: number;

  constructor(name: string, major: number, minor: number, contents: Contents, readOnly = false, stepsPerMiB = 0) {
    this.kind = name.startsWith("sr") ? "rom" : "disk";
    this.name = name;
    this.major = major;
    this.minor = minor;
    this.contents = contents;
    this.readOnly = readOnly;
    this.stepsPerMiB = stepsPerMiB;
  }

  get sizeBytes(): number {
    return this.contents.sizeBytes;
  }

  read(position: number, maxBytes: number): Uint8Array {
    return this.contents.read(position, maxBytes);
  }

  write(position: number, bytes: Uint8Array): void {
    this.contents.write(position, bytes);
  }

  fill(position: number, length: number, how: "zero" | "discard"): void {
    this.contents.allocate(position, length, how === "zero" ? "zero-range" : "punch-hole");
  }

  nextData(position: number): number | undefined {
    return this.contents.seek(position, "data");
  }
}

export class Partition implements BlockDevice {
  readonly kind = "part";
  readonly name: string;
  readonly major: number;
  readonly minor: number;
  readonly disk: BlockDevice;
  readonly number: number;
  startSector: number;
  sectors: number;

  constructor(disk: BlockDevice, number: number, startSector: number, sectors: number, major: number, minor: number) {
    this.disk = disk;
    this.number = number;
    this.startSector = startSector;
    this.sectors = sectors;
    this.major = major;
    this.minor = minor;
    this.name = `${disk.name}${/\d$/.test(disk.name) ? "p" : ""}${number}`;
  }

  get sizeBytes(): number {
    return this.sectors * SECTOR_BYTES;
  }

  get readOnly(): boolean {
    return this.disk.readOnly;
  }

  get stepsPerMiB(): number {
    return this.disk.stepsPerMiB ?? 0;
  }

  read(position: number, maxBytes: number): Uint8Array {
    const count = Math.min(maxBytes, this.sizeBytes - position);
    return count <= 0 ? new Uint8Array(0) : this.disk.read(this.startSector * SECTOR_BYTES + position, count);
  }

  write(position: number, bytes: Uint8Array): void {
    this.disk.write(this.startSector * SECTOR_BYTES + position, bytes);
  }

  fill(position: number, length: number, how: "zero" | "discard"): void {
    fillDevice(this.disk, this.startSector * SECTOR_BYTES + position, length, how);
  }

  flush(): void {
    this.disk.flush?.();
  }

  nextData(position: number): number | undefined {
    const start = this.startSector * SECTOR_BYTES;
    if (this.disk.nextData === undefined) return position;
    const next = this.disk.nextData(start + position);
    return next === undefined || next >= start + this.sizeBytes ? undefined : next - start;
  }
}

/** Of /dev/loop-control, by minor number. Errors: EEXIST; ENODEV, EBUSY. */
export interface LoopActions {
  free(): number;
  add(minor: number): number;
  remove(minor: number): number;
}

export class BlockDevices {
  readonly #kernel: Kernel;
  readonly #devices = new Map<number, BlockDevice>();
  readonly #partitions = new Map<BlockDevice, Partition[]>();
  readonly #protected = new Set<BlockDevice>();
  readonly #mounted = new Map<BlockDevice, FileSystem>();
  readonly #opens = new Map<BlockDevice, number>();
  /** Makes devices that are there as soon as somebody asks (loop). */
  onMissing: ((major: number, minor: number) => BlockDevice | undefined) | undefined;
  onList: (() => void) | undefined;
  /** A device has come or gone, or whoever wrote to it has closed it: what udev hears of. */
  onChange: ((device: BlockDevice, gone: boolean) => void) | undefined;
  loops: LoopActions | undefined;

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
  }

  static #key(major: number, minor: number): number {
    return major * 0x100000 + minor;
  }

  find(major: number, minor: number): BlockDevice | undefined {
    return this.#devices.get(BlockDevices.#key(major, minor)) ?? this.onMissing?.(major, minor);
  }

  findByName(name: string): BlockDevice | undefined {
    return this.list().find((device) => device.name === name);
  }

  /** In the order of their numbers, partitions behind their disk. */
  list(): readonly BlockDevice[] {
    this.onList?.();
    const disks = [...this.#devices.values()].filter((device) => !(device instanceof Partition)).sort((a, b) => a.major - b.major || a.minor - b.minor);
    return disks.flatMap((disk) => [disk, ...this.partitionsOf(disk)]);
  }

  partitionsOf(disk: BlockDevice): readonly Partition[] {
    return this.#partitions.get(disk) ?? [];
  }

  /** Announces it: its node appears in /dev unless it is there already. */
  add(device: BlockDevice, scan = true): void {
    this.#devices.set(BlockDevices.#key(device.major, device.minor), device);
    this.#announce(device);
    if (scan) this.scan(device);
  }

  #announce(device: BlockDevice): void {
    if (device.kind === "loop" && device.minor < 8) return;
    this.#kernel.deviceNodes.add({ name: device.name, kind: "blk", major: device.major, minor: device.minor, mode: 0o660, uid: 0, gid: device.kind === "rom" ? 24 : DISK_GROUP });
    this.changed(device);
  }

  changed(device: BlockDevice): void {
    this.onChange?.(device, false);
  }

  remove(device: BlockDevice): void {
    for (const partition of this.partitionsOf(device)) this.#forget(partition);
    this.#partitions.delete(device);
    this.#forget(device);
  }

  #forget(device: BlockDevice): void {
    this.#devices.delete(BlockDevices.#key(device.major, device.minor));
    this.onChange?.(device, true);
    this.#kernel.deviceNodes.remove(device.name);
  }

  /** Reads the partition table. Partitions that stay keep their identity and may change size. Errors: EBUSY. */
  scan(disk: BlockDevice): void {
    const found = disk.sizeBytes === 0 ? [] : readPartitionTable(disk);
    const old = this.partitionsOf(disk);
    const kept: Partition[] = [];
    for (const partition of old) {
      const now = found.find((each) => each.number === partition.number && each.startSector === partition.startSector);
      if (now === undefined && this.inUse(partition)) throw new SysError("EBUSY");
      if (now !== undefined) kept.push(partition);
    }
    for (const partition of old) if (!kept.includes(partition)) this.#forget(partition);
    const partitions: Partition[] = [];
    for (const { number, startSector, sectors } of found) {
      let partition = kept.find((each) => each.number === number);
      if (partition === undefined) {
        const [major, minor] = this.#numbersFor(disk, number);
        partition = new Partition(disk, number, startSector, sectors, major, minor);
        this.#devices.set(BlockDevices.#key(major, minor), partition);
        this.#announce(partition);
      }
      partition.sectors = sectors;
      partitions.push(partition);
    }
    if (partitions.length === 0) this.#partitions.delete(disk);
    else this.#partitions.set(disk, partitions);
  }

  /** BLKPG_ADD_PARTITION. Errors: EBUSY (there is one of that number, or it overlaps), EINVAL. */
  addPartition(disk: BlockDevice, number: number, startSector: number, sectors: number): void {
    const old = this.partitionsOf(disk);
    if (number < 1 || startSector < 0 || sectors <= 0 || (startSector + sectors) * SECTOR_BYTES > disk.sizeBytes) throw new SysError("EINVAL");
    if (old.some((one) => one.number === number || (startSector < one.startSector + one.sectors && one.startSector < startSector + sectors))) throw new SysError("EBUSY");
    const [major, minor] = this.#numbersFor(disk, number);
    const partition = new Partition(disk, number, startSector, sectors, major, minor);
    this.#devices.set(BlockDevices.#key(major, minor), partition);
    this.#partitions.set(disk, [...old, partition].sort((a, b) => a.number - b.number));
    this.#announce(partition);
  }

  /** BLKPG_DEL_PARTITION, and with a length BLKPG_RESIZE_PARTITION. Errors: ENXIO, EBUSY, EINVAL. */
  changePartition(disk: BlockDevice, number: number, sectors: number | undefined): void {
    const old = this.partitionsOf(disk);
    const found = old.find((one) => one.number === number);
    if (found === undefined) throw new SysError("ENXIO");
    if (sectors === undefined) {
      if (this.inUse(found) || this.holdersOf(found).length > 0) throw new SysError("EBUSY");
      this.#partitions.set(disk, old.filter((one) => one !== found));
      this.#forget(found);
      return;
    }
    const next = Math.min(disk.sizeBytes / SECTOR_BYTES, ...old.filter((one) => one.startSector > found.startSector).map((one) => one.startSector));
    if (sectors <= 0 || found.startSector + sectors > next) throw new SysError(sectors <= 0 ? "EINVAL" : "EBUSY");
    found.sectors = sectors;
  }

  #numbersFor(disk: BlockDevice, number: number): readonly [number, number] {
    if (disk.kind === "disk" && number < 16 && disk.major !== EXTENDED_MAJOR) return [disk.major, disk.minor + number];
    let minor = 0;
    while (this.#devices.has(BlockDevices.#key(EXTENDED_MAJOR, minor))) minor++;
    return [EXTENDED_MAJOR, minor];
  }

  // ---- use ------------------------------------------------------------------------------------------------------------------------

  mounted(device: BlockDevice): FileSystem | undefined {
    return this.#mounted.get(device);
  }

  setMounted(device: BlockDevice, fs: FileSystem | undefined): void {
    if (fs !== undefined) this.#mounted.set(device, fs);
    else {
      this.#mounted.delete(device);
      this.#settle(device);
    }
  }

  /** Read-only by nature or by BLKROSET; a disk's protection is that of its partitions too. */
  isProtected(device: BlockDevice): boolean {
    return device.readOnly || this.#protected.has(device) || (device instanceof Partition && this.#protected.has(device.disk));
  }

  protect(device: BlockDevice, on: boolean): void {
    if (on) this.#protected.add(device);
    else this.#protected.delete(device);
  }

  /** Mounted, or open, or a partition of it is. */
  inUse(device: BlockDevice): boolean {
    return this.#mounted.has(device) || (this.#opens.get(device) ?? 0) > 0 || this.partitionsOf(device).some((partition) => this.inUse(partition));
  }

  /** A mounted file system is written to its device, and the device to what it stands on. Errors: EIO, ENOSPC. */
  flush(device: BlockDevice): void {
    this.#mounted.get(device)?.flush?.();
    device.flush?.();
  }

  /** Whoever is made of that device. */
  holdersOf(device: BlockDevice): readonly BlockDevice[] {
    return this.list().filter((one) => one.uses?.(device) === true);
  }

  /** Mounted, or part of something. */
  inUseByOthers(device: BlockDevice): boolean {
    return this.hasMount(device) || this.holdersOf(device).length > 0;
  }

  hasMount(device: BlockDevice): boolean {
    return this.#mounted.has(device) || this.partitionsOf(device).some((partition) => this.#mounted.has(partition));
  }

  #settle(device: BlockDevice): void {
    const disk = device instanceof Partition ? device.disk : device;
    if (!this.inUse(disk) && ![disk, ...this.partitionsOf(disk)].some((one) => this.holdersOf(one).length > 0)) disk.unused?.();
  }

  /** Something that was made of it is gone: an autoclear loop device may go too. */
  released(device: BlockDevice): void {
    this.#settle(device);
  }

  open(context: DeviceContext): OpenFileDescription {
    const device = this.find(context.major, context.minor);
    if (device === undefined) throw new SysError("ENXIO");
    if ((context.flags & O.ACCMODE) !== O.RDONLY && device.readOnly) throw new SysError("EACCES");
    // Exclusive opens (mkfs, partitioning tools) refuse what is mounted.
    if ((context.flags & O.EXCL) !== 0 && (this.hasMount(device) || this.holdersOf(device).length > 0)) throw new SysError("EBUSY");
    return new OpenBlockDevice(this, device, context.path, context.flags);
  }

  opened(device: BlockDevice, delta: number): void {
    const count = (this.#opens.get(device) ?? 0) + delta;
    if (count > 0) this.#opens.set(device, count);
    else {
      this.#opens.delete(device);
      this.#settle(device);
    }
  }
}

class OpenBlockDevice implements OpenFileDescription {
  statusFlags: number;
  references = 1;
  readonly path: Path;
  readonly label = undefined;
  readonly waiters = undefined;
  readonly device: BlockDevice;
  readonly #devices: BlockDevices;
  #offset = 0;

  constructor(devices: BlockDevices, device: BlockDevice, path: Path, flags: number) {
    this.#devices = devices;
    this.device = device;
    this.path = path;
    this.statusFlags = flags & (O.ACCMODE | O.APPEND | O.NONBLOCK);
    devices.opened(device, 1);
  }

  get stepsPerMiB(): number {
    return this.device.stepsPerMiB ?? 0;
  }

  get deviceNumber(): number {
    return makeDevice(this.device.major, this.device.minor);
  }

  get offset(): number {
    return this.#offset;
  }

  read(_actor: Actor, maxBytes: number, position: number | undefined): Uint8Array {
    if ((this.statusFlags & O.ACCMODE) === O.WRONLY) throw new SysError("EBADF");
    const at = position ?? this.#offset;
    const bytes = this.device.read(at, Math.max(0, Math.min(maxBytes, this.device.sizeBytes - at)));
    if (position === undefined) this.#offset += bytes.length;
    return bytes;
  }

  write(_actor: Actor, bytes: Uint8Array, position: number | undefined): number {
    if ((this.statusFlags & O.ACCMODE) === O.RDONLY) throw new SysError("EBADF");
    const at = position ?? this.#offset;
    const count = Math.min(bytes.length, this.device.sizeBytes - at);
    // blkdev_write_iter of Linux
    if (this.#devices.isProtected(this.device)) throw new SysError("EPERM");
    if (count <= 0) throw new SysError("ENOSPC");
    this.device.write(at, bytes.subarray(0, count));
    if (position === undefined) this.#offset += count;
    return count;
  }

  seek(offset: number, whence: Whence): number {
    let target = offset;
    if (whence === "current") target += this.#offset;
    else if (whence === "end") target += this.device.sizeBytes;
    else if (whence === "hole") target = this.device.sizeBytes;
    if (target < 0) throw new SysError("EINVAL");
    this.#offset = target;
    return target;
  }

  poll(): number {
    return POLL.IN | POLL.OUT;
  }

  release(): void {
    const wrote = (this.statusFlags & O.ACCMODE) !== O.RDONLY;
    if (wrote) this.device.flush?.();
    this.#devices.opened(this.device, -1);
    if (wrote) this.#devices.changed(this.device);
  }

  ioctl(actor: Actor, request: string, argument: unknown): unknown {
    const { device } = this;
    switch (request) {
      case "BLKGETSIZE64": return device.sizeBytes;
      case "BLKGETSIZE": return Math.floor(device.sizeBytes / SECTOR_BYTES);
      case "BLKSSZGET": return device.kind === "rom" ? 2048 : SECTOR_BYTES;
      case "BLKPBSZGET": return device.kind === "rom" ? 2048 : SECTOR_BYTES;
      case "BLKROGET": return Number(this.#devices.isProtected(device));
      case "BLKROSET":
        if (!actor.capable(CAP.SYS_ADMIN)) throw new SysError("EACCES");
        this.#devices.protect(device, argument === 1);
        return 0;
      case "BLKFLSBUF":
        this.#devices.flush(device);
        return 0;
      case "BLKDISCARD": case "BLKZEROOUT": {
        if ((this.statusFlags & O.ACCMODE) === O.RDONLY) throw new SysError("EBADF");
        const [start, length]: readonly unknown[] = Array.isArray(argument) ? argument : [];
        if (typeof start !== "number" || typeof length !== "number" || start % SECTOR_BYTES !== 0 || length % SECTOR_BYTES !== 0 || start < 0 || length < 0 || start + length > device.sizeBytes) throw new SysError("EINVAL");
        fillDevice(device, start, length, request === "BLKDISCARD" ? "discard" : "zero");
        return 0;
      }
      case "BLKPG": {
        const field = (name: string): number | undefined => {
          const value: unknown = typeof argument === "object" && argument !== null ? Reflect.get(argument, name) : undefined;
          return typeof value === "number" && Number.isInteger(value) ? value : undefined;
        };
        const [number, start, sectors] = [field("number"), field("startSector"), field("sectors")];
        if (device instanceof Partition || number === undefined) throw new SysError("EINVAL");
        if (start !== undefined && sectors !== undefined) this.#devices.addPartition(device, number, start, sectors);
        else this.#devices.changePartition(device, number, sectors);
        return 0;
      }
      case "BLKRRPART":
        if (device instanceof Partition) throw new SysError("EINVAL");
        this.#devices.scan(device);
        return 0;
      default:
        if (device.ioctl === undefined) throw new SysError("ENOTTY");
        return device.ioctl(actor, request, argument);
    }
  }
}

const registries = new WeakMap<Kernel, BlockDevices>();

/** Made when somebody asks first, with what `kernel.onBlockDevices` has to add: hardly any session looks at its disks. */
export function blockDevicesOf(kernel: Kernel): BlockDevices {
  let devices = registries.get(kernel);
  if (devices === undefined) {
    devices = new BlockDevices(kernel);
    registries.set(kernel, devices);
    kernel.onBlockDevices?.(devices);
  }
  return devices;
}

/** One driver for all majors of loop devices, disks, arrays, mapped devices and partitions. */
export function registerBlockDevices(kernel: Kernel): void {
  kernel.devices.register("blk", LOWEST_MAJOR, 0, 1 << 20, { open: (context) => blockDevicesOf(kernel).open(context) }, EXTENDED_MAJOR - LOWEST_MAJOR + 1);
}

/** The device that mount(2) names as its source. Errors: ENOENT, ENOTBLK, EACCES (nodev), ENXIO. */
export function sourceDevice(kernel: Kernel, { caller, source }: Pick<MountRequest, "caller" | "source">): BlockDevice {
  const path = resolve(caller, source);
  const facts = path.mount.fs.facts(path.node);
  if ((facts.mode & S.IFMT) !== S.IFBLK) throw new SysError("ENOTBLK");
  if (path.mount.attributes.nodev) throw new SysError("EACCES");
  const device = blockDevicesOf(kernel).find(deviceMajor(facts.rdev), deviceMinor(facts.rdev));
  if (device === undefined || device.sizeBytes === 0) throw new SysError("ENXIO");
  // claimed by a mounted partition, a mapping or an array (blkdev_get_by_path with FMODE_EXCL)
  if (blockDevicesOf(kernel).mounted(device) === undefined && blockDevicesOf(kernel).inUseByOthers(device)) throw new SysError("EBUSY");
  return device;
}
