// What lvm, dmsetup and cryptsetup share: requests to the device mapper (kernel/block/device-mapper.ts) and the links that udev makes for its devices.
import { type Blocking, O, type Sys, SysError } from "../../kernel/sys.ts";

export interface MappedDevice {
  readonly name: string;
  readonly uuid: string;
  readonly major: number;
  readonly minor: number;
  readonly suspended: boolean;
  /** a table is loaded that the next resume takes */
  readonly inactive: boolean;
  readonly openCount: number;
  readonly targets: readonly TableLine[];
  readonly below: readonly { readonly major: number; readonly minor: number }[];
}

export interface TableLine {
  readonly startSector: number;
  readonly sectors: number;
  readonly type: string;
  readonly params: string;
}

/** Errors: SysError of /dev/mapper/control and of the request. */
export function* mapperRequest(sys: Sys, request: string, argument?: unknown): Blocking<unknown> {
  const fd = yield* sys.open("/dev/mapper/control", O.RDWR);
  try {
    return sys.ioctl(fd, request, argument);
  } finally {
    sys.close(fd);
  }
}

export function* mappedDevices(sys: Sys): Blocking<readonly MappedDevice[]> {
  return (yield* mapperRequest(sys, "DM_LIST_DEVICES")) as readonly MappedDevice[];
}

/** One text for each target. */
export function* mappedStatus(sys: Sys, name: string): Blocking<readonly string[]> {
  return (yield* mapperRequest(sys, "DM_TABLE_STATUS", { name })) as readonly string[];
}

/** "253:0" of a device's path. Errors: SysError. */
export function deviceNumbers(sys: Sys, path: string): string {
  const { rdev } = sys.stat(path);
  return `${(rdev >> 8) & 0xfff}:${(rdev & 0xff) + Math.floor(rdev / 0x100000) * 0x100}`;
}

export function replaceLink(sys: Sys, path: string, target: string): void {
  removeLink(sys, path);
  sys.symlink(target, path);
}

export function removeLink(sys: Sys, path: string): void {
  try {
    sys.unlink(path);
  } catch (error) {
    if (!(error instanceof SysError) || error.errno !== "ENOENT") throw error;
  }
}

/** Makes the device with its link in /dev/mapper, or gives it another table. */
export function* mapDevice(sys: Sys, name: string, uuid: string, targets: readonly TableLine[]): Blocking<number> {
  let device = (yield* mappedDevices(sys)).find((one) => one.name === name);
  const made = device === undefined;
  if (made) yield* mapperRequest(sys, "DM_DEV_CREATE", { name, uuid });
  try {
    yield* mapperRequest(sys, "DM_TABLE_LOAD", { name, targets });
  } catch (error) {
    if (made) yield* mapperRequest(sys, "DM_DEV_REMOVE", { name });
    throw error;
  }
  device = (yield* mappedDevices(sys)).find((one) => one.name === name);
  const minor = device?.minor ?? 0;
  replaceLink(sys, `/dev/mapper/${name}`, `../dm-${minor}`);
  return minor;
}

/** Errors: SysError EBUSY. */
export function* unmapDevice(sys: Sys, name: string): Blocking<void> {
  if ((yield* mappedDevices(sys)).some((one) => one.name === name)) yield* mapperRequest(sys, "DM_DEV_REMOVE", { name });
  removeLink(sys, `/dev/mapper/${name}`);
}
