// What the commands of LVM share: which physical volumes and groups there are, storing a group on its volumes, volumes as devices of the device mapper.
import { type Blocking, O, S, type Sys, SysError, encode } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import type { Io } from "../kit/gnu.ts";
import { civilAtUs, strftime } from "../kit/time-format.ts";
import { UTC } from "../kit/zones.ts";
import { type MappedDevice, mappedDevices } from "../kit/device-mapper.ts";
import { activate, deactivate, mapperName } from "./_activation.ts";
import { fail, LvmError } from "./_error.ts";
import { groupText, labelBytes, type LogicalVolume, readLabel, SECTOR, type VolumeGroup } from "./_metadata.ts";

/** What every command takes and nothing here depends on (lvm(8), "common options"). */
function withoutCommon(words: readonly string[]): string[] {
  const left: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    if (/^(-q|--quiet|-d+|--debug|--nohints|--nolocking|--lockopt=.*|--config=.*|--profile=.*|--commandprofile=.*|--driverloaded=.*|--autobackup=.*|--devices=.*|--devicesfile=.*)$/.test(word)) continue;
    if (/^(--lockopt|--config|--profile|--commandprofile|--driverloaded|-A|--autobackup|--devices|--devicesfile|--journal)$/.test(word)) at++;
    else left.push(word);
  }
  return left;
}

export const LVM = { version: "2.03.16(2) (2022-05-18)", usageStatus: 3, failureStatus: 5, manSection: 8, rewrite: withoutCommon } as const;
export const VERSION_TEXT = "  LVM version:     2.03.16(2) (2022-05-18)\n  Library version: 1.02.185 (2022-05-18)\n  Driver version:  4.47.0\n";
export const tryLine = (): string => "  Error during parsing of command line.\n";

export interface PhysicalVolume {
  readonly device: string;
  readonly id: string;
  readonly sectors: number;
  readonly group: VolumeGroup | undefined;
}

const LETTERS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

export function newId(sys: Sys): string {
  const text = Array.from(sys.random(32), (byte) => LETTERS[byte % 62]).join("");
  return text.replace(/^(.{6})(.{4})(.{4})(.{4})(.{4})(.{4})(.{6})$/, "$1-$2-$3-$4-$5-$6-$7");
}

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
  #toldOfCopies = false;

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
      if (name.startsWith("sr")) continue;
      const uuid = name.startsWith("dm-") ? ((yield* readTextFile(this.sys, `/sys/class/block/${name}/dm/uuid`)) ?? "") : "";
      // its own volumes are looked at by nobody; what is part of an array belongs to that
      if (uuid.startsWith("LVM-") || this.#isPartOfArray(name)) continue;
      if (Number((yield* readTextFile(this.sys, `/sys/class/block/${name}/size`)) ?? 0) === 0) continue;
      const mapped = name.startsWith("dm-") ? (yield* readTextFile(this.sys, `/sys/class/block/${name}/dm/name`))?.trim() : undefined;
      const device = mapped === undefined ? `/dev/${name}` : `/dev/mapper/${mapped}`;
      const label = yield* this.#read(device);
      if (label) found.push({ device, ...label });
    }
    const unused = found.filter((one, place) => found.findIndex((other) => other.id === one.id) !== place);
    if (!this.#toldOfCopies) {
      for (const { device, id } of unused) yield* this.warn(`WARNING: Not using device ${device} for PV ${id}.`);
      for (const { id } of unused) yield* this.warn(`WARNING: PV ${id} prefers device ${found.find((one) => one.id === id)?.device} because device was seen first.`);
    }
    this.#toldOfCopies = true;
    for (const one of unused) found.splice(found.indexOf(one), 1);
    // the latest description of each group counts, and devices are called what they are called now
    const latest = new Map<string, VolumeGroup>();
    for (const { group } of found) if (group && (latest.get(group.id)?.seqno ?? -1) < group.seqno) latest.set(group.id, group);
    for (const group of latest.values()) for (const pv of group.pvs) pv.device = found.find((one) => one.id === pv.id)?.device ?? "[unknown]";
    this.#pvs = found.map((one) => ({ ...one, group: one.group && latest.get(one.group.id) }));
    return this.#pvs;
  }

  #isPartOfArray(name: string): boolean {
    try {
      return this.sys.readdir(`/sys/class/block/${name}/holders`).some((entry) => entry.name.startsWith("md"));
    } catch (error) {
      if (error instanceof SysError) return false;
      throw error;
    }
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

  /** The command as it was typed, for descriptions. */
  *#commandLine(): Blocking<string> {
    return ((yield* readTextFile(this.sys, "/proc/self/cmdline")) ?? "").replace(/\0$/, "").split("\0").join(" ").replace(/^\S*\//, "");
  }

  #describe(group: VolumeGroup, description: string): string {
    const nowUs = this.sys.clockUs("realtime");
    return groupText(group, this.sys.uname().nodename, Math.floor(nowUs / 1e6), strftime("%a %b %e %H:%M:%S %Y", civilAtUs(UTC, nowUs)), description);
  }

  /** Writes the group's description to all of its physical volumes; what stood there before goes to /etc/lvm/archive, the new one to /etc/lvm/backup. */
  *store(group: VolumeGroup): Blocking<void> {
    const command = yield* this.#commandLine();
    let before: VolumeGroup | undefined;
    for (const pv of group.pvs) before ??= (yield* this.#read(pv.device))?.group;
    if (before?.id === group.id) yield* this.#archive(before, command);
    group.seqno++;
    const text = this.#describe(group, `Created *after* executing '${command}'`);
    for (const pv of group.pvs) if (pv.device !== "[unknown]") yield* this.write(pv.device, labelBytes(pv.id, pv.sectors, text));
    yield* this.#writeFile(`/etc/lvm/backup/${group.name}`, text);
    this.#pvs = undefined;
  }

  /** Errors: LvmError. */
  *backup(group: VolumeGroup, path: string): Blocking<void> {
    if (!(yield* this.#writeFile(path, this.#describe(group, `${(yield* this.#commandLine()) || "vgcfgbackup"}`)))) fail(`Backup of volume group ${group.name} failed.`);
  }

  *#archive(group: VolumeGroup, command: string): Blocking<void> {
    let names: readonly string[] = [];
    try {
      names = this.sys.readdir("/etc/lvm/archive").map((entry) => entry.name);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
    const numbers = names.flatMap((name) => (name.startsWith(`${group.name}_`) ? [Number(/_(\d{5})-\d+\.vg$/.exec(name)?.[1] ?? -1)] : []));
    const salt = this.sys.random(4).reduce((value, byte) => value * 256 + byte, 0) % 2 ** 31;
    yield* this.#writeFile(`/etc/lvm/archive/${group.name}_${String(Math.max(-1, ...numbers) + 1).padStart(5, "0")}-${salt}.vg`, this.#describe(group, `Created *before* executing '${command}'`));
  }

  *#writeFile(path: string, text: string): Blocking<boolean> {
    try {
      const fd = yield* this.sys.open(path, O.WRONLY | O.CREAT | O.TRUNC, 0o600);
      yield* this.sys.write(fd, encode(text));
      this.sys.close(fd);
      return true;
    } catch (error) {
      if (error instanceof SysError) return false;
      throw error;
    }
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

  *mapped(): Blocking<readonly MappedDevice[]> {
    try {
      return yield* mappedDevices(this.sys);
    } catch (error) {
      if (error instanceof SysError) fail(`/dev/mapper/control: open failed: ${error.message}\nFailure to communicate with kernel device-mapper driver.`);
      throw error;
    }
  }

  *deviceOf(group: VolumeGroup, volume: LogicalVolume): Blocking<MappedDevice | undefined> {
    return (yield* this.mapped()).find((one) => one.name === mapperName(group.name, volume.name));
  }

  *activate(group: VolumeGroup, volume: LogicalVolume): Blocking<void> {
    yield* this.mapped();
    try {
      yield* activate(this.sys, group, volume);
    } catch (error) {
      if (error instanceof SysError) fail(`device-mapper: reload ioctl on  (253:0) failed: ${error.message}\nFailed to activate logical volume ${group.name}/${volume.name}.`);
      throw error;
    }
  }

  /** Errors: SysError EBUSY. */
  *deactivate(group: VolumeGroup, volume: LogicalVolume): Blocking<void> {
    yield* deactivate(this.sys, group, volume);
  }

  /** Mounted, or part of something that is not LVM's. */
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
    for (const line of error.message.split("\n")) yield* line === "" ? io.stderr("\n") : lvm.warn(line);
    return error.status;
  }
}
