// The md driver (md(4), Documentation/admin-guide/md.rst): arrays of block devices, /dev/mdN with the major number 9. A node of that kind makes its array when it is
// first opened. Requests: RUN_ARRAY with MdDescription (EBUSY, EINVAL), STOP_ARRAY (EBUSY: in use), GET_ARRAY_INFO → MdStatus (ENODEV: not running),
// HOT_ADD_DISK with {device} (EBUSY, ENOSPC: too small), HOT_REMOVE_DISK with {device} (EBUSY: active, ENXIO), SET_DISK_FAULTY with {device} (ENXIO, EBUSY: it
// would end the array), GROW_ARRAY with {disks?, level?, memberBytes?: number | "max"} (EBUSY: a sync runs, or more members are in use; EINVAL; ENOSPC), SET_BITMAP with a
// boolean (EBUSY). Devices are "MAJOR:MINOR". Super blocks are of version 1.2; a resync takes virtual time, the bytes agree from its beginning.
// (More than 400 lines: one array, whose members, parity and resync share a state.)
import { encode } from "../bytes.ts";
import { SysError } from "../errno.ts";
import type { Kernel } from "../kernel.ts";
import type { Actor } from "../open-file-description.ts";
import { CAP } from "../vfs/caller.ts";
import { type BlockDevice, type BlockDevices, SECTOR_BYTES } from "./block-device.ts";
import { arrayBytes, isReadable, type MdGeometry, type MdSlot, readArray, rebuild, writeArray } from "./md-layout.ts";
import { growRequestOf, moveData, shapeAfter } from "./md-reshape.ts";

const MD_MAJOR = 9;
const SUPERBLOCK_OFFSET = 4096;
const SUPERBLOCK_BYTES = 1024;
const MAGIC = 0xa92b4efc;
/** What disks of the machine copy in a second. */
const SYNC_BYTES_A_SECOND = 200 * 1024 * 1024;
const ROLE_SPARE = 0xffff;
const ROLE_FAULTY = 0xfffe;

type SyncKind = "resync" | "recovery" | "reshape";

interface MdMemberDescription {
  readonly device: string;
  /** undefined: a spare */
  readonly slot: number | undefined;
  /** its number in the array */
  readonly number: number;
  readonly uuid: string;
  readonly dataOffsetSectors: number;
}

interface MdDescription extends MdGeometry {
  /** hexadecimal digits */
  readonly uuid: string;
  readonly name: string;
  readonly createdSeconds: number;
  readonly members: readonly MdMemberDescription[];
  readonly events: number;
  /** nothing needs to be made to agree */
  readonly clean: boolean;
  /** an internal write-intent bitmap */
  readonly bitmap?: boolean;
}

export interface MdMemberStatus {
  readonly device: string;
  readonly name: string;
  readonly number: number;
  readonly slot: number | undefined;
  readonly state: "active" | "spare" | "rebuilding" | "faulty";
}

export interface MdStatus extends MdGeometry {
  readonly name: string;
  readonly uuid: string;
  readonly setName: string;
  readonly createdSeconds: number;
  readonly updatedSeconds: number;
  readonly events: number;
  readonly sizeBytes: number;
  readonly members: readonly MdMemberStatus[];
  readonly failed: boolean;
  readonly bitmap: boolean;
  readonly sync: { readonly kind: SyncKind; readonly doneKib: number; readonly totalKib: number; readonly speedKib: number; readonly leftUs: number } | undefined;
}

interface Member {
  readonly device: BlockDevice;
  readonly number: number;
  readonly uuid: string;
  readonly dataOffset: number;
  slot: number | undefined;
  state: "active" | "spare" | "rebuilding" | "faulty";
}

const LEVEL_NAMES: ReadonlyMap<number, string> = new Map([[-1, "linear"], [0, "raid0"], [1, "raid1"], [4, "raid4"], [5, "raid5"], [6, "raid6"], [10, "raid10"]]);
export const levelName = (level: number): string => LEVEL_NAMES.get(level) ?? "";
/** The module of a level and the personalities that it brings. */
const MODULES: ReadonlyMap<number, readonly [module: string, personalities: readonly string[]]> = new Map([[-1, ["linear", ["linear"]]], [0, ["raid0", ["raid0"]]], [1, ["raid1", ["raid1"]]], [4, ["raid456", ["raid6", "raid5", "raid4"]]], [5, ["raid456", ["raid6", "raid5", "raid4"]]], [6, ["raid456", ["raid6", "raid5", "raid4"]]], [10, ["raid10", ["raid10"]]]]);

const bytesOfHex = (digits: string): Uint8Array => Uint8Array.from({ length: 16 }, (_, index) => Number.parseInt(digits.slice(index * 2, index * 2 + 2), 16) || 0);

export class MdArray implements BlockDevice {
  readonly kind = "md";
  readonly major = MD_MAJOR;
  readonly minor: number;
  readonly readOnly = false;
  readonly #kernel: Kernel;
  readonly #devices: BlockDevices;
  #description: MdDescription | undefined;
  #members: Member[] = [];
  #events = 0;
  #updatedSeconds = 0;
  /** While it is reshaped: the size that it had. */
  #sizeBefore: number | undefined;
  #sync: { readonly kind: SyncKind; readonly sinceUs: number; readonly endsUs: number } | undefined;

  constructor(kernel: Kernel, devices: BlockDevices, minor: number) {
    this.#kernel = kernel;
    this.#devices = devices;
    this.minor = minor;
  }

  get name(): string {
    return `md${this.minor}`;
  }

  get running(): boolean {
    return this.#description !== undefined;
  }

  get level(): number | undefined {
    return this.#description?.level;
  }

  get sizeBytes(): number {
    return this.#description === undefined ? 0 : (this.#sizeBefore ?? arrayBytes(this.#description));
  }

  uses(device: BlockDevice): boolean {
    return this.#members.some((member) => member.device === device);
  }

  #slots(): readonly (MdSlot | undefined)[] {
    return Array.from({ length: this.#description?.disks ?? 0 }, (_, slot) => {
      const member = this.#members.find((one) => one.slot === slot && (one.state === "active" || one.state === "rebuilding"));
      return member && {
        inSync: member.state === "active",
        read: (position: number, length: number) => member.device.read(member.dataOffset + position, length),
        write: (position: number, bytes: Uint8Array) => member.device.write(member.dataOffset + position, bytes),
      };
    });
  }

  read(position: number, maxBytes: number): Uint8Array {
    this.#settle();
    const description = this.#description;
    const length = Math.max(0, Math.min(maxBytes, this.sizeBytes - position));
    return description === undefined || length === 0 ? new Uint8Array(0) : readArray(description, this.#slots(), position, length);
  }

  write(position: number, bytes: Uint8Array): void {
    this.#settle();
    if (this.#description === undefined) throw new SysError("EIO");
    writeArray(this.#description, this.#slots(), position, bytes);
  }

  flush(): void {
    for (const member of this.#members) if (member.state !== "faulty") member.device.flush?.();
  }

  unused(): void {
    if (this.running) return;
    this.#devices.remove(this);
    mdOf(this.#kernel).arrays.delete(this.minor);
  }

  /** What has ended by now is noted. */
  #settle(): void {
    if (this.#sync === undefined || this.#kernel.nowUs < this.#sync.endsUs) return;
    const { kind } = this.#sync;
    this.#sync = undefined;
    const before = this.#sizeBefore;
    this.#sizeBefore = undefined;
    if (before !== undefined) this.#resized(before);
    for (const member of this.#members) if (member.state === "rebuilding") member.state = "active";
    this.#kernel.log.append(`md: ${this.name}: ${kind} done.`);
    this.#changed(true);
    this.#recover();
  }

  /** The next byte that any member has at or behind an offset of its data. */
  #nextData(position: number): number | undefined {
    let next: number | undefined;
    for (const member of this.#members) {
      if (member.state === "faulty" || member.slot === undefined) continue;
      const found = member.device.nextData === undefined ? member.dataOffset + position : member.device.nextData(member.dataOffset + position);
      if (found !== undefined && (next === undefined || found - member.dataOffset < next)) next = found - member.dataOffset;
    }
    return next;
  }

  #resized(before: number): void {
    if (before !== this.sizeBytes) this.#kernel.log.append(`${this.name}: detected capacity change from ${before / SECTOR_BYTES} to ${this.sizeBytes / SECTOR_BYTES}`);
  }

  #start(kind: SyncKind): void {
    const description = this.#description;
    if (description === undefined) return;
    if (kind !== "reshape") rebuild(description, this.#slots(), (position) => this.#nextData(position));
    const sinceUs = this.#kernel.nowUs;
    this.#sync = { kind, sinceUs, endsUs: sinceUs + Math.ceil((description.memberBytes / SYNC_BYTES_A_SECOND) * 1e6) };
    this.#kernel.timers.arm(this.#sync.endsUs, () => this.#settle());
    this.#kernel.log.append(`md: ${kind} of RAID array ${this.name}`);
  }

  /** A spare takes a missing member's place. */
  #recover(): void {
    const description = this.#description;
    if (description === undefined || description.level <= 0 || this.#sync !== undefined || !isReadable(description, this.#slots())) return;
    const taken = new Set(this.#members.flatMap((member) => (member.slot === undefined || member.state === "faulty" ? [] : [member.slot])));
    for (let slot = 0; slot < description.disks; slot++) {
      if (taken.has(slot)) continue;
      const spare = this.#members.find((member) => member.state === "spare");
      if (spare === undefined) return;
      spare.slot = slot;
      spare.state = "rebuilding";
      this.#start("recovery");
      this.#changed(false);
      return;
    }
  }

  /** Super blocks say how things are. */
  #changed(clean: boolean): void {
    const description = this.#description;
    if (description === undefined) return;
    this.#events += clean ? 17 : 2;
    this.#updatedSeconds = Math.floor(this.#kernel.realtimeUs() / 1e6);
    const roles = new Map(this.#members.map((member) => [member.number, member.state === "faulty" ? ROLE_FAULTY : member.state === "spare" ? ROLE_SPARE : (member.slot ?? ROLE_SPARE)]));
    for (const member of this.#members) {
      if (member.state === "faulty") continue;
      const bytes = new Uint8Array(SUPERBLOCK_BYTES);
      const view = new DataView(bytes.buffer);
      const u64 = (at: number, value: number): void => view.setBigUint64(at, BigInt(value), true);
      view.setUint32(0, MAGIC, true);
      view.setUint32(4, 1, true);
      // Recovery: the offset up to which it is rebuilt is meant
      view.setUint32(8, (member.state === "rebuilding" ? 2 : 0) | (description.bitmap === true ? 1 : 0), true);
      if (description.bitmap === true) view.setInt32(96, 8, true);
      bytes.set(bytesOfHex(description.uuid), 16);
      bytes.set(encode(description.name).subarray(0, 32), 32);
      u64(64, description.createdSeconds);
      view.setInt32(72, description.level, true);
      view.setUint32(76, description.level === 10 ? 0x102 : description.level === 5 || description.level === 6 ? 2 : 0, true);
      u64(80, description.memberBytes / SECTOR_BYTES);
      view.setUint32(88, description.level === 1 ? 0 : description.chunkBytes / SECTOR_BYTES, true);
      view.setUint32(92, description.disks, true);
      u64(128, member.dataOffset / SECTOR_BYTES);
      u64(136, Math.floor((member.device.sizeBytes - member.dataOffset) / SECTOR_BYTES));
      u64(144, SUPERBLOCK_OFFSET / SECTOR_BYTES);
      view.setUint32(160, member.number, true);
      bytes.set(bytesOfHex(member.uuid), 168);
      // room for a list of bad blocks, which stays empty
      view.setUint8(185, 9);
      view.setUint16(186, 8, true);
      view.setUint32(188, 16, true);
      u64(192, this.#updatedSeconds);
      u64(200, this.#events);
      view.setBigUint64(208, this.#sync?.kind === "resync" ? 0n : 0xffffffffffffffffn, true);
      view.setUint32(220, 128, true);
      for (let index = 0; index < 128; index++) view.setUint16(256 + index * 2, roles.get(index) ?? ROLE_SPARE, true);
      view.setUint32(216, checksum(bytes.subarray(0, 512)), true);
      member.device.write(SUPERBLOCK_OFFSET, bytes);
    }
  }

  status(): MdStatus {
    this.#settle();
    const description = this.#description;
    if (description === undefined) throw new SysError("ENODEV");
    const { memberBytes } = description;
    const sync = this.#sync;
    const share = sync === undefined ? 1 : (this.#kernel.nowUs - sync.sinceUs) / (sync.endsUs - sync.sinceUs);
    return {
      level: description.level, disks: description.disks, chunkBytes: description.chunkBytes, memberBytes, name: this.name, uuid: description.uuid, setName: description.name, createdSeconds: description.createdSeconds, updatedSeconds: this.#updatedSeconds, events: this.#events, sizeBytes: this.sizeBytes,
      failed: !isReadable(description, this.#slots()), bitmap: description.bitmap === true,
      members: this.#members.map((member) => ({ device: `${member.device.major}:${member.device.minor}`, name: member.device.name, number: member.number, slot: member.slot, state: member.state })),
      sync: sync && { kind: sync.kind, doneKib: Math.floor((memberBytes / 1024) * share / 64) * 64, totalKib: memberBytes / 1024, speedKib: Math.min(SYNC_BYTES_A_SECOND, memberBytes) / 1024, leftUs: sync.endsUs - this.#kernel.nowUs },
    };
  }

  #member(argument: unknown): Member {
    const device = deviceOf(this.#devices, argument);
    const found = this.#members.find((member) => member.device === device);
    if (found === undefined) throw new SysError("ENXIO");
    return found;
  }

  ioctl(actor: Actor, request: string, argument: unknown): unknown {
    if (request === "GET_ARRAY_INFO") return this.status();
    if (!actor.capable(CAP.SYS_ADMIN)) throw new SysError("EACCES");
    this.#settle();
    switch (request) {
      case "RUN_ARRAY": return this.#run(argument);
      case "STOP_ARRAY":
        if (this.#description === undefined) throw new SysError("ENODEV");
        if (this.#devices.hasMount(this) || this.#devices.holdersOf(this).length > 0) throw new SysError("EBUSY");
        this.#changed(this.#sync === undefined);
        this.#description = undefined;
        this.#members = [];
        this.#sync = undefined;
        this.#kernel.log.append(`md: ${this.name} stopped.`);
        return 0;
      case "HOT_ADD_DISK": return this.#add(argument);
      case "GROW_ARRAY": return this.#grow(argument);
      case "SET_BITMAP":
        if (this.#description === undefined) throw new SysError("ENODEV");
        if (this.#sync !== undefined) throw new SysError("EBUSY");
        this.#description = { ...this.#description, bitmap: argument === true };
        this.#changed(true);
        return 0;
      case "HOT_REMOVE_DISK": {
        const member = this.#member(argument);
        if (member.state === "active" || member.state === "rebuilding") throw new SysError("EBUSY");
        this.#members = this.#members.filter((one) => one !== member);
        this.#changed(false);
        return 0;
      }
      case "SET_DISK_FAULTY": {
        const member = this.#member(argument);
        const description = this.#description;
        if (description === undefined) throw new SysError("ENODEV");
        if (member.state === "faulty") return 0;
        const before = member.state;
        member.state = "faulty";
        // raid1 and raid10 keep the last copy
        if ((description.level === 1 || description.level === 10 || description.level <= 0) && before === "active" && !isReadable(description, this.#slots())) {
          member.state = before;
          throw new SysError("EBUSY");
        }
        member.slot = before === "spare" ? undefined : member.slot;
        if (before === "rebuilding") this.#sync = undefined;
        this.#kernel.log.append(`md/${levelName(description.level)}:${this.name}: Disk failure on ${member.device.name}, disabling device.\nmd/${levelName(description.level)}:${this.name}: Operation continuing on ${this.#members.filter((one) => one.state === "active").length} devices.`.split("\n")[0] ?? "", 2);
        this.#changed(false);
        this.#recover();
        return 0;
      }
      default: throw new SysError("ENOTTY");
    }
  }

  #grow(argument: unknown): number {
    const before = this.#description;
    if (before === undefined) throw new SysError("ENODEV");
    if (this.#sync !== undefined) throw new SysError("EBUSY");
    const used = this.#members.filter((member) => member.slot !== undefined && member.state !== "faulty");
    const after = shapeAfter(before, growRequestOf(argument), Math.min(...used.map((member) => member.device.sizeBytes - member.dataOffset)));
    if (after.level === 1 && after.disks < used.length) throw new SysError("EBUSY");
    const size = arrayBytes(before);
    if (after.level !== before.level) this.#loadModule(after.level);
    if (after.level !== 1 && after.level !== before.level && after.level === 5) {
      this.#description = { ...before, ...after };
    } else if (after.level === 1) {
      // members move together when slots go
      if (after.disks < before.disks) used.sort((a, b) => (a.slot ?? 0) - (b.slot ?? 0)).forEach((member, slot) => { member.slot = slot; });
      this.#description = { ...before, ...after };
    } else if (after.disks !== before.disks || after.level !== before.level) {
      if (arrayBytes(after) < size) throw new SysError("EINVAL");
      const oldSlots = this.#slots();
      const taken = new Set(used.map((member) => member.slot));
      for (let slot = 0; slot < after.disks; slot++) {
        const spare = this.#members.find((member) => member.state === "spare");
        if (taken.has(slot) || spare === undefined) continue;
        spare.slot = slot;
        spare.state = "active";
      }
      this.#description = { ...before, ...after };
      moveData({ before, after, oldSlots, newSlots: this.#slots(), nextData: (position) => this.#nextData(position) });
      this.#sizeBefore = size;
      this.#start("reshape");
      this.#changed(false);
      return 0;
    } else this.#description = { ...before, ...after };
    this.#resized(size);
    if (after.memberBytes > before.memberBytes) this.#start("resync");
    this.#changed(this.#sync === undefined);
    this.#recover();
    return 0;
  }

  #add(argument: unknown): number {
    const description = this.#description;
    if (description === undefined) throw new SysError("ENODEV");
    if (description.level <= 0) throw new SysError("EINVAL");
    const device = deviceOf(this.#devices, argument);
    if (this.#devices.inUseByOthers(device) || this.#members.some((member) => member.device === device)) throw new SysError("EBUSY");
    const uuid: unknown = typeof argument === "object" && argument !== null ? Reflect.get(argument, "uuid") : undefined;
    const dataOffset = this.#members[0]?.dataOffset ?? 1 << 20;
    if (device.sizeBytes - dataOffset < description.memberBytes) throw new SysError("ENOSPC");
    let number = description.disks;
    while (this.#members.some((member) => member.number === number)) number++;
    this.#members.push({ device, number, uuid: typeof uuid === "string" ? uuid : description.uuid, dataOffset, slot: undefined, state: "spare" });
    this.#changed(false);
    this.#recover();
    return number;
  }

  #loadModule(level: number): void {
    const [module = "", personalities = []] = MODULES.get(level) ?? [];
    for (const name of ["md_mod", module]) if (!this.#kernel.modules.has(name)) this.#kernel.modules.set(name, { parameters: "", usedBy: name === "md_mod" ? [module] : [] });
    mdOf(this.#kernel).addPersonalities(personalities);
  }

  #run(argument: unknown): number {
    if (this.#description !== undefined) throw new SysError("EBUSY");
    if (!isDescription(argument)) throw new SysError("EINVAL");
    const members = argument.members.map((member): Member => {
      const device = deviceOf(this.#devices, member);
      if (this.#devices.inUseByOthers(device)) throw new SysError("EBUSY");
      return { device, number: member.number, uuid: member.uuid, dataOffset: member.dataOffsetSectors * SECTOR_BYTES, slot: member.slot, state: member.slot === undefined ? "spare" : "active" };
    });
    this.#members = members;
    this.#description = argument;
    if (!isReadable(argument, this.#slots())) {
      this.#members = [];
      this.#description = undefined;
      throw new SysError("EINVAL");
    }
    this.#events = argument.events;
    this.#loadModule(argument.level);
    this.#kernel.log.append(`md/${levelName(argument.level)}:${this.name}: active with ${members.filter((one) => one.slot !== undefined).length} out of ${argument.disks} ${argument.level === 1 ? "mirrors" : "devices"}`);
    this.#kernel.log.append(`${this.name}: detected capacity change from 0 to ${this.sizeBytes / SECTOR_BYTES}`);
    if (!argument.clean && argument.level > 0) this.#start("resync");
    this.#changed(false);
    this.#recover();
    if (this.#sync === undefined) this.#changed(true);
    this.#devices.scan(this);
    return 0;
  }
}

/** Sum of 32-bit words, the carries folded in (calc_sb_1_csum). */
function checksum(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 4) if (at !== 216) sum += view.getUint32(at, true);
  return ((sum % 2 ** 32) + Math.floor(sum / 2 ** 32)) >>> 0;
}

function deviceOf(devices: BlockDevices, argument: unknown): BlockDevice {
  const word: unknown = typeof argument === "object" && argument !== null ? Reflect.get(argument, "device") : undefined;
  const match = /^(\d{1,4}):(\d{1,7})$/.exec(typeof word === "string" ? word : "");
  if (!match) throw new SysError("EINVAL");
  const found = devices.find(Number(match[1]), Number(match[2]));
  if (found === undefined) throw new SysError("ENXIO");
  return found;
}

function isDescription(value: unknown): value is MdDescription {
  return typeof value === "object" && value !== null && "level" in value && typeof value.level === "number" && LEVEL_NAMES.has(value.level) && "disks" in value && typeof value.disks === "number" && value.disks > 0 && value.disks <= 64 && "memberBytes" in value && typeof value.memberBytes === "number" && value.memberBytes > 0 && "chunkBytes" in value && typeof value.chunkBytes === "number" && value.chunkBytes > 0 && "members" in value && Array.isArray(value.members);
}

class MdDriver {
  readonly #personalities: string[] = [];
  readonly arrays = new Map<number, MdArray>();

  addPersonalities(names: readonly string[]): void {
    for (const name of names) if (!this.#personalities.includes(name)) this.#personalities.push(name);
  }

  /** /proc/mdstat; undefined while the driver is not loaded. */
  statusText(): string | undefined {
    if (this.#personalities.length === 0) return undefined;
    let text = `Personalities : ${this.#personalities.map((name) => `[${name}] `).join("")}\n`;
    for (const array of [...this.arrays.values()].sort((a, b) => b.minor - a.minor)) if (array.running) text += arrayText(array.status());
    return `${text}unused devices: <none>\n`;
  }
}

function arrayText(status: MdStatus): string {
  const order = [...status.members].sort((a, b) => b.number - a.number);
  const slots = Array.from({ length: status.disks }, (_, slot) => (status.members.some((member) => member.slot === slot && member.state === "active") ? "U" : "_")).join("");
  const up = [...slots].filter((letter) => letter === "U").length;
  const chunk = status.chunkBytes / 1024;
  const detail = status.level === 0 ? `${chunk}k chunks` : status.level === -1 ? "0k rounding" : status.level === 1 ? `[${status.disks}/${up}] [${slots}]` : status.level === 10 ? `${chunk}K chunks 2 near-copies [${status.disks}/${up}] [${slots}]` : `level ${status.level}, ${chunk}k chunk, algorithm ${status.level === 4 ? 0 : 2} [${status.disks}/${up}] [${slots}]`;
  let text = `${status.name} : active ${levelName(status.level)} ${order.map((member) => `${member.name}[${member.number}]${member.state === "faulty" ? "(F)" : member.state === "spare" ? "(S)" : ""}`).join(" ")}\n      ${status.sizeBytes / 1024} blocks super 1.2 ${detail}\n`;
  if (status.sync !== undefined) {
    const { kind, doneKib, totalKib, speedKib, leftUs } = status.sync;
    const share = doneKib / totalKib;
    const bars = Math.floor(share * 20);
    text += `      [${"=".repeat(bars)}>${".".repeat(20 - bars)}]  ${kind} =${(share * 100).toFixed(1).padStart(5)}% (${doneKib}/${totalKib}) finish=${(leftUs / 6e7).toFixed(1)}min speed=${Math.floor(speedKib)}K/sec\n`;
  }
  if (status.bitmap) text += `      bitmap: ${status.sync === undefined ? "0/1 pages [0KB]" : "1/1 pages [4KB]"}, 65536KB chunk\n\n`;
  else text += "      \n";
  return text;
}

const drivers = new WeakMap<Kernel, MdDriver>();

export function mdOf(kernel: Kernel): MdDriver {
  let driver = drivers.get(kernel);
  if (driver === undefined) {
    driver = new MdDriver();
    drivers.set(kernel, driver);
  }
  return driver;
}

export function addMdDevices(kernel: Kernel, devices: BlockDevices): void {
  const driver = mdOf(kernel);
  const before = devices.onMissing;
  devices.onMissing = (major, minor) => {
    if (major !== MD_MAJOR || minor > 511) return before?.(major, minor);
    const array = new MdArray(kernel, devices, minor);
    driver.arrays.set(minor, array);
    devices.add(array, false);
    return array;
  };
}
