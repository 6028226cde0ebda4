// Attaching files to loop devices (loop(4)): mount -o loop, losetup.

import { type Blocking, O, type Sys, SysError } from "../../kernel/sys.ts";

export interface LoopInfo {
  readonly number: number;
  readonly offset: number;
  readonly sizeLimitBytes: number;
  readonly readOnly: boolean;
  readonly autoclear: boolean;
  readonly partscan: boolean;
  readonly directIo: boolean;
  readonly fileName: string;
  readonly dev: number;
  readonly ino: number;
}

export interface LoopSetup {
  readonly file: string;
  readonly device?: string;
  readonly readOnly?: boolean;
  readonly autoclear?: boolean;
  readonly partscan?: boolean;
  readonly offset?: number;
  readonly sizeLimitBytes?: number;
}

/** A free device's path. Throws SysError (EPERM, EACCES, ENOENT without the module). */
export function* freeLoop(sys: Sys): Blocking<string> {
  const control = yield* sys.open("/dev/loop-control", O.RDWR);
  try {
    return `/dev/loop${Number(sys.ioctl(control, "LOOP_CTL_GET_FREE"))}`;
  } finally {
    sys.close(control);
  }
}

/** The device and a descriptor of it that the caller closes (an autoclear device ends with its last user). Throws SysError. */
export function* attachLoop(sys: Sys, setup: LoopSetup): Blocking<{ readonly device: string; readonly fd: number }> {
  const file = yield* sys.open(setup.file, setup.readOnly ? O.RDONLY : O.RDWR);
  try {
    const device = setup.device ?? (yield* freeLoop(sys));
    const fd = yield* sys.open(device, setup.readOnly ? O.RDONLY : O.RDWR);
    try {
      sys.ioctl(fd, "LOOP_CONFIGURE", {
        fd: file, offset: setup.offset ?? 0, sizeLimitBytes: setup.sizeLimitBytes ?? 0, readOnly: setup.readOnly ?? false, autoclear: setup.autoclear ?? false, partscan: setup.partscan ?? false,
      });
    } catch (error) {
      sys.close(fd);
      throw error;
    }
    return { device, fd };
  } finally {
    sys.close(file);
  }
}

/** Undefined when the device is free or cannot be opened. */
export function* loopInfo(sys: Sys, device: string): Blocking<LoopInfo | undefined> {
  let fd: number;
  try {
    fd = yield* sys.open(device, O.RDONLY);
  } catch (error) {
    if (error instanceof SysError) return undefined;
    throw error;
  }
  try {
    // the driver's own answer (kernel/block/loop.ts: LoopStatus)
    return sys.ioctl(fd, "LOOP_GET_STATUS64") as LoopInfo;
  } catch (error) {
    if (error instanceof SysError) return undefined;
    throw error;
  } finally {
    sys.close(fd);
  }
}

export function* attachedLoops(sys: Sys): Blocking<readonly (LoopInfo & { readonly device: string })[]> {
  const found: (LoopInfo & { readonly device: string })[] = [];
  const numbers = sys.readdir("/dev").map((entry) => /^loop(\d+)$/.exec(entry.name)?.[1]).filter((number) => number !== undefined).map(Number).sort((a, b) => a - b);
  for (const number of numbers) {
    const info = yield* loopInfo(sys, `/dev/loop${number}`);
    if (info) found.push({ ...info, device: `/dev/loop${number}` });
  }
  return found;
}

export function* detachLoop(sys: Sys, device: string): Blocking<void> {
  const fd = yield* sys.open(device, O.RDONLY);
  try {
    sys.ioctl(fd, "LOOP_CLR_FD");
  } finally {
    sys.close(fd);
  }
}
