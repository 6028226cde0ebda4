// The device mapper (Documentation/admin-guide/device-mapper): devices put together of stretches of others. Requests on /dev/mapper/control:
// DM_DEV_CREATE with {name, uuid} → minor (EBUSY: the name is taken), DM_TABLE_LOAD with {name, targets} (a live table is replaced at once; EINVAL, ENXIO),
// DM_DEV_REMOVE with name (ENXIO, EBUSY), DM_DEV_RENAME with {name, to}, DM_LIST_DEVICES → DmDevice[]. Targets: linear, zero, error.

import { SimpleDevice } from "../core-devices.ts";
import { SysError } from "../errno.ts";
import type { Kernel } from "../kernel.ts";
import { CAP } from "../vfs/caller.ts";
import type { Actor } from "../open-file-description.ts";
import { type BlockDevice, type BlockDevices, blockDevicesOf, SECTOR_BYTES } from "./block-device.ts";

const DM_MAJOR = 253;

export interface DmTarget {
  readonly startSector: number;
  readonly sectors: number;
  readonly type: "linear" | "zero" | "error";
  /** of a linear one */
  readonly major?: number;
  readonly minor?: number;
  readonly offsetSector?: number;
}

export class DmDevice implements BlockDevice {
  readonly kind = "dm";
  readonly major = DM_MAJOR;
  readonly minor: number;
  readonly readOnly = false;
  readonly #devices: BlockDevices;
  dmName: string;
  readonly uuid: string;
  targets: readonly DmTarget[] = [];

  constructor(devices: BlockDevices, minor: number, dmName: string, uuid: string) {
    this.#devices = devices;
    this.minor = minor;
    this.dmName = dmName;
    this.uuid = uuid;
  }

  get name(): string {
    return `dm-${this.minor}`;
  }

  get sizeBytes(): number {
    return this.targets.reduce((sum, target) => sum + target.sectors, 0) * SECTOR_BYTES;
  }

  uses(device: BlockDevice): boolean {
    return this.targets.some((target) => target.major === device.major && target.minor === device.minor);
  }

  /** Calls `visit` for each stretch: where it is below, how many bytes of it. */
  #walk(position: number, length: number, visit: (target: DmTarget, below: BlockDevice | undefined, at: number, from: number, count: number) => void): void {
    let done = 0;
    for (const target of this.targets) {
      const start = target.startSector * SECTOR_BYTES, end = start + target.sectors * SECTOR_BYTES;
      const from = Math.max(start, position + done), to = Math.min(end, position + length);
      if (from >= to) continue;
      const below = target.type === "linear" ? this.#devices.find(target.major ?? 0, target.minor ?? 0) : undefined;
      visit(target, below, (target.offsetSector ?? 0) * SECTOR_BYTES + from - start, from - position, to - from);
      done = to - position;
    }
  }

  read(position: number, maxBytes: number): Uint8Array {
    const length = Math.max(0, Math.min(maxBytes, this.sizeBytes - position));
    const bytes = new Uint8Array(length);
    this.#walk(position, length, (target, below, at, from, count) => {
      if (target.type === "zero") return;
      if (!below) throw new SysError("EIO");
      bytes.set(below.read(at, count), from);
    });
    return bytes;
  }

  write(position: number, bytes: Uint8Array): void {
    this.#walk(position, bytes.length, (target, below, at, from, count) => {
      if (target.type === "zero") return;
      if (!below) throw new SysError("EIO");
      below.write(at, bytes.subarray(from, from + count));
    });
  }
}

/** Whoever is made of that device. */
export function holdersOf(kernel: Kernel, device: BlockDevice): readonly DmDevice[] {
  return blockDevicesOf(kernel).list().filter((one): one is DmDevice => one instanceof DmDevice && one.uses(device));
}

function text(argument: unknown, key: string): string {
  const value: unknown = typeof argument === "object" && argument !== null ? Reflect.get(argument, key) : undefined;
  if (typeof value !== "string" || value === "" || value.includes("/")) throw new SysError("EINVAL");
  return value;
}

export function registerDeviceMapper(kernel: Kernel): void {
  const devices = blockDevicesOf(kernel);
  const mapped = new Map<string, DmDevice>();
  const named = (name: string): DmDevice => {
    const found = mapped.get(name);
    if (!found) throw new SysError("ENXIO");
    return found;
  };
  const requests = (request: string | undefined, argument: unknown): unknown => {
    switch (request) {
      case "DM_DEV_CREATE": {
        const name = text(argument, "name");
        if (mapped.has(name)) throw new SysError("EBUSY");
        const taken = new Set([...mapped.values()].map((one) => one.minor));
        let minor = 0;
        while (taken.has(minor)) minor++;
        const uuid: unknown = typeof argument === "object" && argument !== null ? Reflect.get(argument, "uuid") : "";
        const device = new DmDevice(devices, minor, name, typeof uuid === "string" ? uuid : "");
        mapped.set(name, device);
        devices.add(device, false);
        return minor;
      }
      case "DM_TABLE_LOAD": {
        const device = named(text(argument, "name"));
        const targets: unknown = typeof argument === "object" && argument !== null ? Reflect.get(argument, "targets") : undefined;
        if (!Array.isArray(targets) || !targets.every(isTarget)) throw new SysError("EINVAL");
        for (const target of targets) {
          if (target.type !== "linear") continue;
          const below = devices.find(target.major ?? 0, target.minor ?? 0);
          if (!below || ((target.offsetSector ?? 0) + target.sectors) * SECTOR_BYTES > below.sizeBytes) throw new SysError("ENXIO");
        }
        device.targets = targets;
        return 0;
      }
      case "DM_DEV_REMOVE": {
        const device = named(text(argument, "name"));
        if (devices.inUse(device) || holdersOf(kernel, device).length > 0) throw new SysError("EBUSY");
        mapped.delete(device.dmName);
        devices.remove(device);
        return 0;
      }
      case "DM_DEV_RENAME": {
        const device = named(text(argument, "name"));
        const to = text(argument, "to");
        if (mapped.has(to)) throw new SysError("EBUSY");
        mapped.delete(device.dmName);
        device.dmName = to;
        mapped.set(to, device);
        return 0;
      }
      case "DM_LIST_DEVICES": return [...mapped.values()].map((one) => ({ name: one.dmName, uuid: one.uuid, major: one.major, minor: one.minor, targets: one.targets, openCount: devices.inUse(one) ? 1 : 0 }));
      default: throw new SysError("ENOTTY");
    }
  };
  kernel.devices.register("chr", 10, 236, 1, { open: (context) => new MapperControl(context, requests) });
}

function isTarget(value: unknown): value is DmTarget {
  return typeof value === "object" && value !== null && "startSector" in value && "sectors" in value && "type" in value && typeof value.startSector === "number" && typeof value.sectors === "number" && value.sectors > 0 && (value.type === "linear" || value.type === "zero" || value.type === "error");
}

class MapperControl extends SimpleDevice {
  readonly #requests: (request: string | undefined, argument: unknown) => unknown;

  constructor(context: ConstructorParameters<typeof SimpleDevice>[0], requests: (request: string | undefined, argument: unknown) => unknown) {
    super(context, () => {
      throw new SysError("EINVAL");
    }, () => {
      throw new SysError("EINVAL");
    });
    this.#requests = requests;
  }

  override ioctl(actor?: Actor, request?: string, argument?: unknown): unknown {
    if (actor && !actor.capable(CAP.SYS_ADMIN)) throw new SysError("EACCES");
    return this.#requests(request, argument);
  }
}
