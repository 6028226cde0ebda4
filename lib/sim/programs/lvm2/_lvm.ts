// What the commands of LVM share: which physical volumes and groups there are, storing a group on its volumes, volumes as devices of the device mapper.
import { type Blocking, O, S, type Sys, SysError, encode } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import type { Io } from "../kit/gnu.ts";
import { civilAtUs, strftime } from "../kit/time-format.ts";
import { UTC } from "../kit/zones.ts";
import { DATA_OFFSET_SECTORS, groupText, labelBytes, type LogicalVolume, readLabel, SECTOR, type VolumeGroup } from "./_metadata.ts";

export const LVM = { version: "2.03.16(2) (2022-05-18)", usageStatus: 3, failureStatus: 5, manSection: 8 } as const;
export const VERSION_TEXT = "  LVM version:     2.03.16(2) (2022-05-18)\n  Library version: 1.02.185 (2022-05-18)\n  Driver version:  4.47.0\n";
export const tryLine = (): string => "  Run `lvm help' for more information.\n";

export interface PhysicalVolume {
  readonly device: string;
  readonly id: string;
  readonly sectors: number;
  readonly group: VolumeGroup | undefined;
}

export interface MappedDevice {
  readonly name: string;
  readonly uuid: string;
  readonly major: number;
  readonly minor: number;
  readonly openCount: number;
  readonly targets: readonly { readonly startSector: number; readonly sectors: number; readonly type: string; readonly major?: number; readonly minor?: number; readonly offsetSector?: number }[];
}

/** Ends the command: the text on standard error, each line after two spaces. */
export class LvmError extends Error {}

export const fail = (text: string): never => {
  throw new LvmError(text);
};

const LETTERS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

export function newId(sys: Sys): string {
  const text = Array.from(sys.random(32), (byte) => LETTERS[byte % 62]).join("");
  return text.replace(/^(.{6})(.{4})(.{4})(.{4})(.{4})(.{4})(.{6})$/, "$1-$2-$3-$4-$5-$6-$7");
}

/** vg0-my--lv: hyphens of the names are doubled. */
export const mapperName = (group: string, volume: string): string => `${group.replaceAll("-", "--")}-${volume.replaceAll("-", "--")}`;

export const extentsOf = (volume: LogicalVolume): number => volume.segments.reduce((sum, segment) => sum + segment.extentCount, 0);
export const totalExtents = (group: VolumeGroup): number => group.pvs.reduce((sum, pv) => sum + pv.peCount, 0);
export const usedExtents = (group: VolumeGroup, pv?: string): number => group.lvs.reduce((sum, volume) => sum + volume.segments.filter((segment) => pv === undefined || segment.pv === pv).reduce((inner, segment) => inner + segment.extentCount, 0), 0);
export const freeExtents = (group: VolumeGroup): number => totalExtents(group) - usedExtents(group);

/** "40.00 MiB"; with `short` as in tables: "40.00m", "<20.00g" when it is a little less. */
export function sizeText(sectors: number, short = false, units = ""): string {
  const bytes = sectors * SECTOR;
  const names = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];
  let power = units === "" ? 0 : "bkmgtp".indexOf(units.toLowerCase());
  if (units === "") while (power < 5 && bytes >= 1024 ** (power + 1)) power++;
  const base = units !== "" && units === units.toUpperCase() ? 1000 : 1024;
  const value = bytes / base ** power;
  const text = power === 0 ? String(bytes) : value.toFixed(2);
  const less = units === "" && Number(text) > value ? "<" : "";
  if (sectors === 0) return short ? "0 " : "0   ";
  return short ? `${less}${text}${units === "" ? ("bkmgtp"[power] ?? "") : units}` : `${less}${text} ${names[power] ?? ""}`;
}

export class Lvm {
  readonly sys: Sys;
  readonly io: Io;
  #pvs: PhysicalVolume[] | undefined;

  constructor(sys: Sys, io: Io) {
    this.sys = sys;
    this.io = io;
  }

  say(text: string): void {
    this.io.out.put(`  ${text}\n`);
  }

  *warn(text: string): Blocking<void> {
    yield* this.io.stderr(`  ${text}\n`);
  }

  /** Errors: LvmError for whoever is not root. */
  *needRoot(): Blocking<void> {
    if (this.sys.getcred().euid === 0) return;
    yield* this.warn("WARNING: Running as a non-root user. Functionality may be unavailable.");
    fail("/run/lock/lvm/P_global:aux: open failed: Permission denied");
  }

  *ask(question: string, yes: boolean): Blocking<boolean> {
    if (yes) return true;
    yield* this.io.out.flush();
    yield* this.sys.write(2, encode(question));
    const answer = (yield* this.io.stdin.line()) ?? "";
    return /^y(es)?$/i.test(answer.trim());
  }

  *#read(device: string): Blocking<{ readonly id: string; readonly sectors: number; readonly group: VolumeGroup | undefined } | undefined> {
    const sys = this.sys;
    let fd: number;
    try {
      fd = yield* sys.open(device, O.RDONLY);
    } catch (error) {
      if (error instanceof SysError) return undefined;
      throw error;
    }
    try {
      return yield* readLabel(function* (offset, bytes) {
        return yield* sys.pread(fd, bytes, offset);
      });
    } catch (error) {
      if (error instanceof SysError) return undefined;
      throw error;
    } finally {
      sys.close(fd);
    }
  }

  /** Disks, partitions and loop devices with a label. */
  *pvs(): Blocking<readonly PhysicalVolume[]> {
    if (this.#pvs) return this.#pvs;
    const found: PhysicalVolume[] = [];
    let names: readonly string[] = [];
    try {
      names = this.sys.readdir("/sys/class/block").map((entry) => entry.name);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
    for (const name of [...names].sort((a, b) => a.localeCompare(b, "en", { numeric: true }))) {
      if (name.startsWith("dm-") || name.startsWith("sr")) continue;
      if (Number((yield* readTextFile(this.sys, `/sys/class/block/${name}/size`)) ?? 0) === 0) continue;
      const label = yield* this.#read(`/dev/${name}`);
      if (label) found.push({ device: `/dev/${name}`, ...label });
    }
    // the latest description of each group counts, and devices are called what they are called now
    const latest = new Map<string, VolumeGroup>();
    for (const { group } of found) if (group && (latest.get(group.id)?.seqno ?? -1) < group.seqno) latest.set(group.id, group);
    for (const group of latest.values()) for (const pv of group.pvs) pv.device = found.find((one) => one.id === pv.id)?.device ?? "[unknown]";
    this.#pvs = found.map((one) => ({ ...one, group: one.group && latest.get(one.group.id) }));
    return this.#pvs;
  }

  *groups(): Blocking<readonly VolumeGroup[]> {
    const groups = new Set<VolumeGroup>();
    for (const { group } of yield* this.pvs()) if (group) groups.add(group);
    return [...groups].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** Errors: LvmError. */
  *group(name: string): Blocking<VolumeGroup> {
    const bare = name.replace(/^\/dev\//, "");
    return (yield* this.groups()).find((one) => one.name === bare) ?? fail(`Volume group "${bare}" not found\nCannot process volume group ${bare}`);
  }

  /** VG/LV, /dev/VG/LV or /dev/mapper/NAME. Errors: LvmError. */
  *volume(path: string): Blocking<{ readonly group: VolumeGroup; readonly volume: LogicalVolume }> {
    const mapped = /^\/dev\/mapper\/(.*)$/.exec(path)?.[1];
    if (mapped !== undefined) {
      for (const group of yield* this.groups()) for (const volume of group.lvs) if (mapperName(group.name, volume.name) === mapped) return { group, volume };
    }
    const [groupName = "", name = ""] = path.replace(/^\/dev\//, "").split("/");
    if (name === "") return fail(`"${path}": Invalid path for Logical Volume.`);
    const group = yield* this.group(groupName);
    const volume = group.lvs.find((one) => one.name === name);
    return volume ? { group, volume } : fail(`Failed to find logical volume "${groupName}/${name}"`);
  }

  /** Writes the group's description to all of its physical volumes. */
  *store(group: VolumeGroup, command: string): Blocking<void> {
    group.seqno++;
    const nowUs = this.sys.clockUs("realtime");
    const text = groupText(group, this.sys.uname().nodename, Math.floor(nowUs / 1e6), strftime("%a %b %e %H:%M:%S %Y", civilAtUs(UTC, nowUs)), `Created *after* executing '${command}'`);
    for (const pv of group.pvs) yield* this.write(pv.device, labelBytes(pv.id, pv.sectors, text));
    try {
      const fd = yield* this.sys.open(`/etc/lvm/backup/${group.name}`, O.WRONLY | O.CREAT | O.TRUNC, 0o600);
      yield* this.sys.write(fd, encode(text));
      this.sys.close(fd);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
    this.#pvs = undefined;
  }

  *write(device: string, bytes: Uint8Array): Blocking<void> {
    try {
      const fd = yield* this.sys.open(device, O.WRONLY);
      yield* this.sys.pwrite(fd, bytes, 0);
      this.sys.close(fd);
    } catch (error) {
      if (error instanceof SysError) fail(`Error writing device ${device}: ${error.message}`);
      throw error;
    }
    this.#pvs = undefined;
  }

  // ---- devices

  *#control(request: string, argument?: unknown): Blocking<unknown> {
    let fd: number;
    try {
      fd = yield* this.sys.open("/dev/mapper/control", O.RDWR);
    } catch (error) {
      if (error instanceof SysError) fail(`/dev/mapper/control: open failed: ${error.message}\nFailure to communicate with kernel device-mapper driver.`);
      throw error;
    }
    try {
      return this.sys.ioctl(fd, request, argument);
    } finally {
      this.sys.close(fd);
    }
  }

  *mapped(): Blocking<readonly MappedDevice[]> {
    return (yield* this.#control("DM_LIST_DEVICES")) as readonly MappedDevice[];
  }

  *deviceOf(group: VolumeGroup, volume: LogicalVolume): Blocking<MappedDevice | undefined> {
    return (yield* this.mapped()).find((one) => one.name === mapperName(group.name, volume.name));
  }

  #targets(group: VolumeGroup, volume: LogicalVolume): MappedDevice["targets"] {
    return volume.segments.map((segment) => {
      const pv = group.pvs.find((one) => one.name === segment.pv);
      const { rdev } = this.sys.stat(pv?.device ?? "");
      return { startSector: segment.startExtent * group.extentSize, sectors: segment.extentCount * group.extentSize, type: "linear", major: rdev >> 8, minor: rdev & 0xff, offsetSector: DATA_OFFSET_SECTORS + segment.pvExtent * group.extentSize };
    });
  }

  /** A device with its links in /dev, or its new table. */
  *activate(group: VolumeGroup, volume: LogicalVolume): Blocking<void> {
    const name = mapperName(group.name, volume.name);
    if (!(yield* this.deviceOf(group, volume))) yield* this.#control("DM_DEV_CREATE", { name, uuid: `LVM-${group.id}${volume.id}`.replaceAll("-", "").replace(/^LVM/, "LVM-") });
    yield* this.#control("DM_TABLE_LOAD", { name, targets: this.#targets(group, volume) });
    const minor = (yield* this.deviceOf(group, volume))?.minor ?? 0;
    this.#link(`/dev/mapper/${name}`, `../dm-${minor}`);
    try {
      this.sys.mkdir(`/dev/${group.name}`, 0o755);
    } catch (error) {
      if (!(error instanceof SysError) || error.errno !== "EEXIST") throw error;
    }
    this.#link(`/dev/${group.name}/${volume.name}`, `../dm-${minor}`);
  }

  #link(path: string, target: string): void {
    this.#unlink(path);
    this.sys.symlink(target, path);
  }

  #unlink(path: string): void {
    try {
      this.sys.unlink(path);
    } catch (error) {
      if (!(error instanceof SysError) || error.errno !== "ENOENT") throw error;
    }
  }

  /** Errors: SysError EBUSY. */
  *deactivate(group: VolumeGroup, volume: LogicalVolume): Blocking<void> {
    const name = mapperName(group.name, volume.name);
    if (yield* this.deviceOf(group, volume)) yield* this.#control("DM_DEV_REMOVE", { name });
    this.#unlink(`/dev/mapper/${name}`);
    this.#unlink(`/dev/${group.name}/${volume.name}`);
    try {
      this.sys.rmdir(`/dev/${group.name}`);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }

  *isOpen(group: VolumeGroup, volume: LogicalVolume): Blocking<boolean> {
    return ((yield* this.deviceOf(group, volume))?.openCount ?? 0) > 0;
  }

  isBlockDevice(path: string): boolean {
    try {
      return (this.sys.stat(path).mode & S.IFMT) === S.IFBLK;
    } catch (error) {
      if (error instanceof SysError) return false;
      throw error;
    }
  }
}

/** Extents taken from the physical volumes in their order, where they are free. Errors: LvmError. */
export function allocate(group: VolumeGroup, count: number, startExtent: number, only: readonly string[]): { readonly startExtent: number; readonly extentCount: number; readonly pv: string; readonly pvExtent: number }[] {
  const out: { startExtent: number; extentCount: number; pv: string; pvExtent: number }[] = [];
  let left = count;
  let at = startExtent;
  for (const pv of group.pvs) {
    if (only.length > 0 && !only.includes(pv.device)) continue;
    const taken = group.lvs.flatMap((volume) => volume.segments).filter((segment) => segment.pv === pv.name).map((segment) => [segment.pvExtent, segment.pvExtent + segment.extentCount] as const).sort((a, b) => a[0] - b[0]);
    let free = 0;
    for (const [from, to] of [...taken, [pv.peCount, pv.peCount] as const]) {
      const room = Math.min(from - free, left);
      if (room > 0) {
        out.push({ startExtent: at, extentCount: room, pv: pv.name, pvExtent: free });
        at += room;
        left -= room;
      }
      free = Math.max(free, to);
    }
  }
  return left > 0 ? [] : out;
}

/** Neighbours on one physical volume become one segment. */
export function joined(segments: readonly LogicalVolume["segments"][number][]): LogicalVolume["segments"] {
  const out: LogicalVolume["segments"] = [];
  for (const segment of segments) {
    const last = out.at(-1);
    if (last && last.pv === segment.pv && last.pvExtent + last.extentCount === segment.pvExtent) out[out.length - 1] = { ...last, extentCount: last.extentCount + segment.extentCount };
    else out.push(segment);
  }
  return out;
}

/** -L 100M: sectors; upper-case letters are the same, powers of 1024. Undefined when it is none. */
export function parseSize(word: string): { readonly sign: string; readonly sectors: number } | undefined {
  const match = /^([+-]?)(\d+(?:\.\d+)?)([bBsSkKmMgGtTpP]?)(?:iB|B)?$/.exec(word);
  if (!match) return undefined;
  const unit = (match[3] ?? "").toLowerCase() || "m";
  const bytes = unit === "s" ? Number(match[2]) * SECTOR : Number(match[2]) * 1024 ** "bkmgtp".indexOf(unit);
  return { sign: match[1] ?? "", sectors: Math.ceil(bytes / SECTOR) };
}

/** Runs a command's body: LvmError becomes its lines and status 5. */
export function* guarded(sys: Sys, io: Io, body: (lvm: Lvm) => Blocking<number>): Blocking<number> {
  const lvm = new Lvm(sys, io);
  try {
    yield* lvm.needRoot();
    return yield* body(lvm);
  } catch (error) {
    if (!(error instanceof LvmError)) throw error;
    for (const line of error.message.split("\n")) yield* lvm.warn(line);
    return 5;
  }
}
