// The device mapper (Documentation/admin-guide/device-mapper): devices put together of stretches of others. Requests on /dev/mapper/control:
// DM_DEV_CREATE with {name, uuid} → minor (EBUSY: the name is taken), DM_TABLE_LOAD with {name, targets} (a live table is replaced at once; EINVAL, ENXIO),
// DM_DEV_REMOVE with name (ENXIO, EBUSY), DM_DEV_RENAME with {name, to}, DM_LIST_DEVICES → DmDevice[], DM_TABLE_STATUS with name → string[] (one for each
// target), DM_TARGET_MSG with {name, message}, DM_DEV_SUSPEND with {name, suspended}: what is mounted on it is written out, and writes are refused until it goes on.

import { SimpleDevice } from "../core-devices.ts";
import { SysError } from "../errno.ts";
import type { Kernel } from "../kernel.ts";
import { CAP } from "../vfs/caller.ts";
import type { Actor } from "../open-file-description.ts";
import { type BlockDevice, blockDevicesOf, SECTOR_BYTES } from "./block-device.ts";
import { crypt } from "./dm-crypt.ts";
import { snapshotTargets } from "./dm-snapshot.ts";
import { plainTargets, type Target, type TargetMaker } from "./dm-target.ts";
import { thinTargets } from "./dm-thin.ts";

const DM_MAJOR = 253;

/** A line of a table: "0 2048 linear 8:16 0". */
interface TableLine {
  readonly startSector: number;
  readonly sectors: number;
  readonly type: string;
  readonly params: string;
}

interface Stretch extends TableLine {
  readonly target: Target;
}

export class DmDevice implements BlockDevice {
  readonly kind = "dm";
  readonly major = DM_MAJOR;
  readonly minor: number;
  readonly readOnly = false;
  dmName: string;
  readonly uuid: string;
  suspended = false;
  stretches: readonly Stretch[] = [];
  /** loaded beside the live table; the next resume takes it */
  inactive: readonly Stretch[] | undefined;

  constructor(minor: number, dmName: string, uuid: string) {
    this.minor = minor;
    this.dmName = dmName;
    this.uuid = uuid;
  }

  get name(): string {
    return `dm-${this.minor}`;
  }

  get sizeBytes(): number {
    return this.stretches.reduce((sum, stretch) => sum + stretch.sectors, 0) * SECTOR_BYTES;
  }

  get below(): readonly BlockDevice[] {
    return [...new Set(this.stretches.flatMap(({ target }) => target.below))];
  }

  uses(device: BlockDevice): boolean {
    return this.stretches.some(({ target }) => target.below.includes(device));
  }

  /** Calls `visit` for each stretch: where inside it, how many bytes of it. */
  #walk(position: number, length: number, visit: (target: Target, at: number, from: number, count: number) => void): void {
    for (const { startSector, sectors, target } of this.stretches) {
      const start = startSector * SECTOR_BYTES;
      const from = Math.max(start, position), to = Math.min(start + sectors * SECTOR_BYTES, position + length);
      if (from < to) visit(target, from - start, from - position, to - from);
    }
  }

  read(position: number, maxBytes: number): Uint8Array {
    const length = Math.max(0, Math.min(maxBytes, this.sizeBytes - position));
    const bytes = new Uint8Array(length);
    this.#walk(position, length, (target, at, from, count) => bytes.set(target.read(at, count), from));
    return bytes;
  }

  write(position: number, bytes: Uint8Array): void {
    if (this.suspended) throw new SysError("EIO");
    this.#walk(position, bytes.length, (target, at, from, count) => target.write(at, bytes.subarray(from, from + count)));
  }

  fill(position: number, length: number, how: "zero" | "discard"): void {
    this.#walk(position, length, (target, at, _from, count) => target.fill(at, count, how));
  }

  flush(): void {
    for (const { target } of this.stretches) target.flush?.();
  }
}

function text(argument: unknown, key: string): string {
  const value: unknown = typeof argument === "object" && argument !== null ? Reflect.get(argument, key) : undefined;
  if (typeof value !== "string" || value === "" || value.includes("/")) throw new SysError("EINVAL");
  return value;
}

/** The key of a crypt target is shown to nobody. */
const shownParams = ({ type, params }: TableLine): string => (type === "crypt" ? params.replace(/^(\S+) (\S+)/, (_all, cipher: string, key: string) => `${cipher} ${"0".repeat(key.length)}`) : params);

type Requests = (request: string | undefined, argument: unknown) => unknown;

export function registerDeviceMapper(kernel: Kernel): void {
  let requests: Requests | undefined;
  kernel.devices.register("chr", 10, 236, 1, { open: (context) => new MapperControl(context, (requests ??= mapperRequests(kernel))) });
}

function mapperRequests(kernel: Kernel): Requests {
  const devices = blockDevicesOf(kernel);
  const mapped = new Map<string, DmDevice>();
  const makers = new Map<string, TargetMaker>([
    ...plainTargets, ...snapshotTargets(), ["crypt", crypt],
    ...thinTargets((device) => (device instanceof DmDevice ? device.stretches[0]?.target : undefined)),
  ]);
  const named = (name: string): DmDevice => {
    const found = mapped.get(name);
    if (!found) throw new SysError("ENXIO");
    return found;
  };
  /** What is mounted on whatever stands on it is written out. */
  const flushAbove = (device: BlockDevice): void => {
    for (const holder of devices.holdersOf(device)) flushAbove(holder);
    devices.flush(device);
  };
  const detach = (stretches: readonly Stretch[]): void => {
    for (const { target } of stretches) target.detach?.();
  };
  return (request, argument) => {
    switch (request) {
      case "DM_DEV_CREATE": {
        const name = text(argument, "name");
        if (mapped.has(name)) throw new SysError("EBUSY");
        const taken = new Set([...mapped.values()].map((one) => one.minor));
        let minor = 0;
        while (taken.has(minor)) minor++;
        const uuid: unknown = typeof argument === "object" && argument !== null ? Reflect.get(argument, "uuid") : "";
        const device = new DmDevice(minor, name, typeof uuid === "string" ? uuid : "");
        mapped.set(name, device);
        devices.add(device, false);
        return minor;
      }
      case "DM_TABLE_LOAD": {
        const device = named(text(argument, "name"));
        const lines: unknown = typeof argument === "object" && argument !== null ? Reflect.get(argument, "targets") : undefined;
        if (!Array.isArray(lines) || !lines.every(isTableLine)) throw new SysError("EINVAL");
        devices.flush(device);
        const stretches: Stretch[] = [];
        let end = 0;
        for (const line of lines) {
          const maker = makers.get(line.type);
          if (!maker || line.startSector !== end) throw new SysError("EINVAL");
          end += line.sectors;
          const words = line.params.split(" ").filter((word) => word !== "");
          stretches.push({ startSector: line.startSector, sectors: line.sectors, type: line.type, params: line.params, target: maker({ devices, sectors: line.sectors, log: (message) => kernel.log.append(message, 3) }, words) });
        }
        if (stretches.some(({ target }) => target.below.includes(device))) throw new SysError("EINVAL");
        if (Reflect.get(Object(argument), "inactive") === true) {
          detach(device.inactive ?? []);
          device.inactive = stretches;
          return 0;
        }
        const before = device.stretches;
        device.stretches = stretches;
        detach(before);
        return 0;
      }
      case "DM_TABLE_CLEAR": {
        const device = named(text(argument, "name"));
        detach(device.inactive ?? []);
        device.inactive = undefined;
        return 0;
      }
      case "DM_DEV_REMOVE": {
        const device = named(text(argument, "name"));
        if (devices.inUse(device) || devices.holdersOf(device).length > 0) throw new SysError("EBUSY");
        devices.flush(device);
        detach(device.stretches);
        detach(device.inactive ?? []);
        mapped.delete(device.dmName);
        devices.remove(device);
        for (const below of new Set(device.stretches.flatMap(({ target }) => target.below))) devices.released(below);
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
      case "DM_TABLE_STATUS": {
        const device = named(text(argument, "name"));
        for (const one of [device, ...device.below]) flushAbove(one);
        return device.stretches.map(({ target }) => target.status());
      }
      case "DM_TARGET_MSG": {
        const [first] = named(text(argument, "name")).stretches;
        const message: unknown = typeof argument === "object" && argument !== null ? Reflect.get(argument, "message") : undefined;
        if (first?.target.message === undefined || typeof message !== "string") throw new SysError("EINVAL");
        first.target.message(message);
        return 0;
      }
      case "DM_DEV_SUSPEND": {
        const device = named(text(argument, "name"));
        const suspended = typeof argument === "object" && argument !== null && Reflect.get(argument, "suspended") === true;
        if (suspended && !device.suspended) devices.flush(device);
        device.suspended = suspended;
        if (!suspended && device.inactive !== undefined) {
          devices.flush(device);
          const before = device.stretches;
          device.stretches = device.inactive;
          device.inactive = undefined;
          detach(before);
        }
        return 0;
      }
      case "DM_LIST_VERSIONS": return [...makers.keys()];
      case "DM_LIST_DEVICES": return [...mapped.values()].map((one) => ({
        name: one.dmName, uuid: one.uuid, major: one.major, minor: one.minor, suspended: one.suspended, inactive: one.inactive !== undefined, openCount: (devices.inUse(one) ? 1 : 0) + devices.holdersOf(one).length,
        targets: one.stretches.map((line) => ({ startSector: line.startSector, sectors: line.sectors, type: line.type, params: shownParams(line) })), below: one.below.map(({ major, minor }) => ({ major, minor })),
      }));
      default: throw new SysError("ENOTTY");
    }
  };
}

function isTableLine(value: unknown): value is TableLine {
  return typeof value === "object" && value !== null && "startSector" in value && "sectors" in value && "type" in value && "params" in value && typeof value.startSector === "number" && typeof value.sectors === "number" && value.sectors > 0 && typeof value.type === "string" && typeof value.params === "string";
}

class MapperControl extends SimpleDevice {
  readonly #requests: Requests;

  constructor(context: ConstructorParameters<typeof SimpleDevice>[0], requests: Requests) {
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
